#include "ml/tree_splits.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sov::ml {
namespace {

// Values nearer than this count as equal, as in scikit-learn's trees.
constexpr float kSame = 1e-7F;

double squares_over_weight(std::span<const double> counts, double weight) {
  double sum = 0;
  for (const double count : counts) sum += count * count;
  return weight > 0 ? sum / weight : 0;
}

double halfway(float low, float high) {
  const double middle = static_cast<double>(low) / 2 + static_cast<double>(high) / 2;
  // Rounded up to the larger value, the threshold would send both to the left.
  return middle >= static_cast<double>(high) ? static_cast<double>(low) : middle;
}

}  // namespace

double impurity(Criterion criterion, std::span<const double> counts, double weight) {
  if (weight <= 0) return 0;
  if (criterion == Criterion::gini) return 1 - squares_over_weight(counts, weight) / weight;
  double sum = 0;
  for (const double count : counts) {
    if (count > 0) sum -= count / weight * std::log2(count / weight);
  }
  return sum;
}

Splitter::Splitter(const TreeData& data, const TreeOptions& options)
    : data_(data),
      options_(options),
      rng_(options.seed),
      wanted_(options.max_features.of(data.x.features)),
      order_(data.x.features),
      left_(static_cast<size_t>(data.classes)),
      right_(static_cast<size_t>(data.classes)) {
  std::iota(order_.begin(), order_.end(), 0);
}

std::optional<Split> Splitter::best(std::span<const int32_t> samples, std::span<const double> counts) {
  const double weight = std::accumulate(counts.begin(), counts.end(), 0.0);
  const double before = options_.criterion == Criterion::gini
                            ? squares_over_weight(counts, weight)
                            : -weight * impurity(options_.criterion, counts, weight);
  std::optional<Split> found;
  double best_score = -std::numeric_limits<double>::infinity();
  size_t visited = 0, constant = 0;
  const bool draw = wanted_ < order_.size();
  // Constant features do not count as looked at while no other was seen: a node that can be divided is.
  while (visited < order_.size() && (visited < wanted_ || visited == constant)) {
    if (draw) std::swap(order_[visited], order_[visited + rng_.below(order_.size() - visited)]);
    const int32_t feature = order_[visited++];
    if (!sort_by(feature, samples)) {
      ++constant;
      continue;
    }
    const std::optional<Candidate> candidate = sweep(counts);
    if (!candidate || candidate->score <= best_score) continue;
    best_score = candidate->score;
    found = Split{feature, candidate->threshold, std::max(0.0, (candidate->score - before) / weight)};
  }
  return found;
}

/// Fills sorted_; false when the feature is the same everywhere.
bool Splitter::sort_by(int32_t feature, std::span<const int32_t> samples) {
  const auto column = static_cast<size_t>(feature);
  float low = data_.x.at(static_cast<size_t>(samples[0]), column), high = low;
  sorted_.clear();
  for (const int32_t sample : samples) {
    const float value = data_.x.at(static_cast<size_t>(sample), column);
    low = std::min(low, value);
    high = std::max(high, value);
    sorted_.emplace_back(value, sample);
  }
  if (high <= low + kSame) return false;
  std::ranges::sort(sorted_);
  return true;
}

/// The larger the purer; differences between scores are differences of weighted impurity.
double Splitter::score(double left_weight, double right_weight) const {
  if (options_.criterion == Criterion::gini)
    return squares_over_weight(left_, left_weight) + squares_over_weight(right_, right_weight);
  return -(left_weight * impurity(options_.criterion, left_, left_weight) +
           right_weight * impurity(options_.criterion, right_, right_weight));
}

std::optional<Splitter::Candidate> Splitter::sweep(std::span<const double> counts) {
  std::ranges::fill(left_, 0.0);
  std::ranges::copy(counts, right_.begin());
  double left_weight = 0, right_weight = std::accumulate(counts.begin(), counts.end(), 0.0);
  std::optional<Candidate> found;
  for (size_t i = 1; i < sorted_.size(); ++i) {
    const auto sample = static_cast<size_t>(sorted_[i - 1].second);
    const auto label = static_cast<size_t>(data_.y[sample]);
    const double weight = data_.weights[sample];
    left_[label] += weight;
    right_[label] -= weight;
    left_weight += weight;
    right_weight -= weight;
    if (sorted_[i].first <= sorted_[i - 1].first + kSame) continue;
    if (std::min(i, sorted_.size() - i) < options_.min_samples_leaf) continue;
    const double now = score(left_weight, right_weight);
    if (found && now <= found->score) continue;
    found = Candidate{now, halfway(sorted_[i - 1].first, sorted_[i].first)};
  }
  return found;
}

}  // namespace sov::ml
