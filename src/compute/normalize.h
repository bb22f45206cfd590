#pragma once
// Arrays brought to a scale: whole arrays to a spread, rows to a norm or a distribution.
//
// Row functions take `width` values at a time and write to out, which may be x. Errors: usage where a size is
// no multiple of the width or arrays differ. NaN reaches its whole row. Threads: rows are spread; their bits
// depend on the row alone.

#include "compute/array.h"

namespace sov::compute {

using Values = std::span<const float>;

/// (x - mean) / standard deviation (of all values). Errors: usage when there is no spread.
Result<Vector> zscore(ArrayContext& on, Values x);
/// (x - smallest) / (largest - smallest). Errors: usage when there is no spread.
Result<Vector> minmax_normalize(ArrayContext& on, Values x);
/// x / its L2 norm. Errors: usage when the norm is zero or not finite.
Result<Vector> normalize(ArrayContext& on, Values x);

/// (x - mean) / sqrt(variance + eps) * weight + bias, of each row; no weight or bias: ones and zeros.
struct LayerNorm {
  int64_t width = 0;
  float eps = 1e-5F;
  Values weight = {}, bias = {};
};
Result<void> layer_norm(ArrayContext& on, Values x, const LayerNorm& options, std::span<float> out);
/// x / sqrt(mean of squares + eps) * weight.
struct RmsNorm {
  int64_t width = 0;
  float eps = 1e-6F;
  Values weight = {};
};
Result<void> rms_norm(ArrayContext& on, Values x, const RmsNorm& options, std::span<float> out);

/// e^x over their sum; the largest of a row is taken off first. A row of -infinity throughout gives NaN, as
/// in NumPy's formula.
Result<void> softmax(ArrayContext& on, Values x, int64_t width, std::span<float> out);
/// x - largest - ln(sum of e^(x - largest)).
Result<void> log_softmax(ArrayContext& on, Values x, int64_t width, std::span<float> out);

/// Rotary positions. x: [positions, heads, dim]; the pairs of a head turn by position * base^(-2 i / dim).
/// Requires of dim: even. Source: Su et al., "RoFormer" (2021), section 3.2.2.
struct Rope {
  int64_t heads = 1, dim = 0;
  int64_t first_position = 0;
  double base = 10000;
  enum class Pairs { adjacent, halves } pairs = Pairs::halves;
};
Result<void> rope(ArrayContext& on, std::span<float> x, const Rope& options);

}  // namespace sov::compute
