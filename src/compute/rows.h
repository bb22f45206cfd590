#pragma once
// Rows of f32: the shape in which activations travel.

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/check.h"

namespace sov::compute {

/// [count, width] f32 values; row i starts at data + i * stride.
template <typename T>
struct RowsOf {
  T* data = nullptr;
  int64_t count = 0;
  int64_t width = 0;
  int64_t stride = 0;

  RowsOf() = default;
  RowsOf(T* d, int64_t n, int64_t w) : data(d), count(n), width(w), stride(w) {}
  RowsOf(T* d, int64_t n, int64_t w, int64_t s) : data(d), count(n), width(w), stride(s) {}
  operator RowsOf<const T>() const { return {data, count, width, stride}; }

  std::span<T> row(int64_t i) const {
    DCHECK(i >= 0 && i < count);
    return {data + i * stride, static_cast<size_t>(width)};
  }
  RowsOf slice(int64_t first, int64_t n) const {
    DCHECK(first >= 0 && n >= 0 && first + n <= count);
    return {data + first * stride, n, width, stride};
  }
  /// Columns [first, first + w) of every row: one head, or one part of a fused projection.
  RowsOf columns(int64_t first, int64_t w) const {
    DCHECK(first >= 0 && w >= 0 && first + w <= width);
    return {data + first, count, w, stride};
  }
};
using Rows = RowsOf<float>;
using ConstRows = RowsOf<const float>;

}  // namespace sov::compute
