#include "transpiler/syntax/integer.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace sov::transpiler {
namespace {

constexpr size_t kMaxDecimalDigits = 4300;

std::string without_zeros(std::string digits) {
  const size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? "0" : digits.substr(first);
}

int digit_value(char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; }

/// Digits of `bits` bits each, regrouped by four.
std::string regroup(std::string_view digits, int bits) {
  std::string out;
  uint32_t buffer = 0;
  int held = 0;
  for (size_t i = digits.size(); i-- > 0;) {
    buffer |= static_cast<uint32_t>(digit_value(digits[i])) << held;
    for (held += bits; held >= 4; held -= 4, buffer >>= 4) out += "0123456789abcdef"[buffer & 15];
  }
  if (held > 0) out += "0123456789abcdef"[buffer & 15];
  std::ranges::reverse(out);
  return without_zeros(std::move(out));
}

std::string from_decimal(std::string_view digits) {
  std::vector<uint32_t> limbs{0};
  for (const char c : digits) {
    uint64_t carry = static_cast<uint64_t>(c - '0');
    for (uint32_t& limb : limbs) {
      carry += uint64_t{limb} * 10;
      limb = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) limbs.push_back(static_cast<uint32_t>(carry));
  }
  std::string out;
  for (size_t i = limbs.size(); i-- > 0;) {
    for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[(limbs[i] >> shift) & 15];
  }
  return without_zeros(std::move(out));
}

}  // namespace

std::optional<std::string> integer_hex(std::string_view literal) {
  if (literal.starts_with("0x")) return without_zeros(std::string(literal.substr(2)));
  if (literal.starts_with("0o")) return regroup(literal.substr(2), 3);
  if (literal.starts_with("0b")) return regroup(literal.substr(2), 1);
  if (literal.size() > kMaxDecimalDigits) return std::nullopt;
  return from_decimal(literal);
}

}  // namespace sov::transpiler
