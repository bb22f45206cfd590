#pragma once
// Tokens to a tree. Grammar: jinja 3.1's template designer documentation, with the loop controls and the
// {% generation %} tag that transformers enables. Nesting is bounded.

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/result.h"
#include "text/jinja/ast.h"
#include "text/jinja/lexer.h"

namespace sov::text::jinja {

/// Errors: corrupt with line and column; unsupported: include, import, extends; exhausted: nested too deeply
/// or too long.
Result<Template> parse_template(std::string_view source);

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens);
  Result<Template> parse();

 private:
  static constexpr int kMaxNesting = 200;
  static constexpr size_t kMaxArguments = 1000;  // of one call or macro: names are compared pair by pair
  using ExprResult = Result<ExprPtr>;
  using StmtResult = Result<StmtPtr>;

  // Statements (parser_statements.cpp).
  Result<Body> body_until(std::initializer_list<std::string_view> ends);
  Result<Body> block_body(std::initializer_list<std::string_view> ends);
  Result<void> print_tag(Body& body);
  StmtResult statement();
  StmtPtr output_node();
  StmtResult for_statement();
  Result<void> for_body(Stmt& stmt);
  StmtResult if_statement();
  StmtResult set_statement();
  StmtResult with_statement();
  StmtResult macro_statement();
  StmtResult call_statement();
  StmtResult generation_statement();
  StmtResult filter_statement();
  StmtResult autoescape_statement();
  StmtResult block_statement();
  StmtResult print_statement();
  StmtResult check_caller(StmtPtr stmt);
  StmtResult loop_control(StmtKind kind);
  Result<void> signature(Stmt& stmt);
  /// What is assigned to; the caller notes its names, since jinja looks at the value first.
  ExprResult target(std::string_view end_name, bool with_namespace);
  Result<Body> function_body(Stmt& stmt, std::initializer_list<std::string_view> ends);

  // Expressions (parser_expressions.cpp).
  ExprResult expression(bool with_conditional = true);
  ExprResult conditional();
  ExprResult logical_or();
  ExprResult logical_and();
  ExprResult logical_not();
  ExprResult comparison();
  ExprResult sum();
  ExprResult concatenation();
  ExprResult product();
  ExprResult power();
  ExprResult unary(bool with_filter = true);
  ExprResult primary(bool with_namespace = false);
  ExprResult name_or_constant(bool with_namespace);
  ExprResult list();
  ExprResult dict();
  enum class TupleMode { full, no_conditional, targets, namespace_targets };
  ExprResult tuple(TupleMode mode, std::string_view end_name = {}, bool parenthesised = false);
  bool tuple_ends(std::string_view end_name) const;
  ExprResult postfix(ExprPtr node);
  ExprResult filters_and_tests(ExprPtr node);
  ExprResult subscript(ExprPtr node);
  ExprResult bracket_item(ExprPtr node);
  ExprResult slice_part(bool& is_slice, std::vector<ExprPtr>& parts);
  Result<std::unique_ptr<CallArgs>> call_args();
  Result<void> call_arg(CallArgs& args, int line);
  ExprResult call(ExprPtr node);
  ExprResult filter(ExprPtr node, bool start_inline = false);
  ExprResult test(ExprPtr node);
  Result<std::string> dotted_name();
  void note_unknown(std::string_view what, const Expr& node);
  /// Sets the node's depth from its children. Errors: exhausted when the tree is too deep.
  ExprResult finish(ExprPtr node);

  // Tokens.
  const Token& now() const { return tokens_[at_]; }
  const Token& after() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  void advance() {
    if (at_ + 1 < tokens_.size()) at_++;
  }
  bool is_op(std::string_view op) const { return now().kind == TokenKind::op && now().text == op; }
  bool is_name(std::string_view name) const { return now().kind == TokenKind::name && now().text == name; }
  bool skip_op(std::string_view op);
  bool skip_name(std::string_view name);
  Result<void> expect_op(std::string_view op);
  Result<void> expect(TokenKind kind, std::string_view what);
  Result<std::string> expect_name();
  int intern(const std::string& name);
  ExprPtr name_node(const std::string& name, int line);
  /// Notes that the function bodies around here read (or set) caller, varargs or kwargs.
  void note_name(const Expr& node, bool read);
  void note_targets(const Expr& target);
  void note_parameters(const Stmt& stmt);
  template <typename... Parts>
  tl::unexpected<Error> error(fmt::format_string<Parts...> pattern, Parts&&... parts) const {
    return fail(Code::corrupt, "line {} column {}: {}", now().line, now().column,
                strf(pattern, std::forward<Parts>(parts)...));
  }
  std::string describe(const Token& token) const;

  /// Counts nesting of statements and expressions while it lives.
  class Nest {
   public:
    explicit Nest(Parser& parser) : parser_(parser) { parser_.nesting_++; }
    ~Nest() { parser_.nesting_--; }
    Nest(const Nest&) = delete;
    Nest& operator=(const Nest&) = delete;

   private:
    Parser& parser_;
  };
  Result<void> check_nesting() const;

  /// The names of one scope in the order in which they are met. jinja decides when it compiles what a name
  /// means: one that is set before it is read, in a scope whose outer scopes do not mention it, hides the
  /// variable of the context even before it is set (in the scopes within, and in the block that sets it).
  struct Frame {
    int parent = -1;
    std::vector<int>* hidden = nullptr;  // where the result goes
    std::unordered_map<int, bool> set_first;
  };
  class InFrame {
   public:
    InFrame(Parser& parser, std::vector<int>* hidden, bool alone = false);
    ~InFrame();
    InFrame(const InFrame&) = delete;
    InFrame& operator=(const InFrame&) = delete;

   private:
    Parser& parser_;
    int outer_;
    int outer_branches_;
  };
  void resolve_frames();
  /// Restores a member when the scope ends.
  template <typename T>
  class Saved {
   public:
    Saved(T& member, T value) : member_(member), old_(std::exchange(member, value)) {}
    ~Saved() { member_ = old_; }
    Saved(const Saved&) = delete;
    Saved& operator=(const Saved&) = delete;

   private:
    T& member_;
    T old_;
  };
  /// Which of the special names the body of a function reads before it sets them.
  struct SpecialNames {
    bool read[4] = {};
    bool set[4] = {};
  };

  std::vector<Token> tokens_;
  size_t at_ = 0;
  int nesting_ = 0;
  int loops_ = 0;  // loops around the current statement, within its function
  // An unknown filter or test is an error when parsed, but under a condition only when it runs.
  bool conditional_ = false;
  std::vector<std::string> unknown_;  // errors of unknown filters and tests outside conditions
  bool in_target_ = false;            // names being parsed are assigned to
  Escape escape_ = Escape::no;
  std::vector<SpecialNames> functions_;
  std::vector<Frame> frames_;
  std::vector<int> result_hidden_, unused_hidden_;
  int frame_ = -1;    // the current one
  int branches_ = 0;  // conditional branches around, within the frame
  std::unordered_map<std::string, int> ids_;
  std::unordered_set<std::string> blocks_;
  std::vector<std::string> names_;
};

}  // namespace sov::text::jinja
