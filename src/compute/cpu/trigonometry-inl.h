#pragma once
// Sine, cosine, tangent and their inverses. Polynomials and parts of pi: tools/golden/vector_math.py.

#include "compute/cpu/logarithms-inl.h"

namespace sov::compute::SOV_TIER {

/// x = quarters * pi / 2 + rest, |rest| <= pi / 4 and a little; of quarters the two low bits count.
struct Turned {
  F32x16 rest;
  I32x16 quarters;
};

constexpr float kFarAngle = 12000;  // up to here the product with each part of pi / 2 is exact

__extension__ using Product = unsigned __int128;

/// The same for a number of any size: the bits of 2 / pi that matter to it, times its significand.
/// Source: Payne and Hanek, "Radian reduction for trigonometric functions" (SIGNUM 18, 1983).
SOV_LANES float turn_far(float x, int32_t* quarters) {
  constexpr uint32_t kTwoOverPi[] = {0xA2F9836EU, 0x4E441529U, 0xFC2757D1U, 0xF534DDC0U,
                                     0xDB629599U, 0x3C439041U, 0xFE5163ABU};
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  const int exponent =
      static_cast<int>(bits >> 23 & 255) - 150;  // x = significand 2^exponent, exponent >= -10
  const uint64_t significand = (bits & 0x7FFFFF) | 0x800000;
  // A window of 96 bits of 2 / pi: bits above it make multiples of 4 quarters.
  const int first = exponent > 1 ? exponent - 2 : 0;
  const int word = first / 32, shift = first % 32;
  uint32_t window[3];
  for (int i = 0; i < 3; i++) {
    const uint64_t pair = static_cast<uint64_t>(kTwoOverPi[word + i]) << 32 | kTwoOverPi[word + i + 1];
    window[i] = static_cast<uint32_t>(pair >> (32 - shift));
  }
  const uint64_t low = significand * window[2];
  const uint64_t middle = significand * window[1] + (low >> 32);
  const uint64_t high = significand * window[0] + (middle >> 32);
  const Product product =
      static_cast<Product>(high) << 64 | (middle & 0xFFFFFFFFU) << 32 | (low & 0xFFFFFFFFU);
  const int point =
      96 - (exponent - first);  // the product's bits after the point; 62 of them and two before stay
  const auto scaled = static_cast<uint64_t>(product >> (point - 62));
  const uint64_t rounded = scaled + (uint64_t{1} << 61);
  *quarters = static_cast<int32_t>(rounded >> 62);
  const auto rest = static_cast<int64_t>(scaled - (rounded >> 62 << 62));
  const double angle = static_cast<double>(rest) * (0x1.921fb54442d18p+0 * 0x1p-62);
  const bool negative = bits >> 31 != 0;
  if (negative) *quarters = -*quarters;
  return static_cast<float>(negative ? -angle : angle);
}

SOV_LANES Turned turn(F32x16 x) {
  const F32x16 magic = splat(0x1.8p23F);
  const F32x16 shifted = x * splat(0x1.45f306p-1F) + magic;
  const F32x16 n = shifted - magic;
  // Exact up to the third part, whose rounding is kept for the fourth.
  const F32x16 exact = (x - n * splat(0x1.92p+0F)) - n * splat(0x1.fb4p-12F);
  const F32x16 third = n * splat(0x1.444p-24F);
  const F32x16 close = exact - third;
  const F32x16 lost = (exact - close) - third;
  const F32x16 rest = close - (n * splat(0x1.68c234p-39F) - lost);  // a zero of x keeps its sign
  Turned out = {rest, bits_of(shifted)};
  if (all(less(abs(x), splat(kFarAngle)))) return out;
  alignas(64) float lanes[kLanes], rests[kLanes];
  int32_t quarters[kLanes];
  store(lanes, x);
  store(rests, out.rest);
  __builtin_memcpy(quarters, &out.quarters, sizeof quarters);
  for (int i = 0; i < kLanes; i++) {
    const float value = lanes[i];
    if (!(value - value == 0)) {
      rests[i] = kNan;  // infinity has no direction
    } else if (__builtin_fabsf(value) >= kFarAngle) {
      rests[i] = turn_far(value, &quarters[i]);
    }
  }
  out.rest = load(rests);
  __builtin_memcpy(&out.quarters, quarters, sizeof quarters);
  return out;
}

/// A zero keeps its sign.
SOV_LANES F32x16 sin_near(F32x16 r) {
  constexpr float kPoly[] = {-0x1.555556p-3F, 0x1.11110ep-7F, -0x1.a013a8p-13F, 0x1.6dbe08p-19F};
  const F32x16 square = r * r;
  return copy_sign(fma(square * r, polynomial(square, kPoly), r), r);
}
SOV_LANES F32x16 cos_near(F32x16 r) {
  constexpr float kPoly[] = {0x1.555554p-5F, -0x1.6c12d2p-10F, 0x1.9bd89cp-16F};
  const F32x16 square = r * r;
  return fma(square * square, polynomial(square, kPoly), fma(square, splat(-0.5F), splat(1)));
}
/// Lanes whose bit `bit` is set.
SOV_LANES I32x16 has_bit(I32x16 value, int bit) {
  I32x16 out;
  each_part([&](int i) { out.part[i] = (value.part[i] & bit) != 0; });
  return out;
}
SOV_LANES F32x16 negate_where(I32x16 mask, F32x16 value) {
  I32x16 bits = bits_of(value);
  each_part([&](int i) { bits.part[i] ^= mask.part[i] & static_cast<int32_t>(0x80000000U); });
  return from_bits(bits);
}

/// NaN for infinities. Numerics: < 1.5 ulp, for arguments of any size.
SOV_LANES F32x16 sin(F32x16 x) {
  const Turned t = turn(x);
  const F32x16 out = select(has_bit(t.quarters, 1), cos_near(t.rest), sin_near(t.rest));
  return negate_where(has_bit(t.quarters, 2), out);
}
/// The same.
SOV_LANES F32x16 cos(F32x16 x) {
  Turned t = turn(x);
  const F32x16 out = select(has_bit(t.quarters, 1), sin_near(t.rest), cos_near(t.rest));
  each_part([&](int i) { t.quarters.part[i] += 1; });
  return negate_where(has_bit(t.quarters, 2), out);
}
/// Numerics: < 4 ulp.
SOV_LANES F32x16 tan(F32x16 x) {
  const Turned t = turn(x);
  const F32x16 s = sin_near(t.rest), c = cos_near(t.rest);
  const I32x16 odd = has_bit(t.quarters, 1);
  return negate_where(odd, select(odd, c, s) / select(odd, s, c));
}

SOV_LANES F32x16 asin_near(F32x16 x) {
  constexpr float kPoly[] = {0x1.555554p-3F, 0x1.33343p-4F,  0x1.6d5bbap-5F,
                             0x1.fd8da2p-6F, 0x1.18f91ep-6F, 0x1.13fed4p-5F};
  const F32x16 square = x * x;
  return fma(square * x, polynomial(square, kPoly), x);
}
/// asin(x) = pi / 2 - 2 asin(sqrt((1 - x) / 2)) above 1/2; NaN beyond 1. Numerics: < 2.5 ulp.
SOV_LANES F32x16 asin(F32x16 x) {
  const F32x16 size = abs(x);
  const F32x16 rest = asin_near(sqrt((splat(1) - size) * splat(0.5F)));
  const F32x16 far = fma(splat(-2), rest, splat(0x1.921fb6p+0F));
  return select(less(size, splat(0.5F)), asin_near(x), copy_sign(far, x));
}
/// Numerics: < 2 ulp.
SOV_LANES F32x16 acos(F32x16 x) {
  const F32x16 size = abs(x);
  const F32x16 rest = asin_near(sqrt((splat(1) - size) * splat(0.5F)));
  const F32x16 right = rest + rest;
  const F32x16 left = splat(0x1.921fb6p+1F) - right;
  const F32x16 near = splat(0x1.921fb4p+0F) - (asin_near(x) - splat(0x1.4442d2p-24F));
  return select(less(size, splat(0.5F)), near, select(less(x, zeros()), left, right));
}
/// Numerics: < 2.5 ulp. Source: atan(t) = pi / 4 + atan((t - 1) / (t + 1)), = pi / 2 - atan(1 / t).
SOV_LANES F32x16 atan(F32x16 x) {
  constexpr float kPoly[] = {-0x1.555554p-2F, 0x1.99973p-3F, -0x1.242036p-3F, 0x1.b8103p-4F, -0x1.08455ep-4F};
  const F32x16 t = abs(x);
  const I32x16 far = less(splat(0x1.3504f4p+1F), t);     // tan(3 pi / 8)
  const I32x16 middle = less(splat(0x1.a8279ap-2F), t);  // tan(pi / 8)
  const F32x16 above = select(far, splat(-1), select(middle, t - splat(1), t));
  const F32x16 below = select(far, t, select(middle, t + splat(1), splat(1)));
  const F32x16 base = select(far, splat(0x1.921fb6p+0F), select(middle, splat(0x1.921fb6p-1F), zeros()));
  const F32x16 r = above / below;
  const F32x16 square = r * r;
  const F32x16 tail = fma(square * r, polynomial(square, kPoly), r);
  return select(is_nan(x), x, copy_sign(base + tail, x));
}

}  // namespace sov::compute::SOV_TIER
