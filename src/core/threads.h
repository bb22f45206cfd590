#pragma once
// One thread pool. Work is cut into numbered tasks by the caller, by shape alone; which thread runs a task
// never affects a result.

#ifdef __wasi__
#include "core/threads_none.h"
#else

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace sov {

/// Runs numbered tasks on `threads` threads, the caller's included. Whoever is free takes the next task: a
/// worker that the system has not woken yet, or has put aside, costs nothing but its help.
/// Threads: run() must be called from one thread at a time; it returns when all tasks are done.
class ThreadPool {
 public:
  /// threads < 1 means one per core that this process may use.
  explicit ThreadPool(int threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const { return static_cast<int>(workers_.size()) + 1; }

  /// Calls body(task) for every task in [0, tasks), in any order. The body must not throw and must not call
  /// run().
  template <typename Body>
  void run(int64_t tasks, Body&& body) {
    if (tasks <= 0) return;
    if (tasks == 1 || workers_.empty()) {
      for (int64_t task = 0; task < tasks; task++) body(task);
      return;
    }
    using Plain = std::remove_reference_t<Body>;
    const auto call = [](void* context, int64_t task) { (*static_cast<Plain*>(context))(task); };
    start(tasks, call, const_cast<void*>(static_cast<const void*>(&body)));
  }

 private:
  using Call = void (*)(void* context, int64_t task);
  struct Job {
    Call call = nullptr;
    void* context = nullptr;
  };
  void start(int64_t tasks, Call call, void* context);
  void work();
  void worker_loop();
  bool wait_for_tasks();

  std::vector<std::thread> workers_;
  // Read only by who holds a claimed task: it changes when all tasks are done.
  Job job_;
  // The job's number, its tasks and the next one, in one word: a claim is of the job that it was read with.
  alignas(64) std::atomic<uint64_t> state_{0};
  alignas(64) std::atomic<int64_t> left_{0};  // tasks not done
  std::atomic<bool> stop_{false};
  std::mutex sleep_mutex_;
  std::condition_variable wake_;
  std::atomic<int> sleepers_{0};
};

using Mutex = std::mutex;

/// Cores that this process may run on (affinity respected).
int available_cores();

}  // namespace sov

#endif
