#pragma once
// Eigenvalues and eigenvectors of symmetric matrices.

#include "compute/array.h"

namespace sov::compute {

struct SymmetricEigen {
  Vector values;
  Matrix vectors;  // column j belongs to value j; the columns are orthonormal

  /// vectors diag(values) vectors'.
  Result<Matrix> reconstruct(ArrayContext& on) const;
};

enum class EigenOrder { descending, ascending };

/// Shapes: a [n, n], of which the diagonal and what is below it are read.
/// Errors: usage when a is not square or holds a value that is not finite; inference when the iteration does
/// not end. Numerics: computed in double and rounded to f32 once: residuals and orthogonality of some 1e-8
/// (relative). The sign of a vector is arbitrary but always the same. Threads: spread by shape; the bits do
/// not depend on them. Source: Householder's reduction and the implicit QL iteration, as in Golub and Van
/// Loan, "Matrix Computations" (4th edition), sections 8.3.1 and 8.3.3; Dubrulle, Martin and Wilkinson, "The
/// implicit QL algorithm" (Numer. Math. 12, 1968). Deviations: a step's update of the matrix waits for the
/// next step's product and shares its pass through memory; rotations are recorded, and then applied, after
/// the reflections, to a few columns at a time that stay in a near cache.
Result<SymmetricEigen> symmetric_eigen(ArrayContext& on, MatrixView a,
                                       EigenOrder order = EigenOrder::descending);

}  // namespace sov::compute
