// Properties of every encoder: error, special values, independence of blocks, tiers and threads. Bits of the
// types that gguf encodes as well: codec_test.cpp.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "compute/cpu/cpuid.h"
#include "compute/quant.h"
#include "compute/quant/iq4_values.h"
#include "compute/quant/searches.h"
#include "core/rng.h"

namespace sov::compute {
namespace {

constexpr int kBlock = 256;  // holds whole blocks of every type

/// Relative root mean square error on gaussian values, a few percent above what is measured: a worse search
/// fails.
struct Expected {
  DType dtype;
  double error;
};
constexpr Expected kExpected[] = {
    {DType::q8_0, 0.0056}, {DType::q4_0, 0.093},  {DType::q4_1, 0.082},    {DType::q5_0, 0.046},
    {DType::q5_1, 0.040},  {DType::q2_k, 0.262},  {DType::q3_k, 0.1455},   {DType::q4_k, 0.0708},
    {DType::q5_k, 0.0349}, {DType::q6_k, 0.0173}, {DType::iq4_nl, 0.0742},
};

std::vector<float> gaussian(size_t count, uint64_t seed, float scale = 1) {
  Rng rng(seed);
  std::vector<float> values(count);
  for (float& value : values) {  // Box and Muller (1958)
    const double radius = std::sqrt(-2 * std::log(1 - rng.uniform()));
    value = scale * static_cast<float>(radius * std::cos(2 * std::numbers::pi * rng.uniform()));
  }
  return values;
}

std::vector<std::byte> encode(DType dtype, std::span<const float> values) {
  std::vector<std::byte> bytes(bytes_for(dtype, values.size()).value());
  const auto done = quantize(dtype, values, bytes);
  EXPECT_TRUE(done.has_value()) << done.error().text();
  return bytes;
}

std::vector<float> decode(DType dtype, std::span<const std::byte> bytes, size_t count) {
  std::vector<float> values(count);
  EXPECT_TRUE(dequantize(dtype, bytes, values).has_value());
  return values;
}

std::vector<float> round_trip(DType dtype, std::span<const float> values) {
  return decode(dtype, encode(dtype, values), values.size());
}

double squared_distance(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); i++)
    sum += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
  return sum;
}
double relative_error(std::span<const float> values, std::span<const float> decoded) {
  const std::vector<float> nothing(values.size());
  return std::sqrt(squared_distance(values, decoded) / squared_distance(values, nothing));
}
float furthest(std::span<const float> values) {
  float out = 0;
  for (const float value : values) out = std::max(out, std::abs(value));
  return out;
}

TEST(Encoders, ExistForExactlyTheseTypes) {
  std::vector<std::string> names;
  for (const DTypeInfo& type : all_dtypes()) {
    std::vector<float> values(type.block_elements);
    std::vector<std::byte> bytes(type.block_bytes);
    const auto done = quantize(type.dtype, values, bytes);
    EXPECT_EQ(done.has_value(), can_quantize(type.dtype)) << type.name;
    if (done) names.emplace_back(type.name);
  }
  EXPECT_THAT(names,
              testing::UnorderedElementsAre("f32", "f16", "bf16", "f64", "q4_0", "q4_1", "q5_0", "q5_1",
                                            "q8_0", "q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "iq4_nl"));
}

class BlockEncoder : public testing::TestWithParam<Expected> {
 protected:
  DType dtype() const { return GetParam().dtype; }
};

TEST_P(BlockEncoder, ErrorOfGaussianValues) {
  const auto values = gaussian(size_t{64} * kBlock, 1, 0.02F);
  const double error = relative_error(values, round_trip(dtype(), values));
  EXPECT_LT(error, GetParam().error);
  EXPECT_GT(error, GetParam().error * 0.9);  // the bound is close enough to notice a worse search
}

TEST_P(BlockEncoder, OutliersCoarsenTheirNeighboursOnly) {
  auto values = gaussian(size_t{64} * kBlock, 2, 0.02F);
  for (size_t i = 0; i < values.size(); i += 97) values[i] *= 40;
  EXPECT_LT(relative_error(values, round_trip(dtype(), values)), GetParam().error * 2.5);
}

TEST_P(BlockEncoder, EncodingWhatWasDecodedAddsNoMoreErrorThanBefore) {
  const auto values = gaussian(size_t{64} * kBlock, 3);
  const auto once = round_trip(dtype(), values);
  const auto twice = round_trip(dtype(), once);
  for (size_t first = 0; first < values.size(); first += kBlock) {
    const auto part = [first](const std::vector<float>& v) { return std::span(v).subspan(first, kBlock); };
    EXPECT_LE(squared_distance(part(once), part(twice)), squared_distance(part(values), part(once))) << first;
  }
}

TEST_P(BlockEncoder, ZerosAndConstants) {
  EXPECT_THAT(round_trip(dtype(), std::vector<float>(kBlock)), testing::Each(0.0F));
  EXPECT_THAT(round_trip(dtype(), std::vector<float>(kBlock, -0.0F)), testing::Each(0.0F));
  for (const float constant : {1.0F, -1.0F, 0.37F, -123.4F}) {
    const std::vector<float> values(kBlock, constant);
    EXPECT_LT(relative_error(values, round_trip(dtype(), values)), 0.01) << constant;
  }
}

// Blocks are coded by themselves, so any split among threads gives the same bytes.
TEST_P(BlockEncoder, BlocksDoNotSeeEachOther) {
  const auto values = gaussian(size_t{37} * kBlock, 4);
  const auto whole = encode(dtype(), values);
  for (const size_t piece : {1, 2, 3, 5, 16, 17}) {
    std::vector<std::byte> joined;
    for (size_t first = 0; first < values.size(); first += piece * kBlock) {
      const size_t count = std::min(piece * kBlock, values.size() - first);
      const auto bytes = encode(dtype(), std::span(values).subspan(first, count));
      joined.insert(joined.end(), bytes.begin(), bytes.end());
    }
    EXPECT_EQ(joined, whole) << "pieces of " << piece;
  }
}

TEST_P(BlockEncoder, NansAndInfinitiesNeverBecomeNumbers) {
  const auto clean = gaussian(size_t{3} * kBlock, 5);
  const auto clean_bytes = encode(dtype(), clean);
  const size_t elements = info(dtype()).block_elements;
  const size_t size = info(dtype()).block_bytes;
  const float infinity = std::numeric_limits<float>::infinity();
  for (const float special : {std::nanf(""), -std::nanf(""), infinity, -infinity}) {
    for (size_t at = 0; at < clean.size(); at += 13) {
      auto values = clean;
      values[at] = special;
      const auto bytes = encode(dtype(), values);
      const auto decoded = decode(dtype(), bytes, values.size());
      const size_t hit = at / elements;
      for (size_t b = 0; b < clean.size() / elements; b++) {
        if (b == hit) {
          for (size_t i = 0; i < elements; i++)
            ASSERT_FALSE(std::isfinite(decoded[b * elements + i])) << at << " " << special;
        } else {
          ASSERT_EQ(std::memcmp(bytes.data() + b * size, clean_bytes.data() + b * size, size), 0) << at;
        }
      }
    }
  }
}

// From values that are nothing beside the smallest half to the largest floats: close, or not a number.
TEST_P(BlockEncoder, EveryMagnitude) {
  for (int exponent = -149; exponent <= 125; exponent++) {
    auto values = gaussian(kBlock, 6);
    for (float& value : values) value = std::ldexp(value, exponent);
    const auto decoded = round_trip(dtype(), values);
    const float largest = furthest(values);
    const bool finite = std::isfinite(furthest(decoded)) && !std::isnan(decoded[0]);
    EXPECT_EQ(finite, std::all_of(decoded.begin(), decoded.end(), [](float v) { return std::isfinite(v); }))
        << exponent;
    if (!finite) {
      EXPECT_GT(largest, 60000) << exponent;
      continue;
    }
    if (largest > 0.01F && largest < 60000) {
      EXPECT_LT(relative_error(values, decoded), GetParam().error * 1.2) << exponent;
    }
    // Where scales come in the half's last steps, rounding one may double what it decodes to.
    const float bound = largest < 0x1p-14F ? 2 * largest + 0x1p-24F : 0.6F * largest;
    for (size_t i = 0; i < values.size(); i++) ASSERT_LE(std::abs(values[i] - decoded[i]), bound) << exponent;
  }
}

INSTANTIATE_TEST_SUITE_P(All, BlockEncoder, testing::ValuesIn(kExpected),
                         [](const auto& test) { return std::string(name(test.param.dtype)); });

class SearchedEncoder : public BlockEncoder {};

TEST_P(SearchedEncoder, APowerOfTwoChangesTheScalesOnly) {
  const auto values = gaussian(size_t{8} * kBlock, 7);
  auto larger = values;
  for (float& value : larger) value *= 16;
  auto decoded = round_trip(dtype(), values);
  for (float& value : decoded) value *= 16;
  EXPECT_EQ(round_trip(dtype(), larger), decoded);
}

INSTANTIATE_TEST_SUITE_P(All, SearchedEncoder, testing::ValuesIn(std::span(kExpected).subspan(5)),
                         [](const auto& test) { return std::string(name(test.param.dtype)); });

// Types with minimums reach values far from zero on either side: the error is that of the spread, not of the
// size.
TEST(Searches, ValuesFarFromZero) {
  for (const DType dtype : {DType::q4_k, DType::q5_k}) {
    for (const float centre : {100.0F, -100.0F}) {
      auto values = gaussian(size_t{16} * kBlock, 8);
      for (float& value : values) value += centre;
      const double error =
          std::sqrt(squared_distance(values, round_trip(dtype, values)) / static_cast<double>(values.size()));
      EXPECT_LT(error, 0.6) << name(dtype) << " around " << centre;  // a step of the minimum is 1.6
    }
  }
}

// The factor found against one of 4000 tried by force.
TEST(Searches, Iq4IsNearTheBestFactor) {
  const auto values = gaussian(size_t{32} * 32, 9);
  const auto decoded = round_trip(DType::iq4_nl, values);
  double best_sum = 0;
  for (size_t first = 0; first < values.size(); first += 32) {
    double best = std::numeric_limits<double>::infinity();
    for (int step = -2000; step <= 2000; step++) {
      const float d =
          furthest(std::span(values).subspan(first, 32)) * static_cast<float>(step) / (2000 * 70.0F);
      double error = 0;
      for (size_t i = first; i < first + 32; i++) {
        double nearest = std::numeric_limits<double>::infinity();
        for (const int8_t level : kIq4Values) {
          nearest =
              std::min(nearest, std::abs(static_cast<double>(values[i]) - static_cast<double>(d) * level));
        }
        error += nearest * nearest;
      }
      best = std::min(best, error);
    }
    best_sum += best;
  }
  EXPECT_LT(squared_distance(values, decoded), best_sum * 1.01);
}

#if defined(__x86_64__)  // elsewhere there is one tier only
/// Every tier gives the same block, field by field.
void expect_same(const KBlock& a, const KBlock& b, int groups, bool minimums) {
  EXPECT_EQ(std::bit_cast<uint32_t>(a.d), std::bit_cast<uint32_t>(b.d));
  EXPECT_EQ(std::memcmp(a.scale, b.scale, static_cast<size_t>(groups)), 0);
  EXPECT_EQ(std::memcmp(a.code, b.code, sizeof a.code), 0);
  if (!minimums) return;
  EXPECT_EQ(std::bit_cast<uint32_t>(a.dmin), std::bit_cast<uint32_t>(b.dmin));
  EXPECT_EQ(std::memcmp(a.minimum, b.minimum, static_cast<size_t>(groups)), 0);
}

TEST(Searches, TiersGiveTheSameBits) {
  if (!cpu_features().avx2) GTEST_SKIP() << "this processor runs one tier only";
  auto values = gaussian(size_t{33} * kBlock, 10);
  for (size_t i = 0; i < values.size(); i++)
    values[i] = std::ldexp(values[i], static_cast<int>(i / kBlock) * 4 - 60);
  struct Row {
    KSearch Searches::* search;
    int groups;
    bool minimums;
  };
  for (const Row& row :
       {Row{&Searches::q2_k, 16, true}, Row{&Searches::q3_k, 16, false}, Row{&Searches::q4_k, 8, true},
        Row{&Searches::q5_k, 8, true}, Row{&Searches::q6_k, 16, false}}) {
    std::vector<KBlock> base(33);
    std::vector<KBlock> avx2(33);
    (searches_base().*row.search)(values.data(), base.data(), 33);
    (searches_avx2().*row.search)(values.data(), avx2.data(), 33);
    for (size_t b = 0; b < base.size(); b++) expect_same(base[b], avx2[b], row.groups, row.minimums);
  }
  std::vector<TableBlock> base(33 * 8);
  std::vector<TableBlock> avx2(33 * 8);
  searches_base().iq4_nl(values.data(), base.data(), 33 * 8);
  searches_avx2().iq4_nl(values.data(), avx2.data(), 33 * 8);
  for (size_t b = 0; b < base.size(); b++) {
    EXPECT_EQ(base[b].d, avx2[b].d);
    EXPECT_EQ(std::memcmp(base[b].code, avx2[b].code, 32), 0);
  }
}
#endif

}  // namespace
}  // namespace sov::compute
