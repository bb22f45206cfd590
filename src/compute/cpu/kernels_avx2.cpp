#if defined(__x86_64__)
#define SOV_TIER avx2
#include "compute/cpu/kernels-inl.h"

namespace sov::compute {

const Kernels& kernels_avx2() {
  static constexpr Kernels table = avx2::make_table("avx2");
  return table;
}

}  // namespace sov::compute
#endif
