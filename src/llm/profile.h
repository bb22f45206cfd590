#pragma once
// Timed generations of a fixed number of tokens, as a whole and by the parts of the model.

#include <atomic>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "llm/engine.h"
#include "llm/profile/timing_device.h"

namespace sov::llm {

struct TimingOptions {
  std::vector<TokenId> before = {};  // held in the cache before each run, not timed
  std::vector<TokenId> prompt = {};
  int64_t tokens = 32;  // generated greedily, whatever ends the model would see
  int64_t warmup = 1;   // runs before those that count
  int64_t runs = 5;
  SessionOptions session = {};                // its context is set to what is needed
  const std::atomic<bool>* cancel = nullptr;  // checked between tokens
  std::function<void(int64_t done)> on_run = {};
};

/// Wall seconds of one run.
struct TimedRun {
  double prefill = 0;         // of the prompt
  double first_token = 0;     // from the start to the first token's text
  std::vector<double> steps;  // of every further token, sampling included
};

/// Errors: usage (empty prompt, no tokens wanted); the session's; cancelled.
Result<std::vector<TimedRun>> time_runs(std::shared_ptr<const Model> model, compute::Device& device,
                                        const TimingOptions& options);

struct Profile {
  std::vector<TimedRun> runs;
  std::map<ZoneKey, Work> zones;  // of all runs together
};
/// The same with the time of every operation, which costs two readings of the clock each.
Result<Profile> profile_runs(std::shared_ptr<const Model> model, compute::Device& device,
                             const TimingOptions& options);

/// The sum of a phase's zones.
Work phase_work(const std::map<ZoneKey, Work>& zones, Phase phase);

}  // namespace sov::llm
