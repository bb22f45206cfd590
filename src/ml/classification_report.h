#pragma once
// How good a classification is.

#include <string>
#include <vector>

#include "core/json.h"
#include "ml/samples.h"

namespace sov::ml {

struct ClassScore {
  double precision = 0, recall = 0, f1 = 0;  // 0 where nothing was predicted or nothing is there
  size_t support = 0;                        // samples of the class
  size_t predicted = 0;
};

/// Precision, recall and F1 of each class, and their means. Source: the definitions of scikit-learn's
/// classification_report with zero_division=0; macro means are over the classes that occur in the truth or
/// among the predictions.
struct ClassificationReport {
  std::vector<ClassScore> classes;
  std::vector<size_t> confusion;  // [classes, classes]: truth by prediction
  double accuracy = 0;
  ClassScore macro, weighted;
};

/// Requires (CHECKed): as many predictions as labels, all in [0, classes).
ClassificationReport classification_report(Labels truth, Labels predicted, int classes);

/// A table with a row for each class that occurs.
std::string report_text(const ClassificationReport& report, const std::vector<std::string>& names);
Json report_json(const ClassificationReport& report, const std::vector<std::string>& names);

}  // namespace sov::ml
