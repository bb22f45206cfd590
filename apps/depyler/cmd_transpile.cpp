#include <filesystem>

#include "apps/depyler/app.h"
#include "apps/depyler/source_map.h"
#include "apps/depyler/translation.h"
#include "apps/depyler/verification.h"
#include "core/fs.h"
#include "transpiler/decisions.h"

namespace sov::depyler {
namespace {

/// {"python": FILE, "decisions": [{"python_line", "rust_line", "decision"}, ...]}.
std::string trace_text(const std::string& file, const transpiler::Translation& translation) {
  Json list = Json::array();
  for (const transpiler::Decision& one : transpiler::decisions_of(translation))
    list.push(Json::object()
                  .set("python_line", uint64_t{one.python_line})
                  .set("rust_line", uint64_t{one.rust_line})
                  .set("decision", one.kind));
  return Json::object().set("version", 1).set("python", file).set("decisions", list).dump(1) + "\n";
}

Result<> run(App& app, const ParsedArgs& args) {
  const std::string file = args.text("FILE");
  const std::string map_file = args.text("source-map");
  const transpiler::TranspileOptions options{.script = {},
                                             .call_tests = args.flag("call-tests"),
                                             .source_map = !map_file.empty() || args.given("trace")};
  TRY(const transpiler::Translation translation, translate(file, options));
  std::filesystem::path out = args.text("output");
  if (args.flag("verify")) TRY(verify_translation(app, file));
  const std::string named =
      out.empty() ? std::filesystem::path(file).replace_extension(".rs").string() : out.string();
  if (!map_file.empty()) TRY(write_file(map_file, source_map_text(file, named, translation), Overwrite::yes));
  if (args.given("trace")) TRY(write_file(args.text("trace"), trace_text(file, translation), Overwrite::yes));
  if (args.text("output") == "-") return app.print(translation.rust);
  if (out.empty()) out = std::filesystem::path(file).replace_extension(".rs");
  TRY(write_file(out, translation.rust,
                 args.flag("force") || args.given("output") ? Overwrite::yes : Overwrite::no));
  if (app.json) {
    Json parts = Json::array();
    for (const std::string& part : translation.runtime_parts) parts.push(part);
    return app.print_json(Json::object()
                              .set("file", file)
                              .set("output", out.string())
                              .set("runtime", parts)
                              .set("passes", uint64_t{translation.passes}));
  }
  app.note(strf("{}", out.string()));
  return {};
}

}  // namespace

Command transpile_command() {
  return {
      .spec = {.name = "transpile",
               .summary = "translate a Python file to one Rust file",
               .positionals = {{.name = "FILE", .help = "Python file"}},
               .options = {{.name = "output",
                            .letter = 'o',
                            .kind = ArgKind::text,
                            .value = "OUT",
                            .help = "the Rust file ('-': stdout); by default FILE with .rs"},
                           {.name = "force", .help = "overwrite FILE's .rs"},
                           {.name = "call-tests",
                            .help = "call every test_* function and print its name and result"},
                           {.name = "verify",
                            .help = "compare with CPython first (see 'depyler help verify'); write nothing "
                                    "when they differ"},
                           {.name = "source-map",
                            .kind = ArgKind::text,
                            .value = "FILE",
                            .help = "write which Python line each Rust line came from, as JSON"},
                           {.name = "trace",
                            .kind = ArgKind::text,
                            .value = "FILE",
                            .help = "write what was chosen for each line (representation, clone, how an "
                                    "exception passes), as JSON"}},
               .examples = {{"depyler transpile fibonacci.py", "writes fibonacci.rs"},
                            {"depyler transpile app.py --verify --source-map app.map",
                             "compared with CPython, and with a table for 'depyler explain'"},
                            {"depyler transpile app.py -o - | rustc -O -o app -", "to an executable"}},
               .notes = "What cannot be translated is listed with line and construct; then the exit "
                        "status is 9 and nothing is written."},
      .run = run};
}

}  // namespace sov::depyler
