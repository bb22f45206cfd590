// APR v2.0: uncompressed, both checksums, row-major, tensors sorted by name and aligned to 64 bytes.

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/checked.h"
#include "core/utf8.h"
#include "formats/apr_dtype.h"
#include "formats/apr_v2.h"
#include "formats/file_layout.h"

namespace sov::formats {
namespace {

void pad(std::string& text) { text.resize(*checked_align(text.size(), kAprAlignment), '\0'); }

/// Only what is true of this file.
uint16_t flags_of(const ModelSpec& spec) {
  uint16_t flags = kAprRowMajor;
  const bool quantized = std::any_of(spec.tensors.begin(), spec.tensors.end(),
                                     [](const TensorSpec& tensor) { return is_quantized(tensor.dtype); });
  if (quantized) flags |= kAprQuantized;
  if (spec.metadata.find("tokenizer.vocabulary") != nullptr) flags |= kAprHasVocab;
  if (spec.metadata.find("model_card") != nullptr) flags |= kAprModelCard;
  if (spec.metadata.find("sharding") != nullptr) flags |= kAprSharded;
  return flags;
}

Result<> check_tensor(const TensorSpec& tensor) {
  if (tensor.name.size() > kAprMaxName || !utf8::is_valid(tensor.name)) {
    return fail(Code::validation, "tensor '{}': APR names are UTF-8 of at most {} bytes, got {}", tensor.name,
                kAprMaxName, tensor.name.size());
  }
  if (tensor.shape.size() > kAprMaxDims) {
    return fail(Code::validation, "tensor '{}': APR tensors have at most {} dimensions, got {}", tensor.name,
                kAprMaxDims, tensor.shape.size());
  }
  return {};
}

void put_entry(std::string& index, const TensorSpec& tensor, uint64_t offset, uint64_t size) {
  put(index, static_cast<uint16_t>(tensor.name.size()));
  index += tensor.name;
  put(index, *apr_dtype_id(tensor.dtype));
  put(index, static_cast<uint8_t>(tensor.shape.size()));
  for (uint64_t dim : tensor.shape) put(index, dim);
  put(index, offset);
  put(index, size);
}

}  // namespace

Result<FileLayout> plan_apr(const ModelSpec& spec) {
  FileLayout layout;
  std::vector<size_t> order(spec.tensors.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return spec.tensors[a].name < spec.tensors[b].name; });
  std::string index;
  uint64_t offset = 0;
  for (size_t i : order) {
    const TensorSpec& tensor = spec.tensors[i];
    TRY(check_tensor(tensor));
    TRY(const uint64_t size, spec_bytes(tensor));
    put_entry(index, tensor, offset, size);
    layout.tensors.push_back({i, offset, size});
    const auto end = checked_add(offset, size);
    const auto next = end ? checked_align(*end, kAprAlignment) : std::nullopt;
    if (!next || *next > INT64_MAX)
      return fail(Code::validation, "tensors: the file would exceed 2^63 bytes");
    offset = *next;
  }
  std::string metadata = spec.metadata.dump();
  constexpr uint64_t kMaxU32 = std::numeric_limits<uint32_t>::max();
  if (metadata.size() > kMaxU32 || spec.tensors.size() > kMaxU32) {
    return fail(Code::validation,
                "APR: wanted metadata and tensor counts below 2^32, got {} bytes and {} tensors",
                metadata.size(), spec.tensors.size());
  }
  AprHeader header;
  header.flags = flags_of(spec);
  header.tensor_count = static_cast<uint32_t>(spec.tensors.size());
  header.metadata_size = static_cast<uint32_t>(metadata.size());
  pad(metadata);
  pad(index);
  header.index_offset = kAprHeaderBytes + metadata.size();
  header.data_offset = header.index_offset + index.size();
  const auto head = encode_apr_header(header);
  layout.head.append(as_text(head)).append(metadata).append(index);
  for (FileLayout::Placement& place : layout.tensors) place.offset += header.data_offset;
  layout.end = header.data_offset + offset;
  layout.crc_footer = true;
  return layout;
}

}  // namespace sov::formats
