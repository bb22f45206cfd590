// The match statement and its patterns.
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {

/// `match` is a keyword only where a subject, a colon and an indented `case` follow; null otherwise.
Node* Parser::match_statement() {
  const Saved saved = save();
  const Token& first = now();
  ++at_;
  const T next = now().kind;
  if (next == T::newline || next == T::equal || next == T::dot || next == T::comma || next == T::colon ||
      next == T::right_paren) {
    restore(saved);
    return nullptr;
  }
  Node* subject = is(T::star) ? star_expressions() : named_expression();
  if (is(T::comma) && !failed()) {
    std::vector<Node*> items{subject};
    while (accept(T::comma) && !is(T::colon)) items.push_back(star_named_expression());
    auto* tuple = make<ast::Tuple>(*items[0]);
    tuple->elts = tree_.copy(items);
    subject = tuple;
  }
  const bool matches = !failed() && is(T::colon) && ahead().kind == T::newline &&
                       ahead(2).kind == T::indent && ahead(3).kind == T::name && spelling(ahead(3)) == "case";
  if (!matches) {
    restore(saved);
    return nullptr;
  }
  at_ += 3;
  auto* node = make<ast::Match>(first);
  node->subject = subject;
  std::vector<Node*> cases;
  while (is_word("case")) cases.push_back(match_case());
  if (!accept(T::dedent) && !failed()) return fail_here("expected 'case' or the end of the 'match' block");
  node->cases = tree_.copy(cases);
  close(*node);
  return node;
}

Node* Parser::match_case() {
  const Token& first = now();
  ++at_;
  Node* pattern = top_pattern();
  Node* guard = accept(T::kw_if) ? named_expression() : nullptr;
  auto* node = make<ast::match_case>(first);
  node->pattern = pattern;
  node->guard = guard;
  node->body = block("'case' statement");
  return node;
}

/// A pattern, or several separated by commas: a sequence without brackets.
Node* Parser::top_pattern() {
  const Token& first = now();
  Node* one = maybe_star_pattern();
  if (!is(T::comma)) {
    if (one->kind == Kind::MatchStar) return fail_at(*one, "a starred pattern must be in a sequence");
    return one;
  }
  std::vector<Node*> items{one};
  while (accept(T::comma) && !is(T::colon) && !is(T::kw_if)) items.push_back(maybe_star_pattern());
  auto* node = make<ast::MatchSequence>(first);
  node->patterns = tree_.copy(items);
  return node;
}

Node* Parser::maybe_star_pattern() {
  const Token& first = now();
  if (!accept(T::star)) return pattern();
  const std::string_view word = name();
  auto* node = make<ast::MatchStar>(first);
  node->name = word == "_" ? std::string_view() : word;
  return node;
}

Node* Parser::pattern() {
  if (too_deep()) return fail_here("");
  const Token& first = now();
  Node* inner = or_pattern();
  if (!accept(T::kw_as)) return inner;
  if (is_word("_")) return fail_here("cannot use '_' as a target");
  if (is(T::name) && (ahead().kind == T::dot || ahead().kind == T::left_paren))
    return fail_here("invalid pattern target");
  const std::string_view word = name();
  auto* node = make<ast::MatchAs>(first);
  node->pattern = inner;
  node->name = word;
  return node;
}

Node* Parser::or_pattern() {
  const Token& first = now();
  Node* one = closed_pattern();
  if (!is(T::bar)) return one;
  std::vector<Node*> items{one};
  while (accept(T::bar)) items.push_back(closed_pattern());
  auto* node = make<ast::MatchOr>(first);
  node->patterns = tree_.copy(items);
  return node;
}

Node* Parser::closed_pattern() {
  switch (now().kind) {
    case T::name:
      return name_pattern();
    case T::left_bracket:
      ++at_;
      return sequence_pattern(T::right_bracket);
    case T::left_paren:
      ++at_;
      return sequence_pattern(T::right_paren);
    case T::left_brace:
      return mapping_pattern();
    default:
      return literal_pattern();
  }
}

Node* Parser::literal_pattern() {
  const Token& first = now();
  if (is(T::kw_None) || is(T::kw_True) || is(T::kw_False)) {
    ConstantValue value;
    value.kind = is(T::kw_None) ? ConstantKind::none : ConstantKind::boolean;
    value.boolean = is(T::kw_True);
    ++at_;
    auto* node = make<ast::MatchSingleton>(first);
    node->value = value;
    return node;
  }
  Node* value = nullptr;
  if (is(T::string))
    value = strings();
  else if (is(T::number) || is(T::minus))
    value = signed_number();
  else
    return fail_here(strf("invalid pattern: it cannot begin with {}", token_phrase(now().kind)));
  if (value->kind == Kind::JoinedStr)
    return fail_at(*value, "patterns may only match literals and attribute lookups");
  auto* node = make<ast::MatchValue>(first);
  node->value = value;
  return node;
}

/// A number, with a sign or not, or a complex one written as a sum.
Node* Parser::signed_number() {
  const Token& first = now();
  const auto imaginary = [](Node* n) {
    auto* c = try_as<ast::Constant>(n);
    return c != nullptr && c->value.kind == ConstantKind::imaginary;
  };
  const bool negative = accept(T::minus);
  if (!is(T::number)) return fail_here("invalid pattern: expected a number");
  Node* value = number();
  const bool real = !imaginary(value);
  if (negative) {
    auto* node = make<ast::UnaryOp>(first);
    node->op = Op::USub;
    node->operand = value;
    value = node;
  }
  if (!is(T::plus) && !is(T::minus)) return value;
  if (!real) return fail_at(first, "real number required in complex literal");
  const Op op = is(T::plus) ? Op::Add : Op::Sub;
  ++at_;
  if (!is(T::number)) return fail_here("imaginary number required in complex literal");
  Node* right = number();
  if (!imaginary(right)) return fail_at(*right, "imaginary number required in complex literal");
  auto* node = make<ast::BinOp>(first);
  node->left = value;
  node->op = op;
  node->right = right;
  return node;
}

/// A capture, the wildcard, a dotted value, or a class.
Node* Parser::name_pattern() {
  const Token& first = now();
  const std::string_view word = name();
  if (!is(T::dot) && !is(T::left_paren)) {
    auto* node = make<ast::MatchAs>(first);
    node->name = word == "_" ? std::string_view() : word;
    return node;
  }
  auto* base = make<ast::Name>(first);
  base->id = word;
  Node* value = base;
  while (accept(T::dot)) {
    const std::string_view attr = name();
    auto* node = make<ast::Attribute>(first);
    node->value = value;
    node->attr = attr;
    value = node;
  }
  if (accept(T::left_paren)) return class_pattern(value);
  auto* node = make<ast::MatchValue>(first);
  node->value = value;
  return node;
}

/// After the opening bracket. A single pattern in parentheses without a comma is a group.
Node* Parser::sequence_pattern(T closing) {
  const Token& open = previous();
  std::vector<Node*> items;
  bool comma = false;
  while (!is(closing) && !failed()) {
    items.push_back(maybe_star_pattern());
    comma = accept(T::comma);
    if (!comma) break;
  }
  expect(closing);
  if (closing == T::right_paren && items.size() == 1 && !comma && items[0]->kind != Kind::MatchStar)
    return items[0];
  if (closing == T::right_paren && items.size() == 1 && !comma)
    return fail_at(*items[0], "a starred pattern must be in a sequence");
  auto* node = make<ast::MatchSequence>(open);
  node->patterns = tree_.copy(items);
  return node;
}

Node* Parser::mapping_key() {
  if (is(T::name)) {
    const Token& first = now();
    Node* value = name_pattern();
    if (auto* found = try_as<ast::MatchValue>(value)) return found->value;
    return fail_at(first, "mapping pattern keys may only match literals and attribute lookups");
  }
  Node* value = literal_pattern();
  if (auto* found = try_as<ast::MatchValue>(value)) return found->value;
  if (auto* found = try_as<ast::MatchSingleton>(value)) {
    auto* constant = tree_.make<ast::Constant>(found->place);
    constant->value = found->value;
    return constant;
  }
  return value;
}

Node* Parser::mapping_pattern() {
  const Token& open = now();
  ++at_;
  std::vector<Node*> keys, patterns;
  std::string_view rest;
  while (!is(T::right_brace) && !failed()) {
    if (accept(T::power)) {
      if (is_word("_")) return fail_here("invalid syntax: '**_' matches nothing that '**' could not");
      rest = name();
      accept(T::comma);
      break;
    }
    keys.push_back(mapping_key());
    expect(T::colon);
    patterns.push_back(pattern());
    if (!accept(T::comma)) break;
  }
  expect(T::right_brace);
  auto* node = make<ast::MatchMapping>(open);
  node->keys = tree_.copy(keys);
  node->patterns = tree_.copy(patterns);
  node->rest = rest;
  return node;
}

Node* Parser::class_pattern(Node* cls) {
  std::vector<Node*> patterns, keyword_patterns;
  std::vector<std::string_view> keywords;
  while (!is(T::right_paren) && !failed()) {
    if (is(T::name) && ahead().kind == T::equal) {
      keywords.push_back(name());
      ++at_;
      keyword_patterns.push_back(pattern());
    } else {
      if (!keywords.empty()) return fail_here("positional patterns follow keyword patterns");
      patterns.push_back(pattern());
    }
    if (!accept(T::comma)) break;
  }
  expect(T::right_paren);
  auto* node = make<ast::MatchClass>(*cls);
  node->cls = cls;
  node->patterns = tree_.copy(patterns);
  node->kwd_attrs = tree_.copy(keywords);
  node->kwd_patterns = tree_.copy(keyword_patterns);
  return node;
}

}  // namespace sov::transpiler
