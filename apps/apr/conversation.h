#pragma once
// The state of a chat: messages, the session they were computed in, and the budget of its context.

#include <filesystem>
#include <string>
#include <vector>

#include "apps/apr/chat_prompt.h"
#include "apps/apr/generation.h"
#include "apps/apr/inference.h"

namespace sov::apr {

struct Budget {
  int64_t used = 0;  // tokens of the conversation as the template renders it
  int64_t context = 0;
};

class Conversation {
 public:
  /// Borrows the inference.
  static Result<Conversation> create(const Inference& inference, const llm::SessionOptions& options);

  const Json& messages() const { return messages_; }
  std::string system() const;
  /// Replaces the system message; empty removes it.
  void set_system(const std::string& text);
  /// Forgets all but the system message.
  void clear();

  /// Adds the user's message and generates the answer, which is added too, also when Ctrl-C cut it short;
  /// when it did so before the first token, the message is taken back.
  /// Nothing is dropped to make room. Errors: exhausted when the conversation leaves no room (names both
  /// numbers; the message is taken back), and those of templates and generation.
  Result<llm::Generation> ask(App& app, const std::string& text, const llm::GenerateOptions& options,
                              Watch watch);

  /// Errors: the template's.
  Result<Budget> budget() const;

  /// JSON: {"messages": [...]} with where it came from. Errors: validation when the file exists; io.
  Result<> save(const std::filesystem::path& path) const;
  /// Reads what save() wrote, or a bare array of messages. Errors: not_found, corrupt, io; nothing changes
  /// then.
  Result<> load(const std::filesystem::path& path);

 private:
  Conversation(const Inference& inference, ChatPrompt prompt, llm::Session session)
      : inference_(&inference), prompt_(std::move(prompt)), session_(std::move(session)) {}
  void take_back();  // the last message

  const Inference* inference_;
  ChatPrompt prompt_;
  llm::Session session_;
  Json messages_ = Json::array();
};

}  // namespace sov::apr
