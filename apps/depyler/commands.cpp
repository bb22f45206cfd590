// The table of commands.
#include <array>

#include "apps/depyler/app.h"

namespace sov::depyler {

Command check_command();
Command compile_command();
Command inspect_command();
Command run_command();
Command transpile_command();

namespace {

constexpr auto kBuilt =
    std::array{transpile_command, compile_command, run_command, check_command, inspect_command};

struct Planned {
  std::string_view name;
  std::string_view summary;
};

/// Known names without a body: answered with `unsupported`, not "unknown command".
constexpr std::array kPlanned{
    Planned{"analyze", "complexity, and what blocks migration"},
    Planned{"lint", "constructs that make translation worse"},
    Planned{"verify", "compare Python and Rust on generated inputs"},
    Planned{"explain", "lead a rustc error back to the Python line"},
    Planned{"converge", "translate a folder until it compiles"},
    Planned{"train", "learn from a corpus"},
    Planned{"oracle", "classify compiler errors"},
    Planned{"repair", "learn types from compiler errors"},
    Planned{"report", "what failed in a folder, and why"},
    Planned{"cache", "the store of translations"},
    Planned{"graph", "dependencies of a corpus"},
    Planned{"corpus", "registered corpora"},
    Planned{"repl", "Python left, Rust right"},
    Planned{"mcp", "model context protocol server"},
};

std::vector<Command> make_commands() {
  std::vector<Command> all;
  for (const auto& make : kBuilt) {
    Command command = make();
    command.spec.options.push_back(
        {.name = "json", .help = "print one JSON document on stdout, errors included"});
    command.spec.options.push_back({.name = "help", .letter = 'h', .help = "print this page"});
    all.push_back(std::move(command));
  }
  for (const Planned& planned : kPlanned)
    all.push_back({.spec = {.name = planned.name, .summary = planned.summary}});
  return all;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = make_commands();
  return all;
}

}  // namespace sov::depyler
