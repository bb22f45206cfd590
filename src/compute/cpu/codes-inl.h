#pragma once
// Quantised blocks as 16-bit integers: each struct hands the runs of 16 codes of one block to a sink,
// sink(run, words), in order of the block's elements. The K types' small integer scales are multiplied in, so
// that value = scale(block) * word + offset of its 32 values. kSpan values of a block may be summed as
// integers: with activations up to 32767 the sum of a lane stays within 32 bits (the widest: q5_k, 32 * 31 *
// 63 * 32767, and q6_k, 16 * 32 * 128 * 32767). Layouts as in quant/blocks_of_32.cpp and
// quant/blocks_of_256.cpp.

#include "compute/cpu/unpack-inl.h"
#include "compute/cpu/words-inl.h"

namespace sov::compute::SOV_TIER {

template <typename Sink>
SOV_LANES void nibble_runs(const std::byte* from, int centre, Sink sink) {
  const I16x16 packed = widen_u8(load_bytes(from));
  sink(0, (packed & 15) - splat_word(centre));
  sink(1, (packed >> 4) - splat_word(centre));
}

/// table[code] of sixteen codes below 16.
SOV_LANES Bytes16 look_up_codes(const int8_t (&table)[16], Bytes16 codes) {
#if defined(__SSSE3__)
  const Bytes16 values = load_bytes(reinterpret_cast<const std::byte*>(table));
  return reinterpret_cast<Bytes16>(
      _mm_shuffle_epi8(reinterpret_cast<__m128i>(values), reinterpret_cast<__m128i>(codes)));
#else
  Bytes16 out = {};
  for (int i = 0; i < 16; i++) out[i] = static_cast<uint8_t>(table[codes[i]]);
  return out;
#endif
}

struct Q8_0Codes : Q8_0 {
  static constexpr int kSpan = 32;
  static constexpr bool kOffsets = false;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(0, widen_i8(load_bytes(b + 2)));
    sink(1, widen_i8(load_bytes(b + 18)));
  }
};

struct Q4_0Codes : Q4_0 {
  static constexpr int kSpan = 32;
  static constexpr bool kOffsets = false;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    nibble_runs(b + 2, 8, sink);
  }
};

struct Q4_1Codes : Q4_1 {
  static constexpr int kSpan = 32;
  static constexpr bool kOffsets = true;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  SOV_LANES void offsets(const std::byte* b, float* out) { *out = half_at(b + 2); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    nibble_runs(b + 4, 0, sink);
  }
};

struct Q5_0Codes : Q5_0 {
  static constexpr int kSpan = 32;
  static constexpr bool kOffsets = false;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    uint16_t bits[2];
    __builtin_memcpy(bits, b + 2, sizeof bits);
    const Bytes16 packed = load_bytes(b + 6);
    // code - 16: the fifth bit keeps the nibble as it is, its absence makes it negative.
    sink(0, widen_i8((packed & 15) | (~bit_mask(bits[0]) & 0xF0)));
    sink(1, widen_i8((packed >> 4) | (~bit_mask(bits[1]) & 0xF0)));
  }
};

struct Q5_1Codes : Q5_1 {
  static constexpr int kSpan = 32;
  static constexpr bool kOffsets = true;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  SOV_LANES void offsets(const std::byte* b, float* out) { *out = half_at(b + 2); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    Bytes16 first, second;
    five_bits(b + 8, b + 4, first, second);
    sink(0, widen_i8(first));
    sink(1, widen_i8(second));
  }
};

struct Iq4NlCodes : Iq4Nl {
  static constexpr int kSpan = 32;
  static constexpr bool kOffsets = false;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    const Bytes16 packed = load_bytes(b + 2);
    sink(0, widen_i8(look_up_codes(kIq4Values, packed & 15)));
    sink(1, widen_i8(look_up_codes(kIq4Values, packed >> 4)));
  }
};

struct Q3_KCodes : Q3_K {
  static constexpr int kSpan = 256;
  static constexpr bool kOffsets = false;
  SOV_LANES float scale(const std::byte* b) { return half_at(b + 108); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    alignas(32) int16_t scales[kLanes];
    store_words(scales, widen_i8(scale_codes(b)));
#pragma GCC unroll 16
    for (int run = 0; run < 16; run++) sink(run, widen_i8(codes(b, run)) * splat_word(scales[run]));
  }
};

/// The eight integer scales and minimums of q4_k and q5_k: bytes 0..7 and 8..15.
SOV_LANES Bytes16 scale_codes(const std::byte* b) {
  uint32_t word[3];
  __builtin_memcpy(word, b + 4, sizeof word);
  const uint32_t bytes[4] = {word[0] & 0x3F3F3F3FU, (word[2] & 0x0F0F0F0FU) | ((word[0] >> 2) & 0x30303030U),
                             word[1] & 0x3F3F3F3FU,
                             ((word[2] >> 4) & 0x0F0F0F0FU) | ((word[1] >> 2) & 0x30303030U)};
  Bytes16 codes;
  __builtin_memcpy(&codes, bytes, sizeof codes);
  return codes;
}
/// -dmin times the eight minimums.
SOV_LANES void negated_minimums(const std::byte* b, float* out) {
  alignas(64) float all[kLanes];
  store(all, splat(-half_at(b + 2)) * from_i8(scale_codes(b)));
  __builtin_memcpy(out, all + 8, 8 * sizeof(float));
}

struct Q4_KCodes : Q4_K {
  static constexpr int kSpan = 256;
  static constexpr bool kOffsets = true;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  SOV_LANES void offsets(const std::byte* b, float* out) { negated_minimums(b, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    alignas(32) int16_t scales[kLanes];
    store_words(scales, widen_u8(scale_codes(b)));
#pragma GCC unroll 4
    for (int pair = 0; pair < 4; pair++) {
      const I16x16 low = splat_word(scales[2 * pair]);
      const I16x16 high = splat_word(scales[2 * pair + 1]);
      const I16x16 first = widen_u8(load_bytes(b + 16 + 32 * pair));
      const I16x16 second = widen_u8(load_bytes(b + 32 + 32 * pair));
      sink(4 * pair, (first & 15) * low);
      sink(4 * pair + 1, (second & 15) * low);
      sink(4 * pair + 2, (first >> 4) * high);
      sink(4 * pair + 3, (second >> 4) * high);
    }
  }
};

struct Q5_KCodes : Q5_K {
  static constexpr int kSpan = 256;
  static constexpr bool kOffsets = true;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  SOV_LANES void offsets(const std::byte* b, float* out) { negated_minimums(b, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    alignas(32) int16_t scales[kLanes];
    store_words(scales, widen_u8(scale_codes(b)));
    const Bytes16 bits[2] = {load_bytes(b + 16), load_bytes(b + 32)};
#pragma GCC unroll 8
    for (int group = 0; group < 8; group++) {
      const I16x16 scale = splat_word(scales[group]);
#pragma GCC unroll 2
      for (int half = 0; half < 2; half++) {
        const Bytes16 packed = load_bytes(b + 48 + 32 * (group / 2) + 16 * half);
        const Bytes16 nibbles = group % 2 == 0 ? packed & 15 : packed >> 4;
        sink(2 * group + half, widen_i8(nibbles | move_bits(bits[half], group, 4, 0x10)) * scale);
      }
    }
  }
};

struct Q6_KCodes : Q6_K {
  static constexpr int kSpan = 128;
  static constexpr bool kOffsets = false;
  SOV_LANES float scale(const std::byte* b) { return half_at(b + 208); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    alignas(32) int16_t scales[kLanes];
    store_words(scales, widen_i8(load_bytes(b + 192)));
#pragma GCC unroll 16
    for (int run = 0; run < 16; run++) {
      const int half = run / 8;       // 128 values: 64 bytes of nibbles, 32 of upper bits
      const int plane = run % 8 / 2;  // 32 values
      const int at = run % 2 * 16;
      const Bytes16 packed = load_bytes(b + 64 * half + 32 * (plane % 2) + at);
      const Bytes16 nibbles = plane < 2 ? packed & 15 : packed >> 4;
      const Bytes16 upper = move_bits(load_bytes(b + 128 + 32 * half + at), 2 * plane, 4, 0x30);
      sink(run, widen_i8((nibbles | upper) - 32) * splat_word(scales[run]));
    }
  }
};

struct Iq4XsCodes : Iq4Xs {
  static constexpr int kSpan = 128;
  static constexpr bool kOffsets = false;
  SOV_LANES float scale(const std::byte* b) { return half_at(b); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    uint16_t upper;
    __builtin_memcpy(&upper, b + 2, sizeof upper);
#pragma GCC unroll 8
    for (int group = 0; group < 8; group++) {
      const int low = (static_cast<int>(b[4 + group / 2]) >> (group % 2 * 4)) & 15;
      const I16x16 scale = splat_word((low | ((upper >> (2 * group)) & 3) << 4) - 32);
      const Bytes16 packed = load_bytes(b + 8 + 16 * group);
      sink(2 * group, widen_i8(look_up_codes(kIq4Values, packed & 15)) * scale);
      sink(2 * group + 1, widen_i8(look_up_codes(kIq4Values, packed >> 4)) * scale);
    }
  }
};

}  // namespace sov::compute::SOV_TIER
