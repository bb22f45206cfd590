#pragma once
// Statistics of a tensor's decoded values.

#include <cstdint>

#include "core/json.h"
#include "core/result.h"
#include "formats/model_file.h"

namespace sov::apr {

struct TensorStats {
  double mean = 0, std = 0;  // over the finite values; std is the population's
  double min = 0, max = 0;
  uint64_t count = 0;
  uint64_t nan_count = 0, inf_count = 0, zero_count = 0;

  uint64_t finite() const { return count - nan_count - inf_count; }
};

/// Decodes block by block, so memory does not grow with the tensor. Numerics: values as f32, sums as double.
/// Errors: unsupported for a dtype without a decoder.
Result<TensorStats> tensor_stats(const formats::Tensor& tensor);

/// Appends mean, std, min, max (null when nothing is finite), nan_count, inf_count, zero_count.
void add_stats(Json& row, const TensorStats& stats);

using formats::shape_text;
Json shape_json(const std::vector<uint64_t>& shape);

/// Whether a name matches: a pattern with * or ?, or a part of the name.
bool name_matches(std::string_view name, const std::string& filter);

}  // namespace sov::apr
