// Filters that yield one item at a time. Nothing happens, and nothing can fail, before an item is asked for.

#include <algorithm>
#include <optional>

#include "text/jinja/filters.h"

namespace sov::text::jinja {
namespace {

using Items = std::vector<Value>;

/// Draws from an iterable that is opened at the first step.
class Source {
 public:
  explicit Source(Value value) : value_(std::move(value)) {}
  Result<bool> next(Runtime& rt, Value& out) {
    if (!items_) {
      TRY(items_, iterate(rt, value_));
    }
    return items_->next(rt, out);
  }

 private:
  Value value_;
  std::shared_ptr<Iterator> items_;
};

/// The rest of the arguments behind the name of a filter or test.
Args without_first(const Args& args, size_t count) {
  Args rest;
  rest.positional.assign(args.positional.begin() + static_cast<std::ptrdiff_t>(count), args.positional.end());
  rest.named = args.named;
  return rest;
}

Result<Value> map_attribute(Runtime& rt, const Value& item, const Args& args) {
  Value attribute, fallback;
  for (const auto& [name, value] : args.named) {
    if (name == "attribute") {
      attribute = value;
    } else if (name == "default") {
      fallback = value;
    } else {
      return misuse("map: unexpected keyword argument '{}'", name);
    }
  }
  return dotted(rt, item, attribute, fallback);
}

Result<Value> map(Runtime& rt, const Value& value, const Args& args) {
  const bool by_attribute =
      args.positional.empty() && std::any_of(args.named.begin(), args.named.end(),
                                             [](const auto& named) { return named.first == "attribute"; });
  auto step = [value, source = Source(value), args, by_attribute](Runtime& run,
                                                                  Value& out) mutable -> Result<bool> {
    if (!truthy(value)) return false;  // as jinja: whatever is false maps to nothing
    if (!by_attribute && args.positional.empty()) return misuse("map requires a filter argument");
    Value item;
    TRY(const bool more, source.next(run, item));
    if (!more) return false;
    if (by_attribute) {
      TRY(out, map_attribute(run, item, args));
      return true;
    }
    TRY(const std::string name, text_of(args.positional[0], "map: filter name"));
    TRY(out, apply_filter(run, name, item, without_first(args, 1)));
    return true;
  };
  return make_generator(rt, value, std::move(step));
}

struct Choice {
  bool keep;          // items that pass, or those that do not
  bool by_attribute;  // look at an attribute named by the first argument
};

Result<bool> passes(Runtime& rt, const Value& item, const Args& args, Choice choice) {
  const size_t first = choice.by_attribute ? 1 : 0;
  if (args.positional.size() < first) return misuse("missing parameter for attribute name");
  Value subject = item;
  if (choice.by_attribute) {
    TRY(subject, dotted(rt, item, args.positional[0]));
  }
  bool passed = truthy(subject);
  if (args.positional.size() > first) {
    TRY(const std::string name, text_of(args.positional[first], "test name"));
    TRY(passed, apply_test(rt, name, subject, without_first(args, first + 1)));
  }
  return passed == choice.keep;
}

Result<Value> choose(Runtime& rt, const Value& value, const Args& args, Choice choice) {
  auto step = [value, source = Source(value), args, choice](Runtime& run,
                                                            Value& out) mutable -> Result<bool> {
    if (!truthy(value)) return false;
    while (true) {
      TRY(const bool more, source.next(run, out));
      if (!more) return false;
      TRY(const bool wanted, passes(run, out, args, choice));
      if (wanted) return true;
    }
  };
  return make_generator(rt, value, std::move(step));
}

Result<Value> unique(Runtime& rt, const Value& value, const Bound& a) {
  auto seen = rt.new_dict();
  auto step = [source = Source(value), a, seen](Runtime& run, Value& out) mutable -> Result<bool> {
    while (true) {
      TRY(const bool more, source.next(run, out));
      if (!more) return false;
      TRY(const Value raw, dotted(run, out, a[1]));
      const Value key = folded(run, raw, truthy(a[0]));
      TRY(const Value* found, dict_get(run, *seen, key));
      if (found != nullptr) continue;
      TRY(dict_set(run, *seen, key, Value(true)));
      return true;
    }
  };
  return make_generator(rt, value, std::move(step));
}

/// Lists of `linecount` items; the last one is filled up when there is something to fill it with.
Result<Value> batch(Runtime& rt, const Value& value, const Bound& a) {
  auto step = [source = Source(value), a, pending = Value(), opened = false](
                  Runtime& run, Value& out) mutable -> Result<bool> {
    const double size = a[0].is_number() ? a[0].real() : -1;
    Items line;
    if (!pending.is_missing()) line.push_back(std::exchange(pending, Value()));
    Value item;
    while (static_cast<double>(line.size()) != size || !opened) {
      opened = true;
      TRY(const bool more, source.next(run, item));
      if (!more) break;
      if (static_cast<double>(line.size()) == size) {  // of size 0: one empty list, then all the rest
        pending = item;
        out = run.list({});
        return true;
      }
      line.push_back(item);
    }
    if (line.empty()) return false;
    if (given(a[1]) && static_cast<double>(line.size()) < size) {
      TRY(const int64_t count, int_or(a[0], "batch: linecount", 0));
      TRY(run.step(static_cast<uint64_t>(count)));
      TRY(run.reserve(static_cast<uint64_t>(count) * sizeof(Value)));
      line.resize(static_cast<size_t>(count), a[1]);
    }
    out = run.list(std::move(line));
    return true;
  };
  return make_generator(rt, value, std::move(step));
}

/// `slices` lists of nearly the same length; the first ones take what is left over.
Result<Value> slice(Runtime& rt, const Value& value, const Bound& a) {
  auto step = [value, a, all = std::optional<Items>(), number = int64_t{0}, at = size_t{0}](
                  Runtime& run, Value& out) mutable -> Result<bool> {
    if (!all) {
      TRY(all, to_vector(run, value));
    }
    TRY(const int64_t slices, int_or(a[0], "slice: slices", 0));
    if (slices == 0) return misuse("integer division or modulo by zero");
    if (number >= slices) return false;
    const auto length = static_cast<int64_t>(all->size());
    const bool extra = number < length % slices;
    const auto count = static_cast<size_t>(length / slices + (extra ? 1 : 0));
    const auto from = all->begin() + static_cast<std::ptrdiff_t>(at);
    Items part(from, from + static_cast<std::ptrdiff_t>(count));
    if (given(a[1]) && !extra) part.push_back(a[1]);
    at += count;
    number++;
    out = run.list(std::move(part));
    return true;
  };
  return make_generator(rt, value, std::move(step));
}

Result<Value> items(Runtime& rt, const Value& value, const Bound&) {
  auto step = [value, at = uint32_t{0}](Runtime& run, Value& out) mutable -> Result<bool> {
    if (value.is_undefined()) return false;
    if (!value.is_dict()) return misuse("can only get item pairs from a mapping, got {}", type_name(value));
    if (at >= value.dict().size()) return false;
    const Dict::Entry& entry = value.dict().at(at++);
    out = run.tuple({entry.first, entry.second});
    return true;
  };
  return make_generator(rt, value, std::move(step));
}

template <bool kKeep, bool kByAttribute>
Result<Value> chosen(Runtime& rt, const Value& value, const Args& args) {
  return choose(rt, value, args, {kKeep, kByAttribute});
}

constexpr FilterRow kRows[] = {
    {"map", nullptr, {}, map},
    {"select", nullptr, {}, chosen<true, false>},
    {"reject", nullptr, {}, chosen<false, false>},
    {"selectattr", nullptr, {}, chosen<true, true>},
    {"rejectattr", nullptr, {}, chosen<false, true>},
    {"unique", unique, {"case_sensitive", "attribute"}},
    {"batch", batch, {"!linecount", "fill_with"}},
    {"slice", slice, {"!slices", "fill_with"}},
    {"items", items},
};

}  // namespace

std::span<const FilterRow> lazy_filters() { return kRows; }

}  // namespace sov::text::jinja
