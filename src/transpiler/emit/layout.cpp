#include "transpiler/emit/layout.h"

#include <algorithm>
#include <vector>

namespace sov::transpiler {
namespace {

/// For each position of a `{`, whether statements end within its block.
std::vector<bool> statement_blocks(std::string_view line) {
  std::vector<bool> out(line.size(), false);
  std::vector<size_t> open;
  for (size_t i = 0; i < line.size(); ++i) {
    if (const size_t end = past_literal(line, i); end != i) {
      i = end - 1;
      continue;
    }
    const char c = line[i];
    if (c == '{' || c == '(' || c == '[') open.push_back(i);
    if ((c == '}' || c == ')' || c == ']') && !open.empty()) open.pop_back();
    // the blocks around, as far as no bracket lies between, hold a statement too: this one
    for (size_t k = open.size(); c == ';' && k > 0 && line[open[k - 1]] == '{'; --k) out[open[k - 1]] = true;
  }
  return out;
}

class Breaker {
 public:
  Breaker(std::string_view line, size_t indent, std::string& out) : line_(line), indent_(indent), out_(out) {}

  void run() {
    const std::vector<bool> blocks = statement_blocks(line_);
    start_line();
    for (size_t i = 0; i < line_.size(); ++i) {
      if (const size_t end = past_literal(line_, i); end != i) {
        out_ += line_.substr(i, end - i);
        i = end - 1;
        continue;
      }
      i = character(i, blocks[i]);
    }
    out_ += '\n';
  }

 private:
  void start_line() { out_.append(indent_ + 4 * depth_, ' '); }
  void next_line() {
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += '\n';
    start_line();
  }
  size_t past_spaces(size_t i) const {
    while (i + 1 < line_.size() && line_[i + 1] == ' ') ++i;
    return i;
  }
  /// Writes the character at `i`; gives the last position that is dealt with.
  size_t character(size_t i, bool block) {
    const char c = line_[i];
    if (block) {
      out_ += '{';
      open_.push_back('b');
      ++depth_;
      next_line();
      return past_spaces(i);
    }
    if (c == '}' && !open_.empty() && open_.back() == 'b') return close_block(i);
    out_ += c;
    if (c == '{' || c == '(' || c == '[') open_.push_back('i');
    if ((c == '}' || c == ')' || c == ']') && !open_.empty()) open_.pop_back();
    const bool between = !open_.empty() && open_.back() == 'b';
    if (c == ';' && between) return end_of_statement(i);
    return i;
  }
  size_t close_block(size_t i) {
    open_.pop_back();
    --depth_;
    next_line();
    out_ += '}';
    // A loop or branch within a block is a statement of its own.
    const bool between = !open_.empty() && open_.back() == 'b';
    const std::string_view rest = line_.substr(i + 1);
    const bool goes_on = rest.empty() || rest[0] != ' ' || rest.starts_with(" else") ||
                         rest.starts_with(" }") || rest.starts_with(" as ");
    return between && !goes_on ? end_of_statement(i) : i;
  }
  size_t end_of_statement(size_t i) {
    const size_t last = past_spaces(i);
    if (last + 1 < line_.size() && line_[last + 1] != '}') next_line();
    return last;
  }

  std::string_view line_;
  size_t indent_, depth_ = 0;
  std::string& out_;
  std::vector<char> open_;  // 'b': a block over several lines, 'i': brackets within a line
};

}  // namespace

size_t past_literal(std::string_view line, size_t at) {
  if (line[at] == '\'') {
    const bool character = at + 2 < line.size() && (line[at + 1] == '\\' || line[at + 2] == '\'');
    if (!character) return at;
  } else if (line[at] != '"') {
    return at;
  }
  const char close = line[at];
  size_t end = at + 1;
  while (end < line.size() && line[end] != close) end += line[end] == '\\' ? 2 : 1;
  return std::min(end + 1, line.size());
}

bool goes_on_behind_block(std::string_view expression) {
  if (!expression.starts_with('{')) return false;
  size_t depth = 0;
  for (size_t i = 0; i < expression.size(); ++i) {
    if (const size_t end = past_literal(expression, i); end != i) {
      i = end - 1;
      continue;
    }
    if (expression[i] == '{') ++depth;
    if (expression[i] == '}' && --depth == 0) return i + 1 < expression.size();
  }
  return false;
}

std::string broken_lines(std::string_view text, size_t width) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view content = line.substr(indent);
    if (line.size() <= width || content.starts_with("//")) {
      out += line;
      out += '\n';
    } else {
      Breaker(content, indent, out).run();
    }
  }
  return out;
}

}  // namespace sov::transpiler
