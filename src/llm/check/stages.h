#pragma once
// What the stages share, and their functions.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "llm/arch/describe.h"
#include "llm/check.h"
#include "llm/check/probe_device.h"
#include "llm/engine.h"

namespace sov::llm {

/// How a stage went; details always say what was looked at.
struct Verdict {
  StageStatus status = StageStatus::skipped;
  std::string details;
};
inline Verdict passed(std::string details) { return {StageStatus::passed, std::move(details)}; }
inline Verdict failed(std::string details) { return {StageStatus::failed, std::move(details)}; }
inline Verdict skipped(std::string details) { return {StageStatus::skipped, std::move(details)}; }

/// What one forward pass over `ids` showed.
struct Observed {
  std::vector<TokenId> ids;
  std::vector<std::vector<float>> logits;  // of every position
  std::vector<NormRecord> norms;
  std::vector<AttentionRecord> attentions;
  struct Block {
    std::string name;
    double largest = 0;  // magnitude
    bool finite = true;
  };
  std::vector<Block> mlps;
};

/// Filled by the stages on the way; later ones skip when what they need is missing.
struct CheckState {
  std::filesystem::path path;
  compute::Device* device = nullptr;
  const std::atomic<bool>* cancel = nullptr;
  std::unique_ptr<formats::ModelFile> file;  // until the model takes it
  std::optional<Description> description;
  std::shared_ptr<const Model> model;
  std::optional<Observed> observed;
  std::string why_no_pass;  // when observed is empty
};

Verdict check_magic(CheckState& state);
Verdict check_header(CheckState& state);
Verdict check_metadata(CheckState& state);
Verdict check_tensors(CheckState& state);
Verdict check_alignment(CheckState& state);
Verdict check_checksum(CheckState& state);
Verdict check_tokenizer_presence(CheckState& state);
Verdict check_config(CheckState& state);
Verdict check_architecture(CheckState& state);
Verdict check_inference(CheckState& state);

Verdict check_tokenizer(CheckState& state);
Verdict check_embedding(CheckState& state);
Verdict check_positions(CheckState& state);
Verdict check_projections(CheckState& state);
Verdict check_attention(CheckState& state);
Verdict check_feed_forward(CheckState& state);
Verdict check_norms(CheckState& state);
Verdict check_head(CheckState& state);
Verdict check_probabilities(CheckState& state);
Verdict check_sampler(CheckState& state);
Verdict check_cache(CheckState& state);
Verdict check_likelihood(CheckState& state);

/// The ids that the model stages run on: text where there is a tokenizer, else ids spread over the
/// vocabulary.
std::vector<TokenId> probe_ids(const Model& model);

/// Logits of all positions. Errors: the session's.
Result<std::vector<std::vector<float>>> all_logits(const CheckState& state, std::span<const TokenId> ids,
                                                   int64_t chunk = 512);

/// How likely the model finds the passages that it is checked with, in nats a token.
struct Likelihood {
  double text = 0;      // as they are
  double shuffled = 0;  // the same tokens in random orders
  int64_t tokens = 0;
  double gain() const { return shuffled - text; }
};
/// Under another configuration of the same weights. Requires a tokenizer.
Result<Likelihood> likelihood(const CheckState& state, const Config& config);
/// Less gain than this is no language: untrained weights stay within 0.2, trained ones gain several nats.
constexpr double kLeastGain = 0.5;

/// A message when the text is clearly likelier under one of the other configurations; else nothing. They are
/// then what the weights were trained with.
std::optional<std::string> better_explained(const CheckState& state,
                                            const std::vector<std::pair<std::string, Config>>& others);

}  // namespace sov::llm
