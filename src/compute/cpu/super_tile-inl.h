#pragma once
// The products of super_matvec-inl.h for many tokens, laid out as in code_tile-inl.h. Where that has a float
// for each span and row stands a packed_scale(); where it has offsets stand, for each group
// of 256 columns, eight times two scales (of types with a centre) or minimums of 16 columns a row, the
// factors of the rows and those of the minimums.

#include "compute/cpu/code_tile-inl.h"
#include "compute/cpu/super_matvec-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kPairs = kGroup / 32;       // of 16 columns, in a group
constexpr int64_t kSuperOffsetSpan = 16;  // room for kPairs and two factors a group
constexpr int64_t kSuperOffsets = kGroup / kSuperOffsetSpan * kCodeTileRows;

/// One row group, as pack_group().
template <typename Type>
SOV_LANES void pack_super_group(const std::byte* w, int64_t row_bytes, int64_t count, int64_t cols,
                                uint8_t* codes, float* scales, float* offsets) {
  constexpr int kSpans = kGroup / Type::kSpan, kHalves = 32 / Type::kSpan;
  alignas(64) uint8_t block_codes[kCodeRows * kGroup] = {};
  const int64_t used = count < kCodeRows ? count : kCodeRows;
  for (int64_t block = 0; block < cols / kGroup; block++) {
    float* to_scales = scales + block * kSpans * kCodeTileRows;
    float* to_offsets = offsets + block * kSuperOffsets;
    for (int64_t r = 0; r < kCodeRows; r++) {
      SuperScales of_row = {};
      if (r < used) {
        const std::byte* at = w + r * row_bytes + block * Type::kBytes;
        unpack_codes<Type>(at, block_codes + r * kGroup);
        Type::super_scales(at, of_row);
      }
      for (int span = 0; span < kSpans; span++) {
        const int32_t scale = packed_scale<Type::kDropped>(of_row.scales[2 * span / kHalves]);
        __builtin_memcpy(to_scales + span * kCodeTileRows + r, &scale, sizeof scale);
      }
      const int16_t* pairs = Type::kOffsetSpan > 0 ? of_row.minimums : of_row.scales;
      for (int i = 0; i < kPairs; i++) {
        __builtin_memcpy(to_offsets + i * kCodeTileRows + r, pairs + 2 * i, 2 * sizeof *pairs);
      }
      to_offsets[kPairs * kCodeTileRows + r] = super_factor<Type>(of_row);
      to_offsets[(kPairs + 1) * kCodeTileRows + r] = of_row.minimum_factor;
    }
    place_codes<Type>(block_codes, codes + block * kGroup * kCodeTileRows);
  }
}

template <typename Type>
void pack_super(const std::byte* w, int64_t row_bytes, int64_t count, int64_t cols, uint8_t* codes,
                float* scales, float* offsets) {
  for (int64_t r = 0; r < count; r += kCodeRows) {
    pack_super_group<Type>(w + r * row_bytes, row_bytes, count - r, cols, codes + r * kStep, scales + r,
                           offsets + r);
  }
}

#if defined(SOV_DOT_FOURS)

/// sums += scales * the products of one span.
template <CodeRange Range, int Span, int Groups, int Tokens>
SOV_LANES void multiply_scaled(const CodePlace& at, const SpanScales (&scales)[Groups * Tokens],
                               I32x8 (&sums)[Groups * Tokens]) {
  I32x8 integers[Groups * Tokens];
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) integers[i] = no_sums();
  multiply_span<Range, Span, Groups, Tokens>(at, integers);
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) sums[i] = sums[i] + integers[i] * scales[i];
}

#else

/// sums += scales * the products of one span.
template <CodeRange Range, int Span, int Groups, int Tokens>
SOV_LANES void multiply_scaled(const CodePlace& at, const SpanScales (&scales)[Groups * Tokens],
                               I32x8 (&sums)[Groups * Tokens]) {
  multiply_scaled_span<Range, Span, Groups, Tokens>(at, [&](int i) SOV_INLINED { return scales[i]; }, sums);
}

#endif

/// The sums of pairs (scales or minimums of 16 columns) times the totals of x, for row groups and tokens.
template <int Dropped, int Groups, int Tokens>
SOV_LANES void multiply_pairs(const float* pairs, const RoundedParts* x, int64_t next,
                              I32x8 (&out)[Groups * Tokens]) {
#pragma GCC unroll 16
  for (int i = 0; i < Groups * Tokens; i++) out[i] = no_sums();
#pragma GCC unroll 8
  for (int i = 0; i < kPairs; i++) {
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const I16x16 totals = splat_pair(x[t * next].totals + 2 * i),
                   parts = splat_pair(x[t * next].parts + 2 * i);
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) {
        const I16x16 own = load_words(pairs + i * kCodeTileRows + g * kCodeRows);
        I32x8& sum = out[t * Groups + g];
        sum = sum + dot_pairs(rounded_shift<Dropped>(own * parts), totals);
      }
    }
  }
}

/// One group of columns of a register tile, all spans.
template <CodeRange Range, int Span, int Dropped, int Groups, int Tokens>
SOV_LANES void multiply_super_group(CodePlace at, const RoundedParts* x, int64_t next,
                                    I32x8 (&sums)[Groups * Tokens]) {
  for (int span = 0; span < kGroup / Span; span++) {
    SpanScales scales[Groups * Tokens];
#pragma GCC unroll 8
    for (int t = 0; t < Tokens; t++) {
      const SpanScales part = splat_part<Dropped>(x[t * next].parts + 2 * (span * Span / 32));
#pragma GCC unroll 4
      for (int g = 0; g < Groups; g++) {
        scales[t * Groups + g] = weights_of<Dropped>(load_scales(at.scales + g * kCodeRows), part);
      }
    }
    multiply_scaled<Range, Span, Groups, Tokens>(at, scales, sums);
    at.w += Span * kCodeTileRows;
    at.scales += kCodeTileRows;
    at.x += Span;
  }
}

/// Whole numbers of a register tile and group of columns.
template <int Groups, int Tokens>
struct SuperSums {
  I32x8 values[Groups * Tokens], minimums[Groups * Tokens];
};

/// y += factors * sums, for whole row groups or, slower, some rows of them.
template <bool Minimums, bool Whole, int Groups, int Tokens>
SOV_LANES void add_super_to(const CodeTileArgs& a, int64_t row, int64_t token, int64_t group,
                            const SuperSums<Groups, Tokens>& sums) {
  const bool set = a.first_segment && group == 0;
  const bool bias = (group + 1) * kGroup >= a.cols && a.bias != nullptr;
  const float* factors =
      a.offsets + row * (kCodeSegment / kSuperOffsetSpan) + group * kSuperOffsets + kPairs * kCodeTileRows;
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
    const F32x8 scale = splat8(a.x_parts[(token + t) * a.x_groups + group].scale);
#pragma GCC unroll 4
    for (int g = 0; g < Groups; g++) {
      const int64_t r = row + g * kCodeRows;
      const auto load = [&](const float* from)
                            SOV_INLINED { return Whole ? load8(from) : load_totals(from, a.rows - r); };
      float* y = a.y + (token + t) * a.y_stride + r;
      F32x8 total = set ? zeros8() : load(y);
      total = fma(load8(factors + g * kCodeRows) * scale, to_real(sums.values[t * Groups + g]), total);
      if constexpr (Minimums) {
        const F32x8 factor = load8(factors + kCodeTileRows + g * kCodeRows);
        total = fma(factor * scale, to_real(sums.minimums[t * Groups + g]), total);
      }
      if (bias) total = total + load(a.bias + r);
      if constexpr (Whole) {
        store8(y, total);
      } else {
        store_totals(y, total, a.rows - r);
      }
    }
  }
}

template <CodeRange Range, int Span, int Centre, int Dropped, bool Minimums, int Groups, int Tokens>
void super_tile_at(const CodeTileArgs& a, int64_t row, int64_t token) {
  constexpr int kFrom = Centre + kMoved<Range>;
  for (int64_t group = 0; group * kGroup < a.cols; group++) {
    const CodePlace at = {a.w + row * kCodeSegment + group * kGroup * kCodeTileRows,
                          a.scales + row * (kCodeSegment / Span) + group * (kGroup / Span) * kCodeTileRows,
                          a.x + token * kCodeSegment + group * kGroup};
    const float* pairs = a.offsets + row * (kCodeSegment / kSuperOffsetSpan) + group * kSuperOffsets;
    const RoundedParts* x = a.x_parts + token * a.x_groups + group;
    SuperSums<Groups, Tokens> sums;
    if constexpr (kFrom != 0 || Minimums) {
      multiply_pairs<Minimums ? 0 : Dropped, Groups, Tokens>(pairs, x, a.x_groups, sums.minimums);
    }
#pragma GCC unroll 16
    for (int i = 0; i < Groups * Tokens; i++) {
      sums.values[i] = kFrom != 0 ? times(sums.minimums[i], -kFrom) : no_sums();
    }
    multiply_super_group<Range, Span, Dropped, Groups, Tokens>(at, x, a.x_groups, sums.values);
    if (a.rows - row >= Groups * kCodeRows) {
      add_super_to<Minimums, true>(a, row, token, group, sums);
    } else {
      add_super_to<Minimums, false>(a, row, token, group, sums);
    }
  }
}

template <CodeRange Range, int Span, int Centre, int Dropped, bool Minimums>
void super_tile(const CodeTileArgs& a) {
  over_register_tiles(
      a, [](int64_t, int64_t) {},
      [&](auto groups, auto tokens, int64_t row, int64_t base, int64_t token) {
        super_tile_at<Range, Span, Centre, Dropped, Minimums, groups.value, tokens.value>(a, row,
                                                                                          base + token);
      });
}

}  // namespace sov::compute::SOV_TIER
