#pragma once
// One name, several variables. `for i in ..` here and `for i in ..` there are two variables in Rust: each is
// declared where it is bound, has a type of its own and no value to begin with.

#include <deque>
#include <string>

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Renames in the tree: the second variable of the name `i` becomes `i#2`. `names` keeps the new names.
/// A name is divided where every use lies in the body of a loop that binds it, or after an assignment in the
/// same block; names that nested functions, patterns, imports or `del` mention are left alone.
void divide_variables(ast::Module& module, std::deque<std::string>& names);

}  // namespace sov::transpiler
