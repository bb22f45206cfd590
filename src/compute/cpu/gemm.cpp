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
// An operand that is used so few times is read where it lies.
constexpr int64_t kUnpackedCols = 256, kUnpackedRows = 12;
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
  void pack_cols(const Part& part, int64_t panel);
  void multiply(const Part& part);
  void multiply_block(const Part& part, int64_t row, int64_t rows, int64_t col, int64_t cols);
  int64_t row_tasks(const Part& part) const { return (part.rows + block_rows_ - 1) / block_rows_; }

  ArrayContext& on_;
  const GemmKernels& kernels_;
  MatrixView a_, b_;
  MutableMatrixView c_;
  bool accumulate_;
  bool pack_a_, pack_b_;
  int64_t depth_, part_rows_, part_cols_, block_rows_, block_cols_;
  float* packed_a_ = nullptr;
  float* packed_b_ = nullptr;
};

Product::Product(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate)
    : on_(on), kernels_(on.kernels().gemm), a_(a), b_(b), c_(c), accumulate_(accumulate) {
  pack_a_ = b.cols > kUnpackedCols || (a.row_stride != 1 && a.col_stride != 1);
  pack_b_ = a.rows > kUnpackedRows || b.col_stride != 1;
  depth_ = even_part(a.cols, kDepth, 1);
  part_rows_ = even_part(a.rows, kPackedRows, kernels_.rows);
  part_cols_ = even_part(b.cols, kPackedCols, kernels_.cols);
  block_rows_ = even_part(part_rows_, kBlockRows, kernels_.rows);
  const double operations =
      2 * static_cast<double>(part_rows_) * static_cast<double>(part_cols_) * static_cast<double>(depth_);
  const auto wanted = static_cast<int64_t>(std::clamp(operations / kTaskOperations, 1.0, kMostTasks));
  const int64_t row_tasks = (part_rows_ + block_rows_ - 1) / block_rows_;
  const int64_t col_tasks = (wanted + row_tasks - 1) / row_tasks;
  block_cols_ =
      even_part(part_cols_, std::max<int64_t>(part_cols_ / col_tasks, kernels_.cols), kernels_.cols);
  block_cols_ = round_up(block_cols_, kernels_.cols);
}

void Product::run() {
  const int64_t a_floats = pack_a_ ? part_rows_ * depth_ : 0;
  const int64_t b_floats = pack_b_ ? round_up(part_cols_, kernels_.cols) * depth_ : kernels_.cols * depth_;
  ScratchPool::Loan memory = on_.scratch().borrow(static_cast<size_t>(a_floats + b_floats));
  packed_b_ = memory.data();
  packed_a_ = packed_b_ + b_floats;
  for (int64_t col = 0; col < b_.cols; col += part_cols_) {
    for (int64_t k = 0; k < a_.cols; k += depth_) {
      for (int64_t row = 0; row < a_.rows; row += part_rows_) {
        const Part part = {row, std::min(part_rows_, a_.rows - row), col, std::min(part_cols_, b_.cols - col),
                           k,   std::min(depth_, a_.cols - k)};
        pack(part);
        multiply(part);
      }
    }
  }
}

void Product::pack(const Part& part) {
  const int64_t panels = (part.cols + kernels_.cols - 1) / kernels_.cols;
  const int64_t first_panel = pack_b_ ? 0 : part.cols / kernels_.cols;  // else a ragged one alone
  const int64_t group = std::max<int64_t>(1, kPackedAtOnce / (part.depth * kernels_.cols));
  const int64_t col_tasks = part.row == 0 ? (panels - first_panel + group - 1) / group : 0;
  on_.pool().run(col_tasks + (pack_a_ ? row_tasks(part) : 0), [&](int64_t task) {
    if (task < col_tasks) {
      const int64_t begin = first_panel + task * group;
      for (int64_t panel = begin; panel < std::min(panels, begin + group); panel++) pack_cols(part, panel);
    } else {
      const int64_t first = (task - col_tasks) * block_rows_;
      pack_rows(part, first, std::min(block_rows_, part.rows - first));
    }
  });
}

void Product::pack_cols(const Part& part, int64_t panel) {
  const int64_t col = panel * kernels_.cols;
  const float* from = b_.data + part.k * b_.row_stride + (part.col + col) * b_.col_stride;
  kernels_.pack(from, b_.col_stride, b_.row_stride, std::min<int64_t>(kernels_.cols, part.cols - col),
                kernels_.cols, part.depth, packed_b_ + (pack_b_ ? col * part.depth : 0));
}

void Product::pack_rows(const Part& part, int64_t first, int64_t rows) {
  for (int64_t row = 0, panel; row < rows; row += panel) {
    panel = panel_rows(rows - row, kernels_.rows);
    const float* from = a_.data + (part.row + first + row) * a_.row_stride + part.k * a_.col_stride;
    kernels_.pack(from, a_.row_stride, a_.col_stride, panel, panel, part.depth,
                  packed_a_ + (first + row) * part.depth);
  }
}

void Product::multiply(const Part& part) {
  const int64_t rows = row_tasks(part);
  const int64_t cols = (part.cols + block_cols_ - 1) / block_cols_;
  on_.pool().run(rows * cols, [&](int64_t task) {
    const int64_t row = task / cols * block_rows_;
    const int64_t col = task % cols * block_cols_;
    multiply_block(part, row, std::min(block_rows_, part.rows - row), col,
                   std::min(block_cols_, part.cols - col));
  });
}

void Product::multiply_block(const Part& part, int64_t row, int64_t rows, int64_t col, int64_t cols) {
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
  if (pack_b_) {
    block.b = packed_b_ + col * part.depth;
    block.b_panel = kernels_.cols * part.depth;
    block.b_k = kernels_.cols;
  } else {
    block.b = b_.data + part.k * b_.row_stride + part.col + col;
    block.b_panel = kernels_.cols;
    block.b_k = b_.row_stride;
    block.b_ragged = packed_b_;
  }
  block.c = c_.data + (part.row + row) * c_.row_stride + (part.col + col) * c_.col_stride;
  block.c_row = c_.row_stride;
  block.c_col = c_.col_stride;
  block.accumulate = accumulate_ || part.k > 0;
  kernels_.block(block);
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
  // c' = b' a': the tile's stores want neighbouring columns.
  if (c.row_stride == 1 && c.col_stride != 1)
    return gemm(on, b.transposed(), a.transposed(), c.transposed(), accumulate);
  Product(on, a, b, c, accumulate).run();
}

}  // namespace sov::compute
