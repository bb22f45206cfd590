#pragma once
// Quantised blocks as 8-bit codes: each struct hands the runs of 32 codes of one block to a sink,
// sink(run, codes), in order of the block's elements; value = scale of its span of kSpan values * (code -
// kCentre) + offset of its kOffsetSpan values (0: no offsets). kRange: what the codes are. kCommon: worth
// code of its own for several tokens. scales() and offsets() write one float a span of theirs; of
// super-blocks (kSuper) super_scales() gives both as whole numbers and their factors. Layouts as in
// quant/blocks_of_32.cpp and quant/blocks_of_256.cpp.

#include "compute/cpu/integers-inl.h"
#include "compute/cpu/unpack-inl.h"

namespace sov::compute::SOV_TIER {

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
/// The same of the low nibbles of 16 bytes, then of the high ones.
SOV_LANES Codes32 look_up_nibbles(const int8_t (&table)[16], const std::byte* from) {
  const Bytes16 packed = load_bytes(from);
  return join(look_up_codes(table, packed & 15), look_up_codes(table, packed >> 4));
}

/// Blocks of 32: one scale, a half at the start.
template <CodeRange Range, int Centre>
struct BlockOf32 {
  static constexpr int kSpan = 32, kCentre = Centre, kOffsetSpan = 0;
  static constexpr CodeRange kRange = Range;
  static constexpr bool kCommon = false, kSuper = false;
  SOV_LANES void scales(const std::byte* b, float* out) { *out = half_at(b); }
};
/// And an offset, the half behind it.
template <CodeRange Range>
struct AffineBlockOf32 : BlockOf32<Range, 0> {
  static constexpr int kOffsetSpan = 32;
  SOV_LANES void offsets(const std::byte* b, float* out) { *out = half_at(b + 2); }
};

struct Q8_0Codes : Q8_0, BlockOf32<CodeRange::with_sign, 0> {
  static constexpr bool kCommon = true;
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(Constant<0>{}, load_codes(b + 2));
  }
};

struct Q4_0Codes : Q4_0, BlockOf32<CodeRange::four_bits, 8> {
  static constexpr bool kCommon = true;
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(Constant<0>{}, both_nibbles(b + 2));
  }
};

struct Q4_1Codes : Q4_1, AffineBlockOf32<CodeRange::four_bits> {
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(Constant<0>{}, both_nibbles(b + 4));
  }
};

/// The 5-bit codes of a block of 32: nibbles, and a fifth bit each from `high`.
SOV_LANES Codes32 five_bit_codes(const std::byte* nibbles, const std::byte* high) {
#if defined(__AVX2__)
  int32_t bits;
  __builtin_memcpy(&bits, high, sizeof bits);
  const __m256i byte_of_bit =
      _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
  const __m256i bit = _mm256_set1_epi64x(static_cast<int64_t>(0x8040201008040201U));
  const __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi32(bits), byte_of_bit);
  const __m256i fifth = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bit), bit);
  return both_nibbles(nibbles) | (Codes32{{reinterpret_cast<CodePart>(fifth)}} & 16);
#else
  Bytes16 first, second;
  five_bits(nibbles, high, first, second);
  return join(first, second);
#endif
}

struct Q5_0Codes : Q5_0, BlockOf32<CodeRange::six_bits, 16> {
  static constexpr bool kCommon = true;
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(Constant<0>{}, five_bit_codes(b + 6, b + 2));
  }
};

struct Q5_1Codes : Q5_1, AffineBlockOf32<CodeRange::six_bits> {
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(Constant<0>{}, five_bit_codes(b + 8, b + 4));
  }
};

struct Iq4NlCodes : Iq4Nl, BlockOf32<CodeRange::with_sign, 0> {
  SOV_LANES Float4 scales_of_four(const std::byte* b) { return four_halves(b, kBytes); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    sink(Constant<0>{}, look_up_nibbles(kIq4Values, b + 2));
  }
};

/// What a super-block says of its spans: scale = factor * scales, offset = minimum_factor * minimums, one of
/// each for 16 values.
struct SuperScales {
  int16_t scales[16], minimums[16];
  float factor, minimum_factor;
};
SOV_LANES void widen(Bytes16 bytes, int16_t (&out)[16]) {
  using Words16 = int16_t __attribute__((vector_size(32)));
  using Signed16 = int8_t __attribute__((vector_size(16)));
  const Words16 words = __builtin_convertvector(reinterpret_cast<Signed16>(bytes), Words16);
  __builtin_memcpy(out, &words, sizeof words);
}
/// Each of the first or the last eight twice.
SOV_LANES Bytes16 first_eight_twice(Bytes16 b) {
  return __builtin_shufflevector(b, b, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
}
SOV_LANES Bytes16 last_eight_twice(Bytes16 b) {
  return __builtin_shufflevector(b, b, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
}

struct Q2_KCodes : Q2_K {
  static constexpr int kSpan = 16, kCentre = 0, kOffsetSpan = 16;
  static constexpr CodeRange kRange = CodeRange::four_bits;
  static constexpr bool kCommon = false, kSuper = true;
  static constexpr int kDropped = 0;
  SOV_LANES void super_scales(const std::byte* b, SuperScales& out) {
    widen(load_bytes(b) & 15, out.scales);
    widen(load_bytes(b) >> 4, out.minimums);
    out.factor = half_at(b + 80);
    out.minimum_factor = -half_at(b + 82);
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      sink(run, move_bits(load_codes(b + 16 + 32 * (run.value / 4)), run.value % 4 * 2, 0, 3));
    });
  }
};

struct Q3_KCodes : Q3_K {
  static constexpr int kSpan = 16, kCentre = 4, kOffsetSpan = 0;
  static constexpr CodeRange kRange = CodeRange::four_bits;
  static constexpr bool kCommon = false, kSuper = true;
  static constexpr int kDropped = 0;
  SOV_LANES void super_scales(const std::byte* b, SuperScales& out) {
    widen(scale_codes(b), out.scales);
    out.factor = half_at(b + 108);
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    const Codes32 third = load_codes(b);
    each_of<8>([&](auto run) SOV_INLINED {
      const Codes32 two = move_bits(load_codes(b + 32 + 32 * (run.value / 4)), run.value % 4 * 2, 0, 3);
      sink(run, two | move_bits(third, run.value, 2, 4));
    });
  }
};

SOV_LANES void eight_scales_and_minimums(const std::byte* b, SuperScales& out) {
  const Bytes16 codes = scale_codes(b);
  widen(first_eight_twice(codes), out.scales);
  widen(last_eight_twice(codes), out.minimums);
  out.factor = half_at(b);
  out.minimum_factor = -half_at(b + 2);
}

struct Q4_KCodes : Q4_K {
  static constexpr int kSpan = 32, kCentre = 0, kOffsetSpan = 32;
  static constexpr CodeRange kRange = CodeRange::four_bits;
  static constexpr bool kCommon = true, kSuper = true;
  static constexpr int kDropped = 0;
  SOV_LANES void super_scales(const std::byte* b, SuperScales& out) { eight_scales_and_minimums(b, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<4>([&](auto pair) SOV_INLINED {
      const Codes32 packed = load_codes(b + 16 + 32 * pair.value);
      sink(Constant<2 * pair.value>{}, packed & 15);
      sink(Constant<2 * pair.value + 1>{}, high_nibbles(packed));
    });
  }
};

struct Q5_KCodes : Q5_K {
  static constexpr int kSpan = 32, kCentre = 0, kOffsetSpan = 32;
  static constexpr CodeRange kRange = CodeRange::six_bits;
  static constexpr bool kCommon = true, kSuper = true;
  static constexpr int kDropped = 1;
  SOV_LANES void super_scales(const std::byte* b, SuperScales& out) { eight_scales_and_minimums(b, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    const Codes32 fifth = load_codes(b + 16);
    each_of<8>([&](auto run) SOV_INLINED {
      const Codes32 packed = load_codes(b + 48 + 32 * (run.value / 2));
      const Codes32 nibbles = run.value % 2 == 0 ? packed & 15 : high_nibbles(packed);
      sink(run, nibbles | move_bits(fifth, run.value, 4, 0x10));
    });
  }
};

struct Q6_KCodes : Q6_K {
  static constexpr int kSpan = 16, kCentre = 32, kOffsetSpan = 0;
  static constexpr CodeRange kRange = CodeRange::six_bits;
  static constexpr bool kCommon = true, kSuper = true;
  static constexpr int kDropped = 2;
  SOV_LANES void super_scales(const std::byte* b, SuperScales& out) {
    widen(load_bytes(b + 192), out.scales);
    out.factor = half_at(b + 208);
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      constexpr int kHalf = run.value / 4;   // 128 values: 64 bytes of nibbles, 32 of upper bits
      constexpr int kPlane = run.value % 4;  // 32 values
      const Codes32 packed = load_codes(b + 64 * kHalf + 32 * (kPlane % 2));
      const Codes32 nibbles = kPlane < 2 ? packed & 15 : high_nibbles(packed);
      sink(run, nibbles | move_bits(load_codes(b + 128 + 32 * kHalf), 2 * kPlane, 4, 0x30));
    });
  }
};

struct Iq4XsCodes : Iq4Xs {
  static constexpr int kSpan = 32, kCentre = 0, kOffsetSpan = 0;
  static constexpr CodeRange kRange = CodeRange::with_sign;
  static constexpr bool kCommon = false, kSuper = true;
  static constexpr int kDropped = 2;
  SOV_LANES void super_scales(const std::byte* b, SuperScales& out) {
    uint16_t upper;
    __builtin_memcpy(&upper, b + 2, sizeof upper);
    out.factor = half_at(b);
#pragma GCC unroll 8
    for (int group = 0; group < 8; group++) {
      const int low = (static_cast<int>(b[4 + group / 2]) >> (group % 2 * 4)) & 15;
      const int scale = (low | ((upper >> (2 * group)) & 3) << 4) - 32;
      out.scales[2 * group] = out.scales[2 * group + 1] = static_cast<int16_t>(scale);
    }
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED { sink(run, look_up_nibbles(kIq4Values, b + 8 + 16 * run.value)); });
  }
};

}  // namespace sov::compute::SOV_TIER
