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
  // The outputs are far apart and seldom in a near cache; asked for now, they are there when the sums are.
#pragma GCC unroll 12
  for (int r = 0; r < Rows; r++) __builtin_prefetch(t.c + r * t.c_row, 1);
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
    b += kGemmCols;
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
    GemmTile tile = {};
    tile.a_row = g.a_row;
    tile.a_k = g.a_k;
    tile.b = g.b + col * g.k;
    tile.c = g.c + col * g.c_col;
    tile.c_row = g.c_row;
    tile.c_col = g.c_col;
    tile.cols = g.cols - col < kGemmCols ? g.cols - col : kGemmCols;
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

static void gemm_pack_rows(const float* from, int64_t row_stride, int64_t k_stride, int64_t rows,
                           int64_t width, int64_t k, float* out) {
  for (int64_t i = 0; i < k && rows < width; i++) {
    for (int64_t row = rows; row < width; row++) out[i * width + row] = 0;
  }
  if (k_stride != 1 || k < 4 || rows < 4) {
    return pack_any(from, row_stride, k_stride, 0, rows, width, 0, k, out);
  }
  const int64_t whole = k - k % 4;
  int64_t row = 0;
  for (; row + 4 <= rows; row += 4) {
    for (int64_t i = 0; i < whole; i += 4) {
      turn_4x4(from + row * row_stride + i, row_stride, out + i * width + row, width);
    }
  }
  pack_any(from, row_stride, 1, row, rows, width, 0, whole, out);
  pack_any(from, row_stride, 1, 0, rows, width, whole, k, out);
}

static void turn_block(const float* from, int64_t from_row, int64_t rows, int64_t cols, float* out,
                       int64_t out_row) {
  const int64_t whole_rows = rows - rows % 4, whole_cols = cols - cols % 4;
  for (int64_t col = 0; col < whole_cols; col += 4) {
    for (int64_t row = 0; row < whole_rows; row += 4) {
      turn_4x4(from + row * from_row + col, from_row, out + col * out_row + row, out_row);
    }
  }
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t col = row < whole_rows ? whole_cols : 0; col < cols; col++) {
      out[col * out_row + row] = from[row * from_row + col];
    }
  }
}

/// Rows that lie one after the other are read as they lie: what comes from memory comes in order.
static void gemm_pack_cols(const float* from, int64_t col_stride, int64_t k_stride, int64_t cols, int64_t k,
                           float* out) {
  const int64_t whole = col_stride == 1 ? cols - cols % kGemmCols : 0;
  for (int64_t i = 0; i < k; i++) {
    for (int64_t col = 0; col < whole; col += kGemmCols) {
#pragma GCC unroll 2
      for (int p = 0; p < kGemmParts; p++) {
        const int64_t at = p * kPartLanes;
        store_part(out + col * k + i * kGemmCols + at, load_part(from + i * k_stride + col + at));
      }
    }
  }
  for (int64_t col = whole; col < cols; col += kGemmCols) {
    const int64_t lanes = cols - col < kGemmCols ? cols - col : kGemmCols;
    gemm_pack_rows(from + col * col_stride, col_stride, k_stride, lanes, kGemmCols, k, out + col * k);
  }
}

// ---- few rows: b is read once, row by row, and the sums wait in a near cache

constexpr int kThinRows = 4, kThinDepth = 8;

/// sums[r][c] = the chain of a[r][k] b[k][c] over Depth further k, for columns in twos of a register.
template <int Rows, int Depth>
void thin_step(const float* a, int64_t a_row, int64_t a_k, const float* b, int64_t b_k, int64_t cols,
               float* sums, int64_t sums_row) {
  Part chain[Rows][kGemmParts];
  for (int64_t col = 0; col < cols; col += kGemmCols) {
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 2
      for (int p = 0; p < kGemmParts; p++)
        chain[r][p] = load_part(sums + r * sums_row + col + p * kPartLanes);
    }
#pragma GCC unroll 8
    for (int k = 0; k < Depth; k++) {
      Part columns[kGemmParts];
#pragma GCC unroll 2
      for (int p = 0; p < kGemmParts; p++) columns[p] = load_part_once(b + k * b_k + col + p * kPartLanes);
#pragma GCC unroll 8
      for (int r = 0; r < Rows; r++) {
        const Part row = broadcast(a + r * a_row + k * a_k);
#pragma GCC unroll 2
        for (int p = 0; p < kGemmParts; p++) chain[r][p] = fma_part(row, columns[p], chain[r][p]);
      }
    }
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 2
      for (int p = 0; p < kGemmParts; p++)
        store_part(sums + r * sums_row + col + p * kPartLanes, chain[r][p]);
    }
  }
}

template <int Rows>
SOV_LANES void thin_rows(const GemmThin& g, const float* a, float* sums) {
  int64_t k = 0;
  for (; k + kThinDepth <= g.k; k += kThinDepth) {
    thin_step<Rows, kThinDepth>(a + k * g.a_k, g.a_row, g.a_k, g.b + k * g.b_k, g.b_k, g.cols, sums,
                                g.sums_row);
  }
  for (; k < g.k; k++) {
    thin_step<Rows, 1>(a + k * g.a_k, g.a_row, g.a_k, g.b + k * g.b_k, g.b_k, g.cols, sums, g.sums_row);
  }
}

static void gemm_thin(const GemmThin& g) {
  for (int64_t row = 0; row < g.rows;) {
    const float* a = g.a + row * g.a_row;
    float* sums = g.sums + row * g.sums_row;
    switch (g.rows - row) {
      case 1:
        thin_rows<1>(g, a, sums);
        return;
      case 2:
        thin_rows<2>(g, a, sums);
        return;
      case 3:
        thin_rows<3>(g, a, sums);
        return;
      default:
        thin_rows<kThinRows>(g, a, sums);
        row += kThinRows;
    }
  }
}

// ---- one column: rows of a against a vector

constexpr int kDotChains = 2;

/// Two chains of 16 lanes over runs of 32 of k, their sum, the ragged end, and one tree over the lanes.
template <int Rows>
SOV_LANES void dot_rows(const float* a, int64_t a_row, const float* x, int64_t k, float* out) {
  F32x16 sums[Rows][kDotChains];
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++) sums[r][0] = sums[r][1] = zeros();
  int64_t i = 0;
  for (; i + kDotChains * kLanes <= k; i += kDotChains * kLanes) {
#pragma GCC unroll 2
    for (int chain = 0; chain < kDotChains; chain++) {
      const F32x16 values = load(x + i + chain * kLanes);
#pragma GCC unroll 4
      for (int r = 0; r < Rows; r++) {
        sums[r][chain] = fma(load(a + r * a_row + i + chain * kLanes), values, sums[r][chain]);
      }
    }
  }
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++) {
    F32x16 total = sums[r][0] + sums[r][1];
    for (int64_t j = i; j < k; j += kLanes) {
      const int64_t n = k - j < kLanes ? k - j : kLanes;
      total = fma(load_partial(a + r * a_row + j, n), load_partial(x + j, n), total);
    }
    out[r] = sum(total);
  }
}

// Long rows come from memory, and four streams keep it busier; short ones are near, where one row at a time
// has the fewest loads in flight to wait for. Measured on a Zen 3 server: 21 against 18 GFLOP/s for rows of
// 2048 from L3, 32 against 38 for rows of 512 from L2. Hints to prefetch cost: 10.7 against 12.4 GFLOP/s for
// rows of 4096.
constexpr int64_t kLongRow = 1536;

static void gemm_dots(const float* a, int64_t a_row, int64_t rows, const float* x, int64_t k, float* out) {
  int64_t row = 0;
  for (; k >= kLongRow && row + 4 <= rows; row += 4) dot_rows<4>(a + row * a_row, a_row, x, k, out + row);
  for (; row < rows; row++) dot_rows<1>(a + row * a_row, a_row, x, k, out + row);
}

constexpr GemmKernels gemm_kernels() {
  GemmKernels k = {};
  k.rows = kGemmRows;
  k.cols = kGemmCols;
  k.block = gemm_block;
  k.pack_rows = gemm_pack_rows;
  k.pack_cols = gemm_pack_cols;
  k.thin = gemm_thin;
  k.turn = turn_block;
  k.dots = gemm_dots;
  return k;
}

}  // namespace sov::compute::SOV_TIER
