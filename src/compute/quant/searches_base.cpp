// Without processor flags: what every processor of the build's architecture runs.
#define SOV_TIER base
#include "compute/cpu/cpuid.h"
#include "compute/quant/searches-inl.h"

namespace sov::compute {

const Searches& searches_base() {
  static constexpr Searches table = base::make_searches();
  return table;
}

const Searches& searches() {
#if defined(__x86_64__)
  static const bool avx2 = cpu_features().avx2;
  if (avx2) return searches_avx2();
#endif
  return searches_base();
}

}  // namespace sov::compute
