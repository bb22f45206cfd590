#include "apps/depyler/app.h"
#include "apps/depyler/corpus.h"
#include "apps/depyler/training.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

Result<> run(App& app, const ParsedArgs& args) {
  if (!args.given("corpus")) return fail(Code::usage, "--corpus is needed: a folder of Python programs");
  TRY(const std::vector<std::string> files, python_files(args.text("corpus")));
  TRY(const Scratch scratch, Scratch::make());
  const std::string data = args.given("data") ? args.text("data") : scratch.file("data.jsonl");
  TRY(collect_into(
      app, files, data,
      {static_cast<size_t>(args.integer("mutants")), static_cast<uint64_t>(args.integer("seed"))}));
  TRY(const std::vector<transpiler::Sample> samples, read_samples_of({data}));
  TRY(const Trained made, train_and_score(samples, args));
  TRY(save_trained(made, args));
  return print_trained(app, made, args.text("output"));
}

}  // namespace

Command train_command() {
  std::vector<OptionSpec> options = {
      {.name = "corpus", .kind = ArgKind::text, .value = "FOLDER", .help = "Python programs to learn from"},
      {.name = "output",
       .letter = 'o',
       .kind = ArgKind::text,
       .value = "FILE",
       .fallback = "oracle.apr",
       .help = "the model, as .apr"},
      {.name = "force", .help = "overwrite the model"},
      {.name = "data",
       .kind = ArgKind::text,
       .value = "DATA",
       .help = "keep the diagnostics here, and go on from what it holds"},
      {.name = "mutants",
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "4",
       .help = "diagnostics of each program that rustc accepts",
       .min = 0,
       .max = 1000}};
  for (OptionSpec& option : training_options()) options.push_back(std::move(option));
  return {.spec = {.name = "train",
                   .summary = "'oracle collect' and 'oracle train' in one",
                   .options = std::move(options),
                   .examples = {{"depyler train --corpus programs/ -o oracle.apr --data data.jsonl",
                                 "some ten seconds a program"}},
                   .notes = kTrainingNotes},
          .run = run};
}

}  // namespace sov::depyler
