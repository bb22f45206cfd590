#pragma once
// from math import *

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Exchanges the star for the names of the module that the program uses and does not bind itself.
void name_star_imports(Tree& tree);

}  // namespace sov::transpiler
