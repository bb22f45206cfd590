#pragma once
// What a model file says about the model, in one language: config.json's keys.

#include "formats/model_file.h"
#include "llm/arch/architecture.h"

namespace sov::llm {

struct Description {
  const Architecture* architecture = nullptr;
  Json config;  // as config.json would have it
};

/// config.json as it is; GGUF and APR metadata translated. Keys that only tensors can tell (tied head,
/// biases, vocabulary size) are filled in from them. Errors: model (no configuration, a key missing),
/// unsupported (architecture).
Result<Description> describe(const formats::ModelFile& file);

/// GGUF metadata -> config.json.
Result<Json> config_from_gguf(const Architecture& architecture, const formats::ModelFile& file);
/// APR metadata -> config.json, through the aliases in use.
Result<Json> config_from_apr(const Architecture& architecture, const formats::ModelFile& file);

}  // namespace sov::llm
