#include "core/threads.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <sched.h>

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
    generation_.fetch_add(1);
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::start(int64_t tasks, Call call, void* context) {
  job_ = {call, context, tasks};
  next_.store(0, std::memory_order_relaxed);
  busy_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
  generation_.fetch_add(1);
  if (sleepers_.load() > 0) {
    const std::lock_guard lock(sleep_mutex_);
    wake_.notify_all();
  }
  work(job_);
  const auto done = [this] { return busy_.load(std::memory_order_acquire) == 0; };
  while (!spin(done)) std::this_thread::yield();
}

void ThreadPool::work(const Job& job) {
  for (;;) {
    const int64_t task = next_.fetch_add(1, std::memory_order_relaxed);
    if (task >= job.tasks) return;
    job.call(job.context, task);
  }
}

bool ThreadPool::wait_for_job(uint32_t& seen) {
  const auto changed = [&] { return generation_.load(std::memory_order_acquire) != seen; };
  if (!spin(changed)) {
    std::unique_lock lock(sleep_mutex_);
    sleepers_.fetch_add(1);
    wake_.wait(lock, changed);
    sleepers_.fetch_sub(1);
  }
  seen = generation_.load(std::memory_order_acquire);
  return !stop_.load();
}

void ThreadPool::worker_loop() {
  uint32_t seen = 0;
  while (wait_for_job(seen)) {
    work(job_);
    busy_.fetch_sub(1, std::memory_order_release);
  }
}

}  // namespace sov
