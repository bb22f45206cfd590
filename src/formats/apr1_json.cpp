// APR1 with JSON metadata and index, and the JSON index that some v2 files borrow.

#include "core/checked.h"
#include "formats/apr_variants.h"

namespace sov::formats {
namespace {

Result<Json> read_json_section(ByteReader& in, uint64_t size, std::string_view what) {
  const uint64_t at = in.position();
  TRY(const auto text, in.text(size, what));
  if (size > kMaxMetadataBytes) {
    return in.exhausted(at, "{}: wanted at most {} bytes, got {}", what, kMaxMetadataBytes, size);
  }
  return parse_json(text, {.file = in.file(), .offset = at, .what = what});
}

Result<uint64_t> get_size(const ByteReader& in, uint64_t at, const Json& entry, std::string_view key) {
  const Json* value = entry.find(key);
  const bool whole = value != nullptr && value->is_integer() &&
                     (value->kind() == Json::Kind::unsigned_integer || value->integer() >= 0);
  if (!whole) {
    return in.corrupt(at, "index entry: wanted a whole number from 0 as \"{}\", got {}", key,
                      value == nullptr ? "none" : value->dump());
  }
  return value->unsigned_integer();
}

Result<std::string> get_text(const ByteReader& in, uint64_t at, const Json& entry, std::string_view key) {
  const Json* value = entry.find(key);
  if (value == nullptr || !value->is_string()) {
    return in.corrupt(at, "index entry: wanted a string as \"{}\", got {}", key,
                      value == nullptr ? "none" : value->kind_phrase());
  }
  return value->string();
}

/// One entry of a JSON index before its bytes are looked up.
struct Entry {
  Tensor tensor;
  std::string dtype;
  uint64_t size = 0;
};

Result<Entry> read_entry(const ByteReader& in, uint64_t at, const Json& json) {
  if (!json.is_object()) return in.corrupt(at, "index entry: wanted an object, got {}", json.kind_phrase());
  Entry entry;
  TRY(entry.tensor.name, get_text(in, at, json, "name"));
  if (entry.tensor.name.empty() || entry.tensor.name.size() > kMaxTensorName) {
    return in.corrupt(at, "tensor name: wanted 1 to {} bytes, got {}", kMaxTensorName,
                      entry.tensor.name.size());
  }
  TRY(entry.dtype, get_text(in, at, json, "dtype"));
  TRY(entry.tensor.offset, get_size(in, at, json, "offset"));
  TRY(entry.size, get_size(in, at, json, "size"));
  const Json* shape = json.find("shape");
  if (shape == nullptr || !shape->is_array()) {
    return in.corrupt(at, "tensor '{}': wanted an array \"shape\", got {}", entry.tensor.name,
                      shape == nullptr ? "none" : shape->kind_phrase());
  }
  for (const Json& dim : shape->items()) {
    if (!dim.is_integer() || (dim.kind() == Json::Kind::integer && dim.integer() < 0)) {
      return in.corrupt(at, "tensor '{}': wanted dimensions from 0, got {}", entry.tensor.name, dim.dump());
    }
    entry.tensor.shape.push_back(dim.unsigned_integer());
  }
  if (!checked_product(entry.tensor.shape)) {
    return in.corrupt(at, "tensor '{}': wanted at most {} elements, got more by its dimensions {}",
                      entry.tensor.name, UINT64_MAX, shape_text(entry.tensor.shape));
  }
  return entry;
}

Result<> check_size(const ByteReader& in, uint64_t at, const Tensor& tensor, uint64_t size) {
  const DTypeInfo& type = info(tensor.dtype);
  if (tensor.elements() % type.block_elements != 0) {
    return in.corrupt(at, "tensor '{}' of {}: wanted whole blocks of {} elements, got {}", tensor.name,
                      type.name, type.block_elements, tensor.elements());
  }
  const auto wanted = bytes_for(tensor.dtype, tensor.elements());
  if (!wanted) {
    return in.corrupt(at, "tensor '{}' of {}: wanted fewer than 2^64 bytes, got {} elements", tensor.name,
                      type.name, tensor.elements());
  }
  if (*wanted == size) return {};
  return in.corrupt(at, "tensor '{}' of {}: wanted {} bytes for {} elements, got {}", tensor.name, type.name,
                    *wanted, tensor.elements(), size);
}

}  // namespace

Result<> read_json_index(const ByteReader& in, uint64_t index_at, const Json& index, Bytes file,
                         uint64_t data_start, uint64_t data_end, ModelFile& model) {
  if (!index.is_array())
    return in.corrupt(index_at, "index: wanted a JSON array, got {}", index.kind_phrase());
  if (index.items().size() > kMaxTensors) {
    return in.exhausted(index_at, "tensors: wanted at most {}, got {}", kMaxTensors, index.items().size());
  }
  const Bytes data = file.subspan(data_start, data_end - data_start);
  for (const Json& json : index.items()) {
    TRY(Entry entry, read_entry(in, index_at, json));
    Tensor& tensor = entry.tensor;
    const auto end = checked_add(tensor.offset, entry.size);
    if (!end || *end > data.size()) {
      return in.outside(index_at, tensor.name, entry.size, tensor.offset, data.size());
    }
    if (entry.dtype == "json") {
      model.warnings.push_back(
          strf("{}: '{}' holds {} bytes of JSON, not a tensor", in.file(), tensor.name, entry.size));
      continue;
    }
    const auto dtype = dtype_from_name(entry.dtype);
    if (!dtype)
      return in.unsupported(index_at, "tensor '{}': wanted a known dtype, got \"{}\"", tensor.name,
                            entry.dtype);
    tensor.dtype = *dtype;
    TRY(check_size(in, index_at, tensor, entry.size));
    tensor.data = data.subspan(tensor.offset, entry.size);
    tensor.offset += data_start;
    model.tensors.push_back(std::move(tensor));
  }
  return check_unique_names(in, model);
}

Result<> read_apr1_json(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  model.variant = "APR1 JSON";
  ByteReader in(bytes, name, 4);
  TRY(const auto metadata_size, in.number<uint32_t>("metadata length"));
  const uint64_t metadata_at = in.position();
  TRY(model.metadata, read_json_section(in, metadata_size, "metadata"));
  if (!model.metadata.is_object()) {
    return in.corrupt(metadata_at, "metadata: wanted a JSON object, got {}", model.metadata.kind_phrase());
  }
  const uint64_t count_at = in.position();
  TRY(const auto count, in.number<uint32_t>("tensor count"));
  TRY(const auto index_size, in.number<uint32_t>("index length"));
  const uint64_t index_at = in.position();
  TRY(const Json index, read_json_section(in, index_size, "index"));
  if (index.is_array() && index.items().size() != count) {
    return in.corrupt(count_at, "tensor count: wanted {} (entries of the index), got {}",
                      index.items().size(), count);
  }
  if (in.remaining() < 4) return in.too_short(4, "CRC-32 after the tensor data");
  TRY(read_json_index(in, index_at, index, bytes, in.position(), bytes.size() - 4, model));
  TRY(check_trailing_crc(bytes, name, options.verify, model));
  warn_about_overlaps(model);
  find_apr_tokenizer(model);
  return {};
}

}  // namespace sov::formats
