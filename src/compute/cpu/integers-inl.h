#pragma once
// 32 lanes of 8-bit codes and their products with rounded activations: one 256-bit vector or two 128-bit
// ones. Four neighbouring products are added up, so sums have 8 lanes of 32 bits, and they are exact: every
// tier gives the same integers.

#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

#if defined(__AVX2__)
constexpr int kIntParts = 1;
#else
constexpr int kIntParts = 2;
#endif
constexpr int kIntBytes = 32 / kIntParts;
constexpr int kSums = 8;  // lanes of a sum
constexpr int kPartSums = kSums / kIntParts;

using CodePart = uint8_t __attribute__((vector_size(kIntBytes)));
using WordPart = int16_t __attribute__((vector_size(kIntBytes)));
using SumPart = int32_t __attribute__((vector_size(kIntBytes)));
using RealPart = float __attribute__((vector_size(kIntBytes)));

/// Codes of weights, or activations with a sign.
struct Codes32 {
  CodePart part[kIntParts];
};
struct I16x16 {
  WordPart part[kIntParts];
};
struct I32x8 {
  SumPart part[kIntParts];
};
struct F32x8 {
  RealPart part[kIntParts];
};

/// What a type's codes are. The instruction that multiplies bytes on x86 takes one without and one with a
/// sign and adds pairs within 16 bits: the smaller the codes, the more of its results these hold.
enum class CodeRange : unsigned char {
  four_bits,  // 0..15: 16 bits hold the products of 16 columns
  six_bits,   // 0..63: of 4
  with_sign   // -128..127: of 2
};

#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
#define SOV_DOT_FOURS 1  // products are added by fours within 32 bits, in one instruction
/// Its codes have no sign; those that have one are moved up by so much.
constexpr int kMovedBy = 128;
#else
#if !defined(__SSSE3__)
#define SOV_DOT_FOURS 1
#endif
constexpr int kMovedBy = 0;
#endif
template <CodeRange Range>
constexpr int kMoved = Range == CodeRange::with_sign ? kMovedBy : 0;

template <typename Function>
SOV_LANES void each_int_part(Function function) {
#pragma GCC unroll 2
  for (int i = 0; i < kIntParts; i++) function(i);
}

/// 32 bytes at any alignment, by parts as load() does.
SOV_LANES Codes32 load_codes(const void* from) {
  Codes32 out;
  each_int_part([&](int i) {
    __builtin_memcpy(&out.part[i], static_cast<const std::byte*>(from) + kIntBytes * i, kIntBytes);
  });
  return out;
}
/// The same, and one load however often it is used (see load_part_once).
SOV_LANES Codes32 load_codes_once(const void* from) {
  Codes32 out = load_codes(from);
#if defined(__AVX2__)
  each_int_part([&](int i) { asm("" : "+v"(out.part[i])); });
#endif
  return out;
}
SOV_LANES void store_codes(void* to, Codes32 value) {
  each_int_part([&](int i) {
    __builtin_memcpy(static_cast<std::byte*>(to) + kIntBytes * i, &value.part[i], kIntBytes);
  });
}
SOV_LANES Codes32 join(Bytes16 first, Bytes16 second) {
#if defined(__AVX2__)
  return {{reinterpret_cast<CodePart>(
      _mm256_set_m128i(reinterpret_cast<__m128i>(second), reinterpret_cast<__m128i>(first)))}};
#else
  return {{first, second}};
#endif
}
SOV_LANES Codes32 operator&(Codes32 a, int mask) {
  each_int_part([&](int i) { a.part[i] &= static_cast<uint8_t>(mask); });
  return a;
}
SOV_LANES Codes32 operator|(Codes32 a, Codes32 b) {
  each_int_part([&](int i) { a.part[i] |= b.part[i]; });
  return a;
}
/// Bits `from` and up of each byte moved to bit `to`, the others zero but for those in `keep`.
SOV_LANES Codes32 move_bits(Codes32 bytes, int from, int to, int keep) {
  each_int_part([&](int i) {
    using Words = uint16_t __attribute__((vector_size(kIntBytes)));
    const auto words = reinterpret_cast<Words>(bytes.part[i]);  // what crosses into the other byte is masked
    bytes.part[i] = reinterpret_cast<CodePart>(from < to ? words << static_cast<uint16_t>(to - from)
                                                         : words >> static_cast<uint16_t>(from - to));
  });
  return bytes & keep;
}
SOV_LANES Codes32 high_nibbles(Codes32 bytes) { return move_bits(bytes, 4, 0, 15); }
/// The low nibbles of 16 bytes, then the high ones.
SOV_LANES Codes32 both_nibbles(const std::byte* from) {
  const Bytes16 packed = load_bytes(from);
#if defined(__AVX2__)
  const __m256i twice = _mm256_broadcastsi128_si256(reinterpret_cast<__m128i>(packed));
  const __m256i moved = _mm256_srlv_epi32(twice, _mm256_setr_epi32(0, 0, 0, 0, 4, 4, 4, 4));
  return Codes32{{reinterpret_cast<CodePart>(moved)}} & 15;
#else
  return join(packed & 15, packed >> 4);
#endif
}

SOV_LANES I32x8 no_sums() {
  I32x8 out;
  each_int_part([&](int i) { out.part[i] = SumPart{}; });
  return out;
}
SOV_LANES I32x8 splat_sum(int32_t value) {
  I32x8 out;
  each_int_part([&](int i) { out.part[i] = value + SumPart{}; });
  return out;
}
SOV_LANES I32x8 operator+(I32x8 a, I32x8 b) {
  each_int_part([&](int i) { a.part[i] += b.part[i]; });
  return a;
}
SOV_LANES I16x16 no_words() {
  I16x16 out;
  each_int_part([&](int i) { out.part[i] = WordPart{}; });
  return out;
}

SOV_LANES I32x8 operator*(I32x8 a, I32x8 b) {
  each_int_part([&](int i) { a.part[i] *= b.part[i]; });
  return a;
}
SOV_LANES I32x8 times(I32x8 a, int32_t b) {
  each_int_part([&](int i) { a.part[i] *= b; });
  return a;
}
SOV_LANES I16x16 operator*(I16x16 a, I16x16 b) {
  each_int_part([&](int i) { a.part[i] *= b.part[i]; });
  return a;
}
/// a / 2^Bits, rounded to nearest, halves up.
template <int Bits>
SOV_LANES I16x16 rounded_shift(I16x16 a) {
  if constexpr (Bits > 0) {
    each_int_part([&](int i) { a.part[i] = (a.part[i] + int16_t{1 << (Bits - 1)}) >> Bits; });
  }
  return a;
}
/// 16 words at any alignment.
SOV_LANES I16x16 load_words(const void* from) {
  I16x16 out;
  each_int_part([&](int i) {
    __builtin_memcpy(&out.part[i], static_cast<const std::byte*>(from) + kIntBytes * i, kIntBytes);
  });
  return out;
}
/// The two words at `from` in all lanes.
SOV_LANES I16x16 splat_pair(const int16_t* from) {
  int32_t pair;
  __builtin_memcpy(&pair, from, sizeof pair);
  I16x16 out;
  each_int_part([&](int i) { out.part[i] = reinterpret_cast<WordPart>(pair + SumPart{}); });
  return out;
}
/// The sums of two products each.
SOV_LANES I32x8 dot_pairs(I16x16 a, I16x16 b) {
  I32x8 out;
  each_int_part([&](int i) {
#if defined(__AVX2__)
    out.part[i] = reinterpret_cast<SumPart>(
        _mm256_madd_epi16(reinterpret_cast<__m256i>(a.part[i]), reinterpret_cast<__m256i>(b.part[i])));
#elif defined(__SSE2__)
    out.part[i] = reinterpret_cast<SumPart>(
        _mm_madd_epi16(reinterpret_cast<__m128i>(a.part[i]), reinterpret_cast<__m128i>(b.part[i])));
#elif defined(__aarch64__)
    const auto x = reinterpret_cast<int16x8_t>(a.part[i]), y = reinterpret_cast<int16x8_t>(b.part[i]);
    out.part[i] = reinterpret_cast<SumPart>(
        vpaddq_s32(vmull_s16(vget_low_s16(x), vget_low_s16(y)), vmull_high_s16(x, y)));
#else
    for (int j = 0; j < kPartSums; j++) {
      out.part[i][j] = a.part[i][2 * j] * b.part[i][2 * j] + a.part[i][2 * j + 1] * b.part[i][2 * j + 1];
    }
#endif
  });
  return out;
}

/// Codes as the instructions of the tier want them.
template <CodeRange Range>
SOV_LANES Codes32 moved(Codes32 codes) {
  if constexpr (kMoved<Range> != 0) {
    each_int_part([&](int i) { codes.part[i] ^= static_cast<uint8_t>(kMovedBy); });
  }
  return codes;
}

#if defined(SOV_DOT_FOURS)

/// c + the sums of four products each; the codes are moved ones.
SOV_LANES I32x8 add_fours(Codes32 codes, Codes32 x, I32x8 c) {
#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
  return {{reinterpret_cast<SumPart>(_mm256_dpbusd_epi32(reinterpret_cast<__m256i>(c.part[0]),
                                                         reinterpret_cast<__m256i>(codes.part[0]),
                                                         reinterpret_cast<__m256i>(x.part[0])))}};
#elif defined(__aarch64__)
  each_int_part([&](int i) {
    const auto a = reinterpret_cast<int8x16_t>(codes.part[i]), b = reinterpret_cast<int8x16_t>(x.part[i]);
    const int32x4_t low = vpaddlq_s16(vmull_s8(vget_low_s8(a), vget_low_s8(b)));
    const int32x4_t high = vpaddlq_s16(vmull_high_s8(a, b));
    c.part[i] += reinterpret_cast<SumPart>(vpaddq_s32(low, high));
  });
  return c;
#else
  each_int_part([&](int i) {
    for (int j = 0; j < kIntBytes; j++) {
      c.part[i][j / 4] += static_cast<int8_t>(codes.part[i][j]) * static_cast<int8_t>(x.part[i][j]);
    }
  });
  return c;
#endif
}
/// The sums of four products each.
template <CodeRange Range>
SOV_LANES I32x8 fours(Codes32 codes, Codes32 x) {
  return add_fours(moved<Range>(codes), x, no_sums());
}

#else

SOV_LANES WordPart multiply_bytes(CodePart codes, CodePart x) {
#if defined(__AVX2__)
  return reinterpret_cast<WordPart>(
      _mm256_maddubs_epi16(reinterpret_cast<__m256i>(codes), reinterpret_cast<__m256i>(x)));
#else
  return reinterpret_cast<WordPart>(
      _mm_maddubs_epi16(reinterpret_cast<__m128i>(codes), reinterpret_cast<__m128i>(x)));
#endif
}
/// x with the sign of the code, zero for a code of zero.
SOV_LANES CodePart take_sign(CodePart x, CodePart code) {
#if defined(__AVX2__)
  return reinterpret_cast<CodePart>(
      _mm256_sign_epi8(reinterpret_cast<__m256i>(x), reinterpret_cast<__m256i>(code)));
#else
  return reinterpret_cast<CodePart>(
      _mm_sign_epi8(reinterpret_cast<__m128i>(x), reinterpret_cast<__m128i>(code)));
#endif
}
SOV_LANES CodePart magnitude(CodePart code) {
#if defined(__AVX2__)
  return reinterpret_cast<CodePart>(_mm256_abs_epi8(reinterpret_cast<__m256i>(code)));
#else
  return reinterpret_cast<CodePart>(_mm_abs_epi8(reinterpret_cast<__m128i>(code)));
#endif
}

/// The sums of two products each, within 16 bits.
template <CodeRange Range>
SOV_LANES I16x16 twos(Codes32 codes, Codes32 x) {
  I16x16 out;
  each_int_part([&](int i) {
    if constexpr (Range == CodeRange::with_sign) {
      out.part[i] = multiply_bytes(magnitude(codes.part[i]), take_sign(x.part[i], codes.part[i]));
    } else {
      out.part[i] = multiply_bytes(codes.part[i], x.part[i]);
    }
  });
  return out;
}
SOV_LANES I16x16 ones() {
  I16x16 out;
  each_int_part([&](int i) { out.part[i] = WordPart{} + int16_t{1}; });
  return out;
}
/// The sums of four products each.
template <CodeRange Range>
SOV_LANES I32x8 fours(Codes32 codes, Codes32 x) {
  return dot_pairs(twos<Range>(codes, x), ones());
}

// Inline assembly in the following: a product and its addition in one piece. GCC 12 computes the products of
// a whole tile first, runs out of registers, and the loop waits for the sum that it keeps in memory: 73
// instead of 107 G multiply-adds a second in a tile of 16 x 4 (four bits, Zen 3).

/// c + pairs of products of four-bit codes; good for 16 columns.
SOV_LANES I16x16 add_small(Codes32 codes, Codes32 x, I16x16 c) {
#if defined(__AVX2__)
  WordPart both;
  asm("vpmaddubsw %3, %2, %1\n\tvpaddw %1, %0, %0"
      : "+x"(c.part[0]), "=&x"(both)
      : "x"(codes.part[0]), "xm"(x.part[0]));
#else
  each_int_part([&](int i) { c.part[i] += multiply_bytes(codes.part[i], x.part[i]); });
#endif
  return c;
}
/// c + the sums of four products of codes up to six bits each, twice, times the scales of their pairs.
SOV_LANES I32x8 add_two(const Codes32 (&codes)[2], const Codes32 (&x)[2], I16x16 scales, I32x8 c) {
#if defined(__AVX2__)
  WordPart first, second;
  asm("vpmaddubsw %5, %3, %1\n\tvpmaddubsw %6, %4, %2\n\tvpaddw %2, %1, %1\n\tvpmaddwd %7, %1, %1\n\tvpaddd "
      "%1, %0, %0"
      : "+x"(c.part[0]), "=&x"(first), "=&x"(second)
      : "x"(codes[0].part[0]), "x"(codes[1].part[0]), "x"(x[0].part[0]), "x"(x[1].part[0]),
        "xm"(scales.part[0]));
  return c;
#else
  I16x16 words;
  each_int_part([&](int i) {
    words.part[i] =
        multiply_bytes(codes[0].part[i], x[0].part[i]) + multiply_bytes(codes[1].part[i], x[1].part[i]);
  });
  return c + dot_pairs(words, scales);
#endif
}
/// c + the sums of four products of codes with a sign each, times the scales of their pairs; `sizes`: the
/// codes' magnitudes.
SOV_LANES I32x8 add_signed(Codes32 codes, Codes32 sizes, Codes32 x, I16x16 scales, I32x8 c) {
#if defined(__AVX2__)
  WordPart both;
  asm("vpsignb %2, %4, %1\n\tvpmaddubsw %1, %3, %1\n\tvpmaddwd %5, %1, %1\n\tvpaddd %1, %0, %0"
      : "+x"(c.part[0]), "=&x"(both)
      : "x"(codes.part[0]), "x"(sizes.part[0]), "x"(x.part[0]), "xm"(scales.part[0]));
  return c;
#else
  I16x16 words;
  each_int_part(
      [&](int i) { words.part[i] = multiply_bytes(sizes.part[i], take_sign(x.part[i], codes.part[i])); });
  return c + dot_pairs(words, scales);
#endif
}
SOV_LANES Codes32 magnitude(Codes32 codes) {
  each_int_part([&](int i) { codes.part[i] = magnitude(codes.part[i]); });
  return codes;
}

#endif

/// Scales of a super-block's spans, whole numbers within 16 bits, beside the sums that they multiply: as
/// pairs of equal words where the products of bytes are words, else as the sums' lanes.
#if defined(SOV_DOT_FOURS)
using SpanScales = I32x8;
template <int Dropped>
SOV_LANES int32_t packed_scale(int16_t scale) {
  return scale;
}
template <int Dropped>
SOV_LANES SpanScales splat_part(const int16_t* from) {
  return splat_sum(*from);
}
SOV_LANES SpanScales load_scales(const float* from) {
  SpanScales out;
  each_int_part([&](int i) { __builtin_memcpy(&out.part[i], from + kPartSums * i, kIntBytes); });
  return out;
}
/// rounded_shift<Dropped>(scale * part).
template <int Dropped>
SOV_LANES SpanScales weights_of(SpanScales scale, SpanScales part) {
  SpanScales out = scale * part;
  if constexpr (Dropped > 0) {
    each_int_part([&](int i) { out.part[i] = (out.part[i] + (1 << (Dropped - 1))) >> Dropped; });
  }
  return out;
}
#else
using SpanScales = I16x16;
// One instruction multiplies and shifts by 15 with rounding: factors are moved up to make up for the rest.
constexpr int kPartMoved = 9;
template <int Dropped>
SOV_LANES int32_t packed_scale(int16_t scale) {
  const auto bits = static_cast<uint16_t>(Dropped > 0 ? scale * (1 << (15 - kPartMoved - Dropped)) : scale);
  return static_cast<int32_t>(bits | static_cast<uint32_t>(bits) << 16);
}
template <int Dropped>
SOV_LANES SpanScales splat_part(const int16_t* from) {
  SpanScales out = splat_pair(from);  // two equal ones
  if constexpr (Dropped > 0) each_int_part([&](int i) { out.part[i] <<= kPartMoved; });
  return out;
}
SOV_LANES SpanScales load_scales(const float* from) { return load_words(from); }
template <int Dropped>
SOV_LANES SpanScales weights_of(SpanScales scale, SpanScales part) {
  if constexpr (Dropped == 0) return scale * part;
  SpanScales out;
  each_int_part([&](int i) {
#if defined(__AVX2__)
    out.part[i] = reinterpret_cast<WordPart>(_mm256_mulhrs_epi16(reinterpret_cast<__m256i>(scale.part[i]),
                                                                 reinterpret_cast<__m256i>(part.part[i])));
#else
    out.part[i] = reinterpret_cast<WordPart>(
        _mm_mulhrs_epi16(reinterpret_cast<__m128i>(scale.part[i]), reinterpret_cast<__m128i>(part.part[i])));
#endif
  });
  return out;
}
#endif

/// The scales of 16 times 16 columns, from which those of a run of 32 are taken.
#if defined(__AVX2__) && !defined(SOV_DOT_FOURS)
struct SpreadScales {
  WordPart turned;  // the even ones in the lower half, the odd ones in the upper
};
SOV_LANES SpreadScales spread_scales(I16x16 scales) {
  const __m256i even_first = _mm256_setr_epi8(0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15,  //
                                              0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15);
  const __m256i halves = _mm256_shuffle_epi8(reinterpret_cast<__m256i>(scales.part[0]), even_first);
  return {reinterpret_cast<WordPart>(_mm256_permute4x64_epi64(halves, 0xD8))};
}
template <int Run>
SOV_LANES SpanScales scales_of_run(const SpreadScales& from) {
  constexpr int16_t kBoth = static_cast<int16_t>(2 * Run | (2 * Run + 1) << 8);
  return {{reinterpret_cast<WordPart>(
      _mm256_shuffle_epi8(reinterpret_cast<__m256i>(from.turned), _mm256_set1_epi16(kBoth)))}};
}
#else
struct SpreadScales {
  int16_t scales[16];
};
SOV_LANES SpreadScales spread_scales(I16x16 scales) {
  SpreadScales out;
  __builtin_memcpy(out.scales, &scales, sizeof out.scales);
  return out;
}
/// The lower half of the lanes: the first 16 columns, the upper: the others.
template <int Run>
SOV_LANES SpanScales scales_of_run(const SpreadScales& from) {
  SpanScales out;
  constexpr int kLanesOfPart = static_cast<int>(kIntBytes / sizeof(out.part[0][0]));
  each_int_part([&](int i) {
    for (int lane = 0; lane < kLanesOfPart; lane++) {
      out.part[i][lane] = from.scales[2 * Run + (kLanesOfPart * i + lane) * 2 / (kLanesOfPart * kIntParts)];
    }
  });
  return out;
}
#endif

/// c + the sums of four products each, times their scales.
template <CodeRange Range>
SOV_LANES I32x8 add_scaled(Codes32 codes, Codes32 x, SpanScales scales, I32x8 c) {
#if defined(SOV_DOT_FOURS)
  return c + fours<Range>(codes, x) * scales;
#else
  return c + dot_pairs(twos<Range>(codes, x), scales);
#endif
}

SOV_LANES F32x8 to_real(I32x8 value) {
  F32x8 out;
  each_int_part([&](int i) { out.part[i] = __builtin_convertvector(value.part[i], RealPart); });
  return out;
}
SOV_LANES F32x8 zeros8() {
  F32x8 out;
  each_int_part([&](int i) { out.part[i] = RealPart{}; });
  return out;
}
SOV_LANES F32x8 splat8(float value) {
  F32x8 out;
  each_int_part([&](int i) { out.part[i] = value - RealPart{}; });  // x - 0 keeps the sign of a zero
  return out;
}
SOV_LANES F32x8 load8(const float* from) {
  F32x8 out;
  each_int_part([&](int i) { __builtin_memcpy(&out.part[i], from + kPartSums * i, kIntBytes); });
  return out;
}
SOV_LANES void store8(float* to, F32x8 value) {
  each_int_part([&](int i) { __builtin_memcpy(to + kPartSums * i, &value.part[i], kIntBytes); });
}
/// a * b + c, rounded once where the tier has the instruction and is not strict, else twice.
SOV_LANES F32x8 fma(F32x8 a, F32x8 b, F32x8 c) {
#if defined(SOV_FUSED) && defined(__AVX2__)
  return {{_mm256_fmadd_ps(a.part[0], b.part[0], c.part[0])}};
#elif defined(SOV_FUSED)
  each_int_part([&](int i) { a.part[i] = vfmaq_f32(c.part[i], a.part[i], b.part[i]); });
  return a;
#else
  each_int_part([&](int i) { a.part[i] = a.part[i] * b.part[i] + c.part[i]; });
  return a;
#endif
}
SOV_LANES F32x8 operator+(F32x8 a, F32x8 b) {
  each_int_part([&](int i) { a.part[i] += b.part[i]; });
  return a;
}
SOV_LANES F32x8 operator*(F32x8 a, F32x8 b) {
  each_int_part([&](int i) { a.part[i] *= b.part[i]; });
  return a;
}
using Int4 = int32_t __attribute__((vector_size(16)));

SOV_LANES Int4 load_int4(const int32_t* from) {
  Int4 out;
  __builtin_memcpy(&out, from, sizeof out);
  return out;
}
/// The four bytes at `from` in all lanes.
SOV_LANES Codes32 splat_four(const int8_t* from) {
  int32_t four;
  __builtin_memcpy(&four, from, sizeof four);
  Codes32 out;
  each_int_part([&](int i) { out.part[i] = reinterpret_cast<CodePart>(four + SumPart{}); });
  return out;
}
/// Row r, lane i -> row i, lane r.
SOV_LANES void turn_four(Int4 (&v)[4]) {
  const Int4 a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5);
  const Int4 b = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5);
  const Int4 c = __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
  const Int4 d = __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
  v[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);
  v[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);
  v[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5);
  v[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7);
}
SOV_LANES Int4 low_half(I32x8 v) {
#if defined(__AVX2__)
  return __builtin_shufflevector(v.part[0], v.part[0], 0, 1, 2, 3);
#else
  return v.part[0];
#endif
}
SOV_LANES Int4 high_half(I32x8 v) {
#if defined(__AVX2__)
  return __builtin_shufflevector(v.part[0], v.part[0], 4, 5, 6, 7);
#else
  return v.part[1];
#endif
}
/// The sums of four.
SOV_LANES Int4 sum_four(const I32x8 (&v)[4]) {
#if defined(__AVX2__)
  const SumPart a = v[0].part[0], b = v[1].part[0], c = v[2].part[0], d = v[3].part[0];
  const SumPart ab = __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13) +
                     __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
  const SumPart cd = __builtin_shufflevector(c, d, 0, 8, 1, 9, 4, 12, 5, 13) +
                     __builtin_shufflevector(c, d, 2, 10, 3, 11, 6, 14, 7, 15);
  const I32x8 all = {{__builtin_shufflevector(ab, cd, 0, 1, 8, 9, 4, 5, 12, 13) +
                      __builtin_shufflevector(ab, cd, 2, 3, 10, 11, 6, 7, 14, 15)}};
  return low_half(all) + high_half(all);
#else
  Int4 half[4] = {v[0].part[0] + v[0].part[1], v[1].part[0] + v[1].part[1], v[2].part[0] + v[2].part[1],
                  v[3].part[0] + v[3].part[1]};
  turn_four(half);
  return (half[0] + half[1]) + (half[2] + half[3]);
#endif
}
/// The sums of the lower and the upper half of two.
SOV_LANES Int4 sum_halves(const I32x8 (&v)[2]) {
  const Int4 a = low_half(v[0]), b = high_half(v[0]), c = low_half(v[1]), d = high_half(v[1]);
  Int4 four[4] = {a, b, c, d};
  turn_four(four);
  return (four[0] + four[1]) + (four[2] + four[3]);
}
SOV_LANES Float4 to_real(Int4 value) { return __builtin_convertvector(value, Float4); }

}  // namespace sov::compute::SOV_TIER
