#pragma once
// Runs a parsed template: scopes by name, statements, expressions.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "text/jinja/ast.h"
#include "text/jinja/operations.h"

namespace sov::text::jinja {

/// Variables of one block by NameId; lookups go outwards. Shared: macros keep the scope that they were
/// defined in.
struct Scope {
  explicit Scope(std::shared_ptr<Scope> outer) : parent(std::move(outer)) {}
  std::vector<std::pair<int, Value>> variables;
  std::shared_ptr<Scope> parent;

  void set(int id, Value value);
  /// Null when no scope has it; Kind::missing where it is hidden (see Frame in parser.h).
  const Value* find(int id) const;
};
using ScopePtr = std::shared_ptr<Scope>;
/// A scope within another, with the names that it hides.
ScopePtr enter(const ScopePtr& outer, const std::vector<int>& hidden);

enum class Flow { normal, break_, continue_ };

class Interpreter {
 public:
  Interpreter(Runtime& rt, const Template& parsed);

  /// The whole template. context: the variables given by the caller.
  Result<void> run(const ScopePtr& context);

  // interpreter_statements.cpp
  Result<Flow> run(const Body& body, const ScopePtr& scope);
  /// One for statement over one iterable, at one depth of a recursive loop.
  Result<void> loop(const Stmt& stmt, const Value& iterable, const ScopePtr& scope, int64_t depth);

  // interpreter_macros.cpp
  /// Calls a macro or a call block's body.
  Result<Value> call_body(const Stmt& stmt, const ScopePtr& closure, const Args& args);

  // interpreter_expressions.cpp
  Result<Value> evaluate(const Expr& expr, const ScopePtr& scope);

 private:
  /// The text that a body writes, as a value: safe where output is escaped. Null after break or continue.
  Result<Value> capture(const Body& body, const ScopePtr& scope, Escape escape, Flow& flow);
  bool escapes(Escape escape) const {
    return escape == Escape::yes || (escape == Escape::at_run_time && rt_.autoescape);
  }
  Result<Flow> statement(const Stmt& stmt, const ScopePtr& scope);
  Result<void> output(const Stmt& stmt, const ScopePtr& scope);
  Result<Flow> if_statement(const Stmt& stmt, const ScopePtr& scope);
  Result<Flow> set_block(const Stmt& stmt, const ScopePtr& scope);
  Result<Flow> filter_block(const Stmt& stmt, const ScopePtr& scope);
  Result<Flow> with_block(const Stmt& stmt, const ScopePtr& scope);
  Result<Flow> autoescape_block(const Stmt& stmt, const ScopePtr& scope);
  Result<void> block(const Stmt& stmt, const ScopePtr& scope);
  Result<void> assign(const Expr& target, const Value& value, const ScopePtr& scope);
  Result<Value> apply_block_filter(const Expr& filter, Value text, const ScopePtr& scope);
  Result<void> write_text(const Value& value);

  void define_macro(const Stmt& stmt, const ScopePtr& scope);
  Result<void> call_block(const Stmt& stmt, const ScopePtr& scope);
  Result<void> bind_parameters(const Stmt& stmt, const Args& args, const ScopePtr& scope);

  Result<Value> unary(const Expr& expr, const ScopePtr& scope);
  Result<Value> binary(const Expr& expr, const ScopePtr& scope);
  Result<Value> compare(const Expr& expr, const ScopePtr& scope);
  Result<Value> concat(const Expr& expr, const ScopePtr& scope);
  Result<Value> dict(const Expr& expr, const ScopePtr& scope);
  Result<Value> slice(const Expr& expr, const ScopePtr& scope);
  Result<Value> filter(const Expr& expr, const ScopePtr& scope);
  Result<Value> test(const Expr& expr, const ScopePtr& scope);
  Value name(const Expr& expr, const ScopePtr& scope);
  Result<std::vector<Value>> all(const std::vector<ExprPtr>& items, const ScopePtr& scope);
  Result<Args> arguments(const CallArgs& args, const ScopePtr& scope);

  Runtime& rt_;
  const Template& template_;
  ScopePtr top_;                  // what the template sets outside any block
  std::vector<Value> globals_;    // by NameId, made when first asked for
  std::vector<Value> undefined_;  // the same for names without a value
};

}  // namespace sov::text::jinja
