// The table of commands.
#include <array>

#include "apps/depyler/app.h"

namespace sov::depyler {

Command analyze_command();
Command cache_clear_command();
Command cache_gc_command();
Command cache_stats_command();
Command check_command();
Command compile_command();
Command corpus_add_command();
Command corpus_list_command();
Command corpus_show_command();
Command explain_command();
Command graph_command();
Command inspect_command();
Command lint_command();
Command mcp_command();
Command repl_command();
Command report_command();
Command run_command();
Command transpile_command();
Command verify_command();

namespace {

constexpr auto kBuilt = std::array{
    transpile_command, compile_command,     run_command,        check_command,       verify_command,
    analyze_command,   lint_command,        inspect_command,    explain_command,     report_command,
    graph_command,     corpus_list_command, corpus_add_command, corpus_show_command, cache_stats_command,
    cache_gc_command,  cache_clear_command, repl_command,       mcp_command,
};

struct Planned {
  std::string_view name;
  std::string_view summary;
};

/// Known names without a body: answered with `unsupported`, not "unknown command".
constexpr std::array kPlanned{
    Planned{"converge", "translate a folder until it compiles"},
    Planned{"train", "learn from a corpus"},
    Planned{"oracle", "classify compiler errors"},
    Planned{"repair", "learn types from compiler errors"},
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
