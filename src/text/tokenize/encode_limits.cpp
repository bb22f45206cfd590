#include "text/tokenize/encode_limits.h"

#include <algorithm>

#include "text/tokenize/vocabulary.h"

namespace sov::text {
namespace {

constexpr int64_t kMaxLength = int64_t{1} << 24;

Result<Side> side_of(const Json& component) {
  TRY(const std::string name, component.string_or("direction", "Right"));
  if (name == "Right") return Side::right;
  if (name == "Left") return Side::left;
  return fail(Code::unsupported, "direction '{}'", name);
}

Result<size_t> length_of(int64_t length) {
  if (length < 0) return fail(Code::corrupt, "a length of {}", length);
  // Files without a limit carry huge ones.
  return static_cast<size_t>(length);
}

}  // namespace

void Truncation::apply(std::vector<TokenId>& ids, size_t added) const {
  const size_t room = max_length - std::min(max_length, added);
  if (ids.size() <= room) return;
  if (side == Side::left) ids.erase(ids.begin(), ids.end() - static_cast<ptrdiff_t>(room));
  ids.resize(room);
}

void Padding::apply(std::vector<TokenId>& ids) const {
  size_t wanted = std::max(length, ids.size());
  wanted += (multiple - wanted % multiple) % multiple;
  if (wanted == ids.size()) return;
  ids.insert(side == Side::left ? ids.begin() : ids.end(), wanted - ids.size(), id);
}

Result<std::optional<Truncation>> load_truncation(const Json& component) {
  if (component.is_null()) return std::nullopt;
  Truncation truncation;
  TRY(const std::string strategy, component.string_or("strategy", "LongestFirst"));
  if (strategy != "LongestFirst" && strategy != "OnlyFirst")
    return fail(Code::unsupported, "strategy '{}'", strategy);
  TRY(const int64_t length, component.get_int("max_length"));
  TRY(truncation.max_length, length_of(length));
  TRY(truncation.side, side_of(component));
  return truncation;
}

Result<std::optional<Padding>> load_padding(const Json& component) {
  if (component.is_null()) return std::nullopt;
  Padding padding;
  const Json* strategy = component.find("strategy");
  if (strategy != nullptr && strategy->is_object()) {
    TRY(const int64_t length, strategy->get_int("Fixed"));
    TRY(padding.length, length_of(length));
  } else if (strategy != nullptr && *strategy != Json("BatchLongest")) {
    return fail(Code::unsupported, "strategy {}", strategy->dump());
  }
  TRY(const int64_t multiple, component.int_or("pad_to_multiple_of", 1));
  TRY(padding.multiple, length_of(std::max<int64_t>(multiple, 1)));
  TRY(const int64_t id, component.int_or("pad_id", 0));
  if (id < 0 || id >= kMaxVocabulary) return fail(Code::corrupt, "pad_id {}", id);
  padding.id = static_cast<TokenId>(id);
  if (std::max(padding.length, padding.multiple) > static_cast<size_t>(kMaxLength))
    return fail(Code::unsupported, "padding to {}", std::max(padding.length, padding.multiple));
  TRY(padding.side, side_of(component));
  return padding;
}

}  // namespace sov::text
