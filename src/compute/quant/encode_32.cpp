// Encoders of q8_0, q4_0, q4_1, q5_0 and q5_1: one scale from the extremes of 32 values, no search. The bytes
// are those of the PyPI package gguf 0.19 (gguf/quants.py) for finite input, so files made by either are the
// same. One exception: where a block's minimum is zero and it holds zeros of both signs, the stored minimum
// is -0; gguf's depends on numpy's vector width.
//
// A block with a NaN stores a NaN scale; one with an infinity, or with values whose scale overflows a half,
// stores an infinite one: every value of it decodes to a NaN or an infinity.
#include <algorithm>
#include <bit>
#include <cmath>

#include "compute/float_bits.h"
#include "compute/quant/codec.h"

namespace sov::compute {
namespace {

constexpr int kBlock = 32;

/// The float of largest magnitude, the first of equals; a NaN if there is one. By bits, where order is that
/// of integers: the compiler may then reorder the maximum and so vectorise it.
float furthest_from_zero(const float* values) {
  int32_t largest = 0;
  for (int i = 0; i < kBlock; i++) {
    largest = std::max(largest, std::bit_cast<int32_t>(values[i]) & 0x7FFFFFFF);
  }
  for (int i = 0; i < kBlock; i++) {
    if ((std::bit_cast<int32_t>(values[i]) & 0x7FFFFFFF) == largest) return values[i];
  }
  return values[0];
}

struct Range {
  float low;
  float high;
};

/// Integers in the order of the floats: -NaN, -infinity, ..., -0, 0, ..., infinity, NaN. Its own inverse.
int32_t ordered(int32_t bits) { return bits ^ ((bits >> 31) & 0x7FFFFFFF); }

/// Smallest and largest value; at least one is a NaN if any value is.
Range range_of(const float* values) {
  int32_t low = ordered(std::bit_cast<int32_t>(values[0]));
  int32_t high = low;
  for (int i = 1; i < kBlock; i++) {
    const int32_t key = ordered(std::bit_cast<int32_t>(values[i]));
    low = std::min(low, key);
    high = std::max(high, key);
  }
  return {std::bit_cast<float>(ordered(low)), std::bit_cast<float>(ordered(high))};
}

float inverse(float d) { return d == 0 ? 0.0F : 1.0F / d; }

/// The integer part, in 0..largest. What is no number (0 x infinity, or 1 / d beyond f32) becomes 0: the
/// scale of such a block is stored as zero, infinite or NaN.
uint8_t to_code(float value, int largest) {
  const float safe = value > 0 && value < 256 ? value : 0.0F;
  return static_cast<uint8_t>(std::min(static_cast<int>(safe), largest));
}

/// Values 0..15 in the low nibbles, 16..31 in the high ones.
void store_nibbles(const uint8_t* codes, std::byte* out) {
  for (int i = 0; i < 16; i++) {
    out[i] = static_cast<std::byte>((codes[i] & 15) | (codes[i + 16] & 15) << 4);
  }
}

/// The fifth bits, value i in bit i.
void store_fifth_bits(const uint8_t* codes, std::byte* out) {
  uint32_t bits = 0;
  for (int i = 0; i < kBlock; i++) bits |= static_cast<uint32_t>(codes[i] >> 4) << i;
  store_unaligned(out, bits);
}

/// value = d (code - 2^(bits-1)): the value furthest from zero gets code 0, which reaches one step further
/// than the largest.
template <int bits>
void encode_centred(const float* values, std::byte* block) {
  constexpr int kZero = 1 << (bits - 1);
  const float d = furthest_from_zero(values) / static_cast<float>(-kZero);
  const float steps = inverse(d);
  uint8_t codes[kBlock];
  for (int i = 0; i < kBlock; i++) {
    codes[i] = to_code(values[i] * steps + (static_cast<float>(kZero) + 0.5F), 2 * kZero - 1);
  }
  store_unaligned(block, f32_to_f16(d));
  if constexpr (bits == 5) store_fifth_bits(codes, block + 2);
  store_nibbles(codes, block + (bits == 5 ? 6 : 2));
}

/// value = d code + m: codes span the range of the values.
template <int bits>
void encode_from_minimum(const float* values, std::byte* block) {
  constexpr int kLargest = (1 << bits) - 1;
  const Range range = range_of(values);
  const float d = (range.high - range.low) / static_cast<float>(kLargest);
  const float steps = inverse(d);
  uint8_t codes[kBlock];
  for (int i = 0; i < kBlock; i++) codes[i] = to_code((values[i] - range.low) * steps + 0.5F, kLargest);
  store_unaligned(block, f32_to_f16(d));
  store_unaligned(block + 2, f32_to_f16(range.low));
  if constexpr (bits == 5) store_fifth_bits(codes, block + 4);
  store_nibbles(codes, block + (bits == 5 ? 8 : 4));
}

}  // namespace

void encode_q4_0(const float* values, std::byte* blocks, int64_t count) {
  for (int64_t b = 0; b < count; b++) encode_centred<4>(values + b * kBlock, blocks + b * 18);
}

void encode_q4_1(const float* values, std::byte* blocks, int64_t count) {
  for (int64_t b = 0; b < count; b++) encode_from_minimum<4>(values + b * kBlock, blocks + b * 20);
}

void encode_q5_0(const float* values, std::byte* blocks, int64_t count) {
  for (int64_t b = 0; b < count; b++) encode_centred<5>(values + b * kBlock, blocks + b * 22);
}

void encode_q5_1(const float* values, std::byte* blocks, int64_t count) {
  for (int64_t b = 0; b < count; b++) encode_from_minimum<5>(values + b * kBlock, blocks + b * 24);
}

void encode_q8_0(const float* values, std::byte* blocks, int64_t count) {
  for (int64_t b = 0; b < count; b++, values += kBlock, blocks += 34) {
    const float d = std::abs(furthest_from_zero(values)) / 127;
    const float steps = inverse(d);
    store_unaligned(blocks, f32_to_f16(d));
    for (int i = 0; i < kBlock; i++) {
      const float code = std::round(values[i] * steps);
      const float safe = std::abs(code) <= 127 ? code : 0.0F;
      store_unaligned(blocks + 2 + i, static_cast<int8_t>(safe));
    }
  }
}

}  // namespace sov::compute
