// Encodes or decodes for tools/parity and bench, over a pipe.
// Usage: tokenizer_tool TOKENIZER.json|METADATA.json encode|decode|stream|bench|documents [FILE] [plain|skip]
//        tokenizer_tool PRE_TOKENIZER.json|PATTERNS.json split
//        tokenizer_tool - pre
// encode: stdin holds texts, each a 4-byte little-endian length and the bytes; stdout gets per text a count
// and the ids, 4 bytes each. decode: the reverse; stream: the same id by id; with "skip": no special tokens.
// bench: JSON of the times of loading, of encoding FILE in one call and line by line, and of decoding, best
// of three each. documents: MB/s of encoding FILE as one text and in parts of 10 kB. split: the bytes'
// lengths of the pieces instead of ids, by tokenizer.json's "pre_tokenizer" or by an array of patterns. pre:
// the table of GGUF's pre-tokenizers as JSON.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>

#include "core/fs.h"
#include "text/tokenize/gguf_pre.h"
#include "text/tokenize/pre_tokenizer.h"
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

Result<Tokenizer> load(const char* path) {
  TRY(const std::string text, read_text(path));
  TRY(const Json json, parse_json(text));
  if (json.find("tokenizer.ggml.model") != nullptr) return Tokenizer::from_gguf(json);
  return Tokenizer::from_huggingface(json, Json());
}

/// Best of several runs, in seconds of this process's time: other processes do not count.
template <typename Work>
double best_seconds(int runs, const Work& work) {
  double best = 1e9;
  for (int run = 0; run < runs; run++) {
    const std::clock_t start = std::clock();
    work();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

Result<> bench(const char* tokenizer_path, const char* text_path) {
  TRY(const std::string text, read_text(text_path));
  TRY(const Tokenizer tokenizer, load(tokenizer_path));
  const double load_seconds = best_seconds(3, [&] { (void)load(tokenizer_path); });
  std::vector<TokenId> ids;
  std::string decoded;
  const double whole = best_seconds(3, [&] { ids = tokenizer.encode(text); });
  const std::vector<std::string_view> lines = lines_of(text);
  size_t line_ids = 0;
  const double by_line = best_seconds(3, [&] {
    line_ids = 0;
    for (std::string_view line : lines) line_ids += tokenizer.encode(line).size();
  });
  const double decoding = best_seconds(3, [&] { decoded = tokenizer.decode(ids); });
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  std::cout << Json::object()
                   .set("bytes", uint64_t{text.size()})
                   .set("tokens", uint64_t{ids.size()})
                   .set("line_tokens", uint64_t{line_ids})
                   .set("load_ms", load_seconds * 1e3)
                   .set("encode_mb_s", megabytes / whole)
                   .set("encode_lines_mb_s", megabytes / by_line)
                   .set("decode_mb_s", megabytes / decoding)
                   .set("round_trip", decoded == text)
                   .dump()
            << "\n";
  return {};
}

size_t encode_documents(const Tokenizer& tokenizer, std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(at + 10'000, text.size());
    while (end < text.size() && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) end++;
    count += tokenizer.encode(text.substr(at, end - at)).size();
    at = end;
  }
  return count;
}

Result<> bench_documents(const char* tokenizer_path, const char* text_path) {
  TRY(const std::string text, read_text(text_path));
  TRY(const Tokenizer tokenizer, load(tokenizer_path));
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  size_t count = 0;
  const double whole = best_seconds(3, [&] { count = tokenizer.encode(text).size(); });
  std::printf("%.2f MB/s as one text, %zu tokens\n", megabytes / whole, count);
  const double parts = best_seconds(3, [&] { count = encode_documents(tokenizer, text); });
  std::printf("%.2f MB/s in documents of 10 kB, %zu tokens\n", megabytes / parts, count);
  return {};
}

Result<PreTokenizerPlan> load_plan(const char* path) {
  TRY(const std::string text, read_text(path));
  TRY(const Json json, parse_json(text));
  if (!json.is_array()) return load_pre_tokenizer(json);
  std::vector<std::unique_ptr<PreTokenizer>> stages;
  for (const Json& pattern : json.items()) {
    TRY(auto stage, make_split(pattern.string(), SplitBehavior::isolated));
    stages.push_back(std::move(stage));
  }
  return PreTokenizerPlan{make_sequence(std::move(stages)), false};
}

Result<> split(const char* path) {
  TRY(const PreTokenizerPlan plan, load_plan(path));
  std::string text;
  while (read_block(1, text)) {
    std::vector<uint32_t> lengths;
    if (plan.stage) {
      plan.stage->split({text, true},
                        [&](Piece piece) { lengths.push_back(static_cast<uint32_t>(piece.text.size())); });
    }
    write_block(lengths.data(), lengths.size(), sizeof(uint32_t));
  }
  return {};
}

void print_pre_table() {
  Json table = Json::object();
  for (const GgufPre& row : gguf_pre_table()) {
    Json patterns = Json::array();
    for (std::string_view pattern : row.patterns) patterns.push(pattern);
    table.set(row.name, patterns);
  }
  std::cout << table.dump(1) << "\n";
}

Result<> run(int count, char** arguments) {
  if (count < 3)
    return fail(Code::usage,
                "usage: tokenizer_tool TOKENIZER.json VERB [FILE] [plain|skip]; VERB: encode, decode, "
                "stream, bench or documents");
  const std::string_view verb = arguments[2];
  if (verb == "split") return split(arguments[1]);
  if (verb == "pre") return print_pre_table(), Result<>();
  if (verb == "bench" && count > 3) return bench(arguments[1], arguments[3]);
  if (verb == "documents" && count > 3) return bench_documents(arguments[1], arguments[3]);
  TRY(const Tokenizer tokenizer, load(arguments[1]));
  EncodeOptions options;
  if (std::string_view(arguments[count - 1]) == "plain")
    options = {.add_special = false, .parse_special = false};
  if (verb == "encode") encode(tokenizer, options);
  const bool skips = std::string_view(arguments[count - 1]) == "skip";
  const SkipSpecial skip = skips ? SkipSpecial::yes : SkipSpecial::no;
  if (verb == "decode" || verb == "stream") decode(tokenizer, verb == "stream", skip);
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
