#include "llm/stop_text.h"

#include <algorithm>
#include <utility>

namespace sov::llm {
namespace {

/// Length of the longest end of text that begins a stop string.
size_t undecided(std::string_view text, const std::vector<std::string>& stops) {
  size_t longest = 0;
  for (const std::string& stop : stops) {
    for (size_t n = std::min(text.size(), stop.size() - 1); n > longest; n--) {
      if (text.ends_with(std::string_view(stop).substr(0, n))) longest = n;
    }
  }
  return longest;
}

}  // namespace

std::string StopText::push(std::string_view text) {
  if (matched_) return {};
  held_ += text;
  size_t first = std::string::npos, end = std::string::npos;
  for (const std::string& stop : stops_) {
    const size_t at = held_.find(stop);
    if (at == std::string::npos) continue;
    if (at + stop.size() < end || (at + stop.size() == end && at < first)) {
      first = at;
      end = at + stop.size();
      matched_ = stop;
    }
  }
  const size_t certain = matched_ ? first : held_.size() - undecided(held_, stops_);
  std::string out = held_.substr(0, certain);
  held_.erase(0, matched_ ? held_.size() : certain);
  return out;
}

std::string StopText::finish() { return matched_ ? std::string() : std::exchange(held_, {}); }

}  // namespace sov::llm
