#if defined(__x86_64__)
#define SOV_TIER avx2
#include "compute/quant/searches-inl.h"

namespace sov::compute {

const Searches& searches_avx2() {
  static constexpr Searches table = avx2::make_searches();
  return table;
}

}  // namespace sov::compute
#endif
