// Expressions, from the loosest binding to the tightest.
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {
namespace {

/// Where a list of expressions ends without another one.
bool ends_list(T kind) {
  switch (kind) {
    case T::end:
    case T::newline:
    case T::semicolon:
    case T::right_paren:
    case T::right_bracket:
    case T::right_brace:
    case T::colon:
    case T::equal:
    case T::kw_in:
    case T::plus_equal:
    case T::kw_for:
      return true;
    default:
      return false;
  }
}

struct BinaryOperator {
  int level = -1;  // 0 binds least
  Op op = Op::Add;
};

BinaryOperator binary_operator(T kind) {
  switch (kind) {
    case T::bar:
      return {0, Op::BitOr};
    case T::caret:
      return {1, Op::BitXor};
    case T::ampersand:
      return {2, Op::BitAnd};
    case T::left_shift:
      return {3, Op::LShift};
    case T::right_shift:
      return {3, Op::RShift};
    case T::plus:
      return {4, Op::Add};
    case T::minus:
      return {4, Op::Sub};
    case T::star:
      return {5, Op::Mult};
    case T::slash:
      return {5, Op::Div};
    case T::floor:
      return {5, Op::FloorDiv};
    case T::percent:
      return {5, Op::Mod};
    case T::at:
      return {5, Op::MatMult};
    default:
      return {};
  }
}

}  // namespace

/// `a, *b, c` or a single expression.
Node* Parser::star_expressions() {
  const Token& first = now();
  Node* value = star_expression();
  if (!is(T::comma)) return value;
  std::vector<Node*> items{value};
  while (accept(T::comma) && !ends_list(now().kind)) items.push_back(star_expression());
  auto* tuple = make<ast::Tuple>(first);
  tuple->elts = tree_.copy(items);
  return tuple;
}

Node* Parser::star_expression() {
  const Token& first = now();
  if (!accept(T::star)) return expression();
  Node* value = binary(0);
  auto* starred = make<ast::Starred>(first);
  starred->value = value;
  return starred;
}

Node* Parser::star_named_expression() { return is(T::star) ? star_expression() : named_expression(); }

Node* Parser::named_expression() {
  if (!is(T::name) || ahead().kind != T::walrus) {
    Node* value = expression();
    if (is(T::walrus) && !failed()) return fail_at(*value, "only a name can be assigned with ':='");
    return value;
  }
  const Token& first = now();
  const std::string_view id = name();
  auto* target = make<ast::Name>(first);
  target->id = id;
  target->ctx = Ctx::Store;
  ++at_;
  Node* value = expression();
  auto* named = make<ast::NamedExpr>(first);
  named->target = target;
  named->value = value;
  return named;
}

Node* Parser::expression() {
  if (too_deep()) return fail_here("");
  return is(T::kw_lambda) ? lambda() : ternary();
}

Node* Parser::ternary() {
  const Token& first = now();
  Node* body = disjunction();
  if (!accept(T::kw_if)) return body;
  Node* test = disjunction();
  if (!is(T::kw_else))
    return fail_at(*body, "expected 'else' after 'if' expression",
                   "a conditional expression is: value if condition else other");
  ++at_;
  Node* orelse = expression();
  auto* node = make<ast::IfExp>(first);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

Node* Parser::disjunction() {
  const Token& first = now();
  Node* value = bool_chain(T::kw_and, Op::And);
  if (!is(T::kw_or)) return value;
  std::vector<Node*> values{value};
  while (accept(T::kw_or)) values.push_back(bool_chain(T::kw_and, Op::And));
  auto* node = make<ast::BoolOp>(first);
  node->op = Op::Or;
  node->values = tree_.copy(values);
  return node;
}

Node* Parser::bool_chain(T word, Op op) {
  const Token& first = now();
  Node* value = inversion();
  if (!is(word)) return value;
  std::vector<Node*> values{value};
  while (accept(word)) values.push_back(inversion());
  auto* node = make<ast::BoolOp>(first);
  node->op = op;
  node->values = tree_.copy(values);
  return node;
}

Node* Parser::inversion() {
  const Token& first = now();
  if (!accept(T::kw_not)) return comparison();
  if (too_deep()) return fail_here("");
  Node* operand = inversion();
  auto* node = make<ast::UnaryOp>(first);
  node->op = Op::Not;
  node->operand = operand;
  return node;
}

Node* Parser::comparison() {
  const Token& first = now();
  Node* left = binary(0);
  std::optional<Op> op = comparison_operator();
  if (!op) return left;
  std::vector<Op> ops;
  std::vector<Node*> comparators;
  for (; op; op = comparison_operator()) {
    ops.push_back(*op);
    comparators.push_back(binary(0));
  }
  auto* node = make<ast::Compare>(first);
  node->left = left;
  node->ops = tree_.copy(ops);
  node->comparators = tree_.copy(comparators);
  return node;
}

/// Consumes the comparison operator here, if there is one.
std::optional<Op> Parser::comparison_operator() {
  const T kind = now().kind;
  if (kind == T::kw_not && ahead().kind == T::kw_in) {
    at_ += 2;
    return Op::NotIn;
  }
  if (kind == T::kw_is && ahead().kind == T::kw_not) {
    at_ += 2;
    return Op::IsNot;
  }
  std::optional<Op> op;
  switch (kind) {
    case T::equal_equal:
      op = Op::Eq;
      break;
    case T::not_equal:
      op = Op::NotEq;
      break;
    case T::less:
      op = Op::Lt;
      break;
    case T::less_equal:
      op = Op::LtE;
      break;
    case T::greater:
      op = Op::Gt;
      break;
    case T::greater_equal:
      op = Op::GtE;
      break;
    case T::kw_in:
      op = Op::In;
      break;
    case T::kw_is:
      op = Op::Is;
      break;
    default:
      return std::nullopt;
  }
  ++at_;
  return op;
}

/// Binary operators of at least the level `lowest`, by precedence climbing; all are left-associative.
Node* Parser::binary(int lowest) {
  const Token& first = now();
  Node* left = factor();
  for (;;) {
    const BinaryOperator found = binary_operator(now().kind);
    if (found.level < lowest) return left;
    ++at_;
    Node* right = binary(found.level + 1);
    auto* node = make<ast::BinOp>(first);
    node->left = left;
    node->op = found.op;
    node->right = right;
    left = node;
  }
}

Node* Parser::factor() {
  const Token& first = now();
  const Op op = is(T::minus) ? Op::USub : is(T::plus) ? Op::UAdd : Op::Invert;
  if (!accept(T::minus) && !accept(T::plus) && !accept(T::tilde)) return power();
  if (too_deep()) return fail_here("");
  Node* operand = factor();
  auto* node = make<ast::UnaryOp>(first);
  node->op = op;
  node->operand = operand;
  return node;
}

Node* Parser::power() {
  const Token& first = now();
  Node* left = nullptr;
  if (accept(T::kw_await)) {
    Node* value = primary();
    auto* node = make<ast::Await>(first);
    node->value = value;
    left = node;
  } else {
    left = primary();
  }
  if (!accept(T::power)) return left;
  if (too_deep()) return fail_here("");
  Node* right = factor();
  auto* node = make<ast::BinOp>(first);
  node->left = left;
  node->op = Op::Pow;
  node->right = right;
  return node;
}

Node* Parser::primary() {
  const Token& first = now();
  Node* value = atom();
  for (;;) {
    if (accept(T::dot)) {
      const std::string_view attr = name();
      auto* node = make<ast::Attribute>(first);
      node->value = value;
      node->attr = attr;
      value = node;
    } else if (is(T::left_paren)) {
      const Token& open = now();
      ++at_;
      std::vector<Node*> args, keywords;
      arguments(T::right_paren, args, keywords, open);
      auto* node = make<ast::Call>(first);
      node->func = value;
      node->args = tree_.copy(args);
      node->keywords = tree_.copy(keywords);
      value = node;
    } else if (is(T::left_bracket)) {
      ++at_;
      Node* index = subscript(value);
      auto* node = make<ast::Subscript>(first);
      node->value = value;
      node->slice = index;
      value = node;
    } else {
      return value;
    }
  }
}

/// The arguments of a call or class, the closing parenthesis included.
void Parser::arguments(T closing, std::vector<Node*>& args, std::vector<Node*>& keywords, const Token& open) {
  bool unpacked = false;  // a ** came
  while (!is(closing) && !failed()) {
    argument(args, keywords, unpacked, open);
    if (!accept(T::comma)) break;
  }
  if (!is(closing) && !failed()) {
    fail_here("invalid syntax: expected ',' or ')' in the arguments", "perhaps a comma is missing");
    return;
  }
  expect(closing);
}

void Parser::argument(std::vector<Node*>& args, std::vector<Node*>& keywords, bool& unpacked,
                      const Token& open) {
  const Token& first = now();
  if (accept(T::power)) {
    Node* value = expression();
    auto* keyword = make<ast::keyword>(first);
    keyword->value = value;
    keywords.push_back(keyword);
    unpacked = true;
    return;
  }
  if (accept(T::star)) {
    Node* value = expression();
    auto* starred = make<ast::Starred>(first);
    starred->value = value;
    if (unpacked) fail_at(first, "iterable argument unpacking follows keyword argument unpacking");
    args.push_back(starred);
    return;
  }
  if (is(T::name) && ahead().kind == T::equal) {
    const std::string_view word = name();
    ++at_;
    Node* value = expression();
    auto* keyword = make<ast::keyword>(first);
    keyword->arg = word;
    keyword->value = value;
    keywords.push_back(keyword);
    return;
  }
  Node* value = named_expression();
  if (at_comprehension()) {
    if (!args.empty() || !keywords.empty()) fail_at(first, "Generator expression must be parenthesized");
    const Nodes clauses = comprehension_clauses();
    if (!is(T::right_paren) && !failed()) {
      fail_at(first, "Generator expression must be parenthesized");
      return;
    }
    auto* node = make<ast::GeneratorExp>(open);
    if (is(T::right_paren)) node->place.end_line = now().end_line, node->place.end_column = now().end_column;
    node->elt = value;
    node->generators = clauses;
    value = node;
  } else if (is(T::equal)) {
    fail_at(first, "expression cannot contain assignment, perhaps you meant \"==\"?");
  } else if (!keywords.empty()) {
    fail_at(first, unpacked ? "positional argument follows keyword argument unpacking"
                            : "positional argument follows keyword argument");
  }
  args.push_back(value);
}

/// What stands between the brackets of a subscript, the closing one included.
Node* Parser::subscript(Node*) {
  const Token& first = now();
  Node* index = is(T::star) ? star_expression() : slice();
  if (is(T::comma) || index->kind == Kind::Starred) {
    std::vector<Node*> items{index};
    while (accept(T::comma) && !is(T::right_bracket))
      items.push_back(is(T::star) ? star_expression() : slice());
    auto* tuple = make<ast::Tuple>(first);
    tuple->elts = tree_.copy(items);
    index = tuple;
  }
  if (!is(T::right_bracket))
    fail_here(strf("expected ']' or ',', got {}", token_phrase(now().kind)), "perhaps a comma is missing");
  expect(T::right_bracket);
  return index;
}

Node* Parser::slice() {
  const Token& first = now();
  const auto part = [&]() -> Node* {
    return is(T::colon) || is(T::right_bracket) || is(T::comma) ? nullptr : expression();
  };
  Node* lower = is(T::colon) ? nullptr : named_expression();
  if (!accept(T::colon)) return lower;
  Node* upper = part();
  Node* step = accept(T::colon) ? part() : nullptr;
  auto* node = make<ast::Slice>(first);
  node->lower = lower;
  node->upper = upper;
  node->step = step;
  return node;
}

Node* Parser::lambda() {
  const Token& first = now();
  ++at_;
  Node* args = parameters(T::colon, Annotated::no);
  expect(T::colon);
  Node* body = expression();
  auto* node = make<ast::Lambda>(first);
  node->args = args;
  node->body = body;
  return node;
}

Node* Parser::yield_expression() {
  const Token& first = now();
  expect(T::kw_yield);
  if (accept(T::kw_from)) {
    Node* value = expression();
    auto* node = make<ast::YieldFrom>(first);
    node->value = value;
    return node;
  }
  Node* value = ends_list(now().kind) ? nullptr : star_expressions();
  auto* node = make<ast::Yield>(first);
  node->value = value;
  return node;
}

}  // namespace sov::transpiler
