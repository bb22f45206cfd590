#pragma once
// The products of word_matvec-inl.h for many tokens. Eight rows lie side by side in the lanes, two columns of
// each: a step multiplies a pair of one token's codes with the pairs of eight rows, so that a span's integers
// need no sum across lanes and one conversion serves eight rows.

#include "compute/cpu/codes-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/word_rounding-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kWordRows = 8;                              // a row group
constexpr int64_t kWordPanel = kWordRows * kWordSegment;  // codes of a row group in a segment

/// Rows of a register tile in row groups, and its tokens.
#if defined(__AVX2__)
constexpr int kTileGroups = 2, kWordTokens = 4;  // 8 sums, 2 weights, a pair, its products of 16 registers
#else
constexpr int kTileGroups = 1, kWordTokens = 4;
#endif
constexpr int64_t kWordTokenBlock = 48;  // that pass from L2 while the rows of a register tile stay in L1

/// Pairs of eight rows, [8][16 codes] -> [8 pairs][8 rows].
SOV_LANES void turn_pairs(const int16_t* rows, int64_t stride, int16_t* out) {
#pragma GCC unroll 2
  for (int half = 0; half < 2; half++) {
#pragma GCC unroll 2
    for (int four = 0; four < 2; four++) {
      Int4 in[4];
#pragma GCC unroll 4
      for (int r = 0; r < 4; r++) {
        __builtin_memcpy(&in[r], rows + (4 * four + r) * stride + 8 * half, sizeof in[r]);
      }
      turn_four(in);
#pragma GCC unroll 4
      for (int p = 0; p < 4; p++) {
        __builtin_memcpy(out + (4 * half + p) * 2 * kWordRows + 8 * four, &in[p], sizeof in[p]);
      }
    }
  }
}

/// A row group's segment of `cols` columns, whole blocks; spans that are missing to a multiple of four are
/// zeros, and so are rows from `count` on.
template <typename Type>
void pack_words(const std::byte* w, int64_t row_bytes, int64_t count, int64_t cols, int16_t* words,
                float* scales, float* offsets) {
  constexpr int kSpans = Type::kElements / Type::kSpan, kSums = Type::kElements / 32;
  alignas(64) int16_t codes[kWordRows * Type::kElements] = {};
  alignas(32) float block_scales[kWordRows * kSpans] = {};
  alignas(32) float block_offsets[kWordRows * kSums] = {};
  const int64_t used = count < kWordRows ? count : kWordRows;  // as it is: GCC 12 for ARM warns otherwise
  for (int64_t block = 0; block < cols / Type::kElements; block++) {
    for (int64_t r = 0; r < used; r++) {
      const std::byte* at = w + r * row_bytes + block * Type::kBytes;
      Type::runs(at, [&](auto run, I16x16 run_codes) SOV_INLINED {
        store_words(codes + r * Type::kElements + kLanes * run.value, run_codes);
      });
      Type::scales(at, block_scales + r * kSpans);
      if constexpr (Type::kOffsets) Type::offsets(at, block_offsets + r * kSums);
    }
    for (int64_t col = 0; col < Type::kElements; col += kLanes) {
      turn_pairs(codes + col, Type::kElements, words + (block * Type::kElements + col) * kWordRows);
    }
    for (int64_t r = 0; r < kWordRows; r++) {
      for (int span = 0; span < kSpans; span++) {
        scales[(block * kSpans + span) * kWordRows + r] = block_scales[r * kSpans + span];
      }
      for (int sum = 0; Type::kOffsets && sum < kSums; sum++) {
        offsets[(block * kSums + sum) * kWordRows + r] = block_offsets[r * kSums + sum];
      }
    }
  }
  const int64_t end = (cols + 4 * Type::kSpan - 1) / (4 * Type::kSpan) * (4 * Type::kSpan);
  for (int64_t i = cols * kWordRows; i < end * kWordRows; i++) words[i] = 0;
  for (int64_t i = cols / Type::kSpan * kWordRows; i < end / Type::kSpan * kWordRows; i++) scales[i] = 0;
  if constexpr (Type::kOffsets) {
    for (int64_t i = cols / 32 * kWordRows; i < kWordSegment / 32 * kWordRows; i++) offsets[i] = 0;
  }
}

/// Where a register tile stands in a group of columns.
struct WordPlace {
  const int16_t* w;  // of the first row group; the next one is kWordPanel on
  const float* scales;
  const int16_t* x;  // of the first token; the next one is kWordSegment on
};

/// The integers of one span.
template <int Span, int Groups, int Tokens>
SOV_LANES void multiply_span(const WordPlace& at, I32x8 (&integers)[Groups * Tokens]) {
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) integers[i] = no_pairs();
#pragma GCC unroll 16
  for (int pair = 0; pair < Span / 2; pair++) {
    I16x16 words[Groups];
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) {
      words[g] = load_words_once(at.w + g * kWordPanel + pair * 2 * kWordRows);
    }
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const I16x16 both = splat_pair(at.x + t * kWordSegment + 2 * pair);
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) {
        integers[t * Groups + g] = add_products(words[g], both, integers[t * Groups + g]);
      }
    }
  }
}

/// One group of columns: acc of each row group and token.
template <int Span, int Groups, int Tokens>
SOV_LANES void multiply_group(WordPlace at, int64_t spans, F32x8 (&acc)[Groups * Tokens]) {
  F32x8 q[4][Groups * Tokens];
  for (int k = 0; k < 4; k++) {
#pragma GCC unroll 16
    for (int i = 0; i < Groups * Tokens; i++) q[k][i] = zeros8();
  }
  for (int64_t span = 0; span < spans; span++) {
    I32x8 integers[Groups * Tokens];
    multiply_span<Span, Groups, Tokens>(at, integers);
    F32x8* to = q[span % 4];
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) {
      const F32x8 scale = load8(at.scales + g * (kWordPanel / Span));
#pragma GCC unroll 8
      for (int t = 0; t < Tokens; t++) {
        to[t * Groups + g] = fma(scale, to_real(integers[t * Groups + g]), to[t * Groups + g]);
      }
    }
    at.w += Span * kWordRows;
    at.scales += kWordRows;
    at.x += Span;
  }
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) acc[i] = (q[0][i] + q[2][i]) + (q[1][i] + q[3][i]);
}

/// The sum of offsets of one group of columns, for eight rows and a token.
SOV_LANES F32x8 group_shift(const float* offsets, const float* x_sums) {
  F32x8 q[4];
#pragma GCC unroll 8
  for (int i = 0; i < kGroupSums; i++) {
    const F32x8 offset = load8(offsets + i * kWordRows);
    q[i % 4] = fma(offset, splat8(x_sums[i]), i < 4 ? zeros8() : q[i % 4]);
  }
  return (q[0] + q[2]) + (q[1] + q[3]);
}

/// Eight totals, fewer for the last rows.
SOV_LANES F32x8 load_totals(const float* from, int64_t rows) {
  if (rows >= kWordRows) return load8(from);
  alignas(32) float lanes[kWordRows] = {};
  for (int64_t i = 0; i < rows; i++) lanes[i] = from[i];
  return load8(lanes);
}
SOV_LANES void store_totals(float* to, F32x8 value, int64_t rows) {
  if (rows >= kWordRows) return store8(to, value);
  alignas(32) float lanes[kWordRows];
  store8(lanes, value);
  for (int64_t i = 0; i < rows; i++) to[i] = lanes[i];
}

template <int Span, bool Offsets, int Groups, int Tokens>
void word_tile_at(const WordTileArgs& a, int64_t row_group, int64_t token) {
  constexpr int64_t kGroupSpans = kGroup / Span;
  for (int64_t group = 0; group * kGroup < a.cols; group++) {
    WordPlace at = {a.w + row_group * kWordPanel + group * kGroup * kWordRows,
                    a.scales + row_group * (kWordPanel / Span) + group * kGroupSpans * kWordRows,
                    a.x + token * kWordSegment + group * kGroup};
    const int64_t left = (a.cols - group * kGroup + Span - 1) / Span;
    F32x8 acc[Groups * Tokens];
    multiply_group<Span, Groups, Tokens>(at, least(kGroupSpans, (left + 3) / 4 * 4), acc);
    const bool set = a.first_segment && group == 0;
    const bool last = (group + 1) * kGroup >= a.cols;
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const F32x8 x_scale = splat8(a.x_scales[(token + t) * a.x_scale_stride + group]);
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) {
        const int64_t row = (row_group + g) * kWordRows;
        float* y = a.y + (token + t) * a.y_stride + row;
        F32x8 total = set ? zeros8() : load_totals(y, a.rows - row);
        total = fma(x_scale, acc[t * Groups + g], total);
        if constexpr (Offsets) {
          const float* offsets =
              a.offsets + (row_group + g) * (kWordPanel / 32) + group * kGroupSums * kWordRows;
          total = total + group_shift(offsets, a.x_sums + (token + t) * a.x_sum_stride + group * kGroupSums);
        }
        if (last && a.bias != nullptr) total = total + load_totals(a.bias + row, a.rows - row);
        store_totals(y, total, a.rows - row);
      }
    }
  }
}

template <int Span, bool Offsets, int Groups>
SOV_LANES void word_tile_tokens(const WordTileArgs& a, int64_t row_group, int64_t token, int64_t tokens) {
  static_assert(kWordTokens == 4);
  if (tokens == 1) return word_tile_at<Span, Offsets, Groups, 1>(a, row_group, token);
  if (tokens == 2) return word_tile_at<Span, Offsets, Groups, 2>(a, row_group, token);
  if (tokens == 3) return word_tile_at<Span, Offsets, Groups, 3>(a, row_group, token);
  word_tile_at<Span, Offsets, Groups, 4>(a, row_group, token);
}

template <int Span, bool Offsets>
void word_tile(const WordTileArgs& a) {
  const int64_t groups = (a.rows + kWordRows - 1) / kWordRows;
  for (int64_t base = 0; base < a.tokens; base += kWordTokenBlock) {
    const int64_t base_end = least(a.tokens, base + kWordTokenBlock);
    for (int64_t group = 0; group < groups; group += kTileGroups) {
      for (int64_t token = base; token < base_end; token += kWordTokens) {
        const int64_t tokens = least(kWordTokens, base_end - token);
        if (group + kTileGroups <= groups) {
          word_tile_tokens<Span, Offsets, kTileGroups>(a, group, token, tokens);
        } else {
          for (int64_t g = group; g < groups; g++) word_tile_tokens<Span, Offsets, 1>(a, g, token, tokens);
        }
      }
    }
  }
}

}  // namespace sov::compute::SOV_TIER
