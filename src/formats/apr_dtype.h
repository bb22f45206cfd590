#pragma once
// The element type of an APR v2 tensor. Three writers number types differently, so the id only proposes
// candidates and the size in bytes decides.

#include <optional>
#include <span>
#include <string>

#include "formats/model_file.h"

namespace sov::formats {

struct AprType {
  DType dtype = DType::f32;
  Tensor::Encoding encoding = Tensor::Encoding::plain;
  /// Scaled i8 tensors begin with their f32 scale.
  bool leading_scale = false;
};

/// The type numbered `id` whose tensors of this shape have `size` bytes, or nothing.
/// An id-8 tensor of 0.5625 bytes per element is AprQ4 unless metadata says that the file holds Q4_K.
std::optional<AprType> resolve_apr_dtype(uint8_t id, std::span<const uint64_t> shape, uint64_t size,
                                         const Json& metadata);
/// What the id may stand for, for messages: "bf16 or q4_0"; empty if nothing.
std::string apr_dtype_candidates(uint8_t id);
/// The id that we write, or nothing for types that v2 has no number for.
std::optional<uint8_t> apr_dtype_id(DType dtype);

}  // namespace sov::formats
