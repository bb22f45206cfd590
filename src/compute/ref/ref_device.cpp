// The definition of every operation: plain loops, double sums and transcendentals, each result rounded once.
#include <algorithm>
#include <cmath>
#include <vector>

#include "compute/device.h"
#include "compute/quant.h"
#include "compute/shapes.h"

namespace sov::compute {
namespace {

/// Row `row` of a weight as f32.
void decode_row(const Weight& w, int64_t row, std::span<float> out) {
  const int64_t bytes = w.row_bytes();
  const auto done = dequantize(w.dtype, {w.data + row * bytes, static_cast<size_t>(bytes)}, out);
  CHECK(done.has_value());
}

double dot(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); i++) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

double apply(Activation f, double x) {
  switch (f) {
    case Activation::silu:
      return x / (1 + std::exp(-x));
    case Activation::gelu:
      return 0.5 * x * (1 + std::erf(x * M_SQRT1_2));
    case Activation::gelu_tanh:
      return 0.5 * x * (1 + std::tanh(M_2_SQRTPI * M_SQRT1_2 * (x + 0.044715 * x * x * x)));
    case Activation::relu:
      return std::isnan(x) ? x : std::max(x, 0.0);
  }
  CHECK(false);
}

float capped(double x, double cap) { return static_cast<float>(cap * std::tanh(x / cap)); }

/// softmax(scores) in place: subtracts the maximum, so nothing overflows.
void softmax(std::span<double> scores) {
  const double largest = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (double& score : scores) sum += (score = std::exp(score - largest));
  for (double& score : scores) score /= sum;
}

/// One query head at one position: out = sum_s softmax(scale * q.k_s)[s] * v_s over the positions it sees.
void attend(const AttentionArgs& a, int64_t t, int64_t head) {
  const KvShape& shape = a.kv.shape;
  const int64_t kv = head / (a.heads / shape.kv_heads);
  const auto q = a.q.columns(head * shape.key_dim, shape.key_dim).row(t);
  std::vector<float> key(static_cast<size_t>(shape.key_dim)), value(static_cast<size_t>(shape.value_dim));
  const int64_t last = a.first_position + t;
  const int64_t first = a.window > 0 ? std::max<int64_t>(0, last - a.window + 1) : 0;

  std::vector<double> weights(static_cast<size_t>(last - first + 1));
  for (size_t i = 0; i < weights.size(); i++) {
    load_key(a.kv, first + static_cast<int64_t>(i), kv, key);
    double score = dot(q, key) * static_cast<double>(a.scale);
    const double cap = static_cast<double>(a.soft_cap);
    if (cap > 0) score = cap * std::tanh(score / cap);
    weights[i] = score;
  }
  softmax(weights);
  std::vector<double> sums(value.size());
  for (size_t i = 0; i < weights.size(); i++) {
    load_value(a.kv, first + static_cast<int64_t>(i), kv, value);
    for (size_t j = 0; j < sums.size(); j++) sums[j] += weights[i] * static_cast<double>(value[j]);
  }
  const auto out = a.out.columns(head * shape.value_dim, shape.value_dim).row(t);
  for (size_t j = 0; j < out.size(); j++) out[j] = static_cast<float>(sums[j]);
}

class RefDevice final : public Device {
 public:
  std::string_view name() const override { return "ref"; }
  std::string_view target() const override { return "scalar"; }
  int threads() const override { return 1; }

  void matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) override {
    check_matmul(w, x, bias, y);
    std::vector<float> row(static_cast<size_t>(w.cols));
    for (int64_t r = 0; r < w.rows; r++) {
      decode_row(w, r, row);
      const auto at = static_cast<size_t>(r);
      const double start = bias.empty() ? 0.0 : static_cast<double>(bias[at]);
      for (int64_t t = 0; t < x.count; t++) y.row(t)[at] = static_cast<float>(dot(row, x.row(t)) + start);
    }
  }

  void embed(const Weight& w, std::span<const int32_t> ids, Rows out) override {
    check_embed(w, ids, out);
    for (size_t i = 0; i < ids.size(); i++) decode_row(w, ids[i], out.row(static_cast<int64_t>(i)));
  }

  void rms_norm(ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                Rows out) override {
    check_norm(x, weight, {}, out);
    for (int64_t t = 0; t < x.count; t++) {
      const auto in = x.row(t);
      const double inverse =
          1 / std::sqrt(dot(in, in) / static_cast<double>(x.width) + static_cast<double>(eps));
      for (size_t i = 0; i < in.size(); i++) {
        const double factor = static_cast<double>(weight[i]) + static_cast<double>(weight_offset);
        out.row(t)[i] = static_cast<float>(static_cast<double>(in[i]) * inverse * factor);
      }
    }
  }

  void layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, float eps,
                  Rows out) override {
    check_norm(x, weight, bias, out);
    const auto width = static_cast<double>(x.width);
    for (int64_t t = 0; t < x.count; t++) {
      const auto in = x.row(t);
      double mean = 0;
      for (const float value : in) mean += static_cast<double>(value);
      mean /= width;
      double variance = 0;
      for (const float value : in)
        variance += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
      const double inverse = 1 / std::sqrt(variance / width + static_cast<double>(eps));
      for (size_t i = 0; i < in.size(); i++) {
        const double shift = bias.empty() ? 0.0 : static_cast<double>(bias[i]);
        const double normal = (static_cast<double>(in[i]) - mean) * inverse;
        out.row(t)[i] = static_cast<float>(normal * static_cast<double>(weight[i]) + shift);
      }
    }
  }

  void add(ConstRows x, Rows y) override {
    check_same_shape(x, y);
    for (int64_t t = 0; t < x.count; t++) {
      for (size_t i = 0; i < x.row(t).size(); i++) y.row(t)[i] += x.row(t)[i];
    }
  }

  void scale(Rows x, float factor) override {
    for_each(x, [factor](float value) { return value * factor; });
  }

  void soft_cap(Rows x, float cap) override {
    CHECK(cap > 0);
    for_each(x, [cap](float value) { return capped(static_cast<double>(value), static_cast<double>(cap)); });
  }

  void activate(Activation f, Rows x) override {
    for_each(x, [f](float value) { return static_cast<float>(apply(f, static_cast<double>(value))); });
  }

  void activate_gated(Activation f, Rows gate, ConstRows up) override {
    check_same_shape(up, gate);
    for (int64_t t = 0; t < gate.count; t++) {
      const auto row = gate.row(t);
      for (size_t i = 0; i < row.size(); i++) {
        row[i] =
            static_cast<float>(apply(f, static_cast<double>(row[i])) * static_cast<double>(up.row(t)[i]));
      }
    }
  }

  void rope(Rows x, int64_t head_dim, RopePairing pairing, ConstRows cos, ConstRows sin) override {
    check_rope(x, head_dim, cos, sin);
    const auto pairs = static_cast<size_t>(cos.width);
    for (int64_t t = 0; t < x.count; t++) {
      for (int64_t head = 0; head < x.width; head += head_dim) {
        const auto values = x.columns(head, head_dim).row(t);
        for (size_t i = 0; i < pairs; i++) {
          float& first = values[pairing == RopePairing::adjacent ? 2 * i : i];
          float& second = values[pairing == RopePairing::adjacent ? 2 * i + 1 : i + pairs];
          rotate(first, second, static_cast<double>(cos.row(t)[i]), static_cast<double>(sin.row(t)[i]));
        }
      }
    }
  }

  void store(ConstRows k, ConstRows v, int64_t first, const KvPages& to) override {
    check_store(k, v, first, to);
    store_rows(k, v, first, to);
  }

  void attention(const AttentionArgs& args) override {
    check_attention(args);
    for (int64_t t = 0; t < args.q.count; t++) {
      for (int64_t head = 0; head < args.heads; head++) attend(args, t, head);
    }
  }

 private:
  template <typename Function>
  static void for_each(Rows x, Function function) {
    for (int64_t t = 0; t < x.count; t++) {
      for (float& value : x.row(t)) value = function(value);
    }
  }

  static void rotate(float& first, float& second, double c, double s) {
    const auto a = static_cast<double>(first);
    const auto b = static_cast<double>(second);
    first = static_cast<float>(a * c - b * s);
    second = static_cast<float>(b * c + a * s);
  }
};

}  // namespace

std::unique_ptr<Device> make_ref_device() { return std::make_unique<RefDevice>(); }

}  // namespace sov::compute
