#include <algorithm>

#include "apps/apr/app.h"
#include "apps/apr/inference.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/source.h"
#include "llm/check.h"

namespace sov::apr {
namespace {

using llm::StageResult;
using llm::StageStatus;

struct Tally {
  size_t passed = 0, failed = 0, skipped = 0;
  std::string failed_names, skipped_names;
  std::string unable_names;  // skipped, but not by --skip
};

Tally count(const std::vector<StageResult>& results, const std::vector<std::string>& left_out = {}) {
  Tally tally;
  const auto add = [](std::string& names, const std::string& name) {
    names += strf("{}{}", names.empty() ? "" : ", ", name);
  };
  for (const StageResult& result : results) {
    tally.passed += result.status == StageStatus::passed;
    tally.failed += result.status == StageStatus::failed;
    tally.skipped += result.status == StageStatus::skipped;
    if (result.status == StageStatus::failed) add(tally.failed_names, result.name);
    if (result.status != StageStatus::skipped) continue;
    add(tally.skipped_names, result.name);
    if (std::ranges::find(left_out, result.name) == left_out.end()) add(tally.unable_names, result.name);
  }
  return tally;
}

std::string result_line(const StageResult& result, const Style& style) {
  const std::string word = strf("{:<7}", llm::status_name(result.status));
  const std::string shown = result.status == StageStatus::passed   ? style.green(word)
                            : result.status == StageStatus::failed ? style.red(word)
                                                                   : style.yellow(word);
  return strf("{}  {:<18}  {}\n", shown, result.name, printable(result.details));
}

std::string report_text(const std::vector<StageResult>& results, const Style& style) {
  std::string out, group;
  for (const StageResult& result : results) {
    if (result.group != group) out += strf("{}{}\n", group.empty() ? "" : "\n", style.bold(result.group));
    group = result.group;
    out += result_line(result, style);
  }
  const Tally tally = count(results);
  out += strf("\n{} of {} stages passed", tally.passed, results.size());
  if (tally.failed > 0) out += strf(", {} failed ({})", tally.failed, tally.failed_names);
  if (tally.skipped > 0) out += strf(", {} skipped ({})", tally.skipped, tally.skipped_names);
  return out + "\n";
}

Json report_json(const std::filesystem::path& path, const std::vector<StageResult>& results) {
  Json stages = Json::array();
  for (const StageResult& result : results) {
    stages.push(Json::object()
                    .set("name", result.name)
                    .set("group", result.group)
                    .set("status", llm::status_name(result.status))
                    .set("details", result.details)
                    .set("seconds", result.seconds));
  }
  const Tally tally = count(results);
  return Json::object()
      .set("model", path.string())
      .set("stages", stages)
      .set("passed", uint64_t{tally.passed})
      .set("failed", uint64_t{tally.failed})
      .set("skipped", uint64_t{tally.skipped})
      .set("total", uint64_t{results.size()})
      .set("all_passed", tally.passed == results.size());
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const std::filesystem::path path, resolve_source(args.text("FILE")));
  TRY(const std::unique_ptr<compute::Device> device, make_device(args));
  llm::CheckOptions options{.skip = args.texts("skip"), .cancel = &app.interrupts.flag()};
  std::vector<StageResult> results;
  {
    Progress progress("checking", llm::check_stages().size(), app.progress());
    options.on_stage = [&](std::string_view, size_t index, size_t) { progress.update(index); };
    TRY(results, llm::check_model(path, *device, options));
  }
  if (app.json) {
    Json out = report_json(path, results);
    TRY(app.print_json(out.set("provenance", provenance(app))));
  } else {
    TRY(app.print(report_text(results, app.style)));
  }
  const Tally tally = count(results, options.skip);
  if (tally.failed > 0) return fail(Code::validation, "{}: failed in {}", path.string(), tally.failed_names);
  if (args.flag("strict") && !tally.unable_names.empty())
    return fail(Code::validation, "{}: --strict, and could not run {}", path.string(), tally.unable_names);
  return {};
}

}  // namespace

Command check_command() {
  return {
      .spec =
          {.name = "check",
           .summary = "test a model file and the model in it, stage by stage",
           .positionals = {{.name = "FILE", .help = "model file, folder or built-in name"}},
           .options = joined({{.name = "strict",
                               .help = "a stage that could not run is a failure too, unless --skip named it"},
                              {.name = "skip",
                               .kind = ArgKind::text,
                               .value = "STAGE",
                               .help = "leave a stage out; it counts as skipped",
                               .repeatable = true}},
                             device_options()),
           .examples = {{"apr check micro", "all stages"},
                        {"apr check model.gguf --strict --skip checksum --json",
                         "as a gate: exit status 5 unless all others passed (GGUF has no checksum)"}},
           .notes =
               "Exit status 5 when a stage failed. A stage that could not run (no checksum in the format, no "
               "tokenizer) is skipped, never passed: all_passed is then false, and with --strict the exit "
               "status is 5 as well, unless --skip named the stage. What each stage tests: docs/check.md."},
      .run = run};
}

}  // namespace sov::apr
