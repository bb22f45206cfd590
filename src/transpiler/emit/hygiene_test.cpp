#include "transpiler/emit/hygiene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "transpiler/emit/layout.h"
#include "transpiler/emit/temporaries.h"

namespace sov::transpiler {
namespace {

using testing::ElementsAre;

TEST(Hygiene, FindsWhatATemplateBinds) {
  EXPECT_THAT(bound_names("{self}.map(|s| s.len())"), ElementsAre("s"));
  EXPECT_THAT(bound_names("f(|(a, &b): (i64, Str), mut c| a)"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(bound_names("{ let mut d = {x}; let (e, f) = d; e }"), ElementsAre("d", "e", "f"));
  EXPECT_THAT(bound_names("a || b, c | d"), ElementsAre());
}

TEST(Hygiene, RenamesOnlyWhatMeetsAnInsertedName) {
  const auto make = [](std::string_view name) { return std::string(name) + "9"; };
  EXPECT_EQ(kept_apart("{x}.map(|s| s.get(s.s, {s}))", {"s + 1"}, make), "{x}.map(|s9| s9.get(s9.s, {s}))");
  EXPECT_EQ(kept_apart("{x}.map(|s| s)", {"sum(st)"}, make), "{x}.map(|s| s)");
  EXPECT_EQ(kept_apart("{x}.map(|f| f(0..f))", {"f"}, make), "{x}.map(|f9| f9(0..f9))");
  EXPECT_EQ(kept_apart("rt::s::s(|s| s)", {"s"}, make), "rt::s::s(|s9| s9)");
}

TEST(Temporaries, AreNoTypesOfRust) {
  Temporaries names("");
  for (int i = 0; i < 200; ++i) {
    const std::string name = names.make(i % 2 == 0 ? "f" : "i");
    EXPECT_TRUE(name != "i64" && name != "i32" && name != "f64" && name != "i128") << name;
  }
}

TEST(Temporaries, AreNoWordsOfTheProgram) {
  Temporaries names("def f(s1, x3): return s1 # t2");
  EXPECT_EQ(names.make("s"), "s2");
  EXPECT_EQ(names.make("x"), "x4");
  names.restart();
  EXPECT_EQ(names.make("t"), "t1");
}

TEST(Temporaries, AreNumberedAsTheyStand) {
  Temporaries names("");
  const std::string a = names.make("t"), b = names.make("t"), c = names.make("x");
  EXPECT_EQ(names.in_order("let " + c + " = " + b + "; \"" + b + "\" // it's " + a + "\n'" + a + " " + a +
                           ".1 '\"' " + c),
            "let x1 = t2; \"t2\" // it's t1\n't3 t3.1 '\"' x1");
}

TEST(Layout, KnowsWhatGoesOnBehindABlock) {
  EXPECT_TRUE(goes_on_behind_block("{ a } + b"));
  EXPECT_TRUE(goes_on_behind_block("{ \"}\" }.len()"));
  EXPECT_FALSE(goes_on_behind_block("{ { a } }"));
  EXPECT_FALSE(goes_on_behind_block("(a) + { b }"));
}

}  // namespace
}  // namespace sov::transpiler
