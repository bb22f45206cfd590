// Byte for byte against Python's jinja2 as transformers sets it up (tools/golden/chat_templates.py).

#include "text/chat_template.h"

#include <gtest/gtest.h>

#include "core/fs.h"

namespace sov::text {
namespace {

Result<std::string> render(const std::string& source, const Json& context, RenderLimits limits = {}) {
  if (limits.now_seconds < 0) limits.now_seconds = 1700000000;
  TRY(const ChatTemplate parsed, ChatTemplate::parse(source));
  return parsed.render(context, limits);
}

std::string source_of(const std::string& name) {
  const auto text = read_text("tests/data/templates/" + name);
  return text ? *text : name;
}

TEST(ChatTemplate, RendersAsTransformersDoes) {
  const auto text = read_text("tests/golden/chat_templates/cases.json");
  ASSERT_TRUE(text) << text.error().text();
  const auto cases = parse_json(*text);
  ASSERT_TRUE(cases) << cases.error().text();
  ASSERT_GT(cases->items().size(), 400U);
  for (const Json& row : cases->items()) {
    const std::string name = *row.get_string("template");
    const auto got = render(source_of(name), *row.find("context"));
    if (row.find("error") != nullptr) {
      EXPECT_FALSE(got) << name << "\nwanted an error, got: " << *got;
      continue;
    }
    const std::string where = name + "\n" + row.find("context")->dump().substr(0, 400);
    if (!got) {
      ADD_FAILURE() << where << "\n" << got.error().text();
      continue;
    }
    EXPECT_EQ(*got, *row.get_string("output")) << where;
  }
}

Code code_of(const std::string& source, const RenderLimits& limits = {}) {
  const auto got = render(source, Json::object(), limits);
  return got ? Code::internal : got.error().code();
}

TEST(ChatTemplate, ErrorsHaveTheirCodes) {
  EXPECT_EQ(code_of("{{ raise_exception('x') }}"), Code::validation);
  EXPECT_EQ(code_of("{% if %}"), Code::corrupt);
  EXPECT_EQ(code_of("{{ 1|nofilter }}"), Code::corrupt);
  EXPECT_EQ(code_of("{% include 'x' %}"), Code::unsupported);
  EXPECT_EQ(code_of("{{ [1]|random }}"), Code::unsupported);
}

TEST(ChatTemplate, HostileTemplatesEnd) {
  const std::string nested_loops =
      "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% "
      "endfor %}{% endfor %}";
  EXPECT_EQ(code_of(nested_loops), Code::exhausted);
  EXPECT_EQ(code_of("{{ 'x' * 9999999999 }}"), Code::exhausted);
  EXPECT_EQ(code_of("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"), Code::exhausted);
  EXPECT_EQ(code_of("{{ " + std::string(100000, '(') + "1" + std::string(100000, ')') + " }}"),
            Code::exhausted);
  EXPECT_EQ(code_of("{% for a in range(100000) %}0123456789{% endfor %}", {.max_output_bytes = 1000}),
            Code::exhausted);
  const std::string doubling =
      "{% set ns = namespace(s='x') %}{% for a in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}";
  EXPECT_EQ(code_of(doubling), Code::exhausted);
}

}  // namespace
}  // namespace sov::text
