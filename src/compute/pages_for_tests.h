#pragma once
// Pages with memory of their own, for tests.

#include <vector>

#include "compute/device.h"

namespace sov::compute {

class OwnedPages {
 public:
  OwnedPages(const KvShape& shape, int64_t positions)
      : memory_(static_cast<size_t>((positions + kPagePositions - 1) / kPagePositions * shape.page_bytes())),
        pages_{shape, memory_.data(), positions} {}
  OwnedPages(const OwnedPages&) = delete;
  OwnedPages& operator=(const OwnedPages&) = delete;
  const KvPages& pages() const { return pages_; }

 private:
  std::vector<std::byte> memory_;
  KvPages pages_;
};

}  // namespace sov::compute
