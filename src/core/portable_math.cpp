// Sources: argument reduction by parts of the constant (Cody and Waite, 1980), exact sums and products of
// doubles (Dekker, 1971); the series are Taylor's.
#include "core/portable_math.h"

#include <array>
#include <cmath>
#include <cstdint>

namespace sov {
namespace {

constexpr std::array<double, 20> kInverseFactorials = [] {
  std::array<double, 20> out = {1};
  double factorial = 1;  // exact up to 19!
  for (size_t i = 1; i < out.size(); i++) out[i] = 1 / (factorial *= static_cast<double>(i));
  return out;
}();

/// high + low, with |low| at most half a unit in high's last place.
struct Pair {
  double high, low;
};

Pair exact_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// |a|, |b| < 2^990.
Pair exact_product(double a, double b) {
  const auto halves = [](double v) -> Pair {
    const double shifted = v * 0x1.0000002p27;
    const double high = shifted - (shifted - v);
    return {high, v - high};
  };
  const Pair x = halves(a), y = halves(b);
  const double product = a * b;
  const double low = x.low * y.low - (((product - x.high * y.high) - x.low * y.high) - x.high * y.low);
  return {product, low};
}

constexpr double kLn2High = 0x1.62e42feep-1, kLn2Low = 0x1.a39ef35793c76p-33;  // the first has 32 bits

/// ln(x), about 60 bits: x = m 2^e, ln(m) = 2 atanh(s) with s = (m - 1) / (m + 1).
Pair log_pair(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0x1.6a09e667f3bcdp-1) {  // sqrt(1/2)
    m *= 2;
    exponent--;
  }
  const double top = m - 1;
  const Pair bottom = exact_sum(m, 1);
  const double s = top / bottom.high;
  const Pair back = exact_product(s, bottom.high);
  const double s_low = ((top - back.high) - back.low - s * bottom.low) / bottom.high;
  const double square = s * s;
  double tail = 0;  // 1/3 s^2 + 1/5 s^4 + ...
  for (int n = 41; n >= 3; n -= 2) tail = (tail + 1.0 / n) * square;
  const double e = exponent;
  const Pair sum = exact_sum(e * kLn2High, 2 * s);
  const double low = sum.low + (2 * s * tail + (2 * s_low + e * kLn2Low));
  return exact_sum(sum.high, low);
}

/// e to the power of both parts' sum.
double exp_pair(Pair x) {
  const double n = std::floor(x.high / (kLn2High + kLn2Low) + 0.5);
  const Pair near = exact_sum(x.high - n * kLn2High, -n * kLn2Low);
  const Pair reduced = exact_sum(near.high, near.low + x.low);
  const double r = reduced.high, r_low = reduced.low;
  double series = 0;  // r^2/2 + r^3/6 + ...
  for (size_t i = 15; i >= 2; i--) series = series * r + kInverseFactorials[i];
  series *= r * r;
  return std::ldexp(1 + (r + (series + (r_low + r_low * r))), static_cast<int>(n));
}

}  // namespace

double portable_log(double x) {
  const Pair log = log_pair(x);
  return log.high + log.low;
}

double portable_exp(double x) { return exp_pair({x, 0}); }

double portable_pow(double base, double exponent) {
  const Pair log = log_pair(base);
  Pair product = exact_product(log.high, exponent);
  product.low += log.low * exponent;
  return exp_pair(product);
}

SinCos portable_sincos(double x) {
  if (!(std::abs(x) <= 0x1p30)) return {NAN, NAN};
  // pi / 2 in three parts of 23 bits, whose products with 30 bits are exact, and the rest.
  constexpr double kParts[] = {0x1.921fb4p0, 0x1.4442dp-24, 0x1.846988p-48, 0x1.8cc51701b839ap-72};
  const double n = std::floor(x * 0x1.45f306dc9c883p-1 + 0.5);
  double high = x - n * kParts[0];
  double low = 0;
  for (int i = 1; i < 3; i++) {
    const Pair next = exact_sum(high, -n * kParts[i]);
    high = next.high;
    low += next.low;
  }
  const Pair reduced = exact_sum(high, low - n * kParts[3]);
  const double r = reduced.high, square = r * r;
  double sine = 0, cosine = 0;  // r^2 and up of sin(r)/r and of cos(r), below their first terms
  for (size_t i = 19; i >= 3; i -= 2) sine = (kInverseFactorials[i] - sine) * square;
  for (size_t i = 18; i >= 4; i -= 2) cosine = (kInverseFactorials[i] - cosine) * square;
  const double half = 0.5 * square, first = 1 - half;
  const double s = r - (r * sine - reduced.low * first);
  const double c = first + (((1 - first) - half) + (square * cosine - r * reduced.low));
  switch (static_cast<int64_t>(n) & 3) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

}  // namespace sov
