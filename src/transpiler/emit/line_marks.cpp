#include "transpiler/emit/line_marks.h"

#include <charconv>

#include "core/format.h"

namespace sov::transpiler {
namespace {

constexpr char kBegin = '\x03', kEnd = '\x04';  // a str holds them escaped, so the text never does

}  // namespace

std::string line_mark(uint32_t line) { return strf("{}{}{}", kBegin, line, kEnd); }

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

}  // namespace sov::transpiler
