#pragma once
// A Hugging Face folder: config.json and its companions, weights in one file or in shards.

#include <filesystem>
#include <string>
#include <vector>

#include "llm/convert/plan.h"

namespace sov::llm {

/// config.json for the planned tensors: the source's own where it has one, else from what it says.
/// Errors: unsupported when config.json cannot say it (read back and compared), naming it.
Result<Json> huggingface_config(const Source& source, const Plan& plan);

/// config.json, generation_config.json, tokenizer.json, tokenizer_config.json, chat_template.jinja, ...
struct Companion {
  std::string name;
  std::string text;
};
Result<std::vector<Companion>> companions(const Source& source, const Plan& plan,
                                          std::vector<std::string>& warnings);

/// Which tensors go into which file: in order, a new file whenever the next tensor would exceed the limit.
struct Shard {
  std::string name;             // model.safetensors, or model-00001-of-00002.safetensors
  std::vector<size_t> tensors;  // indices into Plan::tensors
};
std::vector<Shard> make_shards(const Plan& plan, uint64_t limit);
/// model.safetensors.index.json.
std::string index_of(const Plan& plan, const std::vector<Shard>& shards);

}  // namespace sov::llm
