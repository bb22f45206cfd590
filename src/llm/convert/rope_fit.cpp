#include "llm/convert/rope_fit.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "nn/rope.h"

namespace sov::llm {
namespace {

bool reproduces(const nn::RopeConfig& rope, const std::vector<double>& wanted) {
  const std::vector<double> got = nn::Rope(rope).frequencies(1);
  for (size_t i = 0; i < wanted.size(); i++) {
    if (std::abs(got[i] - wanted[i]) > 1e-6 * wanted[i]) return false;
  }
  return true;
}

/// Between the two borders the kept share grows linearly with the turns: with low_freq_factor 1, two points
/// of that line give the other parameters.
bool fit_line(const std::vector<double>& base, const std::vector<double>& wanted, nn::RopeConfig& rope) {
  std::vector<std::pair<double, double>> points;  // turns per position, kept share
  for (size_t i = 0; i < base.size(); i++) {
    const double kept = (wanted[i] / base[i] - 1 / rope.factor) / (1 - 1 / rope.factor);
    if (kept > 1e-4 && kept < 1 - 1e-4) points.emplace_back(base[i] / (2 * std::numbers::pi), kept);
  }
  if (points.size() < 2) return false;
  const auto& [x0, y0] = points.front();
  const auto& [x1, y1] = points.back();
  // kept = (original * x - low) / (high - low), so slope = original / (high - low), intercept = -low / (...).
  const double slope = (y1 - y0) / (x1 - x0), width = -1 / (y0 - slope * x0);
  if (!(width > 0) || !std::isfinite(width)) return false;
  rope.low_freq_factor = 1;
  rope.original_context = std::lround(slope * width);
  rope.high_freq_factor = 1 + width;
  const double nearest = std::round(rope.high_freq_factor * 1024) / 1024;
  if (std::abs(nearest - rope.high_freq_factor) < 1e-3) rope.high_freq_factor = nearest;
  return rope.original_context > 0;
}

}  // namespace

Result<> add_fitted_rope(const Config& config, Json& huggingface) {
  if (config.ropes.empty() || config.ropes[0].freq_factors.empty()) return {};
  nn::RopeConfig plain;
  plain.dim = config.ropes[0].dim;
  plain.theta = config.ropes[0].theta;
  const std::vector<double> base = nn::Rope(plain).frequencies(1);
  const std::vector<double> wanted = nn::Rope(config.ropes[0]).frequencies(1);

  nn::RopeConfig rope = plain;
  rope.scaling = nn::RopeScaling::llama3;
  const auto& factors = config.ropes[0].freq_factors;
  rope.factor = *std::max_element(factors.begin(), factors.end());
  bool found = rope.factor > 1;
  // What is published first: factors 1 and 4 over a power of two.
  for (int64_t original = 1 << 24; found && original > 0; original /= 2) {
    rope.low_freq_factor = 1;
    rope.high_freq_factor = 4;
    rope.original_context = original;
    if (reproduces(rope, wanted)) break;
    if (original == 1) found = fit_line(base, wanted, rope) && reproduces(rope, wanted);
  }
  if (!found) {
    return fail(Code::unsupported,
                "rope_freqs.weight: no llama3 scaling gives these factors, and config.json has "
                "no other word for them");
  }
  Json block = Json::object().set("rope_type", "llama3").set("factor", rope.factor);
  block.set("low_freq_factor", rope.low_freq_factor).set("high_freq_factor", rope.high_freq_factor);
  huggingface.set("rope_scaling", block.set("original_max_position_embeddings", rope.original_context));
  return {};
}

}  // namespace sov::llm
