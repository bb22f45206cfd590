#include <algorithm>
#include <array>
#include <span>

#include "text/jinja/operations.h"
#include "text/jinja/parser.h"

namespace sov::text::jinja {
namespace {

ExprPtr make(ExprKind kind, int line) { return std::make_unique<Expr>(kind, line); }

ExprPtr constant(Value value, int line) {
  ExprPtr node = make(ExprKind::constant, line);
  node->constant = std::move(value);
  return node;
}

ExprPtr text_constant(std::string text, int line) {
  return constant(std::shared_ptr<const Str>(std::make_shared<Str>(nullptr, std::move(text), Markup::no)),
                  line);
}

ExprPtr binary(Op op, ExprPtr left, ExprPtr right, int line) {
  ExprPtr node = make(ExprKind::binary, line);
  node->op = op;
  node->items.push_back(std::move(left));
  node->items.push_back(std::move(right));
  return node;
}

struct OpName {
  std::string_view text;
  Op op;
};

const OpName* find_op(std::span<const OpName> table, const Token& token) {
  if (token.kind != TokenKind::op) return nullptr;
  const auto it =
      std::find_if(table.begin(), table.end(), [&](const OpName& row) { return row.text == token.text; });
  return it == table.end() ? nullptr : &*it;
}

constexpr OpName kCompare[] = {{"==", Op::eq}, {"!=", Op::ne}, {"<", Op::lt},
                               {"<=", Op::le}, {">", Op::gt},  {">=", Op::ge}};
constexpr OpName kSum[] = {{"+", Op::add}, {"-", Op::sub}};
constexpr OpName kProduct[] = {{"*", Op::mul}, {"/", Op::div}, {"//", Op::floordiv}, {"%", Op::mod}};

}  // namespace

Result<void> Parser::check_nesting() const {
  if (nesting_ <= kMaxNesting) return {};
  return fail(Code::exhausted, "line {}: nested more than {} deep", now().line, kMaxNesting);
}

Parser::ExprResult Parser::finish(ExprPtr node) {
  int depth = 0;
  const auto look = [&depth](const ExprPtr& child) {
    if (child) depth = std::max(depth, child->depth);
  };
  for (const auto& item : node->items) look(item);
  if (node->args) {
    for (const auto& item : node->args->positional) look(item);
    for (const auto& item : node->args->named) look(item.value);
    look(node->args->star);
    look(node->args->star_star);
  }
  node->depth = depth + 1;
  if (node->depth > kMaxNesting * 2) {
    return fail(Code::exhausted, "line {}: expression deeper than {}", node->line, kMaxNesting * 2);
  }
  return node;
}

Parser::ExprResult Parser::expression(bool with_conditional) {
  const Nest nest(*this);
  TRY(check_nesting());
  return with_conditional ? conditional() : logical_or();
}

Parser::ExprResult Parser::conditional() {
  const Nest nest(*this);
  TRY(check_nesting());
  const size_t unknown = unknown_.size();
  TRY(ExprPtr value, logical_or());
  while (skip_name("if")) {
    unknown_.resize(unknown);
    const Saved in_condition(conditional_, true);
    ExprPtr node = make(ExprKind::conditional, now().line);
    TRY(ExprPtr test, logical_or());
    ExprPtr otherwise;
    if (skip_name("else")) {
      TRY(otherwise, conditional());
    }
    node->items.push_back(std::move(test));
    node->items.push_back(std::move(value));
    node->items.push_back(std::move(otherwise));
    TRY(value, finish(std::move(node)));
  }
  return value;
}

Parser::ExprResult Parser::logical_or() {
  TRY(ExprPtr left, logical_and());
  while (skip_name("or")) {
    TRY(ExprPtr right, logical_and());
    TRY(left, finish(binary(Op::or_, std::move(left), std::move(right), now().line)));
  }
  return left;
}

Parser::ExprResult Parser::logical_and() {
  TRY(ExprPtr left, logical_not());
  while (skip_name("and")) {
    TRY(ExprPtr right, logical_not());
    TRY(left, finish(binary(Op::and_, std::move(left), std::move(right), now().line)));
  }
  return left;
}

Parser::ExprResult Parser::logical_not() {
  if (!is_name("not")) return comparison();
  const Nest nest(*this);
  TRY(check_nesting());
  ExprPtr node = make(ExprKind::unary, now().line);
  node->op = Op::not_;
  advance();
  TRY(ExprPtr operand, logical_not());
  node->items.push_back(std::move(operand));
  return finish(std::move(node));
}

Parser::ExprResult Parser::comparison() {
  const int line = now().line;
  TRY(ExprPtr first, sum());
  ExprPtr node = make(ExprKind::compare, line);
  node->items.push_back(std::move(first));
  while (true) {
    if (const OpName* op = find_op(kCompare, now())) {
      advance();
      node->ops.push_back(op->op);
    } else if (skip_name("in")) {
      node->ops.push_back(Op::in);
    } else if (is_name("not") && after().kind == TokenKind::name && after().text == "in") {
      advance();
      advance();
      node->ops.push_back(Op::not_in);
    } else {
      break;
    }
    TRY(ExprPtr next, sum());
    node->items.push_back(std::move(next));
  }
  if (node->ops.empty()) return std::move(node->items[0]);
  return finish(std::move(node));
}

Parser::ExprResult Parser::sum() {
  TRY(ExprPtr left, concatenation());
  while (const OpName* op = find_op(kSum, now())) {
    const int line = now().line;
    advance();
    TRY(ExprPtr right, concatenation());
    TRY(left, finish(binary(op->op, std::move(left), std::move(right), line)));
  }
  return left;
}

Parser::ExprResult Parser::concatenation() {
  const int line = now().line;
  TRY(ExprPtr first, product());
  if (!is_op("~")) return first;
  ExprPtr node = make(ExprKind::concat, line);
  node->escape = escape_;
  node->items.push_back(std::move(first));
  while (skip_op("~")) {
    TRY(ExprPtr next, product());
    node->items.push_back(std::move(next));
  }
  return finish(std::move(node));
}

Parser::ExprResult Parser::product() {
  TRY(ExprPtr left, power());
  while (const OpName* op = find_op(kProduct, now())) {
    const int line = now().line;
    advance();
    TRY(ExprPtr right, power());
    TRY(left, finish(binary(op->op, std::move(left), std::move(right), line)));
  }
  return left;
}

Parser::ExprResult Parser::power() {
  TRY(ExprPtr left, unary());
  while (is_op("**")) {
    const int line = now().line;
    advance();
    TRY(ExprPtr right, unary());
    TRY(left, finish(binary(Op::pow, std::move(left), std::move(right), line)));
  }
  return left;
}

Parser::ExprResult Parser::unary(bool with_filter) {
  const Nest nest(*this);
  TRY(check_nesting());
  ExprPtr node;
  if (is_op("-") || is_op("+")) {
    node = make(ExprKind::unary, now().line);
    node->op = is_op("-") ? Op::neg : Op::pos;
    advance();
    TRY(ExprPtr operand, unary(false));
    node->items.push_back(std::move(operand));
    TRY(node, finish(std::move(node)));
  } else {
    TRY(node, primary());
  }
  TRY(node, postfix(std::move(node)));
  return with_filter ? filters_and_tests(std::move(node)) : ExprResult(std::move(node));
}

Parser::ExprResult Parser::name_or_constant(bool with_namespace) {
  const Token token = now();
  advance();
  if (token.text == "true" || token.text == "True") return constant(true, token.line);
  if (token.text == "false" || token.text == "False") return constant(false, token.line);
  if (token.text == "none" || token.text == "None") return constant(Value::none(), token.line);
  ExprPtr node = name_node(token.text, token.line);
  if (with_namespace && skip_op(".")) {
    TRY(node->attr, expect_name());
    node->kind = ExprKind::ns_attr;
  } else if (!in_target_) {
    note_name(*node, true);
  }
  return node;
}

Parser::ExprResult Parser::primary(bool with_namespace) {
  const Token& token = now();
  const int line = token.line;
  switch (token.kind) {
    case TokenKind::name:
      return name_or_constant(with_namespace);
    case TokenKind::string: {
      std::string text;
      for (; now().kind == TokenKind::string; advance()) text += now().text;
      return text_constant(std::move(text), line);
    }
    case TokenKind::integer: {
      const int64_t number = token.integer;
      advance();
      return constant(number, line);
    }
    case TokenKind::real: {
      const double number = token.real;
      advance();
      return constant(number, line);
    }
    default:
      break;
  }
  if (is_op("(")) {
    advance();
    TRY(ExprPtr inner, tuple(TupleMode::full, {}, true));
    TRY(expect_op(")"));
    return inner;
  }
  if (is_op("[")) return list();
  if (is_op("{")) return dict();
  return error("unexpected {}", describe(token));
}

bool Parser::tuple_ends(std::string_view end_name) const {
  if (now().kind == TokenKind::variable_end || now().kind == TokenKind::block_end || is_op(")")) return true;
  return !end_name.empty() && is_name(end_name);
}

Parser::ExprResult Parser::tuple(TupleMode mode, std::string_view end_name, bool parenthesised) {
  const Nest nest(*this);
  TRY(check_nesting());
  const bool targets = mode == TupleMode::targets || mode == TupleMode::namespace_targets;
  const Saved in_target(in_target_, in_target_ || targets);
  ExprPtr node = make(ExprKind::tuple, now().line);
  bool is_tuple = false;
  while (true) {
    if (!node->items.empty()) TRY(expect_op(","));
    if (tuple_ends(end_name)) break;
    ExprPtr item;
    switch (mode) {
      case TupleMode::full: {
        TRY(item, expression(true));
        break;
      }
      case TupleMode::no_conditional: {
        TRY(item, expression(false));
        break;
      }
      case TupleMode::targets:
      case TupleMode::namespace_targets: {
        TRY(item, primary(mode == TupleMode::namespace_targets));
        break;
      }
    }
    node->items.push_back(std::move(item));
    if (!is_op(",")) break;
    is_tuple = true;
  }
  if (is_tuple || (node->items.empty() && parenthesised)) return finish(std::move(node));
  if (node->items.empty()) return error("expected an expression, got {}", describe(now()));
  return std::move(node->items[0]);
}

Parser::ExprResult Parser::list() {
  ExprPtr node = make(ExprKind::list, now().line);
  TRY(expect_op("["));
  while (!is_op("]")) {
    if (!node->items.empty()) TRY(expect_op(","));
    if (is_op("]")) break;
    TRY(ExprPtr item, expression());
    node->items.push_back(std::move(item));
  }
  TRY(expect_op("]"));
  return finish(std::move(node));
}

Parser::ExprResult Parser::dict() {
  ExprPtr node = make(ExprKind::dict, now().line);
  TRY(expect_op("{"));
  while (!is_op("}")) {
    if (!node->items.empty()) TRY(expect_op(","));
    if (is_op("}")) break;
    TRY(ExprPtr key, expression());
    TRY(expect_op(":"));
    TRY(ExprPtr value, expression());
    node->items.push_back(std::move(key));
    node->items.push_back(std::move(value));
  }
  TRY(expect_op("}"));
  return finish(std::move(node));
}

Parser::ExprResult Parser::postfix(ExprPtr node) {
  while (true) {
    if (is_op(".") || is_op("[")) {
      TRY(node, subscript(std::move(node)));
    } else if (is_op("(")) {
      TRY(node, call(std::move(node)));
    } else {
      return node;
    }
  }
}

Parser::ExprResult Parser::filters_and_tests(ExprPtr node) {
  while (true) {
    if (is_op("|")) {
      TRY(node, filter(std::move(node)));
    } else if (is_name("is")) {
      TRY(node, test(std::move(node)));
    } else if (is_op("(")) {
      TRY(node, call(std::move(node)));
    } else {
      return node;
    }
  }
}

Parser::ExprResult Parser::subscript(ExprPtr node) {
  if (is_op("[")) return bracket_item(std::move(node));
  advance();
  const Token token = now();
  if (token.kind != TokenKind::name && token.kind != TokenKind::integer)
    return error("expected name or number");
  advance();
  ExprPtr result = make(token.kind == TokenKind::name ? ExprKind::get_attr : ExprKind::get_item, token.line);
  result->name = token.text;
  result->items.push_back(std::move(node));
  if (token.kind == TokenKind::integer) result->items.push_back(constant(token.integer, token.line));
  return finish(std::move(result));
}

/// One part of [..]: an expression, or start:stop:step, whose three parts (null when left out) go to `parts`.
Parser::ExprResult Parser::slice_part(bool& is_slice, std::vector<ExprPtr>& parts) {
  ExprPtr first;
  if (!is_op(":")) {
    TRY(first, expression());
    if (!is_op(":")) return first;
  }
  is_slice = true;
  parts.push_back(std::move(first));
  for (int i = 0; i < 2; i++) {
    ExprPtr part;
    if (skip_op(":") && !is_op(":") && !is_op("]") && !is_op(",")) {
      TRY(part, expression());
    }
    parts.push_back(std::move(part));
  }
  return ExprPtr();
}

Parser::ExprResult Parser::bracket_item(ExprPtr node) {
  const int line = now().line;
  TRY(expect_op("["));
  std::vector<ExprPtr> items;
  bool is_slice = false;
  std::vector<ExprPtr> parts;
  while (!is_op("]")) {
    if (!items.empty()) TRY(expect_op(","));
    TRY(ExprPtr item, slice_part(is_slice, parts));
    items.push_back(std::move(item));
  }
  TRY(expect_op("]"));
  if (is_slice && items.size() > 1) return error("a slice cannot be one of several subscripts");
  ExprPtr result = make(is_slice ? ExprKind::slice : ExprKind::get_item, line);
  result->items.push_back(std::move(node));
  if (is_slice) {
    for (auto& part : parts) result->items.push_back(std::move(part));
  } else if (items.size() == 1) {
    result->items.push_back(std::move(items[0]));
  } else {
    ExprPtr all = make(ExprKind::tuple, line);
    all->items = std::move(items);
    TRY(all, finish(std::move(all)));
    result->items.push_back(std::move(all));
  }
  return finish(std::move(result));
}

Result<void> Parser::call_arg(CallArgs& args, int line) {
  const auto bad = [line] {
    return fail(Code::corrupt, "line {}: invalid syntax for function call expression", line);
  };
  if (is_op("*")) {
    if (args.star || args.star_star) return bad();
    advance();
    TRY(args.star, expression());
  } else if (is_op("**")) {
    if (args.star_star) return bad();
    advance();
    TRY(args.star_star, expression());
  } else if (now().kind == TokenKind::name && after().kind == TokenKind::op && after().text == "=") {
    if (args.star_star) return bad();
    if (args.named.size() >= kMaxArguments)
      return fail(Code::exhausted, "line {}: more than {} named arguments", line, kMaxArguments);
    NamedArg named;
    named.name = now().text;
    for (const NamedArg& other : args.named) {
      if (other.name == named.name) return error("keyword argument repeated: {}", named.name);
    }
    advance();
    advance();
    TRY(named.value, expression());
    args.named.push_back(std::move(named));
  } else {
    if (args.star || args.star_star || !args.named.empty()) return bad();
    TRY(ExprPtr value, expression());
    args.positional.push_back(std::move(value));
  }
  return {};
}

Result<std::unique_ptr<CallArgs>> Parser::call_args() {
  const int line = now().line;
  TRY(expect_op("("));
  auto args = std::make_unique<CallArgs>();
  bool first = true;
  while (!is_op(")")) {
    if (!first) TRY(expect_op(","));
    if (is_op(")") && !first) break;
    TRY(call_arg(*args, line));
    first = false;
  }
  TRY(expect_op(")"));
  return args;
}

Parser::ExprResult Parser::call(ExprPtr node) {
  ExprPtr result = make(ExprKind::call, now().line);
  result->items.push_back(std::move(node));
  TRY(result->args, call_args());
  return finish(std::move(result));
}

void Parser::note_unknown(std::string_view what, const Expr& node) {
  if (!conditional_) unknown_.push_back(strf("line {}: no {} named '{}'", node.line, what, node.name));
}

Result<std::string> Parser::dotted_name() {
  TRY(std::string name, expect_name());
  while (skip_op(".")) {
    TRY(const std::string part, expect_name());
    name += "." + part;
  }
  return name;
}

Parser::ExprResult Parser::filter(ExprPtr node, bool start_inline) {
  while (is_op("|") || start_inline) {
    if (!start_inline) advance();
    ExprPtr result = make(ExprKind::filter, now().line);
    TRY(result->name, dotted_name());
    result->id = find_filter(result->name);
    if (result->id < 0) note_unknown("filter", *result);
    result->items.push_back(std::move(node));
    result->args = std::make_unique<CallArgs>();
    if (is_op("(")) {
      TRY(result->args, call_args());
    }
    TRY(node, finish(std::move(result)));
    start_inline = false;
  }
  return node;
}

Parser::ExprResult Parser::test(ExprPtr node) {
  ExprPtr result = make(ExprKind::test, now().line);
  advance();
  const bool negated = skip_name("not");
  TRY(result->name, dotted_name());
  result->id = find_test(result->name);
  if (result->id < 0) note_unknown("test", *result);
  result->items.push_back(std::move(node));
  result->args = std::make_unique<CallArgs>();
  const TokenKind kind = now().kind;
  const bool literal = kind == TokenKind::string || kind == TokenKind::integer || kind == TokenKind::real;
  const bool name = kind == TokenKind::name && !is_name("else") && !is_name("or") && !is_name("and");
  if (is_op("(")) {
    TRY(result->args, call_args());
  } else if (literal || name || is_op("[") || is_op("{")) {
    if (is_name("is")) return error("you cannot chain multiple tests with is");
    TRY(ExprPtr argument, primary());
    TRY(argument, postfix(std::move(argument)));
    result->args->positional.push_back(std::move(argument));
  }
  TRY(result, finish(std::move(result)));
  if (!negated) return result;
  ExprPtr inverse = make(ExprKind::unary, result->line);
  inverse->op = Op::not_;
  inverse->items.push_back(std::move(result));
  return finish(std::move(inverse));
}

}  // namespace sov::text::jinja
