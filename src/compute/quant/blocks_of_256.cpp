// Decoders of the types with 256 values per block ("K" types: f16 super-scales, small integer scales per 16
// or 32 values). Block layouts: the GGUF specification and the PyPI package gguf 0.19 (gguf/quants.py), which
// the bits are tested against.
#include "compute/float_bits.h"
#include "compute/quant/block_bytes.h"
#include "compute/quant/codec.h"
#include "compute/quant/iq4_values.h"
#include "compute/quant/k_scales.h"

namespace sov::compute {
namespace {

constexpr int kBlock = 256;

/// Value i of 2-bit codes stored as 32-byte runs that hold four planes each: bits 0-1 are values 0..31 of the
/// run's 128, bits 2-3 values 32..63, ...
int two_bits(const std::byte* codes, int i) {
  return (byte_at(codes + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2)) & 3;
}

/// Value i of 4-bit codes stored as 32-byte runs: low nibbles are values 0..31 of the run's 64, high
/// ones 32..63.
int four_bits(const std::byte* codes, int i) {
  return (byte_at(codes + i / 64 * 32 + i % 32) >> (i % 64 / 32 * 4)) & 15;
}

/// Bit i of 32 bytes that hold eight planes of 32.
int one_bit(const std::byte* bits, int i) { return (byte_at(bits + i % 32) >> (i / 32)) & 1; }

}  // namespace

// scales[16] (4-bit scale, 4-bit minimum), codes[64], d, dmin.
void decode_q2_k(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 84, out += kBlock) {
    const float d = half_at(blocks + 80);
    const float dmin = half_at(blocks + 82);
    for (int i = 0; i < kBlock; i++) {
      const int packed = byte_at(blocks + i / 16);
      const float scale = d * static_cast<float>(packed & 15);
      const float minimum = dmin * static_cast<float>(packed >> 4);
      out[i] = scale * static_cast<float>(two_bits(blocks + 16, i)) - minimum;
    }
  }
}

// mask[32] (third bit, inverted: set means no -4), codes[64], scales[12] (6 bits, offset 32), d.
void decode_q3_k(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 110, out += kBlock) {
    const float d = half_at(blocks + 108);
    for (int i = 0; i < kBlock; i++) {
      const float scale = d * static_cast<float>(q3_k_scale(blocks + 96, i / 16));
      const int q = two_bits(blocks + 32, i) - (one_bit(blocks, i) != 0 ? 0 : 4);
      out[i] = scale * static_cast<float>(q);
    }
  }
}

// d, dmin, scales[12], codes[128].
void decode_q4_k(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 144, out += kBlock) {
    const float d = half_at(blocks);
    const float dmin = half_at(blocks + 2);
    for (int group = 0; group < 8; group++) {
      const ScaleMin packed = q4_k_scale(blocks + 4, group);
      const float scale = d * static_cast<float>(packed.scale);
      const float minimum = dmin * static_cast<float>(packed.min);
      for (int i = group * 32; i < group * 32 + 32; i++) {
        out[i] = scale * static_cast<float>(four_bits(blocks + 16, i)) - minimum;
      }
    }
  }
}

// d, dmin, scales[12], high[32], codes[128].
void decode_q5_k(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 176, out += kBlock) {
    const float d = half_at(blocks);
    const float dmin = half_at(blocks + 2);
    for (int group = 0; group < 8; group++) {
      const ScaleMin packed = q4_k_scale(blocks + 4, group);
      const float scale = d * static_cast<float>(packed.scale);
      const float minimum = dmin * static_cast<float>(packed.min);
      for (int i = group * 32; i < group * 32 + 32; i++) {
        const int q = four_bits(blocks + 48, i) | one_bit(blocks + 16, i) << 4;
        out[i] = scale * static_cast<float>(q) - minimum;
      }
    }
  }
}

// low[128] (64-byte runs: nibbles), high[64], scales[16] int8, d.
void decode_q6_k(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 210, out += kBlock) {
    const float d = half_at(blocks + 208);
    for (int i = 0; i < kBlock; i++) {
      const float scale = d * static_cast<float>(load_unaligned<int8_t>(blocks + 192 + i / 16));
      const int low = (byte_at(blocks + i / 128 * 64 + i % 64) >> (i % 128 / 64 * 4)) & 15;
      const int q = (low | two_bits(blocks + 128, i) << 4) - 32;
      out[i] = scale * static_cast<float>(q);
    }
  }
}

// d as f32, values int8, then sums of 16 that decoding does not need.
void decode_q8_k(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 292, out += kBlock) {
    const auto d = load_unaligned<float>(blocks);
    for (int i = 0; i < kBlock; i++) out[i] = d * static_cast<float>(load_unaligned<int8_t>(blocks + 4 + i));
  }
}

// d, scales' high 2 bits [2], low 4 bits [4], codes[128] (16-byte runs of nibbles: one run per 32 values).
void decode_iq4_xs(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 136, out += kBlock) {
    const float d = half_at(blocks);
    const auto high = load_unaligned<uint16_t>(blocks + 2);
    for (int group = 0; group < 8; group++) {
      const int low = (byte_at(blocks + 4 + group / 2) >> (group % 2 * 4)) & 15;
      const float scale = d * static_cast<float>((low | ((high >> (2 * group)) & 3) << 4) - 32);
      const std::byte* codes = blocks + 8 + group * 16;
      for (int i = 0; i < 32; i++) {
        const int code = (byte_at(codes + i % 16) >> (i / 16 * 4)) & 15;
        out[group * 32 + i] = scale * static_cast<float>(kIq4Values[code]);
      }
    }
  }
}

}  // namespace sov::compute
