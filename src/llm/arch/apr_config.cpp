// APR metadata in config.json's words, through the aliases that writers of APR files use.

#include <array>

#include "llm/arch/describe.h"
#include "llm/arch/tensor_map.h"

namespace sov::llm {
namespace {

struct Aliases {
  std::string_view key;  // config.json's
  std::array<std::string_view, 4> names;
};

constexpr std::array kAliases = {
    Aliases{"hidden_size", {"hidden_dim", "d_model", "n_embd"}},
    Aliases{"num_hidden_layers", {"num_layers", "n_layers", "n_layer"}},
    Aliases{"num_attention_heads", {"num_heads", "n_heads", "n_head"}},
    Aliases{"num_key_value_heads", {"num_kv_heads", "n_kv_heads"}},
    Aliases{"vocab_size", {"n_vocab"}},
    Aliases{"intermediate_size", {"ffn_dim", "intermediate_dim", "n_inner"}},
    Aliases{"max_position_embeddings", {"max_seq_len", "context_length", "n_ctx", "n_positions"}},
    Aliases{"rms_norm_eps", {"layer_norm_eps", "norm_eps"}},
    Aliases{"tie_word_embeddings", {"tied_embeddings"}},
    // GPT-2's own words for the same.
    Aliases{"n_embd", {"hidden_size", "hidden_dim", "d_model"}},
    Aliases{"n_layer", {"num_hidden_layers", "num_layers", "n_layers"}},
    Aliases{"n_head", {"num_attention_heads", "num_heads", "n_heads"}},
    Aliases{"n_inner", {"intermediate_size", "ffn_dim", "intermediate_dim"}},
    Aliases{"n_positions", {"max_position_embeddings", "max_seq_len", "context_length", "n_ctx"}},
    Aliases{"layer_norm_epsilon", {"rms_norm_eps", "layer_norm_eps", "norm_eps"}},
};

}  // namespace

Result<Json> config_from_apr(const Architecture& architecture, const formats::ModelFile& file) {
  if (!file.metadata.is_object()) return fail(Code::model, "{}: no metadata", file.path.string());
  Json config = file.metadata;
  config.set("architectures", Json::Array{Json(architecture.class_name)});
  config.set("model_type", architecture.model_type);
  for (const Aliases& alias : kAliases) {
    if (config.find(alias.key)) continue;
    for (std::string_view name : alias.names) {
      if (const Json* value = name.empty() ? nullptr : file.metadata.find(name)) {
        config.set(alias.key, *value);
        break;
      }
    }
  }
  TRY(const TensorMap map, TensorMap::make(file, architecture));
  if (!config.find("tie_word_embeddings")) config.set("tie_word_embeddings", map.find(Role::head) == nullptr);
  if (!config.find("attention_bias") && map.find(Role::q_bias)) config.set("attention_bias", true);
  return config;
}

}  // namespace sov::llm
