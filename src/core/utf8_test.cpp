#include "core/utf8.h"

#include <gtest/gtest.h>

namespace sov::utf8 {
namespace {

TEST(Utf8, EveryCodePointRoundTrips) {
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    if (cp >= 0xD800 && cp <= 0xDFFF) continue;
    std::string text;
    append(text, cp);
    const Decoded d = decode(text);
    ASSERT_TRUE(d.valid && d.code_point == cp && d.length == text.size()) << cp;
  }
}

TEST(Utf8, RefusesOverlongSurrogateAndTooLarge) {
  for (const char* text : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                           "\xF4\x90\x80\x80", "\xF5", "\x80", "\xFF", "\xE2\x82", "\xF0\x9F\x98"}) {
    EXPECT_FALSE(is_valid(text)) << text;
  }
}

// Unicode 15, section 3.9, table 3-8: each maximal subpart gives one U+FFFD.
TEST(Utf8, ReplacesMaximalSubparts) {
  EXPECT_EQ(replace_invalid("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
  EXPECT_EQ(replace_invalid("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
}

TEST(Utf8, CompletePrefixHoldsBackOnlyUnfinishedCharacters) {
  EXPECT_EQ(complete_prefix("a\xE2\x82"), 1U);
  EXPECT_EQ(complete_prefix("a\xE2\x82\xAC"), 4U);
  EXPECT_EQ(complete_prefix("\xF0\x9F\x98"), 0U);
  EXPECT_EQ(complete_prefix("a\xFF"), 2U);      // can never become valid
  EXPECT_EQ(complete_prefix("a\xE0\x80"), 3U);  // invalid second byte
  EXPECT_EQ(complete_prefix("\x80\x80\x80\x80"), 4U);
  EXPECT_EQ(complete_prefix(""), 0U);
}

}  // namespace
}  // namespace sov::utf8
