#include "compute/convolution.h"

#include <algorithm>

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/gemm.h"
#include "compute/cpu/scratch.h"

namespace sov::compute {
namespace {

constexpr int64_t kTaskOperations = 100000;
constexpr int64_t kStripFloats = 1 << 17;  // patches that are laid out at once: 512 KiB

/// One direction of a convolution.
struct Along {
  int64_t size, kernel, stride, pad, dilation;

  int64_t outputs() const { return (size + 2 * pad - dilation * (kernel - 1) - 1) / stride + 1; }
  /// Where output `at` meets the kernel's element `k`.
  int64_t place(int64_t at, int64_t k) const { return at * stride - pad + k * dilation; }
  /// Outputs [first, last) whose place is inside for element `k`.
  int64_t first(int64_t k) const {
    const int64_t missing = pad - k * dilation;
    return missing <= 0 ? 0 : std::min(outputs(), (missing + stride - 1) / stride);
  }
  int64_t last(int64_t k) const {
    const int64_t room = size - 1 + pad - k * dilation;
    return room < 0 ? first(k) : std::clamp(room / stride + 1, first(k), outputs());
  }
};

Result<Along> along(std::string_view what, const Along& a) {
  constexpr int64_t kMost = int64_t{1} << 31;
  if (a.stride < 1 || a.dilation < 1 || a.pad < 0 ||
      std::max({a.stride, a.dilation, a.pad, a.size, a.kernel}) > kMost) {
    return fail(Code::usage,
                "convolution, {}: wanted stride and dilation of at least 1, got {}, {} and padding {}", what,
                a.stride, a.dilation, a.pad);
  }
  const int64_t reach = a.dilation * (a.kernel - 1) + 1;
  if (a.kernel < 1 || a.size < 1 || reach > a.size + 2 * a.pad) {
    return fail(Code::usage,
                "convolution, {}: a kernel of {} (reach {}) does not fit a picture of {} padded by {}", what,
                a.kernel, reach, a.size, a.pad);
  }
  return a;
}

/// out += picture * kernel for one row of outputs, element by element of the kernel.
void convolve_row(ArrayContext& on, MatrixView picture, MatrixView kernel, const Along& down,
                  const Along& right, int64_t row, float* gathered, float* out) {
  std::fill_n(out, right.outputs(), 0.0F);
  for (int64_t i = 0; i < kernel.rows; i++) {
    const int64_t from = down.place(row, i);
    if (from < 0 || from >= picture.rows) continue;
    for (int64_t j = 0; j < kernel.cols; j++) {
      const int64_t first = right.first(j), count = right.last(j) - first;
      const float* values =
          picture.data + from * picture.row_stride + right.place(first, j) * picture.col_stride;
      const float weight = kernel.at(i, j);
      const int64_t step = right.stride * picture.col_stride;
      if (step != 1) {
        for (int64_t c = 0; c < count; c++) gathered[c] = values[c * step];
        values = gathered;
      }
      on.kernels().element.add_scaled(values, weight, out + first, count);
    }
  }
}

/// Rows of patches [first, last) of the picture's outputs: out[c R S + i S + j][output] = the value there.
void lay_out(const Picture& picture, const Filters& f, const Along& down, const Along& right, int64_t first,
             int64_t last, int64_t tap, float* out) {
  const int64_t channel = tap / (f.rows * f.cols), i = tap / f.cols % f.rows, j = tap % f.cols;
  const int64_t width = right.outputs();
  const int64_t begin = right.first(j), end = right.last(j);
  for (int64_t row = first; row < last; row++, out += width) {
    const int64_t from = down.place(row, i);
    if (from < 0 || from >= picture.rows) {
      std::fill_n(out, width, 0.0F);
      continue;
    }
    const float* values = picture.data + (channel * picture.rows + from) * picture.cols;
    std::fill_n(out, begin, 0.0F);
    if (right.stride == 1) {
      std::copy_n(values + right.place(begin, j), end - begin, out + begin);
    } else {
      for (int64_t c = begin; c < end; c++) out[c] = values[right.place(c, j)];
    }
    std::fill_n(out + end, width - end, 0.0F);
  }
}

}  // namespace

Result<Matrix> convolve2d(ArrayContext& on, MatrixView picture, MatrixView kernel, const Convolution& o) {
  TRY(const Along down,
      along("rows", {picture.rows, kernel.rows, o.stride_rows, o.pad_rows, o.dilation_rows}));
  TRY(const Along right,
      along("columns", {picture.cols, kernel.cols, o.stride_cols, o.pad_cols, o.dilation_cols}));
  TRY(Matrix out, Matrix::create(down.outputs(), right.outputs()));
  const int64_t step = std::max<int64_t>(1, kTaskOperations / (kernel.rows * kernel.cols * right.outputs()));
  on.pool().run((out.rows() + step - 1) / step, [&](int64_t task) {
    ScratchPool::Loan gathered = on.scratch().borrow(static_cast<size_t>(out.cols()));
    for (int64_t row = task * step; row < std::min(out.rows(), (task + 1) * step); row++) {
      convolve_row(on, picture, kernel, down, right, row, gathered.data(), out.row(row).data());
    }
  });
  return out;
}

Result<ConvolvedPicture> convolve2d(ArrayContext& on, const Picture& picture, const Filters& f,
                                    const Convolution& o) {
  if (f.channels != picture.channels) {
    return fail(Code::usage, "convolution: filters of {} channels, a picture of {}", f.channels,
                picture.channels);
  }
  if (!f.bias.empty() && static_cast<int64_t>(f.bias.size()) != f.count) {
    return fail(Code::usage, "convolution: wanted a bias for each of {} filters, got {}", f.count,
                f.bias.size());
  }
  TRY(const Along down, along("rows", {picture.rows, f.rows, o.stride_rows, o.pad_rows, o.dilation_rows}));
  TRY(const Along right,
      along("columns", {picture.cols, f.cols, o.stride_cols, o.pad_cols, o.dilation_cols}));
  ConvolvedPicture out;
  out.rows = down.outputs();
  out.cols = right.outputs();
  TRY(out.values, Matrix::create(f.count, out.rows * out.cols));
  const int64_t taps = f.channels * f.rows * f.cols;
  const int64_t strip =
      std::clamp<int64_t>(kStripFloats / std::max<int64_t>(1, taps * out.cols), 1, out.rows);
  // A strip is one task: its patches are multiplied where they have just been laid out.
  on.pool().run((out.rows + strip - 1) / strip, [&](int64_t task) {
    const int64_t first = task * strip, last = std::min(out.rows, first + strip);
    const int64_t count = (last - first) * out.cols;
    ScratchPool::Loan patches = on.scratch().borrow(static_cast<size_t>(taps * count));
    for (int64_t tap = 0; tap < taps; tap++) {
      lay_out(picture, f, down, right, first, last, tap, patches.data() + tap * count);
    }
    const MutableMatrixView to = {out.values.data() + first * out.cols, f.count, count, out.rows * out.cols,
                                  1};
    for (int64_t k = 0; k < f.count && !f.bias.empty(); k++) {
      std::fill_n(to.data + k * to.row_stride, count, f.bias[static_cast<size_t>(k)]);
    }
    gemm_here(on, {f.data, f.count, taps, taps, 1}, {patches.data(), taps, count, count, 1}, to,
              !f.bias.empty());
  });
  return out;
}

}  // namespace sov::compute
