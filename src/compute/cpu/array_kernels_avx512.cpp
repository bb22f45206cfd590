#if defined(__x86_64__)
#define SOV_TIER avx512
#include "compute/cpu/array_kernels-inl.h"

namespace sov::compute {

const ArrayKernels& array_kernels_avx512() {
  static constexpr ArrayKernels table = avx512::make_array_table("avx512");
  return table;
}

}  // namespace sov::compute
#endif
