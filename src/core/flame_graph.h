#pragma once
// Time by nested frames, as a picture and as text.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sov {

/// Frames from the outermost to the innermost, and the seconds spent in the last of them.
struct FlameStack {
  std::vector<std::string> frames;
  double seconds = 0;
};

/// An SVG document: a box per frame, as wide as its share of the time, callers above what they call; the
/// figures appear when the pointer rests on it. Source: Gregg, "The Flame Graph", CACM 59(6), 2016 (drawn
/// from the top down).
std::string flame_svg(std::span<const FlameStack> stacks, std::string_view title);

/// A line per stack, "a;b;c 1234" in microseconds: what flame graph tools read.
std::string folded_stacks(std::span<const FlameStack> stacks);

}  // namespace sov
