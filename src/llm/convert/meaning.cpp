#include "llm/convert/meaning.h"

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "nn/rope.h"

namespace sov::llm {
namespace {

bool close(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-6 * std::max(std::abs(a), std::abs(b));
}

std::optional<std::string> rope_difference(const nn::RopeConfig& wanted, const nn::RopeConfig& got,
                                           int64_t context) {
  if (wanted.dim != got.dim) return strf("rotated values: wanted {}, got {}", wanted.dim, got.dim);
  const nn::Rope a(wanted), b(got);
  if (!close(a.attention_factor(), b.attention_factor())) {
    return strf("RoPE attention factor: wanted {}, got {}", a.attention_factor(), b.attention_factor());
  }
  const int64_t original = std::max<int64_t>(1, wanted.original_context);
  for (int64_t length : {int64_t{1}, original, original + 1, context, 2 * context}) {
    const std::vector<double> left = a.frequencies(length), right = b.frequencies(length);
    for (size_t i = 0; i < left.size(); i++) {
      if (!close(left[i], right[i]))
        return strf("RoPE frequency {} at length {}: wanted {}, got {}", i, length, left[i], right[i]);
    }
  }
  return std::nullopt;
}

std::optional<std::string> rope_differences(const Config& wanted, const Config& got) {
  for (size_t i = 0; i < wanted.rope_of_layer.size(); i++) {
    const auto left = static_cast<size_t>(wanted.rope_of_layer[i]);
    const auto right = static_cast<size_t>(got.rope_of_layer[i]);
    if (left >= wanted.ropes.size() || right >= got.ropes.size()) {
      if (wanted.ropes.empty() && got.ropes.empty()) return std::nullopt;
      return "RoPE: wanted on both sides or on none";
    }
    // Layers share few rotations: compare each pair of them once.
    const bool seen = i > 0 && wanted.rope_of_layer[i] == wanted.rope_of_layer[i - 1] &&
                      got.rope_of_layer[i] == got.rope_of_layer[i - 1];
    if (seen) continue;
    if (auto difference = rope_difference(wanted.ropes[left], got.ropes[right], wanted.context))
      return strf("layer {}: {}", i, *difference);
  }
  return std::nullopt;
}

class Comparison {
 public:
  void number(std::string_view name, double wanted, double got) {
    if (!difference_ && !close(wanted, got)) difference_ = strf("{}: wanted {}, got {}", name, wanted, got);
  }
  /// Counts, flags and choices.
  template <typename T>
  void value(std::string_view name, T wanted, T got) {
    number(name, static_cast<double>(wanted), static_cast<double>(got));
  }
  std::optional<std::string> take() { return std::move(difference_); }

 private:
  std::optional<std::string> difference_;
};

void compare_sizes(const Config& w, const Config& g, Comparison& c) {
  c.value("vocabulary", w.vocab, g.vocab);
  c.value("hidden size", w.hidden, g.hidden);
  c.value("layers", w.layers, g.layers);
  c.value("heads", w.heads, g.heads);
  c.value("key/value heads", w.kv_heads, g.kv_heads);
  c.value("head size", w.head_dim, g.head_dim);
  c.value("MLP width", w.ffn, g.ffn);
  c.value("context", w.context, g.context);
  c.value("tied head", w.tied_head, g.tied_head);
}

void compare_choices(const Config& w, const Config& g, Comparison& c) {
  c.value("norm kind", w.norm, g.norm);
  c.value("norm epsilon", w.norm_eps, g.norm_eps);
  c.value("activation", w.activation, g.activation);
  c.value("gated MLP", w.gated_mlp, g.gated_mlp);
  c.value("biases of q, k, v", w.qkv_bias, g.qkv_bias);
  c.value("bias of the attention's output", w.attention_output_bias, g.attention_output_bias);
  c.value("biases of the MLP", w.mlp_bias, g.mlp_bias);
  c.value("norms of q and k", w.qk_norm, g.qk_norm);
  c.value("norms after the blocks", w.sandwich_norms, g.sandwich_norms);
  c.value("learned positions", w.learned_positions, g.learned_positions);
  c.value("embedding scale", w.embedding_scale, g.embedding_scale);
  c.value("attention scale", w.attention_scale, g.attention_scale);
  c.value("soft cap of scores", w.attention_soft_cap, g.attention_soft_cap);
  c.value("soft cap of logits", w.logit_soft_cap, g.logit_soft_cap);
}

}  // namespace

std::optional<std::string> first_difference(const Config& wanted, const Config& got) {
  Comparison comparison;
  compare_sizes(wanted, got, comparison);
  compare_choices(wanted, got, comparison);
  if (auto difference = comparison.take()) return difference;
  for (size_t i = 0; i < wanted.windows.size(); i++) {
    if (wanted.windows[i] != got.windows[i])
      return strf("window of layer {}: wanted {}, got {}", i, wanted.windows[i], got.windows[i]);
  }
  return rope_differences(wanted, got);
}

}  // namespace sov::llm
