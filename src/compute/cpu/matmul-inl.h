#pragma once
// Products of weights and activations. Columns are taken kSegment at a time: one chain of fused multiply-adds
// over runs of 16, one fixed tree over the 16 lanes; the segments' sums are added in order, the bias last.
// The bits of an output depend on the weight row, the activation row and nothing else, so a prompt may be cut
// and spread over threads in any way.

#include "compute/cpu/kernels.h"
#include "compute/cpu/unpack-inl.h"

namespace sov::compute::SOV_TIER {

// A matrix-vector product waits for memory. Rows are taken one after the other, as they lie, and each line is
// asked for 4 KiB early: the processor's own prefetcher stops at the end of a page. Measured on a Zen 3
// server, one thread, rows of 952 bytes: 10 GB/s, of 11 that the memory gives; 8 without the hints, 4.5 with
// four rows at once.
constexpr int64_t kAhead = 4096;

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

/// The sum of a row's segments; `segment`: (first column, columns) -> its sum.
template <typename Segment>
SOV_LANES float sum_segments(int64_t cols, Segment&& segment) {
  float total = segment(0, least(cols, kSegment));
  for (int64_t first = kSegment; first < cols; first += kSegment) {
    total += segment(first, least(cols - first, kSegment));
  }
  return total;
}

template <typename Type>
SOV_LANES float dot_blocks(const std::byte* block, int64_t cols, const float* x) {
  F32x16 total = zeros();
  for (int64_t col = 0; col < cols; col += Type::kElements, block += Type::kBytes) {
    prefetch_block<Type::kBytes>(block);
    Type::unpack(block, [&](int run, F32x16 values) {
      total = fma(values, load(x + col + int64_t{kLanes} * run), total);
    });
  }
  return sum(total);
}

template <typename Type>
void matvec_blocks(const std::byte* w, int64_t row_bytes, int64_t rows, int64_t cols, const float* x,
                   const float* bias, float* y) {
  static_assert(kSegment % Type::kElements == 0);
  for (int64_t row = 0; row < rows; row++) {
    const std::byte* from = w + row * row_bytes;
    const float value = sum_segments(cols, [&](int64_t first, int64_t n) {
      return dot_blocks<Type>(from + first / Type::kElements * Type::kBytes, n, x + first);
    });
    y[row] = with_bias(value, bias, row);
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

template <typename Type>
SOV_LANES float dot_plain(const std::byte* w, int64_t cols, const float* x) {
  F32x16 total = zeros();
  int64_t col = 0;
  for (; col + kLanes <= cols; col += kLanes) {
    const std::byte* at = w + col * Type::kBytes;
    prefetch_block<kLanes * Type::kBytes>(at);
    total = fma(Type::run(at), load(x + col), total);
  }
  if (col < cols) {
    const int64_t n = cols - col;
    total = fma(partial_run<Type>(w + col * Type::kBytes, n), load_partial(x + col, n), total);
  }
  return sum(total);
}

template <typename Type>
void matvec_plain(const std::byte* w, int64_t row_bytes, int64_t rows, int64_t cols, const float* x,
                  const float* bias, float* y) {
  for (int64_t row = 0; row < rows; row++) {
    const std::byte* from = w + row * row_bytes;
    const float value = sum_segments(cols, [&](int64_t first, int64_t n) {
      return dot_plain<Type>(from + first * Type::kBytes, n, x + first);
    });
    y[row] = with_bias(value, bias, row);
  }
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

/// The sums of four: the tree of sum() in each lane.
SOV_LANES Float4 sum_four(const F32x16* v) {
  const Float4 q[4] = {quarter_sum(v[0]), quarter_sum(v[1]), quarter_sum(v[2]), quarter_sum(v[3])};
  const Float4 a =
      __builtin_shufflevector(q[0], q[1], 0, 4, 1, 5) + __builtin_shufflevector(q[0], q[1], 2, 6, 3, 7);
  const Float4 b =
      __builtin_shufflevector(q[2], q[3], 0, 4, 1, 5) + __builtin_shufflevector(q[2], q[3], 2, 6, 3, 7);
  return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
}

/// Adds a segment's sums of Rows rows to what is at y.
template <int Rows>
SOV_LANES void add_segment(const TileArgs& a, const F32x16* sums, int64_t row, float* y) {
  if constexpr (Rows == 4) {
    Float4 value = sum_four(sums);
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
