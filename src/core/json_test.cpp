#include "core/json.h"

#include <gtest/gtest.h>

namespace sov {
namespace {

std::string error_of(std::string_view text, const JsonLimits& limits = {}) {
  const Result<Json> result = parse_json(text, limits);
  if (result) return "parsed";
  EXPECT_EQ(result.error().code(), Code::corrupt);
  return result.error().message();
}

TEST(Json, KeepsOrderKindsAndLargeIntegers) {
  const Result<Json> json =
      parse_json(R"({"z":1,"a":[true,null,-2,18446744073709551615,1.5,1e3,"x"],"e":{},"f":[]})");
  ASSERT_TRUE(json) << json.error().text();
  EXPECT_EQ(json->dump(), R"({"z":1,"a":[true,null,-2,18446744073709551615,1.5,1000.0,"x"],"e":{},"f":[]})");
  EXPECT_EQ(json->find("a")->items()[3].kind(), Json::Kind::unsigned_integer);
}

TEST(Json, DumpReadsBackTheSame) {
  Json json = Json::object();
  json.set("text", "quote \" slash \\ tab \t nul \x01 é 漢 😀").set("n", 0.1).set("big", 1e300).set("i", 7);
  json.set("list", Json::array().push(1).push("two").push(Json()));
  for (const int indent : {-1, 0, 2}) {
    const Result<Json> again = parse_json(json.dump(indent));
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(*again, json) << json.dump(indent);
  }
  EXPECT_EQ(Json(Json::Array{1, 2}).dump(2), "[\n  1,\n  2\n]");
}

TEST(Json, DumpIsAlwaysValid) {
  EXPECT_EQ(Json("a\xFF\xE2\x82z").dump(), "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\"");
  EXPECT_EQ(Json(std::numeric_limits<double>::infinity()).dump(), "null");
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "[1,]", "{\"a\":1,}", "nul", "01", "'a'", "\"\x01\"", "[1] x",
                           "\"\\ud800\"", "\"\xFF\"", "NaN", "{1:2}"}) {
    EXPECT_NE(error_of(text), "parsed") << text;
  }
  EXPECT_NE(error_of("[1, x]").find("byte 4: "), std::string::npos) << error_of("[1, x]");
}

TEST(Json, ANulByteIsNoEnd) {
  for (const std::string_view text : {std::string_view("{}\0", 3), std::string_view("{\0}", 3),
                                      std::string_view("\0", 1), std::string_view("\"\0\"", 3)}) {
    EXPECT_NE(error_of(text).find("a NUL byte"), std::string::npos) << error_of(text);
  }
  EXPECT_NE(error_of(std::string_view("[1, x]\0", 7)).find("byte 4: "), std::string::npos);
}

TEST(Json, ErrorsNameFileAndOffset) {
  const Result<Json> cut = parse_json("{\"a\":", {.file = "f.json", .offset = 16, .what = "header"});
  EXPECT_TRUE(cut.error().message().starts_with("f.json @0x15: header: wanted JSON, got syntax error"))
      << cut.error().text();
  const Result<Json> twice = parse_json(R"({"a":1,"a":2})", {.file = "f.json", .offset = 0, .what = ""});
  EXPECT_EQ(twice.error().message(), "f.json @0x9: wanted JSON, got duplicate key \"a\"");
}

TEST(Json, CountsItsValues) {
  EXPECT_EQ(error_of("[1,[2,{}]]", {.max_values = 5}), "parsed");
  EXPECT_NE(error_of("[1,[2,{}]]", {.max_values = 4}).find("more than 4 values"), std::string::npos);
}

TEST(Json, LimitsDepthAndDuplicates) {
  EXPECT_NE(error_of(std::string(129, '[') + std::string(129, ']')).find("deeper than 128"),
            std::string::npos);
  EXPECT_EQ(error_of(std::string(128, '[') + std::string(128, ']')), "parsed");
  EXPECT_NE(error_of(std::string(5'000'000, '[')).find("deeper"), std::string::npos);
  EXPECT_NE(error_of(R"({"a":1,"a":2})").find("duplicate key \"a\""), std::string::npos);
  EXPECT_EQ(error_of(R"({"a":1,"a":2})", {.reject_duplicate_keys = false}), "parsed");
}

TEST(Json, TypedLookupsNameTheKey) {
  const Json json = *parse_json(R"({"n":3,"r":2.0,"s":"x","null":null})");
  EXPECT_EQ(*json.get_int("n"), 3);
  EXPECT_EQ(*json.get_int("r"), 2);
  EXPECT_EQ(*json.get_number("n"), 3.0);
  EXPECT_EQ(*json.int_or("null", 9), 9);
  EXPECT_EQ(json.get_int("absent").error().code(), Code::not_found);
  EXPECT_EQ(json.get_int("s").error().text(), "corrupt: \"s\": wanted a whole number, got a string");
  EXPECT_EQ(json.string_or("n", "").error().code(), Code::corrupt);
  EXPECT_EQ(Json(1).find("n"), nullptr);
}

}  // namespace
}  // namespace sov
