#pragma once
// The architectures that are built: one row each in table.cpp.

#include <span>
#include <string_view>

#include "llm/arch/architecture.h"

namespace sov::llm {

std::span<const Architecture> architectures();
/// By config.json's architectures[0] and model_type. Errors: unsupported, naming what was asked and what
/// there is.
Result<const Architecture*> find_by_huggingface(const Json& config);
/// By a GGUF file's metadata (llama with a sliding window is mistral).
Result<const Architecture*> find_by_gguf(const Json& metadata);
/// By any of the names above, as APR files use them.
Result<const Architecture*> find_by_name(std::string_view name);

}  // namespace sov::llm
