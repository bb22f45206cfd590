#include "transpiler/lint.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/format.h"

namespace sov::transpiler {
namespace {

constexpr std::array kRules{
    LintRule{"DP001", Severity::error, "code made from text (eval, exec, compile)"},
    LintRule{"DP002", Severity::warning, "an attribute named at run time (getattr, setattr, delattr)"},
    LintRule{"DP003", Severity::error, "name spaces as dictionaries (globals, locals, vars)"},
    LintRule{"DP004", Severity::error, "a metaclass"},
    LintRule{"DP005", Severity::warning, "several base classes"},
    LintRule{"DP006", Severity::error, "attribute access intercepted (__getattr__, __setattr__, ...)"},
    LintRule{"DP007", Severity::error, "an import named at run time"},
    LintRule{"DP008", Severity::note, "a parameter without annotation"},
    LintRule{"DP009", Severity::note, "a function without result annotation"},
    LintRule{"DP010", Severity::note, "*args or **kwargs without annotation"},
    LintRule{"DP011", Severity::warning, "a class or module changed from outside"},
    LintRule{"DP012", Severity::warning, "a default that calls share"},
    LintRule{"DP013", Severity::warning, "every exception caught"},
    LintRule{"DP014", Severity::note, "a variable of the module assigned in a function"},
    LintRule{"DP015", Severity::warning, "names imported by *"},
};

class Linter {
 public:
  explicit Linter(std::vector<Finding>& out) : out_(out) {}

  void run(Node& module) {
    names(module);
    walk(module);
  }

 private:
  void names(Node& node) {
    if (auto* cls = try_as<ast::ClassDef>(&node)) owners_.insert(cls->name);
    if (auto* plain = try_as<ast::Import>(&node)) {
      for (Node* one : plain->names) {
        const auto& alias = as<ast::alias>(*one);
        owners_.insert(alias.asname.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asname);
      }
    }
    for_children(node, [&](Node& child) { names(child); });
  }

  void walk(Node& node) {
    if (auto* call = try_as<ast::Call>(&node)) this->call(*call);
    if (auto* cls = try_as<ast::ClassDef>(&node)) class_def(*cls);
    if (auto* def = try_as<ast::FunctionDef>(&node)) function(*def);
    if (auto* handler = try_as<ast::ExceptHandler>(&node)) this->handler(*handler);
    if (auto* assign = try_as<ast::Assign>(&node)) {
      for (Node* target : assign->targets) outside(target);
    }
    if (auto* global = try_as<ast::Global>(&node)) add(13, node, strf("global {}", global->names[0]));
    if (auto* from = try_as<ast::ImportFrom>(&node);
        from != nullptr && as<ast::alias>(*from->names[0]).name == "*")
      add(14, node, strf("from {} import *", from->module));
    for_children(node, [&](Node& child) { walk(child); });
  }

  void call(ast::Call& node) {
    const auto* name = try_as<ast::Name>(node.func);
    const auto* attribute = try_as<ast::Attribute>(node.func);
    const std::string_view called = name != nullptr ? name->id : attribute != nullptr ? attribute->attr : "";
    const auto one_of = [&](std::initializer_list<std::string_view> words) {
      return std::ranges::find(words, called) != words.end();
    };
    if (name != nullptr && one_of({"eval", "exec", "compile"})) add(0, node, strf("{}()", called));
    if (name != nullptr && one_of({"getattr", "setattr", "delattr"}) && node.args.size() > 1) {
      auto* constant = try_as<ast::Constant>(node.args[1]);
      if (constant == nullptr) add(1, node, strf("{}() with a computed name", called));
    }
    if (name != nullptr && one_of({"globals", "locals", "vars"})) add(2, node, strf("{}()", called));
    if (one_of({"__import__", "import_module"})) add(6, node, strf("{}()", called));
  }

  void class_def(ast::ClassDef& node) {
    for (Node* keyword : node.keywords) {
      if (as<ast::keyword>(*keyword).arg == "metaclass") add(3, node, strf("class {}", node.name));
    }
    size_t real = 0;
    for (Node* base : node.bases) {
      if (auto* subscript = try_as<ast::Subscript>(base)) base = subscript->value;  // Generic[T]
      auto* name = try_as<ast::Name>(base);
      const auto* attribute = try_as<ast::Attribute>(base);
      const std::string_view word = name != nullptr ? name->id : attribute != nullptr ? attribute->attr : "";
      real += word != "ABC" && word != "Generic" && word != "Protocol" && word != "object";
    }
    if (real > 1) add(4, node, strf("class {} has {} base classes", node.name, real));
  }

  void function(ast::FunctionDef& node) {
    constexpr std::array kHooks{"__getattr__", "__setattr__", "__delattr__", "__getattribute__"};
    if (std::ranges::find(kHooks, node.name) != kHooks.end()) add(5, node, std::string(node.name));
    auto& args = as<ast::arguments>(*node.args);
    for (const Nodes group : {args.posonlyargs, args.args, args.kwonlyargs}) {
      for (Node* one : group) {
        const auto& arg = as<ast::Arg>(*one);
        if (arg.annotation == nullptr && arg.arg != "self" && arg.arg != "cls")
          add(7, *one, strf("{} of {}", arg.arg, node.name));
      }
    }
    if (node.returns == nullptr && node.name != "__init__") add(8, node, std::string(node.name));
    for (Node* rest : {args.vararg, args.kwarg}) {
      if (rest == nullptr || as<ast::Arg>(*rest).annotation != nullptr) continue;
      add(9, *rest, strf("{}{} of {}", rest == args.vararg ? "*" : "**", as<ast::Arg>(*rest).arg, node.name));
    }
    for (const Nodes defaults : {args.defaults, args.kw_defaults}) {
      for (Node* value : defaults) {
        const bool shared = value != nullptr && (value->kind == Kind::List || value->kind == Kind::Dict ||
                                                 value->kind == Kind::Set);
        if (shared) add(11, *value, strf("of {}", node.name));
      }
    }
  }

  void handler(ast::ExceptHandler& node) {
    auto* name = try_as<ast::Name>(node.type);
    if (node.type == nullptr) return add(12, node, "except:");
    if (name != nullptr && name->id == "BaseException") add(12, node, "except BaseException");
  }

  void outside(Node* target) {
    auto* attribute = try_as<ast::Attribute>(target);
    auto* owner = attribute == nullptr ? nullptr : try_as<ast::Name>(attribute->value);
    if (owner != nullptr && owners_.contains(owner->id))
      add(10, *target, strf("{}.{} = ...", owner->id, attribute->attr));
  }

  void add(size_t rule, const Node& node, std::string message) {
    out_.push_back({&kRules[rule], node.place.line, node.place.column + 1, std::move(message)});
  }

  std::vector<Finding>& out_;
  std::set<std::string_view> owners_;  // classes and modules
};

}  // namespace

std::string_view severity_name(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames{"note", "warning", "error"};
  return kNames[static_cast<size_t>(severity)];
}

std::span<const LintRule> lint_rules() { return kRules; }

std::vector<Finding> lint(Tree& tree) {
  std::vector<Finding> out;
  Linter(out).run(*tree.module);
  std::ranges::stable_sort(out, {}, [](const Finding& f) { return std::pair{f.line, f.column}; });
  return out;
}

}  // namespace sov::transpiler
