#include "formats/safetensors.h"

#include <algorithm>
#include <unordered_map>

#include "core/checked.h"
#include "core/utf8.h"
#include "formats/byte_reader.h"
#include "formats/safetensors_dtype.h"

namespace sov::formats {
namespace {

constexpr uint64_t kMaxHeader = 100'000'000;
constexpr JsonLimits kHeaderLimits = {.max_depth = 8, .reject_duplicate_keys = true};

/// The header: where its JSON begins, and its members.
struct Header {
  Json json;
  uint64_t data_start = 0;
};

Result<Header> read_header(ByteReader& in) {
  TRY(const auto length, in.number<uint64_t>("header length"));
  if (length > kMaxHeader) {
    return in.corrupt(0, "header length: wanted at most {}, got {}", kMaxHeader, length);
  }
  TRY(const auto text, in.text(length, "header"));
  if (text.empty()) return in.corrupt(8, "header: wanted '{{' first, got nothing");
  if (text[0] != '{') {
    const auto first = static_cast<uint8_t>(text[0]);
    return in.corrupt(8, "header: wanted '{{' first, got '{}'",
                      first >= 0x20 && first < 0x7F ? std::string(1, text[0]) : strf("\\x{:02x}", first));
  }
  const size_t valid = utf8::valid_prefix(text);
  if (valid < text.size()) return in.corrupt(8 + valid, "header: wanted UTF-8, got an invalid sequence");
  TRY(Json json, parse_json(text, {.file = in.file(), .offset = 8, .what = "header"}, kHeaderLimits));
  return Header{std::move(json), in.position()};
}

Result<DType> read_dtype(const ByteReader& in, std::string_view tensor, const Json& entry) {
  const Json* dtype = entry.find("dtype");
  if (dtype == nullptr || !dtype->is_string()) {
    return in.corrupt(8, "tensor '{}': wanted a string \"dtype\", got {}", tensor,
                      dtype == nullptr ? "none" : dtype->kind_phrase());
  }
  if (const auto known = dtype_from_safetensors(dtype->string())) return *known;
  if (is_unbuilt_safetensors_dtype(dtype->string())) {
    return in.unsupported(8, "tensor '{}': wanted a dtype that is built, got {}", tensor, dtype->string());
  }
  return in.corrupt(8, "tensor '{}': wanted a SafeTensors dtype, got \"{}\"", tensor, dtype->string());
}

Result<std::vector<uint64_t>> read_numbers(const ByteReader& in, std::string_view tensor, const Json& entry,
                                           std::string_view key) {
  const Json* list = entry.find(key);
  if (list == nullptr || !list->is_array()) {
    return in.corrupt(8, "tensor '{}': wanted an array \"{}\", got {}", tensor, key,
                      list == nullptr ? "none" : list->kind_phrase());
  }
  std::vector<uint64_t> numbers;
  numbers.reserve(list->items().size());
  for (const Json& item : list->items()) {
    const bool whole =
        item.is_integer() && (item.kind() == Json::Kind::unsigned_integer || item.integer() >= 0);
    if (!whole) {
      return in.corrupt(8, "tensor '{}': wanted whole numbers from 0 in \"{}\", got {}", tensor, key,
                        item.dump());
    }
    numbers.push_back(item.unsigned_integer());
  }
  return numbers;
}

/// One tensor with its range relative to the data section.
struct Entry {
  Tensor tensor;
  uint64_t begin = 0, end = 0;
};

Result<> check_size(const ByteReader& in, const Entry& entry) {
  const Tensor& tensor = entry.tensor;
  const auto elements = checked_product(tensor.shape);
  const auto bytes = elements ? bytes_for(tensor.dtype, *elements) : std::nullopt;
  if (!bytes) {
    return in.corrupt(8, "tensor '{}': wanted a size below 2^64 bytes, got {} of shape {}", tensor.name,
                      safetensors_name(tensor.dtype), shape_text(tensor.shape));
  }
  if (*bytes == entry.end - entry.begin) return {};
  return in.corrupt(8, "tensor '{}' of {}: wanted {} bytes for its shape, got {}", tensor.name,
                    sov::name(tensor.dtype), *bytes, entry.end - entry.begin);
}

Result<Entry> read_entry(const ByteReader& in, const std::string& name, const Json& json,
                         uint64_t data_bytes) {
  if (name.size() > kMaxTensorName) {
    return in.corrupt(8, "tensor name: wanted at most {} bytes, got {}", kMaxTensorName, name.size());
  }
  if (!json.is_object()) {
    return in.corrupt(8, "tensor '{}': wanted an object, got {}", name, json.kind_phrase());
  }
  for (const auto& [key, value] : json.members()) {
    if (key != "dtype" && key != "shape" && key != "data_offsets") {
      return in.corrupt(8, "tensor '{}': wanted dtype, shape and data_offsets only, got \"{}\"", name, key);
    }
  }
  Entry entry;
  entry.tensor.name = name;
  TRY(entry.tensor.dtype, read_dtype(in, name, json));
  TRY(entry.tensor.shape, read_numbers(in, name, json, "shape"));
  TRY(const auto offsets, read_numbers(in, name, json, "data_offsets"));
  if (offsets.size() != 2) {
    return in.corrupt(8, "tensor '{}': wanted two data_offsets, got {}", name, offsets.size());
  }
  entry.begin = offsets[0];
  entry.end = offsets[1];
  if (entry.end < entry.begin || entry.end > data_bytes) {
    return in.corrupt(in.position(),
                      "tensor '{}' data_offsets: wanted begin <= end <= {} (bytes of data), got [{}, {}]",
                      name, data_bytes, entry.begin, entry.end);
  }
  TRY(check_size(in, entry));
  return entry;
}

/// The ranges, in order, start at 0, touch, and end where the file ends.
Result<> check_coverage(const ByteReader& in, const std::vector<Entry>& entries, uint64_t data_bytes) {
  uint64_t reached = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != reached) {
      return in.corrupt(in.position(),
                        "tensor '{}' data_offsets: wanted to begin at {} (no gap, no overlap), got {}",
                        entry.tensor.name, reached, entry.begin);
    }
    reached = entry.end;
  }
  if (reached != data_bytes) {
    return in.corrupt(in.position() + reached, "data: wanted {} bytes, as the tensors cover, got {}", reached,
                      data_bytes);
  }
  return {};
}

/// Joins a shard's __metadata__ to the others'; where they differ the first one stays.
Result<> merge_metadata(const ByteReader& in, const Json& json, ModelFile& model) {
  if (!json.is_object()) {
    return in.corrupt(8, "__metadata__: wanted an object, got {}", json.kind_phrase());
  }
  std::unordered_map<std::string, std::string> known;  // a lookup in Json is linear
  for (const auto& [key, value] : model.metadata.members()) known.emplace(key, value.string());
  for (const auto& [key, value] : json.members()) {
    if (!value.is_string()) {
      return in.corrupt(8, "__metadata__ \"{}\": wanted a string, got {}", key, value.kind_phrase());
    }
    const auto old = known.find(key);
    if (old == known.end()) {
      model.metadata.members().emplace_back(key, value);
    } else if (old->second != value.string()) {
      model.warnings.push_back(
          strf("{}: __metadata__ \"{}\" differs from another shard's; kept the first", in.file(), key));
    }
  }
  return {};
}

}  // namespace

bool looks_like_safetensors(Bytes bytes) {
  ByteReader in(bytes, "");
  const auto length = in.number<uint64_t>("");
  return length && *length <= kMaxHeader && in.remaining() > 0 && as_text(bytes)[8] == '{';
}

Result<> read_safetensors(Bytes bytes, std::string_view name, uint32_t file, ModelFile& model) {
  ByteReader in(bytes, name);
  TRY(const Header header, read_header(in));
  const Bytes data = bytes.subspan(header.data_start);
  std::vector<Entry> entries;
  if (model.metadata.is_null()) model.metadata = Json::object();
  for (const auto& [key, value] : header.json.members()) {
    if (key == "__metadata__") {
      TRY(merge_metadata(in, value, model));
      continue;
    }
    if (model.tensors.size() + entries.size() == kMaxTensors) {
      return in.exhausted(8, "tensors: wanted at most {}, got more", kMaxTensors);
    }
    TRY(Entry entry, read_entry(in, key, value, data.size()));
    entries.push_back(std::move(entry));
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  TRY(check_coverage(in, entries, data.size()));
  for (Entry& entry : entries) {
    entry.tensor.data = data.subspan(entry.begin, entry.end - entry.begin);
    entry.tensor.file = file;
    entry.tensor.offset = header.data_start + entry.begin;
    model.tensors.push_back(std::move(entry.tensor));
  }
  model.format = Format::safetensors;
  model.variant = "SafeTensors";
  return {};
}

}  // namespace sov::formats
