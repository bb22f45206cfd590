#include "core/hash.h"

#include <algorithm>
#include <sodium/crypto_hash_sha256.h>
#include <zlib.h>

namespace sov {

std::string hex(std::span<const uint8_t> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (uint8_t b : bytes) {
    out += kDigits[b >> 4];
    out += kDigits[b & 15];
  }
  return out;
}

Digest sha256(Bytes bytes) {
  Digest digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

uint32_t crc32(Bytes bytes, uint32_t previous) {
  uLong crc = previous;
  while (!bytes.empty()) {
    const auto n = static_cast<uInt>(std::min<size_t>(bytes.size(), 1U << 30));  // zlib counts in 32 bits
    crc = ::crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), n);
    bytes = bytes.subspan(n);
  }
  return static_cast<uint32_t>(crc);
}

}  // namespace sov
