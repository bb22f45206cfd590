#include "core/portable_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>

#include "core/rng.h"

namespace sov {
namespace {

/// In units of the last place of `wanted`.
double ulps(double got, long double wanted) {
  int exponent = 0;
  std::frexp(static_cast<double>(wanted), &exponent);
  return static_cast<double>(std::abs(static_cast<long double>(got) - wanted)) /
         std::ldexp(1.0, exponent - 53);
}

// The C library's 80-bit functions judge, where the machine has them.
TEST(PortableMath, IsWithinAUnitInTheLastPlace) {
  if (sizeof(long double) < 10) GTEST_SKIP() << "long double is double";
  Rng rng(3);
  double log = 0, exp = 0, pow = 0, sin = 0, cos = 0;
  for (int i = 0; i < 200000; i++) {
    const double u = rng.uniform(), v = rng.uniform();
    const double x = std::ldexp(u + 0x1p-60, static_cast<int>(rng.below(60)) - 30);
    const auto wide = [](double value) { return static_cast<long double>(value); };
    log = std::max(log, ulps(portable_log(x), std::log(wide(x))));
    exp = std::max(exp, ulps(portable_exp(40 * v - 20), std::exp(wide(40 * v - 20))));
    const double base = 1 + 1e6 * u, power = 2 * v - 2;
    pow = std::max(pow, ulps(portable_pow(base, power), std::pow(wide(base), wide(power))));
    const double angle = (u - 0.5) * std::ldexp(1.0, static_cast<int>(rng.below(31)));
    const SinCos both = portable_sincos(angle);
    sin = std::max(sin, ulps(both.sin, std::sin(wide(angle))));
    cos = std::max(cos, ulps(both.cos, std::cos(wide(angle))));
  }
  EXPECT_LT(log, 1.0);
  EXPECT_LT(exp, 1.0);
  EXPECT_LT(pow, 1.0);
  EXPECT_LT(sin, 1.0);
  EXPECT_LT(cos, 1.0);
}

TEST(PortableMath, KnowsTheEasyValues) {
  EXPECT_EQ(portable_log(1), 0);
  EXPECT_EQ(portable_exp(0), 1);
  EXPECT_EQ(portable_pow(10000, -0.5), 0.01);
  EXPECT_EQ(portable_sincos(0).sin, 0);
  EXPECT_EQ(portable_sincos(0).cos, 1);
  EXPECT_TRUE(std::isnan(portable_sincos(NAN).sin));
  EXPECT_TRUE(std::isnan(portable_sincos(INFINITY).cos));
}

// Written down once: every processor and compiler gives them again.
TEST(PortableMath, GivesTheRecordedBits) {
  uint64_t sum = 0;
  for (int i = 1; i <= 2000; i++) {
    const SinCos both = portable_sincos(i * 12.375);
    for (const double value :
         {portable_log(i), portable_exp(i * 0.01), portable_pow(500000, -i / 2000.0), both.sin, both.cos}) {
      sum = sum * 0x9E3779B97F4A7C15U + std::bit_cast<uint64_t>(value);
    }
  }
  EXPECT_EQ(sum, 8073706435652974748U);
}

}  // namespace
}  // namespace sov
