#pragma once
// A program and its translation, run side by side.

#include "apps/depyler/app.h"

namespace sov::depyler {

struct VerifyOptions {
  std::vector<std::vector<std::string>> arguments = {};  // command lines in addition to the guessed ones
  std::string stdin_text = {};
  size_t cases = 12;  // command lines
  size_t calls = 10;  // of each function
  uint64_t seed = 1;
  bool optimize = false;
};

struct Difference {
  std::string what;  // the command line, or the call
  std::string python, rust;
};

struct Verification {
  std::string python_version;
  size_t runs = 0, calls = 0;
  std::vector<std::string> functions;  // that were called
  std::vector<std::string> notes;      // what was not compared, and why
  std::vector<Difference> differences;
  bool equal() const { return differences.empty(); }
};

/// Compiles the translation and runs both on the same inputs, each in an empty folder of its own: stdout and
/// the exit status must be equal. Functions with annotated parameters are also called with random arguments,
/// unless the file reaches outside (files, other programs). Errors: unsupported without python3 or rustc, and
/// for a program that is not translated; validation when rustc rejects it.
Result<Verification> verify_file(const std::string& file, const VerifyOptions& options);

/// The same for Rust that was changed after the translation; functions are not called one by one.
Result<Verification> verify_rust(const std::string& file, const std::string& rust,
                                 const VerifyOptions& options);

Json as_json(const std::string& file, const Verification& result);
std::string as_text(const std::string& file, const Verification& result);

/// For `transpile --verify`. Errors: validation, with the first difference.
Result<> verify_translation(App& app, const std::string& file);

}  // namespace sov::depyler
