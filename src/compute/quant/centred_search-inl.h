#pragma once
// The searches of q3_k, q6_k (value = d scale code, codes from -2^(bits-1), scale a small integer of the
// group) and iq4_nl (value = d table[code]). Wanted is the smallest sum of squared errors.
//
// Per group, for a few multiples of the value furthest from zero, of either sign: round to codes, take the
// factor of least squares for them, keep the best. Then for the K types as in affine_search-inl.h: d from the
// largest factor, integers around each group's factor, d of least squares for these, integers again.
//
// Written from the layout of the types; alternating least squares (Lloyd, 1982) as there.

#include "compute/quant/iq4_values.h"
#include "compute/quant/lanes-inl.h"
#include "compute/quant/searches.h"

namespace sov::compute::SOV_TIER {

/// Codes low_code..high_code, scales low_scale..high_scale; `reach` more scales to either side are tried.
template <int low_code_, int high_code_, int low_scale_, int high_scale_, int reach_>
struct CentredType {
  static constexpr int size = 16, low_code = low_code_, high_code = high_code_;
  static constexpr int low_scale = low_scale_, high_scale = high_scale_, reach = reach_;

  static constexpr float furthest = -low_code_;
  // Where the value furthest from zero is put, in codes beyond or inside the last one.
  static constexpr float from = -1.5F, step = 0.25F;
  static constexpr int candidates = 11;

  SOV_LANES F32x16 level(F32x16 v) {
    return round_between(v, splat(static_cast<float>(low_code)), splat(static_cast<float>(high_code)));
  }
};

/// 32 values and a factor of their own.
struct TableType {
  static constexpr int size = 32;
  static constexpr float furthest = 127;
  static constexpr float from = -32, step = 6.35F;
  static constexpr int candidates = 9;

  /// The sum of what `gain(i)` says of each level i + 1 that v is nearer to than to level i.
  template <typename Gain>
  SOV_LANES F32x16 climb(F32x16 v, Gain gain) {
    F32x16 out = zeros();
#pragma GCC unroll 15
    for (int i = 0; i < 15; i++) {
      const float middle = 0.5F * static_cast<float>(kIq4Values[i] + kIq4Values[i + 1]);
      out = out + select(less(splat(middle), v), splat(gain(i)), zeros());
    }
    return out;
  }
  SOV_LANES F32x16 code(F32x16 v) {
    return climb(v, [](int) { return 1.0F; });
  }
  SOV_LANES F32x16 level(F32x16 v) {
    const F32x16 above =
        climb(v, [](int i) { return static_cast<float>(kIq4Values[i + 1] - kIq4Values[i]); });
    return above + splat(static_cast<float>(kIq4Values[0]));
  }
};

struct LevelSums {
  F32x16 qq, xq;  // sums of squared levels, and of products with the values
};

template <typename Type>
SOV_LANES LevelSums sums_of(const Groups<Type::size>& x, F32x16 per_factor) {
  LevelSums sums = {zeros(), zeros()};
  for (int i = 0; i < Type::size; i++) {
    const F32x16 value = x[i];
    const F32x16 q = Type::level(value * per_factor);
    sums.qq = sums.qq + q * q;
    sums.xq = sums.xq + value * q;
  }
  return sums;
}

struct Factor {
  F32x16 value;
  F32x16 gain;  // by how much the squared error is below that of zeros
};

template <typename Type>
SOV_LANES void consider(const Groups<Type::size>& x, F32x16 per_factor, Factor& best) {
  const LevelSums sums = sums_of<Type>(x, per_factor);
  const F32x16 factor = sums.xq * inverse(sums.qq);
  const F32x16 gain = factor * sums.xq;
  const I32x16 better = less(best.gain, gain);
  best.value = select(better, factor, best.value);
  best.gain = select(better, gain, best.gain);
}

template <typename Type>
static F32x16 fit_factor(const Groups<Type::size>& x) {
  F32x16 furthest = zeros();
  for (int i = 0; i < Type::size; i++) furthest = max(furthest, abs(x[i]));
  const F32x16 per_furthest = inverse(furthest);
  Factor best = {zeros(), zeros()};
  for (int i = 0; i < Type::candidates; i++) {
    const F32x16 at = per_furthest * splat(Type::furthest + Type::from + Type::step * static_cast<float>(i));
    consider<Type>(x, at, best);
    consider<Type>(x, zeros() - at, best);
  }
  consider<Type>(x, inverse(best.value), best);
  return best.value;
}

template <typename Type>
SOV_LANES F32x16 squared_error(const Groups<Type::size>& x, F32x16 factor) {
  const F32x16 per_factor = inverse(factor);
  F32x16 error = zeros();
  for (int i = 0; i < Type::size; i++) {
    const F32x16 value = x[i];
    const F32x16 rest = value - Type::level(value * per_factor) * factor;
    error = error + rest * rest;
  }
  return error;
}

/// Per group the scale; the squared error of the group, or of the block where it says so.
struct Scales {
  F32x16 scale, error;
};

template <typename Type>
static Scales choose_scales(const Groups<Type::size>& x, F32x16 d, F32x16 centre, int reach) {
  Scales best = {centre, splat(0x1p120F)};
  for (int a = -reach; a <= reach; a++) {
    const F32x16 scale =
        clamp(centre + splat(static_cast<float>(a)), splat(static_cast<float>(Type::low_scale)),
              splat(static_cast<float>(Type::high_scale)));
    const F32x16 error = squared_error<Type>(x, d * scale);
    const I32x16 better = less(error, best.error);
    best.scale = select(better, scale, best.scale);
    best.error = select(better, error, best.error);
  }
  return best;
}

/// The largest factor, of either sign, gets the lowest scale.
template <typename Type>
SOV_LANES F32x16 first_d(F32x16 factor, F32x16 power) {
  const F32x16 furthest = over_block<kLanes>(
      factor, [](float a, float b) { return (a < 0 ? -a : a) < (b < 0 ? -b : b) ? b : a; });
  return round_to_half(furthest * splat(1.0F / Type::low_scale), power);
}

template <typename Type>
static F32x16 refit_d(const Groups<Type::size>& x, F32x16 d, F32x16 scale) {
  const LevelSums sums = sums_of<Type>(x, inverse(d * scale));
  const F32x16 qq = block_sum<kLanes>(scale * scale * sums.qq);
  const F32x16 fitted = round_to_half(block_sum<kLanes>(scale * sums.xq) * inverse(qq), x.power);
  return select(less(zeros(), abs(fitted)), fitted, d);
}

template <typename Type>
static void search_block(const float* values, KBlock& out) {
  Groups<Type::size> x;
  gather<kLanes>(values, x);
  const F32x16 factor = fit_factor<Type>(x);
  F32x16 d = first_d<Type>(factor, x.power);
  F32x16 best_d = d;
  Scales best = {zeros(), splat(0x1p120F)};
  F32x16 centre = round_between(factor * inverse(d), splat(static_cast<float>(Type::low_scale)),
                                splat(static_cast<float>(Type::high_scale)));
  for (int round = 0; round < 3; round++) {
    if (round > 0) {
      d = refit_d<Type>(x, best_d, best.scale);
      centre = best.scale;
    }
    const Scales found = choose_scales<Type>(x, d, centre, round == 0 ? Type::reach : 1);
    const F32x16 error = block_sum<kLanes>(found.error);
    const I32x16 better = less(error, best.error);
    best_d = select(better, d, best_d);
    best.scale = select(better, found.scale, best.scale);
    best.error = select(better, error, best.error);
  }
  alignas(64) float lanes[kLanes];
  store(lanes, best_d * x.power);
  out.d = lanes[0];
  store(lanes, best.scale);
  for (int g = 0; g < kLanes; g++) out.scale[g] = static_cast<int8_t>(lanes[g]);
  const F32x16 per_factor = inverse(best_d * best.scale);
  for (int i = 0; i < Type::size; i++) {
    store(lanes, Type::level(x[i] * per_factor) - splat(static_cast<float>(Type::low_code)));
    for (int g = 0; g < kLanes; g++) out.code[g * Type::size + i] = static_cast<uint8_t>(lanes[g]);
  }
}

template <typename Type>
static void search_centred(const float* values, KBlock* out, int64_t count) {
  for (int64_t b = 0; b < count; b++) search_block<Type>(values + b * 256, out[b]);
}

/// 16 blocks.
static void search_tables(const float* values, TableBlock* out) {
  Groups<32> x;
  gather<1>(values, x);
  const F32x16 d = round_to_half(fit_factor<TableType>(x), x.power);
  alignas(64) float lanes[kLanes];
  store(lanes, d * x.power);
  for (int b = 0; b < kLanes; b++) out[b].d = lanes[b];
  const F32x16 per_d = inverse(d);
  for (int i = 0; i < 32; i++) {
    store(lanes, TableType::code(x[i] * per_d));
    for (int b = 0; b < kLanes; b++) out[b].code[i] = static_cast<uint8_t>(lanes[b]);
  }
}

static void search_iq4_nl(const float* values, TableBlock* out, int64_t count) {
  for (; count >= kLanes; count -= kLanes, values += kLanes * 32, out += kLanes) search_tables(values, out);
  if (count == 0) return;
  float padded[kLanes * 32] = {};
  TableBlock blocks[kLanes];
  __builtin_memcpy(padded, values, sizeof(float) * 32 * static_cast<size_t>(count));
  search_tables(padded, blocks);
  for (int64_t b = 0; b < count; b++) out[b] = blocks[b];
}

}  // namespace sov::compute::SOV_TIER
