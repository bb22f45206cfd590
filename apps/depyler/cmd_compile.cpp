// compile, run and check.
#include <filesystem>

#include "apps/depyler/app.h"
#include "apps/depyler/process.h"
#include "apps/depyler/store.h"
#include "apps/depyler/translation.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

/// Compiles into `out`, or takes the executable from the store that `cache` names.
Result<> build(const std::string& file, const std::string& out, bool optimize, const std::string& cache) {
  const Store store(cache);
  std::string key;
  if (!cache.empty()) {
    TRY(const std::string text, read_text(file));
    key = Store::key(text,
                     strf("{} {}", std::filesystem::path(file).filename().string(), optimize ? "-O" : "-"));
    if (const auto found = store.find(key)) {
      std::error_code failed;
      std::filesystem::copy_file(*found, out, std::filesystem::copy_options::overwrite_existing, failed);
      return failed ? Result<>(fail(Code::io, "{}: {}", out, failed.message())) : Result<>();
    }
  }
  TRY(const transpiler::Translation translation, translate(file));
  TRY(const Scratch scratch, Scratch::make());
  const std::string rust = scratch.file(std::filesystem::path(file).stem().string() + ".rs");
  TRY(write_file(rust, translation.rust, Overwrite::yes));
  TRY(compile_rust(rust, out, optimize));
  if (!cache.empty()) TRY(store.put(key, out));
  return {};
}

OptionSpec cache_option() {
  return {.name = "cache",
          .kind = ArgKind::text,
          .value = "FOLDER",
          .help = "keep compiled programs here, and use them (see 'depyler help cache stats')"};
}

Result<> compile(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  std::string out = args.text("output");
  if (out.empty()) out = std::filesystem::path(file).replace_extension("").string();
  TRY(build(file, out, !args.flag("debug"), args.text("cache")));
  if (app.json) return app.print_json(Json::object().set("file", file).set("output", out));
  app.note(out);
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  TRY(const Scratch scratch, Scratch::make());
  const std::string program = scratch.file("program");
  TRY(build(file, program, !args.flag("debug"), args.text("cache")));
  std::vector<std::string> words = args.texts("ARGUMENT");
  words.insert(words.begin(), program);
  TRY(app.status, run_attached(words));
  return {};
}

Result<> check(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  TRY(const transpiler::Translation translation, translate(file));
  if (app.json) return app.print_json(Json::object().set("file", file).set("translatable", true));
  return app.print(strf("{}: can be translated\n", file));
}

}  // namespace

Command compile_command() {
  return {.spec = {.name = "compile",
                   .summary = "translate a Python file and compile it with rustc",
                   .positionals = {{.name = "FILE", .help = "Python file"}},
                   .options = {{.name = "output",
                                .letter = 'o',
                                .kind = ArgKind::text,
                                .value = "OUT",
                                .help = "the executable; by default FILE without .py"},
                               {.name = "debug", .help = "compile without optimisation"},
                               cache_option()},
                   .examples = {{"depyler compile tool.py -o tool", "an executable"}}},
          .run = compile};
}

Command run_command() {
  return {.spec = {.name = "run",
                   .summary = "translate, compile and run a Python file",
                   .positionals = {{.name = "FILE", .help = "Python file"},
                                   {.name = "ARGUMENT",
                                    .help = "for the program; after -- where they begin with a dash",
                                    .required = false,
                                    .repeatable = true,
                                    .path = false}},
                   .options = {{.name = "debug", .help = "compile without optimisation"}, cache_option()},
                   .examples = {{"depyler run tool.py -- --verbose data.txt",
                                 "the exit status is the program's"}}},
          .run = run};
}

Command check_command() {
  return {.spec = {.name = "check",
                   .summary = "say whether a Python file can be translated",
                   .positionals = {{.name = "FILE", .help = "Python file"}},
                   .options = {},
                   .examples = {{"depyler check tool.py --json",
                                 "exit status 9 and the reasons when it cannot"}}},
          .run = check};
}

}  // namespace sov::depyler
