#pragma once
// Arrays of f32: views with strides, the vectors and matrices that own their values, and what functions on
// them run on. Functions: matrix.h, elementwise.h, statistics.h, normalize.h, eigen.h, convolution.h.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/result.h"
#include "core/threads.h"

namespace sov::compute {

/// A matrix that lies anywhere: element (r, c) at data[r * row_stride + c * col_stride]. Strides may be 0 or
/// negative, so that rows repeat or run backwards.
struct MatrixView {
  const float* data = nullptr;
  int64_t rows = 0, cols = 0;
  int64_t row_stride = 0, col_stride = 1;

  float at(int64_t row, int64_t col) const { return data[row * row_stride + col * col_stride]; }
  MatrixView transposed() const { return {data, cols, rows, col_stride, row_stride}; }
  /// Requires: the block lies inside.
  MatrixView block(int64_t row, int64_t col, int64_t block_rows, int64_t block_cols) const {
    return {data + row * row_stride + col * col_stride, block_rows, block_cols, row_stride, col_stride};
  }
};

/// The same, to be written to: no two elements share a place.
struct MutableMatrixView {
  float* data = nullptr;
  int64_t rows = 0, cols = 0;
  int64_t row_stride = 0, col_stride = 1;

  operator MatrixView() const { return {data, rows, cols, row_stride, col_stride}; }
  MutableMatrixView transposed() const { return {data, cols, rows, col_stride, row_stride}; }
  MutableMatrixView block(int64_t row, int64_t col, int64_t block_rows, int64_t block_cols) const {
    return {data + row * row_stride + col * col_stride, block_rows, block_cols, row_stride, col_stride};
  }
};

/// `count` floats on a cache line's boundary.
class FloatBuffer {
 public:
  FloatBuffer() = default;
  /// Values undefined. Errors: usage for a negative count, exhausted when memory is refused.
  static Result<FloatBuffer> create(int64_t count);
  float* data() const { return memory_.get(); }
  int64_t size() const { return count_; }

 private:
  struct Free {
    void operator()(float* memory) const;
  };
  std::unique_ptr<float, Free> memory_;
  int64_t count_ = 0;
};

/// A vector that owns its values; it converts to the spans that functions take.
class Vector {
 public:
  Vector() = default;
  /// Values undefined. Errors: those of FloatBuffer.
  static Result<Vector> create(int64_t size);
  static Result<Vector> zeros(int64_t size);
  static Result<Vector> from(std::span<const float> values);

  int64_t size() const { return values_.size(); }
  float* data() { return values_.data(); }
  const float* data() const { return values_.data(); }
  float& operator[](int64_t i) { return values_.data()[i]; }
  float operator[](int64_t i) const { return values_.data()[i]; }
  std::span<float> span() { return {values_.data(), static_cast<size_t>(size())}; }
  std::span<const float> span() const { return {values_.data(), static_cast<size_t>(size())}; }
  operator std::span<float>() { return span(); }
  operator std::span<const float>() const { return span(); }

 private:
  FloatBuffer values_;
};

/// A matrix that owns its values, row after row.
class Matrix {
 public:
  Matrix() = default;
  /// Values undefined. Errors: usage for a negative size, exhausted when memory is refused.
  static Result<Matrix> create(int64_t rows, int64_t cols);
  static Result<Matrix> zeros(int64_t rows, int64_t cols);
  static Result<Matrix> identity(int64_t size);
  /// Errors: usage when there are not rows * cols values.
  static Result<Matrix> from(int64_t rows, int64_t cols, std::span<const float> values);
  static Result<Matrix> from(MatrixView view);

  int64_t rows() const { return rows_; }
  int64_t cols() const { return cols_; }
  float* data() { return values_.data(); }
  const float* data() const { return values_.data(); }
  float& at(int64_t row, int64_t col) { return values_.data()[row * cols_ + col]; }
  float at(int64_t row, int64_t col) const { return values_.data()[row * cols_ + col]; }
  std::span<float> row(int64_t i) { return {data() + i * cols_, static_cast<size_t>(cols_)}; }
  std::span<const float> row(int64_t i) const { return {data() + i * cols_, static_cast<size_t>(cols_)}; }
  std::span<float> values() { return {data(), static_cast<size_t>(values_.size())}; }
  std::span<const float> values() const { return {data(), static_cast<size_t>(values_.size())}; }
  MatrixView view() const { return {data(), rows_, cols_, cols_, 1}; }
  MutableMatrixView view() { return {data(), rows_, cols_, cols_, 1}; }
  operator MatrixView() const { return view(); }
  operator MutableMatrixView() { return view(); }
  MatrixView transposed() const { return view().transposed(); }

 private:
  FloatBuffer values_;
  int64_t rows_ = 0, cols_ = 0;
};

struct ArrayKernels;
struct Kernels;
class ScratchPool;

/// What array functions run on: threads, the kernels of one SIMD tier, and buffers that are used again.
/// Threads: one call at a time; the pool outlives it.
class ArrayContext {
 public:
  /// target: a SIMD tier, or the best that runs here. Errors: unsupported target.
  static Result<ArrayContext> create(ThreadPool& pool, std::string_view target = {});
  ArrayContext(ArrayContext&&) noexcept;
  ArrayContext& operator=(ArrayContext&&) noexcept;
  ~ArrayContext();

  std::string_view target() const;
  ThreadPool& pool() { return *pool_; }
  const ArrayKernels& kernels() const { return *kernels_; }
  const Kernels& row_kernels() const { return *row_kernels_; }
  ScratchPool& scratch() { return *scratch_; }

 private:
  ArrayContext(ThreadPool& pool, const Kernels& tier);
  ThreadPool* pool_;
  const Kernels* row_kernels_;
  const ArrayKernels* kernels_;
  std::unique_ptr<ScratchPool> scratch_;
};

}  // namespace sov::compute
