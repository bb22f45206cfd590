// Array functions against NumPy and mpmath (tools/golden/arrays.py), on every tier; what they refuse, and
// NaN.
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

#include "compute/array_for_tests.h"
#include "compute/convolution.h"
#include "compute/eigen.h"
#include "compute/elementwise.h"
#include "compute/matrix.h"
#include "compute/normalize.h"
#include "compute/statistics.h"
#include "core/fs.h"
#include "core/json.h"

namespace sov::compute {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// The formula of tools/golden/arrays.py.
std::vector<float> series(int64_t count, int64_t step, int64_t offset = 0, float factor = 1) {
  std::vector<float> out;
  for (int64_t i = 0; i < count; i++) {
    out.push_back(factor * static_cast<float>(static_cast<double>((i * step + offset) % 1009) / 504.5 - 1));
  }
  return out;
}

Json golden(std::string_view name) {
  return *parse_json(*read_text(strf("tests/golden/arrays/{}.json", name)));
}

void expect_near(std::span<const float> got, const Json& wanted, double bound, const std::string& what) {
  ASSERT_EQ(got.size(), wanted.items().size()) << what;
  for (size_t i = 0; i < got.size(); i++)
    ASSERT_NEAR(got[i], wanted.items()[i].number(), bound) << what << ' ' << i;
}

TEST(ArrayGolden, statistics_of_numpy) {
  ThreadPool pool(2);
  const Json cases = golden("numpy");
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const Json& c : cases.find("statistics")->items()) {
      const auto wanted = [&](std::string_view key) { return c.find(key)->number(); };
      const int64_t count = c.find("count")->integer();
      const std::vector<float> x = series(count, 7919), y = series(count, 104729, 13);
      const double sizes = wanted("norm_l1"), unit = 1e-7;
      EXPECT_NEAR(*sum(on, x), wanted("sum"), unit * sizes);
      EXPECT_NEAR(*sum_kahan(on, x), wanted("sum"), std::abs(wanted("sum")) * 6e-8 + 1e-12 * sizes);
      EXPECT_NEAR(*sum_of_squares(on, x), wanted("sum_of_squares"), 2e-7 * wanted("sum_of_squares"));
      EXPECT_NEAR(*dot(on, x, y), wanted("dot"), unit * sizes);
      EXPECT_EQ(*max(on, x), static_cast<float>(wanted("max")));
      EXPECT_EQ(*min(on, x), static_cast<float>(wanted("min")));
      EXPECT_EQ(*argmax(on, x), c.find("argmax")->integer());
      EXPECT_EQ(*argmin(on, x), c.find("argmin")->integer());
      EXPECT_NEAR(*mean(on, x), wanted("mean"), unit);
      EXPECT_NEAR(*variance(on, x), wanted("variance"), 2e-7 * wanted("variance"));
      EXPECT_NEAR(*variance(on, x, Divisor::all_but_one), wanted("sample_variance"),
                  2e-7 * wanted("sample_variance"));
      EXPECT_NEAR(*stddev(on, x), wanted("stddev"), 2e-7 * wanted("stddev"));
      EXPECT_NEAR(*covariance(on, x, y), wanted("covariance"), unit);
      EXPECT_NEAR(*correlation(on, x, y), wanted("correlation"), 4e-7);
      EXPECT_NEAR(*norm_l1(on, x), sizes, 2e-7 * sizes);
      EXPECT_NEAR(*norm_l2(on, x), wanted("norm_l2"), 2e-7 * wanted("norm_l2"));
      EXPECT_EQ(*norm_linf(on, x), static_cast<float>(wanted("norm_linf")));
    }
  }
}

TEST(ArrayGolden, rows_of_numpy) {
  ThreadPool pool(2);
  const Json cases = golden("numpy");
  const Json& rows = *cases.find("rows");
  const std::vector<float> x = series(3 * 33, 7919, 0, 5);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    std::vector<float> out(x.size());
    ASSERT_TRUE(softmax(on, x, 33, out).has_value());
    expect_near(out, *rows.find("softmax"), 2e-7, target + " softmax");
    ASSERT_TRUE(log_softmax(on, x, 33, out).has_value());
    expect_near(out, *rows.find("log_softmax"), 2e-6, target + " log_softmax");
    ASSERT_TRUE(layer_norm(on, x, {.width = 33}, out).has_value());
    expect_near(out, *rows.find("layer_norm"), 2e-6, target + " layer_norm");
    ASSERT_TRUE(rms_norm(on, x, {.width = 33}, out).has_value());
    expect_near(out, *rows.find("rms_norm"), 1e-6, target + " rms_norm");
    expect_near(*zscore(on, x), *rows.find("zscore"), 1e-6, target + " zscore");
    expect_near(*minmax_normalize(on, x), *rows.find("minmax"), 2e-7, target + " minmax");
    EXPECT_NEAR(*norm_l2(on, *normalize(on, x)), 1, 1e-6);
  }
}

TEST(ArrayGolden, matrices_of_numpy) {
  ThreadPool pool(2);
  const Json cases = golden("numpy");
  const Json& wanted = *cases.find("matrices");
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    const Matrix a = *Matrix::from(7, 19, series(7 * 19, 7919)),
                 b = *Matrix::from(19, 5, series(19 * 5, 104729));
    expect_near(matmul(on, a, b)->values(), *wanted.find("matmul"), 2e-6, target + " matmul");
    const std::vector<float> left = series(2 * 3 * 4 * 5, 7919), right = series(2 * 3 * 5 * 6, 104729);
    std::vector<float> out(2 * 3 * 4 * 6);
    ASSERT_TRUE(batched_matmul(on, StackView::dense(left.data(), 2, 3, 4, 5),
                               StackView::dense(right.data(), 2, 3, 5, 6), out)
                    .has_value());
    expect_near(out, *wanted.find("batched"), 1e-6, target + " batched");
    const Matrix s = *Matrix::from(12, 12, series(12 * 12, 7919));
    expect_near(symmetric_eigen(on, s)->values, *wanted.find("eigenvalues"), 1e-6, target + " eigenvalues");
  }
}

TEST(ArrayGolden, convolutions_by_definition) {
  ThreadPool pool(2);
  const Json cases = golden("numpy");
  const std::vector<float> picture = series(3 * 9 * 11, 7919), filters = series(4 * 3 * 3 * 2, 104729);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const Json& c : cases.find("convolution")->items()) {
      const int64_t stride = c.find("stride")->integer(), pad = c.find("pad")->integer(),
                    gap = c.find("dilation")->integer();
      const Convolution options = {stride, stride, pad, pad, gap, gap};
      const auto layer =
          convolve2d(on, Picture{picture.data(), 3, 9, 11}, Filters{filters.data(), 4, 3, 3, 2}, options);
      ASSERT_TRUE(layer.has_value()) << layer.error().text();
      EXPECT_EQ(layer->rows, c.find("shape")->items()[1].integer());
      EXPECT_EQ(layer->cols, c.find("shape")->items()[2].integer());
      expect_near(layer->values.values(), *c.find("values"), 2e-6, target + " layer");
      const std::vector<float> bias = {1, -2, 3, -4};
      const auto biased = convolve2d(on, Picture{picture.data(), 3, 9, 11},
                                     Filters{filters.data(), 4, 3, 3, 2, bias}, options);
      for (int64_t k = 0; k < 4; k++) {
        for (int64_t i = 0; i < layer->values.cols(); i++) {
          ASSERT_NEAR(biased->values.at(k, i), layer->values.at(k, i) + bias[static_cast<size_t>(k)], 2e-6);
        }
      }
      // The same from pictures of one channel.
      for (int64_t k = 0; k < 4; k++) {
        Vector total = *Vector::zeros(layer->rows * layer->cols);
        for (int64_t channel = 0; channel < 3; channel++) {
          const Matrix one =
              *convolve2d(on, MatrixView{picture.data() + channel * 99, 9, 11, 11, 1},
                          MatrixView{filters.data() + (k * 3 + channel) * 6, 3, 2, 2, 1}, options);
          ASSERT_TRUE(apply(on, Binary::add, total, one.values(), total).has_value());
        }
        for (int64_t i = 0; i < total.size(); i++) ASSERT_NEAR(total[i], layer->values.at(k, i), 2e-6);
      }
    }
  }
}

TEST(ArrayGolden, functions_of_mpmath) {
  const std::pair<const char*, Unary> names[] = {
      {"exp", Unary::exp},     {"log", Unary::log},   {"log2", Unary::log2},   {"log10", Unary::log10},
      {"log1p", Unary::log1p}, {"sin", Unary::sin},   {"cos", Unary::cos},     {"tan", Unary::tan},
      {"asin", Unary::asin},   {"acos", Unary::acos}, {"atan", Unary::atan},   {"sinh", Unary::sinh},
      {"cosh", Unary::cosh},   {"tanh", Unary::tanh}, {"asinh", Unary::asinh}, {"acosh", Unary::acosh},
      {"atanh", Unary::atanh}};
  ThreadPool pool(1);
  const Json cases = golden("functions");
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const auto& [name, function] : names) {
      const Json& c = *cases.find(name);
      std::vector<float> x;
      for (const Json& value : c.find("x")->items()) x.push_back(static_cast<float>(value.number()));
      const Vector got = *apply(on, function, x);
      for (size_t i = 0; i < x.size(); i++) {
        const double wanted = c.find("y")->items()[i].number();
        // Four units in the last place: the bounds by function are in elementwise_test.cpp.
        ASSERT_NEAR(got[static_cast<int64_t>(i)], wanted,
                    4 * std::ldexp(1.0, std::max(std::ilogb(wanted), -126) - 23) + 1e-45)
            << target << ' ' << name << '(' << x[i] << ')';
      }
    }
  }
}

TEST(Statistics, a_nan_wins_and_its_place_is_found) {
  ThreadPool pool(2);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const int64_t count : {1, 5, 17, 64, 65, 8192, 8193, 100000}) {
      for (const int64_t at : {int64_t{0}, count / 2, count - 1}) {
        std::vector<float> x = series(count, 7919);
        x[static_cast<size_t>(at)] = kNan;
        if (at + 3 < count) x[static_cast<size_t>(at + 3)] = kNan;
        EXPECT_TRUE(std::isnan(*max(on, x)));
        EXPECT_TRUE(std::isnan(*min(on, x)));
        EXPECT_TRUE(std::isnan(*sum(on, x)));
        EXPECT_TRUE(std::isnan(*sum_kahan(on, x)));
        EXPECT_TRUE(std::isnan(*variance(on, x)));
        EXPECT_TRUE(std::isnan(*norm_linf(on, x)));
        EXPECT_EQ(*argmax(on, x), at) << target << ' ' << count;
        EXPECT_EQ(*argmin(on, x), at) << target << ' ' << count;
      }
    }
  }
}

TEST(Statistics, first_of_equals_and_every_place) {
  ThreadPool pool(2);
  ArrayContext on = *ArrayContext::create(pool);
  for (const int64_t count : {1, 15, 16, 63, 64, 65, 200, 20000}) {
    for (int64_t at = 0; at < count; at += 1 + count / 50) {
      std::vector<float> x(static_cast<size_t>(count), -2.0F);
      x[static_cast<size_t>(at)] = 3;
      x[static_cast<size_t>(count - 1)] = 3;
      EXPECT_EQ(*argmax(on, x), at);
      for (float& value : x) value = -value;
      EXPECT_EQ(*argmin(on, x), at);
    }
  }
}

TEST(Statistics, bits_do_not_depend_on_threads) {
  ThreadPool one(1), three(3);
  ArrayContext alone = *ArrayContext::create(one), shared = *ArrayContext::create(three);
  const std::vector<float> x = series(300001, 7919), y = series(300001, 104729);
  EXPECT_EQ(*sum(alone, x), *sum(shared, x));
  EXPECT_EQ(*dot(alone, x, y), *dot(shared, x, y));
  EXPECT_EQ(*variance(alone, x), *variance(shared, x));
  EXPECT_EQ(*sum_kahan(alone, x), *sum_kahan(shared, x));
}

TEST(Statistics, refuses_what_is_not_defined) {
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  const std::vector<float> none, one = {1}, two = {1, 1}, other = {1, 2};
  EXPECT_EQ(*sum(on, none), 0);
  EXPECT_EQ(max(on, none).error().code(), Code::usage);
  EXPECT_FALSE(argmin(on, none).has_value());
  EXPECT_FALSE(mean(on, none).has_value());
  EXPECT_FALSE(variance(on, one, Divisor::all_but_one).has_value());
  EXPECT_FALSE(dot(on, one, two).has_value());
  EXPECT_NE(correlation(on, two, other).error().message().find("first"), std::string::npos);
  EXPECT_FALSE(zscore(on, two).has_value());
  EXPECT_FALSE(minmax_normalize(on, two).has_value());
  EXPECT_FALSE(normalize(on, none).has_value());
  std::vector<float> out(2);
  EXPECT_FALSE(softmax(on, two, 3, out).has_value());
  EXPECT_FALSE(layer_norm(on, two, {.width = 2, .weight = one}, out).has_value());
}

TEST(Matrices, vectors_transposes_and_lookups) {
  Rng rng(3);
  ThreadPool pool(2);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const auto& [rows, cols] : {std::pair<int64_t, int64_t>{1, 1}, {3, 70}, {65, 64}, {130, 67}}) {
      const Matrix a = *Matrix::from(rows, cols, random_floats(rng, rows * cols));
      const Matrix t = *transpose(on, a);
      for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < cols; j++) ASSERT_EQ(t.at(j, i), a.at(i, j));
      }
      const std::vector<float> x = random_floats(rng, cols), y = random_floats(rng, rows);
      const Vector right = *matvec(on, a, x), left = *vecmat(on, y, a),
                   again = *matvec(on, a.transposed(), y);
      for (int64_t i = 0; i < rows; i++) EXPECT_NEAR(right[i], *dot(on, a.row(i), x), 1e-5);
      for (int64_t j = 0; j < cols; j++) EXPECT_NEAR(left[j], *dot(on, t.row(j), y), 1e-5);
      for (int64_t j = 0; j < cols; j++) EXPECT_EQ(left[j], again[j]);
      const std::vector<int64_t> indices = {rows - 1, 0, rows / 2};
      const Matrix picked = *embedding_lookup(on, a, indices);
      for (int64_t i = 0; i < 3; i++) {
        for (int64_t j = 0; j < cols; j++)
          ASSERT_EQ(picked.at(i, j), a.at(indices[static_cast<size_t>(i)], j));
      }
    }
    EXPECT_FALSE(embedding_lookup(on, *Matrix::zeros(3, 2), std::vector<int64_t>{3}).has_value());
    EXPECT_FALSE(embedding_lookup(on, *Matrix::zeros(3, 2), std::vector<int64_t>{-1}).has_value());
  }
}

TEST(Matrices, batches_share_an_operand) {
  Rng rng(4);
  ThreadPool pool(2);
  ArrayContext on = *ArrayContext::create(pool);
  const std::vector<float> a = random_floats(rng, 2 * 6 * 5 * 8), b = random_floats(rng, 2 * 7 * 8);
  StackView shared =
      StackView::dense(b.data(), 2, 1, 7, 8).transposed();  // the heads of a group read one matrix
  shared.inner = 6;
  shared.inner_stride = 0;
  std::vector<float> out(2 * 6 * 5 * 7);
  ASSERT_TRUE(batched_matmul(on, StackView::dense(a.data(), 2, 6, 5, 8), shared, out).has_value());
  for (int64_t i = 0; i < 12; i++) {
    const Matrix one = *matmul(on, {a.data() + i * 40, 5, 8, 8, 1}, shared.matrix(i / 6, i % 6));
    for (int64_t j = 0; j < 35; j++) ASSERT_EQ(out[static_cast<size_t>(i * 35 + j)], one.data()[j]);
  }
  EXPECT_FALSE(batched_matmul(on, StackView::dense(a.data(), 2, 6, 5, 8), shared, std::span(out).first(3))
                   .has_value());
}

TEST(Rope, turns_pairs_and_keeps_their_length) {
  ThreadPool pool(2);
  for (const std::string& target : targets_here()) {
    ArrayContext on = *ArrayContext::create(pool, target);
    for (const Rope::Pairs pairs : {Rope::Pairs::adjacent, Rope::Pairs::halves}) {
      const std::vector<float> x = series(3 * 2 * 10, 7919);
      std::vector<float> y = x;
      ASSERT_TRUE(
          rope(on, y, {.heads = 2, .dim = 10, .first_position = 5, .base = 100, .pairs = pairs}).has_value());
      for (int64_t head = 0; head < 6; head++) {
        for (int64_t i = 0; i < 5; i++) {
          const bool halves = pairs == Rope::Pairs::halves;
          const auto first = static_cast<size_t>(head * 10 + (halves ? i : 2 * i));
          const size_t second = first + (halves ? 5 : 1);
          const double angle =
              static_cast<double>(5 + head / 2) * std::pow(100.0, -static_cast<double>(i) / 5);
          EXPECT_NEAR(y[first], x[first] * std::cos(angle) - x[second] * std::sin(angle), 1e-6);
          EXPECT_NEAR(y[second], x[second] * std::cos(angle) + x[first] * std::sin(angle), 1e-6);
        }
      }
    }
    std::vector<float> y(9);
    EXPECT_FALSE(rope(on, y, {.heads = 1, .dim = 9}).has_value());
  }
}

TEST(Convolution, refuses_what_does_not_fit) {
  ThreadPool pool(1);
  ArrayContext on = *ArrayContext::create(pool);
  const Matrix picture = *Matrix::zeros(4, 5), kernel = *Matrix::zeros(5, 2);
  const auto large = convolve2d(on, picture, kernel);
  ASSERT_FALSE(large.has_value());
  EXPECT_NE(large.error().message().find("kernel of 5"), std::string::npos) << large.error().message();
  EXPECT_FALSE(convolve2d(on, picture, *Matrix::zeros(2, 2), {.stride_rows = 0}).has_value());
  EXPECT_FALSE(convolve2d(on, picture, *Matrix::zeros(2, 2), {.pad_cols = -1}).has_value());
  EXPECT_FALSE(convolve2d(on, picture, *Matrix::zeros(0, 2)).has_value());
  EXPECT_TRUE(convolve2d(on, picture, kernel, {.pad_rows = 1}).has_value());
  const std::vector<float> values(100);
  EXPECT_FALSE(
      convolve2d(on, Picture{values.data(), 2, 5, 5}, Filters{values.data(), 1, 1, 2, 2}).has_value());
}

}  // namespace
}  // namespace sov::compute
