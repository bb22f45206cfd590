// RoPE as config.json writes it: transformers 5's rope_parameters, or rope_theta and rope_scaling before.

#include <algorithm>
#include <cmath>

#include "llm/arch/keys.h"

namespace sov::llm {
namespace {

using nn::RopeConfig;
using nn::RopeScaling;

RopeScaling read_scaling(Keys& block) {
  const std::string type = block.word_or("rope_type", block.word_or("type", "default"));
  if (type == "default") return RopeScaling::none;
  if (type == "linear") return RopeScaling::linear;
  if (type == "dynamic") return RopeScaling::dynamic;
  if (type == "llama3") return RopeScaling::llama3;
  if (type == "yarn") return RopeScaling::yarn;
  if (type == "longrope" || type == "su") return RopeScaling::longrope;
  block.report(Error(Code::unsupported, strf("rope_type '{}' is not built", type)));
  return RopeScaling::none;
}

/// The context before stretching: beside the block (Phi-3), in it, or the model's own. Dynamic scaling knows
/// only the last.
int64_t original_context(Keys& keys, Keys& block, RopeScaling scaling, int64_t context) {
  if (scaling == RopeScaling::dynamic) return context;
  if (keys.has("original_max_position_embeddings")) return keys.size("original_max_position_embeddings");
  return block.size_or("original_max_position_embeddings", context);
}

void read_factors(Keys& block, RopeConfig& rope) {
  rope.short_factor = block.reals("short_factor");
  rope.long_factor = block.reals("long_factor");
  const auto pairs = static_cast<size_t>(rope.dim / 2);
  const auto positive = [](double x) { return std::isfinite(x) && x > 0; };
  for (const auto* list : {&rope.short_factor, &rope.long_factor}) {
    if (list->size() == pairs && std::all_of(list->begin(), list->end(), positive)) continue;
    block.report(
        Error(Code::model, strf("short_factor and long_factor want {} positive numbers each, got {} and {}",
                                pairs, rope.short_factor.size(), rope.long_factor.size())));
    return;
  }
}

/// yarn and longrope leave the factor to be the ratio of the contexts; the others demand it.
double read_factor(Keys& block, const RopeConfig& rope, int64_t context) {
  if (rope.scaling == RopeScaling::none) return 1;
  const bool derivable = rope.scaling == RopeScaling::yarn || rope.scaling == RopeScaling::longrope;
  const double ratio = static_cast<double>(context) / static_cast<double>(rope.original_context);
  const double factor = derivable ? block.real_or("factor", ratio) : block.real("factor");
  if (!(factor >= 1) || !std::isfinite(factor)) {
    block.report(Error(Code::model, strf("RoPE factor wants a number >= 1, got {}", factor)));
  }
  return factor;
}

void check(Keys& block, const RopeConfig& rope) {
  if (!(rope.theta > 1) || !std::isfinite(rope.theta)) {
    block.report(Error(Code::model, strf("rope_theta wants a number > 1, got {}", rope.theta)));
  }
  if (rope.scaling == RopeScaling::llama3 && !(rope.high_freq_factor > rope.low_freq_factor)) {
    block.report(Error(Code::model, strf("high_freq_factor {} wants to exceed low_freq_factor {}",
                                         rope.high_freq_factor, rope.low_freq_factor)));
  }
  if (rope.scaling == RopeScaling::yarn && !(rope.beta_fast > 0 && rope.beta_slow > 0)) {
    block.report(Error(Code::model, strf("beta_fast {} and beta_slow {} want to be positive", rope.beta_fast,
                                         rope.beta_slow)));
  }
}

}  // namespace

namespace {

RopeConfig read_block(Keys& keys, Keys& block, int64_t head_dim, int64_t context, double theta) {
  RopeConfig rope;
  const double partial = block.real_or("partial_rotary_factor", keys.real_or("partial_rotary_factor", 1));
  if (!(partial > 0 && partial <= 1)) {
    block.report(Error(Code::model, strf("partial_rotary_factor wants a number in (0, 1], got {}", partial)));
    return rope;
  }
  // A factor made from two counts comes back as the count: 98 * (2 / 98) is a hair below 2.
  rope.dim = static_cast<int64_t>(static_cast<double>(head_dim) * partial + 1e-6);
  rope.theta = block.real_or("rope_theta", keys.real_or("rope_theta", theta));
  rope.scaling = read_scaling(block);
  rope.original_context = original_context(keys, block, rope.scaling, context);
  rope.factor = read_factor(block, rope, context);
  rope.attention_factor = block.real_or("attention_factor", 0);
  switch (rope.scaling) {
    case RopeScaling::llama3:
      rope.low_freq_factor = block.real("low_freq_factor");
      rope.high_freq_factor = block.real("high_freq_factor");
      break;
    case RopeScaling::yarn:
      rope.beta_fast = block.real_or("beta_fast", 32);
      rope.beta_slow = block.real_or("beta_slow", 1);
      rope.mscale = block.real_or("mscale", 0);
      rope.mscale_all_dim = block.real_or("mscale_all_dim", 0);
      rope.truncate = block.flag_or("truncate", true);
      break;
    case RopeScaling::longrope:
      read_factors(block, rope);
      break;
    default:
      break;
  }
  check(block, rope);
  return rope;
}

}  // namespace

RopeConfig read_rope(Keys& keys, const Json* nested, int64_t head_dim, int64_t context, double theta) {
  const Json empty = Json::object();
  Keys block(nested ? *nested : empty, "rope_parameters");
  RopeConfig rope = read_block(keys, block, head_dim, context, theta);
  if (Result<> result = block.done(); !result) keys.report(result.error());
  return rope;
}

void single_rope(Keys& keys, const Defaults& defaults, Config& config) {
  const Json* block = keys.find("rope_parameters");
  if (!block) block = keys.find("rope_scaling");
  if (block && !block->is_object()) {
    return keys.report(
        Error(Code::model, strf("rope_parameters wants an object, got {}", block->kind_name())));
  }
  config.ropes = {read_rope(keys, block, config.head_dim, config.context, defaults.rope_theta)};
}

}  // namespace sov::llm
