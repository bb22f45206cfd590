#include "transpiler/measure.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/format.h"
#include "transpiler/emit/library.h"

namespace sov::transpiler {
namespace {

uint32_t decisions(Node& node) {
  switch (node.kind) {
    case Kind::If:
    case Kind::While:
    case Kind::For:
    case Kind::ExceptHandler:
    case Kind::IfExp:
    case Kind::Assert:
      return 1;
    case Kind::BoolOp:
      return static_cast<uint32_t>(as<ast::BoolOp>(node).values.size()) - 1;
    case Kind::comprehension:
      return 1 + static_cast<uint32_t>(as<ast::comprehension>(node).ifs.size());
    case Kind::match_case: {
      auto& one = as<ast::match_case>(node);
      auto* any = try_as<ast::MatchAs>(one.pattern);
      return any != nullptr && any->pattern == nullptr && one.guard == nullptr ? 0 : 1;
    }
    default:
      return 0;
  }
}

bool is_compound(Kind kind) {
  return kind == Kind::If || kind == Kind::While || kind == Kind::For || kind == Kind::With ||
         kind == Kind::Try || kind == Kind::Match;
}

class Measurer {
 public:
  explicit Measurer(Measure& out) : out_(out) {}

  void walk(Node& node, uint32_t depth) {
    if (auto* def = try_as<ast::FunctionDef>(&node)) return function(*def);
    if (auto* cls = try_as<ast::ClassDef>(&node)) {
      ++out_.classes;
      const std::string outer = std::exchange(prefix_, strf("{}{}.", prefix_, cls->name));
      for_children(node, [&](Node& child) { walk(child, 0); });
      prefix_ = outer;
      return;
    }
    if (current_ != SIZE_MAX) {
      FunctionMeasure& in = out_.functions[current_];
      in.complexity += decisions(node);
      in.nesting = std::max(in.nesting, depth + (is_compound(node.kind) ? 1 : 0));
    }
    import(node);
    if (auto* attribute = try_as<ast::Attribute>(&node)) {
      if (use(*attribute)) return;
    } else if (auto* name = try_as<ast::Name>(&node); name != nullptr && name->ctx == Ctx::Load) {
      const auto found = names_.find(name->id);
      if (found != names_.end() && !modules_.contains(found->second)) count(found->second, node);
    }
    const auto* branch = try_as<ast::If>(&node);
    for_children(node, [&](Node& child) {
      // `elif` is an `if` alone in the else part: not one deeper.
      const bool chained = branch != nullptr && branch->orelse.size() == 1 && branch->orelse[0] == &child &&
                           child.kind == Kind::If;
      walk(child, depth + (is_compound(node.kind) && !chained ? 1 : 0));
    });
  }

 private:
  void function(ast::FunctionDef& def) {
    FunctionMeasure made{.name = strf("{}{}", prefix_, def.name), .line = def.place.line};
    made.lines = def.place.end_line - def.place.line + 1;
    auto& args = as<ast::arguments>(*def.args);
    for (const Nodes group : {args.posonlyargs, args.args, args.kwonlyargs}) {
      for (Node* one : group) {
        const auto& arg = as<ast::Arg>(*one);
        if (arg.arg == "self" || arg.arg == "cls") continue;
        ++made.parameters;
        made.annotated += arg.annotation != nullptr;
      }
    }
    const size_t outer = std::exchange(current_, out_.functions.size());
    const std::string prefix = std::exchange(prefix_, made.name + ".");
    out_.functions.push_back(std::move(made));
    for_children(def, [&](Node& child) { walk(child, 0); });
    prefix_ = prefix;
    current_ = outer;
  }

  void import(Node& node) {
    if (auto* plain = try_as<ast::Import>(&node)) {
      for (Node* one : plain->names) {
        const auto& alias = as<ast::alias>(*one);
        const std::string_view root = alias.name.substr(0, alias.name.find('.'));
        names_[alias.asname.empty() ? root : alias.asname] =
            std::string(alias.asname.empty() ? root : alias.name);
        modules_.insert(std::string(alias.asname.empty() ? root : alias.name));
      }
    } else if (auto* from = try_as<ast::ImportFrom>(&node); from != nullptr && from->level == 0) {
      for (Node* one : from->names) {
        const auto& alias = as<ast::alias>(*one);
        names_[alias.asname.empty() ? alias.name : alias.asname] = strf("{}.{}", from->module, alias.name);
      }
    }
  }

  /// Counts `os.path.join` as one use; false when the chain starts at no module.
  bool use(ast::Attribute& node) {
    std::string tail;
    Node* at = &node;
    while (auto* attribute = try_as<ast::Attribute>(at)) {
      tail = strf(".{}{}", attribute->attr, tail);
      at = attribute->value;
    }
    auto* name = try_as<ast::Name>(at);
    if (name == nullptr) return false;
    const auto found = names_.find(name->id);
    if (found == names_.end()) return false;
    count(found->second + tail, node);
    return true;
  }

  void count(const std::string& path, const Node& node) {
    auto& use = uses_[path];
    if (use == 0) {
      out_.library.push_back({.path = path, .line = node.place.line});
      use = out_.library.size();
    }
    ++out_.library[use - 1].uses;
  }

  Measure& out_;
  size_t current_ = SIZE_MAX;
  std::string prefix_;
  std::map<std::string_view, std::string> names_;
  std::set<std::string> modules_;
  std::map<std::string, size_t> uses_;  // 1 + index in library
};

LibraryUse::By translated_by(const LibraryUse& use, const std::vector<Refusal>& refusals) {
  const std::string_view path = use.path;
  const std::string module(path.substr(0, path.rfind('.')));
  for (const Refusal& refusal : refusals) {
    const bool named = refusal.text.find(strf("'{}'", path)) != std::string::npos;
    const bool whole = refusal.text.find(strf("the module '{}'", module)) != std::string::npos;
    if (named || whole) return LibraryUse::By::nothing;
  }
  const Library& library = Library::built_in();
  const std::string whole(path);
  const bool row = library.function(whole) != nullptr || library.type_number(path) >= 0 ||
                   library.attribute(module, path.substr(path.rfind('.') + 1)) != nullptr;
  return row ? LibraryUse::By::row : LibraryUse::By::rule;
}

}  // namespace

Measure measure(Tree& tree, const std::vector<Refusal>& refusals) {
  Measure out;
  out.lines = tree.source().line_count();
  for (size_t i = 1; i <= out.lines; ++i) {
    const std::string_view line = tree.source().line(static_cast<uint32_t>(i));
    const size_t first = line.find_first_not_of(" \t");
    out.code_lines += first != std::string_view::npos && line[first] != '#';
  }
  Measurer(out).walk(*tree.module, 0);
  for (LibraryUse& use : out.library) use.by = translated_by(use, refusals);
  std::ranges::sort(out.library, {}, &LibraryUse::path);
  return out;
}

}  // namespace sov::transpiler
