#include "transpiler/repair.h"

#include <algorithm>
#include <map>

namespace sov::transpiler {
namespace {

using Counts = std::map<std::pair<std::string, std::string>, size_t>;

Counts counts_of(const std::vector<Diagnostic>& errors) {
  Counts out;
  for (const Diagnostic& error : errors) ++out[{error.code, error.message}];
  return out;
}

/// The first fix, by confidence, that helps; nothing when none does.
Result<std::optional<RepairStep>> mend_one(Repaired& state, const Diagnostic& target, const AskCompiler& ask,
                                           Oracle& oracle, const RepairOptions& options) {
  const std::vector<RankedFix> ranked = oracle.rank(target, possible_fixes(state.rust, target));
  for (const RankedFix& one : ranked) {
    if (one.confidence < options.min_confidence) {
      ++state.below;
      continue;
    }
    TRY(std::vector<Diagnostic> after, ask(one.fix.rust));
    ++state.asked;
    const bool good = mended(state.left, after, target);
    oracle.memory.record(one.fix.rule, target, good);
    if (!good) continue;
    state.rust = one.fix.rust;
    state.left = std::move(after);
    return RepairStep{target, std::string(one.fix.rule), one.fix.from, one.fix.to, one.confidence};
  }
  return std::nullopt;
}

}  // namespace

bool mended(const std::vector<Diagnostic>& before, const std::vector<Diagnostic>& after,
            const Diagnostic& target) {
  Counts old = counts_of(before), now = counts_of(after);
  if (now[{target.code, target.message}] >= old[{target.code, target.message}]) return false;
  const Phase phase = diagnostic_phase(target);
  const bool phase_done =
      std::ranges::none_of(after, [&](const Diagnostic& error) { return diagnostic_phase(error) <= phase; });
  for (const Diagnostic& error : after) {
    const std::pair key{error.code, error.message};
    if (now[key] <= old[key]) continue;
    if (!phase_done || diagnostic_phase(error) <= phase) return false;
  }
  return true;
}

Result<Repaired> repair(const std::string& rust, const AskCompiler& ask, Oracle& oracle,
                        const RepairOptions& options) {
  Repaired state;
  state.rust = rust;
  TRY(state.left, ask(rust));
  state.asked = 1;
  for (int i = 0; i < options.max_iterations && !state.left.empty(); ++i) {
    bool helped = false;
    const std::vector<Diagnostic> targets = state.left;
    for (const Diagnostic& target : targets) {
      TRY(std::optional<RepairStep> step, mend_one(state, target, ask, oracle, options));
      if (!step) continue;
      state.steps.push_back(std::move(*step));
      helped = true;
      break;  // places have moved: look at the new diagnostics
    }
    if (!helped) break;
  }
  state.accepted = state.left.empty();
  return state;
}

}  // namespace sov::transpiler
