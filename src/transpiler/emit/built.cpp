// Rewritings of texts: lists that nobody else holds need not be lists.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// Where the parenthesis that opens at `open` is closed; the text's size where it is not.
size_t closing(std::string_view text, size_t open) {
  int depth = 0;
  for (size_t at = open; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      while (++at < text.size() && text[at] != '"') at += text[at] == '\\' ? 1 : 0;
    } else if (c == '\'' && at + 2 < text.size() && (text[at + 1] == '\\' || text[at + 2] == '\'')) {
      at = text.find('\'', at + 2);
      if (at == std::string_view::npos) break;
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth == 0) return at;
  }
  return text.size();
}

/// The text with `call` exchanged for `other` where it is the last call of the text.
std::string with_last_call(std::string text, std::string_view call, std::string_view other) {
  const std::string_view leaves = text.ends_with('?') ? "?" : "";
  const size_t at = text.rfind(call);
  if (at == std::string::npos) return {};
  const size_t open = at + call.size() - 1;
  if (closing(text, open) + 1 + leaves.size() != text.size()) return {};
  return text.replace(at, call.size(), other);
}

}  // namespace

Built Built::of(const std::string& text) {
  constexpr std::string_view kBegin = "{ let mut out", kVec = ": Vec<", kMade = "> = Vec::new(); ";
  if (!text.starts_with(kBegin)) return {};
  const size_t colon = text.find(kVec), made = text.find(kMade);
  if (colon == std::string::npos || made == std::string::npos || made < colon) return {};
  Built out;
  out.name = text.substr(10, colon - 10);
  out.type = text.substr(colon + kVec.size(), made - colon - kVec.size());
  const std::string list = strf(" List::from({}) }}", out.name), vec = strf(" {} }}", out.name);
  const size_t end = text.ends_with(list) ? list.size() : text.ends_with(vec) ? vec.size() : 0;
  const size_t begin = made + kMade.size();
  if (end == 0 || begin + end > text.size()) return {};
  out.loops = text.substr(begin, text.size() - end - begin);
  return out;
}

std::string Built::folded(std::string_view into, std::string_view first, const std::string& step,
                          const std::string& result) const {
  const std::string push = name + ".push(";
  std::string text = loops;
  const size_t at = text.find(push);
  const size_t end = closing(text, at + push.size() - 1);
  std::string changed = step;
  changed.replace(changed.find("{}"), 2, text.substr(at + push.size(), end - at - push.size()));
  text.replace(at, end + 1 - at, strf("{} = {}", name, changed));
  return strf("{{ let mut {}: {} = {}; {} {} }}", name, into, first, text, result);
}

std::string fresh_items(const std::string& list) {
  constexpr std::string_view kMade = "List::from(", kMapped = ".map(List::from)?";
  if (list.starts_with(kMade) && closing(list, kMade.size() - 1) + 1 == list.size())
    return list.substr(kMade.size(), list.size() - kMade.size() - 1);
  if (list.ends_with(kMapped)) return list.substr(0, list.size() - kMapped.size()) + "?";
  if (std::string part = with_last_call(list, ".substr(", ".part("); !part.empty()) return part;
  return list.ends_with('?') ? with_last_call(list, ".slice(", ".cut(") : std::string();
}

}  // namespace sov::transpiler
