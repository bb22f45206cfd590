#include "text/tokenize/gguf_pre.h"

#include <algorithm>

#include "text/tokenize/patterns.h"

namespace sov::text {
namespace {

using namespace pattern;

// Which names go with which pattern is what the writers of GGUF files and llama.cpp agree on; the patterns
// are the models' own where those are known.
template <const std::string_view&... patterns>
constexpr std::string_view kList[] = {patterns...};

constexpr std::span<const std::string_view> kDigitThenGpt2 = kList<kDigit, kGpt2>;
constexpr std::span<const std::string_view> kDeepSeekLlm =
    kList<kLineBreak, kDeepSeekLlmLetters, kDeepSeekLlmPunctuation, kTrailingSpace, kDeepSeekHan, kDigits>;
constexpr std::span<const std::string_view> kDeepSeekCoder =
    kList<kLineBreak, kDeepSeekCoderLetters, kDeepSeekCoderPunctuation, kDeepSeekHan, kDigit>;
constexpr std::span<const std::string_view> kDeepSeek3 = kList<kDigitsUpTo3, kDeepSeekV3Han, kDeepSeekV3>;
constexpr std::span<const std::string_view> kSpark25 = kList<kDigitsUpTo3, kDeepSeekV3Han, kSpark, kDigit>;
constexpr std::span<const std::string_view> kChameleon =
    kList<kChameleonSentinel, kChameleonImage, kChameleonSpaces, kDigit, kChameleonPunctuation, kGpt2>;

// Names that share a row's patterns are rows of their own: what a file may say is in plain sight.
constexpr GgufPre kTable[] = {
    {"default", kList<kDefaultPunctuation, kGpt2, kDigits, kFalconDigits>},

    {"gpt-2", kList<kGpt2>},
    {"phi-2", kList<kGpt2>},
    {"jina-es", kList<kGpt2>},
    {"jina-de", kList<kGpt2>},
    {"jina-v2-es", kList<kGpt2>},
    {"jina-v2-de", kList<kGpt2>},
    {"jina-v1-en", kList<kGpt2>},
    {"jina-v2-code", kList<kGpt2>},
    {"roberta-bpe", kList<kGpt2>},
    {"gigachat", kList<kGpt2>},
    {"a.x-4.0", kList<kGpt2>},
    {"mellum", kList<kGpt2>},
    {"modern-bert", kList<kGpt2>},
    {"exaone4", kList<kGpt2>},
    {"mpt", kList<kGpt2>},
    {"olmo", kList<kGpt2>},
    {"jais", kList<kGpt2>},
    {"trillion", kList<kGpt2>},
    {"granite-docling", kList<kGpt2>},
    {"starcoder", kDigitThenGpt2},
    {"refact", kDigitThenGpt2},
    {"command-r", kDigitThenGpt2},
    {"smollm", kDigitThenGpt2},
    {"codeshell", kDigitThenGpt2},
    {"exaone", kDigitThenGpt2},
    {"minerva-7b", kDigitThenGpt2},
    {"mellum2", kDigitThenGpt2},

    {"qwen2", kList<kQwen2>},
    {"deepseek-r1-qwen", kList<kQwen2>},
    {"kormo", kList<kQwen2>},
    {"f2llmv2", kList<kQwen2>},
    {"megrez", kList<kQwen2>},
    {"stablelm2", kList<kQwen2>},
    {"hunyuan", kList<kQwen2>},
    {"solar-open", kList<kQwen2>},
    {"grok-2", kList<kQwen2>},
    {"qwen35", kList<kQwen35>},
    {"ufakzeka", kList<kUfakzeka>},
    {"bailingmoe", kList<kBailing>},
    {"bailingmoe2", kList<kBailing>},
    {"llada-moe", kList<kBailing>},
    {"seed-coder", kList<kSeedCoder>},
    {"laguna", kList<kLines, kQwen2>},
    {"exaone-moe", kList<kExaoneMoe>},

    {"llama3", kList<kLlama3>, true, true},
    {"llama-v3", kList<kLlama3>, true, true},
    {"llama-bpe", kList<kLlama3>, true, true},
    {"falcon3", kList<kLlama3>, true, true},
    {"falcon-h1", kList<kLlama3>, true, true},
    {"pixtral", kList<kLlama3>, true, true},
    {"midm-2.0", kList<kLlama3>, true, true},
    {"lfm2", kList<kLlama3>, true, true},
    {"jina-v5-nano", kList<kLlama3>, true, true},
    {"dbrx", kList<kLlama3>},
    {"smaug-bpe", kList<kLlama3>},
    {"chatglm-bpe", kList<kLlama3>},
    {"glm4", kList<kLlama3>, true},
    {"glm5", kList<kLlama3>, true},
    {"minicpm5", kList<kDigitsUpTo3, kMiniCpm5>, true},
    {"jais-2", kList<kJais2>},

    {"gpt-4o", kList<kGpt4o>},
    {"llama4", kList<kGpt4o>},
    {"kanana2", kList<kGpt4o>},
    {"talkie", kList<kGpt4o>},
    {"minimax-m2", kList<kGpt4o>},
    {"granite-embed-multi-97m", kList<kGpt4o>, true},
    {"tiny_aya", kList<kTinyAyaDigits, kGpt4o>},
    {"cohere2moe", kList<kTinyAyaDigits, kGpt4o>},
    {"youtu", kList<kYoutuScripts, kYoutu>, true},
    {"kimi-k2", kList<kKimi>},
    {"tekken", kList<kTekken>, true, true},

    {"deepseek-llm", kDeepSeekLlm},
    {"deepseek-coder", kDeepSeekCoder},
    {"deepseek-v3", kDeepSeek3},
    {"hunyuan-dense", kDeepSeek3},
    {"joyai-llm", kDeepSeek3},
    {"hy_v4", kDeepSeek3},
    {"spark2_5", kSpark25},
    {"afmoe", kList<kDigitTriples, kAfmoeScripts, kDeepSeekV3>},

    {"falcon", kList<kFalconPunctuation, kGpt2, kFalconDigits>},
    {"bloom", kList<kBloom>},
    {"gpt3-finnish", kList<kBloom>},
    {"poro-chat", kList<kBloom>},
    {"viking", kList<kBloom, kDigit>},
    {"superbpe", kList<kDigits, kSuperBpeDigits>},
    {"chameleon", kChameleon, false, true},
};

}  // namespace

std::span<const GgufPre> gguf_pre_table() { return kTable; }

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
