// Against scikit-learn's answers: tests/golden/ml/forest.json, made by tools/golden/forest.py.
#include <cmath>
#include <gtest/gtest.h>
#include <map>

#include "core/fs.h"
#include "core/json.h"
#include "ml/classification_report.h"
#include "ml/random_forest.h"

namespace sov::ml {
namespace {

struct DataSet {
  std::vector<float> x;
  std::vector<int> y;
  size_t features = 0;
  int classes = 0;
  Samples part(size_t begin, size_t end) const {
    return {std::span<const float>(x).subspan(begin * features, (end - begin) * features), end - begin,
            features};
  }
  Labels labels(size_t begin, size_t end) const { return Labels(y).subspan(begin, end - begin); }
};

template <typename T>
std::vector<T> numbers(const Json& list) {
  std::vector<T> out;
  for (const Json& item : list.items()) out.push_back(static_cast<T>(item.number()));
  return out;
}

class ForestGolden : public testing::Test {
 protected:
  void SetUp() override {
    const auto text = read_text("tests/golden/ml/forest.json");
    ASSERT_TRUE(text) << text.error().text();
    golden_ = *parse_json(*text);
    for (const Json& set : member(golden_, "data").items())
      sets_[*set.get_string("name")] = {numbers<float>(member(set, "x")), numbers<int>(member(set, "y")),
                                        static_cast<size_t>(*set.get_int("features")),
                                        static_cast<int>(*set.get_int("classes"))};
  }
  Json golden_;
  std::map<std::string, DataSet> sets_;
};

TEST_F(ForestGolden, TreesPredictAsScikitLearnDoes) {
  for (const Json& golden : member(golden_, "trees").items()) {
    const DataSet& set = sets_[*golden.get_string("set")];
    const Json& given = member(golden, "options");
    SCOPED_TRACE(*golden.get_string("set") + " " + given.dump());
    const TreeOptions options{
        .criterion = *given.get_string("criterion") == "gini" ? Criterion::gini : Criterion::entropy,
        .max_depth = static_cast<int>(*given.get_int("max_depth")),
        .min_samples_leaf = static_cast<size_t>(*given.get_int("min_samples_leaf"))};
    const Json& weights = member(golden, "weights");
    const auto weight = weights.is_array() ? numbers<double>(weights) : std::vector<double>{};
    const auto tree =
        DecisionTreeClassifier::fit(set.part(0, 150), set.labels(0, 150), set.classes, weight, options);
    ASSERT_TRUE(tree) << tree.error().text();
    EXPECT_EQ(tree->nodes().size(), static_cast<size_t>(*golden.get_int("nodes")));
    EXPECT_EQ(tree->depth(), *golden.get_int("depth"));
    const Samples test = set.part(150, 300);
    std::vector<int> answers;
    for (size_t i = 0; i < test.count; ++i) answers.push_back(tree->predict(test.row(i)));
    EXPECT_EQ(answers, numbers<int>(member(golden, "predict")));
    const auto shares = numbers<double>(member(golden, "proba"));
    for (size_t i = 0; i < 20; ++i) {
      const auto got = tree->predict_proba(test.row(i));
      // The file has nine decimals.
      for (size_t c = 0; c < got.size(); ++c) EXPECT_NEAR(got[c], shares[i * got.size() + c], 1e-8);
    }
    const auto wanted = numbers<double>(member(golden, "importances"));
    const auto importances = tree->feature_importances(options.criterion);
    for (size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(importances[i], wanted[i], 1e-8);
  }
}

TEST_F(ForestGolden, ForestsAreAsGoodAsScikitLearns) {
  ThreadPool threads(2);
  for (const Json& golden : member(golden_, "forests").items()) {
    const DataSet& set = sets_[*golden.get_string("set")];
    SCOPED_TRACE(*golden.get_string("set"));
    double accuracy = 0;
    std::vector<double> importances(set.features);
    for (uint64_t seed = 0; seed < 10; ++seed) {
      ForestOptions options{.n_estimators = 60, .seed = seed};
      options.tree.max_depth = 6;
      const auto forest = RandomForestClassifier::fit(set.part(0, 150), set.labels(0, 150), set.classes, {},
                                                      options, threads);
      ASSERT_TRUE(forest) << forest.error().text();
      const auto answers = forest->predict(set.part(150, 300));
      ASSERT_TRUE(answers);
      accuracy += classification_report(set.labels(150, 300), *answers, set.classes).accuracy / 10;
      const auto one = forest->feature_importances();
      for (size_t i = 0; i < one.size(); ++i) importances[i] += one[i] / 10;
    }
    // Both are means of ten seeds; the seeds differ among themselves by up to 0.04 (the file's "spread").
    EXPECT_NEAR(accuracy, *golden.get_number("accuracy"), 0.015);
    const auto wanted = numbers<double>(member(golden, "importances"));
    for (size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(importances[i], wanted[i], 0.03) << i;
  }
}

TEST_F(ForestGolden, PrecisionAndRecallAreScikitLearns) {
  const Json& golden = member(golden_, "metrics");
  const auto truth = numbers<int>(member(golden, "truth"));
  const auto predicted = numbers<int>(member(golden, "predicted"));
  const ClassificationReport report = classification_report(truth, predicted, 4);
  const auto& by_class = member(golden, "none").items();
  for (size_t c = 0; c < 4; ++c) {
    EXPECT_NEAR(report.classes[c].precision, by_class[0].items()[c].number(), 1e-8);
    EXPECT_NEAR(report.classes[c].recall, by_class[1].items()[c].number(), 1e-8);
    EXPECT_NEAR(report.classes[c].f1, by_class[2].items()[c].number(), 1e-8);
  }
  for (const auto& [name, score] :
       {std::pair{"macro", report.macro}, std::pair{"weighted", report.weighted}}) {
    const auto wanted = numbers<double>(member(golden, name));
    EXPECT_NEAR(score.precision, wanted[0], 1e-8) << name;
    EXPECT_NEAR(score.recall, wanted[1], 1e-8) << name;
    EXPECT_NEAR(score.f1, wanted[2], 1e-8) << name;
  }
}

}  // namespace
}  // namespace sov::ml
