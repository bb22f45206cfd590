#pragma once
// One name, several variables. `for i in ..` here and `for i in ..` there are two variables in Rust, and so
// are the `line` that is text and the `line` that is what `line.split()` gave: each is declared where it is
// bound, has a type of its own and no value to begin with.

#include <deque>
#include <string>

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Renames in the tree: the second variable of the name `i` becomes `i#2`, or `i##2` where Rust must not call
/// it `i` too. `names` keeps the new names.
/// Two assignments make one variable when some use can see both. Names that nested functions use, and those
/// of patterns, imports, walruses or `del`, are left alone.
void divide_variables(ast::Module& module, std::deque<std::string>& names);

/// The name as the program has it.
inline std::string_view undivided(std::string_view name) { return name.substr(0, name.find('#')); }

}  // namespace sov::transpiler
