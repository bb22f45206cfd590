#pragma once
// Truncation and padding that a tokenizer.json asks for.

#include <optional>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/tokenizer.h"

namespace sov::text {

enum class Side { left, right };

struct Truncation {
  size_t max_length = 0;  // special tokens included
  Side side = Side::right;

  /// Leaves room for `added` special tokens.
  void apply(std::vector<TokenId>& ids, size_t added) const;
};

struct Padding {
  size_t length = 0;  // 0: only up to the multiple
  size_t multiple = 1;
  TokenId id = 0;
  Side side = Side::right;

  void apply(std::vector<TokenId>& ids) const;
};

/// The members "truncation" and "padding" (null: none). Errors: corrupt, unsupported.
Result<std::optional<Truncation>> load_truncation(const Json& component);
Result<std::optional<Padding>> load_padding(const Json& component);

}  // namespace sov::text
