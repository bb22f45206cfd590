#pragma once
// Logarithms and what is made of them. Polynomials: tools/golden/vector_math.py.

#include "compute/cpu/vector_math-inl.h"

namespace sov::compute::SOV_TIER {

constexpr float kInfinity = __builtin_inff();
constexpr float kNan = __builtin_nanf("");

SOV_LANES I32x16 both(I32x16 a, I32x16 b) {
  each_part([&](int i) { a.part[i] &= b.part[i]; });
  return a;
}
SOV_LANES I32x16 either(I32x16 a, I32x16 b) {
  each_part([&](int i) { a.part[i] |= b.part[i]; });
  return a;
}
SOV_LANES I32x16 equal(F32x16 a, F32x16 b) {
  I32x16 out;
  each_part([&](int i) { out.part[i] = a.part[i] == b.part[i]; });
  return out;
}
SOV_LANES I32x16 is_nan(F32x16 a) {
  I32x16 out;
  each_part([&](int i) { out.part[i] = a.part[i] != a.part[i]; });
  return out;
}
SOV_LANES bool all(I32x16 mask) {
#if defined(__AVX512F__)
  return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask.part[0])) == 0xFFFF;
#elif defined(__AVX2__)
  return _mm256_movemask_ps(reinterpret_cast<Part>(mask.part[0] & mask.part[1])) == 0xFF;
#elif defined(__SSE2__)
  return _mm_movemask_ps(
             reinterpret_cast<Part>((mask.part[0] & mask.part[1]) & (mask.part[2] & mask.part[3]))) == 0xF;
#else
  int32_t out = -1;
  each_part([&](int i) {
    for (int j = 0; j < kPartLanes; j++) out &= mask.part[i][j];
  });
  return out != 0;
#endif
}
SOV_LANES F32x16 real_of(I32x16 value) {
  F32x16 out;
  each_part([&](int i) { out.part[i] = __builtin_convertvector(value.part[i], Part); });
  return out;
}
SOV_LANES F32x16 sqrt(F32x16 x) {
#if defined(__AVX512F__)
  return {{_mm512_sqrt_ps(x.part[0])}};
#else
  each_part([&](int i) {
#if defined(__AVX2__)
    x.part[i] = _mm256_sqrt_ps(x.part[i]);
#elif defined(__SSE2__)
    x.part[i] = _mm_sqrt_ps(x.part[i]);
#else
    for (int j = 0; j < kPartLanes; j++) x.part[i][j] = __builtin_sqrtf(x.part[i][j]);
#endif
  });
  return x;
#endif
}

/// x = (1 + fraction) 2^exponent with sqrt(1/2) <= 1 + fraction < sqrt(2), for positive finite x, denormals
/// too.
struct Split {
  F32x16 fraction, exponent;
};
SOV_LANES Split split(F32x16 x) {
  const I32x16 tiny = less(x, splat(0x1p-126F));
  const I32x16 bits = bits_of(select(tiny, x * splat(0x1p24F), x));
  constexpr int32_t kHalfRoot = 0x3F3504F3;  // sqrt(1/2)
  I32x16 whole, mantissa;
  each_part([&](int i) {
    whole.part[i] = (bits.part[i] - kHalfRoot) >> 23;
    mantissa.part[i] = bits.part[i] - (whole.part[i] << 23);
    whole.part[i] -= tiny.part[i] & 24;
  });
  return {from_bits(mantissa) - splat(1), real_of(whole)};
}

/// log(1 + f) - f.
SOV_LANES F32x16 log_tail(F32x16 f) {
  constexpr float kPoly[] = {0x1.555554p-2F,  -0x1.fffffcp-3F, 0x1.999d5ap-3F,
                             -0x1.555b4ap-3F, 0x1.23d21ap-3F,  -0x1.fcf4c6p-4F,
                             0x1.dea282p-4F,  -0x1.d635bcp-4F, 0x1.1d8ea6p-4F};
  const F32x16 square = f * f;
  return fma(square * f, polynomial(f, kPoly), square * splat(-0.5F));
}

/// What a logarithm is where x is no positive finite number; -infinity at 0, NaN below.
SOV_LANES F32x16 log_edges(F32x16 x, F32x16 inside) {
  const F32x16 above = select(less(x, splat(kInfinity)), inside, x);  // infinity and NaN stay
  return select(less(zeros(), x), above, select(equal(x, zeros()), splat(-kInfinity), splat(kNan)));
}

/// ln x. Numerics: < 1 ulp.
SOV_LANES F32x16 log(F32x16 x) {
  const Split s = split(x);
  // ln 2 in two parts; its first has 13 bits, so that the product with an exponent is exact.
  const F32x16 tail = fma(s.exponent, splat(0x1.0bfbe8p-15F), log_tail(s.fraction));
  return log_edges(x, fma(s.exponent, splat(0x1.62ep-1F), s.fraction + tail));
}

/// log2 x. Numerics: < 1.5 ulp.
SOV_LANES F32x16 log2(F32x16 x) {
  const Split s = split(x);
  const F32x16 tail = fma(s.fraction, splat(0x1.4ae0cp-26F), log_tail(s.fraction) * splat(0x1.715476p0F));
  return log_edges(x, s.exponent + fma(s.fraction, splat(0x1.715476p0F), tail));
}

/// log10 x. Numerics: < 2 ulp.
SOV_LANES F32x16 log10(F32x16 x) {
  const Split s = split(x);
  F32x16 tail = fma(s.fraction, splat(0x1.526e5p-26F), log_tail(s.fraction) * splat(0x1.bcb7bp-2F));
  tail = fma(s.exponent, splat(0x1.3509f8p-18F), tail);
  return log_edges(x, fma(s.exponent, splat(0x1.344p-2F), fma(s.fraction, splat(0x1.bcb7bp-2F), tail)));
}

/// ln(1 + x). Numerics: < 2.5 ulp. Source: the correction of 1 + x's rounding, as in Kahan, "Accurate
/// logarithm of 1 + x" (HP-15C Advanced Functions Handbook, 1982).
SOV_LANES F32x16 log1p(F32x16 x) {
  const F32x16 sum = splat(1) + x;
  const Split s = split(sum);
  const F32x16 lost = select(less(splat(1), x), splat(1) - (sum - x), x - (sum - splat(1)));
  const F32x16 tail = fma(s.exponent, splat(0x1.0bfbe8p-15F), log_tail(s.fraction) + lost / sum);
  const F32x16 inside = log_edges(sum, fma(s.exponent, splat(0x1.62ep-1F), s.fraction + tail));
  return select(less(abs(x), splat(0x1p-24F)), x, inside);
}

/// Numerics: < 3.5 ulp.
SOV_LANES F32x16 asinh(F32x16 x) {
  const F32x16 size = abs(x);
  const F32x16 square = size * size;
  const F32x16 near = log1p(size + square / (splat(1) + sqrt(square + splat(1))));
  const F32x16 far = log(size) + splat(0x1.62e43p-1F);
  return select(is_nan(x), x, copy_sign(select(less(size, splat(1e9F)), near, far), x));
}
/// NaN below 1. Numerics: < 3.5 ulp.
SOV_LANES F32x16 acosh(F32x16 x) {
  const F32x16 above = x - splat(1);
  const F32x16 near = log1p(above + sqrt(fma(above, above, above + above)));
  const F32x16 far = log(x) + splat(0x1.62e43p-1F);
  return select(less(x, splat(1)), splat(kNan), select(less(x, splat(1e9F)), near, far));
}
/// Infinite at -1 and 1, NaN beyond. Numerics: < 3.5 ulp.
SOV_LANES F32x16 atanh(F32x16 x) {
  const F32x16 size = abs(x);
  const F32x16 twice = size + size;
  const F32x16 half = log1p(twice / (splat(1) - size)) * splat(0.5F);
  const F32x16 inside = select(equal(size, splat(1)), splat(kInfinity), half);
  return copy_sign(select(less(splat(1), size), splat(kNan), inside), x);
}

/// Numerics: < 2.5 ulp.
SOV_LANES F32x16 sinh(F32x16 x) {
  constexpr float kPoly[] = {0x1.555556p-3F, 0x1.11111p-7F, 0x1.a009p-13F, 0x1.78a70ep-19F};
  const F32x16 size = abs(x);
  const F32x16 square = x * x;
  const F32x16 near = fma(square * x, polynomial(square, kPoly), x);
  const F32x16 half = exp_scaled(size, -1);
  return select(less(size, splat(1)), near, copy_sign(half - splat(0.25F) / half, x));
}
/// Numerics: < 2 ulp.
SOV_LANES F32x16 cosh(F32x16 x) {
  const F32x16 half = exp_scaled(abs(x), -1);
  return half + splat(0.25F) / half;
}

}  // namespace sov::compute::SOV_TIER
