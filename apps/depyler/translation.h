#pragma once
// From a file to Rust and to an executable, as several commands need it.

#include "apps/depyler/app.h"
#include "transpiler/parser.h"
#include "transpiler/transpile.h"

namespace sov::depyler {

Result<transpiler::Tree> parse_file(const std::string& file);

/// All refusals, one below the other. Requires: there are some.
Error refusal_error(const std::vector<transpiler::Refusal>& refusals);

/// Errors: unsupported with all that is not translated; whatever reading and parsing give.
Result<transpiler::Translation> translate(const std::string& file,
                                          const transpiler::TranspileOptions& options = {});

struct RustcOptions {
  bool optimize = false;
  bool check_only = false;             // types and borrows, no executable
  bool json = false;                   // diagnostics as JSON lines
  std::vector<std::string> more = {};  // options
};
struct Compilation {
  bool accepted = false;
  std::string diagnostics;  // what rustc wrote
};
/// Compiles Rust into `out`. Errors: not_found without rustc, exhausted when it takes minutes; io.
Result<Compilation> run_rustc(const std::string& rust_file, const std::string& out,
                              const RustcOptions& options);

/// The same, with a rejection as an error: validation, rustc's messages on stderr.
Result<> compile_rust(const std::string& rust_file, const std::string& out, bool optimize);

}  // namespace sov::depyler
