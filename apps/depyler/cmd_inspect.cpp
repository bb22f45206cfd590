#include "apps/depyler/app.h"
#include "core/fs.h"
#include "transpiler/parser.h"

namespace sov::depyler {
namespace {

Result<> run(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  TRY(const std::string bytes, read_text(file));
  TRY(const transpiler::Tree tree, transpiler::parse_python(file, bytes));
  const auto positions = args.flag("no-places") ? transpiler::Positions::no : transpiler::Positions::yes;
  TRY(const std::string text, dump_ast(*tree.module, positions));
  if (!app.json) return app.print(text);
  return app.print_json(Json::object().set("file", file).set("ast", text));
}

}  // namespace

Command inspect_command() {
  return {.spec = {.name = "inspect",
                   .summary = "print what the translator sees in a file",
                   .positionals = {{.name = "FILE", .help = "Python file"}},
                   .options = {{.name = "ast",
                                .help = "the syntax tree (the default, and all that is built so far)"},
                               {.name = "no-places", .help = "leave lines and columns out"}},
                   .examples = {{"depyler inspect --ast fibonacci.py",
                                 "one node a line, as CPython's ast names them"}}},
          .run = run};
}

}  // namespace sov::depyler
