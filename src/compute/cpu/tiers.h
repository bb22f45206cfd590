#pragma once
// Which SIMD tiers this build has and this processor runs.

#include <span>
#include <string_view>

#include "compute/cpu/kernels.h"
#include "core/result.h"

namespace sov::compute {

struct Tier {
  std::string_view name;
  const Kernels& (*kernels)();
  bool runs_here;
};

/// Every tier built, worst first.
std::span<const Tier> tiers();
/// The named tier, or the best that runs for an empty name.
/// Errors: unsupported when the build does not have it or the processor cannot run it.
Result<const Kernels*> choose_tier(std::string_view name);

}  // namespace sov::compute
