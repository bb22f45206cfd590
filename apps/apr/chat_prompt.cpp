#include "apps/apr/chat_prompt.h"

#include <utility>

#include "text/chat_request.h"

namespace sov::apr {

Json special_tokens(const formats::ModelFile& file, const text::Tokenizer& tokenizer) {
  Json out = Json::object();
  if (const auto bos = tokenizer.bos()) out.set("bos_token", tokenizer.piece(*bos));
  if (const auto eos = tokenizer.eos()) out.set("eos_token", tokenizer.piece(*eos));
  for (std::string_view key :
       {"bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token"}) {
    const Json* value = file.tokenizer.tokenizer_config.find(key);
    if (value == nullptr || value->is_null()) continue;
    const Json* content = value->find("content");
    if (content != nullptr && content->is_string()) value = content;
    if (value->is_string()) out.set(key, *value);
  }
  return out;
}

Json message(std::string_view role, std::string_view content) {
  return Json::object().set("role", role).set("content", content);
}

Result<ChatPrompt> ChatPrompt::create(const Inference& inference) {
  TRY(const text::Tokenizer* tokenizer, inference.tokenizer());
  const formats::ModelFile& file = inference.model->file();
  if (!file.chat_template) {
    return fail(Code::not_found, "{}: the model has no chat template; 'apr run' continues plain text",
                file.path.string());
  }
  TRY(text::ChatTemplate parsed, with(text::ChatTemplate::parse(*file.chat_template), "chat template"));
  return ChatPrompt(std::move(parsed), tokenizer, special_tokens(file, *tokenizer));
}

Result<std::string> ChatPrompt::render(const Json& messages) const {
  Json context = specials_;
  context.set("messages", messages).set("add_generation_prompt", true);
  return with(text::render_chat(template_, std::move(context)), "chat template");
}

Result<std::vector<text::TokenId>> ChatPrompt::ids(const Json& messages) const {
  TRY(const std::string text, render(messages));
  // The template writes the special tokens itself.
  return tokenizer_->encode(text, {.add_special = false, .parse_special = true});
}

}  // namespace sov::apr
