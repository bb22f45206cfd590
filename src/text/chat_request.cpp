#include "text/chat_request.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/jinja/unicode_text.h"

namespace sov::text {
namespace {

/// A template may strip the text that it writes, so the tag ends in a space: whether that is still there
/// tells.
constexpr std::string_view kTag = "CONTINUE_FINAL_MESSAGE_TAG ";

std::string_view stripped(std::string_view text) { return jinja::strip(text, jinja::Side::both); }

void name_reasoning(Json& message) {
  if (!message.is_object()) return;
  for (std::string_view name : {"reasoning_content", "thinking", "reasoning"}) {
    if (member(message, name).is_null()) continue;
    const Json reasoning = member(message, name);
    Json named = Json::object().set("thinking", reasoning);
    for (const auto& [key, value] : message.members()) named.set(key, value);
    message = std::move(named.set("reasoning_content", reasoning));
    return;
  }
}

/// Puts the tag behind a message's text, or behind the last text of its parts. Returns the text without it.
Result<std::string> add_tag(Json& content) {
  if (content.is_string()) {
    std::string text = content.string();
    content = text + std::string(kTag);
    return text;
  }
  if (!content.is_array()) return fail(Code::validation, "the last message has no text to continue");
  auto& parts = content.items();
  const auto part = std::find_if(parts.rbegin(), parts.rend(),
                                 [](const Json& item) { return member(item, "text").is_string(); });
  if (part == parts.rend()) return fail(Code::validation, "the last message has no text to continue");
  std::string text = member(*part, "text").string();
  part->set("text", text + std::string(kTag));
  return text;
}

Result<std::string> tag_final_message(Json& messages) {
  if (messages.items().empty()) return fail(Code::validation, "there is no message to continue");
  Json& last = messages.items().back();
  Json content = member(last, "content");
  TRY(std::string text, add_tag(content));
  last.set("content", std::move(content));
  return text;
}

Result<std::string> cut_behind(std::string prompt, std::string_view final_text) {
  const size_t tag = prompt.rfind(stripped(kTag));
  if (tag == std::string::npos || prompt.find(stripped(final_text)) == std::string::npos) {
    return fail(Code::validation,
                "the template does not write the last message as it is, so it cannot be continued");
  }
  const bool is_whole = std::string_view(prompt).substr(tag).starts_with(kTag);
  prompt.resize(tag);
  if (!is_whole) prompt.resize(jinja::strip(prompt, jinja::Side::right).size());
  return prompt;
}

}  // namespace

Result<std::string> render_chat(const ChatTemplate& chat_template, Json context, FinalMessage final_message,
                                const RenderLimits& limits) {
  for (std::string_view name : {"tools", "documents"}) {
    if (context.find(name) == nullptr) context.set(name, nullptr);
  }
  Json messages = member(context, "messages");
  if (messages.is_null()) messages = Json::array();
  if (!messages.is_array()) {
    return fail(Code::validation, "messages: wanted a list, got {}", messages.kind_phrase());
  }
  for (Json& message : messages.items()) name_reasoning(message);
  if (final_message == FinalMessage::ended) {
    context.set("messages", std::move(messages));
    return chat_template.render(context, limits);
  }
  TRY(const std::string text, tag_final_message(messages));
  context.set("messages", std::move(messages));
  TRY(std::string prompt, chat_template.render(context, limits));
  return cut_behind(std::move(prompt), text);
}

}  // namespace sov::text
