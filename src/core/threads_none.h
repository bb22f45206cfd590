#pragma once
// What core/threads.h offers where a program has one thread only (WebAssembly under WASI): the same tasks in
// order.

#include <cstdint>

namespace sov {

class ThreadPool {
 public:
  explicit ThreadPool(int threads = 0) { static_cast<void>(threads); }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const { return 1; }

  template <typename Body>
  void run(int64_t tasks, Body&& body) {
    for (int64_t task = 0; task < tasks; task++) body(task);
  }
};

/// A lock that nobody else can hold.
struct Mutex {
  void lock() {}
  void unlock() {}
};

inline int available_cores() { return 1; }

}  // namespace sov
