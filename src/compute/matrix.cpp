#include "compute/matrix.h"

#include <algorithm>
#include <tuple>

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/gemm.h"

namespace sov::compute {
namespace {

constexpr int64_t kTurned = 64;  // rows and columns of a transposed block: two blocks are half of L1 and more
constexpr int64_t kLookedUp = 65536;
// So many products, each of at most so many multiply-adds, are spread whole.
constexpr int64_t kWholeProducts = 4, kSmallProduct = 1 << 22;

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

Result<Vector> matvec(ArrayContext& on, MatrixView a, std::span<const float> x) {
  TRY(Vector out, Vector::create(a.rows));
  const auto size = static_cast<int64_t>(x.size());
  TRY(multiply(on, a, {x.data(), size, 1, 1, 1}, {out.data(), a.rows, 1, 1, 1}));
  return out;
}

Result<Vector> vecmat(ArrayContext& on, std::span<const float> x, MatrixView a) {
  TRY(Vector out, Vector::create(a.cols));
  const auto size = static_cast<int64_t>(x.size());
  TRY(multiply(on, {x.data(), 1, size, size, 1}, a, {out.data(), 1, a.cols, a.cols, 1}));
  return out;
}

Result<void> batched_matmul(ArrayContext& on, const StackView& a, const StackView& b, std::span<float> out) {
  const int64_t count = a.outer * a.inner, size = a.rows * b.cols;
  if (a.outer != b.outer || a.inner != b.inner || a.cols != b.rows) {
    return fail(Code::usage,
                "batched product: [{}, {}, {}, {}] x [{}, {}, {}, {}] wanted [B, H, M, K] x [B, H, K, N]",
                a.outer, a.inner, a.rows, a.cols, b.outer, b.inner, b.rows, b.cols);
  }
  if (static_cast<int64_t>(out.size()) != count * size) {
    return fail(Code::usage, "batched product: wanted room for {} values, got {}", count * size, out.size());
  }
  const auto product = [&](int64_t i) {
    return std::tuple{a.matrix(i / a.inner, i % a.inner), b.matrix(i / a.inner, i % a.inner),
                      MutableMatrixView{out.data() + i * size, a.rows, b.cols, b.cols, 1}};
  };
  for (int64_t i = 0; i < count; i++) {
    const auto [from_a, from_b, to] = product(i);
    if (share_memory(to, from_a) || share_memory(to, from_b)) {
      return fail(Code::usage, "batched product: the result shares memory with an operand");
    }
  }
  // Small matrices are spread whole, large ones by their parts.
  if (count >= kWholeProducts && size * a.cols <= kSmallProduct) {
    on.pool().run(count, [&](int64_t i) {
      const auto [from_a, from_b, to] = product(i);
      gemm_here(on, from_a, from_b, to, false);
    });
  } else {
    for (int64_t i = 0; i < count; i++) {
      const auto [from_a, from_b, to] = product(i);
      gemm(on, from_a, from_b, to, false);
    }
  }
  return {};
}

Result<Matrix> transpose(ArrayContext& on, MatrixView a) {
  TRY(Matrix out, Matrix::create(a.cols, a.rows));
  TRY(transpose(on, a, out));
  return out;
}

Result<void> transpose(ArrayContext& on, MatrixView a, MutableMatrixView out) {
  if (out.rows != a.cols || out.cols != a.rows) {
    return fail(Code::usage, "transpose: [{}, {}] into [{}, {}]", a.rows, a.cols, out.rows, out.cols);
  }
  if (share_memory(out, a)) return fail(Code::usage, "transpose: the result shares memory with the matrix");
  const int64_t down = (a.rows + kTurned - 1) / kTurned, right = (a.cols + kTurned - 1) / kTurned;
  on.pool().run(down * right, [&](int64_t task) {
    const int64_t row = task / right * kTurned, col = task % right * kTurned;
    const int64_t rows = std::min(kTurned, a.rows - row), cols = std::min(kTurned, a.cols - col);
    const MatrixView from = a.block(row, col, rows, cols);
    const MutableMatrixView to = out.block(col, row, cols, rows);
    if (from.col_stride == 1 && to.col_stride == 1) {
      on.kernels().gemm.turn(from.data, from.row_stride, rows, cols, to.data, to.row_stride);
      return;
    }
    for (int64_t r = 0; r < rows; r++) {
      for (int64_t c = 0; c < cols; c++) to.data[c * to.row_stride + r * to.col_stride] = from.at(r, c);
    }
  });
  return {};
}

Result<Matrix> embedding_lookup(ArrayContext& on, MatrixView table, std::span<const int64_t> indices) {
  const auto count = static_cast<int64_t>(indices.size());
  for (const int64_t index : indices) {
    if (index < 0 || index >= table.rows) {
      return fail(Code::usage, "embedding lookup: index {} of a table of {} rows", index, table.rows);
    }
  }
  TRY(Matrix out, Matrix::create(count, table.cols));
  const int64_t step = std::max<int64_t>(1, kLookedUp / std::max<int64_t>(1, table.cols));
  on.pool().run((count + step - 1) / step, [&](int64_t task) {
    for (int64_t i = task * step; i < std::min(count, (task + 1) * step); i++) {
      const float* row = table.data + indices[static_cast<size_t>(i)] * table.row_stride;
      if (table.col_stride == 1) {
        std::copy_n(row, table.cols, out.row(i).data());
      } else {
        for (int64_t c = 0; c < table.cols; c++) out.at(i, c) = row[c * table.col_stride];
      }
    }
  });
  return out;
}

}  // namespace sov::compute
