#include "compute/cpu/memory.h"

#include <cstdlib>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace sov::compute {

float* allocate_floats(size_t bytes) {
  constexpr size_t kLine = 64, kLarge = size_t{2} << 20;
  const size_t unit = bytes >= kLarge / 2 ? kLarge : kLine;
  const size_t whole = (bytes + unit - 1) / unit * unit;
  if (whole < bytes) return nullptr;
  void* const memory = std::aligned_alloc(unit, whole);
#if defined(__linux__)
  // A wish: where it is not granted, pages are small.
  if (memory != nullptr && unit == kLarge) static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE));
#endif
  return static_cast<float*>(memory);
}

}  // namespace sov::compute
