// Finds methods of builtin values, and says which names the sandbox hides.

#include "text/jinja/methods.h"

#include <algorithm>

namespace sov::text::jinja {
namespace {

Value marked(Runtime& rt, const Value& value) {
  if (value.is_string()) return rt.str(value.text(), Markup::yes);
  if (!value.is_sequence()) return value;
  std::vector<Value> items;
  for (const Value& item : value.items()) items.push_back(marked(rt, item));
  return value.is_list() ? rt.list(std::move(items)) : rt.tuple(std::move(items));
}

Value bind_row(Runtime& rt, const Value& self, const MethodRow& row) {
  return make_object<Function>(
      rt, "builtin_function_or_method", [self, &row](Runtime& run, Args args) -> Result<Value> {
        if (row.variadic != nullptr) return row.variadic(run, self, args);
        const auto end = std::find_if(row.parameters.begin(), row.parameters.end(),
                                      [](std::string_view parameter) { return parameter.empty(); });
        TRY(const Bound bound, bind_arguments(row.name, std::span(row.parameters.begin(), end), args));
        TRY(Value result, row.body(run, self, bound));
        return self.is_markup() && row.safe == MethodRow::Safe::kept ? marked(run, result) : result;
      });
}

std::span<const MethodRow> methods_of(const Value& value) {
  if (value.is_string()) return text_methods();
  if (value.is_dict()) return dict_methods();
  if (value.is_sequence()) return sequence_methods();
  if (value.is_integral()) return integer_methods();
  if (value.is_real()) return real_methods();
  return {};
}

constexpr std::string_view kChangesList[] = {"append", "clear", "pop",    "reverse",
                                             "insert", "sort",  "extend", "remove"};
constexpr std::string_view kChangesDict[] = {"clear", "pop", "popitem", "setdefault", "update"};
/// Names that every Python object has, and some that containers or functions have.
constexpr std::string_view kInternal[] = {
    "__class__",   "__delattr__", "__dir__",           "__doc__",          "__eq__",
    "__format__",  "__ge__",      "__getattribute__",  "__getstate__",     "__gt__",
    "__hash__",    "__init__",    "__init_subclass__", "__le__",           "__lt__",
    "__ne__",      "__new__",     "__reduce__",        "__reduce_ex__",    "__repr__",
    "__setattr__", "__sizeof__",  "__str__",           "__subclasshook__", "__len__",
    "__getitem__", "__iter__",    "__contains__",      "__add__",          "__mul__",
    "__call__",    "__setitem__", "__delitem__",       "__reversed__",     "__or__",
    "__ror__",     "__ior__",     "__class_getitem__", "__iadd__",         "__imul__",
    "__rmul__"};

template <size_t N>
bool listed(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

bool is_unsafe_attribute(const Value& value, std::string_view name) {
  if (value.is_list()) return listed(kChangesList, name) || listed(kInternal, name);
  if (value.is_dict()) return listed(kChangesDict, name) || listed(kInternal, name);
  return name.starts_with("__") && listed(kInternal, name) && value.as<Namespace>() == nullptr;
}

Value bound_method(Runtime& rt, const Value& value, const std::string& name) {
  for (const MethodRow& row : methods_of(value)) {
    if (row.name == name) return bind_row(rt, value, row);
  }
  return plain_attribute(value, name);
}

}  // namespace sov::text::jinja
