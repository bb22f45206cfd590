// The parser's frame: tokens, places, errors.
#include "transpiler/syntax/parser.h"

#include "core/stack.h"
#include "transpiler/parser.h"
#include "transpiler/syntax/checks.h"
#include "transpiler/syntax/identifier.h"

namespace sov::transpiler {

constexpr size_t kStackReserve = size_t{1} << 18;

Result<> Parser::run() {
  const auto size = static_cast<uint32_t>(source_.text().size());
  TRY(tokens_, tokenize(source_, {.begin = 0, .end = size}));
  std::vector<Node*> body;
  while (!is(T::end)) {
    if (is(T::newline))
      ++at_;
    else
      statement(body);
  }
  if (failed()) return fail(*error_);
  tree_.module = tree_.make<ast::Module>({});
  tree_.module->body = tree_.copy(body);
  return {};
}

Result<Tree> parse_python(SourceText source) {
  Tree tree(std::move(source));
  TRY(Parser(tree).run());
  TRY(check_placement(tree));
  return tree;
}

Result<Tree> parse_python(std::string name, std::string_view bytes) {
  TRY(SourceText source, SourceText::decode(std::move(name), bytes));
  return parse_python(std::move(source));
}

bool Parser::accept(T kind) {
  if (!is(kind) || kind == T::end) return false;
  ++at_;
  return true;
}

bool Parser::expect(T kind, std::string_view hint) {
  if (accept(kind)) return true;
  if (kind == T::colon || kind == T::indent)
    fail_here(strf("expected {}", token_phrase(kind)), hint);
  else if (kind == T::name && now().kind >= T::kw_False)
    fail_here(strf("'{}' is a keyword and cannot be a name", spelling(now())), hint);
  else
    fail_here(strf("expected {}, got {}", token_phrase(kind), token_phrase(now().kind)), hint);
  return false;
}

std::string_view Parser::spelling(const Token& token) const {
  return source_.text().substr(token.begin, token.end - token.begin);
}

Node* Parser::fail_at(const Token& token, std::string_view message, std::string_view hint) {
  return fail_place(token.line, token.column, message, hint);
}
Node* Parser::fail_at(const Node& node, std::string_view message, std::string_view hint) {
  return fail_place(node.place.line, node.place.column, message, hint);
}
Node* Parser::fail_place(uint32_t line, uint32_t column, std::string_view message, std::string_view hint) {
  if (failed()) return tree_.make<ast::Pass>({});
  return fail_with(source_.error(Code::corrupt, line, column, message, hint));
}
Node* Parser::fail_with(Error error) {
  if (!failed()) error_ = std::move(error);
  at_ = tokens_.size() - 1;
  return tree_.make<ast::Pass>({});
}

Node* Parser::unexpected() {
  const T kind = now().kind;
  if (kind == T::indent)
    return fail_here("unexpected indent", "only the body of a statement that ends in ':' is indented");
  if (kind == T::dedent) return fail_here("unexpected end of the block");
  if (kind == T::equal)
    return fail_here("invalid syntax: '=' assigns and has no value",
                     "'==' compares, ':=' assigns within an expression");
  return fail_here(strf("invalid syntax: an expression cannot begin with {}", token_phrase(kind)));
}

Place Parser::from(const Token& first) const {
  const Token& last = previous();
  return {first.line, first.column, last.end_line, last.end_column};
}
Place Parser::from(const Node& first) const {
  const Token& last = previous();
  return {first.place.line, first.place.column, last.end_line, last.end_column};
}

std::string_view Parser::identifier(const Token& token) {
  const std::string_view written = spelling(token);
  for (const char c : written) {
    if (static_cast<unsigned char>(c) >= 0x80) return tree_.keep(normalize_identifier(written));
  }
  return written;
}

std::string_view Parser::name() {
  const Token& token = now();
  return expect(T::name) ? identifier(token) : std::string_view("_");
}

bool Parser::too_deep() {
  if (stack_left() >= kStackReserve) return false;
  fail_with(source_.error(Code::exhausted, now().line, now().column, "nested too deeply"));
  return true;
}

}  // namespace sov::transpiler
