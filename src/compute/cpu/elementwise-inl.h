#pragma once
// Kernels of compute/elementwise.def: a function of 16 lanes over a row.

#include "compute/cpu/activations-inl.h"
#include "compute/cpu/array_kernels.h"
#include "compute/cpu/power-inl.h"
#include "compute/cpu/runs-inl.h"
#include "compute/cpu/trigonometry-inl.h"

namespace sov::compute::SOV_TIER {

enum class Rounding : int { nearest = 0, down = 1, up = 2, cut = 3 };  // the processors' own numbers

template <Rounding How>
SOV_LANES F32x16 round_to(F32x16 v) {
#if defined(__AVX512F__)
  return {{_mm512_roundscale_ps(v.part[0], (static_cast<int>(How) | _MM_FROUND_NO_EXC))}};
#else
  each_part([&](int i) {
#if defined(__AVX2__)
    v.part[i] = _mm256_round_ps(v.part[i], static_cast<int>(How) | _MM_FROUND_NO_EXC);
#elif defined(__SSE4_1__)
    v.part[i] = _mm_round_ps(v.part[i], static_cast<int>(How) | _MM_FROUND_NO_EXC);
#else
    for (int j = 0; j < kPartLanes; j++) {
      const float x = v.part[i][j];
      v.part[i][j] = How == Rounding::nearest ? __builtin_rintf(x)
                     : How == Rounding::down  ? __builtin_floorf(x)
                     : How == Rounding::up    ? __builtin_ceilf(x)
                                              : __builtin_truncf(x);
    }
#endif
  });
  return v;
#endif
}
SOV_LANES F32x16 round(F32x16 v) { return round_to<Rounding::nearest>(v); }
SOV_LANES F32x16 floor(F32x16 v) { return round_to<Rounding::down>(v); }
SOV_LANES F32x16 ceil(F32x16 v) { return round_to<Rounding::up>(v); }
SOV_LANES F32x16 trunc(F32x16 v) { return round_to<Rounding::cut>(v); }

/// -1, 0 with its sign, 1 or NaN.
SOV_LANES F32x16 signum(F32x16 v) {
  const F32x16 one = copy_sign(splat(1), v);
  return select(less(zeros(), abs(v)), one, v);
}
/// A NaN of either wins.
SOV_LANES F32x16 smaller(F32x16 a, F32x16 b) { return select(is_nan(a), a, min(a, b)); }
SOV_LANES F32x16 larger(F32x16 a, F32x16 b) { return select(is_nan(a), a, max(a, b)); }

/// out[i] = function(x[i], ...) by runs of 16; the ragged end goes by way of padded copies.
template <typename Function, typename... From>
SOV_LANES void map_runs(float* out, int64_t n, Function function, const From*... x) {
  int64_t i = 0;
  for (; i + 2 * kLanes <= n; i += 2 * kLanes) {
    const F32x16 first = function(load(x + i)...);
    const F32x16 second = function(load(x + i + kLanes)...);
    store(out + i, first);
    store(out + i + kLanes, second);
  }
  for (; i < n; i += kLanes) {
    const int64_t count = n - i < kLanes ? n - i : kLanes;
    store_run(out + i, function(load_run(x + i, count)...), count);
  }
}

#define SOV_UNARY(name, expression)                                      \
  static void unary_##name(const float* x, float* out, int64_t n) {      \
    map_runs(out, n, [](F32x16 v) SOV_INLINE { return expression; }, x); \
  }
#define SOV_SCALED(name, expression)                                          \
  static void scaled_##name(const float* x, float p, float* out, int64_t n) { \
    map_runs(out, n, [p](F32x16 v) SOV_INLINE { return expression; }, x);     \
  }
#define SOV_BINARY(name, expression)                                                  \
  static void binary_##name(const float* x, const float* y, float* out, int64_t n) {  \
    map_runs(out, n, [](F32x16 a, F32x16 b) SOV_INLINE { return expression; }, x, y); \
  }
#include "compute/elementwise.def"
#undef SOV_UNARY
#undef SOV_SCALED
#undef SOV_BINARY

/// low where a value is below, high where it is above; NaN stays.
static void clamp_row(const float* x, float low, float high, float* out, int64_t n) {
  const auto clamp = [low, high](F32x16 v) SOV_INLINE {
    const F32x16 raised = select(less(v, splat(low)), splat(low), v);
    return select(less(splat(high), raised), splat(high), raised);
  };
  map_runs(out, n, clamp, x);
}
static void fma_row(const float* a, const float* b, const float* c, float* out, int64_t n) {
  map_runs(out, n, [](F32x16 x, F32x16 y, F32x16 z) SOV_INLINE { return fma(x, y, z); }, a, b, c);
}
static void lerp_row(const float* a, const float* b, float t, float* out, int64_t n) {
  map_runs(out, n, [t](F32x16 from, F32x16 to) SOV_INLINE { return fma(splat(t), to - from, from); }, a, b);
}
/// out += p x, fused where a value stands alone as well.
static void add_scaled_row(const float* x, float p, float* out, int64_t n) {
  map_runs(
      out, n, [p](F32x16 v, F32x16 sum) SOV_INLINE { return fma(splat(p), v, sum); }, x,
      static_cast<const float*>(out));
}
/// (x - offset) * factor.
static void affine_row(const float* x, float offset, float factor, float* out, int64_t n) {
  map_runs(out, n, [offset, factor](F32x16 v) SOV_INLINE { return (v - splat(offset)) * splat(factor); }, x);
}

constexpr ElementKernels element_kernels() {
  ElementKernels k = {};
#define SOV_UNARY(name, expression) k.unary[static_cast<int>(Unary::name)] = unary_##name;
#define SOV_SCALED(name, expression) k.scaled[static_cast<int>(Scaled::name)] = scaled_##name;
#define SOV_BINARY(name, expression) k.binary[static_cast<int>(Binary::name)] = binary_##name;
#include "compute/elementwise.def"
#undef SOV_UNARY
#undef SOV_SCALED
#undef SOV_BINARY
  k.clamp = clamp_row;
  k.fma = fma_row;
  k.lerp = lerp_row;
  k.add_scaled = add_scaled_row;
  k.affine = affine_row;
  return k;
}

}  // namespace sov::compute::SOV_TIER
