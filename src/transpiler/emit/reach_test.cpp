#include "transpiler/emit/reach.h"

#include <gtest/gtest.h>

#include "transpiler/emit/library.h"
#include "transpiler/emit/rust_items.h"

namespace sov::transpiler {
namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(RustItems, CutsItemsAndTheirNames) {
  const auto items = rust_items(
      "use super::exc::{self, Exc as E};\n/// Doc.\n#[inline]\npub fn f(a: &'static str) -> char { '{' }\n"
      "impl<T> std::ops::Add<T> for super::int::Big<T> { fn add(self) { self.go(m::x) } }\nstatic S: [u8; 2] "
      "= [1, 2];\n");
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].imports[1].name, "E");
  EXPECT_EQ(items[0].imports[1].path.back(), "Exc");
  EXPECT_TRUE(items[1].text.starts_with("/// Doc."));
  EXPECT_EQ(items[2].trait, "Add");
  EXPECT_EQ(items[2].self_type, "Big");
  EXPECT_EQ(items[2].members.at(0).defines.at(0), "add");
  EXPECT_EQ(items[3].defines.at(0), "S");
}

TEST(Reach, LeavesOutWhatNothingNames) {
  const std::vector<EmbeddedFile> runtime = {
      {"a",
       "//! needs: b\nuse super::b::{Shape, helper};\nuse std::fmt::Write;\npub struct A;\nimpl A {\n    pub "
       "fn "
       "used(&self) -> i64 {\n"
       "        helper()\n    }\n    pub fn unused(&self) {\n    }\n}\nimpl Shape for A {\n}\npub fn spare() "
       "{\n}\n"},
      {"b", "pub trait Shape {\n}\npub fn helper() -> i64 {\n    1\n}\npub fn other() {\n}\n"},
      {"c", "pub fn used() {\n}\n"}};
  const RustFile file = with_runtime("use rt::a::A;\nuse rt::c;\nfn main() {\n    A.used();\n}\n", runtime);
  EXPECT_TRUE(holds(file.text, "pub fn used(&self)"));
  EXPECT_TRUE(holds(file.text, "pub fn helper()"));
  EXPECT_TRUE(holds(file.text, "use super::b::helper;"));
  for (const char* gone : {"fn unused", "Shape", "spare", "other", "mod c", "use rt::c", "Write"})
    EXPECT_FALSE(holds(file.text, gone)) << gone;
  EXPECT_EQ(file.modules, (std::vector<std::string>{"a", "b"}));
}

TEST(Reach, TraitsComeWithTheirMethods) {
  const std::vector<EmbeddedFile> runtime = {
      {"t",
       "pub trait Show {\n    fn show(&self);\n    fn twice(&self) {\n    }\n}\nimpl Show for i64 {\n    fn "
       "show(&self) {\n    }\n}\n"}};
  const RustFile file = with_runtime(
      "use rt::t::Show;\nstruct P;\nimpl Show for P {\n    fn show(&self) {}\n}\nfn main() {\n    "
      "1i64.show();\n}\n",
      runtime);
  EXPECT_TRUE(holds(file.text, "impl Show for P"));
  EXPECT_TRUE(holds(file.text, "impl Show for i64"));
  EXPECT_FALSE(holds(file.text, "twice"));
  const RustFile none = with_runtime(
      "use rt::t::Show;\nstruct P;\nimpl Show for P {\n    fn show(&self) {}\n}\nfn main() {\n}\n", runtime);
  EXPECT_FALSE(holds(none.text, "Show"));
}

TEST(Reach, MacroCallsGoWithTheTypesTheyName) {
  const std::vector<EmbeddedFile> runtime = {
      {"m",
       "macro_rules! opaque {\n    ($t:ty) => {\n        impl From<$t> for Big {\n        }\n    };\n}\n"
       "pub(crate) use opaque;\npub struct Big;\n"},
      {"t", "//! needs: value\npub struct Small;\n"},
      {"t_value", "//! needs: t, m\nsuper::m::opaque!(super::t::Small);\n"},
      {"value", "//! needs:\n"}};
  const RustFile without = with_runtime("fn main() {\n}\n", runtime);
  EXPECT_FALSE(holds(without.text, "Big"));
  const RustFile with = with_runtime("use rt::t::Small;\nfn main() {\n    let _ = Small;\n}\n", runtime);
  EXPECT_TRUE(holds(with.text, "opaque!(super::t::Small)"));
  EXPECT_TRUE(holds(with.text, "pub struct Big"));
}

}  // namespace
}  // namespace sov::transpiler
