#pragma once
// exp, tanh and erfc on 16 lanes, so that no result depends on a C library.
// Polynomials: tools/golden/vector_math.py (near-minimax, degrees and errors printed there).

#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

template <int N>
SOV_LANES F32x16 polynomial(F32x16 x, const float (&coefficients)[N]) {
  F32x16 out = splat(coefficients[N - 1]);
#pragma GCC unroll 16
  for (int i = N - 2; i >= 0; i--) out = fma(out, x, splat(coefficients[i]));
  return out;
}

/// value * 2^n for integral n in [-252, 254], in two exact steps so that denormal results round once.
SOV_LANES F32x16 scale_by_power(F32x16 value, F32x16 n) {
  F32x16 first, second;
  each_part([&](int i) {
    const PartInt whole = __builtin_convertvector(n.part[i], PartInt);
    const PartInt half = whole >> 1;
    first.part[i] = reinterpret_cast<Part>((half + 127) << 23);
    second.part[i] = reinterpret_cast<Part>((whole - half + 127) << 23);
  });
  return value * first * second;
}

/// e^x 2^power. Numerics, power 0: < 1.5 ulp with FMA (2 without); 0 below -104, infinity above 88.72; NaN
/// stays NaN. Source: argument reduction by two-part ln 2 (Cody and Waite, "Software Manual for the
/// Elementary Functions", 1980).
SOV_LANES F32x16 exp_scaled(F32x16 x, float power) {
  constexpr float kPoly[] = {0x1.0p-1F,      0x1.555556p-3F,  0x1.5554eap-5F,
                             0x1.1110e0p-7F, 0x1.6d4316p-10F, 0x1.a124e4p-13F};
  const F32x16 clamped = select(less(x, splat(-104)), splat(-104), select(less(splat(90), x), splat(90), x));
  // Adding 1.5 * 2^23 rounds to an integer, because the floats there are one apart.
  const F32x16 magic = splat(0x1.8p23F);
  const F32x16 n = fma(clamped, splat(0x1.715476p0F), magic) - magic;
  // ln 2 = high + low; high has 11 trailing zero bits, so n * high is exact.
  F32x16 r = fma(n, splat(-0x1.62e4p-1F), clamped);
  r = fma(n, splat(-0x1.7f7d1cp-20F), r);
  const F32x16 tail = fma(r * r, polynomial(r, kPoly), r);
  return scale_by_power(splat(1) + tail, n + splat(power));
}
SOV_LANES F32x16 exp(F32x16 x) { return exp_scaled(x, 0); }

/// Numerics: < 2.5 ulp.
SOV_LANES F32x16 tanh(F32x16 x) {
  constexpr float kPoly[] = {-0x1.555552p-2F, 0x1.110e1cp-3F, -0x1.b9258ap-5F, 0x1.58048ep-6F,
                             -0x1.8f8de4p-8F};
  const F32x16 magnitude = abs(x);
  const F32x16 square = x * x;
  const F32x16 near = fma(square * polynomial(square, kPoly), x, x);
  const F32x16 far = splat(1) - splat(2) / (exp(magnitude + magnitude) + splat(1));
  return copy_sign(select(less(magnitude, splat(0.625F)), near, far), x);
}

/// 1 - erf(x). Numerics: < 10 ulp (just below 1, where the subtraction cancels), 5 elsewhere; absolute 2^-149
/// where the result is denormal. Source: erfc(x) = exp(-x^2) erfcx(x) with erfcx a polynomial in (x - 3) / (x
/// + 3), as in Shepherd and Laframboise, "Chebyshev approximation of (1 + 2x) exp(x^2) erfc x" (Math. Comp.
/// 36, 1981), with our own fit.
SOV_LANES F32x16 erfc(F32x16 x) {
  constexpr float kErf[] = {0x1.20dd76p+0F, -0x1.812746p-2F,  0x1.ce2f08p-4F,  -0x1.b829c8p-6F,
                            0x1.562a60p-8F, -0x1.bccf66p-11F, 0x1.d88750p-14F, -0x1.445f48p-17F};
  constexpr float kErfcx[] = {0x1.6e9828p-3F,   -0x1.4e102cp-2F, 0x1.f6ff20p-3F, -0x1.336ffap-3F,
                              0x1.258b22p-4F,   -0x1.8fa6bep-6F, 0x1.17bca0p-8F, 0x1.744c8cp-11F,
                              -0x1.3700bap-11F, 0x1.3168c0p-15F, 0x1.ca82b6p-15F};
  const F32x16 t = min(splat(10.5F), abs(x));  // a NaN stays
  const F32x16 near = splat(1) - x * polynomial(x * x, kErf);
  const F32x16 u = (t - splat(3)) / (t + splat(3));
  // exp(-t^2) in two factors: the square of t's upper 12 bits is exact, and the rest of t^2 is small.
  const F32x16 upper = clear_low_bits(t);
  const F32x16 bell = exp(-(upper * upper)) * exp((upper - t) * (upper + t));
  const F32x16 tail = bell * polynomial(u, kErfcx);
  const F32x16 far = select(less(x, zeros()), splat(2) - tail, tail);
  return select(less(abs(x), splat(1)), near, select(less(splat(10.5F), x), zeros(), far));
}

}  // namespace sov::compute::SOV_TIER
