#include "apps/depyler/app.h"
#include "apps/depyler/verification.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> out;
  std::string word;
  bool quoted = false, any = false;
  for (const char c : line) {
    if (c == '"' || c == '\'') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (any || !word.empty()) out.push_back(std::exchange(word, ""));
      any = false;
    } else {
      word += c;
    }
  }
  if (any || !word.empty()) out.push_back(word);
  return out;
}

Result<> run(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  VerifyOptions options{.arguments = {},
                        .stdin_text = {},
                        .cases = static_cast<size_t>(args.integer("cases")),
                        .calls = static_cast<size_t>(args.integer("calls")),
                        .seed = static_cast<uint64_t>(args.integer("seed"))};
  for (const std::string& line : args.texts("case")) options.arguments.push_back(split_words(line));
  if (args.given("stdin")) {
    TRY(options.stdin_text, read_text(args.text("stdin")));
  }
  TRY(const Verification result, verify_file(file, options));
  app.status = result.equal() ? 0 : exit_status(Code::validation);
  return app.json ? app.print_json(as_json(file, result)) : app.print(as_text(file, result));
}

}  // namespace

Command verify_command() {
  return {
      .spec = {.name = "verify",
               .summary = "compare a program with its translation on generated inputs",
               .positionals = {{.name = "FILE", .help = "Python file"}},
               .options = {{.name = "case",
                            .kind = ArgKind::text,
                            .value = "ARGUMENTS",
                            .help = "a command line to compare, in addition",
                            .repeatable = true},
                           {.name = "stdin",
                            .kind = ArgKind::text,
                            .value = "TEXTFILE",
                            .help = "what the program reads"},
                           {.name = "cases",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .fallback = "12",
                            .help = "command lines made from the program's argparse calls",
                            .min = 1,
                            .max = 10000},
                           {.name = "calls",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .fallback = "10",
                            .help = "calls of each function with random arguments",
                            .min = 1,
                            .max = 1000},
                           {.name = "seed",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .fallback = "1",
                            .help = "of the random choices",
                            .min = 0}},
               .examples = {{"depyler verify tool.py", "exit status 5 when anything differs"},
                            {"depyler verify tool.py --case 'sum 1 2 3' --cases 50", "more command lines"}},
               .notes =
                   "stdout and exit status must be equal; the text of tracebacks is not compared. "
                   "Runs the program: each time in an empty folder of its own. Functions are called only "
                   "where all parameters are annotated with plain types and the file does not reach "
                   "outside (files, other programs). Needs python3 and rustc."},
      .run = run};
}

}  // namespace sov::depyler
