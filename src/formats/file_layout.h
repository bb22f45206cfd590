#pragma once
// Where a writer puts things: computed whole before the first byte is written.

#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "formats/model_writer.h"

namespace sov::formats {

struct FileLayout {
  std::string head;  // all before the tensor data, unpadded
  struct Placement {
    size_t tensor = 0;    // index into ModelSpec::tensors
    uint64_t offset = 0;  // absolute; zeros fill the gap before it
    uint64_t size = 0;
  };
  std::vector<Placement> tensors;  // in file order
  uint64_t end = 0;                // zeros fill the file up to here
  bool crc_footer = false;         // then comes the CRC-32 of everything before
};

Result<FileLayout> plan_gguf(const ModelSpec& spec);
Result<FileLayout> plan_safetensors(const ModelSpec& spec);
Result<FileLayout> plan_apr(const ModelSpec& spec);

/// Bytes of a tensor. Errors: validation when its rows do not fill whole blocks or the size overflows.
Result<uint64_t> spec_bytes(const TensorSpec& tensor);

/// Appends a little-endian number.
template <typename T>
void put(std::string& out, T value) {
  static_assert(std::is_arithmetic_v<T>);
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  out.append(raw, sizeof raw);
}

}  // namespace sov::formats
