// Encodes or decodes for tools/parity and bench/tokenizer, over a pipe.
// Usage: tokenizer_tool TOKENIZER.json|METADATA.json encode|decode|bench [FILE] [plain]
// encode: stdin holds texts, each a 4-byte little-endian length and the bytes; stdout gets per text a count
// and the ids, 4 bytes each. decode: the reverse; stream: the same id by id; with "skip": no special tokens.
// bench: MB/s of encoding FILE, best of three.

#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>

#include "core/fs.h"
#include "text/tokenizer.h"

namespace sov::text {
namespace {

bool read_block(size_t unit, std::string& block) {
  uint32_t count = 0;
  if (std::fread(&count, 4, 1, stdin) != 1) return false;
  block.resize(count * unit);
  return block.empty() || std::fread(block.data(), unit, count, stdin) == count;
}

void write_block(const void* data, size_t count, size_t unit) {
  const auto header = static_cast<uint32_t>(count);
  std::fwrite(&header, 4, 1, stdout);
  std::fwrite(data, unit, count, stdout);
}

void encode(const Tokenizer& tokenizer, const EncodeOptions& options) {
  std::string text;
  while (read_block(1, text)) {
    const std::vector<TokenId> ids = tokenizer.encode(text, options);
    write_block(ids.data(), ids.size(), sizeof(TokenId));
  }
}

std::string streamed(const Tokenizer& tokenizer, const std::vector<TokenId>& ids, SkipSpecial skip) {
  StreamDecoder stream(tokenizer, skip);
  std::string text;
  for (TokenId id : ids) text += stream.push(id);
  return text + stream.finish();
}

void decode(const Tokenizer& tokenizer, bool in_parts, SkipSpecial skip) {
  std::string block;
  while (read_block(sizeof(TokenId), block)) {
    std::vector<TokenId> ids(block.size() / sizeof(TokenId));
    std::memcpy(ids.data(), block.data(), block.size());
    const std::string text = in_parts ? streamed(tokenizer, ids, skip) : tokenizer.decode(ids, skip);
    write_block(text.data(), text.size(), 1);
  }
}

Result<> bench(const Tokenizer& tokenizer, const char* path) {
  TRY(const std::string text, read_text(path));
  double best = 0;
  size_t count = 0;
  for (int run = 0; run < 3; run++) {
    const auto start = std::chrono::steady_clock::now();
    count = tokenizer.encode(text).size();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, static_cast<double>(text.size()) / 1e6 / seconds.count());
  }
  std::printf("%.2f MB/s, %zu tokens\n", best, count);
  return {};
}

Result<Tokenizer> load(const char* path) {
  TRY(const std::string text, read_text(path));
  TRY(const Json json, parse_json(text));
  if (json.find("tokenizer.ggml.model") != nullptr) return Tokenizer::from_gguf(json);
  return Tokenizer::from_huggingface(json, Json());
}

Result<> run(int count, char** arguments) {
  if (count < 3)
    return fail(Code::usage, "usage: tokenizer_tool TOKENIZER.json encode|decode|bench [FILE] [plain]");
  TRY(const Tokenizer tokenizer, load(arguments[1]));
  const std::string_view verb = arguments[2];
  EncodeOptions options;
  if (std::string_view(arguments[count - 1]) == "plain")
    options = {.add_special = false, .parse_special = false};
  if (verb == "encode") encode(tokenizer, options);
  const bool skips = std::string_view(arguments[count - 1]) == "skip";
  const SkipSpecial skip = skips ? SkipSpecial::yes : SkipSpecial::no;
  if (verb == "decode" || verb == "stream") decode(tokenizer, verb == "stream", skip);
  if (verb == "bench" && count > 3) return bench(tokenizer, arguments[3]);
  return {};
}

}  // namespace
}  // namespace sov::text

int main(int count, char** arguments) {
  const sov::Result<> result = sov::text::run(count, arguments);
  if (result) return 0;
  std::cerr << "tokenizer_tool: " << result.error().text() << "\n";
  return sov::exit_status(result.error().code());
}
