#pragma once
// From a conversation to the ids a model continues, through its chat template.

#include <string>
#include <vector>

#include "apps/apr/inference.h"
#include "text/chat_template.h"

namespace sov::apr {

/// Borrows the model's tokenizer. Source of the context's names: transformers' apply_chat_template.
class ChatPrompt {
 public:
  /// Errors: not_found when the model has no chat template or no tokenizer; the template's own.
  static Result<ChatPrompt> create(const Inference& inference);

  /// messages: [{"role": ..., "content": ...}, ...]. The rendered text, an assistant's turn begun.
  Result<std::string> render(const Json& messages) const;
  Result<std::vector<text::TokenId>> ids(const Json& messages) const;

 private:
  ChatPrompt(text::ChatTemplate chat_template, const text::Tokenizer* tokenizer, Json specials)
      : template_(std::move(chat_template)), tokenizer_(tokenizer), specials_(std::move(specials)) {}
  text::ChatTemplate template_;
  const text::Tokenizer* tokenizer_;
  Json specials_;  // bos_token, eos_token, ...
};

/// bos_token and so on as texts: from tokenizer_config.json where there is one, else the tokenizer's own ids.
Json special_tokens(const formats::ModelFile& file, const text::Tokenizer& tokenizer);

Json message(std::string_view role, std::string_view content);

}  // namespace sov::apr
