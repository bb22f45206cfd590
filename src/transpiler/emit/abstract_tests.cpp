// isinstance(x, Mapping): the classes of collections.abc and numbers, by what the built-in types have.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

struct Abstract {
  std::string_view name;
  std::string_view types;   // built-in types that are such
  std::string_view method;  // what a class of the program must have; none is such where this is empty
};

constexpr Abstract kAbstract[] = {
    {"Mapping", "dict", ""},
    {"MutableMapping", "dict", ""},
    {"Sequence", "list tuple str bytes range", ""},
    {"MutableSequence", "list", ""},
    {"Set", "set frozenset", ""},
    {"MutableSet", "set", ""},
    {"Iterable", "list tuple str bytes range dict set frozenset generator", "__iter__"},
    {"Sized", "list tuple str bytes range dict set frozenset", "__len__"},
    {"Container", "list tuple str bytes range dict set frozenset", "__contains__"},
    {"Number", "int float complex", ""},
    {"Real", "int float", ""},
    {"Integral", "int", ""},
};

std::string_view base_name(Base base) {
  switch (base) {
    case Base::boolean:
    case Base::integer:
    case Base::big:
      return "int";
    case Base::real:
      return "float";
    case Base::text:
      return "str";
    case Base::bytes:
      return "bytes";
    case Base::list:
      return "list";
    case Base::dict:
      return "dict";
    case Base::set:
      return "set";
    case Base::frozenset:
      return "frozenset";
    case Base::tuple:
    case Base::many:
      return "tuple";
    case Base::range:
      return "range";
    case Base::iterator:
      return "generator";
    default:
      return {};
  }
}

bool has_word(std::string_view words, std::string_view word) {
  for (size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const bool begins = at == 0 || words[at - 1] == ' ';
    const size_t end = at + word.size();
    if (begins && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

/// The test, or nothing where the path names no such class or the object is of the library.
std::optional<std::string> Translator::abstract_test(const Code& object, const std::string& path) {
  const size_t dot = path.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  const std::string_view module = std::string_view(path).substr(0, dot);
  if (module != "collections.abc" && module != "typing" && module != "numbers") return std::nullopt;
  const auto* row = std::ranges::find(kAbstract, std::string_view(path).substr(dot + 1), &Abstract::name);
  if (row == std::end(kAbstract)) return std::nullopt;
  switch (base(object.type)) {
    case Base::unknown:
    case Base::none:
      return "false";
    case Base::option: {
      const std::string x = temp("x");
      const auto inner = abstract_test({x, types_.arg(object.type, 0), Form::reference}, path);
      if (!inner) return std::nullopt;
      return strf("match {} {{ Some({}) => {}, None => false }}", ref(object), x, *inner);
    }
    case Base::instance: {
      const ClassInfo* cls = class_of(object.type);
      if (cls->is_enum || cls->named_tuple) return std::nullopt;
      return !row->method.empty() && find_method(*cls, row->method) != nullptr ? "true" : "false";
    }
    case Base::value: {
      std::string out;
      std::string_view rest = row->types;
      while (!rest.empty()) {
        const size_t end = std::min(rest.find(' '), rest.size());
        out += strf("{}v.isinstance(&rt::types::{})", out.empty() ? "" : " || ", rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      if (!row->method.empty()) out += strf(" || matches!(v, Value::Obj(o) if o.has(\"{}\"))", row->method);
      return strf("{{ let v = {}; {} }}", ref(object), out);
    }
    case Base::opaque:
      return std::nullopt;
    default:
      return has_word(row->types, base_name(base(object.type))) ? "true" : "false";
  }
}

}  // namespace sov::transpiler
