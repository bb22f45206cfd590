#pragma once
// Reading config.json's keys: typed, ranged, the first problem kept. And the parts that most configurations
// share.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "llm/arch/architecture.h"
#include "llm/config.h"

namespace sov::llm {

/// Reads keys and remembers the first error, so that a list of reads needs one check at its end.
class Keys {
 public:
  explicit Keys(const Json& config, std::string_view where = "config") : config_(config), where_(where) {}

  /// Counts and sizes: 1 .. 2^31-1.
  int64_t size(std::string_view key);
  int64_t size_or(std::string_view key, int64_t fallback);
  /// The same where 0 or null means "none".
  int64_t size_or_none(std::string_view key);
  double real(std::string_view key);
  double real_or(std::string_view key, double fallback);  // null counts as absent
  bool flag_or(std::string_view key, bool fallback);
  std::string word_or(std::string_view key, std::string_view fallback);
  std::vector<double> reals(std::string_view key);
  /// Null counts as absent.
  bool has(std::string_view key) const;
  const Json* find(std::string_view key) const;
  /// Written as null, which some keys take for "off" where an absent one means the default.
  bool is_null(std::string_view key) const;

  void report(Error error);
  Result<> done() const;

 private:
  template <typename T>
  T take(Result<T> result, T fallback);
  int64_t ranged(std::string_view key, int64_t value, int64_t low);
  const Json& config_;
  std::string where_;
  std::optional<Error> error_;
};

/// The defaults that transformers' configuration class has and that apply when config.json leaves a key out.
struct Defaults {
  double rms_norm_eps = 1e-6;
  double rope_theta = 10000;
  bool tied = false;
  int64_t head_dim = 0;  // 0: hidden / heads
};

/// Sizes, norm, activation ("hidden_act"), head: what Llama and its kin write alike. RoPE and windows are the
/// caller's.
Config common_config(Keys& keys, std::string_view architecture, const Defaults& defaults);
/// One RoPE for all layers from rope_parameters, or rope_theta, rope_scaling and partial_rotary_factor.
void single_rope(Keys& keys, const Defaults& defaults, Config& config);
/// The rotation of one nested block of rope_parameters or of the top level (block null).
nn::RopeConfig read_rope(Keys& keys, const Json* block, int64_t head_dim, int64_t context, double theta);
/// layer_types if given ("sliding_attention" layers get `window`), else window where slides(i).
void set_windows(Keys& keys, int64_t window, bool (*slides)(int64_t layer, int64_t argument),
                 int64_t argument, Config& config);
/// Qwen's rule: with use_sliding_window, layers from max_window_layers on slide.
void qwen_windows(Keys& keys, Config& config);
compute::Activation read_activation(Keys& keys, std::string_view key, std::string_view fallback);
/// Cross-checks; the end of every architecture's config(). Errors: model.
Result<Config> finish(const Keys& keys, Config config);

/// The names that Llama gave and most models kept, without prefix.
TensorNames llama_names();
/// GGUF's names for every role.
TensorNames gguf_names();
/// The keys of Llama and its kin.
KeyNames llama_keys();

}  // namespace sov::llm
