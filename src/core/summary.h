#pragma once
// Figures that describe a sample of measurements.

#include <cstddef>
#include <span>

namespace sov {

struct Summary {
  size_t count = 0;
  double mean = 0, median = 0, lowest = 0, highest = 0;
  double std_dev = 0;  // of the sample (n - 1); 0 for fewer than two
  /// Half the width of the 95 % confidence interval of the mean, by Student's t; 0 for fewer than two.
  double margin = 0;
};

/// All zeros for an empty sample.
Summary summarise(std::span<const double> sample);

/// The p-th percentile, 0 <= p <= 100, between neighbours by proportion (Hyndman and Fan's type 7, as NumPy's
/// default). Requires (CHECKed): a sample that is not empty.
double percentile(std::span<const double> sample, double p);

/// t with 2.5 % of Student's distribution above it. Requires (CHECKed): degrees >= 1.
/// Source: tables of the distribution for up to 10 degrees, beyond Abramowitz and Stegun, 26.7.5.
double student_t_975(size_t degrees);

}  // namespace sov
