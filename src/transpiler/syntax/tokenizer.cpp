#include <algorithm>
#include <array>
#include <unordered_map>

#include "transpiler/syntax/identifier.h"
#include "transpiler/syntax/token.h"

namespace sov::transpiler {
namespace {

constexpr size_t kMaxIndents = 100, kMaxBrackets = 200;  // CPython's limits

struct Mark {
  T kind;
  std::string_view spelling;
};
constexpr Mark kMarks[] = {
#define MARK(name, spelling) {T::name, spelling},
#include "transpiler/syntax/token.def"
#undef MARK
};

const std::unordered_map<std::string_view, T>& keywords() {
  static const std::unordered_map<std::string_view, T> words = {
#define WORD(name, spelling) {spelling, T::name},
#include "transpiler/syntax/token.def"
#undef WORD
  };
  return words;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

class Tokenizer {
 public:
  Tokenizer(const SourceText& source, const TokenRange& range)
      : source_(source),
        text_(source.text().substr(0, range.end)),
        at_(range.begin),
        line_(range.line),
        inside_(range.inside_brackets) {}

  Result<std::vector<Token>> run() {
    tokens_.reserve((text_.size() - at_) / 4 + 8);
    bool line_begins = !inside_;
    for (;;) {
      if (line_begins) {
        TRY(const bool more, indentation());
        if (!more) break;
        line_begins = false;
      }
      skip_blanks();
      if (at_ >= text_.size()) break;
      TRY(line_begins, token());
    }
    TRY(finish());
    return std::move(tokens_);
  }

 private:
  struct Bracket {
    char open;
    uint32_t line, column;
  };

  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  uint32_t column() const { return at_ - source_.line_start(line_); }
  tl::unexpected<Error> error(std::string_view message, std::string_view hint = {}) const {
    return fail(source_.error(Code::corrupt, line_, column(), message, hint));
  }

  void push(T kind, uint32_t begin, uint32_t line, uint32_t column_at) {
    tokens_.push_back({kind, begin, at_, line, column_at, line_, column()});
  }
  void push_empty(T kind) { push(kind, at_, line_, column()); }

  void skip_blanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\f') {
        ++at_;
      } else if (c == '#') {
        at_ = static_cast<uint32_t>(std::min(text_.find('\n', at_), text_.size()));
      } else {
        return;
      }
    }
  }

  /// Reads the blanks of the next line that holds a statement, emitting indents and dedents. False at the
  /// end.
  Result<bool> indentation() {
    for (;;) {
      uint32_t wide = 0, narrow = 0;  // tabs to the next multiple of 8, and as one column: both must agree
      TRY(measure(wide, narrow));
      if (at_ >= text_.size()) return false;
      if (peek() == '#') skip_blanks();
      if (at_ >= text_.size()) return false;
      if (peek() == '\n') {
        next_line();
        continue;
      }
      TRY(set_indent(wide, narrow));
      return true;
    }
  }

  Result<> measure(uint32_t& wide, uint32_t& narrow) {
    for (;; ++at_) {
      const char c = peek();
      if (c == ' ') {
        ++wide;
        ++narrow;
      } else if (c == '\t') {
        wide = (wide / 8 + 1) * 8;
        ++narrow;
      } else if (c == '\f') {
        wide = narrow = 0;
      } else if (c == '\\' && peek(1) == '\n') {
        ++at_;
        next_line();
        --at_;
      } else {
        return {};
      }
    }
  }

  void next_line() {
    ++at_;
    ++line_;
  }

  Result<> set_indent(uint32_t wide, uint32_t narrow) {
    constexpr std::string_view kMixed = "inconsistent use of tabs and spaces in indentation";
    constexpr std::string_view kHint = "indent with four spaces everywhere";
    const Indent last = indents_.back();
    if (wide == last.wide) return narrow == last.narrow ? Result<>() : error(kMixed, kHint);
    if (wide > last.wide) {
      if (narrow <= last.narrow) return error(kMixed, kHint);
      if (indents_.size() >= kMaxIndents) return error("too many levels of indentation (more than 100)");
      indents_.push_back({wide, narrow});
      push_empty(T::indent);
      return {};
    }
    while (indents_.back().wide > wide) {
      indents_.pop_back();
      push_empty(T::dedent);
    }
    if (indents_.back().wide != wide)
      return error("unindent does not match any outer indentation level",
                   "align this line with the statement that begins its block");
    return indents_.back().narrow == narrow ? Result<>() : error(kMixed, kHint);
  }

  /// One token. True when the line ended.
  Result<bool> token() {
    const char c = peek();
    if (c == '\n') {
      const bool counts = brackets_.empty() && !inside_;
      const uint32_t begin = at_, line = line_, col = column();
      next_line();
      if (counts) tokens_.push_back({T::newline, begin, at_, line, col, line, col + 1});
      return counts;
    }
    if (c == '\\') {
      TRY(continuation());
      return false;
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      TRY(number());
      return false;
    }
    if (const size_t prefix = string_prefix(); prefix != std::string_view::npos) {
      TRY(string(prefix));
      return false;
    }
    if (is_name_start(c)) {
      TRY(name());
      return false;
    }
    TRY(mark());
    return false;
  }

  Result<> continuation() {
    ++at_;
    if (at_ >= text_.size()) return error("unexpected end of file after a line continuation character");
    if (peek() != '\n')
      return error("unexpected character after line continuation character",
                   "a backslash must be the last character of its line");
    next_line();
    if (at_ >= text_.size()) return error("unexpected end of file after a line continuation character");
    return {};
  }

  Result<> name() {
    const uint32_t begin = at_, col = column();
    bool ascii = true;
    for (; is_name_part(peek()); ++at_) ascii = ascii && static_cast<unsigned char>(text_[at_]) < 0x80;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (!ascii) {
      const size_t good = identifier_length(word);
      if (good != word.size()) {
        at_ = begin + static_cast<uint32_t>(good);
        return error("invalid character in an identifier",
                     "look for typographic quotes, dashes or invisible blanks");
      }
    }
    const auto keyword = keywords().find(word);
    push(keyword == keywords().end() ? T::name : keyword->second, begin, line_, col);
    return {};
  }

  Result<> mark() {
    const std::string_view rest = text_.substr(at_);
    for (const Mark& mark : kMarks) {
      if (!rest.starts_with(mark.spelling)) continue;
      TRY(bracket(rest[0]));
      const uint32_t begin = at_, col = column();
      at_ += static_cast<uint32_t>(mark.spelling.size());
      push(mark.kind, begin, line_, col);
      return {};
    }
    const std::string_view hint = peek() == '!' ? "Python writes 'not' for negation and '!=' for inequality"
                                  : peek() == '$' || peek() == '?' ? "Python has no such operator"
                                                                   : "";
    return error(strf("invalid character '{}'", rest.substr(0, 1)), hint);
  }

  Result<> bracket(char c) {
    if (c == '(' || c == '[' || c == '{') {
      if (brackets_.size() >= kMaxBrackets) return error("too many nested parentheses (more than 200)");
      brackets_.push_back({c, line_, column()});
      return {};
    }
    if (c != ')' && c != ']' && c != '}') return {};
    if (brackets_.empty()) return error(strf("unmatched '{}'", c));
    const Bracket open = brackets_.back();
    const char wanted = open.open == '(' ? ')' : open.open == '[' ? ']' : '}';
    if (c != wanted)
      return error(strf("closing parenthesis '{}' does not match opening parenthesis '{}' on line {}", c,
                        open.open, open.line));
    brackets_.pop_back();
    return {};
  }

  Result<> digits(bool (*accepts)(char), std::string_view what) {
    for (;;) {
      if (!accepts(peek())) return error(strf("invalid {} literal", what));
      while (accepts(peek())) ++at_;
      if (peek() != '_') return {};
      ++at_;
    }
  }

  Result<> radix(bool (*accepts)(char), std::string_view what) {
    at_ += 2;
    if (peek() == '_') ++at_;
    TRY(digits(accepts, what));
    if (is_digit(peek())) return error(strf("invalid digit '{}' in {} literal", peek(), what));
    return number_ends(what);
  }

  Result<> number() {
    const uint32_t begin = at_, col = column();
    const char second = peek() == '0' ? static_cast<char>(peek(1) | 0x20) : '\0';
    if (second == 'x')
      TRY(radix([](char c) { return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); },
                "hexadecimal"));
    else if (second == 'o')
      TRY(radix([](char c) { return c >= '0' && c <= '7'; }, "octal"));
    else if (second == 'b')
      TRY(radix([](char c) { return c == '0' || c == '1'; }, "binary"));
    else
      TRY(decimal());
    push(T::number, begin, line_, col);
    return {};
  }

  Result<> decimal() {
    const uint32_t begin = at_;
    bool whole = true;
    if (peek() != '.') TRY(digits(is_digit, "decimal"));
    const uint32_t digits_end = at_;
    if (peek() == '.') {
      whole = false;
      ++at_;
      if (is_digit(peek())) TRY(digits(is_digit, "decimal"));
    }
    if ((peek() | 0x20) == 'e') {
      const size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        whole = false;
        at_ += static_cast<uint32_t>(1 + sign);
        TRY(digits(is_digit, "decimal"));
      } else if (sign == 1) {
        return error("invalid decimal literal");
      }
    }
    if ((peek() | 0x20) == 'j') {
      ++at_;
      return number_ends("imaginary");
    }
    if (whole && text_[begin] == '0' &&
        text_.substr(begin, digits_end - begin).find_first_not_of("0_") != std::string_view::npos)
      return error("leading zeros in decimal integer literals are not permitted",
                   "write 0o17 for an octal number");
    return number_ends("decimal");
  }

  /// A keyword may touch a number ("1if x else y"); any other letter may not.
  Result<> number_ends(std::string_view what) {
    if (!is_name_start(peek())) return {};
    size_t length = 0;
    while (is_name_part(peek(length))) ++length;
    constexpr std::string_view kAllowed[] = {"and", "else", "for", "if", "in", "is", "or", "not"};
    const std::string_view word = text_.substr(at_, length);
    for (const std::string_view allowed : kAllowed) {
      if (word.starts_with(allowed)) return {};
    }
    return error(strf("invalid {} literal", what), "a name cannot begin with a digit");
  }

  /// Letters before the quote of a string literal, npos when no string begins here.
  size_t string_prefix() const {
    size_t length = 0;
    bool raw = false, bytes = false, format = false, unicode = false;
    for (;; ++length) {
      const char c = peek(length);
      if (c == '"' || c == '\'') return length;
      const char lower = static_cast<char>(c | 0x20);
      if (lower == 'r' && !raw && !unicode)
        raw = true;
      else if (lower == 'b' && !bytes && !format && !unicode)
        bytes = true;
      else if (lower == 'f' && !format && !bytes && !unicode)
        format = true;
      else if (lower == 'u' && length == 0)
        unicode = true;
      else
        return std::string_view::npos;
    }
  }

  Result<> string(size_t prefix) {
    const uint32_t begin = at_, line = line_, col = column();
    at_ += static_cast<uint32_t>(prefix);
    const char quote = peek();
    const bool triple = peek(1) == quote && peek(2) == quote;
    at_ += triple ? 3 : 1;
    for (;;) {
      if (at_ >= text_.size() || (!triple && peek() == '\n')) return unterminated(line, col, triple);
      const char c = peek();
      if (c == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        if (peek() == '\n')
          next_line();
        else
          ++at_;
      } else if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
        at_ += triple ? 3 : 1;
        break;
      } else if (c == '\n') {
        next_line();
      } else {
        ++at_;
      }
    }
    push(T::string, begin, line, col);
    return {};
  }

  tl::unexpected<Error> unterminated(uint32_t line, uint32_t col, bool triple) const {
    return fail(
        source_.error(Code::corrupt, line, col,
                      triple ? "unterminated triple-quoted string literal" : "unterminated string literal",
                      triple ? "" : "close it on this line, or use three quotes for text of several lines"));
  }

  Result<> finish() {
    if (!brackets_.empty()) {
      const Bracket open = brackets_.back();
      return fail(
          source_.error(Code::corrupt, open.line, open.column, strf("'{}' was never closed", open.open)));
    }
    if (!inside_ && !tokens_.empty() && tokens_.back().kind != T::newline && tokens_.back().kind != T::dedent)
      push_empty(T::newline);
    for (; indents_.size() > 1; indents_.pop_back()) push_empty(T::dedent);
    push_empty(T::end);
    return {};
  }

  struct Indent {
    uint32_t wide, narrow;
  };
  const SourceText& source_;
  std::string_view text_;
  uint32_t at_, line_;
  bool inside_;
  std::vector<Indent> indents_{{0, 0}};
  std::vector<Bracket> brackets_;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> tokenize(const SourceText& source, const TokenRange& range) {
  return Tokenizer(source, range).run();
}

std::string_view token_phrase(T kind) {
  switch (kind) {
    case T::end:
      return "the end of the file";
    case T::newline:
      return "the end of the line";
    case T::indent:
      return "an indented block";
    case T::dedent:
      return "the end of the block";
    case T::name:
      return "a name";
    case T::number:
      return "a number";
    case T::string:
      return "a string";
#define MARK(name, spelling) \
  case T::name:              \
    return "'" spelling "'";
#define WORD(name, spelling) \
  case T::name:              \
    return "'" spelling "'";
#include "transpiler/syntax/token.def"
#undef MARK
#undef WORD
  }
  return "";
}

}  // namespace sov::transpiler
