#pragma once
// Keys and values of the positions seen so far, per layer.

#include <cstdint>
#include <memory>
#include <vector>

#include "compute/device.h"
#include "core/result.h"

namespace sov::nn {

/// f32 rows for positions 0 .. capacity-1 of every layer. Memory grows with the positions reserved, by
/// doubling.
class KvCache {
 public:
  KvCache(int64_t layers, int64_t key_width, int64_t value_width, int64_t limit)
      : keys_(static_cast<size_t>(layers)),
        values_(static_cast<size_t>(layers)),
        key_width_(key_width),
        value_width_(value_width),
        limit_(limit) {}

  /// Makes room for `positions`; rows already there keep their values.
  /// Errors: exhausted when positions exceed the limit or memory is refused.
  Result<> reserve(int64_t positions);

  /// Rows [first, first + count) of a layer, to write or read. Requires (DCHECKed): reserved.
  compute::Rows keys(int64_t layer, int64_t first, int64_t count);
  compute::Rows values(int64_t layer, int64_t first, int64_t count);

  int64_t limit() const { return limit_; }
  uint64_t bytes() const;

 private:
  using Block = std::unique_ptr<float[]>;
  Result<> grow(Block& block, int64_t width, int64_t capacity) const;
  std::vector<Block> keys_, values_;
  int64_t key_width_, value_width_, limit_;
  int64_t capacity_ = 0;
};

}  // namespace sov::nn
