#include "text/tokenize/splitters.h"

#include <gtest/gtest.h>

#include "core/rng.h"
#include "core/utf8.h"
#include "text/tokenize/patterns.h"
#include "text/tokenize/regex.h"

namespace sov::text {
namespace {

// Characters on both sides of every line that the patterns draw; all older than PCRE2's Unicode version.
std::string random_text(Rng& rng) {
  static constexpr uint32_t kCharacters[] = {
      'a',    's',   't',    'L',    'l',     'r',    'e',    'V',     '\'',    '\'',   '\'',
      ' ',    ' ',   ' ',    '\n',   '\r',    '\t',   '0',    '7',     '9',     '!',    '/',
      '$',    '+',   '`',    '-',    0xA0,    0x85,   0x3000, 0xE9,    0xC9,    0x17F,  0x1C5,
      0x2B0,  0x301, 0x903,  0x4E00, 0x9FA5,  0x9FA6, 0x800,  0xAC00,  0x3042,  0x30A2, 0x660,
      0x2160, 0xBD,  0x20AC, 0x2018, 0x1F600, 0x200D, 0xFE0F, 0x10400, 0x1D7CE, 0x5D0,  0xE01,
      0x7F,   0x0,   0xFFFD, 0xE000, 0x2028,  0x212A, 0x130,  0xDF};
  std::string text;
  for (size_t i = 1 + rng.below(14); i > 0; i--) {
    const uint32_t c = kCharacters[rng.below(std::size(kCharacters))];
    for (size_t repeat = rng.below(4) == 0 ? 1 + rng.below(4) : 1; repeat > 0; repeat--)
      utf8::append(text, c);
  }
  return text;
}

class KnownPatterns : public ::testing::TestWithParam<std::string_view> {};

TEST_P(KnownPatterns, MatchesWhereTheRegularExpressionDoes) {
  const Result<Regex> regex = Regex::compile(GetParam());
  ASSERT_TRUE(regex.has_value()) << regex.error().text();
  RegexSearch search(*regex);
  const KnownPattern* known = known_pattern(GetParam());
  ASSERT_NE(known, nullptr);
  const MatchAt match_at = known->match_at;
  Rng rng(11);
  for (int round = 0; round < 3000; round++) {
    const std::string text = random_text(rng);
    for (size_t at = 0; at < text.size();) {
      const size_t end = match_at(text, at);
      const auto want = search.find(text, at);
      const bool matches = want && want->first == at;
      ASSERT_EQ(end, matches ? want->second : at)
          << "'" << text << "' at " << at << ", pattern " << GetParam();
      at = end != at ? end : at + utf8::decode(std::string_view(text).substr(at)).length;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, KnownPatterns,
    ::testing::Values(pattern::kGpt2, pattern::kQwen2, pattern::kQwen35, pattern::kLlama3, pattern::kGpt4o,
                      pattern::kTekken, pattern::kDeepSeekV3, pattern::kDeepSeekCoderLetters,
                      pattern::kDeepSeekCoderPunctuation, pattern::kDeepSeekHan, pattern::kDeepSeekV3Han,
                      pattern::kFalconPunctuation, pattern::kDefaultPunctuation, pattern::kDigit,
                      pattern::kDigits, pattern::kDigitsUpTo3, pattern::kLineBreak, pattern::kFalconDigits,
                      pattern::kJais2, pattern::kUfakzeka, pattern::kMiniCpm5, pattern::kSeedCoder,
                      pattern::kBailing, pattern::kExaoneMoe, pattern::kYoutu, pattern::kSpark,
                      pattern::kDigitTriples, pattern::kLines, pattern::kTrailingSpace, pattern::kBloom,
                      pattern::kDeepSeekLlmLetters, pattern::kDeepSeekLlmPunctuation, pattern::kAfmoeScripts,
                      pattern::kYoutuScripts, pattern::kChameleonPunctuation));

TEST(KnownPatterns, AnyOtherSpellingIsNotKnown) { EXPECT_EQ(known_pattern("\\p{N}{1,2}"), nullptr); }

}  // namespace
}  // namespace sov::text
