// Simple statements.
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {
namespace {

std::optional<Op> augmented_operator(T kind) {
  switch (kind) {
    case T::plus_equal:
      return Op::Add;
    case T::minus_equal:
      return Op::Sub;
    case T::star_equal:
      return Op::Mult;
    case T::slash_equal:
      return Op::Div;
    case T::floor_equal:
      return Op::FloorDiv;
    case T::percent_equal:
      return Op::Mod;
    case T::at_equal:
      return Op::MatMult;
    case T::and_equal:
      return Op::BitAnd;
    case T::or_equal:
      return Op::BitOr;
    case T::xor_equal:
      return Op::BitXor;
    case T::left_equal:
      return Op::LShift;
    case T::right_equal:
      return Op::RShift;
    case T::power_equal:
      return Op::Pow;
    default:
      return std::nullopt;
  }
}

}  // namespace

void Parser::statement(std::vector<Node*>& out) {
  if (Node* node = compound_statement())
    out.push_back(node);
  else
    simple_statements(out);
}

void Parser::simple_statements(std::vector<Node*>& out) {
  do {
    out.push_back(simple_statement());
  } while (accept(T::semicolon) && !is(T::newline));
  if (accept(T::newline) || failed()) return;
  const Node& last = *out.back();
  const auto* expr = try_as<ast::Expr>(out.back());
  const auto* word = expr != nullptr ? try_as<ast::Name>(expr->value) : nullptr;
  if (word != nullptr && (word->id == "print" || word->id == "exec"))
    fail_at(last, strf("Missing parentheses in call to '{}'. Did you mean {}(...)?", word->id, word->id));
  else if (is(T::indent))
    unexpected();
  else
    fail_here(strf("invalid syntax: {} cannot follow here", token_phrase(now().kind)),
              "perhaps an operator, a comma or a line end is missing");
}

Node* Parser::simple_statement() {
  const Token& first = now();
  switch (first.kind) {
    case T::kw_pass:
      ++at_;
      return make<ast::Pass>(first);
    case T::kw_break:
      ++at_;
      return make<ast::Break>(first);
    case T::kw_continue:
      ++at_;
      return make<ast::Continue>(first);
    case T::kw_return:
      return return_statement();
    case T::kw_raise:
      return raise_statement();
    case T::kw_global:
    case T::kw_nonlocal:
      return global_statement();
    case T::kw_del:
      return del_statement();
    case T::kw_assert:
      return assert_statement();
    case T::kw_import:
      return import_statement();
    case T::kw_from:
      return from_statement();
    default:
      return expression_statement();
  }
}

/// An expression, or any kind of assignment.
Node* Parser::expression_statement() {
  const Token& first = now();
  Node* value = is(T::kw_yield) ? yield_expression() : star_expressions();
  if (is(T::colon)) return annotated(first, value);
  if (const auto op = augmented_operator(now().kind)) return augmented(first, value, *op);
  if (is(T::equal)) return assignment(first, value);
  if (value->kind == Kind::Starred) return fail_at(*value, "can't use starred expression here");
  auto* node = make<ast::Expr>(first);
  node->value = value;
  return node;
}

Node* Parser::assignment(const Token& first, Node* target) {
  std::vector<Node*> targets;
  Node* value = target;
  while (accept(T::equal)) {
    if (value->kind == Kind::Starred)
      return fail_at(*value, "starred assignment target must be in a list or tuple");
    targets.push_back(store(value, Ctx::Store));
    value = is(T::kw_yield) ? yield_expression() : star_expressions();
  }
  if (augmented_operator(now().kind) || is(T::colon)) return unexpected();
  if (value->kind == Kind::Starred) return fail_at(*value, "can't use starred expression here");
  auto* node = make<ast::Assign>(first);
  node->targets = tree_.copy(targets);
  node->value = value;
  return node;
}

Node* Parser::annotated(const Token& first, Node* target) {
  const bool simple = target->kind == Kind::Name && first.kind != T::left_paren;
  if (target->kind == Kind::Tuple) return fail_at(*target, "only single target (not tuple) can be annotated");
  if (target->kind == Kind::List) return fail_at(*target, "only single target (not list) can be annotated");
  if (target->kind != Kind::Name && target->kind != Kind::Attribute && target->kind != Kind::Subscript)
    return fail_at(*target, "illegal target for annotation", "is this ':' a misplaced one?");
  store(target, Ctx::Store);
  ++at_;
  Node* annotation = expression();
  Node* value = nullptr;
  if (accept(T::equal)) value = is(T::kw_yield) ? yield_expression() : star_expressions();
  auto* node = make<ast::AnnAssign>(first);
  node->target = target;
  node->annotation = annotation;
  node->value = value;
  node->simple = simple ? 1 : 0;
  return node;
}

Node* Parser::augmented(const Token& first, Node* target, Op op) {
  if (target->kind != Kind::Name && target->kind != Kind::Attribute && target->kind != Kind::Subscript)
    return fail_at(*target, "illegal expression for augmented assignment");
  store(target, Ctx::Store);
  ++at_;
  Node* value = is(T::kw_yield) ? yield_expression() : star_expressions();
  if (value->kind == Kind::Starred) return fail_at(*value, "can't use starred expression here");
  auto* node = make<ast::AugAssign>(first);
  node->target = target;
  node->op = op;
  node->value = value;
  return node;
}

Node* Parser::return_statement() {
  const Token& first = now();
  ++at_;
  Node* value = is(T::newline) || is(T::semicolon) || is(T::end) ? nullptr : star_expressions();
  if (value != nullptr && value->kind == Kind::Starred)
    return fail_at(*value, "can't use starred expression here");
  auto* node = make<ast::Return>(first);
  node->value = value;
  return node;
}

Node* Parser::raise_statement() {
  const Token& first = now();
  ++at_;
  Node* exc = is(T::newline) || is(T::semicolon) ? nullptr : expression();
  Node* cause = exc != nullptr && accept(T::kw_from) ? expression() : nullptr;
  auto* node = make<ast::Raise>(first);
  node->exc = exc;
  node->cause = cause;
  return node;
}

Node* Parser::global_statement() {
  const Token& first = now();
  const bool global = is(T::kw_global);
  ++at_;
  std::vector<std::string_view> names{name()};
  while (accept(T::comma)) names.push_back(name());
  if (global) {
    auto* node = make<ast::Global>(first);
    node->names = tree_.copy(names);
    return node;
  }
  auto* node = make<ast::Nonlocal>(first);
  node->names = tree_.copy(names);
  return node;
}

Node* Parser::del_statement() {
  const Token& first = now();
  ++at_;
  std::vector<Node*> targets;
  do {
    if (!targets.empty() && (is(T::newline) || is(T::semicolon))) break;
    targets.push_back(store(star_expression(), Ctx::Del, "delete"));
  } while (accept(T::comma));
  auto* node = make<ast::Delete>(first);
  node->targets = tree_.copy(targets);
  return node;
}

Node* Parser::assert_statement() {
  const Token& first = now();
  ++at_;
  Node* test = expression();
  Node* msg = accept(T::comma) ? expression() : nullptr;
  auto* node = make<ast::Assert>(first);
  node->test = test;
  node->msg = msg;
  return node;
}

Node* Parser::import_statement() {
  const Token& first = now();
  ++at_;
  std::vector<Node*> names{dotted_alias()};
  while (accept(T::comma)) names.push_back(dotted_alias());
  auto* node = make<ast::Import>(first);
  node->names = tree_.copy(names);
  return node;
}

std::string_view Parser::dotted_name() {
  std::string_view word = name();
  if (!is(T::dot)) return word;
  std::string whole(word);
  while (accept(T::dot)) whole += strf(".{}", name());
  return tree_.keep(whole);
}

Node* Parser::dotted_alias() {
  const Token& first = now();
  const std::string_view module = dotted_name();
  const std::string_view as_name = accept(T::kw_as) ? name() : std::string_view();
  auto* node = make<ast::alias>(first);
  node->name = module;
  node->asname = as_name;
  return node;
}

Node* Parser::from_statement() {
  const Token& first = now();
  ++at_;
  int level = 0;
  for (;; ++at_) {
    if (is(T::dot))
      ++level;
    else if (is(T::ellipsis))
      level += 3;
    else
      break;
  }
  const std::string_view module = level > 0 && is(T::kw_import) ? std::string_view() : dotted_name();
  expect(T::kw_import);
  const Nodes names = imported_names();
  auto* node = make<ast::ImportFrom>(first);
  node->module = module;
  node->names = names;
  node->level = level;
  return node;
}

Nodes Parser::imported_names() {
  std::vector<Node*> names;
  const Token& first = now();
  if (accept(T::star)) {
    auto* all = make<ast::alias>(first);
    all->name = "*";
    names.push_back(all);
    return tree_.copy(names);
  }
  const bool parenthesized = accept(T::left_paren);
  do {
    if (parenthesized && !names.empty() && is(T::right_paren)) break;
    const Token& item = now();
    const std::string_view word = name();
    const std::string_view as_name = accept(T::kw_as) ? name() : std::string_view();
    auto* node = make<ast::alias>(item);
    node->name = word;
    node->asname = as_name;
    names.push_back(node);
    if (!parenthesized && is(T::comma) && ahead().kind == T::newline)
      fail_here("trailing comma not allowed without surrounding parentheses");
  } while (accept(T::comma));
  if (parenthesized) expect(T::right_paren);
  return tree_.copy(names);
}

}  // namespace sov::transpiler
