#pragma once
// A class in a class's body becomes a name of its own: `Outer.Inner`, `self.Inner` and, in the body of Outer,
// `Inner` are all the variable "Outer.Inner".

#include <string>

#include "transpiler/emit/program.h"

namespace sov::transpiler {

/// Renames in the tree, before names are collected. Classes within functions are left alone.
void name_nested_classes(Tree& tree);

/// "Inner" of "Outer.Inner", as __name__ has it.
inline std::string_view unqualified(std::string_view name) { return name.substr(name.rfind('.') + 1); }

/// __qualname__: "Outer.Inner", "f.<locals>.Local".
std::string qualified_name(const ClassInfo& cls);

}  // namespace sov::transpiler
