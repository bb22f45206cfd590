#pragma once
// Editing a line (or several) on a terminal: cursor keys, words, kill and yank, history with search, pasted
// blocks.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fs.h"
#include "core/result.h"

namespace sov {

/// Text with a cursor that moves by whole characters as people see them (grapheme clusters).
class LineBuffer {
 public:
  const std::string& text() const { return text_; }
  size_t cursor() const { return cursor_; }  // byte offset
  void set(std::string text);                // cursor to the end
  void insert(std::string_view text);
  void left();
  void right();
  void word_left();
  void word_right();
  void line_start();  // of the row the cursor is in
  void line_end();
  /// Moves one row up or down in the same column; false when there is none.
  bool row_up();
  bool row_down();
  void backspace();
  void erase();
  void kill_to_end();
  void kill_to_start();
  void kill_word_left();
  void kill_word_right();
  void yank() { insert(std::string(killed_)); }

 private:
  size_t previous(size_t at) const;
  size_t next(size_t at) const;
  void kill(size_t first, size_t last);
  std::string text_;
  std::string killed_;
  size_t cursor_ = 0;
};

/// Past entries, oldest first, kept in a file readable by its owner alone.
class History {
 public:
  History() = default;  // kept in memory only
  /// A file that does not exist yet is an empty history. Errors: io.
  static Result<History> open(std::filesystem::path path);
  /// Appends unless blank or equal to the last. Errors: io (the entry is kept in memory all the same).
  Result<> add(const std::string& entry);
  const std::vector<std::string>& entries() const { return entries_; }

 private:
  std::filesystem::path path_;
  std::vector<std::string> entries_;
};

struct LineResult {
  enum class Kind { text, interrupted, end } kind = Kind::text;
  std::string text;
};

/// Reads from stdin and draws on stdout when both are terminals (and TERM is not dumb); else reads plain
/// lines.
class LineEditor {
 public:
  explicit LineEditor(History* history);
  /// True when keys are edited here; false for pipes, files and dumb terminals.
  bool interactive() const { return interactive_; }
  /// Candidates for Tab, given the text so far.
  using Completer = std::function<std::vector<std::string>(std::string_view)>;
  void set_completer(Completer completer) { completer_ = std::move(completer); }

  /// One entry without its end; `interrupted` for Ctrl-C, `end` for Ctrl-D on an empty line or the end of
  /// input. Errors: io.
  Result<LineResult> read(std::string_view prompt);

  /// The rows that show `text` after `prompt` on `width` columns, and the cursor's place among them.
  struct Picture {
    std::vector<std::string> rows;
    size_t cursor_row = 0;
    int cursor_column = 0;
  };
  static Picture picture(std::string_view prompt, std::string_view text, size_t cursor, int width);

 private:
  enum class Step { more, done, interrupted, end };
  Result<LineResult> read_plain(std::string_view prompt);
  Result<LineResult> read_keys(std::string_view prompt);
  Step take_key(int key);
  Step take_control(int key);
  void take_escape();
  void take_escape_letter(char letter);
  void take_paste();
  void insert_character(int first);
  void complete();
  Result<> search();
  void recall(int direction);
  int next_byte();
  Result<> draw(std::string_view prompt);

  History* history_;
  Completer completer_;
  bool interactive_;
  LineBuffer buffer_;
  size_t recalled_ = 0;  // entries().size() means the line being written
  std::string draft_;
  size_t drawn_row_ = 0;  // cursor row of the last drawing
  std::string input_;     // bytes read from a pipe and not yet returned
};

}  // namespace sov
