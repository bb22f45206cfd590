#pragma once
// Products of quantised weights and activations rounded to 8 bits, for few tokens: rows are used as they
// lie, of the common types by four or two tokens at a time, of the others by one after the other. An output
// is
//
//   total += acc    over groups of 256 columns in order, where
//   acc    = (q0 + q2) + (q1 + q3),  q[j % 4] += (scale_j * x_scale_j) * integer_j   over the group's spans
//   j,
//
// integer_j being the exact sum of a span's products. For types with offsets follows, group by group, the
// same sum of offset_j * (sum of the x of its columns). The bits depend on the weight row, the activation row
// and nothing else; code_tile-inl.h computes the same. Super-blocks: super_matvec-inl.h.

#include "compute/cpu/codes-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/rounding-inl.h"
#include "compute/cpu/super_matvec-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kFewTokens = 4;
/// Blocks that make four spans or more.
template <typename Type>
constexpr int kUnit = Type::kElements == 32 ? 4 : 1;
template <typename Type>
constexpr int kUnitBytes = kUnit<Type> * Type::kBytes;

/// Some columns of a token.
struct FewPlace {
  const int8_t* codes;
  const float* scales;
  const int32_t* totals16;
  const int32_t* totals32;
};
SOV_LANES FewPlace moved_by(const FewPlace& from, int64_t cols) {
  return {from.codes + cols, from.scales + cols / kScaled, from.totals16 + cols / 16,
          from.totals32 + cols / 32};
}

/// q += scales * the sums of four spans, the first of them span `span` of x.
template <typename Type>
SOV_LANES void add_spans(Int4 integers, Float4 scales, const FewPlace& x, int span, Float4& q) {
  constexpr int kFrom = Type::kCentre + kMoved<Type::kRange>;
  if constexpr (kFrom != 0) {
    integers -= kFrom * load_int4((Type::kSpan == 16 ? x.totals16 : x.totals32) + span);
  }
  if constexpr (Type::kSpan == 16) {
    const Float4 two = {x.scales[span / 2], x.scales[span / 2], x.scales[span / 2 + 1],
                        x.scales[span / 2 + 1]};
    q = fma(scales * two, to_real(integers), q);
  } else {
    q = fma(scales * load4(x.scales + span), to_real(integers), q);
  }
}

/// A block of 256, four spans at a time.
template <typename Type, int Tokens>
SOV_LANES void add_whole_block(const std::byte* block, const FewPlace (&x)[Tokens], Float4 (&q)[Tokens]) {
  constexpr int kSpans = 32 / Type::kSpan;  // of a run
  constexpr int kRuns = 4 / kSpans;         // of four spans
  alignas(64) float scales[Type::kElements / Type::kSpan];
  Type::scales(block, scales);
  I32x8 integers[Tokens][kRuns];
  Type::runs(block, [&](auto run, Codes32 codes) SOV_INLINED {
    each_of<Tokens>([&](auto t) SOV_INLINED {
      integers[t.value][run.value % kRuns] =
          fours<Type::kRange>(codes, load_codes(x[t.value].codes + 32 * run.value));
      if constexpr (run.value % kRuns == kRuns - 1) {
        constexpr int kSpan = (run.value / kRuns) * 4;
        Int4 sums;
        if constexpr (kRuns == 4) {
          sums = sum_four(integers[t.value]);
        } else {
          sums = sum_halves(integers[t.value]);
        }
        add_spans<Type>(sums, load4(scales + kSpan), x[t.value], kSpan, q[t.value]);
      }
    });
  });
}

/// Four blocks of 32.
template <typename Type, int Tokens>
SOV_LANES void add_four_blocks(const std::byte* blocks, const FewPlace (&x)[Tokens], Float4 (&q)[Tokens]) {
  static_assert(Type::kSpan == Type::kElements);
  I32x8 integers[Tokens][4];
  each_of<4>([&](auto k) SOV_INLINED {
    Type::runs(blocks + k.value * Type::kBytes, [&](auto, Codes32 codes) SOV_INLINED {
      each_of<Tokens>([&](auto t) SOV_INLINED {
        integers[t.value][k.value] = fours<Type::kRange>(codes, load_codes(x[t.value].codes + 32 * k.value));
      });
    });
  });
  const Float4 scales = Type::scales_of_four(blocks);
  each_of<Tokens>([&](auto t) SOV_INLINED {
    add_spans<Type>(sum_four(integers[t.value]), scales, x[t.value], 0, q[t.value]);
  });
}

/// The sums of a group of one row and all tokens.
template <typename Type, int Tokens>
SOV_LANES void add_blocks(const std::byte* block, const FewPlace (&x)[Tokens], Float4 (&q)[Tokens]) {
  prefetch_block<kUnitBytes<Type>>(block);
  if constexpr (Type::kElements == 32) {
    add_four_blocks<Type, Tokens>(block, x, q);
  } else {
    add_whole_block<Type, Tokens>(block, x, q);
  }
}

/// One group of `blocks` blocks of a row: q of each token, and the offsets.
template <typename Type, int Tokens>
SOV_LANES void add_group(const std::byte* row, int64_t blocks, const FewPlace (&x)[Tokens],
                         Float4 (&q)[Tokens], float* offsets) {
  for (int64_t block = 0; block < blocks; block += kUnit<Type>) {
    FewPlace places[Tokens];
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) places[t] = moved_by(x[t], block * Type::kElements);
    const int64_t count = least(kUnit<Type>, blocks - block);
    const std::byte* at = row;
    // The codes that meet missing blocks are zeros, and so are their scales.
    alignas(64) std::byte padded[kUnitBytes<Type>];
    if (count < kUnit<Type>) {
      __builtin_memset(padded, 0, sizeof padded);
      __builtin_memcpy(padded, row, static_cast<size_t>(count * Type::kBytes));
      at = padded;
    }
    add_blocks<Type, Tokens>(at, places, q);
    if constexpr (Type::kOffsetSpan > 0) {
      for (int64_t k = 0; k < count; k++) {
        Type::offsets(row + k * Type::kBytes, offsets + (block + k) * Type::kElements / Type::kOffsetSpan);
      }
    }
    row += count * Type::kBytes;
  }
}

/// The sum of a group's offsets for one token, in the lanes that sum_four() adds up.
template <int OffsetSpan>
SOV_LANES Float4 few_shifts(const float* offsets, const float* sums) {
  static_assert(OffsetSpan == kScaled);  // what sums are of
  Float4 out = {};
#pragma GCC unroll 4
  for (int i = 0; i < kGroup / OffsetSpan; i += 4) out = fma(load4(offsets + i), load4(sums + i), out);
  return out;
}

/// Lane s of out[t]: the product of row s and token first + t.
template <typename Type, int Tokens>
SOV_LANES void dot_codes(RowStreams<kStreams> rows, int64_t cols, const RoundedRows& x, int64_t first,
                         Float4 (&out)[Tokens]) {
  constexpr int kBlocks = kGroup / Type::kElements;
  for (int t = 0; t < Tokens; t++) out[t] = Float4{};
  int64_t left = cols / Type::kElements;
  for (int64_t group = 0; left > 0; group++, left -= kBlocks) {
    FewPlace places[Tokens];
    const float* sums[Tokens];
    for (int t = 0; t < Tokens; t++) {
      const int64_t at = (first + t) * x.groups + group;
      const int32_t* totals = x.totals + at * kRoundedSums;
      places[t] = {codes_of(x, first + t, group), x.scales + at * kGroupScales, totals,
                   totals + kRoundedSums16};
      sums[t] = x.sums + at * kGroupScales;
    }
    Float4 q[kStreams][Tokens] = {}, shift[kStreams][Tokens] = {};
    const int64_t blocks = least(left, kBlocks);
    for (int s = 0; s < kStreams; s++) {
      alignas(64) float offsets[kRoundedSums16] = {};
      add_group<Type, Tokens>(rows.at[s], blocks, places, q[s], offsets);
      rows.at[s] += blocks * Type::kBytes;
      if constexpr (Type::kOffsetSpan > 0) {
#pragma GCC unroll 4
        for (int t = 0; t < Tokens; t++) shift[s][t] = few_shifts<Type::kOffsetSpan>(offsets, sums[t]);
      }
    }
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) {
      const Float4 parts[4] = {q[0][t], q[1][t], q[2][t], q[3][t]};
      out[t] = out[t] + sum_four(parts);
      if constexpr (Type::kOffsetSpan > 0) {
        const Float4 more[4] = {shift[0][t], shift[1][t], shift[2][t], shift[3][t]};
        out[t] = out[t] + sum_four(more);
      }
    }
  }
}

/// Rows `row + s * apart`, the last of them `last` at most.
template <typename Type, int Tokens>
SOV_LANES void multiply_streams(const CodeMatvecArgs& a, int64_t row, int64_t apart, int64_t last,
                                int64_t token) {
  RowStreams<kStreams> streams;
  for (int s = 0; s < kStreams; s++) streams.at[s] = a.w + least(row + s * apart, last) * a.row_bytes;
  Float4 out[Tokens];
  if constexpr (Type::kSuper) {
    dot_super<Type, Tokens>(streams, a.cols, a.x, token, out);
  } else {
    dot_codes<Type, Tokens>(streams, a.cols, a.x, token, out);
  }
  for (int s = 0; s < kStreams; s++) {
    const int64_t r = row + s * apart;
    if (r > last) return;
    for (int t = 0; t < Tokens; t++) {
      a.y[(token + t) * a.y_stride + r] = with_bias(out[t][s], a.bias, r);
    }
  }
}

template <typename Type>
void multiply_few(const CodeMatvecArgs& a, int64_t row, int64_t apart, int64_t last) {
  int64_t token = 0;
  if constexpr (Type::kCommon) {
    for (; token + kFewTokens <= a.x.count; token += kFewTokens) {
      multiply_streams<Type, kFewTokens>(a, row, apart, last, token);
    }
    if (token + 2 <= a.x.count) {
      multiply_streams<Type, 2>(a, row, apart, last, token);
      token += 2;
    }
  }
  for (; token < a.x.count; token++) multiply_streams<Type, 1>(a, row, apart, last, token);
}

/// Four streams a quarter of the rows apart (see kStreams); what does not fill them follows side by side.
template <typename Type>
void matvec_codes(const CodeMatvecArgs& a) {
  const int64_t apart = a.rows / kStreams;
  for (int64_t row = 0; row < apart; row++) multiply_few<Type>(a, row, apart, a.rows - 1);
  if (kStreams * apart < a.rows) multiply_few<Type>(a, kStreams * apart, 1, a.rows - 1);
}

}  // namespace sov::compute::SOV_TIER
