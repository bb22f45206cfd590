#include "core/summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/check.h"

namespace sov {

Summary summarise(std::span<const double> sample) {
  Summary out;
  out.count = sample.size();
  if (sample.empty()) return out;
  const auto n = static_cast<double>(sample.size());
  out.mean = std::accumulate(sample.begin(), sample.end(), 0.0) / n;
  out.median = percentile(sample, 50);
  const auto [lowest, highest] = std::minmax_element(sample.begin(), sample.end());
  out.lowest = *lowest;
  out.highest = *highest;
  if (sample.size() < 2) return out;
  double squares = 0;
  for (const double value : sample) squares += (value - out.mean) * (value - out.mean);
  out.std_dev = std::sqrt(squares / (n - 1));
  out.margin = student_t_975(sample.size() - 1) * out.std_dev / std::sqrt(n);
  return out;
}

double percentile(std::span<const double> sample, double p) {
  CHECK(!sample.empty() && p >= 0 && p <= 100);
  std::vector<double> sorted(sample.begin(), sample.end());
  std::ranges::sort(sorted);
  const double at = p / 100 * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(at);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double student_t_975(size_t degrees) {
  constexpr std::array kTable{12.7062047361747,  4.302652729749464, 3.18244630528371,  2.776445105197794,
                              2.570581835636316, 2.44691185114497,  2.364624251592785, 2.306004135204167,
                              2.262157162798206, 2.228138851986275};
  CHECK(degrees >= 1);
  if (degrees <= kTable.size()) return kTable[degrees - 1];
  const double z = 1.959963984540054, n = static_cast<double>(degrees);
  const double z2 = z * z;
  const double first = z * (z2 + 1) / 4;
  const double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
  const double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  return z + (first + (second + third / n) / n) / n;
}

}  // namespace sov
