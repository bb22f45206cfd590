#pragma once
// Activations rounded to 16-bit integers, one scale per 256 columns, for products of integers.

#include "compute/cpu/kernels.h"
#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

constexpr int kGroup = kRoundedGroup;
constexpr int kGroupSums = kGroup / 32;

/// The codes of one token and group.
SOV_LANES const int16_t* codes_of(const RoundedRows& x, int64_t token, int64_t group) {
  constexpr int64_t kGroups = kWordSegment / kGroup;
  return x.codes + (group / kGroups * x.count + token) * kWordSegment + group % kGroups * kGroup;
}

/// Rounds to nearest, ties to even, by the addition of a number whose last place is 1; |v| < 2^22.
SOV_LANES I32x16 to_nearest(F32x16 v) {
  const F32x16 shift = splat(0x1.8p23F);
  I32x16 out = bits_of(v + shift);
  const I32x16 base = bits_of(shift);
  each_part([&](int i) { out.part[i] -= base.part[i]; });
  return out;
}

/// One group: codes, the scale, and the sums of what each 32 codes stand for. Values are x[0..n); the rest is
/// zeros.
SOV_LANES void round_group(const float* x, int64_t n, int16_t* codes, float* scale, float* sums) {
  F32x16 most = zeros();
  for (int64_t i = 0; i < n; i += kLanes) {
    const F32x16 values = abs(n - i < kLanes ? load_partial(x + i, n - i) : load(x + i));
    most = select(less(values, most), most, values);  // a NaN enters, and is found below if it stays
  }
  const float largest_value = largest(most);
  F32x16 check = zeros();  // x - x is 0 or NaN
  for (int64_t i = 0; i < n; i += kLanes) {
    const F32x16 values = n - i < kLanes ? load_partial(x + i, n - i) : load(x + i);
    check = check + (values - values);
  }
  const bool finite = sum(check) == 0;
  // Below 2^-100 the inverse would overflow; such values count as zeros.
  const bool zero = !(largest_value > 0x1p-100F) || !finite;
  const float inverse = zero ? 0.0F : 32767.0F / largest_value;
  *scale = !finite ? __builtin_nanf("") : zero ? 0.0F : largest_value / 32767.0F;
  for (int64_t block = 0; block < kGroupSums; block++) {
    I32x16 total = {};
    for (int64_t i = 32 * block; i < 32 * block + 32; i += kLanes) {
      const int64_t left = zero || i > n ? 0 : n - i;
      const F32x16 values = left < kLanes ? load_partial(x + i, left) : load(x + i);
      const I32x16 rounded = to_nearest(values * splat(inverse));
      int32_t lanes[kLanes];
      __builtin_memcpy(lanes, &rounded, sizeof lanes);
      for (int j = 0; j < kLanes; j++) codes[i + j] = static_cast<int16_t>(lanes[j]);
      each_part([&](int p) { total.part[p] += rounded.part[p]; });
    }
    int32_t lanes[kLanes];
    __builtin_memcpy(lanes, &total, sizeof lanes);
    int32_t whole = 0;
    for (const int32_t lane : lanes) whole += lane;
    sums[block] = *scale * static_cast<float>(whole);  // the integer is exact: at most 32 * 32767
  }
}

static void round_row(const float* x, int64_t cols, int16_t* codes, float* scales, float* sums) {
  for (int64_t first = 0; first < cols; first += kGroup) {
    const int64_t n = cols - first < kGroup ? cols - first : kGroup;
    round_group(x + first, n, codes + first, scales + first / kGroup, sums + first / 32);
  }
}

}  // namespace sov::compute::SOV_TIER
