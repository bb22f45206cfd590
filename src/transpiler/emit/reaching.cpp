#include "transpiler/emit/reaching.h"

#include <algorithm>

namespace sov::transpiler {
namespace {

bool is_true(Node* node) {
  auto* constant = try_as<ast::Constant>(node);
  return constant != nullptr && constant->value.kind == ConstantKind::boolean && constant->value.boolean;
}

/// `open(..)`: its __exit__ lets every exception pass.
bool lets_pass(Node* manager) {
  auto* call = try_as<ast::Call>(manager);
  if (call == nullptr) return false;
  if (auto* name = try_as<ast::Name>(call->func)) return name->id == "open";
  auto* attribute = try_as<ast::Attribute>(call->func);
  return attribute != nullptr && attribute->attr == "open";
}

/// Names that a function's parameters and statements bind in it.
void bound_names(Node& node, std::set<std::string_view>& out) {
  if (auto* name = try_as<ast::Name>(&node); name != nullptr && name->ctx != Ctx::Load) out.insert(name->id);
  if (auto* arg = try_as<ast::Arg>(&node)) out.insert(arg->arg);
  if (auto* handler = try_as<ast::ExceptHandler>(&node)) out.insert(handler->name);
  if (auto* capture = try_as<ast::MatchAs>(&node)) out.insert(capture->name);
  if (auto* star = try_as<ast::MatchStar>(&node)) out.insert(star->name);
  if (auto* mapping = try_as<ast::MatchMapping>(&node)) out.insert(mapping->rest);
  if (auto* alias = try_as<ast::alias>(&node))
    out.insert(alias->asname.empty() ? alias->name.substr(0, alias->name.find('.')) : alias->asname);
  for_children(node, [&](Node& child) {
    if (auto* def = try_as<ast::FunctionDef>(&child))
      out.insert(def->name);
    else if (auto* cls = try_as<ast::ClassDef>(&child))
      out.insert(cls->name);
    else if (child.kind != Kind::Lambda)
      bound_names(child, out);
  });
}

/// Names that `global` and `nonlocal` take out of those.
void declared_outside(Node& node, std::set<std::string_view>& bound) {
  if (auto* global = try_as<ast::Global>(&node))
    for (const std::string_view name : global->names) bound.erase(name);
  if (auto* outer = try_as<ast::Nonlocal>(&node))
    for (const std::string_view name : outer->names) bound.erase(name);
  for_children(node, [&](Node& child) { declared_outside(child, bound); });
}

}  // namespace

// --- Sets of definitions ---

bool Reaching::State::has(int n) const {
  const auto word = static_cast<size_t>(n) / 64;
  return word < bits.size() && (bits[word] >> (static_cast<size_t>(n) % 64) & 1) != 0;
}

void Reaching::State::put(int n, bool in) {
  const auto word = static_cast<size_t>(n) / 64;
  if (word >= bits.size()) bits.resize(word + 1);
  const uint64_t bit = uint64_t{1} << (static_cast<size_t>(n) % 64);
  bits[word] = in ? bits[word] | bit : bits[word] & ~bit;
}

void Reaching::State::join(const State& other) {
  if (!other.reached) return;
  reached = true;
  if (bits.size() < other.bits.size()) bits.resize(other.bits.size());
  for (size_t i = 0; i < other.bits.size(); ++i) bits[i] |= other.bits[i];
}

int Reaching::web(int definition) const {
  while (parent_[static_cast<size_t>(definition)] != definition)
    definition = parent_[static_cast<size_t>(definition)];
  return definition;
}

void Reaching::unite(int a, int b) {
  const int x = web(a), y = web(b);
  parent_[static_cast<size_t>(std::max(x, y))] = std::min(x, y);
}

int Reaching::add_definition(std::string_view name) {
  const int made = static_cast<int>(parent_.size());
  parent_.push_back(made);
  names_[name].definitions.push_back(made);
  return made;
}

// --- Occurrences ---

void Reaching::parameter(std::string_view name) {
  state_.reached = true;
  state_.put(add_definition(name), true);
  names_[name].parameter = true;
}

Occurrence* Reaching::noted(ast::Name& name) {
  NameUses& uses = names_[name.id];
  const auto [it, added] = occurrence_of_.try_emplace(&name, name.id, uses.occurrences.size());
  if (added) uses.occurrences.push_back({.node = &name, .definition = -1, .live = false, .path = path_});
  return &uses.occurrences[it->second.second];
}

void Reaching::define(ast::Name& name) {
  if (hidden_.contains(name.id)) return;
  const auto [it, added] = definition_of_.try_emplace(&name, 0);
  if (added) it->second = add_definition(name.id);
  noted(name)->definition = it->second;
  for (const int other : names_[name.id].definitions) state_.put(other, false);
  state_.put(it->second, true);
  for (State* tracked : tracking_) tracked->put(it->second, true);
}

void Reaching::use(ast::Name& name) {
  if (hidden_.contains(name.id)) return;
  Occurrence& occurrence = *noted(name);
  if (!state_.reached) return;
  occurrence.live = true;
  for (const int definition : names_[name.id].definitions) {
    if (!state_.has(definition)) continue;
    if (occurrence.definition >= 0) unite(occurrence.definition, definition);
    occurrence.definition = definition;
  }
}

void Reaching::bind(Node* target) {
  if (auto* name = try_as<ast::Name>(target)) return define(*name);
  if (auto* tuple = try_as<ast::Tuple>(target)) {
    for (Node* item : tuple->elts) bind(item);
  } else if (auto* list = try_as<ast::List>(target)) {
    for (Node* item : list->elts) bind(item);
  } else if (auto* starred = try_as<ast::Starred>(target)) {
    bind(starred->value);
  } else {
    expression(target);
  }
}

/// Everything named inside is left alone.
void Reaching::block_all(Node& node) {
  if (auto* name = try_as<ast::Name>(&node)) block_name(name->id);
  for_children(node, [&](Node& child) { block_all(child); });
}

/// Names that a nested function or class takes from around it.
void Reaching::block_free(Node& node, const std::set<std::string_view>& around) {
  const bool scope = node.kind == Kind::FunctionDef || node.kind == Kind::Lambda;
  std::set<std::string_view> own;
  if (scope) {
    for_children(node, [&](Node& child) { bound_names(child, own); });
    for_children(node, [&](Node& child) { declared_outside(child, own); });
    own.insert(around.begin(), around.end());
  }
  const std::set<std::string_view>& bound = scope ? own : around;
  if (auto* name = try_as<ast::Name>(&node); name != nullptr && !bound.contains(name->id))
    block_name(name->id);
  if (auto* global = try_as<ast::Global>(&node))
    for (const std::string_view name : global->names) block_name(name);
  if (auto* outer = try_as<ast::Nonlocal>(&node))
    for (const std::string_view name : outer->names) block_name(name);
  if (auto* def = try_as<ast::FunctionDef>(&node)) {
    // Decorators, defaults and annotations belong to the outer scope.
    for (Node* decorator : def->decorator_list) block_all(*decorator);
    block_all(*def->args);
    if (def->returns != nullptr) block_all(*def->returns);
  }
  if (auto* lambda = try_as<ast::Lambda>(&node)) {
    for_children(*lambda->args, [&](Node& child) {
      if (child.kind != Kind::Arg) block_free(child, around);  // a default: of the outer scope
    });
  }
  for_children(node, [&](Node& child) { block_free(child, bound); });
}

// --- Expressions ---

/// Defaults are read where the lambda stands; what it takes from around it is left alone.
void Reaching::lambda(ast::Lambda& node) {
  std::set<std::string_view> own;
  bound_names(*node.args, own);
  bound_names(*node.body, own);
  for_children(*node.args, [&](Node& child) {
    if (child.kind != Kind::Arg) expression(&child);
  });
  block_free(*node.body, own);
}

void Reaching::comprehension(Nodes generators, std::initializer_list<Node*> results) {
  const auto before = hidden_;
  for (Node* generator : generators) {
    auto& clause = as<ast::comprehension>(*generator);
    expression(clause.iter);
    std::set<std::string_view> targets;
    bound_names(*clause.target, targets);
    hidden_.insert(targets.begin(), targets.end());
    for (Node* test : clause.ifs) expression(test);
  }
  for (Node* result : results) expression(result);
  hidden_ = before;
}

void Reaching::expression(Node* node) {
  if (node == nullptr) return;
  if (auto* name = try_as<ast::Name>(node)) return use(*name);
  if (auto* closure = try_as<ast::Lambda>(node)) return lambda(*closure);
  if (auto* walrus = try_as<ast::NamedExpr>(node)) block_name(as<ast::Name>(*walrus->target).id);
  if (auto* list = try_as<ast::ListComp>(node)) return comprehension(list->generators, {list->elt});
  if (auto* set = try_as<ast::SetComp>(node)) return comprehension(set->generators, {set->elt});
  if (auto* lazy = try_as<ast::GeneratorExp>(node)) return comprehension(lazy->generators, {lazy->elt});
  if (auto* dict = try_as<ast::DictComp>(node))
    return comprehension(dict->generators, {dict->key, dict->value});
  for_children(*node, [&](Node& child) { expression(&child); });
}

// --- Statements ---

void Reaching::run(Nodes body) {
  state_.reached = true;
  block(body);
  // A use that no assignment reaches: the name is left as it is.
  for (auto& [name, uses] : names_) {
    for (const Occurrence& occurrence : uses.occurrences)
      uses.blocked = uses.blocked || (occurrence.live && occurrence.definition < 0);
  }
}

void Reaching::block(Nodes statements, bool loop) {
  path_.push_back({statements.data(), -1, nullptr, loop});
  for (size_t i = 0; i < statements.size(); ++i) {
    path_.back().index = static_cast<int>(i);
    path_.back().statement = statements[i];
    statement(*statements[i]);
  }
  path_.pop_back();
}

void Reaching::assignment(Node& node) {
  if (auto* assign = try_as<ast::Assign>(&node)) {
    expression(assign->value);
    for (Node* target : assign->targets) bind(target);
  } else if (auto* annotated = try_as<ast::AnnAssign>(&node)) {
    block_all(*annotated->annotation);
    expression(annotated->value);
    if (annotated->value != nullptr) bind(annotated->target);
  } else {
    auto& changed = as<ast::AugAssign>(node);
    expression(changed.value);
    auto* name = try_as<ast::Name>(changed.target);
    if (name == nullptr) return expression(changed.target);
    use(*name);
    if (hidden_.contains(name->id)) return;
    const int seen = noted(*name)->definition;
    define(*name);
    if (seen >= 0) unite(seen, noted(*name)->definition);
  }
}

void Reaching::statement(Node& node) {
  switch (node.kind) {
    case Kind::Assign:
    case Kind::AnnAssign:
    case Kind::AugAssign:
      return assignment(node);
    case Kind::For: {
      auto& each = as<ast::For>(node);
      expression(each.iter);
      return loop(nullptr, each.target, each.body, each.orelse);
    }
    case Kind::While: {
      auto& each = as<ast::While>(node);
      return loop(each.test, nullptr, each.body, each.orelse);
    }
    case Kind::If: {
      auto& branch = as<ast::If>(node);
      expression(branch.test);
      const State before = state_;
      block(branch.body);
      State after = state_;
      state_ = before;
      block(branch.orelse);
      after.join(state_);
      state_ = after;
      return;
    }
    case Kind::Try:
      return attempt(as<ast::Try>(node));
    case Kind::With:
      return with(as<ast::With>(node));
    case Kind::Match:
      return match(as<ast::Match>(node));
    case Kind::Break:
    case Kind::Continue:
      if (!loops_.empty())
        (node.kind == Kind::Break ? loops_.back().breaks : loops_.back().continues).join(state_);
      state_ = {};
      return;
    case Kind::Return:
    case Kind::Raise:
      for_children(node, [&](Node& child) { expression(&child); });
      state_ = {};
      return;
    case Kind::FunctionDef:
      inner_.push_back(&node);
      block_name(as<ast::FunctionDef>(node).name);
      return block_free(node, {});
    case Kind::ClassDef:
      inner_.push_back(&node);
      block_name(as<ast::ClassDef>(node).name);
      return block_free(node, {});
    case Kind::Import:
    case Kind::ImportFrom: {
      std::set<std::string_view> imported;
      bound_names(node, imported);
      for (const std::string_view name : imported) block_name(name);
      return;
    }
    case Kind::Global:
    case Kind::Nonlocal:
      return block_free(node, {});
    case Kind::Delete:
      for (Node* target : as<ast::Delete>(node).targets)
        target->kind == Kind::Name ? block_all(*target) : expression(target);
      return;
    default:
      for_children(node, [&](Node& child) { expression(&child); });
  }
}

void Reaching::loop(Node* test, Node* target, Nodes body, Nodes orelse) {
  const State entry = state_;
  State head = entry, breaks, left;
  for (int round = 0; round < 2; ++round) {
    state_ = head;
    loops_.emplace_back();
    expression(test);
    left = state_;
    if (target != nullptr) {
      path_.push_back({body.data(), -1, path_.back().statement, true});
      bind(target);
      path_.pop_back();
    }
    block(body, true);
    head = entry;
    head.join(state_);
    head.join(loops_.back().continues);
    breaks = loops_.back().breaks;
    loops_.pop_back();
  }
  if (target == nullptr && is_true(test))
    left = {};
  else
    left.join(head);
  state_ = left;
  block(orelse);
  state_.join(breaks);
}

Reaching::State Reaching::assigned(const std::function<void()>& body) {
  State out{.reached = true, .bits = {}};
  tracking_.push_back(&out);
  body();
  tracking_.pop_back();
  return out;
}

/// A handler can be reached from anywhere in the body, the last part from anywhere at all.
void Reaching::attempt(ast::Try& node) {
  const State before = state_;
  State after;
  State everywhere = assigned([&] {
    State raised = assigned([&] { block(node.body); });
    if (!before.reached) raised.reached = false;
    raised.join(before);
    block(node.orelse);
    after.join(state_);
    for (Node* item : node.handlers) {
      auto& handler = as<ast::ExceptHandler>(*item);
      state_ = raised;
      expression(handler.type);
      if (!handler.name.empty()) hidden_.insert(handler.name);
      block(handler.body);
      if (!handler.name.empty()) hidden_.erase(hidden_.find(handler.name));
      after.join(state_);
    }
  });
  if (node.finalbody.empty()) {
    state_ = after;
    return;
  }
  const bool ends = after.reached;
  everywhere.join(before);
  everywhere.join(after);
  state_ = everywhere;
  const State last = assigned([&] { block(node.finalbody); });
  if (!ends) state_.reached = false;
  if (loops_.empty()) return;
  // break and continue within have come through the last part.
  for (State* way : {&loops_.back().breaks, &loops_.back().continues}) {
    if (way->reached) way->join(last);
  }
}

void Reaching::with(ast::With& node) {
  bool swallows = false;
  for (Node* item : node.items) {
    auto& one = as<ast::withitem>(*item);
    expression(one.context_expr);
    swallows = swallows || !lets_pass(one.context_expr);
  }
  State before = state_;
  State within = assigned([&] {
    for (Node* item : node.items) {
      if (as<ast::withitem>(*item).optional_vars != nullptr) bind(as<ast::withitem>(*item).optional_vars);
    }
    block(node.body);
  });
  if (!swallows || !before.reached) return;
  before.join(within);
  state_.join(before);
}

void Reaching::match(ast::Match& node) {
  expression(node.subject);
  const State before = state_;
  State after = before;
  for (Node* item : node.cases) {
    auto& one = as<ast::match_case>(*item);
    state_ = before;
    pattern(*one.pattern);
    expression(one.guard);
    block(one.body);
    after.join(state_);
  }
  state_ = after;
}

/// Captures are not divided.
void Reaching::pattern(Node& node) {
  if (auto* capture = try_as<ast::MatchAs>(&node)) block_name(capture->name);
  if (auto* star = try_as<ast::MatchStar>(&node)) block_name(star->name);
  if (auto* mapping = try_as<ast::MatchMapping>(&node)) block_name(mapping->rest);
  for_children(node,
               [&](Node& child) { child.kind >= Kind::MatchValue ? pattern(child) : expression(&child); });
}

}  // namespace sov::transpiler
