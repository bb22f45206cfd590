#include "core/line_editor.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <termios.h>
#include <unistd.h>

#include "core/env.h"
#include "core/terminal.h"
#include "core/text_width.h"
#include "core/utf8.h"

namespace sov {
namespace {

constexpr int kEnd = -1;
constexpr int kInterrupted = -2;
constexpr int kEscape = 0x1b;
constexpr int control(char letter) { return letter & 0x1f; }

/// Byte-at-a-time input without echo or signals for its lifetime; pasted blocks arrive bracketed.
class RawMode {
 public:
  RawMode() {
    ok_ = ::tcgetattr(STDIN_FILENO, &saved_) == 0;
    termios raw = saved_;
    raw.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    ok_ = ok_ && ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0;
  }
  ~RawMode() {
    if (ok_) ::tcsetattr(STDIN_FILENO, TCSADRAIN, &saved_);
  }
  RawMode(const RawMode&) = delete;
  RawMode& operator=(const RawMode&) = delete;
  bool ok() const { return ok_; }

 private:
  termios saved_{};
  bool ok_ = false;
};

}  // namespace

LineEditor::LineEditor(History* history)
    : history_(history),
      interactive_(is_terminal(STDIN_FILENO) && is_terminal(STDOUT_FILENO) &&
                   env("TERM").value_or("dumb") != "dumb") {}

Result<LineResult> LineEditor::read(std::string_view prompt) {
  return interactive_ ? read_keys(prompt) : read_plain(prompt);
}

Result<LineResult> LineEditor::read_plain(std::string_view prompt) {
  if (is_terminal(STDIN_FILENO) && is_terminal(STDOUT_FILENO)) {
    Output out(STDOUT_FILENO);
    TRY(out.write_now(prompt));
  }
  for (;;) {
    const size_t newline = input_.find('\n');
    if (newline != std::string::npos) {
      LineResult line{LineResult::Kind::text, input_.substr(0, newline)};
      input_.erase(0, newline + 1);
      if (line.text.ends_with('\r')) line.text.pop_back();
      return line;
    }
    if (!wait_readable(STDIN_FILENO)) return LineResult{LineResult::Kind::interrupted, ""};
    char block[4096];
    const ssize_t n = ::read(STDIN_FILENO, block, sizeof block);
    if (n < 0 && errno == EINTR) return LineResult{LineResult::Kind::interrupted, ""};
    if (n < 0) return fail(Code::io, "reading stdin: {}", std::strerror(errno));
    if (n == 0 && input_.empty()) return LineResult{LineResult::Kind::end, ""};
    if (n == 0) return LineResult{LineResult::Kind::text, std::exchange(input_, "")};
    input_.append(block, static_cast<size_t>(n));
  }
}

int LineEditor::next_byte() {
  if (!wait_readable(STDIN_FILENO)) return kInterrupted;
  unsigned char byte = 0;
  const ssize_t n = ::read(STDIN_FILENO, &byte, 1);
  if (n == 1) return byte;
  return n < 0 && errno == EINTR ? kInterrupted : kEnd;
}

Result<LineResult> LineEditor::read_keys(std::string_view prompt) {
  const RawMode raw;
  if (!raw.ok()) return fail(Code::io, "the terminal refused raw mode: {}", std::strerror(errno));
  Output out(STDOUT_FILENO);
  TRY(out.write_now("\x1b[?2004h"));
  buffer_.set("");
  draft_.clear();
  recalled_ = history_ == nullptr ? 0 : history_->entries().size();
  drawn_row_ = 0;
  TRY(draw(prompt));
  Step step = Step::more;
  while (step == Step::more) {
    const int key = next_byte();
    if (key == control('R')) {
      TRY(search());
    } else {
      step = take_key(key);
    }
    if (step == Step::done || step == Step::interrupted) buffer_.insert("");
    TRY(draw(prompt));
  }
  LineResult result{LineResult::Kind::text, buffer_.text()};
  if (step == Step::interrupted) result.kind = LineResult::Kind::interrupted;
  if (step == Step::end) result.kind = LineResult::Kind::end;
  // Leave below the last row, wherever the cursor was.
  const Picture last = picture(prompt, buffer_.text(), buffer_.cursor(), terminal_width(STDOUT_FILENO));
  for (size_t row = last.cursor_row; row + 1 < last.rows.size(); row++) TRY(out.write("\n"));
  TRY(out.write_now(step == Step::interrupted ? "^C\r\n\x1b[?2004l" : "\r\n\x1b[?2004l"));
  return result;
}

LineEditor::Step LineEditor::take_key(int key) {
  if (key == kInterrupted) return Step::interrupted;
  if (key == kEnd) return buffer_.text().empty() ? Step::end : Step::done;
  if (key == kEscape) {
    take_escape();
    return Step::more;
  }
  if (key < 0x20 || key == 0x7f) return take_control(key);
  insert_character(key);
  return Step::more;
}

LineEditor::Step LineEditor::take_control(int key) {
  switch (key) {
    case '\r':
    case '\n':
      return Step::done;
    case control('C'):
      return Step::interrupted;
    case control('D'):
      if (buffer_.text().empty()) return Step::end;
      buffer_.erase();
      break;
    case control('A'):
      buffer_.line_start();
      break;
    case control('E'):
      buffer_.line_end();
      break;
    case control('B'):
      buffer_.left();
      break;
    case control('F'):
      buffer_.right();
      break;
    case control('H'):
    case 0x7f:
      buffer_.backspace();
      break;
    case control('K'):
      buffer_.kill_to_end();
      break;
    case control('U'):
      buffer_.kill_to_start();
      break;
    case control('W'):
      buffer_.kill_word_left();
      break;
    case control('Y'):
      buffer_.yank();
      break;
    case control('P'):
      recall(-1);
      break;
    case control('N'):
      recall(+1);
      break;
    case control('L'):
      static_cast<void>(Output(STDOUT_FILENO).write_now("\x1b[H\x1b[2J").has_value());
      drawn_row_ = 0;
      break;
    case '\t':
      complete();
      break;
    default:
      break;
  }
  return Step::more;
}

/// ESC letter (Alt), ESC [ letter, ESC [ digits ~ (also with ;modifier), ESC O letter.
void LineEditor::take_escape() {
  const int first = next_byte();
  switch (first) {
    case 'b':
      return buffer_.word_left();
    case 'f':
      return buffer_.word_right();
    case 'd':
      return buffer_.kill_word_right();
    case 0x7f:
      return buffer_.kill_word_left();
    case '\r':
      return buffer_.insert("\n");
    default:
      break;
  }
  if (first != '[' && first != 'O') return;
  std::string parameters;
  int byte = next_byte();
  while ((byte >= '0' && byte <= '9') || byte == ';') {
    parameters += static_cast<char>(byte);
    byte = next_byte();
  }
  if (byte == '~') {
    if (parameters == "200") return take_paste();
    if (parameters == "3") return buffer_.erase();
    if (parameters == "1" || parameters == "7") return buffer_.line_start();
    if (parameters == "4" || parameters == "8") return buffer_.line_end();
    return;
  }
  const bool by_word = parameters.ends_with(";5") || parameters.ends_with(";3");  // with Ctrl or Alt
  if (by_word && byte == 'C') return buffer_.word_right();
  if (by_word && byte == 'D') return buffer_.word_left();
  if (byte > 0) take_escape_letter(static_cast<char>(byte));
}

void LineEditor::take_escape_letter(char letter) {
  switch (letter) {
    case 'A':
      if (!buffer_.row_up()) recall(-1);
      break;
    case 'B':
      if (!buffer_.row_down()) recall(+1);
      break;
    case 'C':
      buffer_.right();
      break;
    case 'D':
      buffer_.left();
      break;
    case 'H':
      buffer_.line_start();
      break;
    case 'F':
      buffer_.line_end();
      break;
    default:
      break;
  }
}

/// Everything up to ESC [ 201 ~ is text, newlines included.
void LineEditor::take_paste() {
  constexpr std::string_view kStop = "\x1b[201~";
  std::string text;
  for (;;) {
    const int byte = next_byte();
    if (byte == kInterrupted) continue;
    if (byte == kEnd) break;
    text += static_cast<char>(byte);
    if (text.ends_with(kStop)) {
      text.resize(text.size() - kStop.size());
      break;
    }
  }
  std::string clean;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '\r') {
      clean += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') i++;
    } else {
      clean += text[i];
    }
  }
  buffer_.insert(utf8::replace_invalid(clean));
}

void LineEditor::insert_character(int first) {
  std::string bytes(1, static_cast<char>(first));
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  for (int i = 0; i < more; i++) {
    const int byte = next_byte();
    if (byte < 0) break;
    bytes += static_cast<char>(byte);
  }
  buffer_.insert(utf8::replace_invalid(bytes));
}

void LineEditor::recall(int direction) {
  if (history_ == nullptr) return;
  const std::vector<std::string>& entries = history_->entries();
  if (direction < 0 ? recalled_ == 0 : recalled_ >= entries.size()) return;
  if (recalled_ == entries.size()) draft_ = buffer_.text();
  recalled_ = direction < 0 ? recalled_ - 1 : recalled_ + 1;
  buffer_.set(recalled_ == entries.size() ? draft_ : entries[recalled_]);
}

/// Fills in what all candidates share.
void LineEditor::complete() {
  if (!completer_) return;
  const std::vector<std::string> candidates = completer_(buffer_.text());
  if (candidates.empty()) return;
  std::string shared = candidates.front();
  for (const std::string& candidate : candidates) {
    const auto [a, b] = std::ranges::mismatch(shared, candidate);
    shared.erase(a, shared.end());
  }
  if (shared.size() > buffer_.text().size()) buffer_.set(shared);
}

/// Ctrl-R: the newest entry that contains what is typed; Ctrl-R again looks further back, Enter or an arrow
/// takes it into the line, Ctrl-C or Ctrl-G gives up.
Result<> LineEditor::search() {
  if (history_ == nullptr) return {};
  const std::vector<std::string>& entries = history_->entries();
  const std::string before = buffer_.text();
  std::string wanted;
  size_t at = entries.size();
  const auto look_back = [&](size_t from) {
    for (size_t i = from; i-- > 0;) {
      if (entries[i].find(wanted) == std::string::npos) continue;
      at = i;
      buffer_.set(entries[i]);
      return;
    }
  };
  for (;;) {
    TRY(draw(strf("(search '{}') ", wanted)));
    const int key = next_byte();
    if (key == control('R')) {
      look_back(at);
    } else if (key == 0x7f || key == control('H')) {
      wanted.resize(utf8::complete_prefix(wanted.substr(0, wanted.empty() ? 0 : wanted.size() - 1)));
      look_back(entries.size());
    } else if (key >= 0x20) {
      wanted += static_cast<char>(key);
      if (utf8::is_valid(wanted)) look_back(entries.size());
    } else {
      if (key == control('C') || key == control('G') || key < 0) buffer_.set(before);
      if (key == kEscape) take_escape();
      recalled_ = entries.size();
      return {};
    }
  }
}

LineEditor::Picture LineEditor::picture(std::string_view prompt, std::string_view text, size_t cursor,
                                        int width) {
  Picture picture;
  const int limit =
      std::max(width - 1, 10);  // the last column stays empty: terminals differ in how they wrap there
  picture.rows.emplace_back(prompt);
  int column = display_width(prompt);
  for (size_t i = 0; i <= text.size();) {
    if (i == cursor) {
      picture.cursor_row = picture.rows.size() - 1;
      picture.cursor_column = column;
    }
    if (i == text.size()) break;
    if (text[i] == '\n') {
      picture.rows.emplace_back("... ");
      column = 4;
      i++;
      continue;
    }
    const utf8::Decoded c = utf8::decode(text.substr(i));
    const std::string shown = text[i] == '\t' ? "    " : printable(text.substr(i, c.length));
    const int w = display_width(shown);
    if (column + w > limit) {
      picture.rows.emplace_back();
      column = 0;
      if (i == cursor) {
        picture.cursor_row = picture.rows.size() - 1;
        picture.cursor_column = 0;
      }
    }
    picture.rows.back() += shown;
    column += w;
    i += c.length;
  }
  return picture;
}

/// Redraws from the first row of the previous drawing; shows the part around the cursor when taller than the
/// screen.
Result<> LineEditor::draw(std::string_view prompt) {
  Picture p = picture(prompt, buffer_.text(), buffer_.cursor(), terminal_width(STDOUT_FILENO));
  const size_t height = static_cast<size_t>(std::max(2, terminal_height(STDOUT_FILENO)));
  if (p.rows.size() > height) {
    const size_t first = std::min(p.rows.size() - height, p.cursor_row - std::min(p.cursor_row, height / 2));
    p.rows = std::vector<std::string>(p.rows.begin() + static_cast<ptrdiff_t>(first),
                                      p.rows.begin() + static_cast<ptrdiff_t>(first + height));
    p.cursor_row -= first;
  }
  Output out(STDOUT_FILENO);
  if (drawn_row_ > 0) TRY(out.write(strf("\x1b[{}A", drawn_row_)));
  TRY(out.write("\r\x1b[J"));
  for (size_t row = 0; row < p.rows.size(); row++) TRY(out.write((row == 0 ? "" : "\r\n") + p.rows[row]));
  const size_t up = p.rows.size() - 1 - p.cursor_row;
  if (up > 0) TRY(out.write(strf("\x1b[{}A", up)));
  TRY(out.write("\r"));
  if (p.cursor_column > 0) TRY(out.write(strf("\x1b[{}C", p.cursor_column)));
  drawn_row_ = p.cursor_row;
  return out.flush();
}

}  // namespace sov
