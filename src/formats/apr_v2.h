#pragma once
// The fixed header of APR v2, shared by reader and writer.

#include <array>
#include <optional>

#include "core/fs.h"

namespace sov::formats {

inline constexpr uint64_t kAprHeaderBytes = 64;
inline constexpr uint64_t kAprAlignment = 64;
inline constexpr uint64_t kAprMaxName = 256;
inline constexpr uint8_t kAprMaxDims = 8;

enum AprFlag : uint16_t {
  kAprLz4 = 0x0001,
  kAprZstd = 0x0002,
  kAprEncrypted = 0x0004,
  kAprSigned = 0x0008,
  kAprSharded = 0x0010,
  kAprQuantized = 0x0020,
  kAprFilterbank = 0x0040,
  kAprModelCard = 0x0080,
  kAprStreaming = 0x0100,
  kAprHasVocab = 0x0200,
  kAprRowMajor = 0x0400,
  kAprColumnMajor = 0x0800,
  kAprKnownFlags = 0x0FFF,
};

struct AprHeader {
  uint8_t major = 2, minor = 0;
  uint16_t flags = 0;
  uint32_t tensor_count = 0;
  uint64_t metadata_offset = kAprHeaderBytes;
  uint32_t metadata_size = 0;
  uint64_t index_offset = 0;
  uint64_t data_offset = 0;
  uint32_t crc = 0;  // as stored
};

/// Nothing when there are fewer than 64 bytes.
std::optional<AprHeader> decode_apr_header(Bytes bytes);
/// The 64 bytes, with the magic "APR\0" and the checksum filled in.
std::array<std::byte, kAprHeaderBytes> encode_apr_header(const AprHeader& header);
/// CRC-32 over the header without its checksum field. Requires: 64 bytes.
uint32_t apr_header_crc(Bytes bytes);

}  // namespace sov::formats
