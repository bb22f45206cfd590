#include "text/chat_template.h"

namespace sov::text {

// The interpreter is not finished: every template is refused by name rather than rendered by guesswork.
struct ChatTemplate::Impl {};

ChatTemplate::ChatTemplate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChatTemplate::ChatTemplate(ChatTemplate&&) noexcept = default;
ChatTemplate& ChatTemplate::operator=(ChatTemplate&&) noexcept = default;
ChatTemplate::~ChatTemplate() = default;

Result<ChatTemplate> ChatTemplate::parse(std::string_view) {
  return fail(Code::unsupported, "chat templates are not built yet");
}

Result<std::string> ChatTemplate::render(const Json&, const RenderLimits&) const {
  return fail(Code::unsupported, "chat templates are not built yet");
}

}  // namespace sov::text
