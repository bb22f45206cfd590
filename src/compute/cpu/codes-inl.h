#pragma once
// Quantised blocks as 16-bit integers: each struct hands the runs of 16 codes of one block to a sink,
// sink(run, words), in order of the block's elements; value = scale of its span of kSpan values * word +
// offset of its 32 values. kCommon: worth code of its own for several tokens. scales() writes one float a
// span, offsets() one per 32 values. With activations up to 32767 the sum of a span's products stays within
// 32 bits: an iq3_xxs word is at most 62 * 31, and 32 * 62
// * 31 * 32767 < 2^31. Layouts as in quant/blocks_of_32.cpp and quant/blocks_of_256.cpp.

#include "compute/cpu/unpack-inl.h"
#include "compute/cpu/words-inl.h"

namespace sov::compute::SOV_TIER {

template <typename Sink>
SOV_LANES void nibble_runs(const std::byte* from, int centre, Sink sink) {
  const I16x16 packed = widen_u8(load_bytes(from));
  sink(Constant<0>{}, (packed & 15) - splat_word(centre));
  sink(Constant<1>{}, (packed >> 4) - splat_word(centre));
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

/// One scale for all spans of a block of 256.
SOV_LANES void fill_scales(float scale, float* out) {
#pragma GCC unroll 8
  for (int span = 0; span < 8; span++) out[span] = scale;
}

struct Q8_0Codes : Q8_0 {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = true;
  static constexpr bool kOffsets = false;
  SOV_LANES void scales(const std::byte* b, float* out) { *out = half_at(b); }
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(Constant<0>{}, widen_i8(load_bytes(b + 2)));
    sink(Constant<1>{}, widen_i8(load_bytes(b + 18)));
  }
};

struct Q4_0Codes : Q4_0 {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = true;
  static constexpr bool kOffsets = false;
  SOV_LANES void scales(const std::byte* b, float* out) { *out = half_at(b); }
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    nibble_runs(b + 2, 8, sink);
  }
};

struct Q4_1Codes : Q4_1 {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = false;
  static constexpr bool kOffsets = true;
  SOV_LANES void scales(const std::byte* b, float* out) { *out = half_at(b); }
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  SOV_LANES void offsets(const std::byte* b, float* out) { *out = half_at(b + 2); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    nibble_runs(b + 4, 0, sink);
  }
};

struct Q5_0Codes : Q5_0 {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = false;
  static constexpr bool kOffsets = false;
  SOV_LANES void scales(const std::byte* b, float* out) { *out = half_at(b); }
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    uint16_t bits[2];
    __builtin_memcpy(bits, b + 2, sizeof bits);
    const Bytes16 packed = load_bytes(b + 6);
    // code - 16: the fifth bit keeps the nibble as it is, its absence makes it negative.
    sink(Constant<0>{}, widen_i8((packed & 15) | (~bit_mask(bits[0]) & 0xF0)));
    sink(Constant<1>{}, widen_i8((packed >> 4) | (~bit_mask(bits[1]) & 0xF0)));
  }
};

struct Q5_1Codes : Q5_1 {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = false;
  static constexpr bool kOffsets = true;
  SOV_LANES void scales(const std::byte* b, float* out) { *out = half_at(b); }
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  SOV_LANES void offsets(const std::byte* b, float* out) { *out = half_at(b + 2); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    Bytes16 first, second;
    five_bits(b + 8, b + 4, first, second);
    sink(Constant<0>{}, widen_i8(first));
    sink(Constant<1>{}, widen_i8(second));
  }
};

struct Iq4NlCodes : Iq4Nl {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = false;
  static constexpr bool kOffsets = false;
  SOV_LANES void scales(const std::byte* b, float* out) { *out = half_at(b); }
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    const Bytes16 packed = load_bytes(b + 2);
    sink(Constant<0>{}, widen_i8(look_up_codes(kIq4Values, packed & 15)));
    sink(Constant<1>{}, widen_i8(look_up_codes(kIq4Values, packed >> 4)));
  }
};

struct Q3_KCodes : Q3_K {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = false;
  static constexpr bool kOffsets = false;
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b + 108), out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    alignas(32) int16_t scales[kLanes];
    store_words(scales, widen_i8(scale_codes(b)));
    each_of<16>([&](auto run) SOV_INLINED {
      sink(run, widen_i8(codes(b, run.value)) * splat_word(scales[run.value]));
    });
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
/// Factor times eight of them, from `first` on.
SOV_LANES void scaled_codes(const std::byte* b, float factor, int first, float* out) {
  const F32x16 all = splat(factor) * from_i8(scale_codes(b));
  alignas(64) float lanes[kLanes];
  store(lanes, all);
  __builtin_memcpy(out, lanes + first, 8 * sizeof(float));
}

struct Q4_KCodes : Q4_K {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = true;
  static constexpr bool kOffsets = true;
  SOV_LANES void scales(const std::byte* b, float* out) { scaled_codes(b, half_at(b), 0, out); }
  SOV_LANES void offsets(const std::byte* b, float* out) { scaled_codes(b, -half_at(b + 2), 8, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<4>([&](auto pair) SOV_INLINED {
      constexpr int kPair = pair.value;
      const I16x16 first = widen_u8(load_bytes(b + 16 + 32 * kPair));
      const I16x16 second = widen_u8(load_bytes(b + 32 + 32 * kPair));
      sink(Constant<4 * kPair>{}, first & 15);
      sink(Constant<4 * kPair + 1>{}, second & 15);
      sink(Constant<4 * kPair + 2>{}, first >> 4);
      sink(Constant<4 * kPair + 3>{}, second >> 4);
    });
  }
};

struct Q5_KCodes : Q5_K {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = false;
  static constexpr bool kOffsets = true;
  SOV_LANES void scales(const std::byte* b, float* out) { scaled_codes(b, half_at(b), 0, out); }
  SOV_LANES void offsets(const std::byte* b, float* out) { scaled_codes(b, -half_at(b + 2), 8, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    const Bytes16 bits[2] = {load_bytes(b + 16), load_bytes(b + 32)};
    each_of<16>([&](auto run) SOV_INLINED {
      constexpr int kGroup8 = run.value / 2, kHalf = run.value % 2;  // of 32 values
      const Bytes16 packed = load_bytes(b + 48 + 32 * (kGroup8 / 2) + 16 * kHalf);
      const Bytes16 nibbles = kGroup8 % 2 == 0 ? packed & 15 : packed >> 4;
      sink(run, widen_i8(nibbles | move_bits(bits[kHalf], kGroup8, 4, 0x10)));
    });
  }
};

struct Q6_KCodes : Q6_K {
  static constexpr int kSpan = 16;
  static constexpr bool kCommon = true;
  static constexpr bool kOffsets = false;
  SOV_LANES void scales(const std::byte* b, float* out) {
    store(out, splat(half_at(b + 208)) * from_i8(load_bytes(b + 192)));
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto run) SOV_INLINED {
      constexpr int kHalf = run.value / 8;       // 128 values: 64 bytes of nibbles, 32 of upper bits
      constexpr int kPlane = run.value % 8 / 2;  // 32 values
      constexpr int kAt = run.value % 2 * 16;
      const Bytes16 packed = load_bytes(b + 64 * kHalf + 32 * (kPlane % 2) + kAt);
      const Bytes16 nibbles = kPlane < 2 ? packed & 15 : packed >> 4;
      const Bytes16 upper = move_bits(load_bytes(b + 128 + 32 * kHalf + kAt), 2 * kPlane, 4, 0x30);
      sink(run, widen_i8((nibbles | upper) - 32));
    });
  }
};

struct Iq4XsCodes : Iq4Xs {
  static constexpr int kSpan = 32;
  static constexpr bool kCommon = false;
  static constexpr bool kOffsets = false;
  SOV_LANES void scales(const std::byte* b, float* out) {
    uint16_t upper;
    __builtin_memcpy(&upper, b + 2, sizeof upper);
    const float d = half_at(b);
#pragma GCC unroll 8
    for (int group = 0; group < 8; group++) {
      const int low = (static_cast<int>(b[4 + group / 2]) >> (group % 2 * 4)) & 15;
      out[group] = d * static_cast<float>((low | ((upper >> (2 * group)) & 3) << 4) - 32);
    }
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto group) SOV_INLINED {
      const Bytes16 packed = load_bytes(b + 8 + 16 * group.value);
      sink(Constant<2 * group.value>{}, widen_i8(look_up_codes(kIq4Values, packed & 15)));
      sink(Constant<2 * group.value + 1>{}, widen_i8(look_up_codes(kIq4Values, packed >> 4)));
    });
  }
};

}  // namespace sov::compute::SOV_TIER
