#pragma once
// Products of quantised weights and activations rounded to 16 bits: integer products within a span of a
// block, then f32. Every output is, over groups of 256 columns in order, total += x_scale * (sum of scale *
// integers + offsets * sums of x), in 8 lanes that one fixed tree adds: its bits depend on the weight row,
// the activation row and nothing else.

#include "compute/cpu/codes-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kGroup = kRoundedGroup;
constexpr int kGroupSums = kGroup / 32;

/// Rounds to nearest, ties to even, by the addition of a number whose last place is 1; |v| < 2^22.
SOV_LANES I32x16 to_nearest(F32x16 v) {
  const F32x16 shift = splat(0x1.8p23F);
  I32x16 out = bits_of(v + shift);
  const I32x16 base = bits_of(shift);
  each_part([&](int i) { out.part[i] -= base.part[i]; });
  return out;
}

/// One group: codes, the sums of each 32 of them, and the scale. Values are x[0..n); the rest is zeros.
SOV_LANES void round_group(const float* x, int64_t n, int16_t* codes, float* scale, float* sums) {
  F32x16 most = zeros();
  for (int64_t i = 0; i < n; i += kLanes) {
    const F32x16 values = abs(n - i < kLanes ? load_partial(x + i, n - i) : load(x + i));
    most = select(less(values, most), most, values);  // a NaN enters, and is found below if it stays
  }
  const float largest_value = largest(most);
  F32x16 check = zeros();  // x - x is 0 or NaN
  for (int64_t i = 0; i < n; i += kLanes) {
    const F32x16 values = n - i < kLanes ? load_partial(x + i, n - i) : load(x + i);
    check = check + (values - values);
  }
  const bool finite = sum(check) == 0;
  // Below 2^-100 the inverse would overflow; such values count as zeros.
  const bool zero = !(largest_value > 0x1p-100F) || !finite;
  const float inverse = zero ? 0.0F : 32767.0F / largest_value;
  *scale = !finite ? __builtin_nanf("") : zero ? 0.0F : largest_value / 32767.0F;
  for (int64_t block = 0; block < kGroupSums; block++) {
    I32x16 total = {};
    for (int64_t i = 32 * block; i < 32 * block + 32; i += kLanes) {
      const int64_t left = zero || i > n ? 0 : n - i;
      const F32x16 values = left < kLanes ? load_partial(x + i, left) : load(x + i);
      const I32x16 rounded = to_nearest(values * splat(inverse));
      int32_t lanes[kLanes];
      __builtin_memcpy(lanes, &rounded, sizeof lanes);
      for (int j = 0; j < kLanes; j++) codes[i + j] = static_cast<int16_t>(lanes[j]);
      each_part([&](int p) { total.part[p] += rounded.part[p]; });
    }
    int32_t lanes[kLanes];
    __builtin_memcpy(lanes, &total, sizeof lanes);
    int32_t whole = 0;
    for (const int32_t lane : lanes) whole += lane;
    sums[block] = static_cast<float>(whole);  // exact: at most 32 * 32767
  }
}

static void round_row(const float* x, int64_t cols, int16_t* codes, float* scales, float* sums) {
  for (int64_t first = 0; first < cols; first += kGroup) {
    const int64_t n = cols - first < kGroup ? cols - first : kGroup;
    round_group(x + first, n, codes + first, scales + first / kGroup, sums + first / 32);
  }
}

/// The integers of one block times x, scaled, added to `acc`.
template <typename Type>
SOV_LANES F32x8 add_block(const std::byte* block, const int16_t* x, F32x8 acc) {
  constexpr int kRuns = Type::kSpan / kLanes;
  const F32x8 scale = splat8(Type::scale(block));
  I32x8 integers = no_pairs();
  Type::runs(block, [&](int run, I16x16 words) {
    if (run % kRuns == 0) integers = no_pairs();
    integers = add_products(words, load_words(x + kLanes * run), integers);
    if (run % kRuns == kRuns - 1) acc = fma(scale, to_real(integers), acc);
  });
  return acc;
}

template <typename Type>
SOV_LANES float dot_words(const std::byte* w, int64_t cols, const RoundedRow& x) {
  constexpr int kBlocks = kGroup / Type::kElements;
  F32x8 total = zeros8();
  int64_t left = cols / Type::kElements;
  for (int64_t group = 0; left > 0; group++, left -= kBlocks) {
    const int64_t blocks = least(left, kBlocks);
    const int16_t* codes = x.codes + group * kGroup;
    F32x8 acc = zeros8();
    alignas(32) float offsets[kGroupSums] = {};
    for (int64_t block = 0; block < blocks; block++, w += Type::kBytes) {
      prefetch_block<Type::kBytes>(w);
      acc = add_block<Type>(w, codes + block * Type::kElements, acc);
      if constexpr (Type::kOffsets) Type::offsets(w, offsets + block * Type::kElements / 32);
    }
    if constexpr (Type::kOffsets) acc = fma(load8(offsets), load8(x.sums + group * kGroupSums), acc);
    total = fma(splat8(x.scales[group]), acc, total);
  }
  return sum(total);
}

template <typename Type>
void matvec_words(const std::byte* w, int64_t row_bytes, int64_t rows, int64_t cols, const RoundedRow& x,
                  const float* bias, float* y) {
  for (int64_t row = 0; row < rows; row++) {
    y[row] = with_bias(dot_words<Type>(w + row * row_bytes, cols, x), bias, row);
  }
}

/// One row for the tile kernel; words and offsets are padded with zeros to whole groups.
template <typename Type>
void unpack_words(const std::byte* row, int64_t cols, int16_t* words, float* scales, float* offsets) {
  const int64_t blocks = cols / Type::kElements;
  for (int64_t block = 0; block < blocks; block++) {
    const std::byte* at = row + block * Type::kBytes;
    Type::runs(at,
               [&](int run, I16x16 w) { store_words(words + block * Type::kElements + kLanes * run, w); });
    constexpr int kSpans = Type::kElements / Type::kSpan;
    for (int span = 0; span < kSpans; span++) scales[block * kSpans + span] = Type::scale(at);
    if constexpr (Type::kOffsets) Type::offsets(at, offsets + block * Type::kElements / 32);
  }
  if constexpr (Type::kElements < kGroup && Type::kOffsets) {
    for (int64_t i = blocks; i % kGroupSums != 0; i++) offsets[i] = 0;
  }
}

// ---- many tokens: a tile of unpacked rows against blocks of tokens

constexpr int kWordRows = 2, kWordTokens = 3;  // 6 integer sums, 6 of a group, 2 weights of 16 registers

/// acc += scale * integers of a span, in two forms that give the same bits. A short span's weights stay in
/// registers and its sums are used up token by token; with all sums alive at once, GCC 12 keeps some in
/// memory (measured: two thirds of the speed).
template <int Runs, int Rows, int Tokens>
  requires(Runs <= 2)
SOV_LANES void add_span(const int16_t* w, int64_t w_stride, const int16_t* x, int64_t x_stride,
                        const float* scales, int64_t scale_stride, F32x8* acc) {
  I16x16 words[Rows * Runs];
  F32x8 scale[Rows];
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++) {
    scale[r] = splat8(scales[r * scale_stride]);
#pragma GCC unroll 2
    for (int run = 0; run < Runs; run++) words[r * Runs + run] = load_words(w + r * w_stride + kLanes * run);
  }
#pragma GCC unroll 4
  for (int t = 0; t < Tokens; t++) {
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) {
      I32x8 integers = no_pairs();
#pragma GCC unroll 2
      for (int run = 0; run < Runs; run++) {
        integers = add_products(words[r * Runs + run], load_words(x + t * x_stride + kLanes * run), integers);
      }
      acc[t * Rows + r] = fma(scale[r], to_real(integers), acc[t * Rows + r]);
    }
  }
}
template <int Runs, int Rows, int Tokens>
  requires(Runs > 2)
SOV_LANES void add_span(const int16_t* w, int64_t w_stride, const int16_t* x, int64_t x_stride,
                        const float* scales, int64_t scale_stride, F32x8* acc) {
  I32x8 integers[Rows * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Rows * Tokens; i++) integers[i] = no_pairs();
#pragma GCC unroll 2
  for (int run = 0; run < Runs; run++) {
    I16x16 words[Rows];
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) words[r] = load_words(w + r * w_stride + kLanes * run);
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) {
      const I16x16 values = load_words(x + t * x_stride + kLanes * run);
#pragma GCC unroll 4
      for (int r = 0; r < Rows; r++) {
        integers[t * Rows + r] = add_products(words[r], values, integers[t * Rows + r]);
      }
    }
  }
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++) {
    const F32x8 scale = splat8(scales[r * scale_stride]);
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) {
      acc[t * Rows + r] = fma(scale, to_real(integers[t * Rows + r]), acc[t * Rows + r]);
    }
  }
}

/// Adds groups [first, last) of columns of a register tile to its totals.
template <int Span, bool Offsets, int Rows, int Tokens>
SOV_LANES void multiply_words(const WordTileArgs& a, int64_t row, int64_t token, int64_t first, int64_t last,
                              F32x8* totals) {
  constexpr int kSpans = kGroup / Span;
  for (int64_t group = first; group < last; group++) {
    const int64_t begin = group * kGroup;
    const int64_t left = (a.cols - begin) / Span;
    const int64_t spans = left < kSpans ? left : kSpans;
    F32x8 acc[Rows * Tokens];
#pragma GCC unroll 16
    for (int i = 0; i < Rows * Tokens; i++) acc[i] = zeros8();
    for (int64_t span = 0; span < spans; span++) {
      const int16_t* w = a.w + row * a.w_stride + begin + span * Span;
      const int16_t* x = a.x.codes + token * a.x.code_stride + begin + span * Span;
      const float* scales = a.scales + row * a.scale_stride + group * kSpans + span;
      add_span<Span / kLanes, Rows, Tokens>(w, a.w_stride, x, a.x.code_stride, scales, a.scale_stride, acc);
    }
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) {
      const F32x8 scale = splat8(a.x.scales[(token + t) * a.x.scale_stride + group]);
      const F32x8 sums = load8(a.x.sums + (token + t) * a.x.sum_stride + group * kGroupSums);
#pragma GCC unroll 4
      for (int r = 0; r < Rows; r++) {
        F32x8 value = acc[t * Rows + r];
        if constexpr (Offsets) {
          value = fma(load8(a.offsets + (row + r) * a.offset_stride + group * kGroupSums), sums, value);
        }
        totals[t * Rows + r] = fma(scale, value, totals[t * Rows + r]);
      }
    }
  }
}

template <int Span, bool Offsets, int Rows, int Tokens>
void word_segment(const WordTileArgs& a, int64_t row, int64_t token, int64_t first, int64_t last,
                  float* saved) {
  const int64_t groups = (a.cols + kGroup - 1) / kGroup;
  F32x8 totals[Rows * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Rows * Tokens; i++) totals[i] = first == 0 ? zeros8() : load8(saved + i * kPairs);
  multiply_words<Span, Offsets, Rows, Tokens>(a, row, token, first, last, totals);
  if (last < groups) {
#pragma GCC unroll 16
    for (int i = 0; i < Rows * Tokens; i++) store8(saved + i * kPairs, totals[i]);
    return;
  }
#pragma GCC unroll 4
  for (int t = 0; t < Tokens; t++) {
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) {
      a.y[(token + t) * a.y_stride + row + r] = with_bias(sum(totals[t * Rows + r]), a.bias, row + r);
    }
  }
}

template <int Span, bool Offsets, int Rows>
SOV_LANES void word_tokens(const WordTileArgs& a, int64_t row, int64_t token, int64_t tokens, int64_t first,
                           int64_t last, float* saved) {
  static_assert(kWordTokens == 3);
  switch (tokens) {
    case 1:
      return word_segment<Span, Offsets, Rows, 1>(a, row, token, first, last, saved);
    case 2:
      return word_segment<Span, Offsets, Rows, 2>(a, row, token, first, last, saved);
    default:
      return word_segment<Span, Offsets, Rows, 3>(a, row, token, first, last, saved);
  }
}

// As many bytes as kSegment columns of floats.
constexpr int64_t kWordSegment = 2;  // groups
static_assert(kRowBlock % kWordRows == 0 && kTokenBlockL1 % kWordTokens == 0);

/// Rows [row, rows_end) and tokens [begin, end) of the token block that starts at `base`.
template <int Span, bool Offsets>
SOV_LANES void word_blocks(const WordTileArgs& a, int64_t row, int64_t rows_end, int64_t base, int64_t begin,
                           int64_t end, int64_t first, int64_t last) {
  while (row < rows_end) {
    const int64_t rows = row + kWordRows <= rows_end ? kWordRows : 1;
    for (int64_t token = begin; token < end; token += kWordTokens) {
      const int64_t tokens = end - token < kWordTokens ? end - token : kWordTokens;
      float* saved = a.totals + (row * kTokenBlock + (token - base) * rows) * kPairs;
      if (rows == kWordRows) {
        word_tokens<Span, Offsets, kWordRows>(a, row, token, tokens, first, last, saved);
      } else {
        word_tokens<Span, Offsets, 1>(a, row, token, tokens, first, last, saved);
      }
    }
    row += rows;
  }
}

template <int Span, bool Offsets>
void word_tile(const WordTileArgs& a) {
  const int64_t groups = (a.cols + kGroup - 1) / kGroup;
  for (int64_t base = 0; base < a.x.count; base += kTokenBlock) {
    const int64_t base_end = least(a.x.count, base + kTokenBlock);
    for (int64_t first = 0; first < groups; first += kWordSegment) {
      const int64_t last = least(groups, first + kWordSegment);
      for (int64_t token = base; token < base_end; token += kTokenBlockL1) {
        const int64_t end = least(base_end, token + kTokenBlockL1);
        for (int64_t row = 0; row < a.rows; row += kRowBlock) {
          word_blocks<Span, Offsets>(a, row, least(a.rows, row + kRowBlock), base, token, end, first, last);
        }
      }
    }
  }
}

}  // namespace sov::compute::SOV_TIER
