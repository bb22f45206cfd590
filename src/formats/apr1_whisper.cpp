// APR1 as whisper.apr writes it: a binary header and index, then data, vocabulary, mel filterbank and a CRC.

#include <array>

#include "core/checked.h"
#include "formats/apr_variants.h"

namespace sov::formats {
namespace {

constexpr uint64_t kEntryBytes = 96;
constexpr uint64_t kNameBytes = 48;
constexpr uint8_t kHasVocabulary = 1, kHasFilterbank = 2;
constexpr std::array<std::string_view, 12> kModels = {"tiny",  "tiny.en",  "base",     "base.en",
                                                      "small", "small.en", "medium",   "medium.en",
                                                      "large", "large-v1", "large-v2", "large-v3"};
constexpr std::array<std::string_view, 4> kQuantizations = {"f32", "f16", "int8", "int4"};
constexpr std::array<std::string_view, 10> kSizes = {
    "n_vocab",    "n_audio_ctx",  "n_audio_state", "n_audio_head", "n_audio_layer",
    "n_text_ctx", "n_text_state", "n_text_head",   "n_text_layer", "n_mels"};

struct Header {
  uint8_t quantization = 0, flags = 0;
  uint16_t tensor_count = 0;
  uint64_t data_start = 0;
};

Result<Header> read_header(ByteReader& in, ModelFile& model) {
  Header header;
  TRY(const auto version, in.number<uint16_t>("version"));
  TRY(const auto size, in.number<uint8_t>("model"));
  TRY(header.quantization, in.number<uint8_t>("quantization"));
  TRY(const auto compressed, in.number<uint8_t>("compression"));
  TRY(header.tensor_count, in.number<uint16_t>("tensor count"));
  TRY(header.flags, in.number<uint8_t>("flags"));
  if (version != 1) return in.unsupported(4, "whisper.apr version: wanted 1, got {}", version);
  if (size >= kModels.size()) return in.corrupt(6, "model: wanted 0 to 11, got {}", size);
  if (header.quantization >= kQuantizations.size()) {
    return in.corrupt(7, "quantization: wanted 0 to 3, got {}", header.quantization);
  }
  if (compressed != 0) {
    return in.unsupported(8, "compression: wanted none, got {} (its layout is not documented)", compressed);
  }
  if (kQuantizations[header.quantization] == "int4") {
    return in.unsupported(7,
                          "quantization: wanted f32, f16 or int8, got int4 (its layout is not documented)");
  }
  model.metadata = Json::object();
  model.metadata.set("architecture", "whisper");
  model.metadata.set("model", kModels[size]);
  model.metadata.set("quantization", kQuantizations[header.quantization]);
  for (std::string_view key : kSizes) {
    TRY(const auto value, in.number<uint32_t>(key));
    model.metadata.set(key, uint64_t{value});
  }
  return header;
}

/// One tensor; `offset` still relative to the data section.
struct Entry {
  Tensor tensor;
  uint64_t size = 0, elements = 0, at = 0;
};

Result<Entry> read_entry(ByteReader& in) {
  Entry entry;
  entry.at = in.position();
  TRY(const auto field, in.text(kNameBytes, "tensor name"));
  entry.tensor.name = field.substr(0, std::min(field.find('\0'), field.size()));
  if (entry.tensor.name.empty()) {
    return in.corrupt(entry.at, "tensor name: wanted 1 to {} bytes, got 0", kNameBytes);
  }
  TRY(entry.tensor.offset, in.number<uint64_t>("tensor offset"));
  TRY(entry.size, in.number<uint64_t>("tensor size"));
  TRY(entry.elements, in.number<uint64_t>("element count"));
  std::array<uint32_t, 4> dims{};
  for (uint32_t& dim : dims) {
    TRY(dim, in.number<uint32_t>("dimension"));
  }
  TRY(const auto count, in.number<uint8_t>("dimension count"));
  TRY(in.take(kEntryBytes - 89, "reserved bytes"));
  if (count > dims.size()) {
    return in.corrupt(entry.at + 88, "tensor '{}' dimensions: wanted at most 4, got {}", entry.tensor.name,
                      count);
  }
  entry.tensor.shape.assign(dims.begin(), dims.begin() + count);
  const auto product = checked_product(entry.tensor.shape);
  if (product != entry.elements) {
    return in.corrupt(entry.at + 64, "tensor '{}': wanted {} elements for its shape, got {}",
                      entry.tensor.name, product ? strf("{}", *product) : std::string("fewer than 2^64"),
                      entry.elements);
  }
  return entry;
}

Result<> locate(const ByteReader& in, Bytes file, const Header& header, Entry& entry) {
  Tensor& tensor = entry.tensor;
  const Bytes data = file.subspan(header.data_start);
  const auto end = checked_add(tensor.offset, entry.size);
  if (!end || *end > data.size()) {
    return in.outside(entry.at + 48, tensor.name, entry.size, tensor.offset, data.size());
  }
  constexpr std::array<DType, 3> kTypes = {DType::f32, DType::f16, DType::i8};
  tensor.dtype = kTypes[header.quantization];
  const auto wanted = bytes_for(tensor.dtype, entry.elements);
  if (wanted != entry.size) {
    return in.corrupt(entry.at + 56, "tensor '{}' of {}: wanted {} bytes, got {}", tensor.name,
                      name(tensor.dtype), wanted.value_or(UINT64_MAX), entry.size);
  }
  tensor.data = data.subspan(tensor.offset, entry.size);
  tensor.offset += header.data_start;
  return {};
}

/// Skips a section that begins with its size; its size becomes metadata.
Result<> describe_section(ByteReader& in, std::string_view key, ModelFile& model) {
  TRY(const auto size, in.number<uint32_t>(key));
  TRY(in.take(size, key));
  model.metadata.set(key, uint64_t{size});
  return {};
}

Result<> read_tail(ByteReader& in, const Header& header, ModelFile& model) {
  if (header.flags & kHasVocabulary) {
    TRY(describe_section(in, "vocabulary_bytes", model));
    model.warnings.push_back(
        strf("{}: the embedded vocabulary is described, not read as a tokenizer", in.file()));
  }
  if (header.flags & kHasFilterbank) TRY(describe_section(in, "filterbank_bytes", model));
  if (in.remaining() != 4) {
    return in.corrupt(in.position(), "end of file: wanted a CRC-32 of 4 bytes, got {} bytes", in.remaining());
  }
  return {};
}

void warn_about_truncated_names(ModelFile& model) {
  for (const Tensor& tensor : model.tensors) {
    if (tensor.name.size() < kNameBytes - 1) continue;
    model.warnings.push_back(strf("tensor name '{}' fills its field: whisper.apr cuts names at {} bytes",
                                  tensor.name, kNameBytes - 1));
  }
}

}  // namespace

Result<> read_apr1_whisper(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  model.variant = "APR1 whisper";
  ByteReader in(bytes, name, 4);
  TRY(Header header, read_header(in, model));
  if (header.tensor_count > in.remaining() / kEntryBytes) {
    return in.corrupt(9, "tensor count: wanted at most {} in the {} bytes left, got {}",
                      in.remaining() / kEntryBytes, in.remaining(), header.tensor_count);
  }
  std::vector<Entry> entries;
  for (uint16_t i = 0; i < header.tensor_count; i++) {
    TRY(Entry entry, read_entry(in));
    entries.push_back(std::move(entry));
  }
  if (kQuantizations[header.quantization] == "int8") {
    for (Entry& entry : entries) {
      TRY(entry.tensor.scale, in.number<float>("tensor scale"));
      entry.tensor.encoding = Tensor::Encoding::scaled;
    }
  }
  header.data_start = in.position();
  uint64_t data_end = header.data_start;
  for (Entry& entry : entries) {
    TRY(locate(in, bytes, header, entry));
    data_end = std::max(data_end, entry.tensor.offset + entry.size);
    model.tensors.push_back(std::move(entry.tensor));
  }
  ByteReader tail(bytes, name, data_end);
  TRY(read_tail(tail, header, model));
  TRY(check_unique_names(in, model));
  TRY(check_trailing_crc(bytes, name, options.verify, model));
  warn_about_truncated_names(model);
  warn_about_overlaps(model);
  return {};
}

}  // namespace sov::formats
