#include "text/jinja/lexer.h"

#include <algorithm>
#include <charconv>

#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

constexpr size_t kNone = std::string_view::npos;

/// "\r\n", "\r" and "\n" become "\n".
std::string unify_newlines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] != '\r') {
      out += text[i];
      continue;
    }
    out += '\n';
    if (i + 1 < text.size() && text[i + 1] == '\n') i++;
  }
  return out;
}

class Lexer {
 public:
  explicit Lexer(std::string source) : source_(std::move(source)), text_(source_) {}

  Result<std::vector<Token>> run() {
    while (at_ < text_.size()) TRY(root());
    push(TokenKind::end, {});
    return std::move(tokens_);
  }

 private:
  Result<void> root();
  Result<void> comment();
  Result<void> raw(size_t content);
  Result<void> code(std::string_view closer, TokenKind end);
  Result<void> token();
  Result<void> number();
  Result<void> string();
  Result<void> name();
  Result<void> operator_();

  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  size_t skip_space(size_t at) const;
  size_t next_opening(size_t from) const;
  size_t raw_begin(size_t at) const;
  void close(std::string_view closer);
  void data(size_t begin, size_t end, char sign, bool strip_line);
  void push(TokenKind kind, std::string text);
  template <typename... Parts>
  tl::unexpected<Error> error(fmt::format_string<Parts...> pattern, Parts&&... parts) {
    advance_line();
    return fail(Code::corrupt, "line {} column {}: {}", line_, column(),
                strf(pattern, std::forward<Parts>(parts)...));
  }
  void advance_line();
  int column() const;

  std::string source_;
  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<char> open_;
  size_t at_ = 0;
  size_t counted_ = 0;  // newlines before this offset are in line_
  size_t line_begin_ = 0;
  int line_ = 1;
};

void Lexer::advance_line() {
  for (; counted_ < at_ && counted_ < text_.size(); counted_++) {
    if (text_[counted_] != '\n') continue;
    line_++;
    line_begin_ = counted_ + 1;
  }
}

/// To be asked after advance_line().
int Lexer::column() const { return static_cast<int>(at_ - std::min(line_begin_, at_)) + 1; }

void Lexer::push(TokenKind kind, std::string text) {
  advance_line();
  tokens_.push_back({kind, line_, column(), std::move(text)});
}

size_t Lexer::skip_space(size_t at) const {
  while (at < text_.size()) {
    size_t next = at;
    if (!is_space(next_code_point(text_, next))) break;
    at = next;
  }
  return at;
}

/// Offset of the first "{%", "{{" or "{#".
size_t Lexer::next_opening(size_t from) const {
  for (size_t at = text_.find('{', from); at != kNone && at + 1 < text_.size();
       at = text_.find('{', at + 1)) {
    if (text_[at + 1] == '%' || text_[at + 1] == '{' || text_[at + 1] == '#') return at;
  }
  return kNone;
}

/// End of "{%- raw -%}" when that is what stands at `at`, else kNone.
size_t Lexer::raw_begin(size_t at) const {
  at += 2;
  if (at < text_.size() && (text_[at] == '-' || text_[at] == '+')) at++;
  at = skip_space(at);
  if (!text_.substr(at).starts_with("raw")) return kNone;
  at = skip_space(at + 3);
  if (text_.substr(at).starts_with("-%}")) return skip_space(at + 3);
  return text_.substr(at).starts_with("%}") ? at + 2 : kNone;
}

/// Emits text, white space at its end removed as the tag that follows asks for.
void Lexer::data(size_t begin, size_t end, char sign, bool strip_line) {
  std::string_view text = text_.substr(begin, end - begin);
  if (sign == '-') {
    text = strip(text, Side::right);
  } else if (sign != '+' && strip_line) {
    const size_t newline = text.rfind('\n');
    const bool line_starts = newline != kNone || begin == 0 || text_[begin - 1] == '\n';
    const size_t line = newline == kNone ? 0 : newline + 1;
    if (line_starts && strip(text.substr(line), Side::both).empty()) text = text.substr(0, line);
  }
  if (!text.empty()) push(TokenKind::data, std::string(text));
}

Result<void> Lexer::root() {
  const size_t begin = at_;
  const size_t tag = next_opening(begin);
  if (tag == kNone) {
    push(TokenKind::data, std::string(text_.substr(begin)));
    at_ = text_.size();
    return {};
  }
  const char kind = text_[tag + 1];
  const char sign = tag + 2 < text_.size() ? text_[tag + 2] : '\0';
  data(begin, tag, sign, kind != '{');
  at_ = tag;
  if (kind == '%') {
    if (const size_t content = raw_begin(tag); content != kNone) return raw(content);
  }
  if (kind != '#') push(kind == '%' ? TokenKind::block_begin : TokenKind::variable_begin, {});
  at_ = tag + 2 + (sign == '-' || sign == '+' ? 1 : 0);
  if (kind == '#') return comment();
  return kind == '%' ? code("%}", TokenKind::block_end) : code("}}", TokenKind::variable_end);
}

/// Passes a closing delimiter with its sign, and the white space that goes with it.
void Lexer::close(std::string_view closer) {
  if (peek() == '-') {
    at_ = skip_space(at_ + 1 + closer.size());
    return;
  }
  const bool keep = peek() == '+';
  at_ += closer.size() + (keep ? 1 : 0);
  if (!keep && closer != "}}" && peek() == '\n') at_++;
}

Result<void> Lexer::comment() {
  const size_t end = text_.find("#}", at_);
  if (end == kNone) return error("missing end of comment tag");
  at_ = end > at_ && (text_[end - 1] == '-' || text_[end - 1] == '+') ? end - 1 : end;
  close("#}");
  return {};
}

Result<void> Lexer::raw(size_t content) {
  at_ = content;
  for (size_t tag = text_.find("{%", content); tag != kNone; tag = text_.find("{%", tag + 1)) {
    size_t at = tag + 2;
    const char sign = at < text_.size() ? text_[at] : '\0';
    if (sign == '-' || sign == '+') at++;
    at = skip_space(at);
    if (!text_.substr(at).starts_with("endraw")) continue;
    at = skip_space(at + 6);
    const std::string_view rest = text_.substr(at);
    if (!rest.starts_with("%}") && !rest.starts_with("-%}") && !rest.starts_with("+%}")) continue;
    data(content, tag, sign, true);
    at_ = at;
    close("%}");
    return {};
  }
  return error("missing end of raw directive");
}

/// Tokens of one tag up to its closer.
Result<void> Lexer::code(std::string_view closer, TokenKind end) {
  open_.clear();
  while (true) {
    if (open_.empty()) {
      const bool sign = peek() == '-' || (peek() == '+' && end == TokenKind::block_end);
      if (text_.substr(std::min(at_ + (sign ? 1 : 0), text_.size())).starts_with(closer)) {
        push(end, {});
        close(closer);
        return {};
      }
    }
    // An unclosed tag at the end of the template is the parser's error: it knows what is missing.
    if (at_ >= text_.size()) return {};
    const size_t after = skip_space(at_);
    if (after != at_) {
      at_ = after;
      continue;
    }
    TRY(token());
  }
}

Result<void> Lexer::token() {
  const char c = peek();
  if (c >= '0' && c <= '9') return number();
  if (c == '\'' || c == '"') return string();
  size_t next = at_;
  if (is_identifier_part(next_code_point(text_, next))) return name();
  return operator_();
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// Length of digits (in `base`) with single underscores between them, from `text`'s start.
size_t digits(std::string_view text, int base) {
  size_t n = 0;
  const auto is_digit_of = [base](char c) {
    if (base == 16) return is_ascii_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
    return c >= '0' && c < '0' + base;
  };
  while (n < text.size()) {
    if (is_digit_of(text[n])) {
      n++;
    } else if (text[n] == '_' && n + 1 < text.size() && is_digit_of(text[n + 1]) && n > 0) {
      n += 2;
    } else {
      break;
    }
  }
  return n;
}

/// Length of a float literal, or 0: digits with a fraction, an exponent or both.
size_t real_length(std::string_view text) {
  const size_t whole = digits(text, 10);
  size_t n = whole;
  if (n < text.size() && text[n] == '.' && n + 1 < text.size() && is_ascii_digit(text[n + 1])) {
    n += 1 + digits(text.substr(n + 1), 10);
  }
  if (n < text.size() && (text[n] | 32) == 'e') {
    size_t m = n + 1;
    if (m < text.size() && (text[m] == '+' || text[m] == '-')) m++;
    if (m < text.size() && is_ascii_digit(text[m])) return m + digits(text.substr(m), 10);
  }
  return n == whole ? 0 : n;
}

size_t integer_length(std::string_view text, int& base) {
  base = 10;
  if (text.size() > 2 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 32);
    const int prefixed = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    const size_t skip = text[2] == '_' ? 3 : 2;
    if (prefixed != 0) {
      if (const size_t n = digits(text.substr(skip), prefixed); n > 0) {
        base = prefixed;
        return skip + n;
      }
    }
  }
  if (text[0] != '0') return digits(text, 10);
  size_t n = 1;  // zeros only: "007" is 00 followed by 7, as in Python's grammar of jinja
  while (n < text.size() &&
         (text[n] == '0' || (text[n] == '_' && n + 1 < text.size() && text[n + 1] == '0'))) {
    n += text[n] == '_' ? 2 : 1;
  }
  return n;
}

std::string without_underscores(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c != '_') out += c;
  }
  return out;
}

Result<void> Lexer::number() {
  const std::string_view rest = text_.substr(at_);
  const bool after_dot = at_ > 0 && text_[at_ - 1] == '.';
  if (const size_t n = after_dot ? 0 : real_length(rest); n > 0) {
    const std::string plain = without_underscores(rest.substr(0, n));
    push(TokenKind::real, {});
    tokens_.back().real = std::strtod(plain.c_str(), nullptr);
    at_ += n;
    return {};
  }
  int base = 10;
  const size_t n = integer_length(rest, base);
  std::string plain = without_underscores(rest.substr(0, n));
  if (base != 10) plain = plain.substr(2);
  push(TokenKind::integer, {});
  const auto parsed =
      std::from_chars(plain.data(), plain.data() + plain.size(), tokens_.back().integer, base);
  if (parsed.ec != std::errc()) {
    return fail(Code::unsupported, "line {}: integer literal {} needs more than 64 bits", line_,
                rest.substr(0, n));
  }
  at_ += n;
  return {};
}

Result<void> Lexer::string() {
  const char quote = peek();
  size_t end = at_ + 1;
  while (end < text_.size() && text_[end] != quote) end += text_[end] == '\\' ? 2 : 1;
  if (end >= text_.size()) return error("unexpected char {}: the string has no end", quote);
  auto content = unescape(text_.substr(at_ + 1, end - at_ - 1));
  if (!content) return error("{}", content.error().message());
  push(TokenKind::string, std::move(*content));
  at_ = end + 1;
  return {};
}

Result<void> Lexer::name() {
  size_t end = at_;
  size_t next = end;
  const uint32_t first = next_code_point(text_, next);
  while (next <= text_.size()) {
    end = next;
    if (next == text_.size() || !is_identifier_part(next_code_point(text_, next))) break;
  }
  if (!is_identifier_start(first)) return error("invalid character in identifier");
  push(TokenKind::name, std::string(text_.substr(at_, end - at_)));
  at_ = end;
  return {};
}

Result<void> Lexer::operator_() {
  constexpr std::string_view kTwo[] = {"//", "**", "==", "!=", ">=", "<="};
  constexpr std::string_view kOne = "+-/*%~[](){}><=.:|,;";
  std::string_view op = text_.substr(at_, 1);
  for (std::string_view two : kTwo) {
    if (starts(two)) op = two;
  }
  if (op.size() == 1 && kOne.find(op[0]) == kNone) {
    size_t end = at_;
    next_code_point(text_, end);
    return error("unexpected char '{}'", text_.substr(at_, end - at_));
  }
  const char c = op[0];
  if (c == '(' || c == '[' || c == '{') open_.push_back(c == '(' ? ')' : c == '[' ? ']' : '}');
  if (c == ')' || c == ']' || c == '}') {
    if (open_.empty()) return error("unexpected '{}'", c);
    if (open_.back() != c) return error("unexpected '{}', expected '{}'", c, open_.back());
    open_.pop_back();
  }
  push(TokenKind::op, std::string(op));
  at_ += op.size();
  return {};
}

}  // namespace

Result<std::vector<Token>> tokenize(std::string_view source) {
  std::string text = unify_newlines(source);
  if (text.ends_with('\n')) text.pop_back();  // jinja drops one newline at the end
  return Lexer(std::move(text)).run();
}

}  // namespace sov::text::jinja
