// Functions, classes, their decorators and parameters.
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {

Node* Parser::decorated() {
  std::vector<Node*> decorators;
  while (accept(T::at)) {
    decorators.push_back(named_expression());
    expect(T::newline);
  }
  const Token& first = now();
  if (is(T::kw_class)) return class_definition(first, tree_.copy(decorators));
  const bool is_async = accept(T::kw_async);
  if (!is(T::kw_def))
    return fail_here("a decorator belongs to a function or a class", "expected 'def' or 'class'");
  return function_definition(first, is_async, tree_.copy(decorators));
}

Node* Parser::function_definition(const Token& first, bool is_async, Nodes decorators) {
  expect(T::kw_def);
  const std::string_view word = name();
  expect(T::left_paren);
  Node* args = parameters(T::right_paren, Annotated::yes);
  expect(T::right_paren);
  Node* returns = accept(T::arrow) ? expression() : nullptr;
  auto* node = make<ast::FunctionDef>(first);
  node->name = word;
  node->args = args;
  node->returns = returns;
  node->decorator_list = decorators;
  node->is_async = is_async;
  node->body = block("function definition");
  close(*node);
  return node;
}

Node* Parser::class_definition(const Token& first, Nodes decorators) {
  expect(T::kw_class);
  const std::string_view word = name();
  std::vector<Node*> bases, keywords;
  const Token& open = now();
  if (accept(T::left_paren)) arguments(T::right_paren, bases, keywords, open);
  auto* node = make<ast::ClassDef>(first);
  node->name = word;
  node->bases = tree_.copy(bases);
  node->keywords = tree_.copy(keywords);
  node->decorator_list = decorators;
  node->body = block("class definition");
  close(*node);
  return node;
}

Node* Parser::parameters(T closing, Annotated annotated) {
  const Token& first = now();
  Parameters all;
  while (!is(closing) && !failed()) {
    if (!parameter(all, closing, annotated) || !accept(T::comma)) break;
  }
  if (!is(closing))
    fail_here(strf("invalid syntax in the parameters: got {}", token_phrase(now().kind)),
              "perhaps a comma is missing");
  if (all.seen_star && all.vararg == nullptr && all.kwonly.empty())
    fail_at(first, "named arguments must follow bare *");
  auto* node = tree_.make<ast::arguments>(from(first));
  node->posonlyargs = tree_.copy(all.posonly);
  node->args = tree_.copy(all.args);
  node->vararg = all.vararg;
  node->kwonlyargs = tree_.copy(all.kwonly);
  node->kw_defaults = tree_.copy(all.kw_defaults);
  node->kwarg = all.kwarg;
  node->defaults = tree_.copy(all.defaults);
  return node;
}

/// One parameter or separator. False when nothing may follow.
bool Parser::parameter(Parameters& all, T closing, Annotated annotated) {
  if (all.kwarg != nullptr) {
    fail_here("arguments cannot follow var-keyword argument");
    return false;
  }
  if (accept(T::slash)) {
    if (all.seen_slash) fail_here("/ may appear only once");
    if (all.seen_star) fail_here("/ must be ahead of *");
    if (all.args.empty()) fail_here("at least one argument must precede /");
    all.seen_slash = true;
    all.posonly = std::move(all.args);
    all.args.clear();
    return true;
  }
  if (accept(T::power)) {
    all.kwarg = arg(annotated);
    if (is(T::equal)) fail_here("var-keyword argument cannot have default value");
    return true;
  }
  if (is(T::star))
    star_parameter(all, closing, annotated);
  else
    plain_parameter(all, annotated);
  return true;
}

void Parser::star_parameter(Parameters& all, T closing, Annotated annotated) {
  if (all.seen_star) fail_here("* argument may appear only once");
  ++at_;
  all.seen_star = true;
  if (is(T::comma)) {
    if (ahead().kind == closing || ahead().kind == T::power) fail_here("named arguments must follow bare *");
    return;
  }
  if (is(closing)) {
    fail_here("named arguments must follow bare *");
    return;
  }
  all.vararg = arg(annotated, true);
  if (is(T::equal)) fail_here("var-positional argument cannot have default value");
}

void Parser::plain_parameter(Parameters& all, Annotated annotated) {
  const Token& first = now();
  Node* parameter = arg(annotated);
  Node* value = accept(T::equal) ? expression() : nullptr;
  if (all.seen_star) {
    all.kwonly.push_back(parameter);
    all.kw_defaults.push_back(value);
    return;
  }
  if (value != nullptr)
    all.defaults.push_back(value);
  else if (!all.defaults.empty())
    fail_at(first, "non-default argument follows default argument");
  all.args.push_back(parameter);
}

Node* Parser::arg(Annotated annotated, bool starred) {
  const Token& first = now();
  const std::string_view word = name();
  Node* annotation = nullptr;
  if (annotated == Annotated::yes && accept(T::colon))
    annotation = starred ? star_expression() : expression();
  auto* node = make<ast::Arg>(first);
  node->arg = word;
  node->annotation = annotation;
  return node;
}

}  // namespace sov::transpiler
