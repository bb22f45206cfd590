#pragma once
// Diagnostics with the fixes that mend them, made by asking rustc.

#include <string>
#include <vector>

#include "apps/depyler/rust_check.h"
#include "transpiler/oracle.h"

namespace sov::depyler {

struct CollectOptions {
  size_t mutants = 4;  // of each program
  uint64_t seed = 1;
};

/// The samples of one program. A Python file is translated; what rustc says of the translation itself is
/// "real", what it says of mutants carries the mutation's name: the first error of each. A .rs file is taken
/// as a translation that rustc rejects: "real" samples, one for each different message. Errors: those of
/// reading and of rustc; a file that is not translated gives no samples.
Result<std::vector<transpiler::Sample>> collect_samples(const std::string& file,
                                                        const CollectOptions& options, RustCheck& check);

}  // namespace sov::depyler
