#pragma once
// A device that looks over another's shoulder: does every operation through it and measures norms and
// attention on the way.

#include <string>
#include <string_view>
#include <vector>

#include "compute/device.h"

namespace sov::llm {

struct NormRecord {
  std::string name;     // of the tap that followed
  double worst = 0;     // largest error of the normalised rows' RMS; infinite for NaN
  bool silent = false;  // output all zero where the input was not
  int64_t zero_weights = 0, weights = 0;
};

struct AttentionRecord {
  std::string name;
  double worst_sum = 0;  // |sum of a row's weights - 1|; infinite for NaN
  bool finite = true;    // q, k and v
  bool varied = true;    // q and k differ between positions
};

class ProbeDevice final : public compute::Device {
 public:
  explicit ProbeDevice(compute::Device& inner) : inner_(inner) {}

  /// Names what was recorded since the last call.
  void name_last(std::string_view name);
  const std::vector<NormRecord>& norms() const { return norms_; }
  const std::vector<AttentionRecord>& attentions() const { return attentions_; }

  std::string_view name() const override { return inner_.name(); }
  std::string_view target() const override { return inner_.target(); }
  int threads() const override { return inner_.threads(); }
  void matmul(const compute::Weight& w, compute::ConstRows x, std::span<const float> bias,
              compute::Rows y) override {
    inner_.matmul(w, x, bias, y);
  }
  void embed(const compute::Weight& w, std::span<const int32_t> ids, compute::Rows out) override {
    inner_.embed(w, ids, out);
  }
  void rms_norm(compute::ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                compute::Rows out) override;
  void layer_norm(compute::ConstRows x, std::span<const float> weight, std::span<const float> bias, float eps,
                  compute::Rows out) override;
  void add(compute::ConstRows x, compute::Rows y) override { inner_.add(x, y); }
  void scale(compute::Rows x, float factor) override { inner_.scale(x, factor); }
  void soft_cap(compute::Rows x, float cap) override { inner_.soft_cap(x, cap); }
  void activate(compute::Activation f, compute::Rows x) override { inner_.activate(f, x); }
  void activate_gated(compute::Activation f, compute::Rows gate, compute::ConstRows up) override {
    inner_.activate_gated(f, gate, up);
  }
  void rope(compute::Rows x, int64_t head_dim, compute::RopePairing pairing, compute::ConstRows cos,
            compute::ConstRows sin) override {
    inner_.rope(x, head_dim, pairing, cos, sin);
  }
  void store(compute::ConstRows k, compute::ConstRows v, int64_t first, const compute::KvPages& to) override {
    inner_.store(k, v, first, to);
  }
  void attention(const compute::AttentionArgs& args) override;

 private:
  compute::Device& inner_;
  std::vector<NormRecord> norms_;
  std::vector<AttentionRecord> attentions_;
  size_t named_norms_ = 0, named_attentions_ = 0;
};

}  // namespace sov::llm
