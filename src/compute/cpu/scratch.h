#pragma once
// Reusable work buffers: a task borrows one and gives it back, so nothing is allocated once a model is warm.

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "compute/cpu/memory.h"
#include "core/check.h"
#include "core/threads.h"

namespace sov::compute {

class ScratchPool {
  struct Free {
    void operator()(float* memory) const { std::free(memory); }
  };
  struct Buffer {
    std::unique_ptr<float, Free> memory;
    size_t floats = 0;
  };

 public:
  /// A borrowed buffer of floats, 64-byte aligned, contents undefined.
  class Loan {
   public:
    Loan(ScratchPool& pool, size_t floats) : pool_(pool), buffer_(pool.take(floats)) {}
    ~Loan() { pool_.put_back(std::move(buffer_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    float* data() { return buffer_.memory.get(); }

   private:
    ScratchPool& pool_;
    Buffer buffer_;
  };

  Loan borrow(size_t floats) { return {*this, floats}; }

 private:
  Buffer take(size_t floats) {
    Buffer buffer;
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        buffer = std::move(free_.back());
        free_.pop_back();
      }
    }
    if (buffer.floats < floats) {
      const size_t bytes = (floats * sizeof(float) + 4095) / 4096 * 4096;
      buffer.memory.reset(allocate_floats(bytes));
      CHECK(buffer.memory != nullptr);
      buffer.floats = bytes / sizeof(float);
    }
    return buffer;
  }

  void put_back(Buffer buffer) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(buffer));
  }
  Mutex mutex_;
  std::vector<Buffer> free_;
};

}  // namespace sov::compute
