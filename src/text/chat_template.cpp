#include "text/chat_template.h"

#include "text/jinja/interpreter.h"
#include "text/jinja/parser.h"

namespace sov::text {
namespace {

using jinja::Runtime;
using jinja::Value;

Value to_value(Runtime& rt, const Json& json) {
  switch (json.kind()) {
    case Json::Kind::null:
      return Value::none();
    case Json::Kind::boolean:
      return json.boolean();
    case Json::Kind::integer:
      return json.integer();
    case Json::Kind::unsigned_integer:
      return json.number();
    case Json::Kind::real:
      return json.number();
    case Json::Kind::string:
      return rt.str(json.string());
    case Json::Kind::array: {
      std::vector<Value> items;
      for (const Json& item : json.items()) items.push_back(to_value(rt, item));
      return rt.list(std::move(items));
    }
    case Json::Kind::object:
      break;
  }
  auto dict = rt.new_dict();
  for (const auto& [key, value] : json.members()) dict->set(key, to_value(rt, value));
  return std::shared_ptr<const jinja::Dict>(std::move(dict));
}

}  // namespace

struct ChatTemplate::Impl {
  jinja::Template parsed;
};

ChatTemplate::ChatTemplate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChatTemplate::ChatTemplate(ChatTemplate&&) noexcept = default;
ChatTemplate& ChatTemplate::operator=(ChatTemplate&&) noexcept = default;
ChatTemplate::~ChatTemplate() = default;

Result<ChatTemplate> ChatTemplate::parse(std::string_view source) {
  auto impl = std::make_unique<Impl>();
  TRY(impl->parsed, jinja::parse_template(source));
  return ChatTemplate(std::move(impl));
}

Result<std::string> ChatTemplate::render(const Json& context, const RenderLimits& limits) const {
  Runtime rt(limits);
  std::string out;
  rt.begin_capture(&out);
  const auto scope = std::make_shared<jinja::Scope>(nullptr);
  if (context.is_object()) {
    for (const auto& [name, value] : context.members()) scope->set(name, to_value(rt, value));
  }
  jinja::Interpreter interpreter(rt);
  const auto body_scope = std::make_shared<jinja::Scope>(scope);
  TRY(interpreter.run(impl_->parsed.body, body_scope));
  body_scope->variables.clear();  // macros hold the scope that holds them
  return out;
}

}  // namespace sov::text
