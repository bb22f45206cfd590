#include "compute/device.h"

namespace sov::compute {

int64_t Weight::row_bytes() const {
  const auto bytes = bytes_for(dtype, static_cast<uint64_t>(cols));
  CHECK(bytes.has_value());
  return static_cast<int64_t>(*bytes);
}

Weight Weight::slice(int64_t first, int64_t n) const {
  CHECK(first >= 0 && n >= 0 && first + n <= rows);
  return {dtype, n, cols, data + first * row_bytes()};
}

void Device::matmul_each(std::span<const Product> products, ConstRows x) {
  for (const Product& p : products) matmul(p.weight, x, p.bias, p.y);
}

void Device::matmul_gated(Activation f, const Product& gate, const Product& up, ConstRows x) {
  matmul(up.weight, x, up.bias, up.y);
  matmul(gate.weight, x, gate.bias, gate.y);
  activate_gated(f, gate.y, up.y);
}

void Device::attention_each(std::span<const AttentionArgs> calls) {
  for (const AttentionArgs& call : calls) attention(call);
}

}  // namespace sov::compute
