#include <algorithm>

#include "text/jinja/interpreter.h"
#include "text/jinja/loop.h"

namespace sov::text::jinja {
namespace {

/// Whether jinja computes this when it compiles: no names, calls, filters or tests in it.
bool is_constant(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::constant:
      return true;
    case ExprKind::unary:
    case ExprKind::binary:
    case ExprKind::concat:
    case ExprKind::compare:
    case ExprKind::conditional:
    case ExprKind::list:
    case ExprKind::tuple:
    case ExprKind::dict:
    case ExprKind::get_attr:
    case ExprKind::get_item:
      return std::all_of(expr.items.begin(), expr.items.end(),
                         [](const ExprPtr& item) { return !item || is_constant(*item); });
    default:
      return false;
  }
}

}  // namespace

ScopePtr enter(const ScopePtr& outer, const std::vector<int>& hidden) {
  auto scope = std::make_shared<Scope>(outer);
  for (const int id : hidden) scope->variables.emplace_back(id, Value());
  return scope;
}

void Scope::set(int id, Value value) {
  for (auto& [known, held] : variables) {
    if (known == id) {
      held = std::move(value);
      return;
    }
  }
  variables.emplace_back(id, std::move(value));
}

const Value* Scope::find(int id) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent.get()) {
    for (const auto& [known, value] : scope->variables) {
      if (known == id) return &value;
    }
  }
  return nullptr;
}

Interpreter::Interpreter(Runtime& rt, const Template& parsed)
    : rt_(rt), template_(parsed), globals_(parsed.names.size()), undefined_(parsed.names.size()) {}

Result<void> Interpreter::run(const ScopePtr& context) {
  top_ = enter(context, template_.hidden);
  const Result<Flow> done = run(template_.body, top_);
  top_->variables.clear();  // macros hold the scope that holds them
  if (!done) return fail(done.error());
  return {};
}

Result<Flow> Interpreter::run(const Body& body, const ScopePtr& scope) {
  for (const StmtPtr& stmt : body) {
    TRY(const Flow flow, statement(*stmt, scope));
    if (flow != Flow::normal) return flow;
  }
  return Flow::normal;
}

Result<Value> Interpreter::capture(const Body& body, const ScopePtr& scope, Escape escape, Flow& flow) {
  std::string text;
  std::string* outer = rt_.begin_capture(&text);
  const Result<Flow> done = run(body, scope);
  rt_.end_capture(outer);
  TRY(flow, done);
  return rt_.str(std::move(text), escapes(escape) ? Markup::yes : Markup::no);
}

Result<Flow> Interpreter::statement(const Stmt& stmt, const ScopePtr& scope) {
  TRY(rt_.step());
  rt_.line = stmt.line;
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
      return set_block(stmt, scope);
    case StmtKind::for_: {
      TRY(const Value iterable, evaluate(*stmt.value, scope));
      TRY(loop(stmt, iterable, scope, 1));
      break;
    }
    case StmtKind::if_:
      return if_statement(stmt, scope);
    case StmtKind::macro:
      define_macro(stmt, scope);
      break;
    case StmtKind::call_block:
      TRY(call_block(stmt, scope));
      break;
    case StmtKind::filter_block:
      return filter_block(stmt, scope);
    case StmtKind::with:
      return with_block(stmt, scope);
    case StmtKind::autoescape:
      return autoescape_block(stmt, scope);
    case StmtKind::scope:
      return run(stmt.body, enter(scope, stmt.hidden));
    case StmtKind::block:
      TRY(block(stmt, scope));
      break;
    case StmtKind::break_:
      return Flow::break_;
    case StmtKind::continue_:
      return Flow::continue_;
  }
  return Flow::normal;
}

Result<Flow> Interpreter::if_statement(const Stmt& stmt, const ScopePtr& scope) {
  for (size_t i = 0; i < stmt.exprs.size(); i++) {
    TRY(const Value test, evaluate(*stmt.exprs[i], scope));
    if (truthy(test)) return run(stmt.bodies[i], scope);
  }
  return run(stmt.orelse, scope);
}

Result<void> Interpreter::output(const Stmt& stmt, const ScopePtr& scope) {
  const bool escape = escapes(stmt.escape);
  for (const ExprPtr& expr : stmt.exprs) {
    if (expr->kind == ExprKind::data) {
      TRY(rt_.step());
      TRY(rt_.write(expr->constant.text()));
      continue;
    }
    TRY(const Value value, evaluate(*expr, scope));
    // jinja writes constants when it compiles, without knowing what {% autoescape EXPR %} will be.
    const bool known = stmt.escape == Escape::at_run_time && is_constant(*expr);
    const bool as_is = !escape || known;
    if (value.is_string() && (as_is || value.is_markup())) {
      TRY(rt_.write(value.text()));
      continue;
    }
    TRY(const std::string text, as_is ? to_text(rt_, value) : escaped_text(rt_, value));
    TRY(rt_.write(text));
  }
  return {};
}

/// What call and filter blocks write must be text already: Python joins it as it is.
Result<void> Interpreter::write_text(const Value& value) {
  if (!value.is_string()) return misuse("a block must write a str, got {}", type_name(value));
  return rt_.write(value.text());
}

Result<void> Interpreter::assign(const Expr& target, const Value& value, const ScopePtr& scope) {
  if (target.kind == ExprKind::name) {
    scope->set(target.id, value);
    return {};
  }
  if (target.kind == ExprKind::ns_attr) {
    const Value* found = scope->find(target.id);
    auto* space = found == nullptr ? nullptr : found->as<Namespace>();
    if (space == nullptr) return misuse("cannot assign attribute on non-namespace object '{}'", target.name);
    return space->set(target.attr, value);
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
  TRY(std::shared_ptr<Iterator> items, iterate(rt_, iterable));
  if (stmt.test) {
    auto passing = [this, &stmt, scope, source = std::move(items)](Runtime& rt, Value& out) -> Result<bool> {
      while (true) {
        TRY(const bool more, source->next(rt, out));
        if (!more) return false;
        const ScopePtr test_scope = std::make_shared<Scope>(scope);
        TRY(assign(*stmt.target, out, test_scope));
        TRY(const Value passed, evaluate(*stmt.test, test_scope));
        if (truthy(passed)) return true;
      }
    };
    items = make_charged<Generator>(rt_, rt_, iterable, std::move(passing));
  }
  const auto state = std::make_shared<Loop>(*this, stmt, scope, std::move(items), depth);
  if (!stmt.test && has_length(iterable)) {
    TRY(const int64_t length, length_of(iterable));
    state->set_length(length);
  }
  bool any = false;
  ScopePtr body_scope;
  while (true) {
    TRY(const bool more, state->advance(rt_));
    if (!more) break;
    // A macro or generator may keep the scope of its iteration; else the next one takes it over.
    if (body_scope && body_scope.use_count() == 1) {
      body_scope->variables.clear();
      for (const int id : stmt.hidden) body_scope->variables.emplace_back(id, Value());
    } else {
      body_scope = enter(scope, stmt.hidden);
    }
    body_scope->set(kLoop, Value(std::shared_ptr<Object>(state)));
    TRY(assign(*stmt.target, state->current(), body_scope));
    TRY(const Flow flow, run(stmt.body, body_scope));
    if (flow == Flow::break_) break;
    // As in jinja, an iteration that break or continue cuts short does not count for else.
    any = any || flow == Flow::normal;
  }
  if (any || stmt.orelse.empty()) return {};
  TRY(run(stmt.orelse, enter(scope, stmt.hidden_in_else)));
  return {};
}

Result<Value> Interpreter::apply_block_filter(const Expr& filter, Value text, const ScopePtr& scope) {
  if (filter.items[0]) {
    TRY(text, apply_block_filter(*filter.items[0], std::move(text), scope));
  }
  TRY(const Args args, arguments(*filter.args, scope));
  return filter.id >= 0 ? apply_filter(rt_, filter.id, text, args)
                        : apply_filter(rt_, filter.name, text, args);
}

Result<Flow> Interpreter::set_block(const Stmt& stmt, const ScopePtr& scope) {
  Flow flow = Flow::normal;
  const ScopePtr body_scope = enter(scope, stmt.hidden);
  TRY(Value value, capture(stmt.body, body_scope, stmt.escape, flow));
  if (flow != Flow::normal) return flow;
  if (stmt.value) {
    TRY(value, apply_block_filter(*stmt.value, std::move(value), body_scope));
    if (escapes(stmt.escape)) {
      TRY(std::string text, to_text(rt_, value));
      value = rt_.str(std::move(text), Markup::yes);
    }
  }
  TRY(assign(*stmt.target, value, scope));
  return Flow::normal;
}

Result<Flow> Interpreter::filter_block(const Stmt& stmt, const ScopePtr& scope) {
  Flow flow = Flow::normal;
  const ScopePtr body_scope = enter(scope, stmt.hidden);
  TRY(Value text, capture(stmt.body, body_scope, stmt.escape, flow));
  if (flow != Flow::normal) return flow;
  TRY(const Value value, apply_block_filter(*stmt.value, std::move(text), body_scope));
  TRY(write_text(value));
  return Flow::normal;
}

Result<Flow> Interpreter::with_block(const Stmt& stmt, const ScopePtr& scope) {
  const ScopePtr body_scope = enter(scope, stmt.hidden);
  for (size_t i = 0; i < stmt.exprs.size(); i++) {
    TRY(const Value value, evaluate(*stmt.values[i], scope));
    TRY(assign(*stmt.exprs[i], value, body_scope));
  }
  return run(stmt.body, body_scope);
}

Result<Flow> Interpreter::autoescape_block(const Stmt& stmt, const ScopePtr& scope) {
  TRY(const Value wanted, evaluate(*stmt.value, scope));
  const bool outer = std::exchange(rt_.autoescape, truthy(wanted));
  Result<Flow> flow = run(stmt.body, enter(scope, stmt.hidden));
  rt_.autoescape = outer;
  return flow;
}

/// A block sees what the template sets outside any block, and with `scoped` what surrounds it.
Result<void> Interpreter::block(const Stmt& stmt, const ScopePtr& scope) {
  if (stmt.required) return misuse("required block '{}' not found", stmt.name);
  TRY(run(stmt.body, enter(stmt.scoped ? scope : top_, stmt.hidden)));
  return {};
}

}  // namespace sov::text::jinja
