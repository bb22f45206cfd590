#include "core/program.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <new>
#include <unistd.h>
#include <vector>

namespace sov {

Console::Console(bool json_output)
    : json(json_output), out(STDOUT_FILENO), style(STDOUT_FILENO), error_style(STDERR_FILENO) {}

Result<> Console::print_json(const Json& document) {
  json_printed = true;
  return out.write(document.dump(2) + "\n");
}

void print_note(std::string_view text) {
  // Nobody reads stderr: nothing to be done about it.
  static_cast<void>(Output(STDERR_FILENO).write_now(strf("{}\n", text)).has_value());
}

int report_error(Console& console, const Error& error) {
  if (console.out.reader_gone()) return 0;  // `PROGRAM ... | head`
  const int status = exit_status(error.code());
  const std::string text = error.code() == Code::internal ? error.message() : error.text();
  Result<> shown = console.out.flush();  // what was printed before it failed
  if (console.json && !console.json_printed) {
    const Json body = Json::object()
                          .set("code", code_id(error.code()))
                          .set("message", error.message())
                          .set("exit_status", status);
    shown = console.out.write_now(Json::object().set("error", body).dump(2) + "\n");
  }
  const std::string line = strf("{} {}\n", console.error_style.red("error:"), printable(text));
  const Result<> told = Output(STDERR_FILENO).write_now(line);
  return shown && told ? status : std::max(status, 1);
}

Result<> run_guarded(const std::function<Result<>()>& command) {
  try {
    return command();
  } catch (const std::bad_alloc&) {
    return fail(Code::exhausted, "memory: wanted more than the system gives");
  } catch (const std::filesystem::filesystem_error& e) {
    return fail(Code::io, "{}", e.what());
  } catch (const std::exception& e) {
    return fail(Code::internal, "{}", e.what());
  }
}

std::string overview_text(const OverviewPage& page, const Style& style, int width) {
  std::string out = strf("{} {}\n\n", page.program, page.headline);
  out += strf("Usage: {} COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n", page.program);
  std::string planned;
  for (const CommandRow& row : page.rows) {
    if (!row.built) {
      planned += strf("{}{}", planned.empty() ? "" : ", ", row.spec->name);
      continue;
    }
    const std::string name = strf("{:<{}}", row.spec->name, page.column);
    out += strf("  {}  {}\n", style.bold(name),
                wrap_text(row.spec->summary, width - page.column - 4, page.column + 4));
  }
  out += strf("\n  {} help COMMAND  options, defaults and examples of one command\n", page.program);
  out += strf("  {} --version     version, commit, build\n", page.program);
  if (!planned.empty())
    out += "\n" + wrap_text("Recognised, not built yet (exit status 9): " + planned + ".", width, 0) + "\n";
  return out + strf("\n{}\n", page.foot);
}

Error unknown_command(std::string_view program, std::span<const std::string> words,
                      std::span<const CommandRow> rows) {
  std::vector<std::string_view> names;
  for (const CommandRow& row : rows) {
    names.push_back(row.spec->name);
    names.insert(names.end(), row.spec->aliases.begin(), row.spec->aliases.end());
  }
  std::string seconds;
  for (const std::string_view name : names) {
    if (name.starts_with(words[0] + " "))
      seconds += strf("{}{}", seconds.empty() ? "" : ", ", name.substr(words[0].size() + 1));
  }
  if (!seconds.empty()) return {Code::usage, strf("'{} {}' needs one of: {}", program, words[0], seconds)};
  const std::string_view near = nearest_word(words[0], names);
  const std::string hint =
      near.empty() ? strf("see '{} --help'", program) : strf("did you mean '{} {}'?", program, near);
  return {Code::usage, strf("unknown command '{}'; {}", words[0], hint)};
}

}  // namespace sov
