// Encoders of the types whose scales are searched for: q2_k to q6_k and iq4_nl. Here is the packing; the
// layouts are those of the decoders (blocks_of_256.cpp, blocks_of_32.cpp).
//
// A block with a NaN or an infinity, or with values so large that its d or dmin is beyond a half, stores a
// NaN for d and zeros for the rest: all its values decode to NaN.
#include <algorithm>
#include <bit>
#include <cmath>

#include "compute/float_bits.h"
#include "compute/quant/codec.h"
#include "compute/quant/k_scales.h"
#include "compute/quant/searches.h"

namespace sov::compute {
namespace {

std::byte byte_of(int value) { return static_cast<std::byte>(value); }

/// 64 bytes: the lower two bits of code >> shift, four planes of 32 to a run of 32 bytes.
void pack_two_bits(const uint8_t* code, int shift, std::byte* out) {
  for (int run = 0; run < 2; run++, code += 128, out += 32) {
    for (int i = 0; i < 32; i++) {
      out[i] = byte_of(((code[i] >> shift) & 3) | ((code[i + 32] >> shift) & 3) << 2 |
                       ((code[i + 64] >> shift) & 3) << 4 | ((code[i + 96] >> shift) & 3) << 6);
    }
  }
}

/// 128 bytes: the lower four bits; a run of `run` bytes holds `run` values in its low nibbles, the next in
/// its high ones.
void pack_four_bits(const uint8_t* code, int run, std::byte* out) {
  for (int first = 0; first < 128; first += run, code += 2 * run, out += run) {
    for (int i = 0; i < run; i++) out[i] = byte_of((code[i] & 15) | (code[i + run] & 15) << 4);
  }
}

/// 32 bytes: bit `bit` of each code, eight planes of 32.
void pack_one_bit(const uint8_t* code, int bit, std::byte* out) {
  for (int i = 0; i < 32; i++) {
    int packed = 0;
    for (int plane = 0; plane < 8; plane++) packed |= ((code[plane * 32 + i] >> bit) & 1) << plane;
    out[i] = byte_of(packed);
  }
}

void store_half(float value, std::byte* out) { store_unaligned(out, f32_to_f16(value)); }

// Each type: its bytes, where d is, its search and its packing.
struct Q2K {
  static constexpr int bytes = 84, d_at = 80;
  static constexpr KSearch Searches::* search = &Searches::q2_k;
  static void pack(const KBlock& block, std::byte* out) {
    for (int g = 0; g < 16; g++) out[g] = byte_of(block.scale[g] | block.minimum[g] << 4);
    pack_two_bits(block.code, 0, out + 16);
    store_half(block.d, out + 80);
    store_half(block.dmin, out + 82);
  }
};

struct Q3K {
  static constexpr int bytes = 110, d_at = 108;
  static constexpr KSearch Searches::* search = &Searches::q3_k;
  static void pack(const KBlock& block, std::byte* out) {
    pack_one_bit(block.code, 2, out);
    pack_two_bits(block.code, 0, out + 32);
    pack_q3_k_scales(block.scale, out + 96);
    store_half(block.d, out + 108);
  }
};

struct Q4K {
  static constexpr int bytes = 144, d_at = 0;
  static constexpr KSearch Searches::* search = &Searches::q4_k;
  static void pack(const KBlock& block, std::byte* out) {
    store_half(block.d, out);
    store_half(block.dmin, out + 2);
    pack_q4_k_scales(block.scale, block.minimum, out + 4);
    pack_four_bits(block.code, 32, out + 16);
  }
};

struct Q5K {
  static constexpr int bytes = 176, d_at = 0;
  static constexpr KSearch Searches::* search = &Searches::q5_k;
  static void pack(const KBlock& block, std::byte* out) {
    store_half(block.d, out);
    store_half(block.dmin, out + 2);
    pack_q4_k_scales(block.scale, block.minimum, out + 4);
    pack_one_bit(block.code, 4, out + 16);
    pack_four_bits(block.code, 32, out + 48);
  }
};

struct Q6K {
  static constexpr int bytes = 210, d_at = 208;
  static constexpr KSearch Searches::* search = &Searches::q6_k;
  static void pack(const KBlock& block, std::byte* out) {
    pack_four_bits(block.code, 64, out);
    pack_two_bits(block.code, 4, out + 128);
    for (int g = 0; g < 16; g++) store_unaligned(out + 192 + g, block.scale[g]);
    store_half(block.d, out + 208);
  }
};

bool all_finite(const float* values, int count) {
  int32_t largest = 0;
  for (int i = 0; i < count; i++) largest = std::max(largest, std::bit_cast<int32_t>(values[i]) & 0x7FFFFFFF);
  return largest < 0x7F800000;
}

/// Halves of d and dmin are finite.
bool fits_half(float value) { return std::abs(value) < 65520; }

void mark_not_a_number(std::byte* block, int bytes, int d_at) {
  std::fill(block, block + bytes, std::byte{0});
  store_unaligned<uint16_t>(block + d_at, 0x7E00);
}

template <typename Type>
void encode_k(const float* values, std::byte* out, int64_t count) {
  constexpr int64_t kAtOnce = 16;
  KBlock blocks[kAtOnce] = {};
  for (int64_t done = 0; done < count; done += kAtOnce) {
    const int64_t n = std::min(kAtOnce, count - done);
    (searches().*Type::search)(values + done * 256, blocks, n);
    for (int64_t b = 0; b < n; b++, out += Type::bytes) {
      const bool storable =
          all_finite(values + (done + b) * 256, 256) && fits_half(blocks[b].d) && fits_half(blocks[b].dmin);
      if (storable) {
        Type::pack(blocks[b], out);
      } else {
        mark_not_a_number(out, Type::bytes, Type::d_at);
      }
    }
  }
}

}  // namespace

void encode_q2_k(const float* values, std::byte* blocks, int64_t count) {
  encode_k<Q2K>(values, blocks, count);
}
void encode_q3_k(const float* values, std::byte* blocks, int64_t count) {
  encode_k<Q3K>(values, blocks, count);
}
void encode_q4_k(const float* values, std::byte* blocks, int64_t count) {
  encode_k<Q4K>(values, blocks, count);
}
void encode_q5_k(const float* values, std::byte* blocks, int64_t count) {
  encode_k<Q5K>(values, blocks, count);
}
void encode_q6_k(const float* values, std::byte* blocks, int64_t count) {
  encode_k<Q6K>(values, blocks, count);
}

void encode_iq4_nl(const float* values, std::byte* out, int64_t count) {
  constexpr int64_t kAtOnce = 64;
  TableBlock blocks[kAtOnce] = {};
  for (int64_t done = 0; done < count; done += kAtOnce) {
    const int64_t n = std::min(kAtOnce, count - done);
    searches().iq4_nl(values + done * 32, blocks, n);
    for (int64_t b = 0; b < n; b++, out += 18) {
      if (!all_finite(values + (done + b) * 32, 32) || !fits_half(blocks[b].d)) {
        mark_not_a_number(out, 18, 0);
        continue;
      }
      store_half(blocks[b].d, out);
      for (int i = 0; i < 16; i++) out[2 + i] = byte_of(blocks[b].code[i] | blocks[b].code[i + 16] << 4);
    }
  }
}

}  // namespace sov::compute
