#include "nn/rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/portable_math.h"

namespace sov::nn {
namespace {

double geometric(double theta, int64_t pair, int64_t dim) {
  return portable_pow(theta, -2.0 * static_cast<double>(pair) / static_cast<double>(dim));
}

/// Long waves are stretched by `factor`, short ones kept, those between blended by how often they turn in the
/// original context.
double llama3(const RopeConfig& c, double frequency) {
  const double wavelength = 2 * std::numbers::pi / frequency;
  const double turns = static_cast<double>(c.original_context) / wavelength;
  if (turns < c.low_freq_factor) return frequency / c.factor;
  if (turns > c.high_freq_factor) return frequency;
  const double keep = (turns - c.low_freq_factor) / (c.high_freq_factor - c.low_freq_factor);
  return (1 - keep) * frequency / c.factor + keep * frequency;
}

/// The (fractional) pair index whose wave turns `rotations` times in the original context.
double yarn_pair(const RopeConfig& c, double rotations) {
  const double context = static_cast<double>(c.original_context);
  return static_cast<double>(c.dim) * portable_log(context / (rotations * 2 * std::numbers::pi)) /
         (2 * portable_log(c.theta));
}

double yarn(const RopeConfig& c, int64_t pair, double frequency) {
  double low = yarn_pair(c, c.beta_fast);
  double high = yarn_pair(c, c.beta_slow);
  if (c.truncate) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  low = std::max(low, 0.0);
  high = std::min(high, static_cast<double>(c.dim - 1));
  if (low == high) high += 0.001;  // a step, not a division by zero
  const double stretch = std::clamp((static_cast<double>(pair) - low) / (high - low), 0.0, 1.0);
  return frequency / c.factor * stretch + frequency * (1 - stretch);
}

double yarn_mscale(double factor, double mscale) {
  return factor <= 1 ? 1 : 0.1 * mscale * portable_log(factor) + 1;
}

/// The base grows with the sequence so that the longest wave still spans it ("NTK-aware", dynamic variant).
double dynamic_theta(const RopeConfig& c, int64_t sequence) {
  const double original = static_cast<double>(c.original_context);
  const double length = std::max(static_cast<double>(sequence), original);
  const double dim = static_cast<double>(c.dim);
  return c.theta * portable_pow(c.factor * length / original - (c.factor - 1), dim / (dim - 2));
}

bool is_long(const RopeConfig& c, int64_t sequence) { return sequence > c.original_context; }

}  // namespace

Rope::Rope(RopeConfig config) : config_(std::move(config)) {
  CHECK(config_.dim > 0 && config_.dim % 2 == 0);
  CHECK(config_.freq_factors.empty() || config_.freq_factors.size() == static_cast<size_t>(config_.dim / 2));
}

std::vector<double> Rope::frequencies(int64_t sequence) const {
  const RopeConfig& c = config_;
  const double theta = c.scaling == RopeScaling::dynamic ? dynamic_theta(c, sequence) : c.theta;
  std::vector<double> out;
  for (int64_t pair = 0; pair < c.dim / 2; pair++) {
    double frequency = geometric(theta, pair, c.dim);
    const auto i = static_cast<size_t>(pair);
    switch (c.scaling) {
      case RopeScaling::none:
      case RopeScaling::dynamic:
        break;
      case RopeScaling::linear:
        frequency /= c.factor;
        break;
      case RopeScaling::llama3:
        frequency = llama3(c, frequency);
        break;
      case RopeScaling::yarn:
        frequency = yarn(c, pair, frequency);
        break;
      case RopeScaling::longrope:
        frequency /= is_long(c, sequence) ? c.long_factor[i] : c.short_factor[i];
        break;
    }
    out.push_back(c.freq_factors.empty() ? frequency : frequency / c.freq_factors[i]);
  }
  return out;
}

double Rope::attention_factor() const {
  const RopeConfig& c = config_;
  if (c.attention_factor > 0) return c.attention_factor;
  if (c.scaling == RopeScaling::yarn) {
    if (c.mscale > 0 && c.mscale_all_dim > 0) {
      return yarn_mscale(c.factor, c.mscale) / yarn_mscale(c.factor, c.mscale_all_dim);
    }
    return yarn_mscale(c.factor, 1);
  }
  if (c.scaling == RopeScaling::longrope && c.factor > 1) {
    return std::sqrt(1 + portable_log(c.factor) / portable_log(static_cast<double>(c.original_context)));
  }
  return 1;
}

bool Rope::depends_on_length() const {
  return config_.scaling == RopeScaling::dynamic || config_.scaling == RopeScaling::longrope;
}

bool Rope::same_angles(int64_t sequence, int64_t other) const {
  switch (config_.scaling) {
    case RopeScaling::dynamic:
      return std::max(sequence, config_.original_context) == std::max(other, config_.original_context);
    case RopeScaling::longrope:
      return is_long(config_, sequence) == is_long(config_, other);
    default:
      return true;
  }
}

void Rope::Table::append(const Table& more) {
  CHECK(count == 0 || width == more.width);
  cos.insert(cos.end(), more.cos.begin(), more.cos.end());
  sin.insert(sin.end(), more.sin.begin(), more.sin.end());
  count += more.count;
  width = more.width;
}

Rope::Table Rope::table(int64_t first, int64_t count, int64_t sequence) const {
  const std::vector<double> omega = frequencies(sequence);
  const double amplitude = attention_factor();
  Table table;
  table.count = count;
  table.width = config_.dim / 2;
  table.cos.reserve(static_cast<size_t>(count * table.width));
  table.sin.reserve(static_cast<size_t>(count * table.width));
  for (int64_t position = first; position < first + count; position++) {
    for (double w : omega) {
      const SinCos turn = portable_sincos(static_cast<double>(position) * w);
      table.cos.push_back(static_cast<float>(turn.cos * amplitude));
      table.sin.push_back(static_cast<float>(turn.sin * amplitude));
    }
  }
  return table;
}

}  // namespace sov::nn
