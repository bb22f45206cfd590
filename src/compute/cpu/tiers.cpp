#include "compute/cpu/tiers.h"

#include <string>

#include "compute/cpu/cpuid.h"

namespace sov::compute {
namespace {

std::string names() {
  std::string out;
  for (const Tier& tier : tiers()) {
    if (tier.runs_here) out += strf("{}{}", out.empty() ? "" : ", ", tier.name);
  }
  return out;
}

}  // namespace

std::span<const Tier> tiers() {
#if defined(__x86_64__)
#if defined(SOV_EMULATE_AVX512)
  const bool avx512 = cpu_features().avx2;  // that tier is built over SIMDe (src/compute/targets.cmake)
#else
  const bool avx512 = cpu_features().avx512;
#endif
  static const Tier all[] = {
      {"sse4", kernels_sse4, kernels_sse4, cpu_features().sse4},
      {"avx2", kernels_avx2, kernels_avx2_strict, cpu_features().avx2},
      {"avx512", kernels_avx512, kernels_avx512_strict, avx512},
  };
#else
  static const Tier all[] = {{kPortableTier, kernels_portable, kernels_portable_strict, true}};
#endif
  return all;
}

Result<const Kernels*> choose_tier(std::string_view name, bool strict) {
  const Tier* best = nullptr;
  for (const Tier& tier : tiers()) {
    if (!name.empty() && tier.name != name) continue;
    if (tier.runs_here) best = &tier;
  }
  if (best != nullptr) return strict ? &best->strict_kernels() : &best->kernels();
  return fail(Code::unsupported, "SIMD target '{}': not built or not run by this processor, which has {}",
              name, names());
}

}  // namespace sov::compute
