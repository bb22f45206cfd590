// Filters that read a whole sequence.

#include <algorithm>
#include <optional>

#include "text/jinja/filters.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {

using Items = std::vector<Value>;

namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && text.size() < 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<Value> part_of(Runtime& rt, const Value& item, const Value& part, const Value& fallback) {
  TRY(Value found, get_item(rt, item, part));
  return found.is_undefined() && given(fallback) ? fallback : found;
}

}  // namespace

Result<Value> dotted(Runtime& rt, Value item, const Value& path, const Value& fallback) {
  if (!given(path)) return item;
  if (!path.is_string()) return part_of(rt, item, path, fallback);
  std::string_view rest = path.text();
  while (true) {
    const size_t dot = rest.find('.');
    const std::string part(rest.substr(0, dot));
    const Value key = all_digits(part) ? Value(static_cast<int64_t>(std::stoll(part))) : rt.str(part);
    TRY(item, part_of(rt, item, key, fallback));
    if (dot == std::string_view::npos) return item;
    rest.remove_prefix(dot + 1);
  }
}

Value folded(Runtime& rt, const Value& value, bool case_sensitive) {
  return value.is_string() && !case_sensitive ? rt.str(lower(value.text())) : value;
}

namespace {

struct Keyed {
  Value key, item;
};

/// A stable sort whose order may fail.
Result<void> sort_by_key(Runtime& rt, std::vector<Keyed>& rows, bool reverse) {
  std::optional<Error> problem;
  std::stable_sort(rows.begin(), rows.end(), [&](const Keyed& a, const Keyed& b) {
    if (problem) return false;
    const Result<bool> result = reverse ? less(rt, b.key, a.key) : less(rt, a.key, b.key);
    if (!result) problem = result.error();
    return result && *result;
  });
  if (problem) return fail(*problem);
  return {};
}

Value items_only(Runtime& rt, std::vector<Keyed>& rows) {
  Items out;
  for (Keyed& row : rows) out.push_back(std::move(row.item));
  return rt.list(std::move(out));
}

/// The key of one item: of each attribute in "a,b.c", one after the other.
Result<Value> sort_key(Runtime& rt, const Value& item, const Value& attribute, bool case_sensitive) {
  if (!attribute.is_string() || attribute.text().find(',') == std::string::npos) {
    TRY(const Value key, dotted(rt, item, attribute));
    return folded(rt, key, case_sensitive);
  }
  Items keys;
  std::string_view rest = attribute.text();
  while (true) {
    const size_t comma = rest.find(',');
    TRY(const Value key, dotted(rt, item, rt.str(std::string(rest.substr(0, comma)))));
    keys.push_back(folded(rt, key, case_sensitive));
    if (comma == std::string_view::npos) return rt.list(std::move(keys));
    rest.remove_prefix(comma + 1);
  }
}

Result<Value> sort(Runtime& rt, const Value& value, const Bound& a) {
  TRY(const Items items, to_vector(rt, value));
  std::vector<Keyed> rows;
  for (const Value& item : items) {
    TRY(Value key, sort_key(rt, item, a[2], truthy(a[1])));
    rows.push_back({std::move(key), item});
  }
  TRY(sort_by_key(rt, rows, truthy(a[0])));
  return items_only(rt, rows);
}

Result<Value> dictsort(Runtime& rt, const Value& value, const Bound& a) {
  if (!value.is_dict()) return misuse("dictsort: wanted a dict, got {}", type_name(value));
  const std::string by = a[1].is_missing() ? "key" : a[1].is_string() ? a[1].text() : "";
  if (by != "key" && by != "value") return misuse("dictsort: by is 'key' or 'value'");
  std::vector<Keyed> rows;
  TRY(rt.step(value.dict().size()));
  for (const auto& [key, item] : value.dict().entries()) {
    rows.push_back({folded(rt, by == "value" ? item : key, truthy(a[0])), rt.tuple({key, item})});
  }
  TRY(sort_by_key(rt, rows, truthy(a[2])));
  return items_only(rt, rows);
}

Result<Value> groupby(Runtime& rt, const Value& value, const Bound& a) {
  TRY(const Items items, to_vector(rt, value));
  const bool case_sensitive = truthy(a[2]);
  std::vector<Keyed> rows;
  for (const Value& item : items) {
    TRY(const Value key, dotted(rt, item, a[0], a[1]));
    rows.push_back({folded(rt, key, case_sensitive), item});
  }
  TRY(sort_by_key(rt, rows, false));
  Items groups;
  for (size_t from = 0; from < rows.size();) {
    Items members;
    size_t to = from;
    for (bool same = true; same; to++) {
      members.push_back(rows[to].item);
      if (to + 1 == rows.size()) same = false;
      if (same) {
        TRY(same, equal(rt, rows[from].key, rows[to + 1].key));
      }
    }
    Value name = rows[from].key;
    if (!case_sensitive) {
      TRY(name, dotted(rt, members[0], a[0], a[1]));
    }
    groups.push_back(rt.group(name, rt.list(std::move(members))));
    from = to;
  }
  return rt.list(std::move(groups));
}

Result<Value> extreme(Runtime& rt, const Value& value, const Bound& a, bool largest) {
  TRY(const std::shared_ptr<Iterator> items, iterate(rt, value));
  Value best, best_key, item;
  while (true) {
    TRY(const bool more, items->next(rt, item));
    if (!more) break;
    TRY(const Value raw, dotted(rt, item, a[1]));
    Value key = folded(rt, raw, truthy(a[0]));
    bool better = best.is_missing();
    if (!better) {
      TRY(better, largest ? less(rt, best_key, key) : less(rt, key, best_key));
    }
    if (better) best = item, best_key = std::move(key);
  }
  if (best.is_missing()) return Value::undefined("no aggregated item, the sequence was empty");
  return best;
}

Result<Value> min(Runtime& rt, const Value& value, const Bound& a) { return extreme(rt, value, a, false); }
Result<Value> max(Runtime& rt, const Value& value, const Bound& a) { return extreme(rt, value, a, true); }

Result<Value> sum(Runtime& rt, const Value& value, const Bound& a) {
  TRY(const std::shared_ptr<Iterator> items, iterate(rt, value));
  Value total = a[1].is_missing() ? Value(int64_t{0}) : a[1];
  if (total.is_string()) return misuse("sum() can't sum strings");
  Value item;
  while (true) {
    TRY(const bool more, items->next(rt, item));
    if (!more) return total;
    TRY(const Value part, dotted(rt, item, a[0]));
    TRY(total, add(rt, total, part));
  }
}

/// The texts of a sequence. Where output is escaped, one safe text makes the others be escaped.
Result<Value> join(Runtime& rt, const Value& value, const Bound& a) {
  TRY(Items items, to_vector(rt, value));
  if (given(a[1])) {
    for (Value& item : items) {
      TRY(item, dotted(rt, item, a[1]));
    }
  }
  const auto safe_item = [](const Value& item) { return item.is_markup(); };
  const bool safe = rt.autoescape && (a[0].is_markup() || std::any_of(items.begin(), items.end(), safe_item));
  std::string between;
  if (!a[0].is_missing()) {
    TRY(between, safe ? escaped_text(rt, a[0]) : to_text(rt, a[0]));
  }
  std::string out;
  for (size_t i = 0; i < items.size(); i++) {
    TRY(const std::string text, safe ? escaped_text(rt, items[i]) : to_text(rt, items[i]));
    TRY(rt.reserve(out.size() + between.size() + text.size()));
    TRY(rt.scan(between.size() + text.size()));
    if (i > 0) out += between;
    out += text;
  }
  return rt.str(std::move(out), safe ? Markup::yes : Markup::no);
}

Result<Value> first(Runtime& rt, const Value& value, const Bound&) {
  TRY(const std::shared_ptr<Iterator> items, iterate(rt, value));
  Value item;
  TRY(const bool any, items->next(rt, item));
  return any ? item : Value::undefined("no first item, the sequence was empty");
}

Result<Value> last(Runtime& rt, const Value& value, const Bound&) {
  // Undefined has no order to be reversed: Python refuses it too.
  if (value.is_undefined() || !has_length(value))
    return misuse("'{}' object is not reversible", type_name(value));
  TRY(const int64_t length, length_of(value));
  if (length == 0) return Value::undefined("no last item, the sequence was empty");
  if (!value.is_dict() && value.as<DictView>() == nullptr) return sequence_item(rt, value, length - 1);
  TRY(const Items items, to_vector(rt, value));
  return items.back();
}

Result<Value> reverse(Runtime& rt, const Value& value, const Bound&) {
  if (value.is_string()) {
    std::vector<uint32_t> points = code_points(value.text());
    std::reverse(points.begin(), points.end());
    return rt.str(to_utf8(points), value.str().markup);
  }
  Value backwards = reversed(rt, value);
  if (!backwards.is_missing()) return backwards;
  TRY(Items items, to_vector(rt, value));
  std::reverse(items.begin(), items.end());
  return rt.list(std::move(items));
}

Result<Value> list(Runtime& rt, const Value& value, const Bound&) {
  TRY(Items items, to_vector(rt, value));
  return rt.list(std::move(items));
}

Result<Value> length(Runtime&, const Value& value, const Bound&) {
  TRY(const int64_t n, length_of(value));
  return Value(n);
}

Result<Value> random(Runtime&, const Value&, const Bound&) {
  return fail(Code::unsupported, "filter 'random': a prompt must be the same every time");
}

constexpr FilterRow kRows[] = {
    {"sort", sort, {"reverse", "case_sensitive", "attribute"}},
    {"dictsort", dictsort, {"case_sensitive", "by", "reverse"}},
    {"groupby", groupby, {"!attribute", "default", "case_sensitive"}},
    {"min", min, {"case_sensitive", "attribute"}},
    {"max", max, {"case_sensitive", "attribute"}},
    {"sum", sum, {"attribute", "start"}},
    {"join", join, {"d", "attribute"}},
    {"first", first},
    {"last", last},
    {"reverse", reverse},
    {"list", list},
    {"length", length},
    {"count", length},
    {"random", random},
};

}  // namespace

std::span<const FilterRow> sequence_filters() { return kRows; }

}  // namespace sov::text::jinja
