// Escapes in string literals, as Python's "unicode-escape" codec decodes them.
#include "text/jinja/lexer.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if ((c | 32) >= 'a' && (c | 32) <= 'f') return (c | 32) - 'a' + 10;
  return -1;
}

/// Characters outside ASCII become escapes first: that is why a backslash before one keeps its escape's text.
std::string to_ascii(std::string_view content) {
  std::string out;
  for (size_t at = 0; at < content.size();) {
    const uint32_t cp = next_code_point(content, at);
    if (cp < 0x80) {
      out += static_cast<char>(cp);
    } else if (cp < 0x100) {
      out += strf("\\x{:02x}", cp);
    } else if (cp < 0x10000) {
      out += strf("\\u{:04x}", cp);
    } else {
      out += strf("\\U{:08x}", cp);
    }
  }
  return out;
}

Result<void> hex_escape(std::string_view text, size_t& at, size_t count, std::string& out) {
  uint32_t cp = 0;
  for (size_t i = 0; i < count; i++) {
    const int digit = at < text.size() ? hex_digit(text[at]) : -1;
    if (digit < 0) return fail(Code::corrupt, "truncated escape: wanted {} hexadecimal digits", count);
    cp = cp * 16 + static_cast<uint32_t>(digit);
    at++;
  }
  if (cp > 0x10FFFF) return fail(Code::corrupt, "illegal Unicode character");
  append_code_point(out, cp);
  return {};
}

void octal_escape(std::string_view text, size_t& at, uint32_t cp, std::string& out) {
  for (int i = 0; i < 2 && at < text.size() && text[at] >= '0' && text[at] <= '7'; i++) {
    cp = cp * 8 + static_cast<uint32_t>(text[at++] - '0');
  }
  append_code_point(out, cp);
}

/// The escape whose letter is c; `at` stands after it.
Result<void> escape(std::string_view text, char c, size_t& at, std::string& out) {
  constexpr std::string_view kLetters = "\\'\"abfnrtv";
  constexpr std::string_view kValues = "\\'\"\a\b\f\n\r\t\v";
  if (const size_t i = kLetters.find(c); i != std::string_view::npos) {
    out += kValues[i];
    return {};
  }
  if (c == '\n') return {};
  if (c == 'x') return hex_escape(text, at, 2, out);
  if (c == 'u') return hex_escape(text, at, 4, out);
  if (c == 'U') return hex_escape(text, at, 8, out);
  if (c == 'N') return fail(Code::unsupported, "character names (\\N{{...}}) in strings");
  if (c >= '0' && c <= '7') {
    octal_escape(text, at, static_cast<uint32_t>(c - '0'), out);
    return {};
  }
  out += '\\';
  out += c;
  return {};
}

}  // namespace

Result<std::string> unescape(std::string_view content) {
  if (content.find('\\') == std::string_view::npos) return std::string(content);
  const std::string text = to_ascii(content);
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c != '\\') {
      out += c;
      continue;
    }
    if (at >= text.size()) return fail(Code::corrupt, "\\ at end of string");
    const char letter = text[at++];
    TRY(escape(text, letter, at, out));
  }
  return out;
}

}  // namespace sov::text::jinja
