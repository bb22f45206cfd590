#include "text/chat_template.h"

#include "text/jinja/interpreter.h"
#include "text/jinja/parser.h"

namespace sov::text {
namespace {

using jinja::Runtime;
using jinja::Value;

Result<Value> to_value(Runtime& rt, const Json& json) {
  switch (json.kind()) {
    case Json::Kind::null:
      return Value::none();
    case Json::Kind::boolean:
      return Value(json.boolean());
    case Json::Kind::integer:
      return Value(json.integer());
    case Json::Kind::unsigned_integer:
      return fail(Code::unsupported, "the number {} needs more than 64 bits", json.unsigned_integer());
    case Json::Kind::real:
      return Value(json.number());
    case Json::Kind::string:
      return rt.str(json.string());
    case Json::Kind::array: {
      std::vector<Value> items;
      items.reserve(json.items().size());
      for (const Json& item : json.items()) {
        TRY(Value value, to_value(rt, item));
        items.push_back(std::move(value));
      }
      return rt.list(std::move(items));
    }
    case Json::Kind::object:
      break;
  }
  auto dict = rt.new_dict();
  for (const auto& [key, member] : json.members()) {
    TRY(Value value, to_value(rt, member));
    dict->set(key, std::move(value));
  }
  return Value(std::shared_ptr<const jinja::Dict>(std::move(dict)));
}

/// Only what the template names becomes variables.
Result<jinja::ScopePtr> to_scope(Runtime& rt, const jinja::Template& parsed, const Json& context) {
  auto scope = std::make_shared<jinja::Scope>(nullptr);
  if (context.is_null()) return scope;
  if (!context.is_object())
    return fail(Code::validation, "the context must be an object, got {}", context.kind_name());
  for (size_t id = 0; id < parsed.names.size(); id++) {
    const Json* member = context.find(parsed.names[id]);
    if (member == nullptr) continue;
    TRY(Value value, with(to_value(rt, *member), parsed.names[id]));
    scope->set(static_cast<int>(id), std::move(value));
  }
  TRY(rt.step(0));
  return scope;
}

}  // namespace

struct ChatTemplate::Impl {
  jinja::Template parsed;
  std::string name;
};

ChatTemplate::ChatTemplate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChatTemplate::ChatTemplate(ChatTemplate&&) noexcept = default;
ChatTemplate& ChatTemplate::operator=(ChatTemplate&&) noexcept = default;
ChatTemplate::~ChatTemplate() = default;

Result<ChatTemplate> ChatTemplate::parse(std::string_view source, std::string_view name) {
  auto impl = std::make_unique<Impl>();
  impl->name = name;
  TRY(impl->parsed, with(jinja::parse_template(source), name));
  return ChatTemplate(std::move(impl));
}

Result<std::string> ChatTemplate::render(const Json& context, const RenderLimits& limits) const {
  Runtime rt(limits);
  std::string out;
  rt.begin_capture(&out);
  TRY(const jinja::ScopePtr scope, with(to_scope(rt, impl_->parsed, context), impl_->name));
  jinja::Interpreter interpreter(rt, impl_->parsed);
  const Result<void> done = interpreter.run(scope);
  if (!done) return fail(done.error().with(strf("{} line {}", impl_->name, rt.line)));
  return out;
}

}  // namespace sov::text
