#include "transpiler/emit/rust_items.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sov::transpiler {
namespace {

enum class Token : unsigned char { end, word, number, text, lifetime, mark };

/// What a character may be, ASCII only. All of the runtime is looked through for every program: a table is
/// what costs least.
enum Class : unsigned char {
  kNone = 0,
  kDigit = 1,
  kLetter = 2,
  kSpace = 4,
  kOpen = 8,
  kClose = 16,
  kSkip = 32
};
constexpr std::array<unsigned char, 256> kClasses = [] {
  std::array<unsigned char, 256> out = {};
  for (int c = '0'; c <= '9'; ++c) out[c] = kDigit;
  for (int c = 'a'; c <= 'z'; ++c) out[c] = out[c - 'a' + 'A'] = kLetter;
  out['_'] = kLetter;
  for (const int c : {' ', '\t', '\n', '\v', '\f', '\r'}) out[c] = kSpace;
  for (const int c : {'(', '[', '{'}) out[c] = kOpen;
  for (const int c : {')', ']', '}'}) out[c] = kClose;
  for (const int c : {'"', '\'', '/'}) out[c] = kSkip;  // texts, characters, comments
  return out;
}();
bool is_any(char c, int classes) { return (kClasses[static_cast<unsigned char>(c)] & classes) != 0; }
bool is_digit(char c) { return is_any(c, kDigit); }
bool is_word(char c) { return is_any(c, kDigit | kLetter); }
bool is_space(char c) { return is_any(c, kSpace); }

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
    } else if (const char c = text_[at_]; (c == 'r' || c == 'b') && raw_text()) {
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

  /// From an opening bracket, which is the present token, to behind its closing one: what next() until then
  /// would do, without looking at the tokens.
  void skip_group() {
    int depth = 1;
    while (at_ < text_.size() && depth > 0) {
      const char c = text_[at_];
      if (is_word(c)) {
        skip_word(c);
      } else if (is_any(c, kSkip)) {
        skip_other(c);
      } else {
        depth += is_any(c, kOpen) ? 1 : is_any(c, kClose) ? -1 : 0;
        ++at_;
      }
    }
    end_ = at_;
  }

 private:
  void skip_word(char c) {
    if ((c == 'r' || c == 'b') && raw_text()) return;
    if (c == 'b' && peek(1) == '"') return quoted(at_ + 1, '"');
    if (c == 'b' && peek(1) == '\'') return quote(at_ + 1);
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
  }
  void skip_other(char c) {
    if (c == '/') {
      const size_t before = at_;
      skip_space();
      if (at_ == before) ++at_;
    } else if (c == '"') {
      quoted(at_, '"');
    } else {
      quote(at_);
    }
  }
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

/// In the order of their first letters.
constexpr std::string_view kKeywords[] = {
    "Self",  "as",     "async", "await", "break",  "const", "continue", "crate", "dyn",    "else",
    "enum",  "extern", "false", "fn",    "for",    "if",    "impl",     "in",    "let",    "loop",
    "match", "mod",    "move",  "mut",   "pub",    "ref",   "return",   "self",  "static", "struct",
    "super", "trait",  "true",  "type",  "unsafe", "use",   "where",    "while"};
/// Where those of a letter begin in kKeywords.
constexpr std::array<unsigned char, 129> kFirstKeyword = [] {
  std::array<unsigned char, 129> out = {};
  for (unsigned char c = 0; c < 128; ++c) {
    out[c + 1] = out[c];
    while (out[c + 1] < std::size(kKeywords) && kKeywords[out[c + 1]][0] == static_cast<char>(c))
      ++out[c + 1];
  }
  return out;
}();

bool is_keyword(std::string_view word) {
  const auto c = static_cast<unsigned char>(word[0]);
  if (c >= 128 || word.size() > 8) return false;
  return std::any_of(kKeywords + kFirstKeyword[c], kKeywords + kFirstKeyword[c + 1],
                     [&](std::string_view keyword) { return keyword == word; });
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
    if (scan_.kind() == Token::mark && is_any(scan_.word()[0], kOpen)) scan_.skip_group();
    advance();
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
    item.opening = text_.substr(head, scan_.end() - head);
    advance();
    while (scan_.kind() != Token::end && !scan_.is("}")) {
      const size_t before = scan_.begin();
      if (std::optional<RustItem> member = one()) item.members.push_back(std::move(*member));
      if (scan_.kind() != Token::end && scan_.begin() == before) advance();
    }
    advance();
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
