// Encodes or decodes for tools/parity and bench/tokenizer, over a pipe.
// Usage: tokenizer_tool TOKENIZER.json|METADATA.json encode|decode|bench [FILE] [plain]
// encode: stdin holds texts, each a 4-byte little-endian length and the bytes; stdout gets per text a count
// and the ids, 4 bytes each. decode: the reverse; stream: the same id by id; with "skip": no special tokens.
// bench: MB/s of encoding
// FILE, best of three; documents: also in parts of 10 kB.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
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

/// Process time of the best of three runs, as MB/s.
template <typename Work>
double megabytes_per_second(size_t bytes, const Work& work) {
  double best = 0;
  for (int run = 0; run < 3; run++) {
    const std::clock_t start = std::clock();
    work();
    best = std::max(
        best, static_cast<double>(bytes) / 1e6 * CLOCKS_PER_SEC / static_cast<double>(std::clock() - start));
  }
  return best;
}

Result<> bench(const Tokenizer& tokenizer, const char* path, bool documents) {
  TRY(const std::string text, read_text(path));
  const std::string_view all = text;
  size_t count = 0;
  const double whole = megabytes_per_second(all.size(), [&] { count = tokenizer.encode(all).size(); });
  std::printf("%.2f MB/s as one text, %zu tokens\n", whole, count);
  if (!documents) return {};
  const double parts = megabytes_per_second(all.size(), [&] {
    count = 0;
    for (size_t at = 0; at < all.size();) {
      size_t end = std::min(at + 10'000, all.size());
      while (end < all.size() && (static_cast<uint8_t>(all[end]) & 0xC0) == 0x80) end++;
      count += tokenizer.encode(all.substr(at, end - at)).size();
      at = end;
    }
  });
  std::printf("%.2f MB/s in documents of 10 kB, %zu tokens\n", parts, count);
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
  if ((verb == "bench" || verb == "documents") && count > 3)
    return bench(tokenizer, arguments[3], verb == "documents");
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
