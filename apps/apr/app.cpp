// From the words of a command line to a command and back to an exit status.
#include "apps/apr/app.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <unistd.h>

#include "build_info.h"
#include "core/env.h"

namespace sov::apr {

App::App(bool json_output, bool quiet_output, LogLevel level, LogFormat format)
    : json(json_output),
      quiet(quiet_output),
      out(STDOUT_FILENO),
      style(STDOUT_FILENO),
      error_style(STDERR_FILENO),
      log(level, format) {}

Result<> App::print_json(const Json& document) {
  json_printed = true;
  return out.write(document.dump(2) + "\n");
}

void App::note(std::string_view text) const {
  if (quiet) return;
  // Nobody reads stderr: nothing to be done about it.
  static_cast<void>(Output(STDERR_FILENO).write_now(strf("{}\n", text)).has_value());
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

Error unknown_command(const std::vector<std::string>& words) {
  std::vector<std::string_view> names, seconds;
  for (const Command& command : commands()) {
    names.push_back(command.spec.name);
    names.insert(names.end(), command.spec.aliases.begin(), command.spec.aliases.end());
  }
  for (std::string_view name : names) {
    if (name.starts_with(words[0] + " ")) seconds.push_back(name.substr(words[0].size() + 1));
  }
  if (!seconds.empty()) {
    std::string all;
    for (std::string_view second : seconds) all += strf("{}{}", all.empty() ? "" : ", ", second);
    return {Code::usage, strf("'apr {}' needs one of: {}", words[0], all)};
  }
  const std::string_view near = nearest_word(words[0], names);
  const std::string hint = near.empty() ? "see 'apr --help'" : strf("did you mean 'apr {}'?", near);
  return {Code::usage, strf("unknown command '{}'; {}", words[0], hint)};
}

/// The one place where an error becomes output and an exit status.
int report(App& app, const Error& error) {
  if (app.out.reader_gone()) return 0;  // `apr tensors F | head`: the reader has what it wanted
  const int status = exit_status(error.code());
  const std::string text = error.code() == Code::internal ? error.message() : error.text();
  Result<> shown = app.out.flush();  // what was printed before it failed
  if (app.json && !app.json_printed) {
    const Json body = Json::object()
                          .set("code", code_id(error.code()))
                          .set("message", error.message())
                          .set("exit_status", status);
    shown = app.out.write_now(Json::object().set("error", body).dump(2) + "\n");
  }
  const std::string line = strf("{} {}\n", app.error_style.red("error:"), printable(text));
  const Result<> told = Output(STDERR_FILENO).write_now(line);
  return shown && told ? status : std::max(status, 1);
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
  if (match.command == nullptr) return fail(unknown_command(words));
  words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(match.words));
  words.insert(words.begin(), leading.begin(), leading.end());
  return run_command(app, *match.command, words);
}

/// The standard library throws where we do not: no memory left, or a folder that vanishes while it is listed.
Result<> guarded_dispatch(App& app, const std::vector<std::string>& words) {
  try {
    return dispatch(app, words);
  } catch (const std::bad_alloc&) {
    return fail(Code::exhausted, "memory: wanted more than the system gives");
  } catch (const std::filesystem::filesystem_error& e) {
    return fail(Code::io, "{}", e.what());
  } catch (const std::exception& e) {
    return fail(Code::internal, "{}", e.what());
  }
}

}  // namespace

std::string overview(const Style& style, int width) {
  std::string out = strf("apr {} - run, chat with, inspect and convert language models\n\n", SOV_VERSION);
  out += "Usage: apr COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n";
  std::string planned;
  for (const Command& command : commands()) {
    if (command.run == nullptr) {
      planned += strf("{}{}", planned.empty() ? "" : ", ", command.spec.name);
      continue;
    }
    const std::string name = strf("{:<16}", command.spec.name);
    out += strf("  {}  {}\n", style.bold(name), wrap_text(command.spec.summary, width - 20, 20));
  }
  out += "\n  apr help COMMAND  options, defaults and examples of one command\n";
  out += "  apr --version     version, commit, build\n";
  out += "\n" + wrap_text("Recognised, not built yet (exit status 9): " + planned + ".", width, 0) + "\n";
  out +=
      "\nExit status: 0 done, 2 usage, 3 not found, 4 bad file, 5 check failed, 6 model, 7 i/o, 8 "
      "inference,\n"
      "9 not built, 130 interrupted. All codes: docs/errors.md.\n";
  return out;
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
  Result<> done = settings ? guarded_dispatch(app, words) : Result<>(fail(settings.error()));
  if (done) done = app.out.flush();
  return done ? 0 : report(app, done.error());
}

}  // namespace sov::apr
