#pragma once
// From logits to the next id. The order of the steps is fixed and is transformers' order:
//
//   1. logit bias               logit += bias
//   2. repetition penalty       seen in the last n ids: logit > 0 ? logit / r : logit * r
//   3. frequency and presence   logit -= frequency * count + presence * (count > 0)      (OpenAI's
//   definition)
//      -- temperature 0 ends here: the largest logit, the lowest id on a tie --
//   4. temperature              logit / t
//   5. top-k                    the k largest (ties with the k-th are kept)
//   6. top-p                    the smallest set of most likely ids whose sum reaches p
//   7. min-p                    at least min_p times the likeliest
//   8. typical                  nearest to the entropy until their sum reaches typical_p
//   9. draw                     one uniform number, ids in order of falling probability
//
// Every step from 5 on renormalises what the steps before left and keeps at least one id.

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "text/tokenizer.h"

namespace sov::llm {

using text::TokenId;

struct SamplerOptions {
  double temperature = 0;         // 0: greedy
  int64_t top_k = 0;              // 0: off
  double top_p = 1;               // 1: off
  double min_p = 0;               // 0: off
  double typical_p = 1;           // 1: off
  double repetition_penalty = 1;  // 1: off
  double presence_penalty = 0;
  double frequency_penalty = 0;
  int64_t penalty_last_n = 64;  // ids of history the three penalties look at; -1: all, 0: none
  std::vector<std::pair<TokenId, float>> logit_bias = {};
  uint64_t seed = 299792458;
};

/// One id with its probability.
struct Candidate {
  TokenId id = 0;
  double probability = 0;
};

/// Draws ids. Same options, logits and seed give the same ids on every platform.
/// Numerics: double throughout; probabilities within 1e-6 of transformers' processors.
/// Threads: one caller at a time.
class Sampler {
 public:
  /// Errors: usage, naming the option, its range and the value (temperature < 0, top_p outside (0, 1], ...).
  static Result<Sampler> create(SamplerOptions options);

  /// The next id; history is prompt and output so far, oldest first. Errors: inference when a logit is NaN or
  /// all are minus infinity; usage when a biased id is outside the vocabulary.
  Result<TokenId> next(std::span<const float> logits, std::span<const TokenId> history);
  /// What next() draws from, likeliest first (ids ascending on ties), probabilities summing to 1; one
  /// candidate when greedy.
  Result<std::vector<Candidate>> distribution(std::span<const float> logits,
                                              std::span<const TokenId> history) const;

  const SamplerOptions& options() const { return options_; }

 private:
  explicit Sampler(SamplerOptions options) : options_(std::move(options)), rng_(options_.seed) {}
  SamplerOptions options_;
  Rng rng_;
};

}  // namespace sov::llm
