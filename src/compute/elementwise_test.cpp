// Every function of elementwise.def on every tier: against the C library in double, over all exponents and
// around what is special; ragged lengths, in place, threads.
#include "compute/elementwise.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

#include "compute/array_for_tests.h"
#include "compute/float_bits.h"

namespace sov::compute {
namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr double kRoot = 0.70710678118654752;

/// How far `got` is from `wanted`, in units of a float's last place there.
double ulps(float got, double wanted) {
  if (std::isnan(wanted)) return std::isnan(got) ? 0 : 1e9;
  const auto nearest = static_cast<float>(wanted);
  if (std::isinf(nearest) || std::isinf(got)) return got == nearest ? 0 : 1e9;
  if (wanted == 0) return got == 0 && std::signbit(got) == std::signbit(wanted) ? 0 : 1e9;
  const int exponent = std::max(std::ilogb(wanted), -126);
  return std::abs(static_cast<double>(got) - wanted) / std::ldexp(1.0, exponent - 23);
}

/// Numbers of both signs: all exponents, a dense middle, and the special ones.
std::vector<float> sweep() {
  std::vector<float> out = {0.0F,
                            -0.0F,
                            1.0F,
                            -1.0F,
                            0.5F,
                            -0.5F,
                            kInf,
                            -kInf,
                            kNan,
                            0x1p-149F,
                            -0x1p-149F,
                            0x1p-126F,
                            0x1.fffffep127F,
                            -0x1.fffffep127F,
                            0x1.fffffep-1F,
                            0x1.000002p0F,
                            88.72F,
                            88.73F,
                            -103.97F,
                            2.5F,
                            3.5F,
                            -2.5F,
                            8388607.5F,
                            16777216.0F,
                            0x1.921fb6p0F,
                            0x1.921fb6p1F,
                            0x1.6ac5b2p1F};
  Rng rng(7);
  for (int i = 0; i < 60000; i++) {
    const auto bits = static_cast<uint32_t>(rng.next());
    float value;
    std::memcpy(&value, &bits, sizeof value);
    out.push_back(value);
  }
  for (int i = 0; i < 60000; i++) out.push_back(static_cast<float>(rng.uniform() * 20 - 10));
  for (int i = 0; i < 20000; i++) out.push_back(static_cast<float>(rng.uniform() * 2e5 - 1e5));
  for (int i = 0; i < 20000; i++) out.push_back(static_cast<float>(1 + (rng.uniform() - 0.5) * 0.01));
  for (int i = 0; i < 20000; i++) out.push_back(static_cast<float>((rng.uniform() - 0.5) * 2));
  return out;
}

double selu(double x) { return 1.0507009873554804934 * (x > 0 ? x : 1.6732632423543772848 * std::expm1(x)); }
double gelu_tanh(double x) {
  if (x == -INFINITY) return NAN;
  return 0.5 * x * (1 + std::tanh(0.79788456080286535588 * (x + 0.044715 * x * x * x)));
}

struct Case {
  Unary function;
  const char* name;
  std::function<double(double)> wanted;
  double bound, bound_without_fma;
  double low = -1e300, high = 1e300;  // where it is looked at
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {Unary::abs, "abs", [](double x) { return std::abs(x); }, 0, 0},
      {Unary::neg, "neg", [](double x) { return -x; }, 0, 0},
      {Unary::recip, "recip", [](double x) { return 1 / x; }, 0.501, 0.501},
      {Unary::sqrt, "sqrt", [](double x) { return std::sqrt(x); }, 0.501, 0.501},
      {Unary::exp, "exp", [](double x) { return std::exp(x); }, 1.5, 2},
      {Unary::log, "log", [](double x) { return std::log(x); }, 1, 1.5},
      {Unary::log2, "log2", [](double x) { return std::log2(x); }, 1.5, 2.5},
      {Unary::log10, "log10", [](double x) { return std::log10(x); }, 2, 3},
      {Unary::log1p, "log1p", [](double x) { return std::log1p(x); }, 2.5, 3},
      {Unary::sin, "sin", [](double x) { return std::sin(x); }, 1.5, 1.5},
      {Unary::cos, "cos", [](double x) { return std::cos(x); }, 1.5, 1.5},
      {Unary::tan, "tan", [](double x) { return std::tan(x); }, 4, 4},
      {Unary::asin, "asin", [](double x) { return std::asin(x); }, 2.5, 2.5},
      {Unary::acos, "acos", [](double x) { return std::acos(x); }, 2, 2},
      {Unary::atan, "atan", [](double x) { return std::atan(x); }, 2.5, 2.5},
      {Unary::sinh, "sinh", [](double x) { return std::sinh(x); }, 2.5, 3},
      {Unary::cosh, "cosh", [](double x) { return std::cosh(x); }, 2, 2.5},
      {Unary::tanh, "tanh", [](double x) { return std::tanh(x); }, 2.5, 2.5},
      {Unary::asinh, "asinh", [](double x) { return std::asinh(x); }, 3.5, 3.5},
      {Unary::acosh, "acosh", [](double x) { return std::acosh(x); }, 3.5, 3.5},
      {Unary::atanh, "atanh", [](double x) { return std::atanh(x); }, 3.5, 3.5},
      {Unary::floor, "floor", [](double x) { return std::floor(x); }, 0, 0},
      {Unary::ceil, "ceil", [](double x) { return std::ceil(x); }, 0, 0},
      {Unary::round, "round", [](double x) { return std::nearbyint(x); }, 0, 0},
      {Unary::trunc, "trunc", [](double x) { return std::trunc(x); }, 0, 0},
      {Unary::fract, "fract", [](double x) { return x - std::trunc(x); }, 0, 0, 0},
      {Unary::signum, "signum", [](double x) { return x > 0   ? 1
                                                      : x < 0 ? -1
                                                              : x; }, 0, 0},
      {Unary::relu, "relu", [](double x) { return x < 0 ? 0 : x; }, 0, 0},
      {Unary::selu, "selu", selu, 3.5, 4},
      {Unary::sigmoid, "sigmoid", [](double x) { return 1 / (1 + std::exp(-x)); }, 3, 3.5, -87},
      {Unary::swish, "swish", [](double x) { return x / (1 + std::exp(-x)); }, 3, 3.5, -80},
      {Unary::hardswish, "hardswish",
       [](double x) { return x < -3 ? 0 : x * std::min(x + 3, 6.0) * (1.0 / 6); }, 3, 3, -2.9, 3e38},
      {Unary::mish, "mish", [](double x) { return x * std::tanh(std::log1p(std::exp(x))); }, 4, 4, -80},
  };
  return all;
}

TEST(Elementwise, agrees_with_double_within_its_bound) {
  const std::vector<float> x = sweep();
  ThreadPool pool(2);
  std::vector<float> out(x.size());
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const Case& c : cases()) {
      ASSERT_TRUE(apply(on, c.function, x, out).has_value());
      double worst = 0;
      size_t at = 0;
      for (size_t i = 0; i < x.size(); i++) {
        const auto value = static_cast<double>(x[i]);
        if (value < c.low || value > c.high) continue;
        const double error = ulps(out[i], c.wanted(value));
        if (error > worst) worst = error, at = i;
      }
      const bool fuses = target != "sse4" && target != "simd128";
      EXPECT_LE(worst, fuses ? c.bound : c.bound_without_fma)
          << target << ' ' << c.name << '(' << x[at] << ") = " << out[at] << ", wanted "
          << c.wanted(static_cast<double>(x[at]));
      RecordProperty(target + " " + c.name, std::to_string(worst));
    }
  }
}

TEST(Elementwise, gelu_keeps_small_tails) {
  std::vector<float> x;
  for (int i = -900; i <= 900; i++) x.push_back(static_cast<float>(i) * 0.01F);
  ThreadPool pool(1);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    const Vector exact = *gelu(on, x), approximate = *gelu_tanh(on, x);
    for (size_t i = 0; i < x.size(); i++) {
      const auto v = static_cast<double>(x[i]);
      EXPECT_LE(ulps(exact[static_cast<int64_t>(i)], 0.5 * v * std::erfc(-v * kRoot)), 70) << v;
      EXPECT_NEAR(approximate[static_cast<int64_t>(i)], gelu_tanh(v), 1e-6) << v;
    }
  }
}

TEST(Elementwise, pow_and_its_edges) {
  std::vector<float> x, y;
  for (const float a : {0.0F, -0.0F, 1.0F, -1.0F, 2.0F, -2.0F, 0.5F, -0.5F, kInf, -kInf, kNan, 3.0F,
                        -8388609.0F, 0x1p-149F}) {
    for (const float b : {0.0F, -0.0F, 1.0F, -1.0F, 2.0F, 3.0F, -3.0F, 0.5F, -0.5F, kInf, -kInf, kNan,
                          16777217.0F, 1e30F, -1e30F}) {
      x.push_back(a);
      y.push_back(b);
    }
  }
  Rng rng(3);
  for (int i = 0; i < 100000; i++) {
    x.push_back(static_cast<float>(std::exp(rng.uniform() * 40 - 20)));
    y.push_back(static_cast<float>(rng.uniform() * 12 - 6));
  }
  ThreadPool pool(1);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    const Vector out = *pow(on, x, y);
    for (size_t i = 0; i < x.size(); i++) {
      const double wanted = std::pow(static_cast<double>(x[i]), static_cast<double>(y[i]));
      const float got = out[static_cast<int64_t>(i)];
      ASSERT_LE(ulps(got, static_cast<double>(static_cast<float>(wanted)) == 0 ? std::copysign(0.0, wanted)
                                                                               : wanted),
                0.51)
          << target << " pow(" << x[i] << ", " << y[i] << ") = " << got << ", wanted " << wanted;
    }
  }
}

TEST(Elementwise, two_arrays_and_numbers) {
  const std::vector<float> a = {1, -2, kNan, 0, 5, -0.0F, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const std::vector<float> b = {3, 4, 1, kNan, -1, 0.0F, 2, -2, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4};
  ThreadPool pool(1);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    const Vector low = *minimum(on, a, b), high = *maximum(on, a, b), signed_a = *copysign(on, a, b);
    const Vector mixed = *lerp(on, a, b, 0.25F), cut = *clamp(on, a, -1, 6), fused = *fma(on, a, b, a);
    const Vector leaky = *leaky_relu(on, a, 0.1F), exponential = *elu(on, a, 2), moved = *shift(on, a, 1);
    for (size_t i = 0; i < a.size(); i++) {
      const auto at = static_cast<int64_t>(i);
      const bool nan = std::isnan(a[i]) || std::isnan(b[i]);
      EXPECT_EQ(std::isnan(low[at]), nan);
      EXPECT_EQ(std::isnan(high[at]), nan);
      EXPECT_EQ(std::isnan(cut[at]), std::isnan(a[i]));
      if (nan) continue;
      EXPECT_EQ(low[at], std::fmin(a[i], b[i]));
      EXPECT_EQ(high[at], std::fmax(a[i], b[i]));
      EXPECT_EQ(signed_a[at], std::copysign(a[i], b[i]));
      EXPECT_FLOAT_EQ(mixed[at], a[i] + 0.25F * (b[i] - a[i]));
      EXPECT_EQ(cut[at], std::fmin(std::fmax(a[i], -1.0F), 6.0F));
      EXPECT_FLOAT_EQ(fused[at], a[i] * b[i] + a[i]);
      EXPECT_FLOAT_EQ(leaky[at], a[i] < 0 ? 0.1F * a[i] : a[i]);
      EXPECT_NEAR(exponential[at], a[i] < 0 ? 2 * std::expm1(a[i]) : a[i], 1e-6);
      EXPECT_EQ(moved[at], a[i] + 1);
    }
  }
}

TEST(Elementwise, every_length_in_place_and_on_threads) {
  Rng rng(5);
  ThreadPool one(1), three(3);
  for (const std::string& target : targets_here()) {
    ArrayContext alone = *ArrayContext::create(one, target);
    ArrayContext shared = *ArrayContext::create(three, target);
    for (const int64_t n : {0, 1, 5, 15, 16, 17, 31, 33, 100, 32767, 32769, 100001}) {
      const std::vector<float> x = random_floats(rng, n + 1, -3, 3);
      const std::span<const float> values = std::span(x).subspan(1);
      const Vector wanted = *exp(alone, values);
      Vector in_place = *Vector::from(values);
      ASSERT_TRUE(apply(shared, Unary::exp, in_place, in_place).has_value());
      for (int64_t i = 0; i < n; i++) ASSERT_EQ(wanted[i], in_place[i]) << target << ' ' << n << ' ' << i;
    }
  }
}

TEST(Elementwise, refuses_what_does_not_fit) {
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  std::vector<float> x(8), y(7);
  EXPECT_EQ(add(on, x, y).error().code(), Code::usage);
  EXPECT_FALSE(apply(on, Unary::exp, std::span(x).first(7), std::span(x).subspan(1)).has_value());
  EXPECT_FALSE(clamp(on, x, 2, 1).has_value());
  EXPECT_FALSE(clamp(on, x, kNan, 1).has_value());
}

}  // namespace
}  // namespace sov::compute
