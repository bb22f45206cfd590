#pragma once
// Which dtype each tensor of the result gets.

#include <optional>
#include <string>
#include <string_view>

#include "compute/dtype.h"
#include "core/result.h"
#include "formats/model_file.h"
#include "llm/arch/layout.h"
#include "llm/config.h"

namespace sov::llm {

/// A row of quantization_names().
struct Quantization {
  std::string_view name;
  std::optional<DType> dtype;  // nothing: keep
  bool mix = false;            // attn_v and ffn_down of some layers, and the head, in q6_k
};

/// By name or by one of its other spellings (fp16, int8, int4, q4k). Errors: usage, naming what there is;
/// unsupported when the encoder is not built or the format cannot hold the dtype.
Result<Quantization> find_quantization(std::string_view name, formats::Format target);

struct StoredAs {
  DType dtype = DType::f32;
  std::string fallback;  // why it is not what was asked for; empty: it is
};

/// What the choice depends on.
struct Storage {
  RoleAt at;
  std::vector<uint64_t> shape;
  DType source = DType::f32;
  bool plain = true;     // the source's bytes can be stored as they are
  bool is_head = false;  // logits come from these rows
};
/// Matrices as asked, vectors f32 (in folders: as they are when nothing is asked for).
StoredAs choose_storage(const Quantization& wanted, formats::Format target, const Storage& tensor,
                        const Config& config);

}  // namespace sov::llm
