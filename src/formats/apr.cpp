#include "formats/apr.h"

#include <algorithm>
#include <unordered_set>

#include "core/hash.h"
#include "formats/apr_variants.h"
#include "formats/decompress.h"

namespace sov::formats {
namespace {

constexpr std::string_view kMagic("APR\0", 4);
constexpr uint64_t kWrapperHeader = 9;
constexpr uint32_t kZstdMagic = 0xFD2FB528;

template <typename T>
std::optional<T> peek(Bytes bytes, uint64_t offset) {
  ByteReader in(bytes, "", std::min<uint64_t>(offset, bytes.size()));
  const auto value = in.number<T>("");
  return value ? std::optional<T>(*value) : std::nullopt;
}

bool is_printable(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// Version 1 files: a layered one goes on with a printable string, a transformer with its sizes.
bool looks_layered(Bytes bytes) {
  const auto length = peek<uint32_t>(bytes, 8);
  if (!length || *length == 0 || *length > 256 || bytes.size() < 12 + uint64_t{*length}) return false;
  return is_printable(as_text(bytes.subspan(12, *length)));
}

/// The codec of a compressed wrapper, when what follows its header fits one.
std::optional<Codec> wrapper_codec(Bytes bytes) {
  const auto codec = peek<uint8_t>(bytes, 4);
  const auto first = peek<uint32_t>(bytes, kWrapperHeader);
  if (!codec || !first) return std::nullopt;
  if (*codec == 0 && as_text(bytes.subspan(kWrapperHeader, 4)) == "APR1") return Codec::none;
  if (*codec == 1 && first == peek<uint32_t>(bytes, 5)) return Codec::lz4;
  if (*codec == 2 && *first == kZstdMagic) return Codec::zstd;
  return std::nullopt;
}

Result<> read_wrapper(Bytes bytes, std::string_view name, Codec codec, const OpenOptions& options,
                      ModelFile& model) {
  const uint64_t claimed = peek<uint32_t>(bytes, 5).value();
  std::vector<std::byte> image;
  TRY(decompress(codec, bytes.subspan(kWrapperHeader), std::min<uint64_t>(claimed, options.max_decompressed),
                 strf("{} @{:#x}", name, kWrapperHeader), image));
  if (image.size() != claimed) {
    return fail(Code::corrupt, "{} @0x5: wanted {} bytes decompressed, got {}", name, claimed, image.size());
  }
  if (image.size() < 4 || as_text(image).substr(0, 4) != "APR1") {
    return fail(Code::corrupt, "{} @{:#x}: wanted an APR1 file in the wrapper, got other bytes", name,
                kWrapperHeader);
  }
  model.decompressed.push_back(std::move(image));
  TRY(read_apr1_json(model.decompressed.back(), strf("{} (decompressed)", name), options, model));
  model.variant += strf(", {} wrapper", codec_name(codec));
  return {};
}

/// The variants that begin with "APR\0".
Result<> read_zero_magic(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  if (looks_like_apr_v2(bytes)) return read_apr_v2(bytes, name, options, model);
  const auto version = peek<uint32_t>(bytes, 4);
  if (!version) {
    return fail(Code::corrupt, "{} @0x4: APR version: wanted 4 bytes, got {} before the end of the file",
                name, bytes.size() - 4);
  }
  if (*version == 1 && looks_layered(bytes)) return read_apr_layered(bytes, name, model);
  if (const auto codec = wrapper_codec(bytes)) return read_wrapper(bytes, name, *codec, options, model);
  if (*version <= 1) return read_apr_transformer(bytes, name, model);
  const uint32_t major = *version & 0xFF;
  if (major == 2) return read_apr_v2(bytes, name, options, model);  // says what is wrong with its header
  return fail(major < 2 ? Code::corrupt : Code::unsupported,
              "{} @0x4: wanted APR version 2 or a known older layout, got version bytes {:#010x}", name,
              *version);
}

Result<> read_apr1(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  if (bytes.size() > 8 && as_text(bytes)[8] == '{') return read_apr1_json(bytes, name, options, model);
  if (peek<uint16_t>(bytes, 4) == uint16_t{1} && peek<uint8_t>(bytes, 6).value_or(255) <= 11) {
    return read_apr1_whisper(bytes, name, options, model);
  }
  return fail(Code::corrupt,
              "{} @0x4: APR1: wanted JSON metadata at 0x8 or a whisper.apr header, got neither", name);
}

}  // namespace

bool looks_like_apr(Bytes bytes) {
  if (bytes.size() < 4) return false;
  const std::string_view magic = as_text(bytes.first(4));
  return magic == kMagic || magic == "APR1" || magic == "APR2" || magic == "APRN";
}

Result<> read_apr(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  model.format = Format::apr;
  const std::string_view magic = as_text(bytes.first(std::min<size_t>(bytes.size(), 4)));
  if (magic == "APR1") return read_apr1(bytes, name, options, model);
  if (magic == "APRN") return read_aprn(bytes, name, options, model);
  if (magic == "APR2") return read_apr_v2(bytes, name, options, model);
  return read_zero_magic(bytes, name, options, model);
}

Result<> check_trailing_crc(Bytes bytes, std::string_view name, Verify verify, ModelFile& model) {
  const uint64_t at = bytes.size() - 4;
  ByteReader in(bytes, name, at);
  TRY(const auto wanted, in.number<uint32_t>("file checksum"));
  using State = ModelFile::Checksum::State;
  if (verify == Verify::headers) {
    model.checksums.push_back({"file CRC-32", State::unchecked});
    return {};
  }
  const uint32_t got = crc32(bytes.first(at));
  model.checksums.push_back({"file CRC-32", got == wanted ? State::good : State::bad});
  if (got == wanted) return {};
  return in.corrupt(at, "file CRC-32: wanted {:#010x} (stored), got {:#010x} (computed)", wanted, got);
}

void find_apr_tokenizer(ModelFile& model) {
  if (!model.metadata.is_object()) return;
  const Json* chat = model.metadata.find("chat_template");
  if (chat != nullptr && chat->is_string()) model.chat_template = chat->string();
  if (const Json* named = model.metadata.find("chat_templates"); named != nullptr && named->is_object()) {
    for (const auto& [name, text] : named->members()) {
      if (text.is_string()) model.named_chat_templates.emplace_back(name, text.string());
    }
  }
  const Json* generation = model.metadata.find("hf_generation_config");
  if (generation != nullptr && generation->is_object()) model.generation_config = *generation;
  if (model.metadata.find("tokenizer.vocabulary") == nullptr) return;
  model.tokenizer.kind = TokenizerSource::Kind::apr;
  Json::Object keys;
  for (const auto& [key, value] : model.metadata.members()) {
    if (key.starts_with("tokenizer.")) keys.emplace_back(key, value);
  }
  model.tokenizer.tokenizer = std::move(keys);
}

Result<> check_unique_names(const ByteReader& in, const ModelFile& model) {
  std::unordered_set<std::string_view> names;
  for (const Tensor& tensor : model.tensors) {
    if (!names.insert(tensor.name).second) {
      return in.corrupt(tensor.offset, "tensor '{}': wanted once, got it twice", tensor.name);
    }
  }
  return {};
}

void warn_about_overlaps(ModelFile& model) {
  std::vector<const Tensor*> order;
  order.reserve(model.tensors.size());
  for (const Tensor& tensor : model.tensors) {
    if (!tensor.data.empty()) order.push_back(&tensor);
  }
  std::sort(order.begin(), order.end(),
            [](const Tensor* a, const Tensor* b) { return a->offset < b->offset; });
  for (size_t i = 1; i < order.size(); i++) {
    if (order[i]->offset < order[i - 1]->offset + order[i - 1]->data.size()) {
      model.warnings.push_back(strf("tensors '{}' and '{}' share bytes at {:#x}", order[i - 1]->name,
                                    order[i]->name, order[i]->offset));
      return;
    }
  }
}

}  // namespace sov::formats
