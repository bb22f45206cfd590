#if defined(__x86_64__)
#define SOV_TIER avx512
#include "compute/cpu/kernels-inl.h"

namespace sov::compute {

const Kernels& kernels_avx512() {
  static constexpr Kernels table = avx512::make_table("avx512");
  return table;
}

}  // namespace sov::compute
#endif
