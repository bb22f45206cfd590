#include <bit>
#include <cmath>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

#include "compute/float_bits.h"
#include "compute/quant.h"
#include "core/fs.h"
#include "core/rng.h"

namespace sov::compute {
namespace {

/// tests/golden/quant/*.bin, as tools/golden/quant.py writes them.
struct Golden {
  uint32_t blocks = 0, elements = 0, size = 0;
  std::string body;
};

Golden read_golden(const std::string& file) {
  const auto text = read_text("tests/golden/quant/" + file);
  EXPECT_TRUE(text.has_value()) << text.error().text();
  Golden golden;
  if (!text) return golden;
  EXPECT_EQ(text->substr(0, 4), "SOVQ");
  golden.blocks = load_unaligned<uint32_t>(text->data() + 4);
  golden.elements = load_unaligned<uint32_t>(text->data() + 8);
  golden.size = load_unaligned<uint32_t>(text->data() + 12);
  golden.body = text->substr(16);
  return golden;
}

void expect_same_bits(std::span<const float> got, std::span<const float> wanted) {
  ASSERT_EQ(got.size(), wanted.size());
  for (size_t i = 0; i < got.size(); i++) {
    if (std::isnan(got[i]) && std::isnan(wanted[i])) continue;
    ASSERT_EQ(std::bit_cast<uint32_t>(got[i]), std::bit_cast<uint32_t>(wanted[i]))
        << "value " << i << ": wanted " << wanted[i] << ", got " << got[i];
  }
}

class DecodeGolden : public testing::TestWithParam<DType> {};

TEST_P(DecodeGolden, SameBitsAsGguf) {
  const DType dtype = GetParam();
  const Golden golden = read_golden(std::string(name(dtype)) + ".bin");
  ASSERT_EQ(golden.elements, info(dtype).block_elements);
  ASSERT_EQ(golden.size, info(dtype).block_bytes);
  const size_t bytes = size_t{golden.blocks} * golden.size;
  const size_t count = size_t{golden.blocks} * golden.elements;
  ASSERT_GT(golden.blocks, 16U);
  ASSERT_EQ(golden.body.size(), bytes + 4 * count);
  std::vector<float> wanted(count);
  std::memcpy(wanted.data(), golden.body.data() + bytes, 4 * count);
  std::vector<float> got(count);
  ASSERT_TRUE(dequantize(dtype, as_bytes(golden.body).first(bytes), got).has_value());
  expect_same_bits(got, wanted);
}

INSTANTIATE_TEST_SUITE_P(All, DecodeGolden,
                         testing::Values(DType::q4_0, DType::q4_1, DType::q5_0, DType::q5_1, DType::q8_0,
                                         DType::q2_k, DType::q3_k, DType::q4_k, DType::q5_k, DType::q6_k,
                                         DType::iq4_nl, DType::iq4_xs, DType::iq1_s, DType::iq1_m,
                                         DType::iq2_xxs, DType::iq2_xs, DType::iq2_s, DType::iq3_xxs,
                                         DType::iq3_s, DType::tq1_0, DType::tq2_0, DType::mxfp4,
                                         DType::nvfp4),
                         [](const auto& test) { return std::string(name(test.param)); });

class EncodeGolden : public testing::TestWithParam<DType> {};

TEST_P(EncodeGolden, SameBytesAsGguf) {
  const DType dtype = GetParam();
  const Golden golden = read_golden(std::string(name(dtype)) + "_encode.bin");
  const size_t bytes = size_t{golden.blocks} * golden.size;
  const size_t count = size_t{golden.blocks} * golden.elements;
  ASSERT_GT(count, 1000U);
  ASSERT_EQ(golden.body.size(), 4 * count + bytes);
  std::vector<float> values(count);
  std::memcpy(values.data(), golden.body.data(), 4 * count);
  std::vector<std::byte> got(bytes);
  const auto done = quantize(dtype, values, got);
  ASSERT_TRUE(done.has_value()) << done.error().text();
  for (size_t i = 0; i < bytes; i++) {
    ASSERT_EQ(std::to_integer<int>(got[i]), static_cast<uint8_t>(golden.body[4 * count + i]))
        << "block " << i / golden.size << " byte " << i % golden.size;
  }
}

INSTANTIATE_TEST_SUITE_P(All, EncodeGolden,
                         testing::Values(DType::f16, DType::bf16, DType::q8_0, DType::q4_0, DType::q4_1,
                                         DType::q5_0, DType::q5_1),
                         [](const auto& test) { return std::string(name(test.param)); });

TEST(FloatBits, EveryHalfSurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; bits++) {
    const float value = f16_to_f32(static_cast<uint16_t>(bits));
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(f16_to_f32(f32_to_f16(value))));
    } else {
      EXPECT_EQ(f32_to_f16(value), bits);
    }
  }
}

TEST(FloatBits, HalvesRoundToNearestEven) {
  EXPECT_EQ(f32_to_f16(1.0F + 0x1p-11F), 0x3C00);      // tie, down to even
  EXPECT_EQ(f32_to_f16(1.0F + 3 * 0x1p-11F), 0x3C02);  // tie, up to even
  EXPECT_EQ(f32_to_f16(1.0F + 0x1p-11F + 0x1p-20F), 0x3C01);
  EXPECT_EQ(f32_to_f16(65519.996F), 0x7BFF);
  EXPECT_EQ(f32_to_f16(65520.0F), 0x7C00);
  EXPECT_EQ(f32_to_f16(0x1p-25F), 0);  // tie between 0 and the least denormal
  EXPECT_EQ(f32_to_f16(0x1.8p-25F), 1);
  EXPECT_EQ(f32_to_f16(-0x1p-24F), 0x8001);
}

TEST(FloatBits, EightBitFloats) {
  EXPECT_EQ(f8_e4m3_to_f32(0x7E), 448.0F);
  EXPECT_TRUE(std::isnan(f8_e4m3_to_f32(0x7F)));
  EXPECT_EQ(f8_e4m3_to_f32(0x01), 0x1p-9F);
  EXPECT_EQ(f8_e4m3_to_f32(0xB8), -1.0F);
  EXPECT_EQ(f8_e5m2_to_f32(0x7B), 57344.0F);
  EXPECT_TRUE(std::isinf(f8_e5m2_to_f32(0x7C)));
  EXPECT_EQ(f8_e5m2_to_f32(0x01), 0x1p-16F);
}

TEST(Codec, AprNibblesAreInterleaved) {
  std::vector<std::byte> block(18, std::byte{0x88});
  store_unaligned<uint16_t>(block.data(), f32_to_f16(0.5F));
  block[2] = std::byte{0xF1};
  std::vector<float> out(32);
  ASSERT_TRUE(dequantize(DType::apr_q4, block, out).has_value());
  EXPECT_EQ(out[0], -3.5F);
  EXPECT_EQ(out[1], 3.5F);
  EXPECT_EQ(out[2], 0.0F);
}

TEST(Codec, RefusesWrongSizes) {
  std::vector<std::byte> bytes(33);
  std::vector<float> values(32);
  const auto short_by_one = dequantize(DType::q8_0, bytes, values);
  ASSERT_FALSE(short_by_one.has_value());
  EXPECT_EQ(short_by_one.error().code(), Code::validation);
  EXPECT_EQ(short_by_one.error().message(), "32 values of q8_0 are 34 bytes, got 33");
  const auto ragged = dequantize(DType::q8_0, bytes, std::span(values).first(31));
  ASSERT_FALSE(ragged.has_value());
  EXPECT_THAT(ragged.error().message(), testing::HasSubstr("not whole blocks of 32"));
}

TEST(Codec, RefusesWhatItCannotEncode) {
  std::vector<std::byte> bytes(1);
  std::vector<float> values(1);
  const auto done = quantize(DType::i8, values, bytes);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code(), Code::unsupported);
}

TEST(DTypes, NamesSizesAndGgmlIdsAgree) {
  for (const DTypeInfo& type : all_dtypes()) {
    EXPECT_EQ(info(type.dtype).name, type.name);
    EXPECT_EQ(dtype_from_name(type.name), type.dtype);
    EXPECT_TRUE(can_dequantize(type.dtype)) << type.name;
    if (type.ggml_id < 0) continue;
    EXPECT_EQ(dtype_from_ggml(static_cast<uint32_t>(type.ggml_id)), type.dtype);
  }
  EXPECT_EQ(dtype_from_name("Q4_K"), DType::q4_k);
  EXPECT_EQ(dtype_from_name("q4_kk"), std::nullopt);
  EXPECT_EQ(dtype_from_ggml(4), std::nullopt);  // a type GGML removed
  EXPECT_EQ(bytes_for(DType::q4_k, 512), 288U);
  EXPECT_EQ(bytes_for(DType::q4_k, 500), std::nullopt);
  EXPECT_EQ(bytes_for(DType::f64, std::numeric_limits<uint64_t>::max() / 4), std::nullopt);
}

}  // namespace
}  // namespace sov::compute
