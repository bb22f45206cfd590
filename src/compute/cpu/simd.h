#pragma once
// 16 lanes of f32, whatever the processor's registers are: one 512-bit, two 256-bit or four 128-bit vectors.
// Written over the compilers' vector types; an intrinsic stands only where these have no word for it, with a
// portable fallback. Everything is in the tier's own namespace and always inlined (see kernels.h for the
// reason).

#include <cstddef>
#include <cstdint>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// A strict tier rounds products before they are added: the bits are then those of every processor, where
// fused sums are those of the ones that have the instruction.
#if (defined(__FMA__) || defined(__aarch64__)) && !defined(SOV_STRICT)
#define SOV_FUSED 1
#endif

#define SOV_LANES [[gnu::always_inline]] static inline
#define SOV_INLINED __attribute__((always_inline))  // of a lambda, before its body

namespace sov::compute::SOV_TIER {

#if defined(__AVX512F__)
constexpr int kParts = 1;
#elif defined(__AVX2__)
constexpr int kParts = 2;
#else
constexpr int kParts = 4;
#endif
constexpr int kLanes = 16;
constexpr int kPartLanes = kLanes / kParts;

using Part = float __attribute__((vector_size(4 * kPartLanes)));
using PartInt = int32_t __attribute__((vector_size(4 * kPartLanes)));
using Bytes16 = uint8_t __attribute__((vector_size(16)));
using Float4 = float __attribute__((vector_size(16)));

struct F32x16 {
  Part part[kParts];
};
struct I32x16 {
  PartInt part[kParts];
};

template <int Value>
struct Constant {
  static constexpr int value = Value;
};
/// function(Constant<0>) .. function(Constant<Count - 1>). Beside a loop that is unrolled later on, arrays
/// indexed by these become registers in GCC 12.
template <int Count, typename Function>
SOV_LANES void each_of(Function function) {
  [&]<int... i>(std::integer_sequence<int, i...>)
      SOV_INLINED { (function(Constant<i>{}), ...); }(std::make_integer_sequence<int, Count>{});
}

template <typename Function>
SOV_LANES void each_part(Function function) {
#pragma GCC unroll 4
  for (int i = 0; i < kParts; i++) function(i);
}

SOV_LANES F32x16 splat(float value) {
  F32x16 out;
  each_part([&](int i) { out.part[i] = value - Part{}; });  // x - 0 keeps the sign of a zero
  return out;
}
SOV_LANES F32x16 zeros() {
  F32x16 out;
  each_part([&](int i) { out.part[i] = Part{}; });
  return out;
}
SOV_LANES Part load_part(const float* from) {
  Part out;
  __builtin_memcpy(&out, from, sizeof out);
  return out;
}
/// The same, and one load however often it is used: GCC 12 makes it a memory operand of each use.
SOV_LANES Part load_part_once(const float* from) {
  Part out = load_part(from);
#if defined(__AVX2__) && !defined(SOV_NO_WIDE_REGISTERS)
  asm("" : "+v"(out));
#endif
  return out;
}
SOV_LANES F32x16 load(const float* from) {
  F32x16 out;
  // Part by part: GCC 12 copies the whole struct in 16-byte pieces through the stack, where the wider reload
  // stalls.
  each_part([&](int i) { __builtin_memcpy(&out.part[i], from + kPartLanes * i, sizeof(Part)); });
  return out;
}
SOV_LANES void store(float* to, F32x16 value) {
  each_part([&](int i) { __builtin_memcpy(to + kPartLanes * i, &value.part[i], sizeof(Part)); });
}

/// Lanes [0, n) from memory, zeros above; 0 <= n <= 16.
SOV_LANES F32x16 load_partial(const float* from, int64_t n) {
#if defined(__AVX512F__)
  return {{_mm512_maskz_loadu_ps(static_cast<__mmask16>((1U << n) - 1), from)}};
#else
  alignas(64) float lanes[kLanes] = {};
  for (int64_t i = 0; i < n; i++) lanes[i] = from[i];
  return load(lanes);
#endif
}
SOV_LANES void store_partial(float* to, F32x16 value, int64_t n) {
#if defined(__AVX512F__)
  _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1U << n) - 1), value.part[0]);
#else
  alignas(64) float lanes[kLanes];
  store(lanes, value);
  for (int64_t i = 0; i < n; i++) to[i] = lanes[i];
#endif
}

SOV_LANES F32x16 operator+(F32x16 a, F32x16 b) {
  each_part([&](int i) { a.part[i] += b.part[i]; });
  return a;
}
SOV_LANES F32x16 operator-(F32x16 a, F32x16 b) {
  each_part([&](int i) { a.part[i] -= b.part[i]; });
  return a;
}
SOV_LANES F32x16 operator*(F32x16 a, F32x16 b) {
  each_part([&](int i) { a.part[i] *= b.part[i]; });
  return a;
}
SOV_LANES F32x16 operator/(F32x16 a, F32x16 b) {
  each_part([&](int i) { a.part[i] /= b.part[i]; });
  return a;
}
SOV_LANES F32x16 operator-(F32x16 a) {
  each_part([&](int i) { a.part[i] = -a.part[i]; });
  return a;
}

/// a * b + c, rounded once where the tier has the instruction and is not strict, else twice.
SOV_LANES Part fma_part(Part a, Part b, Part c) {
#if defined(SOV_FUSED) && defined(__AVX512F__)
  return _mm512_fmadd_ps(a, b, c);
#elif defined(SOV_FUSED) && defined(__aarch64__)
  return vfmaq_f32(c, a, b);
#elif defined(SOV_FUSED)
  return _mm256_fmadd_ps(a, b, c);
#else
  return a * b + c;
#endif
}
SOV_LANES F32x16 fma(F32x16 a, F32x16 b, F32x16 c) {
  each_part([&](int i) { a.part[i] = fma_part(a.part[i], b.part[i], c.part[i]); });
  return a;
}

SOV_LANES I32x16 less(F32x16 a, F32x16 b) {
  I32x16 out;
  each_part([&](int i) { out.part[i] = a.part[i] < b.part[i]; });
  return out;
}
/// a where the mask is set, else b.
SOV_LANES F32x16 select(I32x16 mask, F32x16 a, F32x16 b) {
  each_part([&](int i) { a.part[i] = mask.part[i] ? a.part[i] : b.part[i]; });
  return a;
}
/// The larger; b where either is a NaN or both are zeros. Compilers see one instruction in select(less())
/// only at times.
SOV_LANES F32x16 max(F32x16 a, F32x16 b) {
#if defined(__AVX512F__)
  return {{_mm512_max_ps(a.part[0], b.part[0])}};
#elif defined(__AVX2__)
  each_part([&](int i) { a.part[i] = _mm256_max_ps(a.part[i], b.part[i]); });
  return a;
#else
  return select(less(b, a), a, b);
#endif
}
SOV_LANES F32x16 min(F32x16 a, F32x16 b) {
#if defined(__AVX512F__)
  return {{_mm512_min_ps(a.part[0], b.part[0])}};
#elif defined(__AVX2__)
  each_part([&](int i) { a.part[i] = _mm256_min_ps(a.part[i], b.part[i]); });
  return a;
#else
  return select(less(a, b), a, b);
#endif
}

SOV_LANES I32x16 bits_of(F32x16 value) {
  I32x16 out;
  each_part([&](int i) { out.part[i] = reinterpret_cast<PartInt>(value.part[i]); });
  return out;
}
SOV_LANES F32x16 from_bits(I32x16 bits) {
  F32x16 out;
  each_part([&](int i) { out.part[i] = reinterpret_cast<Part>(bits.part[i]); });
  return out;
}
SOV_LANES F32x16 abs(F32x16 value) {
  I32x16 bits = bits_of(value);
  each_part([&](int i) { bits.part[i] &= 0x7FFFFFFF; });
  return from_bits(bits);
}
/// The 12 leading bits of each significand: their square is exact.
SOV_LANES F32x16 clear_low_bits(F32x16 value) {
  I32x16 bits = bits_of(value);
  each_part([&](int i) { bits.part[i] &= ~0xFFF; });
  return from_bits(bits);
}
/// The magnitude of a with the sign of b.
SOV_LANES F32x16 copy_sign(F32x16 a, F32x16 b) {
  I32x16 bits = bits_of(a);
  const I32x16 sign = bits_of(b);
  each_part([&](int i) {
    bits.part[i] = (bits.part[i] & 0x7FFFFFFF) | (sign.part[i] & static_cast<int32_t>(0x80000000U));
  });
  return from_bits(bits);
}

/// The four quarters as 128-bit vectors, summed by a fixed tree: lane i + lane i + 8, then 4, 2, 1 apart.
SOV_LANES Float4 quarter_sum(F32x16 v) {
#if defined(__AVX512F__)
  const Part p = v.part[0];
  using Float8 = float __attribute__((vector_size(32)));
  const Float8 half = __builtin_shufflevector(p, p, 0, 1, 2, 3, 4, 5, 6, 7) +
                      __builtin_shufflevector(p, p, 8, 9, 10, 11, 12, 13, 14, 15);
  return __builtin_shufflevector(half, half, 0, 1, 2, 3) + __builtin_shufflevector(half, half, 4, 5, 6, 7);
#elif defined(__AVX2__)
  const Part half = v.part[0] + v.part[1];
  return __builtin_shufflevector(half, half, 0, 1, 2, 3) + __builtin_shufflevector(half, half, 4, 5, 6, 7);
#else
  return (v.part[0] + v.part[2]) + (v.part[1] + v.part[3]);
#endif
}
SOV_LANES float sum(Float4 q) { return (q[0] + q[2]) + (q[1] + q[3]); }
SOV_LANES float sum(F32x16 v) { return sum(quarter_sum(v)); }
/// The sums of four, each by the same tree.
SOV_LANES Float4 sum_four(const Float4 (&q)[4]) {
  const Float4 a =
      __builtin_shufflevector(q[0], q[1], 0, 4, 1, 5) + __builtin_shufflevector(q[0], q[1], 2, 6, 3, 7);
  const Float4 b =
      __builtin_shufflevector(q[2], q[3], 0, 4, 1, 5) + __builtin_shufflevector(q[2], q[3], 2, 6, 3, 7);
  return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
}
SOV_LANES Float4 load4(const float* from) {
  Float4 out;
  __builtin_memcpy(&out, from, sizeof out);
  return out;
}
SOV_LANES Float4 splat4(float value) { return value - Float4{}; }  // x - 0 keeps the sign of a zero
/// a * b + c, rounded once where the tier has the instruction and is not strict, else twice.
SOV_LANES Float4 fma(Float4 a, Float4 b, Float4 c) {
#if defined(SOV_FUSED) && defined(__aarch64__)
  return vfmaq_f32(c, a, b);
#elif defined(SOV_FUSED)
  return _mm_fmadd_ps(a, b, c);
#else
  return a * b + c;
#endif
}
/// The larger of each two; b where one is a NaN or both are zeros.
template <typename Vector>
SOV_LANES Vector larger(Vector a, Vector b) {
  return a > b ? a : b;
}
/// The largest lane, found by the tree of quarter_sum() and sum().
SOV_LANES float largest(F32x16 v) {
#if defined(__AVX512F__)
  const Part p = v.part[0];
  using Float8 = float __attribute__((vector_size(32)));
  const Float8 half = larger<Float8>(__builtin_shufflevector(p, p, 0, 1, 2, 3, 4, 5, 6, 7),
                                     __builtin_shufflevector(p, p, 8, 9, 10, 11, 12, 13, 14, 15));
  const Float4 q = larger<Float4>(__builtin_shufflevector(half, half, 0, 1, 2, 3),
                                  __builtin_shufflevector(half, half, 4, 5, 6, 7));
#elif defined(__AVX2__)
  const Part half = larger(v.part[0], v.part[1]);
  const Float4 q = larger<Float4>(__builtin_shufflevector(half, half, 0, 1, 2, 3),
                                  __builtin_shufflevector(half, half, 4, 5, 6, 7));
#else
  const Float4 q = larger(larger(v.part[0], v.part[2]), larger(v.part[1], v.part[3]));
#endif
  const Float4 two = larger<Float4>(q, __builtin_shufflevector(q, q, 2, 3, 0, 1));
  return two[0] > two[1] ? two[0] : two[1];
}

SOV_LANES Bytes16 load_bytes(const std::byte* from) {
  Bytes16 out;
  __builtin_memcpy(&out, from, sizeof out);
  return out;
}

SOV_LANES F32x16 from_i8(Bytes16 bytes) {
#if defined(__AVX512F__)
  return {{_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(reinterpret_cast<__m128i>(bytes)))}};
#elif defined(__AVX2__)
  const auto all = reinterpret_cast<__m128i>(bytes);
  return {{_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(all)),
           _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(all, 8)))}};
#else
  int8_t lanes[kLanes];
  __builtin_memcpy(lanes, &bytes, sizeof lanes);
  F32x16 out;
  each_part([&](int i) {
    using Small = int8_t __attribute__((vector_size(4)));
    Small small;
    __builtin_memcpy(&small, lanes + 4 * i, sizeof small);
    out.part[i] = __builtin_convertvector(__builtin_convertvector(small, PartInt), Part);
  });
  return out;
#endif
}
/// 16 halves at any alignment, exactly.
SOV_LANES F32x16 load_f16(const std::byte* from) {
#if defined(__AVX512F__)
  return {{_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(from)))}};
#elif defined(__F16C__)
  return {{_mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i_u*>(from))),
           _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i_u*>(from + 16)))}};
#else
  F32x16 out;
  each_part([&](int i) {
    using Half = uint16_t __attribute__((vector_size(8)));
    Half half;
    __builtin_memcpy(&half, from + 8 * i, sizeof half);
    const PartInt wide = __builtin_convertvector(half, PartInt);
    // The exponent field moves from bias 15 to bias 127 by an exact multiplication, which also sorts out
    // denormals.
    const Part magnitude = reinterpret_cast<Part>((wide & 0x7FFF) << 13) * 0x1p112F;
    const PartInt special = (wide & 0x7C00) == 0x7C00;
    const PartInt sign = (wide & 0x8000) << 16;
    out.part[i] =
        reinterpret_cast<Part>(reinterpret_cast<PartInt>(magnitude) | sign | (special & 0x7F800000));
  });
  return out;
#endif
}

SOV_LANES F32x16 load_bf16(const std::byte* from) {
#if defined(__AVX512F__)
  const __m256i half = _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(from));
  return {{_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(half), 16))}};
#else
  F32x16 out;
  each_part([&](int i) {
    using Half = uint16_t __attribute__((vector_size(2 * kPartLanes)));
    Half half;
    __builtin_memcpy(&half, from + 2 * kPartLanes * i, sizeof half);
    out.part[i] = reinterpret_cast<Part>(__builtin_convertvector(half, PartInt) << 16);
  });
  return out;
#endif
}

/// A single half.
SOV_LANES float half_at(const std::byte* from) {
  uint16_t bits;
  __builtin_memcpy(&bits, from, sizeof bits);
#if defined(__F16C__)
  return _cvtsh_ss(bits);
#else
  const uint32_t shifted = static_cast<uint32_t>(bits & 0x7FFF) << 13;
  float magnitude;
  __builtin_memcpy(&magnitude, &shifted, sizeof magnitude);
  magnitude *= 0x1p112F;
  uint32_t out;
  __builtin_memcpy(&out, &magnitude, sizeof out);
  out |= static_cast<uint32_t>(bits & 0x8000) << 16;
  if ((bits & 0x7C00) == 0x7C00) out |= 0x7F800000U;
  float value;
  __builtin_memcpy(&value, &out, sizeof value);
  return value;
#endif
}

/// Four halves, `apart` bytes from one to the next.
SOV_LANES Float4 four_halves(const std::byte* from, int64_t apart) {
#if defined(__F16C__)
  uint16_t bits[4];
  for (int i = 0; i < 4; i++) __builtin_memcpy(&bits[i], from + i * apart, sizeof bits[i]);
  __m128i all = _mm_cvtsi32_si128(bits[0]);
  all = _mm_insert_epi16(all, bits[1], 1);
  all = _mm_insert_epi16(all, bits[2], 2);
  all = _mm_insert_epi16(all, bits[3], 3);
  return _mm_cvtph_ps(all);
#else
  return Float4{half_at(from), half_at(from + apart), half_at(from + 2 * apart), half_at(from + 3 * apart)};
#endif
}

/// Byte i = 255 if bit i is set, else 0.
SOV_LANES Bytes16 bit_mask(uint16_t bits) {
#if defined(__AVX512VL__) && defined(__AVX512BW__)
  return reinterpret_cast<Bytes16>(_mm_movm_epi8(bits));
#else
  const Bytes16 mask = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
#if defined(__SSSE3__)
  const __m128i which = _mm_set_epi8(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  const auto both = reinterpret_cast<Bytes16>(_mm_shuffle_epi8(_mm_cvtsi32_si128(bits), which));
#else
  const auto low = static_cast<uint8_t>(bits);
  const auto high = static_cast<uint8_t>(bits >> 8);
  const Bytes16 both = {low,  low,  low,  low,  low,  low,  low,  low,
                        high, high, high, high, high, high, high, high};
#endif
  return reinterpret_cast<Bytes16>((both & mask) == mask);
#endif
}

/// Bits `from` and up of each byte moved to bit `to`, the others zero but for those in `keep`.
SOV_LANES Bytes16 move_bits(Bytes16 bytes, int from, int to, int keep) {
  using Words8 = uint16_t __attribute__((vector_size(16)));
  const auto words = reinterpret_cast<Words8>(bytes);  // what crosses into the other byte is masked away
  return reinterpret_cast<Bytes16>(from < to ? words << (to - from) : words >> (from - to)) &
         static_cast<uint8_t>(keep);
}

/// Decodes the 4-bit codes of 16 bytes: the low nibbles give one run of 16 values, the high nibbles another.
/// With 512-bit registers one permutation looks up 16 codes among the 16 values a code can stand for.
#if defined(__AVX512F__)
struct Levels {
  F32x16 of_code;
};
constexpr float kCodes[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
constexpr float kCentredCodes[16] = {-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7};

/// scale * code + offset; the product of these types' scales and codes is exact, so fusing changes no bit.
SOV_LANES Levels affine_levels(F32x16 scale, F32x16 offset) { return {fma(scale, load(kCodes), offset)}; }
/// scale * (code - 8).
SOV_LANES Levels centred_levels(F32x16 scale) { return {scale * load(kCentredCodes)}; }
/// scale * table[code].
SOV_LANES Levels table_levels(F32x16 scale, const int8_t* table) {
  return {scale * from_i8(load_bytes(reinterpret_cast<const std::byte*>(table)))};
}
SOV_LANES void look_up(const Levels& low_levels, const Levels& high_levels, Bytes16 bytes, F32x16& low,
                       F32x16& high) {
  const __m512i codes = _mm512_cvtepu8_epi32(reinterpret_cast<__m128i>(bytes));
  low = {{_mm512_permutexvar_ps(codes, low_levels.of_code.part[0])}};  // uses the low four bits only
  high = {{_mm512_permutexvar_ps(_mm512_srli_epi32(codes, 4), high_levels.of_code.part[0])}};
}
#else
struct Levels {
  F32x16 scale, offset;
  uint8_t centre;
  const int8_t* table;
};
SOV_LANES Levels affine_levels(F32x16 scale, F32x16 offset) { return {scale, offset, 0, nullptr}; }
SOV_LANES Levels centred_levels(F32x16 scale) { return {scale, zeros(), 8, nullptr}; }
SOV_LANES Levels table_levels(F32x16 scale, const int8_t* table) { return {scale, zeros(), 0, table}; }
SOV_LANES F32x16 decode_codes(const Levels& levels, Bytes16 codes) {
  if (levels.table != nullptr) {
    Bytes16 values = {};
    for (int i = 0; i < kLanes; i++) values[i] = static_cast<uint8_t>(levels.table[codes[i]]);
    return levels.scale * from_i8(values);
  }
  if (levels.centre != 0) return levels.scale * from_i8(codes - levels.centre);
  return fma(levels.scale, from_i8(codes), levels.offset);
}
SOV_LANES void look_up(const Levels& low_levels, const Levels& high_levels, Bytes16 bytes, F32x16& low,
                       F32x16& high) {
  low = decode_codes(low_levels, bytes & 15);
  high = decode_codes(high_levels, bytes >> 4);
}
#endif

}  // namespace sov::compute::SOV_TIER
