// Methods of str. Source: Python's library reference, "String Methods".

#include <algorithm>

#include "text/jinja/methods.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

using Safe = MethodRow::Safe;

Result<Value> stripped(Runtime& rt, const Value& self, const Bound& a, Side side) {
  TRY(rt.scan(self.text().size()));
  if (!given(a[0])) return rt.str(std::string(strip(self.text(), side)));
  TRY(const std::string set, text_of(a[0], "strip: chars"));
  TRY(rt.step(set.size() / 8 * (1 + self.text().size() / 8)));
  return rt.str(std::string(strip(self.text(), set, side)));
}
template <Side kSide>
Result<Value> strip_method(Runtime& rt, const Value& self, const Bound& a) {
  return stripped(rt, self, a, kSide);
}

/// Byte offsets of self[start:stop] for optional positions in code points. first > last: outside the text.
struct Window {
  size_t first, last;
  bool valid;
};
Result<Window> window(Runtime& rt, const Value& self, const Value& start, const Value& stop) {
  const int64_t length = self.str().length;
  TRY(int64_t from, int_or(given(start) ? start : Value(), "start", 0));
  TRY(int64_t to, int_or(given(stop) ? stop : Value(), "stop", length));
  if (from < 0) from = std::max<int64_t>(0, from + length);
  if (to < 0) to = std::max<int64_t>(0, to + length);
  to = std::min(to, length);
  if (from > length || from > to) return Window{0, 0, false};
  if (self.str().ascii()) return Window{static_cast<size_t>(from), static_cast<size_t>(to), true};
  TRY(rt.scan(self.text().size()));
  return Window{byte_offset(self.text(), from), byte_offset(self.text(), to), true};
}

/// startswith and endswith take one text or a tuple of them.
Result<Value> affix(Runtime& rt, const Value& self, const Bound& a, bool front) {
  TRY(const Window w, window(rt, self, a[1], a[2]));
  std::vector<Value> all = a[0].is_tuple() ? a[0].items() : std::vector<Value>{a[0]};
  const std::string_view text = std::string_view(self.text()).substr(w.first, w.last - w.first);
  for (const Value& one : all) {
    if (!one.is_string()) return misuse("startswith and endswith take a str or a tuple of str");
    TRY(rt.scan(one.text().size()));
    if (w.valid && (front ? text.starts_with(one.text()) : text.ends_with(one.text()))) return Value(true);
  }
  return Value(false);
}
Result<Value> startswith(Runtime& rt, const Value& self, const Bound& a) { return affix(rt, self, a, true); }
Result<Value> endswith(Runtime& rt, const Value& self, const Bound& a) { return affix(rt, self, a, false); }

Result<Value> split_at(Runtime& rt, const Value& self, const Bound& a, Side from) {
  TRY(const int64_t max_splits, int_or(a[1], "split: maxsplit", -1));
  std::vector<Value> parts;
  TRY(rt.scan(self.text().size()));
  if (!given(a[0])) {
    for (const std::string_view part : split_space(self.text(), max_splits, from)) {
      parts.push_back(rt.str(std::string(part)));
    }
    TRY(rt.step(parts.size()));
    return rt.list(std::move(parts));
  }
  TRY(const std::string sep, text_of(a[0], "split: sep"));
  if (sep.empty()) return misuse("empty separator");
  std::string_view rest = self.text();
  for (int64_t left = max_splits; left != 0; left--) {
    const size_t at = from == Side::left ? rest.find(sep) : rest.rfind(sep);
    if (at == rest.npos) break;
    TRY(rt.step());
    const std::string_view part = from == Side::left ? rest.substr(0, at) : rest.substr(at + sep.size());
    parts.push_back(rt.str(std::string(part)));
    rest = from == Side::left ? rest.substr(at + sep.size()) : rest.substr(0, at);
  }
  parts.push_back(rt.str(std::string(rest)));
  if (from == Side::right) std::reverse(parts.begin(), parts.end());
  return rt.list(std::move(parts));
}
Result<Value> split(Runtime& rt, const Value& self, const Bound& a) {
  return split_at(rt, self, a, Side::left);
}
Result<Value> rsplit(Runtime& rt, const Value& self, const Bound& a) {
  return split_at(rt, self, a, Side::right);
}

Result<Value> splitlines(Runtime& rt, const Value& self, const Bound& a) {
  TRY(rt.scan(self.text().size()));
  TRY(const int64_t keep_ends, int_or(a[0], "splitlines: keepends", 0));
  std::vector<Value> lines;
  for (const std::string_view line : split_lines(self.text(), keep_ends != 0)) {
    lines.push_back(rt.str(std::string(line)));
  }
  TRY(rt.step(lines.size()));
  return rt.list(std::move(lines));
}

/// Every code point and both ends count as an empty text between.
Result<Value> replace_between(Runtime& rt, const std::string& text, const std::string& to, int64_t left) {
  std::string out;
  for (size_t at = 0; left != 0; left--) {
    TRY(rt.step(1 + to.size() / 32));
    TRY(rt.reserve(out.size() + to.size() + text.size()));
    out += to;
    if (at >= text.size()) return rt.str(std::move(out));
    const size_t start = at;
    next_code_point(text, at);
    out.append(text, start, at - start);
    if (left == 1) return rt.str(out.append(text, at, text.npos));
  }
  return rt.str(text);
}

Result<Value> replace(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const std::string from, text_of(a[0], "replace: old"));
  if (!a[1].is_string()) return misuse("replace: new: wanted a str, got {}", type_name(a[1]));
  TRY(const std::string to, text_beside(rt, self, a[1]));
  TRY(int64_t left, int_or(a[2], "replace: count", -1));
  const std::string& text = self.text();
  TRY(rt.scan(text.size()));
  if (from.empty()) return replace_between(rt, text, to, left);
  std::string out;
  size_t at = 0;
  for (; left != 0; left--) {
    const size_t hit = text.find(from, at);
    if (hit == text.npos) break;
    out.append(text, at, hit - at);
    out += to;
    TRY(rt.step(1 + to.size() / 32));
    TRY(rt.reserve(out.size() + text.size() - hit));
    at = hit + from.size();
  }
  out.append(text, at, text.npos);
  return rt.str(std::move(out));
}

Result<Value> locate(Runtime& rt, const Value& self, const Bound& a, bool last, bool must) {
  TRY(const std::string part, text_of(a[0], "find: sub"));
  TRY(const Window w, window(rt, self, a[1], a[2]));
  TRY(rt.scan(self.text().size()));
  const std::string_view text = std::string_view(self.text()).substr(w.first, w.last - w.first);
  const size_t at = !w.valid ? text.npos : last ? text.rfind(part) : text.find(part);
  if (at == text.npos) return must ? Result<Value>(misuse("substring not found")) : Value(int64_t{-1});
  return Value(count_code_points(std::string_view(self.text()).substr(0, w.first + at)));
}
template <bool kLast, bool kMust>
Result<Value> find(Runtime& rt, const Value& self, const Bound& a) {
  return locate(rt, self, a, kLast, kMust);
}

Result<Value> count(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const std::string part, text_of(a[0], "count: sub"));
  TRY(const Window w, window(rt, self, a[1], a[2]));
  TRY(rt.scan(self.text().size()));
  if (!w.valid) return Value(int64_t{0});
  const std::string_view text = std::string_view(self.text()).substr(w.first, w.last - w.first);
  if (part.empty()) return Value(count_code_points(text) + 1);
  int64_t n = 0;
  for (size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) n++;
  TRY(rt.step(static_cast<uint64_t>(n)));
  return Value(n);
}

Result<Value> join(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const std::vector<Value> items, to_vector(rt, a[0]));
  std::string out;
  for (size_t i = 0; i < items.size(); i++) {
    if (!items[i].is_string() && !self.is_markup())
      return misuse("sequence item {}: expected str instance, {} found", i, type_name(items[i]));
    TRY(const std::string text, text_beside(rt, self, items[i]));
    TRY(rt.reserve(out.size() + self.text().size() + text.size()));
    TRY(rt.scan(self.text().size()));
    if (i > 0) out += self.text();
    out += text;
  }
  return rt.str(std::move(out));
}

template <bool (*kIs)(uint32_t), bool kEmpty = false>
Result<Value> all_points(Runtime& rt, const Value& self, const Bound&) {
  TRY(rt.scan(self.text().size()));
  for (size_t at = 0; at < self.text().size();) {
    if (!kIs(next_code_point(self.text(), at))) return Value(false);
  }
  return Value(kEmpty || !self.text().empty());
}

/// islower and isupper: at least one cased character, and none of the other case.
template <bool (*kIs)(uint32_t)>
Result<Value> all_cased(Runtime& rt, const Value& self, const Bound&) {
  TRY(rt.scan(self.text().size()));
  bool any = false;
  for (size_t at = 0; at < self.text().size();) {
    const uint32_t cp = next_code_point(self.text(), at);
    if (is_cased(cp) && !kIs(cp)) return Value(false);
    any = any || kIs(cp);
  }
  return Value(any);
}

/// Upper case only where no cased character stands before, lower case only behind one.
Result<Value> istitle(Runtime& rt, const Value& self, const Bound&) {
  TRY(rt.scan(self.text().size()));
  bool any = false, after_cased = false;
  for (size_t at = 0; at < self.text().size();) {
    const uint32_t cp = next_code_point(self.text(), at);
    const bool capital = is_upper(cp) || is_title(cp);
    if (capital ? after_cased : is_lower(cp) && !after_cased) return Value(false);
    after_cased = capital || is_lower(cp);
    any = any || after_cased;
  }
  return Value(any);
}

bool is_ascii(uint32_t cp) { return cp < 0x80; }

Result<Value> isidentifier(Runtime& rt, const Value& self, const Bound&) {
  TRY(rt.scan(self.text().size()));
  for (size_t at = 0; at < self.text().size();) {
    const bool first = at == 0;
    const uint32_t cp = next_code_point(self.text(), at);
    if (!(first ? is_identifier_start(cp) : is_identifier_part(cp))) return Value(false);
  }
  return Value(!self.text().empty());
}

Result<Value> partition_at(Runtime& rt, const Value& self, const Bound& a, bool last) {
  TRY(const std::string sep, text_of(a[0], "partition: sep"));
  if (sep.empty()) return misuse("empty separator");
  const std::string& text = self.text();
  TRY(rt.scan(text.size()));
  const size_t at = last ? text.rfind(sep) : text.find(sep);
  if (at == text.npos) {
    if (last) return rt.tuple({rt.str(""), rt.str(""), rt.str(text)});
    return rt.tuple({rt.str(text), rt.str(""), rt.str("")});
  }
  return rt.tuple({rt.str(text.substr(0, at)), rt.str(sep), rt.str(text.substr(at + sep.size()))});
}
Result<Value> partition(Runtime& rt, const Value& self, const Bound& a) {
  return partition_at(rt, self, a, false);
}
Result<Value> rpartition(Runtime& rt, const Value& self, const Bound& a) {
  return partition_at(rt, self, a, true);
}

/// Python puts the odd blank of an even width on the left.
enum class Align { left, right, middle };
template <Align kAlign>
Result<Value> justify(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const int64_t width, int_or(a[0], "width", 0));
  std::string fill = " ";
  if (!a[1].is_missing()) {
    TRY(fill, text_of(a[1], "fillchar"));
    if (self.is_markup()) fill = escape_html(fill);
    if (count_code_points(fill) != 1) return misuse("the fill character must be exactly one character long");
  }
  if (width <= self.str().length) return self;
  const int64_t missing = width - self.str().length;
  TRY(rt.reserve(static_cast<uint64_t>(missing)));
  TRY(rt.reserve(static_cast<uint64_t>(missing) * fill.size() + self.text().size()));
  int64_t before = 0;
  if (kAlign == Align::right) before = missing;
  if (kAlign == Align::middle) before = missing / 2 + (missing & width & 1);
  std::string out;
  for (int64_t i = 0; i < before; i++) out += fill;
  out += self.text();
  for (int64_t i = before; i < missing; i++) out += fill;
  return rt.str(std::move(out));
}

Result<Value> zfill(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const int64_t width, int_or(a[0], "zfill: width", 0));
  if (width <= self.str().length) return self;
  const int64_t missing = width - self.str().length;
  TRY(rt.reserve(static_cast<uint64_t>(missing)));
  std::string out = self.text();
  const bool sign = !out.empty() && (out[0] == '-' || out[0] == '+');
  out.insert(sign ? 1 : 0, static_cast<size_t>(missing), '0');
  return rt.str(std::move(out));
}

Result<Value> expandtabs(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const int64_t size, int_or(a[0], "expandtabs: tabsize", 8));
  std::string out;
  int64_t column = 0;
  TRY(rt.scan(self.text().size()));
  for (size_t at = 0; at < self.text().size();) {
    const size_t start = at;
    const uint32_t cp = next_code_point(self.text(), at);
    if (cp != '\t') {
      out.append(self.text(), start, at - start);
      column = cp == '\n' || cp == '\r' ? 0 : column + 1;
      continue;
    }
    if (size <= 0) continue;
    const int64_t blanks = size - column % size;
    TRY(rt.reserve(static_cast<uint64_t>(blanks)));
    TRY(rt.reserve(out.size() + static_cast<uint64_t>(blanks)));
    TRY(rt.scan(static_cast<uint64_t>(blanks)));
    out.append(static_cast<size_t>(blanks), ' ');
    column += blanks;
  }
  return rt.str(std::move(out));
}

Result<Value> removeprefix(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const std::string part, text_of(a[0], "removeprefix: prefix"));
  return self.text().starts_with(part) ? rt.str(self.text().substr(part.size())) : self;
}
Result<Value> removesuffix(Runtime& rt, const Value& self, const Bound& a) {
  TRY(const std::string part, text_of(a[0], "removesuffix: suffix"));
  return self.text().ends_with(part) ? rt.str(self.text().substr(0, self.text().size() - part.size())) : self;
}

template <std::string (*kChange)(std::string_view)>
Result<Value> changed(Runtime& rt, const Value& self, const Bound&) {
  TRY(rt.reserve(self.text().size() * 3));
  TRY(rt.scan(self.text().size() * 8));
  return rt.str(kChange(self.text()));
}

Result<Value> maketrans(Runtime& rt, const Value&, const Bound& a) {
  auto table = rt.new_dict();
  if (a[1].is_missing()) {
    if (!a[0].is_dict()) return misuse("maketrans: one argument must be a dict");
    for (const auto& [key, value] : a[0].dict().entries()) {
      if (key.is_string() && key.str().length != 1)
        return misuse("maketrans: keys must be one character long");
      size_t at = 0;
      TRY(dict_set(rt, *table,
                   key.is_string() ? Value(static_cast<int64_t>(next_code_point(key.text(), at))) : key,
                   value));
    }
    return Value(std::shared_ptr<const Dict>(std::move(table)));
  }
  TRY(const std::string from, text_of(a[0], "maketrans: x"));
  TRY(const std::string to, text_of(a[1], "maketrans: y"));
  const std::vector<uint32_t> keys = code_points(from), values = code_points(to);
  if (keys.size() != values.size())
    return misuse("maketrans: the first two arguments must have equal length");
  for (size_t i = 0; i < keys.size(); i++)
    TRY(dict_set(rt, *table, Value(static_cast<int64_t>(keys[i])), Value(static_cast<int64_t>(values[i]))));
  if (!a[2].is_missing()) {
    TRY(const std::string gone, text_of(a[2], "maketrans: z"));
    for (const uint32_t cp : code_points(gone))
      TRY(dict_set(rt, *table, Value(static_cast<int64_t>(cp)), Value::none()));
  }
  return Value(std::shared_ptr<const Dict>(std::move(table)));
}

Result<Value> translate(Runtime& rt, const Value& self, const Bound& a) {
  if (!a[0].is_dict() && !a[0].is_sequence() && !a[0].is_string())
    return misuse("'{}' object is not subscriptable", type_name(a[0]));
  std::string out;
  for (size_t at = 0; at < self.text().size();) {
    TRY(rt.step());
    const size_t start = at;
    const Value key(static_cast<int64_t>(next_code_point(self.text(), at)));
    TRY(const Value to, get_item(rt, a[0], key));
    if (to.is_undefined()) {
      out.append(self.text(), start, at - start);
    } else if (to.is_string()) {
      out += to.text();
    } else if (to.is_integral()) {
      if (to.integer() < 0 || to.integer() > 0x10FFFF)
        return misuse("a character mapping must be in range(0x110000)");
      append_code_point(out, static_cast<uint32_t>(to.integer()));
    } else if (!to.is_none()) {
      return misuse("a character mapping must return an integer, None or str");
    }
    TRY(rt.reserve(out.size()));
  }
  return rt.str(std::move(out));
}

Result<Value> format(Runtime& rt, const Value& self, const Args& args) {
  return brace_format(rt, self, args);
}

Result<Value> format_map(Runtime& rt, const Value& self, const Bound& a) {
  if (!a[0].is_dict()) return misuse("format_map: wanted a dict, got {}", type_name(a[0]));
  Args args;
  for (const auto& [key, value] : a[0].dict().entries()) {
    if (key.is_string()) args.named.emplace_back(key.text(), value);
  }
  return brace_format(rt, self, args);
}

Result<Value> encode(Runtime&, const Value&, const Bound&) {
  return fail(Code::unsupported, "bytes in a chat template (str.encode)");
}

constexpr MethodRow kText[] = {
    {"strip", strip_method<Side::both>, {"/chars"}, Safe::kept},
    {"lstrip", strip_method<Side::left>, {"/chars"}, Safe::kept},
    {"rstrip", strip_method<Side::right>, {"/chars"}, Safe::kept},
    {"startswith", startswith, {"!/prefix", "/start", "/end"}},
    {"endswith", endswith, {"!/suffix", "/start", "/end"}},
    {"split", split, {"sep", "maxsplit"}, Safe::kept},
    {"rsplit", rsplit, {"sep", "maxsplit"}, Safe::kept},
    {"splitlines", splitlines, {"keepends"}, Safe::kept},
    {"replace", replace, {"!/old", "!/new", "/count"}, Safe::kept},
    {"find", find<false, false>, {"!/sub", "/start", "/end"}},
    {"rfind", find<true, false>, {"!/sub", "/start", "/end"}},
    {"index", find<false, true>, {"!/sub", "/start", "/end"}},
    {"rindex", find<true, true>, {"!/sub", "/start", "/end"}},
    {"count", count, {"!/sub", "/start", "/end"}},
    {"join", join, {"!/iterable"}, Safe::kept},
    {"format", nullptr, {}, Safe::as_is, format},
    {"format_map", format_map, {"!/mapping"}},
    {"upper", changed<upper>, {}, Safe::kept},
    {"lower", changed<lower>, {}, Safe::kept},
    {"casefold", changed<casefold>, {}, Safe::kept},
    {"title", changed<title>, {}, Safe::kept},
    {"capitalize", changed<capitalize>, {}, Safe::kept},
    {"swapcase", changed<swapcase>, {}, Safe::kept},
    {"partition", partition, {"!/sep"}, Safe::kept},
    {"rpartition", rpartition, {"!/sep"}, Safe::kept},
    {"ljust", justify<Align::left>, {"!/width", "/fillchar"}, Safe::kept},
    {"rjust", justify<Align::right>, {"!/width", "/fillchar"}, Safe::kept},
    {"center", justify<Align::middle>, {"!/width", "/fillchar"}, Safe::kept},
    {"zfill", zfill, {"!/width"}, Safe::kept},
    {"expandtabs", expandtabs, {"tabsize"}, Safe::kept},
    {"removeprefix", removeprefix, {"!/prefix"}, Safe::kept},
    {"removesuffix", removesuffix, {"!/suffix"}, Safe::kept},
    {"translate", translate, {"!/table"}, Safe::kept},
    {"maketrans", maketrans, {"!/x", "/y", "/z"}},
    {"encode", encode, {"encoding", "errors"}},
    {"isdigit", all_points<is_digit>},
    {"isdecimal", all_points<is_decimal>},
    {"isnumeric", all_points<is_numeric>},
    {"isalpha", all_points<is_alpha>},
    {"isalnum", all_points<is_alnum>},
    {"isspace", all_points<is_space>},
    {"isprintable", all_points<is_printable, true>},
    {"isascii", all_points<is_ascii, true>},
    {"isidentifier", isidentifier},
    {"istitle", istitle},
    {"islower", all_cased<is_lower>},
    {"isupper", all_cased<is_upper>},
};

}  // namespace

std::span<const MethodRow> text_methods() { return kText; }

}  // namespace sov::text::jinja
