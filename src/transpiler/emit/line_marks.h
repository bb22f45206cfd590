#pragma once
// Which Python line each written line came from: while the text is built, every line ends in a mark that no
// Rust holds; the marks are taken out of the finished file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sov::transpiler {

/// The mark of a Python line.
std::string line_mark(uint32_t line);

/// Behind the last character of a text's last line, before its mark, if it has one, and its line end.
size_t unmarked_end(std::string_view text);

/// Removes all marks and returns the Python line of each Rust line, 0 where there is none. A line without a
/// mark in front of a marked one is its beginning.
std::vector<uint32_t> take_line_marks(std::string& rust);

/// The Python lines of a whole file's lines, for the part of it that has them: lines of the part stand in the
/// file in the same order, though some may have been left out.
std::vector<uint32_t> lines_within(std::string_view file, std::string_view part,
                                   const std::vector<uint32_t>& lines);

}  // namespace sov::transpiler
