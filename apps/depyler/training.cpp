#include "apps/depyler/training.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "build_info.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

using transpiler::OracleScore;
using transpiler::Sample;

constexpr uint64_t kHeldOutParts = 4;

double share(size_t part, size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string score_text(std::string_view title, const OracleScore& score) {
  if (score.samples == 0) return strf("\n{}: no samples\n", title);
  std::string out = strf("\n{}: {} samples, {} mendable\n", title, score.samples, score.mendable);
  out += report_text(score.report, score.names);
  const auto line = [&](std::string_view name, size_t first, size_t tries) {
    return strf("{:<24} {:>5.1f} % {:>6.2f} tries\n", name, 100 * share(first, score.mendable),
                share(tries, score.mendable));
  };
  return out + "first try works\n" + line("  forest", score.first_by_forest, score.tries_by_forest) +
         line("  by error code", score.first_by_code, score.tries_by_code) +
         line("  fixed order", score.first_by_order, score.tries_by_order);
}

Json score_json(const OracleScore& score) {
  const auto ranking = [&](size_t first, size_t tries) {
    return Json::object()
        .set("first_try", share(first, score.mendable))
        .set("tries", share(tries, score.mendable));
  };
  return Json::object()
      .set("samples", uint64_t{score.samples})
      .set("mendable", uint64_t{score.mendable})
      .set("report", report_json(score.report, score.names))
      .set("forest", ranking(score.first_by_forest, score.tries_by_forest))
      .set("by_code", ranking(score.first_by_code, score.tries_by_code))
      .set("fixed_order", ranking(score.first_by_order, score.tries_by_order));
}

/// Samples for which no rule applies teach nothing: there is nothing to choose.
bool has_choice(const Sample& sample) { return !sample.attempts.empty(); }

}  // namespace

Result<size_t> collect_into(App& app, const std::vector<std::string>& files, const std::string& out,
                            const CollectOptions& options) {
  std::string text;
  std::set<std::string> done;
  size_t count = 0;
  if (std::filesystem::exists(out)) {
    TRY(const std::vector<Sample> there, transpiler::read_samples(out));
    for (const Sample& sample : there) {
      done.insert(sample.program);
      text += sample_line(sample);
    }
    count = there.size();
  }
  TRY(RustCheck check, RustCheck::make());
  for (const std::string& file : files) {
    if (done.contains(file)) continue;
    TRY(const std::vector<Sample> made, collect_samples(file, options, check));
    for (const Sample& sample : made) text += sample_line(sample);
    count += made.size();
    app.note(strf("{}: {} samples", file, made.size()));
    if (!made.empty()) TRY(write_file(out, text, Overwrite::yes));
  }
  if (count == 0) TRY(write_file(out, text, Overwrite::yes));
  return count;
}

Result<std::vector<Sample>> read_samples_of(const std::vector<std::string>& files) {
  std::vector<Sample> out;
  for (const std::string& file : files) {
    TRY(std::vector<Sample> part, transpiler::read_samples(file));
    std::ranges::move(part, std::back_inserter(out));
  }
  std::erase_if(out, [](const Sample& sample) { return !has_choice(sample); });
  return out;
}

Result<Trained> train_and_score(const std::vector<Sample>& samples, const ParsedArgs& args) {
  const transpiler::TrainOptions options{.trees = static_cast<int>(args.integer("trees")),
                                         .max_depth = static_cast<int>(args.integer("max-depth")),
                                         .seed = static_cast<uint64_t>(args.integer("seed"))};
  std::vector<Sample> training, synthetic, real, all;
  for (const Sample& sample : samples) {
    const bool apart = transpiler::held_out(sample.program, kHeldOutParts);
    const bool is_real = sample.origin == "real";
    if (is_real) real.push_back(sample);
    if (!is_real && apart) synthetic.push_back(sample);
    if (!is_real && !apart) training.push_back(sample);
    if (!is_real || !apart) all.push_back(sample);
  }
  if (training.empty() || synthetic.empty())
    return fail(Code::validation,
                "wanted synthetic diagnostics of programs to learn from and of others to "
                "be judged by, got {} and {}; collect from more programs",
                training.size(), synthetic.size());
  ThreadPool threads;
  TRY(const ml::ForestFile judged, train_oracle(training, options, threads));
  TRY(ml::ForestFile model, train_oracle(all, options, threads));
  return Trained{std::move(model), training.size(), score_oracle(judged, training, synthetic),
                 score_oracle(judged, training, real)};
}

Result<> save_trained(const Trained& made, const ParsedArgs& args) {
  ml::ForestFile file = made.model;
  file.metadata.set("provenance", Json::object()
                                      .set("made_by", strf("depyler {} ({})", SOV_VERSION, SOV_COMMIT))
                                      .set("held_out_synthetic", score_json(made.synthetic))
                                      .set("held_out_real", score_json(made.real)));
  return ml::save_forest(args.text("output"), file, args.flag("force") ? Overwrite::yes : Overwrite::no);
}

Result<> print_trained(App& app, const Trained& made, const std::string& file) {
  std::vector<std::pair<double, std::string>> weights;
  const std::vector<double> importances = made.model.forest.feature_importances();
  for (size_t i = 0; i < importances.size(); ++i)
    weights.emplace_back(-importances[i], made.model.features[i]);
  std::ranges::sort(weights);
  weights.resize(std::min<size_t>(weights.size(), 10));
  if (app.json) {
    Json features = Json::array();
    for (const auto& [weight, name] : weights)
      features.push(Json::object().set("feature", name).set("importance", -weight));
    return app.print_json(Json::object()
                              .set("model", file.empty() ? Json() : Json(file))
                              .set("trained_on", uint64_t{made.training})
                              .set("synthetic", score_json(made.synthetic))
                              .set("real", score_json(made.real))
                              .set("features", features));
  }
  std::string text = strf("trained on {} synthetic diagnostics\n", made.training);
  text += score_text("held out, synthetic", made.synthetic) + score_text("real", made.real);
  text += "\nfeatures that decide most\n";
  for (const auto& [weight, name] : weights) text += strf("  {:>6.3f} {}\n", -weight, name);
  if (!file.empty()) text += strf("\n{}\n", file);
  return app.print(text);
}

std::vector<OptionSpec> training_options() {
  return {{.name = "trees",
           .kind = ArgKind::integer,
           .value = "N",
           .fallback = "100",
           .help = "of the forest",
           .min = 1,
           .max = 10000},
          {.name = "max-depth",
           .kind = ArgKind::integer,
           .value = "N",
           .fallback = "12",
           .help = "of a tree; 0: no limit",
           .min = 0,
           .max = 1000},
          {.name = "seed",
           .kind = ArgKind::integer,
           .value = "N",
           .fallback = "42",
           .help = "same data and seed: the same model",
           .min = 0,
           .max = 1e15}};
}

}  // namespace sov::depyler
