#pragma once
// Which data classes have a hash made of their fields.

#include <algorithm>

#include "transpiler/emit/program.h"

namespace sov::transpiler {

/// The nearest class in the order of bases that @dataclass or NamedTuple made, or null.
inline const ClassInfo* data_class(const ClassInfo& cls) {
  const auto found = std::ranges::find_if(cls.mro, [](const ClassInfo* up) { return up->dataclass; });
  return found == cls.mro.end() ? nullptr : *found;
}

/// @dataclass(frozen=True), with eq, or @dataclass(unsafe_hash=True), also of a class above.
inline bool hashes_fields(const ClassInfo& cls) {
  const ClassInfo* data = data_class(cls);
  if (data == nullptr) return false;
  if (data->eq && data->frozen) return true;
  const auto asks = [](Node* keyword_node) {
    auto& keyword = as<ast::keyword>(*keyword_node);
    auto* value = try_as<ast::Constant>(keyword.value);
    return keyword.arg == "unsafe_hash" && value != nullptr && value->value.boolean;
  };
  return std::ranges::any_of(data->node->decorator_list, [&](Node* decorator) {
    auto* call = try_as<ast::Call>(decorator);
    return call != nullptr && std::ranges::any_of(call->keywords, asks);
  });
}

}  // namespace sov::transpiler
