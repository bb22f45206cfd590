#pragma once
// Views of dicts that are kept in a variable: `ks = d.keys()` keeps d, and each use of ks is d.keys(), so
// that it follows the dict.

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Rewrites the tree. Left alone: names that are bound more than once or otherwise than by such an
/// assignment, and programs whose own classes have methods of these names.
void keep_views(Tree& tree);

}  // namespace sov::transpiler
