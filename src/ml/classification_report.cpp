#include "ml/classification_report.h"

#include "core/check.h"
#include "core/format.h"

namespace sov::ml {
namespace {

double share(size_t part, size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

bool occurs(const ClassScore& score) { return score.support + score.predicted > 0; }

Json score_json(const ClassScore& score) {
  return Json::object()
      .set("precision", score.precision)
      .set("recall", score.recall)
      .set("f1", score.f1)
      .set("support", uint64_t{score.support});
}

std::string row(std::string_view name, const ClassScore& score) {
  return strf("{:<24} {:>9.3f} {:>9.3f} {:>9.3f} {:>9}\n", name, score.precision, score.recall, score.f1,
              score.support);
}

void add_means(ClassificationReport& report) {
  size_t present = 0;
  for (const ClassScore& score : report.classes) {
    present += occurs(score) ? 1 : 0;
    report.macro.support += score.support;
  }
  report.weighted.support = report.macro.support;
  for (const ClassScore& score : report.classes) {
    if (!occurs(score)) continue;
    const double even = 1.0 / static_cast<double>(present);
    const double by_support = share(score.support, report.macro.support);
    report.macro.precision += even * score.precision;
    report.macro.recall += even * score.recall;
    report.macro.f1 += even * score.f1;
    report.weighted.precision += by_support * score.precision;
    report.weighted.recall += by_support * score.recall;
    report.weighted.f1 += by_support * score.f1;
  }
}

}  // namespace

ClassificationReport classification_report(Labels truth, Labels predicted, int classes) {
  CHECK(truth.size() == predicted.size());
  const auto width = static_cast<size_t>(classes);
  ClassificationReport report;
  report.classes.resize(width);
  report.confusion.resize(width * width);
  size_t right = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    const auto wanted = static_cast<size_t>(truth[i]), got = static_cast<size_t>(predicted[i]);
    CHECK(wanted < width && got < width);
    ++report.confusion[wanted * width + got];
    ++report.classes[wanted].support;
    ++report.classes[got].predicted;
    right += wanted == got ? 1 : 0;
  }
  report.accuracy = share(right, truth.size());
  for (size_t c = 0; c < width; ++c) {
    ClassScore& score = report.classes[c];
    const size_t hits = report.confusion[c * width + c];
    score.precision = share(hits, score.predicted);
    score.recall = share(hits, score.support);
    const double sum = score.precision + score.recall;
    score.f1 = sum > 0 ? 2 * score.precision * score.recall / sum : 0;
  }
  add_means(report);
  return report;
}

std::string report_text(const ClassificationReport& report, const std::vector<std::string>& names) {
  std::string out = strf("{:<24} {:>9} {:>9} {:>9} {:>9}\n", "", "precision", "recall", "f1", "support");
  for (size_t c = 0; c < report.classes.size(); ++c) {
    if (occurs(report.classes[c])) out += row(names[c], report.classes[c]);
  }
  out += row("macro mean", report.macro) + row("weighted mean", report.weighted);
  return out + strf("{:<24} {:>39.3f}\n", "accuracy", report.accuracy);
}

Json report_json(const ClassificationReport& report, const std::vector<std::string>& names) {
  Json classes = Json::object();
  for (size_t c = 0; c < report.classes.size(); ++c) {
    if (occurs(report.classes[c])) classes.set(names[c], score_json(report.classes[c]));
  }
  return Json::object()
      .set("accuracy", report.accuracy)
      .set("macro", score_json(report.macro))
      .set("weighted", score_json(report.weighted))
      .set("classes", classes);
}

}  // namespace sov::ml
