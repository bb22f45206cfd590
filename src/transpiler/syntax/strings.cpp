// String literals: adjacent ones joined, escapes decoded, f-strings taken apart.
// Source: The Python Language Reference 3.11, 2.4.1-2.4.3.
#include <algorithm>

#include "core/utf8.h"
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {
namespace {

/// As UTF-8; surrogates as three bytes too (a Python str may hold lone ones).
void append_code_point(std::string& out, uint32_t c) {
  if (c < 0xD800 || c > 0xDFFF) return utf8::append(out, c);
  out += static_cast<char>(0xE0 | (c >> 12));
  out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (c & 0x3F));
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

Parser::StringPart Parser::string_part(const Token& token) const {
  StringPart part;
  const std::string_view text = spelling(token);
  size_t prefix = 0;
  for (; text[prefix] != '"' && text[prefix] != '\''; ++prefix) {
    const char c = static_cast<char>(text[prefix] | 0x20);
    part.raw = part.raw || c == 'r';
    part.bytes = part.bytes || c == 'b';
    part.format = part.format || c == 'f';
    part.unicode = part.unicode || c == 'u';
  }
  const size_t quotes =
      text.size() >= prefix + 6 && text[prefix + 1] == text[prefix] && text[prefix + 2] == text[prefix] ? 3
                                                                                                        : 1;
  part.begin = token.begin + static_cast<uint32_t>(prefix + quotes);
  part.end = token.end - static_cast<uint32_t>(quotes);
  return part;
}

Node* Parser::strings() {
  const Token& first = now();
  const bool bytes = string_part(first).bytes;
  Pieces pieces;
  pieces.unicode = string_part(first).unicode;
  bool joined = false;
  while (is(T::string)) {
    const StringPart part = string_part(now());
    if (part.bytes != bytes) return fail_here("cannot mix bytes and nonbytes literals");
    ++at_;
    if (part.format) {
      joined = true;
      uint32_t at = part.begin;
      format_pieces(part, at, 0, first, pieces);
    } else if (!decode_escapes(part, part.begin, part.end, pieces.text)) {
      return fail_here("");
    }
  }
  if (joined) {
    flush_text(pieces, first);
    auto* node = make<ast::JoinedStr>(first);
    node->values = tree_.copy(pieces.values);
    return node;
  }
  auto* node = make<ast::Constant>(first);
  node->value.kind = bytes ? ConstantKind::bytes : ConstantKind::text;
  node->value.unicode_prefix = pieces.unicode;
  node->value.text = tree_.keep(pieces.text);
  return node;
}

void Parser::flush_text(Pieces& pieces, const Token& first) {
  if (pieces.text.empty()) return;
  auto* node = make<ast::Constant>(first);
  node->value.kind = ConstantKind::text;
  node->value.unicode_prefix = pieces.unicode;
  node->value.text = tree_.keep(pieces.text);
  pieces.values.push_back(node);
  pieces.text.clear();
}

Node* Parser::fail_byte(uint32_t at, std::string_view message, std::string_view hint) {
  uint32_t low = 1, high = static_cast<uint32_t>(source_.line_count());
  while (low < high) {
    const uint32_t middle = (low + high + 1) / 2;
    if (source_.line_start(middle) <= at)
      low = middle;
    else
      high = middle - 1;
  }
  return fail_place(low, at - source_.line_start(low), message, hint);
}

/// Appends the decoded text of a literal's bytes [begin, end). False after an error.
bool Parser::decode_escapes(const StringPart& part, uint32_t begin, uint32_t end, std::string& out) {
  const std::string_view text = source_.text();
  for (uint32_t at = begin; at < end;) {
    const size_t plain = std::min<size_t>(text.find('\\', at), end);
    const std::string_view run = text.substr(at, (part.raw ? end : plain) - at);
    if (part.bytes &&
        std::ranges::any_of(run, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
      fail_byte(at, "bytes can only contain ASCII literal characters", "write other bytes as \\xNN");
      return false;
    }
    out += run;
    at += static_cast<uint32_t>(run.size());
    if (at < end && !escape(part, ++at, end, out)) return false;
  }
  return true;
}

/// Decodes what follows a backslash; `at` moves behind it.
bool Parser::escape(const StringPart& part, uint32_t& at, uint32_t end, std::string& out) {
  const std::string_view text = source_.text();
  constexpr std::string_view kFrom = "\\'\"abfnrtv", kTo = "\\'\"\a\b\f\n\r\t\v";
  const char c = at < end ? text[at] : '\\';
  if (at >= end) {
    out += '\\';
    return true;
  }
  ++at;
  if (c == '\n') return true;
  if (const size_t i = kFrom.find(c); i != std::string_view::npos) {
    out += kTo[i];
    return true;
  }
  if (c >= '0' && c <= '7') {
    uint32_t value = static_cast<uint32_t>(c - '0');
    for (int i = 0; i < 2 && at < end && text[at] >= '0' && text[at] <= '7'; ++i)
      value = value * 8 + static_cast<uint32_t>(text[at++] - '0');
    if (part.bytes)
      out += static_cast<char>(value);
    else
      append_code_point(out, value);
    return true;
  }
  if (c == 'x') return numeric_escape(at, end, 2, out, part.bytes);
  if (!part.bytes && c == 'u') return numeric_escape(at, end, 4, out, false);
  if (!part.bytes && c == 'U') return numeric_escape(at, end, 8, out, false);
  if (!part.bytes && c == 'N') return named_escape(at, end, out);
  out += '\\';
  --at;  // what follows an unknown escape is ordinary text
  return true;
}

bool Parser::numeric_escape(uint32_t& at, uint32_t end, int digits, std::string& out, bool as_byte) {
  uint32_t value = 0;
  for (int i = 0; i < digits; ++i, ++at) {
    const int digit = at < end ? hex_value(source_.text()[at]) : -1;
    if (digit < 0) {
      fail_byte(std::min(at, end - 1), strf("truncated escape: wanted {} hexadecimal digits", digits),
                "a backslash is written \\\\, or take a raw string r\"...\"");
      return false;
    }
    value = value * 16 + static_cast<uint32_t>(digit);
  }
  if (value > 0x10FFFF) {
    fail_byte(at - 1, "illegal Unicode character: code points end at 10FFFF");
    return false;
  }
  if (as_byte)
    out += static_cast<char>(value);
  else
    append_code_point(out, value);
  return true;
}

bool Parser::named_escape(uint32_t& at, uint32_t end, std::string& out) {
  const std::string_view text = source_.text();
  const size_t close = at < end && text[at] == '{' ? text.find('}', at) : std::string_view::npos;
  if (close == std::string_view::npos || close >= end) {
    fail_byte(at - 1, "malformed \\N character escape", "it is written \\N{NAME}");
    return false;
  }
  static_cast<void>(out);
  fail_with(Error(Code::unsupported, source_
                                         .error(Code::unsupported, now().line, now().column,
                                                strf("the character name in \\N{{{}}} is not built yet",
                                                     text.substr(at + 1, close - at - 1)),
                                                "write its number: \\uXXXX")
                                         .message()));
  return false;
}

}  // namespace sov::transpiler
