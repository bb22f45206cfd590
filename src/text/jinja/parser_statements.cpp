#include <algorithm>

#include "core/utf8.h"
#include "text/jinja/object.h"
#include "text/jinja/parser.h"

namespace sov::text::jinja {
namespace {

constexpr size_t kMaxSource = size_t{8} << 20;

StmtPtr make(StmtKind kind, int line) { return std::make_unique<Stmt>(kind, line); }

bool contains(std::initializer_list<std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool can_assign(const Expr& target) {
  if (target.kind == ExprKind::name || target.kind == ExprKind::ns_attr) return true;
  if (target.kind != ExprKind::tuple) return false;
  return std::all_of(target.items.begin(), target.items.end(),
                     [](const ExprPtr& item) { return can_assign(*item); });
}

bool mentions_loop(const Expr& target) {
  if (target.kind == ExprKind::name) return target.id == kLoop;
  return std::any_of(target.items.begin(), target.items.end(),
                     [](const ExprPtr& item) { return mentions_loop(*item); });
}

}  // namespace

Result<Template> parse_template(std::string_view source) {
  if (source.size() > kMaxSource) {
    return fail(Code::exhausted, "{} bytes of text, at most {} are read", source.size(), kMaxSource);
  }
  if (!utf8::is_valid(source)) return fail(Code::corrupt, "not valid UTF-8");
  TRY(std::vector<Token> tokens, tokenize(source));
  return Parser(std::move(tokens)).parse();
}

Parser::Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {
  for (const char* name : {"loop", "caller", "varargs", "kwargs"}) intern(name);
}

Result<Template> Parser::parse() {
  Template result;
  {
    const InFrame frame(*this, &result_hidden_);
    TRY(result.body, body_until({}));
  }
  resolve_frames();
  result.hidden = std::move(result_hidden_);
  if (!unknown_.empty()) return fail(Code::corrupt, "{}", unknown_.front());
  result.names = std::move(names_);
  return result;
}

int Parser::intern(const std::string& name) {
  const auto [it, added] = ids_.try_emplace(name, static_cast<int>(names_.size()));
  if (added) names_.push_back(name);
  return it->second;
}

ExprPtr Parser::name_node(const std::string& name, int line) {
  auto node = std::make_unique<Expr>(ExprKind::name, line);
  node->name = name;
  node->id = intern(name);
  return node;
}

void Parser::note_name(const Expr& node, bool read) {
  if (frame_ >= 0)
    frames_[static_cast<size_t>(frame_)].set_first.try_emplace(node.id, !read && branches_ == 0);
  if (node.id <= kLoop || node.id > kKwargs) return;
  for (SpecialNames& function : functions_) {
    if (!read) function.set[node.id] = true;
    if (read && !function.set[node.id]) function.read[node.id] = true;
  }
}

void Parser::note_targets(const Expr& target) {
  if (target.kind == ExprKind::name) note_name(target, false);
  if (target.kind == ExprKind::ns_attr) note_name(target, true);
  for (const ExprPtr& item : target.items) note_targets(*item);
}

void Parser::note_parameters(const Stmt& stmt) {
  for (const ExprPtr& parameter : stmt.exprs) note_name(*parameter, true);
}

Parser::InFrame::InFrame(Parser& parser, std::vector<int>* hidden, bool alone)
    : parser_(parser), outer_(parser.frame_), outer_branches_(std::exchange(parser.branches_, 0)) {
  parser.frame_ = static_cast<int>(parser.frames_.size());
  parser.frames_.push_back({alone ? -1 : outer_, hidden, {}});
}

Parser::InFrame::~InFrame() {
  parser_.frame_ = outer_;
  parser_.branches_ = outer_branches_;
}

void Parser::resolve_frames() {
  for (const Frame& frame : frames_) {
    for (const auto& [id, set_first] : frame.set_first) {
      if (!set_first) continue;
      bool outside = false;
      for (int at = frame.parent; at >= 0 && !outside; at = frames_[static_cast<size_t>(at)].parent) {
        outside = frames_[static_cast<size_t>(at)].set_first.contains(id);
      }
      if (!outside) frame.hidden->push_back(id);
    }
  }
}

Result<void> Parser::print_tag(Body& body) {
  advance();
  if (body.empty() || body.back()->kind != StmtKind::output) body.push_back(output_node());
  TRY(ExprPtr value, tuple(TupleMode::full));
  body.back()->exprs.push_back(std::move(value));
  return expect(TokenKind::variable_end, "end of print statement");
}

StmtPtr Parser::output_node() {
  StmtPtr stmt = make(StmtKind::output, now().line);
  stmt->escape = escape_;
  return stmt;
}

/// Statements up to a tag named in `ends` (which stays current), or to the end of the template if none is
/// named.
Result<Body> Parser::body_until(std::initializer_list<std::string_view> ends) {
  const Nest nest(*this);
  TRY(check_nesting());
  Body body;
  while (now().kind != TokenKind::end) {
    if (now().kind == TokenKind::data) {
      if (body.empty() || body.back()->kind != StmtKind::output) body.push_back(output_node());
      auto node = std::make_unique<Expr>(ExprKind::data, now().line);
      node->constant = std::shared_ptr<const Str>(std::make_shared<Str>(nullptr, now().text, Markup::no));
      body.back()->exprs.push_back(std::move(node));
      advance();
    } else if (now().kind == TokenKind::variable_begin) {
      TRY(print_tag(body));
    } else {
      TRY(expect(TokenKind::block_begin, "begin of statement block"));
      if (now().kind == TokenKind::name && contains(ends, now().text)) return body;
      TRY(StmtPtr stmt, statement());
      body.push_back(std::move(stmt));
      TRY(expect(TokenKind::block_end, "end of statement block"));
    }
  }
  if (ends.size() == 0) return body;
  return error("unexpected end of template; looking for '{}'", *(ends.end() - 1));
}

/// The body of a block tag: from the end of its opening tag to the end tag's name, which is passed.
Result<Body> Parser::block_body(std::initializer_list<std::string_view> ends) {
  skip_op(":");
  TRY(expect(TokenKind::block_end, "end of statement block"));
  return body_until(ends);
}

/// The same for what becomes a function: loops outside it cannot be left from inside.
Result<Body> Parser::function_body(Stmt& stmt, std::initializer_list<std::string_view> ends) {
  const Saved loops(loops_, 0);
  const Saved in_condition(conditional_, false);
  const InFrame frame(*this, &stmt.hidden, stmt.kind == StmtKind::block);
  note_parameters(stmt);
  functions_.emplace_back();
  for (const ExprPtr& parameter : stmt.exprs) {
    if (parameter->id == kVarargs || parameter->id == kKwargs) functions_.back().set[parameter->id] = true;
  }
  auto body = block_body(ends);
  const SpecialNames names = functions_.back();
  functions_.pop_back();
  stmt.escape = escape_;
  stmt.uses_caller = names.read[kCaller];
  stmt.uses_varargs = names.read[kVarargs];
  stmt.uses_kwargs = names.read[kKwargs];
  if (body) advance();
  return body;
}

Parser::StmtResult Parser::statement() {
  const Nest nest(*this);
  TRY(check_nesting());
  if (now().kind != TokenKind::name) return error("tag name expected, got {}", describe(now()));
  const std::string tag = now().text;
  if (tag == "for") return for_statement();
  if (tag == "if") return if_statement();
  if (tag == "set") return set_statement();
  if (tag == "with") return with_statement();
  if (tag == "macro") return macro_statement();
  if (tag == "call") return call_statement();
  if (tag == "generation") return generation_statement();
  if (tag == "filter") return filter_statement();
  if (tag == "autoescape") return autoescape_statement();
  if (tag == "block") return block_statement();
  if (tag == "print") return print_statement();
  if (tag == "break") return loop_control(StmtKind::break_);
  if (tag == "continue") return loop_control(StmtKind::continue_);
  if (tag == "include" || tag == "import" || tag == "extends" || tag == "from") {
    return fail(Code::unsupported, "line {}: {{% {} %}}: a chat template stands alone", now().line, tag);
  }
  return error("encountered unknown tag '{}'", tag);
}

Parser::ExprResult Parser::target(std::string_view end_name, bool with_namespace) {
  TRY(ExprPtr node, tuple(with_namespace ? TupleMode::namespace_targets : TupleMode::targets, end_name));
  if (!can_assign(*node)) return error("can't assign to this expression");
  return node;
}

Parser::StmtResult Parser::for_statement() {
  StmtPtr stmt = make(StmtKind::for_, now().line);
  advance();
  TRY(stmt->target, target("in", false));
  if (mentions_loop(*stmt->target)) return error("can't assign to the special variable 'loop' of a for-loop");
  if (!skip_name("in")) return error("expected 'in', got {}", describe(now()));
  TRY(stmt->value, tuple(TupleMode::no_conditional, "recursive"));
  if (skip_name("if")) {
    const InFrame frame(*this, &unused_hidden_);
    note_targets(*stmt->target);
    TRY(stmt->test, expression());
  }
  stmt->recursive = skip_name("recursive");
  stmt->escape = escape_;
  const Saved in_condition(conditional_, false);
  TRY(for_body(*stmt));
  const bool has_else = is_name("else");
  advance();
  if (has_else) {
    const InFrame frame(*this, &stmt->hidden_in_else);
    TRY(stmt->orelse, block_body({"endfor"}));
    advance();
  }
  return stmt;
}

Result<void> Parser::for_body(Stmt& stmt) {
  const InFrame frame(*this, &stmt.hidden);
  note_targets(*stmt.target);
  loops_++;
  auto body = block_body({"else", "endfor"});
  loops_--;
  TRY(stmt.body, std::move(body));
  return {};
}

Parser::StmtResult Parser::if_statement() {
  StmtPtr stmt = make(StmtKind::if_, now().line);
  const Saved in_condition(conditional_, true);
  const Saved branches(branches_, branches_ + 1);
  do {  // if, elif, elif, ...
    advance();
    TRY(ExprPtr test, tuple(TupleMode::no_conditional));
    TRY(Body body, block_body({"elif", "else", "endif"}));
    stmt->exprs.push_back(std::move(test));
    stmt->bodies.push_back(std::move(body));
  } while (is_name("elif"));
  const bool has_else = is_name("else");
  advance();
  if (has_else) {
    TRY(stmt->orelse, block_body({"endif"}));
    advance();
  }
  return stmt;
}

Parser::StmtResult Parser::set_statement() {
  const int line = now().line;
  advance();
  TRY(ExprPtr to, target({}, true));
  if (skip_op("=")) {
    StmtPtr stmt = make(StmtKind::set, line);
    stmt->target = std::move(to);
    TRY(stmt->value, tuple(TupleMode::full));
    note_targets(*stmt->target);
    return stmt;
  }
  StmtPtr stmt = make(StmtKind::set_block, line);
  stmt->target = std::move(to);
  stmt->escape = escape_;
  const Saved in_condition(conditional_, false);
  note_targets(*stmt->target);
  const InFrame frame(*this, &stmt->hidden);
  note_targets(*stmt->target);
  TRY(stmt->value, filter(nullptr));
  TRY(stmt->body, block_body({"endset"}));
  advance();
  return stmt;
}

Parser::StmtResult Parser::with_statement() {
  StmtPtr stmt = make(StmtKind::with, now().line);
  advance();
  while (now().kind != TokenKind::block_end) {
    if (!stmt->exprs.empty()) TRY(expect_op(","));
    TRY(ExprPtr to, target({}, false));
    TRY(expect_op("="));
    TRY(ExprPtr value, expression());
    stmt->exprs.push_back(std::move(to));
    stmt->values.push_back(std::move(value));
  }
  const Saved in_condition(conditional_, false);
  const InFrame frame(*this, &stmt->hidden);
  for (const ExprPtr& to : stmt->exprs) note_targets(*to);
  TRY(stmt->body, block_body({"endwith"}));
  advance();
  return stmt;
}

Result<void> Parser::signature(Stmt& stmt) {
  TRY(expect_op("("));
  while (!is_op(")")) {
    if (!stmt.exprs.empty()) TRY(expect_op(","));
    const int line = now().line;
    TRY(const std::string name, expect_name());
    ExprPtr parameter = name_node(name, line);
    if (stmt.exprs.size() >= kMaxArguments)
      return fail(Code::exhausted, "line {}: more than {} parameters", line, kMaxArguments);
    if (contains({"true", "false", "none", "True", "False", "None"}, parameter->name)) {
      return error("can't assign to '{}'", parameter->name);
    }
    for (const ExprPtr& other : stmt.exprs) {
      if (other->name == parameter->name) return error("duplicate argument '{}'", parameter->name);
    }
    if (skip_op("=")) {
      TRY(ExprPtr value, expression());
      stmt.values.push_back(std::move(value));
    } else if (!stmt.values.empty()) {
      return error("non-default argument follows default argument");
    }
    stmt.exprs.push_back(std::move(parameter));
  }
  return expect_op(")");
}

Parser::StmtResult Parser::macro_statement() {
  StmtPtr stmt = make(StmtKind::macro, now().line);
  advance();
  TRY(stmt->name, expect_name());
  stmt->id = intern(stmt->name);
  note_name(*name_node(stmt->name, stmt->line), false);
  TRY(signature(*stmt));
  TRY(stmt->body, function_body(*stmt, {"endmacro"}));
  return check_caller(std::move(stmt));
}

Parser::StmtResult Parser::call_statement() {
  StmtPtr stmt = make(StmtKind::call_block, now().line);
  advance();
  if (is_op("(")) TRY(signature(*stmt));
  TRY(stmt->value, expression());
  if (stmt->value->kind != ExprKind::call) return error("expected call");
  TRY(stmt->body, function_body(*stmt, {"endcall"}));
  return check_caller(std::move(stmt));
}

/// A parameter called `caller` must have a default: the caller is given by name, or not at all.
Parser::StmtResult Parser::check_caller(StmtPtr stmt) {
  const size_t without_default = stmt->exprs.size() - stmt->values.size();
  for (size_t i = 0; i < without_default && stmt->uses_caller; i++) {
    if (stmt->exprs[i]->id == kCaller)
      return error("the parameter 'caller' must be omitted or have a default");
  }
  return stmt;
}

/// {% generation %} marks what the assistant says; its body is rendered as that of a call block.
Parser::StmtResult Parser::generation_statement() {
  StmtPtr stmt = make(StmtKind::call_block, now().line);
  advance();
  TRY(stmt->body, function_body(*stmt, {"endgeneration"}));
  return stmt;
}

Parser::StmtResult Parser::filter_statement() {
  StmtPtr stmt = make(StmtKind::filter_block, now().line);
  advance();
  const Saved in_condition(conditional_, false);
  TRY(stmt->value, filter(nullptr, true));
  stmt->escape = escape_;
  const InFrame frame(*this, &stmt->hidden);
  TRY(stmt->body, block_body({"endfilter"}));
  advance();
  return stmt;
}

Parser::StmtResult Parser::autoescape_statement() {
  StmtPtr stmt = make(StmtKind::autoescape, now().line);
  advance();
  TRY(stmt->value, expression());
  const bool known = stmt->value->kind == ExprKind::constant;
  const Escape inside = !known                          ? Escape::at_run_time
                        : truthy(stmt->value->constant) ? Escape::yes
                                                        : Escape::no;
  const Saved escape(escape_, inside);
  const InFrame frame(*this, &stmt->hidden);
  const Saved in_condition(conditional_, false);
  TRY(stmt->body, block_body({"endautoescape"}));
  advance();
  return stmt;
}

Parser::StmtResult Parser::block_statement() {
  StmtPtr stmt = make(StmtKind::block, now().line);
  advance();
  TRY(stmt->name, expect_name());
  stmt->scoped = skip_name("scoped");
  stmt->required = skip_name("required");
  if (is_op("-")) return error("block names may not contain hyphens");
  if (!blocks_.insert(stmt->name).second) return error("block '{}' defined twice", stmt->name);
  TRY(stmt->body, function_body(*stmt, {"endblock"}));
  skip_name(stmt->name);
  return stmt;
}

Parser::StmtResult Parser::print_statement() {
  StmtPtr stmt = output_node();
  advance();
  while (now().kind != TokenKind::block_end) {
    if (!stmt->exprs.empty()) TRY(expect_op(","));
    TRY(ExprPtr value, expression());
    stmt->exprs.push_back(std::move(value));
  }
  return stmt;
}

Parser::StmtResult Parser::loop_control(StmtKind kind) {
  if (loops_ == 0) return error("'{}' outside loop", now().text);
  StmtPtr stmt = make(kind, now().line);
  advance();
  return stmt;
}

bool Parser::skip_op(std::string_view op) {
  if (!is_op(op)) return false;
  advance();
  return true;
}

bool Parser::skip_name(std::string_view name) {
  if (!is_name(name)) return false;
  advance();
  return true;
}

Result<void> Parser::expect_op(std::string_view op) {
  if (skip_op(op)) return {};
  return error("expected '{}', got {}", op, describe(now()));
}

Result<void> Parser::expect(TokenKind kind, std::string_view what) {
  if (now().kind != kind) return error("expected {}, got {}", what, describe(now()));
  advance();
  return {};
}

Result<std::string> Parser::expect_name() {
  if (now().kind != TokenKind::name) return error("expected a name, got {}", describe(now()));
  std::string name = now().text;
  advance();
  return name;
}

std::string Parser::describe(const Token& token) const {
  switch (token.kind) {
    case TokenKind::data:
      return "template text";
    case TokenKind::block_begin:
      return "begin of statement block";
    case TokenKind::block_end:
      return "end of statement block";
    case TokenKind::variable_begin:
      return "begin of print statement";
    case TokenKind::variable_end:
      return "end of print statement";
    case TokenKind::string:
      return "a string";
    case TokenKind::integer:
      return "an integer";
    case TokenKind::real:
      return "a float";
    case TokenKind::name:
    case TokenKind::op:
      return "'" + token.text + "'";
    case TokenKind::end:
      return "end of template";
  }
  return "?";
}

}  // namespace sov::text::jinja
