#pragma once
// SHA-256 (libsodium), CRC-32 (zlib) and BLAKE3 (ours: Debian packages none).

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "core/fs.h"

namespace sov {

using Digest = std::array<uint8_t, 32>;

/// Lower-case hexadecimal.
std::string hex(std::span<const uint8_t> bytes);
inline std::string hex(const Digest& digest) { return hex(std::span<const uint8_t>(digest)); }

Digest sha256(Bytes bytes);

/// CRC-32/IEEE as in zlib. Chain with crc32(next, crc32(first)).
uint32_t crc32(Bytes bytes, uint32_t previous = 0);

/// Incremental BLAKE3, default mode, 32-byte output. Source: O'Connor et al., "BLAKE3" (2020), section 2.
class Blake3 {
 public:
  Blake3();
  void update(Bytes bytes);
  Digest finish() const;

 private:
  struct Chunk {
    std::array<uint32_t, 8> chaining_value;
    uint64_t counter = 0;
    std::array<uint8_t, 64> block{};
    uint8_t block_length = 0;
    uint8_t blocks_done = 0;
  };
  size_t chunk_length() const { return 64 * size_t{chunk_.blocks_done} + chunk_.block_length; }
  void close_chunk();
  void start_chunk(uint64_t counter);

  Chunk chunk_;
  std::array<std::array<uint32_t, 8>, 54>
      stack_;  // subtree chaining values, one per set bit of the chunk count
  size_t stack_size_ = 0;
};

Digest blake3(Bytes bytes);

}  // namespace sov
