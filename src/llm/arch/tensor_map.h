#pragma once
// Which tensor of a file plays which role: told by its names, whatever prefix they carry.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/model_file.h"
#include "llm/arch/architecture.h"

namespace sov::llm {

/// Whose names a file uses.
enum class Naming { huggingface, gguf };

/// "layers.{}.x" and 3 -> "layers.3.x".
std::string with_layer(std::string_view pattern, int64_t layer);

/// What transformers or llama.cpp would call the tensor; empty when that naming has none for the role.
std::string canonical_name(const Architecture& architecture, Naming naming, Role role, int64_t layer = 0);

/// Carried by old checkpoints though nothing needs it: RoPE tables, causal masks.
bool is_leftover(std::string_view name);

/// All values of a tensor as f32. Errors: unsupported (dtype).
Result<std::vector<float>> read_vector(const formats::Tensor& tensor);

class TensorMap {
 public:
  /// Looks for the embedding under every known name. Errors: model when there is none, naming what was tried.
  static Result<TensorMap> make(const formats::ModelFile& file, const Architecture& architecture);

  const formats::Tensor* find(Role role, int64_t layer = 0) const;
  /// Errors: model, naming the tensor.
  Result<const formats::Tensor*> need(Role role, int64_t layer = 0) const;
  /// The name the file would use.
  std::string name(Role role, int64_t layer = 0) const;
  Naming naming() const { return naming_; }

 private:
  const formats::ModelFile* file_ = nullptr;
  Naming naming_ = Naming::huggingface;
  TensorNames names_;
  std::string prefix_;
};

}  // namespace sov::llm
