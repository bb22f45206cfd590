// Filters that turn a value into text and change the text.

#include <algorithm>

#include "text/jinja/filters.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

/// str(value), except that text stays what it is (marked safe or not).
Result<Value> soft_text(Runtime& rt, const Value& value) {
  if (value.is_string()) return value;
  TRY(std::string text, to_text(rt, value));
  return rt.str(std::move(text));
}

/// The method of this name of soft_text(value).
Result<Value> method(Runtime& rt, const Value& value, const char* name, std::vector<Value> arguments = {}) {
  TRY(const Value text, soft_text(rt, value));
  return call(rt, bound_method(rt, text, name), {std::move(arguments), {}});
}

Result<Value> upper_filter(Runtime& rt, const Value& v, const Bound&) { return method(rt, v, "upper"); }
Result<Value> lower_filter(Runtime& rt, const Value& v, const Bound&) { return method(rt, v, "lower"); }
Result<Value> capitalize_filter(Runtime& rt, const Value& v, const Bound&) {
  return method(rt, v, "capitalize");
}
Result<Value> center(Runtime& rt, const Value& v, const Bound& a) {
  return method(rt, v, "center", {a[0].is_missing() ? Value(80) : a[0]});
}
Result<Value> trim(Runtime& rt, const Value& v, const Bound& a) {
  return given(a[0]) ? method(rt, v, "strip", {a[0]}) : method(rt, v, "strip");
}

Result<Value> string(Runtime& rt, const Value& value, const Bound&) { return soft_text(rt, value); }

/// Each word begins with an upper case letter; words begin after white space, hyphens and opening brackets.
Result<Value> title_filter(Runtime& rt, const Value& value, const Bound&) {
  TRY(const Value soft, soft_text(rt, value));
  const std::string& text = soft.text();
  constexpr std::string_view kBetween = "-({[<";
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const auto between = [&](size_t from) {
      size_t next = from;
      const uint32_t cp = next_code_point(text, next);
      return is_space(cp) || (cp < 0x80 && kBetween.find(static_cast<char>(cp)) != std::string_view::npos);
    };
    const bool separator = between(at);
    while (at < text.size() && between(at) == separator) next_code_point(text, at);
    size_t second = start;
    next_code_point(text, second);
    out += separator ? text.substr(start, at - start)
                     : upper(text.substr(start, second - start)) + lower(text.substr(second, at - second));
    TRY(rt.reserve(out.size()));
  }
  return rt.str(std::move(out));
}

Result<Value> replace(Runtime& rt, const Value& value, const Bound& a) {
  const Value count = given(a[2]) ? a[2] : Value(-1);
  Value text = value;
  if (!rt.autoescape) {
    TRY(std::string plain, to_text(rt, value));
    text = rt.str(std::move(plain));
  } else if (a[0].is_markup() || (a[1].is_markup() && !value.is_markup())) {
    TRY(std::string safe, escaped_text(rt, value));
    text = rt.str(std::move(safe), Markup::yes);
  }
  std::vector<Value> arguments;
  for (const Value* part : {&a[0], &a[1]}) {
    TRY(Value soft, soft_text(rt, *part));
    if (!rt.autoescape && soft.is_markup()) soft = rt.str(soft.text());
    arguments.push_back(std::move(soft));
  }
  arguments.push_back(count);
  return method(rt, text, "replace", std::move(arguments));
}

Result<Value> indent(Runtime& rt, const Value& value, const Bound& a) {
  if (value.is_undefined()) return undefined_error(value);
  if (!value.is_string()) return misuse("indent: wanted a str, got {}", type_name(value));
  std::string space(4, ' ');
  if (a[0].is_string()) {
    space = a[0].text();
  } else if (!a[0].is_missing()) {
    TRY(const int64_t width, int_or(a[0], "indent: width", 4));
    TRY(rt.reserve(static_cast<uint64_t>(std::max<int64_t>(0, width))));
    space = std::string(static_cast<size_t>(std::max<int64_t>(0, width)), ' ');
  }
  const bool first = truthy(a[1]);
  const bool blank = truthy(a[2]);
  const std::string text = value.text() + "\n";
  std::string out;
  bool at_first = true;
  for (const std::string_view line : split_lines(text)) {
    if (!at_first) out += '\n';
    if (at_first ? first : (blank || !line.empty())) out += space;
    out += line;
    TRY(rt.reserve(out.size()));
    TRY(rt.scan(space.size() + line.size()));
    at_first = false;
  }
  return rt.str(std::move(out), value.str().markup);
}

Result<Value> truncate(Runtime& rt, const Value& value, const Bound& a) {
  constexpr int64_t kLeeway = 5;  // jinja's policy
  TRY(const int64_t length, int_or(a[0], "truncate: length", 255));
  const Value end = a[2].is_missing() ? rt.str("...") : a[2];
  if (!end.is_string()) return misuse("truncate: end must be a str, got {}", type_name(end));
  TRY(const int64_t leeway, int_or(given(a[3]) ? a[3] : Value(), "truncate: leeway", kLeeway));
  const int64_t keep = length - end.str().length;
  if (keep < 0) return misuse("truncate: expected length >= {}, got {}", end.str().length, length);
  if (leeway < 0) return misuse("truncate: expected leeway >= 0, got {}", leeway);
  TRY(const int64_t size, length_of(value));
  if (length > std::numeric_limits<int64_t>::max() - leeway || size <= length + leeway) return value;
  TRY(Value kept, get_slice(rt, value, Value(), Value(keep), Value()));
  if (!truthy(a[1])) {
    if (!kept.is_string()) return misuse("truncate: wanted a str, got {}", type_name(value));
    const size_t space = kept.text().rfind(' ');
    if (space != std::string::npos) kept = rt.str(kept.text().substr(0, space), kept.str().markup);
  }
  return add(rt, kept, end);
}

bool is_word(uint32_t cp) { return cp == '_' || is_alnum(cp); }

Result<Value> wordcount(Runtime& rt, const Value& value, const Bound&) {
  TRY(const std::string text, to_text(rt, value));
  TRY(rt.scan(text.size()));
  int64_t count = 0;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const bool word = is_word(next_code_point(text, at));
    count += word && !inside ? 1 : 0;
    inside = word;
  }
  return Value(count);
}

Result<Value> wordwrap(Runtime& rt, const Value& value, const Bound& a) {
  if (!value.is_string()) return misuse("wordwrap: wanted a str, got {}", type_name(value));
  WrapStyle style;
  TRY(style.width, int_or(a[0], "wordwrap: width", 79));
  style.break_long_words = a[1].is_missing() || truthy(a[1]);
  style.break_on_hyphens = a[3].is_missing() || truthy(a[3]);
  std::string between = "\n";
  if (given(a[2])) {
    TRY(between, text_of(a[2], "wordwrap: wrapstring"));
  }
  std::string out;
  bool first = true;
  for (const std::string_view line : split_lines(value.text())) {
    TRY(const std::vector<std::string> wrapped, wrap_line(rt, std::string(line), style));
    if (!first) out += between;
    first = false;
    for (size_t i = 0; i < wrapped.size(); i++) {
      out += (i > 0 ? between : std::string()) + wrapped[i];
      TRY(rt.reserve(out.size()));
    }
  }
  return rt.str(std::move(out));
}

Result<Value> format(Runtime& rt, const Value& value, const Args& args) {
  if (!args.positional.empty() && !args.named.empty())
    return misuse("format takes positional or named arguments, not both");
  TRY(const Value pattern, soft_text(rt, value));
  if (args.named.empty()) return percent_format(rt, pattern, rt.tuple(args.positional));
  auto dict = rt.new_dict();
  for (const auto& [name, given_value] : args.named) dict->set(name, given_value);
  return percent_format(rt, pattern, Value(std::shared_ptr<const Dict>(std::move(dict))));
}

Result<Value> pprint(Runtime& rt, const Value& value, const Bound&) {
  TRY(std::string text, pretty(rt, value));
  return rt.str(std::move(text));
}

constexpr FilterRow kRows[] = {
    {"upper", upper_filter},
    {"lower", lower_filter},
    {"capitalize", capitalize_filter},
    {"title", title_filter},
    {"center", center, {"width"}},
    {"trim", trim, {"chars"}},
    {"string", string},
    {"replace", replace, {"!old", "!new", "count"}},
    {"indent", indent, {"width", "first", "blank"}},
    {"truncate", truncate, {"length", "killwords", "end", "leeway"}},
    {"wordcount", wordcount},
    {"wordwrap", wordwrap, {"width", "break_long_words", "wrapstring", "break_on_hyphens"}},
    {"format", nullptr, {}, format},
    {"pprint", pprint},
};

}  // namespace

std::span<const FilterRow> text_filters() { return kRows; }

}  // namespace sov::text::jinja
