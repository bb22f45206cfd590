#pragma once
// Names that a program reads and nothing binds.

#include <string_view>

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Neither a name of Python's own nor one that anything in the module binds: reading it raises NameError.
bool is_never_bound(ast::Module& module, std::string_view name);

}  // namespace sov::transpiler
