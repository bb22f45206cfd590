#include <algorithm>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

std::string described(const Value& value) { return strf("'{} object'", type_name(value)); }

Value no_attribute(const Value& value, const std::string& name) {
  return Value::undefined(strf("{} has no attribute '{}'", described(value), name));
}

/// The attribute, or Kind::missing.
Result<Value> attribute_of(Runtime& rt, const Value& value, const std::string& name) {
  if (name.rfind("__", 0) == 0) return Value::undefined(strf("access to attribute '{}' is unsafe", name));
  if (value.is_object()) return value.object().attribute(rt, name);
  return bound_method(value, name);
}

Result<Value> sequence_item(Runtime& rt, const Value& value, int64_t index) {
  TRY(const int64_t length, length_of(value));
  if (index < 0) index += length;
  if (index < 0 || index >= length) return Value();
  if (value.is_sequence()) return value.items()[static_cast<size_t>(index)];
  if (auto* range = value.as<Range>()) return Value(range->at(index));
  const std::string& text = value.text();
  size_t at = byte_offset(text, index);
  const size_t start = at;
  next_code_point(text, at);
  return rt.str(text.substr(start, at - start));
}

/// The item, or Kind::missing.
Result<Value> item_of(Runtime& rt, const Value& value, const Value& key) {
  if (value.is_dict()) {
    TRY(const Value* found, dict_get(rt, value.dict(), key));
    return found == nullptr ? Value() : *found;
  }
  const bool indexed = value.is_sequence() || value.is_string() || value.as<Range>() != nullptr;
  if (indexed && key.is_integral()) return sequence_item(rt, value, key.integer());
  return Value();
}

}  // namespace

Result<Value> get_attribute(Runtime& rt, const Value& value, const std::string& name) {
  TRY(rt.step());
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
  TRY(const std::string name, repr(rt, key));
  return Value::undefined(strf("{} has no element {}", described(value), name));
}

Result<Value> get_slice(Runtime& rt, const Value& value, const Value& start, const Value& stop,
                        const Value& step) {
  if (value.is_undefined()) return undefined_error(value);
  if (!value.is_sequence() && !value.is_string() && value.as<Range>() == nullptr) {
    return Value::undefined(strf("{} cannot be sliced", described(value)));
  }
  for (const Value* part : {&start, &stop, &step}) {
    if (!part->is_missing() && !part->is_none() && !part->is_integral()) {
      return misuse("slice indices must be integers or None");
    }
  }
  const auto given = [](const Value& part) { return part.is_integral(); };
  const int64_t by = given(step) ? step.integer() : 1;
  if (by == 0) return misuse("slice step cannot be zero");
  TRY(const int64_t length, length_of(value));
  const auto clamp = [&](const Value& part, int64_t fallback) {
    if (!given(part)) return fallback;
    int64_t at = part.integer();
    if (at < 0) at = at < -length ? -1 - length : at + length;
    return by > 0 ? std::clamp<int64_t>(at, 0, length) : std::clamp<int64_t>(at, -1, length - 1);
  };
  const int64_t from = clamp(start, by > 0 ? 0 : length - 1);
  const int64_t to = clamp(stop, by > 0 ? length : -1);
  TRY(const std::vector<Value> items, to_vector(rt, value));
  std::vector<Value> out;
  for (int64_t i = from; by > 0 ? i < to : i > to; i += by) out.push_back(items[static_cast<size_t>(i)]);
  if (value.is_tuple()) return rt.tuple(std::move(out));
  if (!value.is_string()) return rt.list(std::move(out));
  std::string text;
  for (const Value& c : out) text += c.text();
  return rt.str(std::move(text));
}

Result<Value> call(Runtime& rt, const Value& callee, Args args) {
  TRY(rt.step());
  if (callee.is_undefined()) return undefined_error(callee);
  if (!callee.is_object() || !callee.object().callable()) {
    return misuse("'{}' object is not callable", type_name(callee));
  }
  const Runtime::Level level(rt);
  if (level.too_deep()) return tl::unexpected<Error>(rt.depth_error().error());
  return callee.object().call(rt, std::move(args));
}

Value argument(const Args& args, size_t index, std::string_view name) {
  if (index < args.positional.size()) return args.positional[index];
  for (const auto& [given, value] : args.named) {
    if (given == name) return value;
  }
  return {};
}

Result<int64_t> int_argument(const Args& args, size_t index, std::string_view name, int64_t fallback) {
  const Value value = argument(args, index, name);
  if (value.is_missing() || value.is_none()) return fallback;
  if (!value.is_integral()) return misuse("{}: wanted an integer, got {}", name, type_name(value));
  return value.integer();
}

}  // namespace sov::text::jinja
