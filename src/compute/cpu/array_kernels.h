#pragma once
// The table of functions on plain arrays that one SIMD tier exports; see kernels.h for why arguments are
// pointers and numbers. Threads, blocking and checks are the callers' (src/compute/*.cpp).

#include <cstddef>
#include <cstdint>

#include "compute/element_names.h"

namespace sov::compute {

/// A block of a matrix product: c (+)= a b over one block of k. Strides in elements.
/// a is read as panels of rows (panel_rows), each at a + first row * a_panel; b as panels of
/// GemmKernels::cols columns, one after the other, each packed and the last padded with zeros.
struct GemmBlock {
  const float* a;
  int64_t a_panel, a_row, a_k;  // packed: a_panel is k, the others are not looked at
  bool a_packed;
  const float* b;
  float* c;
  int64_t c_row, c_col;
  int64_t rows, cols, k;
  bool accumulate;
};

/// sums += a b for few rows and a multiple of GemmKernels::cols columns of b, each row of which adjoins.
struct GemmThin {
  const float* a;
  int64_t a_row, a_k;
  const float* b;
  int64_t b_k;
  float* sums;
  int64_t sums_row;
  int64_t rows, cols, k;
};

struct GemmKernels {
  int rows, cols;  // of the register tile
  /// c = a b, or c += a b: every output is one chain of multiply-adds over k in order, added to c once.
  void (*block)(const GemmBlock& block);
  /// out[k][row] = from[row * row_stride + k * k_stride] for `rows` rows, zeros from there up to `width`.
  void (*pack_rows)(const float* from, int64_t row_stride, int64_t k_stride, int64_t rows, int64_t width,
                    int64_t k, float* out);
  /// Panels of GemmKernels::cols columns, the last one padded.
  void (*pack_cols)(const float* from, int64_t col_stride, int64_t k_stride, int64_t cols, int64_t k,
                    float* out);
  /// Every sum's chain goes on over k in order.
  void (*thin)(const GemmThin& thin);
  /// out[c][r] = from[r][c].
  void (*turn)(const float* from, int64_t from_row, int64_t rows, int64_t cols, float* out, int64_t out_row);
  /// out[r] = the dot product of row r and x, by an order that k alone decides.
  void (*dots)(const float* a, int64_t a_row, int64_t rows, const float* x, int64_t k, float* out);
};

/// Rows of the panel that starts where `left` rows are left: whole ones, and the last two even.
constexpr int64_t panel_rows(int64_t left, int64_t most) {
  return left >= 2 * most || left == most ? most : left > most ? (left + 1) / 2 : left;
}

/// The functions of elementwise.def over n values; out may be an argument.
struct ElementKernels {
  void (*unary[static_cast<int>(Unary::count)])(const float* x, float* out, int64_t n);
  void (*scaled[static_cast<int>(Scaled::count)])(const float* x, float p, float* out, int64_t n);
  void (*binary[static_cast<int>(Binary::count)])(const float* x, const float* y, float* out, int64_t n);
  void (*clamp)(const float* x, float low, float high, float* out, int64_t n);
  void (*fma)(const float* a, const float* b, const float* c, float* out, int64_t n);
  void (*lerp)(const float* a, const float* b, float t, float* out, int64_t n);
  void (*add_scaled)(const float* x, float p, float* out, int64_t n);                 // out += p x
  void (*affine)(const float* x, float offset, float factor, float* out, int64_t n);  // (x - offset) * factor
};

/// Sums and extremes of n values; extremes need at least one.
struct ReduceKernels {
  float (*sum)(const float* x, int64_t n);
  float (*sizes)(const float* x, int64_t n);
  float (*squares)(const float* x, float centre, int64_t n);
  float (*products)(const float* x, const float* y, int64_t n);
  float (*centred_products)(const float* x, float x_centre, const float* y, float y_centre, int64_t n);
  /// Adds to 16 sums, and to 16 sums of what rounding lost of them.
  void (*exact)(const float* x, int64_t n, float* sums, float* lost);
  float (*largest)(const float* x, int64_t n);
  float (*smallest)(const float* x, int64_t n);
  float (*largest_size)(const float* x, int64_t n);
  float (*exp_sum)(const float* x, float shift, float* out, int64_t n);  // keeps e^(x - shift)
  float (*exp_sum_only)(const float* x, float shift, int64_t n);
};

struct Rotation {
  double c, s;
};

struct Reflection {
  const double* v;
  double tau;
};

/// Of the symmetric eigenproblem (eigen.cpp).
struct EigenKernels {
  int width;  // columns of reflect and rotate
  /// Rows [first, last) of a symmetric matrix's lower triangle: a -= v w' + w v' (v null: not), and their
  /// share of y = a u, which also reaches what is before them; y[0, last) is set.
  void (*update_multiply)(double* a, int64_t stride, int64_t first, int64_t last, const double* v,
                          const double* w, const double* u, double* y);
  /// x -= tau v (v' x) with the first reflection, of `rows` values, and then with the second, of one less;
  /// inner: their vectors' product. x: [rows, width].
  void (*reflect)(double* x, int64_t rows, const Reflection& first, const Reflection& second, double inner);
  /// Rows top and top - 1 become s (top - 1) + c top and c (top - 1) - s top, then top - 1 and top - 2, ...
  void (*rotate)(double* top, const Rotation* rotations, int64_t count);
};

struct ArrayKernels {
  const char* name;
  GemmKernels gemm;
  ElementKernels element;
  ReduceKernels reduce;
  EigenKernels eigen;
};

#if defined(__x86_64__)
const ArrayKernels& array_kernels_sse4();
const ArrayKernels& array_kernels_avx2();
const ArrayKernels& array_kernels_avx512();
#else
const ArrayKernels& array_kernels_portable();
#endif

}  // namespace sov::compute
