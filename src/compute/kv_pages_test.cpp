#include "compute/kv_pages.h"

#include <cmath>
#include <gtest/gtest.h>

#include "compute/pages_for_tests.h"
#include "compute/quant.h"
#include "core/rng.h"

namespace sov::compute {
namespace {

std::vector<float> random_rows(Rng& rng, int64_t count) {
  std::vector<float> out(static_cast<size_t>(count));
  for (float& value : out) value = static_cast<float>(rng.uniform()) * 4 - 2;
  return out;
}

/// What a row becomes when it is coded and decoded.
std::vector<float> rounded(DType dtype, std::span<const float> values) {
  std::vector<std::byte> coded(*bytes_for(dtype, values.size()));
  EXPECT_TRUE(quantize(dtype, values, coded).has_value());
  std::vector<float> out(values.size());
  EXPECT_TRUE(dequantize(dtype, coded, out).has_value());
  return out;
}

TEST(KvPages, GiveBackEveryRowRoundedAsItsTypeRounds) {
  Rng rng(7);
  for (const DType dtype : {DType::f32, DType::f16, DType::bf16, DType::q8_0}) {
    const bool blocks = dtype == DType::q8_0;
    const KvShape shape{dtype, 3, blocks ? 64 : 21, blocks ? 32 : 17};
    const int64_t count = 37;
    auto k = random_rows(rng, count * shape.kv_heads * shape.key_dim);
    auto v = random_rows(rng, count * shape.kv_heads * shape.value_dim);
    const Rows keys(k.data(), count, shape.kv_heads * shape.key_dim);
    const Rows values(v.data(), count, shape.kv_heads * shape.value_dim);
    const OwnedPages cache(shape, count + 5);
    store_rows(keys, values, 5, cache.pages());
    std::vector<float> key(static_cast<size_t>(shape.key_dim)), value(static_cast<size_t>(shape.value_dim));
    for (int64_t t = 0; t < count; t++) {
      for (int64_t head = 0; head < shape.kv_heads; head++) {
        load_key(cache.pages(), 5 + t, head, key);
        load_value(cache.pages(), 5 + t, head, value);
        ASSERT_EQ(key, rounded(dtype, keys.columns(head * shape.key_dim, shape.key_dim).row(t)))
            << name(dtype);
        ASSERT_EQ(value, rounded(dtype, values.columns(head * shape.value_dim, shape.value_dim).row(t)));
      }
    }
  }
}

TEST(KvPages, KeysLieColumnByColumn) {
  const KvShape shape{DType::f32, 1, 2, 3};
  const OwnedPages cache(shape, 2);
  std::vector<float> k = {1, 2, 3, 4}, v = {5, 6, 7, 8, 9, 10};
  store_rows(Rows(k.data(), 2, 2), Rows(v.data(), 2, 3), 0, cache.pages());
  const auto* tile = reinterpret_cast<const float*>(cache.pages().keys(0, 0));
  EXPECT_EQ((std::vector<float>{tile[0], tile[1], tile[16], tile[17]}), (std::vector<float>{1, 3, 2, 4}));
  const auto* values = reinterpret_cast<const float*>(cache.pages().values(0, 0));
  EXPECT_EQ((std::vector<float>{values[0], values[2], values[3], values[16]}),
            (std::vector<float>{5, 7, 0, 8}));
}

TEST(KvPages, RefuseTypesAndWidthsByName) {
  const auto type = check_kv_shape({DType::q4_0, 1, 64, 64});
  ASSERT_FALSE(type.has_value());
  EXPECT_EQ(type.error().code(), Code::unsupported);
  EXPECT_NE(type.error().text().find("q4_0"), std::string::npos);
  const auto width = check_kv_shape({DType::q8_0, 1, 64, 48});
  ASSERT_FALSE(width.has_value());
  EXPECT_NE(width.error().text().find("48"), std::string::npos);
}

}  // namespace
}  // namespace sov::compute
