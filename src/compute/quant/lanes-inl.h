#pragma once
// What the searches share: 16 groups side by side, one per lane, so that every loop runs over the values of a
// group and no sum crosses lanes.

#include <cstdint>

#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

/// 16 consecutive groups of `size` values: lane g of [i] is value i of group g. Scaled by a power of two per
/// block, which changes no significand, so that squares neither vanish nor overflow.
template <int size>
struct Groups {
  alignas(64) float value[size][kLanes];
  F32x16 power;  // of two: value * power is the original
  F32x16 operator[](int i) const { return load(value[i]); }
};

/// Lane by lane the same: op over the lanes of the block, which has `groups` of them.
template <int groups, typename Op>
SOV_LANES F32x16 over_block(F32x16 v, Op op) {
  alignas(64) float lanes[kLanes];
  store(lanes, v);
  for (int first = 0; first < kLanes; first += groups) {
    float result = lanes[first];
    for (int g = first + 1; g < first + groups; g++) result = op(result, lanes[g]);
    for (int g = first; g < first + groups; g++) lanes[g] = result;
  }
  return load(lanes);
}
template <int groups>
SOV_LANES F32x16 block_largest(F32x16 v) {
  return over_block<groups>(v, [](float a, float b) { return a < b ? b : a; });
}
template <int groups>
SOV_LANES F32x16 block_smallest(F32x16 v) {
  return over_block<groups>(v, [](float a, float b) { return b < a ? b : a; });
}
template <int groups>
SOV_LANES F32x16 block_sum(F32x16 v) {
  return over_block<groups>(v, [](float a, float b) { return a + b; });
}

/// The power of two at or below each positive lane.
SOV_LANES F32x16 power_below(F32x16 v) {
  I32x16 bits = bits_of(v);
  each_part([&](int i) { bits.part[i] &= 0x7F800000; });
  return from_bits(bits);
}

/// Blocks of `groups` groups.
template <int groups, int size>
SOV_LANES void gather(const float* values, Groups<size>& out) {
  for (int g = 0; g < kLanes; g++) {
    for (int i = 0; i < size; i++) out.value[i][g] = values[g * size + i];
  }
  F32x16 furthest = zeros();
  for (int i = 0; i < size; i++) furthest = max(furthest, abs(out[i]));
  // Below 2^-40 everything is zero beside the smallest half.
  out.power = max(power_below(block_largest<groups>(furthest)), splat(0x1p-40F));
  const F32x16 down = splat(1.0F) / out.power;
  for (int i = 0; i < size; i++) store(out.value[i], out[i] * down);
}

/// The nearest integer, ties to even, in low..high (integers below 2^22); low for a NaN.
SOV_LANES F32x16 round_between(F32x16 v, F32x16 low, F32x16 high) {
  const F32x16 whole = splat(0x1.8p23F);  // floats of this size are integers
  return (min(max(v, low), high) + whole) - whole;
}

/// 1 / v; 0 where v is next to nothing beside the block's values, which lie below 2.
SOV_LANES F32x16 inverse(F32x16 v) { return select(less(splat(0x1p-60F), abs(v)), splat(1.0F) / v, zeros()); }

/// v * power rounded to a half, without its overflow, over power; what is not zero stays so.
SOV_LANES F32x16 round_to_half(F32x16 v, F32x16 power) {
  const F32x16 smallest_normal = splat(0x1p-14F) / power;
  const F32x16 smallest = splat(0x1p-24F) / power;
  // A float 2^13 times as large counts in the steps of the half.
  const F32x16 whole = max(power_below(abs(v)), smallest_normal) * splat(0x1.8p13F);
  const F32x16 rounded = (v + whole) - whole;
  const I32x16 lost = less(abs(rounded), smallest);
  return select(lost, select(less(zeros(), abs(v)), copy_sign(smallest, v), zeros()), rounded);
}

SOV_LANES F32x16 clamp(F32x16 v, F32x16 low, F32x16 high) { return min(max(v, low), high); }

}  // namespace sov::compute::SOV_TIER
