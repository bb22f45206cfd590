#pragma once
// From a file to Rust, as several commands need it.

#include "apps/depyler/app.h"
#include "transpiler/transpile.h"

namespace sov::depyler {

/// Errors: unsupported with all that is not translated, one after the other; whatever reading and parsing
/// give.
Result<transpiler::Translation> translate(App& app, const std::string& file, bool call_tests);

/// Compiles Rust with rustc into `out`. Errors: not_found without rustc; validation with rustc's messages.
Result<> compile_rust(const std::string& rust_file, const std::string& out, bool optimize);

}  // namespace sov::depyler
