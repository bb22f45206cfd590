#pragma once
// Products of weights and activations. Every output is one chain of fused multiply-adds over runs of 16
// columns in order, then one fixed tree over the 16 lanes: its bits depend on the weight row, the activation
// row and nothing else, so a prompt may be cut and spread over threads in any way.

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

template <typename Type>
void matvec_blocks(const std::byte* w, int64_t row_bytes, int64_t rows, int64_t cols, const float* x,
                   const float* bias, float* y) {
  for (int64_t row = 0; row < rows; row++) {
    const std::byte* block = w + row * row_bytes;
    F32x16 total = zeros();
    for (int64_t col = 0; col < cols; col += Type::kElements, block += Type::kBytes) {
      prefetch_block<Type::kBytes>(block);
      Type::unpack(block, [&](int run, F32x16 values) {
        total = fma(values, load(x + col + int64_t{kLanes} * run), total);
      });
    }
    y[row] = with_bias(sum(total), bias, row);
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
    y[row] = with_bias(dot_plain<Type>(w + row * row_bytes, cols, x), bias, row);
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
constexpr int kTileRows = 4, kTileTokens = 6;  // 24 sums and 4 weights of 32 registers
#elif defined(__AVX2__)
constexpr int kTileRows = 2, kTileTokens = 3;  // 6 sums of two registers each
#else
constexpr int kTileRows = 1, kTileTokens = 2;
#endif
// What a block of rows and a block of tokens read of a segment stays in L1: (8 + 6) rows of 512 floats are
// 28 KiB.
constexpr int64_t kSegment = 512;
constexpr int64_t kRowBlock = 8, kTokenBlockL1 = 6;
static_assert(kRowBlock % kTileRows == 0 && kTokenBlockL1 % kTileTokens == 0 &&
              kTokenBlock % kTokenBlockL1 == 0);

/// Adds columns [first, last) of a register tile to its sums; the last segment also takes the ragged end.
template <int Rows, int Tokens>
SOV_LANES void multiply_tile(const TileArgs& a, int64_t row, int64_t token, int64_t first, int64_t last,
                             F32x16* sums) {
  const float* w = a.w + row * a.w_stride;
  const float* x = a.x + token * a.x_stride;
  int64_t col = first;
  for (; col + kLanes <= last; col += kLanes) {
    // Part by part: weights and values of one part and all sums fit the registers, so that each is loaded
    // once.
    each_part([&](int p) {
      Part weights[Rows];
#pragma GCC unroll 8
      for (int r = 0; r < Rows; r++) weights[r] = load_part(w + r * a.w_stride + col + kPartLanes * p);
#pragma GCC unroll 8
      for (int t = 0; t < Tokens; t++) {
        const Part values = load_part_once(x + t * a.x_stride + col + kPartLanes * p);
#pragma GCC unroll 8
        for (int r = 0; r < Rows; r++) {
          Part& to = sums[t * Rows + r].part[p];
          to = fma_part(weights[r], values, to);
        }
      }
    });
  }
  if (col == last) return;
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
    const F32x16 values = load_partial(x + t * a.x_stride + col, last - col);
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) {
      sums[t * Rows + r] = fma(load(w + r * a.w_stride + col), values, sums[t * Rows + r]);
    }
  }
}

template <int Rows, int Tokens>
void tile_segment(const TileArgs& a, int64_t row, int64_t token, int64_t first, int64_t last, float* saved) {
  F32x16 sums[Rows * Tokens];
  if (first == 0) {
#pragma GCC unroll 32
    for (int i = 0; i < Rows * Tokens; i++) sums[i] = zeros();
  } else {
#pragma GCC unroll 32
    for (int i = 0; i < Rows * Tokens; i++) sums[i] = load(saved + i * kLanes);
  }
  multiply_tile<Rows, Tokens>(a, row, token, first, last, sums);
  if (last < a.cols) {
#pragma GCC unroll 32
    for (int i = 0; i < Rows * Tokens; i++) store(saved + i * kLanes, sums[i]);
    return;
  }
#pragma GCC unroll 8
  for (int t = 0; t < Tokens; t++) {
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) {
      a.y[(token + t) * a.y_stride + row + r] = with_bias(sum(sums[t * Rows + r]), a.bias, row + r);
    }
  }
}

template <int Rows>
SOV_LANES void tile_tokens(const TileArgs& a, int64_t row, int64_t token, int64_t tokens, int64_t first,
                           int64_t last, float* saved) {
  static_assert(kTileTokens <= 6);
  switch (tokens) {
    case 1:
      return tile_segment<Rows, 1>(a, row, token, first, last, saved);
    case 2:
      return tile_segment<Rows, 2>(a, row, token, first, last, saved);
    case 3:
      if constexpr (kTileTokens >= 3) return tile_segment<Rows, 3>(a, row, token, first, last, saved);
      break;
    case 4:
      if constexpr (kTileTokens >= 4) return tile_segment<Rows, 4>(a, row, token, first, last, saved);
      break;
    case 5:
      if constexpr (kTileTokens >= 5) return tile_segment<Rows, 5>(a, row, token, first, last, saved);
      break;
    case 6:
      if constexpr (kTileTokens >= 6) return tile_segment<Rows, 6>(a, row, token, first, last, saved);
      break;
    default:
      break;
  }
  __builtin_trap();
}

/// Rows [row, rows_end) and tokens [begin, end) of the token block that starts at `base`.
SOV_LANES void tile_block(const TileArgs& a, int64_t row, int64_t rows_end, int64_t base, int64_t begin,
                          int64_t end, int64_t first, int64_t last) {
  while (row < rows_end) {
    const int64_t rows = row + kTileRows <= rows_end ? kTileRows : 1;
    for (int64_t token = begin; token < end; token += kTileTokens) {
      const int64_t tokens = least(kTileTokens, end - token);
      float* saved = a.sums + (row * kTokenBlock + (token - base) * rows) * kLanes;
      if (rows == kTileRows) {
        tile_tokens<kTileRows>(a, row, token, tokens, first, last, saved);
      } else {
        tile_tokens<1>(a, row, token, tokens, first, last, saved);
      }
    }
    row += rows;
  }
}

static void tile(const TileArgs& a) {
  for (int64_t base = 0; base < a.tokens; base += kTokenBlock) {
    const int64_t base_end = least(a.tokens, base + kTokenBlock);
    for (int64_t first = 0; first < a.cols; first += kSegment) {
      const int64_t last = least(a.cols, first + kSegment);
      for (int64_t token = base; token < base_end; token += kTokenBlockL1) {
        const int64_t end = least(base_end, token + kTokenBlockL1);
        for (int64_t row = 0; row < a.rows; row += kRowBlock) {
          tile_block(a, row, least(a.rows, row + kRowBlock), base, token, end, first, last);
        }
      }
    }
  }
}

}  // namespace sov::compute::SOV_TIER
