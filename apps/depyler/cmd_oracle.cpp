// oracle collect, train, classify and stats.
#include <algorithm>
#include <set>

#include "apps/depyler/app.h"
#include "apps/depyler/collection.h"
#include "apps/depyler/corpus.h"
#include "apps/depyler/training.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

using transpiler::Sample;

/// Python files of the folders, and Rust files that are named.
Result<std::vector<std::string>> sources_of(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    if (path.ends_with(".rs")) {
      out.push_back(path);
      continue;
    }
    TRY(const std::vector<std::string> found, python_files(path));
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

Result<> collect(App& app, const ParsedArgs& args) {
  TRY(const std::vector<std::string> files, sources_of(args.texts("PATH")));
  const std::string out = args.text("output");
  const CollectOptions options{static_cast<size_t>(args.integer("mutants")),
                               static_cast<uint64_t>(args.integer("seed"))};
  TRY(const size_t count, collect_into(app, files, out, options));
  if (app.json) return app.print_json(Json::object().set("output", out).set("samples", uint64_t{count}));
  return app.print(strf("{}: {} samples\n", out, count));
}

Result<> train(App& app, const ParsedArgs& args) {
  TRY(const std::vector<Sample> samples, read_samples_of(args.texts("DATA")));
  TRY(const Trained made, train_and_score(samples, args));
  TRY(save_trained(made, args));
  return print_trained(app, made, args.text("output"));
}

Result<> stats(App& app, const ParsedArgs& args) {
  TRY(const std::vector<Sample> samples, read_samples_of(args.texts("DATA")));
  TRY(const Trained made, train_and_score(samples, args));
  return print_trained(app, made, "");
}

Result<> classify(App& app, const ParsedArgs& args) {
  transpiler::Oracle oracle;
  if (args.given("model")) {
    TRY(oracle.model, transpiler::load_oracle(args.text("model")));
  }
  if (args.given("patterns")) {
    TRY(oracle.memory, transpiler::FixMemory::read(args.text("patterns")));
  }
  TRY(const std::string rust, read_text(args.text("FILE")));
  TRY(RustCheck check, RustCheck::make());
  TRY(const std::vector<transpiler::Diagnostic> errors, check.ask(rust));
  Json list = Json::array();
  std::string text;
  for (const transpiler::Diagnostic& error : errors) {
    text += strf("line {}: {} ({}): {}\n", error.line(), error.code, error.category, error.message);
    Json fixes = Json::array();
    for (const transpiler::RankedFix& one : oracle.rank(error, possible_fixes(rust, error))) {
      text += strf("  {:>5.2f} {:<16} {}\n", one.confidence, one.fix.rule, one.fix.to);
      fixes.push(Json::object()
                     .set("rule", one.fix.rule)
                     .set("confidence", one.confidence)
                     .set("from", one.fix.from)
                     .set("to", one.fix.to));
    }
    list.push(Json::object()
                  .set("line", uint64_t{error.line()})
                  .set("code", error.code)
                  .set("category", error.category)
                  .set("message", error.message)
                  .set("fixes", fixes));
  }
  if (app.json) return app.print_json(Json::object().set("file", args.text("FILE")).set("errors", list));
  return app.print(errors.empty() ? "rustc accepts the file\n" : text);
}

PositionalSpec data_argument() {
  return {.name = "DATA", .help = "what 'oracle collect' wrote", .repeatable = true};
}

}  // namespace

Command oracle_collect_command() {
  return {
      .spec = {.name = "oracle collect",
               .summary = "diagnostics of rustc, each with the fixes that mend it",
               .positionals = {{.name = "PATH",
                                .help = "folders or Python files; Rust files that rustc rejects",
                                .repeatable = true}},
               .options = {{.name = "output",
                            .letter = 'o',
                            .kind = ArgKind::text,
                            .value = "DATA",
                            .fallback = "diagnostics.jsonl",
                            .help = "one sample a line; programs that are in it already are not asked again"},
                           {.name = "mutants",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .fallback = "4",
                            .help = "samples of each program that rustc accepts",
                            .min = 0,
                            .max = 1000},
                           {.name = "seed",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .fallback = "1",
                            .help = "of the mutations",
                            .min = 0,
                            .max = 1e15}},
               .examples = {{"depyler oracle collect programs/ -o data.jsonl",
                             "some seconds a program: every fix is tried with rustc"}},
               .notes = "A translation that rustc accepts is damaged in small ways (a clone, a mut, a "
                        "conversion, an import left out; a type changed): synthetic diagnostics. What rustc "
                        "says of a translation as it was written is 'real'."},
      .run = collect};
}

Command oracle_train_command() {
  std::vector<OptionSpec> options = training_options();
  options.push_back({.name = "output",
                     .letter = 'o',
                     .kind = ArgKind::text,
                     .value = "FILE",
                     .fallback = "oracle.apr",
                     .help = "the model, as .apr"});
  options.push_back({.name = "force", .help = "overwrite the model"});
  return {.spec = {.name = "oracle train",
                   .summary = "learn which fix mends a diagnostic",
                   .positionals = {data_argument()},
                   .options = std::move(options),
                   .examples = {{"depyler oracle train data.jsonl -o oracle.apr",
                                 "a random forest; prints how good it is on programs held out"}},
                   .notes = kTrainingNotes},
          .run = train};
}

Command oracle_stats_command() {
  return {.spec = {.name = "oracle stats",
                   .summary = "precision and recall on programs that were held out",
                   .positionals = {data_argument()},
                   .options = training_options(),
                   .examples = {{"depyler oracle stats data.jsonl", "writes nothing"}},
                   .notes = kTrainingNotes},
          .run = stats};
}

Command oracle_classify_command() {
  return {.spec = {.name = "oracle classify",
                   .summary = "rank the fixes for each error of a Rust file",
                   .positionals = {{.name = "FILE", .help = "Rust file"}},
                   .options = {{.name = "model",
                                .kind = ArgKind::text,
                                .value = "FILE",
                                .help = "what 'oracle train' wrote; without it all rules count alike"},
                               {.name = "patterns",
                                .kind = ArgKind::text,
                                .value = "FILE",
                                .help = "what 'repair' and 'converge' learnt"}},
                   .examples = {{"depyler oracle classify tool.rs --model oracle.apr",
                                 "the chance that each rule helps"}}},
          .run = classify};
}

}  // namespace sov::depyler
