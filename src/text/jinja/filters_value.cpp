// Filters about single values: defaults, attributes, numbers, JSON.

#include <algorithm>
#include <cmath>

#include "text/jinja/filters.h"
#include "text/jinja/number_text.h"

namespace sov::text::jinja {
namespace {

Result<Value> with_default(Runtime& rt, const Value& value, const Bound& a) {
  if (!value.is_undefined() && !(truthy(a[1]) && !truthy(value))) return value;
  return a[0].is_missing() ? rt.str("") : a[0];
}

/// An attribute only, never an item.
Result<Value> attr(Runtime& rt, const Value& value, const Bound& a) {
  TRY(const std::string name, text_of(a[0], "attr: name"));
  if (value.is_dict()) {
    if (is_unsafe_attribute(value, name)) return get_attribute(rt, value, name);
    Value method = bound_method(rt, value, name);
    return method.is_missing() ? Value::undefined(strf("'dict object' has no attribute '{}'", name)) : method;
  }
  return get_attribute(rt, value, name);
}

Result<Value> absolute(Runtime&, const Value& value, const Bound&) {
  if (!value.is_number()) return misuse("bad operand type for abs(): '{}'", type_name(value));
  if (value.is_real()) return Value(std::abs(value.real()));
  return value.integer() < 0 ? negate(value) : Value(value.integer());
}

Result<Value> to_int(Runtime&, const Value& value, const Bound& a) {
  const Value otherwise = a[0].is_missing() ? Value(int64_t{0}) : a[0];
  if (value.is_undefined()) return undefined_error(value);
  if (value.is_integral()) return Value(value.integer());
  if (value.is_real()) {
    if (std::isnan(value.real())) return otherwise;
    TRY(const int64_t whole, truncated(value.real()));
    return Value(whole);
  }
  if (!value.is_string()) return otherwise;
  TRY(const int64_t base, int_or(a[1], "int: base", 10));
  if (base == 0 || (base >= 2 && base <= 36)) {
    TRY(const std::optional<int64_t> number, parse_int(value.text(), base));
    if (number) return Value(*number);
  }
  const std::optional<double> real = parse_float(value.text());
  if (!real || !std::isfinite(*real)) return otherwise;
  TRY(const int64_t whole, truncated(*real));
  return Value(whole);
}

Result<Value> to_float(Runtime&, const Value& value, const Bound& a) {
  if (value.is_undefined()) return undefined_error(value);
  if (value.is_number()) return Value(value.real());
  if (value.is_string()) {
    if (const std::optional<double> number = parse_float(value.text())) return Value(*number);
  }
  return a[0].is_missing() ? Value(0.0) : a[0];
}

/// Decimal rounding of the exact binary value, half to even, as Python's round().
Result<Value> round_real(double value, int64_t places) {
  if (!std::isfinite(value)) return Value(value);
  if (places > 340) return Value(value);
  if (places < -308) return Value(std::copysign(0.0, value));
  if (places >= 0) return Value(std::strtod(strf("{:.{}f}", value, places).c_str(), nullptr));
  const double unit = std::pow(10.0, static_cast<double>(-places));
  const double scaled = std::nearbyint(value / unit) * unit;
  return Value(scaled);
}

Result<Value> round_int(int64_t value, int64_t places) {
  if (places >= 0) return Value(value);
  if (places < -18) return Value(int64_t{0});
  int64_t unit = 1;
  for (int64_t i = places; i < 0; i++) unit *= 10;
  const int64_t rest = ((value % unit) + unit) % unit;
  int64_t low = 0, rounded = 0;
  if (__builtin_sub_overflow(value, rest, &low)) return too_large();
  const bool up = rest * 2 > unit || (rest * 2 == unit && (low / unit) % 2 != 0);
  if (__builtin_add_overflow(low, up ? unit : 0, &rounded)) return too_large();
  return Value(rounded);
}

Result<Value> round(Runtime&, const Value& value, const Bound& a) {
  const std::string method = a[1].is_missing() ? "common" : a[1].is_string() ? a[1].text() : "";
  if (method != "common" && method != "ceil" && method != "floor")
    return misuse("round: method is common, ceil or floor");
  if (value.is_undefined()) return undefined_error(value);
  if (!value.is_number()) return misuse("round: wanted a number, got {}", type_name(value));
  if (method == "common") {
    if (!a[0].is_missing() && a[0].is_none() && value.is_real()) {
      TRY(const int64_t whole, truncated(std::nearbyint(value.real())));
      return Value(whole);
    }
    TRY(const int64_t places, int_or(a[0].is_none() ? Value() : a[0], "round: precision", 0));
    return value.is_real() ? round_real(value.real(), places) : round_int(value.integer(), places);
  }
  if (!a[0].is_missing() && !a[0].is_number()) return misuse("round: precision must be a number");
  const double factor = std::pow(10.0, a[0].is_missing() ? 0.0 : a[0].real());
  const double scaled = value.real() * factor;
  TRY(const int64_t whole, truncated(method == "ceil" ? std::ceil(scaled) : std::floor(scaled)));
  if (factor == 0) return misuse("division by zero");
  return Value(static_cast<double>(whole) / factor);
}

Result<Value> filesizeformat(Runtime& rt, const Value& value, const Bound& a) {
  TRY(const Value number, to_float(rt, value, {Value::none()}));
  if (!number.is_real()) return misuse("could not convert to a number of bytes: {}", type_name(value));
  const double bytes = number.real();
  const bool binary = truthy(a[0]);
  const double base = binary ? 1024 : 1000;
  if (bytes == 1) return rt.str("1 Byte");
  if (bytes < base) {
    TRY(const int64_t whole, truncated(bytes));
    return rt.str(strf("{} Bytes", whole));
  }
  constexpr std::string_view kPrefixes = "KMGTPEZY";
  if (std::isnan(bytes)) return rt.str(binary ? "nan YiB" : "nan YB");
  double unit = base;
  size_t i = 0;
  while (i + 1 < kPrefixes.size() && bytes >= unit * base) {
    unit *= base;
    i++;
  }
  const char letter = kPrefixes[i] == 'K' && !binary ? 'k' : kPrefixes[i];
  const double count = base * bytes / (unit * base);
  return rt.str(std::isinf(bytes) ? strf("inf {}{}B", letter, binary ? "i" : "")
                                  : strf("{:.1f} {}{}B", count, letter, binary ? "i" : ""));
}

Result<Value> tojson(Runtime& rt, const Value& value, const Bound& a) {
  JsonStyle style;
  style.ensure_ascii = truthy(a[0]);
  style.sort_keys = truthy(a[3]);
  style.pretty = given(a[1]);
  if (style.pretty && a[1].is_string()) {
    style.indent = a[1].text();
  } else if (style.pretty) {
    TRY(const int64_t width, int_or(a[1], "tojson: indent", 0));
    TRY(rt.reserve(static_cast<uint64_t>(std::max<int64_t>(0, width))));
    style.indent = std::string(static_cast<size_t>(std::max<int64_t>(0, width)), ' ');
  }
  if (style.pretty) style.item_separator = ",";
  if (given(a[2])) {
    TRY(const std::vector<Value> separators, to_vector(rt, a[2]));
    if (separators.size() != 2 || !separators[0].is_string() || !separators[1].is_string())
      return misuse("tojson: separators must be two strings");
    style.item_separator = separators[0].text();
    style.key_separator = separators[1].text();
  }
  TRY(std::string text, to_json(rt, value, style));
  return rt.str(std::move(text));
}

constexpr FilterRow kRows[] = {
    {"default", with_default, {"default_value", "boolean"}},
    {"d", with_default, {"default_value", "boolean"}},
    {"attr", attr, {"!name"}},
    {"abs", absolute},
    {"int", to_int, {"default", "base"}},
    {"float", to_float, {"default"}},
    {"round", round, {"precision", "method"}},
    {"filesizeformat", filesizeformat, {"binary"}},
    {"tojson", tojson, {"ensure_ascii", "indent", "separators", "sort_keys"}},
};

}  // namespace

std::span<const FilterRow> value_filters() { return kRows; }

}  // namespace sov::text::jinja
