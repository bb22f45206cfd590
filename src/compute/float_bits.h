#pragma once
// Scalar conversions between f32 and the small float formats, by bits: the same on every compiler and
// processor.

#include <bit>
#include <cstdint>
#include <cstring>

namespace sov::compute {

/// Exact. Source: IEEE 754-2008, binary16.
inline float f16_to_f32(uint16_t half) {
  const uint32_t sign = (half & 0x8000U) << 16;
  const uint32_t exponent = (half >> 10) & 31U;
  const uint32_t fraction = half & 0x3FFU;
  if (exponent == 0) {
    const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | sign);
  }
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000U | (fraction << 13));
  return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (fraction << 13));
}

/// Round to nearest, ties to even; overflow to infinity; a NaN stays a quiet NaN.
inline uint16_t f32_to_f16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const auto sign = static_cast<uint16_t>((bits >> 16) & 0x8000U);
  uint32_t magnitude = bits & 0x7FFFFFFFU;
  if (magnitude > 0x7F800000U) return static_cast<uint16_t>(sign | 0x7E00U | ((magnitude >> 13) & 0x3FFU));
  if (magnitude >= 0x477FF000U) return static_cast<uint16_t>(sign | 0x7C00U);  // 65520 and up
  if (magnitude < 0x38800000U) {
    // Below 2^-14 a half counts in steps of 2^-24, which is the spacing of floats in [0.5, 1): the addition
    // rounds.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
    return static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(shifted) - 0x3F000000U));
  }
  magnitude += 0xFFFU + ((magnitude >> 13) & 1U);
  return static_cast<uint16_t>(sign | ((magnitude - 0x38000000U) >> 13));
}

/// Exact.
inline float bf16_to_f32(uint16_t bits) { return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16); }

/// Round to nearest, ties to even; a NaN stays a quiet NaN.
inline uint16_t f32_to_bf16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7FFFFFFFU) > 0x7F800000U) return static_cast<uint16_t>((bits >> 16) | 0x40U);
  return static_cast<uint16_t>((bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16);
}

/// Exact. Source: OCP 8-bit floating point specification (OFP8) 1.0, E4M3: no infinities, S.1111.111 is NaN.
inline float f8_e4m3_to_f32(uint8_t bits) {
  const uint32_t sign = (bits & 0x80U) << 24;
  const uint32_t exponent = (bits >> 3) & 15U;
  const uint32_t fraction = bits & 7U;
  if (exponent == 0) {
    const float magnitude = static_cast<float>(fraction) * 0x1p-9F;
    return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | sign);
  }
  if (exponent == 15 && fraction == 7) return std::bit_cast<float>(sign | 0x7FC00000U);
  return std::bit_cast<float>(sign | ((exponent + 120) << 23) | (fraction << 20));
}

/// Exact. Source: OFP8 1.0, E5M2: the upper byte of an IEEE half.
inline float f8_e5m2_to_f32(uint8_t bits) { return f16_to_f32(static_cast<uint16_t>(bits << 8)); }

/// Reads a T at any alignment (little-endian hosts only, checked in quant/codec.cpp).
template <typename T>
T load_unaligned(const void* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
template <typename T>
void store_unaligned(void* to, T value) {
  std::memcpy(to, &value, sizeof value);
}

}  // namespace sov::compute
