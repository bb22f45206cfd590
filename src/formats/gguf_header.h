#pragma once
// The parts of a GGUF file in reading order: header, metadata, tensor descriptions.

#include "formats/byte_reader.h"
#include "formats/model_file.h"

namespace sov::formats {

struct GgufHeader {
  uint32_t version = 0;
  uint64_t tensor_count = 0;
  uint64_t key_count = 0;
};

inline constexpr uint64_t kGgufDefaultAlignment = 32;
inline constexpr uint64_t kGgufMaxAlignment = uint64_t{1} << 20;
inline constexpr uint64_t kGgufMaxTensorName = 63;  // ggml's fixed 64-byte field with its NUL
inline constexpr uint32_t kGgufMaxDims = 4;

/// Magic, version and counts; the counts fit in the file.
Result<GgufHeader> read_gguf_header(ByteReader& in);
/// Fills model.metadata and model.gguf_types. Returns where each key begins in the file.
Result<std::vector<uint64_t>> read_gguf_metadata(ByteReader& in, uint64_t key_count, ModelFile& model);
/// Rules on well-known keys that later readers rely on: types, counts, alignment. Returns the alignment.
Result<uint64_t> check_gguf_keys(const ByteReader& in, std::span<const uint64_t> offsets,
                                 const ModelFile& model);
/// Fills model.tensors; their bytes lie inside the file and do not overlap.
Result<> read_gguf_tensors(ByteReader& in, Bytes file, uint64_t count, uint64_t alignment, ModelFile& model);

}  // namespace sov::formats
