// Methods of dict, list, tuple, int and float.

#include <cmath>

#include "text/jinja/methods.h"

namespace sov::text::jinja {
namespace {

using Safe = MethodRow::Safe;

Result<Value> dict_get_or(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const Value* found, dict_get(rt, self.dict(), a[0]));
  if (found != nullptr) return *found;
  return a[1].is_missing() ? Value::none() : a[1];
}

template <DictView::Part kPart>
Result<Value> view(Runtime& rt, const Value& self, const Bound&) {
  return make_object<DictView>(rt, self, kPart);
}

Result<Value> itself(Runtime&, const Value& self, const Bound&) { return self; }

Result<Value> fromkeys(Runtime& rt, const Value&, const Bound& a) {
  TRY(const std::vector<Value> keys, to_vector(rt, a[0]));
  auto made = rt.new_dict();
  for (const Value& key : keys) TRY(dict_set(rt, *made, key, a[1].is_missing() ? Value::none() : a[1]));
  return Value(std::shared_ptr<const Dict>(std::move(made)));
}

constexpr MethodRow kDict[] = {
    {"get", dict_get_or, {"!/key", "/default"}},
    {"keys", view<DictView::Part::keys>},
    {"values", view<DictView::Part::values>},
    {"items", view<DictView::Part::items>},
    {"copy", itself},
    {"fromkeys", fromkeys, {"!/iterable", "/value"}},
};

Result<Value> index_of(Runtime& rt, const Value& self, const Bound& a) {
  const auto size = static_cast<int64_t>(self.items().size());
  TRY(int64_t from, int_or(a[1], "index: start", 0));
  TRY(int64_t to, int_or(a[2], "index: stop", size));
  if (from < 0) from = std::max<int64_t>(0, from + size);
  if (to < 0) to = std::max<int64_t>(0, to + size);
  for (int64_t i = from; i < std::min(to, size); i++) {
    TRY(const bool same, equal(rt, self.items()[static_cast<size_t>(i)], a[0]));
    if (same) return Value(i);
  }
  return misuse("the value is not in the {}", type_name(self));
}

Result<Value> count_of(Runtime& rt, const Value& self, const Bound& a) {
  int64_t n = 0;
  for (const Value& item : self.items()) {
    TRY(const bool same, equal(rt, item, a[0]));
    n += same ? 1 : 0;
  }
  return Value(n);
}

Result<Value> copy_list(Runtime&, const Value& self, const Bound&) {
  if (!self.is_list()) return misuse("a tuple has no copy()");
  return self;
}

constexpr MethodRow kSequence[] = {
    {"index", index_of, {"!/value", "/start", "/stop"}},
    {"count", count_of, {"!/value"}},
    {"copy", copy_list},
};

uint64_t magnitude(const Value& self) {
  const int64_t n = self.integer();
  return n < 0 ? ~static_cast<uint64_t>(n) + 1 : static_cast<uint64_t>(n);
}

Result<Value> whole(Runtime&, const Value& self, const Bound&) { return Value(self.integer()); }
Result<Value> bit_length(Runtime&, const Value& self, const Bound&) {
  return Value(static_cast<int64_t>(magnitude(self) == 0 ? 0 : 64 - __builtin_clzll(magnitude(self))));
}
Result<Value> bit_count(Runtime&, const Value& self, const Bound&) {
  return Value(static_cast<int64_t>(__builtin_popcountll(magnitude(self))));
}
Result<Value> integer_ratio(Runtime& rt, const Value& self, const Bound&) {
  return rt.tuple({Value(self.integer()), Value(1)});
}
Result<Value> no_bytes(Runtime&, const Value&, const Bound&) {
  return fail(Code::unsupported, "bytes in a chat template");
}

constexpr MethodRow kInteger[] = {
    {"conjugate", whole},
    {"bit_length", bit_length},
    {"bit_count", bit_count},
    {"as_integer_ratio", integer_ratio},
    {"to_bytes", no_bytes, {"length", "byteorder", "signed"}},
    {"from_bytes", no_bytes, {"!bytes", "byteorder", "signed"}},
};

Result<Value> real_itself(Runtime&, const Value& self, const Bound&) { return self; }
Result<Value> is_integer(Runtime&, const Value& self, const Bound&) {
  return Value(std::isfinite(self.real()) && std::floor(self.real()) == self.real());
}
Result<Value> real_ratio(Runtime& rt, const Value& self, const Bound&) {
  if (!std::isfinite(self.real())) return misuse("cannot convert {} to integer ratio", self.real());
  int exponent = 0;
  auto mantissa = static_cast<int64_t>(std::ldexp(std::frexp(self.real(), &exponent), 53));
  exponent -= 53;
  while (mantissa != 0 && mantissa % 2 == 0 && exponent < 0) mantissa /= 2, exponent++;
  if (mantissa == 0) return rt.tuple({Value(int64_t{0}), Value(1)});
  if (exponent < -62) return too_large();
  if (exponent <= 0) return rt.tuple({Value(mantissa), Value(int64_t{1} << -exponent)});
  TRY(const int64_t number, truncated(self.real()));
  return rt.tuple({Value(number), Value(1)});
}
Result<Value> hex(Runtime& rt, const Value& self, const Bound&) {
  const double value = self.real();
  if (!std::isfinite(value)) return rt.str(std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
  std::string text = strf("{:.13a}", value);
  if (value == 0) text = std::signbit(value) ? "-0x0.0p+0" : "0x0.0p+0";
  return rt.str(std::move(text));
}
Result<Value> fromhex(Runtime&, const Value&, const Bound&) {
  return fail(Code::unsupported, "float.fromhex in a chat template");
}

constexpr MethodRow kReal[] = {
    {"conjugate", real_itself},       {"is_integer", is_integer},         {"hex", hex},
    {"as_integer_ratio", real_ratio}, {"fromhex", fromhex, {"!/string"}},
};

}  // namespace

std::span<const MethodRow> dict_methods() { return kDict; }
std::span<const MethodRow> sequence_methods() { return kSequence; }
std::span<const MethodRow> integer_methods() { return kInteger; }
std::span<const MethodRow> real_methods() { return kReal; }

Value plain_attribute(const Value& value, std::string_view name) {
  if (value.is_group()) {
    if (name == "grouper") return value.items()[0];
    if (name == "list") return value.items()[1];
  }
  if (!value.is_number()) return {};
  if (name == "real") return value.is_bool() ? Value(value.integer()) : value;
  if (name == "imag") return value.is_real() ? Value(0.0) : Value(0);
  if (!value.is_integral()) return {};
  if (name == "numerator") return Value(value.integer());
  if (name == "denominator") return Value(1);
  return {};
}

}  // namespace sov::text::jinja
