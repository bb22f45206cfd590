#pragma once
// What the tests of the array functions share.

#include <string>
#include <vector>

#include "compute/array.h"
#include "compute/cpu/tiers.h"
#include "core/rng.h"

namespace sov::compute {

inline std::vector<float> random_floats(Rng& rng, int64_t count, double low = -1, double high = 1) {
  std::vector<float> out(static_cast<size_t>(count));
  for (float& value : out) value = static_cast<float>(low + (high - low) * rng.uniform());
  return out;
}

/// The SIMD tiers that run on this processor.
inline std::vector<std::string> targets_here() {
  std::vector<std::string> out;
  for (const Tier& tier : tiers()) {
    if (tier.runs_here) out.emplace_back(tier.name);
  }
  return out;
}

}  // namespace sov::compute
