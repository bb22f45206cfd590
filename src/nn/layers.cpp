#include "nn/layers.h"

namespace sov::nn {

using compute::ConstRows;
using compute::Device;
using compute::Rows;

void linear(Device& device, const Linear& w, ConstRows x, Rows y) { device.matmul(w.weight, x, w.bias, y); }

compute::Product product(const Linear& w, Rows y) { return {w.weight, w.bias, y}; }

void norm(Device& device, const NormStyle& style, const Norm& w, ConstRows x, Rows out) {
  switch (style.kind) {
    case NormKind::rms:
      return device.rms_norm(x, w.weight, style.weight_offset, style.eps, out);
    case NormKind::layer:
      return device.layer_norm(x, w.weight, w.bias, style.eps, out);
  }
}

void norm_heads(Device& device, const NormStyle& style, const Norm& w, Rows x) {
  const auto width = static_cast<int64_t>(w.weight.size());
  CHECK(x.stride == x.width && x.width % width == 0);
  const Rows heads(x.data, x.count * (x.width / width), width);
  norm(device, style, w, heads, heads);
}

void mlp(Device& device, const Mlp& w, compute::Activation f, ConstRows x, Buffer& up_buffer,
         Buffer& gate_buffer, Rows y) {
  const Rows up = up_buffer.rows(x.count, w.up.weight.rows);
  if (!w.gate.present()) {
    linear(device, w.up, x, up);
    device.activate(f, up);
    return linear(device, w.down, up, y);
  }
  const Rows gate = gate_buffer.rows(x.count, w.gate.weight.rows);
  device.matmul_gated(f, product(w.gate, gate), product(w.up, up), x);
  linear(device, w.down, gate, y);
}

}  // namespace sov::nn
