#pragma once
// Two-dimensional convolution, in the sense of neural networks: the kernel is not mirrored
// (cross-correlation).

#include "compute/array.h"

namespace sov::compute {

/// Strides, zeros around the picture, and gaps in the kernel, downwards and to the right.
struct Convolution {
  int64_t stride_rows = 1, stride_cols = 1;
  int64_t pad_rows = 0, pad_cols = 0;
  int64_t dilation_rows = 1, dilation_cols = 1;
};

/// out[r, c] = sum over i, j of picture[r s - p + i d, c s - p + j d] kernel[i, j].
/// Shapes: picture [H, W], kernel [R, S] -> [(H + 2 p - d (R - 1) - 1) / s + 1, ...].
/// Errors: usage for a stride or dilation below 1, a negative padding, and a kernel larger than the padded
/// picture. Numerics: f32; each output is one chain of multiply-adds over the kernel, row by row; its bits
/// depend on nothing else.
Result<Matrix> convolve2d(ArrayContext& on, MatrixView picture, MatrixView kernel,
                          const Convolution& options = {});

/// Pictures of several channels: one [C, H, W] that adjoins.
struct Picture {
  const float* data = nullptr;
  int64_t channels = 0, rows = 0, cols = 0;
};
/// The filters of a layer: [K, C, R, S] that adjoin, and a bias for each or none.
struct Filters {
  const float* data = nullptr;
  int64_t count = 0, channels = 0, rows = 0, cols = 0;
  std::span<const float> bias = {};
};
/// The pictures of the filters, as rows: row k is the [rows, cols] picture of filter k.
struct ConvolvedPicture {
  Matrix values;
  int64_t rows = 0, cols = 0;
};
/// A layer: the patches of the picture become columns of a matrix (a strip of them at a time), and that a
/// matrix product. Errors and numerics: those of convolve2d and of multiply(), with K = C R S; also usage
/// where channels or bias differ.
Result<ConvolvedPicture> convolve2d(ArrayContext& on, const Picture& picture, const Filters& filters,
                                    const Convolution& options = {});

}  // namespace sov::compute
