// BLAKE3 in portable C++. Source: O'Connor, Aumasson, Neves, Wilcox-O'Hearn, "BLAKE3: one function, fast
// everywhere" (2020): tables 1-3 for constants, section 2.2 for the compression function, 2.4 for the tree.

#include <algorithm>
#include <cstring>

#include "core/hash.h"

namespace sov {
namespace {

using Words8 = std::array<uint32_t, 8>;
using Words16 = std::array<uint32_t, 16>;

constexpr Words8 kInitial = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                             0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
constexpr std::array<uint8_t, 16> kPermutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
constexpr size_t kChunkBytes = 1024;
constexpr uint8_t kBlockBytes = 64;
constexpr uint32_t kChunkStart = 1, kChunkEnd = 2, kParent = 4, kRoot = 8;

uint32_t rotate_right(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

void mix(Words16& v, size_t a, size_t b, size_t c, size_t d, uint32_t x, uint32_t y) {
  v[a] = v[a] + v[b] + x;
  v[d] = rotate_right(v[d] ^ v[a], 16);
  v[c] = v[c] + v[d];
  v[b] = rotate_right(v[b] ^ v[c], 12);
  v[a] = v[a] + v[b] + y;
  v[d] = rotate_right(v[d] ^ v[a], 8);
  v[c] = v[c] + v[d];
  v[b] = rotate_right(v[b] ^ v[c], 7);
}

Words8 compress(const Words8& cv, Words16 m, uint64_t counter, uint32_t block_length, uint32_t flags) {
  Words16 v = {cv[0],
               cv[1],
               cv[2],
               cv[3],
               cv[4],
               cv[5],
               cv[6],
               cv[7],
               kInitial[0],
               kInitial[1],
               kInitial[2],
               kInitial[3],
               static_cast<uint32_t>(counter),
               static_cast<uint32_t>(counter >> 32),
               block_length,
               flags};
  for (int round = 0; round < 7; round++) {
    mix(v, 0, 4, 8, 12, m[0], m[1]);
    mix(v, 1, 5, 9, 13, m[2], m[3]);
    mix(v, 2, 6, 10, 14, m[4], m[5]);
    mix(v, 3, 7, 11, 15, m[6], m[7]);
    mix(v, 0, 5, 10, 15, m[8], m[9]);
    mix(v, 1, 6, 11, 12, m[10], m[11]);
    mix(v, 2, 7, 8, 13, m[12], m[13]);
    mix(v, 3, 4, 9, 14, m[14], m[15]);
    Words16 permuted;
    for (size_t i = 0; i < 16; i++) permuted[i] = m[kPermutation[i]];
    m = permuted;
  }
  Words8 out;
  for (size_t i = 0; i < 8; i++) out[i] = v[i] ^ v[i + 8];
  return out;
}

Words16 words_of(const std::array<uint8_t, 64>& block) {
  Words16 words;
  for (size_t i = 0; i < 16; i++) {
    words[i] = static_cast<uint32_t>(block[4 * i]) | static_cast<uint32_t>(block[4 * i + 1]) << 8 |
               static_cast<uint32_t>(block[4 * i + 2]) << 16 | static_cast<uint32_t>(block[4 * i + 3]) << 24;
  }
  return words;
}

Words16 parent_block(const Words8& left, const Words8& right) {
  Words16 block;
  std::copy(left.begin(), left.end(), block.begin());
  std::copy(right.begin(), right.end(), block.begin() + 8);
  return block;
}

}  // namespace

Blake3::Blake3() { start_chunk(0); }

void Blake3::start_chunk(uint64_t counter) { chunk_ = Chunk{kInitial, counter, {}, 0, 0}; }

/// Finishes the current chunk's chaining value and merges the subtrees it completes.
void Blake3::close_chunk() {
  const uint32_t start = chunk_.blocks_done == 0 ? kChunkStart : 0;
  Words8 cv = compress(chunk_.chaining_value, words_of(chunk_.block), chunk_.counter, chunk_.block_length,
                       start | kChunkEnd);
  for (uint64_t total = chunk_.counter + 1; (total & 1) == 0; total >>= 1) {
    cv = compress(kInitial, parent_block(stack_[--stack_size_], cv), 0, kBlockBytes, kParent);
  }
  stack_[stack_size_++] = cv;
}

void Blake3::update(Bytes bytes) {
  while (!bytes.empty()) {
    if (chunk_length() == kChunkBytes) {
      close_chunk();
      start_chunk(chunk_.counter + 1);
    }
    if (chunk_.block_length == kBlockBytes) {
      const uint32_t start = chunk_.blocks_done == 0 ? kChunkStart : 0;
      chunk_.chaining_value =
          compress(chunk_.chaining_value, words_of(chunk_.block), chunk_.counter, kBlockBytes, start);
      chunk_.blocks_done++;
      chunk_.block.fill(0);
      chunk_.block_length = 0;
    }
    const size_t n = std::min<size_t>(kBlockBytes - chunk_.block_length, bytes.size());
    std::memcpy(chunk_.block.data() + chunk_.block_length, bytes.data(), n);
    chunk_.block_length = static_cast<uint8_t>(chunk_.block_length + n);
    bytes = bytes.subspan(n);
  }
}

Digest Blake3::finish() const {
  const uint32_t start = chunk_.blocks_done == 0 ? kChunkStart : 0;
  Words16 block = words_of(chunk_.block);
  Words8 cv = chunk_.chaining_value;
  uint32_t length = chunk_.block_length;
  uint32_t flags = start | kChunkEnd;
  uint64_t counter = chunk_.counter;
  for (size_t i = stack_size_; i > 0; i--) {
    const Words8 right = compress(cv, block, counter, length, flags);
    block = parent_block(stack_[i - 1], right);
    cv = kInitial;
    counter = 0;
    length = kBlockBytes;
    flags = kParent;
  }
  const Words8 words = compress(cv, block, 0, length, flags | kRoot);
  Digest digest;
  for (size_t i = 0; i < 8; i++) {
    for (size_t b = 0; b < 4; b++) digest[4 * i + b] = static_cast<uint8_t>(words[i] >> (8 * b));
  }
  return digest;
}

Digest blake3(Bytes bytes) {
  Blake3 hasher;
  hasher.update(bytes);
  return hasher.finish();
}

}  // namespace sov
