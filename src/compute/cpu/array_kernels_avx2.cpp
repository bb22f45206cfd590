#if defined(__x86_64__)
#define SOV_TIER avx2
#include "compute/cpu/array_kernels-inl.h"

namespace sov::compute {

const ArrayKernels& array_kernels_avx2() {
  static constexpr ArrayKernels table = avx2::make_array_table("avx2");
  return table;
}

}  // namespace sov::compute
#endif
