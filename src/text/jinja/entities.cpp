// HTML's character references and tags, as Python's html.unescape and markupsafe's striptags read them.

#include <algorithm>

#include "text/jinja/filters.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

struct Entity {
  std::string_view name;
  uint32_t cp;
};
constexpr Entity kNamed[] = {{"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},
                             {"apos", '\''},    {"nbsp", 0xA0},    {"copy", 0xA9},     {"reg", 0xAE},
                             {"raquo", 0xBB},   {"laquo", 0xAB},   {"hellip", 0x2026}, {"mdash", 0x2014},
                             {"ndash", 0x2013}, {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"ldquo", 0x201C},
                             {"rdquo", 0x201D}, {"euro", 0x20AC},  {"trade", 0x2122},  {"bull", 0x2022}};
/// What windows-1252 means by the C1 controls; HTML reads numeric references that way.
constexpr uint32_t kWindows[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// Source: HTML standard, "numeric character reference end state". Errors are dropped characters.
void append_numeric(uint64_t number, std::string& out) {
  if (number == 0 || (number >= 0xD800 && number <= 0xDFFF) || number > 0x10FFFF) {
    append_code_point(out, 0xFFFD);
    return;
  }
  const auto cp = static_cast<uint32_t>(number);
  if (cp >= 0x80 && cp < 0xA0) {
    append_code_point(out, kWindows[cp - 0x80]);
    return;
  }
  const bool control =
      (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r' && cp != '\f') || cp == 0x7F || cp == 0xB;
  const bool noncharacter = (cp >= 0xFDD0 && cp <= 0xFDEF) || (cp & 0xFFFE) == 0xFFFE;
  if (cp == '\r' || !(control || noncharacter)) append_code_point(out, cp);
}

/// Reads "#123;" or "#x1f;" behind an ampersand. False when there are no digits.
bool numeric(std::string_view text, size_t& at, std::string& out) {
  size_t i = at + 1;
  const bool hex = i < text.size() && (text[i] | 32) == 'x';
  if (hex) i++;
  const size_t first = i;
  uint64_t number = 0;
  for (; i < text.size(); i++) {
    const char c = text[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : -1;
    if (hex && (c | 32) >= 'a' && (c | 32) <= 'f') digit = (c | 32) - 'a' + 10;
    if (digit < 0) break;
    number = std::min<uint64_t>(number * (hex ? 16 : 10) + static_cast<uint64_t>(digit), 0x200000);
  }
  if (i == first) return false;
  append_numeric(number, out);
  at = i < text.size() && text[i] == ';' ? i + 1 : i;
  return true;
}

bool is_name_character(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }

}  // namespace

Result<std::string> unescape_html(Runtime& rt, std::string_view text) {
  TRY(rt.scan(text.size()));
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text[at] != '&') {
      out += text[at++];
      continue;
    }
    size_t next = at + 1;
    if (next < text.size() && text[next] == '#' && numeric(text, next, out)) {
      at = next;
      continue;
    }
    size_t end = next;
    while (end < text.size() && is_name_character(text[end])) end++;
    const std::string_view name = text.substr(next, end - next);
    const bool closed = end < text.size() && text[end] == ';';
    const auto it =
        std::find_if(std::begin(kNamed), std::end(kNamed), [&](const Entity& e) { return e.name == name; });
    if (it != std::end(kNamed) && closed) {
      append_code_point(out, it->cp);
      at = end + 1;
    } else if (name.size() < 2) {  // no reference is that short
      out += text[at++];
    } else {
      return fail(Code::unsupported, "the character reference '&{}'", name.substr(0, 32));
    }
  }
  return out;
}

Result<std::string> strip_tags(Runtime& rt, std::string_view text) {
  TRY(rt.scan(text.size()));
  std::string kept;
  size_t at = 0;
  while (true) {
    const size_t start = text.find('<', at);
    if (start == text.npos) break;
    const bool comment = text.substr(start).starts_with("<!--");
    const std::string_view closer = comment ? "-->" : ">";
    const size_t end = text.find(closer, comment ? start + 4 : start);
    if (end == text.npos) break;
    kept += text.substr(at, start - at);
    at = end + closer.size();
  }
  kept += text.substr(at);
  std::string collapsed;
  for (const std::string_view word : split_space(kept, -1)) {
    if (!collapsed.empty()) collapsed += ' ';
    collapsed += word;
  }
  return unescape_html(rt, collapsed);
}

}  // namespace sov::text::jinja
