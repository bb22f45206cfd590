#include "apps/depyler/translation.h"

#include <array>
#include <cstdio>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fs.h"
#include "transpiler/parser.h"

extern char** environ;  // NOLINT: POSIX declares it nowhere else

namespace sov::depyler {

Result<transpiler::Translation> translate(App&, const std::string& file, bool call_tests) {
  TRY(const std::string bytes, read_text(file));
  TRY(transpiler::Tree tree, transpiler::parse_python(file, bytes));
  TRY(transpiler::Translation translation, transpile(tree, {.script = {}, .call_tests = call_tests}));
  if (translation.refusals.empty()) return translation;
  std::string all;
  for (const transpiler::Refusal& refusal : translation.refusals)
    all += strf("{}{}", all.empty() ? "" : "\n", refusal.text);
  return fail(Code::unsupported, "{}", all);
}

Result<> compile_rust(const std::string& rust_file, const std::string& out, bool optimize) {
  std::vector<std::string> words = {"rustc", "--edition", "2021", "-o", out, rust_file};
  if (optimize) words.insert(words.begin() + 1, "-O");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, "rustc", nullptr, nullptr, arguments.data(), environ) != 0)
    return fail(Code::not_found, "rustc: not found; install Rust to compile");
  int status = 0;
  if (waitpid(child, &status, 0) < 0) return fail(Code::io, "rustc: lost");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return fail(Code::validation,
                "{}: rustc rejects the translation (a defect of depyler; see its messages above)", rust_file);
  return {};
}

}  // namespace sov::depyler
