#pragma once
// The filters by family; filters.cpp joins the tables. Names, parameters and defaults: jinja 3.1's list of
// built-in filters, with transformers' tojson.

#include <array>
#include <span>
#include <string_view>

#include "text/jinja/arguments.h"
#include "text/jinja/operations.h"

namespace sov::text::jinja {

struct FilterRow {
  using Body = Result<Value> (*)(Runtime&, const Value&, const Bound&);
  using Variadic = Result<Value> (*)(Runtime&, const Value&, const Args&);
  std::string_view name;
  Body body = nullptr;
  std::array<std::string_view, 6> parameters = {};  // as bind_arguments takes them, empty ones at the end
  Variadic variadic = nullptr;                      // instead of body: takes the arguments as they come
};

std::span<const FilterRow> sequence_filters();  // filters_sequence.cpp
std::span<const FilterRow> lazy_filters();      // filters_lazy.cpp
std::span<const FilterRow> text_filters();      // filters_text.cpp
std::span<const FilterRow> value_filters();     // filters_value.cpp
std::span<const FilterRow> html_filters();      // filters_html.cpp

// filters_sequence.cpp
/// item.a.b.0, as filters name attributes; `fallback`, when given, stands for what is undefined on the way.
Result<Value> dotted(Runtime& rt, Value item, const Value& path, const Value& fallback = {});
/// Text in lower case unless case matters; other values as they are.
Value folded(Runtime& rt, const Value& value, bool case_sensitive);

// wordwrap.cpp
/// Lines of at most `width` code points, as Python's textwrap.wrap breaks them.
struct WrapStyle {
  int64_t width = 79;
  bool break_long_words = true;
  bool break_on_hyphens = true;
};
Result<std::vector<std::string>> wrap_line(Runtime& rt, const std::string& line, const WrapStyle& style);

// pretty.cpp
/// pprint.pformat(value): one line where it fits 80 columns, else one item a line, keys sorted.
Result<std::string> pretty(Runtime& rt, const Value& value);

// urlize.cpp
struct UrlizeStyle {
  int64_t trim = -1;
  std::string rel;
  std::string target;
  std::vector<std::string> extra_schemes;
};
/// Escaped text with links around what looks like an address.
Result<std::string> urlize(Runtime& rt, const std::string& escaped, const UrlizeStyle& style);

// entities.cpp
/// html.unescape(text). Errors: unsupported for named entities beyond the common ones.
Result<std::string> unescape_html(Runtime& rt, std::string_view text);
/// Markup.striptags(): without tags and comments, white space collapsed, entities resolved.
Result<std::string> strip_tags(Runtime& rt, std::string_view text);

}  // namespace sov::text::jinja
