#include "compute/normalize.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/scratch.h"
#include "compute/statistics.h"

namespace sov::compute {
namespace {

constexpr int64_t kTaskValues = 16384;

int64_t size_of(Values x) { return static_cast<int64_t>(x.size()); }

Result<int64_t> rows_of(std::string_view what, Values x, int64_t width, std::span<float> out) {
  if (width < 1) return fail(Code::usage, "{}: wanted rows of at least 1 value, got {}", what, width);
  if (size_of(x) % width != 0) {
    return fail(Code::usage, "{}: wanted a multiple of {} values, got {}", what, width, x.size());
  }
  if (x.size() != out.size()) return fail(Code::usage, "{}: {} values into {}", what, x.size(), out.size());
  return size_of(x) / width;
}

Result<void> parameter(std::string_view what, Values values, int64_t width) {
  if (values.empty() || size_of(values) == width) return {};
  return fail(Code::usage, "{}: wanted {} values, got {}", what, width, values.size());
}

template <typename Body>
void for_rows(ArrayContext& on, int64_t rows, int64_t width, const Body& body) {
  const int64_t step = std::max<int64_t>(1, kTaskValues / width);
  on.pool().run((rows + step - 1) / step, [&](int64_t task) {
    for (int64_t row = task * step; row < std::min(rows, (task + 1) * step); row++) body(row);
  });
}

/// (x - offset) * factor.
Result<Vector> affine(ArrayContext& on, Values x, double offset, double factor) {
  TRY(Vector out, Vector::create(size_of(x)));
  const int64_t tasks = (size_of(x) + kTaskValues - 1) / kTaskValues;
  on.pool().run(tasks, [&](int64_t task) {
    const int64_t i = task * kTaskValues;
    on.kernels().element.affine(x.data() + i, static_cast<float>(offset), static_cast<float>(factor),
                                out.data() + i, std::min(kTaskValues, size_of(x) - i));
  });
  return out;
}

}  // namespace

Result<Vector> zscore(ArrayContext& on, Values x) {
  TRY(const float centre, mean(on, x));
  TRY(const float spread, stddev(on, x));
  if (spread == 0) return fail(Code::usage, "z-score: the {} values have no spread", x.size());
  return affine(on, x, static_cast<double>(centre), 1 / static_cast<double>(spread));
}

Result<Vector> minmax_normalize(ArrayContext& on, Values x) {
  TRY(const float low, min(on, x));
  TRY(const float high, max(on, x));
  if (low == high) return fail(Code::usage, "min-max normalisation: the {} values have no spread", x.size());
  return affine(on, x, static_cast<double>(low), 1 / (static_cast<double>(high) - static_cast<double>(low)));
}

Result<Vector> normalize(ArrayContext& on, Values x) {
  TRY(const float norm, norm_l2(on, x));
  if (norm == 0 || std::isinf(norm))
    return fail(Code::usage, "normalisation: the norm of the {} values is {}", x.size(), norm);
  return affine(on, x, 0, 1 / static_cast<double>(norm));
}

Result<void> layer_norm(ArrayContext& on, Values x, const LayerNorm& options, std::span<float> out) {
  const int64_t width = options.width;
  TRY(const int64_t rows, rows_of("layer norm", x, width, out));
  TRY(parameter("layer norm's weight", options.weight, width));
  TRY(parameter("layer norm's bias", options.bias, width));
  const std::vector<float> ones(options.weight.empty() ? static_cast<size_t>(width) : 0, 1.0F);
  const float* weight = options.weight.empty() ? ones.data() : options.weight.data();
  const float* bias = options.bias.empty() ? nullptr : options.bias.data();
  for_rows(on, rows, width, [&](int64_t row) {
    on.row_kernels().layer_norm(x.data() + row * width, weight, bias, options.eps, width,
                                out.data() + row * width);
  });
  return {};
}

Result<void> rms_norm(ArrayContext& on, Values x, const RmsNorm& options, std::span<float> out) {
  const int64_t width = options.width;
  TRY(const int64_t rows, rows_of("RMS norm", x, width, out));
  TRY(parameter("RMS norm's weight", options.weight, width));
  const std::vector<float> ones(options.weight.empty() ? static_cast<size_t>(width) : 0, 1.0F);
  const float* weight = options.weight.empty() ? ones.data() : options.weight.data();
  for_rows(on, rows, width, [&](int64_t row) {
    on.row_kernels().rms_norm(x.data() + row * width, weight, 0, options.eps, width,
                              out.data() + row * width);
  });
  return {};
}

Result<void> softmax(ArrayContext& on, Values x, int64_t width, std::span<float> out) {
  TRY(const int64_t rows, rows_of("softmax", x, width, out));
  const ReduceKernels& reduce = on.kernels().reduce;
  for_rows(on, rows, width, [&](int64_t row) {
    const float* from = x.data() + row * width;
    float* to = out.data() + row * width;
    const float total = reduce.exp_sum(from, reduce.largest(from, width), to, width);
    on.kernels().element.affine(to, 0, 1 / total, to, width);
  });
  return {};
}

Result<void> log_softmax(ArrayContext& on, Values x, int64_t width, std::span<float> out) {
  TRY(const int64_t rows, rows_of("log-softmax", x, width, out));
  const ReduceKernels& reduce = on.kernels().reduce;
  for_rows(on, rows, width, [&](int64_t row) {
    const float* from = x.data() + row * width;
    const float largest = reduce.largest(from, width);
    float total = reduce.exp_sum_only(from, largest, width);
    on.kernels().element.unary[static_cast<int>(Unary::log)](&total, &total, 1);
    // In two steps: largest + ln total would lose the logarithm beside a large value.
    on.kernels().element.affine(from, largest, 1, out.data() + row * width, width);
    on.kernels().element.affine(out.data() + row * width, total, 1, out.data() + row * width, width);
  });
  return {};
}

Result<void> rope(ArrayContext& on, std::span<float> x, const Rope& options) {
  const int64_t dim = options.dim, heads = options.heads;
  if (dim < 2 || dim % 2 != 0 || heads < 1) {
    return fail(Code::usage, "rope: wanted heads of an even size, got {} heads of {}", heads, dim);
  }
  TRY(const int64_t positions, rows_of("rope", x, heads * dim, x));
  const int64_t pairs = dim / 2;
  std::vector<double> speeds(static_cast<size_t>(pairs));
  for (size_t i = 0; i < speeds.size(); i++) {
    speeds[i] = std::pow(options.base, -2.0 * static_cast<double>(i) / static_cast<double>(dim));
  }
  for_rows(on, positions, heads * dim, [&](int64_t row) {
    ScratchPool::Loan turns = on.scratch().borrow(static_cast<size_t>(2 * pairs));
    float* const cosines = turns.data();
    float* const sines = cosines + pairs;
    for (int64_t i = 0; i < pairs; i++) {
      const double angle = static_cast<double>(options.first_position + row) * speeds[static_cast<size_t>(i)];
      cosines[i] = static_cast<float>(std::cos(angle));
      sines[i] = static_cast<float>(std::sin(angle));
    }
    const auto turn =
        options.pairs == Rope::Pairs::halves ? on.row_kernels().rope_halves : on.row_kernels().rope_adjacent;
    for (int64_t head = 0; head < heads; head++)
      turn(x.data() + (row * heads + head) * dim, cosines, sines, pairs);
  });
  return {};
}

}  // namespace sov::compute
