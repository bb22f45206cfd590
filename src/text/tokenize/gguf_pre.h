#pragma once
// GGUF's names of pre-tokenizers (tokenizer.ggml.pre).

#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace sov::text {

struct GgufPre {
  std::string_view name;
  std::span<const std::string_view> patterns;  // applied one after the other, each isolating its matches
  bool ignore_merges = false;
  bool add_bos = false;  // unless the file says
};

std::span<const GgufPre> gguf_pre_table();
/// Errors: unsupported, naming it.
Result<const GgufPre*> gguf_pre(std::string_view name);

/// The first row with these patterns, or null.
const GgufPre* gguf_pre_of(std::span<const std::string> patterns, bool ignore_merges);

}  // namespace sov::text
