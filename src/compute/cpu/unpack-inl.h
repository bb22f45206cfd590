#pragma once
// Decoding in registers: each struct hands the 16-value runs of one block to a sink, sink(run, values), in
// order of the block's elements. Layouts as in quant/blocks_of_32.cpp and quant/blocks_of_256.cpp, which the
// bits agree with.

#include "compute/cpu/simd.h"
#include "compute/quant/iq4_values.h"

namespace sov::compute::SOV_TIER {

struct Q8_0 {
  static constexpr int kElements = 32, kBytes = 34;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    const F32x16 d = splat(half_at(b));
    sink(0, d * from_i8(load_bytes(b + 2)));
    sink(1, d * from_i8(load_bytes(b + 18)));
  }
};

struct Q4_0 {
  static constexpr int kElements = 32, kBytes = 18;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    const Levels levels = centred_levels(splat(half_at(b)));
    F32x16 low, high;
    look_up(levels, levels, load_bytes(b + 2), low, high);
    sink(0, low);
    sink(1, high);
  }
};

struct Q4_1 {
  static constexpr int kElements = 32, kBytes = 20;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    const Levels levels = affine_levels(splat(half_at(b)), splat(half_at(b + 2)));
    F32x16 low, high;
    look_up(levels, levels, load_bytes(b + 4), low, high);
    sink(0, low);
    sink(1, high);
  }
};

struct Iq4Nl {
  static constexpr int kElements = 32, kBytes = 18;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    const Levels levels = table_levels(splat(half_at(b)), kIq4Values);
    F32x16 low, high;
    look_up(levels, levels, load_bytes(b + 2), low, high);
    sink(0, low);
    sink(1, high);
  }
};

/// The 5-bit codes of a block of 32: nibbles, and a fifth bit each from `high`.
SOV_LANES void five_bits(const std::byte* nibbles, const std::byte* high, Bytes16& first, Bytes16& second) {
  uint16_t bits[2];
  __builtin_memcpy(bits, high, sizeof bits);
  const Bytes16 packed = load_bytes(nibbles);
  first = (packed & 15) | (bit_mask(bits[0]) & 16);
  second = (packed >> 4) | (bit_mask(bits[1]) & 16);
}

struct Q5_0 {
  static constexpr int kElements = 32, kBytes = 22;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    const F32x16 d = splat(half_at(b));
    Bytes16 first, second;
    five_bits(b + 6, b + 2, first, second);
    sink(0, d * from_i8(first - 16));
    sink(1, d * from_i8(second - 16));
  }
};

struct Q5_1 {
  static constexpr int kElements = 32, kBytes = 24;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    const F32x16 d = splat(half_at(b));
    const F32x16 m = splat(half_at(b + 2));
    Bytes16 first, second;
    five_bits(b + 8, b + 4, first, second);
    sink(0, fma(d, from_i8(first), m));
    sink(1, fma(d, from_i8(second), m));
  }
};

/// The eight whole scales and minimums of q4_k and q5_k: bytes 0..7 and 8..15. In registers: what is written
/// in pieces and read as a whole waits for the cache.
SOV_LANES Bytes16 scale_codes(const std::byte* b) {
  using Words4 = uint32_t __attribute__((vector_size(16)));
  Words4 packed;  // the block is longer
  __builtin_memcpy(&packed, b + 4, sizeof packed);
  const Words4 shifts = {0, 2, 0, 2}, kept = {0x3F3F3F3F, 0x30303030, 0x3F3F3F3F, 0x30303030};
  const Words4 low_shifts = {0, 0, 0, 4}, low_kept = {0, 0x0F0F0F0F, 0, 0x0F0F0F0F};
  const Words4 own = __builtin_shufflevector(packed, packed, 0, 0, 1, 1) >> shifts & kept;
  const Words4 low = __builtin_shufflevector(packed, packed, 2, 2, 2, 2) >> low_shifts & low_kept;
  return reinterpret_cast<Bytes16>(own | low);
}
/// The same times d and -dmin: scaled[0..7] and scaled[8..15].
SOV_LANES void scales_and_minimums(const std::byte* b, float* scaled) {
  const float d = half_at(b);
  const float m = -half_at(b + 2);
  const float factors[kLanes] = {d, d, d, d, d, d, d, d, m, m, m, m, m, m, m, m};
  store(scaled, load(factors) * from_i8(scale_codes(b)));
}

/// Codes of two bits in q2_k and q3_k: run r of 16 is plane r % 8 / 2 of a half of 128 values in 32 bytes.
SOV_LANES Bytes16 two_bit_run(const std::byte* codes, int run) {
  return move_bits(load_bytes(codes + 32 * (run / 8) + 16 * (run % 2)), run % 8 / 2 * 2, 0, 3);
}

struct Q2_K {
  static constexpr int kElements = 256, kBytes = 84;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    alignas(64) float scale[kLanes], minimum[kLanes];
    const Bytes16 packed = load_bytes(b);
    store(scale, splat(half_at(b + 80)) * from_i8(packed & 15));
    store(minimum, splat(-half_at(b + 82)) * from_i8(packed >> 4));
#pragma GCC unroll 16
    for (int run = 0; run < 16; run++) {
      sink(run, fma(splat(scale[run]), from_i8(two_bit_run(b + 16, run)), splat(minimum[run])));
    }
  }
};

struct Q3_K {
  static constexpr int kElements = 256, kBytes = 110;
  /// The sixteen scales, -32..31.
  SOV_LANES Bytes16 scale_codes(const std::byte* b) {
    uint32_t word[3];
    __builtin_memcpy(word, b + 96, sizeof word);
    const uint32_t low = 0x0F0F0F0FU, high = 0x30303030U;
    const uint32_t bytes[4] = {
        (word[0] & low) | ((word[2] << 4) & high), (word[1] & low) | ((word[2] << 2) & high),
        ((word[0] >> 4) & low) | (word[2] & high), ((word[1] >> 4) & low) | ((word[2] >> 2) & high)};
    Bytes16 codes;
    __builtin_memcpy(&codes, bytes, sizeof codes);
    return codes - 32;
  }
  /// Run `run` of 16 codes, -4..3.
  SOV_LANES Bytes16 codes(const std::byte* b, int run) {
    const Bytes16 third = move_bits(load_bytes(b + 16 * (run % 2)), run / 2, 2, 4);
    return (two_bit_run(b + 32, run) | third) - 4;
  }
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    alignas(64) float scale[kLanes];
    store(scale, splat(half_at(b + 108)) * from_i8(scale_codes(b)));
#pragma GCC unroll 16
    for (int run = 0; run < 16; run++) sink(run, splat(scale[run]) * from_i8(codes(b, run)));
  }
};

struct Q4_K {
  static constexpr int kElements = 256, kBytes = 144;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    alignas(64) float scaled[kLanes];
    scales_and_minimums(b, scaled);
#pragma GCC unroll 4
    for (int pair = 0; pair < 4; pair++) {
      const Levels low_levels = affine_levels(splat(scaled[2 * pair]), splat(scaled[2 * pair + 8]));
      const Levels high_levels = affine_levels(splat(scaled[2 * pair + 1]), splat(scaled[2 * pair + 9]));
      F32x16 low[2], high[2];
      look_up(low_levels, high_levels, load_bytes(b + 16 + 32 * pair), low[0], high[0]);
      look_up(low_levels, high_levels, load_bytes(b + 32 + 32 * pair), low[1], high[1]);
      sink(4 * pair, low[0]);
      sink(4 * pair + 1, low[1]);
      sink(4 * pair + 2, high[0]);
      sink(4 * pair + 3, high[1]);
    }
  }
};

struct Q5_K {
  static constexpr int kElements = 256, kBytes = 176;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    alignas(64) float scaled[kLanes];
    scales_and_minimums(b, scaled);
    const Bytes16 bits[2] = {load_bytes(b + 16), load_bytes(b + 32)};
#pragma GCC unroll 8
    for (int group = 0; group < 8; group++) {
      const F32x16 scale = splat(scaled[group]);
      const F32x16 minimum = splat(scaled[group + 8]);
#pragma GCC unroll 2
      for (int half = 0; half < 2; half++) {
        const Bytes16 packed = load_bytes(b + 48 + 32 * (group / 2) + 16 * half);
        const Bytes16 nibbles = group % 2 == 0 ? packed & 15 : packed >> 4;
        const Bytes16 codes = nibbles | move_bits(bits[half], group, 4, 0x10);
        sink(2 * group + half, fma(scale, from_i8(codes), minimum));
      }
    }
  }
};

struct Q6_K {
  static constexpr int kElements = 256, kBytes = 210;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    alignas(64) float scaled[kLanes];
    store(scaled, splat(half_at(b + 208)) * from_i8(load_bytes(b + 192)));
#pragma GCC unroll 16
    for (int run = 0; run < 16; run++) {
      const int half = run / 8;       // 128 values: 64 bytes of nibbles, 32 of upper bits
      const int plane = run % 8 / 2;  // 32 values
      const int at = run % 2 * 16;
      const Bytes16 packed = load_bytes(b + 64 * half + 32 * (plane % 2) + at);
      const Bytes16 nibbles = plane < 2 ? packed & 15 : packed >> 4;
      const Bytes16 upper = move_bits(load_bytes(b + 128 + 32 * half + at), 2 * plane, 4, 0x30);
      sink(run, splat(scaled[run]) * from_i8((nibbles | upper) - 32));
    }
  }
};

struct Iq4Xs {
  static constexpr int kElements = 256, kBytes = 136;
  template <typename Sink>
  SOV_LANES void unpack(const std::byte* b, Sink sink) {
    const float d = half_at(b);
    uint16_t upper;
    __builtin_memcpy(&upper, b + 2, sizeof upper);
#pragma GCC unroll 8
    for (int group = 0; group < 8; group++) {
      const int low = (static_cast<int>(b[4 + group / 2]) >> (group % 2 * 4)) & 15;
      const int scale = (low | ((upper >> (2 * group)) & 3) << 4) - 32;
      const Levels levels = table_levels(splat(d * static_cast<float>(scale)), kIq4Values);
      F32x16 first, second;
      look_up(levels, levels, load_bytes(b + 8 + 16 * group), first, second);
      sink(2 * group, first);
      sink(2 * group + 1, second);
    }
  }
};

}  // namespace sov::compute::SOV_TIER
