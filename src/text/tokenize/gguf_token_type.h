#pragma once
// The values of tokenizer.ggml.token_type.

#include <cstdint>

namespace sov::text {

enum class GgufTokenType : int64_t {
  normal = 1,
  unknown = 2,
  control = 3,
  user_defined = 4,
  unused = 5,
  byte = 6
};

}  // namespace sov::text
