#pragma once
// functools.singledispatch and singledispatchmethod: a function that asks for its first argument's class.

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Each function under `@singledispatch` and those that are registered with it become functions of their own,
/// and the name a function that calls the one for the most special class of its argument. What does not fit
/// stays, and is refused later.
void expand_single_dispatch(Tree& tree);

}  // namespace sov::transpiler
