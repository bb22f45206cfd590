#pragma once
// The processor's own account of itself.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sov::compute {

struct CpuFeatures {
  bool sse4 = false, avx2 = false,
       avx512 = false;                  // the tiers' whole flag sets, the system's support included
  std::vector<std::string_view> flags;  // single features that kernels use or could use
  std::string brand;
};

/// All false and empty on processors other than x86-64.
CpuFeatures cpu_features();

/// The flags that a tier's code was compiled to use, as in CpuFeatures::flags; none for an unknown tier.
std::span<const std::string_view> tier_flags(std::string_view tier);

}  // namespace sov::compute
