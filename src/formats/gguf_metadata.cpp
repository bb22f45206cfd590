// Header and key-value pairs of a GGUF file.

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

#include "formats/gguf_header.h"

namespace sov::formats {
namespace {

constexpr uint64_t kMinKeyBytes = 8 + 1 + 4 + 1;         // key length, key, value type, one-byte value
constexpr uint64_t kMinTensorBytes = 8 + 1 + 4 + 4 + 8;  // name length, name, dims, type, offset
constexpr uint64_t kMaxKeyLength = 65535;                // gguf.md: at most 2^16-1 bytes
constexpr uint64_t kFirstReserve = 4096;
constexpr std::array<std::string_view, 13> kTypeNames = {
    "u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "string", "array", "u64", "i64", "f64"};
constexpr std::array<uint8_t, 13> kMinValueBytes = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};

Result<GgufType> read_type(ByteReader& in, std::string_view key) {
  const uint64_t at = in.position();
  TRY(const auto raw, in.number<uint32_t>("value type"));
  if (raw >= kTypeNames.size()) {
    return in.corrupt(at, "value type of '{}': wanted 0 to {}, got {}", key, kTypeNames.size() - 1, raw);
  }
  return static_cast<GgufType>(raw);
}

Result<std::string_view> read_string(ByteReader& in, std::string_view what) {
  const uint64_t at = in.position();
  TRY(const auto length, in.number<uint64_t>(what));
  TRY(const auto text, in.text(length, what));
  if (length <= kMaxMetadataBytes) return text;
  return in.exhausted(at, "{}: wanted at most {} bytes, got {}", what, kMaxMetadataBytes, length);
}

/// The double with f's shortest decimal form, when it rounds back to f: 1e-06 rather than 9.99999997e-07.
double shortest_double(float f) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, f).ptr;
  double d = 0;
  const auto parsed = std::from_chars(text, end, d);
  return parsed.ec == std::errc() && static_cast<float>(d) == f ? d : static_cast<double>(f);
}

template <typename T>
Result<Json> read_integer(ByteReader& in, std::string_view key) {
  TRY(const T v, in.number<T>(key));
  if constexpr (std::is_signed_v<T>) return Json(static_cast<int64_t>(v));
  return Json(static_cast<uint64_t>(v));
}

Result<Json> read_scalar(ByteReader& in, GgufType type, std::string_view key) {
  switch (type) {
    case GgufType::u8:
      return read_integer<uint8_t>(in, key);
    case GgufType::i8:
      return read_integer<int8_t>(in, key);
    case GgufType::u16:
      return read_integer<uint16_t>(in, key);
    case GgufType::i16:
      return read_integer<int16_t>(in, key);
    case GgufType::u32:
      return read_integer<uint32_t>(in, key);
    case GgufType::i32:
      return read_integer<int32_t>(in, key);
    case GgufType::u64:
      return read_integer<uint64_t>(in, key);
    case GgufType::i64:
      return read_integer<int64_t>(in, key);
    case GgufType::f32: {
      TRY(const float v, in.number<float>(key));
      return Json(shortest_double(v));
    }
    case GgufType::f64: {
      TRY(const double v, in.number<double>(key));
      return Json(v);
    }
    case GgufType::boolean: {
      const uint64_t at = in.position();
      TRY(const auto v, in.number<uint8_t>(key));
      if (v > 1) return in.corrupt(at, "bool value of '{}': wanted 0 or 1, got {}", key, v);
      return Json(v == 1);
    }
    case GgufType::string: {
      TRY(const auto v, read_string(in, key));
      return Json(v);
    }
    case GgufType::array:
      break;
  }
  return in.unsupported(in.position(), "'{}': wanted an array of scalars, got an array of arrays", key);
}

Result<Json> read_array(ByteReader& in, GgufType element, std::string_view key) {
  const uint64_t at = in.position();
  TRY(const auto count, in.number<uint64_t>(key));
  if (element == GgufType::array) {
    return in.unsupported(at, "'{}': wanted an array of scalars, got an array of arrays", key);
  }
  const uint64_t room = in.remaining() / kMinValueBytes[static_cast<size_t>(element)];
  if (count > room) {
    return in.corrupt(at, "'{}' array of {}: wanted at most {} elements in the {} bytes left, got {}", key,
                      gguf_type_name(element), room, in.remaining(), count);
  }
  if (count > kMaxMetadataValues) {
    return in.exhausted(at, "'{}': wanted at most {} elements, got {}", key, kMaxMetadataValues, count);
  }
  Json::Array items;
  items.reserve(std::min(count, kFirstReserve));  // grows as elements turn out to be there
  for (uint64_t i = 0; i < count; i++) {
    if (element ==
        GgufType::f32) {  // exact values: shortest decimals would cost more than the rest of opening
      TRY(const float v, in.number<float>(key));
      items.emplace_back(static_cast<double>(v));
    } else {
      TRY(Json item, read_scalar(in, element, key));
      items.push_back(std::move(item));
    }
  }
  return Json(std::move(items));
}

Result<std::string_view> read_key(ByteReader& in) {
  const uint64_t at = in.position();
  TRY(const auto length, in.number<uint64_t>("key length"));
  if (length == 0 || length > kMaxKeyLength) {
    return in.corrupt(at, "key length: wanted 1 to {}, got {}", kMaxKeyLength, length);
  }
  return in.text(length, "key");
}

Result<> check_count(const ByteReader& in, uint64_t at, std::string_view what, uint64_t count,
                     uint64_t least) {
  const uint64_t room = in.remaining() / least;
  if (count <= room) return {};
  return in.corrupt(at, "{} count: wanted at most {} in the {} bytes left, got {}", what, room,
                    in.remaining(), count);
}

}  // namespace

std::string_view gguf_type_name(GgufType type) { return kTypeNames[static_cast<size_t>(type)]; }

Result<GgufHeader> read_gguf_header(ByteReader& in) {
  TRY(const auto magic, in.text(4, "GGUF magic"));
  if (magic != "GGUF") return in.corrupt(0, "magic: wanted 'GGUF', got other bytes");
  GgufHeader header;
  TRY(header.version, in.number<uint32_t>("GGUF version"));
  if (header.version == 1) {
    return in.unsupported(4, "GGUF version: wanted 2 or 3, got 1 (of August 2023); convert the model anew");
  }
  if ((header.version & 0xFFFF) == 0 && header.version != 0) {
    return in.unsupported(4, "GGUF byte order: wanted little-endian, got big-endian (version bytes {:#010x})",
                          header.version);
  }
  if (header.version != 2 && header.version != 3) {
    return in.unsupported(4, "GGUF version: wanted 2 or 3, got {}", header.version);
  }
  TRY(header.tensor_count, in.number<uint64_t>("tensor count"));
  TRY(header.key_count, in.number<uint64_t>("key count"));
  TRY(check_count(in, 8, "tensor", header.tensor_count, kMinTensorBytes));
  TRY(check_count(in, 16, "key", header.key_count, kMinKeyBytes));
  return header;
}

Result<std::vector<uint64_t>> read_gguf_metadata(ByteReader& in, uint64_t key_count, ModelFile& model) {
  std::vector<uint64_t> offsets;
  Json::Object members;
  uint64_t values = 0;
  const uint64_t begin = in.position();
  std::unordered_set<std::string_view> seen;
  for (uint64_t i = 0; i < key_count; i++) {
    const uint64_t at = in.position();
    TRY(const auto key, read_key(in));
    if (!seen.insert(key).second) return in.corrupt(at, "key '{}': wanted once, got it twice", key);
    GgufValueType type;
    TRY(type.type, read_type(in, key));
    if (type.type == GgufType::array) {
      TRY(type.element, read_type(in, key));
      TRY(Json value, read_array(in, type.element, key));
      members.emplace_back(key, std::move(value));
    } else {
      TRY(Json value, read_scalar(in, type.type, key));
      members.emplace_back(key, std::move(value));
    }
    const Json& value = members.back().second;
    values += value.is_array() ? value.items().size() : 1;
    if (values > kMaxMetadataValues || in.position() - begin > kMaxMetadataBytes) {
      return in.exhausted(at, "metadata up to key '{}': wanted at most {} values and {} bytes, got {} and {}",
                          key, kMaxMetadataValues, kMaxMetadataBytes, values, in.position() - begin);
    }
    model.gguf_types.push_back(type);
    offsets.push_back(at);
  }
  model.metadata = std::move(members);
  return offsets;
}

}  // namespace sov::formats
