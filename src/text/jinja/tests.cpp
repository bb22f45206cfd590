// The tests of `is`. Names and parameters: jinja 3.1's list of built-in tests.

#include <algorithm>
#include <array>
#include <vector>

#include "text/jinja/arguments.h"
#include "text/jinja/operations.h"

namespace sov::text::jinja {
namespace {

struct Row {
  std::string_view name;
  Result<bool> (*body)(Runtime&, const Value&, const Bound&);
  std::string_view parameter = {};  // its one argument, required
};

using R = Result<bool>;

R remainder_is(Runtime& rt, const Value& value, const Value& divisor, int64_t wanted) {
  TRY(const Value rest, modulo(rt, value, divisor));
  return equal(rt, rest, Value(wanted));
}

R cased(Runtime& rt, const Value& value, const char* method) {
  TRY(std::string text, to_text(rt, value));
  TRY(const Value passed, call(rt, bound_method(rt, rt.str(std::move(text)), method), {}));
  return truthy(passed);
}

R not_of(R result) {
  if (!result) return result;
  return !*result;
}

R less_or_equal(Runtime& rt, const Value& a, const Value& b) {
  TRY(const bool before, less(rt, a, b));
  return before ? R(true) : equal(rt, a, b);
}

R same_as(Runtime& rt, const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.identity() != nullptr) return a.identity() == b.identity();
  return equal(rt, a, b);
}

R eq(Runtime& rt, const Value& v, const Bound& a) { return equal(rt, v, a[0]); }
R ne(Runtime& rt, const Value& v, const Bound& a) { return not_of(equal(rt, v, a[0])); }
R lt(Runtime& rt, const Value& v, const Bound& a) { return less(rt, v, a[0]); }
R gt(Runtime& rt, const Value& v, const Bound& a) { return less(rt, a[0], v); }
R le(Runtime& rt, const Value& v, const Bound& a) { return less_or_equal(rt, v, a[0]); }
R ge(Runtime& rt, const Value& v, const Bound& a) { return less_or_equal(rt, a[0], v); }

/// Whether a table has this name. Values that cannot be a key are an error, as in Python.
R named(Runtime& rt, const Value& v, int (*find)(std::string_view)) {
  if (v.is_string()) return find(v.text()) >= 0;
  TRY(dict_get(rt, *rt.new_dict(), v));
  return false;
}

bool is_sequence(const Value& v) {
  return v.is_sequence() || v.is_string() || v.is_dict() || v.is_undefined() || v.as<Range>() != nullptr;
}

constexpr Row kRows[] = {
    {"defined", [](Runtime&, const Value& v, const Bound&) -> R { return !v.is_undefined(); }},
    {"undefined", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_undefined(); }},
    {"none", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_none(); }},
    {"boolean", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_bool(); }},
    {"true", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_bool() && v.boolean(); }},
    {"false", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_bool() && !v.boolean(); }},
    {"integer", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_int(); }},
    {"float", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_real(); }},
    {"number", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_number(); }},
    {"string", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_string(); }},
    {"mapping", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_dict(); }},
    {"iterable", [](Runtime&, const Value& v, const Bound&) -> R { return is_iterable(v); }},
    {"sequence", [](Runtime&, const Value& v, const Bound&) -> R { return is_sequence(v); }},
    {"escaped", [](Runtime&, const Value& v, const Bound&) -> R { return v.is_markup(); }},
    // Undefined can be called as far as Python can tell: the call itself fails.
    {"callable",
     [](Runtime&, const Value& v, const Bound&) -> R {
       return v.is_undefined() || (v.is_object() && v.object().callable());
     }},
    {"lower", [](Runtime& rt, const Value& v, const Bound&) { return cased(rt, v, "islower"); }},
    {"upper", [](Runtime& rt, const Value& v, const Bound&) { return cased(rt, v, "isupper"); }},
    {"even", [](Runtime& rt, const Value& v, const Bound&) { return remainder_is(rt, v, Value(2), 0); }},
    {"odd", [](Runtime& rt, const Value& v, const Bound&) { return remainder_is(rt, v, Value(2), 1); }},
    {"divisibleby", [](Runtime& rt, const Value& v, const Bound& a) { return remainder_is(rt, v, a[0], 0); },
     "!num"},
    {"sameas", [](Runtime& rt, const Value& v, const Bound& a) { return same_as(rt, v, a[0]); }, "!other"},
    {"in", [](Runtime& rt, const Value& v, const Bound& a) { return contains(rt, a[0], v); }, "!seq"},
    {"filter", [](Runtime& rt, const Value& v, const Bound&) { return named(rt, v, find_filter); }},
    {"test", [](Runtime& rt, const Value& v, const Bound&) { return named(rt, v, find_test); }},
    {"==", eq, "!/other"},
    {"eq", eq, "!/other"},
    {"equalto", eq, "!/other"},
    {"!=", ne, "!/other"},
    {"ne", ne, "!/other"},
    {"<", lt, "!/other"},
    {"lt", lt, "!/other"},
    {"lessthan", lt, "!/other"},
    {">", gt, "!/other"},
    {"gt", gt, "!/other"},
    {"greaterthan", gt, "!/other"},
    {"<=", le, "!/other"},
    {"le", le, "!/other"},
    {">=", ge, "!/other"},
    {"ge", ge, "!/other"},
};

}  // namespace

TestId find_test(std::string_view name) {
  const auto it =
      std::find_if(std::begin(kRows), std::end(kRows), [name](const Row& row) { return row.name == name; });
  return it == std::end(kRows) ? -1 : static_cast<TestId>(it - std::begin(kRows));
}

Result<bool> apply_test(Runtime& rt, TestId test, const Value& value, const Args& args) {
  TRY(rt.step());
  const Row& row = kRows[static_cast<size_t>(test)];
  if (row.parameter.empty() && args.positional.empty() && args.named.empty()) return row.body(rt, value, {});
  const std::array<std::string_view, 1> parameters = {row.parameter};
  TRY(const Bound bound,
      bind_arguments(row.name, std::span(parameters).first(row.parameter.empty() ? 0 : 1), args));
  return row.body(rt, value, bound);
}

Result<bool> apply_test(Runtime& rt, const std::string& name, const Value& value, const Args& args) {
  const TestId test = find_test(name);
  if (test < 0) return fail(Code::corrupt, "no test named '{}'", name);
  return apply_test(rt, test, value, args);
}

}  // namespace sov::text::jinja
