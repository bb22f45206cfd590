// compile, run and check.
#include <filesystem>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "apps/depyler/app.h"
#include "apps/depyler/translation.h"
#include "core/fs.h"

extern char** environ;  // NOLINT: POSIX declares it nowhere else

namespace sov::depyler {
namespace {

/// A folder of our own for a time.
class Scratch {
 public:
  static Result<Scratch> make() {
    std::string name = (std::filesystem::temp_directory_path() / "depyler-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return fail(Code::io, "{}: cannot make a folder", name);
    return Scratch(name);
  }
  Scratch(Scratch&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path path() const { return path_; }

 private:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

Result<> build(App& app, const std::string& file, const std::string& out, bool optimize) {
  TRY(const transpiler::Translation translation, translate(app, file, false));
  TRY(const Scratch scratch, Scratch::make());
  const std::string rust = (scratch.path() / (std::filesystem::path(file).stem().string() + ".rs")).string();
  TRY(write_file(rust, translation.rust, Overwrite::yes));
  return compile_rust(rust, out, optimize);
}

Result<> compile(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  std::string out = args.text("output");
  if (out.empty()) out = std::filesystem::path(file).replace_extension("").string();
  TRY(build(app, file, out, !args.flag("debug")));
  if (app.json) return app.print_json(Json::object().set("file", file).set("output", out));
  app.note(out);
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  TRY(const Scratch scratch, Scratch::make());
  std::string program = (scratch.path() / "program").string();
  TRY(build(app, file, program, !args.flag("debug")));
  std::vector<std::string> words = args.texts("ARGUMENT");
  words.insert(words.begin(), program);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ) != 0)
    return fail(Code::io, "{}: cannot be run", program);
  int status = 0;
  if (waitpid(child, &status, 0) < 0) return fail(Code::io, "{}: lost", program);
  app.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {};
}

Result<> check(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  TRY(const transpiler::Translation translation, translate(app, file, false));
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
                               {.name = "debug", .help = "compile without optimisation"}},
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
                   .options = {{.name = "debug", .help = "compile without optimisation"}},
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
