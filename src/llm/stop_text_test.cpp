#include "llm/stop_text.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "core/rng.h"

namespace sov::llm {
namespace {

/// Letter by letter: the text before the stop string that is complete first.
std::string cut(const std::string& text, const std::vector<std::string>& stops) {
  for (size_t end = 1; end <= text.size(); end++) {
    size_t longest = 0;
    for (const std::string& stop : stops) {
      if (text.substr(0, end).ends_with(stop)) longest = std::max(longest, stop.size());
    }
    if (longest > 0) return text.substr(0, end - longest);
  }
  return text;
}

std::string pushed(StopText& stop, const std::vector<std::string>& pieces) {
  std::string out;
  for (const std::string& piece : pieces) {
    if (stop.matched()) break;
    out += stop.push(piece);
  }
  return out + stop.finish();
}

TEST(StopText, FindsAStopStringAcrossPieces) {
  StopText stop({"\n\nUser:"});
  EXPECT_EQ(stop.push("Hello"), "Hello");
  EXPECT_EQ(stop.push("\n"), "");  // may be the beginning of it
  EXPECT_EQ(stop.push("\nUs"), "");
  EXPECT_FALSE(stop.matched());
  EXPECT_EQ(stop.push("er: more"), "");
  EXPECT_EQ(stop.matched(), "\n\nUser:");
  EXPECT_EQ(stop.finish(), "");
}

TEST(StopText, GivesBackWhatOnlyBeganLikeOne) {
  StopText stop({"abcd"});
  EXPECT_EQ(stop.push("xab"), "x");
  EXPECT_EQ(stop.push("c"), "");
  EXPECT_EQ(stop.push("abc!"), "abcabc!");
  EXPECT_EQ(stop.push("ab"), "");
  EXPECT_EQ(stop.finish(), "ab");
  EXPECT_FALSE(stop.matched());
}

TEST(StopText, TheFirstThatIsCompleteWins) {
  StopText stop({"world", "lo w", "hello world"});
  EXPECT_EQ(pushed(stop, {"hel", "lo wor", "ld"}), "hel");
  EXPECT_EQ(stop.matched(), "lo w");
}

// Few letters and overlapping stop strings, cut anywhere: the pieces must not matter.
TEST(StopText, AnyPiecesGiveTheSame) {
  Rng rng(5);
  const auto letters = [&](uint64_t most) {
    std::string out;
    for (uint64_t i = 1 + rng.below(most); i > 0; i--) out += static_cast<char>('a' + rng.below(2));
    return out;
  };
  for (int round = 0; round < 2000; round++) {
    const std::string text = letters(40);
    std::vector<std::string> stops;
    for (uint64_t i = 1 + rng.below(3); i > 0; i--) stops.push_back(letters(6));
    std::vector<std::string> pieces;
    for (size_t at = 0; at < text.size(); at += pieces.back().size())
      pieces.push_back(text.substr(at, 1 + rng.below(5)));
    StopText stop(stops);
    const std::string got = pushed(stop, pieces);
    ASSERT_EQ(got, cut(text, stops)) << text << " " << stops.front();
    ASSERT_EQ(stop.matched().has_value(), got.size() < text.size());
  }
}

}  // namespace
}  // namespace sov::llm
