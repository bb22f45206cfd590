#pragma once
// Which sums have something to add: the sum of no floats is an int, the sum of some is a float.

#include <set>

#include "transpiler/ast.h"

namespace sov::transpiler {

/// The first arguments of calls of sum() that are not empty wherever the call is reached: something loops
/// over the same, or a test told so. A list that is emptied through another name may be overlooked, so the
/// translation checks it when it runs.
std::set<const Node*> filled_sums(Tree& tree);

}  // namespace sov::transpiler
