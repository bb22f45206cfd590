// Statements with a body: if, while, for, with, try.
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {

/// A compound statement ends with the last token of its last block: a semicolon too.
void Parser::close(Node& node) const {
  size_t last = at_ > 0 ? at_ - 1 : 0;
  const auto is_layout = [](T kind) { return kind == T::newline || kind == T::indent || kind == T::dedent; };
  while (last > 0 && is_layout(tokens_[last].kind)) --last;
  node.place.end_line = tokens_[last].end_line;
  node.place.end_column = tokens_[last].end_column;
}

/// Null when a simple statement stands here.
Node* Parser::compound_statement() {
  if (too_deep()) return nullptr;
  const Token& first = now();
  switch (first.kind) {
    case T::kw_if:
      return if_statement();
    case T::kw_while:
      return while_statement();
    case T::kw_for:
      return for_statement(first, false);
    case T::kw_with:
      return with_statement(first, false);
    case T::kw_try:
      return try_statement();
    case T::kw_def:
      return function_definition(first, false, {});
    case T::kw_class:
      return class_definition(first, {});
    case T::at:
      return decorated();
    case T::kw_async:
      return async_statement();
    case T::name:
      return is_word("match") ? match_statement() : nullptr;
    default:
      return nullptr;
  }
}

/// ":" and the statements that belong to it, on the same line or indented.
Nodes Parser::block(std::string_view what) {
  std::vector<Node*> body;
  expect(T::colon, is(T::equal) ? "'==' compares" : "");
  if (failed()) return {};
  if (!accept(T::newline)) {
    simple_statements(body);
    return tree_.copy(body);
  }
  const Token& keyword = previous();
  if (!accept(T::indent)) {
    fail_here(strf("expected an indented block after {} on line {}", what, keyword.line),
              "a body that does nothing is: pass");
    return {};
  }
  while (!is(T::dedent) && !is(T::end)) statement(body);
  accept(T::dedent);
  return tree_.copy(body);
}

Nodes Parser::else_block(std::string_view what) {
  if (!accept(T::kw_else)) return {};
  return block(what);
}

Node* Parser::if_statement() {
  const Token& first = now();
  ast::If* top = nullptr;
  std::vector<ast::If*>
      chain;  // if and elifs: a loop, for a chain of thousands is no nesting to whoever wrote it
  const Token* start = &first;
  do {
    ++at_;
    Node* test = named_expression();
    auto* node = make<ast::If>(*start);
    node->test = test;
    node->body = block(chain.empty() ? "'if' statement" : "'elif' statement");
    close(*node);
    if (top == nullptr) top = node;
    chain.push_back(node);
    start = &now();
  } while (is(T::kw_elif));
  chain.back()->orelse = else_block("'else' statement");
  close(*chain.back());
  for (size_t i = chain.size() - 1; i-- > 0;) {
    chain[i]->orelse = tree_.copy(std::vector<Node*>{chain[i + 1]});
    close(*chain[i]);
  }
  return top;
}

Node* Parser::while_statement() {
  const Token& first = now();
  ++at_;
  Node* test = named_expression();
  auto* node = make<ast::While>(first);
  node->test = test;
  node->body = block("'while' statement");
  close(*node);
  node->orelse = else_block("'else' statement");
  close(*node);
  return node;
}

Node* Parser::for_statement(const Token& first, bool is_async) {
  expect(T::kw_for);
  Node* target = target_list();
  expect(T::kw_in);
  Node* iter = star_expressions();
  if (iter->kind == Kind::Starred) return fail_at(*iter, "can't use starred expression here");
  auto* node = make<ast::For>(first);
  node->target = target;
  node->iter = iter;
  node->is_async = is_async;
  node->body = block("'for' statement");
  close(*node);
  node->orelse = else_block("'else' statement");
  close(*node);
  return node;
}

Node* Parser::with_item() {
  Node* value = expression();
  Node* target = nullptr;
  if (accept(T::kw_as)) target = store(star_expression(), Ctx::Store);
  auto* item = make<ast::withitem>(*value);
  item->context_expr = value;
  item->optional_vars = target;
  return item;
}

/// The items up to the colon. False when they do not fit the form with or without parentheses.
bool Parser::with_items(std::vector<Node*>& items, bool parenthesized) {
  if (parenthesized) ++at_;
  do {
    if (parenthesized && !items.empty() && is(T::right_paren)) break;
    items.push_back(with_item());
  } while (accept(T::comma));
  if (parenthesized && !accept(T::right_paren)) return false;
  return is(T::colon) && !failed();
}

Node* Parser::with_statement(const Token& first, bool is_async) {
  expect(T::kw_with);
  std::vector<Node*> items;
  // "(" may open the list of items or the first item's expression: the first reading wins where it fits.
  const Saved saved = save();
  if (!is(T::left_paren) || !with_items(items, true)) {
    restore(saved);
    items.clear();
    with_items(items, false);
  }
  auto* node = make<ast::With>(first);
  node->items = tree_.copy(items);
  node->is_async = is_async;
  node->body = block("'with' statement");
  close(*node);
  return node;
}

Node* Parser::async_statement() {
  const Token& first = now();
  ++at_;
  switch (now().kind) {
    case T::kw_def:
      return function_definition(first, true, {});
    case T::kw_for:
      return for_statement(first, true);
    case T::kw_with:
      return with_statement(first, true);
    default:
      return fail_here("expected 'def', 'for' or 'with' after 'async'");
  }
}

Node* Parser::try_statement() {
  const Token& first = now();
  ++at_;
  auto* node = make<ast::Try>(first);
  node->body = block("'try' statement");
  close(*node);
  std::vector<Node*> handlers;
  bool star = false, catch_all = false;
  while (is(T::kw_except)) {
    if (catch_all) return fail_here("default 'except:' must be last");
    bool this_star = false;
    handlers.push_back(except_handler(this_star));
    if (failed()) return handlers.back();
    if (handlers.size() > 1 && star != this_star)
      return fail_here("cannot have both 'except' and 'except*' on the same 'try'");
    star = this_star;
    catch_all = as<ast::ExceptHandler>(*handlers.back()).type == nullptr;
    close(*node);
  }
  node->handlers = tree_.copy(handlers);
  node->is_star = star;
  if (!handlers.empty()) {
    node->orelse = else_block("'else' statement");
    close(*node);
  }
  if (accept(T::kw_finally)) {
    node->finalbody = block("'finally' statement");
    close(*node);
  } else if (handlers.empty()) {
    return fail_here("expected 'except' or 'finally' block");
  }
  return node;
}

Node* Parser::except_handler(bool& is_star) {
  const Token& first = now();
  ++at_;
  is_star = accept(T::star);
  Node* type = nullptr;
  std::string_view bound;
  if (is_star || !is(T::colon)) {
    type = expression();
    if (is(T::comma)) return fail_at(*type, "multiple exception types must be parenthesized");
    if (accept(T::kw_as)) bound = name();
  }
  auto* node = make<ast::ExceptHandler>(first);
  node->type = type;
  node->name = bound;
  node->body = block(is_star ? "'except*' statement" : "'except' statement");
  close(*node);
  return node;
}

}  // namespace sov::transpiler
