#pragma once
// A device that times another's operations: what each costs, in which part of the model it was asked for.

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "compute/device.h"
#include "llm/engine.h"

namespace sov::llm {

enum class Op { matmul, gate_up, embed, norm, add, scale, soft_cap, activation, rope, store, attention };
std::string_view op_name(Op op);

/// Of a generation: reading the prompt, and token by token.
enum class Phase { prefill, decode };
std::string_view phase_name(Phase phase);
enum class Part { embedding, attention, mlp, head };
std::string_view part_name(Part part);

/// What operations took, and what they cannot do without.
struct Work {
  double seconds = 0;
  double flops =
      0;  // of multiplications and additions in matrix products and attention; others are not counted
  double bytes = 0;  // weights, keys and values read once a call
  int64_t calls = 0;

  Work& operator+=(const Work& other);
};

/// Where work was done; layer -1 outside of the layers; the type of the weights for products, of the cache
/// for attention.
struct ZoneKey {
  Phase phase = Phase::prefill;
  int64_t layer = -1;
  Part part = Part::embedding;
  Op op = Op::matmul;
  DType dtype = DType::f32;

  auto operator<=>(const ZoneKey&) const = default;
};

class TimingDevice final : public compute::Device {
 public:
  explicit TimingDevice(compute::Device& inner) : inner_(inner) {}

  /// Everything from here on belongs to this phase; before the first call nothing is recorded.
  void set_phase(Phase phase);
  /// To be set on the session: tells the parts of the model apart.
  const Tap& tap() const { return tap_; }
  const std::map<ZoneKey, Work>& zones() const { return zones_; }

  std::string_view name() const override { return inner_.name(); }
  std::string_view target() const override { return inner_.target(); }
  int threads() const override { return inner_.threads(); }
  void matmul(const compute::Weight& w, compute::ConstRows x, std::span<const float> bias,
              compute::Rows y) override;
  void matmul_each(std::span<const compute::Product> products, compute::ConstRows x) override;
  void matmul_gated(compute::Activation f, const compute::Product& gate, const compute::Product& up,
                    compute::ConstRows x) override;
  void embed(const compute::Weight& w, std::span<const int32_t> ids, compute::Rows out) override;
  void rms_norm(compute::ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                compute::Rows out) override;
  void layer_norm(compute::ConstRows x, std::span<const float> weight, std::span<const float> bias, float eps,
                  compute::Rows out) override;
  void add(compute::ConstRows x, compute::Rows y) override;
  void scale(compute::Rows x, float factor) override;
  void soft_cap(compute::Rows x, float cap) override;
  void activate(compute::Activation f, compute::Rows x) override;
  void activate_gated(compute::Activation f, compute::Rows gate, compute::ConstRows up) override;
  void rope(compute::Rows x, int64_t head_dim, compute::RopePairing pairing, compute::ConstRows cos,
            compute::ConstRows sin) override;
  void store(compute::ConstRows k, compute::ConstRows v, int64_t first, const compute::KvPages& to) override;
  void attention(const compute::AttentionArgs& args) override;
  void attention_each(std::span<const compute::AttentionArgs> calls) override;

 private:
  struct Pending {
    Op op;
    DType dtype;
    Work work;
  };
  template <typename Body>
  void time(Op op, DType dtype, Work work, Body body);
  void place(std::string_view tap_name);

  compute::Device& inner_;
  std::optional<Phase> phase_;
  std::vector<Pending> pending_;  // since the last tap, which names what came before it
  std::map<ZoneKey, Work> zones_;
  Tap tap_ = [this](std::string_view name, compute::ConstRows) { place(name); };
};

}  // namespace sov::llm
