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

/// Ids of one sequence: where they stand, and the cache (reserved by the caller) for their keys and values.
struct Piece {
  std::span<const TokenId> ids;
  int64_t first = 0;     // position of the first id
  int64_t sequence = 0;  // length of the sequence when the whole call is done
  nn::KvCache* cache = nullptr;
};

/// Owns the intermediate buffers of passes.
/// Threads: one caller at a time.
class Decoder {
 public:
  Decoder(const Config& config, const Weights& weights, compute::Device& device);

  /// Embeds the ids of every piece and runs all layers, each piece seeing its own cache only.
  /// Returns the residual stream [T, hidden] before the final norm, rows in the order of the pieces, valid
  /// until the next call. Requires: no cache twice.
  compute::Rows forward(std::span<const Piece> pieces, const Tap* tap);
  /// Final norm and head. Shapes: x [T, hidden] -> [T, vocab], valid until the next call.
  compute::Rows logits(compute::Rows x, const Tap* tap);

  /// True when growing from one length to the other leaves cached keys as they are.
  bool same_angles(int64_t sequence, int64_t other) const;

 private:
  void embed(std::span<const Piece> pieces, compute::Rows x);
  void layer(int64_t index, compute::Rows x, std::span<const Piece> pieces, const Tap* tap);
  void attention(int64_t index, compute::ConstRows h, std::span<const Piece> pieces, compute::Rows out);
  /// Puts keys and values into the caches and mixes what each piece sees.
  void mix(int64_t index, std::span<const Piece> pieces, compute::ConstRows q, compute::ConstRows k,
           compute::ConstRows v, compute::Rows mixed);

  const Config& config_;
  const Weights& weights_;
  compute::Device& device_;
  nn::NormStyle norm_;
  std::vector<nn::Rope> ropes_;
  std::vector<nn::Rope::Table> tables_;  // of the current pieces, one per rope
  std::vector<TokenId> ids_;             // of the current pieces
  std::vector<compute::AttentionArgs> calls_;
  nn::Buffer x_, h_, q_, k_, v_, mixed_, block_, up_, gate_, normed_, logits_;
};

}  // namespace sov::llm
