#pragma once
// Do two configurations describe the same computation? A target that cannot say what the source says must not
// be written.

#include <optional>
#include <string>

#include "llm/config.h"

namespace sov::llm {

/// The first thing that differs, as "name: wanted, got"; nothing when both compute the same.
/// Rotations count as equal when they turn by the same angles (to f32) at every length.
std::optional<std::string> first_difference(const Config& wanted, const Config& got);

}  // namespace sov::llm
