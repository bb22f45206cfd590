#pragma once
// How a call of attention is cut: tiles of tokens that read the same pages together, and blocks of positions.

#include <algorithm>

#include "compute/cpu/kernels.h"
#include "compute/device.h"

namespace sov::compute {

/// A tile of tokens and the query heads of one kv head; blocks [first_block, last_block) hold what they see.
struct AttentionGroup {
  int64_t first_token, tokens, kv_head, rows;
  int64_t first_block, last_block;
};

/// None of it changes a result: see attention-inl.h for the orders.
struct AttentionPlan {
  // Query rows of a tile: their scores of a block stay in L2.
  static constexpr int64_t kTileRows = 48;

  explicit AttentionPlan(const AttentionArgs& a)
      : args(a),
        heads(a.heads / a.kv.shape.kv_heads),
        tile_tokens(std::clamp<int64_t>(kTileRows / heads, 1, std::max<int64_t>(a.q.count, 1))),
        tiles((a.q.count + tile_tokens - 1) / tile_tokens),
        rows(tile_tokens * heads),
        value_stride(a.kv.shape.value_stride()) {}

  int64_t groups() const { return tiles * args.kv.shape.kv_heads; }
  /// Group [0, groups()), tiles in the order of their tokens.
  AttentionGroup group(int64_t index) const {
    const int64_t first = index / args.kv.shape.kv_heads * tile_tokens;
    const int64_t tokens = std::min(tile_tokens, args.q.count - first);
    const int64_t end = args.first_position + first + tokens;
    return {first,
            tokens,
            index % args.kv.shape.kv_heads,
            tokens * heads,
            block_of_first(first),
            (end + kAttentionBlock - 1) / kAttentionBlock};
  }
  /// Multiply-adds of so many blocks for one group.
  int64_t work(int64_t block_count) const {
    return rows * std::min(block_count * kAttentionBlock, args.first_position + args.q.count) *
           (args.kv.shape.key_dim + value_stride);
  }
  /// Scratch of one group: scores, then the queries.
  int64_t query_floats() const { return aligned(rows * (kScoreStride + args.kv.shape.key_dim)); }
  int64_t state_floats() const { return aligned(rows * value_stride) + 2 * aligned(rows); }
  AttentionState state(float* memory) const {
    float* sums = memory + aligned(rows * value_stride);
    return {sums, sums + aligned(rows), memory};
  }

  const AttentionArgs& args;
  int64_t heads;  // query heads of a kv head
  int64_t tile_tokens, tiles;
  int64_t rows;  // of a whole tile
  int64_t value_stride;

 private:
  static int64_t aligned(int64_t floats) { return (floats + 15) / 16 * 16; }
  int64_t block_of_first(int64_t token) const {
    const int64_t after = args.first_position + token + 1;
    return args.window > 0 && after > args.window ? (after - args.window) / kAttentionBlock : 0;
  }
};

}  // namespace sov::compute
