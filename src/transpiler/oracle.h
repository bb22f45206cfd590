#pragma once
// Which fix is likely to mend a diagnostic: a random forest over features of the diagnostic, weighed with the
// project's own experience.

#include <optional>
#include <string>
#include <vector>

#include "core/threads.h"
#include "ml/classification_report.h"
#include "ml/forest_file.h"
#include "transpiler/fix_memory.h"
#include "transpiler/fixes.h"

namespace sov::transpiler {

/// A diagnostic on which every rule that applies was tried.
struct Sample {
  std::string program;  // that it is of: held out together
  std::string origin;   // the kind of mutation, or "real": a rejection of a translation as it was written
  Diagnostic diagnostic;
  struct Attempt {
    std::string rule;
    bool worked = false;  // the diagnostic was gone and no new one came
    bool exact = false;   // it gave back the text before the mutation
  };
  std::vector<Attempt> attempts;  // in the order of fix_rules()

  /// What is learnt: the rule that restored the text, or the first that worked, or "none".
  std::string label() const;
  const Attempt* attempt(std::string_view rule) const;
};

/// One line of JSON a sample. Errors: corrupt, with file and line.
std::string sample_line(const Sample& sample);
Result<std::vector<Sample>> read_samples(const std::string& file);

/// Named features of a diagnostic: its code, words, suggestions, the text and statement at its place, and
/// which rules apply.
std::vector<std::pair<std::string, float>> diagnostic_features(const Diagnostic& diagnostic,
                                                               const std::vector<std::string>& rules);

struct TrainOptions {
  int trees = 100;
  int max_depth = 12;
  uint64_t seed = 42;
  size_t min_count = 3;  // features that occur in fewer samples are left out
};
/// Classes are the labels that occur, features those of the samples. Errors: usage without samples.
Result<ml::ForestFile> train_oracle(const std::vector<Sample>& samples, const TrainOptions& options,
                                    ThreadPool& threads);

struct RankedFix {
  Fix fix;
  double confidence = 0;
};

struct Oracle {
  std::optional<ml::ForestFile> model = {};
  FixMemory memory = {};

  /// The forest's share for each rule, all alike without a model.
  std::vector<double> shares(const Diagnostic& diagnostic, const std::vector<std::string>& rules) const;
  /// The chance that a rule helps: (successes + 2 share) / (tries + 2) over like diagnostics, the mean of a
  /// beta distribution whose prior is the forest's share and counts as two tries.
  double confidence(std::string_view rule, const Diagnostic& diagnostic, double share) const;
  /// Most confident first; equal ones in the order of fix_rules().
  std::vector<RankedFix> rank(const Diagnostic& diagnostic, std::vector<Fix> fixes) const;
};

/// Errors: as ml::load_forest; model when its classes are not rules of ours.
Result<ml::ForestFile> load_oracle(const std::string& file);

/// How good a model is on samples that it was not trained on.
struct OracleScore {
  std::vector<std::string> names;    // of classes
  ml::ClassificationReport report;   // of label() against the forest's answer among the rules that apply
  size_t samples = 0, mendable = 0;  // mendable: at least one rule worked
  // Among the mendable: the first rule tried worked.
  size_t first_by_forest = 0, first_by_order = 0, first_by_code = 0;
  // Tries until one worked, summed over the mendable.
  size_t tries_by_forest = 0, tries_by_order = 0, tries_by_code = 0;
};
/// `training`: for the rule-by-code baseline, which takes what most often worked for an error code.
OracleScore score_oracle(const ml::ForestFile& model, const std::vector<Sample>& training,
                         const std::vector<Sample>& held_out);

/// Whether a program is held out: about one in `parts`, by a hash of its name.
bool held_out(std::string_view program, uint64_t parts);

}  // namespace sov::transpiler
