#pragma once
// Long lines of written Rust, broken at their blocks as rustfmt would.

#include <string>
#include <string_view>

namespace sov::transpiler {

/// Lines of at most `width` bytes stay as they are; longer ones have the blocks in them that hold statements
/// written over several lines. Other long lines stay long.
std::string broken_lines(std::string_view text, size_t width);

}  // namespace sov::transpiler
