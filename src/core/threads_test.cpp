#include "core/threads.h"

#include <gtest/gtest.h>
#include <numeric>

namespace sov {
namespace {

TEST(ThreadPool, RunsEveryTaskOnce) {
  for (const int threads : {1, 2, 3, 8}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.size(), threads);
    for (const int64_t tasks : {0, 1, 2, 7, 1000}) {
      std::vector<std::atomic<int>> counts(static_cast<size_t>(tasks));
      pool.run(tasks, [&](int64_t task) { counts[static_cast<size_t>(task)]++; });
      for (const std::atomic<int>& count : counts) EXPECT_EQ(count.load(), 1);
    }
  }
}

TEST(ThreadPool, ManyShortJobsSeeEachOthersWrites) {
  ThreadPool pool(4);
  std::vector<int64_t> values(64, 0);
  for (int job = 0; job < 5000; job++) {
    pool.run(64, [&](int64_t task) { values[static_cast<size_t>(task)]++; });
  }
  EXPECT_EQ(std::accumulate(values.begin(), values.end(), int64_t{0}), 64 * 5000);
}

TEST(ThreadPool, WakesSleepingWorkers) {
  ThreadPool pool(3);
  for (int i = 0; i < 3; i++) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::atomic<int> sum{0};
    pool.run(10, [&](int64_t task) { sum += static_cast<int>(task); });
    EXPECT_EQ(sum.load(), 45);
  }
}

}  // namespace
}  // namespace sov
