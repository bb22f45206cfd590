#if defined(__x86_64__)
#define SOV_TIER avx2_strict
#define SOV_STRICT 1
#include "compute/cpu/kernels-inl.h"

namespace sov::compute {

const Kernels& kernels_avx2_strict() {
  static constexpr Kernels table = avx2_strict::make_table("avx2-strict");
  return table;
}

}  // namespace sov::compute
#endif
