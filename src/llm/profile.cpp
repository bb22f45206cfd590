#include "llm/profile.h"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "llm/generate.h"

namespace sov::llm {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

std::vector<TokenId> whole_prompt(const TimingOptions& options) {
  std::vector<TokenId> all = options.before;
  all.insert(all.end(), options.prompt.begin(), options.prompt.end());
  return all;
}

/// One run on a session that holds what comes before; `on_phase` hears of the phases as they begin.
Result<TimedRun> run_once(Session& session, const std::vector<TokenId>& all, const TimingOptions& options,
                          const std::function<void(Phase)>& on_phase) {
  session.truncate(static_cast<int64_t>(options.before.size()));
  TimedRun out;
  Clock::time_point last = Clock::now();
  const Clock::time_point start = last;
  const auto on_step = [&](const Step& step) {
    if (step.index != static_cast<int64_t>(out.steps.size()) + (out.first_token > 0 ? 1 : 0))
      return;  // held-back text
    const Clock::time_point now = Clock::now();
    if (step.index == 0) {
      out.first_token = seconds_between(start, now);
      on_phase(Phase::decode);
    } else {
      out.steps.push_back(seconds_between(last, now));
    }
    last = now;
  };
  on_phase(Phase::prefill);
  GenerateOptions generation{
      .max_tokens = options.tokens, .ignore_eos = true, .cancel = options.cancel, .on_step = on_step};
  TRY(const Generation done, generate(session, all, generation));
  if (done.finish == Finish::cancelled)
    return fail(Code::cancelled, "stopped after {} tokens", done.ids.size());
  out.prefill = done.timings.prefill_seconds;
  return out;
}

Result<std::vector<TimedRun>> run_all(const std::shared_ptr<const Model>& model, compute::Device& device,
                                      const TimingOptions& options, const Tap* tap,
                                      const std::function<void(Phase)>& on_phase) {
  if (options.tokens < 1) return fail(Code::usage, "a run wants at least one token, got {}", options.tokens);
  const std::vector<TokenId> all = whole_prompt(options);
  SessionOptions session_options = options.session;
  session_options.context = static_cast<int64_t>(all.size()) + options.tokens;
  TRY(Session session, Session::create(model, device, session_options));
  if (!options.before.empty()) TRY(session.prefill(options.before, options.cancel));
  session.set_tap(tap);
  std::vector<TimedRun> runs;
  const auto quiet = [](Phase) {};
  for (int64_t i = 0; i < options.warmup + options.runs; i++) {
    const bool counts = i >= options.warmup;
    TRY(TimedRun run, run_once(session, all, options, counts ? on_phase : quiet));
    if (counts) runs.push_back(std::move(run));
    if (options.on_run) options.on_run(i + 1);
  }
  return runs;
}

}  // namespace

Result<std::vector<TimedRun>> time_runs(std::shared_ptr<const Model> model, compute::Device& device,
                                        const TimingOptions& options) {
  return run_all(model, device, options, nullptr, [](Phase) {});
}

Result<Profile> profile_runs(std::shared_ptr<const Model> model, compute::Device& device,
                             const TimingOptions& options) {
  TimingDevice timing(device);
  Profile out;
  TRY(out.runs,
      run_all(model, timing, options, &timing.tap(), [&](Phase phase) { timing.set_phase(phase); }));
  out.zones = timing.zones();
  return out;
}

Work phase_work(const std::map<ZoneKey, Work>& zones, Phase phase) {
  Work sum;
  for (const auto& [key, work] : zones) {
    if (key.phase == phase) sum += work;
  }
  return sum;
}

}  // namespace sov::llm
