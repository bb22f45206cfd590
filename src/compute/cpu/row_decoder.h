#pragma once
// A weight's rows as f32: the tier's kernel where it has one, else the codec; the bits are the same.

#include "compute/cpu/kernels.h"
#include "compute/device.h"
#include "compute/quant/codec.h"

namespace sov::compute {

/// Null: the tier has nothing for the type.
const TypeKernels* type_kernels(const Kernels& kernels, DType dtype);

class RowDecoder {
 public:
  RowDecoder(const Kernels& tier, const Weight& w)
      : kernels_(type_kernels(tier, w.dtype)),
        codec_(find_codec(w.dtype)),
        cols_(w.cols),
        block_elements_(info(w.dtype).block_elements),
        block_bytes_(info(w.dtype).block_bytes),
        row_bytes_(w.row_bytes()),
        data_(w.data) {}

  void decode(int64_t row, float* out) const { decode(row, 0, cols_, out); }

  /// Columns [first, first + count) in whole blocks.
  void decode(int64_t row, int64_t first, int64_t count, float* out) const {
    const std::byte* from = data_ + row * row_bytes_ + first / block_elements_ * block_bytes_;
    if (kernels_ != nullptr && kernels_->unpack != nullptr) {
      kernels_->unpack(from, out, count);
    } else {
      codec_->decode(from, out, count / block_elements_);
    }
  }

 private:
  const TypeKernels* kernels_;
  const Codec* codec_;
  int64_t cols_;
  int64_t block_elements_;
  int64_t block_bytes_;
  int64_t row_bytes_;
  const std::byte* data_;
};

}  // namespace sov::compute
