#pragma once
// What every command is given: checked stdout, colour, log, interrupts, and the options all commands share.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.h"
#include "core/program.h"

namespace sov::apr {

/// One run of the program. stdout carries results only; notes and logs go to stderr.
struct App : Console {
  App(bool json_output, bool quiet_output, LogLevel level, LogFormat format);

  /// A line on stderr, unless --quiet.
  void note(std::string_view text) const;
  /// A progress bar on stderr, unless --quiet.
  Progress::Show progress() const { return quiet ? Progress::Show::no : Progress::Show::yes; }

  bool quiet = false;
  Log log;
  Interrupts interrupts;
};

/// One row of the command table.
struct Command {
  CommandSpec spec;
  Result<> (*run)(App& app, const ParsedArgs& args) = nullptr;  // null: named, not built yet
};

/// Every command, options common to all included. Adding one: apps/apr/cmd_x.cpp, a row in commands.cpp,
/// tests/cli/apr/x.case.
const std::vector<Command>& commands();

/// The page that `apr --help` prints.
std::string overview(const Style& style, int width);

/// Parses and runs one command line; returns the exit status of docs/errors.md.
int run_program(const std::vector<std::string>& words);

}  // namespace sov::apr
