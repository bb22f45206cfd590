#pragma once
// The products of code_matvec-inl.h for many tokens. Eight rows lie side by side in the lanes, four columns
// of each: a step multiplies four of one token's codes with those of eight rows, so that a span's integers
// need no sum across lanes and one conversion serves eight rows.

#include "compute/cpu/codes-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/rounding-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kCodeRows = 8;                              // a row group
constexpr int64_t kCodePanel = kCodeRows * kCodeSegment;  // codes of a row group in a segment
constexpr int kStep = 4;                                  // columns

/// Rows of a register tile in row groups, and its tokens.
#if defined(__AVX2__)
constexpr int kTileGroups = 2, kCodeTokens = 4;  // 8 sums, 2 weights and more of 16 registers
#else
constexpr int kTileGroups = 1, kCodeTokens = 4;
#endif
constexpr int64_t kCodeTokenBlock = 96;  // that pass from L2 while the rows of a register tile stay in L1

/// Fours of eight rows, [8][32 codes] -> [8 fours][8 rows].
SOV_LANES void turn_fours(const uint8_t* rows, int64_t stride, uint8_t* out) {
#pragma GCC unroll 2
  for (int half = 0; half < 2; half++) {
#pragma GCC unroll 2
    for (int four = 0; four < 2; four++) {
      Int4 in[4];
#pragma GCC unroll 4
      for (int r = 0; r < 4; r++) {
        __builtin_memcpy(&in[r], rows + (4 * four + r) * stride + 16 * half, sizeof in[r]);
      }
      turn_four(in);
#pragma GCC unroll 4
      for (int p = 0; p < 4; p++) {
        __builtin_memcpy(out + (4 * half + p) * kStep * kCodeRows + 16 * four, &in[p], sizeof in[p]);
      }
    }
  }
}

/// A row group's segment of `cols` columns, whole blocks; spans that are missing to a multiple of four are
/// zeros, and so are rows from `count` on.
template <typename Type>
void pack_codes(const std::byte* w, int64_t row_bytes, int64_t count, int64_t cols, uint8_t* codes,
                float* scales, float* offsets) {
  constexpr int kOffsetSpan = Type::kOffsetSpan > 0 ? Type::kOffsetSpan : Type::kElements;
  constexpr int kSpans = Type::kElements / Type::kSpan, kOffsets = Type::kElements / kOffsetSpan;
  alignas(64) uint8_t block_codes[kCodeRows * Type::kElements] = {};
  alignas(64) float block_scales[kCodeRows * kSpans] = {};
  alignas(64) float block_offsets[kCodeRows * kOffsets] = {};
  const int64_t used = count < kCodeRows ? count : kCodeRows;  // as it is: GCC 12 for ARM warns otherwise
  for (int64_t block = 0; block < cols / Type::kElements; block++) {
    for (int64_t r = 0; r < used; r++) {
      const std::byte* at = w + r * row_bytes + block * Type::kBytes;
      Type::runs(at, [&](auto run, Codes32 run_codes) SOV_INLINED {
        store_codes(block_codes + r * Type::kElements + 32 * run.value, moved<Type::kRange>(run_codes));
      });
      Type::scales(at, block_scales + r * kSpans);
      if constexpr (Type::kOffsetSpan > 0) Type::offsets(at, block_offsets + r * kOffsets);
    }
    for (int64_t col = 0; col < Type::kElements; col += 32) {
      turn_fours(block_codes + col, Type::kElements, codes + (block * Type::kElements + col) * kCodeRows);
    }
    for (int64_t r = 0; r < kCodeRows; r++) {
      for (int span = 0; span < kSpans; span++) {
        scales[(block * kSpans + span) * kCodeRows + r] = block_scales[r * kSpans + span];
      }
      for (int i = 0; Type::kOffsetSpan > 0 && i < kOffsets; i++) {
        offsets[(block * kOffsets + i) * kCodeRows + r] = block_offsets[r * kOffsets + i];
      }
    }
  }
  const int64_t end = (cols + 4 * Type::kSpan - 1) / (4 * Type::kSpan) * (4 * Type::kSpan);
  for (int64_t i = cols * kCodeRows; i < end * kCodeRows; i++) codes[i] = 0;
  for (int64_t i = cols / Type::kSpan * kCodeRows; i < end / Type::kSpan * kCodeRows; i++) scales[i] = 0;
  if constexpr (Type::kOffsetSpan > 0) {
    for (int64_t i = cols / kOffsetSpan * kCodeRows; i < kCodeSegment / kOffsetSpan * kCodeRows; i++) {
      offsets[i] = 0;
    }
  }
}

/// Where a register tile stands in a group of columns.
struct CodePlace {
  const uint8_t* w;  // of the first row group; the next one is kCodePanel on
  const float* scales;
  const int8_t* x;  // of the first token; the next one is kCodeSegment on
};

/// One step of a span, or two: the codes of every row group times those of every token.
template <int Groups, int Tokens, typename Multiply>
SOV_LANES void multiply_step(const CodePlace& at, int step, Multiply multiply) {
  Codes32 codes[Groups];
#pragma GCC unroll 4
  for (int g = 0; g < Groups; g++) {
    codes[g] = load_codes_once(at.w + g * kCodePanel + step * kStep * kCodeRows);
  }
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
    const Codes32 x = splat_four(at.x + t * kCodeSegment + kStep * step);
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) multiply(t * Groups + g, codes[g], x);
  }
}

#if defined(SOV_DOT_FOURS)

/// integers += those of one span.
template <CodeRange Range, int Span, int Groups, int Tokens>
SOV_LANES void multiply_span(const CodePlace& at, I32x8 (&integers)[Groups * Tokens]) {
#pragma GCC unroll 8
  for (int step = 0; step < Span / kStep; step++) {
    multiply_step<Groups, Tokens>(at, step, [&](int i, Codes32 codes, Codes32 x) SOV_INLINED {
      integers[i] = add_fours(codes, x, integers[i]);
    });
  }
}

#else

template <int Span, int Groups, int Tokens>
SOV_LANES void multiply_small(const CodePlace& at, I32x8 (&integers)[Groups * Tokens]) {
  I16x16 words[Groups * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) words[i] = no_words();
#pragma GCC unroll 8
  for (int step = 0; step < Span / kStep; step++) {
    multiply_step<Groups, Tokens>(at, step, [&](int i, Codes32 codes, Codes32 x) SOV_INLINED {
      words[i] = add_small(codes, x, words[i]);
    });
  }
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) integers[i] = integers[i] + add_pairs(words[i]);
}

template <int Span, int Groups, int Tokens>
SOV_LANES void multiply_by_two(const CodePlace& at, I32x8 (&integers)[Groups * Tokens]) {
#pragma GCC unroll 4
  for (int step = 0; step < Span / kStep; step += 2) {
    Codes32 codes[Groups][2];
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) {
      codes[g][0] = load_codes_once(at.w + g * kCodePanel + step * kStep * kCodeRows);
      codes[g][1] = load_codes_once(at.w + g * kCodePanel + (step + 1) * kStep * kCodeRows);
    }
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const int8_t* from = at.x + t * kCodeSegment + kStep * step;
      const Codes32 x[2] = {splat_four(from), splat_four(from + kStep)};
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) {
        integers[t * Groups + g] = add_two(codes[g], x, integers[t * Groups + g]);
      }
    }
  }
}

template <int Span, int Groups, int Tokens>
SOV_LANES void multiply_signed(const CodePlace& at, I32x8 (&integers)[Groups * Tokens]) {
#pragma GCC unroll 8
  for (int step = 0; step < Span / kStep; step++) {
    multiply_step<Groups, Tokens>(at, step, [&](int i, Codes32 codes, Codes32 x) SOV_INLINED {
      integers[i] = add_signed(codes, magnitude(codes), x, integers[i]);
    });
  }
}

/// integers += those of one span.
template <CodeRange Range, int Span, int Groups, int Tokens>
SOV_LANES void multiply_span(const CodePlace& at, I32x8 (&integers)[Groups * Tokens]) {
  if constexpr (Range == CodeRange::four_bits) {
    multiply_small<Span, Groups, Tokens>(at, integers);
  } else if constexpr (Range == CodeRange::six_bits) {
    multiply_by_two<Span, Groups, Tokens>(at, integers);
  } else {
    multiply_signed<Span, Groups, Tokens>(at, integers);
  }
}

#endif

/// A token's scales, totals and sums of one group of columns; those of the next token are `next` groups on.
struct GroupOfTokens {
  const float* scales;
  const int32_t* totals;
  const float* sums;
  int64_t next;
};

/// One group of columns: acc of each row group and token.
template <CodeRange Range, int Span, int Centre, int Groups, int Tokens>
SOV_LANES void multiply_group(CodePlace at, const GroupOfTokens& x, int64_t spans,
                              F32x8 (&acc)[Groups * Tokens]) {
  constexpr int kFrom = Centre + kMoved<Range>;  // what the codes are too large by
  constexpr int64_t kTotals = Span == 16 ? 0 : kRoundedSums16;
  F32x8 q[4][Groups * Tokens];
  for (int k = 0; k < 4; k++) {
#pragma GCC unroll 16
    for (int i = 0; i < Groups * Tokens; i++) q[k][i] = zeros8();
  }
  for (int64_t span = 0; span < spans; span++) {
    I32x8 integers[Groups * Tokens];
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const int32_t total = kFrom == 0 ? 0 : -kFrom * x.totals[t * x.next * kRoundedSums + kTotals + span];
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) integers[t * Groups + g] = kFrom == 0 ? no_sums() : splat_sum(total);
    }
    multiply_span<Range, Span, Groups, Tokens>(at, integers);
    F32x8* to = q[span % 4];
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const F32x8 x_scale = splat8(x.scales[t * x.next * kGroupScales + span * Span / kScaled]);
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) {
        const F32x8 scale = load8(at.scales + g * (kCodePanel / Span)) * x_scale;
        to[t * Groups + g] = fma(scale, to_real(integers[t * Groups + g]), to[t * Groups + g]);
      }
    }
    at.w += Span * kCodeRows;
    at.scales += kCodeRows;
    at.x += Span;
  }
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) acc[i] = (q[0][i] + q[2][i]) + (q[1][i] + q[3][i]);
}

/// The sum of offsets of one group of columns, for eight rows and a token.
template <int OffsetSpan>
SOV_LANES F32x8 group_shift(const float* offsets, const float* x_sums) {
  F32x8 q[4];
#pragma GCC unroll 16
  for (int i = 0; i < kGroup / OffsetSpan; i++) {
    const F32x8 offset = load8(offsets + i * kCodeRows);
    q[i % 4] = fma(offset, splat8(x_sums[i]), i < 4 ? zeros8() : q[i % 4]);
  }
  return (q[0] + q[2]) + (q[1] + q[3]);
}

/// Eight totals, fewer for the last rows.
SOV_LANES F32x8 load_totals(const float* from, int64_t rows) {
  if (rows >= kCodeRows) return load8(from);
  alignas(32) float lanes[kCodeRows] = {};
  for (int64_t i = 0; i < rows; i++) lanes[i] = from[i];
  return load8(lanes);
}
SOV_LANES void store_totals(float* to, F32x8 value, int64_t rows) {
  if (rows >= kCodeRows) return store8(to, value);
  alignas(32) float lanes[kCodeRows];
  store8(lanes, value);
  for (int64_t i = 0; i < rows; i++) to[i] = lanes[i];
}

template <CodeRange Range, int Span, int Centre, int OffsetSpan, int Groups, int Tokens>
void code_tile_at(const CodeTileArgs& a, int64_t row_group, int64_t token) {
  constexpr int64_t kGroupSpans = kGroup / Span;
  for (int64_t group = 0; group * kGroup < a.cols; group++) {
    const CodePlace at = {a.w + row_group * kCodePanel + group * kGroup * kCodeRows,
                          a.scales + row_group * (kCodePanel / Span) + group * kGroupSpans * kCodeRows,
                          a.x + token * kCodeSegment + group * kGroup};
    const int64_t x_group = token * a.x_groups + group;
    const GroupOfTokens x = {a.x_scales + x_group * kGroupScales, a.x_totals + x_group * kRoundedSums,
                             a.x_sums + x_group * kRoundedSums, a.x_groups};
    const int64_t left = (a.cols - group * kGroup + Span - 1) / Span;
    F32x8 acc[Groups * Tokens];
    multiply_group<Range, Span, Centre, Groups, Tokens>(at, x, least(kGroupSpans, (left + 3) / 4 * 4), acc);
    const bool set = a.first_segment && group == 0;
    const bool last = (group + 1) * kGroup >= a.cols;
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) {
        const int64_t row = (row_group + g) * kCodeRows;
        float* y = a.y + (token + t) * a.y_stride + row;
        F32x8 total = (set ? zeros8() : load_totals(y, a.rows - row)) + acc[t * Groups + g];
        if constexpr (OffsetSpan > 0) {
          const float* offsets = a.offsets + (row_group + g) * (kCodePanel / OffsetSpan) +
                                 group * (kGroup / OffsetSpan) * kCodeRows;
          total = total + group_shift<OffsetSpan>(offsets, x.sums + t * x.next * kRoundedSums +
                                                               (OffsetSpan == 16 ? 0 : kRoundedSums16));
        }
        if (last && a.bias != nullptr) total = total + load_totals(a.bias + row, a.rows - row);
        store_totals(y, total, a.rows - row);
      }
    }
  }
}

template <CodeRange Range, int Span, int Centre, int OffsetSpan, int Groups>
SOV_LANES void code_tile_tokens(const CodeTileArgs& a, int64_t row_group, int64_t token, int64_t tokens) {
  static_assert(kCodeTokens == 4);
  if (tokens == 1) return code_tile_at<Range, Span, Centre, OffsetSpan, Groups, 1>(a, row_group, token);
  if (tokens == 2) return code_tile_at<Range, Span, Centre, OffsetSpan, Groups, 2>(a, row_group, token);
  if (tokens == 3) return code_tile_at<Range, Span, Centre, OffsetSpan, Groups, 3>(a, row_group, token);
  code_tile_at<Range, Span, Centre, OffsetSpan, Groups, 4>(a, row_group, token);
}

template <CodeRange Range, int Span, int Centre, int OffsetSpan>
void code_tile(const CodeTileArgs& a) {
  const int64_t groups = (a.rows + kCodeRows - 1) / kCodeRows;
  for (int64_t base = 0; base < a.tokens; base += kCodeTokenBlock) {
    const int64_t base_end = least(a.tokens, base + kCodeTokenBlock);
    for (int64_t group = 0; group < groups; group += kTileGroups) {
      for (int64_t token = base; token < base_end; token += kCodeTokens) {
        const int64_t tokens = least(kCodeTokens, base_end - token);
        if (group + kTileGroups <= groups) {
          code_tile_tokens<Range, Span, Centre, OffsetSpan, kTileGroups>(a, group, token, tokens);
        } else {
          for (int64_t g = group; g < groups; g++) {
            code_tile_tokens<Range, Span, Centre, OffsetSpan, 1>(a, g, token, tokens);
          }
        }
      }
    }
  }
}

}  // namespace sov::compute::SOV_TIER
