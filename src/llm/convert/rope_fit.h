#pragma once
// GGUF stores Llama 3's stretched frequencies as a table; config.json wants the rule that made it.

#include "core/json.h"
#include "core/result.h"
#include "llm/config.h"

namespace sov::llm {

/// Adds rope_scaling "llama3" with parameters that reproduce config's frequency factors to f32, if it has
/// any. Errors: unsupported when no such parameters exist.
Result<> add_fitted_rope(const Config& config, Json& huggingface);

}  // namespace sov::llm
