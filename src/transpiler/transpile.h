#pragma once
// Python syntax tree to one Rust file.

#include <string>
#include <string_view>
#include <vector>

#include "transpiler/ast.h"

namespace sov::transpiler {

/// A construct that is not translated.
struct Refusal {
  uint32_t line = 0, column = 0;
  std::string construct;  // short, for tallies: "module asyncio"
  std::string text;       // "FILE:LINE:COLUMN: ..." with caret and hint
};

struct TranspileOptions {
  std::string_view script = {};  // what sys.argv[0] ends in; empty: the file's name
  bool call_tests = false;       // a module without main calls each test_* function and prints its result
  bool source_map = false;       // fill Translation::lines
};

/// A function with the types that inference gave it, as Python would write them.
struct FunctionTypes {
  std::string name = {};  // "Class.method"
  uint32_t line = 0;
  std::vector<std::pair<std::string, std::string>> parameters = {};
  std::string result = {};
};

struct Translation {
  std::string rust;                        // the whole file; empty when anything was refused
  std::vector<Refusal> refusals;           // in the order of the source
  std::vector<std::string> runtime_parts;  // modules of the runtime that the file holds
  size_t passes = 0;                       // of inference
  std::vector<FunctionTypes> functions;    // in the order of the source, whatever was refused
  std::vector<uint32_t> lines;             // the Python line of each Rust line; 0: of none
};

/// Translates a whole program. Whatever it cannot translate is listed, and then no Rust comes out.
/// Errors: corrupt for what CPython's compiler rejects (return outside a function, ...); exhausted for
/// nesting.
Result<Translation> transpile(Tree& tree, const TranspileOptions& options);

}  // namespace sov::transpiler
