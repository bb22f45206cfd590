// From the words of a command line to a command and back to an exit status.
#include "apps/depyler/app.h"

#include <algorithm>
#include <unistd.h>

#include "build_info.h"

namespace sov::depyler {
namespace {

std::vector<CommandRow> command_rows() {
  std::vector<CommandRow> rows;
  for (const Command& command : commands()) rows.push_back({&command.spec, command.run != nullptr});
  return rows;
}

std::string overview(const Style& style, int width) {
  const std::vector<CommandRow> rows = command_rows();
  return overview_text(
      {.program = "depyler",
       .headline = SOV_VERSION " - translate Python programs to Rust",
       .rows = rows,
       .foot =
           "Exit status: 0 done, 1 the program failed or a defect, 2 usage, 3 not found, 4 not valid "
           "Python,\n"
           "5 would overwrite, did not compile or differs, 7 i/o, 9 a construct that is not translated. See\n"
           "docs/depyler.md.",
       .column = 12},
      style, width);
}

/// The command whose one or two words begin the line; takes those words away.
const Command* match_command(std::vector<std::string>& words) {
  const auto named = [&](const std::string& typed) -> const Command* {
    for (const Command& command : commands()) {
      const auto& aliases = command.spec.aliases;
      if (command.spec.name == typed || std::ranges::find(aliases, typed) != aliases.end()) return &command;
    }
    return nullptr;
  };
  if (words.size() > 1) {
    if (const Command* two = named(words[0] + " " + words[1])) {
      words.erase(words.begin(), words.begin() + 2);
      return two;
    }
  }
  const Command* one = named(words[0]);
  if (one != nullptr) words.erase(words.begin());
  return one;
}

Result<> print_version(App& app) {
  if (!app.json)
    return app.print(
        strf("depyler {} ({}, {}, {})\n", SOV_VERSION, SOV_COMMIT, SOV_BUILD_TYPE, SOV_COMPILER));
  return app.print_json(Json::object()
                            .set("name", "depyler")
                            .set("version", SOV_VERSION)
                            .set("commit", SOV_COMMIT)
                            .set("build", SOV_BUILD_TYPE)
                            .set("compiler", SOV_COMPILER));
}

Result<> dispatch(App& app, std::vector<std::string> words) {
  std::vector<std::string> leading;  // flags may stand before the command: `depyler --json check F`
  while (!words.empty() && words[0].size() > 1 && words[0][0] == '-') {
    if (words[0] == "--version" || words[0] == "-V") return print_version(app);
    if (words[0] == "--help" || words[0] == "-h")
      return app.print(overview(app.style, terminal_width(STDOUT_FILENO)));
    leading.push_back(words[0]);
    words.erase(words.begin());
  }
  if (words.empty()) return fail(Code::usage, "a command is needed; see 'depyler --help'");
  if (words[0] == "help") {
    words.erase(words.begin());
    if (words.empty()) return app.print(overview(app.style, terminal_width(STDOUT_FILENO)));
    words.emplace_back("--help");
  }
  const Command* command = match_command(words);
  if (command == nullptr) return fail(unknown_command("depyler", words, command_rows()));
  if (command->run == nullptr)
    return fail(Code::unsupported, "'depyler {}' is not built yet", command->spec.name);
  words.insert(words.begin(), leading.begin(), leading.end());
  TRY(const ParsedArgs args, parse_args(command->spec, "depyler", words));
  if (args.flag("help")) return app.print(help_text(command->spec, "depyler", terminal_width(STDOUT_FILENO)));
  return command->run(app, args);
}

}  // namespace

int run_program(const std::vector<std::string>& words) {
  // What shapes error reports must be known before anything can fail; words after `--` are not ours.
  const auto end = std::ranges::find(words, "--");
  const bool json = std::find(words.begin(), end, "--json") != end;
  App app(json);
  Result<> done = run_guarded([&] { return dispatch(app, words); });
  if (done) done = app.out.flush();
  return done ? app.status : report_error(app, done.error());
}

}  // namespace sov::depyler
