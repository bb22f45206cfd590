#include "transpiler/emit/kept_views.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>

namespace sov::transpiler {
namespace {

bool is_function(const Node& node) { return node.kind == Kind::FunctionDef || node.kind == Kind::Lambda; }

bool is_view(std::string_view name) { return name == "keys" || name == "values" || name == "items"; }

/// The d of d.keys(), where it is a variable, an attribute, an item or a display; else null.
ast::Attribute* viewed(Node* value) {
  auto* call = try_as<ast::Call>(value);
  auto* callee = call == nullptr ? nullptr : try_as<ast::Attribute>(call->func);
  if (callee == nullptr || !call->args.empty() || !call->keywords.empty() || !is_view(callee->attr))
    return nullptr;
  auto* owner = try_as<ast::Attribute>(callee->value);
  const Kind kind = callee->value->kind;
  const bool plain = owner != nullptr ? !owner->attr.starts_with("__")
                                      : kind == Kind::Name || kind == Kind::Subscript || kind == Kind::Dict;
  return plain ? callee : nullptr;
}

/// The names that a nested function or lambda binds for itself.
class OwnNames {
 public:
  const std::set<std::string_view>& of(Node& function) {
    const auto [found, added] = names_.try_emplace(&function);
    if (!added) return found->second;
    std::set<std::string_view> own, outer;
    if (auto* lambda = try_as<ast::Lambda>(&function)) look(*lambda->args, own, outer);
    if (auto* def = try_as<ast::FunctionDef>(&function)) {
      look(*def->args, own, outer);
      for (Node* statement : def->body) look(*statement, own, outer);
    }
    for (const std::string_view name : outer) own.erase(name);
    return names_[&function] = std::move(own);
  }

 private:
  void look(Node& node, std::set<std::string_view>& own, std::set<std::string_view>& outer) {
    if (auto* arg = try_as<ast::Arg>(&node)) own.insert(arg->arg);
    if (auto* name = try_as<ast::Name>(&node); name != nullptr && name->ctx != Ctx::Load)
      own.insert(name->id);
    if (auto* global = try_as<ast::Global>(&node)) outer.insert(global->names.begin(), global->names.end());
    if (auto* up = try_as<ast::Nonlocal>(&node)) outer.insert(up->names.begin(), up->names.end());
    if (is_function(node)) return;
    for_children(node, [&](Node& child) { look(child, own, outer); });
  }

  std::map<const Node*, std::set<std::string_view>> names_;
};

struct Uses {
  int bindings = 0;
  bool blocked = false;
  Node** value = nullptr;  // the place of d.keys()
};

class Views {
 public:
  explicit Views(Tree& tree) : tree_(tree) {}

  void run() {
    methods(*tree_.module);
    if (!own_) scope(*tree_.module);
  }

 private:
  void methods(Node& node) {
    auto* cls = try_as<ast::ClassDef>(&node);
    if (cls != nullptr) {
      for (Node* statement : cls->body) {
        auto* def = try_as<ast::FunctionDef>(statement);
        own_ = own_ || (def != nullptr && is_view(def->name));
      }
    }
    for_children(node, [&](Node& child) { methods(child); });
  }

  /// The module or a function: what is bound in it, also in functions within.
  void scope(Node& node) {
    std::map<std::string_view, Uses> names;
    for_children(node, [&](Node& child) { count(child, names); });
    for (auto& [name, uses] : names) {
      if (uses.blocked || uses.bindings != 1 || uses.value == nullptr) continue;
      ast::Attribute& view = *viewed(*uses.value);
      *uses.value = view.value;
      for_slots(node, [&](Node*& child) { replace(child, name, view.attr); });
    }
    const std::function<void(Node&)> inner = [&](Node& child) {
      if (child.kind == Kind::FunctionDef) return scope(child);
      for_children(child, inner);
    };
    for_children(node, inner);
  }

  void count(Node& node, std::map<std::string_view, Uses>& names) {
    if (is_function(node)) {
      // What a function within binds is another variable.
      std::map<std::string_view, Uses> inside;
      for_children(node, [&](Node& child) { count(child, inside); });
      const std::set<std::string_view>& own = own_names_.of(node);
      for (const auto& [name, uses] : inside) {
        if (own.contains(name)) continue;
        names[name].bindings += uses.bindings;
        names[name].blocked = names[name].blocked || uses.blocked || uses.value != nullptr;
      }
      return;
    }
    if (auto* assign = try_as<ast::Assign>(&node); assign != nullptr && assign->targets.size() == 1) {
      const auto keep = [&](Node* target, Node*& value) {
        auto* name = try_as<ast::Name>(target);
        if (name != nullptr && viewed(value) != nullptr) names[name->id].value = &value;
      };
      keep(assign->targets[0], assign->value);
      auto* targets = try_as<ast::Tuple>(assign->targets[0]);
      auto* values = try_as<ast::Tuple>(assign->value);
      if (targets != nullptr && values != nullptr && targets->elts.size() == values->elts.size())
        for (size_t i = 0; i < values->elts.size(); ++i) keep(targets->elts[i], values->elts[i]);
    }
    if (auto* name = try_as<ast::Name>(&node); name != nullptr && name->ctx != Ctx::Load)
      ++names[name->id].bindings;
    const auto block = [&](std::string_view name) { names[name].blocked = true; };
    if (auto* arg = try_as<ast::Arg>(&node)) block(arg->arg);
    if (auto* handler = try_as<ast::ExceptHandler>(&node)) block(handler->name);
    if (auto* global = try_as<ast::Global>(&node)) std::ranges::for_each(global->names, block);
    if (auto* outer = try_as<ast::Nonlocal>(&node)) std::ranges::for_each(outer->names, block);
    if (auto* as = try_as<ast::MatchAs>(&node)) block(as->name);
    if (auto* star = try_as<ast::MatchStar>(&node)) block(star->name);
    if (auto* rest = try_as<ast::MatchMapping>(&node)) block(rest->rest);
    if (auto* changed = try_as<ast::AugAssign>(&node)) {
      if (auto* name = try_as<ast::Name>(changed->target)) block(name->id);
    }
    if (auto* cls = try_as<ast::ClassDef>(&node)) {
      // What a class's body binds is no variable.
      for (Node* statement : cls->body) {
        auto* assign = try_as<ast::Assign>(statement);
        if (assign == nullptr) continue;
        for (Node* target : assign->targets)
          if (auto* name = try_as<ast::Name>(target)) block(name->id);
      }
    }
    for_children(node, [&](Node& child) { count(child, names); });
  }

  void replace(Node*& place, std::string_view name, std::string_view view) {
    if (auto* read = try_as<ast::Name>(place)) {
      if (read->id != name || read->ctx != Ctx::Load) return;
      auto* attribute = tree_.make<ast::Attribute>(place->place);
      attribute->value = place;
      attribute->attr = view;
      auto* call = tree_.make<ast::Call>(place->place);
      call->func = attribute;
      place = call;
      return;
    }
    if (is_function(*place) && own_names_.of(*place).contains(name)) return;
    for_slots(*place, [&](Node*& child) { replace(child, name, view); });
  }

  Tree& tree_;
  OwnNames own_names_;
  bool own_ = false;  // some class has such a method
};

}  // namespace

void keep_views(Tree& tree) { Views(tree).run(); }

}  // namespace sov::transpiler
