#include <algorithm>
#include <cmath>
#include <optional>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

using Items = std::vector<Value>;
using FilterBody = Result<Value> (*)(Runtime&, const Value&, Args&);
struct Row {
  std::string_view name;
  FilterBody body;
};

/// value.a.b.0, as filters take attributes.
Result<Value> dotted(Runtime& rt, Value value, const Value& path) {
  if (path.is_integral()) return get_item(rt, value, path);
  if (!path.is_string()) return misuse("attribute: wanted a str, got {}", type_name(path));
  std::string_view rest = path.text();
  while (true) {
    const size_t dot = rest.find('.');
    const std::string part(rest.substr(0, dot));
    const bool number =
        !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    const Value key =
        number && part.size() < 10 ? Value(static_cast<int64_t>(std::stol(part))) : rt.str(part);
    TRY(value, get_item(rt, value, key));
    if (dot == rest.npos) return value;
    rest.remove_prefix(dot + 1);
  }
}

Value folded(Runtime& rt, const Value& value, bool case_sensitive) {
  return value.is_string() && !case_sensitive ? rt.str(lower(value.text())) : value;
}

/// A stable merge sort whose order may fail.
Result<void> sort_by(Runtime& rt, std::vector<std::pair<Value, Value>>& rows, bool reverse) {
  std::optional<Error> problem;
  const auto before = [&](const auto& a, const auto& b) {
    if (problem) return false;
    const Result<bool> result = reverse ? less(rt, b.first, a.first) : less(rt, a.first, b.first);
    if (!result) problem = result.error();
    return result && *result;
  };
  std::stable_sort(rows.begin(), rows.end(), before);
  if (problem) return fail(*problem);
  return {};
}

Result<Value> sort(Runtime& rt, const Value& value, Args& args) {
  TRY(const Items items, to_vector(rt, value));
  const bool reverse = truthy(argument(args, 0, "reverse"));
  const bool case_sensitive = truthy(argument(args, 1, "case_sensitive"));
  const Value attribute = argument(args, 2, "attribute");
  std::vector<std::pair<Value, Value>> rows;
  for (const Value& item : items) {
    Value key = item;
    if (!attribute.is_missing() && !attribute.is_none()) {
      TRY(key, dotted(rt, item, attribute));
    }
    rows.emplace_back(folded(rt, key, case_sensitive), item);
  }
  TRY(sort_by(rt, rows, reverse));
  Items out;
  for (auto& row : rows) out.push_back(std::move(row.second));
  return rt.list(std::move(out));
}

Result<Value> dictsort(Runtime& rt, const Value& value, Args& args) {
  if (!value.is_dict()) return misuse("dictsort: wanted a dict, got {}", type_name(value));
  const bool case_sensitive = truthy(argument(args, 0, "case_sensitive"));
  const Value by = argument(args, 1, "by");
  const bool by_value = by.is_string() && by.text() == "value";
  std::vector<std::pair<Value, Value>> rows;
  for (const Dict::Entry& entry : value.dict().entries()) {
    rows.emplace_back(folded(rt, by_value ? entry.second : entry.first, case_sensitive),
                      rt.tuple({entry.first, entry.second}));
  }
  TRY(sort_by(rt, rows, truthy(argument(args, 2, "reverse"))));
  Items out;
  for (auto& row : rows) out.push_back(std::move(row.second));
  return rt.list(std::move(out));
}

Result<Value> extreme(Runtime& rt, const Value& value, Args& args, bool largest) {
  TRY(const Items items, to_vector(rt, value));
  const bool case_sensitive = truthy(argument(args, 0, "case_sensitive"));
  const Value attribute = argument(args, 1, "attribute");
  Value best, best_key;
  for (const Value& item : items) {
    Value key = item;
    if (!attribute.is_missing() && !attribute.is_none()) {
      TRY(key, dotted(rt, item, attribute));
    }
    key = folded(rt, key, case_sensitive);
    bool better = best.is_missing();
    if (!better) {
      TRY(better, largest ? less(rt, best_key, key) : less(rt, key, best_key));
    }
    if (better) best = item, best_key = key;
  }
  if (best.is_missing()) return Value::undefined("No aggregated item, sequence was empty.");
  return best;
}

Result<Value> map(Runtime& rt, const Value& value, Args& args) {
  if (!truthy(value)) return rt.list({});  // as jinja: whatever is false maps to nothing
  TRY(const Items items, to_vector(rt, value));
  Items out;
  const Value attribute = argument(args, args.positional.size(), "attribute");
  const Value fallback = argument(args, args.positional.size(), "default");
  for (const Value& item : items) {
    Value made;
    if (!attribute.is_missing()) {
      TRY(made, dotted(rt, item, attribute));
      if (made.is_undefined() && !fallback.is_missing()) made = fallback;
    } else {
      if (args.positional.empty() || !args.positional[0].is_string())
        return misuse("map requires a filter argument");
      Args rest;
      rest.positional.assign(args.positional.begin() + 1, args.positional.end());
      rest.named = args.named;
      TRY(made, apply_filter(rt, args.positional[0].text(), item, std::move(rest)));
    }
    out.push_back(std::move(made));
  }
  return rt.list(std::move(out));
}

Result<Value> choose(Runtime& rt, const Value& value, const Args& args, bool keep, bool by_attribute) {
  if (!truthy(value)) return rt.list({});
  TRY(const Items items, to_vector(rt, value));
  const size_t first = by_attribute ? 1 : 0;
  if (args.positional.size() < first) return misuse("missing parameter for attribute name");
  Args rest;
  for (size_t i = first + 1; i < args.positional.size(); i++) rest.positional.push_back(args.positional[i]);
  Items out;
  for (const Value& item : items) {
    Value subject = item;
    if (by_attribute) {
      TRY(subject, dotted(rt, item, args.positional[0]));
    }
    bool passed = truthy(subject);
    if (args.positional.size() > first) {
      const Value& test = args.positional[first];
      if (!test.is_string()) return misuse("test name: wanted a str, got {}", type_name(test));
      TRY(passed, apply_test(rt, test.text(), subject, rest));
    }
    if (passed == keep) out.push_back(item);
  }
  return rt.list(std::move(out));
}

Result<Value> join(Runtime& rt, const Value& value, Args& args) {
  TRY(const Items items, to_vector(rt, value));
  const Value separator = argument(args, 0, "d");
  const Value attribute = argument(args, 1, "attribute");
  std::string between;
  if (!separator.is_missing()) {
    TRY(between, to_text(rt, separator));
  }
  std::string out;
  for (size_t i = 0; i < items.size(); i++) {
    Value item = items[i];
    if (!attribute.is_missing()) {
      TRY(item, dotted(rt, item, attribute));
    }
    TRY(const std::string text, to_text(rt, item));
    out += (i > 0 ? between : std::string()) + text;
    TRY(rt.reserve(out.size()));
  }
  return rt.str(std::move(out));
}

Result<Value> unique(Runtime& rt, const Value& value, Args& args) {
  TRY(const Items items, to_vector(rt, value));
  const bool case_sensitive = truthy(argument(args, 0, "case_sensitive"));
  const Value attribute = argument(args, 1, "attribute");
  auto seen = rt.new_dict();
  Items out;
  for (const Value& item : items) {
    Value key = item;
    if (!attribute.is_missing() && !attribute.is_none()) {
      TRY(key, dotted(rt, item, attribute));
    }
    key = folded(rt, key, case_sensitive);
    TRY(const Value* found, dict_get(rt, *seen, key));
    if (found != nullptr) continue;
    TRY(dict_set(rt, *seen, key, Value(true)));
    out.push_back(item);
  }
  return rt.list(std::move(out));
}

Result<Value> batch(Runtime& rt, const Value& value, Args& args) {
  TRY(const Items items, to_vector(rt, value));
  TRY(const int64_t size, int_argument(args, 0, "linecount", 0));
  if (size < 1) return misuse("batch: wanted a positive line count, got {}", size);
  const Value fill = argument(args, 1, "fill_with");
  Items out, line;
  for (const Value& item : items) {
    line.push_back(item);
    if (static_cast<int64_t>(line.size()) == size) out.push_back(rt.list(std::exchange(line, {})));
  }
  if (!line.empty()) {
    while (!fill.is_missing() && !fill.is_none() && static_cast<int64_t>(line.size()) < size)
      line.push_back(fill);
    out.push_back(rt.list(std::move(line)));
  }
  return rt.list(std::move(out));
}

Result<Value> sum(Runtime& rt, const Value& value, Args& args) {
  TRY(const Items items, to_vector(rt, value));
  const Value attribute = argument(args, 0, "attribute");
  const Value start = argument(args, 1, "start");
  Value total = start.is_missing() ? Value(int64_t{0}) : start;
  for (const Value& item : items) {
    Value part = item;
    if (!attribute.is_missing() && !attribute.is_none()) {
      TRY(part, dotted(rt, item, attribute));
    }
    TRY(total, add(rt, total, part));
  }
  return total;
}

Result<Value> first_or_last(Runtime& rt, const Value& value, bool first) {
  TRY(const Items items, to_vector(rt, value));
  if (items.empty()) return Value::undefined("No item, sequence was empty.");
  return first ? items.front() : items.back();
}

Result<Value> reverse(Runtime& rt, const Value& value, Args&) {
  TRY(Items items, to_vector(rt, value));
  std::reverse(items.begin(), items.end());
  if (!value.is_string()) return rt.list(std::move(items));
  std::string text;
  for (const Value& c : items) text += c.text();
  return rt.str(std::move(text));
}

Result<Value> items_of(Runtime& rt, const Value& value, Args&) {
  Items out;
  if (value.is_undefined()) return rt.list(std::move(out));
  if (!value.is_dict()) return misuse("Can only get item pairs from a mapping.");
  for (const Dict::Entry& entry : value.dict().entries())
    out.push_back(rt.tuple({entry.first, entry.second}));
  return rt.list(std::move(out));
}

Result<Value> list(Runtime& rt, const Value& value, Args&) {
  TRY(Items items, to_vector(rt, value));
  return rt.list(std::move(items));
}

Result<Value> length(Runtime&, const Value& value, Args&) {
  TRY(const int64_t n, length_of(value));
  return Value(n);
}

Result<Value> with_default(Runtime&, const Value& value, Args& args) {
  const bool replace = value.is_undefined() || (truthy(argument(args, 1, "boolean")) && !truthy(value));
  if (!replace) return value;
  const Value fallback = argument(args, 0, "default_value");
  return fallback.is_missing()
             ? Value(std::shared_ptr<const Str>(std::make_shared<Str>(nullptr, "", Markup::no)))
             : fallback;
}

Result<Value> attr(Runtime& rt, const Value& value, Args& args) {
  const Value name = argument(args, 0, "name");
  if (!name.is_string()) return misuse("attr: wanted a str, got {}", type_name(name));
  if (value.is_dict()) {  // an attribute only, never an item
    const Value method = bound_method(value, name.text());
    return method.is_missing() ? Value::undefined(strf("'dict object' has no attribute '{}'", name.text()))
                               : method;
  }
  return get_attribute(rt, value, name.text());
}

Result<Value> absolute(Runtime&, const Value& value, Args&) {
  if (!value.is_number()) return misuse("bad operand type for abs(): '{}'", type_name(value));
  if (value.is_real()) return Value(std::abs(value.real()));
  return value.integer() < 0 ? negate(value) : Value(value.integer());
}

Result<Value> to_int(Runtime&, const Value& value, Args& args) {
  TRY(const int64_t base, int_argument(args, 1, "base", 10));
  const Value fallback = argument(args, 0, "default");
  const Value otherwise = fallback.is_missing() ? Value(int64_t{0}) : fallback;
  if (value.is_integral()) return Value(value.integer());
  if (value.is_real()) {
    return std::abs(value.real()) < 9.2e18 ? Value(static_cast<int64_t>(std::trunc(value.real())))
                                           : otherwise;
  }
  if (!value.is_string()) return otherwise;
  const std::string text(strip(value.text(), Side::both));
  char* end = nullptr;
  errno = 0;
  const long long number = std::strtoll(text.c_str(), &end, static_cast<int>(base));
  if (!text.empty() && *end == '\0' && errno == 0) return Value(static_cast<int64_t>(number));
  const double real = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0' && std::abs(real) < 9.2e18) return Value(static_cast<int64_t>(real));
  return otherwise;
}

Result<Value> to_float(Runtime&, const Value& value, Args& args) {
  const Value fallback = argument(args, 0, "default");
  if (value.is_number()) return Value(value.real());
  if (value.is_string()) {
    const std::string text(strip(value.text(), Side::both));
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (!text.empty() && *end == '\0') return Value(number);
  }
  return fallback.is_missing() ? Value(0.0) : fallback;
}

Result<Value> round(Runtime&, const Value& value, Args& args) {
  TRY(const int64_t precision, int_argument(args, 0, "precision", 0));
  const Value method = argument(args, 1, "method");
  if (!value.is_number()) return misuse("round: wanted a number, got {}", type_name(value));
  const double factor = std::pow(10.0, static_cast<double>(precision));
  if (method.is_string() && method.text() == "ceil") return Value(std::ceil(value.real() * factor) / factor);
  if (method.is_string() && method.text() == "floor")
    return Value(std::floor(value.real() * factor) / factor);
  if (precision < 0 || precision > 17) return fail(Code::unsupported, "round to {} places", precision);
  // Decimal rounding of the exact binary value, half to even, as Python's round().
  return Value(std::strtod(strf("{:.{}f}", value.real(), precision).c_str(), nullptr));
}

Result<Value> tojson(Runtime& rt, const Value& value, Args& args) {
  JsonStyle style;
  style.ensure_ascii = truthy(argument(args, 0, "ensure_ascii"));
  const Value indent = argument(args, 1, "indent");
  const Value separators = argument(args, 2, "separators");
  style.sort_keys = truthy(argument(args, 3, "sort_keys"));
  if (indent.is_integral()) {
    if (indent.integer() > 1000) return fail(Code::exhausted, "tojson: indent above 1000");
    style.pretty = true;
    style.indent = std::string(static_cast<size_t>(std::max<int64_t>(0, indent.integer())), ' ');
  } else if (indent.is_string()) {
    style.pretty = true;
    style.indent = indent.text();
  }
  if (style.pretty) style.item_separator = ",";
  if (separators.is_sequence()) {
    if (separators.items().size() != 2 || !separators.items()[0].is_string() ||
        !separators.items()[1].is_string()) {
      return misuse("tojson: separators must be two strings");
    }
    style.item_separator = separators.items()[0].text();
    style.key_separator = separators.items()[1].text();
  }
  TRY(std::string text, to_json(rt, value, style));
  return rt.str(std::move(text));
}

Result<Value> indent(Runtime& rt, const Value& value, Args& args) {
  const Value width = argument(args, 0, "width");
  std::string space(4, ' ');
  if (width.is_string()) space = width.text();
  if (width.is_integral()) {
    TRY(rt.reserve(static_cast<uint64_t>(std::max<int64_t>(0, width.integer()))));
    space = std::string(static_cast<size_t>(std::max<int64_t>(0, width.integer())), ' ');
  }
  const bool first = truthy(argument(args, 1, "first"));
  const bool blank = truthy(argument(args, 2, "blank"));
  TRY(std::string text, to_text(rt, value));
  text += '\n';
  std::string out;
  bool at_first = true;
  for (const std::string_view line : split_lines(text)) {
    if (!at_first) out += '\n';
    if (at_first ? first : (blank || !line.empty())) out += space;
    out += line;
    TRY(rt.reserve(out.size()));
    at_first = false;
  }
  return rt.str(std::move(out));
}

Result<Value> escape(Runtime& rt, const Value& value, Args&) {
  if (value.is_markup()) return value;
  TRY(const std::string text, to_text(rt, value));
  TRY(rt.reserve(text.size() * 6));
  return rt.str(escape_html(text), Markup::yes);
}

Result<Value> safe(Runtime& rt, const Value& value, Args&) {
  TRY(std::string text, to_text(rt, value));
  return rt.str(std::move(text), Markup::yes);
}

/// Filters that are a str method on str(value).
Result<Value> by_method(Runtime& rt, const std::string& name, const Value& value, Args args) {
  TRY(std::string text, to_text(rt, value));
  return call(rt, bound_method(rt.str(std::move(text)), name), std::move(args));
}

Result<Value> wordcount(Runtime& rt, const Value& value, Args&) {
  TRY(const std::string text, to_text(rt, value));
  return Value(static_cast<int64_t>(split_space(text, -1).size()));
}

Result<Value> format_filter(Runtime& rt, const Value& value, Args& args) {
  TRY(const std::string pattern, to_text(rt, value));
  if (args.named.empty()) return percent_format(rt, pattern, rt.tuple(args.positional));
  auto dict = rt.new_dict();
  for (auto& [name, given] : args.named) dict->set(name, given);
  return percent_format(rt, pattern, Value(std::shared_ptr<const Dict>(std::move(dict))));
}

Result<Value> string(Runtime& rt, const Value& value, Args&) {
  TRY(std::string text, to_text(rt, value));
  return rt.str(std::move(text));
}

constexpr Row kFilters[] = {
    {"sort", sort},
    {"dictsort", dictsort},
    {"map", map},
    {"join", join},
    {"unique", unique},
    {"batch", batch},
    {"sum", sum},
    {"reverse", reverse},
    {"items", items_of},
    {"list", list},
    {"length", length},
    {"count", length},
    {"default", with_default},
    {"d", with_default},
    {"attr", attr},
    {"abs", absolute},
    {"int", to_int},
    {"float", to_float},
    {"round", round},
    {"tojson", tojson},
    {"indent", indent},
    {"escape", escape},
    {"e", escape},
    {"forceescape", escape},
    {"wordcount", wordcount},
    {"format", format_filter},
    {"string", string},
    {"min", [](Runtime& rt, const Value& v, Args& a) { return extreme(rt, v, a, false); }},
    {"max", [](Runtime& rt, const Value& v, Args& a) { return extreme(rt, v, a, true); }},
    {"select", [](Runtime& rt, const Value& v, Args& a) { return choose(rt, v, a, true, false); }},
    {"reject", [](Runtime& rt, const Value& v, Args& a) { return choose(rt, v, a, false, false); }},
    {"selectattr", [](Runtime& rt, const Value& v, Args& a) { return choose(rt, v, a, true, true); }},
    {"rejectattr", [](Runtime& rt, const Value& v, Args& a) { return choose(rt, v, a, false, true); }},
    {"first", [](Runtime& rt, const Value& v, Args&) { return first_or_last(rt, v, true); }},
    {"last", [](Runtime& rt, const Value& v, Args&) { return first_or_last(rt, v, false); }},
    {"safe", safe},
    {"trim", [](Runtime& rt, const Value& v, Args& a) { return by_method(rt, "strip", v, std::move(a)); }},
    {"replace",
     [](Runtime& rt, const Value& v, Args& a) { return by_method(rt, "replace", v, std::move(a)); }},
    {"upper", [](Runtime& rt, const Value& v, Args&) { return by_method(rt, "upper", v, {}); }},
    {"lower", [](Runtime& rt, const Value& v, Args&) { return by_method(rt, "lower", v, {}); }},
    {"capitalize", [](Runtime& rt, const Value& v, Args&) { return by_method(rt, "capitalize", v, {}); }},
};

/// Filters of jinja that no chat template was seen to use.
constexpr std::string_view kNotBuilt[] = {"center", "filesizeformat", "groupby", "pprint",   "random",
                                          "slice",  "striptags",      "title",   "truncate", "urlencode",
                                          "urlize", "wordwrap",       "xmlattr"};

}  // namespace

Result<Value> apply_filter(Runtime& rt, const std::string& name, const Value& value, Args args) {
  TRY(rt.step());
  for (const Row& row : kFilters) {
    if (row.name == name) return row.body(rt, value, args);
  }
  if (std::find(std::begin(kNotBuilt), std::end(kNotBuilt), name) != std::end(kNotBuilt)) {
    return fail(Code::unsupported, "template filter '{}'", name);
  }
  return fail(Code::corrupt, "template: no filter named '{}'", name);
}

}  // namespace sov::text::jinja
