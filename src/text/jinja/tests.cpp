#include <algorithm>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

/// The tests that need only the value.
Result<bool> kind_test(const std::string& name, const Value& v, bool& known) {
  if (name == "defined") return !v.is_undefined();
  if (name == "undefined") return v.is_undefined();
  if (name == "none") return v.is_none();
  if (name == "boolean") return v.is_bool();
  if (name == "true") return v.is_bool() && v.boolean();
  if (name == "false") return v.is_bool() && !v.boolean();
  if (name == "integer") return v.is_int();
  if (name == "float") return v.is_real();
  if (name == "number") return v.is_number();
  if (name == "string") return v.is_string();
  if (name == "mapping") return v.is_dict();
  if (name == "iterable") return is_iterable(v);
  if (name == "sequence") {
    return v.is_sequence() || v.is_string() || v.is_dict() || v.is_undefined() || v.as<Range>() != nullptr;
  }
  if (name == "callable") return v.is_object() && v.object().callable();
  if (name == "escaped") return v.is_markup();
  known = false;
  return false;
}

Result<bool> parity_test(Runtime& rt, const Value& value, int64_t divisor, int64_t wanted) {
  TRY(const Value rest, modulo(rt, value, Value(divisor)));
  return rest.real() == static_cast<double>(wanted);
}

}  // namespace

Result<bool> apply_test(Runtime& rt, const std::string& name, const Value& value, const Args& args) {
  TRY(rt.step());
  bool known = true;
  TRY(const bool simple, kind_test(name, value, known));
  if (known) return simple;
  const Value other = argument(args, 0, "other");
  const auto is = [&name](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (is({"even"})) return parity_test(rt, value, 2, 0);
  if (is({"odd"})) return parity_test(rt, value, 2, 1);
  if (is({"lower", "upper"})) {
    TRY(const std::string text, to_text(rt, value));
    const Value method = bound_method(rt.str(text), name == "lower" ? "islower" : "isupper");
    TRY(const Value passed, call(rt, method, {}));
    return truthy(passed);
  }
  if (is({"filter", "test"})) return fail(Code::unsupported, "template test '{}'", name);
  if (other.is_missing()) return misuse("test '{}' needs an argument, or is not known", name);
  if (is({"divisibleby"})) {
    TRY(const Value rest, modulo(rt, value, other));
    return rest.real() == 0;
  }
  if (is({"eq", "equalto", "=="})) return equal(rt, value, other);
  if (is({"ne", "!="})) {
    TRY(const bool same, equal(rt, value, other));
    return !same;
  }
  if (is({"lt", "lessthan", "<"})) return less(rt, value, other);
  if (is({"gt", "greaterthan", ">"})) return less(rt, other, value);
  if (is({"le", "<=", "ge", ">="})) {
    TRY(const bool beyond, name == "le" || name == "<=" ? less(rt, other, value) : less(rt, value, other));
    return !beyond;
  }
  if (is({"in"})) return contains(rt, other, value);
  if (is({"sameas"})) {
    if (value.kind() != other.kind()) return false;
    return value.identity() != nullptr ? Result<bool>(value.identity() == other.identity())
                                       : equal(rt, value, other);
  }
  return fail(Code::corrupt, "template: no test named '{}'", name);
}

}  // namespace sov::text::jinja
