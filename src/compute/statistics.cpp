#include "compute/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "compute/cpu/array_kernels.h"

namespace sov::compute {
namespace {

constexpr int64_t kBlock = 8192;
constexpr int64_t kBlocksOfTask = 8;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

int64_t size_of(Values x) { return static_cast<int64_t>(x.size()); }

/// of_block(first, count) for every block, in their order.
template <typename OfBlock>
std::vector<float> of_blocks(ArrayContext& on, int64_t size, const OfBlock& of_block) {
  const int64_t blocks = (size + kBlock - 1) / kBlock;
  std::vector<float> out(static_cast<size_t>(blocks));
  on.pool().run((blocks + kBlocksOfTask - 1) / kBlocksOfTask, [&](int64_t task) {
    for (int64_t b = task * kBlocksOfTask; b < std::min(blocks, (task + 1) * kBlocksOfTask); b++) {
      out[static_cast<size_t>(b)] = of_block(b * kBlock, std::min(kBlock, size - b * kBlock));
    }
  });
  return out;
}

template <typename OfBlock>
double total(ArrayContext& on, int64_t size, const OfBlock& of_block) {
  if (size <= kBlock) return size == 0 ? 0.0 : static_cast<double>(of_block(int64_t{0}, size));
  double out = 0;
  for (const float part : of_blocks(on, size, of_block)) out += static_cast<double>(part);
  return out;
}

double plain_sum(ArrayContext& on, Values x) {
  return total(on, size_of(x),
               [&](int64_t i, int64_t n) { return on.kernels().reduce.sum(x.data() + i, n); });
}

Result<void> some(std::string_view what, Values x, size_t least = 1) {
  if (x.size() >= least) return {};
  return fail(Code::usage, "{}: wanted at least {} values, got {}", what, least, x.size());
}
Result<void> alike(std::string_view what, Values x, Values y) {
  if (x.size() == y.size()) return {};
  return fail(Code::usage, "{}: wanted two arrays of a size, got {} and {} values", what, x.size(), y.size());
}

enum class Extreme { largest, smallest };

float of_range(ArrayContext& on, Extreme which, const float* x, int64_t n) {
  const ReduceKernels& k = on.kernels().reduce;
  return which == Extreme::largest ? k.largest(x, n) : k.smallest(x, n);
}

/// The value and the block where it first is; a NaN before everything.
struct Found {
  float value;
  int64_t block;
};
Found find(ArrayContext& on, Extreme which, Values x) {
  const std::vector<float> parts =
      of_blocks(on, size_of(x), [&](int64_t i, int64_t n) { return of_range(on, which, x.data() + i, n); });
  Found out = {parts[0], 0};
  for (size_t b = 1; b < parts.size() && !std::isnan(out.value); b++) {
    const bool better = which == Extreme::largest ? parts[b] > out.value : parts[b] < out.value;
    if (better || std::isnan(parts[b])) out = {parts[b], static_cast<int64_t>(b)};
  }
  return out;
}

Result<int64_t> place(ArrayContext& on, Extreme which, std::string_view what, Values x) {
  TRY(some(what, x));
  const Found found = find(on, which, x);
  for (int64_t i = found.block * kBlock;; i++) {
    const float value = x[static_cast<size_t>(i)];
    if (value == found.value || std::isnan(value)) return i;
  }
}

/// The mean as a float, and what it is off by.
struct Centre {
  float mean;
  double rest;
};
Centre centre_of(ArrayContext& on, Values x) {
  const double exact = plain_sum(on, x) / static_cast<double>(x.size());
  const auto mean = static_cast<float>(exact);
  return {mean, std::isfinite(mean) ? exact - static_cast<double>(mean) : 0.0};
}

double squares_about(ArrayContext& on, Values x, Centre c) {
  const double squares = total(on, size_of(x), [&](int64_t i, int64_t n) {
    return on.kernels().reduce.squares(x.data() + i, c.mean, n);
  });
  const double out = squares - static_cast<double>(x.size()) * c.rest * c.rest;
  return out < 0 ? 0 : out;  // a NaN stays
}
double products_about(ArrayContext& on, Values x, Centre cx, Values y, Centre cy) {
  const double products = total(on, size_of(x), [&](int64_t i, int64_t n) {
    return on.kernels().reduce.centred_products(x.data() + i, cx.mean, y.data() + i, cy.mean, n);
  });
  return products - static_cast<double>(x.size()) * cx.rest * cy.rest;
}
double divisor_of(Values x, Divisor divisor) {
  return static_cast<double>(x.size()) - (divisor == Divisor::all ? 0.0 : 1.0);
}

}  // namespace

Result<float> sum(ArrayContext& on, Values x) { return static_cast<float>(plain_sum(on, x)); }

Result<float> sum_kahan(ArrayContext& on, Values x) {
  constexpr int64_t kLanes = 16;
  const int64_t blocks = (size_of(x) + kBlock - 1) / kBlock;
  std::vector<float> sums(static_cast<size_t>(blocks * kLanes)), lost(sums.size());
  on.pool().run(blocks, [&](int64_t block) {
    const int64_t first = block * kBlock;
    on.kernels().reduce.exact(x.data() + first, std::min(kBlock, size_of(x) - first),
                              sums.data() + block * kLanes, lost.data() + block * kLanes);
  });
  double all = 0, rest = 0;
  for (const float value : sums) all += static_cast<double>(value);
  for (const float value : lost) rest += static_cast<double>(value);
  return static_cast<float>(std::isfinite(all) ? all + rest : all);
}

Result<float> sum_of_squares(ArrayContext& on, Values x) {
  return static_cast<float>(total(
      on, size_of(x), [&](int64_t i, int64_t n) { return on.kernels().reduce.squares(x.data() + i, 0, n); }));
}

Result<float> dot(ArrayContext& on, Values x, Values y) {
  TRY(alike("dot product", x, y));
  return static_cast<float>(total(on, size_of(x), [&](int64_t i, int64_t n) {
    return on.kernels().reduce.products(x.data() + i, y.data() + i, n);
  }));
}

Result<float> max(ArrayContext& on, Values x) {
  TRY(some("largest value", x));
  if (size_of(x) <= kBlock) return of_range(on, Extreme::largest, x.data(), size_of(x));
  return find(on, Extreme::largest, x).value;
}
Result<float> min(ArrayContext& on, Values x) {
  TRY(some("smallest value", x));
  if (size_of(x) <= kBlock) return of_range(on, Extreme::smallest, x.data(), size_of(x));
  return find(on, Extreme::smallest, x).value;
}
Result<int64_t> argmax(ArrayContext& on, Values x) { return place(on, Extreme::largest, "argmax", x); }
Result<int64_t> argmin(ArrayContext& on, Values x) { return place(on, Extreme::smallest, "argmin", x); }

Result<float> mean(ArrayContext& on, Values x) {
  TRY(some("mean", x));
  return static_cast<float>(plain_sum(on, x) / static_cast<double>(x.size()));
}

Result<float> variance(ArrayContext& on, Values x, Divisor divisor) {
  TRY(some("variance", x, divisor == Divisor::all ? 1 : 2));
  return static_cast<float>(squares_about(on, x, centre_of(on, x)) / divisor_of(x, divisor));
}

Result<float> stddev(ArrayContext& on, Values x, Divisor divisor) {
  TRY(some("standard deviation", x, divisor == Divisor::all ? 1 : 2));
  return static_cast<float>(std::sqrt(squares_about(on, x, centre_of(on, x)) / divisor_of(x, divisor)));
}

Result<float> covariance(ArrayContext& on, Values x, Values y, Divisor divisor) {
  TRY(alike("covariance", x, y));
  TRY(some("covariance", x, divisor == Divisor::all ? 1 : 2));
  return static_cast<float>(products_about(on, x, centre_of(on, x), y, centre_of(on, y)) /
                            divisor_of(x, divisor));
}

Result<float> correlation(ArrayContext& on, Values x, Values y) {
  TRY(alike("correlation", x, y));
  TRY(some("correlation", x, 2));
  const Centre cx = centre_of(on, x), cy = centre_of(on, y);
  const double sx = squares_about(on, x, cx), sy = squares_about(on, y, cy);
  if (std::isnan(sx) || std::isnan(sy)) return kNan;
  if (sx == 0 || sy == 0) {
    return fail(Code::usage, "correlation: the {} array has no spread", sx == 0 ? "first" : "second");
  }
  const double r = products_about(on, x, cx, y, cy) / (std::sqrt(sx) * std::sqrt(sy));
  return static_cast<float>(std::clamp(r, -1.0, 1.0));
}

Result<float> norm_l1(ArrayContext& on, Values x) {
  return static_cast<float>(total(
      on, size_of(x), [&](int64_t i, int64_t n) { return on.kernels().reduce.sizes(x.data() + i, n); }));
}
Result<float> norm_l2(ArrayContext& on, Values x) {
  return static_cast<float>(std::sqrt(total(on, size_of(x), [&](int64_t i, int64_t n) {
    return on.kernels().reduce.squares(x.data() + i, 0, n);
  })));
}
Result<float> norm_linf(ArrayContext& on, Values x) {
  if (x.empty()) return 0.0F;
  float out = 0;
  for (const float part : of_blocks(on, size_of(x), [&](int64_t i, int64_t n) {
         return on.kernels().reduce.largest_size(x.data() + i, n);
       })) {
    if (std::isnan(part)) return part;
    out = std::max(out, part);
  }
  return out;
}

}  // namespace sov::compute
