#include "llm/arch/tensor_map.h"

#include <algorithm>
#include <array>

#include "core/format.h"
#include "formats/tensor_values.h"

namespace sov::llm {
namespace {

constexpr std::array<std::string_view, 5> kPrefixes = {"model.", "", "transformer.", "model.language_model.",
                                                       "language_model.model."};

std::string_view pattern(const TensorNames& names, Role role) {
  const auto it =
      std::find_if(names.begin(), names.end(), [&](const TensorName& n) { return n.role == role; });
  return it == names.end() ? std::string_view{} : it->name;
}

}  // namespace

bool is_leftover(std::string_view name) {
  return name.ends_with("rotary_emb.inv_freq") || name.ends_with(".attn.bias") ||
         name.ends_with(".attn.masked_bias");
}

std::string with_layer(std::string_view pattern, int64_t layer) {
  const size_t at = pattern.find("{}");
  if (at == std::string_view::npos) return std::string(pattern);
  return strf("{}{}{}", pattern.substr(0, at), layer, pattern.substr(at + 2));
}

Result<std::vector<float>> read_vector(const formats::Tensor& tensor) {
  std::vector<float> out(
      tensor.elements());  // its bytes are in the file, so this is no larger than 4 x the file
  TRY(with(formats::read_values(tensor, 0, out), strf("tensor '{}'", tensor.name)));
  return out;
}

Result<TensorMap> TensorMap::make(const formats::ModelFile& file, const Architecture& architecture) {
  TensorMap map;
  map.file_ = &file;
  struct Candidate {
    Naming naming;
    TensorNames names;
  };
  std::vector<Candidate> candidates = {{Naming::gguf, architecture.gguf_names()},
                                       {Naming::huggingface, architecture.huggingface_names()}};
  if (architecture.alternative_names)
    candidates.push_back({Naming::huggingface, architecture.alternative_names()});
  for (Candidate& candidate : candidates) {
    for (std::string_view prefix : kPrefixes) {
      if (candidate.naming == Naming::gguf && !prefix.empty()) continue;
      const std::string name =
          std::string(prefix) + std::string(pattern(candidate.names, Role::token_embedding));
      if (!file.find(name)) continue;
      map.naming_ = candidate.naming;
      map.names_ = std::move(candidate.names);
      map.prefix_ = prefix;
      return map;
    }
  }
  return fail(Code::model,
              "{}: no token embedding: neither 'token_embd.weight' nor '{}{}' nor a known variant",
              file.path.string(), architecture.huggingface_prefix,
              pattern(architecture.huggingface_names(), Role::token_embedding));
}

std::string TensorMap::name(Role role, int64_t layer) const {
  const std::string stem = with_layer(pattern(names_, role), layer);
  // The head stands beside the body, not in it.
  return role == Role::head ? stem : prefix_ + stem;
}

std::string canonical_name(const Architecture& architecture, Naming naming, Role role, int64_t layer) {
  const bool huggingface = naming == Naming::huggingface;
  const TensorNames names = huggingface ? architecture.huggingface_names() : architecture.gguf_names();
  const std::string stem = with_layer(pattern(names, role), layer);
  if (stem.empty() || !huggingface || role == Role::head) return stem;
  return std::string(architecture.huggingface_prefix) + stem;
}

const formats::Tensor* TensorMap::find(Role role, int64_t layer) const {
  if (pattern(names_, role).empty()) return nullptr;
  return file_->find(name(role, layer));
}

Result<const formats::Tensor*> TensorMap::need(Role role, int64_t layer) const {
  if (const formats::Tensor* tensor = find(role, layer)) return tensor;
  if (pattern(names_, role).empty()) {
    return fail(Code::model, "{}: this naming has no tensor for role {}", file_->path.string(),
                static_cast<int>(role));
  }
  return fail(Code::model, "{}: tensor '{}' is missing", file_->path.string(), name(role, layer));
}

}  // namespace sov::llm
