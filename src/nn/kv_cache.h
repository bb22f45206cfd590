#pragma once
// Keys and values of the positions seen so far, per layer.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "compute/kv_pages.h"
#include "core/result.h"

namespace sov::nn {

/// Pages for positions 0 .. capacity-1 of every layer. Memory grows with the positions reserved, by doubling.
class KvCache {
 public:
  /// Requires (CHECKed): check_kv_shape accepts the shape.
  KvCache(int64_t layers, const compute::KvShape& shape, int64_t limit);

  /// Makes room for `positions`; what is there already stays.
  /// Errors: exhausted when positions exceed the limit or memory is refused.
  Result<> reserve(int64_t positions);

  /// The pages of a layer, to write or read; valid until more is reserved.
  compute::KvPages pages(int64_t layer) const;

  int64_t limit() const { return limit_; }
  uint64_t bytes() const;

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  using Block = std::unique_ptr<std::byte, Free>;
  Result<> grow(Block& block, int64_t capacity) const;
  std::vector<Block> layers_;
  compute::KvShape shape_;
  int64_t limit_;
  int64_t capacity_ = 0;  // whole pages
};

}  // namespace sov::nn
