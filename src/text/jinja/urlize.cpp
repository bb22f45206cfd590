// Links around what looks like an address: jinja 3.1's urlize, whose patterns PCRE2 matches as Python does.

#include <algorithm>

#include "text/jinja/filters.h"
#include "text/jinja/unicode_text.h"
#include "text/tokenize/regex.h"

namespace sov::text::jinja {
namespace {

constexpr size_t kMaxWord = 8192;          // matching a long word of dots takes quadratic time
constexpr uint64_t kCompileSteps = 20000;  // what preparing the patterns costs, in evaluated nodes

/// An address with or without a scheme: a name with a top-level domain, or a scheme with an IP number.
constexpr std::string_view kUrl =
    R"(^(?i)(?:(?:https?://|www\.)(?:[\w%-]+\.)*(?:[a-z]{2,63}|xn--[\w%]{2,59}))"
    R"(|(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil))"
    R"(|https?://(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\])))"
    R"((?::\d{1,5})?(?:[/?#]\S*)?$)";
constexpr std::string_view kEmail = R"(^\S+@\w[\w.-]*\.\w+$)";

size_t count(std::string_view text, std::string_view part) {
  size_t n = 0;
  for (size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) n++;
  return n;
}

struct Word {
  std::string_view head, middle, tail;  // side by side in the text
};

/// Opening brackets in front and closing brackets and punctuation at the end are no part of an address, but
/// for brackets that it opens itself.
Word take_apart(std::string_view word) {
  size_t begin = 0, end = word.size();
  while (true) {
    const std::string_view rest = word.substr(begin);
    const size_t n = rest.starts_with('(') || rest.starts_with('<') ? 1 : rest.starts_with("&lt;") ? 4 : 0;
    if (n == 0) break;
    begin += n;
  }
  while (end > begin) {
    const std::string_view rest = word.substr(begin, end - begin);
    constexpr std::string_view kEnds = ")>.,\n";
    const size_t n = kEnds.find(rest.back()) != kEnds.npos ? 1 : rest.ends_with("&gt;") ? 4 : 0;
    if (n == 0) break;
    end -= n;
  }
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}};
  for (const auto& [open, close] : kPairs) {
    const size_t opened = count(word.substr(begin, end - begin), open);
    if (opened <= count(word.substr(begin, end - begin), close)) continue;
    for (size_t left = std::min(opened, count(word.substr(end), close)); left > 0; left--) {
      end = word.find(close, end) + close.size();
    }
  }
  return {word.substr(0, begin), word.substr(begin, end - begin), word.substr(end)};
}

class Linker {
 public:
  Linker(Runtime& rt, const UrlizeStyle& style, const Regex& url, const Regex& email)
      : rt_(rt), style_(style), url_(url), email_(email) {
    if (!style.rel.empty()) attributes_ += " rel=\"" + style.rel + "\"";
    if (!style.target.empty()) attributes_ += " target=\"" + style.target + "\"";
  }

  Result<std::string> link(std::string_view middle) {
    TRY(const bool url, matches(url_, middle));
    if (url) {
      const bool scheme = middle.starts_with("https://") || middle.starts_with("http://");
      return anchor(scheme ? "" : "https://", middle, attributes_, trimmed(middle));
    }
    if (middle.starts_with("mailto:")) {
      TRY(const bool email, matches(email_, middle.substr(7)));
      if (email) return anchor("", middle, "", middle.substr(7));
    }
    const bool may_be_email = middle.find('@') != middle.npos && !middle.starts_with("www.") &&
                              !middle.starts_with('@') && middle.find(':') == middle.npos;
    if (may_be_email) {
      TRY(const bool email, matches(email_, middle));
      if (email) return anchor("mailto:", middle, "", middle);
    }
    std::string text(middle);
    for (const std::string& scheme : style_.extra_schemes) {
      if (text != scheme && text.starts_with(scheme)) text = anchor("", text, attributes_, text);
    }
    return text;
  }

 private:
  Result<bool> matches(RegexSearch& pattern, std::string_view text) {
    if (text.size() > kMaxWord)
      return fail(Code::exhausted, "urlize: a word of more than {} bytes", kMaxWord);
    TRY(rt_.step(1 + text.size() * text.size() / 64));
    return pattern.find(text, 0).has_value();
  }

  static std::string anchor(std::string_view scheme, std::string_view address, std::string_view attributes,
                            std::string_view text) {
    return strf("<a href=\"{}{}\"{}>{}</a>", scheme, address, attributes, text);
  }

  std::string trimmed(std::string_view text) const {
    if (style_.trim < 0 || count_code_points(text) <= style_.trim) return std::string(text);
    return std::string(text.substr(0, byte_offset(text, style_.trim))) + "...";
  }

  Runtime& rt_;
  const UrlizeStyle& style_;
  std::string attributes_;
  RegexSearch url_, email_;
};

}  // namespace

Result<std::string> urlize(Runtime& rt, const std::string& escaped, const UrlizeStyle& style) {
  TRY(rt.scan(escaped.size()));
  TRY(rt.step(kCompileSteps));
  TRY(const Regex url, Regex::compile(kUrl));
  TRY(const Regex email, Regex::compile(kEmail));
  Linker linker(rt, style, url, email);
  std::string out;
  const std::string_view text = escaped;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    size_t next = at;
    const bool blank = is_space(next_code_point(text, next));
    while (at < text.size()) {
      next = at;
      if (is_space(next_code_point(text, next)) != blank) break;
      at = next;
    }
    const std::string_view word = text.substr(start, at - start);
    if (blank) {
      out += word;
      continue;
    }
    const Word parts = take_apart(word);
    TRY(const std::string middle, linker.link(parts.middle));
    out += parts.head;
    out += middle;
    out += parts.tail;
    TRY(rt.reserve(out.size()));
  }
  return out;
}

}  // namespace sov::text::jinja
