#pragma once
// Many trees, each of a random part of the data, that vote.

#include <optional>

#include "core/threads.h"
#include "ml/decision_tree.h"

namespace sov::ml {

struct ForestOptions {
  int n_estimators = 100;
  TreeOptions tree = {.max_features = {MaxFeatures::Rule::sqrt}};  // the seed comes from below
  bool bootstrap = true;
  bool oob_score = false;  // needs bootstrap
  uint64_t seed = 0;
};

/// Random forest for classification: trees of bootstrap samples with a random choice of features at each
/// split; the mean of their leaves' shares decides.
/// Shapes: x [count, features] f32 -> predict_proba [count, classes] f64, predict [count].
/// Numerics: trees are seeded by their number and summed in their order: the same bits for any thread count.
/// Threads: const calls are safe. Source: Breiman, "Random Forests", Machine Learning 45 (2001); means of
/// shares instead of votes, as scikit-learn does.
class RandomForestClassifier {
 public:
  /// Errors: usage as DecisionTreeClassifier::fit, and for options without meaning.
  static Result<RandomForestClassifier> fit(const Samples& x, Labels y, int classes,
                                            std::span<const double> weights, const ForestOptions& options,
                                            ThreadPool& threads);
  /// Errors: corrupt when there are no trees, or trees of different shapes.
  static Result<RandomForestClassifier> from_trees(std::vector<DecisionTreeClassifier> trees);

  int classes() const { return trees_[0].classes(); }
  size_t features() const { return trees_[0].features(); }
  const std::vector<DecisionTreeClassifier>& trees() const { return trees_; }
  /// Errors: usage when x has another number of features.
  Result<std::vector<double>> predict_proba(const Samples& x) const;
  Result<std::vector<int>> predict(const Samples& x) const;
  /// The mean of the trees' importances, summing to 1. [features]
  std::vector<double> feature_importances(Criterion criterion = Criterion::gini) const;
  /// Accuracy on the samples that each tree did not see; nothing without ForestOptions::oob_score.
  std::optional<double> oob_score() const { return oob_score_; }

 private:
  std::vector<DecisionTreeClassifier> trees_;
  std::optional<double> oob_score_;
};

/// Weights that give every class the same total, as class_weight="balanced". [labels]
std::vector<double> balanced_weights(Labels y, int classes);

}  // namespace sov::ml
