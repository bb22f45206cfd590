#pragma once
// Where a node is divided best. Private to the library's trees.

#include <optional>

#include "core/rng.h"
#include "ml/decision_tree.h"

namespace sov::ml {

/// Weighted class counts -> impurity.
double impurity(Criterion criterion, std::span<const double> counts, double weight);

struct Split {
  int32_t feature = -1;
  double threshold = 0;
  double gain = 0;  // impurity of the node less that of its parts, each by its share of the weight
};

/// The training data of one tree.
struct TreeData {
  const Samples& x;
  Labels y;
  std::vector<double> weights;  // one a sample
  int classes = 0;
};

/// Looks for splits of groups of samples; holds what it needs between searches.
class Splitter {
 public:
  Splitter(const TreeData& data, const TreeOptions& options);
  /// The best split of these samples, whose class counts are given, or nothing when all features are constant
  /// or a part would be smaller than min_samples_leaf.
  std::optional<Split> best(std::span<const int32_t> samples, std::span<const double> counts);

 private:
  struct Candidate {
    double score = 0, threshold = 0;
  };
  bool sort_by(int32_t feature, std::span<const int32_t> samples);
  std::optional<Candidate> sweep(std::span<const double> counts);
  double score(double left_weight, double right_weight) const;

  const TreeData& data_;
  const TreeOptions& options_;
  Rng rng_;
  size_t wanted_;  // features to look at
  std::vector<int32_t> order_;
  std::vector<std::pair<float, int32_t>> sorted_;
  std::vector<double> left_, right_;
};

}  // namespace sov::ml
