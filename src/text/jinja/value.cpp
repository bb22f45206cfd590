#include "text/jinja/value.h"

#include <algorithm>

#include "text/jinja/object.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {

Str::Str(Heap* heap, std::string content, Markup is_markup)
    : text(std::move(content)),
      length(count_code_points(text)),
      markup(is_markup),
      charge(heap, sizeof(Str) + text.size()) {}

Seq::Seq(Heap* heap, std::vector<Value> content)
    : items(std::move(content)), charge(heap, sizeof(Seq) + items.size() * sizeof(Value)) {
  for (const Value& item : items) nesting = std::max(nesting, item.nesting() + 1);
  if (heap != nullptr) heap->note_nesting(nesting);
}

Value Value::undefined(std::string message) {
  return Value(Rep(std::shared_ptr<const Missing>(std::make_shared<Missing>(Missing{std::move(message)}))),
               Kind::undefined);
}

int Value::nesting() const {
  switch (kind_) {
    case Kind::list:
    case Kind::tuple:
      return std::get<std::shared_ptr<const Seq>>(rep_)->nesting;
    case Kind::dict:
      return dict().nesting();
    case Kind::object:
      return object().nesting();
    default:
      return 0;
  }
}

const void* Value::identity() const {
  switch (kind_) {
    case Kind::string:
      return &str();
    case Kind::list:
    case Kind::tuple:
      return std::get<std::shared_ptr<const Seq>>(rep_).get();
    case Kind::dict:
      return &dict();
    case Kind::object:
      return &object();
    default:
      return nullptr;
  }
}

std::optional<uint32_t> Dict::position_of(std::string_view key, uint64_t hash) const {
  std::optional<uint32_t> found;
  candidates(hash, [&](uint32_t position) {
    const Value& candidate = entries_[position].first;
    if (candidate.is_string() && candidate.text() == key) found = position;
    return !found;
  });
  return found;
}

const Value* Dict::find(std::string_view key, uint64_t hash) const {
  const auto position = position_of(key, hash);
  return position ? &entries_[*position].second : nullptr;
}

void Dict::set(std::string_view key, Value value) {
  const uint64_t hash = hash_text(key);
  if (const auto position = position_of(key, hash)) return replace(*position, std::move(value));
  Value name(std::shared_ptr<const Str>(std::make_shared<Str>(charge_.heap(), std::string(key), Markup::no)));
  append(std::move(name), hash, std::move(value));
}

void Dict::replace(uint32_t position, Value value) {
  nesting_ = std::max(nesting_, value.nesting() + 1);
  if (charge_.heap() != nullptr) charge_.heap()->note_nesting(nesting_);
  entries_[position].second = std::move(value);
}

void Dict::append(Value key, uint64_t hash, Value value) {
  nesting_ = std::max({nesting_, key.nesting() + 1, value.nesting() + 1});
  if (charge_.heap() != nullptr) charge_.heap()->note_nesting(nesting_);
  charge_.grow(sizeof(Entry) + 48);  // 48: one node of the index
  entries_.emplace_back(std::move(key), std::move(value));
  hashes_.push_back(hash);
  if (entries_.size() < kIndexFrom) return;
  for (size_t i = index_.size(); i < hashes_.size(); i++)
    index_.emplace(hashes_[i], static_cast<uint32_t>(i));
}

void Dict::clear() {
  index_.clear();
  hashes_.clear();
  entries_.clear();
}

uint64_t hash_text(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::string_view type_name(const Value& value) {
  switch (value.kind()) {
    case Kind::missing:
      return "missing";
    case Kind::undefined:
      return "Undefined";
    case Kind::none:
      return "NoneType";
    case Kind::boolean:
      return "bool";
    case Kind::integer:
      return "int";
    case Kind::real:
      return "float";
    case Kind::string:
      return value.is_markup() ? "Markup" : "str";
    case Kind::list:
      return "list";
    case Kind::tuple:
      return "tuple";
    case Kind::dict:
      return "dict";
    case Kind::object:
      return value.object().type_name();
  }
  return "object";
}

}  // namespace sov::text::jinja
