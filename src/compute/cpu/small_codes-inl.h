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

/// 32 codes from vectors of 8: entry(i) points to the i-th.
template <typename Entry>
SOV_LANES Codes32 gather_eights(Entry entry) {
  using Two = uint64_t __attribute__((vector_size(16)));
  // In registers: bytes written in pieces and read as a whole would wait for the cache.
  const auto at = [&](int i)
                      SOV_INLINED { return load_as<uint64_t>(reinterpret_cast<const std::byte*>(entry(i))); };
  return join(reinterpret_cast<Bytes16>(Two{at(0), at(1)}), reinterpret_cast<Bytes16>(Two{at(2), at(3)}));
}
/// The same from vectors of 4.
template <typename Entry>
SOV_LANES Codes32 gather_fours(Entry entry) {
  using Four = uint32_t __attribute__((vector_size(16)));
  const auto at = [&](int i)
                      SOV_INLINED { return load_as<uint32_t>(reinterpret_cast<const std::byte*>(entry(i))); };
  return join(reinterpret_cast<Bytes16>(Four{at(0), at(1), at(2), at(3)}),
              reinterpret_cast<Bytes16>(Four{at(4), at(5), at(6), at(7)}));
}
/// The four times eight signs of `bits`(i), +-1 each, given to the codes.
template <typename Bits>
SOV_LANES Codes32 with_signs(Codes32 codes, Bits bits) {
  Codes32 signs = gather_eights([&](int i) { return kSigns.at[bits(i)]; });
  each_int_part([&](int i) {
    const CodePart negative = signs.part[i] >> 7 != 0;
    codes.part[i] = (codes.part[i] ^ negative) - negative;
  });
  return codes;
}
/// Seven signs and an eighth that makes their number even.
SOV_LANES int even_signs(uint32_t seven) {
  return static_cast<int>(seven | static_cast<uint32_t>(__builtin_parity(seven)) << 7);
}
SOV_LANES float odd(int code) { return static_cast<float>(2 * code + 1); }

/// Blocks of 256 without offsets.
template <int Bytes, int Span, CodeRange Range = CodeRange::with_sign, int Centre = 0>
struct WholeBlock {
  static constexpr int kElements = 256, kBytes = Bytes, kSpan = Span, kCentre = Centre, kOffsetSpan = 0;
  static constexpr CodeRange kRange = Range;
  static constexpr bool kCommon = false, kSuper = false;
};

struct Iq2XxsCodes : WholeBlock<66, 32> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    const float d = half_at(b) * 0.125F;
    for (int i = 0; i < 8; i++) out[i] = d * odd(static_cast<int>(load_as<uint32_t>(b + 6 + 8 * i) >> 28));
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      const std::byte* at = b + 2 + 8 * run.value;
      const auto packed = load_as<uint32_t>(at + 4);
      const Codes32 levels = gather_eights([&](int i) { return kIq2Xxs.at[byte_of(at + i)]; });
      sink(run, with_signs(levels, [&](int i) { return even_signs(packed >> (7 * i) & 127); }));
    });
  }
};

struct Iq2XsCodes : WholeBlock<74, 16> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    const float d = half_at(b) * 0.125F;
    for (int i = 0; i < 16; i++) out[i] = d * odd(half_byte(b + 66, i));
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      const auto entry = [&](int i) { return uint32_t{load_as<uint16_t>(b + 2 + 8 * run.value + 2 * i)}; };
      const Codes32 levels = gather_eights([&](int i) { return kIq2Xs.at[entry(i) & 511]; });
      sink(run, with_signs(levels, [&](int i) { return even_signs(entry(i) >> 9); }));
    });
  }
};

struct Iq2SCodes : WholeBlock<82, 16> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    const float d = half_at(b) * 0.125F;
    for (int i = 0; i < 16; i++) out[i] = d * odd(half_byte(b + 74, i));
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      const int high = byte_of(b + 66 + run.value);
      const std::byte* at = b + 2 + 4 * run.value;
      const Codes32 levels =
          gather_eights([&](int i) { return kIq2S.at[byte_of(at + i) | (high >> (2 * i) & 3) << 8]; });
      sink(run, with_signs(levels, [&](int i) { return byte_of(at + 32 + i); }));
    });
  }
};

struct Iq3XxsCodes : WholeBlock<98, 32> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    const float d = half_at(b) * 0.25F;
    for (int i = 0; i < 8; i++) out[i] = d * odd(static_cast<int>(load_as<uint32_t>(b + 66 + 4 * i) >> 28));
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      const auto packed = load_as<uint32_t>(b + 66 + 4 * run.value);
      const std::byte* at = b + 2 + 8 * run.value;
      const Codes32 levels = gather_fours([&](int i) { return kIq3Xxs.at[byte_of(at + i)]; });
      sink(run, with_signs(levels, [&](int i) { return even_signs(packed >> (7 * i) & 127); }));
    });
  }
};

struct Iq3SCodes : WholeBlock<110, 32> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    const float d = half_at(b);
    for (int i = 0; i < 8; i++) out[i] = d * odd(half_byte(b + 106, i));
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      const int high = byte_of(b + 66 + run.value);
      const std::byte* at = b + 2 + 8 * run.value;
      const Codes32 levels =
          gather_fours([&](int i) { return kIq3S.at[byte_of(at + i) | (high >> i & 1) << 8]; });
      sink(run, with_signs(levels, [&](int i) { return byte_of(b + 74 + 4 * run.value + i); }));
    });
  }
};

/// Eight times (ternary level + 1/8, or - 1/8 where `down`(i)) for four entries.
template <typename Entry, typename Down>
SOV_LANES Codes32 moved_levels(Entry entry, Down down) {
  Codes32 levels = gather_eights([&](int i) { return kIq1.at[entry(i)]; });
  const Codes32 shifts = gather_eights([&](int i) { return kSigns.at[down(i) ? 255 : 0]; });
  each_int_part([&](int i) {
    levels.part[i] += levels.part[i];
    levels.part[i] += levels.part[i];
    levels.part[i] += levels.part[i];
    levels.part[i] += shifts.part[i];
  });
  return levels;
}

struct Iq1SCodes : WholeBlock<50, 32> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    const float d = half_at(b) * 0.125F;
    for (int i = 0; i < 8; i++) out[i] = d * odd(load_as<uint16_t>(b + 34 + 2 * i) >> 12 & 7);
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      const int packed = load_as<uint16_t>(b + 34 + 2 * run.value);
      const std::byte* at = b + 2 + 4 * run.value;
      sink(run, moved_levels([&](int i) { return byte_of(at + i) | (packed >> (3 * i) & 7) << 8; },
                             [&](int) { return (packed & 0x8000) != 0; }));
    });
  }
};

struct Iq1MCodes : WholeBlock<56, 16> {
  SOV_LANES void scales(const std::byte* b, float* out) {
    uint16_t bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = static_cast<uint16_t>(bits | (load_as<uint16_t>(b + 48 + 2 * i) >> 12) << (4 * i));
    }
    const float d = half_at(reinterpret_cast<const std::byte*>(&bits)) * 0.125F;
    for (int i = 0; i < 16; i++) out[i] = d * odd(load_as<uint16_t>(b + 48 + i / 4 * 2) >> (i % 4 * 3) & 7);
  }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      const auto high = [&](int i) { return half_byte(b + 32, 4 * run.value + i); };
      sink(run, moved_levels([&](int i) { return byte_of(b + 4 * run.value + i) | (high(i) & 7) << 8; },
                             [&](int i) { return (high(i) & 8) != 0; }));
    });
  }
};

/// One scale for all spans of a block of 256.
SOV_LANES void fill_scales(float scale, float* out) {
#pragma GCC unroll 8
  for (int span = 0; span < 8; span++) out[span] = scale;
}

struct Tq2_0Codes : WholeBlock<66, 32, CodeRange::four_bits, 1> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b + 64), out); }
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<8>([&](auto run) SOV_INLINED {
      sink(run, move_bits(load_codes(b + run.value / 4 * 32), run.value % 4 * 2, 0, 3));
    });
  }
};

struct Tq1_0Codes : WholeBlock<54, 32, CodeRange::four_bits, 1> {
  SOV_LANES void scales(const std::byte* b, float* out) { fill_scales(half_at(b + 52), out); }
  /// The digits of sixteen bytes that the powers of three bring to the front.
  SOV_LANES Bytes16 digits(Bytes16 bytes, Bytes16 powers) {
    const Bytes16 rest = bytes * powers;  // their low bytes
    using Words8 = uint16_t __attribute__((vector_size(16)));
    const auto words = reinterpret_cast<Words8>(rest);
    return reinterpret_cast<Bytes16>((((words & 255) * 3) >> 8) | (((words >> 8) * 3) & 0xFF00));
  }
  SOV_LANES Bytes16 power(int place) {
    constexpr uint8_t kPowers[5] = {1, 3, 9, 27, 81};
    return Bytes16{} + kPowers[place];
  }
  /// 160 digits of 32 bytes, 80 of 16, and 16 of the last four: byte i % 4, digit i / 4.
  template <typename Sink>
  SOV_LANES void runs(const std::byte* b, Sink sink) {
    each_of<5>([&](auto run) SOV_INLINED {
      sink(run, join(digits(load_bytes(b), power(run.value)), digits(load_bytes(b + 16), power(run.value))));
    });
    const Bytes16 more = load_bytes(b + 32);
    sink(Constant<5>{}, join(digits(more, power(0)), digits(more, power(1))));
    sink(Constant<6>{}, join(digits(more, power(2)), digits(more, power(3))));
    using Four = uint32_t __attribute__((vector_size(16)));
    const auto last = reinterpret_cast<Bytes16>(Four{} + load_as<uint32_t>(b + 48));
    const Bytes16 powers = {1, 1, 1, 1, 3, 3, 3, 3, 9, 9, 9, 9, 27, 27, 27, 27};
    sink(Constant<7>{}, join(digits(more, power(4)), digits(last, powers)));
  }
};

struct Mxfp4Codes {
  static constexpr int kElements = 32, kBytes = 17, kSpan = 32, kCentre = 0, kOffsetSpan = 0;
  static constexpr CodeRange kRange = CodeRange::with_sign;
  static constexpr bool kCommon = false, kSuper = false;
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
    sink(Constant<0>{}, look_up_nibbles(kTwiceE2m1, b + 1));
  }
};

}  // namespace sov::compute::SOV_TIER
