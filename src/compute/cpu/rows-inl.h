#pragma once
// Operations on one row: norms, activations, rotation. Sums are 16 chains over the row in order, then one
// tree.

#include "compute/cpu/activations-inl.h"
#include "compute/cpu/runs-inl.h"

namespace sov::compute::SOV_TIER {

static void rms_norm(const float* x, const float* weight, float weight_offset, float eps, int64_t width,
                     float* out) {
  F32x16 squares = zeros();
  for_runs(width, [&](int64_t i, int64_t n) {
    const F32x16 values = load_run(x + i, n);
    squares = fma(values, values, squares);
  });
  const float inverse = 1.0F / __builtin_sqrtf(sum(squares) / static_cast<float>(width) + eps);
  for_runs(width, [&](int64_t i, int64_t n) {
    const F32x16 factor = load_run(weight + i, n) + splat(weight_offset);
    store_run(out + i, load_run(x + i, n) * splat(inverse) * factor, n);
  });
}

static void layer_norm(const float* x, const float* weight, const float* bias, float eps, int64_t width,
                       float* out) {
  F32x16 total = zeros();
  for_runs(width, [&](int64_t i, int64_t n) { total = total + load_run(x + i, n); });
  const F32x16 mean = splat(sum(total) / static_cast<float>(width));
  F32x16 squares = zeros();
  for_runs(width, [&](int64_t i, int64_t n) {
    // The lanes beyond the end must add nothing, so they are set to the mean.
    alignas(64) float lanes[kLanes];
    F32x16 values = load_run(x + i, n);
    if (n < kLanes) {
      store(lanes, mean);
      for (int64_t j = 0; j < n; j++) lanes[j] = x[i + j];
      values = load(lanes);
    }
    const F32x16 centred = values - mean;
    squares = fma(centred, centred, squares);
  });
  const F32x16 inverse = splat(1.0F / __builtin_sqrtf(sum(squares) / static_cast<float>(width) + eps));
  for_runs(width, [&](int64_t i, int64_t n) {
    const F32x16 normal = (load_run(x + i, n) - mean) * inverse;
    const F32x16 shift = bias == nullptr ? zeros() : load_run(bias + i, n);
    store_run(out + i, fma(normal, load_run(weight + i, n), shift), n);
  });
}

static void add(const float* x, float* y, int64_t width) {
  for_runs(width,
           [&](int64_t i, int64_t n) { store_run(y + i, load_run(y + i, n) + load_run(x + i, n), n); });
}

static void scale(float* x, float factor, int64_t width) {
  map_row(x, width, [&](F32x16 v) { return v * splat(factor); });
}

SOV_LANES F32x16 cap_values(F32x16 v, float cap) { return splat(cap) * tanh(v / splat(cap)); }

static void soft_cap(float* x, float cap, int64_t width) {
  map_row(x, width, [&](F32x16 v) { return cap_values(v, cap); });
}

// The values of Activation, in its order (device.h); cpu_device.cpp asserts that they agree.
enum Kind : int { kSilu, kGelu, kGeluTanh, kRelu };

template <typename Function>
SOV_LANES void map_gated(float* x, const float* up, int64_t width, Function function) {
  if (up == nullptr) return map_row(x, width, function);
  for_runs(width, [&](int64_t i, int64_t n) {
    store_run(x + i, function(load_run(x + i, n)) * load_run(up + i, n), n);
  });
}

static void activate(int kind, float* x, const float* up, int64_t width) {
  switch (kind) {
    case kSilu:
      return map_gated(x, up, width, [](F32x16 v) { return silu(v); });
    case kGelu:
      return map_gated(x, up, width, [](F32x16 v) { return gelu(v); });
    case kGeluTanh:
      return map_gated(x, up, width, [](F32x16 v) { return gelu_tanh(v); });
    case kRelu:
      return map_gated(x, up, width, [](F32x16 v) { return relu(v); });
    default:
      __builtin_trap();
  }
}

static void rope_halves(float* x, const float* cos, const float* sin, int64_t pairs) {
  float* second = x + pairs;
  for_runs(pairs, [&](int64_t i, int64_t n) {
    const F32x16 a = load_run(x + i, n);
    const F32x16 b = load_run(second + i, n);
    const F32x16 c = load_run(cos + i, n);
    const F32x16 s = load_run(sin + i, n);
    store_run(x + i, fma(a, c, -(b * s)), n);
    store_run(second + i, fma(b, c, a * s), n);
  });
}

static void rope_adjacent(float* x, const float* cos, const float* sin, int64_t pairs) {
  for (int64_t i = 0; i < pairs; i++) {
    const float a = x[2 * i];
    const float b = x[2 * i + 1];
    x[2 * i] = a * cos[i] - b * sin[i];
    x[2 * i + 1] = b * cos[i] + a * sin[i];
  }
}

static void exp_row(const float* x, float* out, int64_t width) {
  for_runs(width, [&](int64_t i, int64_t n) { store_run(out + i, exp(load_run(x + i, n)), n); });
}
static void tanh_row(const float* x, float* out, int64_t width) {
  for_runs(width, [&](int64_t i, int64_t n) { store_run(out + i, tanh(load_run(x + i, n)), n); });
}
static void erfc_row(const float* x, float* out, int64_t width) {
  for_runs(width, [&](int64_t i, int64_t n) { store_run(out + i, erfc(load_run(x + i, n)), n); });
}

}  // namespace sov::compute::SOV_TIER
