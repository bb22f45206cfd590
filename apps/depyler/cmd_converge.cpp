#include <filesystem>

#include "apps/depyler/app.h"
#include "apps/depyler/convergence.h"
#include "apps/depyler/corpus.h"
#include "apps/depyler/store.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

Result<std::vector<Candidate>> candidates(const ParsedArgs& args) {
  TRY(const std::vector<std::string> files, python_files(args.text("input-dir")));
  std::vector<Candidate> out;
  for (const std::string& file : files) {
    TRY(const std::string text, read_text(file));
    out.push_back({.file = file, .key = Store::key(text, "converge"), .verdict = {}});
  }
  if (args.given("checkpoint")) TRY(read_checkpoint(args.text("checkpoint"), out));
  return out;
}

/// The accepted translations of this run, under --output-dir as they lie under --input-dir.
Result<> write_accepted(const ParsedArgs& args, const std::vector<Candidate>& all) {
  namespace fs = std::filesystem;
  for (const Candidate& one : all) {
    if (!one.state.accepted || one.equal == "differs") continue;
    const fs::path inside = fs::relative(one.file, args.text("input-dir"));
    fs::path out =
        fs::path(args.text("output-dir")) / (inside == "." ? fs::path(one.file).filename() : inside);
    out.replace_extension(".rs");
    std::error_code failed;
    fs::create_directories(out.parent_path(), failed);
    if (failed) return fail(Code::io, "{}: {}", out.parent_path().string(), failed.message());
    TRY(write_file(out, marked(one.state, one.equal == "equal" ? Compared::equal : Compared::no),
                   args.flag("force") ? Overwrite::yes : Overwrite::no));
  }
  return {};
}

Json as_json(const std::vector<Candidate>& all, const Convergence& done) {
  const Rates rates = rates_of(all);
  Json files = Json::array();
  for (const Candidate& one : all) {
    Json errors = Json::array();
    for (const transpiler::Diagnostic& error : one.state.left)
      errors.push(Json::object()
                      .set("code", error.code)
                      .set("category", error.category)
                      .set("message", error.message)
                      .set("python_line", uint64_t{one.map.python_line(error.line())}));
    files.push(Json::object()
                   .set("file", one.file)
                   .set("verdict", one.verdict)
                   .set("reason", one.reason)
                   .set("equal", one.equal.empty() ? Json() : Json(one.equal == "equal"))
                   .set("steps", steps_json(one.state, one.map))
                   .set("errors", errors));
  }
  return Json::object()
      .set("files", uint64_t{rates.files})
      .set("translated", uint64_t{rates.translated})
      .set("first_shot", uint64_t{rates.first_shot})
      .set("repaired", uint64_t{rates.repaired})
      .set("repaired_equal", uint64_t{rates.equal})
      .set("repaired_differs", uint64_t{rates.differs})
      .set("first_shot_rate", rates.first_shot_rate())
      .set("after_repair_rate", rates.after_repair_rate())
      .set("iterations", done.iterations)
      .set("ended", done.ended)
      .set("programs", files);
}

std::string as_text(const std::vector<Candidate>& all, const Convergence& done) {
  const Rates rates = rates_of(all);
  std::string out;
  for (const Candidate& one : all) {
    if (one.verdict == "first-shot") continue;
    out += strf("{:<10} {}{}{}\n", one.verdict, one.file, one.reason.empty() ? "" : ": ", one.reason);
    out += steps_text(one.state, one.map);
    for (const transpiler::Diagnostic& error : one.state.left)
      out += strf("  {}:{}: {} ({}): {}\n", one.file, one.map.python_line(error.line()), error.code,
                  error.category, error.message);
  }
  out +=
      strf("{} files\ntranslated           {:>5}\nrustc accepts        {:>5} {:>6.1f} % at the first shot\n",
           rates.files, rates.translated, rates.first_shot, rates.first_shot_rate());
  if (done.ended == "measured") return out;
  out += strf("                     {:>5} {:>6.1f} % after repair\n", rates.first_shot + rates.repaired,
              rates.after_repair_rate());
  if (rates.equal + rates.differs > 0)
    out += strf("repaired, compared   {:>5} equal, {} differ\n", rates.equal, rates.differs);
  return out + strf("{} iterations, ended: {}\n", done.iterations, done.ended);
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(std::vector<Candidate> all, candidates(args));
  TRY(transpiler::Oracle oracle, project_oracle(args));
  const ConvergeOptions options{.max_iterations = static_cast<int>(args.integer("max-iterations")),
                                .target_rate = args.real("target-rate"),
                                .auto_fix = args.flag("auto-fix") || args.flag("dry-run"),
                                .verify = args.flag("verify"),
                                .fix_confidence = args.real("fix-confidence")};
  TRY(const Convergence done,
      converge(all, oracle, options, [&](const std::string& text) { app.note(text); }));
  if (!args.flag("dry-run")) {
    TRY(keep_memory(oracle, args));
    if (args.given("checkpoint")) TRY(write_checkpoint(args.text("checkpoint"), all));
    if (args.given("output-dir")) TRY(write_accepted(args, all));
  }
  const bool reached = rates_of(all).after_repair_rate() >= options.target_rate;
  app.status = reached ? 0 : exit_status(Code::validation);
  return app.json ? app.print_json(as_json(all, done)) : app.print(as_text(all, done));
}

std::vector<OptionSpec> converge_options() {
  std::vector<OptionSpec> out = {
      {.name = "input-dir",
       .kind = ArgKind::text,
       .value = "FOLDER",
       .fallback = ".",
       .help = "Python programs"},
      {.name = "output-dir",
       .kind = ArgKind::text,
       .value = "FOLDER",
       .help = "write what rustc accepts here; files that a checkpoint spared are not written again"},
      {.name = "force", .help = "overwrite files in the output folder"},
      {.name = "target-rate",
       .kind = ArgKind::real,
       .value = "PERCENT",
       .fallback = "100",
       .help = "stop when rustc accepts so many of all files",
       .min = 0,
       .max = 100},
      {.name = "max-iterations",
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "50",
       .help = "passes over what is rejected",
       .min = 0,
       .max = 10000},
      {.name = "auto-fix", .help = "repair what rustc rejects; without it the folder is only measured"},
      {.name = "dry-run", .help = "try repairs, write nothing: no patterns, checkpoint or output"},
      {.name = "verify", .help = "compare repaired programs with CPython; those that differ are not written"},
      {.name = "checkpoint",
       .kind = ArgKind::text,
       .value = "FILE",
       .help = "JSON: files that are settled are not asked about again while their text is the same"}};
  for (OptionSpec& option : oracle_options("0.8")) out.push_back(std::move(option));
  return out;
}

}  // namespace

Command converge_command() {
  return {
      .spec =
          {.name = "converge",
           .summary = "translate a folder, and mend what rustc rejects until nothing more helps",
           .options = converge_options(),
           .examples = {{"depyler converge --input-dir programs/", "the rate at the first shot"},
                        {"depyler converge --input-dir programs/ --auto-fix --model oracle.apr --patterns "
                         "fixes.json --verify --output-dir out/",
                         "with repairs; what is learnt stays in fixes.json"}},
           .notes = "The rates at the first shot and after repair are told apart, always of all files. "
                    "Exit status 5 when the target was not reached."},
      .run = run};
}

}  // namespace sov::depyler
