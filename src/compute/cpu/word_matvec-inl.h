#pragma once
// Products of quantised weights and activations rounded to 16 bits, for few tokens: rows are used as they
// lie, of the common types by four tokens at a time, of the others by one after the other. An output is
//
//   total += x_scale * acc    over groups of 256 columns in order, where
//   acc    = (q0 + q2) + (q1 + q3),  q[j % 4] += scale_j * integer_j   over the group's spans j in order,
//
// integer_j being the exact sum of a span's products. For types with offsets follows, group by group, the
// same sum of offset_j * (sum of x over 32 columns). The bits depend on the weight row, the activation row
// and nothing else; word_tile-inl.h computes the same.

#include "compute/cpu/codes-inl.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/matmul-inl.h"
#include "compute/cpu/word_rounding-inl.h"

namespace sov::compute::SOV_TIER {

constexpr int kFewTokens = 4;
/// Blocks that make four spans or more.
template <typename Type>
constexpr int kUnit = Type::kElements == 32 ? 4 : 1;
template <typename Type>
constexpr int kUnitBytes = kUnit<Type> * Type::kBytes;

/// q[t] += scales * the sums of four spans.
template <int Tokens>
SOV_LANES void add_spans(const I32x8 (&integers)[Tokens][4], Float4 scales, Float4 (&q)[Tokens]) {
  each_of<Tokens>([&](auto t) SOV_INLINED {
    q[t.value] = fma(scales, to_real(sum_four(integers[t.value])), q[t.value]);
  });
}

/// A run's products with every token's codes, set or added.
template <bool First, int Slot, int Tokens>
SOV_LANES void add_run(I16x16 words, const int16_t* const (&x)[Tokens], int64_t at,
                       I32x8 (&integers)[Tokens][4]) {
  each_of<Tokens>([&](auto t) SOV_INLINED {
    const I32x8 more = products(words, load_words(x[t.value] + at));
    I32x8& to = integers[t.value][Slot];
    if constexpr (First) {
      to = more;
    } else {
      to = to + more;
    }
  });
}

/// A block of 256, four spans at a time.
template <typename Type, int Tokens>
SOV_LANES void add_whole_block(const std::byte* block, const int16_t* const (&x)[Tokens],
                               Float4 (&q)[Tokens]) {
  constexpr int kRuns = Type::kSpan / kLanes;
  alignas(64) float scales[Type::kElements / Type::kSpan];
  Type::scales(block, scales);
  I32x8 integers[Tokens][4];
  Type::runs(block, [&](auto run, I16x16 words) SOV_INLINED {
    constexpr int kSpan = run.value / kRuns;
    add_run<run.value % kRuns == 0, kSpan % 4>(words, x, kLanes * run.value, integers);
    if constexpr (run.value % (4 * kRuns) == 4 * kRuns - 1) {
      add_spans(integers, load4(scales + kSpan - 3), q);
    }
  });
}

/// Four blocks of 32.
template <typename Type, int Tokens>
SOV_LANES void add_four_blocks(const std::byte* blocks, const int16_t* const (&x)[Tokens],
                               Float4 (&q)[Tokens]) {
  static_assert(Type::kSpan == Type::kElements);
  I32x8 integers[Tokens][4];
  each_of<4>([&](auto k) SOV_INLINED {
    Type::runs(blocks + k.value * Type::kBytes, [&](auto run, I16x16 words) SOV_INLINED {
      add_run<run.value == 0, k.value>(words, x, k.value * Type::kElements + kLanes * run.value, integers);
    });
  });
  add_spans(integers, Type::scales_of_four(blocks), q);
}

/// The sums of a group of one row and all tokens.
template <typename Type, int Tokens>
SOV_LANES void add_blocks(const std::byte* block, const int16_t* const (&x)[Tokens], Float4 (&q)[Tokens]) {
  prefetch_block<kUnitBytes<Type>>(block);
  if constexpr (Type::kElements == 32) {
    add_four_blocks<Type, Tokens>(block, x, q);
  } else {
    add_whole_block<Type, Tokens>(block, x, q);
  }
}

/// One group of `blocks` blocks of a row: q of each token, and the offsets.
template <typename Type, int Tokens>
SOV_LANES void add_group(const std::byte* row, int64_t blocks, const int16_t* const (&x)[Tokens],
                         Float4 (&q)[Tokens], float* offsets) {
  for (int64_t block = 0; block < blocks; block += kUnit<Type>) {
    const int16_t* codes[Tokens];
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) codes[t] = x[t] + block * Type::kElements;
    const int64_t count = least(kUnit<Type>, blocks - block);
    const std::byte* at = row;
    // The codes that meet missing blocks are zeros, and so are their scales.
    alignas(64) std::byte padded[kUnitBytes<Type>];
    if (count < kUnit<Type>) {
      __builtin_memset(padded, 0, sizeof padded);
      __builtin_memcpy(padded, row, static_cast<size_t>(count * Type::kBytes));
      at = padded;
    }
    add_blocks<Type, Tokens>(at, codes, q);
    if constexpr (Type::kOffsets) {
      for (int64_t k = 0; k < count; k++) {
        Type::offsets(row + k * Type::kBytes, offsets + (block + k) * Type::kElements / 32);
      }
    }
    row += count * Type::kBytes;
  }
}

/// Lane s of out[t]: the product of row s and token first + t.
template <typename Type, int Tokens>
SOV_LANES void dot_words(RowStreams<kStreams> rows, int64_t cols, const RoundedRows& x, int64_t first,
                         Float4 (&out)[Tokens]) {
  constexpr int kBlocks = kGroup / Type::kElements;
  for (int t = 0; t < Tokens; t++) out[t] = Float4{};
  int64_t left = cols / Type::kElements;
  for (int64_t group = 0; left > 0; group++, left -= kBlocks) {
    const int16_t* codes[Tokens];
    const float* sums[Tokens];
    for (int t = 0; t < Tokens; t++) {
      codes[t] = codes_of(x, first + t, group);
      sums[t] = x.sums + (first + t) * x.sum_stride + group * kGroupSums;
    }
    Float4 q[kStreams][Tokens] = {}, shift[kStreams][Tokens] = {};
    const int64_t blocks = least(left, kBlocks);
    for (int s = 0; s < kStreams; s++) {
      alignas(32) float offsets[kGroupSums] = {};
      add_group<Type, Tokens>(rows.at[s], blocks, codes, q[s], offsets);
      rows.at[s] += blocks * Type::kBytes;
      if constexpr (Type::kOffsets) {
#pragma GCC unroll 4
        for (int t = 0; t < Tokens; t++) {
          shift[s][t] = fma(load4(offsets), load4(sums[t]), Float4{});
          shift[s][t] = fma(load4(offsets + 4), load4(sums[t] + 4), shift[s][t]);
        }
      }
    }
#pragma GCC unroll 4
    for (int t = 0; t < Tokens; t++) {
      const Float4 parts[4] = {q[0][t], q[1][t], q[2][t], q[3][t]};
      const float scale = x.scales[(first + t) * x.scale_stride + group];
      out[t] = fma(splat4(scale), sum_four(parts), out[t]);
      if constexpr (Type::kOffsets) {
        const Float4 more[4] = {shift[0][t], shift[1][t], shift[2][t], shift[3][t]};
        out[t] = out[t] + sum_four(more);
      }
    }
  }
}

/// Rows `row + s * apart`, the last of them `last` at most.
template <typename Type, int Tokens>
SOV_LANES void multiply_streams(const WordMatvecArgs& a, int64_t row, int64_t apart, int64_t last,
                                int64_t token) {
  RowStreams<kStreams> streams;
  for (int s = 0; s < kStreams; s++) streams.at[s] = a.w + least(row + s * apart, last) * a.row_bytes;
  Float4 out[Tokens];
  dot_words<Type, Tokens>(streams, a.cols, a.x, token, out);
  for (int s = 0; s < kStreams; s++) {
    const int64_t r = row + s * apart;
    if (r > last) return;
    for (int t = 0; t < Tokens; t++) {
      a.y[(token + t) * a.y_stride + r] = with_bias(out[t][s], a.bias, r);
    }
  }
}

template <typename Type>
void multiply_few(const WordMatvecArgs& a, int64_t row, int64_t apart, int64_t last) {
  int64_t token = 0;
  if constexpr (Type::kCommon) {
    for (; token + kFewTokens <= a.x.count; token += kFewTokens) {
      multiply_streams<Type, kFewTokens>(a, row, apart, last, token);
    }
  }
  for (; token < a.x.count; token++) multiply_streams<Type, 1>(a, row, apart, last, token);
}

/// Four streams a quarter of the rows apart (see kStreams); what does not fill them follows side by side.
template <typename Type>
void matvec_words(const WordMatvecArgs& a) {
  const int64_t apart = a.rows / kStreams;
  for (int64_t row = 0; row < apart; row++) multiply_few<Type>(a, row, apart, a.rows - 1);
  if (kStreams * apart < a.rows) multiply_few<Type>(a, kStreams * apart, 1, a.rows - 1);
}

}  // namespace sov::compute::SOV_TIER
