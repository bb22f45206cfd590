#pragma once
// Sums and extremes of a row, and the row functions that rest on them. A sum is four chains of 16 lanes over
// runs of 64, the rest in the first of them, and one tree: its bits depend on the length alone.

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/logarithms-inl.h"
#include "compute/cpu/runs-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kSumChains = 4;

/// Term adds run i, of n values, to a chain.
template <typename Term>
SOV_LANES float sum_runs(int64_t count, Term term) {
  F32x16 chain[kSumChains];
#pragma GCC unroll 4
  for (int c = 0; c < kSumChains; c++) chain[c] = zeros();
  int64_t i = 0;
  for (; i + kSumChains * kLanes <= count; i += kSumChains * kLanes) {
#pragma GCC unroll 4
    for (int c = 0; c < kSumChains; c++) chain[c] = term(i + c * kLanes, int64_t{kLanes}, chain[c]);
  }
  for (; i + kLanes <= count; i += kLanes) chain[0] = term(i, int64_t{kLanes}, chain[0]);
  if (i < count) chain[0] = term(i, count - i, chain[0]);
  return sum((chain[0] + chain[1]) + (chain[2] + chain[3]));
}

/// A partial run less `offset`, zeros above: lanes beyond the end add nothing.
SOV_LANES F32x16 centred_run(const float* from, int64_t n, float offset) {
  if (n == kLanes) return load(from) - splat(offset);
  alignas(64) float lanes[kLanes] = {};
  for (int64_t i = 0; i < n; i++) lanes[i] = from[i] - offset;
  return load(lanes);
}

static float sum_row(const float* x, int64_t n) {
  return sum_runs(n,
                  [&](int64_t i, int64_t count, F32x16 s) SOV_INLINE { return s + load_run(x + i, count); });
}
static float sum_sizes(const float* x, int64_t n) {
  return sum_runs(
      n, [&](int64_t i, int64_t count, F32x16 s) SOV_INLINE { return s + abs(load_run(x + i, count)); });
}
static float sum_squares(const float* x, float centre, int64_t n) {
  return sum_runs(n, [&](int64_t i, int64_t count, F32x16 s) SOV_INLINE {
    const F32x16 v = centred_run(x + i, count, centre);
    return fma(v, v, s);
  });
}
static float sum_products(const float* x, const float* y, int64_t n) {
  return sum_runs(n, [&](int64_t i, int64_t count, F32x16 s)
                         SOV_INLINE { return fma(load_run(x + i, count), load_run(y + i, count), s); });
}
static float sum_centred_products(const float* x, float x_centre, const float* y, float y_centre, int64_t n) {
  return sum_runs(n, [&](int64_t i, int64_t count, F32x16 s) SOV_INLINE {
    return fma(centred_run(x + i, count, x_centre), centred_run(y + i, count, y_centre), s);
  });
}

/// A lane's sum and what its roundings lost. Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
/// Summation endlicher Summen" (ZAMM 54, 1974), by way of the exact error of one addition (Knuth, TAOCP
/// 2, 4.2.2).
static void sum_exact(const float* x, int64_t n, float* sums, float* lost) {
  F32x16 total = load(sums), rest = load(lost);
  for_runs(n, [&](int64_t i, int64_t count) {
    const F32x16 v = load_run(x + i, count);
    const F32x16 next = total + v;
    const F32x16 shadow = next - total;
    rest = rest + ((total - (next - shadow)) + (v - shadow));
    total = next;
  });
  store(sums, total);
  store(lost, rest);
}

/// The largest (of x, -x or |x|); a NaN if there is one.
template <typename Map>
SOV_LANES float largest_of(const float* x, int64_t n, Map map) {
  const float first = *x;
  F32x16 most[kSumChains];
#pragma GCC unroll 4
  for (int c = 0; c < kSumChains; c++) most[c] = map(splat(first));
  I32x16 strange = {};
  int64_t i = 0;
  for (; i + kSumChains * kLanes <= n; i += kSumChains * kLanes) {
#pragma GCC unroll 4
    for (int c = 0; c < kSumChains; c++) {
      const F32x16 v = map(load(x + i + c * kLanes));
      strange = either(strange, is_nan(v));
      most[c] = max(v, most[c]);
    }
  }
  for (; i < n; i += kLanes) {
    F32x16 v = splat(first);
    if (n - i >= kLanes) {
      v = load(x + i);
    } else {
      alignas(64) float lanes[kLanes];
      store(lanes, v);
      for (int64_t j = 0; j < n - i; j++) lanes[j] = x[i + j];
      v = load(lanes);
    }
    v = map(v);
    strange = either(strange, is_nan(v));
    most[0] = max(v, most[0]);
  }
  const F32x16 all_most = max(max(most[0], most[1]), max(most[2], most[3]));
  const F32x16 marked = select(strange, splat(kNan), all_most);
  alignas(64) float lanes[kLanes];
  store(lanes, marked);
  float out = lanes[0];
  for (const float lane : lanes) {
    if (lane != lane) return kNan;
    out = lane > out ? lane : out;
  }
  return out;
}
static float largest_row(const float* x, int64_t n) {
  return largest_of(x, n, [](F32x16 v) SOV_INLINE { return v; });
}
static float smallest_row(const float* x, int64_t n) {
  return -largest_of(x, n, [](F32x16 v) SOV_INLINE { return -v; });
}
static float largest_size(const float* x, int64_t n) {
  return largest_of(x, n, [](F32x16 v) SOV_INLINE { return abs(v); });
}

/// out = e^(x - shift); the sum.
static float exp_sum(const float* x, float shift, float* out, int64_t n) {
  return sum_runs(n, [&](int64_t i, int64_t count, F32x16 s) SOV_INLINE {
    F32x16 v = exp(load_run(x + i, count) - splat(shift));
    store_run(out + i, v, count);
    if (count < kLanes) {
      alignas(64) float lanes[kLanes] = {};
      for (int64_t j = 0; j < count; j++) lanes[j] = out[i + j];
      v = load(lanes);
    }
    return s + v;
  });
}
/// The same without keeping them.
static float exp_sum_only(const float* x, float shift, int64_t n) {
  return sum_runs(n, [&](int64_t i, int64_t count, F32x16 s) SOV_INLINE {
    F32x16 v = exp(load_run(x + i, count) - splat(shift));
    if (count < kLanes) {
      alignas(64) float lanes[kLanes];
      store(lanes, v);
      for (int64_t j = count; j < kLanes; j++) lanes[j] = 0;
      v = load(lanes);
    }
    return s + v;
  });
}

constexpr ReduceKernels reduce_kernels() {
  ReduceKernels k = {};
  k.sum = sum_row;
  k.sizes = sum_sizes;
  k.squares = sum_squares;
  k.products = sum_products;
  k.centred_products = sum_centred_products;
  k.exact = sum_exact;
  k.largest = largest_row;
  k.smallest = smallest_row;
  k.largest_size = largest_size;
  k.exp_sum = exp_sum;
  k.exp_sum_only = exp_sum_only;
  return k;
}

}  // namespace sov::compute::SOV_TIER
