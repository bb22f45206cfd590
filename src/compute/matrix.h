#pragma once
// Products of matrices and what else is done to them.

#include "compute/array.h"

namespace sov::compute {

enum class Into { replace, add };

/// c = a b, or c += a b. Shapes: a [M,K], b [K,N] -> c [M,N]; any strides, so a transposed view costs
/// nothing. Errors: usage where shapes differ, or c shares memory with a or b. Numerics: f32; an output is
/// the sum, in order, of chains of at most 256 multiply-adds along K (one row or one column: see matvec). Its
/// bits depend on the shapes and on which of matvec's two ways runs, and on neither threads, neighbours nor,
/// but for tiers without FMA, the SIMD tier. NaN and infinity spread as IEEE 754 has it; K = 0 gives zeros.
Result<void> multiply(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c,
                      Into into = Into::replace);
Result<Matrix> matmul(ArrayContext& on, MatrixView a, MatrixView b);

/// a x, and x a: products with one column or one row. One column of a whose rows adjoin is summed by 32
/// chains over K and a tree; everything else as in multiply.
Result<Vector> matvec(ArrayContext& on, MatrixView a, std::span<const float> x);
Result<Vector> vecmat(ArrayContext& on, std::span<const float> x, MatrixView a);

/// Matrices of a size, in one or two outer dimensions: matrix (i, j) begins at data[i * outer_stride + j *
/// inner_stride]. A stride of 0 repeats a matrix, as for heads that share their keys.
struct StackView {
  const float* data = nullptr;
  int64_t outer = 1, inner = 1, rows = 0, cols = 0;
  int64_t outer_stride = 0, inner_stride = 0, row_stride = 0, col_stride = 1;

  MatrixView matrix(int64_t i, int64_t j) const {
    return {data + i * outer_stride + j * inner_stride, rows, cols, row_stride, col_stride};
  }
  StackView transposed() const {
    return {data, outer, inner, cols, rows, outer_stride, inner_stride, col_stride, row_stride};
  }
  /// [outer, inner, rows, cols] that adjoin, as in a C array.
  static StackView dense(const float* data, int64_t outer, int64_t inner, int64_t rows, int64_t cols) {
    return {data, outer, inner, rows, cols, inner * rows * cols, rows * cols, cols, 1};
  }
};
/// out[i, j] = a[i, j] b[i, j], dense: 4-D [B, H, M, K] x [B, H, K, N] -> [B, H, M, N]; 3-D with inner = 1.
/// Errors: usage where shapes differ. The bits of each product are those of multiply().
Result<void> batched_matmul(ArrayContext& on, const StackView& a, const StackView& b, std::span<float> out);

Result<Matrix> transpose(ArrayContext& on, MatrixView a);
/// out = a', element by element. Errors: usage where shapes differ or memory is shared.
Result<void> transpose(ArrayContext& on, MatrixView a, MutableMatrixView out);

/// Row i of the result is row indices[i] of the table. Errors: usage for an index that the table does not
/// have.
Result<Matrix> embedding_lookup(ArrayContext& on, MatrixView table, std::span<const int64_t> indices);

}  // namespace sov::compute
