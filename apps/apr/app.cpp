// From the words of a command line to a command and back to an exit status.
#include "apps/apr/app.h"

#include <algorithm>
#include <optional>
#include <unistd.h>

#include "build_info.h"
#include "core/env.h"

namespace sov::apr {

App::App(bool json_output, bool quiet_output, LogLevel level, LogFormat format)
    : Console(json_output), quiet(quiet_output), log(level, format) {}

void App::note(std::string_view text) const {
  if (!quiet) print_note(text);
}

namespace {

struct LogSettings {
  LogLevel level = LogLevel::warn;
  LogFormat format = LogFormat::text;
};

Result<LogSettings> log_settings(size_t verbosity) {
  LogSettings settings;
  const std::string level = env("SOV_LOG").value_or("warn");
  const std::string format = env("SOV_LOG_FORMAT").value_or("text");
  constexpr std::string_view kLevels[] = {"error", "warn", "info", "debug"};
  const auto found = std::ranges::find(kLevels, level);
  if (found == std::end(kLevels)) {
    return fail(Code::usage, "SOV_LOG: wanted error, warn, info or debug, got '{}'", level);
  }
  if (format != "text" && format != "json") {
    return fail(Code::usage, "SOV_LOG_FORMAT: wanted text or json, got '{}'", format);
  }
  settings.level = static_cast<LogLevel>(found - std::begin(kLevels));
  if (verbosity == 1) settings.level = std::max(settings.level, LogLevel::info);
  if (verbosity > 1) settings.level = LogLevel::debug;
  settings.format = format == "json" ? LogFormat::json : LogFormat::text;
  return settings;
}

/// The command whose one or two words begin the line, and how many words it took.
struct Match {
  const Command* command = nullptr;
  size_t words = 0;
};

Match match_command(const std::vector<std::string>& words) {
  const std::string two = words.size() > 1 ? words[0] + " " + words[1] : "";
  Match match;
  for (const Command& command : commands()) {
    const auto is = [&](std::string_view typed) {
      return command.spec.name == typed ||
             std::ranges::find(command.spec.aliases, typed) != command.spec.aliases.end();
    };
    if (!two.empty() && is(two)) return {&command, 2};
    if (is(words[0])) match = {&command, 1};
  }
  return match;
}

std::vector<CommandRow> command_rows() {
  std::vector<CommandRow> rows;
  for (const Command& command : commands()) rows.push_back({&command.spec, command.run != nullptr});
  return rows;
}

Result<> run_command(App& app, const Command& command, std::span<const std::string> rest) {
  if (command.run == nullptr) return fail(Code::unsupported, "'apr {}' is not built yet", command.spec.name);
  TRY(const ParsedArgs args, parse_args(command.spec, "apr", rest));
  if (args.flag("help")) return app.print(help_text(command.spec, "apr", terminal_width(STDOUT_FILENO)));
  return command.run(app, args);
}

Result<> print_version(App& app) {
  if (app.json) {
    return app.print_json(Json::object()
                              .set("name", "apr")
                              .set("version", SOV_VERSION)
                              .set("commit", SOV_COMMIT)
                              .set("build", SOV_BUILD_TYPE)
                              .set("compiler", SOV_COMPILER));
  }
  return app.print(strf("apr {} ({}, {}, {})\n", SOV_VERSION, SOV_COMMIT, SOV_BUILD_TYPE, SOV_COMPILER));
}

/// `help`, `help CMD`, --help, --version and the commands.
Result<> dispatch(App& app, std::vector<std::string> words) {
  // Common flags may stand before the command: `apr --json inspect F`.
  std::vector<std::string> leading;
  while (!words.empty() && words[0].size() > 1 && words[0][0] == '-') {
    if (words[0] == "--version" || words[0] == "-V") return print_version(app);
    if (words[0] == "--help" || words[0] == "-h")
      return app.print(overview(app.style, terminal_width(STDOUT_FILENO)));
    leading.push_back(words[0]);
    words.erase(words.begin());
  }
  if (words.empty()) return fail(Code::usage, "a command is needed; see 'apr --help'");
  if (words[0] == "help") {
    words.erase(words.begin());
    if (words.empty()) return app.print(overview(app.style, terminal_width(STDOUT_FILENO)));
    words.emplace_back("--help");
  }
  const Match match = match_command(words);
  if (match.command == nullptr) return fail(unknown_command("apr", words, command_rows()));
  words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(match.words));
  words.insert(words.begin(), leading.begin(), leading.end());
  return run_command(app, *match.command, words);
}

}  // namespace

std::string overview(const Style& style, int width) {
  const std::string headline = strf("{} - run, chat with, inspect and convert language models", SOV_VERSION);
  const std::vector<CommandRow> rows = command_rows();
  return overview_text(
      {.program = "apr",
       .headline = headline,
       .rows = rows,
       .foot = "Exit status: 0 done, 2 usage, 3 not found, 4 bad file, 5 check failed, 6 model, 7 i/o, 8 "
               "inference,\n9 not built, 130 interrupted. All codes: docs/errors.md.",
       .column = 16},
      style, width);
}

int run_program(const std::vector<std::string>& words) {
  // What shapes error reports must be known before anything can fail; words after `--` are not options.
  const auto end = std::ranges::find(words, "--");
  const bool json = std::find(words.begin(), end, "--json") != end;
  bool quiet = false;
  size_t verbosity = 0;
  for (auto word = words.begin(); word != end; ++word) {
    const bool letters =
        word->size() > 1 && (*word)[0] == '-' && word->find_first_not_of("qvh", 1) == std::string::npos;
    quiet = quiet || *word == "--quiet" || (letters && word->find('q') != std::string::npos);
    verbosity += *word == "--verbose" ? 1 : letters ? static_cast<size_t>(std::ranges::count(*word, 'v')) : 0;
  }
  const Result<LogSettings> settings = log_settings(verbosity);
  App app(json, quiet, settings ? settings->level : LogLevel::warn,
          settings ? settings->format : LogFormat::text);
  Result<> done =
      settings ? run_guarded([&] { return dispatch(app, words); }) : Result<>(fail(settings.error()));
  if (done) done = app.out.flush();
  return done ? 0 : report_error(app, done.error());
}

}  // namespace sov::apr
