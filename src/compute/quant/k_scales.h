#pragma once
// The packed 6-bit scales of the K types: 12 bytes hold 8 scales and 8 minimums (q4_k, q5_k) or 16 scales
// (q3_k).

#include <cstddef>
#include <cstdint>

namespace sov::compute {

struct ScaleMin {
  int scale;
  int min;
};

/// Group 0..7. Bytes 0..3: low six bits are scales 0..3, 4..7: minimums 0..3; the upper two bits of these are
/// the top of scales and minimums 4..7, whose lower four bits are the nibbles of bytes 8..11.
inline ScaleMin q4_k_scale(const std::byte* packed, int group) {
  const auto at = [packed](int i) { return std::to_integer<int>(packed[i]); };
  if (group < 4) return {at(group) & 63, at(group + 4) & 63};
  return {(at(group + 4) & 15) | (at(group - 4) >> 6) << 4, at(group + 4) >> 4 | (at(group) >> 6) << 4};
}

/// Group 0..15, in -32..31: low nibbles of bytes 0..7 are groups 0..7, high ones 8..15; byte 8 + g % 4 holds
/// the top two bits of groups g, g + 4, ...
inline int q3_k_scale(const std::byte* packed, int group) {
  const auto at = [packed](int i) { return std::to_integer<int>(packed[i]); };
  const int low = (at(group % 8) >> (group / 8 * 4)) & 15;
  const int high = (at(8 + group % 4) >> (group / 4 * 2)) & 3;
  return (low | high << 4) - 32;
}

/// Writes the 12 bytes of 8 groups that q4_k_scale reads; scales and minimums in 0..63.
inline void pack_q4_k_scales(const int8_t* scale, const uint8_t* minimum, std::byte* packed) {
  for (int g = 0; g < 4; g++) {
    packed[g] = static_cast<std::byte>(scale[g] | (scale[g + 4] >> 4) << 6);
    packed[g + 4] = static_cast<std::byte>(minimum[g] | (minimum[g + 4] >> 4) << 6);
    packed[g + 8] = static_cast<std::byte>((scale[g + 4] & 15) | (minimum[g + 4] & 15) << 4);
  }
}

/// Writes the 12 bytes of 16 groups that q3_k_scale reads; scales in -32..31.
inline void pack_q3_k_scales(const int8_t* scale, std::byte* packed) {
  const auto code = [scale](int g) { return scale[g] + 32; };
  for (int g = 0; g < 8; g++) packed[g] = static_cast<std::byte>((code(g) & 15) | (code(g + 8) & 15) << 4);
  for (int g = 0; g < 4; g++) {
    packed[8 + g] = static_cast<std::byte>(code(g) >> 4 | (code(g + 4) >> 4) << 2 | (code(g + 8) >> 4) << 4 |
                                           (code(g + 12) >> 4) << 6);
  }
}

}  // namespace sov::compute
