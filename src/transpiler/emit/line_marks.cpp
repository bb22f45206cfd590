#include "transpiler/emit/line_marks.h"

#include <algorithm>
#include <charconv>

#include "core/format.h"

namespace sov::transpiler {
namespace {

constexpr char kBegin = '\x03', kEnd = '\x04';  // a str holds them escaped, so the text never does

constexpr size_t kLookAhead = 200;  // lines left out at once

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string line_mark(uint32_t line) { return strf("{}{}{}", kBegin, line, kEnd); }

size_t unmarked_end(std::string_view text) {
  const size_t end = text.size() - 1;
  return end > 0 && text[end - 1] == kEnd ? text.rfind(kBegin) : end;
}

std::vector<uint32_t> take_line_marks(std::string& rust) {
  std::vector<uint32_t> lines;
  std::string clean;
  size_t waiting = 0;  // lines without a mark so far
  uint32_t mark = 0;
  for (size_t at = 0; at < rust.size(); ++at) {
    if (rust[at] == kBegin) {
      const size_t end = rust.find(kEnd, at);
      if (mark == 0) std::from_chars(rust.data() + at + 1, rust.data() + end, mark);
      at = end;
      continue;
    }
    clean += rust[at];
    if (rust[at] != '\n') continue;
    if (mark == 0) {
      ++waiting;
    } else {
      // What stands before the first mark belongs to no line.
      lines.insert(lines.end(), waiting, lines.empty() ? 0 : mark);
      lines.push_back(mark);
      waiting = 0;
      mark = 0;
    }
  }
  lines.insert(lines.end(), waiting, 0);
  rust = std::move(clean);
  return lines;
}

std::vector<uint32_t> lines_within(std::string_view file, std::string_view part,
                                   const std::vector<uint32_t>& lines) {
  const std::vector<std::string_view> whole = split_lines(file), some = split_lines(part);
  std::vector<uint32_t> out(whole.size(), 0);
  size_t next = 0;
  for (size_t i = 0; i < whole.size(); ++i) {
    const size_t end = std::min(some.size(), next + kLookAhead);
    size_t j = next;
    while (j < end && some[j] != whole[i]) ++j;
    if (j == end) continue;
    out[i] = j < lines.size() ? lines[j] : 0;
    next = j + 1;
  }
  return out;
}

}  // namespace sov::transpiler
