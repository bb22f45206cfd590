#pragma once
// Work cut into tasks for the pool: small work stays on the calling thread.

#include <algorithm>
#include <cstdint>

#include "core/threads.h"

namespace sov::compute {

constexpr int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }
constexpr int64_t round_up(int64_t a, int64_t b) { return divide_up(a, b) * b; }

class Tasks {
 public:
  // Waking the pool costs a few microseconds; a task should take several. In multiply-adds, at roughly 20 per
  // nanosecond and thread.
  static constexpr int64_t kEnough = 128 * 1024;

  explicit Tasks(int threads) : pool_(threads) {}
  int threads() const { return pool_.size(); }

  /// body(task) for every task, on the pool when there is enough to do; `work`: multiply-adds of one task.
  template <typename Body>
  void run(int64_t tasks, int64_t work, Body&& body) {
    if (tasks * work < kEnough) {
      for (int64_t task = 0; task < tasks; task++) body(task);
    } else {
      pool_.run(tasks, body);
    }
  }

  /// body(begin, end) over ranges of `count` items of `work` multiply-adds each.
  template <typename Body>
  void over(int64_t count, int64_t work, Body&& body) {
    const int64_t size =
        std::clamp<int64_t>(kEnough / 4 / std::max<int64_t>(work, 1), 1, std::max<int64_t>(count, 1));
    run(divide_up(count, size), size * work,
        [&](int64_t task) { body(task * size, std::min(count, (task + 1) * size)); });
  }

 private:
  ThreadPool pool_;
};

}  // namespace sov::compute
