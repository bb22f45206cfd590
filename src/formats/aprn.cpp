// APRN, the v1 format of classical estimators: a 32-byte header, MessagePack metadata, an opaque payload.

#include <array>

#include "formats/apr_variants.h"
#include "formats/decompress.h"
#include "formats/msgpack.h"

namespace sov::formats {
namespace {

constexpr uint64_t kHeaderBytes = 32;
constexpr uint64_t kSignatureBytes = 64 + 32;
constexpr uint64_t kMaxUncompressed = uint64_t{1} << 30;

struct ModelType {
  uint16_t id;
  std::string_view name;
};
constexpr std::array<ModelType, 17> kModelTypes = {{{0x01, "linear regression"},
                                                    {0x02, "logistic regression"},
                                                    {0x03, "decision tree"},
                                                    {0x04, "random forest"},
                                                    {0x05, "gradient boosting"},
                                                    {0x06, "k-means"},
                                                    {0x07, "PCA"},
                                                    {0x08, "naive Bayes"},
                                                    {0x09, "k nearest neighbours"},
                                                    {0x0A, "support vector machine"},
                                                    {0x10, "n-gram language model"},
                                                    {0x11, "tf-idf"},
                                                    {0x12, "count vectoriser"},
                                                    {0x20, "neural network (sequential)"},
                                                    {0x21, "neural network (custom)"},
                                                    {0x30, "recommender"},
                                                    {0x40, "mixture of experts"}}};

struct Flag {
  uint8_t bit;
  std::string_view name;
};
constexpr uint8_t kEncrypted = 0x01, kSigned = 0x02;
constexpr std::array<Flag, 7> kFlags = {{{kEncrypted, "encrypted"},
                                         {kSigned, "signed"},
                                         {0x04, "streaming"},
                                         {0x08, "licensed"},
                                         {0x10, "trueno-native"},
                                         {0x20, "quantized"},
                                         {0x40, "model card"}}};

struct Header {
  uint16_t model_type = 0;
  uint32_t metadata_size = 0, payload_size = 0, uncompressed_size = 0;
  uint8_t codec = 0, flags = 0, quality = 0;
};

Result<Header> read_header(ByteReader& in) {
  Header h;
  TRY(const auto major, in.number<uint8_t>("major version"));
  TRY(const auto minor, in.number<uint8_t>("minor version"));
  if (major != 1) return in.unsupported(4, "APRN version: wanted 1, got {}.{}", major, minor);
  TRY(h.model_type, in.number<uint16_t>("model type"));
  TRY(h.metadata_size, in.number<uint32_t>("metadata size"));
  TRY(h.payload_size, in.number<uint32_t>("payload size"));
  TRY(h.uncompressed_size, in.number<uint32_t>("uncompressed size"));
  TRY(h.codec, in.number<uint8_t>("codec"));
  TRY(h.flags, in.number<uint8_t>("flags"));
  TRY(h.quality, in.number<uint8_t>("quality"));
  TRY(in.take(kHeaderBytes - 23, "header"));
  if (h.codec > 3) return in.corrupt(20, "codec: wanted 0 to 3, got {}", h.codec);
  if (h.uncompressed_size > kMaxUncompressed) {
    return in.corrupt(16, "uncompressed size: wanted at most {}, got {}", kMaxUncompressed,
                      h.uncompressed_size);
  }
  if (h.flags & kEncrypted) {
    return in.unsupported(21, "flags: wanted an unencrypted file, got flag ENCRYPTED");
  }
  return h;
}

Codec codec_of(const Header& h) {
  if (h.codec == 3) return Codec::lz4;
  return h.codec == 0 ? Codec::none : Codec::zstd;
}

std::string model_type_name(uint16_t id) {
  if (id == 0xFF) return "custom";
  for (const ModelType& type : kModelTypes) {
    if (type.id == id) return std::string(type.name);
  }
  return strf("unknown ({:#x})", id);
}

/// The header's facts, beside the file's own metadata.
Json describe(const Header& h) {
  Json flags = Json::array();
  for (const Flag& flag : kFlags) {
    if (h.flags & flag.bit) flags.push(flag.name);
  }
  Json json = Json::object();
  json.set("model_type_id", int{h.model_type});
  json.set("model_type", model_type_name(h.model_type));
  json.set("codec", codec_name(codec_of(h)));
  json.set("payload_bytes", uint64_t{h.payload_size});
  json.set("uncompressed_bytes", uint64_t{h.uncompressed_size});
  json.set("flags", std::move(flags));
  json.set("quality", int{h.quality});
  return json;
}

/// Decompresses the payload to prove that its size is as claimed.
Result<> check_payload(const ByteReader& in, uint64_t at, Bytes payload, const Header& h) {
  std::vector<std::byte> out;
  TRY(decompress(codec_of(h), payload, h.uncompressed_size, strf("{} @{:#x}: payload", in.file(), at), out));
  if (out.size() == h.uncompressed_size) return {};
  return in.corrupt(16, "uncompressed size: wanted {} (decompressed), got {}", out.size(),
                    h.uncompressed_size);
}

}  // namespace

Result<> read_aprn(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  ByteReader in(bytes, name, 4);
  TRY(const Header header, read_header(in));
  model.variant = strf("APRN v1, {}", model_type_name(header.model_type));
  const uint64_t metadata_at = in.position();
  TRY(const Bytes metadata, in.take(header.metadata_size, "metadata"));
  if (metadata.size() > kMaxMetadataBytes) {
    return in.exhausted(8, "metadata size: wanted at most {}, got {}", kMaxMetadataBytes, metadata.size());
  }
  TRY(model.metadata, parse_msgpack(metadata, name, metadata_at));
  if (!model.metadata.is_object()) {
    return in.corrupt(metadata_at, "metadata: wanted a map, got {}", model.metadata.kind_phrase());
  }
  model.metadata.set("aprn", describe(header));
  const uint64_t payload_at = in.position();
  TRY(const Bytes payload, in.take(header.payload_size, "payload"));
  if (header.flags & kSigned) {
    TRY(in.take(kSignatureBytes, "signature and public key"));
    model.warnings.push_back(
        strf("{}: signed with a key that the file itself holds: not verified, as that proves "
             "nothing about its origin",
             name));
  }
  if (in.remaining() != 4) {
    return in.corrupt(in.position(), "end of file: wanted a CRC-32 of 4 bytes, got {} bytes", in.remaining());
  }
  TRY(check_trailing_crc(bytes, name, options.verify, model));
  if (options.verify == Verify::all) TRY(check_payload(in, payload_at, payload, header));
  model.warnings.push_back(
      strf("{}: the payload ({}, {} bytes) is the estimator's own encoding, not named tensors", name,
           codec_name(codec_of(header)), header.payload_size));
  return {};
}

}  // namespace sov::formats
