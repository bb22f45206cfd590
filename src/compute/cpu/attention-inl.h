#pragma once
// Attention of one token's query heads over the keys they see. Orders are fixed by the number of keys alone:
// a score is one chain over the head's columns, the softmax sum 16 chains over the positions, an output one
// chain over the positions within a block of kBlockKeys, and the blocks one after the other.

#include "compute/cpu/kernels.h"
#include "compute/cpu/rows-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int64_t kBlockKeys = 256;

#if defined(__AVX512F__)
constexpr int kHeadTile = 4, kRunTile = 4;  // 16 sums, 4 values, 1 weight of 32 registers
#elif defined(__AVX2__)
constexpr int kHeadTile = 2, kRunTile = 2;
#else
constexpr int kHeadTile = 1, kRunTile = 2;
#endif

/// scores[h, s] = q[h] . k[s] for `Heads` heads: the loads of a key serve all of them.
template <int Heads>
SOV_LANES void score_heads(const AttendArgs& a, int64_t head) {
  const float* q = a.q + head * a.q_stride;
  float* scores = a.scores + head * a.score_stride;
  for (int64_t s = 0; s < a.positions; s++) {
    const float* key = a.k + s * a.k_stride;
    F32x16 sums[Heads];
#pragma GCC unroll 4
    for (int h = 0; h < Heads; h++) sums[h] = zeros();
    for_runs(a.dim, [&](int64_t i, int64_t n) {
      const F32x16 values = load_run(key + i, n);
#pragma GCC unroll 4
      for (int h = 0; h < Heads; h++) sums[h] = fma(load_run(q + h * a.q_stride + i, n), values, sums[h]);
    });
#pragma GCC unroll 4
    for (int h = 0; h < Heads; h++) scores[h * a.score_stride + s] = sum(sums[h]);
  }
}

/// Scale, cap, softmax without its division; returns the sum. Lanes beyond the end become zero weights.
SOV_LANES float soften(const AttendArgs& a, float* scores) {
  F32x16 most = splat(scores[0] * a.scale);
  if (a.soft_cap > 0) most = cap_values(most, a.soft_cap);
  for_runs(a.positions, [&](int64_t i, int64_t n) {
    F32x16 values = load_run(scores + i, n) * splat(a.scale);
    if (a.soft_cap > 0) values = cap_values(values, a.soft_cap);
    store_run(scores + i, values, n);
    if (n == kLanes) {
      most = max(most, values);
    } else {
      for (int64_t j = 0; j < n; j++) most = max(most, splat(scores[i + j]));
    }
  });
  const F32x16 highest = splat(largest(most));
  F32x16 total = zeros();
  for_runs(a.positions, [&](int64_t i, int64_t n) {
    const F32x16 weights = exp(load_run(scores + i, n) - highest);
    store_run(scores + i, weights, n);
    total = total + load_run(scores + i, n);
  });
  return sum(total);
}

/// Adds one block of positions for a tile of heads and runs of the value's columns.
template <int Heads, int Runs>
SOV_LANES void weigh_tile(const AttendArgs& a, int64_t head, int64_t col, int64_t first, int64_t last) {
  F32x16 sums[Heads * Runs];
#pragma GCC unroll 16
  for (int i = 0; i < Heads * Runs; i++) sums[i] = zeros();
  for (int64_t s = first; s < last; s++) {
    F32x16 values[Runs];
#pragma GCC unroll 4
    for (int r = 0; r < Runs; r++) values[r] = load(a.v + s * a.v_stride + col + kLanes * r);
#pragma GCC unroll 4
    for (int h = 0; h < Heads; h++) {
      const F32x16 weight = splat(a.scores[(head + h) * a.score_stride + s]);
#pragma GCC unroll 4
      for (int r = 0; r < Runs; r++) sums[h * Runs + r] = fma(weight, values[r], sums[h * Runs + r]);
    }
  }
#pragma GCC unroll 4
  for (int h = 0; h < Heads; h++) {
#pragma GCC unroll 4
    for (int r = 0; r < Runs; r++) {
      float* out = a.out + (head + h) * a.out_stride + col + kLanes * r;
      store(out, first == 0 ? sums[h * Runs + r] : load(out) + sums[h * Runs + r]);
    }
  }
}

/// The same for the ragged end of the columns, one head.
SOV_LANES void weigh_end(const AttendArgs& a, int64_t head, int64_t col, int64_t first, int64_t last) {
  const int64_t n = a.value_dim - col;
  F32x16 sums = zeros();
  for (int64_t s = first; s < last; s++) {
    sums = fma(splat(a.scores[head * a.score_stride + s]), load_partial(a.v + s * a.v_stride + col, n), sums);
  }
  float* out = a.out + head * a.out_stride + col;
  store_partial(out, first == 0 ? sums : load_partial(out, n) + sums, n);
}

template <int Heads>
SOV_LANES void weigh_heads(const AttendArgs& a, int64_t head, int64_t first, int64_t last) {
  int64_t col = 0;
  for (; col + kLanes * kRunTile <= a.value_dim; col += kLanes * kRunTile) {
    weigh_tile<Heads, kRunTile>(a, head, col, first, last);
  }
  for (; col + kLanes <= a.value_dim; col += kLanes) weigh_tile<Heads, 1>(a, head, col, first, last);
  if (col == a.value_dim) return;
  for (int h = 0; h < Heads; h++) weigh_end(a, head + h, col, first, last);
}

/// A tile of heads from the scores to the outputs.
template <int Heads>
void attend_heads(const AttendArgs& a, int64_t head) {
  score_heads<Heads>(a, head);
  float totals[Heads];
  for (int h = 0; h < Heads; h++) totals[h] = soften(a, a.scores + (head + h) * a.score_stride);
  for (int64_t first = 0; first < a.positions; first += kBlockKeys) {
    weigh_heads<Heads>(a, head, first, first + kBlockKeys < a.positions ? first + kBlockKeys : a.positions);
  }
  for (int h = 0; h < Heads; h++) {
    map_row(a.out + (head + h) * a.out_stride, a.value_dim, [&](F32x16 v) { return v / splat(totals[h]); });
  }
}

static void attend(const AttendArgs& a) {
  int64_t head = 0;
  for (; head + kHeadTile <= a.heads; head += kHeadTile) attend_heads<kHeadTile>(a, head);
  for (; head < a.heads; head++) attend_heads<1>(a, head);
}

}  // namespace sov::compute::SOV_TIER
