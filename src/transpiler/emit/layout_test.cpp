#include "transpiler/emit/layout.h"

#include <gtest/gtest.h>

namespace sov::transpiler {
namespace {

TEST(Layout, BreaksBlocksOfLongLinesOnly) {
  const std::string line =
      "    let a = f({ let mut v = Vec::new(); for x in 0..3 { if x > 1 { v.push(\"{;}\"); } } v });\n";
  EXPECT_EQ(broken_lines(line, 200), line);
  EXPECT_EQ(
      broken_lines(line, 40),
      "    let a = f({\n        let mut v = Vec::new();\n        for x in 0..3 {\n            if x > 1 {\n"
      "                v.push(\"{;}\");\n            }\n        }\n        v\n    });\n");
}

TEST(Layout, LeavesExpressionsInBracesAlone) {
  const std::string line = "let x = if some_condition_that_is_long { 1 } else { 'a' as i64 };\n";
  EXPECT_EQ(broken_lines(line, 20), line);
}

}  // namespace
}  // namespace sov::transpiler
