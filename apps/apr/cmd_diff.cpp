#include "apps/apr/app.h"
#include "apps/apr/source.h"
#include "apps/apr/tensor_stats.h"
#include "llm/convert.h"

namespace sov::apr {
namespace {

Result<> print_values(App& app, const Json& row) {
  const Json* values = row.find("values");
  if (!values) return {};
  for (const Json& value : values->items()) {
    TRY(app.print(strf("    [{}] {} {}\n", member(value, "index").dump(), member(value, "left").dump(),
                       member(value, "right").dump())));
  }
  return {};
}

Result<> print_row(App& app, const Json& row) {
  const std::string& status = member(row, "status").string();
  std::string detail;
  if (status == "values" || status == "same") {
    detail = strf("max {:.3g}, rmse {:.3g}", member(row, "max_abs").number(), member(row, "rmse").number());
    if (status == "values") detail += strf(", {} values", member(row, "different_values").dump());
  }
  if (status == "shape") detail = member(row, "shape_left").dump() + " " + member(row, "shape_right").dump();
  const std::string shown = strf("{:<10}", status);
  TRY(app.print(strf("{} {}  {}\n", status == "same" ? app.style.green(shown) : app.style.red(shown),
                     printable(member(row, "name").string()), detail)));
  return print_values(app, row);
}

/// Rows that are asked for, at most `limit` of them (0: all).
Json chosen_rows(const Json& rows, bool mismatches_only, int64_t limit) {
  Json out = Json::array();
  for (const Json& row : rows.items()) {
    if (mismatches_only && member(row, "status") == Json("same")) continue;
    if (limit > 0 && static_cast<int64_t>(out.items().size()) >= limit) break;
    out.push(row);
  }
  return out;
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const auto left, resolve_source(args.text("A")));
  TRY(const auto right, resolve_source(args.text("B")));
  llm::DiffOptions options;
  options.tolerance = args.real("tolerance");
  options.show_values = args.given("show-values") ? args.integer("show-values") : 0;
  options.cancel = &app.interrupts.flag();
  if (const std::string filter = args.text("filter"); !filter.empty())
    options.filter = [filter](std::string_view name) { return name_matches(name, filter); };
  TRY(Json report, llm::diff_tensors(left, right, options));
  if (member(report, "compared") == Json(0))
    return fail(Code::not_found, "no tensor matches '{}'", args.text("filter"));
  const Json rows =
      chosen_rows(member(report, "tensors"), args.flag("mismatches-only"), args.integer("limit"));
  report.set("tensors", rows).set("left", left.string()).set("right", right.string());
  if (app.json) {
    TRY(app.print_json(report));
  } else {
    for (const Json& row : rows.items()) TRY(print_row(app, row));
    TRY(app.print(strf("{} of {} tensors differ\n", member(report, "difference_count").dump(),
                       member(report, "compared").dump())));
  }
  if (member(report, "identical") == Json(true)) return {};
  TRY(app.out.flush());
  return fail(Code::validation, "{} of {} tensors differ", member(report, "difference_count").dump(),
              member(report, "compared").dump());
}

}  // namespace

Command diff_command() {
  return {
      .spec = {.name = "diff",
               .summary = "compare the tensors of two models, in whatever formats",
               .positionals = {{.name = "A", .help = "model file, folder or built-in name"},
                               {.name = "B", .help = "the other"}},
               .options = {{.name = "mismatches-only", .help = "leave out tensors that are the same"},
                           {.name = "show-values",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .help = "list N differing values of each tensor",
                            .min = 0},
                           {.name = "filter",
                            .kind = ArgKind::text,
                            .value = "TEXT",
                            .help = "only names that contain TEXT, or match it when it holds * or ?"},
                           {.name = "tolerance",
                            .kind = ArgKind::real,
                            .value = "X",
                            .fallback = "0",
                            .help = "values differ when they are further apart than X",
                            .min = 0},
                           {.name = "limit",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .fallback = "0",
                            .help = "list at most N tensors; 0: all",
                            .min = 0},
                           {.name = "weights", .help = "compare values: always done, also without it"}},
               .examples = {{"apr diff micro micro.gguf --mismatches-only", "what did quantising change?"}},
               .notes =
                   "Tensors are matched by what they are for, not by name: GGUF's and Hugging Face's names, "
                   "orders of RoPE rows and transposed matrices are brought together first. Exit status 5 "
                   "when anything differs.",
               .aliases = {"rosetta diff-tensors"}},
      .run = run};
}

}  // namespace sov::apr
