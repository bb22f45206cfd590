// A tokenizer file, a NUL byte, a text. A tokenizer that loads must encode any bytes to ids it has and decode
// them, whole or piece by piece, to the same text. The text also makes the round trip through a byte-level
// tokenizer of ours, which must give it back.

#include <cstddef>
#include <cstdint>

#include "core/check.h"
#include "core/json.h"
#include "core/utf8.h"
#include "text/tokenize/byte_level.h"
#include "text/tokenizer.h"

namespace sov::text {
namespace {

/// GPT-2's construction: the 256 bytes and a few merges.
Tokenizer byte_level_tokenizer() {
  Json vocab = Json::object();
  for (int byte = 0; byte < 256; byte++)
    vocab.set(byte_level_text(std::string(1, static_cast<char>(byte))), byte);
  vocab.set("in", 256).set("ing", 257).set("Ġt", 258).set("Ġth", 259).set("ĊĊ", 260).set("à¤", 261);
  Json merges = Json::array();
  merges.push("i n").push("in g").push("Ġ t").push("Ġt h").push("Ċ Ċ").push("à ¤");
  Json model = Json::object();
  model.set("type", "BPE").set("vocab", vocab).set("merges", merges);
  Json pre = Json::object();
  pre.set("type", "ByteLevel").set("add_prefix_space", false).set("use_regex", true);
  Json decoder = Json::object();
  decoder.set("type", "ByteLevel");
  Json json = Json::object();
  json.set("model", model).set("pre_tokenizer", pre).set("decoder", decoder);
  return std::move(*Tokenizer::from_huggingface(json, Json()));
}

std::string decoded_in_pieces(const Tokenizer& tokenizer, std::span<const TokenId> ids, SkipSpecial skip) {
  StreamDecoder stream(tokenizer, skip);
  std::string text;
  for (TokenId id : ids) {
    const std::string part = stream.push(id);
    CHECK(utf8::is_valid(part));
    text += part;
  }
  return text + stream.finish();
}

void check(const Tokenizer& tokenizer, std::string_view text) {
  for (const bool special : {false, true}) {
    const EncodeOptions options{.add_special = special, .parse_special = special};
    const std::vector<TokenId> ids = tokenizer.encode(text, options);
    for (TokenId id : ids) CHECK(id >= 0 && static_cast<size_t>(id) < tokenizer.vocab_size());
    const SkipSpecial skip = special ? SkipSpecial::yes : SkipSpecial::no;
    CHECK(decoded_in_pieces(tokenizer, ids, skip) == utf8::replace_invalid(tokenizer.decode(ids, skip)));
  }
}

}  // namespace
}  // namespace sov::text

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sov::text;
  static const Tokenizer ours = byte_level_tokenizer();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = std::min(input.find('\0'), size);
  const std::string_view text = input.substr(std::min(end + 1, size));
  CHECK(ours.decode(ours.encode(text)) == text);
  const auto json = sov::parse_json(input.substr(0, end));
  if (!json) return 0;
  const bool is_gguf = json->find("tokenizer.ggml.model") != nullptr;
  const auto tokenizer =
      is_gguf ? Tokenizer::from_gguf(*json) : Tokenizer::from_huggingface(*json, sov::Json());
  if (tokenizer) check(*tokenizer, text);
  return 0;
}
