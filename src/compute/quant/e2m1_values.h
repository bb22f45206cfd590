#pragma once
// The values of the 4-bit floats of mxfp4 and nvfp4.

#include <cstdint>

namespace sov::compute {

/// Twice the values of E2M1, so that they are integers. Source: OCP Microscaling Formats specification 1.0,
/// table 5.
inline constexpr int8_t kTwiceE2m1[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

}  // namespace sov::compute
