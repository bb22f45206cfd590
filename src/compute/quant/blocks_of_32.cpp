// Decoders of the types with 32 values per block. Block layouts: the GGML type table of the GGUF
// specification and the PyPI package gguf 0.19 (gguf/quants.py), which the bits are tested against; apr_q4:
// APR v2's AprQ4.
#include "compute/float_bits.h"
#include "compute/quant/block_bytes.h"
#include "compute/quant/codec.h"
#include "compute/quant/iq4_values.h"

namespace sov::compute {
namespace {

constexpr int kBlock = 32;

/// Value i of a block of 16 nibble bytes: 0..15 are the low nibbles, 16..31 the high ones.
int split_nibble(const std::byte* nibbles, int i) {
  const int byte = byte_at(nibbles + i % 16);
  return i < 16 ? byte & 15 : byte >> 4;
}

}  // namespace

void decode_q4_0(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 18, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < kBlock; i++) out[i] = d * static_cast<float>(split_nibble(blocks + 2, i) - 8);
  }
}

void decode_q4_1(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 20, out += kBlock) {
    const float d = half_at(blocks);
    const float m = half_at(blocks + 2);
    for (int i = 0; i < kBlock; i++) out[i] = d * static_cast<float>(split_nibble(blocks + 4, i)) + m;
  }
}

void decode_q5_0(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 22, out += kBlock) {
    const float d = half_at(blocks);
    const auto high = load_unaligned<uint32_t>(blocks + 2);
    for (int i = 0; i < kBlock; i++) {
      const int q = split_nibble(blocks + 6, i) | static_cast<int>((high >> i) & 1U) << 4;
      out[i] = d * static_cast<float>(q - 16);
    }
  }
}

void decode_q5_1(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 24, out += kBlock) {
    const float d = half_at(blocks);
    const float m = half_at(blocks + 2);
    const auto high = load_unaligned<uint32_t>(blocks + 4);
    for (int i = 0; i < kBlock; i++) {
      const int q = split_nibble(blocks + 8, i) | static_cast<int>((high >> i) & 1U) << 4;
      out[i] = d * static_cast<float>(q) + m;
    }
  }
}

void decode_q8_0(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 34, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < kBlock; i++) out[i] = d * static_cast<float>(load_unaligned<int8_t>(blocks + 2 + i));
  }
}

// Bytes 2..3 hold d times the sum of the values, which decoding does not need.
void decode_q8_1(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 36, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < kBlock; i++) out[i] = d * static_cast<float>(load_unaligned<int8_t>(blocks + 4 + i));
  }
}

void decode_iq4_nl(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 18, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < kBlock; i++) out[i] = d * static_cast<float>(kIq4Values[split_nibble(blocks + 2, i)]);
  }
}

void decode_apr_q4(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 18, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < kBlock; i++) {
      const int byte = byte_at(blocks + 2 + i / 2);
      const int q = i % 2 == 0 ? byte & 15 : byte >> 4;
      out[i] = static_cast<float>(q - 8) * d;
    }
  }
}

}  // namespace sov::compute
