#include "core/args.h"

#include <gtest/gtest.h>

namespace sov {
namespace {

CommandSpec spec() {
  return {.name = "run",
          .summary = "generate text",
          .positionals = {{.name = "SOURCE", .help = "a model"},
                          {.name = "PROMPT", .help = "text", .required = false}},
          .options = {{.name = "max-tokens",
                       .letter = 'n',
                       .kind = ArgKind::integer,
                       .value = "N",
                       .fallback = "32",
                       .help = "new tokens",
                       .min = 1,
                       .max = 100},
                      {.name = "temperature", .kind = ArgKind::real, .value = "T", .fallback = "0", .min = 0},
                      {.name = "stop", .kind = ArgKind::text, .value = "TEXT", .repeatable = true},
                      {.name = "format",
                       .letter = 'f',
                       .kind = ArgKind::text,
                       .value = "F",
                       .fallback = "text",
                       .choices = {"text", "json"},
                       .aliases = {"output-format"}},
                      {.name = "quiet", .letter = 'q'},
                      {.name = "verbose", .letter = 'v'},
                      {.name = "help", .letter = 'h'},
                      {.name = "gpu", .built = false}}};
}

Result<ParsedArgs> parse(std::vector<std::string> words) { return parse_args(spec(), "apr", words); }

std::string error_of(std::vector<std::string> words) {
  const Result<ParsedArgs> parsed = parse(std::move(words));
  return parsed ? "no error" : parsed.error().text();
}

TEST(Args, DefaultsAndValues) {
  const Result<ParsedArgs> parsed = parse({"m.apr"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text("SOURCE"), "m.apr");
  EXPECT_FALSE(parsed->given("PROMPT"));
  EXPECT_EQ(parsed->integer("max-tokens"), 32);
  EXPECT_FALSE(parsed->given("max-tokens"));
  EXPECT_EQ(parsed->real("temperature"), 0.0);
  EXPECT_TRUE(parsed->texts("stop").empty());
}

TEST(Args, AllWaysToWriteAValue) {
  const std::vector<std::vector<std::string>> lines = {
      {"m", "-n", "5"},        {"m", "-n5"},  {"m", "--max-tokens", "5"},
      {"m", "--max-tokens=5"}, {"m", "-qn5"}, {"m", "-n9", "-n5"}};
  for (const auto& line : lines) {
    const Result<ParsedArgs> parsed = parse(line);
    ASSERT_TRUE(parsed) << line[1];
    EXPECT_EQ(parsed->integer("max-tokens"), 5);
  }
}

TEST(Args, RepeatedOptionsAndCounts) {
  const Result<ParsedArgs> parsed = parse({"--stop", "a", "m", "--stop=", "-vv", "--output-format", "json"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->texts("stop"), (std::vector<std::string>{"a", ""}));
  EXPECT_EQ(parsed->texts("verbose").size(), 2U);
  EXPECT_EQ(parsed->text("format"), "json");
}

TEST(Args, DoubleDashEndsOptionsAndADashIsAnArgument) {
  const Result<ParsedArgs> parsed = parse({"-", "--", "--quiet"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text("SOURCE"), "-");
  EXPECT_EQ(parsed->text("PROMPT"), "--quiet");
  EXPECT_FALSE(parsed->flag("quiet"));
}

TEST(Args, MessagesSayWhatWantedGot) {
  EXPECT_EQ(error_of({}), "usage: 'apr run' needs SOURCE: a model; see 'apr run --help'");
  EXPECT_EQ(error_of({"m", "-n", "x"}), "usage: -n: wanted an integer from 1 to 100, got 'x'");
  EXPECT_EQ(error_of({"m", "-n", "101"}), "usage: -n: wanted an integer from 1 to 100, got '101'");
  EXPECT_EQ(error_of({"m", "-n", "5.5"}), "usage: -n: wanted an integer from 1 to 100, got '5.5'");
  EXPECT_EQ(error_of({"m", "-n", "99999999999999999999"}),
            "usage: -n: wanted an integer from 1 to 100, got '99999999999999999999'");
  EXPECT_EQ(error_of({"m", "--temperature=nan"}),
            "usage: --temperature: wanted a number of at least 0, got 'nan'");
  EXPECT_EQ(error_of({"m", "--temperature", "-1"}),
            "usage: --temperature: wanted a number of at least 0, got '-1'");
  EXPECT_EQ(error_of({"m", "--temprature", "1"}),
            "usage: unknown option '--temprature' for 'apr run'; did you mean '--temperature'?");
  EXPECT_EQ(error_of({"m", "-f", "jsn"}),
            "usage: -f: wanted one of text, json, got 'jsn'; did you mean 'json'?");
  EXPECT_EQ(error_of({"m", "--stop"}), "usage: --stop needs a value TEXT");
  EXPECT_EQ(
      error_of({"m", "--stop", "--quiet"}),
      "usage: --stop needs a value TEXT, got the option '--quiet' (write --stop=--quiet to mean that text)");
  EXPECT_EQ(error_of({"m", "a", "b"}),
            "usage: unexpected argument 'b' for 'apr run' (quote an argument of several words)");
  EXPECT_EQ(error_of({"m", "--gpu"}), "unsupported: 'apr run --gpu' is not built yet");
}

TEST(Args, HelpNeedsNothingElse) {
  const Result<ParsedArgs> parsed = parse({"--help"});
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->flag("help"));
}

TEST(Args, HelpPageNamesEverything) {
  const std::string page = help_text(spec(), "apr", 60);
  for (std::string_view part :
       {"Usage: apr run [OPTIONS] SOURCE [PROMPT]", "-n, --max-tokens N", "[default: 32]", "(text, json)",
        "may be repeated", "not built yet (exit status 9): --gpu"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  }
  for (size_t start = 0; start < page.size();) {
    const size_t end = page.find('\n', start);
    EXPECT_LE(end - start, 60U) << page.substr(start, end - start);
    start = end + 1;
  }
}

TEST(Args, NearestWord) {
  const std::vector<std::string_view> names = {"run", "chat", "tensors"};
  EXPECT_EQ(nearest_word("rnu", names), "run");
  EXPECT_EQ(nearest_word("tensor", names), "tensors");
  EXPECT_EQ(nearest_word("xyz", names), "");
  EXPECT_EQ(nearest_word("", names), "");
}

}  // namespace
}  // namespace sov
