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

}  // namespace sov::compute
