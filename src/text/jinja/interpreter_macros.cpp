// Macros, and the bodies of call blocks as their callers.

#include <algorithm>

#include "text/jinja/interpreter.h"

namespace sov::text::jinja {
namespace {

class Macro : public Object {
 public:
  Macro(Interpreter& interpreter, const Stmt& stmt, ScopePtr closure)
      : interpreter_(interpreter), stmt_(stmt), closure_(std::move(closure)) {}
  std::string_view type_name() const override { return "Macro"; }
  bool callable() const override { return true; }
  Result<Value> call(Runtime&, Args args) override { return interpreter_.call_body(stmt_, closure_, args); }
  Result<std::string> repr(Runtime& rt) override {
    if (stmt_.name.empty()) return std::string("<Macro anonymous>");
    TRY(const std::string name, jinja::repr(rt, rt.str(stmt_.name)));
    return strf("<Macro {}>", name);
  }
  Result<Value> attribute(Runtime& rt, std::string_view name) override {
    if (name == "name") return stmt_.name.empty() ? Value::none() : rt.str(stmt_.name);
    if (name == "catch_kwargs") return Value(stmt_.uses_kwargs);
    if (name == "catch_varargs") return Value(stmt_.uses_varargs);
    if (name == "caller") return Value(stmt_.uses_caller);
    if (name != "arguments" && name != "explicit_caller") return Value();
    std::vector<Value> names;
    bool has_caller = false;
    for (const ExprPtr& parameter : stmt_.exprs) {
      names.push_back(rt.str(parameter->name));
      has_caller = has_caller || parameter->id == kCaller;
    }
    return name == "arguments" ? rt.tuple(std::move(names)) : Value(has_caller);
  }
  void drop() override { closure_.reset(); }

 private:
  Interpreter& interpreter_;
  const Stmt& stmt_;
  ScopePtr closure_;
};

std::string macro_name(const Stmt& stmt) { return stmt.name.empty() ? "caller" : "'" + stmt.name + "'"; }

/// Moves the argument of this name, where there is one, from `named` to `out`.
void take(std::vector<std::pair<std::string, Value>>& named, std::string_view name, Value& out) {
  const auto it = std::find_if(named.begin(), named.end(),
                               [name](const auto& argument) { return argument.first == name; });
  if (it == named.end()) return;
  out = it->second;
  named.erase(it);
}

}  // namespace

void Interpreter::define_macro(const Stmt& stmt, const ScopePtr& scope) {
  auto macro = std::make_shared<Macro>(*this, stmt, scope);
  rt_.adopt(macro);
  scope->set(stmt.id, Value(std::shared_ptr<Object>(macro)));
}

Result<void> Interpreter::call_block(const Stmt& stmt, const ScopePtr& scope) {
  auto caller = std::make_shared<Macro>(*this, stmt, scope);
  rt_.adopt(caller);
  if (!stmt.value) {  // {% generation %}: marks text, changes nothing
    TRY(const Value text, caller->call(rt_, {}));
    return write_text(text);
  }
  TRY(const Value callee, evaluate(*stmt.value->items[0], scope));
  TRY(Args args, arguments(*stmt.value->args, scope));
  for (const auto& named : args.named) {
    if (named.first == "caller") return misuse("got multiple values for keyword argument 'caller'");
  }
  args.named.emplace_back("caller", Value(std::shared_ptr<Object>(caller)));
  TRY(const Value value, call(rt_, callee, std::move(args)));
  return write_text(value);
}

/// Source: jinja 3.1's documentation of macros: what the body does not name (varargs, kwargs, caller) is not
/// taken.
Result<void> Interpreter::bind_parameters(const Stmt& stmt, const Args& args, const ScopePtr& scope) {
  const size_t count = stmt.exprs.size();
  TRY(rt_.step(1 + count * args.named.size() / 8));
  std::vector<Value> values(count);
  std::vector<std::pair<std::string, Value>> named = args.named;
  bool has_caller = false;
  for (size_t i = 0; i < count; i++) {
    const Expr& parameter = *stmt.exprs[i];
    if (i < args.positional.size()) {
      values[i] = args.positional[i];
    } else {
      take(named, parameter.name, values[i]);
    }
    has_caller = has_caller || parameter.id == kCaller;
  }
  if (stmt.uses_caller && !has_caller) {
    Value caller;
    take(named, "caller", caller);
    if (caller.is_missing() || caller.is_none()) caller = Value::undefined("no caller defined");
    scope->set(kCaller, std::move(caller));
  }
  if (!stmt.uses_kwargs && !named.empty())
    return misuse("macro {} takes no keyword argument '{}'", macro_name(stmt), named.front().first);
  if (!stmt.uses_varargs && args.positional.size() > count)
    return misuse("macro {} takes not more than {} argument(s)", macro_name(stmt), count);
  if (stmt.uses_kwargs) {
    auto keywords = rt_.new_dict();
    for (auto& [name, value] : named) keywords->set(name, std::move(value));
    scope->set(kKwargs, Value(std::shared_ptr<const Dict>(std::move(keywords))));
  }
  if (stmt.uses_varargs) {
    const auto from = static_cast<std::ptrdiff_t>(std::min(count, args.positional.size()));
    scope->set(kVarargs, rt_.tuple({args.positional.begin() + from, args.positional.end()}));
  }
  const size_t required = count - stmt.values.size();
  for (size_t i = 0; i < count; i++) {
    if (!values[i].is_missing()) scope->set(stmt.exprs[i]->id, std::move(values[i]));
  }
  for (size_t i = 0; i < count; i++) {
    const Expr& parameter = *stmt.exprs[i];
    const auto known = [&](const auto& variable) { return variable.first == parameter.id; };
    if (std::any_of(scope->variables.begin(), scope->variables.end(), known)) continue;
    Value value;
    if (i >= required) {
      TRY(value, evaluate(*stmt.values[i - required], scope));
    } else {
      value = Value::undefined(strf("parameter '{}' was not provided", parameter.name));
    }
    scope->set(parameter.id, std::move(value));
  }
  return {};
}

Result<Value> Interpreter::call_body(const Stmt& stmt, const ScopePtr& closure, const Args& args) {
  const ScopePtr scope = enter(closure, stmt.hidden);
  TRY(bind_parameters(stmt, args, scope));
  Flow flow = Flow::normal;
  const bool safe = rt_.autoescape || escapes(stmt.escape);
  TRY(const Value text, capture(stmt.body, scope, stmt.escape, flow));
  return safe && !text.is_markup() ? rt_.str(text.text(), Markup::yes) : text;
}

}  // namespace sov::text::jinja
