#pragma once
// Overflow-checked arithmetic for numbers that come from a file or a request.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace sov {

inline std::optional<uint64_t> checked_add(uint64_t a, uint64_t b) {
  uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

inline std::optional<uint64_t> checked_mul(uint64_t a, uint64_t b) {
  uint64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

/// Product of all dims (1 for none), or nothing on overflow.
inline std::optional<uint64_t> checked_product(std::span<const uint64_t> dims) {
  uint64_t product = 1;
  for (uint64_t dim : dims) {
    if (__builtin_mul_overflow(product, dim, &product)) return std::nullopt;
  }
  return product;
}

/// The smallest multiple of `alignment` (a power of two) that is >= value, or nothing on overflow.
inline std::optional<uint64_t> checked_align(uint64_t value, uint64_t alignment) {
  std::optional<uint64_t> bumped = checked_add(value, alignment - 1);
  if (!bumped) return std::nullopt;
  return *bumped & ~(alignment - 1);
}

}  // namespace sov
