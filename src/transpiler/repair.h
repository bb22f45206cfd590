#pragma once
// rustc in the loop: try fixes, ask again, keep what helped.

#include <functional>
#include <string>
#include <vector>

#include "transpiler/fixes.h"
#include "transpiler/oracle.h"

namespace sov::transpiler {

/// Asks rustc (or a stand-in, in tests): the errors of a Rust file, none when it is accepted.
using AskCompiler = std::function<Result<std::vector<Diagnostic>>(const std::string& rust)>;

/// Whether `after` is better than `before` by the loss of `target`: it occurs less often, and nothing else
/// more often; errors of a later phase, which were hidden, may appear once the target's phase has none left.
bool mended(const std::vector<Diagnostic>& before, const std::vector<Diagnostic>& after,
            const Diagnostic& target);

struct RepairOptions {
  int max_iterations = 10;      // fixes kept
  double min_confidence = 0.0;  // fixes below it are not tried
};

struct RepairStep {
  Diagnostic diagnostic;
  std::string rule, from, to;
  double confidence = 0;
};

struct Repaired {
  std::string rust;  // with all steps made
  bool accepted = false;
  std::vector<RepairStep> steps;
  std::vector<Diagnostic> left;  // errors at the end
  size_t asked = 0;              // runs of rustc
  size_t below = 0;              // fixes not tried for their confidence
};

/// Mends one diagnostic after another, each with the fix that promises most, until rustc accepts, nothing
/// helps or max_iterations are done. Every try goes into the oracle's memory. It ends: each step kept lowers
/// the errors of a phase, or moves on to a later phase. Errors: what `ask` gives.
Result<Repaired> repair(const std::string& rust, const AskCompiler& ask, Oracle& oracle,
                        const RepairOptions& options);

}  // namespace sov::transpiler
