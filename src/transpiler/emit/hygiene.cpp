#include "transpiler/emit/hygiene.h"

#include <algorithm>

#include "transpiler/emit/words.h"

namespace sov::transpiler {
namespace {

/// The words of a pattern but for its types and `mut`: "(a, &b): (i64, T)" gives a and b.
void add_names(std::string_view pattern, std::vector<std::string>& out) {
  bool in_type = false;
  size_t depth = 0;
  for (size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c == '(' || c == '<' || c == '[') ++depth;
    if ((c == ')' || c == '>' || c == ']') && depth > 0) --depth;
    if (c == ':') in_type = true;
    if (c == ',' && depth == 0) in_type = false;
    const size_t end = word_end(pattern, at);
    if (end > at && !in_type) {
      const std::string_view word = pattern.substr(at, end - at);
      if (word != "mut" && word != "ref" && word != "_") out.emplace_back(word);
    }
    at = std::max(end, at + 1);
  }
}

/// The word at `at` is a name that stands for itself: no field, part of a path or mark. The end of a range
/// does.
bool stands_alone(std::string_view text, size_t at, size_t end) {
  const char before = at == 0 ? ' ' : text[at - 1], after = end < text.size() ? text[end] : ' ';
  const bool range = at > 1 && before == '.' && text[at - 2] == '.';
  if (is_word(before) || (before == '.' && !range) || (at > 1 && text.substr(at - 2, 2) == "::"))
    return false;
  if (before == '{' && after == '}') return false;
  return text.substr(end, 2) != "::";
}

std::string renamed(std::string_view text, std::string_view name, std::string_view with) {
  std::string out;
  size_t done = 0;
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size())) {
    const size_t end = at + name.size();
    if ((end < text.size() && is_word(text[end])) || !stands_alone(text, at, end)) continue;
    out += text.substr(done, at - done);
    out += with;
    done = end;
  }
  out += text.substr(done);
  return out;
}

}  // namespace

bool mentions_word(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool before = at == 0 || !is_word(text[at - 1]);
    const bool after = at + word.size() >= text.size() || !is_word(text[at + word.size()]);
    if (before && after) return true;
  }
  return false;
}

std::vector<std::string> bound_names(std::string_view rust) {
  std::vector<std::string> out;
  for (size_t at = 0; at < rust.size(); ++at) {
    if (rust.substr(at, 4) == "let " && (at == 0 || !is_word(rust[at - 1]))) {
      const size_t end = std::min(rust.find('=', at), rust.size());
      add_names(rust.substr(at + 4, end - at - 4), out);
    }
    if (rust[at] != '|') continue;
    const size_t end = rust.find('|', at + 1);
    if (end == std::string_view::npos) break;
    // `a | b` is no closure.
    const bool opens = at == 0 || rust[at - 1] == '(' || rust[at - 1] == ' ' || rust[at - 1] == ',';
    if (opens && rust.substr(at + 1, 1) != " ") add_names(rust.substr(at + 1, end - at - 1), out);
    at = end;
  }
  return out;
}

std::string kept_apart(std::string rust, const std::vector<std::string_view>& inserted,
                       const std::function<std::string(std::string_view)>& make) {
  for (const std::string& name : bound_names(rust)) {
    const bool meets =
        std::ranges::any_of(inserted, [&](std::string_view text) { return mentions_word(text, name); });
    if (meets) rust = renamed(rust, name, make(name));
  }
  return rust;
}

}  // namespace sov::transpiler
