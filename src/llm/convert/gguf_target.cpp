// Source: ggml/docs/gguf.md, "Standardized key-value pairs".

#include "llm/convert/gguf_target.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include "llm/arch/table.h"
#include "llm/convert/meaning.h"
#include "llm/convert/tokenizers.h"
#include "nn/rope.h"

namespace sov::llm {
namespace {

using formats::Tensor;

constexpr int64_t kQuantizationVersion = 2;  // of ggml's block layouts since 2023

/// general.file_type: the dtype of most values.
struct FileType {
  DType dtype;
  int64_t number;
};
constexpr std::array kFileTypes = {
    FileType{DType::f32, 0},      FileType{DType::f16, 1},     FileType{DType::bf16, 32},
    FileType{DType::q4_0, 2},     FileType{DType::q4_1, 3},    FileType{DType::q8_0, 7},
    FileType{DType::q5_0, 8},     FileType{DType::q5_1, 9},    FileType{DType::q2_k, 10},
    FileType{DType::q3_k, 11},    FileType{DType::q4_k, 14},   FileType{DType::q5_k, 16},
    FileType{DType::q6_k, 18},    FileType{DType::iq4_nl, 25}, FileType{DType::iq4_xs, 30},
    FileType{DType::iq2_xxs, 19}, FileType{DType::iq2_xs, 20}, FileType{DType::iq3_xxs, 23},
    FileType{DType::iq1_s, 24},   FileType{DType::iq3_s, 26},  FileType{DType::iq2_s, 28},
    FileType{DType::iq1_m, 31},   FileType{DType::tq1_0, 36},  FileType{DType::tq2_0, 37},
    FileType{DType::mxfp4, 38},   FileType{DType::nvfp4, 39},
};
constexpr int64_t kMixQ4K = 15, kMixQ5K = 17;

/// A mix is a file of q4_k or q5_k whose attn_v or ffn_down are partly q6_k.
bool is_mix(const Plan& plan) {
  return std::any_of(plan.tensors.begin(), plan.tensors.end(), [](const PlannedTensor& t) {
    const bool sensitive = t.at.role == Role::v || t.at.role == Role::down || t.at.role == Role::qkv;
    return sensitive && t.spec.dtype == DType::q6_k;
  });
}

std::optional<int64_t> file_type(const Plan& plan) {
  std::map<DType, uint64_t> values;
  for (const PlannedTensor& t : plan.tensors) {
    if (t.spec.shape.size() > 1) values[t.spec.dtype] += t.rows() * t.columns();
  }
  if (values.empty()) return std::nullopt;
  const DType most = std::max_element(values.begin(), values.end(), [](const auto& a, const auto& b) {
                       return a.second < b.second;
                     })->first;
  if (most == DType::q4_k && is_mix(plan)) return kMixQ4K;
  if (most == DType::q5_k && is_mix(plan)) return kMixQ5K;
  for (const FileType& row : kFileTypes) {
    if (row.dtype == most) return row.number;
  }
  return std::nullopt;
}

bool any_quantized(const Plan& plan) {
  return std::any_of(plan.tensors.begin(), plan.tensors.end(),
                     [](const PlannedTensor& t) { return is_quantized(t.spec.dtype); });
}

class ArchitectureKeys {
 public:
  ArchitectureKeys(std::string_view prefix, Json& out) : prefix_(prefix), out_(out) {}
  void count(std::string_view key, int64_t value) { out_.set(strf("{}.{}", prefix_, key), value); }
  void real(std::string_view key, double value) { out_.set(strf("{}.{}", prefix_, key), value); }
  /// One flag for each number: is it positive?
  void flags(std::string_view key, std::span<const int64_t> numbers) {
    Json list = Json::array();
    for (int64_t number : numbers) list.push(number > 0);
    out_.set(strf("{}.{}", prefix_, key), std::move(list));
  }
  void word(std::string_view key, std::string_view value) { out_.set(strf("{}.{}", prefix_, key), value); }

 private:
  std::string_view prefix_;
  Json& out_;
};

void size_keys(const Config& c, ArchitectureKeys& keys) {
  keys.count("vocab_size", c.vocab);
  keys.count("context_length", c.context);
  keys.count("embedding_length", c.hidden);
  keys.count("block_count", c.layers);
  keys.count("feed_forward_length", c.ffn);
  keys.count("attention.head_count", c.heads);
  keys.count("attention.head_count_kv", c.kv_heads);
  keys.count("attention.key_length", c.head_dim);
  keys.count("attention.value_length", c.head_dim);
  const bool layer_norm = c.norm == nn::NormKind::layer;
  keys.real(layer_norm ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon",
            static_cast<double>(c.norm_eps));
}

void attention_keys(const Config& c, ArchitectureKeys& keys) {
  const auto window = std::max_element(c.windows.begin(), c.windows.end());
  if (window != c.windows.end() && *window > 0) {
    keys.count("attention.sliding_window", *window);
    const bool some_full = std::find(c.windows.begin(), c.windows.end(), 0) != c.windows.end();
    if (some_full) keys.flags("attention.sliding_window_pattern", c.windows);
  }
  if (c.attention_soft_cap > 0)
    keys.real("attn_logit_softcapping", static_cast<double>(c.attention_soft_cap));
  if (c.logit_soft_cap > 0) keys.real("final_logit_softcapping", static_cast<double>(c.logit_soft_cap));
  const double usual = 1 / std::sqrt(static_cast<double>(c.head_dim));
  const auto scale = static_cast<double>(c.attention_scale);
  if (std::abs(scale - usual) > 1e-6 * usual) keys.real("attention.scale", scale);
}

void yarn_keys(const nn::RopeConfig& rope, ArchitectureKeys& keys) {
  keys.real("rope.scaling.yarn_beta_fast", rope.beta_fast);
  keys.real("rope.scaling.yarn_beta_slow", rope.beta_slow);
  // Readers multiply by YaRN's own factor.
  const double own = 1 + 0.1 * std::log(rope.factor);
  const double relative = nn::Rope(rope).attention_factor() / own;
  if (std::abs(relative - 1) > 1e-6) keys.real("rope.scaling.attn_factor", relative);
}

void rope_keys(const Config& c, ArchitectureKeys& keys) {
  if (c.ropes.empty()) return;
  const nn::RopeConfig& rope = c.ropes[0];
  keys.count("rope.dimension_count", rope.dim);
  keys.real("rope.freq_base", rope.theta);
  if (c.ropes.size() > 1) keys.real("rope.freq_base_swa", c.ropes[1].theta);
  using enum nn::RopeScaling;
  if (rope.scaling == longrope) {
    keys.count("rope.scaling.original_context_length", rope.original_context);
    keys.real("rope.scaling.attn_factor", nn::Rope(rope).attention_factor());
    return;
  }
  if (rope.scaling != linear && rope.scaling != yarn) return;
  keys.word("rope.scaling.type", rope.scaling == linear ? "linear" : "yarn");
  keys.real("rope.scaling.factor", rope.factor);
  if (rope.scaling == linear) return;
  keys.count("rope.scaling.original_context_length", rope.original_context);
  yarn_keys(rope, keys);
}

/// Reads the keys back as a file of these tensors and compares what they mean with the source.
Result<> check_meaning(const Source& source, const Plan& plan, const Json& metadata) {
  formats::ModelFile file;
  file.format = formats::Format::gguf;
  file.path = "GGUF keys";
  file.metadata = metadata;
  for (const PlannedTensor& t : plan.tensors) {
    Tensor tensor;
    tensor.name = t.spec.name;
    tensor.dtype = t.spec.dtype;
    tensor.shape = t.spec.shape;
    tensor.data = std::as_bytes(std::span(t.computed));
    file.tensors.push_back(std::move(tensor));
  }
  for (size_t i = 0; i < file.tensors.size(); i++) file.index[file.tensors[i].name] = i;
  TRY(const Source read, read_source(file));
  if (const auto difference = first_difference(source.config, read.config)) {
    return fail(Code::unsupported, "{}: GGUF cannot say this of a {} model: {}", source.file->path.string(),
                source.config.architecture, *difference);
  }
  return {};
}

void warn(const Source& source, std::vector<std::string>& warnings) {
  const Config& c = source.config;
  const bool windows = std::any_of(c.windows.begin(), c.windows.end(), [](int64_t w) { return w > 0; });
  if (windows && source.description.architecture->gguf_pairs_adjacent) {
    warnings.push_back(
        strf("llama.cpp has no sliding window for '{}': beyond {} tokens it attends to more than this model",
             source.description.architecture->gguf_name, c.windows[0]));
  }
}

}  // namespace

Result<Json> gguf_metadata(const Source& source, const Plan& plan, std::string_view model_name,
                           std::vector<std::string>& warnings) {
  const std::string_view architecture = source.description.architecture->gguf_name;
  Json metadata = Json::object().set("general.architecture", architecture).set("general.type", "model");
  metadata.set("general.name", model_name);
  if (const auto number = file_type(plan)) metadata.set("general.file_type", *number);
  if (any_quantized(plan)) metadata.set("general.quantization_version", kQuantizationVersion);
  ArchitectureKeys keys(architecture, metadata);
  size_keys(source.config, keys);
  attention_keys(source.config, keys);
  rope_keys(source.config, keys);
  TRY(check_meaning(source, plan, metadata));
  TRY(add_gguf_tokenizer(source, metadata, warnings));
  warn(source, warnings);
  return metadata;
}

void update_gguf_metadata(const Plan& plan, formats::ModelSpec& spec) {
  const auto set = [&](std::string_view key, int64_t value) {
    const bool there = spec.metadata.find(key) != nullptr;
    spec.metadata.set(key, value);
    if (!there && !spec.gguf_types.empty())
      spec.gguf_types.push_back({formats::GgufType::u32, formats::GgufType::u32});
  };
  if (const auto number = file_type(plan)) set("general.file_type", *number);
  if (any_quantized(plan)) set("general.quantization_version", kQuantizationVersion);
}

}  // namespace sov::llm
