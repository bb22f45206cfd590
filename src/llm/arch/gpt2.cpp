// GPT-2: learned positions, layer norms, one fused q/k/v. Source: Radford et al., "Language Models are
// Unsupervised Multitask Learners" (2019), section 2.3; config.json keys as GPT2Config documents.

#include <cmath>

#include "llm/arch/keys.h"

namespace sov::llm {
namespace {

Result<Config> config(const Json& json) {
  Keys keys(json);
  Config c;
  c.architecture = "gpt2";
  c.vocab = keys.size("vocab_size");
  c.hidden = keys.size("n_embd");
  c.layers = keys.size("n_layer");
  c.heads = c.kv_heads = keys.size("n_head");
  c.head_dim = c.hidden / c.heads;
  c.ffn = keys.size_or("n_inner", 4 * c.hidden);
  c.context = keys.size("n_positions");
  c.tied_head = keys.flag_or("tie_word_embeddings", true);
  c.norm = nn::NormKind::layer;
  c.norm_eps = static_cast<float>(keys.real_or("layer_norm_epsilon", 1e-5));
  c.activation = read_activation(keys, "activation_function", "gelu_new");
  c.gated_mlp = false;
  c.qkv_bias = c.attention_output_bias = c.mlp_bias = true;
  c.learned_positions = true;
  c.attention_scale = keys.flag_or("scale_attn_weights", true)
                          ? static_cast<float>(1 / std::sqrt(static_cast<double>(c.head_dim)))
                          : 1;
  if (c.hidden % c.heads != 0) {
    keys.report(Error(Code::model, strf("n_embd {} is no multiple of n_head {}", c.hidden, c.heads)));
  }
  for (std::string_view key : {"scale_attn_by_inverse_layer_idx", "add_cross_attention"}) {
    if (keys.flag_or(key, false)) keys.report(Error(Code::unsupported, strf("'{}' is not built", key)));
  }
  return finish(keys, std::move(c));
}

TensorNames huggingface_names() {
  return {
      {Role::token_embedding, "wte.weight"},
      {Role::positions, "wpe.weight"},
      {Role::final_norm, "ln_f.weight"},
      {Role::final_norm_bias, "ln_f.bias"},
      {Role::head, "lm_head.weight"},
      {Role::attention_norm, "h.{}.ln_1.weight"},
      {Role::attention_norm_bias, "h.{}.ln_1.bias"},
      {Role::qkv, "h.{}.attn.c_attn.weight"},
      {Role::qkv_bias, "h.{}.attn.c_attn.bias"},
      {Role::attention_output, "h.{}.attn.c_proj.weight"},
      {Role::attention_output_bias, "h.{}.attn.c_proj.bias"},
      {Role::mlp_norm, "h.{}.ln_2.weight"},
      {Role::mlp_norm_bias, "h.{}.ln_2.bias"},
      {Role::up, "h.{}.mlp.c_fc.weight"},
      {Role::up_bias, "h.{}.mlp.c_fc.bias"},
      {Role::down, "h.{}.mlp.c_proj.weight"},
      {Role::down_bias, "h.{}.mlp.c_proj.bias"},
  };
}

KeyNames gpt2_keys() {
  using enum KeyName::Kind;
  return {
      {"vocab_size", "vocab_size", integer},
      {"n_embd", "embedding_length", integer},
      {"n_layer", "block_count", integer},
      {"n_inner", "feed_forward_length", integer},
      {"n_head", "attention.head_count", integer},
      {"n_positions", "context_length", integer},
      {"layer_norm_epsilon", "attention.layer_norm_epsilon", real},
  };
}

}  // namespace

Architecture gpt2() {
  return {.name = "gpt2",
          .gguf_name = "gpt2",
          .model_type = "gpt2",
          .class_name = "GPT2LMHeadModel",
          .config = config,
          .huggingface_names = huggingface_names,
          .gguf_names = gguf_names,
          .keys = gpt2_keys,
          .huggingface_prefix = "transformer.",
          .conv1d = true};
}

}  // namespace sov::llm
