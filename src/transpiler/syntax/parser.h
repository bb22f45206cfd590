#pragma once
// The recursive-descent parser. An error is recorded once and moves the parser to the end of its tokens,
// where every rule falls through: rules need not check their parts, and never see a null node where one must
// be.

#include <optional>

#include "transpiler/ast.h"
#include "transpiler/syntax/token.h"

namespace sov::transpiler {

class Parser {
 public:
  explicit Parser(Tree& tree) : tree_(tree), source_(tree.source()) {}
  Result<> run();

 private:
  // Tokens.
  const Token& now() const { return tokens_[at_]; }
  const Token& ahead(size_t n = 1) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
  const Token& previous() const { return tokens_[at_ > 0 ? at_ - 1 : 0]; }
  bool is(T kind) const { return now().kind == kind; }
  bool accept(T kind);
  /// Consumes the token or fails with "expected ...".
  bool expect(T kind, std::string_view hint = {});
  std::string_view spelling(const Token& token) const;
  bool is_word(std::string_view word) const { return is(T::name) && spelling(now()) == word; }
  bool failed() const { return error_.has_value(); }

  // Errors.
  Node* fail_here(std::string_view message, std::string_view hint = {}) {
    return fail_at(now(), message, hint);
  }
  Node* fail_at(const Token& token, std::string_view message, std::string_view hint = {});
  Node* fail_at(const Node& node, std::string_view message, std::string_view hint = {});
  Node* fail_place(uint32_t line, uint32_t column, std::string_view message, std::string_view hint);
  Node* fail_with(Error error);
  Node* unexpected();

  // Making nodes: the place runs from the first token (or node) to the token before the current one.
  Place from(const Token& first) const;
  Place from(const Node& first) const;
  template <typename N, typename First>
  N* make(const First& first) {
    return tree_.make<N>(from(first));
  }
  void close(Node& node) const;
  std::string_view identifier(const Token& token);
  /// The name here, or an error.
  std::string_view name();

  // Statements (statements.cpp, compound.cpp, definitions.cpp).
  void statement(std::vector<Node*>& out);
  void simple_statements(std::vector<Node*>& out);
  Node* simple_statement();
  Node* compound_statement();
  Node* expression_statement();
  Node* assignment(const Token& first, Node* target);
  Node* annotated(const Token& first, Node* target);
  Node* augmented(const Token& first, Node* target, Op op);
  Node* return_statement();
  Node* raise_statement();
  Node* global_statement();
  Node* del_statement();
  Node* assert_statement();
  Node* import_statement();
  Node* from_statement();
  Nodes imported_names();
  Node* dotted_alias();
  std::string_view dotted_name();
  Node* if_statement();
  Node* while_statement();
  Node* for_statement(const Token& first, bool is_async);
  Node* with_statement(const Token& first, bool is_async);
  bool with_items(std::vector<Node*>& items, bool parenthesized);
  Node* with_item();
  Node* try_statement();
  Node* except_handler(bool& is_star);
  Node* async_statement();
  Node* decorated();
  Node* function_definition(const Token& first, bool is_async, Nodes decorators);
  Node* class_definition(const Token& first, Nodes decorators);
  Node* match_statement();
  Node* match_case();
  Nodes block(std::string_view what);
  Nodes else_block(std::string_view what);

  // Parameters.
  struct Parameters {
    std::vector<Node*> posonly, args, kwonly, kw_defaults, defaults;
    Node* vararg = nullptr;
    Node* kwarg = nullptr;
    bool seen_star = false, seen_slash = false;
  };
  enum class Annotated { no, yes };
  Node* parameters(T closing, Annotated annotated);
  bool parameter(Parameters& all, T closing, Annotated annotated);
  void star_parameter(Parameters& all, T closing, Annotated annotated);
  void plain_parameter(Parameters& all, Annotated annotated);
  Node* arg(Annotated annotated, bool starred = false);

  // Expressions (expressions.cpp, atoms.cpp, strings.cpp).
  Node* star_expressions();
  Node* star_expression();
  Node* star_named_expression();
  Node* named_expression();
  Node* expression();
  Node* ternary();
  Node* disjunction();
  Node* bool_chain(T word, Op op);
  Node* inversion();
  Node* comparison();
  std::optional<Op> comparison_operator();
  Node* binary(int lowest);
  Node* factor();
  Node* power();
  Node* primary();
  Node* atom();
  Node* lambda();
  Node* yield_expression();
  Node* call(const Node& callee);
  void arguments(T closing, std::vector<Node*>& args, std::vector<Node*>& keywords, const Token& open);
  void argument(std::vector<Node*>& args, std::vector<Node*>& keywords, bool& unpacked, const Token& open);
  Node* subscript(Node* value);
  Node* slice();
  Node* parenthesized();
  /// What may stand between parentheses, up to `closing`. `open` is the place of the tuple or generator.
  Node* parenthesized_body(const Token& open, T closing);
  Node* list_display();
  Node* brace_display();
  Node* dict_display(const Token& open, Node* first_key);
  Node* set_display(const Token& open, Node* first);
  Nodes comprehension_clauses();
  bool at_comprehension() const { return is(T::kw_for) || (is(T::kw_async) && ahead().kind == T::kw_for); }
  Node* target_list();
  Node* number();
  Node* constant(ConstantKind kind, bool value = false);

  // Strings.
  struct StringPart {
    bool raw = false, bytes = false, format = false, unicode = false;
    uint32_t begin = 0, end = 0;  // the body
  };
  struct Pieces {  // of a JoinedStr
    std::vector<Node*> values;
    std::string text;  // literal not yet in values
    bool unicode = false;
  };
  Node* strings();
  StringPart string_part(const Token& token) const;
  bool decode_escapes(const StringPart& part, uint32_t begin, uint32_t end, std::string& out);
  bool escape(const StringPart& part, uint32_t& at, uint32_t end, std::string& out);
  bool numeric_escape(uint32_t& at, uint32_t end, int digits, std::string& out, bool as_byte);
  bool named_escape(uint32_t& at, uint32_t end, std::string& out);
  void format_pieces(const StringPart& part, uint32_t& at, int level, const Token& first, Pieces& out);
  void replacement_field(const StringPart& part, uint32_t& at, int level, const Token& first, Pieces& out);
  uint32_t expression_end(const StringPart& part, uint32_t at);
  Node* embedded_expression(uint32_t begin, uint32_t end);
  void flush_text(Pieces& pieces, const Token& first);
  Node* fail_byte(uint32_t at, std::string_view message, std::string_view hint = {});

  // Targets (targets.cpp).
  Node* store(Node* target, Ctx ctx, std::string_view verb = "assign to");
  Node* reject_target(const Node& node, std::string_view verb);

  // Patterns (patterns.cpp).
  Node* top_pattern();
  Node* pattern();
  Node* or_pattern();
  Node* closed_pattern();
  Node* maybe_star_pattern();
  Node* literal_pattern();
  Node* signed_number();
  Node* name_pattern();
  Node* sequence_pattern(T closing);
  Node* mapping_pattern();
  Node* class_pattern(Node* cls);
  Node* mapping_key();

  struct Saved {
    size_t at;
    std::optional<Error> error;
  };
  Saved save() const { return {at_, error_}; }
  void restore(const Saved& saved) {
    at_ = saved.at;
    error_ = saved.error;
  }

  /// Bounds recursion by what is left of the stack.
  bool too_deep();

  Tree& tree_;
  const SourceText& source_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  std::optional<Error> error_;
};

}  // namespace sov::transpiler
