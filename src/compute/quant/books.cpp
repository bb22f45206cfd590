// Decoders of the types that store an index into a book of 4 or 8 magnitudes, signs beside it, and a small
// scale per 8 to 32 values: iq1, iq2 and iq3. The books are part of the format (grids.inc). Layouts: the PyPI
// package gguf 0.19 (gguf/quants.py), which the bits are tested against.
#include "compute/quant/books.h"

#include <array>
#include <bit>

#include "compute/float_bits.h"
#include "compute/quant/block_bytes.h"
#include "compute/quant/codec.h"

namespace sov::compute {
namespace {

#include "compute/quant/grids.inc"

constexpr int kBlock = 256;
constexpr float kIq1Shift = 0.125F;  // what every ternary value of a group is moved by, up or down

/// A book's entries with the levels that their indices stand for.
template <int Width, int Count>
constexpr Book<Count, Width> expand(const uint16_t (&book)[Count],
                                    const std::array<int8_t, size_t{1} << (16 / Width)>& levels) {
  Book<Count, Width> out{};
  constexpr int kBits = 16 / Width;
  for (int i = 0; i < Count; i++) {
    for (int at = 0; at < Width; at++) out.at[i][at] = levels[book[i] >> (kBits * at) & (levels.size() - 1)];
  }
  return out;
}

constexpr std::array<int8_t, 4> kIq2Levels = {8, 25, 43};
constexpr std::array<int8_t, 4> kIq1Levels = {-1, 0, 1};
constexpr std::array<int8_t, 16> kIq3XxsLevels = {4, 12, 20, 28, 36, 44, 52, 62};
constexpr std::array<int8_t, 16> kIq3SLevels = {1, 3, 5, 7, 9, 11, 13, 15};

constexpr Book<256, 8> all_signs() {
  Book<256, 8> out{};
  for (int bits = 0; bits < 256; bits++) {
    for (int i = 0; i < 8; i++) out.at[bits][i] = (bits >> i & 1) != 0 ? -1 : 1;
  }
  return out;
}

}  // namespace

constexpr Book<256, 8> kIq2Xxs = expand<8>(kIq2XxsBook, kIq2Levels);
constexpr Book<512, 8> kIq2Xs = expand<8>(kIq2XsBook, kIq2Levels);
constexpr Book<1024, 8> kIq2S = expand<8>(kIq2SBook, kIq2Levels);
constexpr Book<256, 4> kIq3Xxs = expand<4>(kIq3XxsBook, kIq3XxsLevels);
constexpr Book<512, 4> kIq3S = expand<4>(kIq3SBook, kIq3SLevels);
constexpr Book<2048, 8> kIq1 = expand<8>(kIq1Book, kIq1Levels);
constexpr Book<256, 8> kSigns = all_signs();

namespace {

int half_byte(const std::byte* bytes, int i) { return (byte_at(bytes + i / 2) >> (i % 2 * 4)) & 15; }

/// Seven signs and an eighth that makes their number even.
int even_signs(uint32_t seven) { return static_cast<int>(seven) | (std::popcount(seven) & 1) << 7; }

/// Eight values: one entry of a book of eight, or two of a book of four.
void put(const int8_t (&levels)[8], int signs, float scale, float* out) {
  for (int i = 0; i < 8; i++) out[i] = scale * static_cast<float>(levels[i] * kSigns.at[signs][i]);
}
void put(const int8_t (&first)[4], const int8_t (&second)[4], int signs, float scale, float* out) {
  for (int i = 0; i < 4; i++) out[i] = scale * static_cast<float>(first[i] * kSigns.at[signs][i]);
  for (int i = 0; i < 4; i++) out[4 + i] = scale * static_cast<float>(second[i] * kSigns.at[signs][4 + i]);
}
void put_moved(const int8_t (&levels)[8], float shift, float scale, float* out) {
  for (int i = 0; i < 8; i++) out[i] = scale * (static_cast<float>(levels[i]) + shift);
}

}  // namespace

// d; for each 32 values: four indices, then 4 x 7 bits of signs and a 4-bit scale.
void decode_iq2_xxs(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 66, out += kBlock) {
    const float d = half_at(blocks);
    for (int group = 0; group < 8; group++) {
      const std::byte* at = blocks + 2 + 8 * group;
      const auto packed = load_unaligned<uint32_t>(at + 4);
      const float scale = d * (0.5F + static_cast<float>(packed >> 28)) * 0.25F;
      for (int i = 0; i < 4; i++) {
        put(kIq2Xxs.at[byte_at(at + i)], even_signs(packed >> (7 * i) & 127), scale,
            out + 32 * group + 8 * i);
      }
    }
  }
}

// d, for each 8 values 9 bits of index and 7 of signs, then a 4-bit scale per 16 values.
void decode_iq2_xs(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 74, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < 32; i++) {
      const uint32_t packed = load_unaligned<uint16_t>(blocks + 2 + 2 * i);
      const float scale = d * (0.5F + static_cast<float>(half_byte(blocks + 66, i / 2))) * 0.25F;
      put(kIq2Xs.at[packed & 511], even_signs(packed >> 9), scale, out + 8 * i);
    }
  }
}

// d, low[32] of the indices, signs[32], high 2 bits [8], scales[8] of 4 bits per 16 values.
void decode_iq2_s(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 82, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < 32; i++) {
      const uint32_t high = byte_at(blocks + 66 + i / 4) >> (i % 4 * 2) & 3;
      const float scale = d * (0.5F + static_cast<float>(half_byte(blocks + 74, i / 2))) * 0.25F;
      put(kIq2S.at[byte_at(blocks + 2 + i) | high << 8], byte_at(blocks + 34 + i), scale, out + 8 * i);
    }
  }
}

// d, an index per 4 values [64], then per 32 values 4 x 7 bits of signs and a 4-bit scale.
void decode_iq3_xxs(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 98, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < 32; i++) {
      const auto packed = load_unaligned<uint32_t>(blocks + 66 + i / 4 * 4);
      const float scale = d * (0.5F + static_cast<float>(packed >> 28)) * 0.5F;
      const std::byte* at = blocks + 2 + 2 * i;
      put(kIq3Xxs.at[byte_at(at)], kIq3Xxs.at[byte_at(at + 1)], even_signs(packed >> (i % 4 * 7) & 127),
          scale, out + 8 * i);
    }
  }
}

// d, low[64] of the indices, ninth bits [8], signs[32], scales[4] of 4 bits per 32 values.
void decode_iq3_s(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 110, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < 32; i++) {
      const uint32_t high = byte_at(blocks + 66 + i / 4) >> (i % 4 * 2);
      const float scale = d * static_cast<float>(1 + 2 * half_byte(blocks + 106, i / 4));
      const std::byte* at = blocks + 2 + 2 * i;
      put(kIq3S.at[byte_at(at) | (high & 1) << 8], kIq3S.at[byte_at(at + 1) | (high >> 1 & 1) << 8],
          byte_at(blocks + 74 + i), scale, out + 8 * i);
    }
  }
}

// d, low[32] of the indices, then per 32 values 4 x 3 upper bits, a 3-bit scale and the shift's sign.
void decode_iq1_s(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 50, out += kBlock) {
    const float d = half_at(blocks);
    for (int i = 0; i < 32; i++) {
      const uint32_t packed = load_unaligned<uint16_t>(blocks + 34 + i / 4 * 2);
      const float scale = d * static_cast<float>(2 * (packed >> 12 & 7) + 1);
      const float shift = (packed & 0x8000) != 0 ? -kIq1Shift : kIq1Shift;
      put_moved(kIq1.at[byte_at(blocks + 2 + i) | (packed >> (i % 4 * 3) & 7) << 8], shift, scale,
                out + 8 * i);
    }
  }
}

// low[32] of the indices, per 8 values 3 upper bits and the shift's sign [16], scales[8]: 3 bits per 16
// values, and in the upper 4 bits of each 16 a quarter of d.
void decode_iq1_m(const std::byte* blocks, float* out, int64_t count) {
  for (int64_t b = 0; b < count; b++, blocks += 56, out += kBlock) {
    uint32_t d_bits = 0;
    for (int i = 0; i < 4; i++) {
      d_bits |= static_cast<uint32_t>(load_unaligned<uint16_t>(blocks + 48 + 2 * i) >> 12) << (4 * i);
    }
    const float d = f16_to_f32(static_cast<uint16_t>(d_bits));
    for (int i = 0; i < 32; i++) {
      const uint32_t scales = load_unaligned<uint16_t>(blocks + 48 + i / 8 * 2);
      const float scale = d * static_cast<float>(2 * (scales >> (i % 8 / 2 * 3) & 7) + 1);
      const uint32_t upper = half_byte(blocks + 32, i);
      const float shift = (upper & 8) != 0 ? -kIq1Shift : kIq1Shift;
      put_moved(kIq1.at[byte_at(blocks + i) | (upper & 7) << 8], shift, scale, out + 8 * i);
    }
  }
}

}  // namespace sov::compute
