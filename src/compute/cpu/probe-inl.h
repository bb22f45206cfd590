#pragma once
// What a tier can do at most: registers full of multiply-adds, and memory streamed through them.

#include "compute/cpu/kernels.h"
#include "compute/cpu/simd.h"

namespace sov::compute::SOV_TIER {

// A multiply-add takes four or five cycles and two start in each: twelve chains keep both units busy and
// still fit in 16 registers.
constexpr int kChains = 12;
constexpr int kWideChains = kChains / kParts;  // F32x16 each

inline float probe_multiply_add(int64_t rounds) {
  F32x16 chain[kWideChains];
  for (int i = 0; i < kWideChains; i++) chain[i] = splat(static_cast<float>(i));
  const F32x16 half = splat(0.5F);
  for (int64_t round = 0; round < rounds; round++) {  // every chain tends to 1
#pragma GCC unroll 12
    for (int i = 0; i < kWideChains; i++) chain[i] = fma(chain[i], half, half);
  }
  F32x16 all = zeros();
  for (int i = 0; i < kWideChains; i++) all = all + chain[i];
  return sum(all);
}

#if defined(__AVX512VNNI__)
constexpr const char* kInt8Name = "vpdpbusd";
using Int8Part = __m512i;
SOV_LANES Int8Part int8_part(int8_t value) { return _mm512_set1_epi8(value); }
SOV_LANES Int8Part dot_add(Int8Part sums, Int8Part a, Int8Part b) { return _mm512_dpbusd_epi32(sums, a, b); }
#elif defined(__AVX2__)
constexpr const char* kInt8Name = "vpmaddubsw, vpmaddwd, vpaddd";
using Int8Part = __m256i;
SOV_LANES Int8Part int8_part(int8_t value) { return _mm256_set1_epi8(value); }
SOV_LANES Int8Part dot_add(Int8Part sums, Int8Part a, Int8Part b) {
  const __m256i pairs = _mm256_maddubs_epi16(a, b);
  return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
#elif defined(__SSSE3__)
constexpr const char* kInt8Name = "pmaddubsw, pmaddwd, paddd";
using Int8Part = __m128i;
SOV_LANES Int8Part int8_part(int8_t value) { return _mm_set1_epi8(value); }
SOV_LANES Int8Part dot_add(Int8Part sums, Int8Part a, Int8Part b) {
  const __m128i pairs = _mm_maddubs_epi16(a, b);
  return _mm_add_epi32(sums, _mm_madd_epi16(pairs, _mm_set1_epi16(1)));
}
#endif

#if defined(__SSSE3__)
// Where the sum is a separate addition, its one cycle is all that a chain waits for.
constexpr int kDotChains = sizeof(Int8Part) == 64 ? kChains : 8;

/// To the compiler, it might have changed.
SOV_LANES void changed(Int8Part& value) {
#if defined(SOV_NO_WIDE_REGISTERS)
  __asm__ volatile("" : "+m"(value));
#else
  __asm__ volatile("" : "+x"(value));
#endif
}

inline int32_t probe_int8_dot(int64_t rounds) {
  Int8Part sums[kDotChains];
  for (int i = 0; i < kDotChains; i++) sums[i] = int8_part(0);
  Int8Part a = int8_part(3);
  const Int8Part b = int8_part(2);
  for (int64_t round = 0; round < rounds; round++) {
#pragma GCC unroll 12
    for (int i = 0; i < kDotChains; i++) {
      changed(a);  // nothing can be computed once for all rounds
      sums[i] = dot_add(sums[i], a, b);
    }
  }
  uint32_t out = 0;  // may wrap
  for (int i = 0; i < kDotChains; i++) {
    uint32_t lanes[sizeof(Int8Part) / 4];
    __builtin_memcpy(lanes, &sums[i], sizeof lanes);
    for (const uint32_t lane : lanes) out += lane;
  }
  return static_cast<int32_t>(out);
}
constexpr int64_t kInt8Operations = kDotChains * int64_t{sizeof(Int8Part)} * 2;
#endif

/// The sum of `count` floats, a multiple of 64; four streams at once, as the matrix-vector product reads.
inline float probe_read(const float* from, int64_t count) {
  F32x16 sums[4] = {zeros(), zeros(), zeros(), zeros()};
  const int64_t quarter = count / 4;
  for (int64_t i = 0; i < quarter; i += kLanes) {
#pragma GCC unroll 4
    for (int stream = 0; stream < 4; stream++) {
      sums[stream] = sums[stream] + load(from + stream * quarter + i);
    }
  }
  return sum((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

/// a = b + s * c. count: a multiple of 16.
inline void probe_triad(float* a, const float* b, const float* c, float s, int64_t count) {
  const F32x16 factor = splat(s);
  for (int64_t i = 0; i < count; i += kLanes) store(a + i, fma(factor, load(c + i), load(b + i)));
}

constexpr ProbeKernels probe_kernels() {
  ProbeKernels k = {};
  k.multiply_add = probe_multiply_add;
  k.multiply_add_operations = int64_t{kWideChains} * kLanes * 2;
  k.read = probe_read;
  k.triad = probe_triad;
#if defined(__SSSE3__)
  k.int8_dot = probe_int8_dot;
  k.int8_operations = kInt8Operations;
  k.int8_name = kInt8Name;
#else
  k.int8_name = "";
#endif
  return k;
}

}  // namespace sov::compute::SOV_TIER
