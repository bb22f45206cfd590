#pragma once
// width = property(get_width, set_width)

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Exchanges such assignments in the bodies of classes for methods under the decorators that say the same.
void expand_property_calls(Tree& tree);

}  // namespace sov::transpiler
