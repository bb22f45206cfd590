// Ids and decoded text of Hugging Face tokenizers, sentencepiece and llama.cpp
// (tests/golden/tokenizers, made by tools/golden/tokenizer_kinds.py).

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "core/fs.h"
#include "core/json.h"
#include "core/utf8.h"
#include "text/tokenizer.h"

namespace sov::text {
namespace {

const std::filesystem::path kFolder = "tests/golden/tokenizers";

Json golden(const std::string& name) {
  const Result<std::string> text = read_text(kFolder / name);
  EXPECT_TRUE(text.has_value()) << text.error().text();
  Result<Json> json = parse_json(*text);
  EXPECT_TRUE(json.has_value()) << json.error().text();
  return std::move(*json);
}

std::vector<TokenId> ids_of(const Json& list) {
  std::vector<TokenId> ids;
  for (const Json& id : list.items()) ids.push_back(static_cast<TokenId>(id.integer()));
  return ids;
}

std::string streamed(const Tokenizer& tokenizer, const std::vector<TokenId>& ids, SkipSpecial skip) {
  StreamDecoder stream(tokenizer, skip);
  std::string text;
  for (TokenId id : ids) {
    const std::string part = stream.push(id);
    EXPECT_TRUE(utf8::is_valid(part));
    text += part;
  }
  return text + stream.finish();
}

/// Whatever of text, ids, plain, decoded and skipped the case has.
void check(const Tokenizer& tokenizer, const Json& item) {
  const Json *text = item.find("text"), *ids = item.find("ids"), *plain = item.find("plain");
  if (text != nullptr && ids != nullptr) {
    EXPECT_EQ(tokenizer.encode(text->string()), ids_of(*ids)) << text->string();
  }
  if (text != nullptr && plain != nullptr) {
    // Hugging Face parses special tokens always; the GGUF vocabularies' texts hold none.
    const EncodeOptions options{.add_special = false, .parse_special = ids != nullptr};
    EXPECT_EQ(tokenizer.encode(text->string(), options), ids_of(*plain)) << text->string();
  }
  const Json* given = ids != nullptr ? ids : plain;
  if (given == nullptr) {
    ADD_FAILURE() << "a case without ids: " << item.dump();
    return;
  }
  const std::vector<TokenId> row = ids_of(*given);
  for (const auto& [key, skip] :
       {std::pair{"decoded", SkipSpecial::no}, std::pair{"skipped", SkipSpecial::yes}}) {
    const Json* wanted = item.find(key);
    if (wanted == nullptr) continue;
    EXPECT_EQ(utf8::replace_invalid(tokenizer.decode(row, skip)), wanted->string());
    EXPECT_EQ(streamed(tokenizer, row, skip), wanted->string());
  }
}

void check_all(const Json& entry, const Result<Tokenizer>& tokenizer) {
  SCOPED_TRACE(*entry.get_string("name"));
  ASSERT_TRUE(tokenizer.has_value()) << tokenizer.error().text();
  const Json* cases = entry.find("cases");
  ASSERT_TRUE(cases != nullptr && !cases->items().empty());
  for (const Json& item : cases->items()) check(*tokenizer, item);
}

TEST(TokenizerKinds, EncodeAsHuggingFaceDoes) {
  const Json all = golden("encoders.json");
  ASSERT_GT(all.items().size(), 30U);
  for (const Json& entry : all.items())
    check_all(entry, Tokenizer::from_huggingface(*entry.find("tokenizer"), Json()));
}

TEST(TokenizerKinds, DecodeAsHuggingFaceDoes) {
  const Json all = golden("decoders.json");
  ASSERT_GT(all.items().size(), 10U);
  for (const Json& entry : all.items())
    check_all(entry, Tokenizer::from_huggingface(*entry.find("tokenizer"), Json()));
}

TEST(TokenizerKinds, EncodeGgufAsSentencePieceDoes) {
  const Json all = golden("sentencepiece.json");
  ASSERT_GE(all.items().size(), 6U);
  for (const Json& entry : all.items()) check_all(entry, Tokenizer::from_gguf(*entry.find("metadata")));
}

/// [first, step, count] each.
Json expanded(const Json& runs) {
  Json values = Json::array();
  for (const Json& run : runs.items()) {
    const double first = run.items()[0].number(), step = run.items()[1].number();
    for (int64_t i = 0; i < run.items()[2].integer(); i++)
      values.push(static_cast<int64_t>(first + step * static_cast<double>(i)));
  }
  return values;
}

void check_vocabulary(const std::string& name) {
  const Json entry = golden(name);
  Json tokens = Json::array();
  if (const Json* base = entry.find("base")) tokens = *golden(base->string()).find("tokens");
  for (const Json& token : entry.find("tokens")->items()) tokens.push(token);
  Json metadata = *entry.find("metadata");
  metadata.set("tokenizer.ggml.tokens", std::move(tokens))
      .set("tokenizer.ggml.scores", expanded(*entry.find("scores")))
      .set("tokenizer.ggml.token_type", expanded(*entry.find("types")));
  ASSERT_EQ(entry.find("cases")->items().size(), 46U);
  check_all(entry, Tokenizer::from_gguf(metadata));
}

TEST(TokenizerKinds, Llama2AndPhi3HaveTheIdsOfLlamaCpp) {
  check_vocabulary("vocabulary-llama-spm.json");
  check_vocabulary("vocabulary-phi-3.json");
}

TEST(TokenizerKinds, AMegabyteWithoutASpaceIsLinear) {
  std::string word;
  while (word.size() < 1'000'000) word += "unbelievabletokenization世界";
  const Json all = golden("encoders.json");
  for (const Json& entry : all.items()) {
    const std::string name = *entry.get_string("name");
    if (name != "BPE-llama-legacy" && name != "Unigram-T5" && name != "BPE-with-end-of-word-suffix") continue;
    const auto tokenizer = Tokenizer::from_huggingface(*entry.find("tokenizer"), Json());
    ASSERT_TRUE(tokenizer.has_value());
    const std::vector<TokenId> ids = tokenizer->encode(word);
    EXPECT_GT(ids.size(), word.size() / 32) << name;
    if (name == "BPE-llama-legacy") {
      EXPECT_EQ(tokenizer->decode(ids, SkipSpecial::yes), word);
    }
  }
}

}  // namespace
}  // namespace sov::text
