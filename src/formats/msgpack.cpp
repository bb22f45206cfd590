#include "formats/msgpack.h"

#include <bit>
#include <unordered_set>

#include "core/utf8.h"
#include "formats/byte_reader.h"

namespace sov::formats {
namespace {

constexpr int kMaxDepth = 64;

class Parser {
 public:
  Parser(Bytes bytes, std::string_view file, uint64_t base) : in_(bytes, file), base_(base) {}

  Result<Json> document() {
    TRY(Json value, parse(0));
    if (in_.remaining() > 0) return corrupt("wanted the end, got {} more bytes", in_.remaining());
    return value;
  }

 private:
  template <typename... Args>
  tl::unexpected<Error> corrupt(fmt::format_string<Args...> pattern, Args&&... args) const {
    return in_.corrupt(base_ + in_.position(), "MessagePack: {}", strf(pattern, std::forward<Args>(args)...));
  }

  tl::unexpected<Error> too_many() const {
    return in_.exhausted(base_ + in_.position(), "MessagePack: wanted at most {} values, got more",
                         kMaxMetadataValues);
  }

  /// Big-endian, unlike everything else here.
  template <typename T>
  Result<T> number() {
    if (in_.remaining() < sizeof(T)) return corrupt("wanted {} bytes, got {}", sizeof(T), in_.remaining());
    TRY(const Bytes raw, in_.take(sizeof(T), ""));
    uint64_t v = 0;
    for (std::byte b : raw) v = v << 8 | std::to_integer<uint64_t>(b);
    if constexpr (std::is_same_v<T, float>) return std::bit_cast<float>(static_cast<uint32_t>(v));
    if constexpr (std::is_same_v<T, double>) return std::bit_cast<double>(v);
    if constexpr (std::is_integral_v<T>) return static_cast<T>(v);
  }
  template <typename T>
  Result<Json> value() {
    TRY(const T v, number<T>());
    if constexpr (std::is_floating_point_v<T>) return Json(static_cast<double>(v));
    if constexpr (std::is_unsigned_v<T>) return Json(static_cast<uint64_t>(v));
    if constexpr (std::is_integral_v<T>) return Json(static_cast<int64_t>(v));
  }
  template <typename T>
  Result<uint64_t> length() {
    TRY(const T v, number<T>());
    return uint64_t{v};
  }

  Result<Json> text(uint64_t size) {
    if (in_.remaining() < size) return corrupt("text: wanted {} bytes, got {}", size, in_.remaining());
    TRY(const auto v, in_.text(size, ""));
    if (!utf8::is_valid(v)) return corrupt("text: wanted UTF-8, got an invalid sequence");
    return Json(v);
  }

  Result<Json> binary(uint64_t size) {
    if (in_.remaining() < size) return corrupt("binary: wanted {} bytes, got {}", size, in_.remaining());
    values_ += size;
    if (values_ > kMaxMetadataValues) return too_many();
    TRY(const Bytes raw, in_.take(size, ""));
    Json::Array items;
    for (std::byte b : raw) items.emplace_back(std::to_integer<int>(b));
    return Json(std::move(items));
  }

  Result<Json> array(uint64_t count, int depth) {
    if (count > in_.remaining())
      return corrupt("array: wanted {} items, got {} bytes", count, in_.remaining());
    Json::Array items;
    for (uint64_t i = 0; i < count; i++) {
      TRY(Json item, parse(depth + 1));
      items.push_back(std::move(item));
    }
    return Json(std::move(items));
  }

  Result<Json> map(uint64_t count, int depth) {
    if (count > in_.remaining() / 2)
      return corrupt("map: wanted {} entries, got {} bytes", count, in_.remaining());
    Json::Object members;
    std::unordered_set<std::string> keys;
    for (uint64_t i = 0; i < count; i++) {
      TRY(Json key, parse(depth + 1));
      if (!key.is_string()) {
        return in_.unsupported(base_ + in_.position(), "MessagePack: wanted a string as map key, got {}",
                               key.kind_phrase());
      }
      if (!keys.insert(key.string()).second)
        return corrupt("map: wanted key \"{}\" once, got it twice", key.string());
      TRY(Json item, parse(depth + 1));
      members.emplace_back(key.string(), std::move(item));
    }
    return Json(std::move(members));
  }

  Result<Json> parse(int depth) {
    if (depth > kMaxDepth) return corrupt("wanted at most {} levels, got more", kMaxDepth);
    if (++values_ > kMaxMetadataValues) return too_many();
    TRY(const uint8_t tag, number<uint8_t>());
    if (tag <= 0x7F) return Json(int{tag});
    if (tag <= 0x8F) return map(tag & 0x0F, depth);
    if (tag <= 0x9F) return array(tag & 0x0F, depth);
    if (tag <= 0xBF) return text(tag & 0x1F);
    if (tag >= 0xE0) return Json(int{static_cast<int8_t>(tag)});
    if (tag >= 0xD9) return parse_sized(tag, depth);
    return parse_scalar(tag);
  }

  Result<Json> parse_scalar(uint8_t tag) {
    switch (tag) {
      case 0xC0:
        return Json();
      case 0xC2:
        return Json(false);
      case 0xC3:
        return Json(true);
      case 0xC4: {
        TRY(const auto n, length<uint8_t>());
        return binary(n);
      }
      case 0xC5: {
        TRY(const auto n, length<uint16_t>());
        return binary(n);
      }
      case 0xC6: {
        TRY(const auto n, length<uint32_t>());
        return binary(n);
      }
      case 0xCA:
        return value<float>();
      case 0xCB:
        return value<double>();
      case 0xCC:
        return value<uint8_t>();
      case 0xCD:
        return value<uint16_t>();
      case 0xCE:
        return value<uint32_t>();
      case 0xCF:
        return value<uint64_t>();
      case 0xD0:
        return value<int8_t>();
      case 0xD1:
        return value<int16_t>();
      case 0xD2:
        return value<int32_t>();
      case 0xD3:
        return value<int64_t>();
      case 0xC1:
        return corrupt("wanted a tag, got 0xc1, which is never used");
      default:
        return in_.unsupported(base_ + in_.position() - 1,
                               "MessagePack: wanted a JSON-like value, got an extension (tag {:#04x})", tag);
    }
  }

  /// Text, arrays and maps with a length of their own, tags 0xd9 to 0xdf.
  Result<Json> parse_sized(uint8_t tag, int depth) {
    uint64_t n = 0;
    if (tag == 0xD9) {
      TRY(n, length<uint8_t>());
    } else if (tag == 0xDA || tag == 0xDC || tag == 0xDE) {
      TRY(n, length<uint16_t>());
    } else {
      TRY(n, length<uint32_t>());
    }
    if (tag <= 0xDB) return text(n);
    return tag <= 0xDD ? array(n, depth) : map(n, depth);
  }

  ByteReader in_;
  uint64_t base_;
  uint64_t values_ = 0;
};

}  // namespace

Result<Json> parse_msgpack(Bytes bytes, std::string_view file, uint64_t base) {
  return Parser(bytes, file, base).document();
}

}  // namespace sov::formats
