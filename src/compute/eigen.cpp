#include "compute/eigen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "compute/cpu/array_kernels.h"
#include "compute/elementwise.h"
#include "compute/matrix.h"

namespace sov::compute {
namespace {

constexpr int64_t kRowsOfTask = 64;     // of a product with the matrix; its partial sums are added in order
constexpr int64_t kFewestShared = 192;  // rows from which a step's product is spread
constexpr int kMostSweeps = 60;         // for one eigenvalue; two are usual
// Nothing, beside a largest value between 1 and 2: what is smaller would vanish, or lose its digits, when
// squared.
constexpr double kNothing = 1e-60;

/// One run of rotations of neighbours: (top - 1, top), then (top - 2, top - 1), ...
struct Sweep {
  int64_t top, first, count;
};

/// A symmetric matrix in double on its way to diagonal form.
struct Reduction {
  int64_t n = 0;
  int64_t stride = 0;     // no power of two: rows would fall on the same sets of a cache
  std::vector<double> a;  // [n, stride]; row i ends as the vector of reflection i, i values
  std::vector<double> taus, diagonal, beside;
  std::vector<Rotation> rotations;
  std::vector<Sweep> sweeps;

  double* row(int64_t i) { return a.data() + i * stride; }
};

/// Values times a power of two near the inverse of the largest, so that squares neither overflow nor vanish.
Result<double> load_scaled(MatrixView from, Reduction& r) {
  float most = 0;
  for (int64_t i = 0; i < r.n; i++) {
    for (int64_t j = 0; j <= i; j++) {
      const float value = from.at(i, j);
      if (!std::isfinite(value))
        return fail(Code::usage, "eigenvalues: the matrix has {} at [{}, {}]", value, i, j);
      most = std::max(most, std::abs(value));
    }
  }
  const double scale = most > 0 ? std::ldexp(1.0, -std::ilogb(most)) : 1.0;
  for (int64_t i = 0; i < r.n; i++) {
    for (int64_t j = 0; j <= i; j++) r.row(i)[j] = scale * static_cast<double>(from.at(i, j));
  }
  return scale;
}

/// x becomes the vector of the reflection that leaves its last value alone, that value 1; the value is
/// returned. Other values that are nothing stay: tau is 0 then, and nobody reads them.
double reflector(double* x, int64_t count, double& tau) {
  double rest = 0;
  for (int64_t j = 0; j + 1 < count; j++) rest += x[j] * x[j];
  const double last = x[count - 1];
  tau = 0;
  if (rest <= kNothing * kNothing) return last;
  const double beta = -std::copysign(std::sqrt(last * last + rest), last);
  tau = (beta - last) / beta;
  const double inverse = 1 / (last - beta);
  for (int64_t j = 0; j + 1 < count; j++) x[j] *= inverse;
  x[count - 1] = 1;
  return beta;
}

/// y = A u for the leading `count` rows and columns, after A -= v w' + w v' (v null: nothing is due).
void update_and_multiply(ArrayContext& on, Reduction& r, int64_t count, const double* v, const double* w,
                         const double* u, std::vector<double>& partial, double* y) {
  const EigenKernels& kernels = on.kernels().eigen;
  const int64_t tasks = count >= kFewestShared ? (count + kRowsOfTask - 1) / kRowsOfTask : 1;
  const int64_t step = tasks == 1 ? count : kRowsOfTask;
  on.pool().run(tasks, [&](int64_t task) {
    const int64_t first = task * step;
    kernels.update_multiply(r.a.data(), r.stride, first, std::min(count, first + step), v, w, u,
                            partial.data() + task * r.n);
  });
  std::copy_n(partial.data(), std::min(count, step), y);
  for (int64_t task = 1; task < tasks; task++) {
    const double* from = partial.data() + task * r.n;
    const int64_t first = task * step, last = std::min(count, first + step);
    for (int64_t j = 0; j < first; j++) y[j] += from[j];
    for (int64_t j = first; j < last; j++) y[j] = from[j];
  }
}

/// To tridiagonal form, from the last row up.
void tridiagonalise(ArrayContext& on, Reduction& r) {
  const auto size = static_cast<size_t>(r.n);
  std::vector<double> v(size), w(size), y(size), partial(size * (size / kRowsOfTask + 1));
  bool due = false;
  for (int64_t i = r.n - 1; i > 0; i--) {
    double* row = r.row(i);
    if (due) {
      const auto at = static_cast<size_t>(i);
      for (size_t j = 0; j <= at; j++) row[j] -= v[at] * w[j] + w[at] * v[j];
    }
    r.diagonal[static_cast<size_t>(i)] = row[i];
    double& tau = r.taus[static_cast<size_t>(i)];
    r.beside[static_cast<size_t>(i)] = reflector(row, i, tau);
    update_and_multiply(on, r, i, due ? v.data() : nullptr, w.data(), row, partial, y.data());
    due = tau != 0;
    if (!due) continue;
    double inner = 0;
    for (int64_t j = 0; j < i; j++) inner += y[static_cast<size_t>(j)] * row[j];
    const double shift = tau * tau * inner / 2;
    for (int64_t j = 0; j < i; j++) {
      const auto at = static_cast<size_t>(j);
      v[at] = row[j];
      w[at] = tau * y[at] - shift * row[j];
    }
  }
  if (due) r.row(0)[0] -= 2 * v[0] * w[0];
  r.diagonal[0] = r.n > 0 ? r.row(0)[0] : 0;
}

/// One sweep of the implicit QL iteration over [low, high]; says whether it ran through.
bool ql_sweep(Reduction& r, int64_t low, int64_t high) {
  double* const d = r.diagonal.data();
  double* const e = r.beside.data() + 1;  // e[i] couples i and i + 1
  double g = (d[low + 1] - d[low]) / (2 * e[low]);
  double size = std::sqrt(g * g + 1);
  g = d[high] - d[low] + e[low] / (g + std::copysign(size, g));
  double s = 1, c = 1, p = 0;
  const auto first = static_cast<int64_t>(r.rotations.size());
  for (int64_t i = high - 1; i >= low; i--) {
    const double f = s * e[i], b = c * e[i];
    size = std::sqrt(f * f + g * g);
    e[i + 1] = size;
    if (size == 0) {  // the block has split
      d[i + 1] -= p;
      e[high] = 0;
      r.sweeps.push_back({high, first, high - 1 - i});
      return false;
    }
    const double inverse = 1 / size;
    s = f * inverse;
    c = g * inverse;
    g = d[i + 1] - p;
    const double turned = (d[i] - g) * s + 2 * c * b;
    p = s * turned;
    d[i + 1] = g + p;
    g = c * turned - b;
    r.rotations.push_back({c, s});
  }
  r.sweeps.push_back({high, first, high - low});
  d[low] -= p;
  e[low] = g;
  e[high] = 0;
  return true;
}

Result<void> diagonalise(Reduction& r) {
  constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
  double* const d = r.diagonal.data();
  double* const e = r.beside.data() + 1;
  for (int64_t low = 0; low < r.n; low++) {
    for (int sweeps = 0;; sweeps++) {
      int64_t high = low;
      while (high < r.n - 1 &&
             std::abs(e[high]) > std::max(kNothing, kEpsilon * (std::abs(d[high]) + std::abs(d[high + 1]))))
        high++;
      if (high == low) break;
      if (sweeps == kMostSweeps) {
        return fail(Code::inference, "eigenvalues: value {} of {} did not settle in {} sweeps", low, r.n,
                    kMostSweeps);
      }
      ql_sweep(r, low, high);
    }
  }
  return {};
}

/// Reflections and rotations on some columns of the unit matrix, whose rows end as those columns' parts of
/// the vectors.
void vectors_of(ArrayContext& on, Reduction& r, const std::vector<int64_t>& places, MutableMatrixView out) {
  const EigenKernels& kernels = on.kernels().eigen;
  const int64_t width = kernels.width;
  const auto reflection = [&](int64_t i) { return Reflection{r.row(i), r.taus[static_cast<size_t>(i)]}; };
  std::vector<double> inner(static_cast<size_t>(r.n));
  for (int64_t i = r.n - 1; i > 1; i -= 2) {
    inner[static_cast<size_t>(i)] = std::inner_product(r.row(i), r.row(i) + i - 1, r.row(i - 1), 0.0);
  }
  on.pool().run((r.n + width - 1) / width, [&](int64_t task) {
    std::vector<double> columns(static_cast<size_t>(r.n * width));
    const int64_t first = task * width, count = std::min(width, r.n - first);
    for (int64_t j = 0; j < count; j++) columns[static_cast<size_t>((first + j) * width + j)] = 1;
    // By twos; the last, of one value, is none.
    for (int64_t i = r.n - 1; i > 1; i -= 2) {
      kernels.reflect(columns.data(), i, reflection(i), reflection(i - 1), inner[static_cast<size_t>(i)]);
    }
    for (const Sweep& sweep : r.sweeps) {
      kernels.rotate(columns.data() + sweep.top * width, r.rotations.data() + sweep.first, sweep.count);
    }
    for (int64_t j = 0; j < count; j++) {
      float* const to = out.data + (first + j) * out.row_stride;
      for (int64_t i = 0; i < r.n; i++) {
        to[places[static_cast<size_t>(i)]] = static_cast<float>(columns[static_cast<size_t>(i * width + j)]);
      }
    }
  });
}

}  // namespace

Result<SymmetricEigen> symmetric_eigen(ArrayContext& on, MatrixView a, EigenOrder order) {
  if (a.rows != a.cols)
    return fail(Code::usage, "eigenvalues: wanted a square matrix, got [{}, {}]", a.rows, a.cols);
  SymmetricEigen out;
  TRY(out.values, Vector::create(a.rows));
  TRY(out.vectors, Matrix::create(a.rows, a.rows));
  Reduction r;
  r.n = a.rows;
  const auto size = static_cast<size_t>(r.n);
  r.stride = r.n + 8 - r.n % 8 + (r.n % 64 < 8 ? 8 : 0);
  r.a.resize(size * static_cast<size_t>(r.stride));
  r.rotations.reserve(size * size);  // rather more than are usual
  r.taus.resize(size + 1);
  r.diagonal.resize(size + 1);
  r.beside.resize(size + 1);
  TRY(const double scale, load_scaled(a, r));
  tridiagonalise(on, r);
  TRY(diagonalise(r));

  std::vector<int64_t> ranks(size), places(size);
  std::iota(ranks.begin(), ranks.end(), 0);
  std::ranges::stable_sort(ranks, [&](int64_t x, int64_t y) {
    const double dx = r.diagonal[static_cast<size_t>(x)], dy = r.diagonal[static_cast<size_t>(y)];
    return order == EigenOrder::descending ? dx > dy : dx < dy;
  });
  for (size_t i = 0; i < size; i++) {
    places[static_cast<size_t>(ranks[i])] = static_cast<int64_t>(i);
    out.values[static_cast<int64_t>(i)] =
        static_cast<float>(r.diagonal[static_cast<size_t>(ranks[i])] / scale);
  }
  vectors_of(on, r, places, out.vectors);
  return out;
}

Result<Matrix> SymmetricEigen::reconstruct(ArrayContext& on) const {
  TRY(Matrix scaled, Matrix::create(vectors.rows(), vectors.cols()));
  for (int64_t i = 0; i < vectors.rows(); i++) {
    TRY(apply(on, Binary::mul, vectors.row(i), values, scaled.row(i)));
  }
  return matmul(on, scaled, vectors.transposed());
}

}  // namespace sov::compute
