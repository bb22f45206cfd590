#include "ml/random_forest.h"

#include <algorithm>
#include <numeric>

#include "core/rng.h"

namespace sov::ml {
namespace {

/// How often each sample was drawn.
std::vector<int> drawn_counts(size_t samples, uint64_t seed) {
  std::vector<int> counts(samples);
  Rng rng(seed);
  for (size_t i = 0; i < samples; ++i) ++counts[rng.below(samples)];
  return counts;
}

Result<DecisionTreeClassifier> fit_tree(const Samples& x, Labels y, int classes,
                                        std::span<const double> weights, const ForestOptions& options,
                                        uint64_t seed) {
  TreeOptions tree = options.tree;
  tree.seed = ~seed;  // not the numbers that the bootstrap drew
  if (!options.bootstrap) return DecisionTreeClassifier::fit(x, y, classes, weights, tree);
  const std::vector<int> counts = drawn_counts(x.count, seed);
  std::vector<double> drawn(counts.begin(), counts.end());
  for (size_t i = 0; i < weights.size(); ++i) drawn[i] *= weights[i];
  return DecisionTreeClassifier::fit(x, y, classes, drawn, tree);
}

std::optional<double> oob_accuracy(const Samples& x, Labels y,
                                   const std::vector<DecisionTreeClassifier>& trees,
                                   std::span<const uint64_t> seeds) {
  const auto width = static_cast<size_t>(trees[0].classes());
  std::vector<double> sums(x.count * width);
  for (size_t t = 0; t < trees.size(); ++t) {
    const std::vector<int> counts = drawn_counts(x.count, seeds[t]);
    for (size_t i = 0; i < x.count; ++i) {
      if (counts[i] != 0) continue;
      const auto shares = trees[t].predict_proba(x.row(i));
      for (size_t c = 0; c < width; ++c) sums[i * width + c] += shares[c];
    }
  }
  size_t judged = 0, right = 0;
  for (size_t i = 0; i < x.count; ++i) {
    const auto row = std::span<const double>(sums).subspan(i * width, width);
    if (std::accumulate(row.begin(), row.end(), 0.0) == 0) continue;
    ++judged;
    right += largest(row) == y[i] ? 1 : 0;
  }
  if (judged == 0) return std::nullopt;
  return static_cast<double>(right) / static_cast<double>(judged);
}

}  // namespace

Result<RandomForestClassifier> RandomForestClassifier::fit(const Samples& x, Labels y, int classes,
                                                           std::span<const double> weights,
                                                           const ForestOptions& options,
                                                           ThreadPool& threads) {
  TRY(check_training(x, y, classes, weights));
  if (options.n_estimators < 1)
    return fail(Code::usage, "forest: n_estimators: wanted at least 1, got {}", options.n_estimators);
  if (options.oob_score && !options.bootstrap)
    return fail(Code::usage, "forest: oob_score needs bootstrap: without it every tree sees every sample");
  const auto count = static_cast<size_t>(options.n_estimators);
  std::vector<uint64_t> seeds(count);
  Rng rng(options.seed);
  for (uint64_t& seed : seeds) seed = rng.next();
  std::vector<std::optional<Result<DecisionTreeClassifier>>> made(count);
  threads.run(static_cast<int64_t>(count), [&](int64_t t) {
    const auto tree = static_cast<size_t>(t);
    made[tree] = fit_tree(x, y, classes, weights, options, seeds[tree]);
  });
  std::vector<DecisionTreeClassifier> trees;
  for (auto& tree : made) {
    TRY(DecisionTreeClassifier one, std::move(*tree));
    trees.push_back(std::move(one));
  }
  TRY(RandomForestClassifier forest, from_trees(std::move(trees)));
  if (options.oob_score) forest.oob_score_ = oob_accuracy(x, y, forest.trees_, seeds);
  return forest;
}

Result<RandomForestClassifier> RandomForestClassifier::from_trees(std::vector<DecisionTreeClassifier> trees) {
  if (trees.empty()) return fail(Code::corrupt, "forest: wanted at least one tree");
  for (const DecisionTreeClassifier& tree : trees) {
    if (tree.classes() != trees[0].classes() || tree.features() != trees[0].features())
      return fail(Code::corrupt, "forest: wanted trees of {} classes and {} features, got {} and {}",
                  trees[0].classes(), trees[0].features(), tree.classes(), tree.features());
  }
  RandomForestClassifier forest;
  forest.trees_ = std::move(trees);
  return forest;
}

Result<std::vector<double>> RandomForestClassifier::predict_proba(const Samples& x) const {
  if (x.features != features() || x.values.size() != x.count * x.features)
    return fail(Code::usage, "forest: wanted rows of {} features, got {} values for {} rows", features(),
                x.values.size(), x.count);
  const auto width = static_cast<size_t>(classes());
  std::vector<double> out(x.count * width);
  for (size_t i = 0; i < x.count; ++i) {
    for (const DecisionTreeClassifier& tree : trees_) {
      const auto shares = tree.predict_proba(x.row(i));
      for (size_t c = 0; c < width; ++c) out[i * width + c] += shares[c];
    }
  }
  for (double& value : out) value /= static_cast<double>(trees_.size());
  return out;
}

Result<std::vector<int>> RandomForestClassifier::predict(const Samples& x) const {
  TRY(const std::vector<double> shares, predict_proba(x));
  const auto width = static_cast<size_t>(classes());
  std::vector<int> out(x.count);
  for (size_t i = 0; i < x.count; ++i)
    out[i] = largest(std::span<const double>(shares).subspan(i * width, width));
  return out;
}

std::vector<double> RandomForestClassifier::feature_importances(Criterion criterion) const {
  std::vector<double> out(features());
  for (const DecisionTreeClassifier& tree : trees_) {
    const std::vector<double> one = tree.feature_importances(criterion);
    for (size_t i = 0; i < out.size(); ++i) out[i] += one[i];
  }
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  if (sum > 0) {
    for (double& value : out) value /= sum;
  }
  return out;
}

std::vector<double> balanced_weights(Labels y, int classes) {
  std::vector<double> counts(static_cast<size_t>(classes));
  for (const int label : y) ++counts[static_cast<size_t>(label)];
  std::vector<double> out;
  for (const int label : y)
    out.push_back(static_cast<double>(y.size()) / (classes * counts[static_cast<size_t>(label)]));
  return out;
}

}  // namespace sov::ml
