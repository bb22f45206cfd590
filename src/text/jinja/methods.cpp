// Methods of str, list, tuple and dict that a sandboxed template may call.

#include <algorithm>
#include <array>
#include <span>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

using Method = Result<Value> (*)(Runtime&, const Value&, const Args&);
struct Row {
  std::string_view name;
  Method method;
};

Result<std::string> text_argument(const Args& args, size_t index, std::string_view name) {
  const Value value = argument(args, index, name);
  if (!value.is_string()) {
    return misuse("{}: wanted a str, got {}", name, value.is_missing() ? "nothing" : type_name(value));
  }
  return value.text();
}

Result<Value> stripped(Runtime& rt, const Value& self, const Args& args, Side side) {
  const Value chars = argument(args, 0, "chars");
  if (chars.is_missing() || chars.is_none()) return rt.str(std::string(strip(self.text(), side)));
  TRY(const std::string set, text_argument(args, 0, "chars"));
  return rt.str(std::string(strip(self.text(), set, side)));
}

/// startswith and endswith take one text or a tuple of them.
Result<Value> affix(Runtime&, const Value& self, const Args& args, bool front) {
  if (args.positional.size() > 1) return fail(Code::unsupported, "startswith/endswith with positions");
  const Value wanted = argument(args, 0, "prefix");
  std::vector<Value> all = wanted.is_tuple() ? wanted.items() : std::vector<Value>{wanted};
  for (const Value& one : all) {
    if (!one.is_string()) return misuse("startswith/endswith first arg must be str or a tuple of str");
    const std::string& text = self.text();
    const std::string& part = one.text();
    if (part.size() > text.size()) continue;
    if (text.compare(front ? 0 : text.size() - part.size(), part.size(), part) == 0) return Value(true);
  }
  return Value(false);
}

Result<Value> split(Runtime& rt, const Value& self, const Args& args, Side from) {
  const Value separator = argument(args, 0, "sep");
  TRY(const int64_t max_splits, int_argument(args, 1, "maxsplit", -1));
  std::vector<Value> parts;
  TRY(rt.step(self.text().size() / 8 + 1));
  if (separator.is_missing() || separator.is_none()) {
    for (const std::string_view part : split_space(self.text(), max_splits, from)) {
      parts.push_back(rt.str(std::string(part)));
    }
    return rt.list(std::move(parts));
  }
  TRY(const std::string sep, text_argument(args, 0, "sep"));
  if (sep.empty()) return misuse("empty separator");
  std::string_view rest = self.text();
  int64_t left = max_splits;
  while (left != 0) {
    const size_t at = from == Side::left ? rest.find(sep) : rest.rfind(sep);
    if (at == rest.npos) break;
    const std::string_view part = from == Side::left ? rest.substr(0, at) : rest.substr(at + sep.size());
    parts.push_back(rt.str(std::string(part)));
    rest = from == Side::left ? rest.substr(at + sep.size()) : rest.substr(0, at);
    left--;
  }
  parts.push_back(rt.str(std::string(rest)));
  if (from == Side::right) std::reverse(parts.begin(), parts.end());
  TRY(rt.step(parts.size()));
  return rt.list(std::move(parts));
}

Result<Value> replace(Runtime& rt, const Value& self, const Args& args) {
  TRY(const std::string from, text_argument(args, 0, "old"));
  TRY(const std::string to, text_argument(args, 1, "new"));
  TRY(int64_t left, int_argument(args, 2, "count", -1));
  const std::string& text = self.text();
  std::string out;
  size_t at = 0;
  while (left != 0) {
    const size_t hit = from.empty() ? at : text.find(from, at);
    if (hit == text.npos || at > text.size()) break;
    out += text.substr(at, hit - at) + to;
    TRY(rt.step());
    TRY(rt.reserve(out.size()));
    left--;
    at = hit + from.size();
    if (from.empty()) {
      if (at >= text.size()) return rt.str(std::move(out));
      const size_t start = at;
      next_code_point(text, at);
      out += text.substr(start, at - start);
    }
  }
  if (at < text.size()) out += text.substr(at);
  return rt.str(std::move(out));
}

Result<Value> find(const Value& self, const Args& args, bool last, bool must) {
  if (args.positional.size() > 1) return fail(Code::unsupported, "str.find with positions");
  TRY(const std::string part, text_argument(args, 0, "sub"));
  const size_t at = last ? self.text().rfind(part) : self.text().find(part);
  if (at == std::string::npos)
    return must ? Result<Value>(misuse("substring not found")) : Value(int64_t{-1});
  return Value(count_code_points(std::string_view(self.text()).substr(0, at)));
}

Result<Value> count(Runtime& rt, const Value& self, const Args& args) {
  TRY(const std::string part, text_argument(args, 0, "sub"));
  if (part.empty()) return Value(self.str().length + 1);
  int64_t n = 0;
  for (size_t at = 0; (at = self.text().find(part, at)) != std::string::npos; at += part.size()) n++;
  TRY(rt.step(static_cast<uint64_t>(n)));
  return Value(n);
}

Result<Value> join(Runtime& rt, const Value& self, const Args& args) {
  TRY(const std::vector<Value> items, to_vector(rt, argument(args, 0, "iterable")));
  std::string out;
  for (size_t i = 0; i < items.size(); i++) {
    if (!items[i].is_string()) {
      return misuse("sequence item {}: expected str instance, {} found", i, type_name(items[i]));
    }
    out += (i > 0 ? self.text() : std::string()) + items[i].text();
    TRY(rt.reserve(out.size()));
  }
  return rt.str(std::move(out));
}

Result<Value> all_points(const Value& self, bool (*is)(uint32_t)) {
  for (size_t at = 0; at < self.text().size();) {
    if (!is(next_code_point(self.text(), at))) return Value(false);
  }
  return Value(!self.text().empty());
}

/// islower and isupper: at least one cased character, and none of the other case.
Result<Value> all_cased(const Value& self, bool (*is)(uint32_t)) {
  bool any = false;
  for (size_t at = 0; at < self.text().size();) {
    const uint32_t cp = next_code_point(self.text(), at);
    if (is_cased(cp) && !is(cp)) return Value(false);
    any = any || is(cp);
  }
  return Value(any);
}

Result<Value> partition(Runtime& rt, const Value& self, const Args& args, bool last) {
  TRY(const std::string sep, text_argument(args, 0, "sep"));
  if (sep.empty()) return misuse("empty separator");
  const std::string& text = self.text();
  const size_t at = last ? text.rfind(sep) : text.find(sep);
  if (at == text.npos) {
    if (last) return rt.tuple({rt.str(""), rt.str(""), self});
    return rt.tuple({self, rt.str(""), rt.str("")});
  }
  return rt.tuple({rt.str(text.substr(0, at)), rt.str(sep), rt.str(text.substr(at + sep.size()))});
}

Result<Value> pad(Runtime& rt, const Value& self, const Args& args, bool left) {
  TRY(const int64_t width, int_argument(args, 0, "width", 0));
  std::string fill = " ";
  if (!argument(args, 1, "fillchar").is_missing()) {
    TRY(fill, text_argument(args, 1, "fillchar"));
  }
  const int64_t missing = std::max<int64_t>(0, width - self.str().length);
  TRY(rt.reserve(static_cast<uint64_t>(missing)));
  std::string padding;
  for (int64_t i = 0; i < missing; i++) padding += fill;
  return rt.str(left ? padding + self.text() : self.text() + padding);
}

Result<Value> remove_affix(Runtime& rt, const Value& self, const Args& args, bool front) {
  TRY(const std::string part, text_argument(args, 0, "prefix"));
  const std::string& text = self.text();
  if (part.empty() || part.size() > text.size()) return self;
  if (front) return text.rfind(part, 0) == 0 ? rt.str(text.substr(part.size())) : self;
  const size_t rest = text.size() - part.size();
  return text.compare(rest, part.size(), part) == 0 ? rt.str(text.substr(0, rest)) : self;
}

Result<Value> split_lines_method(Runtime& rt, const Value& self, const Args& args) {
  std::vector<Value> lines;
  for (const std::string_view line : split_lines(self.text(), truthy(argument(args, 0, "keepends")))) {
    lines.push_back(rt.str(std::string(line)));
  }
  TRY(rt.step(lines.size()));
  return rt.list(std::move(lines));
}

#define SELF [](Runtime & rt, const Value& self, const Args& args) -> Result<Value>
#define UNUSED static_cast<void>(rt), static_cast<void>(args)
constexpr Row kTextMethods[] = {{"strip", SELF{return stripped(rt, self, args, Side::both);
}  // namespace
}  // namespace sov::text::jinja
, {"lstrip", SELF{return stripped(rt, self, args, Side::left);
}
}
, {"rstrip", SELF{return stripped(rt, self, args, Side::right);
}
}
, {"startswith", SELF{return affix(rt, self, args, true);
}
}
, {"endswith", SELF{return affix(rt, self, args, false);
}
}
, {"split", SELF{return split(rt, self, args, Side::left);
}
}
, {"rsplit", SELF{return split(rt, self, args, Side::right);
}
}
, {"splitlines", split_lines_method}, {"replace", replace},
    {"find", SELF{return UNUSED, find(self, args, false, false);
}
}
, {"rfind", SELF{return UNUSED, find(self, args, true, false);
}
}
, {"index", SELF{return UNUSED, find(self, args, false, true);
}
}
, {"rindex", SELF{return UNUSED, find(self, args, true, true);
}
}
, {"count", count}, {"join", join}, {"format", SELF{return brace_format(rt, self.text(), args);
}
}
, {"upper", SELF{return UNUSED, rt.str(upper(self.text()));
}
}
, {"lower", SELF{return UNUSED, rt.str(lower(self.text()));
}
}
, {"casefold", SELF{return UNUSED, rt.str(casefold(self.text()));
}
}
, {"title", SELF{return UNUSED, rt.str(title(self.text()));
}
}
, {"capitalize", SELF{return UNUSED, rt.str(capitalize(self.text()));
}
}
, {"swapcase", SELF{return UNUSED, rt.str(swapcase(self.text()));
}
}
, {"partition", SELF{return partition(rt, self, args, false);
}
}
, {"rpartition", SELF{return partition(rt, self, args, true);
}
}
, {"ljust", SELF{return pad(rt, self, args, false);
}
}
, {"rjust", SELF{return pad(rt, self, args, true);
}
}
, {"removeprefix", SELF{return remove_affix(rt, self, args, true);
}
}
, {"removesuffix", SELF{return remove_affix(rt, self, args, false);
}
}
, {"isdigit", SELF{return UNUSED, all_points(self, is_digit);
}
}
, {"isdecimal", SELF{return UNUSED, all_points(self, is_decimal);
}
}
, {"isnumeric", SELF{return UNUSED, all_points(self, is_numeric);
}
}
, {"isalpha", SELF{return UNUSED, all_points(self, is_alpha);
}
}
, {"isalnum", SELF{return UNUSED, all_points(self, is_alnum);
}
}
, {"isspace", SELF{return UNUSED, all_points(self, is_space);
}
}
, {"islower", SELF{return UNUSED, all_cased(self, is_lower);
}
}
, {"isupper", SELF{return UNUSED, all_cased(self, is_upper);
}
}
,
}
;

Result<Value> dict_get_method(Runtime& rt, const Value& self, const Args& args) {
  TRY(const Value* found, dict_get(rt, self.dict(), argument(args, 0, "key")));
  if (found != nullptr) return *found;
  const Value fallback = argument(args, 1, "default");
  return fallback.is_missing() ? Value::none() : fallback;
}

constexpr Row kDictMethods[] = {
    {"get", dict_get_method}, {"keys", SELF{return UNUSED, make_object<DictView>(self, DictView::Part::keys);
}
}
, {"values", SELF{return UNUSED, make_object<DictView>(self, DictView::Part::values);
}
}
, {"items", SELF{return UNUSED, make_object<DictView>(self, DictView::Part::items);
}
}
, {"copy", SELF{return UNUSED, self;
}
}
,
}
;

Result<Value> sequence_index(Runtime& rt, const Value& self, const Args& args) {
  for (size_t i = 0; i < self.items().size(); i++) {
    TRY(const bool same, equal(rt, self.items()[i], argument(args, 0, "value")));
    if (same) return Value(static_cast<int64_t>(i));
  }
  return misuse("value is not in list");
}

Result<Value> sequence_count(Runtime& rt, const Value& self, const Args& args) {
  int64_t n = 0;
  for (const Value& item : self.items()) {
    TRY(const bool same, equal(rt, item, argument(args, 0, "value")));
    n += same ? 1 : 0;
  }
  return Value(n);
}

constexpr Row kSequenceMethods[] = {{"index", sequence_index}, {"count", sequence_count}};
#undef SELF
#undef UNUSED

/// What the immutable sandbox forbids: a call of these is an error, not undefined.
constexpr std::array<std::string_view, 14> kForbidden = {
    "append", "clear",   "extend",     "insert", "pop", "remove",  "reverse",
    "sort",   "popitem", "setdefault", "update", "add", "discard", "push"};

Value bind(const Value& self, Method method) {
  return make_object<Function>("builtin_function_or_method",
                               [self, method](Runtime& rt, Args args) { return method(rt, self, args); });
}

Value forbidden(const std::string& name) {
  return make_object<Function>("builtin_function_or_method", [name](Runtime&, Args) -> Result<Value> {
    return misuse("the sandbox forbids '{}': it would change a value", name);
  });
}

}  // namespace

Value bound_method(const Value& value, const std::string& name) {
  std::span<const Row> rows;
  if (value.is_string()) rows = kTextMethods;
  if (value.is_dict()) rows = kDictMethods;
  if (value.is_sequence()) rows = kSequenceMethods;
  for (const Row& row : rows) {
    if (row.name == name) return bind(value, row.method);
  }
  const bool container = value.is_dict() || value.is_list();
  if (container && std::find(kForbidden.begin(), kForbidden.end(), name) != kForbidden.end())
    return forbidden(name);
  return {};
}

}  // namespace sov::text::jinja
