#include "transpiler/measure.h"

#include <gtest/gtest.h>

#include "transpiler/emit/line_marks.h"
#include "transpiler/lint.h"
#include "transpiler/parser.h"

namespace sov::transpiler {
namespace {

Measure measured(std::string_view source) {
  Result<Tree> tree = parse_python("t.py", source);
  EXPECT_TRUE(tree.has_value());
  const Result<Translation> translation = transpile(*tree, {});
  return measure(*tree, translation->refusals);
}

TEST(Measure, DecisionsAndNesting) {
  const Measure out = measured(
      "def plain():\n    return 1\n\n\n"
      "def tangled(a, b: int):\n"
      "    for i in a:\n"           // +1
      "        if i and b or a:\n"  // +1 +1 +1
      "            pass\n"
      "        elif b:\n"       // +1, not one deeper
      "            while b:\n"  // +1
      "                b -= 1\n"
      "    return [x for x in a if x] if b else a\n");  // +1 +1 +1
  ASSERT_EQ(out.functions.size(), 2u);
  EXPECT_EQ(out.functions[0].complexity, 1u);
  EXPECT_EQ(out.functions[1].complexity, 10u);
  EXPECT_EQ(out.functions[1].nesting, 3u);
  EXPECT_EQ(out.functions[1].lines, 8u);
  EXPECT_EQ(out.functions[1].parameters, 2u);
  EXPECT_EQ(out.functions[1].annotated, 1u);
}

TEST(Measure, NamesOfMethodsAndInnerFunctions) {
  const Measure out =
      measured("class C:\n    def f(self):\n        def g():\n            return 1\n        return g()\n");
  ASSERT_EQ(out.functions.size(), 2u);
  EXPECT_EQ(out.functions[0].name, "C.f");
  EXPECT_EQ(out.functions[1].name, "C.f.g");
  EXPECT_EQ(out.classes, 1u);
}

TEST(Measure, LibraryNamesAreFollowedThroughAliases) {
  const Measure out = measured(
      "import math as m\nimport os.path\nfrom json import dumps as d\nimport turtle\n"
      "print(m.sqrt(2), m.sqrt(3), os.path.join('a', 'b'), d([]), turtle.pos())\n");
  ASSERT_EQ(out.library.size(), 4u);
  EXPECT_EQ(out.library[0].path, "json.dumps");
  EXPECT_EQ(out.library[1].path, "math.sqrt");
  EXPECT_EQ(out.library[1].uses, 2u);
  EXPECT_EQ(out.library[1].by, LibraryUse::By::row);
  EXPECT_EQ(out.library[2].path, "os.path.join");
  EXPECT_EQ(out.library[3].by, LibraryUse::By::nothing);
}

TEST(Lint, FindsEachRuleOnceWhereItIs) {
  Result<Tree> tree = parse_python("t.py", "def f(a: int) -> int:\n    return eval('a')\n");
  ASSERT_TRUE(tree.has_value());
  const std::vector<Finding> found = lint(*tree);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule->id, "DP001");
  EXPECT_EQ(found[0].line, 2u);
  EXPECT_EQ(found[0].column, 12u);
}

TEST(LineMarks, LinesBeforeAMarkBelongToIt) {
  std::string rust = "// head\nfn f() {" + line_mark(1) + "\nlet x =\n    1;" + line_mark(2) + "\n}\n";
  const std::vector<uint32_t> lines = take_line_marks(rust);
  EXPECT_EQ(rust, "// head\nfn f() {\nlet x =\n    1;\n}\n");
  EXPECT_EQ(lines, (std::vector<uint32_t>{0, 1, 2, 2, 0}));
}

}  // namespace
}  // namespace sov::transpiler
