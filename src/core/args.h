#pragma once
// Command lines from one declarative table: the same rows drive parsing, --help, "did you mean" and shell
// completion.

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace sov {

enum class ArgKind { flag, text, integer, real };

/// One option: `--name VALUE`, `--name=VALUE`, `-x VALUE` or, for a flag, `--name` / `-x`.
struct OptionSpec {
  std::string_view name;
  char letter = 0;  // 0: no short form
  ArgKind kind = ArgKind::flag;
  std::string_view value = {};     // what help calls the value, e.g. "N"
  std::string_view fallback = {};  // the default as a user would type it; empty: none
  std::string_view help = {};
  double min = -std::numeric_limits<double>::infinity();  // bounds of a number, both included
  double max = std::numeric_limits<double>::infinity();
  std::vector<std::string_view> choices = {};
  std::vector<std::string_view> aliases = {};  // other spellings, without the dashes
  bool repeatable = false;
  bool built = true;  // false: recognised, and answered with `unsupported`
};

struct PositionalSpec {
  std::string_view name;  // "FILE"
  std::string_view help = {};
  bool required = true;
  bool repeatable = false;  // takes all that follow; the last one only
  bool path = true;         // shells complete file names here
};

struct ExampleSpec {
  std::string_view command;
  std::string_view meaning;
};

struct CommandSpec {
  std::string_view name;  // as typed, e.g. "run" or "rosetta convert"
  std::string_view summary = {};
  std::vector<PositionalSpec> positionals = {};
  std::vector<OptionSpec> options = {};
  std::vector<ExampleSpec> examples = {};
  std::string_view notes = {};  // paragraphs for the end of the help
  std::vector<std::string_view> aliases = {};
};

/// What was typed for one command, with defaults filled in. Lookups CHECK that the name is in the spec.
class ParsedArgs {
 public:
  bool given(std::string_view name) const;
  bool flag(std::string_view name) const { return given(name); }
  /// An option's or positional's value, its default, or empty.
  std::string text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  /// Requires (CHECKed): the option was given or has a default.
  int64_t integer(std::string_view name) const;
  double real(std::string_view name) const;

 private:
  friend class ArgsParser;
  struct Slot {
    bool given = false;
    std::vector<std::string> values;
  };
  const Slot& slot(std::string_view name) const;
  std::map<std::string, Slot, std::less<>> slots_;
};

/// Parses the words after the command's name. With `--help` among the words nothing else is required.
/// Errors: usage, naming the option, what was wanted and what was got; unsupported for an option that is not
/// built.
Result<ParsedArgs> parse_args(const CommandSpec& command, std::string_view program,
                              std::span<const std::string> words);

/// The help page of one command, wrapped to `width` columns.
std::string help_text(const CommandSpec& command, std::string_view program, int width);

/// Paragraph wrap; continuation lines start with `indent` blanks. Words longer than a line stay whole.
std::string wrap_text(std::string_view text, int width, int indent);

/// The candidate nearest to a misspelt word, or empty when none is near.
/// Source: Damerau, CACM 7(3) 1964 (optimal string alignment distance).
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates);

enum class Shell { bash, zsh, fish };
/// A completion script for all commands.
std::string completion_script(Shell shell, std::string_view program, std::span<const CommandSpec> commands);

/// Whole-text numbers; usage errors begin with `what`.
Result<int64_t> parse_integer(std::string_view what, std::string_view text, double min, double max);
Result<double> parse_real(std::string_view what, std::string_view text, double min, double max);

}  // namespace sov
