// The symmetric eigenproblem: residuals and orthogonality of random, degenerate and graded matrices on every
// tier, and the same bits whatever the threads.
#include "compute/eigen.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>

#include "compute/array_for_tests.h"

namespace sov::compute {
namespace {

Matrix random_symmetric(Rng& rng, int64_t n, double spread) {
  Matrix a = *Matrix::create(n, n);
  for (int64_t i = 0; i < n; i++) {
    for (int64_t j = 0; j <= i; j++) {
      const double scale = std::exp(-spread * static_cast<double>(i + j) / static_cast<double>(n));
      a.at(i, j) = a.at(j, i) = static_cast<float>((rng.uniform() * 2 - 1) * scale);
    }
  }
  return a;
}

/// |A v - lambda v| and |V'V - I| at most `bound`, relative to the largest eigenvalue.
void expect_decomposes(const Matrix& a, const SymmetricEigen& e, double bound, const std::string& what) {
  const int64_t n = a.rows();
  double most = 1e-30;
  for (int64_t i = 0; i < n; i++) most = std::max(most, std::abs(static_cast<double>(e.values[i])));
  for (int64_t j = 0; j < n; j++) {
    for (int64_t i = 0; i < n; i++) {
      double residual = -static_cast<double>(e.values[j]) * static_cast<double>(e.vectors.at(i, j)),
             inner = i == j ? -1 : 0;
      for (int64_t k = 0; k < n; k++) {
        residual += static_cast<double>(a.at(i, k)) * static_cast<double>(e.vectors.at(k, j));
        inner += static_cast<double>(e.vectors.at(k, i)) * static_cast<double>(e.vectors.at(k, j));
      }
      ASSERT_LE(std::abs(residual) / most, bound) << what << ": residual of pair " << j;
      ASSERT_LE(std::abs(inner), bound) << what << ": vectors " << i << " and " << j;
    }
    ASSERT_GE(e.values[std::max<int64_t>(j - 1, 0)], e.values[j]) << what;
  }
}

TEST(SymmetricEigen, decomposes_on_every_tier) {
  Rng rng(11);
  ThreadPool pool(2);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const int64_t n : {1, 2, 3, 7, 31, 32, 33, 64, 100, 200}) {
      for (const double spread : {0.0, 12.0}) {
        const Matrix a = random_symmetric(rng, n, spread);
        // Rounding to f32 alone is 3e-8 of a component, and there are n of them.
        expect_decomposes(a, *symmetric_eigen(on, a), 2e-7, strf("{} {} {}", target, n, spread));
      }
    }
  }
}

TEST(SymmetricEigen, matrices_of_one_number) {
  ThreadPool pool(1);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (int64_t n = 2; n < 80; n++) {
      Matrix ones = *Matrix::create(n, n);
      for (float& value : ones.values()) value = 1;
      const auto e = symmetric_eigen(on, ones);
      ASSERT_TRUE(e.has_value()) << target << " " << n << ": " << e.error().text();
      expect_decomposes(ones, *e, 4e-7, strf("{} {}", target, n));
      EXPECT_NEAR(e->values[0], static_cast<float>(n), 1e-5 * static_cast<double>(n));
    }
  }
}

TEST(SymmetricEigen, degenerate_matrices) {
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  for (const int64_t n : {4, 40}) {
    Matrix ones = *Matrix::create(n, n);
    for (float& value : ones.values()) value = 1;
    const SymmetricEigen e = *symmetric_eigen(on, ones);
    expect_decomposes(ones, e, 2e-7, "ones");
    EXPECT_NEAR(e.values[0], static_cast<float>(n), 1e-4);
    expect_decomposes(*Matrix::identity(n), *symmetric_eigen(on, *Matrix::identity(n)), 2e-7, "identity");
    expect_decomposes(*Matrix::zeros(n, n), *symmetric_eigen(on, *Matrix::zeros(n, n)), 2e-7, "zeros");
    Matrix tiny = *Matrix::identity(n), huge = *Matrix::identity(n);
    for (float& value : tiny.values()) value *= 1e-38F;
    for (float& value : huge.values()) value *= 1e38F;
    EXPECT_FLOAT_EQ(symmetric_eigen(on, tiny)->values[0], 1e-38F);
    EXPECT_FLOAT_EQ(symmetric_eigen(on, huge)->values[0], 1e38F);
  }
  EXPECT_EQ(symmetric_eigen(on, *Matrix::zeros(0, 0))->values.size(), 0);
}

TEST(SymmetricEigen, orders_reads_the_lower_triangle_and_reconstructs) {
  Rng rng(12);
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  const Matrix a = random_symmetric(rng, 50, 0);
  Matrix lower = *Matrix::from(a);
  for (int64_t i = 0; i < 50; i++) {
    for (int64_t j = i + 1; j < 50; j++) lower.at(i, j) = std::numeric_limits<float>::quiet_NaN();
  }
  const SymmetricEigen down = *symmetric_eigen(on, a),
                       up = *symmetric_eigen(on, lower, EigenOrder::ascending);
  for (int64_t i = 0; i < 50; i++) EXPECT_EQ(down.values[i], up.values[49 - i]);
  const Matrix again = *down.reconstruct(on);
  for (int64_t i = 0; i < 50; i++) {
    for (int64_t j = 0; j < 50; j++) EXPECT_NEAR(again.at(i, j), a.at(i, j), 2e-5);
  }
}

TEST(SymmetricEigen, bits_do_not_depend_on_threads) {
  Rng rng(13);
  ThreadPool one(1), three(3);
  ArrayContext alone = *ArrayContext::create(one), shared = *ArrayContext::create(three);
  const Matrix a = random_symmetric(rng, 230, 0);
  const SymmetricEigen x = *symmetric_eigen(alone, a), y = *symmetric_eigen(shared, a);
  for (int64_t i = 0; i < 230; i++) ASSERT_EQ(x.values[i], y.values[i]);
  for (int64_t i = 0; i < 230 * 230; i++) ASSERT_EQ(x.vectors.data()[i], y.vectors.data()[i]);
}

TEST(SymmetricEigen, refuses_what_has_none) {
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  EXPECT_EQ(symmetric_eigen(on, *Matrix::zeros(2, 3)).error().code(), Code::usage);
  Matrix a = *Matrix::identity(3);
  a.at(2, 1) = std::numeric_limits<float>::infinity();
  const auto result = symmetric_eigen(on, a);
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().message().find("[2, 1]"), std::string::npos);
}

}  // namespace
}  // namespace sov::compute
