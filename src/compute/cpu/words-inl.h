#pragma once
// 16 lanes of 16-bit integers and their products: one 256-bit vector or two 128-bit ones. Products of
// neighbouring lanes are added in pairs (pmaddwd and its kin on every processor), so sums have 8 lanes, and
// they are exact: every tier gives the same integers.

#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

#if defined(__AVX2__)
constexpr int kWordParts = 1;
#else
constexpr int kWordParts = 2;
#endif
constexpr int kWordBytes = 32 / kWordParts;
constexpr int kPairs = 8;
constexpr int kPartPairs = kPairs / kWordParts;

using WordPart = int16_t __attribute__((vector_size(kWordBytes)));
using PairPart = int32_t __attribute__((vector_size(kWordBytes)));
using RealPart = float __attribute__((vector_size(kWordBytes)));

struct I16x16 {
  WordPart part[kWordParts];
};
struct I32x8 {
  PairPart part[kWordParts];
};
struct F32x8 {
  RealPart part[kWordParts];
};

template <typename Function>
SOV_LANES void each_word_part(Function function) {
#pragma GCC unroll 2
  for (int i = 0; i < kWordParts; i++) function(i);
}

SOV_LANES I16x16 load_words(const int16_t* from) {
  I16x16 out;
  // At any alignment, and by parts as load() does.
  each_word_part([&](int i) { __builtin_memcpy(&out.part[i], from + 2 * kPartPairs * i, kWordBytes); });
  return out;
}
/// The same, and one load however often it is used (see load_part_once).
SOV_LANES I16x16 load_words_once(const int16_t* from) {
  I16x16 out = load_words(from);
#if defined(__AVX2__)
  each_word_part([&](int i) { asm("" : "+v"(out.part[i])); });
#endif
  return out;
}
SOV_LANES void store_words(int16_t* to, I16x16 value) {
  each_word_part([&](int i) { __builtin_memcpy(to + 2 * kPartPairs * i, &value.part[i], kWordBytes); });
}

SOV_LANES I16x16 splat_word(int value) {
  I16x16 out;
  each_word_part([&](int i) { out.part[i] = static_cast<int16_t>(value) + WordPart{}; });
  return out;
}
SOV_LANES I16x16 operator-(I16x16 a, I16x16 b) {
  each_word_part([&](int i) { a.part[i] -= b.part[i]; });
  return a;
}
/// The low 16 bits of each product.
SOV_LANES I16x16 operator*(I16x16 a, I16x16 b) {
  each_word_part([&](int i) { a.part[i] *= b.part[i]; });
  return a;
}
SOV_LANES I16x16 operator&(I16x16 a, int mask) {
  each_word_part([&](int i) { a.part[i] &= static_cast<int16_t>(mask); });
  return a;
}
SOV_LANES I16x16 operator>>(I16x16 a, int count) {
  each_word_part([&](int i) { a.part[i] >>= static_cast<int16_t>(count); });
  return a;
}

SOV_LANES I16x16 widen_i8(Bytes16 bytes) {
#if defined(__AVX2__)
  return {{reinterpret_cast<WordPart>(_mm256_cvtepi8_epi16(reinterpret_cast<__m128i>(bytes)))}};
#elif defined(__SSE4_1__)
  const auto all = reinterpret_cast<__m128i>(bytes);
  return {{reinterpret_cast<WordPart>(_mm_cvtepi8_epi16(all)),
           reinterpret_cast<WordPart>(_mm_cvtepi8_epi16(_mm_srli_si128(all, 8)))}};
#else
  using Small = int8_t __attribute__((vector_size(8)));
  I16x16 out;
  each_word_part([&](int i) {
    Small small;
    __builtin_memcpy(&small, reinterpret_cast<const char*>(&bytes) + 8 * i, sizeof small);
    out.part[i] = __builtin_convertvector(small, WordPart);
  });
  return out;
#endif
}
SOV_LANES I16x16 widen_u8(Bytes16 bytes) {
#if defined(__AVX2__)
  return {{reinterpret_cast<WordPart>(_mm256_cvtepu8_epi16(reinterpret_cast<__m128i>(bytes)))}};
#elif defined(__SSE4_1__)
  const auto all = reinterpret_cast<__m128i>(bytes);
  return {{reinterpret_cast<WordPart>(_mm_cvtepu8_epi16(all)),
           reinterpret_cast<WordPart>(_mm_cvtepu8_epi16(_mm_srli_si128(all, 8)))}};
#else
  return widen_i8(bytes) & 255;
#endif
}

SOV_LANES I32x8 no_pairs() {
  I32x8 out;
  each_word_part([&](int i) { out.part[i] = PairPart{}; });
  return out;
}
/// a[2i] b[2i] + a[2i+1] b[2i+1].
SOV_LANES I32x8 products(I16x16 a, I16x16 b) {
#if defined(__AVX2__)
  return {{reinterpret_cast<PairPart>(
      _mm256_madd_epi16(reinterpret_cast<__m256i>(a.part[0]), reinterpret_cast<__m256i>(b.part[0])))}};
#elif defined(__SSE2__)
  I32x8 out;
  each_word_part([&](int i) {
    out.part[i] = reinterpret_cast<PairPart>(
        _mm_madd_epi16(reinterpret_cast<__m128i>(a.part[i]), reinterpret_cast<__m128i>(b.part[i])));
  });
  return out;
#else
  I32x8 out;
  each_word_part([&](int i) {
    for (int j = 0; j < kPartPairs; j++) {
      out.part[i][j] = a.part[i][2 * j] * b.part[i][2 * j] + a.part[i][2 * j + 1] * b.part[i][2 * j + 1];
    }
  });
  return out;
#endif
}
SOV_LANES I32x8 operator+(I32x8 a, I32x8 b) {
  each_word_part([&](int i) { a.part[i] += b.part[i]; });
  return a;
}
/// c + products(a, b).
SOV_LANES I32x8 add_products(I16x16 a, I16x16 b, I32x8 c) {
#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
  return {{reinterpret_cast<PairPart>(_mm256_dpwssd_epi32(reinterpret_cast<__m256i>(c.part[0]),
                                                          reinterpret_cast<__m256i>(a.part[0]),
                                                          reinterpret_cast<__m256i>(b.part[0])))}};
#elif defined(__AVX2__)
  // In one piece: GCC 12 computes the products of a whole tile first, runs out of registers, and the loop
  // waits for the sum that it keeps in memory. Measured on a Zen 3 server: 76 instead of 34 G products/s in a
  // tile of 4 x 2.
  PairPart both;
  asm("vpmaddwd %3, %2, %1\n\tvpaddd %1, %0, %0"
      : "+x"(c.part[0]), "=&x"(both)
      : "x"(a.part[0]), "xm"(b.part[0]));
  return c;
#elif defined(__SSE2__)
  each_word_part([&](int i) {
    c.part[i] += reinterpret_cast<PairPart>(
        _mm_madd_epi16(reinterpret_cast<__m128i>(a.part[i]), reinterpret_cast<__m128i>(b.part[i])));
  });
  return c;
#else
  each_word_part([&](int i) {
    for (int j = 0; j < kPartPairs; j++) {
      c.part[i][j] += a.part[i][2 * j] * b.part[i][2 * j] + a.part[i][2 * j + 1] * b.part[i][2 * j + 1];
    }
  });
  return c;
#endif
}

SOV_LANES F32x8 to_real(I32x8 value) {
  F32x8 out;
  each_word_part([&](int i) { out.part[i] = __builtin_convertvector(value.part[i], RealPart); });
  return out;
}
SOV_LANES F32x8 zeros8() {
  F32x8 out;
  each_word_part([&](int i) { out.part[i] = RealPart{}; });
  return out;
}
SOV_LANES F32x8 splat8(float value) {
  F32x8 out;
  each_word_part([&](int i) { out.part[i] = value - RealPart{}; });  // x - 0 keeps the sign of a zero
  return out;
}
SOV_LANES F32x8 load8(const float* from) {
  F32x8 out;
  each_word_part([&](int i) { __builtin_memcpy(&out.part[i], from + kPartPairs * i, kWordBytes); });
  return out;
}
SOV_LANES void store8(float* to, F32x8 value) {
  each_word_part([&](int i) { __builtin_memcpy(to + kPartPairs * i, &value.part[i], kWordBytes); });
}
/// a * b + c, rounded once where the tier has the instruction and is not strict, else twice.
SOV_LANES F32x8 fma(F32x8 a, F32x8 b, F32x8 c) {
#if defined(SOV_FUSED) && defined(__AVX2__)
  return {{_mm256_fmadd_ps(a.part[0], b.part[0], c.part[0])}};
#elif defined(SOV_FUSED)
  each_word_part([&](int i) { a.part[i] = vfmaq_f32(c.part[i], a.part[i], b.part[i]); });
  return a;
#else
  each_word_part([&](int i) { a.part[i] = a.part[i] * b.part[i] + c.part[i]; });
  return a;
#endif
}
SOV_LANES F32x8 operator+(F32x8 a, F32x8 b) {
  each_word_part([&](int i) { a.part[i] += b.part[i]; });
  return a;
}
using Int4 = int32_t __attribute__((vector_size(16)));

/// The pair of integers at `from` in all lanes.
SOV_LANES I16x16 splat_pair(const int16_t* from) {
  int32_t pair;
  __builtin_memcpy(&pair, from, sizeof pair);
  I16x16 out;
  each_word_part([&](int i) { out.part[i] = reinterpret_cast<WordPart>(pair + PairPart{}); });
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
/// The sums of four.
SOV_LANES Int4 sum_four(const I32x8 (&v)[4]) {
#if defined(__AVX2__)
  const PairPart a = v[0].part[0], b = v[1].part[0], c = v[2].part[0], d = v[3].part[0];
  const PairPart ab = __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13) +
                      __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
  const PairPart cd = __builtin_shufflevector(c, d, 0, 8, 1, 9, 4, 12, 5, 13) +
                      __builtin_shufflevector(c, d, 2, 10, 3, 11, 6, 14, 7, 15);
  const PairPart all = __builtin_shufflevector(ab, cd, 0, 1, 8, 9, 4, 5, 12, 13) +
                       __builtin_shufflevector(ab, cd, 2, 3, 10, 11, 6, 7, 14, 15);
  return __builtin_shufflevector(all, all, 0, 1, 2, 3) + __builtin_shufflevector(all, all, 4, 5, 6, 7);
#else
  Int4 half[4] = {v[0].part[0] + v[0].part[1], v[1].part[0] + v[1].part[1], v[2].part[0] + v[2].part[1],
                  v[3].part[0] + v[3].part[1]};
  turn_four(half);
  return (half[0] + half[1]) + (half[2] + half[3]);
#endif
}
SOV_LANES Float4 to_real(Int4 value) { return __builtin_convertvector(value, Float4); }

}  // namespace sov::compute::SOV_TIER
