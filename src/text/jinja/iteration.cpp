#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {

Result<Value> Object::call(Runtime&, Args) { return misuse("'{}' object is not callable", type_name()); }

Result<std::string> Object::repr(Runtime&) {
  return fail(Code::unsupported, "printing a {} (Python would print its address)", type_name());
}

Generator::Generator(Runtime& rt, const Value& source, Step step)
    : step_(std::move(step)), nesting_(source.nesting() + 1) {
  rt.heap()->note_nesting(nesting_);
}

Result<bool> Generator::next(Runtime& rt, Value& out) {
  if (done_) return false;
  TRY(rt.step());
  TRY(const bool more, step_(rt, out));
  done_ = !more;
  return more;
}

Result<std::string> Range::repr(Runtime&) {
  if (step_ == 1) return strf("range({}, {})", start_, stop);
  return strf("range({}, {}, {})", start_, stop, step_);
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
  if (value.is_dict()) {
    TRY(rt.step(value.dict().size()));
    for (const Dict::Entry& entry : value.dict().entries()) out.push_back(entry.first);
    return out;
  }
  if (auto* range = value.as<Range>()) {
    TRY(rt.step(static_cast<uint64_t>(range->size())));
    for (int64_t i = 0; i < range->size(); i++) out.emplace_back(range->at(i));
    return out;
  }
  if (auto* view = value.as<DictView>()) {
    TRY(rt.step(view->size()));
    for (size_t i = 0; i < view->size(); i++) out.push_back(view->at(rt, i));
    return out;
  }
  if (auto* iterator = value.as<Iterator>()) {
    Value item;
    while (true) {
      TRY(const bool more, iterator->next(rt, item));
      if (!more) return out;
      out.push_back(item);
    }
  }
  return misuse("'{}' object is not iterable", type_name(value));
}

Result<std::shared_ptr<Iterator>> iterate(Runtime& rt, const Value& value) {
  TRY(std::vector<Value> items, to_vector(rt, value));
  const Value held = rt.list(std::move(items));
  size_t at = 0;
  return std::shared_ptr<Iterator>(
      std::make_shared<Generator>(rt, held, [held, at](Runtime&, Value& out) mutable -> Result<bool> {
        if (at >= held.items().size()) return false;
        out = held.items()[at++];
        return true;
      }));
}

bool is_iterable(const Value& value) {
  return value.is_sequence() || value.is_undefined() || value.is_string() || value.is_dict() ||
         value.as<Range>() != nullptr || value.as<DictView>() != nullptr || value.as<Iterator>() != nullptr;
}

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
    default:
      return !has_length(value) || length_of(value).value() != 0;
  }
}

}  // namespace sov::text::jinja
