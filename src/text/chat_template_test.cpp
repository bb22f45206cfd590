// Byte for byte against Python's jinja2 as transformers sets it up (tools/golden/chat_templates.py).

#include "text/chat_template.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "core/fs.h"
#include "text/chat_request.h"

namespace sov::text {
namespace {

constexpr int64_t kNow = 1700000000;  // as the generator's clock

Result<std::string> render(const std::string& source, const Json& context, RenderLimits limits = {}) {
  if (limits.now_seconds < 0) limits.now_seconds = kNow;
  TRY(const ChatTemplate parsed, ChatTemplate::parse(source));
  return parsed.render(context, limits);
}

std::string source_of(const std::string& name) {
  const auto text = read_text("tests/data/templates/" + name);
  return text ? *text : name;
}

Result<std::string> render_case(const Json& row) {
  const std::string source = source_of(*row.get_string("template"));
  if (row.find("request") == nullptr) return render(source, *row.find("context"));
  TRY(const ChatTemplate parsed, ChatTemplate::parse(source));
  const bool continues = row.find("continue")->boolean();
  return render_chat(parsed, *row.find("context"), continues ? FinalMessage::continued : FinalMessage::ended,
                     {.now_seconds = kNow});
}

TEST(ChatTemplate, RendersAsTransformersDoes) {
  const auto text = read_text("tests/golden/chat_templates/cases.json");
  ASSERT_TRUE(text) << text.error().text();
  const auto cases = parse_json(*text);
  ASSERT_TRUE(cases) << cases.error().text();
  ASSERT_GT(cases->items().size(), 600U);
  for (const Json& row : cases->items()) {
    const std::string name = *row.get_string("template");
    const auto got = render_case(row);
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

TEST(ChatTemplate, ErrorsNameTheTemplateAndTheLine) {
  const auto parsed = ChatTemplate::parse("a\n{% if x %}", "chat.jinja");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message().rfind("chat.jinja: line 2 column", 0), 0U) << parsed.error().message();
  const auto good = ChatTemplate::parse("a\n\n{{ raise_exception('no') }}", "chat.jinja");
  ASSERT_TRUE(good);
  const auto rendered = good->render(Json::object());
  ASSERT_FALSE(rendered);
  EXPECT_EQ(rendered.error().message(), "chat.jinja line 3: no");
}

TEST(ChatTemplate, WhatOnlyPythonCanDoIsRefusedByName) {
  for (const char* source :
       {"{{ 9223372036854775807 + 1 }}", "{{ 2 ** 64 }}", "{{ -(-9223372036854775807 - 1) }}",
        "{{ 9223372036854775807 * 2 }}", "{{ 9223372036854775808 }}", "{{ 1e300|int }}",
        "{{ '99999999999999999999'|int }}", "{{ (-8) ** 0.5 }}", "{{ 'a'.encode() }}", "{{ 'a'.upper }}",
        "{{ [1]|map('string') }}", "{{ range }}", "{{ lipsum() }}", "{{ [1]|random }}",
        "{% import 'x' as y %}", "{% extends 'x' %}"}) {
    EXPECT_EQ(code_of(source), Code::unsupported) << source;
  }
  const Json big = Json::object().set("n", uint64_t{1} << 63);
  const auto got = render("{{ n }}", big);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code(), Code::unsupported);
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; i++) out += text;
  return out;
}

TEST(ChatTemplate, HostileTemplatesEnd) {
  const std::string nested_loops =
      "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% "
      "endfor %}{% endfor %}";
  const std::string doubling = "{% set ns = namespace(s='x') %}{% for a in range(100) %}{% set ns.s = ";
  const std::string end = " %}{% endfor %}";
  // clang-format off: one template a line
  const std::vector<std::string> sources = {
      nested_loops,
      "{{ 'x' * 9999999999 }}",
      "{{ [0] * 9999999999 }}",
      "{{ [[0] * 9999] * 9999 * 9999 }}",
      "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
      "{% macro f(n) %}{% call f(n) %}{% endcall %}{{ caller }}{% endmacro %}{{ f(1) }}",
      "{% for a in [[]] recursive %}{{ loop([[]]) }}{% endfor %}",
      "{{ " + repeated("(", 100000) + "1" + repeated(")", 100000) + " }}",
      "{{ " + repeated("[", 100000) + repeated("]", 100000) + " }}",
      "{{ " + repeated("not ", 100000) + "1 }}",
      "{{ " + repeated("-", 100000) + "1 }}",
      "{{ 1" + repeated(" + 1", 100000) + " }}",
      "{{ x" + repeated(".a", 100000) + " }}",
      "{{ x" + repeated("|list", 100000) + " }}",
      "{{ 1" + repeated(" if 1 else 1", 100000) + " }}",
      repeated("{% if 1 %}", 100000),
      repeated("{% for a in [1] %}", 100000),
      repeated("a", 9 << 20),
      doubling + "ns.s ~ ns.s" + end,
      doubling + "ns.s + ns.s" + end,
      doubling + "[ns.s, ns.s]" + end + "{{ ns.s|tojson }}",
      doubling + "[ns.s]" + end + repeated("{% for a in range(999) %}{% set ns.s = [ns.s] %}{% endfor %}", 2),
      doubling + "ns.s.replace('', ns.s)" + end,
      doubling + "ns.s|replace('x', ns.s ~ ns.s)" + end,
      doubling + "ns.s.join(['', '', ''] * 9)" + end,
      doubling + "ns.s|indent(ns.s|length, true)" + end,
      doubling + "(ns.s ~ ns.s)|escape|forceescape" + end,
      doubling + "ns.s|map('upper')" + repeated("|map('string')", 9) + end + "{{ ns.s|list }}",
      "{{ '%999999999d' % 1 }}",
      "{{ '%*d' % (999999999, 1) }}",
      "{{ '%.999999999f' % 1 }}",
      "{{ '{:999999999}'.format('x') }}",
      "{{ '{:{}}'.format('x', 999999999) }}",
      "{{ '{:.999999999f}'.format(1.5) }}",
      "{{ 'x'.center(99999999999) }}",
      "{{ 'x'|center(9999999999) }}",
      "{{ 'x'.zfill(99999999999) }}",
      "{{ '\t'.expandtabs(99999999999) }}",
      "{{ 'a\nb'|indent(99999999999) }}",
      "{{ [1]|tojson(indent=99999999999) }}",
      "{{ [1]|batch(99999999999, 0)|list }}",
      "{{ [1]|slice(99999999999, 0)|list }}",
      "{% set ns = namespace(x=0) %}{% for a in range(99999) %}{% set ns.x = [ns.x, ('a' * 9999)|upper] %}{% endfor %}",
      "{% set s = 'ab' * 9999999 %}{% for a in range(99999) %}{% if 'zz' in s or s.find('zz') > 0 %}{% endif %}{% endfor %}",
      "{% set s = 'ab' * 999999 %}{% for a in range(99999) %}{% set t = s|urlize|wordwrap(1) %}{% endfor %}",
      "{% macro m(" + repeated("a, ", 10) + repeated("b", 10) +
          ") %}{% endmacro %}{% for a in range(99999) %}{% for b in range(999) %}{{ m() }}{% endfor %}{% endfor %}",
  };
  // clang-format on
  for (const std::string& source : sources) {
    const Code code = code_of(source);
    EXPECT_TRUE(code == Code::exhausted || code == Code::corrupt)
        << code_name(code) << ": " << source.substr(0, 200);
  }
  EXPECT_EQ(code_of("{% for a in range(100000) %}0123456789{% endfor %}", {.max_output_bytes = 1000}),
            Code::exhausted);
  EXPECT_EQ(code_of("{{ range(10 ** 9)|list }}"), Code::validation);  // the sandbox's own bound
}

}  // namespace
}  // namespace sov::text
