#include "transpiler/emit/nested_classes.h"

#include <map>
#include <string>

#include "core/format.h"

namespace sov::transpiler {
namespace {

class Renaming {
 public:
  explicit Renaming(Tree& tree) : tree_(tree) {}

  /// Names of the classes within `cls`, whose own full name is `full`.
  void collect(ast::ClassDef& cls, std::string_view full) {
    classes_[std::string(full)] = &cls;
    for (Node* statement : cls.body) {
      auto* inner = try_as<ast::ClassDef>(statement);
      if (inner == nullptr) continue;
      any = true;
      inner->name = tree_.keep(strf("{}.{}", full, inner->name));
      collect(*inner, inner->name);
    }
  }

  void module(ast::Module& module) {
    for (Node*& statement : module.body) visit(statement);
  }

  bool any = false;

 private:
  /// The class that `attr` of the class `owner` is, or of one of its bases.
  ast::ClassDef* inner_class(std::string_view owner, std::string_view attr) const {
    const auto found = classes_.find(strf("{}.{}", owner, attr));
    if (found != classes_.end()) return found->second;
    const auto cls = classes_.find(owner);
    if (cls == classes_.end()) return nullptr;
    for (Node* base : cls->second->bases) {
      auto* name = try_as<ast::Name>(base);
      if (name == nullptr || name->id == owner) continue;
      if (ast::ClassDef* inner = inner_class(name->id, attr)) return inner;
    }
    return nullptr;
  }

  void replace(Node*& place, const ast::ClassDef& cls) {
    auto* made = tree_.make<ast::Name>(place->place);
    made->id = cls.name;
    place = made;
  }

  void visit(Node*& place) {
    if (auto* cls = try_as<ast::ClassDef>(place)) return visit_class(*cls);
    if (auto* def = try_as<ast::FunctionDef>(place)) return visit_function(*def);
    if (auto* name = try_as<ast::Name>(place)) {
      // The names of a class's body are not seen in its functions.
      ast::ClassDef* inner = in_body_ ? inner_class(class_, name->id) : nullptr;
      if (inner != nullptr && name->ctx == Ctx::Load) replace(place, *inner);
      return;
    }
    for_slots(*place, [&](Node*& child) { visit(child); });
    auto* attribute = try_as<ast::Attribute>(place);
    auto* owner = attribute == nullptr ? nullptr : try_as<ast::Name>(attribute->value);
    if (owner == nullptr || attribute->ctx != Ctx::Load) return;
    const std::string_view of = !self_.empty() && owner->id == self_ ? class_ : owner->id;
    if (ast::ClassDef* inner = inner_class(of, attribute->attr)) replace(place, *inner);
  }

  void visit_class(ast::ClassDef& cls) {
    for (Node*& base : cls.bases) visit(base);
    for (Node*& decorator : cls.decorator_list) visit(decorator);
    if (!classes_.contains(cls.name)) {
      for (Node*& statement : cls.body) visit(statement);
      return;
    }
    const std::string_view outer_class = class_, outer_self = self_;
    const bool outer_body = in_body_;
    class_ = cls.name;
    self_ = {};
    in_body_ = true;
    for (Node*& statement : cls.body) visit(statement);
    class_ = outer_class;
    self_ = outer_self;
    in_body_ = outer_body;
  }

  void visit_function(ast::FunctionDef& def) {
    for (Node*& decorator : def.decorator_list) visit(decorator);
    if (def.args != nullptr) visit(def.args);
    if (def.returns != nullptr) visit(def.returns);
    const bool outer_body = in_body_;
    const std::string_view outer_self = self_;
    auto& args = as<ast::arguments>(*def.args);
    if (in_body_ && !args.args.empty()) self_ = as<ast::Arg>(*args.args[0]).arg;
    in_body_ = false;
    for (Node*& statement : def.body) visit(statement);
    in_body_ = outer_body;
    self_ = outer_self;
  }

  Tree& tree_;
  std::map<std::string, ast::ClassDef*, std::less<>> classes_;
  std::string_view class_, self_;  // whose body or method this is; the method's first parameter
  bool in_body_ = false;           // directly in the body of class_
};

}  // namespace

/// "f.<locals>.", before the names of what a function defines.
static std::string scope_name(const FunctionInfo& function) {
  const std::string out = strf("{}.<locals>.", function.name);
  if (function.cls != nullptr) return strf("{}.{}", qualified_name(*function.cls), out);
  return function.parent != nullptr ? scope_name(*function.parent) + out : out;
}

std::string qualified_name(const ClassInfo& cls) {
  return strf("{}{}", cls.within == nullptr ? "" : scope_name(*cls.within), cls.node->name);
}

void name_nested_classes(Tree& tree) {
  Renaming renaming(tree);
  for (Node* statement : tree.module->body) {
    if (auto* cls = try_as<ast::ClassDef>(statement)) renaming.collect(*cls, cls->name);
  }
  if (renaming.any) renaming.module(*tree.module);
}

}  // namespace sov::transpiler
