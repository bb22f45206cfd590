#pragma once
// Runs a parsed template: scopes by name, statements, expressions.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "text/jinja/ast.h"
#include "text/jinja/operations.h"

namespace sov::text::jinja {

/// Variables of one block; lookups go outwards. Shared: macros keep the scope that they were defined in.
struct Scope {
  explicit Scope(std::shared_ptr<Scope> outer) : parent(std::move(outer)) {}
  std::vector<std::pair<std::string, Value>> variables;
  std::shared_ptr<Scope> parent;

  void set(const std::string& name, Value value);
  /// Kind::missing when no scope has it.
  Value find(const std::string& name) const;
};
using ScopePtr = std::shared_ptr<Scope>;

enum class Flow { normal, break_, continue_ };

class Interpreter {
 public:
  explicit Interpreter(Runtime& rt) : rt_(rt) {}

  // interpreter_statements.cpp
  Result<Flow> run(const Body& body, const ScopePtr& scope);
  /// The text that a body writes.
  Result<std::string> capture(const Body& body, const ScopePtr& scope);
  Result<void> loop(const Stmt& stmt, const Value& iterable, const ScopePtr& scope, int64_t depth);
  /// Calls a macro or a call block's body.
  Result<Value> call_body(const Stmt& stmt, const ScopePtr& closure, const Args& args);

  // interpreter_expressions.cpp
  Result<Value> evaluate(const Expr& expr, const ScopePtr& scope);

 private:
  Result<Flow> statement(const Stmt& stmt, const ScopePtr& scope);
  Result<void> output(const Stmt& stmt, const ScopePtr& scope);
  Result<void> set_block(const Stmt& stmt, const ScopePtr& scope);
  Result<void> call_block(const Stmt& stmt, const ScopePtr& scope);
  Result<void> filter_block(const Stmt& stmt, const ScopePtr& scope);
  Result<Flow> with_block(const Stmt& stmt, const ScopePtr& scope);
  Result<void> assign(const Expr& target, const Value& value, const ScopePtr& scope);
  Result<Value> apply_block_filter(const Expr& filter, Value text, const ScopePtr& scope);

  Result<Value> unary(const Expr& expr, const ScopePtr& scope);
  Result<Value> binary(const Expr& expr, const ScopePtr& scope);
  Result<Value> compare(const Expr& expr, const ScopePtr& scope);
  Result<Value> concat(const Expr& expr, const ScopePtr& scope);
  Result<Value> dict(const Expr& expr, const ScopePtr& scope);
  Result<Value> slice(const Expr& expr, const ScopePtr& scope);
  Result<Value> name(const Expr& expr, const ScopePtr& scope);
  Result<std::vector<Value>> all(const std::vector<ExprPtr>& items, const ScopePtr& scope);
  Result<Args> arguments(const CallArgs& args, const ScopePtr& scope);

  Runtime& rt_;
};

}  // namespace sov::text::jinja
