#if !defined(__x86_64__)
#define SOV_TIER portable_strict
#define SOV_STRICT 1
#include "compute/cpu/kernels-inl.h"
#include "compute/cpu/tiers.h"

namespace sov::compute {

const Kernels& kernels_portable_strict() {
  static constexpr Kernels table = portable_strict::make_table(kPortableStrictTier);
  return table;
}

}  // namespace sov::compute
#endif
