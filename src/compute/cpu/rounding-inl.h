#pragma once
// Activations rounded to 8-bit integers, one scale per 32 columns, for products of integers. The scales of
// 256 columns are multiples of a 63rd of the largest one, rounded up, so that products of super-blocks can
// take them as whole numbers: what that costs is in docs/DECISIONS.md.

#include "compute/cpu/kernels.h"
#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

constexpr int kGroup = kRoundedGroup;
constexpr int kScaled = kRoundedSpan;  // columns that share a scale
constexpr int kGroupScales = kGroup / kScaled;

/// The codes of one token and group.
SOV_LANES const int8_t* codes_of(const RoundedRows& x, int64_t token, int64_t group) {
  constexpr int64_t kGroups = kCodeSegment / kGroup;
  return x.codes + (group / kGroups * x.count + token) * kCodeSegment + group % kGroups * kGroup;
}

/// Rounds to nearest, ties to even, by the addition of a number whose last place is 1; |v| < 2^22.
SOV_LANES I32x16 to_nearest(F32x16 v) {
  const F32x16 shift = splat(0x1.8p23F);
  I32x16 out = bits_of(v + shift);
  const I32x16 base = bits_of(shift);
  each_part([&](int i) { out.part[i] -= base.part[i]; });
  return out;
}
SOV_LANES int32_t total_of(I32x16 v) {
  int32_t lanes[kLanes], total = 0;
  __builtin_memcpy(lanes, &v, sizeof lanes);
  for (const int32_t lane : lanes) total += lane;
  return total;
}
SOV_LANES void store_codes(int8_t* to, I32x16 v) {
  int32_t lanes[kLanes];
  __builtin_memcpy(lanes, &v, sizeof lanes);
  for (int i = 0; i < kLanes; i++) to[i] = static_cast<int8_t>(lanes[i]);
}

/// The scales of a group.
struct GroupScale {
  float scale;    // of one part; NaN: not all values are finite
  float inverse;  // 1 / scale; 0: all codes are zeros
  int parts[kGroupScales];
};

/// The least whole number of parts of the largest magnitude that covers each span's own.
SOV_LANES GroupScale group_scale(const float (&largest_of)[kGroupScales], bool finite) {
  float most = 0;
  for (const float v : largest_of) most = v > most ? v : most;
  // Below 2^-100 the inverse would overflow; such values count as zeros.
  const bool zero = !finite || !(most > 0x1p-100F);
  GroupScale out;
  out.scale = !finite ? __builtin_nanf("") : zero ? 0.0F : most / (127.0F * kMostParts);
  out.inverse = zero ? 0.0F : 127.0F * kMostParts / most;
  const float to_parts = zero ? 0.0F : kMostParts / most;
  for (int span = 0; span < kGroupScales; span++) {
    const float exact = zero ? 0.0F : largest_of[span] * to_parts;
    int parts = static_cast<int>(exact);
    parts += static_cast<float>(parts) < exact ? 1 : 0;
    out.parts[span] = parts < 1 ? 1 : parts > kMostParts ? kMostParts : parts;
  }
  return out;
}

/// 32 values: codes, and the sums of the codes of each half.
SOV_LANES void round_span(F32x16 first, F32x16 second, float inverse, int8_t* codes, int32_t (&totals)[2]) {
  const bool zero = inverse == 0;
  const F32x16 by = splat(inverse);
  const I32x16 low = to_nearest(zero ? zeros() : first * by);
  const I32x16 high = to_nearest(zero ? zeros() : second * by);
  store_codes(codes, low);
  store_codes(codes + kLanes, high);
  totals[0] = total_of(low);
  totals[1] = total_of(high);
}

/// One group, x[0..n); the rest is zeros.
SOV_LANES void round_group(const float* x, int64_t n, const RoundedGroup& to) {
  const auto part = [&](int64_t first) SOV_INLINED {
    const int64_t left = n - first;
    return left >= kLanes ? load(x + first) : left > 0 ? load_partial(x + first, left) : zeros();
  };
  float largest_of[kGroupScales];
  F32x16 check = zeros();  // x - x is 0 or NaN
  for (int span = 0; span < kGroupScales; span++) {
    const F32x16 first = part(kScaled * span), second = part(kScaled * span + kLanes);
    largest_of[span] = largest(max(abs(first), abs(second)));
    check = check + ((first - first) + (second - second));
  }
  const GroupScale group = group_scale(largest_of, sum(check) == 0);
  to.parts->scale = group.scale;
  for (int span = 0; span < kGroupScales; span++) {
    int32_t halves[2];
    const int parts = group.parts[span];
    const float scale = group.scale * static_cast<float>(parts);
    round_span(part(kScaled * span), part(kScaled * span + kLanes), group.inverse / static_cast<float>(parts),
               to.codes + kScaled * span, halves);
    to.scales[span] = scale;
    for (int half = 0; half < 2; half++) {
      to.parts->parts[2 * span + half] = static_cast<int16_t>(parts);
      to.parts->totals[2 * span + half] = static_cast<int16_t>(halves[half]);
    }
    const int32_t both = halves[0] + halves[1];
    to.totals[2 * span] = halves[0];
    to.totals[2 * span + 1] = halves[1];
    to.totals[kRoundedSums16 + span] = both;
    to.sums[span] = scale * static_cast<float>(both);  // the integer is exact
  }
}

static void round_row(const float* x, int64_t cols, const RoundedGroup& first) {
  RoundedGroup to = first;
  for (int64_t col = 0; col < cols; col += kGroup) {
    round_group(x + col, cols - col < kGroup ? cols - col : kGroup, to);
    to.codes += kGroup;
    to.scales += kGroupScales;
    to.totals += kRoundedSums;
    to.sums += kGroupScales;
    to.parts++;
  }
}

}  // namespace sov::compute::SOV_TIER
