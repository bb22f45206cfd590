#pragma once
// The small parts that every transformer here is put together from: a linear layer, a norm, an MLP.

#include <span>
#include <vector>

#include "compute/device.h"

namespace sov::nn {

/// y = w x + bias. Not present() where an architecture has none.
struct Linear {
  compute::Weight weight;   // [out, in], unowned
  std::vector<float> bias;  // [out] or empty
  bool present() const { return weight.present(); }
};

enum class NormKind { rms, layer };

struct Norm {
  std::vector<float> weight, bias;  // bias: layer norm only, may be empty
  bool present() const { return !weight.empty(); }
};

/// How all norms of a model are computed.
struct NormStyle {
  NormKind kind = NormKind::rms;
  float eps = 0;
  float weight_offset = 0;  // rms only
};

/// Shapes: x [T, in] -> y [T, out].
void linear(compute::Device& device, const Linear& w, compute::ConstRows x, compute::Rows y);
/// What a device needs to compute y = w x + bias with others of the same x.
compute::Product product(const Linear& w, compute::Rows y);
/// Shapes: x [T, n] -> out [T, n]; out may be x.
void norm(compute::Device& device, const NormStyle& style, const Norm& w, compute::ConstRows x,
          compute::Rows out);
/// Norms every width-wide head of x [T, heads * width] by itself, in place. Requires (CHECKed): rows of x
/// adjoin.
void norm_heads(compute::Device& device, const NormStyle& style, const Norm& w, compute::Rows x);

/// A row buffer that keeps its memory between uses.
class Buffer {
 public:
  compute::Rows rows(int64_t count, int64_t width) {
    const auto size = static_cast<size_t>(count * width);
    if (values_.size() < size) values_.resize(size);
    return {values_.data(), count, width};
  }

 private:
  std::vector<float> values_;
};

/// down(f(gate x) * up x), or down(f(up x)) without a gate.
struct Mlp {
  Linear gate, up, down;
};
/// Shapes: x [T, hidden] -> y [T, hidden]. Source: Shazeer, "GLU Variants Improve Transformer" (2020), eq. 6.
void mlp(compute::Device& device, const Mlp& w, compute::Activation f, compute::ConstRows x, Buffer& up,
         Buffer& gate, compute::Rows y);

}  // namespace sov::nn
