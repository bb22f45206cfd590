#include "text/tokenize/gguf_pre.h"

#include <algorithm>

#include "text/tokenize/patterns.h"

namespace sov::text {
namespace {

using namespace pattern;

constexpr std::string_view kGpt2List[] = {kGpt2};
constexpr std::string_view kQwen2List[] = {kQwen2};
constexpr std::string_view kQwen35List[] = {kQwen35};
constexpr std::string_view kLlama3List[] = {kLlama3};
constexpr std::string_view kGpt4oList[] = {kGpt4o};
constexpr std::string_view kTekkenList[] = {kTekken};
constexpr std::string_view kDigitThenGpt2[] = {kDigit, kGpt2};
constexpr std::string_view kDeepSeekCoderList[] = {kLineBreak, kDeepSeekCoderLetters,
                                                   kDeepSeekCoderPunctuation, kDeepSeekHan, kDigit};
constexpr std::string_view kDeepSeekV3List[] = {kDigitsUpTo3, kDeepSeekV3Han, kDeepSeekV3};
constexpr std::string_view kFalconList[] = {kFalconPunctuation, kGpt2, kFalconDigits};
constexpr std::string_view kDefaultList[] = {kDefaultPunctuation, kGpt2, kDigits, kFalconDigits};

// Names that share a row's patterns are rows of their own: what a file may say is in plain sight.
constexpr GgufPre kTable[] = {
    {"default", kDefaultList},
    {"gpt-2", kGpt2List},
    {"phi-2", kGpt2List},
    {"jina-es", kGpt2List},
    {"jina-de", kGpt2List},
    {"gigachat", kGpt2List},
    {"jina-v2-es", kGpt2List},
    {"jina-v2-de", kGpt2List},
    {"a.x-4.0", kGpt2List},
    {"mellum", kGpt2List},
    {"modern-bert", kGpt2List},
    {"mpt", kGpt2List},
    {"olmo", kGpt2List},
    {"jais", kGpt2List},
    {"trillion", kGpt2List},
    {"granite-docling", kGpt2List},
    {"qwen2", kQwen2List},
    {"deepseek-r1-qwen", kQwen2List},
    {"stablelm2", kQwen2List},
    {"hunyuan", kQwen2List},
    {"megrez", kQwen2List},
    {"qwen35", kQwen35List},
    {"llama3", kLlama3List, true, true},
    {"llama-v3", kLlama3List, true, true},
    {"llama-bpe", kLlama3List, true, true},
    {"falcon3", kLlama3List, true, true},
    {"falcon-h1", kLlama3List, true, true},
    {"pixtral", kLlama3List, true, true},
    {"dbrx", kLlama3List},
    {"smaug-bpe", kLlama3List},
    {"chatglm-bpe", kLlama3List},
    {"glm4", kLlama3List},
    {"gpt-4o", kGpt4oList},
    {"llama4", kGpt4oList},
    {"tekken", kTekkenList, true},
    {"deepseek-coder", kDeepSeekCoderList},
    {"deepseek-v3", kDeepSeekV3List},
    {"falcon", kFalconList},
    {"starcoder", kDigitThenGpt2},
    {"refact", kDigitThenGpt2},
    {"command-r", kDigitThenGpt2},
    {"smollm", kDigitThenGpt2},
    {"codeshell", kDigitThenGpt2},
    {"exaone", kDigitThenGpt2},
    {"minerva-7b", kDigitThenGpt2},
};

}  // namespace

Result<const GgufPre*> gguf_pre(std::string_view name) {
  for (const GgufPre& row : kTable) {
    if (row.name == name) return &row;
  }
  return fail(Code::unsupported, "tokenizer.ggml.pre '{}'", name);
}

const GgufPre* gguf_pre_of(std::span<const std::string> patterns, bool ignore_merges) {
  for (const GgufPre& row : kTable) {
    if (row.ignore_merges == ignore_merges &&
        std::equal(row.patterns.begin(), row.patterns.end(), patterns.begin(), patterns.end()))
      return &row;
  }
  return nullptr;
}

}  // namespace sov::text
