#include "transpiler/parser.h"

#include <gtest/gtest.h>

namespace sov::transpiler {
namespace {

std::string dump(std::string_view source) {
  const Result<Tree> tree = parse_python("t.py", source);
  if (!tree) return tree.error().message();
  return dump_ast(*tree->module, Positions::no).value_or("too deep");
}

TEST(Parser, PrecedenceAndPlaces) {
  const Result<Tree> tree = parse_python("t.py", "x = -a ** b * 2\n");
  ASSERT_TRUE(tree.has_value());
  const auto& assign = as<ast::Assign>(*tree->module->body[0]);
  const auto& product = as<ast::BinOp>(*assign.value);
  EXPECT_EQ(product.op, Op::Mult);
  EXPECT_EQ(product.left->kind, Kind::UnaryOp);  // -(a ** b)
  EXPECT_EQ(product.place.column, 4u);
  EXPECT_EQ(product.place.end_column, 15u);
}

TEST(Parser, SoftKeywordsAreNamesElsewhere) {
  EXPECT_NE(dump("match = case = 1\nmatch[0]\nmatch(x)\n").find("Subscript"), std::string::npos);
  EXPECT_NE(dump("match x:\n    case [1, *r]: pass\n").find("MatchStar"), std::string::npos);
}

TEST(Parser, FormatStrings) {
  const std::string text = dump("f'{a!r:>{w}} {b=}'\n");
  EXPECT_NE(text.find("conversion: 114"), std::string::npos);
  EXPECT_NE(text.find("value: ' b='"), std::string::npos);
  EXPECT_NE(dump("f'{a'\n").find("expecting '}'"), std::string::npos);
}

TEST(Parser, NamesOutsideAscii) {
  EXPECT_NE(dump("\xC3\xA9t\xC3\xA9 = 1\n").find("\\xc3\\xa9t\\xc3\\xa9"), std::string::npos);
  // The ligature fi is the letters f and i in normal form KC.
  EXPECT_NE(dump("\xEF\xAC\x81 = 1\n").find("id: 'fi'"), std::string::npos);
}

TEST(Parser, ErrorsShowLineCaretAndHint) {
  const std::string text = dump("def f():\n    if x = 3:\n        pass\n");
  EXPECT_NE(text.find("t.py:2:"), std::string::npos);
  EXPECT_NE(text.find("if x = 3:"), std::string::npos);
  EXPECT_NE(text.find("'==' compares"), std::string::npos);
  EXPECT_NE(dump("print 'x'\n").find("Did you mean print(...)?"), std::string::npos);
  EXPECT_NE(dump("x = (1,\n").find("'(' was never closed"), std::string::npos);
  EXPECT_NE(dump("\tx = 1\n        y = 2\n").find("indent"), std::string::npos);
}

TEST(Parser, HostileNestingEndsInAnError) {
  EXPECT_NE(dump(std::string(100000, '(')).find("too many nested"), std::string::npos);
  EXPECT_NE(dump("x = " + std::string(3000000, '-') + "1\n").find("nested too deeply"), std::string::npos);
  std::string chain = "x = a";
  for (int i = 0; i < 20000; ++i) chain += " + a";
  EXPECT_TRUE(parse_python("t.py", chain + "\n").has_value());
}

TEST(Parser, WhatTheCompilerRejects) {
  EXPECT_NE(dump("return 1\n").find("'return' outside function"), std::string::npos);
  EXPECT_NE(dump("def f():\n    break\n").find("'break' outside loop"), std::string::npos);
  EXPECT_NE(dump("def f(a, a): pass\n").find("duplicate argument 'a'"), std::string::npos);
  EXPECT_NE(dump("x = 1\nfrom __future__ import annotations\n").find("beginning of the file"),
            std::string::npos);
  EXPECT_NE(dump("from __future__ import braces\n").find("not a chance"), std::string::npos);
}

TEST(Parser, BigIntegers) {
  EXPECT_NE(dump("123456789012345678901234567890\n").find("0x18ee90ff6c373e0ee4e3f0ad2"), std::string::npos);
  EXPECT_NE(dump("0b" + std::string(70, '1') + "\n").find("0x3fffffffffffffffff"), std::string::npos);
}

}  // namespace
}  // namespace sov::transpiler
