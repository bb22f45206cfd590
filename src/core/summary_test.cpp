#include "core/summary.h"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace sov {
namespace {

// Figures of NumPy and SciPy: mean, std(ddof=1), percentile, stats.t.ppf(0.975, n).
TEST(Summary, AgreesWithNumPy) {
  const std::vector<double> sample = {3.5, 1.25, 8, 2, 2, 9.75, 4};
  const Summary s = summarise(sample);
  EXPECT_EQ(s.count, 7U);
  EXPECT_NEAR(s.mean, 4.357142857142857, 1e-12);
  EXPECT_NEAR(s.std_dev, 3.265530657671196, 1e-12);
  EXPECT_EQ(s.median, 3.5);
  EXPECT_EQ(s.lowest, 1.25);
  EXPECT_EQ(s.highest, 9.75);
  EXPECT_NEAR(s.margin, 2.44691185114497 * s.std_dev / std::sqrt(7.0), 1e-12);
  EXPECT_NEAR(percentile(sample, 90), 8.7, 1e-12);
  EXPECT_EQ(percentile(sample, 0), 1.25);
  EXPECT_EQ(percentile(sample, 100), 9.75);
}

TEST(Summary, OfOneAndOfNone) {
  const std::vector<double> one = {2};
  EXPECT_EQ(summarise(one).mean, 2);
  EXPECT_EQ(summarise(one).margin, 0);
  EXPECT_EQ(percentile(one, 99), 2);
  EXPECT_EQ(summarise({}).count, 0U);
}

TEST(Summary, StudentsT) {
  EXPECT_NEAR(student_t_975(1), 12.7062047361747, 1e-12);
  EXPECT_NEAR(student_t_975(11), 2.200985160082949, 2e-4);
  EXPECT_NEAR(student_t_975(30), 2.0422724563012373, 3e-6);
  EXPECT_NEAR(student_t_975(1000), 1.962339080826408, 1e-9);
}

}  // namespace
}  // namespace sov
