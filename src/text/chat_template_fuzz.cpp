// A template, and behind a NUL byte optionally a JSON context. Whatever comes must end within its limits:
// parsed or refused, rendered or refused, never with a defect.

#include <string_view>

#include "core/check.h"
#include "text/chat_template.h"

namespace {

constexpr sov::text::RenderLimits kLimits{
    .max_steps = 200'000, .max_output_bytes = 1U << 20, .now_seconds = 1700000000};

sov::Json default_context() {
  using sov::Json;
  Json messages = Json::array();
  messages.push(Json::object().set("role", "user").set("content", "H\u00e9llo <b>"));
  messages.push(Json::object().set("role", "assistant").set("content", nullptr));
  return Json::object().set("messages", messages).set("add_generation_prompt", true).set("x", 2.5);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t nul = text.find('\0');
  const auto parsed = sov::text::ChatTemplate::parse(text.substr(0, nul));
  if (!parsed) {
    CHECK(parsed.error().code() != sov::Code::internal);
    return 0;
  }
  sov::Json context = default_context();
  if (nul != std::string_view::npos) {
    auto given = sov::parse_json(text.substr(nul + 1));
    if (given && given->is_object()) context = std::move(*given);
  }
  const auto rendered = parsed->render(context, kLimits);
  if (!rendered) {
    CHECK(rendered.error().code() != sov::Code::internal);
    return 0;
  }
  CHECK(rendered->size() <= kLimits.max_output_bytes);
  const auto again = parsed->render(context, kLimits);
  CHECK(again.has_value());
  CHECK(*again == *rendered);
  return 0;
}
