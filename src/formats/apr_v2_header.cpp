#include <cstring>

#include "core/check.h"
#include "core/hash.h"
#include "formats/apr_v2.h"

namespace sov::formats {
namespace {

constexpr size_t kCrcOffset = 40;

/// Calls f(offset, field) for each field; one list drives reading and writing.
template <typename Header, typename F>
void for_each_field(Header& h, F f) {
  f(4, h.major);
  f(5, h.minor);
  f(6, h.flags);
  f(8, h.tensor_count);
  f(12, h.metadata_offset);
  f(20, h.metadata_size);
  f(24, h.index_offset);
  f(32, h.data_offset);
  f(kCrcOffset, h.crc);
}

}  // namespace

std::optional<AprHeader> decode_apr_header(Bytes bytes) {
  if (bytes.size() < kAprHeaderBytes) return std::nullopt;
  AprHeader header;
  for_each_field(header,
                 [&](size_t at, auto& field) { std::memcpy(&field, bytes.data() + at, sizeof field); });
  return header;
}

std::array<std::byte, kAprHeaderBytes> encode_apr_header(const AprHeader& header) {
  std::array<std::byte, kAprHeaderBytes> bytes{};
  std::memcpy(bytes.data(), "APR\0", 4);
  for_each_field(header,
                 [&](size_t at, const auto& field) { std::memcpy(bytes.data() + at, &field, sizeof field); });
  const uint32_t crc = apr_header_crc(bytes);
  std::memcpy(bytes.data() + kCrcOffset, &crc, sizeof crc);
  return bytes;
}

uint32_t apr_header_crc(Bytes bytes) {
  CHECK(bytes.size() >= kAprHeaderBytes);
  return crc32(bytes.subspan(kCrcOffset + 4, kAprHeaderBytes - kCrcOffset - 4),
               crc32(bytes.first(kCrcOffset)));
}

}  // namespace sov::formats
