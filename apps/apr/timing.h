#pragma once
// What `bench` and `profile` share: options, the run itself, assertions.

#include <optional>
#include <string>
#include <vector>

#include "apps/apr/inference.h"
#include "apps/apr/roofline.h"
#include "core/summary.h"
#include "llm/profile.h"

namespace sov::apr {

/// --prompt, --prompt-tokens, --depth, --max-tokens, --warmup, --iterations, --seed and what a session takes.
std::vector<OptionSpec> timing_options();

/// Errors: usage; exhausted when the model cannot hold so many positions.
Result<llm::TimingOptions> read_timing(App& app, const ParsedArgs& args, const Inference& inference);

/// Rates of all runs.
struct Rates {
  std::vector<double> prefill;      // tokens/s, one a run
  std::vector<double> decode;       // the same; empty when a run is one token
  std::vector<double> first_token;  // seconds, one a run
  std::vector<double> steps;        // seconds, every token of every run
};
Rates rates_of(const std::vector<llm::TimedRun>& runs, int64_t prompt_tokens);

/// --assert-throughput, --assert-p50, --assert-p99.
std::vector<OptionSpec> assertion_options();
struct Assertion {
  std::string name;
  double wanted = 0, got = 0;
  bool passed = false;
};
/// Those that were asked for. Errors: usage when a run has no step to measure.
Result<std::vector<Assertion>> check_assertions(const ParsedArgs& args, const Rates& rates);
Json assertions_json(const std::vector<Assertion>& all);
/// Errors: validation, naming those that failed.
Result<> require(const std::vector<Assertion>& all);

/// "1 run", "5 runs".
std::string counted(uint64_t count, std::string_view thing);
Json summary_json(const Summary& summary);
/// Kilobytes that the process has had in memory at most, as bytes.
uint64_t peak_memory_bytes();

}  // namespace sov::apr
