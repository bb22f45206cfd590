#include <algorithm>
#include <cmath>

#include "text/jinja/operations.h"

namespace sov::text::jinja {
namespace {

Result<bool> equal_sequences(Runtime& rt, const std::vector<Value>& a, const std::vector<Value>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); i++) {
    TRY(const bool same, equal(rt, a[i], b[i]));
    if (!same) return false;
  }
  return true;
}

Result<bool> equal_dicts(Runtime& rt, const Dict& a, const Dict& b) {
  if (a.size() != b.size()) return false;
  for (const Dict::Entry& entry : a.entries()) {
    TRY(const Value* other, dict_get(rt, b, entry.first));
    if (other == nullptr) return false;
    TRY(const bool same, equal(rt, entry.second, *other));
    if (!same) return false;
  }
  return true;
}

Result<uint64_t> hash_of(const Value& key) {
  if (key.is_string()) return hash_text(key.text());
  if (key.is_number()) return std::hash<double>{}(key.real());
  if (key.is_none()) return 1;
  if (key.is_tuple()) {
    uint64_t hash = 3;
    for (const Value& item : key.items()) {
      TRY(const uint64_t part, hash_of(item));
      hash = hash * 1000003 ^ part;
    }
    return hash;
  }
  return misuse("unhashable type: '{}'", type_name(key));
}

}  // namespace

Result<bool> equal(Runtime& rt, const Value& a, const Value& b) {
  TRY(rt.step());
  if (a.is_number() && b.is_number()) {
    if (a.is_integral() && b.is_integral()) return a.integer() == b.integer();
    return a.real() == b.real();
  }
  if (a.is_string() && b.is_string()) return a.text() == b.text();
  if (a.kind() != b.kind()) return false;
  if (a.is_undefined() || a.is_none()) return true;
  if (a.is_sequence()) return equal_sequences(rt, a.items(), b.items());
  if (a.is_dict()) return equal_dicts(rt, a.dict(), b.dict());
  return a.identity() == b.identity();
}

Result<bool> less(Runtime& rt, const Value& a, const Value& b) {
  TRY(rt.step());
  if (a.is_undefined()) return undefined_error(a);
  if (b.is_undefined()) return undefined_error(b);
  if (a.is_integral() && b.is_integral()) return a.integer() < b.integer();
  if (a.is_number() && b.is_number()) return a.real() < b.real();
  if (a.is_string() && b.is_string()) return a.text() < b.text();  // UTF-8 sorts as code points do
  if (a.is_sequence() && a.kind() == b.kind()) {
    const size_t n = std::min(a.items().size(), b.items().size());
    for (size_t i = 0; i < n; i++) {
      TRY(const bool same, equal(rt, a.items()[i], b.items()[i]));
      if (!same) return less(rt, a.items()[i], b.items()[i]);
    }
    return a.items().size() < b.items().size();
  }
  return misuse("'<' not supported between instances of '{}' and '{}'", type_name(a), type_name(b));
}

Result<bool> contains(Runtime& rt, const Value& container, const Value& item) {
  TRY(rt.step());
  if (container.is_string()) {
    if (item.is_undefined()) return undefined_error(item);
    if (!item.is_string())
      return misuse("'in <string>' requires string as left operand, not {}", type_name(item));
    TRY(rt.step(container.text().size() / 16));
    return container.text().find(item.text()) != std::string::npos;
  }
  if (container.is_dict()) {
    TRY(const Value* found, dict_get(rt, container.dict(), item));
    return found != nullptr;
  }
  if (!is_iterable(container)) return misuse("argument of type '{}' is not iterable", type_name(container));
  TRY(const std::vector<Value> items, to_vector(rt, container));
  for (const Value& candidate : items) {
    TRY(const bool same, equal(rt, candidate, item));
    if (same) return true;
  }
  return false;
}

Result<const Value*> dict_get(Runtime& rt, const Dict& dict, const Value& key) {
  if (key.is_string()) return dict.find(key.text());
  if (key.is_undefined()) return static_cast<const Value*>(nullptr);
  TRY(const uint64_t hash, hash_of(key));
  for (const uint32_t position : dict.candidates(hash)) {
    TRY(const bool same, equal(rt, dict.at(position).first, key));
    if (same) return &dict.at(position).second;
  }
  return static_cast<const Value*>(nullptr);
}

Result<void> dict_set(Runtime& rt, Dict& dict, const Value& key, Value value) {
  TRY(rt.step());
  TRY(const uint64_t hash, hash_of(key));
  for (const uint32_t position : dict.candidates(hash)) {
    TRY(const bool same, equal(rt, dict.at(position).first, key));
    if (!same) continue;
    dict.replace(position, std::move(value));
    return {};
  }
  dict.append(key, hash, std::move(value));
  return {};
}

}  // namespace sov::text::jinja
