#include "apps/apr/app.h"

namespace sov::apr {
namespace {

Result<> run(App& app, const ParsedArgs& args) {
  if (app.json) return fail(Code::usage, "'apr completion' prints a script; it has no JSON form");
  const std::string name = args.text("SHELL");
  std::vector<CommandSpec> specs;
  for (const Command& command : commands()) {
    if (command.run != nullptr) specs.push_back(command.spec);
  }
  const std::pair<std::string_view, Shell> shells[] = {
      {"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}};
  for (const auto& [shell_name, shell] : shells) {
    if (shell_name == name) return app.print(completion_script(shell, "apr", specs));
  }
  return fail(Code::usage, "SHELL: wanted bash, zsh or fish, got '{}'", name);
}

}  // namespace

Command completion_command() {
  return {
      .spec = {.name = "completion",
               .summary = "print a completion script for a shell",
               .positionals = {{.name = "SHELL", .help = "bash, zsh or fish", .path = false}},
               .examples = {{"source <(apr completion bash)", "complete commands and options in this bash"},
                            {"apr completion fish | source", "the same in fish"}}},
      .run = run};
}

}  // namespace sov::apr
