#include "apps/depyler/app.h"
#include "apps/depyler/translation.h"

namespace sov::depyler {
namespace {

/// Each function with the types that inference found, whether or not all of the file can be translated.
Result<> typed(App& app, const std::string& file, transpiler::Tree& tree) {
  TRY(const transpiler::Translation translation, transpile(tree, {}));
  Json functions = Json::array();
  std::string text;
  for (const transpiler::FunctionTypes& function : translation.functions) {
    Json parameters = Json::object();
    std::string list;
    for (const auto& [name, type] : function.parameters) {
      parameters.set(name, type);
      list += strf("{}{}: {}", list.empty() ? "" : ", ", name, type);
    }
    functions.push(Json::object()
                       .set("name", function.name)
                       .set("line", uint64_t{function.line})
                       .set("parameters", parameters)
                       .set("result", function.result));
    text += strf("{:>5}  {}({}) -> {}\n", function.line, function.name, list, function.result);
  }
  if (!translation.refusals.empty())
    app.note(strf("{} constructs are not translated: types that depend on them are incomplete",
                  translation.refusals.size()));
  if (!app.json) return app.print(text);
  return app.print_json(Json::object()
                            .set("file", file)
                            .set("functions", functions)
                            .set("refusals", uint64_t{translation.refusals.size()}));
}

Result<> run(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  TRY(transpiler::Tree tree, parse_file(file));
  if (args.flag("typed")) return typed(app, file, tree);
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
                   .options = {{.name = "ast", .help = "the syntax tree (the default)"},
                               {.name = "typed",
                                .help = "each function with its types as inferred; '?': nothing is known"},
                               {.name = "no-places", .help = "leave lines and columns out"}},
                   .examples = {{"depyler inspect --ast fibonacci.py",
                                 "one node a line, as CPython's ast names them"},
                                {"depyler inspect --typed tool.py", "parameters and results as inferred"}}},
          .run = run};
}

}  // namespace sov::depyler
