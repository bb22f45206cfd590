// The SIMD device: cuts each operation into tasks by its shape and runs one tier's kernels on them. Which
// thread takes a task, and how many tasks there are, never changes a bit (see matmul-inl.h and
// attention-inl.h for the orders).
#include <algorithm>

#include "compute/cpu/attention.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/products.h"
#include "compute/cpu/row_decoder.h"
#include "compute/cpu/scratch.h"
#include "compute/cpu/tasks.h"
#include "compute/cpu/tiers.h"
#include "compute/device.h"
#include "compute/shapes.h"

namespace sov::compute {
namespace {

// The order that Kernels::activate counts in.
static_assert(static_cast<int>(Activation::silu) == 0 && static_cast<int>(Activation::gelu) == 1 &&
              static_cast<int>(Activation::gelu_tanh) == 2 && static_cast<int>(Activation::relu) == 3);

class CpuDevice final : public Device {
 public:
  CpuDevice(const Kernels& kernels, int threads) : kernels_(kernels), tasks_(threads) {}

  std::string_view name() const override { return "cpu"; }
  std::string_view target() const override { return kernels_.name; }
  int threads() const override { return tasks_.threads(); }

  void matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) override {
    check_matmul(w, x, bias, y);
    const Product product = {w, bias, y};
    products_.multiply({&product, 1}, x);
  }

  void matmul_each(std::span<const Product> products, ConstRows x) override {
    for (const Product& p : products) check_matmul(p.weight, x, p.bias, p.y);
    products_.multiply(products, x);
  }

  void matmul_gated(Activation f, const Product& gate, const Product& up, ConstRows x) override {
    check_gated(gate, up, x);
    products_.multiply_gated(f, gate, up, x);
  }

  void embed(const Weight& w, std::span<const int32_t> ids, Rows out) override {
    check_embed(w, ids, out);
    const RowDecoder decoder(kernels_, w);
    tasks_.over(out.count, w.cols, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) decoder.decode(ids[static_cast<size_t>(i)], out.row(i).data());
    });
  }

  void rms_norm(ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                Rows out) override {
    check_norm(x, weight, {}, out);
    for_rows(x, [&](int64_t t) {
      kernels_.rms_norm(x.row(t).data(), weight.data(), weight_offset, eps, x.width, out.row(t).data());
    });
  }

  void layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, float eps,
                  Rows out) override {
    check_norm(x, weight, bias, out);
    const float* shift = bias.empty() ? nullptr : bias.data();
    for_rows(x, [&](int64_t t) {
      kernels_.layer_norm(x.row(t).data(), weight.data(), shift, eps, x.width, out.row(t).data());
    });
  }

  void add(ConstRows x, Rows y) override {
    check_same_shape(x, y);
    for_rows(x, [&](int64_t t) { kernels_.add(x.row(t).data(), y.row(t).data(), x.width); });
  }

  void scale(Rows x, float factor) override {
    for_rows(x, [&](int64_t t) { kernels_.scale(x.row(t).data(), factor, x.width); });
  }

  void soft_cap(Rows x, float cap) override {
    CHECK(cap > 0);
    for_rows(x, [&](int64_t t) { kernels_.soft_cap(x.row(t).data(), cap, x.width); }, 8);
  }

  void activate(Activation f, Rows x) override {
    for_rows(
        x, [&](int64_t t) { kernels_.activate(static_cast<int>(f), x.row(t).data(), nullptr, x.width); }, 8);
  }

  void activate_gated(Activation f, Rows gate, ConstRows up) override {
    check_same_shape(up, gate);
    const auto one = [&](int64_t t) {
      kernels_.activate(static_cast<int>(f), gate.row(t).data(), up.row(t).data(), gate.width);
    };
    for_rows(gate, one, 8);
  }

  void rope(Rows x, int64_t head_dim, RopePairing pairing, ConstRows cos, ConstRows sin) override {
    check_rope(x, head_dim, cos, sin);
    const auto rotate = pairing == RopePairing::adjacent ? kernels_.rope_adjacent : kernels_.rope_halves;
    for_rows(x, [&](int64_t t) {
      for (int64_t head = 0; head < x.width; head += head_dim) {
        rotate(x.row(t).data() + head, cos.row(t).data(), sin.row(t).data(), cos.width);
      }
    });
  }

  void store(ConstRows k, ConstRows v, int64_t first, const KvPages& to) override {
    check_store(k, v, first, to);
    tasks_.over(k.count, 8 * (k.width + v.width), [&](int64_t begin, int64_t end) {
      store_rows(k.slice(begin, end - begin), v.slice(begin, end - begin), first + begin, to);
    });
  }

  void attention(const AttentionArgs& args) override { attention_each({&args, 1}); }

  void attention_each(std::span<const AttentionArgs> calls) override {
    for (const AttentionArgs& call : calls) check_attention(call);
    attention_.run(calls);
  }

 private:
  /// body(row) for every row; `cost`: multiply-adds that one value is worth.
  template <typename Body>
  void for_rows(ConstRows x, Body&& body, int64_t cost = 1) {
    tasks_.over(x.count, x.width * cost, [&](int64_t begin, int64_t end) {
      for (int64_t t = begin; t < end; t++) body(t);
    });
  }

  const Kernels& kernels_;
  Tasks tasks_;
  ScratchPool scratch_;
  Products products_{kernels_, tasks_, scratch_};
  Attention attention_{kernels_, tasks_, scratch_};
};

}  // namespace

Result<std::unique_ptr<Device>> make_cpu_device(const CpuOptions& options) {
  if (options.threads < 0)
    return fail(Code::usage, "cpu device: threads must be >= 0, got {}", options.threads);
  TRY(const Kernels* kernels, choose_tier(options.target, options.strict));
  return std::make_unique<CpuDevice>(*kernels, options.threads);
}

}  // namespace sov::compute
