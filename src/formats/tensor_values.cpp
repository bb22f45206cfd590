#include "formats/tensor_values.h"

#include <algorithm>

#include "compute/quant.h"

namespace sov::formats {
namespace {

Result<> check_range(const Tensor& tensor, uint64_t begin, uint64_t count, uint64_t unit) {
  if (begin > tensor.elements() || count > tensor.elements() - begin) {
    return fail(Code::validation, "tensor '{}': wanted elements {} to {} of {}", tensor.name, begin,
                begin + count, tensor.elements());
  }
  if (unit == 0 || (begin % unit == 0 && count % unit == 0)) return {};
  return fail(Code::validation, "tensor '{}': wanted a range in units of {} elements, got {} from {}",
              tensor.name, unit, count, begin);
}

/// Elements that share padding: a row; for AprQ4, blocked over the flat tensor, all of it.
uint64_t padded_run(const Tensor& tensor) {
  return tensor.dtype == DType::apr_q4 || tensor.shape.empty() ? tensor.elements() : tensor.shape.back();
}

Result<> read_padded(const Tensor& tensor, uint64_t begin, std::span<float> out) {
  const uint64_t run = padded_run(tensor);
  TRY(check_range(tensor, begin, out.size(), run));
  if (out.empty()) return {};
  const DTypeInfo& type = info(tensor.dtype);
  const uint64_t blocks = (run + type.block_elements - 1) / type.block_elements;
  std::vector<float> whole(blocks * type.block_elements);
  for (uint64_t done = 0; done < out.size(); done += run) {
    const uint64_t first_byte = (begin + done) / run * blocks * type.block_bytes;
    TRY(compute::dequantize(tensor.dtype, tensor.data.subspan(first_byte, blocks * type.block_bytes), whole));
    std::copy_n(whole.begin(), run, out.begin() + static_cast<ptrdiff_t>(done));
  }
  return {};
}

}  // namespace

uint64_t value_unit(const Tensor& tensor) {
  if (tensor.encoding != Tensor::Encoding::padded_rows) return info(tensor.dtype).block_elements;
  return std::max<uint64_t>(1, padded_run(tensor));
}

Result<> read_values(const Tensor& tensor, uint64_t begin, std::span<float> out) {
  if (tensor.encoding == Tensor::Encoding::padded_rows) return read_padded(tensor, begin, out);
  const DTypeInfo& type = info(tensor.dtype);
  TRY(check_range(tensor, begin, out.size(), type.block_elements));
  const Bytes part = tensor.data.subspan(begin / type.block_elements * type.block_bytes,
                                         out.size() / type.block_elements * type.block_bytes);
  TRY(compute::dequantize(tensor.dtype, part, out));
  if (tensor.encoding == Tensor::Encoding::scaled) {
    for (float& v : out) v *= tensor.scale;
  }
  return {};
}

}  // namespace sov::formats
