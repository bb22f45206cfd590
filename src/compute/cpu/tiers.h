#pragma once
// Which SIMD tiers this build has and this processor runs.

#include <span>
#include <string_view>

#include "compute/cpu/kernels.h"
#include "core/result.h"

namespace sov::compute {

#if defined(__aarch64__)
constexpr const char *kPortableTier = "neon", *kPortableStrictTier = "neon-strict";
#elif defined(__wasm_simd128__)
constexpr const char *kPortableTier = "simd128", *kPortableStrictTier = "simd128-strict";
#else
constexpr const char *kPortableTier = "portable", *kPortableStrictTier = "portable-strict";
#endif

struct Tier {
  std::string_view name;
  const Kernels& (*kernels)();
  const Kernels& (*strict_kernels)();  // the same bits in every tier
  bool runs_here;
};

/// Every tier built, worst first.
std::span<const Tier> tiers();
/// The named tier, or the best that runs for an empty name.
/// Errors: unsupported when the build does not have it or the processor cannot run it.
Result<const Kernels*> choose_tier(std::string_view name, bool strict = false);

}  // namespace sov::compute
