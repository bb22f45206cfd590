#pragma once
// Weights of every type with random contents, for tests.

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

#include "compute/device.h"
#include "compute/float_bits.h"
#include "compute/quant.h"
#include "core/rng.h"

namespace sov::compute {

inline std::vector<float> random_values(Rng& rng, int64_t count, double spread = 1) {
  std::vector<float> out(static_cast<size_t>(count));
  for (float& value : out) {
    double sum = 0;  // of three uniforms: bell-shaped enough
    for (int i = 0; i < 3; i++) sum += rng.uniform();
    value = static_cast<float>(spread * (sum - 1.5));
  }
  return out;
}

/// A weight of any type with random codes and ordinary scales, `skew` bytes away from alignment.
struct TestWeight {
  /// encoded: by our own encoder where there is one; any_codes: random codes, the same on every machine.
  enum class Contents { encoded, any_codes };
  std::vector<std::byte> bytes;
  Weight weight;

  TestWeight(Rng& rng, DType dtype, int64_t rows, int64_t cols, size_t skew,
             Contents contents = Contents::encoded) {
    const size_t size = static_cast<size_t>(*bytes_for(dtype, static_cast<uint64_t>(rows * cols)));
    bytes.resize(size + skew);
    std::byte* data = bytes.data() + skew;
    fill(rng, dtype, rows * cols, data, size, contents);
    weight = {dtype, rows, cols, data};
  }

  /// Every block's bytes `code` except for its floating-point scales; the small integer scales of q6_k get
  /// their largest magnitude.
  void fill_codes(int code) {
    Rng rng(1);
    const uint32_t block = info(weight.dtype).block_bytes;
    for (std::byte* at = bytes.data(); at < bytes.data() + bytes.size(); at += block) {
      std::fill(at, at + block, static_cast<std::byte>(code));
      if (weight.dtype == DType::q6_k) std::fill(at + 192, at + 208, std::byte{0x80});
      set_scales(rng, weight.dtype, at);
    }
  }

 private:
  static void fill(Rng& rng, DType dtype, int64_t count, std::byte* data, size_t size, Contents contents) {
    if (can_quantize(dtype) && (contents == Contents::encoded || !is_quantized(dtype))) {
      const auto values = random_values(rng, count, 0.1);
      ASSERT_TRUE(quantize(dtype, values, {data, size}).has_value());
      return;
    }
    for (size_t i = 0; i < size; i++) data[i] = static_cast<std::byte>(rng.below(256));
    if (!is_quantized(dtype)) return;
    const uint32_t block = info(dtype).block_bytes;
    for (size_t at = 0; at + block <= size; at += block) set_scales(rng, dtype, data + at);
  }
  static void set_scales(Rng& rng, DType dtype, std::byte* block) {
    const auto half = [&](size_t at) {
      store_unaligned(block + at, f32_to_f16(static_cast<float>(rng.uniform() / 50)));
    };
    const uint32_t last = info(dtype).block_bytes - 2;
    switch (dtype) {
      case DType::q4_1:
      case DType::q5_1:
      case DType::q4_k:
      case DType::q5_k:
        half(0);
        half(2);
        break;
      case DType::q2_k:
        half(last - 2);
        half(last);
        break;
      case DType::q3_k:
      case DType::q6_k:
      case DType::tq1_0:
      case DType::tq2_0:
        half(last);
        break;
      case DType::mxfp4:
        block[0] = static_cast<std::byte>(110 + rng.below(12));  // 2^-17 to 2^-6
        break;
      case DType::nvfp4:
        for (size_t i = 0; i < 4; i++) block[i] = static_cast<std::byte>(rng.below(0x30));
        break;
      case DType::iq1_m:  // a quarter of the half in the upper bits of each of four words
        for (size_t i = 0; i < 4; i++) {
          const auto word = load_unaligned<uint16_t>(block + 48 + 2 * i);
          const uint32_t bits = 0x2000U + static_cast<uint32_t>(rng.below(0x400));
          store_unaligned(block + 48 + 2 * i,
                          static_cast<uint16_t>((word & 0xFFFU) | (bits >> (4 * i) & 15) << 12));
        }
        break;
      case DType::q8_k:
        store_unaligned(block, static_cast<float>(rng.uniform() / 50));
        break;
      default:
        half(0);
        break;
    }
  }
};

inline std::vector<DType> weight_types() {
  std::vector<DType> out;
  for (const DTypeInfo& type : all_dtypes()) {
    const DType d = type.dtype;
    // Random integers of these have no sensible scale, and the floats of 8 bits include NaN.
    if (d == DType::i16 || d == DType::i32 || d == DType::i64 || d == DType::u16 || d == DType::u32 ||
        d == DType::u64 || d == DType::f8_e4m3 || d == DType::f8_e5m2 || d == DType::i8 || d == DType::u8) {
      continue;
    }
    out.push_back(d);
  }
  return out;
}

}  // namespace sov::compute
