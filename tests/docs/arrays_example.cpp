// The example of docs/arrays.md: principal components of a small table, by the covariance's eigenvectors.
#include <cstdio>

#include "compute/eigen.h"
#include "compute/elementwise.h"
#include "compute/matrix.h"
#include "compute/statistics.h"

using namespace sov;
using namespace sov::compute;

Result<void> run() {
  ThreadPool pool(2);
  TRY(ArrayContext on, ArrayContext::create(pool));

  // Six observations of three quantities, one a row.
  const float table[] = {2.5F, 2.4F, 0.5F, 0.5F, 0.7F, 1.9F, 2.2F, 2.9F, 0.4F,
                         1.9F, 2.2F, 0.8F, 3.1F, 3.0F, 0.1F, 2.3F, 2.7F, 0.6F};
  TRY(Matrix x, Matrix::from(6, 3, table));

  // Each column less its mean. A column is a view: nothing is copied until it is transposed.
  TRY(Matrix columns, transpose(on, x));
  for (int64_t c = 0; c < columns.rows(); c++) {
    TRY(const float centre, mean(on, columns.row(c)));
    TRY(apply(on, Scaled::shift, columns.row(c), -centre, columns.row(c)));
  }

  // columns columns' is the covariance times 5; the transposed operand costs nothing either.
  TRY(Matrix covariance, matmul(on, columns, columns.transposed()));
  TRY(apply(on, Scaled::scale, covariance.values(), 1.0F / 5, covariance.values()));
  TRY(SymmetricEigen e, symmetric_eigen(on, covariance));
  for (int64_t i = 0; i < e.values.size(); i++)
    std::printf("variance %.4f\n", static_cast<double>(e.values[i]));

  // Errors are values that say what was wanted.
  const Result<Matrix> wrong = matmul(on, x, x);
  std::printf("%s\n", wrong ? "?" : wrong.error().text().c_str());
  return {};
}

int main() {
  const Result<void> done = run();
  if (!done) std::fprintf(stderr, "%s\n", done.error().text().c_str());
  return done ? 0 : 1;
}
