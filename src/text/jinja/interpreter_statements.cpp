#include "text/jinja/interpreter.h"

namespace sov::text::jinja {
namespace {

/// The variable `loop` of a for statement.
class Loop : public Object {
 public:
  Loop(Interpreter& interpreter, const Stmt& stmt, ScopePtr scope, std::vector<Value> items, int64_t depth)
      : interpreter_(interpreter),
        stmt_(stmt),
        scope_(std::move(scope)),
        items_(std::move(items)),
        depth_(depth) {}

  std::string_view type_name() const override { return "LoopContext"; }
  bool callable() const override { return stmt_.recursive; }

  Result<Value> call(Runtime& rt, Args args) override {
    if (args.positional.size() != 1) return misuse("loop() takes one iterable");
    std::string text;
    std::string* outer = rt.begin_capture(&text);
    const Result<void> done = interpreter_.loop(stmt_, args.positional[0], scope_, depth_ + 1);
    rt.end_capture(outer);
    TRY(done);
    return rt.str(std::move(text));
  }

  Result<Value> attribute(Runtime&, std::string_view name) override {
    const auto size = static_cast<int64_t>(items_.size());
    if (name == "index") return Value(at + 1);
    if (name == "index0") return Value(at);
    if (name == "revindex") return Value(size - at);
    if (name == "revindex0") return Value(size - at - 1);
    if (name == "first") return Value(at == 0);
    if (name == "last") return Value(at == size - 1);
    if (name == "length") return Value(size);
    if (name == "depth") return Value(depth_);
    if (name == "depth0") return Value(depth_ - 1);
    if (name == "previtem") {
      return at > 0 ? items_[static_cast<size_t>(at) - 1] : Value::undefined("there is no previous item");
    }
    if (name == "nextitem") {
      return at + 1 < size ? items_[static_cast<size_t>(at) + 1] : Value::undefined("there is no next item");
    }
    if (name == "cycle") {
      return make_object<Function>("method", [index = at](Runtime&, Args args) -> Result<Value> {
        if (args.positional.empty()) return misuse("no items for cycling given");
        return args.positional[static_cast<size_t>(index) % args.positional.size()];
      });
    }
    if (name == "changed") {
      return make_object<Function>("method", [this](Runtime& rt, Args args) -> Result<Value> {
        const Value now = rt.tuple(std::move(args.positional));
        if (!last_changed_.is_missing()) {
          TRY(const bool same, equal(rt, last_changed_, now));
          if (same) return Value(false);
        }
        last_changed_ = now;
        return Value(true);
      });
    }
    return Value();
  }

  const std::vector<Value>& items() const { return items_; }
  int64_t at = 0;

 private:
  Interpreter& interpreter_;
  const Stmt& stmt_;
  ScopePtr scope_;
  std::vector<Value> items_;
  int64_t depth_;
  Value last_changed_;
};

/// A macro, or the body of a call block as its `caller`.
class Macro : public Object {
 public:
  Macro(Interpreter& interpreter, const Stmt& stmt, ScopePtr closure)
      : interpreter_(interpreter), stmt_(stmt), closure_(std::move(closure)) {}
  std::string_view type_name() const override { return "Macro"; }
  bool callable() const override { return true; }
  Result<Value> call(Runtime&, Args args) override { return interpreter_.call_body(stmt_, closure_, args); }
  Result<Value> attribute(Runtime& rt, std::string_view name) override {
    return name == "name" ? rt.str(stmt_.name) : Value();
  }
  void drop() override { closure_.reset(); }

 private:
  Interpreter& interpreter_;
  const Stmt& stmt_;
  ScopePtr closure_;
};

ScopePtr inner(const ScopePtr& scope) { return std::make_shared<Scope>(scope); }

}  // namespace

void Scope::set(const std::string& name, Value value) {
  for (auto& [known, held] : variables) {
    if (known == name) {
      held = std::move(value);
      return;
    }
  }
  variables.emplace_back(name, std::move(value));
}

Value Scope::find(const std::string& name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent.get()) {
    for (const auto& [known, value] : scope->variables) {
      if (known == name) return value;
    }
  }
  return {};
}

Result<Flow> Interpreter::run(const Body& body, const ScopePtr& scope) {
  for (const StmtPtr& stmt : body) {
    TRY(const Flow flow, statement(*stmt, scope));
    if (flow != Flow::normal) return flow;
  }
  return Flow::normal;
}

Result<std::string> Interpreter::capture(const Body& body, const ScopePtr& scope) {
  std::string text;
  std::string* outer = rt_.begin_capture(&text);
  const Result<Flow> done = run(body, scope);
  rt_.end_capture(outer);
  TRY(done);
  return text;
}

Result<Flow> Interpreter::statement(const Stmt& stmt, const ScopePtr& scope) {
  TRY(rt_.step());
  const Runtime::Level level(rt_);
  if (level.too_deep()) return tl::unexpected<Error>(rt_.depth_error().error());
  switch (stmt.kind) {
    case StmtKind::output:
      TRY(output(stmt, scope));
      break;
    case StmtKind::set: {
      TRY(const Value value, evaluate(*stmt.value, scope));
      TRY(assign(*stmt.target, value, scope));
      break;
    }
    case StmtKind::set_block:
      TRY(set_block(stmt, scope));
      break;
    case StmtKind::for_: {
      TRY(const Value iterable, evaluate(*stmt.value, scope));
      TRY(loop(stmt, iterable, scope, 1));
      break;
    }
    case StmtKind::if_: {
      TRY(const Value test, evaluate(*stmt.value, scope));
      return run(truthy(test) ? stmt.body : stmt.orelse, scope);
    }
    case StmtKind::macro: {
      auto macro = std::make_shared<Macro>(*this, stmt, scope);
      rt_.adopt(macro);
      scope->set(stmt.name, Value(std::shared_ptr<Object>(macro)));
      break;
    }
    case StmtKind::call_block:
      TRY(call_block(stmt, scope));
      break;
    case StmtKind::filter_block:
      TRY(filter_block(stmt, scope));
      break;
    case StmtKind::with:
      return with_block(stmt, scope);
    case StmtKind::autoescape:
      return fail(Code::unsupported, "template: {{% autoescape %}}");
    case StmtKind::block:
      return run(stmt.body, inner(scope));
    case StmtKind::break_:
      return Flow::break_;
    case StmtKind::continue_:
      return Flow::continue_;
  }
  return Flow::normal;
}

Result<void> Interpreter::output(const Stmt& stmt, const ScopePtr& scope) {
  for (const ExprPtr& expr : stmt.exprs) {
    if (expr->kind == ExprKind::data) {
      TRY(rt_.write(expr->constant.text()));
      continue;
    }
    TRY(const Value value, evaluate(*expr, scope));
    TRY(const std::string text, to_text(rt_, value));
    TRY(rt_.write(text));
  }
  return {};
}

Result<void> Interpreter::assign(const Expr& target, const Value& value, const ScopePtr& scope) {
  if (target.kind == ExprKind::name) {
    scope->set(target.name, value);
    return {};
  }
  if (target.kind == ExprKind::ns_attr) {
    auto* space = scope->find(target.name).as<Namespace>();
    if (space == nullptr) return misuse("cannot assign attribute on non-namespace object");
    space->set(target.attr, value);
    return {};
  }
  TRY(const std::vector<Value> items, to_vector(rt_, value));
  if (items.size() != target.items.size()) {
    return misuse("cannot unpack {} values into {}", items.size(), target.items.size());
  }
  for (size_t i = 0; i < items.size(); i++) TRY(assign(*target.items[i], items[i], scope));
  return {};
}

Result<void> Interpreter::loop(const Stmt& stmt, const Value& iterable, const ScopePtr& scope,
                               int64_t depth) {
  TRY(std::vector<Value> items, to_vector(rt_, iterable));
  if (stmt.test) {
    std::vector<Value> kept;
    for (const Value& item : items) {
      const ScopePtr test_scope = inner(scope);
      TRY(assign(*stmt.target, item, test_scope));
      TRY(const Value passed, evaluate(*stmt.test, test_scope));
      if (truthy(passed)) kept.push_back(item);
    }
    items = std::move(kept);
  }
  if (items.empty()) {
    TRY(run(stmt.orelse, inner(scope)));
    return {};
  }
  const auto state = std::make_shared<Loop>(*this, stmt, scope, std::move(items), depth);
  for (const Value& item : state->items()) {
    const ScopePtr body_scope = inner(scope);
    body_scope->set("loop", Value(std::shared_ptr<Object>(state)));
    TRY(assign(*stmt.target, item, body_scope));
    TRY(const Flow flow, run(stmt.body, body_scope));
    if (flow == Flow::break_) break;
    state->at++;
  }
  return {};
}

Result<Value> Interpreter::apply_block_filter(const Expr& filter, Value text, const ScopePtr& scope) {
  if (filter.items[0]) {
    TRY(text, apply_block_filter(*filter.items[0], std::move(text), scope));
  }
  TRY(Args args, arguments(*filter.args, scope));
  return apply_filter(rt_, filter.name, text, std::move(args));
}

Result<void> Interpreter::set_block(const Stmt& stmt, const ScopePtr& scope) {
  TRY(std::string text, capture(stmt.body, inner(scope)));
  Value value = rt_.str(std::move(text));
  if (stmt.value) {
    TRY(value, apply_block_filter(*stmt.value, std::move(value), scope));
  }
  return assign(*stmt.target, value, scope);
}

Result<void> Interpreter::filter_block(const Stmt& stmt, const ScopePtr& scope) {
  TRY(std::string text, capture(stmt.body, inner(scope)));
  TRY(const Value value, apply_block_filter(*stmt.value, rt_.str(std::move(text)), scope));
  TRY(const std::string out, to_text(rt_, value));
  return rt_.write(out);
}

Result<Flow> Interpreter::with_block(const Stmt& stmt, const ScopePtr& scope) {
  const ScopePtr body_scope = inner(scope);
  for (size_t i = 0; i < stmt.exprs.size(); i++) {
    TRY(const Value value, evaluate(*stmt.values[i], scope));
    TRY(assign(*stmt.exprs[i], value, body_scope));
  }
  return run(stmt.body, body_scope);
}

Result<void> Interpreter::call_block(const Stmt& stmt, const ScopePtr& scope) {
  if (!stmt.value) {  // {% generation %}: marks text, changes nothing
    TRY(const std::string text, capture(stmt.body, inner(scope)));
    return rt_.write(text);
  }
  auto caller = std::make_shared<Macro>(*this, stmt, scope);
  rt_.adopt(caller);
  TRY(const Value callee, evaluate(*stmt.value->items[0], scope));
  TRY(Args args, arguments(*stmt.value->args, scope));
  args.named.emplace_back("caller", Value(std::shared_ptr<Object>(caller)));
  TRY(const Value value, call(rt_, callee, std::move(args)));
  TRY(const std::string text, to_text(rt_, value));
  return rt_.write(text);
}

Result<Value> Interpreter::call_body(const Stmt& stmt, const ScopePtr& closure, const Args& args) {
  const ScopePtr scope = inner(closure);
  const size_t count = stmt.exprs.size();
  const size_t required = count - stmt.values.size();
  std::vector<Value> extra;
  for (size_t i = count; i < args.positional.size(); i++) extra.push_back(args.positional[i]);
  auto keywords = rt_.new_dict();
  for (const auto& [name, value] : args.named) {
    bool known = name == "caller";
    for (const ExprPtr& parameter : stmt.exprs) known = known || parameter->name == name;
    if (!known) keywords->set(name, value);
    if (name == "caller") scope->set(name, value);
  }
  for (size_t i = 0; i < count; i++) {
    const std::string& name = stmt.exprs[i]->name;
    Value value = argument(args, i, name);
    if (value.is_missing() && i >= required) {
      TRY(value, evaluate(*stmt.values[i - required], scope));
    }
    if (value.is_missing()) value = Value::undefined(strf("parameter '{}' was not provided", name));
    scope->set(name, std::move(value));
  }
  scope->set("varargs", rt_.tuple(std::move(extra)));
  scope->set("kwargs", Value(std::shared_ptr<const Dict>(std::move(keywords))));
  TRY(std::string text, capture(stmt.body, scope));
  return rt_.str(std::move(text));
}

}  // namespace sov::text::jinja
