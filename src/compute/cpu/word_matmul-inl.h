#pragma once
// Products of quantised weights and activations rounded to 16 bits: integer products within a span of a
// block, then f32. Every output is, over groups of 256 columns in order, total += x_scale * (sum of scale *
// integers), and beside it offsets += offset * x_scale * (sum of 32 x), each in 8 lanes; the two are added
// and one fixed tree adds the lanes. Its bits depend on the weight row, the activation row and nothing else.

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

/// One group: codes, the scale, and the sums of what each 32 codes stand for. Values are x[0..n); the rest is
/// zeros.
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
    sums[block] = *scale * static_cast<float>(whole);  // the integer is exact: at most 32 * 32767
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

template <typename Type, int Streams>
SOV_LANES void dot_words(RowStreams<Streams> rows, int64_t cols, const RoundedRow& x, float (&out)[Streams]) {
  constexpr int kBlocks = kGroup / Type::kElements;
  F32x8 total[Streams], shift[Streams];
#pragma GCC unroll 4
  for (int s = 0; s < Streams; s++) total[s] = shift[s] = zeros8();
  int64_t left = cols / Type::kElements;
  for (int64_t group = 0; left > 0; group++, left -= kBlocks) {
    const int64_t blocks = least(left, kBlocks);
    const int16_t* codes = x.codes + group * kGroup;
    F32x8 acc[Streams];
    alignas(32) float offsets[Streams][kGroupSums];
#pragma GCC unroll 4
    for (int s = 0; s < Streams; s++) {
      acc[s] = zeros8();
      if constexpr (Type::kOffsets) store8(offsets[s], zeros8());
    }
    for (int64_t block = 0; block < blocks; block++) {
#pragma GCC unroll 4
      for (int s = 0; s < Streams; s++) {
        prefetch_block<Type::kBytes>(rows.at[s]);
        acc[s] = add_block<Type>(rows.at[s], codes + block * Type::kElements, acc[s]);
        if constexpr (Type::kOffsets) Type::offsets(rows.at[s], offsets[s] + block * Type::kElements / 32);
        rows.at[s] += Type::kBytes;
      }
    }
#pragma GCC unroll 4
    for (int s = 0; s < Streams; s++) {
      if constexpr (Type::kOffsets) {
        shift[s] = fma(load8(offsets[s]), load8(x.sums + group * kGroupSums), shift[s]);
      }
      total[s] = fma(splat8(x.scales[group]), acc[s], total[s]);
    }
  }
#pragma GCC unroll 4
  for (int s = 0; s < Streams; s++) out[s] = sum(total[s] + shift[s]);
}

template <typename Type>
void matvec_words(const std::byte* w, int64_t row_bytes, int64_t rows, int64_t cols, const RoundedRow& x,
                  const float* bias, float* y) {
  over_rows(w, row_bytes, rows, bias, y,
            [&]<int Streams>(const RowStreams<Streams>& at, float(&out)[Streams]) {
              dot_words<Type>(at, cols, x, out);
            });
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

/// Rows and tokens of a register tile. Short spans: 6 sums of a group, 4 weights, 2 activations, 2 scales, 2
/// products in 16 registers. Long ones: 8 integer sums, 2 activations, a weight and its products; the sums of
/// a group wait in memory.
constexpr int word_rows(int span) { return span <= 32 ? 2 : 4; }
constexpr int word_tokens(int span) { return span <= 32 ? 3 : 2; }

/// Where a register tile stands; strides in elements.
struct WordPlace {
  const int16_t* w;
  const int16_t* x;
  const float* scales;  // of w
  const float* x_scales;
  int64_t w_stride, x_stride, scale_stride, x_scale_stride;
};

/// acc += scale * integers over a span of two runs.
template <int Rows, int Tokens>
SOV_LANES void add_short_span(const WordPlace& at, F32x8* acc) {
  I16x16 words[2 * Rows];
  F32x8 scale[Rows];
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++) {
    scale[r] = splat8(at.scales[r * at.scale_stride]);
    words[2 * r] = load_words(at.w + r * at.w_stride);
    words[2 * r + 1] = load_words(at.w + r * at.w_stride + kLanes);
  }
#pragma GCC unroll 4
  for (int t = 0; t < Tokens; t++) {
    const I16x16 first = load_words_once(at.x + t * at.x_stride);
    const I16x16 second = load_words_once(at.x + t * at.x_stride + kLanes);
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) {
      acc[t * Rows + r] =
          add_scaled(words[2 * r], first, words[2 * r + 1], second, scale[r], acc[t * Rows + r]);
    }
  }
}

/// The same over a long span.
template <int Runs, int Rows, int Tokens>
SOV_LANES void add_long_span(const WordPlace& at, F32x8* acc) {
  I32x8 integers[Rows * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Rows * Tokens; i++) integers[i] = no_pairs();
#pragma GCC unroll 4
  for (int run = 0; run < Runs; run++) {
    I16x16 values[Tokens];
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) values[t] = load_words_once(at.x + t * at.x_stride + kLanes * run);
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) {
      const I16x16 words = load_words_once(at.w + r * at.w_stride + kLanes * run);
#pragma GCC unroll 4
      for (int t = 0; t < Tokens; t++) {
        integers[t * Rows + r] = add_products(words, values[t], integers[t * Rows + r]);
      }
    }
  }
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++) {
    const F32x8 scale = splat8(at.scales[r * at.scale_stride]);
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) {
      acc[t * Rows + r] = fma(scale, to_real(integers[t * Rows + r]), acc[t * Rows + r]);
    }
  }
}

/// Adds `spans` spans, all of one group, to the totals.
template <int Span, int Rows, int Tokens>
SOV_LANES void add_group(WordPlace at, int64_t spans, F32x8* totals) {
  F32x8 acc[Rows * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Rows * Tokens; i++) acc[i] = zeros8();
  for (int64_t span = 0; span < spans; span++) {
    if constexpr (Span <= 32) {
      add_short_span<Rows, Tokens>(at, acc);
    } else {
      add_long_span<Span / kLanes, Rows, Tokens>(at, acc);
    }
    at.w += Span;
    at.x += Span;
    at.scales++;
  }
#pragma GCC unroll 4
  for (int t = 0; t < Tokens; t++) {
    const F32x8 scale = splat8(at.x_scales[t * at.x_scale_stride]);
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) totals[t * Rows + r] = fma(scale, acc[t * Rows + r], totals[t * Rows + r]);
  }
}

/// Adds groups [first, last) of columns of a register tile to its totals.
template <int Span, int Rows, int Tokens>
SOV_LANES void multiply_words(const WordTileArgs& a, int64_t row, int64_t token, int64_t first, int64_t last,
                              F32x8* totals) {
  constexpr int64_t kSpans = kGroup / Span;
  WordPlace at = {a.w + row * a.w_stride + first * kGroup,
                  a.x.codes + token * a.x.code_stride + first * kGroup,
                  a.scales + row * a.scale_stride + first * kSpans,
                  a.x.scales + token * a.x.scale_stride + first,
                  a.w_stride,
                  a.x.code_stride,
                  a.scale_stride,
                  a.x.scale_stride};
  const int64_t whole = least(last, a.cols / kGroup);
  for (int64_t group = first; group < whole; group++) {
    add_group<Span, Rows, Tokens>(at, kSpans, totals);
    at.w += kGroup;
    at.x += kGroup;
    at.scales += kSpans;
    at.x_scales++;
  }
  if (whole < last) add_group<Span, Rows, Tokens>(at, a.cols % kGroup / Span, totals);
}

/// sum of offset * sums of x over a whole row, added to the totals.
template <int Rows, int Tokens>
SOV_LANES void add_offsets(const WordTileArgs& a, int64_t row, int64_t token, F32x8* totals) {
  F32x8 shift[Rows * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Rows * Tokens; i++) shift[i] = zeros8();
  const int64_t width = (a.cols + kGroup - 1) / kGroup * kGroupSums;
  for (int64_t i = 0; i < width; i += kGroupSums) {
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) {
      const F32x8 offsets = load8(a.offsets + (row + r) * a.offset_stride + i);
#pragma GCC unroll 4
      for (int t = 0; t < Tokens; t++) {
        shift[t * Rows + r] =
            fma(offsets, load8(a.x.sums + (token + t) * a.x.sum_stride + i), shift[t * Rows + r]);
      }
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < Rows * Tokens; i++) totals[i] = totals[i] + shift[i];
}

template <int Span, bool Offsets, int Rows, int Tokens>
void word_segment(const WordTileArgs& a, int64_t row, int64_t token, int64_t first, int64_t last,
                  float* saved) {
  const int64_t groups = (a.cols + kGroup - 1) / kGroup;
  F32x8 totals[Rows * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Rows * Tokens; i++) totals[i] = first == 0 ? zeros8() : load8(saved + i * kPairs);
  multiply_words<Span, Rows, Tokens>(a, row, token, first, last, totals);
  if (last < groups) {
#pragma GCC unroll 16
    for (int i = 0; i < Rows * Tokens; i++) store8(saved + i * kPairs, totals[i]);
    return;
  }
  if constexpr (Offsets) add_offsets<Rows, Tokens>(a, row, token, totals);
#pragma GCC unroll 4
  for (int t = 0; t < Tokens; t++) {
#pragma GCC unroll 4
    for (int r = 0; r < Rows; r++) {
      a.y[(token + t) * a.y_stride + row + r] = with_bias(sum(totals[t * Rows + r]), a.bias, row + r);
    }
  }
}

template <int Span, bool Offsets, int Rows>
SOV_LANES void word_segments(const WordTileArgs& a, int64_t row, int64_t token, int64_t tokens, int64_t first,
                             int64_t last, float* saved) {
  static_assert(word_tokens(Span) <= 3);
  if (tokens == 1) return word_segment<Span, Offsets, Rows, 1>(a, row, token, first, last, saved);
  if (tokens == 2) return word_segment<Span, Offsets, Rows, 2>(a, row, token, first, last, saved);
  if constexpr (word_tokens(Span) == 3)
    word_segment<Span, Offsets, Rows, 3>(a, row, token, first, last, saved);
}

// What a block of rows and a block of tokens read of a segment stays in L1: (8 + 6) rows of 1024 codes are
// 28 KiB.
constexpr int64_t kWordSegment = 4;  // groups
constexpr int64_t kWordRows = 8, kWordTokens = 6;
static_assert(kWordRows % word_rows(32) == 0 && kWordTokens % word_tokens(32) == 0);
static_assert(kWordRows % word_rows(256) == 0 && kWordTokens % word_tokens(256) == 0);
static_assert(kWordTokenBlock % kWordTokens == 0);

/// Rows [row, rows_end) and tokens [begin, end) of the token block that starts at `base`.
template <int Span, bool Offsets>
SOV_LANES void word_blocks(const WordTileArgs& a, int64_t row, int64_t rows_end, int64_t base, int64_t begin,
                           int64_t end, int64_t first, int64_t last) {
  constexpr int kRows = word_rows(Span), kTokens = word_tokens(Span);
  while (row < rows_end) {
    const int64_t rows = row + kRows <= rows_end ? kRows : 1;
    for (int64_t token = begin; token < end; token += kTokens) {
      const int64_t tokens = end - token < kTokens ? end - token : kTokens;
      float* saved = a.totals + (row * kWordTokenBlock + (token - base) * rows) * kPairs;
      if (rows == kRows) {
        word_segments<Span, Offsets, kRows>(a, row, token, tokens, first, last, saved);
      } else {
        word_segments<Span, Offsets, 1>(a, row, token, tokens, first, last, saved);
      }
    }
    row += rows;
  }
}

template <int Span, bool Offsets>
void word_tile(const WordTileArgs& a) {
  const int64_t groups = (a.cols + kGroup - 1) / kGroup;
  for (int64_t base = 0; base < a.x.count; base += kWordTokenBlock) {
    const int64_t base_end = least(a.x.count, base + kWordTokenBlock);
    for (int64_t first = 0; first < groups; first += kWordSegment) {
      const int64_t last = least(groups, first + kWordSegment);
      for (int64_t token = base; token < base_end; token += kWordTokens) {
        const int64_t end = least(base_end, token + kWordTokens);
        for (int64_t row = 0; row < a.rows; row += kWordRows) {
          word_blocks<Span, Offsets>(a, row, least(a.rows, row + kWordRows), base, token, end, first, last);
        }
      }
    }
  }
}

}  // namespace sov::compute::SOV_TIER
