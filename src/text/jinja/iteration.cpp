#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {

Result<Value> Object::call(Runtime&, Args) { return misuse("'{}' object is not callable", type_name()); }

Result<std::string> Object::repr(Runtime&) {
  return fail(Code::unsupported, "printing a {} (Python would print its address)", type_name());
}

Result<Value> Iterator::attribute(Runtime&, std::string_view name) {
  for (const std::string_view known : {"send", "throw", "close", "gi_running", "gi_yieldfrom"}) {
    if (name == known) return fail(Code::unsupported, "attribute '{}' of a {}", name, type_);
  }
  return Value();
}

Generator::Generator(Runtime& rt, const Value& source, Step step, std::string_view type)
    : Iterator(type), step_(std::move(step)), nesting_(source.nesting() + 1) {
  rt.heap()->note_nesting(nesting_);
}

Result<bool> Generator::next(Runtime& rt, Value& out) {
  if (done_) return false;
  TRY(rt.step());
  TRY(const bool more, step_(rt, out));
  done_ = !more;
  return more;
}

Value make_generator(Runtime& rt, const Value& source, Generator::Step step, std::string_view type) {
  return make_object<Generator>(rt, rt, source, std::move(step), type);
}

Result<std::string> Range::repr(Runtime&) {
  if (step_ == 1) return strf("range({}, {})", start_, stop);
  return strf("range({}, {}, {})", start_, stop, step_);
}

Result<Value> Range::attribute(Runtime& rt, std::string_view name) {
  if (name == "start") return Value(start_);
  if (name == "stop") return Value(stop);
  if (name == "step") return Value(step_);
  if (name != "index" && name != "count") return Value();
  std::vector<Value> items;
  for (int64_t i = 0; i < size_; i++) items.emplace_back(at(i));
  return bound_method(rt, rt.tuple(std::move(items)), std::string(name));
}

bool Range::equals(const Range& other) const {
  if (size_ != other.size_) return false;
  return size_ == 0 || (start_ == other.start_ && (size_ == 1 || step_ == other.step_));
}

std::string_view DictView::type_name() const {
  switch (part_) {
    case Part::keys:
      return "dict_keys";
    case Part::values:
      return "dict_values";
    case Part::items:
      return "dict_items";
  }
  return "dict_items";
}

Value DictView::at(Runtime& rt, size_t index) const {
  const Dict::Entry& entry = dict().at(static_cast<uint32_t>(index));
  if (part_ == Part::keys) return entry.first;
  if (part_ == Part::values) return entry.second;
  return rt.tuple({entry.first, entry.second});
}

Result<std::string> DictView::repr(Runtime& rt) {
  std::vector<Value> items;
  for (size_t i = 0; i < size(); i++) items.push_back(at(rt, i));
  TRY(const std::string inner, jinja::repr(rt, rt.list(std::move(items))));
  return strf("{}({})", type_name(), inner);
}

Result<Value> Namespace::attribute(Runtime&, std::string_view name) {
  const Value* found = attributes_->find(name);
  return found == nullptr ? Value() : *found;
}

Result<std::string> Namespace::repr(Runtime& rt) {
  TRY(const std::string inner, jinja::repr(rt, Value(std::shared_ptr<const Dict>(attributes_))));
  return strf("<Namespace {}>", inner);
}

Result<void> Namespace::set(std::string_view name, Value value) {
  if (name.starts_with('_')) {
    return misuse(
        "a namespace cannot hold '{}': chat templates may not use names with an underscore in front", name);
  }
  attributes_->set(name, std::move(value));
  return {};
}

namespace {

std::vector<Value> characters(Runtime& rt, const std::string& text) {
  std::vector<Value> out;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    next_code_point(text, at);
    out.push_back(rt.str(text.substr(start, at - start)));
  }
  return out;
}

/// Items by position; `count` of them.
std::shared_ptr<Iterator> indexed(Runtime& rt, const Value& held, size_t count,
                                  Value (*item)(Runtime&, const Value&, size_t)) {
  return make_charged<Generator>(
      rt, rt, held, [held, count, item, at = size_t{0}](Runtime& run, Value& out) mutable -> Result<bool> {
        if (at >= count) return false;
        out = item(run, held, at++);
        return true;
      });
}

Value sequence_at(Runtime&, const Value& held, size_t at) { return held.items()[at]; }
Value key_at(Runtime&, const Value& held, size_t at) {
  return held.dict().at(static_cast<uint32_t>(at)).first;
}
Value number_at(Runtime&, const Value& held, size_t at) {
  return Value(static_cast<Range&>(held.object()).at(static_cast<int64_t>(at)));
}
Value view_at(Runtime& rt, const Value& held, size_t at) {
  return static_cast<DictView&>(held.object()).at(rt, at);
}

std::string_view reversed_type(const Value& value) {
  if (value.is_list()) return "list_reverseiterator";
  if (value.is_dict()) return "dict_reversekeyiterator";
  if (value.as<Range>() != nullptr) return "range_iterator";
  return value.is_tuple() || value.is_string() ? "reversed" : "dict_reverseitemiterator";
}

}  // namespace

Result<std::vector<Value>> to_vector(Runtime& rt, const Value& value) {
  std::vector<Value> out;
  if (value.is_sequence()) {
    TRY(rt.step(value.items().size()));
    return value.items();
  }
  if (value.is_undefined()) return out;
  if (value.is_string()) {
    TRY(rt.step(static_cast<uint64_t>(value.str().length)));
    TRY(rt.reserve(static_cast<uint64_t>(value.str().length) * sizeof(Str)));
    return characters(rt, value.text());
  }
  TRY(const std::shared_ptr<Iterator> iterator, iterate(rt, value));
  Value item;
  while (true) {
    TRY(const bool more, iterator->next(rt, item));
    if (!more) return out;
    out.push_back(item);
    TRY(rt.reserve(out.size() * sizeof(Value)));
  }
}

Result<std::shared_ptr<Iterator>> iterate(Runtime& rt, const Value& value) {
  if (value.is_sequence()) return indexed(rt, value, value.items().size(), sequence_at);
  if (value.is_dict()) return indexed(rt, value, value.dict().size(), key_at);
  if (auto* range = value.as<Range>())
    return indexed(rt, value, static_cast<size_t>(range->size()), number_at);
  if (auto* view = value.as<DictView>()) return indexed(rt, value, view->size(), view_at);
  if (value.as<Iterator>() != nullptr) return std::static_pointer_cast<Iterator>(value.object_ptr());
  if (value.is_undefined()) return indexed(rt, Value::none(), 0, sequence_at);
  if (value.is_string()) {
    TRY(std::vector<Value> items, to_vector(rt, value));
    const size_t count = items.size();
    return indexed(rt, rt.list(std::move(items)), count, sequence_at);
  }
  return misuse("'{}' object is not iterable", type_name(value));
}

Value reversed(Runtime& rt, const Value& value) {
  Value (*item)(Runtime&, const Value&, size_t) = nullptr;
  size_t count = 0;
  if (value.is_sequence()) {
    item = sequence_at;
    count = value.items().size();
  } else if (value.is_dict()) {
    item = key_at;
    count = value.dict().size();
  } else if (auto* range = value.as<Range>()) {
    item = number_at;
    count = static_cast<size_t>(range->size());
  } else if (auto* view = value.as<DictView>()) {
    item = view_at;
    count = view->size();
  } else {
    return {};
  }
  return make_generator(
      rt, value,
      [value, item, left = count](Runtime& run, Value& out) mutable -> Result<bool> {
        if (left == 0) return false;
        out = item(run, value, --left);
        return true;
      },
      reversed_type(value));
}

bool is_iterable(const Value& value) { return has_length(value) || value.as<Iterator>() != nullptr; }

bool has_length(const Value& value) {
  return value.is_sequence() || value.is_undefined() || value.is_string() || value.is_dict() ||
         value.as<Range>() != nullptr || value.as<DictView>() != nullptr;
}

Result<int64_t> length_of(const Value& value) {
  if (value.is_sequence()) return static_cast<int64_t>(value.items().size());
  if (value.is_undefined()) return 0;
  if (value.is_string()) return value.str().length;
  if (value.is_dict()) return static_cast<int64_t>(value.dict().size());
  if (auto* range = value.as<Range>()) return range->size();
  if (auto* view = value.as<DictView>()) return static_cast<int64_t>(view->size());
  return misuse("object of type '{}' has no len()", type_name(value));
}

bool truthy(const Value& value) {
  switch (value.kind()) {
    case Kind::missing:
    case Kind::undefined:
    case Kind::none:
      return false;
    case Kind::boolean:
      return value.boolean();
    case Kind::integer:
      return value.integer() != 0;
    case Kind::real:
      return value.real() != 0;
    case Kind::string:
      return value.str().length != 0;
    case Kind::list:
    case Kind::tuple:
      return !value.items().empty();
    case Kind::dict:
      return value.dict().size() != 0;
    case Kind::object:
      return !has_length(value) || length_of(value).value() != 0;
  }
  return true;
}

}  // namespace sov::text::jinja
