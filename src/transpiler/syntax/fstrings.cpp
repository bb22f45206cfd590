// f-strings as Python 3.11 reads them: the text between the quotes is cut into literal text and replacement
// fields before anything in it is parsed, so expressions may hold neither backslashes nor '#'. Source: The
// Python Language Reference 3.11, 2.4.3; PEP 498; PEP 701 for what came later and is not accepted here.
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {
namespace {
constexpr int kMaxLevel = 2;  // a field within a format specification, and no further
}

/// Appends the pieces of the text from `at` to the end of the literal or, in a format specification (level >
/// 0), to the brace that closes its field.
void Parser::format_pieces(const StringPart& part, uint32_t& at, int level, const Token& first, Pieces& out) {
  const std::string_view text = source_.text();
  while (at < part.end && !failed()) {
    uint32_t stop = at;
    while (stop < part.end && text[stop] != '{' && text[stop] != '}') {
      if (!part.raw && text[stop] == '\\' && stop + 1 < part.end) {
        const bool named = text[stop + 1] == 'N' && stop + 2 < part.end && text[stop + 2] == '{';
        const size_t close = named ? text.find('}', stop) : 0;
        if (named && close < part.end) {
          stop = static_cast<uint32_t>(close) + 1;
          continue;
        }
        // A brace after a backslash still opens a field; any other character belongs to the escape.
        stop += text[stop + 1] == '{' || text[stop + 1] == '}' ? 1 : 2;
        continue;
      }
      ++stop;
    }
    if (!decode_escapes(part, at, stop, out.text)) return;
    at = stop;
    if (at >= part.end) return;
    const bool doubled = at + 1 < part.end && text[at + 1] == text[at];
    if (level == 0 && doubled) {
      out.text += text[at];
      at += 2;
    } else if (text[at] == '{') {
      replacement_field(part, at, level, first, out);
    } else if (level > 0) {
      return;
    } else {
      fail_byte(at, "f-string: single '}' is not allowed", "a brace as text is doubled: }}");
    }
  }
}

/// The byte behind the expression that begins at `at`.
uint32_t Parser::expression_end(const StringPart& part, uint32_t at) {
  const std::string_view text = source_.text();
  std::string nesting;
  char quote = 0;
  size_t quotes = 0;
  for (; at < part.end; ++at) {
    const char c = text[at];
    if (c == '\\') {
      fail_byte(at, "f-string expression part cannot include a backslash", "assign the text to a name first");
      return part.end;
    }
    const bool triple = at + 2 < part.end && text[at + 1] == c && text[at + 2] == c;
    if (quote != 0) {
      if (c != quote || (quotes == 3 && !triple)) continue;
      at += quotes == 3 ? 2 : 0;
      quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
      quotes = triple ? 3 : 1;
      at += triple ? 2 : 0;
    } else if (c == '(' || c == '[' || c == '{') {
      if (nesting.size() >= 200) return fail_byte(at, "f-string: too many nested parentheses"), part.end;
      nesting += c;
    } else if (c == '#') {
      fail_byte(at, "f-string expression part cannot include '#'");
      return part.end;
    } else if (nesting.empty() && (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
      const bool comparison =
          (c == '!' || c == '=' || c == '<' || c == '>') && at + 1 < part.end && text[at + 1] == '=';
      if (comparison)
        ++at;
      else if (c != '<' && c != '>')
        return at;
    } else if (c == ')' || c == ']' || c == '}') {
      const char open = c == ')' ? '(' : c == ']' ? '[' : '{';
      if (nesting.empty() || nesting.back() != open) {
        fail_byte(at, strf("f-string: unmatched '{}'", c));
        return part.end;
      }
      nesting.pop_back();
    }
  }
  fail_byte(at > 0 ? at - 1 : 0, quote != 0 ? "f-string: unterminated string" : "f-string: expecting '}'");
  return part.end;
}

void Parser::replacement_field(const StringPart& part, uint32_t& at, int level, const Token& first,
                               Pieces& out) {
  const std::string_view text = source_.text();
  const uint32_t open = at++;
  if (level >= kMaxLevel) {
    fail_byte(open, "f-string: expressions nested too deeply");
    return;
  }
  const uint32_t begin = at;
  at = expression_end(part, at);
  if (failed()) return;
  auto* field = make<ast::FormattedValue>(first);
  field->value = embedded_expression(begin, at);
  field->conversion = -1;
  const auto here = [&] { return at < part.end ? text[at] : '\0'; };
  bool shows_expression = false;
  if (here() == '=') {
    shows_expression = true;
    ++at;
    while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\f' || here() == '\r' ||
           here() == '\v')
      ++at;
    out.text += text.substr(begin, at - begin);
  }
  if (here() == '!') {
    const char c = at + 1 < part.end ? text[at + 1] : '\0';
    if (c != 's' && c != 'r' && c != 'a') {
      fail_byte(at, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
      return;
    }
    field->conversion = c;
    at += 2;
  }
  if (here() == ':') {
    ++at;
    Pieces spec;
    spec.unicode = out.unicode;
    format_pieces(part, at, level + 1, first, spec);
    flush_text(spec, first);
    auto* joined = make<ast::JoinedStr>(first);
    joined->values = tree_.copy(spec.values);
    field->format_spec = joined;
  }
  if (here() != '}') {
    fail_byte(std::min(at, part.end - 1), "f-string: expecting '}'");
    return;
  }
  ++at;
  if (shows_expression && field->format_spec == nullptr && field->conversion == -1) field->conversion = 'r';
  flush_text(out, first);
  out.values.push_back(field);
}

/// Parses part of the source as if it stood in parentheses.
Node* Parser::embedded_expression(uint32_t begin, uint32_t end) {
  if (source_.text().substr(begin, end - begin).find_first_not_of(" \t\n\f\r\v") == std::string_view::npos)
    return fail_byte(begin, "f-string: empty expression not allowed");
  uint32_t low = 1, high = static_cast<uint32_t>(source_.line_count());
  while (low < high) {
    const uint32_t middle = (low + high + 1) / 2;
    if (source_.line_start(middle) <= begin)
      low = middle;
    else
      high = middle - 1;
  }
  Result<std::vector<Token>> inner =
      tokenize(source_, {.begin = begin, .end = end, .line = low, .inside_brackets = true});
  if (!inner) return fail_with(inner.error());
  std::vector<Token> outer = std::move(tokens_);
  const size_t outer_at = at_;
  tokens_ = std::move(*inner);
  at_ = 0;
  const Token open = tokens_[0];
  Node* value =
      is(T::end) ? fail_here("f-string: empty expression not allowed") : parenthesized_body(open, T::end);
  tokens_ = std::move(outer);
  at_ = failed() ? tokens_.size() - 1 : outer_at;
  return value;
}

}  // namespace sov::transpiler
