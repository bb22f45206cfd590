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
  if (text.empty() || text[0] != '{') {
    return in.corrupt(8, "header: wanted '{{' first, got {}", text.empty() ? "nothing" : "another byte");
  }
  if (!utf8::is_valid(text)) return in.corrupt(8, "header: wanted UTF-8, got an invalid sequence");
  auto json = parse_json(text, kHeaderLimits);
  if (!json) return in.corrupt(8, "header: {}", json.error().message());
  return Header{std::move(*json), in.position()};
}

Result<DType> read_dtype(const ByteReader& in, std::string_view tensor, const Json& entry) {
  const Json* dtype = entry.find("dtype");
  if (dtype == nullptr || !dtype->is_string()) {
    return in.corrupt(8, "tensor '{}': wanted a string \"dtype\", got {}", tensor,
                      dtype == nullptr ? "none" : dtype->kind_name());
  }
  if (const auto known = dtype_from_safetensors(dtype->string())) return *known;
  if (is_unbuilt_safetensors_dtype(dtype->string())) {
    return in.unsupported(8, "tensor '{}': dtype {} is not built", tensor, dtype->string());
  }
  return in.corrupt(8, "tensor '{}': wanted a SafeTensors dtype, got \"{}\"", tensor, dtype->string());
}

Result<std::vector<uint64_t>> read_numbers(const ByteReader& in, std::string_view tensor, const Json& entry,
                                           std::string_view key) {
  const Json* list = entry.find(key);
  if (list == nullptr || !list->is_array()) {
    return in.corrupt(8, "tensor '{}': wanted an array \"{}\", got {}", tensor, key,
                      list == nullptr ? "none" : list->kind_name());
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

Result<Entry> read_entry(const ByteReader& in, const std::string& name, const Json& json,
                         uint64_t data_bytes) {
  if (!json.is_object()) {
    return in.corrupt(8, "tensor '{}': wanted an object, got a {}", name, json.kind_name());
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
  const auto elements = checked_product(entry.tensor.shape);
  const auto bytes = elements ? bytes_for(entry.tensor.dtype, *elements) : std::nullopt;
  if (!bytes) return in.corrupt(8, "tensor '{}': the size of its shape overflows", name);
  if (*bytes != entry.end - entry.begin) {
    return in.corrupt(8, "tensor '{}' of {}: wanted {} bytes for its shape, got {}", name,
                      sov::name(entry.tensor.dtype), *bytes, entry.end - entry.begin);
  }
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
    return in.corrupt(in.position() + reached, "data: wanted {} bytes to the end of the file, got {}",
                      reached, data_bytes);
  }
  return {};
}

/// Joins a shard's __metadata__ to the others'; where they differ the first one stays.
Result<> merge_metadata(const ByteReader& in, const Json& json, ModelFile& model) {
  if (!json.is_object()) {
    return in.corrupt(8, "__metadata__: wanted an object, got a {}", json.kind_name());
  }
  std::unordered_map<std::string, std::string> known;  // a lookup in Json is linear
  for (const auto& [key, value] : model.metadata.members()) known.emplace(key, value.string());
  for (const auto& [key, value] : json.members()) {
    if (!value.is_string()) {
      return in.corrupt(8, "__metadata__ \"{}\": wanted a string, got a {}", key, value.kind_name());
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
