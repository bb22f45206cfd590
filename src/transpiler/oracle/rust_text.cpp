#include "transpiler/oracle/rust_text.h"

#include <algorithm>
#include <cctype>

namespace sov::transpiler {
namespace {

/// The end of a string literal that begins at `at` (the byte after its closing quote).
size_t string_end(std::string_view rust, size_t at) {
  for (size_t i = at + 1; i < rust.size(); ++i) {
    if (rust[i] == '\\')
      ++i;
    else if (rust[i] == '"')
      return i + 1;
  }
  return rust.size();
}

/// r"...", r#"..."#: the end, or 0 when none begins here.
size_t raw_string_end(std::string_view rust, size_t at) {
  if (at > 0 && is_word_byte(rust[at - 1])) return 0;
  size_t i = at + 1;
  while (i < rust.size() && rust[i] == '#') ++i;
  if (i >= rust.size() || rust[i] != '"') return 0;
  const std::string close = "\"" + std::string(i - at - 1, '#');
  const size_t end = rust.find(close, i + 1);
  return end == std::string_view::npos ? rust.size() : end + close.size();
}

/// 'a', '\n', '\u{1F600}', a character of several bytes: the end; 0 for a lifetime or label.
size_t char_end(std::string_view rust, size_t at) {
  if (at + 2 >= rust.size()) return 0;
  const auto first = static_cast<unsigned char>(rust[at + 1]);
  const size_t from = first == '\\' ? at + 3 : at + 2;
  const size_t limit = first == '\\' ? 12 : (first >= 0x80 ? 4 : 1);
  const size_t end = rust.find('\'', from);
  return end != std::string_view::npos && end < from + limit ? end + 1 : 0;
}

size_t comment_end(std::string_view rust, size_t at) {
  if (rust[at + 1] == '/') return std::min(rust.find('\n', at), rust.size());
  const size_t end = rust.find("*/", at + 2);
  return end == std::string_view::npos ? rust.size() : end + 2;
}

/// The end of what is not code and begins here, or 0.
size_t skipped(std::string_view rust, size_t at) {
  const char c = rust[at];
  if (c == '/' && at + 1 < rust.size() && (rust[at + 1] == '/' || rust[at + 1] == '*'))
    return comment_end(rust, at);
  if (c == '"') return string_end(rust, at);
  if (c == 'r') return raw_string_end(rust, at);
  if (c == '\'') return char_end(rust, at);
  return 0;
}

}  // namespace

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string edited(std::string_view rust, std::vector<Edit> edits) {
  std::ranges::stable_sort(edits, {}, &Edit::begin);
  std::string out;
  size_t at = 0;
  for (const Edit& edit : edits) {
    out.append(rust.substr(at, edit.begin - at)).append(edit.text);
    at = edit.end;
  }
  return out.append(rust.substr(at));
}

std::vector<bool> code_mask(std::string_view rust) {
  std::vector<bool> out(rust.size(), true);
  for (size_t i = 0; i < rust.size();) {
    const size_t end = skipped(rust, i);
    if (end == 0) {
      ++i;
      continue;
    }
    while (i < end) out[i++] = false;
  }
  return out;
}

size_t program_end(std::string_view rust) {
  const size_t at = rust.find("\nmod rt {");
  return at == std::string_view::npos ? rust.size() : at;
}

std::optional<size_t> closing(std::string_view rust, const std::vector<bool>& code, size_t open) {
  int depth = 0;
  for (size_t i = open; i < rust.size(); ++i) {
    if (!code[i]) continue;
    const char c = rust[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (depth == 0) return i;
  }
  return std::nullopt;
}

std::string_view line_at(std::string_view text, size_t at) {
  const size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, std::min(text.find('\n', at), text.size()) - begin);
}

std::vector<std::string> quoted_parts(std::string_view message) {
  std::vector<std::string> out;
  for (size_t at = message.find('`'); at != std::string_view::npos;) {
    const size_t end = message.find('`', at + 1);
    if (end == std::string_view::npos) break;
    out.emplace_back(message.substr(at + 1, end - at - 1));
    at = message.find('`', end + 1);
  }
  return out;
}

}  // namespace sov::transpiler
