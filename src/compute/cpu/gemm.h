#pragma once
// Matrix products over a tier's kernels: how one is cut, what is packed, who does what.

#include "compute/array.h"

namespace sov::compute {

/// c = a b, or c += a b. Requires: shapes agree; c overlaps neither.
void gemm(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate);
/// The same without the pool: inside of one of its tasks. The same bits.
void gemm_here(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate);

}  // namespace sov::compute
