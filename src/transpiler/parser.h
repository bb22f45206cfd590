#pragma once
// Python 3.11 source to abstract syntax tree.

#include "transpiler/ast.h"

namespace sov::transpiler {

/// The tree of a file. Errors: corrupt with "FILE:LINE:COLUMN: message", the line, a caret and a hint;
/// exhausted for nesting that no program needs. Source: The Python Language Reference 3.11, chapter 10 (full
/// grammar specification). Deviations: type comments are comments.
Result<Tree> parse_python(SourceText source);
Result<Tree> parse_python(std::string name, std::string_view bytes);

}  // namespace sov::transpiler
