#include "transpiler/emit/bound_names.h"

#include <algorithm>

namespace sov::transpiler {
namespace {

/// Those of module builtins and of every module; exceptions are known by their endings.
constexpr std::string_view kPython[] = {
    "abs",     "aiter",      "all",       "anext",   "any",          "ascii",      "bin",
    "bool",    "breakpoint", "bytearray", "bytes",   "callable",     "chr",        "classmethod",
    "compile", "complex",    "copyright", "credits", "delattr",      "dict",       "dir",
    "divmod",  "enumerate",  "eval",      "exec",    "exit",         "filter",     "float",
    "format",  "frozenset",  "getattr",   "globals", "hasattr",      "hash",       "help",
    "hex",     "id",         "input",     "int",     "isinstance",   "issubclass", "iter",
    "len",     "license",    "list",      "locals",  "map",          "max",        "memoryview",
    "min",     "next",       "object",    "oct",     "open",         "ord",        "pow",
    "print",   "property",   "quit",      "range",   "repr",         "reversed",   "round",
    "set",     "setattr",    "slice",     "sorted",  "staticmethod", "str",        "sum",
    "super",   "tuple",      "type",      "vars",    "zip",          "Ellipsis",   "NotImplemented"};

bool binds(Node& node, std::string_view name) {
  switch (node.kind) {
    case Kind::Name:
      return as<ast::Name>(node).ctx != Ctx::Load && as<ast::Name>(node).id == name;
    case Kind::Arg:
      return as<ast::Arg>(node).arg == name;
    case Kind::FunctionDef:
      return as<ast::FunctionDef>(node).name == name;
    case Kind::ClassDef:
      return as<ast::ClassDef>(node).name == name;
    case Kind::ExceptHandler:
      return as<ast::ExceptHandler>(node).name == name;
    case Kind::alias: {
      auto& alias = as<ast::alias>(node);
      return alias.name == "*" || alias.asname == name || alias.name.substr(0, alias.name.find('.')) == name;
    }
    case Kind::MatchAs:
      return as<ast::MatchAs>(node).name == name;
    case Kind::MatchStar:
      return as<ast::MatchStar>(node).name == name;
    case Kind::MatchMapping:
      return as<ast::MatchMapping>(node).rest == name;
    default:
      return false;
  }
}

bool binds_within(Node& node, std::string_view name) {
  if (binds(node, name)) return true;
  bool any = false;
  for_children(node, [&](Node& child) { any = any || binds_within(child, name); });
  return any;
}

}  // namespace

bool is_never_bound(ast::Module& module, std::string_view name) {
  const bool python = name.starts_with("__") || name.ends_with("Error") || name.ends_with("Warning") ||
                      name.ends_with("Exit") || name.ends_with("Iteration") || name.ends_with("Exception") ||
                      name.ends_with("Interrupt") || name.ends_with("Group") ||
                      std::ranges::find(kPython, name) != std::end(kPython);
  return !python && !binds_within(module, name);
}

}  // namespace sov::transpiler
