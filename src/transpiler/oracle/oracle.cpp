#include "transpiler/oracle.h"

#include <algorithm>
#include <map>
#include <set>

namespace sov::transpiler {
namespace {

constexpr double kPriorTries = 2;

std::vector<std::string> rules_of(const Sample& sample) {
  std::vector<std::string> out;
  for (const Sample::Attempt& one : sample.attempts) out.push_back(one.rule);
  return out;
}

std::vector<float> feature_row(const std::vector<std::string>& names, const Diagnostic& diagnostic,
                               const std::vector<std::string>& rules) {
  const auto found = diagnostic_features(diagnostic, rules);
  const std::map<std::string, float> by_name(found.begin(), found.end());
  std::vector<float> out;
  for (const std::string& name : names) {
    const auto it = by_name.find(name);
    out.push_back(it == by_name.end() ? 0.0F : it->second);
  }
  return out;
}

/// Sorted, so that the order of samples does not matter.
std::vector<std::string> feature_names(const std::vector<Sample>& samples, size_t min_count) {
  std::map<std::string, size_t> counts;
  for (const Sample& sample : samples) {
    for (const auto& [name, value] : diagnostic_features(sample.diagnostic, rules_of(sample))) ++counts[name];
  }
  std::vector<std::string> out;
  for (const auto& [name, count] : counts) {
    if (count >= min_count) out.push_back(name);
  }
  return out;
}

int index_of(const std::vector<std::string>& names, std::string_view name) {
  const auto it = std::ranges::find(names, name);
  return it == names.end() ? -1 : static_cast<int>(it - names.begin());
}

/// The share of each rule; and last of "none".
std::vector<double> forest_shares(const ml::ForestFile& model, const Diagnostic& diagnostic,
                                  const std::vector<std::string>& rules) {
  const std::vector<float> row = feature_row(model.features, diagnostic, rules);
  const auto all = model.forest.predict_proba({row, 1, row.size()});
  std::vector<double> out;
  for (size_t i = 0; i <= rules.size(); ++i) {
    const int at = index_of(model.classes, i < rules.size() ? std::string_view(rules[i]) : "none");
    out.push_back(at < 0 || !all ? 0.0 : (*all)[static_cast<size_t>(at)]);
  }
  return out;
}

/// How many rules are tried, in this order, until one works; 0 when none does.
size_t tries_until(const Sample& sample, std::vector<std::pair<double, std::string>> order) {
  std::ranges::stable_sort(order, std::greater{}, &std::pair<double, std::string>::first);
  for (size_t i = 0; i < order.size(); ++i) {
    if (sample.attempt(order[i].second)->worked) return i + 1;
  }
  return 0;
}

/// For each code and rule: how often it worked, of how many tries.
using ByCode = std::map<std::pair<std::string, std::string>, std::pair<double, double>>;
ByCode worked_by_code(const std::vector<Sample>& training) {
  ByCode out;
  for (const Sample& sample : training) {
    for (const Sample::Attempt& one : sample.attempts) {
      auto& [worked, tried] = out[{sample.diagnostic.code, one.rule}];
      worked += one.worked ? 1 : 0;
      tried += 1;
    }
  }
  return out;
}

}  // namespace

Result<ml::ForestFile> train_oracle(const std::vector<Sample>& samples, const TrainOptions& options,
                                    ThreadPool& threads) {
  if (samples.empty()) return fail(Code::usage, "training: wanted samples, got none");
  std::set<std::string> labels;
  for (const Sample& sample : samples) labels.insert(sample.label());
  const std::vector<std::string> classes(labels.begin(), labels.end());
  const std::vector<std::string> features = feature_names(samples, options.min_count);
  if (features.empty())
    return fail(Code::usage, "training: no feature occurs in {} of {} samples", options.min_count,
                samples.size());
  std::vector<float> values;
  std::vector<int> y;
  for (const Sample& sample : samples) {
    const std::vector<float> row = feature_row(features, sample.diagnostic, rules_of(sample));
    values.insert(values.end(), row.begin(), row.end());
    y.push_back(index_of(classes, sample.label()));
  }
  ml::ForestOptions forest{.n_estimators = options.trees, .oob_score = true, .seed = options.seed};
  forest.tree.max_depth = options.max_depth;
  TRY(ml::RandomForestClassifier made,
      ml::RandomForestClassifier::fit({values, samples.size(), features.size()}, y,
                                      static_cast<int>(classes.size()), {}, forest, threads));
  Json about = Json::object()
                   .set("task", "which fix rule mends a diagnostic of rustc")
                   .set("samples", uint64_t{samples.size()})
                   .set("trees", options.trees)
                   .set("max_depth", options.max_depth)
                   .set("seed", options.seed);
  if (made.oob_score()) about.set("oob_accuracy", *made.oob_score());
  return ml::ForestFile{std::move(made), classes, features, Json::object().set("depyler", about)};
}

std::vector<double> Oracle::shares(const Diagnostic& diagnostic,
                                   const std::vector<std::string>& rules) const {
  if (model) return forest_shares(*model, diagnostic, rules);
  return std::vector<double>(rules.size() + 1, 1.0 / static_cast<double>(rules.size() + 1));
}

double Oracle::confidence(std::string_view rule, const Diagnostic& diagnostic, double share) const {
  const Evidence seen = memory.evidence(rule, diagnostic);
  return (seen.successes + kPriorTries * share) / (seen.tries + kPriorTries);
}

std::vector<RankedFix> Oracle::rank(const Diagnostic& diagnostic, std::vector<Fix> fixes) const {
  std::vector<std::string> rules;
  for (const Fix& fix : fixes) rules.emplace_back(fix.rule);
  const std::vector<double> prior = shares(diagnostic, rules);
  std::vector<RankedFix> out;
  for (size_t i = 0; i < fixes.size(); ++i)
    out.push_back({std::move(fixes[i]), confidence(rules[i], diagnostic, prior[i])});
  std::ranges::stable_sort(out, std::greater{}, &RankedFix::confidence);
  return out;
}

Result<ml::ForestFile> load_oracle(const std::string& file) {
  TRY(ml::ForestFile model, ml::load_forest(file));
  for (const std::string& name : model.classes) {
    if (name != "none" && std::ranges::find(fix_rules(), name) == fix_rules().end())
      return fail(Code::model, "{}: '{}' is no fix rule of this version; train again", file, name);
  }
  return model;
}

OracleScore score_oracle(const ml::ForestFile& model, const std::vector<Sample>& training,
                         const std::vector<Sample>& held_out) {
  OracleScore out;
  for (const std::string_view rule : fix_rules()) out.names.emplace_back(rule);
  out.names.emplace_back("none");
  const ByCode by_code = worked_by_code(training);
  std::vector<int> truth, predicted;
  for (const Sample& sample : held_out) {
    std::vector<std::string> rules = rules_of(sample);
    const std::vector<double> shares = forest_shares(model, sample.diagnostic, rules);
    std::vector<std::pair<double, std::string>> forest, order, code;
    for (size_t i = 0; i < rules.size(); ++i) {
      const auto seen = by_code.find({sample.diagnostic.code, rules[i]});
      forest.emplace_back(shares[i], rules[i]);
      order.emplace_back(0.0, rules[i]);
      code.emplace_back(seen == by_code.end() ? 0.0 : seen->second.first / seen->second.second, rules[i]);
    }
    rules.emplace_back("none");
    truth.push_back(index_of(out.names, sample.label()));
    predicted.push_back(index_of(out.names, rules[static_cast<size_t>(ml::largest(shares))]));
    ++out.samples;
    const size_t by_forest = tries_until(sample, forest), by_order = tries_until(sample, order);
    const size_t tries_code = tries_until(sample, code);
    if (by_forest == 0) continue;
    ++out.mendable;
    out.first_by_forest += by_forest == 1 ? 1 : 0;
    out.first_by_order += by_order == 1 ? 1 : 0;
    out.first_by_code += tries_code == 1 ? 1 : 0;
    out.tries_by_forest += by_forest;
    out.tries_by_order += by_order;
    out.tries_by_code += tries_code;
  }
  out.report = ml::classification_report(truth, predicted, static_cast<int>(out.names.size()));
  return out;
}

}  // namespace sov::transpiler
