// Matrix products against sums in double, on every tier that runs here: ragged sizes, every path, strides and
// transposes, threads; and bitwise against themselves.
#include "compute/matrix.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

#include "compute/array_for_tests.h"

namespace sov::compute {
namespace {

enum class Order { rows, cols, spread };

/// A matrix in memory of its own, with gaps between its rows, in one of three orders.
struct Placed {
  std::vector<float> memory;
  MutableMatrixView view;

  Placed(Rng& rng, int64_t rows, int64_t cols, Order order) {
    const int64_t gap = 3;
    const int64_t step = order == Order::spread ? 2 : 1;
    const int64_t inner = order == Order::cols ? rows : cols;
    const int64_t outer = order == Order::cols ? cols : rows;
    memory = random_floats(rng, (inner * step + gap) * outer + 1);
    const int64_t stride = inner * step + gap;
    // One float in: no alignment beyond a float's.
    view = order == Order::cols ? MutableMatrixView{memory.data() + 1, rows, cols, 1, stride}
                                : MutableMatrixView{memory.data() + 1, rows, cols, stride, step};
  }
};

/// |got - wanted| <= bound * sum of |a b|, for every output.
void expect_product(MatrixView a, MatrixView b, MatrixView c, const std::string& what) {
  for (int64_t i = 0; i < c.rows; i++) {
    for (int64_t j = 0; j < c.cols; j++) {
      double sum = 0, size = 0;
      for (int64_t k = 0; k < a.cols; k++) {
        const double product = static_cast<double>(a.at(i, k)) * static_cast<double>(b.at(k, j));
        sum += product;
        size += std::abs(product);
      }
      // A chain of at most 256 roundings, and one for each chain: far below this in practice.
      ASSERT_NEAR(c.at(i, j), sum, 1e-6 * size + 1e-30) << what << " at " << i << ", " << j;
    }
  }
}

void expect_same_bits(MatrixView a, MatrixView b, const std::string& what) {
  for (int64_t i = 0; i < a.rows; i++) {
    for (int64_t j = 0; j < a.cols; j++) {
      const float x = a.at(i, j), y = b.at(i, j);
      ASSERT_EQ(std::memcmp(&x, &y, sizeof x), 0)
          << what << " at " << i << ", " << j << ": " << x << " " << y;
    }
  }
}

struct Shape {
  int64_t m, n, k;
};
constexpr Shape kShapes[] = {{1, 1, 1},     {1, 1, 700},   {1, 37, 33},     {37, 1, 33},    {1, 600, 300},
                             {600, 1, 300}, {2, 5, 3},     {6, 16, 4},      {7, 17, 9},     {12, 530, 40},
                             {13, 530, 40}, {530, 12, 40}, {5, 7, 1000},    {48, 32, 8},    {61, 67, 300},
                             {100, 100, 7}, {193, 33, 17}, {200, 300, 513}, {20, 24, 2000}, {3, 300, 1500},
                             {31, 4100, 5}, {4100, 31, 5}};

TEST(Matmul, agrees_with_double_on_every_tier) {
  Rng rng(1);
  ThreadPool pool(2);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const Shape& s : kShapes) {
      for (const Order order_a : {Order::rows, Order::cols, Order::spread}) {
        for (const Order order_b : {Order::rows, Order::cols, Order::spread}) {
          const Placed a(rng, s.m, s.k, order_a), b(rng, s.k, s.n, order_b);
          Placed c(rng, s.m, s.n,
                   static_cast<Order>((static_cast<int>(order_a) + static_cast<int>(order_b)) % 3));
          ASSERT_TRUE(multiply(on, a.view, b.view, c.view).has_value());
          expect_product(a.view, b.view, c.view,
                         strf("{} {}x{}x{} orders {} {}", target, s.m, s.n, s.k, static_cast<int>(order_a),
                              static_cast<int>(order_b)));
        }
      }
    }
  }
}

TEST(Matmul, bits_are_those_of_the_shape) {
  Rng rng(2);
  ThreadPool one(1), three(3);
  for (const std::string& target : targets_here()) {
    ArrayContext alone = *ArrayContext::create(one, target);
    ArrayContext shared = *ArrayContext::create(three, target);
    for (const Shape& s : kShapes) {
      const Placed a(rng, s.m, s.k, Order::rows), b(rng, s.k, s.n, Order::rows);
      Placed c(rng, s.m, s.n, Order::rows), d(rng, s.m, s.n, Order::spread);
      ASSERT_TRUE(multiply(alone, a.view, b.view, c.view).has_value());
      ASSERT_TRUE(multiply(shared, a.view, b.view, d.view).has_value());
      expect_same_bits(c.view, d.view, strf("{} {}x{}x{}", target, s.m, s.n, s.k));
    }
  }
}

TEST(Matmul, rows_and_columns_do_not_depend_on_their_neighbours) {
  Rng rng(3);
  ThreadPool pool(1);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    const Placed a(rng, 61, 600, Order::rows), b(rng, 600, 83, Order::rows);
    Placed whole(rng, 61, 83, Order::rows);
    ASSERT_TRUE(multiply(on, a.view, b.view, whole.view).has_value());
    for (const Shape& s :
         {Shape{2, 83, 0}, Shape{7, 83, 0}, Shape{23, 40, 0}, Shape{61, 3, 0}, Shape{5, 5, 0}}) {
      Placed part(rng, s.m, s.n, Order::rows);
      const MatrixView rows = MatrixView(a.view).block(61 - s.m, 0, s.m, 600);
      const MatrixView cols = MatrixView(b.view).block(0, 83 - s.n, 600, s.n);
      ASSERT_TRUE(multiply(on, rows, cols, part.view).has_value());
      expect_same_bits(part.view, MatrixView(whole.view).block(61 - s.m, 83 - s.n, s.m, s.n),
                       strf("{} last {} rows, {} columns", target, s.m, s.n));
    }
  }
}

TEST(Matmul, adds_to_what_is_there) {
  Rng rng(4);
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  for (const Shape& s : {Shape{1, 40, 20}, Shape{40, 1, 20}, Shape{3, 40, 300}, Shape{40, 50, 300}}) {
    const Placed a(rng, s.m, s.k, Order::rows), b(rng, s.k, s.n, Order::rows);
    Placed c(rng, s.m, s.n, Order::rows);
    const Placed before = c;
    MutableMatrixView product = c.view;
    ASSERT_TRUE(multiply(on, a.view, b.view, product, Into::add).has_value());
    for (int64_t i = 0; i < s.m; i++) {
      for (int64_t j = 0; j < s.n; j++) {
        double wanted = before.memory[static_cast<size_t>(1 + i * c.view.row_stride + j)];
        for (int64_t k = 0; k < s.k; k++) {
          wanted += static_cast<double>(MatrixView(a.view).at(i, k)) *
                    static_cast<double>(MatrixView(b.view).at(k, j));
        }
        ASSERT_NEAR(MatrixView(c.view).at(i, j), wanted, 1e-4);
      }
    }
  }
}

TEST(Matmul, writes_nothing_beside_the_result) {
  Rng rng(5);
  ThreadPool pool(2);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const Shape& s : {Shape{7, 19, 30}, Shape{61, 67, 300}, Shape{1, 19, 30}, Shape{19, 1, 30}}) {
      const Placed a(rng, s.m, s.k, Order::rows), b(rng, s.k, s.n, Order::rows);
      Placed c(rng, s.m, s.n, Order::rows);
      const std::vector<float> before = c.memory;
      ASSERT_TRUE(multiply(on, a.view, b.view, c.view).has_value());
      for (size_t i = 0; i < before.size(); i++) {
        const auto at = static_cast<int64_t>(i) - 1;
        const bool inside = at >= 0 && at % c.view.row_stride < s.n;
        if (!inside) {
          ASSERT_EQ(c.memory[i], before[i]) << target << " at " << i;
        }
      }
    }
  }
}

TEST(Matmul, empty_and_special_values) {
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  const Matrix none = *matmul(on, *Matrix::create(3, 0), *Matrix::create(0, 2));
  for (const float value : none.values()) EXPECT_EQ(value, 0);
  EXPECT_EQ(matmul(on, *Matrix::create(0, 4), *Matrix::create(4, 2))->rows(), 0);

  Matrix a = *Matrix::zeros(20, 20);
  const Matrix b = *Matrix::identity(20);
  a.at(3, 5) = std::numeric_limits<float>::quiet_NaN();
  const Matrix c = *matmul(on, a, b);
  for (int64_t i = 0; i < 20; i++) {
    for (int64_t j = 0; j < 20; j++) EXPECT_EQ(std::isnan(c.at(i, j)), i == 3) << "a NaN reaches its row";
  }
}

TEST(Matmul, refuses_what_does_not_fit) {
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  const auto shapes = matmul(on, *Matrix::zeros(2, 3), *Matrix::zeros(4, 5));
  ASSERT_FALSE(shapes.has_value());
  EXPECT_EQ(shapes.error().code(), Code::usage);
  EXPECT_NE(shapes.error().message().find("[2, 3] x [4, 5]"), std::string::npos) << shapes.error().message();
  Matrix a = *Matrix::zeros(4, 4);
  EXPECT_FALSE(multiply(on, a, a, a).has_value());
  EXPECT_FALSE(Matrix::create(-1, 2).has_value());
  EXPECT_FALSE(Matrix::create(int64_t{1} << 40, int64_t{1} << 40).has_value());
  EXPECT_FALSE(ArrayContext::create(pool, "mmx").has_value());
}

}  // namespace
}  // namespace sov::compute
