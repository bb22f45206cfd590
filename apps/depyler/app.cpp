// From the words of a command line to a command and back to an exit status.
#include "apps/depyler/app.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <new>
#include <unistd.h>

#include "build_info.h"

namespace sov::depyler {

App::App(bool json_output)
    : json(json_output), out(STDOUT_FILENO), style(STDOUT_FILENO), error_style(STDERR_FILENO) {}

Result<> App::print_json(const Json& document) {
  json_printed = true;
  return out.write(document.dump(2) + "\n");
}

void App::note(std::string_view text) const {
  // Nobody reads stderr: nothing to be done about it.
  static_cast<void>(Output(STDERR_FILENO).write_now(strf("{}\n", text)).has_value());
}

namespace {

const Command* find_command(std::string_view word) {
  for (const Command& command : commands()) {
    const auto& aliases = command.spec.aliases;
    if (command.spec.name == word || std::ranges::find(aliases, word) != aliases.end()) return &command;
  }
  return nullptr;
}

std::string overview(const Style& style, int width) {
  std::string out = strf("depyler {} - translate Python programs to Rust\n\n", SOV_VERSION);
  out += "Usage: depyler COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n";
  std::string planned;
  for (const Command& command : commands()) {
    if (command.run == nullptr) {
      planned += strf("{}{}", planned.empty() ? "" : ", ", command.spec.name);
      continue;
    }
    out += strf("  {}  {}\n", style.bold(strf("{:<12}", command.spec.name)),
                wrap_text(command.spec.summary, width - 16, 16));
  }
  out += "\n  depyler help COMMAND  options and examples of one command\n";
  out += "  depyler --version     version, commit, build\n";
  out += "\n" + wrap_text("Recognised, not built yet (exit status 9): " + planned + ".", width, 0) + "\n";
  out +=
      "\nExit status: 0 done, 1 the program failed or a defect, 2 usage, 3 not found, 4 not valid Python,\n"
      "5 would overwrite or did not compile, 7 i/o, 9 a construct that is not translated. See "
      "docs/depyler.md.\n";
  return out;
}

Result<> dispatch(App& app, std::vector<std::string> words) {
  const bool version = !words.empty() && (words[0] == "--version" || words[0] == "-V");
  if (version)
    return app.print(
        strf("depyler {} ({}, {}, {})\n", SOV_VERSION, SOV_COMMIT, SOV_BUILD_TYPE, SOV_COMPILER));
  if (words.empty()) return fail(Code::usage, "a command is needed; see 'depyler --help'");
  if (words[0] == "--help" || words[0] == "-h" || (words[0] == "help" && words.size() == 1))
    return app.print(overview(app.style, terminal_width(STDOUT_FILENO)));
  if (words[0] == "help") {
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  const Command* command = find_command(words[0]);
  if (command == nullptr) {
    std::vector<std::string_view> names;
    for (const Command& known : commands()) names.push_back(known.spec.name);
    const std::string_view near = nearest_word(words[0], names);
    return fail(Code::usage, "unknown command '{}'; {}", words[0],
                near.empty() ? "see 'depyler --help'" : strf("did you mean 'depyler {}'?", near));
  }
  if (command->run == nullptr)
    return fail(Code::unsupported, "'depyler {}' is not built yet", command->spec.name);
  words.erase(words.begin());
  TRY(const ParsedArgs args, parse_args(command->spec, "depyler", words));
  if (args.flag("help")) return app.print(help_text(command->spec, "depyler", terminal_width(STDOUT_FILENO)));
  return command->run(app, args);
}

/// The standard library throws where we do not: no memory left, or a folder that vanishes while it is listed.
Result<> guarded_dispatch(App& app, const std::vector<std::string>& words) {
  try {
    return dispatch(app, words);
  } catch (const std::bad_alloc&) {
    return fail(Code::exhausted, "memory: wanted more than the system gives");
  } catch (const std::exception& e) {
    return fail(Code::internal, "{}", e.what());
  }
}

/// The one place where an error becomes output and an exit status.
int report(App& app, const Error& error) {
  if (app.out.reader_gone()) return 0;
  const int status = exit_status(error.code());
  Result<> shown = app.out.flush();
  if (app.json && !app.json_printed) {
    const Json body = Json::object()
                          .set("code", code_id(error.code()))
                          .set("message", error.message())
                          .set("exit_status", status);
    shown = app.out.write_now(Json::object().set("error", body).dump(2) + "\n");
  }
  const std::string text = error.code() == Code::internal ? error.message() : error.text();
  const Result<> told =
      Output(STDERR_FILENO).write_now(strf("{} {}\n", app.error_style.red("error:"), printable(text)));
  return shown && told ? status : std::max(status, 1);
}

}  // namespace

int run_program(const std::vector<std::string>& words) {
  // What shapes error reports must be known before anything can fail; words after `--` are not ours.
  const bool json =
      std::find(words.begin(), std::ranges::find(words, "--"), "--json") != std::ranges::find(words, "--");
  App app(json);
  Result<> done = guarded_dispatch(app, words);
  if (done) done = app.out.flush();
  return done ? app.status : report(app, done.error());
}

}  // namespace sov::depyler
