#pragma once
// Just enough of Rust's syntax to edit a file at a place.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sov::transpiler {

struct Edit {
  size_t begin = 0, end = 0;  // bytes of the file
  std::string text = {};
};

/// The file with all edits made. Requires: they do not overlap.
std::string edited(std::string_view rust, std::vector<Edit> edits);

/// Whether each byte is code: not in a comment, a string or a character literal.
std::vector<bool> code_mask(std::string_view rust);

/// Where the runtime begins that a translation carries (the file's end when there is none).
size_t program_end(std::string_view rust);

/// The place of the bracket that closes the one at `open`, or nothing.
std::optional<size_t> closing(std::string_view rust, const std::vector<bool>& code, size_t open);

bool is_word_byte(char c);
/// The line that holds a byte, without its end.
std::string_view line_at(std::string_view text, size_t at);

/// `backquoted` parts of a message, in their order.
std::vector<std::string> quoted_parts(std::string_view message);

}  // namespace sov::transpiler
