#include "llm/convert/storage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vector>

namespace sov::llm {
namespace {

using formats::Format;

StoredAs stored(std::string_view quantization, Role role, int64_t layer, const Config& config,
                uint64_t row = 256) {
  const auto wanted = find_quantization(quantization, Format::gguf);
  EXPECT_TRUE(wanted.has_value());
  Storage tensor{.at = {role, layer}, .shape = {512, row}};
  tensor.is_head = role == Role::head || (config.tied_head && role == Role::token_embedding);
  return choose_storage(*wanted, Format::gguf, tensor, config);
}

Config layers(int64_t count) {
  Config config;
  config.layers = count;
  config.heads = 8;
  config.kv_heads = 2;
  return config;
}

// What llama-quantize (0.5.0) chose for random llama models of these depths.
TEST(Mixes, finer_layers) {
  struct Row {
    int64_t layers;
    std::vector<int64_t> finer;
  };
  const std::vector<Row> rows = {{2, {1}},
                                 {5, {2, 4}},
                                 {8, {0, 3, 6, 7}},
                                 {9, {0, 3, 6, 7, 8}},
                                 {12, {0, 3, 6, 9, 10, 11}},
                                 {22, {0, 1, 4, 7, 10, 13, 16, 19, 20, 21}},
                                 {33, {0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31, 32}}};
  for (const Row& row : rows) {
    for (const Role role : {Role::v, Role::down, Role::qkv}) {
      std::vector<int64_t> finer;
      for (int64_t layer = 0; layer < row.layers; layer++) {
        const DType dtype = stored("q4_k_m", role, layer, layers(row.layers)).dtype;
        if (dtype == DType::q6_k) finer.push_back(layer);
        if (dtype != DType::q6_k) {
          EXPECT_EQ(dtype, DType::q4_k);
        }
      }
      EXPECT_EQ(finer, row.finer) << row.layers << " layers";
    }
  }
}

TEST(Mixes, other_matrices_and_the_head) {
  Config config = layers(8);
  config.tied_head = false;
  for (const Role role : {Role::q, Role::k, Role::attention_output, Role::gate, Role::up, Role::gate_up}) {
    EXPECT_EQ(stored("q4_k_m", role, 0, config).dtype, DType::q4_k);
    EXPECT_EQ(stored("q5_k_m", role, 0, config).dtype, DType::q5_k);
  }
  EXPECT_EQ(stored("q4_k_m", Role::head, -1, config).dtype, DType::q6_k);
  EXPECT_EQ(stored("q4_k_m", Role::token_embedding, -1, config).dtype, DType::q4_k);
  config.tied_head = true;
  EXPECT_EQ(stored("q4_k_m", Role::token_embedding, -1, config).dtype, DType::q6_k);
}

TEST(Mixes, seventy_billion) {
  Config config = layers(80);
  EXPECT_EQ(stored("q4_k_m", Role::v, 10, config).dtype, DType::q5_k);
  EXPECT_EQ(stored("q4_k_m", Role::v, 9, config).dtype, DType::q6_k);
  EXPECT_EQ(stored("q4_k_m", Role::down, 10, config).dtype, DType::q4_k);
  EXPECT_EQ(stored("q5_k_m", Role::v, 10, config).dtype, DType::q5_k);
  config.kv_heads = config.heads;
  EXPECT_EQ(stored("q4_k_m", Role::v, 10, config).dtype, DType::q4_k);
}

TEST(Storage, rows_that_are_not_whole_blocks) {
  struct Row {
    const char* quantization;
    DType of_32, of_1;  // for rows that are multiples of 32 only, and for rows that are not even that
  };
  const Config config = layers(8);
  for (const Row& row : {Row{"q2_k", DType::iq4_nl, DType::f16}, Row{"q3_k", DType::iq4_nl, DType::f16},
                         Row{"q4_k", DType::q5_0, DType::f16}, Row{"q5_k", DType::q5_1, DType::f16},
                         Row{"q6_k", DType::q8_0, DType::f16}, Row{"q8_0", DType::q8_0, DType::f16}}) {
    EXPECT_EQ(stored(row.quantization, Role::up, 0, config, 96).dtype, row.of_32) << row.quantization;
    EXPECT_EQ(stored(row.quantization, Role::up, 0, config, 90).dtype, row.of_1) << row.quantization;
    EXPECT_THAT(stored(row.quantization, Role::up, 0, config, 90).fallback,
                testing::HasSubstr("rows of 90 values"));
  }
}

}  // namespace
}  // namespace sov::llm
