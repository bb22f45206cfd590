// Decoders of ternary digits (tq1_0, tq2_0: BitNet and its kin) and of 4-bit floats (mxfp4: the OCP
// Microscaling Formats specification 1.0; nvfp4). Layouts: the PyPI package gguf 0.19 (gguf/quants.py), which
// the bits are tested against.
#include <bit>
#include <cmath>

#include "compute/float_bits.h"
#include "compute/quant/block_bytes.h"
#include "compute/quant/codec.h"
#include "compute/quant/e2m1_values.h"

namespace sov::compute {
namespace {

constexpr uint32_t kPowersOfThree[5] = {1, 3, 9, 27, 81};

/// Digit `place` of a byte that holds 256/243 of a number of five ternary digits, first digit on top.
float ternary(const std::byte* at, int place) {
  const uint32_t moved = (byte_at(at) * kPowersOfThree[place]) & 255;
  return static_cast<float>(static_cast<int>(moved * 3 >> 8) - 1);
}

/// Half of 2^(code - 127): the values above are doubled. Codes 0 and 1 are below the normal floats.
float half_e8m0(uint32_t code) {
  return std::bit_cast<float>(code < 2 ? 0x00200000U << code : (code - 1) << 23);
}

/// Half of an E4M3 number without sign; NaN's code means zero.
float half_e4m3(uint32_t code) {
  if (code == 0 || code == 0x7F) return 0;
  const uint32_t exponent = code >> 3 & 15, mantissa = code & 7;
  const float value = exponent == 0
                          ? std::ldexp(static_cast<float>(mantissa), -9)
                          : std::ldexp(1 + static_cast<float>(mantissa) / 8, static_cast<int>(exponent) - 7);
  return value * 0.5F;
}

}  // namespace

// 32 bytes of five digits (value i of 160 is digit i / 32 of byte i % 32), 16 of five, 4 of four, d.
void decode_tq1_0(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 54, out += 256) {
    const float d = half_at(blocks + 52);
    for (int place = 0; place < 5; place++) {
      for (int i = 0; i < 32; i++) out[32 * place + i] = d * ternary(blocks + i, place);
      for (int i = 0; i < 16; i++) out[160 + 16 * place + i] = d * ternary(blocks + 32 + i, place);
    }
    for (int i = 0; i < 16; i++) out[240 + i] = d * ternary(blocks + 48 + i % 4, i / 4);
  }
}

// codes[64] in two runs of 32 bytes with four planes each, d.
void decode_tq2_0(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 66, out += 256) {
    const float d = half_at(blocks + 64);
    for (int plane = 0; plane < 8; plane++) {
      const std::byte* codes = blocks + plane / 4 * 32;
      for (int i = 0; i < 32; i++) {
        const uint32_t code = byte_at(codes + i) >> (plane % 4 * 2) & 3;
        out[32 * plane + i] = d * static_cast<float>(static_cast<int>(code) - 1);
      }
    }
  }
}

// exponent, codes[16]: low nibbles are values 0..15.
void decode_mxfp4(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 17, out += 32) {
    const float d = half_e8m0(byte_at(blocks));
    for (int i = 0; i < 16; i++) {
      const uint32_t pair = byte_at(blocks + 1 + i);
      out[i] = d * static_cast<float>(kTwiceE2m1[pair & 15]);
      out[16 + i] = d * static_cast<float>(kTwiceE2m1[pair >> 4]);
    }
  }
}

// four scales, then four times codes[8] of 16 values.
void decode_nvfp4(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 36, out += 64) {
    for (int group = 0; group < 4; group++) {
      const float d = half_e4m3(byte_at(blocks + group));
      for (int i = 0; i < 8; i++) {
        const uint32_t pair = byte_at(blocks + 4 + 8 * group + i);
        out[16 * group + i] = d * static_cast<float>(kTwiceE2m1[pair & 15]);
        out[16 * group + 8 + i] = d * static_cast<float>(kTwiceE2m1[pair >> 4]);
      }
    }
  }
}

}  // namespace sov::compute
