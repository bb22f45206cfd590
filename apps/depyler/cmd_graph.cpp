#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "apps/depyler/app.h"
#include "apps/depyler/corpus.h"
#include "apps/depyler/translation.h"

namespace sov::depyler {
namespace {

using Edges = std::map<std::string, std::set<std::string>>;  // file -> modules it imports

void imports(transpiler::Node& node, std::set<std::string>& out) {
  using namespace transpiler;
  if (auto* plain = try_as<ast::Import>(&node)) {
    for (Node* one : plain->names) out.insert(std::string(as<ast::alias>(*one).name));
  }
  if (auto* from = try_as<ast::ImportFrom>(&node)) {
    const std::string dots(static_cast<size_t>(from->level), '.');
    if (!from->module.empty()) out.insert(dots + std::string(from->module));
    for (Node* one : from->module.empty() ? from->names : Nodes())
      out.insert(dots + std::string(as<ast::alias>(*one).name));
  }
  for_children(node, [&](Node& child) { imports(child, out); });
}

std::string module_of(const std::string& name) { return name.substr(name.find_first_not_of('.')); }

std::string dot_text(const Edges& edges, const std::map<std::string, std::string>& local) {
  std::string out = "digraph imports {\n  rankdir=LR;\n";
  for (const auto& [file, modules] : edges) {
    out += strf("  \"{}\" [shape=box];\n", file);
    for (const std::string& module : modules) {
      const auto found = local.find(module_of(module));
      out += strf("  \"{}\" -> \"{}\";\n", file, found == local.end() ? module : found->second);
    }
  }
  return out + "}\n";
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const std::vector<std::string> files, python_files(args.text("PATH")));
  Edges edges;
  std::map<std::string, std::string> local;  // module -> file
  std::map<std::string, size_t> users;
  for (const std::string& file : files) {
    TRY(const transpiler::Tree tree, parse_file(file));
    imports(*tree.module, edges[file]);
    local[std::filesystem::path(file).stem().string()] = file;
  }
  for (const auto& [file, modules] : edges) {
    for (const std::string& module : modules) ++users[module];
  }
  if (args.flag("dot")) return app.print(dot_text(edges, local));
  std::vector<std::pair<std::string, size_t>> ranking(users.begin(), users.end());
  std::ranges::stable_sort(ranking, std::greater{}, &std::pair<std::string, size_t>::second);
  Json nodes = Json::array(), modules_json = Json::array();
  std::string text;
  for (const auto& [file, modules] : edges) {
    Json names = Json::array();
    std::string list;
    for (const std::string& module : modules) {
      names.push(module);
      list += strf("{}{}", list.empty() ? "" : ", ", module);
    }
    nodes.push(Json::object().set("file", file).set("imports", names));
    text += strf("{}: {}\n", file, list);
  }
  text += "\nmodules by the number of files that import them:\n";
  for (const auto& [module, count] : ranking) {
    const bool inside = local.contains(module_of(module));
    modules_json.push(
        Json::object().set("module", module).set("files", uint64_t{count}).set("local", inside));
    text += strf("{:>5}  {}{}\n", count, module, inside ? " (of this folder)" : "");
  }
  if (!app.json) return app.print(text);
  return app.print_json(Json::object().set("files", nodes).set("modules", modules_json));
}

}  // namespace

Command graph_command() {
  return {.spec = {.name = "graph",
                   .summary = "which files of a folder import which modules",
                   .positionals = {{.name = "PATH", .help = "folder or Python file"}},
                   .options = {{.name = "dot", .help = "print a Graphviz graph"}},
                   .examples = {{"depyler graph programs/", "imports of each file, then modules by use"},
                                {"depyler graph programs/ --dot | dot -Tsvg", "as a picture"}}},
          .run = run};
}

}  // namespace sov::depyler
