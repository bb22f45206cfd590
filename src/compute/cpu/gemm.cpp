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
constexpr int64_t kFreshCols = 512;
// With so few columns of b, a is read where it lies.
constexpr int64_t kUnpackedCols = 256;
// With so few rows of a, b is.
constexpr int64_t kThinRows = 12, kThinCols = 2048, kRowCols = 4096;
// Few outputs of a long k: with sides of at most this, so many partial sums at once, added by so many tasks.
constexpr int64_t kDeepSide = 64, kDeepFloats = 1 << 19, kDeepTasks = 8;
// Of matrix-vector products: values of a that a task reads, and its rows at most.
constexpr int64_t kDotTask = 65536, kMostDots = 256;
constexpr double kTaskOperations = 2e6, kMostTasks = 16;

constexpr int64_t round_up(int64_t n, int64_t to) { return (n + to - 1) / to * to; }
/// The size of the parts when n is cut into parts of at most `most`, alike but for multiples of `step`.
constexpr int64_t even_part(int64_t n, int64_t most, int64_t step) {
  const int64_t parts = (n + most - 1) / most;
  return std::min(n, round_up((n + parts - 1) / parts, step));
}

/// Whether a product's own tasks go to the pool, or it is itself a task.
enum class Spread { threads, here };

template <typename Body>
void run_tasks(ArrayContext& on, Spread spread, int64_t tasks, const Body& body) {
  if (spread == Spread::threads) {
    on.pool().run(tasks, body);
  } else {
    for (int64_t task = 0; task < tasks; task++) body(task);
  }
}

class Product {
 public:
  Product(ArrayContext& on, Spread spread, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate);
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
  Spread spread_;
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

Product::Product(ArrayContext& on, Spread spread, MatrixView a, MatrixView b, MutableMatrixView c,
                 bool accumulate)
    : on_(on), spread_(spread), kernels_(on.kernels().gemm), a_(a), b_(b), c_(c), accumulate_(accumulate) {
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
  run_tasks(on_, spread_, col_tasks + (pack_a_ ? row_tasks(part) : 0), [&](int64_t task) {
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
  run_tasks(on_, spread_, rows * cols, [&](int64_t task) {
    const int64_t row = task / cols * block_rows_;
    const int64_t col = task % cols * block_cols_;
    multiply_block(part, row, std::min(block_rows_, part.rows - row), packed_b_ + col * part.depth, col,
                   std::min(block_cols_, part.cols - col));
  });
}

/// With one block of rows nobody else needs these columns: they are packed where they are still near when
/// they are used.
void Product::multiply_fresh(const Part& part) {
  run_tasks(on_, spread_, (part.cols + block_cols_ - 1) / block_cols_, [&](int64_t task) {
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
    const float* from = sums + r * sums_row;
    float* to = c.data + r * c.row_stride + col * c.col_stride;
    if (c.col_stride == 1 && add) {
      for (int64_t i = 0; i < cols; i++) to[i] += from[i];
    } else if (c.col_stride == 1) {
      std::copy_n(from, cols, to);
    } else {
      for (int64_t i = 0; i < cols; i++)
        to[i * c.col_stride] = add ? to[i * c.col_stride] + from[i] : from[i];
    }
  }
}

/// Few rows of a, and rows of b that adjoin: b is read once as it lies. The same bits as Product's: chains of
/// the same cut of k, added in the same order.
void thin_product(ArrayContext& on, Spread spread, MatrixView a, MatrixView b, MutableMatrixView c,
                  bool accumulate) {
  const GemmKernels& kernels = on.kernels().gemm;
  const int64_t depth = even_part(a.cols, kDepth, 1);
  const int64_t most = c.rows == 1 ? kRowCols : kThinCols;
  run_tasks(on, spread, (b.cols + most - 1) / most, [&](int64_t task) {
    const int64_t col = task * most;
    const int64_t cols = std::min(most, b.cols - col);
    const int64_t whole = cols / kernels.cols * kernels.cols;
    const int64_t sums_row = round_up(cols, kernels.cols);
    ScratchPool::Loan memory =
        on.scratch().borrow(static_cast<size_t>(c.rows * sums_row + kernels.cols * depth));
    float* const sums = memory.data();
    float* const ragged = sums + c.rows * sums_row;  // the last columns' b, padded
    for (int64_t k = 0; k < a.cols; k += depth) {
      std::fill_n(sums, c.rows * sums_row, 0.0F);
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
      thin.sums_row = sums_row;
      kernels.thin(thin);
      if (whole < cols) {
        kernels.pack_cols(thin.b + whole, 1, b.row_stride, cols - whole, thin.k, ragged);
        thin.b = ragged;
        thin.b_k = thin.cols = kernels.cols;
        thin.sums += whole;
        kernels.thin(thin);
      }
      add_sums(sums, sums_row, col, cols, accumulate || k > 0, c);
    }
  });
}

void any_product(ArrayContext& on, Spread spread, MatrixView a, MatrixView b, MutableMatrixView c,
                 bool accumulate) {
  if (c.rows <= kThinRows && b.col_stride == 1) return thin_product(on, spread, a, b, c, accumulate);
  Product(on, spread, a, b, c, accumulate).run();
}

/// Few outputs and a long k: its blocks are spread instead, and their sums added in order, which is what one
/// thread would have done.
void deep_product(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate) {
  const int64_t depth = even_part(a.cols, kDepth, 1);
  const int64_t blocks = (a.cols + depth - 1) / depth;
  const int64_t outputs = c.rows * c.cols;
  const int64_t at_once = std::min(blocks, std::max<int64_t>(8, kDeepFloats / outputs));
  ScratchPool::Loan memory = on.scratch().borrow(static_cast<size_t>(at_once * outputs));
  for (int64_t first = 0; first < blocks; first += at_once) {
    const int64_t count = std::min(at_once, blocks - first);
    on.pool().run(count, [&](int64_t task) {
      const int64_t k = (first + task) * depth;
      const int64_t here = std::min(depth, a.cols - k);
      const MutableMatrixView partial = {memory.data() + task * outputs, c.rows, c.cols, c.cols, 1};
      any_product(on, Spread::here, a.block(0, k, a.rows, here), b.block(k, 0, here, b.cols), partial, false);
    });
    const int64_t step = (c.cols + kDeepTasks - 1) / kDeepTasks;
    on.pool().run((c.cols + step - 1) / step, [&](int64_t task) {
      const int64_t col = task * step;
      for (int64_t block = 0; block < count; block++) {
        add_sums(memory.data() + block * outputs + col, c.cols, col, std::min(step, c.cols - col),
                 accumulate || first + block > 0, c);
      }
    });
  }
}

bool is_deep(MatrixView a, MutableMatrixView c) {
  const int64_t blocks = (a.cols + kDepth - 1) / kDepth;
  return c.rows <= kThinRows ? blocks >= 2 : blocks >= 4 && c.rows <= kDeepSide && c.cols <= kDeepSide;
}

/// One column, and rows of a that adjoin.
void column_product(ArrayContext& on, Spread spread, MatrixView a, MatrixView b, MutableMatrixView c,
                    bool accumulate) {
  const GemmKernels& kernels = on.kernels().gemm;
  ScratchPool::Loan vector = on.scratch().borrow(static_cast<size_t>(a.cols));
  const float* x = b.data;
  if (b.row_stride != 1) {
    for (int64_t k = 0; k < a.cols; k++) vector.data()[k] = b.data[k * b.row_stride];
    x = vector.data();
  }
  const int64_t rows = std::clamp<int64_t>(kDotTask / a.cols, 16, kMostDots);
  run_tasks(on, spread, (a.rows + rows - 1) / rows, [&](int64_t task) {
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

void spread_gemm(ArrayContext& on, Spread spread, MatrixView a, MatrixView b, MutableMatrixView c,
                 bool accumulate) {
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
  if (c.cols == 1 && a.col_stride == 1) return column_product(on, spread, a, b, c, accumulate);
  if (spread == Spread::threads && is_deep(a, c)) return deep_product(on, a, b, c, accumulate);
  any_product(on, spread, a, b, c, accumulate);
}

}  // namespace

void gemm(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate) {
  spread_gemm(on, Spread::threads, a, b, c, accumulate);
}

void gemm_here(ArrayContext& on, MatrixView a, MatrixView b, MutableMatrixView c, bool accumulate) {
  spread_gemm(on, Spread::here, a, b, c, accumulate);
}

}  // namespace sov::compute
