#pragma once
// The same as codes-inl.h for the types whose codes are looked up in a book of vectors, for ternary digits
// and for 4-bit floats. Layouts as in quant/books.cpp and quant/small_codes.cpp.

#include "compute/cpu/codes-inl.h"
#include "compute/quant/books.h"
#include "compute/quant/e2m1_values.h"

namespace sov::compute::SOV_TIER {

template <typename T>
SOV_LANES T load_as(const std::byte* from) {
  T value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}
SOV_LANES int byte_of(const std::byte* from) { return static_cast<int>(*from); }
SOV_LANES int half_byte(const std::byte* bytes, int i) {
  return (byte_of(bytes + i / 2) >> (i % 2 * 4)) & 15;
}

/// Sixteen integers from two vectors of eight.
SOV_LANES I16x16 join(const int8_t* first, const int8_t* second) {
  uint64_t both[2];
  __builtin_memcpy(&both[0], first, 8);
  __builtin_memcpy(&both[1], second, 8);
  Bytes16 bytes;
  __builtin_memcpy(&bytes, both, sizeof bytes);
  return widen_i8(bytes);
}
/// The same from four vectors of four.
SOV_LANES I16x16 join(const int8_t* a, const int8_t* b, const int8_t* c, const int8_t* d) {
  uint32_t all[4];
  __builtin_memcpy(&all[0], a, 4);
  __builtin_memcpy(&all[1], b, 4);
  __builtin_memcpy(&all[2], c, 4);
  __builtin_memcpy(&all[3], d, 4);
  Bytes16 bytes;
  __builtin_memcpy(&bytes, all, sizeof bytes);
  return widen_i8(bytes);
}
SOV_LANES I16x16 signs_of(int first, int second) { return join(kSigns.at[first], kSigns.at[second]); }
/// Seven signs and an eighth that makes their number even.
SOV_LANES int even_signs(uint32_t seven) {
  return static_cast<int>(seven | static_cast<uint32_t>(__builtin_parity(seven)) << 7);
}

/// Blocks of 256 without offsets; the small scales of parts of them are multiplied into the words.
template <int Bytes>
struct WholeBlock {
  static constexpr int kElements = 256, kBytes = Bytes, kSpan = 32;
  static constexpr bool kOffsets = false, kCommon = false;
};

struct Iq2XxsCodes : WholeBlock<66> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b) * 0.125F, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const std::byte* at = b + 2 + 8 * (run / 2);
      const auto packed = load_as<uint32_t>(at + 4);
      const int i = run % 2 * 2;
      const I16x16 signs =
          signs_of(even_signs(packed >> (7 * i) & 127), even_signs(packed >> (7 * i + 7) & 127));
      const I16x16 levels = join(kIq2Xxs.at[byte_of(at + i)], kIq2Xxs.at[byte_of(at + i + 1)]);
      sink(constant, levels * signs * splat_word(static_cast<int>(2 * (packed >> 28) + 1)));
    });
  }
};

struct Iq2XsCodes : WholeBlock<74> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b) * 0.125F, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const uint32_t first = load_as<uint16_t>(b + 2 + 4 * run), second = load_as<uint16_t>(b + 4 + 4 * run);
      const I16x16 levels = join(kIq2Xs.at[first & 511], kIq2Xs.at[second & 511]);
      const I16x16 signs = signs_of(even_signs(first >> 9), even_signs(second >> 9));
      sink(constant, levels * signs * splat_word(2 * half_byte(b + 66, run) + 1));
    });
  }
};

struct Iq2SCodes : WholeBlock<82> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b) * 0.125F, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const int high = byte_of(b + 66 + run / 2) >> (run % 2 * 4), i = 2 * run;
      const I16x16 levels = join(kIq2S.at[byte_of(b + 2 + i) | (high & 3) << 8],
                                 kIq2S.at[byte_of(b + 3 + i) | (high >> 2 & 3) << 8]);
      sink(constant, levels * signs_of(byte_of(b + 34 + i), byte_of(b + 35 + i)) *
                         splat_word(2 * half_byte(b + 74, run) + 1));
    });
  }
};

struct Iq3XxsCodes : WholeBlock<98> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b) * 0.25F, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const auto packed = load_as<uint32_t>(b + 66 + run / 2 * 4);
      const std::byte* at = b + 2 + 4 * run;
      const int i = run % 2 * 2;
      const I16x16 levels = join(kIq3Xxs.at[byte_of(at)], kIq3Xxs.at[byte_of(at + 1)],
                                 kIq3Xxs.at[byte_of(at + 2)], kIq3Xxs.at[byte_of(at + 3)]);
      const I16x16 signs =
          signs_of(even_signs(packed >> (7 * i) & 127), even_signs(packed >> (7 * i + 7) & 127));
      sink(constant, levels * signs * splat_word(static_cast<int>(2 * (packed >> 28) + 1)));
    });
  }
};

struct Iq3SCodes : WholeBlock<110> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b), out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const int high = byte_of(b + 66 + run / 2) >> (run % 2 * 4);
      const std::byte* at = b + 2 + 4 * run;
      const auto entry = [&](int i) { return kIq3S.at[byte_of(at + i) | (high >> i & 1) << 8]; };
      const I16x16 levels = join(entry(0), entry(1), entry(2), entry(3));
      const I16x16 signs = signs_of(byte_of(b + 74 + 2 * run), byte_of(b + 75 + 2 * run));
      sink(constant, levels * signs * splat_word(2 * half_byte(b + 106, run / 2) + 1));
    });
  }
};

/// Eight times (ternary level + 1/8 or - 1/8), for two entries.
SOV_LANES I16x16 moved(int first, bool first_down, int second, bool second_down) {
  const I16x16 levels = join(kIq1.at[first], kIq1.at[second]) * splat_word(8);
  const I16x16 shifts = signs_of(first_down ? 255 : 0, second_down ? 255 : 0);
  return levels - (splat_word(0) - shifts);
}

struct Iq1SCodes : WholeBlock<50> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b) * 0.125F, out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const int packed = load_as<uint16_t>(b + 34 + run / 2 * 2), upper = packed >> (run % 2 * 6);
      const bool down = (packed & 0x8000) != 0;
      const I16x16 values = moved(byte_of(b + 2 + 2 * run) | (upper & 7) << 8, down,
                                  byte_of(b + 3 + 2 * run) | (upper >> 3 & 7) << 8, down);
      sink(constant, values * splat_word(2 * (packed >> 12 & 7) + 1));
    });
  }
};

struct Iq1MCodes : WholeBlock<56> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    uint16_t bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = static_cast<uint16_t>(bits | (load_as<uint16_t>(b + 48 + 2 * i) >> 12) << (4 * i));
    }
    fill_scales(half_at(reinterpret_cast<const std::byte*>(&bits)) * 0.125F, out);
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const int scales = load_as<uint16_t>(b + 48 + run / 4 * 2);
      const int first = half_byte(b + 32, 2 * run), second = half_byte(b + 32, 2 * run + 1);
      const I16x16 values = moved(byte_of(b + 2 * run) | (first & 7) << 8, (first & 8) != 0,
                                  byte_of(b + 2 * run + 1) | (second & 7) << 8, (second & 8) != 0);
      sink(constant, values * splat_word(2 * (scales >> (run % 4 * 3) & 7) + 1));
    });
  }
};

struct Tq2_0Codes : WholeBlock<66> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b + 64), out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<16>([&](auto constant) SOV_INLINED {
      constexpr int run = constant.value;
      const Bytes16 codes = load_bytes(b + run / 8 * 32 + run % 2 * 16);
      sink(constant, (widen_u8(codes) >> (run % 8 / 2 * 2) & 3) - splat_word(1));
    });
  }
};

struct Tq1_0Codes : WholeBlock<54> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b + 52), out); }
  /// Digit `place` of sixteen bytes, less one.
  SOV_LANES I16x16 digits(Bytes16 bytes, int place) {
    constexpr int kPowers[5] = {1, 3, 9, 27, 81};
    const I16x16 rest = widen_u8(bytes) * splat_word(kPowers[place]) & 255;
    return (rest * splat_word(3) >> 8) - splat_word(1);
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<10>([&](auto run)
                    SOV_INLINED { sink(run, digits(load_bytes(b + run.value % 2 * 16), run.value / 2)); });
    each_of<5>([&](auto place) SOV_INLINED {
      sink(Constant<10 + place.value>{}, digits(load_bytes(b + 32), place.value));
    });
    // The last four bytes give four digits each: byte i % 4, digit i / 4.
    alignas(32) int16_t words[kLanes];
    for (int i = 0; i < kLanes; i++) {
      constexpr int kPowers[4] = {1, 3, 9, 27};
      words[i] = static_cast<int16_t>(((byte_of(b + 48 + i % 4) * kPowers[i / 4] & 255) * 3 >> 8) - 1);
    }
    sink(Constant<15>{}, load_words(words));
  }
};

struct Mxfp4Codes {
  static constexpr int kElements = 32, kBytes = 17, kSpan = 32;
  static constexpr bool kOffsets = false, kCommon = false;
  /// Half of 2^(code - 127), as bits; codes 0 and 1 are below the normal floats.
  SOV_LANES int32_t scale_bits(const std::byte* b) {
    const auto code = static_cast<uint32_t>(byte_of(b));
    return static_cast<int32_t>(code < 2 ? 0x00200000U << code : (code - 1) << 23);
  }
  SOV_LANES void scales(const std::byte* b, float* out) {
    const int32_t bits = scale_bits(b);
    __builtin_memcpy(out, &bits, sizeof bits);
  }
  SOV_LANES Float4 scales_of_four(const std::byte* b) {
    return reinterpret_cast<Float4>(
        Int4{scale_bits(b), scale_bits(b + kBytes), scale_bits(b + 2 * kBytes), scale_bits(b + 3 * kBytes)});
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    const Bytes16 packed = load_bytes(b + 1);
    sink(Constant<0>{}, widen_i8(look_up_codes(kTwiceE2m1, packed & 15)));
    sink(Constant<1>{}, widen_i8(look_up_codes(kTwiceE2m1, packed >> 4)));
  }
};

}  // namespace sov::compute::SOV_TIER
