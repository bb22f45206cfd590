#pragma once
// The variable `loop` of a for statement.

#include "text/jinja/interpreter.h"

namespace sov::text::jinja {

/// Draws its items one by one and looks ahead only when it is asked to, as jinja's LoopContext.
class Loop : public Object {
 public:
  Loop(Interpreter& interpreter, const Stmt& stmt, ScopePtr scope, std::shared_ptr<Iterator> items,
       int64_t depth);

  /// Moves to the next item. False at the end.
  Result<bool> advance(Runtime& rt);
  const Value& current() const { return current_; }
  void set_length(int64_t length) { length_ = length; }

  std::string_view type_name() const override { return "LoopContext"; }
  bool callable() const override { return true; }
  Result<Value> call(Runtime& rt, Args args) override;
  Result<Value> attribute(Runtime& rt, std::string_view name) override;
  Result<std::string> repr(Runtime& rt) override;

 private:
  /// The item after the current one, or Kind::missing.
  Result<Value> peek(Runtime& rt);
  Result<int64_t> length(Runtime& rt);
  /// Attributes that are numbers or truths. Kind::missing for other names.
  Result<Value> position(Runtime& rt, std::string_view name);
  Value changed(Runtime& rt);

  /// What changed() was called with last; dropped at the end, since it may hold the loop itself.
  struct Cell : Object {
    std::string_view type_name() const override { return "cell"; }
    void drop() override { value = Value(); }
    Value value;
  };

  Interpreter& interpreter_;
  const Stmt& stmt_;
  ScopePtr scope_;
  std::shared_ptr<Iterator> items_;
  int64_t depth_;
  int64_t index_ = -1;
  int64_t length_ = -1;  // -1: not known yet
  Value before_, current_;
  std::vector<Value> ahead_;  // read already, in reverse
  bool ended_ = false;
  std::shared_ptr<Cell> last_changed_;
};

}  // namespace sov::text::jinja
