#pragma once
// A Python source file as UTF-8 text with lines, and errors that show the line.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/result.h"

namespace sov::transpiler {

class SourceText {
 public:
  /// Decodes bytes by byte order mark or the comment in the first two lines (PEP 263), and makes all line
  /// ends "\n". Errors: corrupt for bytes that are not in the encoding, for NUL, for a mark that contradicts
  /// the comment; unsupported for an encoding that the system does not know.
  static Result<SourceText> decode(std::string name, std::string_view bytes);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  size_t line_count() const { return line_starts_.size(); }
  uint32_t line_start(uint32_t line) const { return line_starts_[line - 1]; }
  /// The line without its end; lines count from 1.
  std::string_view line(uint32_t line) const;

  /// "FILE:LINE:COLUMN: message", the line, a caret under the column (bytes from 0), and a hint where there
  /// is one.
  Error error(Code code, uint32_t line, uint32_t column, std::string_view message,
              std::string_view hint = {}) const;

 private:
  std::string name_, text_;
  std::vector<uint32_t> line_starts_;
};

}  // namespace sov::transpiler
