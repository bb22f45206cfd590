#pragma once
// A classification tree.

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "ml/samples.h"

namespace sov::ml {

enum class Criterion { gini, entropy };

/// How many features a split looks at.
struct MaxFeatures {
  enum class Rule { all, sqrt, log2, count, share } rule = Rule::all;
  double amount = 0;  // of `count` and `share`
  /// At least 1, at most `features`.
  size_t of(size_t features) const;
};

struct TreeOptions {
  Criterion criterion = Criterion::gini;
  int max_depth = 0;  // 0: until leaves are pure
  size_t min_samples_split = 2;
  size_t min_samples_leaf = 1;
  double min_impurity_decrease = 0;
  MaxFeatures max_features = {};
  uint64_t seed = 0;
};

/// Nodes in the order of a walk: a node, its left part, its right part. A sample goes left when its feature
/// is at most the threshold.
struct TreeNode {
  int32_t feature = -1;  // -1: a leaf
  int32_t left = -1, right = -1;
  double threshold = 0;
  double weight = 0;  // of the training samples that came here
};

/// CART for classification.
/// Shapes: x [count, features] f32; values [nodes, classes] f64, the classes' shares of each node's weight.
/// Numerics: f32 features, f64 thresholds halfway between neighbours, as scikit-learn has them. Of equally
/// good splits the one seen first is taken: features in their order, or as drawn when max_features leaves
/// some out. Threads: const calls are safe. Source: Breiman, Friedman, Olshen and Stone, "Classification and
/// Regression Trees" (1984), chapters 2 and 4.
class DecisionTreeClassifier {
 public:
  /// `weights`: one a sample, or empty for ones; samples of weight 0 are left out. Errors: usage for sizes
  /// that do not fit, labels outside [0, classes), features that are not finite, weights that are negative.
  static Result<DecisionTreeClassifier> fit(const Samples& x, Labels y, int classes,
                                            std::span<const double> weights, const TreeOptions& options);
  /// From stored parts. Errors: corrupt when they are no tree.
  static Result<DecisionTreeClassifier> from_nodes(std::vector<TreeNode> nodes, std::vector<double> values,
                                                   int classes, size_t features);

  int classes() const { return classes_; }
  size_t features() const { return features_; }
  const std::vector<TreeNode>& nodes() const { return nodes_; }
  const std::vector<double>& values() const { return values_; }
  int depth() const;
  /// The leaf's shares, [classes]. Requires (CHECKed): row.size() == features().
  std::span<const double> predict_proba(std::span<const float> row) const;
  int predict(std::span<const float> row) const;
  /// How much each feature lowered the impurity, summing to 1 (all 0 for a tree of one leaf). [features]
  std::vector<double> feature_importances(Criterion criterion = Criterion::gini) const;

 private:
  std::vector<TreeNode> nodes_;
  std::vector<double> values_;
  int classes_ = 0;
  size_t features_ = 0;
};

/// The number of the largest value, the first of equal ones.
int largest(std::span<const double> values);

/// What fit() checks before anything else; forests check once for all trees.
Result<> check_training(const Samples& x, Labels y, int classes, std::span<const double> weights);

}  // namespace sov::ml
