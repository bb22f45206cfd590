#include "ml/random_forest.h"

#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/rng.h"
#include "ml/forest_file.h"

namespace sov::ml {
namespace {

namespace fs = std::filesystem;

/// Class by whether the first two features' sum is above 1; the others are noise.
struct Noise {
  explicit Noise(size_t rows, size_t width = 6) : features(width) {
    Rng rng(11);
    for (size_t i = 0; i < rows * width; ++i) values.push_back(static_cast<float>(rng.uniform()));
    for (size_t i = 0; i < rows; ++i) labels.push_back(values[i * width] + values[i * width + 1] > 1 ? 1 : 0);
  }
  Samples samples() const { return {values, labels.size(), features}; }
  std::vector<float> values;
  std::vector<int> labels;
  size_t features;
};

Result<RandomForestClassifier> fit(const Noise& data, const ForestOptions& options, int threads = 1) {
  ThreadPool pool(threads);
  return RandomForestClassifier::fit(data.samples(), data.labels, 2, {}, options, pool);
}

TEST(DecisionTree, PureLeavesAnswerTheirTrainingData) {
  const Noise data(200);
  const auto tree = DecisionTreeClassifier::fit(data.samples(), data.labels, 2, {}, {});
  ASSERT_TRUE(tree);
  for (size_t i = 0; i < data.labels.size(); ++i)
    EXPECT_EQ(tree->predict(data.samples().row(i)), data.labels[i]);
}

TEST(DecisionTree, AThresholdLiesHalfwayAndEqualGoesLeft) {
  const std::vector<float> x{1, 2, 4, 8};
  const std::vector<int> y{0, 0, 1, 1};
  const auto tree = DecisionTreeClassifier::fit({x, 4, 1}, y, 2, {}, {});
  ASSERT_TRUE(tree);
  ASSERT_EQ(tree->nodes().size(), 3U);
  EXPECT_EQ(tree->nodes()[0].threshold, 3.0);
  EXPECT_EQ(tree->predict(std::vector<float>{3}), 0);
  EXPECT_EQ(tree->predict(std::vector<float>{3.5}), 1);
}

TEST(DecisionTree, LimitsHold) {
  const Noise data(300);
  const auto tree = DecisionTreeClassifier::fit(data.samples(), data.labels, 2, {},
                                                {.max_depth = 3, .min_samples_leaf = 20});
  ASSERT_TRUE(tree);
  EXPECT_LE(tree->depth(), 3);
  for (const TreeNode& node : tree->nodes()) EXPECT_GE(node.weight, 20);
  const auto stump =
      DecisionTreeClassifier::fit(data.samples(), data.labels, 2, {}, {.min_impurity_decrease = 0.9});
  ASSERT_TRUE(stump);
  EXPECT_EQ(stump->nodes().size(), 1U);
}

TEST(DecisionTree, ConstantFeaturesGiveALeaf) {
  const std::vector<float> x(8, 1.5F);
  const std::vector<int> y{0, 1, 0, 1, 0, 1, 1, 1};
  const auto tree = DecisionTreeClassifier::fit({x, 8, 1}, y, 2, {}, {});
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->nodes().size(), 1U);
  EXPECT_DOUBLE_EQ(tree->predict_proba(std::vector<float>{0})[1], 5.0 / 8);
}

TEST(DecisionTree, BadTrainingDataIsRefused) {
  const std::vector<float> x{1, 2, NAN, 4};
  const std::vector<int> y{0, 1, 0, 2}, two{0, 1, 0, 1};
  const auto error = [&](const Samples& samples, Labels labels, std::span<const double> weights) {
    const auto tree = DecisionTreeClassifier::fit(samples, labels, 2, weights, {});
    return tree ? std::string("none") : tree.error().message();
  };
  EXPECT_EQ(error({x, 4, 1}, y, {}), "training: label of sample 3: wanted 0 to 1, got 2");
  EXPECT_EQ(error({x, 4, 1}, two, {}), "training: sample 2, feature 0: wanted a finite number");
  EXPECT_EQ(error({x, 2, 1}, two, {}), "training: wanted 2 x 1 values and at least one, got 4");
  const std::vector<float> good{1, 2, 3, 4};
  EXPECT_EQ(error({good, 4, 1}, Labels(two).first(3), {}), "training: wanted 4 labels, got 3");
  EXPECT_EQ(error({good, 4, 1}, two, std::vector<double>{1, 1, -1, 1}),
            "training: wanted weights of at least 0, got -1");
  EXPECT_EQ(error({good, 4, 1}, two, std::vector<double>(4, 0.0)),
            "training: wanted a sample of positive weight");
}

TEST(RandomForest, ThreadsDoNotChangeIt) {
  const Noise data(200);
  const auto one = fit(data, {.n_estimators = 20, .seed = 5}),
             four = fit(data, {.n_estimators = 20, .seed = 5}, 4);
  const auto other = fit(data, {.n_estimators = 20, .seed = 6});
  ASSERT_TRUE(one && four && other);
  EXPECT_EQ(*one->predict_proba(data.samples()), *four->predict_proba(data.samples()));
  EXPECT_NE(*one->predict_proba(data.samples()), *other->predict_proba(data.samples()));
}

TEST(RandomForest, ImportancesFindTheFeaturesThatCount) {
  const Noise data(400);
  const auto forest = fit(data, {.n_estimators = 40, .oob_score = true, .seed = 1});
  ASSERT_TRUE(forest);
  const auto importances = forest->feature_importances();
  for (size_t i = 2; i < importances.size(); ++i) {
    EXPECT_GT(importances[0], 2 * importances[i]);
    EXPECT_GT(importances[1], 2 * importances[i]);
  }
  ASSERT_TRUE(forest->oob_score());
  EXPECT_GT(*forest->oob_score(), 0.85);
  EXPECT_LT(*forest->oob_score(), 1.0);  // what a tree has not seen is not always right
}

TEST(RandomForest, MaxFeaturesAreCounted) {
  EXPECT_EQ((MaxFeatures{MaxFeatures::Rule::sqrt}.of(10)), 3U);
  EXPECT_EQ((MaxFeatures{MaxFeatures::Rule::log2}.of(10)), 3U);
  EXPECT_EQ((MaxFeatures{MaxFeatures::Rule::count, 4}.of(10)), 4U);
  EXPECT_EQ((MaxFeatures{MaxFeatures::Rule::count, 40}.of(10)), 10U);
  EXPECT_EQ((MaxFeatures{MaxFeatures::Rule::share, 0.01}.of(10)), 1U);
}

TEST(RandomForest, BalancedWeightsGiveClassesTheSameTotal) {
  const std::vector<int> y{0, 0, 0, 1};
  const auto weights = balanced_weights(y, 2);
  EXPECT_DOUBLE_EQ(weights[0] * 3, weights[3]);
  EXPECT_DOUBLE_EQ(weights[0] * 3 + weights[3], 4);
}

class ForestOnDisk : public testing::Test {
 protected:
  ~ForestOnDisk() override { fs::remove(path_); }
  fs::path path_ = fs::temp_directory_path() / strf("sov-forest-{}.apr", ::getpid());
};

TEST_F(ForestOnDisk, ComesBackAsItWas) {
  const Noise data(150);
  auto forest = fit(data, {.n_estimators = 7, .seed = 3});
  ASSERT_TRUE(forest);
  const auto before = *forest->predict_proba(data.samples());
  ForestFile file{
      std::move(*forest), {"low", "high"}, {"a", "b", "c", "d", "e", "f"}, Json::object().set("seed", 3)};
  const auto saved = save_forest(path_, file, Overwrite::no);
  ASSERT_TRUE(saved) << saved.error().text();
  EXPECT_FALSE(save_forest(path_, file, Overwrite::no));
  const auto back = load_forest(path_);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(*back->forest.predict_proba(data.samples()), before);
  EXPECT_EQ(back->classes, file.classes);
  EXPECT_EQ(back->features, file.features);
  EXPECT_EQ(back->metadata.find("seed")->integer(), 3);
}

TEST_F(ForestOnDisk, DamageIsFound) {
  const Noise data(60);
  auto forest = fit(data, {.n_estimators = 2});
  ASSERT_TRUE(forest);
  ASSERT_TRUE(
      save_forest(path_, {std::move(*forest), {"a", "b"}, {"1", "2", "3", "4", "5", "6"}}, Overwrite::no));
  std::string bytes = *read_text(path_);
  for (const size_t at : {bytes.size() / 2, bytes.size() - 8, size_t{70}}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    ASSERT_TRUE(write_file(path_, damaged, Overwrite::yes));
    EXPECT_FALSE(load_forest(path_)) << at;
  }
}

TEST(DecisionTree, StoredNodesThatAreNoTreeAreRefused) {
  const std::vector<double> values{0.5, 0.5, 1, 0, 0, 1};
  const auto made = [&](TreeNode root) {
    return DecisionTreeClassifier::from_nodes({root, {}, {}}, values, 2, 1).has_value();
  };
  EXPECT_TRUE(made({0, 1, 2, 0.5, 1}));
  EXPECT_FALSE(made({0, 0, 2, 0.5, 1}));  // its own child: no walk would end
  EXPECT_FALSE(made({0, 1, 3, 0.5, 1}));
  EXPECT_FALSE(made({1, 1, 2, 0.5, 1}));
  EXPECT_FALSE(made({0, 1, 2, NAN, 1}));
}

}  // namespace
}  // namespace sov::ml
