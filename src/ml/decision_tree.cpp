#include "ml/decision_tree.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/check.h"
#include "ml/tree_splits.h"

namespace sov::ml {
namespace {

constexpr double kPure = std::numeric_limits<double>::epsilon();

/// A group of samples that is to become a node.
struct Pending {
  size_t begin = 0, end = 0;
  int depth = 0;
  int32_t parent = -1;
  bool right = false;
};

class Builder {
 public:
  Builder(const TreeData& data, const TreeOptions& options)
      : data_(data), options_(options), splitter_(data, options) {
    for (size_t i = 0; i < data.x.count; ++i) {
      if (data.weights[i] > 0) samples_.push_back(static_cast<int32_t>(i));
      total_ += data.weights[i];
    }
  }

  void build() {
    std::vector<Pending> todo{{0, samples_.size()}};
    while (!todo.empty()) {
      const Pending group = todo.back();
      todo.pop_back();
      const int32_t node = add(group);
      const std::optional<Split> split = division(group);
      if (!split) continue;
      const size_t middle = divide(group, *split);
      if (middle == group.begin || middle == group.end) continue;
      nodes[static_cast<size_t>(node)].feature = split->feature;
      nodes[static_cast<size_t>(node)].threshold = split->threshold;
      todo.push_back({middle, group.end, group.depth + 1, node, true});
      todo.push_back({group.begin, middle, group.depth + 1, node, false});
    }
  }

  std::vector<TreeNode> nodes;
  std::vector<double> values;

 private:
  int32_t add(const Pending& group) {
    const auto number = static_cast<int32_t>(nodes.size());
    if (group.parent >= 0) {
      TreeNode& parent = nodes[static_cast<size_t>(group.parent)];
      (group.right ? parent.right : parent.left) = number;
    }
    counts_.assign(static_cast<size_t>(data_.classes), 0.0);
    for (size_t i = group.begin; i < group.end; ++i) {
      const auto sample = static_cast<size_t>(samples_[i]);
      counts_[static_cast<size_t>(data_.y[sample])] += data_.weights[sample];
    }
    weight_ = std::accumulate(counts_.begin(), counts_.end(), 0.0);
    nodes.push_back({.weight = weight_});
    for (const double count : counts_) values.push_back(count / weight_);
    return number;
  }

  /// How the group that add() counted last is divided; nothing: it stays a leaf.
  std::optional<Split> division(const Pending& group) {
    const size_t size = group.end - group.begin;
    const double impure = impurity(options_.criterion, counts_, weight_);
    if (impure <= kPure || size < options_.min_samples_split || size < 2 * options_.min_samples_leaf)
      return std::nullopt;
    if (options_.max_depth > 0 && group.depth >= options_.max_depth) return std::nullopt;
    std::optional<Split> split =
        splitter_.best(std::span<const int32_t>(samples_).subspan(group.begin, size), counts_);
    if (split && split->gain * weight_ / total_ + kPure < options_.min_impurity_decrease) return std::nullopt;
    return split;
  }

  size_t divide(const Pending& group, const Split& split) {
    const auto begin = samples_.begin() + static_cast<ptrdiff_t>(group.begin);
    const auto end = samples_.begin() + static_cast<ptrdiff_t>(group.end);
    const auto column = static_cast<size_t>(split.feature);
    const auto middle = std::stable_partition(begin, end, [&](int32_t sample) {
      return static_cast<double>(data_.x.at(static_cast<size_t>(sample), column)) <= split.threshold;
    });
    return static_cast<size_t>(middle - samples_.begin());
  }

  const TreeData& data_;
  const TreeOptions& options_;
  Splitter splitter_;
  std::vector<int32_t> samples_;
  std::vector<double> counts_;
  double weight_ = 0, total_ = 0;
};

}  // namespace

size_t MaxFeatures::of(size_t features) const {
  const auto all = static_cast<double>(features);
  double wanted = all;
  if (rule == Rule::sqrt) wanted = std::sqrt(all);
  if (rule == Rule::log2) wanted = std::log2(all);
  if (rule == Rule::count) wanted = amount;
  if (rule == Rule::share) wanted = all * amount;
  return std::min(features, static_cast<size_t>(std::max(1.0, wanted)));
}

int largest(std::span<const double> values) {
  return static_cast<int>(std::ranges::max_element(values) - values.begin());
}

Result<> check_training(const Samples& x, Labels y, int classes, std::span<const double> weights) {
  if (x.values.size() != x.count * x.features || x.count == 0 || x.features == 0)
    return fail(Code::usage, "training: wanted {} x {} values and at least one, got {}", x.count, x.features,
                x.values.size());
  if (x.count > INT32_MAX || x.features > INT32_MAX)
    return fail(Code::usage, "training: wanted counts below 2^31, got {} x {}", x.count, x.features);
  if (y.size() != x.count) return fail(Code::usage, "training: wanted {} labels, got {}", x.count, y.size());
  if (!weights.empty() && weights.size() != x.count)
    return fail(Code::usage, "training: wanted {} weights, got {}", x.count, weights.size());
  for (size_t i = 0; i < y.size(); ++i) {
    if (y[i] < 0 || y[i] >= classes)
      return fail(Code::usage, "training: label of sample {}: wanted 0 to {}, got {}", i, classes - 1, y[i]);
  }
  for (size_t i = 0; i < x.values.size(); ++i) {
    if (!std::isfinite(x.values[i]))
      return fail(Code::usage, "training: sample {}, feature {}: wanted a finite number", i / x.features,
                  i % x.features);
  }
  double sum = weights.empty() ? 1 : 0;
  for (const double weight : weights) {
    if (!(weight >= 0) || !std::isfinite(weight))
      return fail(Code::usage, "training: wanted weights of at least 0, got {}", weight);
    sum += weight;
  }
  if (sum <= 0) return fail(Code::usage, "training: wanted a sample of positive weight");
  return {};
}

Result<DecisionTreeClassifier> DecisionTreeClassifier::fit(const Samples& x, Labels y, int classes,
                                                           std::span<const double> weights,
                                                           const TreeOptions& options) {
  TRY(check_training(x, y, classes, weights));
  TreeData data{x, y, std::vector<double>(weights.begin(), weights.end()), classes};
  if (weights.empty()) data.weights.assign(x.count, 1.0);
  Builder builder(data, options);
  builder.build();
  DecisionTreeClassifier tree;
  tree.nodes_ = std::move(builder.nodes);
  tree.values_ = std::move(builder.values);
  tree.classes_ = classes;
  tree.features_ = x.features;
  return tree;
}

Result<DecisionTreeClassifier> DecisionTreeClassifier::from_nodes(std::vector<TreeNode> nodes,
                                                                  std::vector<double> values, int classes,
                                                                  size_t features) {
  const auto count = static_cast<int32_t>(nodes.size());
  if (nodes.empty() || classes < 1 || values.size() != nodes.size() * static_cast<size_t>(classes))
    return fail(Code::corrupt, "tree: wanted {} shares for {} nodes, got {}", classes, nodes.size(),
                values.size());
  for (int32_t i = 0; i < count; ++i) {
    const TreeNode& node = nodes[static_cast<size_t>(i)];
    if (node.feature == -1) continue;
    // Children after their parent: every walk ends.
    const bool good = node.feature >= 0 && static_cast<size_t>(node.feature) < features && node.left > i &&
                      node.right > i && node.left < count && node.right < count &&
                      std::isfinite(node.threshold);
    if (!good)
      return fail(Code::corrupt, "tree: node {} of {}: feature {}, children {} and {}", i, count,
                  node.feature, node.left, node.right);
  }
  for (const double value : values) {
    if (!(value >= 0 && value <= 1))
      return fail(Code::corrupt, "tree: wanted shares in [0, 1], got {}", value);
  }
  DecisionTreeClassifier tree;
  tree.nodes_ = std::move(nodes);
  tree.values_ = std::move(values);
  tree.classes_ = classes;
  tree.features_ = features;
  return tree;
}

int DecisionTreeClassifier::depth() const {
  std::vector<int> at(nodes_.size());
  int deepest = 0;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    deepest = std::max(deepest, at[i]);
    if (nodes_[i].feature < 0) continue;
    at[static_cast<size_t>(nodes_[i].left)] = at[static_cast<size_t>(nodes_[i].right)] = at[i] + 1;
  }
  return deepest;
}

std::span<const double> DecisionTreeClassifier::predict_proba(std::span<const float> row) const {
  CHECK(row.size() == features_);
  size_t at = 0;
  while (nodes_[at].feature >= 0) {
    const TreeNode& node = nodes_[at];
    const auto value = static_cast<double>(row[static_cast<size_t>(node.feature)]);
    at = static_cast<size_t>(value <= node.threshold ? node.left : node.right);
  }
  const auto width = static_cast<size_t>(classes_);
  return std::span<const double>(values_).subspan(at * width, width);
}

int DecisionTreeClassifier::predict(std::span<const float> row) const { return largest(predict_proba(row)); }

std::vector<double> DecisionTreeClassifier::feature_importances(Criterion criterion) const {
  const auto width = static_cast<size_t>(classes_);
  const auto weighted = [&](int32_t node) {
    const auto i = static_cast<size_t>(node);
    return nodes_[i].weight *
           impurity(criterion, std::span<const double>(values_).subspan(i * width, width), 1.0);
  };
  std::vector<double> out(features_);
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const TreeNode& node = nodes_[i];
    if (node.feature < 0) continue;
    out[static_cast<size_t>(node.feature)] +=
        weighted(static_cast<int32_t>(i)) - weighted(node.left) - weighted(node.right);
  }
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  if (sum > 0) {
    for (double& value : out) value /= sum;
  }
  return out;
}

}  // namespace sov::ml
