#include <algorithm>
#include <utf8proc.h>

#include "core/line_editor.h"
#include "core/text_width.h"
#include "core/utf8.h"

namespace sov {
namespace {

bool is_word_byte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || c == '_' || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z');
}

}  // namespace

void LineBuffer::set(std::string text) {
  text_ = std::move(text);
  cursor_ = text_.size();
}

void LineBuffer::insert(std::string_view text) {
  text_.insert(cursor_, text);
  cursor_ += text.size();
}

/// The end of the grapheme cluster that begins at `at`.
size_t LineBuffer::next(size_t at) const {
  if (at >= text_.size()) return text_.size();
  std::string_view rest = std::string_view(text_).substr(at);
  utf8::Decoded before = utf8::decode(rest);
  size_t end = before.length;
  utf8proc_int32_t state = 0;
  while (end < rest.size()) {
    const utf8::Decoded after = utf8::decode(rest.substr(end));
    if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before.code_point),
                                         static_cast<utf8proc_int32_t>(after.code_point), &state)) {
      break;
    }
    end += after.length;
    before = after;
  }
  return at + end;
}

size_t LineBuffer::previous(size_t at) const {
  size_t last = 0;
  for (size_t i = 0; i < at; i = next(i)) last = i;
  return last;
}

void LineBuffer::left() { cursor_ = previous(cursor_); }
void LineBuffer::right() { cursor_ = next(cursor_); }

void LineBuffer::word_left() {
  while (cursor_ > 0 && !is_word_byte(text_[cursor_ - 1])) cursor_--;
  while (cursor_ > 0 && is_word_byte(text_[cursor_ - 1])) cursor_--;
}

void LineBuffer::word_right() {
  while (cursor_ < text_.size() && !is_word_byte(text_[cursor_])) cursor_++;
  while (cursor_ < text_.size() && is_word_byte(text_[cursor_])) cursor_++;
}

void LineBuffer::line_start() {
  const size_t newline = cursor_ == 0 ? std::string::npos : text_.rfind('\n', cursor_ - 1);
  cursor_ = newline == std::string::npos ? 0 : newline + 1;
}

void LineBuffer::line_end() { cursor_ = std::min(text_.find('\n', cursor_), text_.size()); }

bool LineBuffer::row_up() {
  const size_t at = cursor_;
  line_start();
  const int column = display_width(std::string_view(text_).substr(cursor_, at - cursor_));
  if (cursor_ == 0) {
    cursor_ = at;
    return false;
  }
  cursor_--;  // onto the newline that ends the row above
  const size_t end = cursor_;
  line_start();
  const size_t start = cursor_;
  while (cursor_ < end && display_width(std::string_view(text_).substr(start, cursor_ - start)) < column)
    right();
  return true;
}

bool LineBuffer::row_down() {
  const size_t newline = text_.find('\n', cursor_);
  if (newline == std::string::npos) return false;
  const size_t at = cursor_;
  line_start();
  const int column = display_width(std::string_view(text_).substr(cursor_, at - cursor_));
  cursor_ = newline + 1;
  const size_t start = cursor_;
  const size_t end = std::min(text_.find('\n', start), text_.size());
  while (cursor_ < end && display_width(std::string_view(text_).substr(start, cursor_ - start)) < column)
    right();
  return true;
}

void LineBuffer::backspace() {
  const size_t end = cursor_;
  left();
  text_.erase(cursor_, end - cursor_);
}

void LineBuffer::erase() { text_.erase(cursor_, next(cursor_) - cursor_); }

void LineBuffer::kill(size_t first, size_t last) {
  if (first == last) return;
  killed_ = text_.substr(first, last - first);
  text_.erase(first, last - first);
  cursor_ = first;
}

void LineBuffer::kill_to_end() {
  const size_t at = cursor_;
  line_end();
  kill(at, cursor_);
}

void LineBuffer::kill_to_start() {
  const size_t at = cursor_;
  line_start();
  kill(cursor_, at);
}

void LineBuffer::kill_word_left() {
  const size_t at = cursor_;
  word_left();
  kill(cursor_, at);
}

void LineBuffer::kill_word_right() {
  const size_t at = cursor_;
  word_right();
  kill(at, cursor_);
}

}  // namespace sov
