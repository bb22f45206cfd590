#include "nn/kv_cache.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace sov::nn {

Result<> KvCache::reserve(int64_t positions) {
  if (positions <= capacity_) return {};
  if (positions > limit_) {
    return fail(Code::exhausted, "context: {} positions wanted, the cache holds {}", positions, limit_);
  }
  const int64_t capacity = std::min(limit_, std::max({positions, 2 * capacity_, int64_t{64}}));
  for (Block& block : keys_) TRY(grow(block, key_width_, capacity));
  for (Block& block : values_) TRY(grow(block, value_width_, capacity));
  capacity_ = capacity;
  return {};
}

Result<> KvCache::grow(Block& block, int64_t width, int64_t capacity) const {
  const auto size = static_cast<size_t>(capacity) * static_cast<size_t>(width);
  Block larger(new (std::nothrow) float[size]);  // left uninitialised: rows are written before they are read
  if (!larger) return fail(Code::exhausted, "context: no memory for {} positions", capacity);
  if (capacity_ > 0)
    std::memcpy(larger.get(), block.get(), sizeof(float) * static_cast<size_t>(capacity_ * width));
  block = std::move(larger);
  return {};
}

compute::Rows KvCache::keys(int64_t layer, int64_t first, int64_t count) {
  DCHECK(first + count <= capacity_);
  return {keys_[static_cast<size_t>(layer)].get() + first * key_width_, count, key_width_};
}

compute::Rows KvCache::values(int64_t layer, int64_t first, int64_t count) {
  DCHECK(first + count <= capacity_);
  return {values_[static_cast<size_t>(layer)].get() + first * value_width_, count, value_width_};
}

uint64_t KvCache::bytes() const {
  return sizeof(float) * static_cast<uint64_t>(capacity_) *
         (keys_.size() * static_cast<uint64_t>(key_width_) +
          values_.size() * static_cast<uint64_t>(value_width_));
}

}  // namespace sov::nn
