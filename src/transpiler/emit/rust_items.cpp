#include "transpiler/emit/rust_items.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sov::transpiler {
namespace {

enum class Token : unsigned char { end, word, number, text, lifetime, mark };

/// ASCII only: the locale's tables cost a call a character.
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c); }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Tokens without spaces and comments.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) { next(); }

  Token kind() const { return kind_; }
  std::string_view word() const { return text_.substr(begin_, end_ - begin_); }
  bool is(std::string_view what) const { return kind_ != Token::text && word() == what; }
  size_t begin() const { return begin_; }
  size_t end() const { return end_; }

  void next() {
    skip_space();
    begin_ = at_;
    if (at_ >= text_.size()) {
      kind_ = Token::end;
    } else if (const char c = text_[at_]; raw_text()) {
      kind_ = Token::text;
    } else if (c == '"' || (c == 'b' && peek(1) == '"')) {
      quoted(c == 'b' ? at_ + 1 : at_, '"');
    } else if (c == '\'' || (c == 'b' && peek(1) == '\'')) {
      quote(c == 'b' ? at_ + 1 : at_);
    } else if (is_digit(c)) {
      kind_ = Token::number;
      while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    } else if (is_word(c)) {
      kind_ = Token::word;
      while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    } else {
      kind_ = Token::mark;
      at_ += c == ':' && peek(1) == ':' ? 2 : (c == '-' || c == '=') && peek(1) == '>' ? 2 : 1;
    }
    end_ = at_;
  }

 private:
  char peek(size_t n) const { return at_ + n < text_.size() ? text_[at_ + n] : '\0'; }

  void skip_space() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_]))
        ++at_;
      else if (text_[at_] == '/' && peek(1) == '/')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (text_[at_] == '/' && peek(1) == '*')
        at_ = std::min(text_.find("*/", at_), text_.size() - 2) + 2;
      else
        return;
    }
  }
  /// r"..", r#".."#, br"..".
  bool raw_text() {
    size_t at = at_ + (text_[at_] == 'b' ? 1 : 0);
    if (at >= text_.size() || text_[at] != 'r') return false;
    size_t hashes = 0;
    while (++at < text_.size() && text_[at] == '#') ++hashes;
    if (at >= text_.size() || text_[at] != '"') return false;
    const std::string close = '"' + std::string(hashes, '#');
    at_ = std::min(text_.find(close, at + 1), text_.size() - close.size()) + close.size();
    return true;
  }
  void quoted(size_t from, char close) {
    kind_ = Token::text;
    at_ = from + 1;
    while (at_ < text_.size() && text_[at_] != close) at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
  }
  /// A character or a lifetime.
  void quote(size_t from) {
    size_t end = from + 1;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const bool character = end >= text_.size() || text_[end] == '\'' || end == from + 1;
    if (character) return quoted(from, '\'');
    kind_ = Token::lifetime;
    at_ = end;
  }

  std::string_view text_;
  size_t at_ = 0, begin_ = 0, end_ = 0;
  Token kind_ = Token::end;
};

constexpr std::string_view kKeywords[] = {
    "as",   "break", "const",  "continue", "crate", "dyn",   "else",   "enum",   "extern", "false",
    "fn",   "for",   "if",     "impl",     "in",    "let",   "loop",   "match",  "mod",    "move",
    "mut",  "pub",   "ref",    "return",   "self",  "Self",  "static", "struct", "super",  "trait",
    "true", "type",  "unsafe", "use",      "where", "while", "async",  "await"};

bool is_keyword(std::string_view word) {
  return word.size() <= 6 && std::ranges::find(kKeywords, word) != std::end(kKeywords);
}

void mentions_in(std::string_view text, std::vector<RustName>& out) {
  Scanner scan(text);
  std::string_view before, qualifier, outer;  // the token before; the words before `::`, nearest first
  bool path = false;
  for (; scan.kind() != Token::end; scan.next()) {
    const std::string_view word = scan.word();
    if (scan.kind() == Token::word) {
      if (!path) qualifier = outer = {};
      // The end of a range is no member: 0..arith::div(n, 2).
      const bool range = scan.begin() >= 2 && text[scan.begin() - 1] == '.' && text[scan.begin() - 2] == '.';
      if (!is_keyword(word))
        out.push_back({word, path ? qualifier : std::string_view{}, before == "." && !range,
                       outer == "super" || outer == "rt"});
      outer = path ? qualifier : std::string_view{};
      qualifier = word;
    }
    path = word == "::" && scan.kind() == Token::mark;
    before = scan.kind() == Token::text ? std::string_view{} : word;
  }
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text), scan_(text) {}

  std::vector<RustItem> all() {
    std::vector<RustItem> out;
    while (scan_.kind() != Token::end) {
      const size_t before = scan_.begin();
      if (std::optional<RustItem> item = one()) out.push_back(std::move(*item));
      if (scan_.kind() != Token::end && scan_.begin() == before) scan_.next();
    }
    return out;
  }

 private:
  std::string_view since(size_t from) const { return text_.substr(from, last_ - from); }
  void advance() {
    last_ = scan_.end();
    scan_.next();
  }
  /// Steps over one bracketed group, or one token.
  void group() {
    int depth = 0;
    do {
      if (scan_.kind() == Token::mark) {
        const char c = scan_.word()[0];
        depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      }
      advance();
    } while (depth > 0 && scan_.kind() != Token::end);
  }
  void to_semicolon() {
    while (scan_.kind() != Token::end && !scan_.is(";")) group();
    if (scan_.is(";")) advance();
  }
  /// To the end of the first {..}, or a semicolon before it.
  void to_block() {
    while (scan_.kind() != Token::end && !scan_.is("{") && !scan_.is(";")) group();
    group();
  }

  /// Where the `///` lines right before `begin` start.
  size_t with_doc(size_t begin) const {
    for (;;) {
      const size_t line_start = text_.rfind('\n', begin) + 1;
      if (line_start == 0 || text_.find_first_not_of(' ', line_start) != begin) return begin;
      const size_t above = line_start < 2 ? 0 : text_.rfind('\n', line_start - 2) + 1;
      const size_t first = text_.find_first_not_of(' ', above);
      if (text_.compare(std::min(first, text_.size()), 3, "///") != 0) return begin;
      begin = first;
    }
  }

  std::optional<RustItem> one() {
    const size_t begin = with_doc(scan_.begin());
    while (scan_.is("#")) {
      advance();
      const bool inner = scan_.is("!");
      if (inner) advance();
      group();
      if (inner) return std::nullopt;
    }
    const size_t visible = scan_.begin();
    if (scan_.is("pub")) {
      advance();
      if (scan_.is("(")) group();
    }
    RustItem item;
    item.visibility = text_.substr(visible, scan_.begin() - visible);
    body(item);
    item.text = since(begin);
    if (item.kind == RustKind::macro || item.kind == RustKind::macro_call)
      mentions_in(item.text, item.mentions);
    return item;
  }

  void body(RustItem& item) {
    while (scan_.is("unsafe") || scan_.is("async") || (scan_.is("const") && next_is_fn())) advance();
    const std::string_view word = scan_.word();
    if (word == "use") return use(item);
    if (word == "fn") return named(item, RustKind::function, true);
    if (word == "struct" || word == "enum" || word == "union") return named(item, RustKind::type, true);
    if (word == "type") return named(item, RustKind::type, false);
    if (word == "const" || word == "static") {
      advance();
      if (scan_.is("mut")) advance();
      item.kind = RustKind::constant;
      item.defines.push_back(scan_.word());
      return to_semicolon();
    }
    if (word == "impl" || word == "trait") return block_of_items(item, word == "trait");
    if (word == "mod") return named(item, RustKind::other, true);
    if (word == "extern") return extern_block(item);
    macro(item);
  }
  bool next_is_fn() const {
    Scanner ahead(text_.substr(scan_.end()));
    return ahead.is("fn") || ahead.is("unsafe");
  }
  void named(RustItem& item, RustKind kind, bool block) {
    advance();
    item.kind = kind;
    item.defines.push_back(scan_.word());
    advance();
    block ? to_block() : to_semicolon();
  }
  void extern_block(RustItem& item) {
    const size_t begin = scan_.begin();
    to_block();
    item.kind = RustKind::other;
    names_after("fn", since(begin), item.defines);
  }
  static void names_after(std::string_view keyword, std::string_view text,
                          std::vector<std::string_view>& out) {
    bool after = false;
    for (Scanner scan(text); scan.kind() != Token::end; scan.next()) {
      if (after && !scan.is("mut")) out.push_back(scan.word());
      after = scan.is(keyword) || (after && scan.is("mut"));
    }
  }
  /// `name! {..}`, `path::name!(..);`, `macro_rules! name {..}`.
  void macro(RustItem& item) {
    const size_t begin = scan_.begin();
    const std::string_view name = scan_.word();
    while (scan_.kind() != Token::end && !scan_.is("!")) advance();
    advance();
    if (name == "macro_rules") {
      item.kind = RustKind::macro;
      item.defines.push_back(scan_.word());
      advance();
      return group();
    }
    const bool braces = scan_.is("{");
    group();
    if (!braces && scan_.is(";")) advance();
    item.kind = name == "thread_local" ? RustKind::other : RustKind::macro_call;
    if (name == "thread_local") names_after("static", since(begin), item.defines);
  }

  void block_of_items(RustItem& item, bool is_trait) {
    const size_t head = scan_.begin();
    advance();
    item.kind = is_trait ? RustKind::trait : RustKind::impl;
    if (is_trait) item.defines.push_back(scan_.word());
    while (scan_.kind() != Token::end && !scan_.is("{")) advance();
    const std::string_view title = since(head);
    mentions_in(title, item.head);
    if (!is_trait) names_of_impl(title, item);
    const size_t open = scan_.begin();
    group();
    const std::string_view block = since(open);
    item.opening = text_.substr(head, open + 1 - head);
    item.closing = block.substr(block.size() - 1);
    item.members = Cutter(block.substr(1, block.size() - 2)).all();
  }
  /// "Add" and "X" in `impl<T> std::ops::Add<T> for X<T>`; no trait for an impl of the type's own.
  static void names_of_impl(std::string_view title, RustItem& item) {
    int depth = 0;
    Scanner scan(title);
    scan.next();  // impl
    for (; scan.kind() != Token::end && !scan.is("where"); scan.next()) {
      if (scan.is("<") || scan.is("(") || scan.is("[")) ++depth;
      if (scan.is(">") || scan.is(")") || scan.is("]")) --depth;
      if (depth > 0 || scan.kind() != Token::word) continue;
      if (scan.is("for"))
        item.trait = std::exchange(item.self_type, {});
      else if (!is_keyword(scan.word()))
        item.self_type = scan.word();
    }
  }

  void use(RustItem& item) {
    item.kind = RustKind::use;
    advance();
    std::vector<std::string_view> path;
    tree(item, path, false);
    if (scan_.is(";")) advance();
  }
  /// a::b::{self, c as d, e::*}
  void tree(RustItem& item, std::vector<std::string_view> path, bool ours) {
    while (scan_.kind() == Token::word || scan_.is("{") || scan_.is("*")) {
      if (scan_.is("{")) {
        advance();
        while (scan_.kind() != Token::end && !scan_.is("}")) {
          tree(item, path, ours);
          if (scan_.is(",")) advance();
        }
        return advance();
      }
      const std::string_view word = scan_.word();
      advance();
      if (word == "super" || word == "rt" || word == "crate")
        ours = true;
      else if (word != "self" && word != "*")
        path.push_back(word);
      if (scan_.is("::")) {
        advance();
        continue;
      }
      std::string_view name = word == "self" ? path.back() : word;
      if (scan_.is("as")) {
        advance();
        name = scan_.word();
        advance();
      }
      item.imports.push_back({name, path, ours, !item.visibility.empty()});
      return;
    }
  }

  std::string_view text_;
  Scanner scan_;
  size_t last_ = 0;
};

}  // namespace

std::vector<RustItem> rust_items(std::string_view text) { return Cutter(text).all(); }

const std::vector<RustName>& mentions_of(RustItem& item) {
  const bool parts =
      item.kind == RustKind::use || item.kind == RustKind::impl || item.kind == RustKind::trait;
  if (item.mentions.empty() && !parts) mentions_in(item.text, item.mentions);
  return item.mentions;
}

}  // namespace sov::transpiler
