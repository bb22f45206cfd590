// Encoders of the types with 32 values per block, bit-identical to the PyPI package gguf 0.19 for finite
// input.
#include <algorithm>
#include <cmath>

#include "compute/float_bits.h"
#include "compute/quant/codec.h"

namespace sov::compute {
namespace {

constexpr int kBlock = 32;

/// 1 / d, and 0 where that is no number to scale with: d = 0, or so small that its stored half is 0 as well.
float inverse_or_zero(float d) {
  const float inverse = 1.0F / d;
  return d == 0 || !std::isfinite(inverse) ? 0.0F : inverse;
}

/// Clamps before converting: a NaN (only from a block that its scale already marks as NaN) becomes 0.
int to_code(float value, int low, int high) {
  if (std::isnan(value)) return 0;
  return static_cast<int>(std::clamp(value, static_cast<float>(low), static_cast<float>(high)));
}

}  // namespace

void encode_q8_0(const float* values, std::byte* blocks, int64_t count) {
  for (int64_t b = 0; b < count; b++, values += kBlock, blocks += 34) {
    float largest = 0;
    for (int i = 0; i < kBlock; i++) {
      const float magnitude = std::abs(values[i]);
      if (!(magnitude <= largest)) largest = magnitude;  // a NaN wins
      if (std::isnan(largest)) break;
    }
    const float d = largest / 127;
    const float inverse = inverse_or_zero(d);
    store_unaligned(blocks, f32_to_f16(d));
    for (int i = 0; i < kBlock; i++) {
      const int code = to_code(std::round(values[i] * inverse), -127, 127);
      store_unaligned(blocks + 2 + i, static_cast<int8_t>(code));
    }
  }
}

}  // namespace sov::compute
