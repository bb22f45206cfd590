#pragma once
// What `run`, `chat`, `check` and `ppl` share: options of loading and sampling, a loaded model with its
// device.

#include <memory>
#include <string>
#include <vector>

#include "apps/apr/app.h"
#include "compute/device.h"
#include "llm/engine.h"
#include "llm/generate.h"

namespace sov::apr {

/// A command's results, or only how long things take: the null device is for the latter.
enum class DeviceUse { results, timing };
/// --device, --threads, --no-gpu, and --gpu as not built.
std::vector<OptionSpec> device_options(DeviceUse use = DeviceUse::results);
/// --temperature and its kin with the given defaults.
std::vector<OptionSpec> sampling_options(std::string_view temperature, std::string_view top_p);
/// --cache-type by itself.
OptionSpec cache_type_option();
/// --context-length and --cache-type.
std::vector<OptionSpec> session_options();
Result<llm::SessionOptions> read_session(const ParsedArgs& args);
/// Joins tables of options.
std::vector<OptionSpec> joined(std::vector<OptionSpec> first, const std::vector<OptionSpec>& second);

Result<llm::SamplerOptions> read_sampling(const ParsedArgs& args);

struct Inference {
  std::shared_ptr<const llm::Model> model;
  std::unique_ptr<compute::Device> device;

  /// Errors: not_found when the model carries no tokenizer.
  Result<const text::Tokenizer*> tokenizer() const;
};

Result<std::unique_ptr<compute::Device>> make_device(const ParsedArgs& args,
                                                     DeviceUse use = DeviceUse::results);
/// Resolves SOURCE, loads it and makes the device, with a progress line on stderr.
Result<Inference> load_inference(App& app, std::string_view source, const ParsedArgs& args,
                                 DeviceUse use = DeviceUse::results);

/// provenance() with device, target, threads, seed and the model's hash (which reads the files).
Result<Json> run_provenance(const App& app, const Inference& inference, uint64_t seed);
Json sampling_json(const llm::SamplerOptions& sampling);
/// Seconds, tokens and rates of one generation; `load_seconds` is not part of any rate.
Json timings_json(const llm::Timings& timings, double load_seconds);

}  // namespace sov::apr
