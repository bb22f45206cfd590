#pragma once
// What estimators learn from.

#include <cstddef>
#include <span>

namespace sov::ml {

/// Rows of features. Shapes: values [count, features] f32, row-major.
struct Samples {
  std::span<const float> values;
  size_t count = 0, features = 0;

  std::span<const float> row(size_t i) const { return values.subspan(i * features, features); }
  float at(size_t i, size_t feature) const { return values[i * features + feature]; }
};

/// Labels are class numbers from 0.
using Labels = std::span<const int>;

}  // namespace sov::ml
