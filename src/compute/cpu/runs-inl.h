#pragma once
// Rows of any length as runs of 16 values, the last one partial.

#include "compute/cpu/simd.h"

// For the lambdas of loops: GCC 12 leaves a body out of line that whole runs and the ragged end both use.
#define SOV_INLINE __attribute__((always_inline))

namespace sov::compute::SOV_TIER {

/// body(first column, values that count: 16, and at the ragged end fewer).
template <typename Body>
SOV_LANES void for_runs(int64_t width, Body body) {
  int64_t i = 0;
  for (; i + kLanes <= width; i += kLanes) body(i, int64_t{kLanes});
  if (i < width) body(i, width - i);
}
SOV_LANES F32x16 load_run(const float* from, int64_t n) {
  return n == kLanes ? load(from) : load_partial(from, n);
}
SOV_LANES void store_run(float* to, F32x16 value, int64_t n) {
  if (n == kLanes) {
    store(to, value);
  } else {
    store_partial(to, value, n);
  }
}
/// x[i] = function(x[i]) for whole runs.
template <typename Function>
SOV_LANES void map_row(float* x, int64_t width, Function function) {
  for_runs(width, [&](int64_t i, int64_t n) { store_run(x + i, function(load_run(x + i, n)), n); });
}

}  // namespace sov::compute::SOV_TIER
