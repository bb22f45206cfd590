#pragma once
// The 16 values a 4-bit code of iq4_nl and iq4_xs stands for: spaced by the density of a bell-shaped
// distribution.

#include <cstdint>

namespace sov::compute {

// Source: gguf 0.19, IQ4_NL.kvalues (part of the file format).
inline constexpr int8_t kIq4Values[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                          1,    13,   25,  38,  53,  69,  89,  113};

}  // namespace sov::compute
