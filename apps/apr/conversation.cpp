#include "apps/apr/conversation.h"

#include <algorithm>
#include <array>

#include "apps/apr/generation.h"

namespace sov::apr {
namespace {

bool is_system(const Json& message) {
  const Json* role = message.find("role");
  return role != nullptr && role->is_string() && role->string() == "system";
}

Result<> check_messages(const Json& messages, std::string_view file) {
  if (!messages.is_array())
    return fail(Code::corrupt, "{}: wanted an array of messages, got {}", file, messages.kind_name());
  constexpr std::array<std::string_view, 4> kRoles = {"system", "user", "assistant", "tool"};
  for (size_t i = 0; i < messages.items().size(); i++) {
    const std::string place = strf("{}: message {}", file, i);
    TRY(const std::string role, with(messages.items()[i].get_string("role"), place));
    TRY(with(messages.items()[i].get_string("content"), place));
    if (std::ranges::find(kRoles, role) == kRoles.end()) {
      return fail(Code::corrupt, "{}: role: wanted system, user, assistant or tool, got '{}'", place, role);
    }
  }
  return {};
}

}  // namespace

Result<Conversation> Conversation::create(const Inference& inference, const llm::SessionOptions& options) {
  TRY(ChatPrompt prompt, ChatPrompt::create(inference));
  TRY(llm::Session session, llm::Session::create(inference.model, *inference.device, options));
  return Conversation(inference, std::move(prompt), std::move(session));
}

std::string Conversation::system() const {
  const Json::Array& all = messages_.items();
  return !all.empty() && is_system(all.front()) ? all.front().find("content")->string() : "";
}

void Conversation::set_system(const std::string& text) {
  Json::Array& all = messages_.items();
  if (!all.empty() && is_system(all.front())) all.erase(all.begin());
  if (!text.empty()) all.insert(all.begin(), message("system", text));
}

void Conversation::clear() {
  const std::string kept = system();
  messages_ = Json::array();
  set_system(kept);
}

void Conversation::take_back() { messages_.items().pop_back(); }

Result<llm::Generation> Conversation::ask(App& app, const std::string& text,
                                          const llm::GenerateOptions& options, Watch watch) {
  messages_.push(message("user", text));
  const Result<std::vector<text::TokenId>> ids = prompt_.ids(messages_);
  if (!ids) {
    take_back();
    return fail(ids.error());
  }
  const int64_t used = static_cast<int64_t>(ids->size());
  if (used >= session_.context()) {
    take_back();
    return fail(Code::exhausted,
                "the conversation is {} tokens long, the context holds {}; /clear starts over", used,
                session_.context());
  }
  Result<llm::Generation> answer = watch_generation(app, session_, *ids, options, watch);
  if (!answer || (answer->finish == llm::Finish::cancelled && answer->ids.empty())) {
    take_back();
    return answer;
  }
  messages_.push(message("assistant", answer->text));
  return answer;
}

Result<Budget> Conversation::budget() const {
  if (messages_.items().empty()) return Budget{.used = 0, .context = session_.context()};
  TRY(const std::vector<text::TokenId> ids, prompt_.ids(messages_));
  return Budget{.used = static_cast<int64_t>(ids.size()), .context = session_.context()};
}

Result<> Conversation::save(const std::filesystem::path& path) const {
  Json out = Json::object();
  out.set("model", inference_->model->file().path.string()).set("messages", messages_);
  return write_file(path, out.dump(2) + "\n", Overwrite::no);
}

Result<> Conversation::load(const std::filesystem::path& path) {
  TRY(const std::string text, read_text(path, 64U << 20));
  TRY(const Json document, with(parse_json(text), path.string()));
  const Json* messages = document.is_array() ? &document : document.find("messages");
  if (messages == nullptr)
    return fail(Code::corrupt, "{}: wanted \"messages\" or an array of them", path.string());
  TRY(check_messages(*messages, path.string()));
  messages_ = *messages;
  return {};
}

}  // namespace sov::apr
