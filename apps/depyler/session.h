#pragma once
// An interactive session as a growing program.

#include <string>

#include "core/result.h"

namespace sov::depyler {

/// Each entry is added to the program so far, which is then translated, compiled and run from its beginning;
/// what it prints beyond the last time is the entry's output. An entry that is refused, rejected or raises is
/// taken back.
class Session {
 public:
  struct Answer {
    std::string output;
    double seconds = 0;
  };
  /// Whether the text is a whole entry: an open bracket, string or indented block wants more lines.
  static bool complete(const std::string& text);
  /// Errors: corrupt (not Python), unsupported (not translated, with the construct), validation (rustc
  /// rejects it; or it raised: the exception).
  Result<Answer> run(const std::string& entry);
  const std::string& program() const { return program_; }

 private:
  std::string program_;
  size_t shown_ = 0;  // bytes of its output
};

}  // namespace sov::depyler
