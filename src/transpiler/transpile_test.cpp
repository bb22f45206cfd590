#include "transpiler/transpile.h"

#include <gtest/gtest.h>

#include "transpiler/emit/library.h"
#include "transpiler/parser.h"

namespace sov::transpiler {
namespace {

Translation translated(std::string_view source) {
  Result<Tree> tree = parse_python("t.py", source);
  EXPECT_TRUE(tree.has_value());
  Result<Translation> out = transpile(*tree, {});
  EXPECT_TRUE(out.has_value());
  return out.value_or(Translation{});
}

TEST(Transpile, TypesComeFromFlowNotFromAnnotations) {
  // 5 stays an int although the parameter says float: Python prints 5.
  const Translation out = translated("def f(x: float):\n    print(x)\nf(5)\n");
  EXPECT_NE(out.rust.find("fn f(x: i64)"), std::string::npos);
  const Translation both = translated("def f(x: float):\n    print(x)\nf(5)\nf(2.5)\n");
  EXPECT_NE(both.rust.find("fn f(x: Value)"), std::string::npos);
}

TEST(Transpile, RefusesWithLineAndConstruct) {
  const Translation out = translated("import tkinter\nx = 1\ndef f():\n    pass\n");
  ASSERT_FALSE(out.refusals.empty());
  EXPECT_TRUE(out.rust.empty());
  EXPECT_EQ(out.refusals[0].line, 1u);
  EXPECT_NE(out.refusals[0].text.find("t.py:1:1: the module 'tkinter'"), std::string::npos);
}

TEST(Transpile, VariablesAreDeclaredWhereTheyDominate) {
  const Translation out = translated(
      "def f(n):\n    for i in range(n):\n        y = i * 2\n        print(y)\n    if n:\n        z = 1\n    "
      "else:\n        z = 2\n    return z\nf(3)\n");
  EXPECT_NE(out.rust.find("        let y: i64 ="), std::string::npos);
  EXPECT_NE(out.rust.find("    let mut z: i64 = 0;"), std::string::npos);
}

TEST(Transpile, TwoLoopsBindTwoVariables) {
  const Translation out = translated(
      "def f(a, b):\n    for x in a:\n        print(x)\n    for x in b:\n        print(x + '!')\nf([1], "
      "['a'])\n");
  EXPECT_NE(out.rust.find("for x in a.iter()"), std::string::npos);
  EXPECT_NE(out.rust.find("for x in b.iter()"), std::string::npos);
  EXPECT_EQ(out.rust.find("let mut x"), std::string::npos);
}

TEST(Transpile, FunctionsThatCannotRaiseReturnTheirValue) {
  const Translation out = translated(
      "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\ndef at(a, i):\n    return a[i]\n"
      "print(fib(5), at([1], 0))\n");
  EXPECT_NE(out.rust.find("fn fib(n: i64) -> i64"), std::string::npos);
  EXPECT_NE(out.rust.find("fn at(a: List<i64>, i: i64) -> Res<i64>"), std::string::npos);
}

TEST(Transpile, TablesAreWellFormed) {
  const std::vector<std::string>& problems = Library::built_in().problems();
  EXPECT_TRUE(problems.empty()) << problems.size() << ", first: " << problems.front();
}

TEST(Transpile, SharedVariablesOfClosures) {
  const Translation out = translated(
      "def counter():\n    n = 0\n    def step():\n        nonlocal n\n        n += 1\n        return n\n    "
      "return step\nc = counter()\nprint(c())\n");
  EXPECT_TRUE(out.refusals.empty());
  EXPECT_NE(out.rust.find("n: Shared<i64>"), std::string::npos);
}

}  // namespace
}  // namespace sov::transpiler
