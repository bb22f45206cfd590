#include <algorithm>

#include "apps/depyler/app.h"
#include "apps/depyler/translation.h"
#include "transpiler/measure.h"

namespace sov::depyler {
namespace {

using transpiler::FunctionMeasure;
using transpiler::LibraryUse;
using transpiler::Measure;
using transpiler::Refusal;

std::string_view by_name(LibraryUse::By by) {
  return by == LibraryUse::By::row ? "row" : by == LibraryUse::By::rule ? "rule" : "missing";
}

/// Refusals of one kind with their number, most frequent first.
std::vector<std::pair<std::string, size_t>> tally(const std::vector<Refusal>& refusals) {
  std::vector<std::pair<std::string, size_t>> out;
  for (const Refusal& refusal : refusals) {
    const auto found = std::ranges::find(out, refusal.construct, &std::pair<std::string, size_t>::first);
    if (found == out.end())
      out.emplace_back(refusal.construct, 1);
    else
      ++found->second;
  }
  std::ranges::stable_sort(out, std::greater{}, &std::pair<std::string, size_t>::second);
  return out;
}

Json function_json(const FunctionMeasure& function) {
  return Json::object()
      .set("name", function.name)
      .set("line", uint64_t{function.line})
      .set("lines", uint64_t{function.lines})
      .set("complexity", uint64_t{function.complexity})
      .set("nesting", uint64_t{function.nesting})
      .set("parameters", uint64_t{function.parameters})
      .set("annotated", uint64_t{function.annotated});
}

Json as_json(const std::string& file, const Measure& measure, const std::vector<Refusal>& refusals) {
  Json functions = Json::array(), library = Json::array(), blocking = Json::array();
  for (const FunctionMeasure& function : measure.functions) functions.push(function_json(function));
  for (const LibraryUse& use : measure.library)
    library.push(Json::object()
                     .set("name", use.path)
                     .set("line", uint64_t{use.line})
                     .set("uses", uint64_t{use.uses})
                     .set("translated_by", by_name(use.by)));
  for (const auto& [construct, count] : tally(refusals))
    blocking.push(Json::object().set("construct", construct).set("count", uint64_t{count}));
  return Json::object()
      .set("file", file)
      .set("lines", uint64_t{measure.lines})
      .set("code_lines", uint64_t{measure.code_lines})
      .set("classes", uint64_t{measure.classes})
      .set("functions", functions)
      .set("library", library)
      .set("blocking", blocking)
      .set("translatable", refusals.empty());
}

std::string as_text(const std::string& file, const Measure& measure, const std::vector<Refusal>& refusals) {
  std::string out = strf("{}: {} lines, {} of code, {} functions, {} classes\n\n", file, measure.lines,
                         measure.code_lines, measure.functions.size(), measure.classes);
  if (!measure.functions.empty()) out += " line lines complexity nesting annotated function\n";
  for (const FunctionMeasure& f : measure.functions)
    out += strf("{:>5} {:>5} {:>10} {:>7} {:>9} {}\n", f.line, f.lines, f.complexity, f.nesting,
                strf("{}/{}", f.annotated, f.parameters), f.name);
  size_t known = 0;
  std::string missing;
  for (const LibraryUse& use : measure.library) {
    known += use.by != LibraryUse::By::nothing;
    if (use.by == LibraryUse::By::nothing) missing += strf("  {} (line {})\n", use.path, use.line);
  }
  if (!measure.library.empty())
    out += strf("\nlibrary: {} of {} names are translated\n{}", known, measure.library.size(), missing);
  if (refusals.empty()) return out + "\nnothing blocks the translation\n";
  out += strf("\n{} places block the translation:\n", refusals.size());
  for (const auto& [construct, count] : tally(refusals)) out += strf("{:>5}  {}\n", count, construct);
  return out;
}

Result<> run(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  TRY(transpiler::Tree tree, parse_file(file));
  TRY(const transpiler::Translation translation, transpile(tree, {}));
  const Measure measure = transpiler::measure(tree, translation.refusals);
  return app.json ? app.print_json(as_json(file, measure, translation.refusals))
                  : app.print(as_text(file, measure, translation.refusals));
}

}  // namespace

Command analyze_command() {
  return {.spec = {.name = "analyze",
                   .summary = "complexity of a file, and what blocks its translation",
                   .positionals = {{.name = "FILE", .help = "Python file"}},
                   .options = {},
                   .examples = {{"depyler analyze tool.py", "a line for each function, then what blocks"},
                                {"depyler analyze tool.py --json", "the same for programs"}},
                   .notes =
                       "Complexity is McCabe's: one more than the decisions of a function. A library name is "
                       "translated by a row of the tables or by a rule of the translator."},
          .run = run};
}

}  // namespace sov::depyler
