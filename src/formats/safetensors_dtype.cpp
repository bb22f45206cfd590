#include "formats/safetensors_dtype.h"

#include <algorithm>
#include <array>

namespace sov::formats {
namespace {

struct Row {
  std::string_view name;
  DType dtype;
};
// In the reference's order of types, smallest rank first.
constexpr std::array<Row, 15> kTypes = {{{"BOOL", DType::boolean},
                                         {"U8", DType::u8},
                                         {"I8", DType::i8},
                                         {"F8_E5M2", DType::f8_e5m2},
                                         {"F8_E4M3", DType::f8_e4m3},
                                         {"I16", DType::i16},
                                         {"U16", DType::u16},
                                         {"F16", DType::f16},
                                         {"BF16", DType::bf16},
                                         {"I32", DType::i32},
                                         {"U32", DType::u32},
                                         {"F32", DType::f32},
                                         {"F64", DType::f64},
                                         {"I64", DType::i64},
                                         {"U64", DType::u64}}};
constexpr std::array<std::string_view, 7> kUnbuilt = {"F4",  "F6_E2M3",     "F6_E3M2",    "F8_E8M0",
                                                      "C64", "F8_E4M3FNUZ", "F8_E5M2FNUZ"};

}  // namespace

std::optional<DType> dtype_from_safetensors(std::string_view name) {
  for (const Row& row : kTypes) {
    if (row.name == name) return row.dtype;
  }
  return std::nullopt;
}

std::string_view safetensors_name(DType dtype) {
  for (const Row& row : kTypes) {
    if (row.dtype == dtype) return row.name;
  }
  return "";
}

int safetensors_rank(DType dtype) {
  for (size_t i = 0; i < kTypes.size(); i++) {
    if (kTypes[i].dtype == dtype) return static_cast<int>(i);
  }
  return -1;
}

bool is_unbuilt_safetensors_dtype(std::string_view name) {
  return std::find(kUnbuilt.begin(), kUnbuilt.end(), name) != kUnbuilt.end();
}

}  // namespace sov::formats
