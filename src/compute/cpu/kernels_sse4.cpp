#if defined(__x86_64__)
#define SOV_TIER sse4
#include "compute/cpu/kernels-inl.h"

namespace sov::compute {

const Kernels& kernels_sse4() {
  static constexpr Kernels table = sse4::make_table("sse4");
  return table;
}

}  // namespace sov::compute
#endif
