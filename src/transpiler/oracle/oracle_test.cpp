#include "transpiler/oracle.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/fs.h"
#include "transpiler/decisions.h"
#include "transpiler/mutations.h"
#include "transpiler/oracle/rust_text.h"
#include "transpiler/repair.h"
#include "transpiler/split_runtime.h"

namespace sov::transpiler {
namespace {

namespace fs = std::filesystem;

/// An error at the first place where `text` stands in `rust`.
Diagnostic error_at(std::string_view rust, std::string_view text, std::string code, std::string message,
                    std::string label = "") {
  const size_t at = rust.find(text);
  DiagnosticSpan span{.begin = at, .end = at + text.size(), .primary = true, .label = std::move(label)};
  span.line = 1 + static_cast<uint32_t>(std::ranges::count(rust.substr(0, at), '\n'));
  span.text = std::string(line_at(rust, at));
  Diagnostic out{.level = "error", .code = std::move(code), .message = std::move(message)};
  out.category = out.code.empty() ? "syntax" : std::string(diagnostic_category(out.code));
  out.spans.push_back(span);
  return out;
}

std::string fixed_by(std::string_view rule, std::string_view rust, const Diagnostic& error) {
  for (const Fix& fix : possible_fixes(rust, error)) {
    if (fix.rule == rule) return fix.to;
  }
  return "";
}

TEST(Diagnostics, RustcsJsonIsRead) {
  const auto found = read_diagnostics(
      "not JSON\n"
      R"({"level":"error","code":{"code":"E0308"},"message":"mismatched types","spans":[)"
      R"({"byte_start":3,"byte_end":5,"line_start":2,"is_primary":true,"label":"expected `&i64`",)"
      R"("text":[{"text":"  x;"}]}],"children":[{"message":"consider borrowing here","spans":[)"
      R"({"byte_start":3,"byte_end":3,"line_start":2,"is_primary":true,"label":null,"text":[],)"
      R"("suggested_replacement":"&","suggestion_applicability":"MachineApplicable"}]}]})"
      "\n"
      R"({"level":"error","code":null,"message":"aborting due to 1 previous error","spans":[]})");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].category, "type");
  EXPECT_EQ(found[0].line(), 2U);
  EXPECT_EQ(found[0].primary().text, "  x;");
  ASSERT_EQ(found[0].helps.size(), 1U);
  EXPECT_EQ(found[0].helps[0].spans[0].replacement, "&");
  // Written and read again, it is the same.
  const auto again = read_errors(diagnostic_json(found[0]).dump());
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(diagnostic_json(again[0]), diagnostic_json(found[0]));
}

TEST(RustText, CommentsAndLiteralsAreNoCode) {
  const std::string rust = "a(\"b\\\"\") /* c */ 'd' 'e: r#\"f\"# // g\nh";
  std::string seen;
  const auto code = code_mask(rust);
  for (size_t i = 0; i < rust.size(); ++i) {
    if (code[i] && is_word_byte(rust[i])) seen += rust[i];
  }
  EXPECT_EQ(seen, "aeh");
}

TEST(Fixes, RulesChangeWhatTheyName) {
  const std::string rust =
      "// From Python.\nuse rt::list::List;\nfn main() {\n    let n: Str = f(count);\n}\nmod rt {\n    pub "
      "mod sys {\n        "
      "pub fn argv() {}\n    }\n}\n";
  const auto wrong = [&](std::string label) {
    return error_at(rust, "count", "E0308", "mismatched types", std::move(label));
  };
  EXPECT_EQ(fixed_by("borrow", rust, wrong("expected `&Str`, found `Str`")), "    let n: Str = f(&count);");
  EXPECT_EQ(fixed_by("dereference", rust, wrong("expected `i64`, found `&i64`")),
            "    let n: Str = f(*count);");
  EXPECT_EQ(fixed_by("clone-reference", rust, wrong("expected `Str`, found `&Str`")),
            "    let n: Str = f(count.clone());");
  EXPECT_EQ(fixed_by("wrap-some", rust, wrong("expected `Option<i64>`, found `i64`")),
            "    let n: Str = f(Some(count));");
  EXPECT_EQ(fixed_by("cast", rust, wrong("expected `f64`, found `i64`")),
            "    let n: Str = f((count) as f64);");
  EXPECT_EQ(fixed_by("retype", rust, wrong("expected `Str`, found `i64`")), "    let n: i64 = f(count);");
  EXPECT_EQ(fixed_by("infer-type", rust, wrong("expected `Str`, found `i64`")), "    let n = f(count);");
  EXPECT_EQ(fixed_by("propagate-error", rust, wrong("expected `i64`, found `Result<i64, Exc>`")),
            "    let n: Str = f(count?);");
  EXPECT_EQ(fixed_by("clone-moved", rust, error_at(rust, "count", "E0382", "use of moved value: `count`")),
            "    let n: Str = f(count.clone());");
  const Diagnostic unknown = error_at(rust, "count", "E0425", "cannot find function `argv` in this scope");
  EXPECT_EQ(fixed_by("import", rust, unknown), "use rt::sys::argv;\nuse rt::list::List;");
  EXPECT_EQ(fixed_by("borrow", rust, unknown), "");  // does not apply
}

TEST(Fixes, ADiagnosticOfAnotherTextGivesNone) {
  Diagnostic error = error_at("let x = 1;", "x", "E0308", "mismatched types", "expected `&A`");
  EXPECT_TRUE(possible_fixes("", error).empty());
}

TEST(Mutations, AreSeededAndLeaveTheRuntimeAlone) {
  const std::string rust =
      "use rt::list::List;\nfn f(a: i64) -> Res<i64> {\n    let mut total: i64 = g(&a)?;\n    total = "
      "h(total, 1);\n    Ok(total.clone())\n}\n\nmod rt {\n    fn g() { a.clone()?; }\n}\n";
  const auto first = mutations(rust, 12, 5), again = mutations(rust, 12, 5), other = mutations(rust, 12, 6);
  ASSERT_EQ(first.size(), 12U);
  std::string kinds, other_kinds;
  for (size_t i = 0; i < 12; ++i) {
    EXPECT_EQ(first[i].rust, again[i].rust);
    EXPECT_NE(first[i].rust, rust);
    EXPECT_NE(first[i].rust.find("mod rt {\n    fn g() { a.clone()?; }\n}\n"), std::string::npos);
    kinds += strf("{} {}\n", first[i].kind, first[i].at);
    other_kinds += strf("{} {}\n", other[i].kind, other[i].at);
  }
  EXPECT_NE(kinds, other_kinds);
}

TEST(SplitRuntime, PlacesStayAndSharedMacrosAreExported) {
  const std::string rust =
      "fn main() { rt::a::f(); }\nmod rt {\n    pub mod a {\n        macro_rules! m { () => {} }\n"
      "        pub(crate) use m;\n        pub(crate) fn f() { crate::rt::b::g() }\n    }\n}\n";
  const auto split = split_runtime(rust);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->program, "fn main() { rt::a::f(); }\nextern crate rt;\n");
  EXPECT_EQ(split->runtime,
            "\n    pub mod a {\n        #[macro_export] macro_rules! m { () => {} }\n"
            "        pub use m;\n        pub fn f() { crate::b::g() }\n    }\n");
  EXPECT_FALSE(split_runtime("fn main() {}\n"));
}

TEST(Decisions, AreReadOffTheLinesOfThePython) {
  Translation made;
  made.rust = "// i64\nlet a: Option<i64> = f(b.clone())?;\nlet s = \"Value\";\nlet c: i64 = 1;\n";
  made.lines = {0, 3, 4, 0};
  std::string seen;
  for (const Decision& one : decisions_of(made))
    seen += strf("{}:{} {}; ", one.python_line, one.rust_line, one.kind);
  EXPECT_EQ(seen, "3:2 64-bit integer; 3:2 optional; 3:2 clone; 3:2 may raise; ");
}

TEST(Decisions, TarantulaRanksWhatFailingProgramsShare) {
  const auto ranked = tarantula({{{"clone", "closure"}, true},
                                 {{"clone"}, false},
                                 {{"clone", "optional"}, false},
                                 {{"clone", "closure"}, false}});
  ASSERT_EQ(ranked.size(), 2U);
  EXPECT_EQ(ranked[0].kind, "closure");
  EXPECT_DOUBLE_EQ(ranked[0].score, 1.0 / (1.0 + 1.0 / 3));
  EXPECT_EQ(ranked[1].kind, "clone");
  EXPECT_DOUBLE_EQ(ranked[1].score, 0.5);
  EXPECT_TRUE(tarantula({{{"clone"}, false}}).empty());
}

TEST(Repair, OnlyAnErrorLessIsAnImprovement) {
  const std::string rust = "a b c";
  const auto type = error_at(rust, "a", "E0308", "mismatched types"),
             other = error_at(rust, "b", "E0599", "no method");
  const auto borrow = error_at(rust, "c", "E0382", "use of moved value"),
             syntax = error_at(rust, "c", "", "expected `;`");
  EXPECT_TRUE(mended({type}, {}, type));
  EXPECT_TRUE(mended({type, type}, {type}, type));
  EXPECT_FALSE(mended({type}, {type}, type));
  EXPECT_FALSE(mended({type}, {other}, type));
  EXPECT_TRUE(mended({type}, {borrow}, type));  // was hidden: rustc had not come so far
  EXPECT_FALSE(mended({type, other}, {other, borrow}, type));
  EXPECT_FALSE(mended({type}, {syntax}, type));
}

/// Stands for rustc: `take(x)` without & is an error, and so is a name that ends in "_".
Result<std::vector<Diagnostic>> strict(const std::string& rust) {
  std::vector<Diagnostic> out;
  if (rust.find("take(x)") != std::string::npos) {
    Diagnostic error = error_at(rust, "take(x)", "E0308", "mismatched types", "expected `&i64`, found `i64`");
    error.spans[0].begin += 5;
    error.spans[0].end -= 1;
    out.push_back(error);
  }
  if (rust.find("hopeless_") != std::string::npos)
    out.push_back(error_at(rust, "hopeless_", "E9999", "no rule knows this"));
  return out;
}

TEST(Repair, GoesOnUntilNothingHelpsAndRemembers) {
  Oracle oracle;
  const auto good = repair("take(x); take(y)", strict, oracle, {});
  ASSERT_TRUE(good);
  EXPECT_TRUE(good->accepted);
  EXPECT_EQ(good->rust, "take(&x); take(y)");
  ASSERT_EQ(good->steps.size(), 1U);
  EXPECT_EQ(good->steps[0].rule, "borrow");
  const auto half = repair("take(x); hopeless_", strict, oracle, {});
  ASSERT_TRUE(half);
  EXPECT_FALSE(half->accepted);
  EXPECT_EQ(half->rust, "take(&x); hopeless_");
  EXPECT_EQ(half->left.size(), 1U);
  ASSERT_FALSE(oracle.memory.patterns().empty());
  EXPECT_EQ(oracle.memory.patterns()[0].rule, "borrow");
  EXPECT_EQ(oracle.memory.patterns()[0].tries, 2U);
  EXPECT_EQ(oracle.memory.patterns()[0].successes, 2U);
}

TEST(Repair, LimitsHold) {
  Oracle oracle;
  const auto none = repair("take(x)", strict, oracle, {.max_iterations = 0});
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->steps.empty());
  const auto timid = repair("take(x)", strict, oracle, {.min_confidence = 0.9});
  ASSERT_TRUE(timid);
  EXPECT_FALSE(timid->accepted);
  EXPECT_EQ(timid->asked, 1U);  // nothing was tried
  EXPECT_GT(timid->below, 0U);
}

class MemoryFile : public testing::Test {
 protected:
  ~MemoryFile() override { fs::remove(path_); }
  std::string path_ = (fs::temp_directory_path() / strf("sov-memory-{}.json", ::getpid())).string();
};

TEST_F(MemoryFile, ExperienceRaisesAndLowersConfidence) {
  const auto error = error_at("a", "a", "E0308", "mismatched types", "expected `&i64`, found `i64`");
  const auto like = error_at("b", "b", "E0308", "mismatched types", "expected `&f64`, found `f64`");
  const auto unlike = error_at("c", "c", "E0308", "`match` arms have incompatible types");
  Oracle oracle;
  EXPECT_DOUBLE_EQ(oracle.confidence("borrow", error, 0.4), 0.4);
  for (int i = 0; i < 6; ++i) oracle.memory.record("borrow", error, true);
  EXPECT_DOUBLE_EQ(oracle.confidence("borrow", error, 0.4), (6 + 0.8) / 8);
  EXPECT_GT(oracle.confidence("borrow", like, 0.4), 0.6);
  EXPECT_DOUBLE_EQ(oracle.confidence("borrow", unlike, 0.4), 0.4);
  EXPECT_DOUBLE_EQ(oracle.confidence("cast", error, 0.4), 0.4);
  for (int i = 0; i < 6; ++i) oracle.memory.record("cast", error, false);
  EXPECT_DOUBLE_EQ(oracle.confidence("cast", error, 0.4), 0.1);
  oracle.memory.record_comparison("borrow", error, false);
  ASSERT_TRUE(oracle.memory.write(path_));
  const auto back = FixMemory::read(path_);
  ASSERT_TRUE(back) << back.error().text();
  ASSERT_EQ(back->patterns().size(), 2U);
  EXPECT_EQ(back->patterns()[0].compared, 1U);
  EXPECT_EQ(back->patterns()[0].equal, 0U);
  EXPECT_DOUBLE_EQ(back->evidence("borrow", error).successes, 6);
}

TEST_F(MemoryFile, ImpossibleCountsAreRefused) {
  ASSERT_TRUE(write_file(
      path_,
      R"({"version":1,"patterns":[{"rule":"cast","code":"E0308","tries":1,"successes":2,"compared":0,"equal":0,"grams":[]}]})",
      Overwrite::yes));
  const auto read = FixMemory::read(path_);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code(), Code::corrupt);
  ASSERT_TRUE(write_file(path_, R"({"version":2,"patterns":[]})", Overwrite::yes));
  EXPECT_EQ(FixMemory::read(path_).error().code(), Code::unsupported);
  fs::remove(path_);
  EXPECT_TRUE(FixMemory::read(path_));  // no experience yet
}

/// The same error code, and the right rule told by the label: no table of codes can tell it.
std::vector<Sample> one_code(size_t count) {
  std::vector<Sample> out;
  for (size_t i = 0; i < count; ++i) {
    const bool borrow = i % 2 == 0;
    Sample one{strf("program {}", i / 2),
               "drop-borrow",
               error_at("a", "a", "E0308", "mismatched types",
                        borrow ? "expected `&Str`, found `Str`" : "expected `Str`, found `&Str`"),
               {}};
    one.attempts = {{"borrow", borrow, borrow}, {"clone-reference", !borrow, false}};
    out.push_back(std::move(one));
  }
  return out;
}

TEST_F(MemoryFile, SamplesComeBackFromTheirLines) {
  const std::vector<Sample> samples = one_code(4);
  std::string text;
  for (const Sample& sample : samples) text += sample_line(sample);
  ASSERT_TRUE(write_file(path_, text, Overwrite::yes));
  const auto back = read_samples(path_);
  ASSERT_TRUE(back) << back.error().text();
  ASSERT_EQ(back->size(), 4U);
  EXPECT_EQ((*back)[1].label(), "clone-reference");
  EXPECT_EQ(sample_line((*back)[3]), sample_line(samples[3]));
  ASSERT_TRUE(write_file(path_, text + "{}\n", Overwrite::yes));
  EXPECT_NE(read_samples(path_).error().message().find(":5: "), std::string::npos);
}

TEST(Oracle, LearnsWhatTheErrorCodeDoesNotTell) {
  ThreadPool threads(1);
  const std::vector<Sample> samples = one_code(60);
  const std::vector<Sample> training(samples.begin(), samples.begin() + 40),
      rest(samples.begin() + 40, samples.end());
  const auto model = train_oracle(training, {.trees = 20}, threads);
  ASSERT_TRUE(model) << model.error().text();
  const OracleScore score = score_oracle(*model, training, rest);
  EXPECT_EQ(score.mendable, 20U);
  EXPECT_EQ(score.first_by_forest, 20U);
  EXPECT_EQ(score.first_by_code, 10U);
  EXPECT_DOUBLE_EQ(score.report.accuracy, 1.0);
}

}  // namespace
}  // namespace sov::transpiler
