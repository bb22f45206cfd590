#pragma once
// The tensors of a decoder, by role. Matrices are views into the model's file; vectors are owned f32 copies.

#include <cstddef>
#include <memory>
#include <vector>

#include "compute/device.h"
#include "nn/layers.h"

namespace sov::llm {

struct LayerWeights {
  nn::Norm attention_norm, post_attention_norm;  // the second only with sandwich norms
  nn::Linear q, k, v, output;
  nn::Norm q_norm, k_norm;
  nn::Norm mlp_norm, post_mlp_norm;
  nn::Mlp mlp;
};

struct Weights {
  compute::Weight embedding;  // [vocab, hidden]
  compute::Weight positions;  // [context, hidden], learned positions only
  std::vector<LayerWeights> layers;
  nn::Norm final_norm;
  nn::Linear head;                                  // [vocab, hidden]; tied: the embedding's rows
  std::vector<std::unique_ptr<std::byte[]>> owned;  // matrices that had to be rearranged
};

}  // namespace sov::llm
