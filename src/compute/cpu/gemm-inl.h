#pragma once
// The inner part of a matrix product in f32: a tile of outputs in registers, one chain of multiply-adds over
// k for each, whatever the tile's size. So an output's bits depend on its row, its column and the cut of k.
// Source: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (ACM TOMS 34, 2008), for
// packing and blocking.

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

// 12 sums, two values of b and one of a in 16 registers; with 32 registers twice the rows.
#if defined(__AVX512F__)
constexpr int kGemmRows = 12;
#else
constexpr int kGemmRows = 6;
#endif
constexpr int kGemmParts = 2;
constexpr int kGemmCols = kGemmParts * kPartLanes;

struct GemmTile {
  const float* a;
  int64_t a_row, a_k;
  const float* b;
  int64_t b_k;
  float* c;
  int64_t c_row, c_col;
  int64_t cols, k;
  bool accumulate;
};

SOV_LANES Part broadcast(const float* from) {
#if defined(__AVX512F__)
  return _mm512_set1_ps(*from);
#elif defined(__AVX2__)
  return _mm256_broadcast_ss(from);
#else
  return *from - Part{};
#endif
}

SOV_LANES void store_part(float* to, Part value) { __builtin_memcpy(to, &value, sizeof value); }

/// A tile's sums to where they belong; ragged tiles and strided columns go by way of the stack.
template <int Rows>
SOV_LANES void store_tile(const GemmTile& t, Part (&sums)[Rows][kGemmParts]) {
  if (t.cols == kGemmCols && t.c_col == 1) {
#pragma GCC unroll 12
    for (int r = 0; r < Rows; r++) {
      float* to = t.c + r * t.c_row;
#pragma GCC unroll 2
      for (int p = 0; p < kGemmParts; p++) {
        const Part sum = sums[r][p];
        store_part(to + p * kPartLanes, t.accumulate ? load_part(to + p * kPartLanes) + sum : sum);
      }
    }
    return;
  }
  alignas(64) float lanes[Rows][kGemmCols];
#pragma GCC unroll 12
  for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 2
    for (int p = 0; p < kGemmParts; p++) store_part(&lanes[r][p * kPartLanes], sums[r][p]);
  }
  for (int r = 0; r < Rows; r++) {
    for (int64_t i = 0; i < t.cols; i++) {
      float* to = t.c + r * t.c_row + i * t.c_col;
      *to = t.accumulate ? *to + lanes[r][i] : lanes[r][i];
    }
  }
}

/// Packed: a's rows lie beside each other and a_k is Rows, known here.
template <int Rows, bool Packed>
void gemm_tile(const GemmTile& t) {
  Part sums[Rows][kGemmParts];
#pragma GCC unroll 12
  for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 2
    for (int p = 0; p < kGemmParts; p++) sums[r][p] = Part{};
  }
  const int64_t a_row = Packed ? 1 : t.a_row;
  const int64_t a_k = Packed ? Rows : t.a_k;
  const float* a = t.a;
  const float* b = t.b;
  for (int64_t k = t.k; k > 0; k--) {
    Part columns[kGemmParts];
#pragma GCC unroll 2
    for (int p = 0; p < kGemmParts; p++) columns[p] = load_part_once(b + p * kPartLanes);
#pragma GCC unroll 12
    for (int r = 0; r < Rows; r++) {
      const Part row = broadcast(a + r * a_row);
#pragma GCC unroll 2
      for (int p = 0; p < kGemmParts; p++) sums[r][p] = fma_part(row, columns[p], sums[r][p]);
    }
    a += a_k;
    b += t.b_k;
  }
  store_tile<Rows>(t, sums);
}

template <int Rows, bool Packed>
SOV_LANES void gemm_tile_of(int64_t rows, const GemmTile& tile) {
  if (rows == Rows) return gemm_tile<Rows, Packed>(tile);
  if constexpr (Rows > 1) gemm_tile_of<Rows - 1, Packed>(rows, tile);
}

template <bool Packed>
void gemm_panel(const GemmBlock& g, GemmTile tile) {
  for (int64_t row = 0, rows; row < g.rows; row += rows) {
    rows = panel_rows(g.rows - row, kGemmRows);
    GemmTile at = tile;
    at.a = g.a + row * g.a_panel;
    at.c = tile.c + row * g.c_row;
    gemm_tile_of<kGemmRows, Packed>(rows, at);
  }
}

static void gemm_block(const GemmBlock& g) {
  for (int64_t col = 0; col < g.cols; col += kGemmCols) {
    const int64_t left = g.cols - col;
    const bool ragged = left < kGemmCols && g.b_ragged != nullptr;
    GemmTile tile = {};
    tile.a_row = g.a_row;
    tile.a_k = g.a_k;
    tile.b = ragged ? g.b_ragged : g.b + col / kGemmCols * g.b_panel;
    tile.b_k = ragged ? kGemmCols : g.b_k;
    tile.c = g.c + col * g.c_col;
    tile.c_row = g.c_row;
    tile.c_col = g.c_col;
    tile.cols = left < kGemmCols ? left : kGemmCols;
    tile.k = g.k;
    tile.accumulate = g.accumulate;
    if (g.a_packed) {
      gemm_panel<true>(g, tile);
    } else {
      gemm_panel<false>(g, tile);
    }
  }
}

/// 4 lanes of 4 k each, turned.
SOV_LANES void turn_4x4(const float* from, int64_t lane_stride, float* out, int64_t width) {
  Float4 row[4];
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) __builtin_memcpy(&row[i], from + i * lane_stride, sizeof row[i]);
  const Float4 low01 = __builtin_shufflevector(row[0], row[1], 0, 4, 1, 5);
  const Float4 low23 = __builtin_shufflevector(row[2], row[3], 0, 4, 1, 5);
  const Float4 high01 = __builtin_shufflevector(row[0], row[1], 2, 6, 3, 7);
  const Float4 high23 = __builtin_shufflevector(row[2], row[3], 2, 6, 3, 7);
  const Float4 turned[4] = {__builtin_shufflevector(low01, low23, 0, 1, 4, 5),
                            __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
                            __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
                            __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) __builtin_memcpy(out + i * width, &turned[i], sizeof turned[i]);
}

SOV_LANES void pack_any(const float* from, int64_t lane_stride, int64_t k_stride, int64_t first,
                        int64_t lanes, int64_t width, int64_t k_begin, int64_t k_end, float* out) {
  for (int64_t k = k_begin; k < k_end; k++) {
    for (int64_t lane = first; lane < lanes; lane++) {
      out[k * width + lane] = from[lane * lane_stride + k * k_stride];
    }
  }
}

static void gemm_pack(const float* from, int64_t lane_stride, int64_t k_stride, int64_t lanes, int64_t width,
                      int64_t k, float* out) {
  if (lane_stride == 1 && lanes == kGemmCols && width == kGemmCols) {
    for (int64_t i = 0; i < k; i++) {
#pragma GCC unroll 2
      for (int p = 0; p < kGemmParts; p++) {
        store_part(out + i * kGemmCols + p * kPartLanes, load_part(from + i * k_stride + p * kPartLanes));
      }
    }
    return;
  }
  for (int64_t i = 0; i < k && lanes < width; i++) {
    for (int64_t lane = lanes; lane < width; lane++) out[i * width + lane] = 0;
  }
  if (k_stride != 1 || k < 4 || lanes < 4) {
    return pack_any(from, lane_stride, k_stride, 0, lanes, width, 0, k, out);
  }
  const int64_t whole = k - k % 4;
  int64_t lane = 0;
  for (; lane + 4 <= lanes; lane += 4) {
    for (int64_t i = 0; i < whole; i += 4) {
      turn_4x4(from + lane * lane_stride + i, lane_stride, out + i * width + lane, width);
    }
  }
  pack_any(from, lane_stride, 1, lane, lanes, width, 0, whole, out);
  pack_any(from, lane_stride, 1, 0, lanes, width, whole, k, out);
}

constexpr GemmKernels gemm_kernels() {
  GemmKernels k = {};
  k.rows = kGemmRows;
  k.cols = kGemmCols;
  k.block = gemm_block;
  k.pack = gemm_pack;
  return k;
}

}  // namespace sov::compute::SOV_TIER
