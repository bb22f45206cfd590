#include <cmath>
#include <limits>

#include "text/jinja/operations.h"

namespace sov::text::jinja {
namespace {

tl::unexpected<Error> bad_operands(std::string_view op, const Value& a, const Value& b) {
  if (a.is_undefined()) return undefined_error(a);
  if (b.is_undefined()) return undefined_error(b);
  return misuse("unsupported operand type(s) for {}: '{}' and '{}'", op, type_name(a), type_name(b));
}

tl::unexpected<Error> by_zero() { return misuse("division by zero"); }

Result<Value> repeat(Runtime& rt, const Value& what, int64_t times) {
  if (times < 0) times = 0;
  if (what.is_string()) {
    const uint64_t size = what.text().size();
    if (size > 0 && static_cast<uint64_t>(times) > rt.limits().max_output_bytes / size) {
      TRY(rt.reserve(std::numeric_limits<uint64_t>::max()));
    }
    TRY(rt.reserve(size * static_cast<uint64_t>(times)));
    TRY(rt.scan(size * static_cast<uint64_t>(times)));
    std::string out;
    for (int64_t i = 0; i < times && size > 0; i++) out += what.text();
    return rt.str(std::move(out), what.str().markup);
  }
  const uint64_t count = what.items().size();
  if (count > 0 && static_cast<uint64_t>(times) > rt.limits().max_steps / count) {
    TRY(rt.step(rt.limits().max_steps + 1));
  }
  TRY(rt.step(count * static_cast<uint64_t>(times)));
  TRY(rt.reserve(count * static_cast<uint64_t>(times) * sizeof(Value)));
  std::vector<Value> items;
  for (int64_t i = 0; i < times && count > 0; i++) {
    items.insert(items.end(), what.items().begin(), what.items().end());
  }
  return what.is_list() ? rt.list(std::move(items)) : rt.tuple(std::move(items));
}

/// Python's float division rounds the exact quotient down: 1 // 0.1 is 9, since 0.1 is a little more.
double floor_real(double a, double b) {
  double rest = std::fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  const double whole = std::floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

double modulo_real(double a, double b) {
  const double rest = std::fmod(a, b);
  if (rest == 0) return std::copysign(0.0, b);
  return (rest < 0) != (b < 0) ? rest + b : rest;
}

Result<Value> power_real(double a, double b) {
  if (a == 0 && b < 0) return misuse("0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
    return fail(Code::unsupported, "complex numbers in a chat template");
  }
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b))
    return misuse("numerical result out of range");
  return Value(result);
}

}  // namespace

tl::unexpected<Error> too_large() {
  return fail(Code::unsupported, "integers beyond 64 bits in a chat template");
}

Result<int64_t> truncated(double value) {
  if (std::isnan(value)) return misuse("cannot convert float NaN to integer");
  if (std::isinf(value)) return misuse("cannot convert float infinity to integer");
  if (value >= 9223372036854775808.0 || value <= -9223372036854775809.0) return too_large();
  return static_cast<int64_t>(value);
}

Result<Value> add(Runtime& rt, const Value& a, const Value& b) {
  if (a.is_integral() && b.is_integral()) {
    int64_t sum = 0;
    if (__builtin_add_overflow(a.integer(), b.integer(), &sum)) return too_large();
    return Value(sum);
  }
  if (a.is_number() && b.is_number()) return Value(a.real() + b.real());
  if (a.is_string() && b.is_string()) {
    TRY(rt.reserve(a.text().size() + b.text().size()));
    if (!a.is_markup() && !b.is_markup()) return rt.str(a.text() + b.text());
    TRY(const std::string left, escaped_text(rt, a));
    TRY(const std::string right, escaped_text(rt, b));
    return rt.str(left + right, Markup::yes);
  }
  if (a.is_string() && !b.is_undefined()) {
    return misuse("can only concatenate str (not \"{}\") to str", type_name(b));
  }
  if (a.is_sequence() && a.kind() == b.kind()) {
    std::vector<Value> items = a.items();
    items.insert(items.end(), b.items().begin(), b.items().end());
    TRY(rt.step(items.size()));
    return a.is_list() ? rt.list(std::move(items)) : rt.tuple(std::move(items));
  }
  return bad_operands("+", a, b);
}

Result<Value> subtract(const Value& a, const Value& b) {
  if (a.is_integral() && b.is_integral()) {
    int64_t difference = 0;
    if (__builtin_sub_overflow(a.integer(), b.integer(), &difference)) return too_large();
    return Value(difference);
  }
  if (a.is_number() && b.is_number()) return Value(a.real() - b.real());
  return bad_operands("-", a, b);
}

Result<Value> multiply(Runtime& rt, const Value& a, const Value& b) {
  if (a.is_integral() && b.is_integral()) {
    int64_t product = 0;
    if (__builtin_mul_overflow(a.integer(), b.integer(), &product)) return too_large();
    return Value(product);
  }
  if (a.is_number() && b.is_number()) return Value(a.real() * b.real());
  if ((a.is_string() || a.is_sequence()) && b.is_integral()) return repeat(rt, a, b.integer());
  if (a.is_integral() && (b.is_string() || b.is_sequence())) return repeat(rt, b, a.integer());
  return bad_operands("*", a, b);
}

Result<Value> divide(const Value& a, const Value& b) {
  if (!a.is_number() || !b.is_number()) return bad_operands("/", a, b);
  if (b.real() == 0) return by_zero();
  if (!a.is_integral() || !b.is_integral()) return Value(a.real() / b.real());
  // 64 bits of mantissa hold every int, so that the quotient is rounded once as Python does.
  return Value(
      static_cast<double>(static_cast<long double>(a.integer()) / static_cast<long double>(b.integer())));
}

Result<Value> floor_divide(const Value& a, const Value& b) {
  if (!a.is_number() || !b.is_number()) return bad_operands("//", a, b);
  if (b.real() == 0) return by_zero();
  if (!a.is_integral() || !b.is_integral()) return Value(floor_real(a.real(), b.real()));
  const int64_t x = a.integer(), y = b.integer();
  if (y == 0) return by_zero();
  if (y == -1) return negate(a);
  const int64_t quotient = x / y;
  return Value(quotient - ((x % y != 0 && (x < 0) != (y < 0)) ? 1 : 0));
}

Result<Value> modulo(Runtime& rt, const Value& a, const Value& b) {
  if (a.is_string()) return percent_format(rt, a, b);
  if (!a.is_number() || !b.is_number()) return bad_operands("%", a, b);
  if (b.real() == 0) return by_zero();
  if (!a.is_integral() || !b.is_integral()) return Value(modulo_real(a.real(), b.real()));
  const int64_t x = a.integer(), y = b.integer();
  if (y == 0) return by_zero();
  if (y == -1) return Value(int64_t{0});
  const int64_t rest = x % y;
  return Value(rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest);
}

Result<Value> power(const Value& a, const Value& b) {
  if (!a.is_number() || !b.is_number()) return bad_operands("** or pow()", a, b);
  if (!a.is_integral() || !b.is_integral() || b.integer() < 0) return power_real(a.real(), b.real());
  int64_t result = 1, base = a.integer();
  for (int64_t n = b.integer(); n > 0; n >>= 1) {
    if ((n & 1) != 0 && __builtin_mul_overflow(result, base, &result)) return too_large();
    if (n > 1 && __builtin_mul_overflow(base, base, &base)) return too_large();
  }
  return Value(result);
}

Result<Value> negate(const Value& a) {
  if (a.is_integral()) return subtract(Value(int64_t{0}), a);
  if (a.is_real()) return Value(-a.real());
  if (a.is_undefined()) return undefined_error(a);
  return misuse("bad operand type for unary -: '{}'", type_name(a));
}

}  // namespace sov::text::jinja
