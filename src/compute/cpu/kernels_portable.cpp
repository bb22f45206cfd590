// Processors other than x86-64: the compiler's vector types at the target's own width (NEON, WASM SIMD128).
#if !defined(__x86_64__)
#define SOV_TIER portable
#include "compute/cpu/kernels-inl.h"
#include "compute/cpu/tiers.h"

namespace sov::compute {

const Kernels& kernels_portable() {
  static constexpr Kernels table = portable::make_table(kPortableTier);
  return table;
}

}  // namespace sov::compute
#endif
