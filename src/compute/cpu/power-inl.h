#pragma once
// Powers, by way of double precision: log2 of the base to 52 bits, so that the product with a large exponent
// still has what f32 needs. Polynomials: tools/golden/vector_math.py.

#include "compute/cpu/logarithms-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kHalfLanes = kPartLanes / 2;
using HalfPart = float __attribute__((vector_size(4 * kHalfLanes)));
using Doubles = double __attribute__((vector_size(8 * kHalfLanes)));
using Longs = int64_t __attribute__((vector_size(8 * kHalfLanes)));

SOV_LANES Doubles fma_doubles(Doubles a, Doubles b, Doubles c) {
#if defined(__AVX512F__)
  return _mm512_fmadd_pd(a, b, c);
#elif defined(__FMA__)
  return _mm256_fmadd_pd(a, b, c);
#else
  return a * b + c;
#endif
}
template <int N>
SOV_LANES Doubles polynomial(Doubles x, const double (&coefficients)[N]) {
  Doubles out = coefficients[N - 1] - Doubles{};
#pragma GCC unroll 16
  for (int i = N - 2; i >= 0; i--) out = fma_doubles(out, x, coefficients[i] - Doubles{});
  return out;
}

/// To [-most, most]. The processors' own instructions: GCC 12 makes comparisons and blends of the plain
/// words.
SOV_LANES Doubles clamp_doubles(Doubles x, double most) {
  const Doubles high = most - Doubles{}, low = -most - Doubles{};
#if defined(__AVX512F__)
  return _mm512_max_pd(low, _mm512_min_pd(high, x));
#elif defined(__AVX2__)
  return _mm256_max_pd(low, _mm256_min_pd(high, x));
#else
  x = x < low ? low : x;
  return x > high ? high : x;
#endif
}

/// x^y for positive finite x; what it gives for others is replaced.
SOV_LANES HalfPart power_inside(HalfPart x, HalfPart y) {
  constexpr double kLog2[] = {0x1.71547652b82ffp+1, 0x1.ec709dc39ca4p-1,  0x1.2776c516a083cp-1,
                              0x1.a61756810b0f8p-2, 0x1.484fa9965bc9cp-2, 0x1.0bb80a92c80ccp-2,
                              0x1.f17dfd13ae0efp-3};
  constexpr double kExp2[] = {0x1.ffffffffa7135p-1,  0x1.62e42fef9cc69p-1, 0x1.ebfbe0aa03dfp-3,
                              0x1.c6b08da70cce3p-5,  0x1.3b29d8bb0b97ep-7, 0x1.5d877598350dep-10,
                              0x1.446c79efd4834p-13, 0x1.00c0e4e15189cp-16};
  // x = m 2^exponent, sqrt(1/2) <= m < sqrt(2). The exponent becomes a double by way of 2^52's lowest bits.
  constexpr int64_t kHalfRoot = 0x3FE6A09E667F3BCD, kBias = int64_t{1023} << 52;
  const auto bits = reinterpret_cast<Longs>(__builtin_convertvector(x, Doubles));
  const Longs exponent = (bits - kHalfRoot + kBias) & ~((int64_t{1} << 52) - 1);
  const auto m = reinterpret_cast<Doubles>(bits - (exponent - kBias));
  using Unsigned = uint64_t __attribute__((vector_size(8 * kHalfLanes)));
  const auto low = reinterpret_cast<Longs>(reinterpret_cast<Unsigned>(exponent) >> 52);
  const Doubles whole = reinterpret_cast<Doubles>(low | 0x4330000000000000) - (0x1p52 + 1023);
  const Doubles s = (m - 1.0) / (m + 1.0);
  const Doubles log = whole + s * polynomial(s * s, kLog2);
  Doubles t = log * __builtin_convertvector(y, Doubles);
  t = clamp_doubles(t, 200);
  const Doubles shifted = t + 0x1.8p52;
  const Doubles fraction = polynomial(t - (shifted - 0x1.8p52), kExp2);
  const auto scaled =
      reinterpret_cast<Doubles>(reinterpret_cast<Longs>(fraction) + (reinterpret_cast<Longs>(shifted) << 52));
  return __builtin_convertvector(scaled, HalfPart);
}

/// One power whose base is not positive or whose numbers are not finite, as C's annex F has it; `inside` is
/// |x|^y.
SOV_LANES float power_edge(float x, float y, float inside) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return kNan;
  const float size = __builtin_fabsf(x);
  if (__builtin_fabsf(y) == kInfinity) return size == 1 ? 1.0F : (size > 1) == (y > 0) ? kInfinity : 0.0F;
  const bool large = __builtin_fabsf(y) >= 0x1p24F;
  const auto whole = large ? 0 : static_cast<int32_t>(y);
  const bool odd = !large && static_cast<float>(whole) == y && (whole & 1) != 0;
  const bool integral = large || static_cast<float>(whole) == y;
  if (size == 0 || size == kInfinity) {
    inside = (size == kInfinity) == (y > 0) ? kInfinity : 0.0F;
  } else if (x < 0 && !integral) {
    return kNan;
  }
  return odd ? __builtin_copysignf(inside, x) : inside;
}

/// x^y. Numerics: < 0.51 ulp.
SOV_LANES F32x16 power(F32x16 x, F32x16 y) {
  const F32x16 size = abs(x);
  F32x16 out;
  each_part([&](int i) {
    HalfPart base[2], exponent[2], result[2];
    __builtin_memcpy(base, &size.part[i], sizeof base);
    __builtin_memcpy(exponent, &y.part[i], sizeof exponent);
    for (int half = 0; half < 2; half++) result[half] = power_inside(base[half], exponent[half]);
    __builtin_memcpy(&out.part[i], result, sizeof result);
  });
  if (all(both(both(less(zeros(), x), less(x, splat(kInfinity))), less(abs(y), splat(kInfinity)))))
    return out;
  alignas(64) float bases[kLanes], exponents[kLanes], results[kLanes];
  store(bases, x);
  store(exponents, y);
  store(results, out);
  for (int i = 0; i < kLanes; i++) results[i] = power_edge(bases[i], exponents[i], results[i]);
  return load(results);
}

}  // namespace sov::compute::SOV_TIER
