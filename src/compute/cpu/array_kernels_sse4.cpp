#if defined(__x86_64__)
#define SOV_TIER sse4
#include "compute/cpu/array_kernels-inl.h"

namespace sov::compute {

const ArrayKernels& array_kernels_sse4() {
  static constexpr ArrayKernels table = sse4::make_array_table("sse4");
  return table;
}

}  // namespace sov::compute
#endif
