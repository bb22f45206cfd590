#include "text/tokenizer.h"

#include <gmock/gmock.h>

#include "core/fs.h"
#include "core/rng.h"
#include "core/utf8.h"
#include "text/tokenize/byte_level.h"

namespace sov::text {
namespace {

using ::testing::ElementsAre;

// The 256 bytes at ids 0..255, four merges and an end token.
Json byte_level_json() {
  Json vocab = Json::object();
  for (int byte = 0; byte < 256; byte++)
    vocab.set(byte_level_text(std::string(1, static_cast<char>(byte))), byte);
  vocab.set("he", 256).set("ll", 257).set("hell", 258).set("Ġw", 259);
  Json merges = Json::array();
  merges.push("h e").push(Json(Json::Array{"l", "l"})).push("he ll").push("Ġ w");
  Json model = Json::object();
  model.set("type", "BPE").set("vocab", vocab).set("merges", merges);
  Json pre = Json::object();
  pre.set("type", "ByteLevel").set("add_prefix_space", false).set("use_regex", true);
  Json end = Json::object();
  end.set("id", 300).set("content", "<|end|>").set("special", true).set("normalized", false);
  Json decoder = Json::object();
  decoder.set("type", "ByteLevel");
  Json tokenizer = Json::object();
  tokenizer.set("model", model).set("pre_tokenizer", pre).set("decoder", decoder);
  return tokenizer.set("added_tokens", Json(Json::Array{end}));
}

Tokenizer byte_level_tokenizer() {
  Json config = Json::object();
  config.set("eos_token", "<|end|>");
  Result<Tokenizer> tokenizer = Tokenizer::from_huggingface(byte_level_json(), config);
  EXPECT_TRUE(tokenizer.has_value()) << tokenizer.error().text();
  return std::move(*tokenizer);
}

TEST(Tokenizer, MergesByRankWithinPieces) {
  const Tokenizer tokenizer = byte_level_tokenizer();
  EXPECT_THAT(tokenizer.encode("hello world"), ElementsAre(258, 'o', 259, 'o', 'r', 'l', 'd'));
  EXPECT_THAT(tokenizer.encode("hell hell"), ElementsAre(258, ' ', 258));
  EXPECT_THAT(tokenizer.encode(""), ElementsAre());
  EXPECT_EQ(tokenizer.vocab_size(), 301U);
  EXPECT_EQ(tokenizer.piece(259), "Ġw");
  EXPECT_EQ(tokenizer.piece(280), "");
  EXPECT_EQ(tokenizer.id_of("<|end|>"), 300);
}

TEST(Tokenizer, SpecialTokensAreParsedOnRequestOnly) {
  const Tokenizer tokenizer = byte_level_tokenizer();
  EXPECT_EQ(tokenizer.eos(), 300);
  EXPECT_TRUE(tokenizer.is_special(300));
  EXPECT_THAT(tokenizer.encode("o<|end|>o"), ElementsAre('o', 300, 'o'));
  const EncodeOptions plain{.add_special = false, .parse_special = false};
  EXPECT_EQ(tokenizer.encode("<|end|>", plain).size(), 7U);
  const std::vector<TokenId> ids = {'o', 300, 9999, -1};
  EXPECT_EQ(tokenizer.decode(ids), "o<|end|>");
  EXPECT_EQ(tokenizer.decode(ids, SkipSpecial::yes), "o");
}

TEST(Tokenizer, AnyBytesSurviveTheRoundTrip) {
  const Tokenizer tokenizer = byte_level_tokenizer();
  Rng rng(7);
  for (int round = 0; round < 2000; round++) {
    std::string text;
    for (size_t i = rng.below(60); i > 0; i--) {
      if (rng.below(2) == 0) text.push_back(static_cast<char>(rng.below(256)));
      if (rng.below(2) == 0) text += "hello wörld \n";
    }
    ASSERT_EQ(tokenizer.decode(tokenizer.encode(text)), text);
  }
}

TEST(StreamDecoder, HoldsBackPartsOfACharacter) {
  const Tokenizer tokenizer = byte_level_tokenizer();
  StreamDecoder stream(tokenizer);
  EXPECT_EQ(stream.push(0xE2), "");
  EXPECT_EQ(stream.push(0x82), "");
  EXPECT_EQ(stream.push(0xAC), "€");
  EXPECT_EQ(stream.push(0xE2), "");
  EXPECT_EQ(stream.push('o'), "\uFFFDo");
  EXPECT_EQ(stream.push(0xF0), "");
  EXPECT_EQ(stream.finish(), "\uFFFD");
}

// Property: what comes out is whole characters, and together it is decode()'s text.
TEST(StreamDecoder, GivesTheTextOfDecodeInWholeCharacters) {
  const Tokenizer tokenizer = byte_level_tokenizer();
  Rng rng(13);
  for (int round = 0; round < 3000; round++) {
    std::vector<TokenId> ids;
    for (size_t i = rng.below(24); i > 0; i--) {
      const size_t kind = rng.below(4);
      if (kind == 0) ids.push_back(static_cast<TokenId>(rng.below(302)));  // any id, unknown ones too
      if (kind == 1) ids.push_back(300);                                   // the special token
      if (kind >= 2) {                                                     // a character, whole or cut short
        std::string character;
        utf8::append(character, static_cast<uint32_t>(rng.below(0x20000)));
        character.resize(1 + rng.below(character.size()));
        for (char byte : character) ids.push_back(static_cast<uint8_t>(byte));
      }
    }
    for (const SkipSpecial skip : {SkipSpecial::no, SkipSpecial::yes}) {
      StreamDecoder stream(tokenizer, skip);
      std::string text;
      for (TokenId id : ids) {
        const std::string part = stream.push(id);
        ASSERT_TRUE(utf8::is_valid(part));
        text += part;
      }
      text += stream.finish();
      ASSERT_EQ(text, utf8::replace_invalid(tokenizer.decode(ids, skip)));
    }
  }
}

// tools/golden/added_tokens.py
TEST(Tokenizer, FindsAddedTokensAsHuggingFaceDoes) {
  const Json golden = *parse_json(*read_text("tests/golden/tokenizers/added_tokens.json"));
  const auto ids_of = [](const Json& list) {
    std::vector<TokenId> ids;
    for (const Json& id : list.items()) ids.push_back(static_cast<TokenId>(id.integer()));
    return ids;
  };
  for (const Json& item : golden.find("cases")->items()) {
    Json json = *item.find("tokenizer");
    json.set("model", *golden.find("model"));
    const Result<Tokenizer> tokenizer = Tokenizer::from_huggingface(json, Json());
    ASSERT_TRUE(tokenizer.has_value()) << tokenizer.error().text();
    const Json::Array& texts = item.find("texts")->items();
    for (size_t i = 0; i < texts.size(); i++) {
      const std::string& text = texts[i].string();
      const std::vector<TokenId> want = ids_of(item.find("ids")->items()[i]);
      EXPECT_EQ(tokenizer->encode(text, {.add_special = false}), want)
          << text << "\n"
          << json.find("added_tokens")->dump() << json.find("normalizer")->dump();
      EXPECT_EQ(tokenizer->encode(text, {.add_special = false, .parse_special = false}),
                ids_of(item.find("plain_ids")->items()[i]))
          << text << "\n"
          << json.find("added_tokens")->dump();
      const Json& skipped = item.find("skipped")->items()[i];
      if (skipped.is_null()) continue;
      EXPECT_EQ(utf8::replace_invalid(tokenizer->decode(want, SkipSpecial::yes)), skipped.string());
    }
  }
}

TEST(Tokenizer, NamesWhatIsNotSupported) {
  Json json = byte_level_json();
  json.set("normalizer", Json(Json::Object{{"type", "Wobble"}}));
  const Result<Tokenizer> tokenizer = Tokenizer::from_huggingface(json, Json());
  ASSERT_FALSE(tokenizer.has_value());
  EXPECT_EQ(tokenizer.error().code(), Code::unsupported);
  EXPECT_THAT(tokenizer.error().message(), ::testing::HasSubstr("'Wobble'"));

  Json metadata = Json::object();
  metadata.set("tokenizer.ggml.model", "gpt2")
      .set("tokenizer.ggml.pre", "wobble")
      .set("tokenizer.ggml.tokens", Json::array());
  const Result<Tokenizer> gguf = Tokenizer::from_gguf(metadata);
  ASSERT_FALSE(gguf.has_value());
  EXPECT_EQ(gguf.error().code(), Code::unsupported);
}

}  // namespace
}  // namespace sov::text
