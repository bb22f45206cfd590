#include "compute/dtype.h"

#include <array>

#include "core/check.h"
#include "core/checked.h"

namespace sov {
namespace {

constexpr std::array kTypes = {
#define SOV_DTYPE(id, name, ggml, block, bytes) DTypeInfo{DType::id, name, ggml, block, bytes},
#include "compute/quant/types.def"
#undef SOV_DTYPE
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); i++) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

}  // namespace

const DTypeInfo& info(DType dtype) {
  const auto index = static_cast<size_t>(dtype);
  CHECK(index < kTypes.size());
  return kTypes[index];
}

std::span<const DTypeInfo> all_dtypes() { return kTypes; }

std::optional<DType> dtype_from_name(std::string_view name) {
  for (const DTypeInfo& type : kTypes) {
    if (same_ignoring_case(type.name, name)) return type.dtype;
  }
  return std::nullopt;
}

std::optional<DType> dtype_from_ggml(uint32_t id) {
  for (const DTypeInfo& type : kTypes) {
    if (type.ggml_id >= 0 && static_cast<uint32_t>(type.ggml_id) == id) return type.dtype;
  }
  return std::nullopt;
}

std::optional<uint64_t> bytes_for(DType dtype, uint64_t elements) {
  const DTypeInfo& type = info(dtype);
  if (elements % type.block_elements != 0) return std::nullopt;
  return checked_mul(elements / type.block_elements, type.block_bytes);
}

}  // namespace sov
