#include "nn/kv_cache.h"

#include <algorithm>
#include <cstring>

#include "core/check.h"

namespace sov::nn {
namespace {

constexpr size_t kAlignment = 64;

int64_t whole_pages(int64_t positions) {
  return (positions + compute::kPagePositions - 1) / compute::kPagePositions * compute::kPagePositions;
}

}  // namespace

KvCache::KvCache(int64_t layers, const compute::KvShape& shape, int64_t limit)
    : layers_(static_cast<size_t>(layers)), shape_(shape), limit_(limit) {
  CHECK(check_kv_shape(shape).has_value());
}

Result<> KvCache::reserve(int64_t positions) {
  if (positions <= std::min(capacity_, limit_)) return {};
  if (positions > limit_) {
    return fail(Code::exhausted, "context: {} positions wanted, the cache holds {}", positions, limit_);
  }
  const int64_t capacity = whole_pages(std::min(limit_, std::max({positions, 2 * capacity_, int64_t{64}})));
  for (Block& block : layers_) TRY(grow(block, capacity));
  capacity_ = capacity;
  return {};
}

Result<> KvCache::grow(Block& block, int64_t capacity) const {
  const auto page = static_cast<size_t>(shape_.page_bytes());
  const size_t held = static_cast<size_t>(capacity_ / compute::kPagePositions) * page;
  const size_t size = static_cast<size_t>(capacity / compute::kPagePositions) * page;
  const size_t rounded = (size + kAlignment - 1) / kAlignment * kAlignment;
  Block larger(static_cast<std::byte*>(std::aligned_alloc(kAlignment, rounded)));
  if (!larger) return fail(Code::exhausted, "context: no memory for {} positions", capacity);
  if (held > 0) std::memcpy(larger.get(), block.get(), held);
  std::memset(larger.get() + held, 0, rounded - held);  // kernels read whole pages
  block = std::move(larger);
  return {};
}

compute::KvPages KvCache::pages(int64_t layer) const {
  return {shape_, layers_[static_cast<size_t>(layer)].get(), capacity_};
}

uint64_t KvCache::bytes() const {
  return static_cast<uint64_t>(capacity_ / compute::kPagePositions) * layers_.size() *
         static_cast<uint64_t>(shape_.page_bytes());
}

}  // namespace sov::nn
