#include "transpiler/emit/single_dispatch.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/format.h"

namespace sov::transpiler {
namespace {

std::string_view last_name(Node* node) {
  if (auto* call = try_as<ast::Call>(node)) return last_name(call->func);
  if (auto* attribute = try_as<ast::Attribute>(node)) return attribute->attr;
  if (auto* name = try_as<ast::Name>(node)) return name->id;
  return {};
}

/// One function: its classes as they are written, none for the first.
struct Way {
  ast::FunctionDef* def = nullptr;
  std::vector<Node*> classes;
};

class Dispatch {
 public:
  Dispatch(Tree& tree, bool method) : tree_(tree), method_(method) { bases(*tree.module); }

  void run(Nodes& statements) {
    std::vector<Node*> out;
    for (size_t i = 0; i < statements.size(); ++i) {
      auto* first = try_as<ast::FunctionDef>(statements[i]);
      if (first == nullptr || !starts(*first)) {
        out.push_back(statements[i]);
        continue;
      }
      expand(*first, statements, i, out);
    }
    statements = tree_.copy(out);
  }

 private:
  void bases(Node& node) {
    if (auto* cls = try_as<ast::ClassDef>(&node)) {
      for (Node* base : cls->bases) bases_[cls->name].push_back(last_name(base));
    }
    for_children(node, [&](Node& child) { bases(child); });
  }
  bool starts(const ast::FunctionDef& def) const {
    return def.decorator_list.size() == 1 &&
           last_name(def.decorator_list[0]) == (method_ ? "singledispatchmethod" : "singledispatch");
  }
  size_t argument() const { return method_ ? 1 : 0; }

  /// The function as one of those registered with `name`, or nothing.
  std::optional<Way> registered(Node& node, std::string_view name) const {
    auto* def = try_as<ast::FunctionDef>(&node);
    if (def == nullptr || def->decorator_list.empty()) return std::nullopt;
    Way way{.def = def, .classes = {}};
    for (Node* decorator : def->decorator_list) {
      auto* call = try_as<ast::Call>(decorator);
      auto* attribute = try_as<ast::Attribute>(call != nullptr ? call->func : decorator);
      if (attribute == nullptr || attribute->attr != "register" || last_name(attribute->value) != name)
        return std::nullopt;
      if (call != nullptr) {
        if (call->args.size() != 1) return std::nullopt;
        way.classes.push_back(call->args[0]);
        continue;
      }
      const Nodes params = as<ast::arguments>(*def->args).args;
      Node* annotation = params.size() > argument() ? as<ast::Arg>(*params[argument()]).annotation : nullptr;
      if (!alternatives(annotation, way.classes)) return std::nullopt;
    }
    return way;
  }
  /// `int | float` is two classes.
  static bool alternatives(Node* annotation, std::vector<Node*>& out) {
    if (auto* either = try_as<ast::BinOp>(annotation))
      return either->op == Op::BitOr && alternatives(either->left, out) && alternatives(either->right, out);
    if (annotation == nullptr || (annotation->kind != Kind::Name && annotation->kind != Kind::Attribute))
      return false;
    out.push_back(annotation);
    return true;
  }

  /// The first function and all that follow it in the same block. Their statements stay where they were.
  void expand(ast::FunctionDef& first, Nodes statements, size_t at, std::vector<Node*>& out) {
    const std::string_view name = first.name;
    auto& given = as<ast::arguments>(*first.args);
    const bool plain = given.vararg == nullptr && given.kwarg == nullptr && given.kwonlyargs.empty() &&
                       given.posonlyargs.empty() && given.args.size() > argument();
    std::vector<Way> ways;
    for (size_t i = at + 1; plain && i < statements.size(); ++i) {
      if (auto way = registered(*statements[i], name)) ways.push_back(std::move(*way));
    }
    if (!plain) return out.push_back(&first);
    first.decorator_list = {};
    first.name = tree_.keep(strf("{}_of_object", name));
    for (size_t i = 0; i < ways.size(); ++i) {
      ways[i].def->decorator_list = {};
      ways[i].def->name = tree_.keep(strf("{}_of_{}", name, last_name(ways[i].classes[0])));
    }
    auto* made = tree_.make<ast::FunctionDef>(first.place);
    made->name = name;
    made->args = parameters(given);
    made->returns = first.returns;
    made->body = tree_.copy(body(first, ways));
    out.push_back(&first);
    out.push_back(made);
  }

  ast::arguments* parameters(ast::arguments& given) {
    auto* made = tree_.make<ast::arguments>(given.place);
    std::vector<Node*> args;
    for (Node* node : given.args) {
      auto* arg = tree_.make<ast::Arg>(node->place);
      arg->arg = as<ast::Arg>(*node).arg;
      if (args.size() != argument()) arg->annotation = as<ast::Arg>(*node).annotation;
      args.push_back(arg);
    }
    made->args = tree_.copy(args);
    made->defaults = given.defaults;
    return made;
  }

  std::vector<Node*> body(ast::FunctionDef& first, const std::vector<Way>& ways) {
    struct Case {
      Node* cls;
      const Way* way;
    };
    std::vector<Case> cases;
    for (const Way& way : ways) {
      for (Node* cls : way.classes) {
        // A later registration of the class counts.
        std::erase_if(cases, [&](const Case& c) { return last_name(c.cls) == last_name(cls); });
        const auto before = std::ranges::find_if(
            cases, [&](const Case& c) { return below(last_name(cls), last_name(c.cls)); });
        cases.insert(before, {cls, &way});
      }
    }
    const Nodes params = as<ast::arguments>(*first.args).args;
    std::vector<Node*> out;
    for (const Case& one : cases) {
      auto* test =
          call(name_node("isinstance", first.place),
               {name_node(as<ast::Arg>(*params[argument()]).arg, first.place), one.cls}, first.place);
      auto* branch = tree_.make<ast::If>(first.place);
      branch->test = test;
      branch->body = tree_.copy(std::vector<Node*>{forward(one.way->def->name, params, first.place)});
      out.push_back(branch);
    }
    out.push_back(forward(first.name, params, first.place));
    return out;
  }

  /// Whether a class is more special than another.
  bool below(std::string_view cls, std::string_view other) const {
    if (other == "object" || (cls == "bool" && other == "int")) return true;
    const auto found = bases_.find(cls);
    return found != bases_.end() && std::ranges::any_of(found->second, [&](std::string_view base) {
             return base == other || below(base, other);
           });
  }

  Node* forward(std::string_view name, Nodes params, const Place& place) {
    std::vector<Node*> args;
    for (size_t i = method_ ? 1 : 0; i < params.size(); ++i)
      args.push_back(name_node(as<ast::Arg>(*params[i]).arg, place));
    Node* callee = name_node(name, place);
    if (method_) {
      auto* attribute = tree_.make<ast::Attribute>(place);
      attribute->value = name_node(as<ast::Arg>(*params[0]).arg, place);
      attribute->attr = name;
      callee = attribute;
    }
    auto* out = tree_.make<ast::Return>(place);
    out->value = call(callee, args, place);
    return out;
  }
  Node* call(Node* callee, const std::vector<Node*>& args, const Place& place) {
    auto* made = tree_.make<ast::Call>(place);
    made->func = callee;
    made->args = tree_.copy(args);
    return made;
  }
  Node* name_node(std::string_view id, const Place& place) {
    auto* made = tree_.make<ast::Name>(place);
    made->id = id;
    return made;
  }

  Tree& tree_;
  bool method_;
  std::map<std::string_view, std::vector<std::string_view>> bases_;
};

void in_classes(Tree& tree, Node& node) {
  if (auto* cls = try_as<ast::ClassDef>(&node)) Dispatch(tree, true).run(cls->body);
  for_children(node, [&](Node& child) { in_classes(tree, child); });
}

}  // namespace

void expand_single_dispatch(Tree& tree) {
  Dispatch(tree, false).run(tree.module->body);
  in_classes(tree, *tree.module);
}

}  // namespace sov::transpiler
