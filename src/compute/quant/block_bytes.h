#pragma once
// How the decoders read a block.

#include <cstddef>
#include <cstdint>

#include "compute/float_bits.h"

namespace sov::compute {

inline float half_at(const std::byte* at) { return f16_to_f32(load_unaligned<uint16_t>(at)); }
inline int byte_at(const std::byte* at) { return std::to_integer<int>(*at); }

}  // namespace sov::compute
