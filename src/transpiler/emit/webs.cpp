#include "transpiler/emit/webs.h"

#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <vector>

namespace sov::transpiler {
namespace {

/// The names of one function's body (or the module's).
class Scope {
 public:
  explicit Scope(std::deque<std::string>& names) : names_(names) {}

  void block_name(std::string_view name) { blocked_.insert(name); }
  void run(Nodes body) {
    block(body);
    for (auto& [name, regions] : regions_) {
      if (blocked_.contains(name)) continue;
      for (size_t i = 1; i < regions.size(); ++i) {
        names_.push_back(std::string(name) + "#" + std::to_string(i + 1));
        for (ast::Name* occurrence : regions[i]) occurrence->id = names_.back();
      }
    }
    for (Node* def : functions_) inner(*def);
  }

 private:
  void block(Nodes statements);
  void statement(Node& node);
  void expression(Node* node);
  void comprehension(Nodes generators, std::initializer_list<Node*> results);
  void bind(Node* target, std::vector<std::string_view>& opened);
  void occurrence(ast::Name& name);
  void close(const std::vector<std::string_view>& opened) {
    for (const std::string_view name : opened) open_.erase(name);
  }
  void pattern(Node& node);
  void block_all(Node& node);
  void inner(Node& def);

  std::deque<std::string>& names_;
  std::set<std::string_view> blocked_;
  std::multiset<std::string_view> hidden_;   // bound by comprehensions around
  std::map<std::string_view, size_t> open_;  // the region where the walk is
  std::map<std::string_view, std::vector<std::vector<ast::Name*>>> regions_;
  std::vector<Node*> functions_;
};

void Scope::occurrence(ast::Name& name) {
  if (hidden_.contains(name.id)) return;
  const auto region = open_.find(name.id);
  if (region == open_.end() || name.ctx == Ctx::Del)
    blocked_.insert(name.id);
  else
    regions_[name.id][region->second].push_back(&name);
}

/// A target: its names begin regions, where none is open.
void Scope::bind(Node* target, std::vector<std::string_view>& opened) {
  if (auto* tuple = try_as<ast::Tuple>(target)) {
    for (Node* item : tuple->elts) bind(item, opened);
  } else if (auto* list = try_as<ast::List>(target)) {
    for (Node* item : list->elts) bind(item, opened);
  } else if (auto* starred = try_as<ast::Starred>(target)) {
    bind(starred->value, opened);
  } else if (auto* name = try_as<ast::Name>(target)) {
    if (!open_.contains(name->id)) {
      std::vector<std::vector<ast::Name*>>& regions = regions_[name->id];
      open_[name->id] = regions.size();
      regions.emplace_back();
      opened.push_back(name->id);
    }
    occurrence(*name);
  } else {
    expression(target);
  }
}

/// Everything named inside is shared with another scope.
void Scope::block_all(Node& node) {
  if (auto* name = try_as<ast::Name>(&node)) blocked_.insert(name->id);
  if (auto* global = try_as<ast::Global>(&node)) blocked_.insert(global->names.begin(), global->names.end());
  if (auto* other = try_as<ast::Nonlocal>(&node)) blocked_.insert(other->names.begin(), other->names.end());
  for_children(node, [&](Node& child) { block_all(child); });
}

void Scope::comprehension(Nodes generators, std::initializer_list<Node*> results) {
  const auto before = hidden_;
  for (Node* generator : generators) {
    auto& clause = as<ast::comprehension>(*generator);
    expression(clause.iter);
    const std::function<void(Node*)> hide = [&](Node* target) {
      if (auto* name = try_as<ast::Name>(target))
        hidden_.insert(name->id);
      else
        for_children(*target, [&](Node& child) { hide(&child); });
    };
    hide(clause.target);
    for (Node* test : clause.ifs) expression(test);
  }
  for (Node* result : results) expression(result);
  hidden_ = before;
}

void Scope::expression(Node* node) {
  if (node == nullptr) return;
  if (auto* name = try_as<ast::Name>(node)) return occurrence(*name);
  if (node->kind == Kind::Lambda) return block_all(*node);
  if (auto* walrus = try_as<ast::NamedExpr>(node)) blocked_.insert(as<ast::Name>(*walrus->target).id);
  if (auto* list = try_as<ast::ListComp>(node)) return comprehension(list->generators, {list->elt});
  if (auto* set = try_as<ast::SetComp>(node)) return comprehension(set->generators, {set->elt});
  if (auto* lazy = try_as<ast::GeneratorExp>(node)) return comprehension(lazy->generators, {lazy->elt});
  if (auto* dict = try_as<ast::DictComp>(node))
    return comprehension(dict->generators, {dict->key, dict->value});
  for_children(*node, [&](Node& child) { expression(&child); });
}

void Scope::block(Nodes statements) {
  std::vector<std::string_view> opened;
  for (Node* node : statements) {
    if (auto* assign = try_as<ast::Assign>(node)) {
      expression(assign->value);
      for (Node* target : assign->targets) bind(target, opened);
    } else if (auto* annotated = try_as<ast::AnnAssign>(node);
               annotated != nullptr && annotated->value != nullptr) {
      expression(annotated->value);
      bind(annotated->target, opened);
    } else {
      statement(*node);
    }
  }
  close(opened);
}

void Scope::statement(Node& node) {
  if (auto* loop = try_as<ast::For>(&node)) {
    expression(loop->iter);
    std::vector<std::string_view> opened;
    bind(loop->target, opened);
    block(loop->body);
    close(opened);
    return block(loop->orelse);
  }
  if (auto* loop = try_as<ast::While>(&node)) {
    expression(loop->test);
    block(loop->body);
    return block(loop->orelse);
  }
  if (auto* branch = try_as<ast::If>(&node)) {
    expression(branch->test);
    block(branch->body);
    return block(branch->orelse);
  }
  if (auto* with = try_as<ast::With>(&node)) {
    for (Node* item : with->items) expression(item);
    return block(with->body);
  }
  if (auto* attempt = try_as<ast::Try>(&node)) {
    block(attempt->body);
    for (Node* item : attempt->handlers) {
      auto& handler = as<ast::ExceptHandler>(*item);
      expression(handler.type);
      if (!handler.name.empty()) blocked_.insert(handler.name);
      block(handler.body);
    }
    block(attempt->orelse);
    return block(attempt->finalbody);
  }
  if (node.kind == Kind::FunctionDef || node.kind == Kind::ClassDef) {
    functions_.push_back(&node);
    if (auto* def = try_as<ast::FunctionDef>(&node)) blocked_.insert(def->name);
    if (auto* cls = try_as<ast::ClassDef>(&node)) blocked_.insert(cls->name);
    return block_all(node);
  }
  if (auto* match = try_as<ast::Match>(&node)) {
    expression(match->subject);
    for (Node* item : match->cases) {
      auto& one = as<ast::match_case>(*item);
      pattern(*one.pattern);
      expression(one.guard);
      block(one.body);
    }
    return;
  }
  if (node.kind == Kind::Import || node.kind == Kind::ImportFrom) {
    for_children(node, [&](Node& child) {
      auto& alias = as<ast::alias>(child);
      blocked_.insert(alias.asname.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asname);
    });
    return;
  }
  if (node.kind == Kind::Global || node.kind == Kind::Nonlocal) return block_all(node);
  expression(&node);
}

/// Captures are not divided.
void Scope::pattern(Node& node) {
  if (auto* capture = try_as<ast::MatchAs>(&node)) blocked_.insert(capture->name);
  if (auto* star = try_as<ast::MatchStar>(&node)) blocked_.insert(star->name);
  if (auto* mapping = try_as<ast::MatchMapping>(&node)) blocked_.insert(mapping->rest);
  for_children(node,
               [&](Node& child) { child.kind >= Kind::MatchValue ? pattern(child) : expression(&child); });
}

/// Functions within: each with its own scope.
void Scope::inner(Node& def) {
  if (auto* cls = try_as<ast::ClassDef>(&def)) {
    for (Node* item : cls->body) {
      if (item->kind == Kind::FunctionDef || item->kind == Kind::ClassDef) inner(*item);
    }
    return;
  }
  auto& function = as<ast::FunctionDef>(def);
  Scope scope(names_);
  for_children(*function.args, [&](Node& child) {
    if (auto* arg = try_as<ast::Arg>(&child)) scope.block_name(arg->arg);
  });
  scope.run(function.body);
}

}  // namespace

void divide_variables(ast::Module& module, std::deque<std::string>& names) { Scope(names).run(module.body); }

}  // namespace sov::transpiler
