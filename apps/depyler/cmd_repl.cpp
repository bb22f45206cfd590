#include <iostream>
#include <unistd.h>

#include "apps/depyler/app.h"
#include "apps/depyler/session.h"
#include "apps/depyler/translation.h"

namespace sov::depyler {
namespace {

constexpr std::string_view kHelp =
    ":rust   the Rust of the session so far\n:python the session so far\n:time   seconds of each entry on or "
    "off\n"
    ":quit   leave\n";

/// The part of the translation that is the program's own.
Result<> show_rust(App& app, const Session& session) {
  TRY(transpiler::Tree tree, transpiler::parse_python("<session>", session.program()));
  TRY(const transpiler::Translation translation, transpile(tree, {.script = "session.py"}));
  const size_t runtime = translation.rust.find("mod rt {");
  return app.print(translation.rust.substr(0, runtime));
}

Result<> answer(App& app, Session& session, const std::string& entry, bool timed) {
  const Result<Session::Answer> done = session.run(entry);
  if (!done) {
    app.note(done.error().message());
    return {};
  }
  TRY(app.print(done->output));
  if (timed) TRY(app.print(strf("({:.2f} s)\n", done->seconds)));
  return app.out.flush();
}

Result<> run(App& app, const ParsedArgs&) {
  const bool asks = is_terminal(STDIN_FILENO);
  Session session;
  bool timed = false;
  std::string entry, line;
  const auto prompt = [&]() -> Result<> {
    if (!asks) return {};
    TRY(app.print(entry.empty() ? ">>> " : "... "));
    return app.out.flush();
  };
  if (asks)
    app.note(
        "Each entry is translated, compiled with rustc and run together with all earlier ones: about a "
        "second. "
        ":help lists commands.");
  TRY(prompt());
  while (std::getline(std::cin, line)) {
    if (entry.empty() && line.starts_with(':')) {
      if (line == ":quit") return {};
      if (line == ":rust") TRY(show_rust(app, session));
      if (line == ":python") TRY(app.print(session.program()));
      if (line == ":time") timed = !timed;
      if (line == ":help") TRY(app.print(kHelp));
    } else if (!entry.empty() || !line.empty()) {
      entry += line + "\n";
      if (Session::complete(entry)) TRY(answer(app, session, std::exchange(entry, ""), timed));
    }
    TRY(app.out.flush());
    TRY(prompt());
  }
  if (!entry.empty()) return answer(app, session, entry, timed);
  return {};
}

}  // namespace

Command repl_command() {
  return {
      .spec = {.name = "repl",
               .summary = "translate, compile and run entry by entry",
               .positionals = {},
               .options = {},
               .examples = {{"depyler repl", "def, class and variables stay; :rust shows the translation"},
                            {"printf 'x = 6\\nx * 7\\n' | depyler repl", "prints 42"}},
               .notes =
                   "Every entry compiles and runs the whole session again and shows what is new: about a "
                   "second each, and whatever the session does is done again. An expression prints its "
                   "repr, None included. An empty line ends a block."},
      .run = run};
}

}  // namespace sov::depyler
