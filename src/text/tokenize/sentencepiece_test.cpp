#include <gmock/gmock.h>

#include "core/rng.h"
#include "text/tokenizer.h"

namespace sov::text {
namespace {

using ::testing::ElementsAre;

// <unk> <s> </s>, the bytes at 3..258, then pieces whose scores fall with their ids.
Json llama_metadata(std::initializer_list<const char*> pieces) {
  Json tokens = Json::array(), scores = Json::array(), types = Json::array();
  const auto add = [&](std::string piece, double score, int type) {
    tokens.push(std::move(piece));
    scores.push(score);
    types.push(type);
  };
  add("<unk>", 0, 2);
  add("<s>", 0, 3);
  add("</s>", 0, 3);
  for (int byte = 0; byte < 256; byte++) add(strf("<0x{:02X}>", byte), 0, 6);
  double score = 0;
  for (const char* piece : pieces) add(piece, score -= 1, 1);
  add("<|user|>", -1000, 4);
  Json metadata = Json::object();
  metadata.set("tokenizer.ggml.model", "llama").set("tokenizer.ggml.tokens", tokens);
  return metadata.set("tokenizer.ggml.scores", scores).set("tokenizer.ggml.token_type", types);
}

// Ids:                         259   260   261    262    263  264  265  266  267  268  269 = <|user|>
constexpr auto kPieces = {"▁▁", "he", "▁he", "llo", "▁", "h", "e", "l", "o", "ll"};

Tokenizer llama(const Json& metadata) {
  Result<Tokenizer> tokenizer = Tokenizer::from_gguf(metadata);
  EXPECT_TRUE(tokenizer.has_value()) << tokenizer.error().text();
  return std::move(*tokenizer);
}

TEST(SentencePieceBpe, JoinsByScoreAndFallsBackToBytes) {
  const Tokenizer tokenizer = llama(llama_metadata(kPieces));
  EXPECT_THAT(tokenizer.encode("he"), ElementsAre(1, 261));
  EXPECT_THAT(tokenizer.encode("", {}), ElementsAre(1));
  const EncodeOptions plain{.add_special = false, .parse_special = true};
  // "llo" outranks "ll" but can only be made from it.
  EXPECT_THAT(tokenizer.encode("hello", plain), ElementsAre(261, 262));
  EXPECT_THAT(tokenizer.encode("  he", plain), ElementsAre(259, 261));
  EXPECT_THAT(tokenizer.encode("é", plain), ElementsAre(263, 3 + 0xC3, 3 + 0xA9));
  EXPECT_THAT(tokenizer.encode("o\xFFo", plain), ElementsAre(263, 267, 3 + 0xFF, 267));
  EXPECT_EQ(tokenizer.bos(), 1);
  EXPECT_EQ(tokenizer.eos(), 2);
}

TEST(SentencePieceBpe, MarksTheTextAfterAnAddedToken) {
  const Tokenizer tokenizer = llama(llama_metadata(kPieces));
  EXPECT_THAT(tokenizer.encode("<|user|>he</s>"), ElementsAre(1, 269, 261, 2));
  const std::vector<TokenId> ids = {261, 269, 261};
  EXPECT_EQ(tokenizer.decode(ids), "he<|user|> he");
  const EncodeOptions plain{.add_special = false, .parse_special = false};
  EXPECT_GT(tokenizer.encode("</s>", plain).size(), 1U);
}

TEST(SentencePieceBpe, PrefixIsTheFilesChoice) {
  Json metadata = llama_metadata(kPieces);
  metadata.set("tokenizer.ggml.add_space_prefix", false).set("tokenizer.ggml.add_bos_token", false);
  const Tokenizer tokenizer = llama(metadata);
  EXPECT_THAT(tokenizer.encode("he he"), ElementsAre(260, 261));
  const std::vector<TokenId> ids = {261, 261};
  EXPECT_EQ(tokenizer.decode(ids), " he he");
}

TEST(SentencePieceBpe, RemovesExtraWhitespaceWhenTheFileSaysSo) {
  Json metadata = llama_metadata(kPieces);
  metadata.set("tokenizer.ggml.remove_extra_whitespaces", true).set("tokenizer.ggml.add_bos_token", false);
  const Tokenizer tokenizer = llama(metadata);
  EXPECT_THAT(tokenizer.encode("   he   he  "), ElementsAre(261, 261));
  EXPECT_THAT(tokenizer.encode("   "), ElementsAre());
}

TEST(SentencePieceBpe, AnyBytesSurviveTheRoundTripAndTheStream) {
  const Tokenizer tokenizer = llama(llama_metadata(kPieces));
  Rng rng(11);
  for (int round = 0; round < 1000; round++) {
    std::string text;
    for (size_t i = rng.below(40); i > 0; i--) {
      if (rng.below(3) == 0) text.push_back(static_cast<char>(rng.below(256)));
      if (rng.below(2) == 0) text += "hello ";
      if (rng.below(4) == 0) text += "wörld▁ \n";
    }
    const std::vector<TokenId> ids = tokenizer.encode(text, {.add_special = false, .parse_special = true});
    const std::string decoded = tokenizer.decode(ids);
    std::string spaces = text;
    for (size_t at; (at = spaces.find("▁")) != std::string::npos;) spaces.replace(at, 3, " ");
    ASSERT_EQ(decoded, spaces);
  }
}

TEST(SentencePieceBpe, CorruptFilesAreRefused) {
  Json metadata = llama_metadata(kPieces);
  metadata.set("tokenizer.ggml.scores", Json::array());
  EXPECT_EQ(Tokenizer::from_gguf(metadata).error().code(), Code::corrupt);
  metadata = llama_metadata(kPieces);
  metadata.set("tokenizer.ggml.precompiled_charsmap", Json(Json::Array{255, 255, 255, 255, 0}));
  EXPECT_EQ(Tokenizer::from_gguf(metadata).error().code(), Code::corrupt);
}

}  // namespace
}  // namespace sov::text
