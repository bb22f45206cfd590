// The table of stages and the loop over it.
#include "llm/check.h"

#include <algorithm>
#include <chrono>

#include "core/args.h"
#include "llm/check/stages.h"

namespace sov::llm {
namespace {

struct Stage {
  StageInfo info;
  Verdict (*run)(CheckState& state);
};

constexpr std::array kStages{
    Stage{{"magic", "file", "the first bytes are a known format's"}, check_magic},
    Stage{{"header", "file", "the file opens: header, sizes and offsets are consistent"}, check_header},
    Stage{{"metadata", "file", "the file says what it is"}, check_metadata},
    Stage{{"tensors", "file", "no two share bytes, every value is finite, none is all zero"}, check_tensors},
    Stage{{"alignment", "file", "tensors lie where the format wants them"}, check_alignment},
    Stage{{"checksum", "file", "checksums agree with the bytes"}, check_checksum},
    Stage{{"tokenizer_presence", "file", "there is a tokenizer"}, check_tokenizer_presence},
    Stage{{"config", "file", "every number that the architecture needs is there"}, check_config},
    Stage{{"architecture", "file", "known, with every tensor it needs in the right shape"},
          check_architecture},
    Stage{{"inference", "file", "a few tokens can be generated"}, check_inference},
    Stage{{"tokenizer", "model", "varied text comes back unchanged"}, check_tokenizer},
    Stage{{"embedding", "model", "rows are finite and differ"}, check_embedding},
    Stage{{"positions", "model", "order matters, and by distance alone"}, check_positions},
    Stage{{"qkv", "model", "queries, keys and values are finite and differ by position"}, check_projections},
    Stage{{"attention", "model", "weights sum to 1, nothing sees the future"}, check_attention},
    Stage{{"feed_forward", "model", "outputs are finite and bounded"}, check_feed_forward},
    Stage{{"layer_norm", "model", "outputs have the RMS that the definition gives"}, check_norms},
    Stage{{"lm_head", "model", "logits are finite and differ"}, check_head},
    Stage{{"probabilities", "model", "softmax sums to 1"}, check_probabilities},
    Stage{{"sampler", "model", "greedy is the largest logit, a seed repeats, decoding is whole"},
          check_sampler},
    Stage{{"kv_cache", "model", "token by token and at once give the same bits"}, check_cache},
    Stage{{"likelihood", "model", "plain text is likelier than its shuffle"}, check_likelihood},
};

Result<> check_names(const std::vector<std::string>& names) {
  std::vector<std::string_view> known;
  for (const Stage& stage : kStages) known.push_back(stage.info.name);
  for (const std::string& name : names) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::string_view near = nearest_word(name, known);
    return fail(Code::usage, "no stage '{}'{}", name, near.empty() ? "" : strf("; did you mean '{}'?", near));
  }
  return {};
}

}  // namespace

std::string_view status_name(StageStatus status) {
  switch (status) {
    case StageStatus::passed:
      return "passed";
    case StageStatus::failed:
      return "failed";
    case StageStatus::skipped:
      return "skipped";
  }
  return "?";
}

std::span<const StageInfo> check_stages() {
  static const std::vector<StageInfo> all = [] {
    std::vector<StageInfo> out;
    for (const Stage& stage : kStages) out.push_back(stage.info);
    return out;
  }();
  return all;
}

Result<std::vector<StageResult>> check_model(const std::filesystem::path& path, compute::Device& device,
                                             const CheckOptions& options) {
  TRY(check_names(options.skip));
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return fail(Code::not_found, "{}: no such file or folder", path.string());
  CheckState state;
  state.path = path;
  state.device = &device;
  state.cancel = options.cancel;
  std::vector<StageResult> results;
  for (const Stage& stage : kStages) {
    if (options.on_stage) options.on_stage(stage.info.name, results.size(), kStages.size());
    const auto start = std::chrono::steady_clock::now();
    const bool skip = std::ranges::find(options.skip, stage.info.name) != options.skip.end();
    Verdict verdict = skip ? skipped("not asked for") : stage.run(state);
    if (options.cancel != nullptr && options.cancel->load())
      return fail(Code::cancelled, "in stage '{}'", stage.info.name);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results.push_back({std::string(stage.info.name), std::string(stage.info.group), verdict.status,
                       std::move(verdict.details), seconds});
  }
  return results;
}

}  // namespace sov::llm
