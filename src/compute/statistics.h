#pragma once
// Sums, extremes and moments of arrays.
//
// Numerics: blocks of 8192 values are summed in f32 by 64 chains and a tree, the blocks in double in their
// order: an error of some units in the last place of the sum of sizes, and the same bits whatever the
// threads. Moments take the mean first, in double. Extremes are exact. NaN: every function gives NaN when a
// value is one; argmax and argmin give the first NaN's place, as NumPy does. Errors: usage for no values
// where the result would not be defined, and where two arrays differ in size.

#include "compute/array.h"

namespace sov::compute {

using Values = std::span<const float>;

Result<float> sum(ArrayContext& on, Values x);
/// With what each addition loses kept and added at the end: right to the last place but for sums that cancel.
Result<float> sum_kahan(ArrayContext& on, Values x);
Result<float> sum_of_squares(ArrayContext& on, Values x);
Result<float> dot(ArrayContext& on, Values x, Values y);

Result<float> max(ArrayContext& on, Values x);
Result<float> min(ArrayContext& on, Values x);
/// The first place of the largest value.
Result<int64_t> argmax(ArrayContext& on, Values x);
Result<int64_t> argmin(ArrayContext& on, Values x);

/// What a sum of squares is divided by: the number of values, or one less.
enum class Divisor { all, all_but_one };
Result<float> mean(ArrayContext& on, Values x);
Result<float> variance(ArrayContext& on, Values x, Divisor divisor = Divisor::all);
Result<float> stddev(ArrayContext& on, Values x, Divisor divisor = Divisor::all);
Result<float> covariance(ArrayContext& on, Values x, Values y, Divisor divisor = Divisor::all);
/// Pearson's, in [-1, 1]. Errors: also usage when either array has no spread.
Result<float> correlation(ArrayContext& on, Values x, Values y);

Result<float> norm_l1(ArrayContext& on, Values x);
/// Squares are taken in f32: infinite above 1.8e19, zero below 1e-23.
Result<float> norm_l2(ArrayContext& on, Values x);
Result<float> norm_linf(ArrayContext& on, Values x);

}  // namespace sov::compute
