#include <filesystem>

#include "apps/depyler/app.h"
#include "apps/depyler/repairing.h"
#include "apps/depyler/rust_check.h"
#include "apps/depyler/translation.h"
#include "apps/depyler/verification.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

struct Broken {
  std::string rust;
  SourceMap map = {};
};

/// A Rust file, or the translation of a Python file.
Result<Broken> broken_file(const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  Broken out;
  if (!file.ends_with(".py")) {
    TRY(out.rust, read_text(file));
    if (args.given("map")) {
      TRY(out.map, read_source_map(args.text("map")));
    }
    return out;
  }
  TRY(const transpiler::Translation made, translate(file, {.script = {}, .source_map = true}));
  out.rust = made.rust;
  out.map.python = file;
  for (size_t i = 0; i < made.lines.size(); ++i)
    out.map.starts.emplace_back(static_cast<uint32_t>(i + 1), made.lines[i]);
  return out;
}

/// Where the result goes; empty: nowhere.
std::string target_of(const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  if (args.given("output")) return args.text("output");
  if (file.ends_with(".py")) return std::filesystem::path(file).replace_extension(".rs").string();
  return args.flag("force") ? file : "";
}

Result<Compared> compare(const ParsedArgs& args, const Broken& broken, const transpiler::Repaired& repaired) {
  if (!args.flag("verify") || !repaired.accepted) return Compared::no;
  const std::string python = args.text("FILE").ends_with(".py") ? args.text("FILE") : broken.map.python;
  if (python.empty()) return fail(Code::usage, "--verify needs the Python program: a FILE.py, or --map");
  TRY(const Verification result, verify_rust(python, repaired.rust, {}));
  return result.equal() ? Compared::equal : Compared::differs;
}

std::string closing_line(const transpiler::Repaired& repaired, Compared compared) {
  std::string out;
  for (const transpiler::Diagnostic& error : repaired.left)
    out += strf("line {}: {} ({}): {}\n", error.line(), error.code, error.category, error.message);
  if (repaired.below > 0) out += strf("{} fixes were below --fix-confidence\n", repaired.below);
  if (compared == Compared::equal) out += "equal to CPython on the runs compared\n";
  if (compared == Compared::differs) out += "differs from CPython\n";
  if (!repaired.accepted) return out + "rustc still rejects the file\n";
  return out +
         (repaired.steps.empty() ? "rustc accepts the file as it is\n" : "rustc accepts the repaired file\n");
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const Broken broken, broken_file(args));
  TRY(transpiler::Oracle oracle, project_oracle(args));
  TRY(RustCheck check, RustCheck::make());
  const auto ask = [&](const std::string& rust) { return check.ask(rust); };
  TRY(transpiler::Repaired repaired,
      transpiler::repair(broken.rust, ask, oracle,
                         {.max_iterations = static_cast<int>(args.integer("max-iterations")),
                          .min_confidence = args.real("fix-confidence")}));
  if (repaired.accepted) {  // the verdict is of the file in one piece
    TRY(repaired.left, check.ask_whole(repaired.rust));
    repaired.accepted = repaired.left.empty();
  }
  TRY(keep_memory(oracle, args));
  TRY(const Compared compared, compare(args, broken, repaired));
  const std::string target = target_of(args);
  const bool write = repaired.accepted && compared != Compared::differs && !target.empty();
  app.status = repaired.accepted && compared != Compared::differs ? 0 : exit_status(Code::validation);
  if (write && target == "-") return app.print(marked(repaired, compared));
  if (write)
    TRY(write_file(target, marked(repaired, compared), args.flag("force") ? Overwrite::yes : Overwrite::no));
  if (app.json)
    return app.print_json(
        Json::object()
            .set("file", args.text("FILE"))
            .set("accepted", repaired.accepted)
            .set("first_shot", repaired.accepted && repaired.steps.empty())
            .set("equal", compared == Compared::no ? Json() : Json(compared == Compared::equal))
            .set("output", write ? Json(target) : Json())
            .set("asked", uint64_t{repaired.asked})
            .set("steps", steps_json(repaired, broken.map)));
  return app.print(steps_text(repaired, broken.map) + closing_line(repaired, compared));
}

}  // namespace

Command repair_command() {
  std::vector<OptionSpec> options = {
      {.name = "output",
       .letter = 'o',
       .kind = ArgKind::text,
       .value = "OUT",
       .help = "where the repaired file goes ('-': stdout); for a Python FILE its .rs"},
      {.name = "force", .help = "overwrite OUT; without -o, FILE itself"},
      {.name = "map",
       .kind = ArgKind::text,
       .value = "MAP",
       .help = "what 'transpile --source-map' wrote: names Python lines"},
      {.name = "verify", .help = "compare the repaired program with CPython; write nothing when it differs"},
      {.name = "max-iterations",
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "10",
       .help = "fixes to make",
       .min = 0,
       .max = 1000}};
  for (OptionSpec& option : oracle_options("0")) options.push_back(std::move(option));
  return {
      .spec = {.name = "repair",
               .summary = "mend Rust that rustc rejects, one fix after another",
               .positionals = {{.name = "FILE", .help = "Rust file, or a Python file: its translation"}},
               .options = std::move(options),
               .examples = {{"depyler repair tool.rs", "shows what would be changed"},
                            {"depyler repair tool.rs --map tool.map -o mended.rs --verify",
                             "written only when rustc accepts it and it behaves as the Python program"}},
               .notes = "Every fix is tried with rustc and kept only when it takes an error away and brings "
                        "no new one. The repaired file says on its first line what was changed. That it "
                        "compiles does not mean that it behaves as the Python program: see --verify. Exit "
                        "status 5 when errors are left."},
      .run = run};
}

}  // namespace sov::depyler
