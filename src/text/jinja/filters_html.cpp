// Filters for HTML and URLs.

#include <algorithm>

#include "text/jinja/filters.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

Value marked(Runtime& rt, std::string text, bool safe) {
  return rt.str(std::move(text), safe ? Markup::yes : Markup::no);
}

Result<Value> escape(Runtime& rt, const Value& value, const Bound&) {
  if (value.is_markup()) return value;
  TRY(std::string text, escaped_text(rt, value));
  return rt.str(std::move(text), Markup::yes);
}

Result<Value> forceescape(Runtime& rt, const Value& value, const Bound&) {
  TRY(const std::string text, to_text(rt, value));
  TRY(rt.reserve(text.size() * 5));
  return rt.str(escape_html(text), Markup::yes);
}

Result<Value> safe(Runtime& rt, const Value& value, const Bound&) {
  TRY(std::string text, to_text(rt, value));
  return rt.str(std::move(text), Markup::yes);
}

Result<Value> striptags(Runtime& rt, const Value& value, const Bound&) {
  TRY(const std::string text, to_text(rt, value));
  TRY(std::string plain, strip_tags(rt, text));
  return rt.str(std::move(plain));
}

Result<Value> xmlattr(Runtime& rt, const Value& value, const Bound& a) {
  if (!value.is_dict()) return misuse("xmlattr: wanted a dict, got {}", type_name(value));
  std::string out;
  for (const auto& [key, item] : value.dict().entries()) {
    if (item.is_none() || item.is_undefined()) continue;
    TRY(const std::string name, text_of(key, "xmlattr: name"));
    if (name.find_first_of(" \t\n\r\f\v/>=") != name.npos)
      return misuse("xmlattr: invalid character in attribute name '{}'", name);
    TRY(const std::string safe_name, escaped_text(rt, key));
    TRY(const std::string text, escaped_text(rt, item));
    if (!out.empty()) out += ' ';
    out += safe_name + "=\"" + text + "\"";
    TRY(rt.reserve(out.size()));
  }
  if (!out.empty() && (a[0].is_missing() || truthy(a[0]))) out.insert(0, " ");
  return marked(rt, std::move(out), rt.autoescape);
}

/// Percent-encodes all bytes but letters, digits and _.-~ (and / in paths).
Result<std::string> quoted(Runtime& rt, const Value& value, bool in_query) {
  TRY(const std::string text, to_text(rt, value));
  TRY(rt.reserve(text.size() * 3));
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' ||
                       c == '.' || c == '-' || c == '~' || (c == '/' && !in_query);
    if (plain) {
      out += c;
    } else if (c == ' ' && in_query) {
      out += '+';
    } else {
      out += strf("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

Result<Value> urlencode(Runtime& rt, const Value& value, const Bound&) {
  if (value.is_string() || !is_iterable(value)) {
    TRY(std::string text, quoted(rt, value, false));
    return rt.str(std::move(text));
  }
  std::vector<Value> pairs;
  if (value.is_dict()) {
    for (const auto& [key, item] : value.dict().entries()) pairs.push_back(rt.tuple({key, item}));
  } else {
    TRY(pairs, to_vector(rt, value));
  }
  std::string out;
  for (const Value& pair : pairs) {
    TRY(const std::vector<Value> parts, to_vector(rt, pair));
    if (parts.size() != 2) return misuse("urlencode: wanted pairs, got {} values", parts.size());
    TRY(const std::string key, quoted(rt, parts[0], true));
    TRY(const std::string item, quoted(rt, parts[1], true));
    out += (out.empty() ? "" : "&") + key + "=" + item;
    TRY(rt.reserve(out.size()));
  }
  return rt.str(std::move(out));
}

/// A scheme prefix: two or more letters, digits or .+- with a colon and up to two slashes.
bool is_scheme(std::string_view text) {
  size_t at = 0;
  int64_t count = 0;
  while (at < text.size()) {
    size_t next = at;
    const uint32_t cp = next_code_point(text, next);
    if (cp == ':') break;
    if (!is_alnum(cp) && cp != '_' && cp != '.' && cp != '+' && cp != '-') return false;
    at = next;
    count++;
  }
  const std::string_view rest = text.substr(at);
  return count >= 2 && (rest == ":" || rest == ":/" || rest == "://" || rest == ":\n");
}

/// The parts of rel: the words given, nofollow when asked, and jinja's own noopener; sorted.
Result<std::string> rel_words(const Bound& a) {
  std::vector<std::string> words = {"noopener"};
  if (given(a[3]) && truthy(a[3])) {
    TRY(const std::string rel, text_of(a[3], "urlize: rel"));
    for (const std::string_view word : split_space(rel, -1)) words.emplace_back(word);
  }
  if (truthy(a[1])) words.emplace_back("nofollow");
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return escape_html(out);
}

Result<Value> urlize_filter(Runtime& rt, const Value& value, const Bound& a) {
  UrlizeStyle style;
  if (given(a[0])) {
    TRY(style.trim, int_or(a[0], "urlize: trim_url_limit", -1));
  }
  TRY(style.rel, rel_words(a));
  if (given(a[2])) {
    TRY(const std::string target, text_of(a[2], "urlize: target"));
    style.target = escape_html(target);
  }
  if (given(a[4])) {
    TRY(const std::vector<Value> schemes, to_vector(rt, a[4]));
    for (const Value& scheme : schemes) {
      TRY(std::string text, text_of(scheme, "urlize: scheme"));
      if (!is_scheme(text)) return misuse("urlize: '{}' is not a valid URI scheme prefix", text);
      style.extra_schemes.push_back(std::move(text));
    }
  }
  TRY(const std::string escaped, escaped_text(rt, value));
  TRY(std::string out, urlize(rt, escaped, style));
  return marked(rt, std::move(out), rt.autoescape);
}

constexpr FilterRow kRows[] = {
    {"escape", escape},
    {"e", escape},
    {"forceescape", forceescape},
    {"safe", safe},
    {"striptags", striptags},
    {"xmlattr", xmlattr, {"autospace"}},
    {"urlencode", urlencode},
    {"urlize", urlize_filter, {"trim_url_limit", "nofollow", "target", "rel", "extra_schemes"}},
};

}  // namespace

std::span<const FilterRow> html_filters() { return kRows; }

}  // namespace sov::text::jinja
