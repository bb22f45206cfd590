#include "core/stack.h"

#include <gtest/gtest.h>
#include <pthread.h>

namespace sov {
namespace {

/// Calls itself until less than `margin` is left; the depth reached.
int descend(size_t margin, int depth) {
  volatile char frame[1024] = {};  // so that a call takes at least a kilobyte
  frame[depth % 1024] = 1;
  return stack_left() < margin ? depth : descend(margin, depth + 1) + frame[(depth + 1) % 1024];
}

void* descend_in_thread(void* depth) {
  *static_cast<int*>(depth) = descend(size_t{64} << 10, 0);
  return nullptr;
}

int depth_on_stack_of(size_t bytes) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, bytes);
  pthread_t thread{};
  int depth = -1;
  EXPECT_EQ(pthread_create(&thread, &attributes, descend_in_thread, &depth), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  return depth;
}

TEST(Stack, RecursionThatAsksStopsBeforeTheEnd) {
  const int small = depth_on_stack_of(size_t{512} << 10), large = depth_on_stack_of(size_t{4} << 20);
  EXPECT_GT(small, 50);
  EXPECT_GT(large, small * 5);
  EXPECT_LT(large, 4096);  // a frame is more than a kilobyte
}

TEST(Stack, ShrinksWithEveryCall) {
  const size_t here = stack_left();
  EXPECT_GT(here, size_t{256} << 10);
  EXPECT_GT(descend(here - (size_t{64} << 10), 0), 5);
}

}  // namespace
}  // namespace sov
