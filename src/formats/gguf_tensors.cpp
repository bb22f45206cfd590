// Tensor descriptions of a GGUF file, and the proof that their bytes are there.

#include <algorithm>
#include <unordered_set>

#include "core/checked.h"
#include "formats/gguf_header.h"

namespace sov::formats {
namespace {

struct Described {
  Tensor tensor;  // offset still relative to the data section
  uint64_t bytes = 0;
  uint64_t at = 0;  // where its description begins
  uint64_t offset_at = 0;
};

Result<std::string> read_name(ByteReader& in) {
  const uint64_t at = in.position();
  TRY(const auto length, in.number<uint64_t>("tensor name length"));
  if (length == 0 || length > kGgufMaxTensorName) {
    return in.corrupt(at, "tensor name length: wanted 1 to {}, got {}", kGgufMaxTensorName, length);
  }
  TRY(const auto name, in.text(length, "tensor name"));
  return std::string(name);
}

Result<std::vector<uint64_t>> read_shape(ByteReader& in, std::string_view name) {
  const uint64_t at = in.position();
  TRY(const auto count, in.number<uint32_t>("dimension count"));
  if (count > kGgufMaxDims) {
    return in.corrupt(at, "tensor '{}' dimensions: wanted at most {}, got {}", name, kGgufMaxDims, count);
  }
  std::vector<uint64_t> shape(count);
  for (uint32_t i = 0; i < count; i++) {
    const uint64_t dim_at = in.position();
    TRY(const auto dim, in.number<uint64_t>("dimension"));
    if (dim == 0 || dim > INT64_MAX) {
      return in.corrupt(dim_at, "tensor '{}' dimension {}: wanted 1 to {}, got {}", name, i, INT64_MAX,
                        static_cast<int64_t>(dim));
    }
    shape[count - 1 - i] = dim;  // the file has the fastest first
  }
  return shape;
}

Result<uint64_t> size_of(const ByteReader& in, const Described& d) {
  const Tensor& t = d.tensor;
  const auto elements = checked_product(t.shape);
  if (!elements || *elements > INT64_MAX) {
    return in.corrupt(d.at, "tensor '{}': wanted at most {} elements, got shape {}", t.name, INT64_MAX,
                      shape_text(t.shape));
  }
  const DTypeInfo& type = info(t.dtype);
  const uint64_t row = t.shape.empty() ? 1 : t.shape.back();
  if (row % type.block_elements != 0) {
    return in.corrupt(d.at, "tensor '{}' of type {}: wanted rows of a multiple of {} elements, got {}",
                      t.name, type.name, type.block_elements, row);
  }
  const auto bytes = bytes_for(t.dtype, *elements);
  if (!bytes || *bytes > INT64_MAX) {
    return in.corrupt(d.at, "tensor '{}': wanted at most {} bytes, got {} elements of {}", t.name, INT64_MAX,
                      *elements, type.name);
  }
  return *bytes;
}

Result<Described> read_description(ByteReader& in, uint64_t alignment) {
  Described d;
  d.at = in.position();
  TRY(d.tensor.name, read_name(in));
  TRY(d.tensor.shape, read_shape(in, d.tensor.name));
  const uint64_t type_at = in.position();
  TRY(const auto type, in.number<uint32_t>("tensor type"));
  const auto dtype = dtype_from_ggml(type);
  if (!dtype) {
    return in.unsupported(type_at, "tensor '{}': wanted a known tensor type, got GGML type {}", d.tensor.name,
                          type);
  }
  d.tensor.dtype = *dtype;
  TRY(d.bytes, size_of(in, d));
  d.offset_at = in.position();
  TRY(d.tensor.offset, in.number<uint64_t>("tensor offset"));
  if (d.tensor.offset % alignment != 0) {
    return in.corrupt(d.offset_at, "tensor '{}' offset: wanted a multiple of {}, got {}", d.tensor.name,
                      alignment, d.tensor.offset);
  }
  return d;
}

Result<> check_extents(const ByteReader& in, const std::vector<Described>& all, uint64_t data_bytes) {
  for (const Described& d : all) {
    const auto end = checked_add(d.tensor.offset, d.bytes);
    if (!end || *end > data_bytes) {
      return in.outside(d.offset_at, d.tensor.name, d.bytes, d.tensor.offset, data_bytes);
    }
  }
  std::vector<const Described*> order;
  order.reserve(all.size());
  for (const Described& d : all) order.push_back(&d);
  std::sort(order.begin(), order.end(),
            [](const Described* a, const Described* b) { return a->tensor.offset < b->tensor.offset; });
  for (size_t i = 1; i < order.size(); i++) {
    const Described& before = *order[i - 1];
    const Described& d = *order[i];
    const uint64_t end = before.tensor.offset + before.bytes;
    if (d.tensor.offset < end) {
      return in.corrupt(d.offset_at, "tensor '{}' offset: wanted at least {} (the end of '{}'), got {}",
                        d.tensor.name, end, before.tensor.name, d.tensor.offset);
    }
  }
  return {};
}

}  // namespace

Result<> read_gguf_tensors(ByteReader& in, Bytes file, uint64_t count, uint64_t alignment, ModelFile& model) {
  if (count > kMaxTensors) return in.exhausted(8, "tensors: wanted at most {}, got {}", kMaxTensors, count);
  std::vector<Described> all;
  std::unordered_set<std::string> names;
  for (uint64_t i = 0; i < count; i++) {
    TRY(Described d, read_description(in, alignment));
    if (!names.insert(d.tensor.name).second) {
      return in.corrupt(d.at, "tensor '{}': wanted once, got it twice", d.tensor.name);
    }
    all.push_back(std::move(d));
  }
  if (count == 0) return {};  // a vocabulary-only file may end without padding

  const auto data_start = checked_align(in.position(), alignment);
  if (!data_start || *data_start > file.size()) {
    return in.corrupt(in.position(), "tensor data: wanted it to begin at {:#x}, got a file of {} bytes",
                      data_start.value_or(UINT64_MAX), file.size());
  }
  const Bytes data = file.subspan(*data_start);
  TRY(check_extents(in, all, data.size()));
  model.tensors.reserve(count);
  for (Described& d : all) {
    d.tensor.data = data.subspan(d.tensor.offset, d.bytes);
    d.tensor.offset += *data_start;
    model.tensors.push_back(std::move(d.tensor));
  }
  return {};
}

}  // namespace sov::formats
