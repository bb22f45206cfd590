// Vocabulary-only GGUF files of well-known models: our ids are the ids that llama.cpp keeps beside them.

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

#include "core/fs.h"
#include "formats/model_file.h"
#include "text/tokenizer.h"

namespace sov::llm {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = "tests/data/tokenizers";

std::vector<std::string> texts_of(const fs::path& path) {
  constexpr std::string_view kBetween = "\n__ggml_vocab_test__\n";
  const std::string all = *read_text(path);
  std::vector<std::string> texts;
  for (size_t at = 0; at < all.size();) {
    const size_t end = std::min(all.find(kBetween, at), all.size());
    texts.push_back(all.substr(at, end - at));
    at = end + kBetween.size();
  }
  return texts;
}

std::vector<std::vector<text::TokenId>> ids_of(const fs::path& path) {
  std::istringstream lines(*read_text(path));
  std::vector<std::vector<text::TokenId>> all;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    all.emplace_back();
    for (text::TokenId id = 0; words >> id;) all.back().push_back(id);
  }
  return all;
}

class Vocabularies : public ::testing::TestWithParam<std::string> {};

TEST_P(Vocabularies, GiveTheIdsOfLlamaCpp) {
  const std::string file = "ggml-vocab-" + GetParam() + ".gguf";
  const auto model = formats::open_model(kRoot / file);
  ASSERT_TRUE(model.has_value()) << model.error().text();
  const auto tokenizer = text::Tokenizer::from_gguf((*model)->tokenizer.tokenizer);
  ASSERT_TRUE(tokenizer.has_value()) << tokenizer.error().text();
  const std::vector<std::string> texts = texts_of(kRoot / (file + ".inp"));
  const std::vector<std::vector<text::TokenId>> ids = ids_of(kRoot / (file + ".out"));
  ASSERT_EQ(texts.size(), 46U);
  ASSERT_EQ(ids.size(), texts.size());
  for (size_t i = 0; i < texts.size(); i++) {
    EXPECT_EQ(tokenizer->encode(texts[i], {.add_special = false, .parse_special = false}), ids[i])
        << texts[i];
    EXPECT_EQ(tokenizer->decode(ids[i]), texts[i]);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Vocabularies, ::testing::Values("gpt-2", "deepseek-coder"),
                         [](const auto& info) {
                           std::string name = info.param;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace sov::llm
