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
Command converge_command();
Command corpus_add_command();
Command corpus_list_command();
Command corpus_show_command();
Command explain_command();
Command graph_command();
Command inspect_command();
Command lint_command();
Command mcp_command();
Command oracle_classify_command();
Command oracle_collect_command();
Command oracle_stats_command();
Command oracle_train_command();
Command repl_command();
Command repair_command();
Command report_command();
Command run_command();
Command train_command();
Command transpile_command();
Command verify_command();

namespace {

constexpr auto kBuilt = std::array{
    transpile_command,    compile_command,
    run_command,          check_command,
    verify_command,       analyze_command,
    lint_command,         inspect_command,
    explain_command,      report_command,
    graph_command,        corpus_list_command,
    corpus_add_command,   corpus_show_command,
    cache_stats_command,  cache_gc_command,
    cache_clear_command,  repl_command,
    mcp_command,          oracle_collect_command,
    oracle_train_command, oracle_classify_command,
    oracle_stats_command, repair_command,
    converge_command,     train_command,
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
  return all;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = make_commands();
  return all;
}

}  // namespace sov::depyler
