#include "compute/cpu/gemm.h"

#include <algorithm>

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/scratch.h"

namespace sov::compute {
namespace {

// A panel of b takes half of L1 (256 x 16 floats are 16 KiB), a block of a's rows a third of L2. The cut of k
// is part of what an output's bits depend on, so it is the same for every tier.
constexpr int64_t kDepth = 256;
constexpr int64_t kBlockRows = 192;
// What is packed at once: a few MiB, of the size of a last cache.
constexpr int64_t kPackedCols = 4096, kPackedRows = 4096;
constexpr int64_t kPackedAtOnce = 16384;  // values of a task
constexpr int64_t kFreshCols = 256;
// With so few columns of b, a is read where it lies.
constexpr int64_t kUnpackedCols = 256;
// With so few rows of a, b is.
constexpr int64_t kThinRows = 12, kThinCols = 512;
// Of matrix-vector products: values of a that a task reads, and its rows at most.
constexpr int64_t kDotTask = 65536, kMostDots = 256;
constexpr double kTaskOperations = 2e6, kMostTasks = 16;

constexpr int64_t round_up(int64_t n, int64_t to) { return (n + to - 1) / to * to; }
/// The size of the parts when n is cut into parts of at most `most`, alike but for multiples of `step`.
constexpr int64_t even_part(int64_t n, int64_t most, int64_t step) {
  const int64_t parts = (n + most - 1) / most;
  return std::min(n, round_up((n + parts - 1) / parts, step));
}

class Product {
 public:
  Product(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate);
  void run();

 private:
  /// What one pass covers: rows [row, row + rows), columns, and k.
  struct Part {
    int64_t row, rows, col, cols, k, depth;
  };
  void pack(const Part& part);
  void pack_rows(const Part& part, int64_t first, int64_t rows);
  void pack_cols(const Part& part, int64_t col, int64_t cols, float* to);
  void multiply(const Part& part);
  void multiply_fresh(const Part& part);
  void multiply_block(const Part& part, int64_t row, int64_t rows, const float* b, int64_t col, int64_t cols);
  int64_t row_tasks(const Part& part) const { return (part.rows + block_rows_ - 1) / block_rows_; }

  ArrayContext& on_;
  const GemmKernels& kernels_;
  MatrixView a_, b_;
  MutableMatrixView c_;
  bool accumulate_;
  bool pack_a_;
  bool fresh_;  // each task packs the columns that it alone needs
  int64_t depth_, part_rows_, part_cols_, block_rows_, block_cols_;
  float* packed_a_ = nullptr;
  float* packed_b_ = nullptr;
};

Product::Product(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate)
    : on_(on), kernels_(on.kernels().gemm), a_(a), b_(b), c_(c), accumulate_(accumulate) {
  pack_a_ = b.cols > kUnpackedCols || (a.row_stride != 1 && a.col_stride != 1);
  depth_ = even_part(a.cols, kDepth, 1);
  part_rows_ = even_part(a.rows, kPackedRows, kernels_.rows);
  part_cols_ = even_part(b.cols, kPackedCols, kernels_.cols);
  block_rows_ = even_part(part_rows_, kBlockRows, kernels_.rows);
  fresh_ = a.rows <= block_rows_;
  const double operations =
      2 * static_cast<double>(part_rows_) * static_cast<double>(part_cols_) * static_cast<double>(depth_);
  const auto wanted = static_cast<int64_t>(std::clamp(operations / kTaskOperations, 1.0, kMostTasks));
  const int64_t row_tasks = (part_rows_ + block_rows_ - 1) / block_rows_;
  const int64_t col_tasks = (wanted + row_tasks - 1) / row_tasks;
  int64_t most = std::max<int64_t>(part_cols_ / col_tasks, kernels_.cols);
  if (fresh_) most = std::min(most, kFreshCols);
  block_cols_ = round_up(even_part(part_cols_, most, kernels_.cols), kernels_.cols);
}

void Product::run() {
  const int64_t a_floats = pack_a_ ? part_rows_ * depth_ : 0;
  const int64_t b_floats = fresh_ ? 0 : round_up(part_cols_, kernels_.cols) * depth_;
  ScratchPool::Loan memory = on_.scratch().borrow(static_cast<size_t>(a_floats + b_floats));
  packed_b_ = memory.data();
  packed_a_ = packed_b_ + b_floats;
  for (int64_t col = 0; col < b_.cols; col += part_cols_) {
    for (int64_t k = 0; k < a_.cols; k += depth_) {
      for (int64_t row = 0; row < a_.rows; row += part_rows_) {
        const Part part = {row, std::min(part_rows_, a_.rows - row), col, std::min(part_cols_, b_.cols - col),
                           k,   std::min(depth_, a_.cols - k)};
        pack(part);
        if (fresh_) {
          multiply_fresh(part);
        } else {
          multiply(part);
        }
      }
    }
  }
}

void Product::pack(const Part& part) {
  const int64_t group = round_up(std::max<int64_t>(1, kPackedAtOnce / part.depth), kernels_.cols);
  const int64_t col_tasks = part.row == 0 && !fresh_ ? (part.cols + group - 1) / group : 0;
  on_.pool().run(col_tasks + (pack_a_ ? row_tasks(part) : 0), [&](int64_t task) {
    if (task < col_tasks) {
      const int64_t col = task * group;
      pack_cols(part, col, std::min(group, part.cols - col), packed_b_ + col * part.depth);
    } else {
      const int64_t first = (task - col_tasks) * block_rows_;
      pack_rows(part, first, std::min(block_rows_, part.rows - first));
    }
  });
}

void Product::pack_cols(const Part& part, int64_t col, int64_t cols, float* to) {
  const float* from = b_.data + part.k * b_.row_stride + (part.col + col) * b_.col_stride;
  kernels_.pack_cols(from, b_.col_stride, b_.row_stride, cols, part.depth, to);
}

void Product::pack_rows(const Part& part, int64_t first, int64_t rows) {
  for (int64_t row = 0, panel; row < rows; row += panel) {
    panel = panel_rows(rows - row, kernels_.rows);
    const float* from = a_.data + (part.row + first + row) * a_.row_stride + part.k * a_.col_stride;
    kernels_.pack_rows(from, a_.row_stride, a_.col_stride, panel, panel, part.depth,
                       packed_a_ + (first + row) * part.depth);
  }
}

void Product::multiply(const Part& part) {
  const int64_t rows = row_tasks(part);
  const int64_t cols = (part.cols + block_cols_ - 1) / block_cols_;
  on_.pool().run(rows * cols, [&](int64_t task) {
    const int64_t row = task / cols * block_rows_;
    const int64_t col = task % cols * block_cols_;
    multiply_block(part, row, std::min(block_rows_, part.rows - row), packed_b_ + col * part.depth, col,
                   std::min(block_cols_, part.cols - col));
  });
}

/// With one block of rows nobody else needs these columns: they are packed where they are still near when
/// they are used.
void Product::multiply_fresh(const Part& part) {
  on_.pool().run((part.cols + block_cols_ - 1) / block_cols_, [&](int64_t task) {
    ScratchPool::Loan packed = on_.scratch().borrow(static_cast<size_t>(block_cols_ * depth_));
    const int64_t col = task * block_cols_;
    const int64_t cols = std::min(block_cols_, part.cols - col);
    pack_cols(part, col, cols, packed.data());
    multiply_block(part, 0, part.rows, packed.data(), col, cols);
  });
}

void Product::multiply_block(const Part& part, int64_t row, int64_t rows, const float* b, int64_t col,
                             int64_t cols) {
  GemmBlock block = {};
  block.rows = rows;
  block.cols = cols;
  block.k = part.depth;
  block.a_packed = pack_a_;
  if (pack_a_) {
    block.a = packed_a_ + row * part.depth;
    block.a_panel = part.depth;
  } else {
    block.a = a_.data + (part.row + row) * a_.row_stride + part.k * a_.col_stride;
    block.a_panel = block.a_row = a_.row_stride;
    block.a_k = a_.col_stride;
  }
  block.b = b;
  block.c = c_.data + (part.row + row) * c_.row_stride + (part.col + col) * c_.col_stride;
  block.c_row = c_.row_stride;
  block.c_col = c_.col_stride;
  block.accumulate = accumulate_ || part.k > 0;
  kernels_.block(block);
}

/// c (+)= sums for columns [col, col + cols).
void add_sums(const float* sums, int64_t sums_row, int64_t col, int64_t cols, bool add, MutableMatrixView c) {
  for (int64_t r = 0; r < c.rows; r++) {
    for (int64_t i = 0; i < cols; i++) {
      float& to = c.data[r * c.row_stride + (col + i) * c.col_stride];
      to = add ? to + sums[r * sums_row + i] : sums[r * sums_row + i];
    }
  }
}

/// Few rows of a, and rows of b that adjoin: b is read once as it lies. The same bits as Product's: chains of
/// the same cut of k, added in the same order.
void thin_product(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate) {
  const GemmKernels& kernels = on.kernels().gemm;
  const int64_t depth = even_part(a.cols, kDepth, 1);
  on.pool().run((b.cols + kThinCols - 1) / kThinCols, [&](int64_t task) {
    const int64_t col = task * kThinCols;
    const int64_t cols = std::min(kThinCols, b.cols - col);
    const int64_t whole = cols / kernels.cols * kernels.cols;
    ScratchPool::Loan memory =
        on.scratch().borrow(static_cast<size_t>(c.rows * kThinCols + kernels.cols * depth));
    float* const sums = memory.data();
    float* const ragged = sums + c.rows * kThinCols;  // the last columns' b, padded
    for (int64_t k = 0; k < a.cols; k += depth) {
      std::fill_n(sums, c.rows * kThinCols, 0.0F);
      GemmThin thin = {};
      thin.a = a.data + k * a.col_stride;
      thin.a_row = a.row_stride;
      thin.a_k = a.col_stride;
      thin.rows = a.rows;
      thin.k = std::min(depth, a.cols - k);
      thin.b = b.data + k * b.row_stride + col;
      thin.b_k = b.row_stride;
      thin.cols = whole;
      thin.sums = sums;
      thin.sums_row = kThinCols;
      kernels.thin(thin);
      if (whole < cols) {
        kernels.pack_cols(thin.b + whole, 1, b.row_stride, cols - whole, thin.k, ragged);
        thin.b = ragged;
        thin.b_k = thin.cols = kernels.cols;
        thin.sums += whole;
        kernels.thin(thin);
      }
      add_sums(sums, kThinCols, col, cols, accumulate || k > 0, c);
    }
  });
}

/// One column, and rows of a that adjoin.
void column_product(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate) {
  const GemmKernels& kernels = on.kernels().gemm;
  ScratchPool::Loan vector = on.scratch().borrow(static_cast<size_t>(a.cols));
  const float* x = b.data;
  if (b.row_stride != 1) {
    for (int64_t k = 0; k < a.cols; k++) vector.data()[k] = b.data[k * b.row_stride];
    x = vector.data();
  }
  const int64_t rows = std::clamp<int64_t>(kDotTask / a.cols, 16, kMostDots);
  on.pool().run((a.rows + rows - 1) / rows, [&](int64_t task) {
    const int64_t row = task * rows;
    const int64_t count = std::min(rows, a.rows - row);
    float out[kMostDots];
    kernels.dots(a.data + row * a.row_stride, a.row_stride, count, x, a.cols, out);
    for (int64_t i = 0; i < count; i++) {
      float& to = c.data[(row + i) * c.row_stride];
      to = accumulate ? to + out[i] : out[i];
    }
  });
}

/// Whether c' = b' a' suits the kernels better.
bool better_transposed(MatrixView a, MatrixView b, MutableMatrixView c) {
  if (c.cols == 1) return a.col_stride != 1 && a.row_stride == 1;  // else rows against a vector
  if (c.rows == 1) return b.col_stride != 1;
  if (c.rows <= kThinRows && b.col_stride == 1) return false;
  if (c.cols <= kThinRows && a.row_stride == 1) return true;
  if (c.rows <= kThinRows) return b.row_stride == 1 && c.cols > kThinRows;
  return c.row_stride == 1 && c.col_stride != 1;  // the tile's stores want neighbouring columns
}

}  // namespace

void gemm(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate) {
  if (c.rows == 0 || c.cols == 0) return;
  if (a.cols == 0) {
    for (int64_t r = 0; r < c.rows && !accumulate; r++) {
      for (int64_t i = 0; i < c.cols; i++) c.data[r * c.row_stride + i * c.col_stride] = 0;
    }
    return;
  }
  if (better_transposed(a, b, c)) {
    std::swap(a, b);
    a = a.transposed();
    b = b.transposed();
    c = c.transposed();
  }
  if (c.cols == 1 && a.col_stride == 1) return column_product(on, a, b, c, accumulate);
  if (c.rows <= kThinRows && b.col_stride == 1) return thin_product(on, a, b, c, accumulate);
  Product(on, a, b, c, accumulate).run();
}

}  // namespace sov::compute
