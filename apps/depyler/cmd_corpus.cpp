// corpus list, corpus add, corpus show.
#include <algorithm>

#include "apps/depyler/app.h"
#include "apps/depyler/corpus.h"
#include "apps/depyler/translation.h"
#include "transpiler/measure.h"

namespace sov::depyler {
namespace {

Result<> list(App& app, const ParsedArgs& args) {
  TRY(const std::vector<Corpus> corpora, read_registry(args.text("registry")));
  Json rows = Json::array();
  std::string text;
  for (const Corpus& corpus : corpora) {
    const Result<std::vector<std::string>> files = python_files(corpus.folder);
    rows.push(Json::object()
                  .set("name", corpus.name)
                  .set("folder", corpus.folder)
                  .set("files", files ? Json(uint64_t{files->size()}) : Json()));
    text +=
        strf("{:<16} {:>6}  {}\n", corpus.name, files ? strf("{}", files->size()) : "absent", corpus.folder);
  }
  return app.json ? app.print_json(Json::object().set("corpora", rows)) : app.print(text);
}

Result<> add(App& app, const ParsedArgs& args) {
  const std::string registry = args.text("registry"), name = args.text("NAME"), folder = args.text("FOLDER");
  TRY(const std::vector<std::string> files, python_files(folder));
  TRY(std::vector<Corpus> corpora, read_registry(registry));
  const auto found = std::ranges::find(corpora, name, &Corpus::name);
  if (found == corpora.end())
    corpora.push_back({name, folder});
  else
    found->folder = folder;
  TRY(write_registry(registry, corpora));
  if (app.json)
    return app.print_json(Json::object()
                              .set("name", name)
                              .set("folder", folder)
                              .set("files", uint64_t{files.size()})
                              .set("registry", registry));
  return app.print(strf("{}: {} Python files in {}\n", name, files.size(), folder));
}

Result<> show(App& app, const ParsedArgs& args) {
  TRY(const std::vector<Corpus> corpora, read_registry(args.text("registry")));
  const auto found = std::ranges::find(corpora, args.text("NAME"), &Corpus::name);
  if (found == corpora.end())
    return fail(Code::not_found, "{}: no corpus '{}'", args.text("registry"), args.text("NAME"));
  TRY(const std::vector<std::string> files, python_files(found->folder));
  Json rows = Json::array();
  std::string text;
  size_t lines = 0;
  for (const std::string& file : files) {
    Result<transpiler::Tree> tree = parse_file(file);
    if (!tree) {
      text += strf("{}: {}\n", file, tree.error().message());
      rows.push(Json::object().set("file", file).set("error", tree.error().message()));
      continue;
    }
    const transpiler::Measure measure = transpiler::measure(*tree, {});
    lines += measure.lines;
    text += strf("{:>6} lines {:>4} functions {:>3} classes  {}\n", measure.lines, measure.functions.size(),
                 measure.classes, file);
    rows.push(Json::object()
                  .set("file", file)
                  .set("lines", uint64_t{measure.lines})
                  .set("functions", uint64_t{measure.functions.size()})
                  .set("classes", uint64_t{measure.classes}));
  }
  if (app.json)
    return app.print_json(Json::object()
                              .set("name", found->name)
                              .set("folder", found->folder)
                              .set("lines", uint64_t{lines})
                              .set("files", rows));
  return app.print(text + strf("{}: {} files, {} lines\n", found->name, files.size(), lines));
}

OptionSpec registry_option() {
  return {.name = "registry",
          .kind = ArgKind::text,
          .value = "FILE",
          .fallback = "depyler-corpora.json",
          .help = "where corpora are registered"};
}

}  // namespace

Command corpus_list_command() {
  return {.spec = {.name = "corpus list",
                   .summary = "registered corpora",
                   .positionals = {},
                   .options = {registry_option()},
                   .examples = {{"depyler corpus list", "name, files and folder"}}},
          .run = list};
}

Command corpus_add_command() {
  return {.spec = {.name = "corpus add",
                   .summary = "register a folder of Python programs",
                   .positionals = {{.name = "NAME", .help = "of the corpus", .path = false},
                                   {.name = "FOLDER", .help = "with Python files, at any depth"}},
                   .options = {registry_option()},
                   .examples = {{"depyler corpus add tools ./tools", "then: depyler report tools/"}}},
          .run = add};
}

Command corpus_show_command() {
  return {.spec = {.name = "corpus show",
                   .summary = "the files of a corpus, measured",
                   .positionals = {{.name = "NAME", .help = "as registered", .path = false}},
                   .options = {registry_option()},
                   .examples = {{"depyler corpus show tools", "lines, functions and classes of each file"}}},
          .run = show};
}

}  // namespace sov::depyler
