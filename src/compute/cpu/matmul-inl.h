#pragma once
// Products of weights and activations. Columns are taken kSegment at a time: one chain of fused multiply-adds
// over runs of 16, one fixed tree over the 16 lanes; the segments' sums are added in order, the bias last.
// The bits of an output depend on the weight row, the activation row and nothing else, so a prompt may be cut
// and spread over threads in any way.

#include "compute/cpu/kernels.h"
#include "compute/cpu/unpack-inl.h"

namespace sov::compute::SOV_TIER {

// A matrix-vector product waits for memory. A processor fetches more of it when several streams are read at
// once, far apart, and when each line is asked for a little early: on a Zen 3 server, one thread, pages of
// 4 KiB, 16 GB/s instead of 8 (the most that plain reading reaches there is 17). So rows are taken four at a
// time, a quarter of them apart.
constexpr int kStreams = 4;
constexpr int64_t kAhead = 512;

/// Asks for the lines of the block that lies kAhead beyond `block`; past the end of a file it does nothing.
template <int Bytes>
SOV_LANES void prefetch_block(const std::byte* block) {
#pragma GCC unroll 4
  for (int at = 0; at < Bytes; at += 64) {
    __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(block) + kAhead + at));
  }
}

SOV_LANES int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

SOV_LANES float with_bias(float value, const float* bias, int64_t row) {
  return bias == nullptr ? value : value + bias[row];
}

/// The rows that are read together; one alone uses the first only.
template <int Streams>
struct RowStreams {
  const std::byte* at[Streams];
};

/// y[r] = dot(rows) + bias[r] for all rows: `dot`: RowStreams<N> and N -> float[N], for N = kStreams and 1.
template <typename Dot>
SOV_LANES void over_rows(const std::byte* w, int64_t row_bytes, int64_t rows, const float* bias, float* y,
                         Dot dot) {
  const int64_t apart = rows / kStreams;
  for (int64_t row = 0; row < apart; row++) {
    RowStreams<kStreams> streams;
    float values[kStreams];
    for (int s = 0; s < kStreams; s++) streams.at[s] = w + (row + s * apart) * row_bytes;
    dot(streams, values);
    for (int s = 0; s < kStreams; s++) y[row + s * apart] = with_bias(values[s], bias, row + s * apart);
  }
  for (int64_t row = kStreams * apart; row < rows; row++) {
    const RowStreams<1> stream = {{w + row * row_bytes}};
    float value[1];
    dot(stream, value);
    y[row] = with_bias(value[0], bias, row);
  }
}

/// The sums of the rows' segments; `segment`(first column, columns, sums) sets the sums of one.
template <int Streams, typename Segment>
SOV_LANES void sum_segments(int64_t cols, float (&out)[Streams], Segment segment) {
  segment(0, least(cols, kSegment), out);
  for (int64_t first = kSegment; first < cols; first += kSegment) {
    float more[Streams];
    segment(first, least(cols - first, kSegment), more);
    for (int s = 0; s < Streams; s++) out[s] += more[s];
  }
}

template <typename Type>
void unpack_blocks(const std::byte* row, float* out, int64_t cols) {
  for (int64_t block = 0; block < cols / Type::kElements; block++) {
    Type::unpack(row + block * Type::kBytes,
                 [&](int run, F32x16 values) { store(out + kLanes * run, values); });
    out += Type::kElements;
  }
}

/// Plain types: how 16 values are loaded, and how many bytes one takes.
struct PlainF32 {
  static constexpr int kBytes = 4;
  SOV_LANES F32x16 run(const std::byte* from) {
    F32x16 out;  // by parts: see load()
    each_part([&](int i) { __builtin_memcpy(&out.part[i], from + 4 * kPartLanes * i, sizeof(Part)); });
    return out;
  }
};
struct PlainF16 {
  static constexpr int kBytes = 2;
  SOV_LANES F32x16 run(const std::byte* from) { return load_f16(from); }
};
struct PlainBf16 {
  static constexpr int kBytes = 2;
  SOV_LANES F32x16 run(const std::byte* from) { return load_bf16(from); }
};

/// The last n < 16 values of a row, zeros above.
template <typename Type>
SOV_LANES F32x16 partial_run(const std::byte* from, int64_t n) {
  alignas(64) std::byte lanes[kLanes * Type::kBytes] = {};
  for (int64_t i = 0; i < n * Type::kBytes; i++) lanes[i] = from[i];
  return Type::run(lanes);
}

template <typename Type, int Streams>
SOV_LANES void dot_plain(const RowStreams<Streams>& rows, int64_t first, int64_t cols, const float* x,
                         float (&out)[Streams]) {
  F32x16 total[Streams];
#pragma GCC unroll 4
  for (int s = 0; s < Streams; s++) total[s] = zeros();
  const int64_t end = first + cols;
  int64_t col = first;
  for (; col + kLanes <= end; col += kLanes) {
    const F32x16 values = load(x + col);
#pragma GCC unroll 4
    for (int s = 0; s < Streams; s++) {
      const std::byte* at = rows.at[s] + col * Type::kBytes;
      prefetch_block<kLanes * Type::kBytes>(at);
      total[s] = fma(Type::run(at), values, total[s]);
    }
  }
  if (col < end) {
    const F32x16 values = load_partial(x + col, end - col);
#pragma GCC unroll 4
    for (int s = 0; s < Streams; s++) {
      total[s] = fma(partial_run<Type>(rows.at[s] + col * Type::kBytes, end - col), values, total[s]);
    }
  }
#pragma GCC unroll 4
  for (int s = 0; s < Streams; s++) out[s] = sum(total[s]);
}

template <typename Type>
void matvec_plain(const std::byte* w, int64_t row_bytes, int64_t rows, int64_t cols, const float* x,
                  const float* bias, float* y) {
  over_rows(w, row_bytes, rows, bias, y,
            [&]<int Streams>(const RowStreams<Streams>& at, float(&out)[Streams]) {
              sum_segments(cols, out, [&](int64_t first, int64_t n, float(&sums)[Streams]) {
                dot_plain<Type>(at, first, n, x, sums);
              });
            });
}

template <typename Type>
void unpack_plain(const std::byte* row, float* out, int64_t cols) {
  int64_t col = 0;
  for (; col + kLanes <= cols; col += kLanes) store(out + col, Type::run(row + col * Type::kBytes));
  if (col < cols)
    store_partial(out + col, partial_run<Type>(row + col * Type::kBytes, cols - col), cols - col);
}

// ---- many tokens: a tile of decoded rows against blocks of tokens, sums in registers

#if defined(__AVX512F__)
constexpr int kTileTokens = 6;  // 24 sums, 6 values and a weight of 32 registers
#else
constexpr int kTileTokens = 3;  // 12 sums, 3 values and a weight of 16 registers
#endif
constexpr int kTileRows = 4;
// A block of rows stays in L1 while the tokens of a block pass from L2: 8 rows are 16 KiB of 32.
constexpr int64_t kRowBlock = 8, kTokenBlock = 48;
static_assert(kRowBlock % kTileRows == 0 && kTokenBlock % kTileTokens == 0);

/// Sums of one register tile over a segment, part of 16 lanes by part: of a part all sums, the values and a
/// weight fit the registers, and a load serves three multiply-adds or four.
template <int Rows, int Tokens>
SOV_LANES void multiply_tile(const float* w, const float* x, int64_t cols, F32x16* sums) {
  each_part([&](int p) {
    Part part[Rows * Tokens];
#pragma GCC unroll 32
    for (int i = 0; i < Rows * Tokens; i++) part[i] = Part{};
    for (int64_t col = kPartLanes * p; col < cols; col += kLanes) {
      Part values[Tokens];
#pragma GCC unroll 8
      for (int t = 0; t < Tokens; t++) values[t] = load_part_once(x + t * kSegment + col);
#pragma GCC unroll 8
      for (int r = 0; r < Rows; r++) {
        const Part weights = load_part_once(w + r * kSegment + col);
#pragma GCC unroll 8
        for (int t = 0; t < Tokens; t++) {
          part[t * Rows + r] = fma_part(weights, values[t], part[t * Rows + r]);
        }
      }
    }
#pragma GCC unroll 32
    for (int i = 0; i < Rows * Tokens; i++) sums[i].part[p] = part[i];
  });
}

/// Adds a segment's sums of Rows rows to what is at y.
template <int Rows>
SOV_LANES void add_segment(const TileArgs& a, const F32x16* sums, int64_t row, float* y) {
  if constexpr (Rows == 4) {
    const Float4 quarters[4] = {quarter_sum(sums[0]), quarter_sum(sums[1]), quarter_sum(sums[2]),
                                quarter_sum(sums[3])};
    Float4 value = sum_four(quarters);
    Float4 other;
    if (!a.first_segment) {
      __builtin_memcpy(&other, y, sizeof other);
      value = other + value;
    }
    if (a.bias != nullptr) {
      __builtin_memcpy(&other, a.bias + row, sizeof other);
      value = value + other;
    }
    __builtin_memcpy(y, &value, sizeof value);
  } else {
    for (int r = 0; r < Rows; r++) {
      const float value = sum(sums[r]);
      y[r] = with_bias(a.first_segment ? value : y[r] + value, a.bias, row + r);
    }
  }
}

template <int Rows, int Tokens>
void tile_segment(const TileArgs& a, int64_t row, int64_t token) {
  F32x16 sums[Rows * Tokens];
  multiply_tile<Rows, Tokens>(a.w + row * kSegment, a.x + token * kSegment, a.cols, sums);
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
    add_segment<Rows>(a, sums + t * Rows, row, a.y + (token + t) * a.y_stride + row);
  }
}

template <int Rows>
SOV_LANES void tile_tokens(const TileArgs& a, int64_t row, int64_t token, int64_t tokens) {
  static_assert(kTileTokens <= 6);
  switch (tokens) {
    case 1:
      return tile_segment<Rows, 1>(a, row, token);
    case 2:
      return tile_segment<Rows, 2>(a, row, token);
    case 3:
      return tile_segment<Rows, 3>(a, row, token);
    case 4:
      if constexpr (kTileTokens >= 4) return tile_segment<Rows, 4>(a, row, token);
      break;
    case 5:
      if constexpr (kTileTokens >= 5) return tile_segment<Rows, 5>(a, row, token);
      break;
    case 6:
      if constexpr (kTileTokens >= 6) return tile_segment<Rows, 6>(a, row, token);
      break;
    default:
      break;
  }
  __builtin_trap();
}

static void tile(const TileArgs& a) {
  for (int64_t base = 0; base < a.tokens; base += kTokenBlock) {
    const int64_t base_end = least(a.tokens, base + kTokenBlock);
    for (int64_t block = 0; block < a.rows; block += kRowBlock) {
      const int64_t block_end = least(a.rows, block + kRowBlock);
      for (int64_t token = base; token < base_end; token += kTileTokens) {
        const int64_t tokens = least(kTileTokens, base_end - token);
        int64_t row = block;
        for (; row + kTileRows <= block_end; row += kTileRows) tile_tokens<kTileRows>(a, row, token, tokens);
        for (; row < block_end; row++) tile_tokens<1>(a, row, token, tokens);
      }
    }
  }
}

}  // namespace sov::compute::SOV_TIER
