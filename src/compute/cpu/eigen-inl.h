#pragma once
// The inner loops of the symmetric eigenproblem, in double.

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/runs-inl.h"

namespace sov::compute::SOV_TIER {

#if defined(__AVX512F__)
constexpr int kWide = 8;
#elif defined(__AVX2__)
constexpr int kWide = 4;
#else
constexpr int kWide = 2;
#endif
using Wide = double __attribute__((vector_size(8 * kWide)));
constexpr int kColumns = 32;
constexpr int kColumnParts = kColumns / kWide;

SOV_LANES Wide load_wide(const double* from) {
  Wide out;
  __builtin_memcpy(&out, from, sizeof out);
  return out;
}
SOV_LANES void store_wide(double* to, Wide value) { __builtin_memcpy(to, &value, sizeof value); }
SOV_LANES Wide splat_wide(double value) { return value - Wide{}; }
SOV_LANES Wide fma_wide(Wide a, Wide b, Wide c) {
#if defined(__AVX512F__)
  return _mm512_fmadd_pd(a, b, c);
#elif defined(__FMA__)
  return _mm256_fmadd_pd(a, b, c);
#else
  return a * b + c;
#endif
}
/// 8 chains, whatever the registers, added by one tree.
struct Chains {
  Wide part[8 / kWide];
};
SOV_LANES double sum_chains(const Chains& chains) {
  double lane[8];
  __builtin_memcpy(lane, &chains, sizeof lane);
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/// One row of the lower triangle: row -= vr w + wr v where due, y += ur row; the row's product with u.
template <bool Due>
SOV_LANES double row_step(double* row, int64_t count, double vr, double wr, double ur, const double* v,
                          const double* w, const double* u, double* y) {
  Chains chains = {};
  int64_t j = 0;
  for (; j + 8 <= count; j += 8) {
#pragma GCC unroll 4
    for (int p = 0; p < 8 / kWide; p++) {
      const int64_t at = j + p * kWide;
      Wide values = load_wide(row + at);
      if constexpr (Due) {
        values = fma_wide(splat_wide(-vr), load_wide(w + at), values);
        values = fma_wide(splat_wide(-wr), load_wide(v + at), values);
        store_wide(row + at, values);
      }
      chains.part[p] = fma_wide(values, load_wide(u + at), chains.part[p]);
      store_wide(y + at, fma_wide(splat_wide(ur), values, load_wide(y + at)));
    }
  }
  double out = sum_chains(chains);
  for (; j < count; j++) {
    if constexpr (Due) row[j] -= vr * w[j] + wr * v[j];
    out += row[j] * u[j];
    y[j] += ur * row[j];
  }
  return out;
}

static void update_multiply(double* a, int64_t stride, int64_t first, int64_t last, const double* v,
                            const double* w, const double* u, double* y) {
  for (int64_t j = 0; j < last; j++) y[j] = 0;
  for (int64_t r = first; r < last; r++) {
    double* const row = a + r * stride;
    double product;
    if (v != nullptr) {
      product = row_step<true>(row, r, v[r], w[r], u[r], v, w, u, y);
      row[r] -= 2 * v[r] * w[r];
    } else {
      product = row_step<false>(row, r, 0, 0, u[r], v, w, u, y);
    }
    y[r] += product + row[r] * u[r];
  }
}

/// x -= tau v (v' x), and then the same with the other reflection, which is one row shorter: in one pass to
/// find both sums and one to apply them. The second sum is taken before the first reflection, and corrected
/// by inner = v' w.
static void reflect_columns(double* x, int64_t rows, const Reflection& first, const Reflection& second,
                            double inner) {
  constexpr int kGroup = kColumnParts < 4 ? kColumnParts : 4;  // 8 sums in registers
  for (int group = 0; group < kColumnParts; group += kGroup) {
    double* const from = x + group * kWide;
    Wide v_sums[kGroup] = {}, w_sums[kGroup] = {};
    const auto add = [&](int64_t r, double v, double w) SOV_INLINE {
#pragma GCC unroll 4
      for (int p = 0; p < kGroup; p++) {
        const Wide values = load_wide(from + r * kColumns + p * kWide);
        v_sums[p] = fma_wide(splat_wide(v), values, v_sums[p]);
        w_sums[p] = fma_wide(splat_wide(w), values, w_sums[p]);
      }
    };
    for (int64_t r = 0; r + 1 < rows; r++) add(r, first.v[r], second.v[r]);
    add(rows - 1, first.v[rows - 1], 0);
#pragma GCC unroll 4
    for (int p = 0; p < kGroup; p++) {
      v_sums[p] *= splat_wide(-first.tau);
      w_sums[p] = fma_wide(splat_wide(inner), v_sums[p], w_sums[p]) * splat_wide(-second.tau);
    }
    const auto apply = [&](int64_t r, double v, double w) SOV_INLINE {
#pragma GCC unroll 4
      for (int p = 0; p < kGroup; p++) {
        double* const at = from + r * kColumns + p * kWide;
        store_wide(at, fma_wide(splat_wide(w), w_sums[p], fma_wide(splat_wide(v), v_sums[p], load_wide(at))));
      }
    };
    for (int64_t r = 0; r + 1 < rows; r++) apply(r, first.v[r], second.v[r]);
    apply(rows - 1, first.v[rows - 1], 0);
  }
}

/// Row `top` and the one before it turn, then that one and the one before it, and so on; the row between
/// waits in registers.
static void rotate_columns(double* top, const Rotation* rotations, int64_t count) {
  Wide carried[kColumnParts];
#pragma GCC unroll 16
  for (int p = 0; p < kColumnParts; p++) carried[p] = load_wide(top + p * kWide);
  for (int64_t i = 0; i < count; i++) {
    const Wide c = splat_wide(rotations[i].c), s = splat_wide(rotations[i].s);
#pragma GCC unroll 16
    for (int p = 0; p < kColumnParts; p++) {
      const Wide below = load_wide(top - kColumns + p * kWide);
      store_wide(top + p * kWide, fma_wide(s, below, c * carried[p]));
      carried[p] = fma_wide(c, below, -(s * carried[p]));
    }
    top -= kColumns;
  }
#pragma GCC unroll 16
  for (int p = 0; p < kColumnParts; p++) store_wide(top + p * kWide, carried[p]);
}

constexpr EigenKernels eigen_kernels() {
  EigenKernels k = {};
  k.width = kColumns;
  k.update_multiply = update_multiply;
  k.reflect = reflect_columns;
  k.rotate = rotate_columns;
  return k;
}

}  // namespace sov::compute::SOV_TIER
