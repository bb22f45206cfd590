#include "compute/shapes.h"

#include "compute/quant.h"

namespace sov::compute {

void check_matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) {
  CHECK(w.present() && can_dequantize(w.dtype));
  CHECK(w.cols % info(w.dtype).block_elements == 0);
  CHECK(x.width == w.cols && y.width == w.rows && x.count == y.count);
  CHECK(bias.empty() || static_cast<int64_t>(bias.size()) == w.rows);
}

void check_gated(const Product& gate, const Product& up, ConstRows x) {
  check_matmul(gate.weight, x, gate.bias, gate.y);
  check_matmul(up.weight, x, up.bias, up.y);
  CHECK(gate.weight.rows == up.weight.rows);
}

void check_embed(const Weight& w, std::span<const int32_t> ids, Rows out) {
  CHECK(w.present() && can_dequantize(w.dtype));
  CHECK(w.cols % info(w.dtype).block_elements == 0);
  CHECK(out.width == w.cols && out.count == static_cast<int64_t>(ids.size()));
  for (const int32_t id : ids) CHECK(id >= 0 && id < w.rows);
}

void check_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, Rows out) {
  check_same_shape(x, out);
  CHECK(x.width > 0 && static_cast<int64_t>(weight.size()) == x.width);
  CHECK(bias.empty() || static_cast<int64_t>(bias.size()) == x.width);
}

void check_same_shape(ConstRows x, Rows y) { CHECK(x.count == y.count && x.width == y.width); }

void check_rope(Rows x, int64_t head_dim, ConstRows cos, ConstRows sin) {
  CHECK(head_dim > 0 && x.width % head_dim == 0);
  CHECK(cos.count == x.count && sin.count == x.count && cos.width == sin.width);
  CHECK(2 * cos.width <= head_dim);
}

void check_store(ConstRows k, ConstRows v, int64_t first, const KvPages& to) {
  CHECK(check_kv_shape(to.shape).has_value());
  CHECK(k.count == v.count && k.width == to.shape.kv_heads * to.shape.key_dim);
  CHECK(v.width == to.shape.kv_heads * to.shape.value_dim);
  CHECK(first >= 0 && first + k.count <= to.positions);
}

void check_attention(const AttentionArgs& a) {
  const KvShape& s = a.kv.shape;
  CHECK(check_kv_shape(s).has_value());
  CHECK(a.heads > 0 && s.kv_heads > 0 && a.heads % s.kv_heads == 0);
  CHECK(a.q.width == a.heads * s.key_dim && a.out.width == a.heads * s.value_dim);
  CHECK(a.q.count == a.out.count);
  CHECK(a.first_position >= 0 && a.first_position + a.q.count <= a.kv.positions);
  CHECK(a.window >= 0);
}

}  // namespace sov::compute
