#pragma once
// Stands in front of the compiler's header when the avx512 tier is built for a processor without AVX-512
// (CMake option SOV_EMULATE_AVX512): its intrinsics come from SIMDe, written over plain vectors by other
// people, and the tier's own code is compiled as it is. The few that SIMDe 0.7.4 lacks follow Intel's
// description of each.
#include_next <immintrin.h>

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

namespace sov::emulation {

inline __m512 maskz_loadu_ps(unsigned mask, const float* from) {
  __m512 out = {};
  for (int i = 0; i < 16; i++) {
    if ((mask >> i & 1) != 0) out[i] = from[i];
  }
  return out;
}
inline void mask_storeu_ps(float* to, unsigned mask, __m512 value) {
  for (int i = 0; i < 16; i++) {
    if ((mask >> i & 1) != 0) to[i] = value[i];
  }
}
template <typename Wide, typename Narrow>
inline Wide two_halves(Narrow low, Narrow high) {
  Wide out;
  __builtin_memcpy(&out, &low, sizeof low);
  __builtin_memcpy(reinterpret_cast<char*>(&out) + sizeof low, &high, sizeof high);
  return out;
}
inline __m512 cvtph_ps(__m256i halves) {
  return two_halves<__m512>(_mm256_cvtph_ps(_mm256_castsi256_si128(halves)),
                            _mm256_cvtph_ps(_mm256_extracti128_si256(halves, 1)));
}
inline __m512i cvtepu8_epi32(__m128i bytes) {
  return two_halves<__m512i>(_mm256_cvtepu8_epi32(bytes), _mm256_cvtepu8_epi32(_mm_srli_si128(bytes, 8)));
}
inline __m512i cvtepi8_epi32(__m128i bytes) {
  return two_halves<__m512i>(_mm256_cvtepi8_epi32(bytes), _mm256_cvtepi8_epi32(_mm_srli_si128(bytes, 8)));
}
inline __m512i cvtepu16_epi32(__m256i words) {
  return two_halves<__m512i>(_mm256_cvtepu16_epi32(_mm256_castsi256_si128(words)),
                             _mm256_cvtepu16_epi32(_mm256_extracti128_si256(words, 1)));
}
inline __m512 cvtepi32_ps(__m512i integers) {
  using Int16 = int __attribute__((vector_size(64)));
  return reinterpret_cast<__m512>(__builtin_convertvector(reinterpret_cast<Int16>(integers), __m512));
}

}  // namespace sov::emulation

#define _mm512_maskz_loadu_ps(mask, from) sov::emulation::maskz_loadu_ps(mask, from)
#define _mm512_mask_storeu_ps(to, mask, value) sov::emulation::mask_storeu_ps(to, mask, value)
#define _mm512_cvtph_ps(halves) sov::emulation::cvtph_ps(halves)
#define _mm512_cvtepu8_epi32(bytes) sov::emulation::cvtepu8_epi32(bytes)
#define _mm512_cvtepi8_epi32(bytes) sov::emulation::cvtepi8_epi32(bytes)
#define _mm512_cvtepu16_epi32(words) sov::emulation::cvtepu16_epi32(words)
#define _mm512_cvtepi32_ps(integers) sov::emulation::cvtepi32_ps(integers)

#define SOV_NO_WIDE_REGISTERS 1  // for inline assembly
#define __AVX512F__ 1
#define __AVX512BW__ 1
#define __AVX512DQ__ 1
#define __AVX512VL__ 1
#define __AVX512VNNI__ 1
