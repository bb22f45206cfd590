#pragma once
// What is grammatical and still no program: CPython's compiler rejects it, and so does the parser.

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Errors: corrupt for return, yield, break, continue and await in the wrong place, for duplicate parameters,
/// for nonlocal at module level, for `from __future__` after other statements or of an unknown feature;
/// exhausted for nesting. Source: The Python Language Reference 3.11, chapters 7 and 8; messages as CPython
/// words them.
Result<> check_placement(const Tree& tree);

}  // namespace sov::transpiler
