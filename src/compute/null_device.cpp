// A device that computes nothing: what is left of a run's time is what happens around the operations.
#include <algorithm>

#include "compute/device.h"
#include "compute/shapes.h"

namespace sov::compute {
namespace {

void clear(Rows rows) {
  for (int64_t t = 0; t < rows.count; t++) std::ranges::fill(rows.row(t), 0.0F);
}

class NullDevice final : public Device {
 public:
  std::string_view name() const override { return "null"; }
  std::string_view target() const override { return "none"; }
  int threads() const override { return 1; }

  void matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) override {
    check_matmul(w, x, bias, y);
    clear(y);
  }
  void embed(const Weight& w, std::span<const int32_t> ids, Rows out) override {
    check_embed(w, ids, out);
    clear(out);
  }
  void rms_norm(ConstRows x, std::span<const float> weight, float, float, Rows out) override {
    check_norm(x, weight, {}, out);
    clear(out);
  }
  void layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, float,
                  Rows out) override {
    check_norm(x, weight, bias, out);
    clear(out);
  }
  void add(ConstRows x, Rows y) override { check_same_shape(x, y); }
  void scale(Rows, float) override {}
  void soft_cap(Rows, float) override {}
  void activate(Activation, Rows) override {}
  void activate_gated(Activation, Rows gate, ConstRows up) override { check_same_shape(up, gate); }
  void rope(Rows x, int64_t head_dim, RopePairing, ConstRows cos, ConstRows sin) override {
    check_rope(x, head_dim, cos, sin);
  }
  void store(ConstRows k, ConstRows v, int64_t first, const KvPages& to) override {
    check_store(k, v, first, to);
  }
  void attention(const AttentionArgs& args) override {
    check_attention(args);
    clear(args.out);
  }
};

}  // namespace

std::unique_ptr<Device> make_null_device() { return std::make_unique<NullDevice>(); }

}  // namespace sov::compute
