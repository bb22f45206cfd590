// Two older layouts under "APR\0": presentar's layers of named parameters, and realizar's transformer header.

#include <array>
#include <unordered_set>

#include "core/checked.h"
#include "formats/apr_variants.h"

namespace sov::formats {
namespace {

constexpr uint64_t kMaxValue = 1 << 20;
constexpr uint64_t kMinParameterBytes = 4 + 1 + 4 + 4;  // name length, name, dtype, dimension count
constexpr uint32_t kMaxDims = 8;

Result<std::string> read_text_field(ByteReader& in, std::string_view what, uint64_t most = kMaxTensorName) {
  const uint64_t at = in.position();
  TRY(const auto size, in.number<uint32_t>(what));
  if (size > most) return in.corrupt(at, "{}: wanted at most {} bytes, got {}", what, most, size);
  TRY(const auto text, in.text(size, what));
  return std::string(text);
}

Result<Tensor> read_parameter(ByteReader& in, uint32_t layer) {
  constexpr std::array<DType, 5> kTypes = {DType::f32, DType::f64, DType::i32, DType::i64, DType::u8};
  Tensor tensor;
  const uint64_t name_at = in.position();
  TRY(const std::string name, read_text_field(in, "parameter name"));
  if (name.empty()) return in.corrupt(name_at, "parameter name: wanted 1 to {} bytes, got 0", kMaxTensorName);
  tensor.name = strf("layers.{}.{}", layer, name);
  const uint64_t type_at = in.position();
  TRY(const auto type, in.number<uint32_t>("parameter dtype"));
  if (type >= kTypes.size()) {
    return in.corrupt(type_at, "parameter '{}' dtype: wanted 0 to {}, got {}", name, kTypes.size() - 1, type);
  }
  tensor.dtype = kTypes[type];
  const uint64_t dims_at = in.position();
  TRY(const auto dims, in.number<uint32_t>("dimension count"));
  if (dims > kMaxDims) {
    return in.corrupt(dims_at, "parameter '{}' dimensions: wanted at most {}, got {}", name, kMaxDims, dims);
  }
  for (uint32_t i = 0; i < dims; i++) {
    TRY(const auto dim, in.number<uint32_t>("dimension"));
    tensor.shape.push_back(dim);
  }
  const auto elements = checked_product(tensor.shape);
  const auto size = elements ? bytes_for(tensor.dtype, *elements) : std::nullopt;
  if (!size) {
    return in.corrupt(dims_at, "parameter '{}': wanted a size below 2^64 bytes, got {} of shape {}", name,
                      sov::name(tensor.dtype), shape_text(tensor.shape));
  }
  tensor.offset = in.position();
  TRY(tensor.data, in.take(*size, "parameter data"));
  return tensor;
}

Result<Json> read_layer(ByteReader& in, uint32_t layer, ModelFile& model) {
  TRY(std::string type, read_text_field(in, "layer type"));
  const uint64_t count_at = in.position();
  TRY(const auto count, in.number<uint32_t>("parameter count"));
  if (count > in.remaining() / kMinParameterBytes) {
    return in.corrupt(count_at, "parameter count: wanted at most {} in the {} bytes left, got {}",
                      in.remaining() / kMinParameterBytes, in.remaining(), count);
  }
  if (model.tensors.size() + count > kMaxTensors) {
    return in.exhausted(count_at, "tensors: wanted at most {}, got more", kMaxTensors);
  }
  Json names = Json::array();
  for (uint32_t i = 0; i < count; i++) {
    TRY(Tensor tensor, read_parameter(in, layer));
    names.push(tensor.name);
    model.tensors.push_back(std::move(tensor));
  }
  return Json::object().set("type", std::move(type)).set("parameters", std::move(names));
}

}  // namespace

Result<> read_apr_layered(Bytes bytes, std::string_view name, ModelFile& model) {
  model.variant = "APR layered";
  ByteReader in(bytes, name, 8);
  TRY(std::string type, read_text_field(in, "model type"));
  const uint64_t count_at = in.position();
  TRY(const auto count, in.number<uint32_t>("layer count"));
  if (count > in.remaining() / 8) {  // a layer is at least two counts
    return in.corrupt(count_at, "layer count: wanted at most {} in the {} bytes left, got {}",
                      in.remaining() / 8, in.remaining(), count);
  }
  Json layers = Json::array();
  for (uint32_t i = 0; i < count; i++) {
    TRY(Json layer, read_layer(in, i, model));
    layers.push(std::move(layer));
  }
  Json::Object metadata;
  metadata.emplace_back("model_type", std::move(type));
  metadata.emplace_back("layers", std::move(layers));
  std::unordered_set<std::string> keys = {"model_type", "layers"};
  while (in.remaining() > 0) {
    const uint64_t at = in.position();
    TRY(std::string key, read_text_field(in, "metadata key"));
    TRY(std::string value, read_text_field(in, "metadata value", kMaxValue));
    if (!keys.insert(key).second) return in.corrupt(at, "metadata key '{}': wanted once, got it twice", key);
    metadata.emplace_back(std::move(key), std::move(value));
  }
  model.metadata = std::move(metadata);
  model.checksums.push_back({"file CRC-32", ModelFile::Checksum::State::absent});
  return check_unique_names(in, model);
}

Result<> read_apr_transformer(Bytes bytes, std::string_view name, ModelFile& model) {
  constexpr uint64_t kHeaderBytes = 64;
  constexpr std::array<std::string_view, 7> kSizes = {"hidden_size",
                                                      "num_layers",
                                                      "num_heads",
                                                      "num_kv_heads",
                                                      "vocab_size",
                                                      "intermediate_size",
                                                      "max_position_embeddings"};
  model.variant = "APR transformer (realizar)";
  if (bytes.size() < kHeaderBytes) {
    return fail(Code::corrupt, "{} @0x0: wanted a header of {} bytes, got {}", name, kHeaderBytes,
                bytes.size());
  }
  ByteReader in(bytes, name, 8);
  model.metadata = Json::object();
  for (std::string_view key : kSizes) {
    const uint64_t at = in.position();
    TRY(const auto value, in.number<uint32_t>(key));
    if (value == 0) return in.corrupt(at, "{}: wanted at least 1, got 0", key);
    model.metadata.set(key, uint64_t{value});
  }
  TRY(const auto theta, in.number<float>("rope_theta"));
  TRY(const auto epsilon, in.number<float>("rms_norm_eps"));
  TRY(const auto data_offset, in.number<uint32_t>("data offset"));
  if (data_offset < kHeaderBytes || data_offset > bytes.size()) {
    return in.corrupt(44, "data offset: wanted {} to {} (file size), got {}", kHeaderBytes, bytes.size(),
                      data_offset);
  }
  model.metadata.set("rope_theta", double{theta}).set("rms_norm_eps", double{epsilon});
  model.metadata.set("data_bytes", uint64_t{bytes.size() - data_offset});
  model.checksums.push_back({"file CRC-32", ModelFile::Checksum::State::absent});
  model.warnings.push_back(strf("{}: {} bytes of unnamed weights: described, not exposed as tensors", name,
                                bytes.size() - data_offset));
  return {};
}

}  // namespace sov::formats
