#pragma once
// A folder of programs on the way to being accepted by rustc.

#include <functional>
#include <string>
#include <vector>

#include "apps/depyler/repairing.h"
#include "apps/depyler/rust_check.h"

namespace sov::depyler {

struct Candidate {
  std::string file;
  std::string key;          // of its text and of our version: what a checkpoint holds good for
  std::string verdict;      // refused, invalid, first-shot, rejected, repaired
  std::string reason = {};  // of a refusal
  std::string equal = {};   // of a repaired one: "", "equal", "differs"
  SourceMap map = {};
  transpiler::Repaired state = {};
};

struct ConvergeOptions {
  int max_iterations = 50;
  double target_rate = 100;  // per cent accepted, after repair
  bool auto_fix = false, verify = false;
  double fix_confidence = 0.8;
};

struct Rates {
  size_t files = 0, translated = 0, first_shot = 0, repaired = 0, equal = 0, differs = 0;
  double first_shot_rate() const { return rate(first_shot); }
  double after_repair_rate() const { return rate(first_shot + repaired); }

 private:
  double rate(size_t n) const {
    return files == 0 ? 0.0 : 100.0 * static_cast<double>(n) / static_cast<double>(files);
  }
};
Rates rates_of(const std::vector<Candidate>& all);

/// Translates all files and asks rustc; then, with auto_fix, repairs what was rejected, again and again while
/// that changes anything: what is learnt from one file counts for the next, and in the next iteration.
/// Candidates that have a verdict already (from a checkpoint) are left as they are. Why it ended: "target",
/// "converged" (an iteration changed nothing), "iterations" or "measured" (no auto_fix).
struct Convergence {
  int iterations = 0;
  std::string ended = {};
};
Result<Convergence> converge(std::vector<Candidate>& all, transpiler::Oracle& oracle,
                             const ConvergeOptions& options,
                             const std::function<void(const std::string&)>& tell);

/// The checkpoint: verdicts of files by the SHA-256 of their text and our version, as JSON.
Result<> write_checkpoint(const std::string& file, const std::vector<Candidate>& all);
/// Fills in verdicts that still hold good; only of files that need no further work. An absent file changes
/// nothing. Errors: corrupt.
Result<> read_checkpoint(const std::string& file, std::vector<Candidate>& all);

}  // namespace sov::depyler
