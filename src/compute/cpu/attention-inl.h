#pragma once
// Attention of some tokens' query heads over one block of the positions that a kv head has pages for, and the
// merging of blocks. Blocks stand at multiples of kAttentionBlock positions whatever a call covers, and
// within one every order is fixed: a score is one chain over the head's columns, the sum of weights 16 chains
// over the positions, an output one chain over the positions. So a row's bits depend on its query and the
// keys it sees, not on the tokens beside it. Source of the merging: Milakov and Gimelshein, "Online
// normalizer calculation for softmax" (2018), section 3.1.

#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/rows-inl.h"

namespace sov::compute::SOV_TIER {

// Rows of queries that share the loads of a key or value: their sums stay in registers.
#if defined(__AVX512F__)
constexpr int kQueryRows = 8;
#elif defined(__AVX2__)
constexpr int kQueryRows = 6;
#else
constexpr int kQueryRows = 2;
#endif

// ---- how 16 keys' values of one column, or 16 columns of one value, are read from a tile (kv_pages.h)

template <typename Plain>
struct CachedPlain {
  static constexpr int64_t kBytes = Plain::kBytes;
  SOV_LANES F32x16 key(const std::byte* tile, int64_t col, int64_t /*dim*/) {
    return Plain::run(tile + Plain::kBytes * kLanes * col);
  }
  SOV_LANES F32x16 value(const std::byte* tile, int64_t slot, int64_t col, int64_t dim) {
    return Plain::run(tile + Plain::kBytes * (slot * dim + col));
  }
};
struct CachedQ8_0 {
  static constexpr int64_t kBytes = 1;
  static constexpr int64_t kBlock = 32;
  SOV_LANES F32x16 key(const std::byte* tile, int64_t col, int64_t dim) {
    const std::byte* scales = tile + kLanes * dim + 2 * kLanes * (col / kBlock);
    return from_i8(load_bytes(tile + kLanes * col)) * load_f16(scales);
  }
  SOV_LANES F32x16 value(const std::byte* tile, int64_t slot, int64_t col, int64_t dim) {
    const std::byte* scale = tile + kLanes * dim + 2 * (slot * (dim / kBlock) + col / kBlock);
    return from_i8(load_bytes(tile + slot * dim + col)) * splat(half_at(scale));
  }
};

// ---- what a token sees of a block

struct Seen {
  int64_t begin, end;  // positions within the block; begin >= end: none
};
SOV_LANES Seen seen_by(const AttendArgs& a, int64_t token) {
  const int64_t after = a.first_position + token + 1 - a.block * kAttentionBlock;
  const int64_t begin = a.window > 0 && after > a.window ? after - a.window : 0;
  return {begin, after < kAttentionBlock ? after : kAttentionBlock};
}

template <int Rows = kQueryRows, typename Body>
SOV_LANES void with_constant(int64_t rows, Body body) {
  if constexpr (Rows > 0) {
    if (rows == Rows) return body.template operator()<Rows>();
    with_constant<Rows - 1>(rows, body);
  }
}
/// body<rows>(first row) for ranges of [begin, end), as even as whole numbers allow.
template <typename Body>
SOV_LANES void for_query_rows(int64_t begin, int64_t end, Body body) {
  while (begin < end) {
    const int64_t parts = (end - begin + kQueryRows - 1) / kQueryRows;
    const int64_t rows = (end - begin + parts - 1) / parts;
    with_constant(rows, [&]<int Rows>() { body.template operator()<Rows>(begin); });
    begin += rows;
  }
}

// ---- scores

// The keys of a head lie a page apart, too far for the processor to guess: they are asked for this many pages
// early, the values while their keys are scored. Measured on a Zen 3 server, one thread, 2048 positions of
// f16, 14 heads over 2: attention took 15 % of a token's time without the hints, 11 % with them.
constexpr int64_t kPagesAhead = 2;

template <typename Cached>
SOV_LANES void ask_ahead(const AttendArgs& a, int64_t page, int64_t col) {
  const int64_t at = page * a.page_bytes + Cached::kBytes * kLanes * col;
  __builtin_prefetch(
      reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(a.keys) + at + kPagesAhead * a.page_bytes));
  __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(a.values) + at));
}

template <typename Cached, int Rows>
void score_pages(const AttendArgs& a, int64_t row, int64_t first_page, int64_t last_page) {
  const float* q = a.q + row * a.dim;
  for (int64_t page = first_page; page < last_page; page++) {
    const std::byte* tile = a.keys + page * a.page_bytes;
    F32x16 sums[Rows];
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) sums[r] = zeros();
    for (int64_t d = 0; d < a.dim; d++) {
      ask_ahead<Cached>(a, page, d);
      const F32x16 key = Cached::key(tile, d, a.dim);
#pragma GCC unroll 8
      for (int r = 0; r < Rows; r++) sums[r] = fma(splat(q[r * a.dim + d]), key, sums[r]);
    }
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) store(a.scores + (row + r) * kScoreStride + kLanes * page, sums[r]);
  }
}

// ---- softmax without its division

SOV_LANES I32x16 lane_numbers(int64_t first) {
  I32x16 out;
  int32_t lanes[kLanes];
  for (int i = 0; i < kLanes; i++) lanes[i] = static_cast<int32_t>(first) + i;
  __builtin_memcpy(&out, lanes, sizeof out);
  return out;
}
/// All bits set in the lanes of a page whose positions are seen.
SOV_LANES I32x16 seen_lanes(const Seen& seen, int64_t page) {
  I32x16 out;
  const I32x16 at = lane_numbers(kLanes * page);
  each_part([&](int i) {
    out.part[i] =
        (at.part[i] >= static_cast<int32_t>(seen.begin)) & (at.part[i] < static_cast<int32_t>(seen.end));
  });
  return out;
}

/// Scores become weights relative to the largest of them; positions that are not seen weigh nothing.
SOV_LANES void soften(const AttendArgs& a, int64_t row, const Seen& seen) {
  a.state.largest[row] = a.state.total[row] = 0;
  if (seen.begin >= seen.end) return;
  float* scores = a.scores + row * kScoreStride;
  const int64_t first = seen.begin / kLanes, last = (seen.end + kLanes - 1) / kLanes;
  const F32x16 nothing = splat(-__builtin_inff());
  F32x16 most = nothing;
  for (int64_t page = first; page < last; page++) {
    F32x16 values = load(scores + kLanes * page);
    if (a.soft_cap > 0) values = cap_values(values, a.soft_cap);
    if (kLanes * page < seen.begin || kLanes * (page + 1) > seen.end) {
      values = select(seen_lanes(seen, page), values, nothing);
    }
    store(scores + kLanes * page, values);
    most = max(most, values);
  }
  const float highest = largest(most);
  F32x16 total = zeros();
  for (int64_t page = first; page < last; page++) {
    F32x16 weights = exp(load(scores + kLanes * page) - splat(highest));
    if (kLanes * page < seen.begin || kLanes * (page + 1) > seen.end) {
      weights = select(seen_lanes(seen, page), weights, zeros());
    }
    store(scores + kLanes * page, weights);
    total = total + weights;
  }
  a.state.largest[row] = highest;
  a.state.total[row] = sum(total);
}

// ---- outputs

template <typename Cached, int Rows>
void weigh_positions(const AttendArgs& a, int64_t row, int64_t begin, int64_t end) {
  const float* weights = a.scores + row * kScoreStride;
  for (int64_t col = 0; col < a.value_stride; col += kLanes) {
    float* out = a.state.out + row * a.value_stride + col;
    F32x16 sums[Rows];
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) sums[r] = load(out + r * a.value_stride);
    for (int64_t first = begin; first < end;) {
      const int64_t page = first / kLanes, last = least(end, kLanes * (page + 1));
      const std::byte* tile = a.values + page * a.page_bytes;
      for (int64_t s = first; s < last; s++) {
        const F32x16 value = Cached::value(tile, s - kLanes * page, col, a.value_stride);
#pragma GCC unroll 8
        for (int r = 0; r < Rows; r++) sums[r] = fma(splat(weights[r * kScoreStride + s]), value, sums[r]);
      }
      first = last;
    }
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) store(out + r * a.value_stride, sums[r]);
  }
}

/// Adds positions [begin, end) to the outputs of rows [first, last).
template <typename Cached>
void weigh(const AttendArgs& a, int64_t first, int64_t last, int64_t begin, int64_t end) {
  if (begin >= end) return;
  for_query_rows(first, last,
                 [&]<int Rows>(int64_t row) { weigh_positions<Cached, Rows>(a, row, begin, end); });
}

template <typename Cached>
void attend(const AttendArgs& a) {
  const int64_t rows = a.tokens * a.heads;
  const Seen first = seen_by(a, 0), last = seen_by(a, a.tokens - 1);
  for_query_rows(0, rows, [&]<int Rows>(int64_t row) {
    score_pages<Cached, Rows>(a, row, first.begin / kLanes, (last.end + kLanes - 1) / kLanes);
  });
  for (int64_t i = 0; i < rows * a.value_stride; i++) a.state.out[i] = 0;
  // What all tokens see is weighed for all at once; what lies before and after, token by token.
  const Seen common = {last.begin, first.end};
  const bool shared = common.begin < common.end;
  for (int64_t t = 0; t < a.tokens; t++) {
    const Seen seen = seen_by(a, t);
    for (int64_t row = t * a.heads; row < (t + 1) * a.heads; row++) soften(a, row, seen);
    weigh<Cached>(a, t * a.heads, (t + 1) * a.heads, seen.begin, shared ? common.begin : seen.end);
  }
  if (!shared) return;
  weigh<Cached>(a, 0, rows, common.begin, common.end);
  for (int64_t t = 0; t < a.tokens; t++) {
    weigh<Cached>(a, t * a.heads, (t + 1) * a.heads, common.end, seen_by(a, t).end);
  }
}

/// Adds the state of a later block to that of the blocks before.
static void merge_attention(const AttentionState& from, int64_t rows, int64_t value_stride,
                            const AttentionState& into) {
  for (int64_t row = 0; row < rows; row++) {
    if (from.total[row] == 0) continue;
    float* out = into.out + row * value_stride;
    const float* more = from.out + row * value_stride;
    if (into.total[row] == 0) {
      into.largest[row] = from.largest[row];
      into.total[row] = from.total[row];
      for (int64_t i = 0; i < value_stride; i++) out[i] = more[i];
      continue;
    }
    const float highest = from.largest[row] > into.largest[row] ? from.largest[row] : into.largest[row];
    alignas(64) float shifts[kLanes] = {into.largest[row] - highest, from.largest[row] - highest};
    store(shifts, exp(load(shifts)));
    into.largest[row] = highest;
    into.total[row] = into.total[row] * shifts[0] + from.total[row] * shifts[1];
    for (int64_t i = 0; i < value_stride; i += kLanes) {
      store(out + i, fma(load(more + i), splat(shifts[1]), load(out + i) * splat(shifts[0])));
    }
  }
}

/// Divides the outputs of a row by the sum of its weights. Shapes: out [value_dim].
static void finish_attention(const AttentionState& state, int64_t row, int64_t value_stride,
                             int64_t value_dim, float* out) {
  const float* from = state.out + row * value_stride;
  const F32x16 total = splat(state.total[row]);
  for_runs(value_dim, [&](int64_t i, int64_t n) { store_run(out + i, load(from + i) / total, n); });
}

}  // namespace sov::compute::SOV_TIER
