// One SafeTensors file, laid out as the reference package does: tensors by falling type rank, then by name;
// the header padded with spaces so that data begins at a multiple of 8.

#include <algorithm>
#include <numeric>

#include "core/checked.h"
#include "formats/file_layout.h"
#include "formats/safetensors_dtype.h"

namespace sov::formats {
namespace {

constexpr uint64_t kHeaderAlignment = 8;
constexpr uint64_t kMaxHeader = 100'000'000;  // readers refuse more

std::vector<size_t> file_order(const std::vector<TensorSpec>& tensors) {
  std::vector<size_t> order(tensors.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const int rank_a = safetensors_rank(tensors[a].dtype), rank_b = safetensors_rank(tensors[b].dtype);
    return rank_a != rank_b ? rank_a > rank_b : tensors[a].name < tensors[b].name;
  });
  return order;
}

Json describe(const TensorSpec& tensor, uint64_t begin, uint64_t end) {
  Json shape = Json::array();
  for (uint64_t dim : tensor.shape) shape.push(dim);
  Json entry = Json::object();
  entry.set("dtype", safetensors_name(tensor.dtype));
  entry.set("shape", std::move(shape));
  entry.set("data_offsets", Json::Array{Json(begin), Json(end)});
  return entry;
}

}  // namespace

Result<FileLayout> plan_safetensors(const ModelSpec& spec) {
  FileLayout layout;
  Json::Object header;
  for (const auto& [key, value] : spec.metadata.members()) {
    if (value.is_string()) continue;
    return fail(Code::validation, "key '{}': SafeTensors metadata holds strings only, got a {}", key,
                value.kind_name());
  }
  if (!spec.metadata.members().empty()) header.emplace_back("__metadata__", spec.metadata);
  uint64_t offset = 0;
  for (size_t i : file_order(spec.tensors)) {
    const TensorSpec& tensor = spec.tensors[i];
    if (tensor.name == "__metadata__")
      return fail(Code::validation, "tensor '__metadata__': the name is reserved");
    TRY(const uint64_t size, spec_bytes(tensor));
    const auto end = checked_add(offset, size);
    if (!end || *end > INT64_MAX) return fail(Code::validation, "tensors: the file would exceed 2^63 bytes");
    header.emplace_back(tensor.name, describe(tensor, offset, *end));
    layout.tensors.push_back({i, offset, size});
    offset = *end;
  }
  std::string json = Json(std::move(header)).dump();
  json.append((kHeaderAlignment - json.size() % kHeaderAlignment) % kHeaderAlignment, ' ');
  if (json.size() > kMaxHeader) {
    return fail(Code::validation, "header: wanted at most {} bytes, got {}", kMaxHeader, json.size());
  }
  put(layout.head, uint64_t{json.size()});
  layout.head += json;
  for (FileLayout::Placement& place : layout.tensors) place.offset += layout.head.size();
  layout.end = layout.head.size() + offset;
  return layout;
}

}  // namespace sov::formats
