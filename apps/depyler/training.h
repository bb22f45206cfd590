#pragma once
// From samples to a model and to what it is worth.

#include <string>
#include <vector>

#include "apps/depyler/app.h"
#include "apps/depyler/collection.h"

namespace sov::depyler {

/// Adds the samples of these files to a data file, one program after another, leaving out programs that it
/// has. The number of samples in it afterwards.
Result<size_t> collect_into(App& app, const std::vector<std::string>& files, const std::string& out,
                            const CollectOptions& options);

Result<std::vector<transpiler::Sample>> read_samples_of(const std::vector<std::string>& files);

/// Scores of a model of the synthetic samples of the programs that were not held out; the model itself is
/// trained on all synthetic samples, and on the real ones of programs that were not held out.
struct Trained {
  ml::ForestFile model;
  size_t training = 0;  // samples behind the scores
  transpiler::OracleScore synthetic, real;
};
Result<Trained> train_and_score(const std::vector<transpiler::Sample>& samples, const ParsedArgs& args);
Result<> save_trained(const Trained& made, const ParsedArgs& args);
Result<> print_trained(App& app, const Trained& made, const std::string& file);

std::vector<OptionSpec> training_options();
inline constexpr std::string_view kTrainingNotes =
    "One program in four is held out, with all its diagnostics; the scores are of a model that saw the other "
    "programs' synthetic diagnostics only. 'first try' is the share of mendable diagnostics whose first fix "
    "works: by the forest, by what most often worked for the error code, and by the fixed order of the "
    "rules.";

}  // namespace sov::depyler
