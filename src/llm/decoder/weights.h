#pragma once
// The tensors of a decoder, by role. Matrices are views into the model's file; vectors are owned f32 copies.

#include <cstddef>
#include <memory>
#include <vector>

#include "compute/device.h"

namespace sov::llm {

/// y = w x + bias; not present() where the architecture has none.
struct Linear {
  compute::Weight weight;
  std::vector<float> bias;
  bool present() const { return weight.present(); }
};

/// Weight and (layer norm) bias; empty where the architecture has none.
struct Norm {
  std::vector<float> weight, bias;
  bool present() const { return !weight.empty(); }
};

struct LayerWeights {
  Norm attention_norm, post_attention_norm;  // before and (sandwich) after attention
  Linear q, k, v, output;
  Norm q_norm, k_norm;
  Norm mlp_norm, post_mlp_norm;
  Linear gate, up, down;
};

struct Weights {
  compute::Weight embedding;  // [vocab, hidden]
  compute::Weight positions;  // [context, hidden], learned positions only
  std::vector<LayerWeights> layers;
  Norm final_norm;
  Linear head;                                      // tied: the embedding's rows
  std::vector<std::unique_ptr<std::byte[]>> owned;  // matrices that had to be rearranged
};

}  // namespace sov::llm
