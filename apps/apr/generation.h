#pragma once
// One generation as `run` does it: a prompt in, text streamed or collected, a report out.

#include <optional>
#include <string>

#include "apps/apr/chat_prompt.h"
#include "apps/apr/inference.h"

namespace sov::apr {

struct RunSettings {
  llm::GenerateOptions generate;   // on_step and cancel are set per generation
  std::optional<ChatPrompt> chat;  // set: the prompt is a user's message
  std::string system;
  llm::SessionOptions session;
};

/// Errors: usage for an empty prompt.
Result<std::vector<text::TokenId>> prompt_ids(const Inference& inference, const RunSettings& settings,
                                              const std::string& prompt);

/// What is seen of a generation while it runs: its text on app.out as it arrives; a progress bar; nothing.
enum class Watch { text, bar, nothing };

/// Ctrl-C ends it with Finish::cancelled; a reader that went away ends it with the write's error.
Result<llm::Generation> watch_generation(App& app, llm::Session& session,
                                         const std::vector<text::TokenId>& prompt,
                                         llm::GenerateOptions options, Watch watch);

/// The fields of facts: model, text, tokens, tokens_generated, ..., timings, sampling.
Json generation_json(const Inference& inference, const RunSettings& settings,
                     const llm::Generation& generation);

/// Every line of a JSONL file ("-": stdin) through one session; one JSON line out per line in. A line that
/// fails gives a line with "error", and its status at the end.
Result<> run_batch(App& app, const Inference& inference, const RunSettings& settings,
                   const std::string& path);

}  // namespace sov::apr
