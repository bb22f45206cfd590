#pragma once
// The value types of GGUF metadata, kept so that a rewritten file types its values as the original did.

#include <cstdint>
#include <string_view>

namespace sov::formats {

/// Numbered as in the file.
enum class GgufType : uint8_t {
  u8 = 0,
  i8 = 1,
  u16 = 2,
  i16 = 3,
  u32 = 4,
  i32 = 5,
  f32 = 6,
  boolean = 7,
  string = 8,
  array = 9,
  u64 = 10,
  i64 = 11,
  f64 = 12,
};

std::string_view gguf_type_name(GgufType type);  // "u8", ..., "bool", "string", "array"

struct GgufValueType {
  GgufType type = GgufType::string;
  GgufType element = GgufType::string;  // of an array

  bool operator==(const GgufValueType&) const = default;
};

}  // namespace sov::formats
