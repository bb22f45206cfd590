#pragma once
// The processor's own account of itself.

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

}  // namespace sov::compute
