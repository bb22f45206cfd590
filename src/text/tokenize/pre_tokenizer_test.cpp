// The patterns of GGUF's pre-tokenizers against Hugging Face tokenizers (tools/golden/pre_tokenizers.py).

#include "text/tokenize/pre_tokenizer.h"

#include <ctime>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "core/fs.h"
#include "text/tokenize/gguf_pre.h"

namespace sov::text {
namespace {

std::unique_ptr<PreTokenizer> isolating(const std::vector<std::string>& patterns) {
  std::vector<std::unique_ptr<PreTokenizer>> stages;
  for (const std::string& pattern : patterns) {
    auto stage = make_split(pattern, SplitBehavior::isolated);
    EXPECT_TRUE(stage.has_value()) << stage.error().text();
    stages.push_back(std::move(*stage));
  }
  return make_sequence(std::move(stages));
}

std::vector<int64_t> piece_sizes(const PreTokenizer& stage, std::string_view text) {
  std::vector<int64_t> sizes;
  if (text.empty()) return sizes;
  stage.split({text, true}, [&](Piece piece) { sizes.push_back(static_cast<int64_t>(piece.text.size())); });
  return sizes;
}

TEST(PreTokenizer, CutsAsHuggingFaceDoesByEveryPatternOfTheGgufTable) {
  const Json golden = *parse_json(*read_text("tests/golden/tokenizers/pre_tokenizers.json"));
  const Json::Array& texts = golden.find("texts")->items();
  std::set<std::vector<std::string>> covered;
  for (const Json& item : golden.find("cases")->items()) {
    std::vector<std::string> patterns;
    for (const Json& pattern : item.find("patterns")->items()) patterns.push_back(pattern.string());
    covered.insert(patterns);
    const auto stage = isolating(patterns);
    for (size_t i = 0; i < texts.size(); i++) {
      std::vector<int64_t> want;
      for (const Json& size : item.find("pieces")->items()[i].items()) want.push_back(size.integer());
      EXPECT_EQ(piece_sizes(*stage, texts[i].string()), want) << patterns[0] << "\n" << texts[i].string();
    }
  }
  for (const GgufPre& row : gguf_pre_table()) {
    const std::vector<std::string> patterns(row.patterns.begin(), row.patterns.end());
    EXPECT_TRUE(covered.contains(patterns)) << row.name << ": run tools/golden/pre_tokenizers.py again";
  }
}

TEST(PreTokenizer, RepeatedGroupsMatchOverAMegabyte) {
  // More than the regular expression engine keeps on the thread's own stack.
  std::string text;
  while (text.size() < 1'000'000) text += "abcd";
  const auto size = static_cast<int64_t>(text.size());
  for (const char* pattern : {"(?:[ab]|cd)+", R"((?:\p{L}\p{M}*)+(?=!))", "(?:(?:a|b)(?:c|d)*)+"}) {
    const auto stage = isolating({pattern});
    EXPECT_EQ(piece_sizes(*stage, text + "!"), (std::vector<int64_t>{size, 1})) << pattern;
  }
}

TEST(PreTokenizer, ExpressionsMeanWhatTheyMeanInOniguruma) {
  EXPECT_EQ(piece_sizes(*isolating({"(?m)a.b"}), "a\nb a-b"), (std::vector<int64_t>{3, 1, 3}));
  EXPECT_EQ(piece_sizes(*isolating({"a.b"}), "a\nb a-b"), (std::vector<int64_t>{4, 3}));
  EXPECT_EQ(piece_sizes(*isolating({"(?mi:A.)|[(?m)]"}), "xa\nm)"), (std::vector<int64_t>{1, 2, 1, 1}));
  EXPECT_EQ(piece_sizes(*isolating({"[[:digit:]a]+"}), "x1a2"), (std::vector<int64_t>{1, 3}));
  for (const char* pattern : {"[a-z&&[^b]]", "[a[bc]]", "\\h+"}) {
    const auto stage = make_split(pattern, SplitBehavior::isolated);
    ASSERT_FALSE(stage) << pattern;
    EXPECT_EQ(stage.error().code(), Code::unsupported) << stage.error().text();
  }
}

TEST(PreTokenizer, LongRunsDoNotTakeQuadraticTime) {
  // As a matcher would that measures the rest of the run at each step.
  constexpr size_t kLength = 400'000;
  constexpr double kSeconds = 0.5;  // of processor time; linear ones take some hundredths
  std::vector<std::string> runs;
  for (char character : {'7', ' ', 'A', '!'}) {
    for (const char* end : {"", "a", "7"}) runs.push_back(std::string(kLength, character) + end);
  }
  std::set<std::vector<std::string>> lists;
  for (const GgufPre& row : gguf_pre_table()) lists.emplace(row.patterns.begin(), row.patterns.end());
  for (const std::vector<std::string>& patterns : lists) {
    const auto stage = isolating(patterns);
    for (const std::string& text : runs) {
      size_t bytes = 0;
      const std::clock_t begin = std::clock();
      stage->split({text, true}, [&](Piece piece) { bytes += piece.text.size(); });
      EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, kSeconds)
          << patterns[0] << "\n"
          << text.front() << text.back();
      EXPECT_EQ(bytes, text.size()) << patterns[0];
    }
  }
}

}  // namespace
}  // namespace sov::text
