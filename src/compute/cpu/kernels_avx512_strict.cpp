#if defined(__x86_64__)
#define SOV_TIER avx512_strict
#define SOV_STRICT 1
#include "compute/cpu/kernels-inl.h"

namespace sov::compute {

const Kernels& kernels_avx512_strict() {
  static constexpr Kernels table = avx512_strict::make_table("avx512-strict");
  return table;
}

}  // namespace sov::compute
#endif
