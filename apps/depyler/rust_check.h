#pragma once
// rustc asked again and again about versions of one file.

#include <map>
#include <string>
#include <vector>

#include "apps/depyler/process.h"
#include "transpiler/repair.h"
#include "transpiler/split_runtime.h"

namespace sov::depyler {

/// Types and borrows only, no executable. The runtime that a translation carries is compiled once, as a crate
/// of its own, and serves for all versions of the program's part: some 0.2 s instead of 3. Because a crate
/// has rules that a module has not, this is done only where it gave the same errors as the whole file when
/// that runtime was first met.
class RustCheck {
 public:
  static Result<RustCheck> make();
  /// The errors of this text, none when rustc accepts it. Errors: as run_rustc; internal when rustc rejects
  /// it without a message that has a place.
  Result<std::vector<transpiler::Diagnostic>> ask(const std::string& rust);
  /// The same of the file as it is, in one piece: for verdicts.
  Result<std::vector<transpiler::Diagnostic>> ask_whole(const std::string& rust) const;

 private:
  explicit RustCheck(Scratch scratch) : scratch_(std::move(scratch)) {}
  Result<std::vector<transpiler::Diagnostic>> ask_split(const std::string& program,
                                                        const std::string& crate) const;
  Result<std::vector<transpiler::Diagnostic>> meet(const std::string& rust,
                                                   const transpiler::SplitRust& split,
                                                   const std::string& crate);
  Scratch scratch_;
  std::map<std::string, bool> trusted_;  // by the crate's file: whether it stands for the module
};

}  // namespace sov::depyler
