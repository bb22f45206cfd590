#pragma once
// The forward pass of a decoder-only transformer over a chunk of rows.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "compute/device.h"
#include "llm/config.h"
#include "llm/decoder/weights.h"
#include "llm/engine.h"
#include "nn/kv_cache.h"
#include "nn/rope.h"

namespace sov::llm {

/// Where a chunk stands: its first position, and the length of the sequence when the whole call is done.
struct Place {
  int64_t first = 0;
  int64_t sequence = 0;
};

/// Owns the intermediate buffers of one sequence's passes.
/// Threads: one caller at a time.
class Decoder {
 public:
  Decoder(const Config& config, const Weights& weights, compute::Device& device);

  /// Embeds ids and runs all layers, adding their keys and values to the cache (reserved by the caller).
  /// Returns the residual stream [T, hidden] before the final norm, valid until the next call.
  compute::Rows forward(std::span<const TokenId> ids, Place place, nn::KvCache& cache, const Tap* tap);
  /// Final norm and head. Shapes: x [T, hidden] -> [T, vocab], valid until the next call.
  compute::Rows logits(compute::Rows x, const Tap* tap);

  /// True when growing from one length to the other leaves cached keys as they are.
  bool same_angles(int64_t sequence, int64_t other) const;

 private:
  void embed(std::span<const TokenId> ids, int64_t first, compute::Rows x);
  void layer(int64_t index, compute::Rows x, int64_t first, nn::KvCache& cache, const Tap* tap);
  void attention(int64_t index, compute::ConstRows h, int64_t first, nn::KvCache& cache, compute::Rows out);

  const Config& config_;
  const Weights& weights_;
  compute::Device& device_;
  nn::NormStyle norm_;
  std::vector<nn::Rope> ropes_;
  std::vector<nn::Rope::Table> tables_;  // of the current chunk, one per rope
  nn::Buffer x_, h_, q_, k_, v_, mixed_, block_, up_, gate_, normed_, logits_;
};

}  // namespace sov::llm
