#include "llm/arch/keys.h"

#include <cmath>
#include <limits>

namespace sov::llm {

template <typename T>
T Keys::take(Result<T> result, T fallback) {
  if (result) return std::move(*result);
  report(Error(Code::model, result.error().message()));
  return fallback;
}

void Keys::report(Error error) {
  if (!error_) error_ = error.with(where_);
}

int64_t Keys::ranged(std::string_view key, int64_t value, int64_t low) {
  constexpr int64_t kHigh = std::numeric_limits<int32_t>::max();
  if (value >= low && value <= kHigh) return value;
  report(Error(Code::model, strf("'{}' wants an integer in [{}, {}], got {}", key, low, kHigh, value)));
  return 1;
}

int64_t Keys::size(std::string_view key) { return ranged(key, take(config_.get_int(key), int64_t{1}), 1); }

int64_t Keys::size_or(std::string_view key, int64_t fallback) {
  return ranged(key, take(config_.int_or(key, fallback), int64_t{1}), 1);
}

int64_t Keys::size_or_none(std::string_view key) {
  return ranged(key, take(config_.int_or(key, 0), int64_t{0}), 0);
}

double Keys::real(std::string_view key) { return take(config_.get_number(key), 1.0); }

double Keys::real_or(std::string_view key, double fallback) {
  return take(config_.number_or(key, fallback), 1.0);
}

bool Keys::flag_or(std::string_view key, bool fallback) {
  return take(config_.bool_or(key, fallback), fallback);
}

std::string Keys::word_or(std::string_view key, std::string_view fallback) {
  return take(config_.string_or(key, std::string(fallback)), std::string(fallback));
}

std::vector<double> Keys::reals(std::string_view key) {
  std::vector<double> out;
  const Json* list = config_.find(key);
  if (!list || !list->is_array()) {
    report(Error(Code::model,
                 strf("'{}' wants an array of numbers, got {}", key, list ? list->kind_name() : "nothing")));
    return out;
  }
  for (const Json& item : list->items()) {
    if (!item.is_number()) {
      report(
          Error(Code::model, strf("'{}' wants an array of numbers, it holds a {}", key, item.kind_name())));
      return out;
    }
    out.push_back(item.number());
  }
  return out;
}

const Json* Keys::find(std::string_view key) const {
  const Json* value = config_.find(key);
  return value && !value->is_null() ? value : nullptr;
}

bool Keys::is_null(std::string_view key) const {
  const Json* value = config_.find(key);
  return value && value->is_null();
}

bool Keys::has(std::string_view key) const { return find(key) != nullptr; }

Result<> Keys::done() const {
  if (error_) return fail(*error_);
  return {};
}

Config common_config(Keys& keys, std::string_view architecture, const Defaults& defaults) {
  Config c;
  c.architecture = architecture;
  c.vocab = keys.size("vocab_size");
  c.hidden = keys.size("hidden_size");
  c.layers = keys.size("num_hidden_layers");
  c.heads = keys.size("num_attention_heads");
  c.kv_heads = keys.size_or("num_key_value_heads", c.heads);
  c.head_dim = keys.size_or("head_dim", defaults.head_dim > 0 ? defaults.head_dim : c.hidden / c.heads);
  c.ffn = keys.size("intermediate_size");
  c.context = keys.size("max_position_embeddings");
  c.tied_head = keys.flag_or("tie_word_embeddings", defaults.tied);
  c.norm = nn::NormKind::rms;
  c.norm_eps = static_cast<float>(keys.real_or("rms_norm_eps", defaults.rms_norm_eps));
  c.attention_scale = static_cast<float>(1 / std::sqrt(static_cast<double>(c.head_dim)));
  return c;
}

compute::Activation read_activation(Keys& keys, std::string_view key, std::string_view fallback) {
  const std::string name = keys.word_or(key, fallback);
  if (name == "silu" || name == "swish") return compute::Activation::silu;
  if (name == "gelu") return compute::Activation::gelu;
  if (name == "gelu_new" || name == "gelu_pytorch_tanh" || name == "gelu_fast")
    return compute::Activation::gelu_tanh;
  if (name == "relu") return compute::Activation::relu;
  keys.report(Error(Code::unsupported, strf("'{}': activation '{}' is not built", key, name)));
  return compute::Activation::silu;
}

void set_windows(Keys& keys, int64_t window, bool (*slides)(int64_t layer, int64_t argument),
                 int64_t argument, Config& config) {
  config.windows.assign(static_cast<size_t>(config.layers), 0);
  const Json* types = keys.find("layer_types");
  if (types && (!types->is_array() || types->items().size() != config.windows.size())) {
    return keys.report(Error(Code::model, strf("'layer_types' wants an array of {} words", config.layers)));
  }
  for (size_t i = 0; i < config.windows.size(); i++) {
    bool sliding = slides(static_cast<int64_t>(i), argument);
    if (types) {
      const Json& type = types->items()[i];
      sliding = type == Json("sliding_attention");
      if (!sliding && type != Json("full_attention")) {
        keys.report(Error(Code::unsupported, strf("'layer_types' holds {}, not built", type.dump())));
      }
    }
    if (sliding && window <= 0) {
      keys.report(Error(Code::model, strf("layer {} slides, but 'sliding_window' is {}", i, window)));
    }
    if (sliding) config.windows[i] = window;
  }
}

namespace {

Result<> check(bool good, std::string_view what) {
  if (good) return {};
  return fail(Code::model, "config: {}", what);
}

}  // namespace

Result<Config> finish(const Keys& keys, Config c) {
  TRY(keys.done());
  TRY(check(c.heads % c.kv_heads == 0,
            strf("num_attention_heads {} is no multiple of num_key_value_heads {}", c.heads, c.kv_heads)));
  TRY(check(c.norm_eps > 0 && c.norm_eps < 1, strf("norm epsilon {} is outside (0, 1)", c.norm_eps)));
  TRY(check(c.layers <= 100'000, strf("num_hidden_layers {} is beyond 100000", c.layers)));
  TRY(check(c.hidden <= (1 << 24) && c.head_dim <= (1 << 20) && c.heads <= (1 << 20),
            strf("hidden_size {}, head_dim {} or num_attention_heads {} is implausible", c.hidden, c.head_dim,
                 c.heads)));
  const auto good = [](double x) { return std::isfinite(x) && x >= 0; };
  TRY(check(good(c.attention_scale) && good(c.attention_soft_cap) && good(c.logit_soft_cap) &&
                std::isfinite(c.embedding_scale),
            "a scale or soft cap is negative or not finite"));
  if (c.windows.empty()) c.windows.assign(static_cast<size_t>(c.layers), 0);
  if (c.rope_of_layer.empty()) c.rope_of_layer.assign(static_cast<size_t>(c.layers), 0);
  for (const nn::RopeConfig& rope : c.ropes) {
    TRY(check(
        rope.dim > 0 && rope.dim % 2 == 0 && rope.dim <= c.head_dim,
        strf("RoPE turns {} of head_dim {}; wanted an even number of 2 .. head_dim", rope.dim, c.head_dim)));
  }
  return c;
}

TensorNames llama_names() {
  return {
      {Role::token_embedding, "embed_tokens.weight"},
      {Role::final_norm, "norm.weight"},
      {Role::head, "lm_head.weight"},
      {Role::attention_norm, "layers.{}.input_layernorm.weight"},
      {Role::q, "layers.{}.self_attn.q_proj.weight"},
      {Role::q_bias, "layers.{}.self_attn.q_proj.bias"},
      {Role::k, "layers.{}.self_attn.k_proj.weight"},
      {Role::k_bias, "layers.{}.self_attn.k_proj.bias"},
      {Role::v, "layers.{}.self_attn.v_proj.weight"},
      {Role::v_bias, "layers.{}.self_attn.v_proj.bias"},
      {Role::attention_output, "layers.{}.self_attn.o_proj.weight"},
      {Role::attention_output_bias, "layers.{}.self_attn.o_proj.bias"},
      {Role::q_norm, "layers.{}.self_attn.q_norm.weight"},
      {Role::k_norm, "layers.{}.self_attn.k_norm.weight"},
      {Role::mlp_norm, "layers.{}.post_attention_layernorm.weight"},
      {Role::gate, "layers.{}.mlp.gate_proj.weight"},
      {Role::gate_bias, "layers.{}.mlp.gate_proj.bias"},
      {Role::up, "layers.{}.mlp.up_proj.weight"},
      {Role::up_bias, "layers.{}.mlp.up_proj.bias"},
      {Role::down, "layers.{}.mlp.down_proj.weight"},
      {Role::down_bias, "layers.{}.mlp.down_proj.bias"},
  };
}

TensorNames gguf_names() {
  return {
      {Role::token_embedding, "token_embd.weight"},
      {Role::positions, "position_embd.weight"},
      {Role::final_norm, "output_norm.weight"},
      {Role::final_norm_bias, "output_norm.bias"},
      {Role::head, "output.weight"},
      {Role::rope_freqs, "rope_freqs.weight"},
      {Role::rope_factors_long, "rope_factors_long.weight"},
      {Role::rope_factors_short, "rope_factors_short.weight"},
      {Role::attention_norm, "blk.{}.attn_norm.weight"},
      {Role::attention_norm_bias, "blk.{}.attn_norm.bias"},
      {Role::q, "blk.{}.attn_q.weight"},
      {Role::q_bias, "blk.{}.attn_q.bias"},
      {Role::k, "blk.{}.attn_k.weight"},
      {Role::k_bias, "blk.{}.attn_k.bias"},
      {Role::v, "blk.{}.attn_v.weight"},
      {Role::v_bias, "blk.{}.attn_v.bias"},
      {Role::qkv, "blk.{}.attn_qkv.weight"},
      {Role::qkv_bias, "blk.{}.attn_qkv.bias"},
      {Role::q_norm, "blk.{}.attn_q_norm.weight"},
      {Role::k_norm, "blk.{}.attn_k_norm.weight"},
      {Role::attention_output, "blk.{}.attn_output.weight"},
      {Role::attention_output_bias, "blk.{}.attn_output.bias"},
      {Role::post_attention_norm, "blk.{}.post_attention_norm.weight"},
      {Role::mlp_norm, "blk.{}.ffn_norm.weight"},
      {Role::mlp_norm_bias, "blk.{}.ffn_norm.bias"},
      {Role::gate, "blk.{}.ffn_gate.weight"},
      {Role::gate_bias, "blk.{}.ffn_gate.bias"},
      {Role::up, "blk.{}.ffn_up.weight"},
      {Role::up_bias, "blk.{}.ffn_up.bias"},
      {Role::down, "blk.{}.ffn_down.weight"},
      {Role::down_bias, "blk.{}.ffn_down.bias"},
      {Role::post_mlp_norm, "blk.{}.post_ffw_norm.weight"},
  };
}

KeyNames llama_keys() {
  using enum KeyName::Kind;
  return {
      {"vocab_size", "vocab_size", integer},
      {"hidden_size", "embedding_length", integer},
      {"num_hidden_layers", "block_count", integer},
      {"intermediate_size", "feed_forward_length", integer},
      {"num_attention_heads", "attention.head_count", integer},
      {"num_key_value_heads", "attention.head_count_kv", integer},
      {"head_dim", "attention.key_length", integer},
      {"max_position_embeddings", "context_length", integer},
      {"rms_norm_eps", "attention.layer_norm_rms_epsilon", real},
      {"rope_theta", "rope.freq_base", real},
  };
}

}  // namespace sov::llm
