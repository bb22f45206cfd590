#pragma once
// Activations on 16 lanes.

#include "compute/cpu/vector_math-inl.h"

namespace sov::compute::SOV_TIER {

SOV_LANES F32x16 silu(F32x16 x) { return x / (splat(1) + exp(-x)); }
SOV_LANES F32x16 gelu(F32x16 x) {
  // x Phi(x) = x erfc(-x / sqrt 2) / 2: no cancellation for negative x.
  return splat(0.5F) * x * erfc(x * splat(-0x1.6a09e6p-1F));
}
SOV_LANES F32x16 gelu_tanh(F32x16 x) {
  const F32x16 cube = x * x * x;
  const F32x16 inner = splat(0x1.988454p-1F) * fma(splat(0.044715F), cube, x);  // sqrt(2 / pi)
  // (1 + tanh(u)) / 2 = 1 / (1 + exp(-2u)): no cancellation for negative u.
  return x / (splat(1) + exp(splat(-2) * inner));
}
/// NaN stays NaN.
SOV_LANES F32x16 relu(F32x16 x) { return select(less(x, zeros()), zeros(), x); }

SOV_LANES F32x16 sigmoid(F32x16 x) { return splat(1) / (splat(1) + exp(-x)); }
/// e^x - 1 for x <= 0. Numerics: < 2 ulp. With e^x = 2^n e^r: 2^n (e^r - 1) + (2^n - 1), the last exact.
SOV_LANES F32x16 exp_minus_one_below(F32x16 x) {
  constexpr float kPoly[] = {0x1.0p-1F,      0x1.555556p-3F,  0x1.5554eap-5F,
                             0x1.1110e0p-7F, 0x1.6d4316p-10F, 0x1.a124e4p-13F};
  const F32x16 clamped = select(less(x, splat(-20)), splat(-20), x);
  const F32x16 magic = splat(0x1.8p23F);
  const F32x16 n = fma(clamped, splat(0x1.715476p0F), magic) - magic;
  F32x16 r = fma(n, splat(-0x1.62e4p-1F), clamped);
  r = fma(n, splat(-0x1.7f7d1cp-20F), r);
  const F32x16 tail = fma(r * r, polynomial(r, kPoly), r);
  const F32x16 power = scale_by_power(splat(1), n);
  return fma(power, tail, power - splat(1));
}
SOV_LANES F32x16 elu(F32x16 x, float slope) {
  return select(less(x, zeros()), splat(slope) * exp_minus_one_below(min(zeros(), x)), x);
}
/// The constants of Klambauer et al., "Self-Normalizing Neural Networks" (2017).
SOV_LANES F32x16 selu(F32x16 x) { return splat(1.0507009873554805F) * elu(x, 1.6732632423543772F); }
SOV_LANES F32x16 hardswish(F32x16 x) {
  const F32x16 gate = x + splat(3);
  const F32x16 low = select(less(gate, zeros()), zeros(), gate);  // NaN stays
  return x * (select(less(splat(6), low), splat(6), low) * splat(1.0F / 6));
}
/// x tanh(ln(1 + e^x)) = x (e^2 + 2 e) / (e^2 + 2 e + 2) with e = e^x: no cancellation.
SOV_LANES F32x16 mish(F32x16 x) {
  const F32x16 e = exp(select(less(splat(30), x), splat(30), x));
  const F32x16 grown = fma(e, e, e + e);
  return x * (grown / (grown + splat(2)));
}

}  // namespace sov::compute::SOV_TIER
