// Atoms: names, numbers, constants, and everything in brackets.
#include <charconv>
#include <cstdlib>

#include "transpiler/syntax/integer.h"
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {

Node* Parser::atom() {
  const Token& first = now();
  switch (first.kind) {
    case T::name: {
      ++at_;
      auto* node = make<ast::Name>(first);
      node->id = identifier(first);
      return node;
    }
    case T::number:
      return number();
    case T::string:
      return strings();
    case T::left_paren:
      return parenthesized();
    case T::left_bracket:
      return list_display();
    case T::left_brace:
      return brace_display();
    case T::kw_None:
      return constant(ConstantKind::none);
    case T::kw_True:
      return constant(ConstantKind::boolean, true);
    case T::kw_False:
      return constant(ConstantKind::boolean);
    case T::ellipsis:
      return constant(ConstantKind::ellipsis);
    default:
      return unexpected();
  }
}

Node* Parser::constant(ConstantKind kind, bool value) {
  const Token& first = now();
  ++at_;
  auto* node = make<ast::Constant>(first);
  node->value.kind = kind;
  node->value.boolean = value;
  return node;
}

Node* Parser::number() {
  const Token& first = now();
  ++at_;
  auto* node = make<ast::Constant>(first);
  std::string digits;
  for (const char c : spelling(first)) {
    if (c != '_') digits += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  }
  const bool prefixed =
      digits.size() > 1 && digits[0] == '0' && digits[1] >= 'a' && digits[1] != 'e' && digits[1] != 'j';
  if (!prefixed && digits.find_first_of(".ej") != std::string::npos) {
    const bool imaginary = digits.back() == 'j';
    if (imaginary) digits.pop_back();
    node->value.kind = imaginary ? ConstantKind::imaginary : ConstantKind::real;
    node->value.real =
        std::strtod(digits.c_str(), nullptr);  // correctly rounded in glibc; overflow gives inf as in Python
    return node;
  }
  const std::optional<std::string> hex = integer_hex(digits);
  if (!hex) return fail_at(first, "the integer has more than 4300 decimal digits", "write it in hexadecimal");
  node->value.kind = ConstantKind::integer;
  node->value.text = tree_.keep(*hex);
  return node;
}

Node* Parser::parenthesized() {
  const Token& open = now();
  ++at_;
  return parenthesized_body(open, T::right_paren);
}

Node* Parser::parenthesized_body(const Token& open, T closing) {
  const auto close = [&] {
    if (closing == T::end ? !is(T::end) : !accept(closing))
      fail_here(strf("invalid syntax: {} does not continue the expression", token_phrase(now().kind)),
                "perhaps a comma or an operator is missing");
  };
  std::vector<Node*> items;
  if (is(closing)) {
    close();
  } else if (is(T::kw_yield)) {
    Node* value = yield_expression();
    close();
    return value;
  } else {
    Node* first = star_named_expression();
    if (at_comprehension()) {
      if (first->kind == Kind::Starred)
        return fail_at(*first, "iterable unpacking cannot be used in comprehension");
      const Nodes clauses = comprehension_clauses();
      close();
      auto* node = make<ast::GeneratorExp>(open);
      node->elt = first;
      node->generators = clauses;
      return node;
    }
    if (!is(T::comma)) {
      if (first->kind == Kind::Starred)
        return fail_at(*first, "cannot use starred expression here",
                       "a one-element tuple ends in a comma: (*x,)");
      close();
      return first;
    }
    items.push_back(first);
    while (accept(T::comma) && !is(closing)) items.push_back(star_named_expression());
    close();
  }
  auto* tuple = make<ast::Tuple>(open);
  tuple->elts = tree_.copy(items);
  return tuple;
}

Node* Parser::list_display() {
  const Token& open = now();
  ++at_;
  std::vector<Node*> items;
  while (!is(T::right_bracket) && !failed()) {
    items.push_back(star_named_expression());
    if (items.size() == 1 && at_comprehension()) {
      if (items[0]->kind == Kind::Starred)
        return fail_at(*items[0], "iterable unpacking cannot be used in comprehension");
      const Nodes clauses = comprehension_clauses();
      expect(T::right_bracket);
      auto* node = make<ast::ListComp>(open);
      node->elt = items[0];
      node->generators = clauses;
      return node;
    }
    if (!accept(T::comma)) break;
  }
  if (!is(T::right_bracket))
    fail_here(strf("expected ',' or ']', got {}", token_phrase(now().kind)), "perhaps a comma is missing");
  expect(T::right_bracket);
  auto* node = make<ast::List>(open);
  node->elts = tree_.copy(items);
  return node;
}

Node* Parser::brace_display() {
  const Token& open = now();
  ++at_;
  if (is(T::right_brace) || is(T::power)) return dict_display(open, nullptr);
  Node* first = star_named_expression();
  return is(T::colon) && first->kind != Kind::Starred ? dict_display(open, first) : set_display(open, first);
}

Node* Parser::dict_display(const Token& open, Node* first_key) {
  std::vector<Node*> keys, values;
  while (!is(T::right_brace) && !failed()) {
    const Token& item = now();
    if (first_key == nullptr && accept(T::power)) {
      keys.push_back(nullptr);
      values.push_back(binary(0));
    } else {
      keys.push_back(first_key != nullptr ? first_key : expression());
      expect(T::colon, "a dictionary item is key: value");
      values.push_back(expression());
      first_key = nullptr;
    }
    if (at_comprehension() && keys.size() == 1) {
      if (keys[0] == nullptr) return fail_at(item, "dict unpacking cannot be used in dict comprehension");
      const Nodes clauses = comprehension_clauses();
      expect(T::right_brace);
      auto* node = make<ast::DictComp>(open);
      node->key = keys[0];
      node->value = values[0];
      node->generators = clauses;
      return node;
    }
    if (!accept(T::comma)) break;
  }
  expect(T::right_brace, "perhaps a comma is missing");
  auto* node = make<ast::Dict>(open);
  node->keys = tree_.copy(keys);
  node->values = tree_.copy(values);
  return node;
}

Node* Parser::set_display(const Token& open, Node* first) {
  std::vector<Node*> items{first};
  if (at_comprehension()) {
    if (first->kind == Kind::Starred)
      return fail_at(*first, "iterable unpacking cannot be used in comprehension");
    const Nodes clauses = comprehension_clauses();
    expect(T::right_brace);
    auto* node = make<ast::SetComp>(open);
    node->elt = first;
    node->generators = clauses;
    return node;
  }
  while (accept(T::comma) && !is(T::right_brace)) items.push_back(star_named_expression());
  expect(T::right_brace, "perhaps a comma is missing");
  auto* node = make<ast::Set>(open);
  node->elts = tree_.copy(items);
  return node;
}

/// One or more `for targets in values if conditions`.
Nodes Parser::comprehension_clauses() {
  std::vector<Node*> clauses;
  while (at_comprehension()) {
    const Token& first = now();
    const bool is_async = accept(T::kw_async);
    ++at_;
    Node* target = target_list();
    expect(T::kw_in);
    Node* iter = disjunction();
    std::vector<Node*> conditions;
    while (accept(T::kw_if)) conditions.push_back(disjunction());
    auto* clause = make<ast::comprehension>(first);
    clause->target = target;
    clause->iter = iter;
    clause->ifs = tree_.copy(conditions);
    clause->is_async = is_async ? 1 : 0;
    clauses.push_back(clause);
  }
  return tree_.copy(clauses);
}

}  // namespace sov::transpiler
