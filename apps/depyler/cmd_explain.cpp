#include <filesystem>

#include "apps/depyler/app.h"
#include "apps/depyler/process.h"
#include "apps/depyler/source_map.h"
#include "apps/depyler/translation.h"
#include "core/fs.h"
#include "transpiler/diagnostic.h"

namespace sov::depyler {
namespace {

using transpiler::Diagnostic;

struct Subject {
  std::string rust_file;
  SourceMap map;
};

/// The Rust file and its map: given, or made from the Python file in the scratch folder.
Result<Subject> subject_of(const ParsedArgs& args, const Scratch& scratch) {
  const std::string file = args.text("FILE");
  if (args.given("map")) {
    TRY(SourceMap map, read_source_map(args.text("map")));
    return Subject{file, std::move(map)};
  }
  if (!file.ends_with(".py"))
    return fail(Code::usage, "{}: --map is needed for a Rust file (see 'depyler transpile --source-map')",
                file);
  TRY(const transpiler::Translation translation, translate(file, {.script = {}, .source_map = true}));
  const std::string rust = scratch.file(std::filesystem::path(file).stem().string() + ".rs");
  const std::string map_file = scratch.file("map.json");
  TRY(write_file(rust, translation.rust, Overwrite::yes));
  TRY(write_file(map_file, source_map_text(file, rust, translation), Overwrite::yes));
  TRY(SourceMap map, read_source_map(map_file));
  return Subject{rust, std::move(map)};
}

Json as_json(const Diagnostic& one, uint32_t python_line) {
  return Json::object()
      .set("level", one.level)
      .set("code", one.code)
      .set("category", one.category)
      .set("message", one.message)
      .set("rust_line", uint64_t{one.line()})
      .set("python_line", python_line == 0 ? Json() : Json(uint64_t{python_line}));
}

std::string as_text(const Diagnostic& one, const SourceMap& map,
                    const Result<transpiler::SourceText>& source) {
  const uint32_t python_line = map.python_line(one.line());
  std::string out =
      strf("{}{}{} ({}): {}\n", one.level, one.code.empty() ? "" : " ", one.code, one.category, one.message);
  if (python_line == 0) {
    out += strf("  {}:{}: of no Python line (the runtime, or the frame of the file)\n", map.rust, one.line());
    return out;
  }
  out += strf("  {}:{}", map.python, python_line);
  if (source && python_line <= source->line_count())
    out += strf(":{}{}", source->line(python_line).starts_with(' ') ? "" : " ", source->line(python_line));
  return out + strf("\n  Rust line {}: {}\n", one.line(), one.primary().text);
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const Scratch scratch, Scratch::make());
  TRY(const Subject subject, subject_of(args, scratch));
  TRY(const Compilation done,
      run_rustc(subject.rust_file, scratch.file("out.rmeta"), {.check_only = true, .json = true}));
  const std::vector<Diagnostic> found = transpiler::read_diagnostics(done.diagnostics);
  Json list = Json::array();
  std::string text;
  const Result<std::string> bytes = read_text(subject.map.python);
  const Result<transpiler::SourceText> source =
      bytes ? transpiler::SourceText::decode(subject.map.python, *bytes)
            : Result<transpiler::SourceText>(fail(bytes.error()));
  for (const Diagnostic& one : found) {
    list.push(as_json(one, subject.map.python_line(one.line())));
    text += as_text(one, subject.map, source);
  }
  app.status = done.accepted ? 0 : exit_status(Code::validation);
  if (app.json)
    return app.print_json(Json::object()
                              .set("python", subject.map.python)
                              .set("accepted", done.accepted)
                              .set("diagnostics", list));
  return app.print(text +
                   (done.accepted ? "rustc accepts the translation\n" : "rustc rejects the translation\n"));
}

}  // namespace

Command explain_command() {
  return {
      .spec = {.name = "explain",
               .summary = "lead rustc's messages back to the Python lines",
               .positionals = {{.name = "FILE", .help = "Python file, or a Rust file with --map"}},
               .options = {{.name = "map",
                            .kind = ArgKind::text,
                            .value = "MAP",
                            .help = "what 'transpile --source-map' wrote"}},
               .examples = {{"depyler explain tool.py", "translates, asks rustc, names Python lines"},
                            {"depyler explain tool.rs --map tool.map", "after the Rust was edited by hand"}},
               .notes =
                   "Each message has a category by its code: type, borrow, name, syntax, lifetime, trait, "
                   "other."},
      .run = run};
}

}  // namespace sov::depyler
