// Rewritings of texts: items of lists in lists, comprehensions that need no list.
#include <algorithm>
#include <cctype>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// A chain of names and calls without arguments: evaluating it changes nothing and cannot raise.
bool is_plain(std::string_view text) {
  size_t at = 0;
  for (const char c : text) {
    const bool word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == ':';
    const bool pair =
        (c == '(' && at + 1 < text.size() && text[at + 1] == ')') || (c == ')' && text[at - 1] == '(');
    if (!word && !pair) return false;
    ++at;
  }
  return !text.empty();
}

/// Whatever is called in the text is one of `names`; "" stands for parentheses.
bool calls_only(std::string_view text, std::span<const std::string_view> names) {
  for (size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    size_t word = at;
    while (word > 0 &&
           (std::isalnum(static_cast<unsigned char>(text[word - 1])) != 0 || text[word - 1] == '_'))
      --word;
    if (std::ranges::find(names, text.substr(word, at - word)) == std::end(names)) return false;
  }
  return true;
}

/// An index that may be evaluated before an earlier index is looked at.
bool is_pure_index(std::string_view text) {
  if (text.find_first_of("?!{|\"") != std::string_view::npos) return false;
  constexpr std::string_view kHarmless[] = {"", "iadd", "isub", "imul", "ineg", "div", "rem", "len", "get"};
  return calls_only(text, kHarmless);
}

/// The text without what stands in quotes.
std::string unquoted(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      while (++at < text.size() && text[at] != '"') at += text[at] == '\\';
      continue;
    }
    out += text[at];
  }
  return out;
}

}  // namespace

/// The expression gives the same whenever it is evaluated, and changes nothing: literals and local variables.
bool Translator::is_inert(std::string_view text) {
  const std::string bare = unquoted(text);
  constexpr std::string_view kHarmless[] = {"", "lit", "clone", "Some", "to_value"};
  return bare.find_first_of("?!{|") == std::string::npos && calls_only(bare, kHarmless);
}

/// The expression changes nothing and cannot raise; it may read what others change.
bool Translator::is_quiet(std::string_view text) {
  const std::string bare = unquoted(text);
  constexpr std::string_view kHarmless[] = {"",       "lit",    "clone", "Some", "to_value", "get",
                                            "len",    "rem",    "div",   "iadd", "isub",     "imul",
                                            "is_set", "substr", "from",  "vec",  "new",      "get_or"};
  return bare.find_first_of("?!{|") == std::string::npos && calls_only(bare, kHarmless);
}

/// A test whose result the type says: what it looks at is evaluated all the same.
std::string Translator::constantly(const Code& code, std::string_view result) {
  return is_quiet(code.text) ? std::string(result) : strf("{{ let _ = {}; {} }}", code.text, result);
}

/// `list[i]` by `method` (get or set); `grid[i][j]` without a handle of the row.
std::string Translator::list_item(const Code& object, const std::string& index, std::string_view method,
                                  const std::string& rest) const {
  const std::string& text = object.text;
  const size_t get = text.rfind(".get(");
  if (get != std::string::npos && text.ends_with(")?") && is_plain(text.substr(0, get)) &&
      is_pure_index(index) && rest.find_first_of("?!{") == std::string::npos) {
    const std::string row = text.substr(get + 5, text.size() - get - 7);
    int depth = 0;
    bool whole = is_pure_index(row) && !row.empty();
    for (const char c : row) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      whole = whole && depth >= 0;
    }
    if (whole) return strf("{}.{}2({}, {}{})", text.substr(0, get), method, row, index, rest);
  }
  return strf("{}.{}({}{})", operand(object), method, index, rest);
}

/// `items[i] += x` for numbers: one look-up. False where it is not known that `x` leaves the container alone.
bool Translator::changed_in_place(ast::AugAssign& node, const Code& object, const Code& index) {
  const Base kind = base(object.type);
  if (kind != Base::list && kind != Base::dict) return false;
  const TypeId item = types_.arg(object.type, kind == Base::dict ? 1 : 0);
  const bool arithmetic = node.op == Op::Add || node.op == Op::Sub || node.op == Op::Mult;
  if (!arithmetic || (base(item) != Base::integer && base(item) != Base::real)) return false;
  if (kind == Base::dict && !types_.same(index.type, types_.arg(object.type, 0))) return false;
  Code value = expr(node.value);
  if (base(value.type) != Base::integer && base(value.type) != base(item)) return false;
  if (!is_pure_index(value.text)) return false;
  std::string held;
  if (value.text.find('(') != std::string::npos) {  // it may look at the container
    const std::string name = temp("v");
    held = strf("let {} = {};", name, own(value));
    value = {name, value.type};
  }
  const std::string old = temp("v");
  const Code sum = binary(node, node.op, {"*" + old, item}, value);
  if (sum.text.find('?') != std::string::npos || !types_.same(sum.type, item)) return false;
  const std::string place = kind == Base::dict ? ref(index) : as_int(index);
  line(held);
  line(strf("{};",
            attempt(strf("{}.with_place({}, |{}| *{} = {})", operand(object), place, old, old, sum.text))));
  return true;
}

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
  size_t end = at + push.size();
  for (int depth = 1; end < text.size(); ++end) {
    if (text[end] == '"') {
      while (++end < text.size() && text[end] != '"') end += text[end] == '\\';
      continue;
    }
    depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
    if (depth == 0) break;
  }
  std::string changed = step;
  changed.replace(changed.find("{}"), 2, text.substr(at + push.size(), end - at - push.size()));
  text.replace(at, end + 1 - at, strf("{} = {}", name, changed));
  return strf("{{ let mut {}: {} = {}; {} {} }}", name, into, first, text, result);
}

}  // namespace sov::transpiler
