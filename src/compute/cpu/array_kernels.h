#pragma once
// The table of functions on plain arrays that one SIMD tier exports; see kernels.h for why arguments are
// pointers and numbers. Threads, blocking and checks are the callers' (src/compute/*.cpp).

#include <cstddef>
#include <cstdint>

namespace sov::compute {

/// A block of a matrix product: c (+)= a b over one block of k. Strides in elements.
/// a is read as panels of rows (see GemmKernels::panel), each at a + first row * a_panel; b as panels of
/// `cols` columns at b + panel * b_panel, the last one of them, if ragged, at b_ragged: whole and padded with
/// zeros.
struct GemmBlock {
  const float* a;
  int64_t a_panel, a_row, a_k;  // packed: a_row 1, and a_panel the block's k
  bool a_packed;                // a_k is then the panel's own number of rows
  const float* b;
  int64_t b_panel, b_k;
  const float* b_ragged;  // null: b itself, packed
  float* c;
  int64_t c_row, c_col;
  int64_t rows, cols, k;
  bool accumulate;
};

struct GemmKernels {
  int rows, cols;  // of the register tile
  /// c = a b, or c += a b: every output is one chain of multiply-adds over k in order, added to c once.
  void (*block)(const GemmBlock& block);
  /// out[k][lane] = from[lane * lane_stride + k * k_stride] for `lanes` lanes, zeros from there up to
  /// `width`.
  void (*pack)(const float* from, int64_t lane_stride, int64_t k_stride, int64_t lanes, int64_t width,
               int64_t k, float* out);
};

/// Rows of the panel that starts where `left` rows are left: whole ones, and the last two even.
constexpr int64_t panel_rows(int64_t left, int64_t most) {
  return left >= 2 * most || left == most ? most : left > most ? (left + 1) / 2 : left;
}

struct ArrayKernels {
  const char* name;
  GemmKernels gemm;
};

#if defined(__x86_64__)
const ArrayKernels& array_kernels_sse4();
const ArrayKernels& array_kernels_avx2();
const ArrayKernels& array_kernels_avx512();
#else
const ArrayKernels& array_kernels_portable();
#endif

}  // namespace sov::compute
