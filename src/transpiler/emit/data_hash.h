#pragma once
// Which data classes have a hash made of their fields.

#include <algorithm>

#include "transpiler/emit/program.h"

namespace sov::transpiler {

/// @dataclass(frozen=True), with eq, or @dataclass(unsafe_hash=True).
inline bool hashes_fields(const ClassInfo& cls) {
  if (!cls.dataclass || cls.named_tuple) return false;
  if (cls.eq && cls.frozen) return true;
  const auto asks = [](Node* keyword_node) {
    auto& keyword = as<ast::keyword>(*keyword_node);
    auto* value = try_as<ast::Constant>(keyword.value);
    return keyword.arg == "unsafe_hash" && value != nullptr && value->value.boolean;
  };
  return std::ranges::any_of(cls.node->decorator_list, [&](Node* decorator) {
    auto* call = try_as<ast::Call>(decorator);
    return call != nullptr && std::ranges::any_of(call->keywords, asks);
  });
}

}  // namespace sov::transpiler
