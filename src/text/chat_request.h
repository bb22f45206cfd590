#pragma once
// What transformers' apply_chat_template does around a chat template.

#include <string>

#include "core/json.h"
#include "core/result.h"
#include "text/chat_template.h"

namespace sov::text {

enum class FinalMessage {
  ended,
  continued,  // the prompt stops behind the last message's text, for the model to go on with it
};

/// Renders a request: "tools" and "documents" that are absent are none, and a message's reasoning, called
/// reasoning_content, thinking or reasoning, goes by the first two names.
/// Errors: those of ChatTemplate::render; validation when there is no message to continue, or the template
/// does not write its text.
/// Source: transformers 5.24, behaviour of apply_chat_template. Deviation: only "content" can be continued.
Result<std::string> render_chat(const ChatTemplate& chat_template, Json context,
                                FinalMessage final_message = FinalMessage::ended,
                                const RenderLimits& limits = {});

}  // namespace sov::text
