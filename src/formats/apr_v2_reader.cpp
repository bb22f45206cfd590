// APR v2: header and metadata, then the index, then the proof that the data is there.

#include <algorithm>

#include "core/checked.h"
#include "core/utf8.h"
#include "formats/apr_dtype.h"
#include "formats/apr_v2.h"
#include "formats/apr_variants.h"
#include "formats/decompress.h"

namespace sov::formats {
namespace {

constexpr uint64_t kMinEntryBytes = 2 + 1 + 1 + 1 + 8 + 8;  // name length, name, dtype, ndim, offset, size
using State = ModelFile::Checksum::State;

/// A file being read, with what its header said.
struct V2 {
  ByteReader in;
  Bytes bytes;
  AprHeader header;
  bool has_header_crc = false;
  bool irregular = false;  // unlike the reference writer's files: footer and alignment are not insisted on
};

Result<> check_header_crc(V2& file, ModelFile& model) {
  const uint32_t got = apr_header_crc(file.bytes);
  file.has_header_crc = file.header.crc != 0;
  if (!file.has_header_crc) {
    model.checksums.push_back({"header CRC-32", State::absent});
    model.warnings.push_back(strf("{}: no header checksum", file.in.file()));
    file.irregular = true;
    return {};
  }
  model.checksums.push_back({"header CRC-32", got == file.header.crc ? State::good : State::bad});
  if (got == file.header.crc) return {};
  return file.in.corrupt(40, "header CRC-32: wanted {:#010x} (stored), got {:#010x} (computed)",
                         file.header.crc, got);
}

Result<> check_flags(const V2& file, ModelFile& model) {
  const AprHeader& h = file.header;
  if (h.flags & kAprEncrypted) {
    return file.in.unsupported(6, "flags: wanted an unencrypted file, got flag ENCRYPTED");
  }
  if (h.flags & kAprColumnMajor) {
    return file.in.unsupported(6, "flags: wanted row-major tensors, got flag COLUMN_MAJOR");
  }
  if ((h.flags & kAprLz4) != 0 && (h.flags & kAprZstd) != 0) {
    return file.in.corrupt(6, "flags: wanted LZ4 or ZSTD, got both");
  }
  if ((h.flags & ~kAprKnownFlags) != 0) {
    model.warnings.push_back(
        strf("{} @0x6: unknown flag bits {:#06x}", file.in.file(), h.flags & ~kAprKnownFlags));
  }
  if (h.flags & kAprSharded) {
    model.warnings.push_back(
        strf("{}: one shard of several (flag SHARDED); the others are not read", file.in.file()));
  }
  if (h.flags & kAprSigned) {
    model.warnings.push_back(strf("{}: flag SIGNED: the signature is not verified", file.in.file()));
  }
  return {};
}

/// Version, checksum, flags, and that sections are in order and inside the file.
Result<> check_header(V2& file, ModelFile& model) {
  const AprHeader& h = file.header;
  const ByteReader& in = file.in;
  if (h.major != 2) return in.unsupported(4, "APR version: wanted 2, got {}.{}", h.major, h.minor);
  TRY(check_header_crc(file, model));
  return check_flags(file, model);
}

Result<> check_sections(const V2& file) {
  const AprHeader& h = file.header;
  const ByteReader& in = file.in;
  const uint64_t size = file.bytes.size();
  if (h.metadata_offset < kAprHeaderBytes || h.metadata_offset > size) {
    return in.corrupt(12, "metadata offset: wanted {} to {} (file size), got {}", kAprHeaderBytes, size,
                      h.metadata_offset);
  }
  if (h.metadata_size > size - h.metadata_offset) {
    return in.corrupt(20, "metadata size: wanted at most {}, got {}", size - h.metadata_offset,
                      h.metadata_size);
  }
  if (h.metadata_size > kMaxMetadataBytes) {
    return in.exhausted(20, "metadata size: wanted at most {}, got {}", kMaxMetadataBytes, h.metadata_size);
  }
  const uint64_t metadata_end = h.metadata_offset + h.metadata_size;
  if (h.index_offset < metadata_end || h.index_offset > size) {
    return in.corrupt(24, "index offset: wanted {} (end of metadata) to {} (file size), got {}", metadata_end,
                      size, h.index_offset);
  }
  if (h.data_offset < h.index_offset || h.data_offset > size) {
    return in.corrupt(32, "data offset: wanted {} (index) to {} (file size), got {}", h.index_offset, size,
                      h.data_offset);
  }
  return {};
}

Result<> read_metadata(const V2& file, ModelFile& model) {
  const AprHeader& h = file.header;
  model.metadata = Json::object();
  const std::string_view text = as_text(file.bytes.subspan(h.metadata_offset, h.metadata_size));
  const size_t last = text.find_last_not_of('\0');  // some writers count the padding
  if (last == text.npos) return {};
  TRY(Json json, parse_json(text.substr(0, last + 1),
                            {.file = file.in.file(), .offset = h.metadata_offset, .what = "metadata"}));
  if (!json.is_object()) {
    return file.in.corrupt(h.metadata_offset, "metadata: wanted a JSON object, got {}", json.kind_phrase());
  }
  model.metadata = std::move(json);
  return {};
}

struct IndexEntry {
  Tensor tensor;
  uint8_t id = 0;
  uint64_t size = 0;
  uint64_t at = 0;
};

Result<IndexEntry> read_entry(ByteReader& in) {
  IndexEntry entry;
  entry.at = in.position();
  TRY(const auto name_length, in.number<uint16_t>("tensor name length"));
  if (name_length == 0 || name_length > kAprMaxName) {
    return in.corrupt(entry.at, "tensor name length: wanted 1 to {}, got {}", kAprMaxName, name_length);
  }
  TRY(const auto name, in.text(name_length, "tensor name"));
  if (!utf8::is_valid(name))
    return in.corrupt(entry.at + 2, "tensor name: wanted UTF-8, got an invalid sequence");
  entry.tensor.name = name;
  TRY(entry.id, in.number<uint8_t>("tensor dtype"));
  const uint64_t dims_at = in.position();
  TRY(const auto dims, in.number<uint8_t>("dimension count"));
  if (dims > kAprMaxDims) {
    return in.corrupt(dims_at, "tensor '{}' dimensions: wanted at most {}, got {}", name, kAprMaxDims, dims);
  }
  for (uint8_t i = 0; i < dims; i++) {
    TRY(const auto dim, in.number<uint64_t>("dimension"));
    entry.tensor.shape.push_back(dim);
  }
  if (!checked_product(entry.tensor.shape)) {
    return in.corrupt(dims_at, "tensor '{}': wanted at most {} elements, got more by its dimensions {}", name,
                      UINT64_MAX, shape_text(entry.tensor.shape));
  }
  TRY(entry.tensor.offset, in.number<uint64_t>("tensor offset"));
  TRY(entry.size, in.number<uint64_t>("tensor size"));
  return entry;
}

/// Resolves type and bytes of an entry whose offset is relative to the data section.
Result<Tensor> locate(const V2& file, IndexEntry entry, const Json& metadata) {
  const Bytes data = file.bytes.subspan(file.header.data_offset);
  Tensor tensor = std::move(entry.tensor);
  const auto end = checked_add(tensor.offset, entry.size);
  if (!end || *end > data.size()) {
    return file.in.outside(entry.at, tensor.name, entry.size, tensor.offset, data.size());
  }
  const auto type = resolve_apr_dtype(entry.id, tensor.shape, entry.size, metadata);
  if (!type && apr_dtype_candidates(entry.id).empty()) {
    return file.in.corrupt(entry.at, "tensor '{}': wanted a known dtype, got {}", tensor.name, entry.id);
  }
  if (!type) {
    return file.in.corrupt(
        entry.at, "tensor '{}': wanted the size of dtype {} ({}) for {} elements, got {} bytes", tensor.name,
        entry.id, apr_dtype_candidates(entry.id), tensor.elements(), entry.size);
  }
  tensor.dtype = type->dtype;
  tensor.encoding = type->encoding;
  tensor.data = data.subspan(tensor.offset, entry.size);
  tensor.offset += file.header.data_offset;
  if (type->leading_scale) {
    ByteReader scale(file.bytes, file.in.file(), tensor.offset);
    TRY(tensor.scale, scale.number<float>("tensor scale"));
    tensor.data = tensor.data.subspan(sizeof(float));
    tensor.offset += sizeof(float);
  }
  return tensor;
}

bool all_zero(Bytes bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

Result<> read_binary_index(const V2& file, ModelFile& model) {
  const AprHeader& h = file.header;
  ByteReader in(file.bytes.first(h.data_offset), file.in.file(), h.index_offset);
  if (h.tensor_count > in.remaining() / kMinEntryBytes) {
    return in.corrupt(8, "tensor count: wanted at most {} in an index of {} bytes, got {}",
                      in.remaining() / kMinEntryBytes, in.remaining(), h.tensor_count);
  }
  if (h.tensor_count > kMaxTensors) {
    return in.exhausted(8, "tensors: wanted at most {}, got {}", kMaxTensors, h.tensor_count);
  }
  for (uint32_t i = 0; i < h.tensor_count; i++) {
    TRY(IndexEntry entry, read_entry(in));
    if (!model.tensors.empty() && entry.tensor.name <= model.tensors.back().name) {
      return in.corrupt(entry.at,
                        "index: wanted names in ascending order without duplicates, got '{}' after '{}'",
                        entry.tensor.name, model.tensors.back().name);
    }
    TRY(Tensor tensor, locate(file, std::move(entry), model.metadata));
    model.tensors.push_back(std::move(tensor));
  }
  if (!all_zero(file.bytes.subspan(in.position(), h.data_offset - in.position()))) {
    model.warnings.push_back(strf("{} @{:#x}: bytes after the index's {} entries are not zero", in.file(),
                                  in.position(), h.tensor_count));
  }
  return {};
}

/// realizar writes some v2 files with the JSON index of APR1.
Result<> read_json_form(V2& file, ModelFile& model) {
  const AprHeader& h = file.header;
  std::string_view text = as_text(file.bytes.subspan(h.index_offset, h.data_offset - h.index_offset));
  text = text.substr(0, text.find_last_not_of(std::string_view("\0 \n", 3)) + 1);
  if (text.size() > kMaxMetadataBytes) {
    return file.in.exhausted(h.index_offset, "index: wanted at most {} bytes, got {}", kMaxMetadataBytes,
                             text.size());
  }
  TRY(const Json index,
      parse_json(text, {.file = file.in.file(), .offset = h.index_offset, .what = "index"}));
  file.irregular = true;
  model.warnings.push_back(strf("{}: JSON index in place of a binary one", file.in.file()));
  return read_json_index(file.in, h.index_offset, index, file.bytes, h.data_offset, file.bytes.size(), model);
}

/// The last 4 bytes are the footer of a regular file; irregular ones may have none.
Result<> check_footer(const V2& file, Verify verify, ModelFile& model) {
  uint64_t end = file.header.data_offset;
  for (const Tensor& tensor : model.tensors) end = std::max(end, tensor.offset + tensor.data.size());
  const uint64_t size = file.bytes.size();
  const auto padded = checked_align(end, kAprAlignment);
  const bool regular = file.has_header_crc && (file.header.flags & kAprRowMajor) != 0 && !file.irregular;
  if (regular && (!padded || size < *padded + 4)) {
    return file.in.corrupt(
        size, "file: wanted padding to {:#x} and a CRC-32 footer after the tensor data, got {} bytes",
        padded.value_or(0), size - end);
  }
  const uint64_t rest = size - end;
  const bool none = rest < 4 || (!regular && rest <= kAprAlignment && all_zero(file.bytes.subspan(end)));
  if (none) {
    model.checksums.push_back({"file CRC-32", State::absent});
    model.warnings.push_back(strf("{}: no file checksum, so damage cannot be noticed", file.in.file()));
    return {};
  }
  return check_trailing_crc(file.bytes, file.in.file(), verify, model);
}

/// Flags are hints to others; what one claims falsely is told.
void warn_about_flags(const V2& file, ModelFile& model) {
  const uint16_t flags = file.header.flags;
  const auto warn = [&](std::string_view text) {
    model.warnings.push_back(strf("{} @0x6: {}", file.in.file(), text));
  };
  const auto has = [&](std::string_view key) { return model.metadata.find(key) != nullptr; };
  const bool quantized = std::any_of(model.tensors.begin(), model.tensors.end(), [](const Tensor& t) {
    return is_quantized(t.dtype) || t.encoding == Tensor::Encoding::scaled;
  });
  if ((flags & kAprQuantized) != 0 && !quantized) warn("flag QUANTIZED, but no tensor is quantised");
  if ((flags & kAprQuantized) == 0 && quantized) warn("no flag QUANTIZED, but tensors are quantised");
  if ((flags & kAprHasVocab) != 0 && !has("tokenizer.vocabulary")) {
    warn("flag HAS_VOCAB, but the metadata holds no vocabulary");
  }
  if ((flags & kAprModelCard) != 0 && !has("model_card")) {
    warn("flag MODEL_CARD, but the metadata holds no model card");
  }
}

void warn_irregular(const V2& file, ModelFile& model) {
  if (file.header.data_offset % kAprAlignment != 0) {
    model.warnings.push_back(strf("{} @0x20: data offset {} is not a multiple of {}", file.in.file(),
                                  file.header.data_offset, kAprAlignment));
  }
  const bool gguf_names = std::any_of(model.tensors.begin(), model.tensors.end(), [](const Tensor& t) {
    return t.name.starts_with("blk.") || t.name == "token_embd.weight";
  });
  if (gguf_names && (file.header.flags & kAprRowMajor) == 0) {
    model.warnings.push_back(
        strf("{}: GGUF tensor names and no layout flag: shapes may be [in, out] as GGUF prints "
             "them; compare with the sizes in the metadata",
             file.in.file()));
  }
}

Result<> read_image(V2& file, Verify verify, ModelFile& model) {
  TRY(check_sections(file));
  TRY(read_metadata(file, model));
  const bool json_index =
      file.header.index_offset < file.bytes.size() && as_text(file.bytes)[file.header.index_offset] == '[';
  if (json_index) {
    TRY(read_json_form(file, model));
  } else {
    TRY(read_binary_index(file, model));
  }
  TRY(check_footer(file, verify, model));
  warn_irregular(file, model);
  warn_about_flags(file, model);
  warn_about_overlaps(model);
  find_apr_tokenizer(model);
  return {};
}

/// The rest of a flagged file is one compressed blob; offsets count in the image of header and rest.
Result<> read_compressed(const V2& file, const OpenOptions& options, ModelFile& model) {
  const Codec codec = (file.header.flags & kAprLz4) != 0 ? Codec::lz4 : Codec::zstd;
  std::vector<std::byte> image(file.bytes.begin(), file.bytes.begin() + kAprHeaderBytes);
  TRY(decompress(codec, file.bytes.subspan(kAprHeaderBytes), options.max_decompressed,
                 strf("{} @{:#x}", file.in.file(), kAprHeaderBytes), image));
  model.decompressed.push_back(std::move(image));
  V2 inner = file;
  inner.irregular = true;  // where a footer would go is not settled
  const std::string name = strf("{} (decompressed)", file.in.file());
  inner.bytes = model.decompressed.back();
  inner.in = ByteReader(inner.bytes, name);
  TRY(read_image(inner, options.verify, model));
  model.variant += strf(", {}", codec_name(codec));
  return {};
}

}  // namespace

bool looks_like_apr_v2(Bytes bytes) {
  const auto header = decode_apr_header(bytes);
  if (!header || header->major != 2) return false;
  return header->metadata_offset == kAprHeaderBytes || header->crc == apr_header_crc(bytes);
}

Result<> read_apr_v2(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  V2 file{.in = ByteReader(bytes, name), .bytes = bytes, .header = {}};
  const auto header = decode_apr_header(bytes);
  if (!header) return file.in.too_short(kAprHeaderBytes, "APR v2 header");
  file.header = *header;
  model.variant = strf("APR v{}.{}", header->major, header->minor);
  TRY(check_header(file, model));
  const bool flagged = (header->flags & (kAprLz4 | kAprZstd)) != 0;
  if (!flagged) return read_image(file, options.verify, model);

  // aprender sets the flag and leaves the bytes raw; realizar compresses all after the header.
  ModelFile raw;
  V2 as_raw = file;
  const auto is_raw = read_image(as_raw, options.verify, raw);
  if (is_raw) {
    TRY(read_image(file, options.verify, model));
    model.warnings.push_back(strf("{} @0x6: flagged as compressed, but its bytes are raw", name));
    return {};
  }
  const bool has_raw_metadata = bytes.size() > kAprHeaderBytes && as_text(bytes)[kAprHeaderBytes] == '{';
  return has_raw_metadata ? is_raw : read_compressed(file, options, model);
}

}  // namespace sov::formats
