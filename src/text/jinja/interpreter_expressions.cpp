#include <algorithm>

#include "text/jinja/interpreter.h"

namespace sov::text::jinja {

Result<Value> Interpreter::evaluate(const Expr& expr, const ScopePtr& scope) {
  TRY(rt_.step());
  rt_.line = expr.line;
  const Runtime::Level level(rt_);
  if (level.too_deep()) return tl::unexpected<Error>(rt_.depth_error().error());
  switch (expr.kind) {
    case ExprKind::constant:
    case ExprKind::data:
      return expr.constant;
    case ExprKind::name:
      return name(expr, scope);
    case ExprKind::ns_attr:
      return misuse("namespace attribute outside an assignment");
    case ExprKind::unary:
      return unary(expr, scope);
    case ExprKind::binary:
      return binary(expr, scope);
    case ExprKind::concat:
      return concat(expr, scope);
    case ExprKind::compare:
      return compare(expr, scope);
    case ExprKind::conditional: {
      TRY(const Value test, evaluate(*expr.items[0], scope));
      if (truthy(test)) return evaluate(*expr.items[1], scope);
      if (expr.items[2]) return evaluate(*expr.items[2], scope);
      return Value::undefined("the inline if-expression evaluated to false and no else section was defined");
    }
    case ExprKind::list:
    case ExprKind::tuple: {
      TRY(std::vector<Value> items, all(expr.items, scope));
      return expr.kind == ExprKind::list ? rt_.list(std::move(items)) : rt_.tuple(std::move(items));
    }
    case ExprKind::dict:
      return dict(expr, scope);
    case ExprKind::get_attr: {
      TRY(const Value value, evaluate(*expr.items[0], scope));
      return get_attribute(rt_, value, expr.name);
    }
    case ExprKind::get_item: {
      TRY(const Value value, evaluate(*expr.items[0], scope));
      TRY(const Value key, evaluate(*expr.items[1], scope));
      return get_item(rt_, value, key);
    }
    case ExprKind::slice:
      return slice(expr, scope);
    case ExprKind::call: {
      TRY(const Value callee, evaluate(*expr.items[0], scope));
      TRY(Args args, arguments(*expr.args, scope));
      return call(rt_, callee, std::move(args));
    }
    case ExprKind::filter:
      return filter(expr, scope);
    case ExprKind::test:
      return test(expr, scope);
  }
  return Value::none();
}

Result<Value> Interpreter::filter(const Expr& expr, const ScopePtr& scope) {
  TRY(const Value value, evaluate(*expr.items[0], scope));
  TRY(const Args args, arguments(*expr.args, scope));
  return expr.id >= 0 ? apply_filter(rt_, expr.id, value, args) : apply_filter(rt_, expr.name, value, args);
}

Result<Value> Interpreter::test(const Expr& expr, const ScopePtr& scope) {
  TRY(const Value value, evaluate(*expr.items[0], scope));
  TRY(const Args args, arguments(*expr.args, scope));
  TRY(const bool passed,
      expr.id >= 0 ? apply_test(rt_, expr.id, value, args) : apply_test(rt_, expr.name, value, args));
  return Value(passed);
}

Value Interpreter::name(const Expr& expr, const ScopePtr& scope) {
  const Value* found = scope->find(expr.id);
  if (found != nullptr && !found->is_missing()) return *found;
  const auto id = static_cast<size_t>(expr.id);
  if (found == nullptr) {
    if (globals_[id].is_missing()) globals_[id] = global(rt_, expr.name);
    if (!globals_[id].is_missing()) return globals_[id];
  }
  if (undefined_[id].is_missing()) undefined_[id] = Value::undefined(strf("'{}' is undefined", expr.name));
  return undefined_[id];
}

Result<std::vector<Value>> Interpreter::all(const std::vector<ExprPtr>& items, const ScopePtr& scope) {
  std::vector<Value> values;
  for (const ExprPtr& item : items) {
    TRY(Value value, evaluate(*item, scope));
    values.push_back(std::move(value));
  }
  return values;
}

Result<Args> Interpreter::arguments(const CallArgs& args, const ScopePtr& scope) {
  Args out;
  TRY(out.positional, all(args.positional, scope));
  if (args.star) {
    TRY(const Value more, evaluate(*args.star, scope));
    TRY(const std::vector<Value> items, to_vector(rt_, more));
    out.positional.insert(out.positional.end(), items.begin(), items.end());
  }
  for (const NamedArg& named : args.named) {
    TRY(Value value, evaluate(*named.value, scope));
    out.named.emplace_back(named.name, std::move(value));
  }
  if (args.star_star) {
    TRY(const Value more, evaluate(*args.star_star, scope));
    if (!more.is_dict()) return misuse("argument after ** must be a mapping, not {}", type_name(more));
    TRY(rt_.step(more.dict().size() * (out.named.size() + 1)));
    for (const Dict::Entry& entry : more.dict().entries()) {
      if (!entry.first.is_string()) return misuse("keywords must be strings");
      for (const NamedArg& named : args.named) {
        if (named.name == entry.first.text()) return misuse("got multiple values for '{}'", named.name);
      }
      out.named.emplace_back(entry.first.text(), entry.second);
    }
  }
  return out;
}

Result<Value> Interpreter::unary(const Expr& expr, const ScopePtr& scope) {
  TRY(const Value value, evaluate(*expr.items[0], scope));
  if (expr.op == Op::not_) return Value(!truthy(value));
  if (expr.op == Op::neg) return negate(value);
  if (value.is_undefined()) return undefined_error(value);
  if (!value.is_number()) return misuse("bad operand type for unary +: '{}'", type_name(value));
  return value.is_bool() ? Value(value.integer()) : value;
}

Result<Value> Interpreter::binary(const Expr& expr, const ScopePtr& scope) {
  TRY(const Value a, evaluate(*expr.items[0], scope));
  if (expr.op == Op::and_ && !truthy(a)) return a;
  if (expr.op == Op::or_ && truthy(a)) return a;
  TRY(const Value b, evaluate(*expr.items[1], scope));
  switch (expr.op) {
    case Op::and_:
    case Op::or_:
      return b;
    case Op::add:
      return add(rt_, a, b);
    case Op::sub:
      return subtract(a, b);
    case Op::mul:
      return multiply(rt_, a, b);
    case Op::div:
      return divide(a, b);
    case Op::floordiv:
      return floor_divide(a, b);
    case Op::mod:
      return modulo(rt_, a, b);
    case Op::pow:
      return power(a, b);
    default:
      return misuse("unknown operator");
  }
}

namespace {

Result<bool> holds(Runtime& rt, Op op, const Value& a, const Value& b) {
  const auto inverted = [](Result<bool> r) -> Result<bool> {
    if (!r) return r;
    return !*r;
  };
  switch (op) {
    case Op::eq:
      return equal(rt, a, b);
    case Op::ne:
      return inverted(equal(rt, a, b));
    case Op::lt:
      return less(rt, a, b);
    case Op::gt:
      return less(rt, b, a);
    case Op::le:
    case Op::ge: {
      TRY(const bool strictly, op == Op::le ? less(rt, a, b) : less(rt, b, a));
      return strictly ? Result<bool>(true) : equal(rt, a, b);
    }
    case Op::in:
      return contains(rt, b, a);
    default:
      return inverted(contains(rt, b, a));
  }
}

}  // namespace

Result<Value> Interpreter::compare(const Expr& expr, const ScopePtr& scope) {
  TRY(Value left, evaluate(*expr.items[0], scope));
  for (size_t i = 0; i < expr.ops.size(); i++) {
    TRY(Value right, evaluate(*expr.items[i + 1], scope));
    TRY(const bool passed, holds(rt_, expr.ops[i], left, right));
    if (!passed) return Value(false);
    left = std::move(right);
  }
  return Value(true);
}

/// Where output is escaped, text that is marked safe makes the whole safe: what follows it is escaped.
Result<Value> Interpreter::concat(const Expr& expr, const ScopePtr& scope) {
  TRY(const std::vector<Value> values, all(expr.items, scope));
  const bool safe = expr.escape == Escape::yes &&
                    std::any_of(values.begin(), values.end(), [](const Value& v) { return v.is_markup(); });
  std::string out;
  for (const Value& value : values) {
    TRY(const std::string text, safe ? escaped_text(rt_, value) : to_text(rt_, value));
    TRY(rt_.reserve(out.size() + text.size()));
    out += text;
  }
  return rt_.str(std::move(out), safe ? Markup::yes : Markup::no);
}

Result<Value> Interpreter::dict(const Expr& expr, const ScopePtr& scope) {
  auto result = rt_.new_dict();
  for (size_t i = 0; i + 1 < expr.items.size(); i += 2) {
    TRY(const Value key, evaluate(*expr.items[i], scope));
    TRY(Value value, evaluate(*expr.items[i + 1], scope));
    TRY(dict_set(rt_, *result, key, std::move(value)));
  }
  return Value(std::shared_ptr<const Dict>(std::move(result)));
}

Result<Value> Interpreter::slice(const Expr& expr, const ScopePtr& scope) {
  TRY(const Value value, evaluate(*expr.items[0], scope));
  Value parts[3];
  for (size_t i = 0; i < 3; i++) {
    if (!expr.items[i + 1]) continue;
    TRY(parts[i], evaluate(*expr.items[i + 1], scope));
  }
  return get_slice(rt_, value, parts[0], parts[1], parts[2]);
}

}  // namespace sov::text::jinja
