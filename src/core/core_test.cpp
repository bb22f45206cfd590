// The small pieces of core: results, checked arithmetic, random numbers, log lines, environment.

#include <cmath>
#include <gtest/gtest.h>

#include "core/checked.h"
#include "core/env.h"
#include "core/log.h"
#include "core/result.h"
#include "core/rng.h"

namespace sov {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return fail(Code::usage, "wanted an even number, got {}", n);
  return n / 2;
}

Result<int> quarter(int n) {
  TRY(const int h, with(half(n), "first half"));
  TRY(const int q, with(half(h), "second half"));
  return q;
}

TEST(Result, TryPassesValuesAndContext) {
  EXPECT_EQ(*quarter(8), 2);
  EXPECT_EQ(quarter(6).error().text(), "usage: second half: wanted an even number, got 3");
  EXPECT_EQ(quarter(5).error().message(), "first half: wanted an even number, got 5");
}

TEST(Result, ExitStatusesAreTheDocumentedOnes) {
  EXPECT_EQ(exit_status(Code::internal), 1);
  EXPECT_EQ(exit_status(Code::usage), 2);
  EXPECT_EQ(exit_status(Code::not_found), 3);
  EXPECT_EQ(exit_status(Code::corrupt), 4);
  EXPECT_EQ(exit_status(Code::validation), 5);
  EXPECT_EQ(exit_status(Code::model), 6);
  EXPECT_EQ(exit_status(Code::io), 7);
  EXPECT_EQ(exit_status(Code::inference), 8);
  EXPECT_EQ(exit_status(Code::unsupported), 9);
  EXPECT_EQ(exit_status(Code::network), 10);
  EXPECT_EQ(exit_status(Code::http_not_found), 11);
}

TEST(Checked, RefusesOverflow) {
  const uint64_t max = ~uint64_t{0};
  EXPECT_EQ(checked_add(max, 0), max);
  EXPECT_FALSE(checked_add(max, 1));
  EXPECT_FALSE(checked_mul(uint64_t{1} << 32, uint64_t{1} << 32));
  const uint64_t dims[] = {2, max - 1};
  EXPECT_FALSE(checked_product(dims));
  EXPECT_EQ(checked_product({}), 1U);
  EXPECT_EQ(checked_align(65, 64), 128U);
  EXPECT_EQ(checked_align(64, 64), 64U);
  EXPECT_FALSE(checked_align(max, 64));
}

// splitmix64(0)'s first four outputs are published test values; from them the recurrence of the paper,
// written out.
TEST(Rng, IsTheNamedGenerator) {
  uint64_t s[4] = {0xE220A8397B1DCDAFU, 0x6E789E6AA1B965F4U, 0x06C45D188009454FU, 0xF88BB8A8724C81ECU};
  Rng rng(0);
  for (int i = 0; i < 100; i++) {
    const auto rotl = [](uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
    const uint64_t want = rotl(s[1] * 5, 7) * 9;
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    ASSERT_EQ(rng.next(), want) << i;
  }
}

TEST(Rng, UniformIsUniform) {
  Rng rng(1);
  constexpr int kDraws = 200000, kBins = 20;
  constexpr double kExpected = double{kDraws} / kBins;
  int bins[kBins] = {};
  for (int i = 0; i < kDraws; i++) {
    const double u = rng.uniform();
    ASSERT_TRUE(u >= 0 && u < 1);
    bins[static_cast<int>(u * kBins)]++;
  }
  double chi2 = 0;
  for (const int n : bins) chi2 += std::pow(n - kExpected, 2) / kExpected;
  EXPECT_LT(chi2, 43.8);  // 99.9 % point for 19 degrees of freedom
  for (int i = 0; i < 1000; i++) EXPECT_LT(rng.below(7), 7U);
}

TEST(Log, LinesInBothFormats) {
  const std::string_view time = "2026-01-02T03:04:05.678Z";
  EXPECT_EQ(Log::line(LogFormat::text, time, LogLevel::warn, "slow", {{"ms", 12}, {"file", "a b"}}),
            "2026-01-02T03:04:05.678Z warn slow ms=12 file=\"a b\"");
  EXPECT_EQ(Log::line(LogFormat::json, time, LogLevel::info, "done", {{"ok", true}}),
            R"({"time":"2026-01-02T03:04:05.678Z","level":"info","event":"done","ok":true})");
  EXPECT_EQ(utc_now().size(), time.size());
}

TEST(Env, ReadsTableVariablesAndTreatsEmptyAsUnset) {
  setenv("SOV_LOG", "debug", 1);
  EXPECT_EQ(env("SOV_LOG"), "debug");
  setenv("SOV_LOG", "", 1);
  EXPECT_FALSE(env("SOV_LOG"));
  unsetenv("SOV_LOG");
  EXPECT_FALSE(env("SOV_LOG"));
}

}  // namespace
}  // namespace sov
