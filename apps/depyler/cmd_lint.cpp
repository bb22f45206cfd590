#include "apps/depyler/app.h"
#include "apps/depyler/translation.h"
#include "transpiler/lint.h"

namespace sov::depyler {
namespace {

using transpiler::Finding;
using transpiler::Severity;

std::string paint(const Style& style, Severity severity) {
  const std::string_view name = severity_name(severity);
  if (severity == Severity::error) return style.red(name);
  return severity == Severity::warning ? style.yellow(name) : std::string(name);
}

Result<> rules(App& app) {
  std::string text;
  Json list = Json::array();
  for (const transpiler::LintRule& rule : transpiler::lint_rules()) {
    text += strf("{}  {:<8} {}\n", rule.id, severity_name(rule.severity), rule.what);
    list.push(Json::object()
                  .set("rule", rule.id)
                  .set("severity", severity_name(rule.severity))
                  .set("what", rule.what));
  }
  return app.json ? app.print_json(Json::object().set("rules", list)) : app.print(text);
}

Result<> run(App& app, const ParsedArgs& args) {
  if (args.flag("rules")) return rules(app);
  if (args.texts("FILE").empty()) return fail(Code::usage, "'depyler lint' needs FILE");
  Json list = Json::array();
  std::string text;
  size_t counts[3] = {0, 0, 0};
  for (const std::string& file : args.texts("FILE")) {
    TRY(transpiler::Tree tree, parse_file(file));
    for (const Finding& finding : lint(tree)) {
      const Severity severity = finding.rule->severity;
      ++counts[static_cast<size_t>(severity)];
      text += strf("{}:{}:{}: {} {} {}: {}\n", file, finding.line, finding.column, paint(app.style, severity),
                   finding.rule->id, finding.rule->what, finding.message);
      list.push(Json::object()
                    .set("file", file)
                    .set("line", uint64_t{finding.line})
                    .set("column", uint64_t{finding.column})
                    .set("rule", finding.rule->id)
                    .set("severity", severity_name(severity))
                    .set("what", finding.rule->what)
                    .set("message", finding.message));
    }
  }
  const size_t bad = counts[2] + (args.flag("strict") ? counts[0] + counts[1] : 0);
  app.status = bad > 0 ? exit_status(Code::validation) : 0;
  if (app.json)
    return app.print_json(Json::object()
                              .set("findings", list)
                              .set("errors", uint64_t{counts[2]})
                              .set("warnings", uint64_t{counts[1]})
                              .set("notes", uint64_t{counts[0]}));
  return app.print(text + strf("{} errors, {} warnings, {} notes\n", counts[2], counts[1], counts[0]));
}

}  // namespace

Command lint_command() {
  return {.spec = {.name = "lint",
                   .summary = "find constructs that make a translation worse or impossible",
                   .positionals =
                       {{.name = "FILE", .help = "Python files", .required = false, .repeatable = true}},
                   .options = {{.name = "strict", .help = "warnings and notes count as errors"},
                               {.name = "rules", .help = "list the rules DP001 to DP015"}},
                   .examples = {{"depyler lint *.py", "exit status 5 when there is an error"},
                                {"depyler lint --rules", "what is looked for"}}},
          .run = run};
}

}  // namespace sov::depyler
