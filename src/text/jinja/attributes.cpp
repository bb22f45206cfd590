#include <algorithm>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

std::string described(const Value& value) { return strf("'{} object'", type_name(value)); }

Value no_attribute(const Value& value, const std::string& name) {
  return Value::undefined(strf("{} has no attribute '{}'", described(value), name));
}

/// What the sandbox hides prints as nothing and fails when it is used.
Value unsafe(const Value& value, const std::string& name) {
  return Value::undefined(strf("access to attribute '{}' of '{}' object is unsafe: the sandbox forbids it",
                               name, type_name(value)));
}

/// The attribute, or Kind::missing.
Result<Value> attribute_of(Runtime& rt, const Value& value, const std::string& name) {
  if (is_unsafe_attribute(value, name)) return unsafe(value, name);
  if (value.is_object()) return value.object().attribute(rt, name);
  return bound_method(rt, value, name);
}

/// The item, or Kind::missing.
Result<Value> item_of(Runtime& rt, const Value& value, const Value& key) {
  if (value.is_dict()) {
    // An unhashable key is no key: the look-up goes on to the attributes.
    Result<const Value*> found = dict_get(rt, value.dict(), key);
    if (!found && found.error().code() != Code::validation) return fail(found.error());
    return !found || *found == nullptr ? Value() : **found;
  }
  const bool indexed = value.is_sequence() || value.is_string() || value.as<Range>() != nullptr;
  if (indexed && key.is_integral()) return sequence_item(rt, value, key.integer());
  return Value();
}

struct Slice {
  int64_t from, to, by;
};

Result<Slice> slice_of(const Value& value, const Value& start, const Value& stop, const Value& step) {
  const auto given = [](const Value& part) { return part.is_integral(); };
  for (const Value* part : {&start, &stop, &step}) {
    if (!part->is_missing() && !part->is_none() && !part->is_integral())
      return misuse("slice indices must be integers or None");
  }
  const int64_t by = given(step) ? step.integer() : 1;
  if (by == 0) return misuse("slice step cannot be zero");
  TRY(const int64_t length, length_of(value));
  const auto clamp = [&](const Value& part, int64_t fallback) {
    if (!given(part)) return fallback;
    int64_t at = part.integer();
    if (at < 0) at = at < -length ? -1 - length : at + length;
    return by > 0 ? std::clamp<int64_t>(at, 0, length) : std::clamp<int64_t>(at, -1, length - 1);
  };
  return Slice{clamp(start, by > 0 ? 0 : length - 1), clamp(stop, by > 0 ? length : -1), by};
}

int64_t count_of(const Slice& s) {
  const int64_t span = s.by > 0 ? s.to - s.from : s.from - s.to;
  if (span <= 0) return 0;
  const uint64_t by = s.by > 0 ? static_cast<uint64_t>(s.by) : ~static_cast<uint64_t>(s.by) + 1;
  return static_cast<int64_t>((static_cast<uint64_t>(span) - 1) / by) + 1;
}

Result<Value> text_slice(Runtime& rt, const Value& value, const Slice& s, int64_t count) {
  const std::string& text = value.text();
  const Markup markup = value.str().markup;
  TRY(rt.scan(text.size()));
  if (count == 0) return rt.str("", markup);
  if (s.by == 1) {
    const size_t begin = value.str().ascii() ? static_cast<size_t>(s.from) : byte_offset(text, s.from);
    const size_t end = value.str().ascii() ? static_cast<size_t>(s.to) : byte_offset(text, s.to);
    return rt.str(text.substr(begin, end - begin), markup);
  }
  TRY(rt.reserve(static_cast<uint64_t>(value.str().length) * sizeof(uint32_t)));
  TRY(rt.step(static_cast<uint64_t>(count)));
  const std::vector<uint32_t> points = code_points(text);
  std::string out;
  for (int64_t i = 0; i < count; i++) append_code_point(out, points[static_cast<size_t>(s.from + i * s.by)]);
  return rt.str(std::move(out), markup);
}

}  // namespace

Result<Value> sequence_item(Runtime& rt, const Value& value, int64_t index) {
  TRY(const int64_t length, length_of(value));
  if (index < 0) index += length;
  if (index < 0 || index >= length) return Value();
  if (value.is_sequence()) return value.items()[static_cast<size_t>(index)];
  if (auto* range = value.as<Range>()) return Value(range->at(index));
  const std::string& text = value.text();
  size_t at = static_cast<size_t>(index);
  if (!value.str().ascii()) {
    TRY(rt.scan(static_cast<uint64_t>(index)));
    at = byte_offset(text, index);
  }
  const size_t start = at;
  next_code_point(text, at);
  return rt.str(text.substr(start, at - start), value.str().markup);
}

Result<Value> get_attribute(Runtime& rt, const Value& value, const std::string& name) {
  TRY(rt.step());
  if (value.is_undefined() && is_unsafe_attribute(value, name)) return unsafe(value, name);
  if (value.is_undefined()) return undefined_error(value);
  TRY(Value found, attribute_of(rt, value, name));
  if (!found.is_missing()) return found;
  if (value.is_dict()) {
    if (const Value* item = value.dict().find(name)) return *item;
  }
  return no_attribute(value, name);
}

Result<Value> get_item(Runtime& rt, const Value& value, const Value& key) {
  TRY(rt.step());
  if (value.is_undefined()) return undefined_error(value);
  TRY(Value found, item_of(rt, value, key));
  if (!found.is_missing()) return found;
  if (key.is_string()) {
    TRY(found, attribute_of(rt, value, key.text()));
    return found.is_missing() ? no_attribute(value, key.text()) : found;
  }
  if (key.is_object()) return Value::undefined(strf("{} has no such element", described(value)));
  TRY(const std::string name, repr(rt, key));
  return Value::undefined(strf("{} has no element {}", described(value), name.substr(0, 200)));
}

Result<Value> get_slice(Runtime& rt, const Value& value, const Value& start, const Value& stop,
                        const Value& step) {
  if (value.is_undefined()) return undefined_error(value);
  const auto* range = value.as<Range>();
  if (!value.is_sequence() && !value.is_string() && range == nullptr)
    return misuse("{} cannot be sliced", described(value));
  TRY(const Slice s, slice_of(value, start, stop, step));
  const int64_t count = count_of(s);
  if (value.is_string()) return text_slice(rt, value, s, count);
  if (range != nullptr) {
    const auto at = [range](int64_t i) { return range->start() + i * range->step(); };
    auto made = make_charged<Range>(rt, at(s.from), range->step() * s.by, count);
    made->stop = at(s.to);
    return Value(std::shared_ptr<Object>(std::move(made)));
  }
  TRY(rt.step(static_cast<uint64_t>(count)));
  std::vector<Value> out;
  for (int64_t i = 0; i < count; i++) out.push_back(value.items()[static_cast<size_t>(s.from + i * s.by)]);
  return value.is_tuple() ? rt.tuple(std::move(out)) : rt.list(std::move(out));
}

Result<Value> call(Runtime& rt, const Value& callee, Args args) {
  TRY(rt.step());
  if (callee.is_undefined()) return undefined_error(callee);
  if (!callee.is_object() || !callee.object().callable())
    return misuse("'{}' object is not callable", type_name(callee));
  const Runtime::Level level(rt);
  if (level.too_deep()) return tl::unexpected<Error>(rt.depth_error().error());
  return callee.object().call(rt, std::move(args));
}

}  // namespace sov::text::jinja
