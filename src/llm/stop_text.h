#pragma once
// Stop strings in streamed text: lets through only what can no longer become part of one.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sov::llm {

class StopText {
 public:
  explicit StopText(std::vector<std::string> stops) : stops_(std::move(stops)) {}

  /// Adds text and returns what is certain. The stop string that is complete first ends the text (of two that
  /// end together the longer one), however the text is cut into pieces: what lies before it comes out and
  /// nothing after.
  std::string push(std::string_view text);
  /// The rest, when nothing more can come.
  std::string finish();
  /// The stop string found, if any.
  const std::optional<std::string>& matched() const { return matched_; }

 private:
  std::vector<std::string> stops_;
  std::string held_;
  std::optional<std::string> matched_;
};

}  // namespace sov::llm
