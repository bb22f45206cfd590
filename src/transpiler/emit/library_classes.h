#pragma once
// Classes of Python's library that are written in Python (library/classes/MODULE.py). Those that a program
// names become classes of the program, by their full name ("json.JSONEncoder"), so that it can inherit from
// them.

#include "transpiler/ast.h"

namespace sov::transpiler {

/// Adds the classes that the program names to the front of its tree, without the methods that nobody calls,
/// and makes what names them their full names. Classes under `@when_inherited` are taken only where a class
/// inherits from one. Errors: those of the parser, for a defect in library/classes.
Result<> add_library_classes(Tree& tree);

/// Whether a module has classes there.
bool has_library_classes(std::string_view module);

}  // namespace sov::transpiler
