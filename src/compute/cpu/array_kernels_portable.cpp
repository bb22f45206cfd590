// See kernels_portable.cpp.
#if !defined(__x86_64__)
#define SOV_TIER portable
#include "compute/cpu/array_kernels-inl.h"

namespace sov::compute {

const ArrayKernels& array_kernels_portable() {
  static constexpr ArrayKernels table = portable::make_array_table("portable");
  return table;
}

}  // namespace sov::compute
#endif
