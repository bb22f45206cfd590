#pragma once
// What every depyler command is given, and the table of commands.

#include <string>
#include <string_view>
#include <vector>

#include "core/program.h"

namespace sov::depyler {

/// One run of the program. stdout carries results only; notes go to stderr.
struct App : Console {
  explicit App(bool json_output) : Console(json_output) {}

  void note(std::string_view text) const { print_note(text); }

  int status = 0;  // of a program that `run` ran, or of a comparison: becomes our own
};

struct Command {
  CommandSpec spec;
  Result<> (*run)(App& app, const ParsedArgs& args) = nullptr;  // null: named, not built yet
};

const std::vector<Command>& commands();
int run_program(const std::vector<std::string>& words);

}  // namespace sov::depyler
