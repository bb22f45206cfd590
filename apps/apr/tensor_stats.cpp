#include "apps/apr/tensor_stats.h"

#include <algorithm>
#include <cmath>
#include <fnmatch.h>
#include <vector>

#include "formats/tensor_values.h"

namespace sov::apr {
namespace {

/// Shifted sums: values are taken relative to the first finite one, so a large mean does not eat the
/// variance.
class Accumulator {
 public:
  void add(float value) {
    stats_.count++;
    if (std::isnan(value)) {
      stats_.nan_count++;
      return;
    }
    if (std::isinf(value)) {
      stats_.inf_count++;
      return;
    }
    const double v = value;
    if (stats_.finite() == 1) {
      shift_ = v;
      stats_.min = stats_.max = v;
    }
    stats_.zero_count += v == 0;
    stats_.min = std::min(stats_.min, v);
    stats_.max = std::max(stats_.max, v);
    sum_ += v - shift_;
    squares_ += (v - shift_) * (v - shift_);
  }

  TensorStats finish() const {
    TensorStats out = stats_;
    const auto n = static_cast<double>(stats_.finite());
    if (n == 0) return out;
    out.mean = shift_ + sum_ / n;
    out.std = std::sqrt(std::max(0.0, squares_ / n - (sum_ / n) * (sum_ / n)));
    return out;
  }

 private:
  TensorStats stats_;
  double shift_ = 0, sum_ = 0, squares_ = 0;
};

}  // namespace

Result<TensorStats> tensor_stats(const formats::Tensor& tensor) {
  constexpr uint64_t kStep = uint64_t{1} << 16;  // a multiple of every block size
  const uint64_t unit = formats::value_unit(tensor);
  const uint64_t step = std::max(unit, kStep / unit * unit);
  std::vector<float> values;
  Accumulator accumulator;
  const uint64_t total = tensor.elements();
  for (uint64_t done = 0; done < total; done += step) {
    values.resize(std::min(step, total - done));
    TRY(with(formats::read_values(tensor, done, values), strf("tensor '{}'", tensor.name)));
    for (float value : values) accumulator.add(value);
  }
  return accumulator.finish();
}

void add_stats(Json& row, const TensorStats& stats) {
  const bool any = stats.finite() > 0;
  row.set("mean", any ? Json(stats.mean) : Json()).set("std", any ? Json(stats.std) : Json());
  row.set("min", any ? Json(stats.min) : Json()).set("max", any ? Json(stats.max) : Json());
  row.set("nan_count", stats.nan_count).set("inf_count", stats.inf_count).set("zero_count", stats.zero_count);
}

Json shape_json(const std::vector<uint64_t>& shape) {
  Json out = Json::array();
  for (uint64_t dim : shape) out.push(dim);
  return out;
}

bool name_matches(std::string_view name, const std::string& filter) {
  if (filter.find_first_of("*?") == std::string::npos) return name.find(filter) != std::string_view::npos;
  return ::fnmatch(filter.c_str(), std::string(name).c_str(), 0) == 0;
}

}  // namespace sov::apr
