#include <algorithm>
#include <cmath>
#include <optional>

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

/// Exact, as Python compares an int with a float: 2**53 + 1 is not 2.0**53.
int order(int64_t a, double b) {
  if (std::isnan(b)) return 2;
  if (b >= 9223372036854775808.0) return -1;
  if (b < -9223372036854775808.0) return 1;
  const auto whole = static_cast<int64_t>(b);
  if (a != whole) return a < whole ? -1 : 1;
  const double rest = b - static_cast<double>(whole);
  return rest > 0 ? -1 : rest < 0 ? 1 : 0;
}

/// Negative, zero or positive; 2 when one of them is not a number.
int order_numbers(const Value& a, const Value& b) {
  if (a.is_integral() && b.is_integral()) return a.integer() < b.integer() ? -1 : a.integer() > b.integer();
  if (a.is_integral()) return order(a.integer(), b.real());
  if (b.is_integral()) {
    const int reversed = order(b.integer(), a.real());
    return reversed == 2 ? 2 : -reversed;
  }
  if (std::isnan(a.real()) || std::isnan(b.real())) return 2;
  return a.real() < b.real() ? -1 : a.real() > b.real();
}

/// Ranges are equal by their items; views of keys and items as sets are.
Result<bool> equal_objects(Runtime& rt, const Value& a, const Value& b) {
  const auto* range = a.as<Range>();
  if (range != nullptr) return b.as<Range>() != nullptr && range->equals(*b.as<Range>());
  const auto* left = a.as<DictView>();
  const auto* right = b.as<DictView>();
  const bool as_sets = left != nullptr && right != nullptr && left->part() != DictView::Part::values &&
                       right->part() != DictView::Part::values;
  if (!as_sets || a.identity() == b.identity()) return a.identity() == b.identity();
  if (left->size() != right->size()) return false;
  for (size_t i = 0; i < left->size(); i++) {
    TRY(const bool found, contains(rt, b, left->at(rt, i)));
    if (!found) return false;
  }
  return true;
}

Result<uint64_t> hash_of(Runtime& rt, const Value& key) {
  if (key.is_string()) {
    TRY(rt.scan(key.text().size()));
    return hash_text(key.text());
  }
  if (key.is_undefined()) return 5;
  if (key.is_object()) {
    if (auto* range = key.as<Range>()) return std::hash<int64_t>{}(range->size());
    const auto* view = key.as<DictView>();
    if (view != nullptr && view->part() != DictView::Part::values)
      return misuse("unhashable type: '{}'", type_name(key));
    return std::hash<const void*>{}(key.identity());
  }
  if (key.is_number()) return std::hash<double>{}(key.real());
  if (key.is_none()) return 1;
  if (key.is_tuple()) {
    uint64_t hash = 3;
    for (const Value& item : key.items()) {
      TRY(const uint64_t part, hash_of(rt, item));
      hash = hash * 1000003 ^ part;
    }
    return hash;
  }
  return misuse("unhashable type: '{}'", type_name(key));
}

}  // namespace

Result<bool> equal(Runtime& rt, const Value& a, const Value& b) {
  TRY(rt.step());
  if (a.is_number() && b.is_number()) return order_numbers(a, b) == 0;
  if (a.is_string() && b.is_string()) {
    if (a.text().size() != b.text().size()) return false;
    TRY(rt.scan(a.text().size()));
    return a.text() == b.text();
  }
  if (a.kind() != b.kind()) return false;
  if (a.is_undefined() || a.is_none()) return true;
  if (a.is_sequence()) return equal_sequences(rt, a.items(), b.items());
  if (a.is_dict()) return equal_dicts(rt, a.dict(), b.dict());
  return equal_objects(rt, a, b);
}

Result<bool> less(Runtime& rt, const Value& a, const Value& b) {
  TRY(rt.step());
  if (a.is_undefined()) return undefined_error(a);
  if (b.is_undefined()) return undefined_error(b);
  if (a.is_number() && b.is_number()) return order_numbers(a, b) == -1;
  if (a.is_string() && b.is_string()) {
    TRY(rt.scan(std::min(a.text().size(), b.text().size())));
    return a.text() < b.text();  // UTF-8 sorts as code points do
  }
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
    TRY(rt.scan(container.text().size()));
    return container.text().find(item.text()) != std::string::npos;
  }
  if (container.is_dict()) {
    TRY(const Value* found, dict_get(rt, container.dict(), item));
    return found != nullptr;
  }
  if (!is_iterable(container)) return misuse("argument of type '{}' is not iterable", type_name(container));
  if (const auto* view = container.as<DictView>(); view != nullptr && view->part() == DictView::Part::keys) {
    TRY(const Value* found, dict_get(rt, view->dict(), item));
    return found != nullptr;
  }
  TRY(const std::shared_ptr<Iterator> iterator, iterate(rt, container));
  Value candidate;
  while (true) {
    TRY(const bool more, iterator->next(rt, candidate));
    if (!more) return false;
    TRY(const bool same, equal(rt, candidate, item));
    if (same) return true;
  }
}

namespace {

Result<std::optional<uint32_t>> position_in(Runtime& rt, const Dict& dict, const Value& key, uint64_t hash) {
  std::optional<uint32_t> found;
  std::optional<Error> problem;
  dict.candidates(hash, [&](uint32_t position) {
    const Result<bool> same = equal(rt, dict.at(position).first, key);
    if (!same) problem = same.error();
    if (same && *same) found = position;
    return !found && !problem;
  });
  if (problem) return fail(*problem);
  return found;
}

}  // namespace

Result<const Value*> dict_get(Runtime& rt, const Dict& dict, const Value& key) {
  TRY(const uint64_t hash, hash_of(rt, key));
  if (key.is_string()) return dict.find(key.text(), hash);
  TRY(const auto position, position_in(rt, dict, key, hash));
  return position ? &dict.at(*position).second : nullptr;
}

Result<void> dict_set(Runtime& rt, Dict& dict, const Value& key, Value value) {
  TRY(rt.step());
  TRY(const uint64_t hash, hash_of(rt, key));
  TRY(const auto position, position_in(rt, dict, key, hash));
  if (position) {
    dict.replace(*position, std::move(value));
  } else {
    dict.append(key, hash, std::move(value));
  }
  return {};
}

}  // namespace sov::text::jinja
