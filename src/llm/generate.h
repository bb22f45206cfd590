#pragma once
// Text generation over a Session: streaming, stopping, timing; and the scoring of given text.

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "llm/engine.h"
#include "llm/sampler.h"

namespace sov::llm {

/// One step of a generation, as it happens.
struct Step {
  TokenId id = 0;
  /// Text that can no longer change: whole characters, and nothing that could still begin a stop string.
  /// Often empty or longer than the token; the concatenation over all steps is Generation::text.
  std::string_view text;
  int64_t index = 0;  // 0 for the first new token
};

struct GenerateOptions {
  int64_t max_tokens = 128;  // new tokens; -1: until the context is full
  SamplerOptions sampling = {};
  std::vector<std::string> stop = {};  // ends before the one that is complete first; not part of the text
  std::vector<TokenId> stop_ids = {};  // end the generation like an end-of-text id
  bool ignore_eos = false;             // true: the model's own end ids are ordinary tokens
  bool show_special = false;           // true: special tokens appear in the text
  const std::atomic<bool>* cancel = nullptr;  // checked between tokens and between prefill chunks
  std::function<void(const Step&)> on_step = {};
};

/// eos: the model's end id.  stop: a stop string or stop id.  length: max_tokens.  context: no room left.
enum class Finish { eos, stop, length, context, cancelled };
std::string_view finish_name(Finish finish);  // "eos", "stop", "length", "context", "cancelled"

struct Timings {
  double prefill_seconds = 0;
  double decode_seconds = 0;   // from the first new token to the last, sampling included
  int64_t prefill_tokens = 0;  // computed now
  int64_t reused_tokens = 0;   // of the prompt, already in the session's cache
  int64_t decode_tokens = 0;   // forward passes of one token
  double prefill_tokens_per_second() const;
  double decode_tokens_per_second() const;
};

struct Generation {
  std::vector<TokenId> ids;  // new ids; an end id that ended the generation is not among them
  std::string text;          // empty when the model has no tokenizer
  Finish finish = Finish::length;
  std::string stop_string;  // the one that matched
  int64_t prompt_tokens = 0;
  Timings timings;
};

/// Continues `prompt` (all ids so far, not only new ones): the session keeps the prefix it already holds,
/// computes the rest, then draws tokens until something ends it. Errors: usage (empty prompt, bad sampling
/// option); exhausted when the prompt leaves no room in the context (message gives both numbers); inference.
/// Cancelling is no error: finish says so.
Result<Generation> generate(Session& session, std::span<const TokenId> prompt,
                            const GenerateOptions& options);

/// Natural log of the probability that softmax(logits) gives id.
double log_probability(std::span<const float> logits, TokenId id);

/// Log-probabilities of ids[1..] each given all ids before it.
struct Score {
  std::vector<double> log_probabilities;  // natural log; ids.size() - 1 of them
  double total = 0;
  double perplexity() const;  // exp(-mean)
};
/// Starts the session afresh. Errors: usage for fewer than two ids; exhausted when they exceed the context.
Result<Score> score(Session& session, std::span<const TokenId> ids);

}  // namespace sov::llm
