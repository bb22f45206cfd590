#pragma once
// A checked cursor over untrusted bytes: every read that would pass the end is an error naming file and
// offset.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/fs.h"
#include "core/result.h"

namespace sov::formats {

/// No model in use comes near these; a file beyond them would cost memory out of proportion to its use.
inline constexpr uint64_t kMaxTensors = uint64_t{1} << 20;
inline constexpr uint64_t kMaxTensorName = 4096;                  // where the format sets no limit
inline constexpr uint64_t kMaxMetadataBytes = uint64_t{1} << 28;  // an embedded vocabulary takes some 10 MB
inline constexpr uint64_t kMaxMetadataValues = uint64_t{1} << 24;

/// Integers are little-endian, as in all three formats. Positions are absolute in the file.
class ByteReader {
 public:
  ByteReader(Bytes bytes, std::string_view file, uint64_t position = 0)
      : bytes_(bytes), file_(file), position_(position) {}

  uint64_t position() const { return position_; }
  uint64_t remaining() const { return bytes_.size() - position_; }
  std::string_view file() const { return file_; }

  template <typename T>
  Result<T> number(std::string_view what) {
    if (remaining() < sizeof(T)) return too_short(sizeof(T), what);
    T value;
    std::memcpy(&value, bytes_.data() + position_, sizeof(T));
    position_ += sizeof(T);
    return value;
  }

  Result<Bytes> take(uint64_t size, std::string_view what) {
    if (remaining() < size) return too_short(size, what);
    const Bytes part = bytes_.subspan(position_, size);
    position_ += size;
    return part;
  }

  Result<std::string_view> text(uint64_t size, std::string_view what) {
    TRY(const Bytes part, take(size, what));
    return as_text(part);
  }

  /// corrupt, at an offset of this file.
  template <typename... Args>
  tl::unexpected<Error> corrupt(uint64_t offset, fmt::format_string<Args...> pattern, Args&&... args) const {
    return fail(Code::corrupt, "{} @{:#x}: {}", file_, offset,
                vformat_text(pattern, fmt::make_format_args(args...)));
  }
  template <typename... Args>
  tl::unexpected<Error> unsupported(uint64_t offset, fmt::format_string<Args...> pattern,
                                    Args&&... args) const {
    return fail(Code::unsupported, "{} @{:#x}: {}", file_, offset,
                vformat_text(pattern, fmt::make_format_args(args...)));
  }
  template <typename... Args>
  tl::unexpected<Error> exhausted(uint64_t offset, fmt::format_string<Args...> pattern,
                                  Args&&... args) const {
    return fail(Code::exhausted, "{} @{:#x}: {}", file_, offset,
                vformat_text(pattern, fmt::make_format_args(args...)));
  }
  /// A tensor whose bytes do not lie in the data section.
  tl::unexpected<Error> outside(uint64_t offset, std::string_view tensor, uint64_t bytes, uint64_t begin,
                                uint64_t data_bytes) const {
    return corrupt(offset, "tensor '{}': wanted {} bytes at {:#x} of the data section, got {} bytes in all",
                   tensor, bytes, begin, data_bytes);
  }
  tl::unexpected<Error> too_short(uint64_t wanted, std::string_view what) const {
    return corrupt(position_, "{}: wanted {} bytes, got {} before the end of the file", what, wanted,
                   remaining());
  }

 private:
  Bytes bytes_;
  std::string_view file_;
  uint64_t position_;
};

}  // namespace sov::formats
