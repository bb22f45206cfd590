#pragma once
// What every depyler command is given, and the table of commands.

#include <string>
#include <string_view>
#include <vector>

#include "core/args.h"
#include "core/json.h"
#include "core/result.h"
#include "core/terminal.h"

namespace sov::depyler {

/// One run of the program. stdout carries results only; notes go to stderr.
struct App {
  explicit App(bool json_output);

  Result<> print(std::string_view text) { return out.write(text); }
  Result<> print_json(const Json& document);
  void note(std::string_view text) const;

  bool json = false;
  bool json_printed = false;
  int status = 0;  // of a program that `run` ran: becomes our own
  Output out;
  Style style;
  Style error_style;
};

struct Command {
  CommandSpec spec;
  Result<> (*run)(App& app, const ParsedArgs& args) = nullptr;  // null: named, not built yet
};

const std::vector<Command>& commands();
int run_program(const std::vector<std::string>& words);

}  // namespace sov::depyler
