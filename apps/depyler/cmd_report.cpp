#include <algorithm>
#include <map>
#include <set>

#include "apps/depyler/app.h"
#include "apps/depyler/corpus.h"
#include "apps/depyler/process.h"
#include "apps/depyler/source_map.h"
#include "apps/depyler/translation.h"
#include "core/fs.h"
#include "transpiler/decisions.h"
#include "transpiler/diagnostic.h"

namespace sov::depyler {
namespace {

using transpiler::Diagnostic;

/// An error of rustc with its Python line.
struct Rejection {
  Diagnostic error;
  uint32_t python_line = 0;
};

struct FileReport {
  std::string file = {};
  std::string verdict = {};                  // compiles, translated, rejected, refused, invalid
  std::vector<std::string> constructs = {};  // refused, each once
  std::vector<Rejection> errors = {};
  std::set<std::string_view> decisions = {};  // kinds; of translated files
};

Result<FileReport> examine(const std::string& file, bool compile, const Scratch& scratch) {
  FileReport out{
      .file = file,
      .verdict = "translated",
  };
  Result<transpiler::Tree> tree = parse_file(file);
  Result<transpiler::Translation> made = tree ? transpile(*tree, {.script = {}, .source_map = true})
                                              : Result<transpiler::Translation>(fail(tree.error()));
  if (!made) {
    out.verdict = "invalid";
    out.constructs.push_back(made.error().message());
    return out;
  }
  for (const transpiler::Refusal& refusal : made->refusals) {
    if (std::ranges::find(out.constructs, refusal.construct) == out.constructs.end())
      out.constructs.push_back(refusal.construct);
  }
  if (!made->refusals.empty()) out.verdict = "refused";
  if (out.verdict == "refused" || !compile) return out;
  for (const transpiler::Decision& decision : transpiler::decisions_of(*made))
    out.decisions.insert(decision.kind);
  const std::string rust = scratch.file("report.rs");
  TRY(write_file(rust, made->rust, Overwrite::yes));
  TRY(const Compilation done,
      run_rustc(rust, scratch.file("report.rmeta"), {.check_only = true, .json = true}));
  out.verdict = done.accepted ? "compiles" : "rejected";
  SourceMap map{.python = file, .rust = rust, .starts = {}};
  for (size_t i = 0; i < made->lines.size(); ++i)
    map.starts.emplace_back(static_cast<uint32_t>(i + 1), made->lines[i]);
  for (Diagnostic& one : transpiler::read_errors(done.diagnostics)) {
    const uint32_t line = map.python_line(one.line());
    out.errors.push_back({std::move(one), line});
  }
  return out;
}

using Tally = std::vector<std::pair<std::string, size_t>>;

Tally sorted_tally(const std::map<std::string, size_t>& counts) {
  Tally out(counts.begin(), counts.end());
  std::ranges::stable_sort(out, std::greater{}, &std::pair<std::string, size_t>::second);
  return out;
}

Json tally_json(const Tally& tally) {
  Json out = Json::array();
  for (const auto& [name, count] : tally)
    out.push(Json::object().set("what", name).set("files", uint64_t{count}));
  return out;
}

Json file_json(const FileReport& one) {
  Json constructs = Json::array(), errors = Json::array();
  for (const std::string& construct : one.constructs) constructs.push(construct);
  for (const auto& [error, python_line] : one.errors)
    errors.push(Json::object()
                    .set("code", error.code)
                    .set("category", error.category)
                    .set("message", error.message)
                    .set("python_line", uint64_t{python_line}));
  return Json::object()
      .set("file", one.file)
      .set("verdict", one.verdict)
      .set("refused", constructs)
      .set("errors", errors);
}

Json suspicion_json(const std::vector<transpiler::Suspicion>& suspicions) {
  Json out = Json::array();
  for (const transpiler::Suspicion& one : suspicions)
    out.push(Json::object()
                 .set("decision", one.kind)
                 .set("suspiciousness", one.score)
                 .set("failing", uint64_t{one.failing})
                 .set("passing", uint64_t{one.passing}));
  return out;
}

std::string suspicion_text(const std::vector<transpiler::Suspicion>& suspicions) {
  if (suspicions.empty()) return "";
  std::string out = "\nsuspiciousness of the translator's decisions (rejected, accepted files):\n";
  for (const transpiler::Suspicion& one : suspicions)
    out += strf("{:>6.3f} {:<20} {:>4} {:>5}\n", one.score, one.kind, one.failing, one.passing);
  return out;
}

std::string file_text(const FileReport& one) {
  std::string out = strf("{:<10} {}\n", one.verdict, one.file);
  for (const std::string& construct : one.constructs) out += strf("             {}\n", construct);
  for (const auto& [error, python_line] : one.errors)
    out +=
        strf("             line {}: {} ({}): {}\n", python_line, error.code, error.category, error.message);
  return out;
}

Result<> run(App& app, const ParsedArgs& args) {
  std::vector<std::string> files;
  for (const std::string& path : args.texts("PATH")) {
    TRY(const std::vector<std::string> found, python_files(path));
    files.insert(files.end(), found.begin(), found.end());
  }
  TRY(const Scratch scratch, Scratch::make());
  const bool compile = !args.flag("no-compile");
  std::map<std::string, size_t> verdicts, constructs, categories;
  Json rows = Json::array();
  std::string text;
  std::vector<transpiler::Spectrum> spectra;
  for (const std::string& file : files) {
    TRY(const FileReport one, examine(file, compile, scratch));
    if (one.verdict == "compiles" || one.verdict == "rejected")
      spectra.push_back({one.decisions, one.verdict == "rejected"});
    ++verdicts[one.verdict];
    for (const std::string& construct : one.constructs) ++constructs[construct];
    for (const Rejection& one_error : one.errors)
      ++categories[strf("{} {}", one_error.error.category, one_error.error.code)];
    const bool good = one.verdict == "compiles" || one.verdict == "translated";
    if (good && args.flag("failures-only")) continue;
    rows.push(file_json(one));
    text += file_text(one);
  }
  const std::vector<transpiler::Suspicion> suspicions = transpiler::tarantula(spectra);
  const size_t compiled = verdicts["compiles"];
  const size_t translated = compiled + verdicts["translated"] + verdicts["rejected"];
  if (app.json)
    return app.print_json(Json::object()
                              .set("files", uint64_t{files.size()})
                              .set("translated", uint64_t{translated})
                              .set("compiled", compile ? Json(uint64_t{compiled}) : Json())
                              .set("refusals", tally_json(sorted_tally(constructs)))
                              .set("errors", tally_json(sorted_tally(categories)))
                              .set("suspiciousness", suspicion_json(suspicions))
                              .set("programs", rows));
  const auto share = [&](size_t n) {
    return files.empty() ? 0.0 : 100.0 * static_cast<double>(n) / static_cast<double>(files.size());
  };
  text += strf("\n{} files\ntranslated {:>5} {:>6.1f} %\n", files.size(), translated, share(translated));
  if (compile) text += strf("compiled   {:>5} {:>6.1f} %\n", compiled, share(compiled));
  if (!constructs.empty()) text += "\nrefusals (files):\n";
  for (const auto& [what, count] : sorted_tally(constructs)) text += strf("{:>5}  {}\n", count, what);
  if (!categories.empty()) text += "\nrustc's errors:\n";
  for (const auto& [what, count] : sorted_tally(categories)) text += strf("{:>5}  {}\n", count, what);
  return app.print(text + suspicion_text(suspicions));
}

}  // namespace

Command report_command() {
  return {
      .spec = {.name = "report",
               .summary = "what of a folder translates and compiles, and why the rest does not",
               .positionals = {{.name = "PATH", .help = "folders or Python files", .repeatable = true}},
               .options = {{.name = "no-compile", .help = "translate only; rustc is not needed"},
                           {.name = "failures-only", .help = "list only what does not translate or compile"}},
               .examples = {{"depyler report programs/", "a line for each file, then the shares"},
                            {"depyler report programs/ --no-compile --json", "quick, for programs"}},
               .notes =
                   "Where rustc rejects translations, the kinds of decisions in them are ranked by "
                   "Tarantula's measure: the share of rejected files that have one, over that plus the "
                   "share of accepted files. 'depyler transpile --trace' lists the decisions of a file."},
      .run = run};
}

}  // namespace sov::depyler
