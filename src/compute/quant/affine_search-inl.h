#pragma once
// The search of q2_k, q4_k and q5_k: value = d scale code - dmin minimum, where d and dmin are halves of the
// block and scale, minimum small integers of a group. Wanted is the smallest sum of squared errors.
//
// 1. Per group, the line through codes and values: for a few ranges inside that of the values, round to
//    codes, then take the line of least squares through them; keep the best, and round once more with it.
// 2. d and dmin from the groups' largest slope and offset.
// 3. Per group, the integers around that line, tried with the codes they lead to: slopes near the line's, and
//    for each the offsets near the one that keeps the mean.
// 4. d and dmin of least squares for these integers and codes, and 3 again; twice, keeping the best.
//
// Written from the layout of the types; the method is alternating least squares (Lloyd, "Least squares
// quantization in PCM", 1982) on the grid that the layout allows.

#include "compute/quant/lanes-inl.h"
#include "compute/quant/searches.h"

namespace sov::compute::SOV_TIER {

/// A type's shape: groups in a block, values in a group, largest code, largest scale and minimum.
template <int groups_, int size_, int top_code_, int top_scale_>
struct AffineType {
  static constexpr int groups = groups_, size = size_, top_code = top_code_, top_scale = top_scale_;
};

/// The groups' values and what all steps need of them.
template <typename Type>
struct AffineGroups {
  Groups<Type::size> x;
  F32x16 sum;       // of the values of each group
  I32x16 positive;  // the block has positive values only: offsets are >= 0, else <= 0
};

/// value = slope code + offset, per group.
struct Line {
  F32x16 slope, offset;
  F32x16 error;  // squared error less the sum of squared values
};

struct CodeSums {
  F32x16 q, qq, xq;  // sums of codes, their squares, and products with the values
};

/// Per block: the halves d and dmin.
struct Steps {
  F32x16 d, dmin;
};

/// Per group: the integers, and the squared error they lead to.
struct Integers {
  F32x16 scale, minimum, error;
};

template <typename Type>
SOV_LANES F32x16 codes_of(F32x16 above_offset, F32x16 per_slope) {
  return round_between(above_offset * per_slope, zeros(), splat(static_cast<float>(Type::top_code)));
}

template <typename Type>
SOV_LANES CodeSums sums_of(const AffineGroups<Type>& g, F32x16 per_slope, F32x16 offset) {
  CodeSums sums = {zeros(), zeros(), zeros()};
  for (int i = 0; i < Type::size; i++) {
    const F32x16 x = g.x[i];
    const F32x16 q = codes_of<Type>(x - offset, per_slope);
    sums.q = sums.q + q;
    sums.qq = sums.qq + q * q;
    sums.xq = sums.xq + x * q;
  }
  return sums;
}

/// The line of least squares through codes and values whose offset has the sign of the block.
template <typename Type>
SOV_LANES Line regression(const AffineGroups<Type>& g, const CodeSums& s) {
  const F32x16 n = splat(static_cast<float>(Type::size));
  const F32x16 free_slope = (n * s.xq - g.sum * s.q) * inverse(n * s.qq - s.q * s.q);
  const F32x16 free_offset = (g.sum - free_slope * s.q) * splat(1.0F / Type::size);
  Line line;
  line.offset = select(g.positive, max(free_offset, zeros()), min(free_offset, zeros()));
  const I32x16 moved = less(zeros(), abs(line.offset - free_offset));
  line.slope = max(select(moved, s.xq * inverse(s.qq), free_slope), zeros());
  const F32x16 two = splat(2.0F);
  line.error = line.slope * (line.slope * s.qq + two * (line.offset * s.q - s.xq)) +
               line.offset * (n * line.offset - two * g.sum);
  return line;
}

template <typename Type>
SOV_LANES void consider(const AffineGroups<Type>& g, F32x16 per_slope, F32x16 offset, Line& best) {
  const Line line = regression(g, sums_of(g, per_slope, offset));
  const I32x16 better = less(line.error, best.error);
  best.slope = select(better, line.slope, best.slope);
  best.offset = select(better, line.offset, best.offset);
  best.error = select(better, line.error, best.error);
}

/// Step 1. How far the ranges reach inside that of the values, in steps of a code: 0, 0.4, 0.8 at either end;
/// more ranges gain less than 0.1 % (gaussian, Student t, trained weights).
template <typename Type>
static Line fit_line(const AffineGroups<Type>& g) {
  F32x16 low = g.x[0];
  F32x16 high = low;
  for (int i = 1; i < Type::size; i++) {
    low = min(low, g.x[i]);
    high = max(high, g.x[i]);
  }
  low = select(g.positive, low, min(low, zeros()));
  high = max(high, low);
  const F32x16 step = (high - low) * splat(0.4F / Type::top_code);
  Line best = {zeros(), zeros(), zeros()};
  for (int a = 0; a < 3; a++) {
    for (int b = 0; b < 3; b++) {
      const F32x16 from = low + step * splat(static_cast<float>(a));
      const F32x16 range = high - step * splat(static_cast<float>(b)) - from;
      consider(g, splat(static_cast<float>(Type::top_code)) * inverse(range), from, best);
    }
  }
  consider(g, inverse(best.slope), best.offset, best);
  return best;
}

/// Step 2.
template <typename Type>
SOV_LANES Steps first_steps(const AffineGroups<Type>& g, const Line& line) {
  const F32x16 part = splat(1.0F / Type::top_scale);
  const F32x16 d = block_largest<Type::groups>(line.slope) * part;
  const F32x16 dmin = block_largest<Type::groups>(abs(line.offset)) * part;
  return {round_to_half(d, g.x.power), round_to_half(select(g.positive, zeros() - dmin, dmin), g.x.power)};
}

template <typename Type>
SOV_LANES F32x16 squared_error(const AffineGroups<Type>& g, F32x16 slope, F32x16 offset) {
  const F32x16 per_slope = inverse(slope);
  F32x16 error = zeros();
  for (int i = 0; i < Type::size; i++) {
    const F32x16 above = g.x[i] - offset;
    const F32x16 rest = above - codes_of<Type>(above, per_slope) * slope;
    error = error + rest * rest;
  }
  return error;
}

/// Step 3: scales within `reach` of `centre`.
template <typename Type>
static Integers choose_integers(const AffineGroups<Type>& g, const Line& line, const Steps& steps,
                                F32x16 centre, int reach) {
  const F32x16 top = splat(static_cast<float>(Type::top_scale));
  const F32x16 mean = g.sum * splat(1.0F / Type::size);
  const F32x16 mean_code = (mean - line.offset) * inverse(line.slope);
  const F32x16 per_dmin = inverse(steps.dmin);
  Integers best = {centre, zeros(), splat(0x1p120F)};
  for (int a = -reach; a <= reach; a++) {
    const F32x16 scale = clamp(centre + splat(static_cast<float>(a)), zeros(), top);
    const F32x16 slope = steps.d * scale;
    const F32x16 near = round_between((slope * mean_code - mean) * per_dmin, zeros(), top);
    for (int b = -1; b <= 1; b++) {
      const F32x16 minimum = clamp(near + splat(static_cast<float>(b)), zeros(), top);
      const F32x16 error = squared_error(g, slope, zeros() - steps.dmin * minimum);
      const I32x16 better = less(error, best.error);
      best.scale = select(better, scale, best.scale);
      best.minimum = select(better, minimum, best.minimum);
      best.error = select(better, error, best.error);
    }
  }
  return best;
}

/// Step 4: d and dmin of least squares; as they were where these are not determined or change sign.
template <typename Type>
static Steps refit(const AffineGroups<Type>& g, const Steps& steps, const Integers& n) {
  constexpr int kGroups = Type::groups;
  const CodeSums s = sums_of(g, inverse(steps.d * n.scale), zeros() - steps.dmin * n.minimum);
  const F32x16 dd = block_sum<kGroups>(n.scale * n.scale * s.qq);
  const F32x16 dm = block_sum<kGroups>(n.scale * n.minimum * s.q);
  const F32x16 mm = block_sum<kGroups>(n.minimum * n.minimum * splat(static_cast<float>(Type::size)));
  const F32x16 dx = block_sum<kGroups>(n.scale * s.xq);
  const F32x16 mx = block_sum<kGroups>(n.minimum * g.sum);
  const F32x16 per_determinant = inverse(dd * mm - dm * dm);
  const F32x16 d = round_to_half((dx * mm - mx * dm) * per_determinant, g.x.power);
  const F32x16 dmin = round_to_half((dx * dm - mx * dd) * per_determinant, g.x.power);
  Steps out;
  out.d = select(less(zeros(), d * steps.d), d, steps.d);
  out.dmin = select(less(zeros(), dmin * steps.dmin), dmin, steps.dmin);
  return out;
}

/// Takes over the blocks whose error is smaller.
template <typename Type>
SOV_LANES void keep_better(const Steps& steps, const Integers& n, Steps& best_steps, Integers& best) {
  const F32x16 error = block_sum<Type::groups>(n.error);
  const I32x16 better = less(error, best.error);
  best_steps.d = select(better, steps.d, best_steps.d);
  best_steps.dmin = select(better, steps.dmin, best_steps.dmin);
  best.scale = select(better, n.scale, best.scale);
  best.minimum = select(better, n.minimum, best.minimum);
  best.error = select(better, error, best.error);
}

template <typename Type>
SOV_LANES void write(const AffineGroups<Type>& g, const Steps& steps, const Integers& n, KBlock* out) {
  alignas(64) float d[kLanes], dmin[kLanes], scale[kLanes], minimum[kLanes], code[kLanes];
  store(d, steps.d * g.x.power);
  store(dmin, steps.dmin * g.x.power);
  store(scale, n.scale);
  store(minimum, n.minimum);
  for (int lane = 0; lane < kLanes; lane++) {
    KBlock& block = out[lane / Type::groups];
    block.d = d[lane];
    block.dmin = dmin[lane];
    block.scale[lane % Type::groups] = static_cast<int8_t>(scale[lane]);
    block.minimum[lane % Type::groups] = static_cast<uint8_t>(minimum[lane]);
  }
  const F32x16 per_slope = inverse(steps.d * n.scale);
  const F32x16 offset = zeros() - steps.dmin * n.minimum;
  for (int i = 0; i < Type::size; i++) {
    store(code, codes_of<Type>(g.x[i] - offset, per_slope));
    for (int lane = 0; lane < kLanes; lane++) {
      out[lane / Type::groups].code[lane % Type::groups * Type::size + i] = static_cast<uint8_t>(code[lane]);
    }
  }
}

/// 16 groups: one block or two.
template <typename Type>
static void search_lanes(const float* values, KBlock* out) {
  AffineGroups<Type> g;
  gather<Type::groups>(values, g.x);
  g.sum = zeros();
  F32x16 low = g.x[0];
  for (int i = 0; i < Type::size; i++) {
    g.sum = g.sum + g.x[i];
    low = min(low, g.x[i]);
  }
  g.positive = less(zeros(), block_smallest<Type::groups>(low));
  const Line line = fit_line(g);
  Steps steps = first_steps(g, line);
  Steps best_steps = steps;
  const F32x16 top = splat(static_cast<float>(Type::top_scale));
  Integers best = {zeros(), zeros(), splat(0x1p120F)};
  F32x16 centre = round_between(line.slope * inverse(steps.d), zeros(), top);
  for (int round = 0; round < 3; round++) {
    if (round > 0) {
      steps = refit(g, best_steps, best);
      centre = best.scale;
    }
    keep_better<Type>(steps, choose_integers(g, line, steps, centre, round == 0 ? 3 : 1), best_steps, best);
  }
  write(g, best_steps, best, out);
}

template <typename Type>
static void search_affine(const float* values, KBlock* out, int64_t count) {
  constexpr int kBlocks = kLanes / Type::groups;
  for (; count >= kBlocks; count -= kBlocks, values += kBlocks * 256, out += kBlocks) {
    search_lanes<Type>(values, out);
  }
  if (count == 0) return;
  float padded[kBlocks * 256] = {};
  KBlock blocks[kBlocks];
  __builtin_memcpy(padded, values, sizeof(float) * 256 * static_cast<size_t>(count));
  search_lanes<Type>(padded, blocks);
  for (int64_t b = 0; b < count; b++) out[b] = blocks[b];
}

}  // namespace sov::compute::SOV_TIER
