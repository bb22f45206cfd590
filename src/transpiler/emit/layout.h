#pragma once
// Long lines of written Rust, broken at their blocks as rustfmt would.

#include <string>
#include <string_view>

namespace sov::transpiler {

/// Lines of at most `width` bytes stay as they are; longer ones have the blocks in them that hold statements
/// written over several lines. Other long lines stay long.
std::string broken_lines(std::string_view text, size_t width);

/// Behind a string or character literal that begins at `at`; `at` itself where none does.
size_t past_literal(std::string_view rust, size_t at);

/// Whether an expression begins with a block and goes on behind it: as a statement of its own Rust would end
/// it there.
bool goes_on_behind_block(std::string_view expression);

}  // namespace sov::transpiler
