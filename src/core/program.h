#pragma once
// What programs made of a table of commands share: checked output, the page of commands, and the one place
// where an error becomes output and an exit status.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/args.h"
#include "core/json.h"
#include "core/terminal.h"

namespace sov {

/// stdout of one run: results only, as text or as one JSON document.
struct Console {
  explicit Console(bool json_output);

  Result<> print(std::string_view text) { return out.write(text); }
  /// The whole result as one JSON document.
  Result<> print_json(const Json& document);

  bool json = false;
  bool json_printed = false;  // a document is out: an error adds no second one
  Output out;
  Style style;        // of stdout
  Style error_style;  // of stderr
};

/// A line on stderr.
void print_note(std::string_view text);

/// Prints an error on stderr, with --json also as a document, and returns the exit status: that of the
/// error's code, or 0 when the reader of stdout went away, because it has what it wanted.
int report_error(Console& console, const Error& error);

/// Runs a command with the standard library's exceptions made errors: no memory left, or a folder that
/// vanishes while it is listed.
Result<> run_guarded(const std::function<Result<>()>& command);

struct CommandRow {
  const CommandSpec* spec;
  bool built;
};

/// The page of `PROGRAM --help`. `headline`: what the program does; `foot`: exit statuses and the like.
/// `column`: width of the names.
struct OverviewPage {
  std::string_view program, headline;
  std::span<const CommandRow> rows;
  std::string_view foot;
  int column = 16;
};
std::string overview_text(const OverviewPage& page, const Style& style, int width);

/// Usage error for words that name no command: the second words there are, or the nearest name.
Error unknown_command(std::string_view program, std::span<const std::string> words,
                      std::span<const CommandRow> rows);

}  // namespace sov
