#include "core/stack.h"

#include <cstdint>
#ifdef __GLIBC__
#include <pthread.h>
#endif

namespace sov {
namespace {

/// Lowest address of this thread's stack; 0 when unknown.
uintptr_t stack_end() {
#ifdef __GLIBC__
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  void* lowest = nullptr;
  size_t size = 0;
  const bool known = pthread_attr_getstack(&attributes, &lowest, &size) == 0;
  pthread_attr_destroy(&attributes);
  return known ? reinterpret_cast<uintptr_t>(lowest) : 0;
#else
  return 0;
#endif
}

}  // namespace

size_t stack_left() {
  static thread_local const uintptr_t end = stack_end();
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (end == 0) return SIZE_MAX;
  return here > end ? here - end : 0;
}

}  // namespace sov
