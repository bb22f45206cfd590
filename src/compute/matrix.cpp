#include "compute/matrix.h"

#include <algorithm>

#include "compute/cpu/gemm.h"

namespace sov::compute {
namespace {

struct Extent {
  const float* first;
  const float* last;
};

/// Requires: at least one element.
Extent extent(MatrixView m) {
  const int64_t down = (m.rows - 1) * m.row_stride;
  const int64_t right = (m.cols - 1) * m.col_stride;
  return {m.data + std::min<int64_t>(0, down) + std::min<int64_t>(0, right),
          m.data + std::max<int64_t>(0, down) + std::max<int64_t>(0, right)};
}

bool share_memory(MatrixView a, MatrixView b) {
  if (a.rows == 0 || a.cols == 0 || b.rows == 0 || b.cols == 0) return false;
  const Extent x = extent(a);
  const Extent y = extent(b);
  return x.first <= y.last && y.first <= x.last;
}

}  // namespace

Result<void> multiply(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, Into into) {
  if (a.cols != b.rows || c.rows != a.rows || c.cols != b.cols) {
    return fail(Code::usage,
                "matrix product: [{}, {}] x [{}, {}] -> [{}, {}] wanted [M, K] x [K, N] -> [M, N]", a.rows,
                a.cols, b.rows, b.cols, c.rows, c.cols);
  }
  if (share_memory(c, a) || share_memory(c, b)) {
    return fail(Code::usage, "matrix product: the result shares memory with an operand");
  }
  gemm(on, a, b, c, into == Into::add);
  return {};
}

Result<Matrix> matmul(ArrayContext& on, MatrixView a, MatrixView b) {
  TRY(Matrix c, Matrix::create(a.rows, b.cols));
  TRY(multiply(on, a, b, c));
  return c;
}

}  // namespace sov::compute
