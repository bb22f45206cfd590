#pragma once
// Element types of tensors: one row per type in types.def.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sov {

enum class DType : uint8_t {
#define SOV_DTYPE(id, name, ggml, block, bytes) id,
#include "compute/quant/types.def"
#undef SOV_DTYPE
};

struct DTypeInfo {
  DType dtype;
  std::string_view name;    // as printed and parsed: "q4_k"
  int ggml_id;              // -1: GGUF has no such type
  uint32_t block_elements;  // elements that share a block; 1 for plain types
  uint32_t block_bytes;
};

const DTypeInfo& info(DType dtype);
/// Every type, in the order of types.def.
std::span<const DTypeInfo> all_dtypes();
inline std::string_view name(DType dtype) { return info(dtype).name; }
/// Case-insensitive, or nothing.
std::optional<DType> dtype_from_name(std::string_view name);
std::optional<DType> dtype_from_ggml(uint32_t id);
/// Bytes of `elements` values, or nothing when they do not fill whole blocks or the size overflows.
std::optional<uint64_t> bytes_for(DType dtype, uint64_t elements);
inline bool is_quantized(DType dtype) { return info(dtype).block_elements > 1; }

}  // namespace sov
