#include <algorithm>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "apps/apr/app.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/tensor_stats.h"

namespace sov::apr {
namespace {

/// A part of a dotted name; tensors hang on the node where their name ends.
struct Node {
  std::string name;
  const formats::Tensor* tensor = nullptr;
  std::vector<std::unique_ptr<Node>> children;
  std::unordered_map<std::string_view, Node*> by_name;  // the children
  uint64_t tensors = 0, elements = 0, bytes = 0;
};

Node& child(Node& parent, std::string_view name) {
  if (const auto found = parent.by_name.find(name); found != parent.by_name.end()) return *found->second;
  parent.children.push_back(std::make_unique<Node>());
  Node& node = *parent.children.back();
  node.name = name;
  parent.by_name.emplace(node.name, &node);
  return node;
}

void count(Node& node, const formats::Tensor& tensor) {
  node.tensors++;
  node.elements += tensor.elements();
  node.bytes += tensor.data.size();
}

void insert(Node& root, const formats::Tensor& tensor) {
  constexpr size_t kMaxDepth = 32;  // what is left of a longer name is one node: drawing recurses
  Node* node = &root;
  count(*node, tensor);
  std::string_view rest = tensor.name;
  for (size_t depth = 1;; depth++) {
    const size_t dot = depth < kMaxDepth ? rest.find('.') : std::string_view::npos;
    node = &child(*node, rest.substr(0, dot));
    count(*node, tensor);
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  node->tensor = &tensor;
}

struct Drawing {
  bool sizes = false;
  size_t depth = 0;  // 0: all
  std::string out;
};

std::string label(const Node& node, const Drawing& drawing) {
  std::string text = printable(node.name);
  if (node.tensor != nullptr) {
    text += strf("  {} {}", name(node.tensor->dtype), shape_text(node.tensor->shape));
  } else {
    text +=
        strf("  ({} tensor{}, {})", node.tensors, node.tensors == 1 ? "" : "s", human_count(node.elements));
  }
  if (drawing.sizes) text += "  " + human_bytes(node.bytes);
  return text;
}

void draw_ascii(const Node& node, const std::string& indent, size_t depth, Drawing& drawing) {
  if (drawing.depth > 0 && depth >= drawing.depth) return;
  for (size_t i = 0; i < node.children.size(); i++) {
    const bool last = i + 1 == node.children.size();
    drawing.out += indent + (last ? "└── " : "├── ") + label(*node.children[i], drawing) + "\n";
    draw_ascii(*node.children[i], indent + (last ? "    " : "│   "), depth + 1, drawing);
  }
}

Json as_json(const Node& node, size_t depth, const Drawing& drawing) {
  Json out = Json::object();
  out.set("name", node.name)
      .set("tensors", node.tensors)
      .set("parameters", node.elements)
      .set("size_bytes", node.bytes);
  if (node.tensor != nullptr)
    out.set("dtype", name(node.tensor->dtype)).set("shape", shape_json(node.tensor->shape));
  if (node.children.empty() || (drawing.depth > 0 && depth >= drawing.depth)) return out;
  Json children = Json::array();
  for (const auto& next : node.children) children.push(as_json(*next, depth + 1, drawing));
  return out.set("children", children);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// Numbered nodes in reading order, for dot and mermaid alike.
void draw_graph(const Node& node, size_t own, size_t& next, size_t depth, bool dot, Drawing& drawing) {
  const std::string text = label(node, drawing);
  // Mermaid has no escape but entities for quotes.
  std::string entity = text;
  for (size_t at = entity.find('"'); at != std::string::npos; at = entity.find('"', at))
    entity.replace(at, 1, "#quot;");
  drawing.out +=
      dot ? strf("  n{} [label=\"{}\"];\n", own, escaped(text)) : strf("  n{}[\"{}\"]\n", own, entity);
  if (drawing.depth > 0 && depth >= drawing.depth) return;
  for (const auto& below : node.children) {
    const size_t id = next++;
    drawing.out += strf("  n{} {} n{}{}\n", own, dot ? "->" : "-->", id, dot ? ";" : "");
    draw_graph(*below, id, next, depth + 1, dot, drawing);
  }
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const auto model, open_source(app, args.text("FILE")));
  const std::string filter = args.text("filter");
  const std::string format = app.json ? "json" : args.text("format");
  Node root{.name = model->path.filename().string(), .tensor = nullptr, .children = {}, .by_name = {}};
  for (const formats::Tensor& tensor : model->tensors) {
    if (name_matches(tensor.name, filter)) insert(root, tensor);
  }
  if (root.tensors == 0 && !filter.empty()) {
    return fail(Code::not_found, "{}: none of {} tensors matches '{}'", model->path.string(),
                model->tensors.size(), filter);
  }
  Drawing drawing{
      .sizes = args.flag("sizes"), .depth = static_cast<size_t>(args.integer("depth")), .out = {}};
  if (format == "json") return app.print_json(as_json(root, 0, drawing));
  if (format == "ascii") {
    drawing.out = label(root, drawing) + "\n";
    draw_ascii(root, "", 0, drawing);
    return app.print(drawing.out);
  }
  const bool dot = format == "dot";
  size_t next = 1;
  drawing.out = dot ? "digraph model {\n  rankdir=LR;\n  node [shape=box];\n" : "graph LR\n";
  draw_graph(root, 0, next, 0, dot, drawing);
  return app.print(drawing.out + (dot ? "}\n" : ""));
}

}  // namespace

Command tree_command() {
  return {
      .spec = {.name = "tree",
               .summary = "draw the tensors as a tree of their names",
               .positionals = {{.name = "FILE", .help = "model file, folder or built-in name"}},
               .options = {{.name = "format",
                            .letter = 'f',
                            .kind = ArgKind::text,
                            .value = "FORMAT",
                            .fallback = "ascii",
                            .help = "output",
                            .choices = {"ascii", "json", "dot", "mermaid"}},
                           {.name = "depth",
                            .kind = ArgKind::integer,
                            .value = "N",
                            .fallback = "0",
                            .help = "levels to draw; 0: all",
                            .min = 0,
                            .max = 1000},
                           {.name = "filter",
                            .kind = ArgKind::text,
                            .value = "TEXT",
                            .help = "only names that contain TEXT, or match it when it holds * or ?"},
                           {.name = "sizes", .help = "also bytes"}},
               .examples = {{"apr tree micro --depth 3", "the shape of a model"},
                            {"apr tree model.gguf --format dot | dot -Tsvg > model.svg", "as a picture"}}},
      .run = run};
}

}  // namespace sov::apr
