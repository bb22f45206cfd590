#pragma once
// The products of code_matvec-inl.h for many tokens. Eight rows, a row group, lie side by side in the lanes,
// four columns of each: a step multiplies four of one token's codes with those of eight rows, so that a
// span's integers need no sum across lanes and one conversion serves eight rows.

#include "compute/cpu/codes-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/rounding-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kCodeRows = 8;  // a row group
constexpr int kStep = 4;      // columns

/// Row groups of a register tile, which lie step by step beside each other, and its tokens. Loads from
/// addresses a multiple of 4096 apart, as those of row groups one after the other, wait for each other.
#if defined(__AVX2__)
constexpr int kTileGroups = 2, kCodeTokens = 4;  // 8 sums, 2 weights and more of 16 registers
#else
constexpr int kTileGroups = 1, kCodeTokens = 4;
#endif
constexpr int kCodeTileRows = kTileGroups * kCodeRows;
constexpr int64_t kStepBytes = kCodeTileRows * kStep;
constexpr int64_t kCodeTokenBlock = 96;  // that pass from L2 while the rows of a register tile stay in L1

/// Fours of eight rows, [8][32 codes] -> [8 fours][8 rows], fours kStepBytes apart.
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
        __builtin_memcpy(out + (4 * half + p) * kStepBytes + 16 * four, &in[p], sizeof in[p]);
      }
    }
  }
}

/// One block's codes of a row, as the tier's products want them.
template <typename Type>
SOV_LANES void unpack_codes(const std::byte* block, uint8_t* out) {
  Type::runs(block, [&](auto run, Codes32 codes)
                        SOV_INLINED { store_codes(out + 32 * run.value, moved<Type::kRange>(codes)); });
}
/// A block of a row group, [8][elements], to its place in a register tile's rows.
template <typename Type>
SOV_LANES void place_codes(const uint8_t* rows, uint8_t* out) {
  for (int64_t col = 0; col < Type::kElements; col += 32) {
    turn_fours(rows + col, Type::kElements, out + col * kCodeTileRows);
  }
}

/// One row group of a register tile's rows: `cols` columns, whole blocks; rows from `count` on are zeros.
template <typename Type>
SOV_LANES void pack_group(const std::byte* w, int64_t row_bytes, int64_t count, int64_t cols, uint8_t* codes,
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
      unpack_codes<Type>(at, block_codes + r * Type::kElements);
      Type::scales(at, block_scales + r * kSpans);
      if constexpr (Type::kOffsetSpan > 0) Type::offsets(at, block_offsets + r * kOffsets);
    }
    place_codes<Type>(block_codes, codes + block * Type::kElements * kCodeTileRows);
    for (int64_t r = 0; r < kCodeRows; r++) {
      for (int span = 0; span < kSpans; span++) {
        scales[(block * kSpans + span) * kCodeTileRows + r] = block_scales[r * kSpans + span];
      }
      for (int i = 0; Type::kOffsetSpan > 0 && i < kOffsets; i++) {
        offsets[(block * kOffsets + i) * kCodeTileRows + r] = block_offsets[r * kOffsets + i];
      }
    }
  }
}

/// A segment of `cols` columns, whole blocks, of a register tile's rows; spans that are missing to a multiple
/// of four are zeros.
template <typename Type>
void pack_codes(const std::byte* w, int64_t row_bytes, int64_t count, int64_t cols, uint8_t* codes,
                float* scales, float* offsets) {
  for (int64_t r = 0; r < count; r += kCodeRows) {
    pack_group<Type>(w + r * row_bytes, row_bytes, count - r, cols, codes + r * kStep, scales + r,
                     offsets + r);
  }
  const int64_t end = (cols + 4 * Type::kSpan - 1) / (4 * Type::kSpan) * (4 * Type::kSpan);
  for (int64_t i = cols * kCodeTileRows; i < end * kCodeTileRows; i++) codes[i] = 0;
  for (int64_t i = cols / Type::kSpan * kCodeTileRows; i < end / Type::kSpan * kCodeTileRows; i++)
    scales[i] = 0;
  if constexpr (Type::kOffsetSpan > 0) {
    constexpr int64_t kOffsets = kCodeSegment / Type::kOffsetSpan;
    for (int64_t i = cols / Type::kOffsetSpan * kCodeTileRows; i < kOffsets * kCodeTileRows; i++)
      offsets[i] = 0;
  }
}

/// Where a register tile stands in a group of columns.
struct CodePlace {
  const uint8_t* w;  // of the first row group; the next one is a step's codes on
  const float* scales;
  const int8_t* x;  // of the first token; the next one is kCodeSegment on
};

/// One step of a span, or two: the codes of every row group times those of every token.
template <int Groups, int Tokens, typename Multiply>
SOV_LANES void multiply_step(const CodePlace& at, int step, Multiply multiply) {
  Codes32 codes[Groups];
#pragma GCC unroll 4
  for (int g = 0; g < Groups; g++) {
    codes[g] = load_codes_once(at.w + step * kStepBytes + g * kStep * kCodeRows);
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

/// Two steps at once.
template <int Groups, int Tokens, typename Multiply>
SOV_LANES void multiply_two_steps(const CodePlace& at, int step, Multiply multiply) {
  Codes32 codes[Groups][2];
#pragma GCC unroll 4
  for (int g = 0; g < Groups; g++) {
    const uint8_t* from = at.w + step * kStepBytes + g * kStep * kCodeRows;
    codes[g][0] = load_codes_once(from);
    codes[g][1] = load_codes_once(from + kStepBytes);
  }
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
    const int8_t* from = at.x + t * kCodeSegment + kStep * step;
    const Codes32 x[2] = {splat_four(from), splat_four(from + kStep)};
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) multiply(t * Groups + g, codes[g], x);
  }
}

/// sums += the products of one span, pairs of them times scale(i) for row group and token i.
template <CodeRange Range, int Span, int Groups, int Tokens, typename Scale>
SOV_LANES void multiply_scaled_span(const CodePlace& at, Scale scale, I32x8 (&sums)[Groups * Tokens]) {
  if constexpr (Range == CodeRange::four_bits) {
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
    for (int i = 0; i < Groups * Tokens; i++) sums[i] = sums[i] + dot_pairs(words[i], scale(i));
  } else if constexpr (Range == CodeRange::six_bits) {
#pragma GCC unroll 4
    for (int step = 0; step < Span / kStep; step += 2) {
      multiply_two_steps<Groups, Tokens>(at, step,
                                         [&](int i, const Codes32(&codes)[2], const Codes32(&x)[2])
                                             SOV_INLINED { sums[i] = add_two(codes, x, scale(i), sums[i]); });
    }
  } else {
#pragma GCC unroll 8
    for (int step = 0; step < Span / kStep; step++) {
      multiply_step<Groups, Tokens>(at, step, [&](int i, Codes32 codes, Codes32 x) SOV_INLINED {
        sums[i] = add_signed(codes, magnitude(codes), x, scale(i), sums[i]);
      });
    }
  }
}

/// integers += those of one span.
template <CodeRange Range, int Span, int Groups, int Tokens>
SOV_LANES void multiply_span(const CodePlace& at, I32x8 (&integers)[Groups * Tokens]) {
  multiply_scaled_span<Range, Span, Groups, Tokens>(at, [](int) SOV_INLINED { return ones(); }, integers);
}

#endif

/// A token's scales, starts and sums of one group of columns; those of the next token are `next` groups on.
struct GroupOfTokens {
  const float* scales;
  const int32_t* starts;  // see Starts; the next token's are kCodeSegment / Span on
  const float* sums;
  int64_t next;
};

/// What the integers of each span start from, for the tokens of a block: codes lie higher than what they
/// stand for by kFrom, which the sum of the activations' codes makes good.
template <CodeRange Range, int Span, int Centre>
struct Starts {
  static constexpr int kFrom = Centre + kMoved<Range>;
  static constexpr int64_t kSpans = kCodeSegment / Span;
  alignas(64) int32_t values[kFrom == 0 ? 1 : kCodeTokenBlock * kSpans];

  [[gnu::always_inline]] void set(const CodeTileArgs& a, int64_t base, int64_t tokens) {
    if constexpr (kFrom != 0) {
      constexpr int64_t kGroupSpans = kGroup / Span, kTotals = Span == 16 ? 0 : kRoundedSums16;
      for (int64_t t = 0; t < tokens; t++) {
        for (int64_t group = 0; group * kGroup < a.cols; group++) {
          const int32_t* from = a.x_totals + ((base + t) * a.x_groups + group) * kRoundedSums + kTotals;
          for (int64_t i = 0; i < kGroupSpans; i++) {
            values[t * kSpans + group * kGroupSpans + i] = -kFrom * from[i];
          }
        }
      }
    }
  }
};

/// One span: to = or += scales * integers.
template <CodeRange Range, int Span, int Centre, bool First, int Groups, int Tokens>
SOV_LANES void add_span(const CodePlace& at, const GroupOfTokens& x, int64_t span,
                        F32x8 (&to)[Groups * Tokens]) {
  constexpr bool kStarts = Starts<Range, Span, Centre>::kFrom != 0;
  I32x8 integers[Groups * Tokens];
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
    const I32x8 start = kStarts ? splat_sum(x.starts[t * (kCodeSegment / Span) + span]) : no_sums();
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) integers[t * Groups + g] = start;
  }
  multiply_span<Range, Span, Groups, Tokens>(at, integers);
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
    const F32x8 x_scale = splat8(x.scales[t * x.next * kGroupScales + span * Span / kScaled]);
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) {
      const F32x8 scale = load8(at.scales + g * kCodeRows) * x_scale;
      F32x8& sum = to[t * Groups + g];
      sum = fma(scale, to_real(integers[t * Groups + g]), First ? zeros8() : sum);
    }
  }
}

/// One group of columns, whose spans are a multiple of four: acc of each row group and token.
template <CodeRange Range, int Span, int Centre, int Groups, int Tokens>
SOV_LANES void multiply_group(CodePlace at, const GroupOfTokens& x, int64_t spans,
                              F32x8 (&acc)[Groups * Tokens]) {
  F32x8 q[4][Groups * Tokens];
  const auto next = [&at] {
    at.w += Span * kCodeTileRows;
    at.scales += kCodeTileRows;
    at.x += Span;
  };
  for (int64_t span = 0; span < 4; span++, next()) {
    add_span<Range, Span, Centre, true, Groups, Tokens>(at, x, span, q[span]);
  }
  for (int64_t span = 4; span < spans; span++, next()) {
    add_span<Range, Span, Centre, false, Groups, Tokens>(at, x, span, q[span % 4]);
  }
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) acc[i] = (q[0][i] + q[2][i]) + (q[1][i] + q[3][i]);
}

/// The sums of offsets of one group of columns, for the row groups and a token.
template <int OffsetSpan, int Groups>
SOV_LANES void group_shifts(const float* offsets, const float* x_sums, F32x8 (&out)[Groups]) {
  static_assert(OffsetSpan == kScaled);  // what sums are of
  F32x8 q[4][Groups];
#pragma GCC unroll 16
  for (int i = 0; i < kGroup / OffsetSpan; i++) {
    const F32x8 sum = splat8(x_sums[i]);
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) {
      q[i % 4][g] =
          fma(load8(offsets + i * kCodeTileRows + g * kCodeRows), sum, i < 4 ? zeros8() : q[i % 4][g]);
    }
  }
#pragma GCC unroll 4
  for (int g = 0; g < Groups; g++) out[g] = (q[0][g] + q[2][g]) + (q[1][g] + q[3][g]);
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

/// A register tile: row groups from `row` on and tokens of a block, `token` counted within it.
struct TilePlace {
  int64_t row, base, token;
};

/// acc += what the offsets of a group of columns give, in the order of few_shifts().
template <int OffsetSpan, int Groups, int Tokens>
SOV_LANES void add_shifts(const float* offsets, const GroupOfTokens& x, F32x8 (&total)[Groups * Tokens]) {
  if constexpr (OffsetSpan > 0) {
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      F32x8 shifts[Groups];
      group_shifts<OffsetSpan, Groups>(offsets, x.sums + t * x.next * kGroupScales, shifts);
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) total[t * Groups + g] = total[t * Groups + g] + shifts[g];
    }
  }
}

/// y += acc and the offsets', for whole row groups or, slower, some rows of them.
template <int OffsetSpan, int Groups, int Tokens, bool Whole>
SOV_LANES void add_group_to(const CodeTileArgs& a, const TilePlace& place, int64_t group,
                            const GroupOfTokens& x, const F32x8 (&acc)[Groups * Tokens]) {
  const auto load = [&](const float* from, int64_t r)
                        SOV_INLINED { return Whole ? load8(from) : load_totals(from, a.rows - r); };
  const auto y_at = [&](int t, int64_t r)
                        SOV_INLINED { return a.y + (place.base + place.token + t) * a.y_stride + r; };
  F32x8 total[Groups * Tokens];
  const bool set = a.first_segment && group == 0;
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) {
      const int64_t r = place.row + g * kCodeRows;
      total[t * Groups + g] = (set ? zeros8() : load(y_at(t, r), r)) + acc[t * Groups + g];
    }
  }
  if constexpr (OffsetSpan > 0) {
    const float* offsets =
        a.offsets + place.row * (kCodeSegment / OffsetSpan) + group * (kGroup / OffsetSpan) * kCodeTileRows;
    add_shifts<OffsetSpan, Groups, Tokens>(offsets, x, total);
  }
  const bool bias = (group + 1) * kGroup >= a.cols && a.bias != nullptr;
#pragma GCC unroll 4
  for (int g = 0; g < Groups; g++) {
    const int64_t r = place.row + g * kCodeRows;
    F32x8 more = zeros8();
    if (bias) more = load(a.bias + r, r);
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const F32x8 sum = bias ? total[t * Groups + g] + more : total[t * Groups + g];
      if constexpr (Whole) {
        store8(y_at(t, r), sum);
      } else {
        store_totals(y_at(t, r), sum, a.rows - r);
      }
    }
  }
}

template <CodeRange Range, int Span, int Centre, int OffsetSpan, int Groups, int Tokens>
void code_tile_at(const CodeTileArgs& a, const Starts<Range, Span, Centre>& starts, const TilePlace& place) {
  constexpr int64_t kGroupSpans = kGroup / Span;
  const int64_t row = place.row, token = place.base + place.token;
  for (int64_t group = 0; group * kGroup < a.cols; group++) {
    const CodePlace at = {a.w + row * kCodeSegment + group * kGroup * kCodeTileRows,
                          a.scales + row * (kCodeSegment / Span) + group * kGroupSpans * kCodeTileRows,
                          a.x + token * kCodeSegment + group * kGroup};
    const int64_t x_group = token * a.x_groups + group;
    const int64_t first_start = place.token * (kCodeSegment / Span) + group * kGroupSpans;
    const GroupOfTokens x = {a.x_scales + x_group * kGroupScales,
                             starts.values + (starts.kFrom == 0 ? 0 : first_start),
                             a.x_sums + x_group * kGroupScales, a.x_groups};
    const int64_t left = (a.cols - group * kGroup + Span - 1) / Span;
    F32x8 acc[Groups * Tokens];
    multiply_group<Range, Span, Centre, Groups, Tokens>(at, x, least(kGroupSpans, (left + 3) / 4 * 4), acc);
    if (a.rows - row >= Groups * kCodeRows) {
      add_group_to<OffsetSpan, Groups, Tokens, true>(a, place, group, x, acc);
    } else {
      add_group_to<OffsetSpan, Groups, Tokens, false>(a, place, group, x, acc);
    }
  }
}

/// tile(groups, tokens, row, base, token) for every register tile; `base`: where its block of tokens begins,
/// `token`: from there; begin(base, tokens) before each block.
template <typename Begin, typename Tile>
SOV_LANES void over_register_tiles(const CodeTileArgs& a, Begin begin, Tile tile) {
  static_assert(kCodeTokens == 4);
  const auto of_tokens = [&](auto groups, int64_t tokens, int64_t row, int64_t base, int64_t token) {
    if (tokens == 1) return tile(groups, Constant<1>{}, row, base, token);
    if (tokens == 2) return tile(groups, Constant<2>{}, row, base, token);
    if (tokens == 3) return tile(groups, Constant<3>{}, row, base, token);
    tile(groups, Constant<4>{}, row, base, token);
  };
  for (int64_t base = 0; base < a.tokens; base += kCodeTokenBlock) {
    const int64_t count = least(kCodeTokenBlock, a.tokens - base);
    begin(base, count);
    for (int64_t row = 0; row < a.rows; row += kCodeTileRows) {
      const bool all = a.rows - row > kCodeTileRows - kCodeRows;
      for (int64_t token = 0; token < count; token += kCodeTokens) {
        const int64_t tokens = least(kCodeTokens, count - token);
        if (all) {
          of_tokens(Constant<kTileGroups>{}, tokens, row, base, token);
        } else {
          of_tokens(Constant<1>{}, tokens, row, base, token);
        }
      }
    }
  }
}

template <CodeRange Range, int Span, int Centre, int OffsetSpan>
void code_tile(const CodeTileArgs& a) {
  Starts<Range, Span, Centre> starts;
  over_register_tiles(
      a, [&](int64_t base, int64_t count) { starts.set(a, base, count); },
      [&](auto groups, auto tokens, int64_t row, int64_t base, int64_t token) {
        code_tile_at<Range, Span, Centre, OffsetSpan, groups.value, tokens.value>(a, starts,
                                                                                  {row, base, token});
      });
}

}  // namespace sov::compute::SOV_TIER
