#include "core/threads.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <sched.h>

#include "core/check.h"
#include "core/limits.h"

namespace sov {
namespace {

// How long a worker spins before it sleeps, and the caller before it yields: a decode step issues a job every
// few microseconds, a sleeping thread takes ~50 us to wake, and an idle program must not burn a core.
constexpr auto kSpin = std::chrono::microseconds(60);
constexpr int kPausesPerLook = 64;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

// ThreadPool::state_: 24 bits of the next task, 24 of the number of tasks, 16 of the job's.
constexpr int kTaskBits = 24;
constexpr uint64_t kMostTasks = (uint64_t{1} << kTaskBits) - 1;
uint64_t next_task(uint64_t state) { return state & kMostTasks; }
uint64_t task_count(uint64_t state) { return state >> kTaskBits & kMostTasks; }
bool has_task(uint64_t state) { return next_task(state) < task_count(state); }
uint64_t first_state(uint64_t before, uint64_t tasks) {
  const uint64_t job = (before >> (2 * kTaskBits)) + 1;
  return job << (2 * kTaskBits) | tasks << kTaskBits;
}

/// Spins until done() or the time is up; says whether done.
template <typename Done>
bool spin(Done done) {
  const auto deadline = std::chrono::steady_clock::now() + kSpin;
  do {
    for (int i = 0; i < kPausesPerLook; i++) {
      if (done()) return true;
      pause();
    }
  } while (std::chrono::steady_clock::now() < deadline);
  return false;
}

}  // namespace

int available_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  const bool known = sched_getaffinity(0, sizeof set, &set) == 0;
  const int cores =
      std::max(1, known ? CPU_COUNT(&set) : static_cast<int>(std::thread::hardware_concurrency()));
  // More threads than a container's quota pays for would all be stopped together, in the middle of an
  // operation.
  const std::optional<double> quota = group_limits().cpus;
  return quota ? std::clamp(static_cast<int>(std::ceil(*quota)), 1, cores) : cores;
}

ThreadPool::ThreadPool(int threads) {
  if (threads < 1) threads = available_cores();
  for (int i = 1; i < threads; i++) workers_.emplace_back([this] { worker_loop(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(sleep_mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::start(int64_t tasks, Call call, void* context) {
  CHECK(static_cast<uint64_t>(tasks) <= kMostTasks);
  job_ = {call, context};
  left_.store(tasks, std::memory_order_relaxed);
  state_.store(first_state(state_.load(std::memory_order_relaxed), static_cast<uint64_t>(tasks)));
  if (sleepers_.load() > 0) {
    const std::lock_guard lock(sleep_mutex_);
    wake_.notify_all();
  }
  work();
  const auto done = [this] { return left_.load(std::memory_order_acquire) == 0; };
  while (!spin(done)) std::this_thread::yield();
}

void ThreadPool::work() {
  int64_t done = 0;
  uint64_t state = state_.load(std::memory_order_acquire);
  while (has_task(state)) {
    if (!state_.compare_exchange_weak(state, state + 1, std::memory_order_acq_rel)) continue;
    job_.call(job_.context, static_cast<int64_t>(next_task(state)));
    done++;
    state++;
  }
  if (done > 0) left_.fetch_sub(done, std::memory_order_release);
}

/// False: the pool ends.
bool ThreadPool::wait_for_tasks() {
  const auto ready = [&] { return has_task(state_.load(std::memory_order_acquire)) || stop_.load(); };
  if (!spin(ready)) {
    std::unique_lock lock(sleep_mutex_);
    sleepers_.fetch_add(1);
    wake_.wait(lock, ready);
    sleepers_.fetch_sub(1);
  }
  return !stop_.load();
}

void ThreadPool::worker_loop() {
  while (wait_for_tasks()) work();
}

}  // namespace sov
