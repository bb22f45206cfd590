// Which name means which variable, and where in the Rust each variable is declared.
//
// Python's variables belong to functions, Rust's to blocks. A variable is declared by its first assignment
// where that dominates all uses (all are in the same block, later), else before the statement that holds them
// all, outside loops.
#include "transpiler/emit/names.h"

#include <algorithm>

namespace sov::transpiler {
namespace {

bool is_loop(const Node* node) {
  return node != nullptr && (node->kind == Kind::For || node->kind == Kind::While);
}

void names_of_target(Node* target, std::vector<ast::Name*>& out) {
  if (auto* name = try_as<ast::Name>(target))
    out.push_back(name);
  else if (auto* starred = try_as<ast::Starred>(target))
    names_of_target(starred->value, out);
  else if (auto* tuple = try_as<ast::Tuple>(target))
    for (Node* item : tuple->elts) names_of_target(item, out);
  else if (auto* list = try_as<ast::List>(target))
    for (Node* item : list->elts) names_of_target(item, out);
}

/// A signature of typing.overload: nothing at run time.
bool is_overload(ast::FunctionDef& def) {
  return std::ranges::any_of(def.decorator_list, [](Node* d) {
    return (d->kind == Kind::Name && as<ast::Name>(*d).id == "overload") ||
           (d->kind == Kind::Attribute && as<ast::Attribute>(*d).attr == "overload");
  });
}

}  // namespace

void NameCollector::run(ast::Module& module) {
  for (Node* statement : module.body) attribute_stores(*statement);
  bindings(module.body);
  walk_block(module.body, nullptr, false);
  for (const Reference& reference : references_) resolve(reference);
  close_captures();
  for (Var* var : touched_) place(*var, paths_[var]);
}

/// A nested function that is called by name is an ordinary function that gets what it captures as arguments;
/// so whoever calls it must have captured those too, also where functions call each other.
void NameCollector::close_captures() {
  const auto no_value = [](const Var* var) { return var->is_function || var->is_class || var->is_module; };
  // Functions that call each other capture each other, until all have what any of them needs.
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& function : t_.functions_) {
      std::vector<Var*>& captures = function->captures;
      for (size_t i = 0; i < captures.size(); ++i) {
        const Var* var = captures[i];
        if (!no_value(var) || var->function == nullptr) continue;
        for (Var* needed : std::vector<Var*>(var->function->captures)) {
          const bool mine = needed->owner == function.get();
          if (mine || std::ranges::find(captures, needed) != captures.end()) continue;
          captures.push_back(needed);
          changed = true;
        }
      }
    }
  }
  for (const auto& function : t_.functions_) std::erase_if(function->captures, no_value);
}

// --- Bindings: which names a scope assigns ---

void NameCollector::bind(std::string_view name) {
  if (function_ == nullptr) {
    t_.module_var(name);
    return;
  }
  if (function_->global_names.contains(name))
    t_.module_var(name)->global = true;
  else if (!function_->nonlocal_names.contains(name) && !function_->locals.contains(name))
    t_.add_var(function_, name);
}

void NameCollector::bind_module(std::string_view name) {
  bind(name);
  if (Var* var = own(name)) var->is_module = true;
}

void NameCollector::bindings(Nodes statements) {
  for (Node* statement : statements) declarations(*statement);
  for (Node* statement : statements) statement_bindings(*statement);
}

/// global and nonlocal anywhere in the function come first.
void NameCollector::declarations(Node& node) {
  if (node.kind == Kind::FunctionDef || node.kind == Kind::ClassDef || node.kind == Kind::Lambda) return;
  if (auto* global = try_as<ast::Global>(&node)) {
    if (function_ != nullptr) function_->global_names.insert(global->names.begin(), global->names.end());
  } else if (auto* nonlocal = try_as<ast::Nonlocal>(&node)) {
    if (function_ != nullptr)
      function_->nonlocal_names.insert(nonlocal->names.begin(), nonlocal->names.end());
  }
  for_children(node, [&](Node& child) { declarations(child); });
}

void NameCollector::statement_bindings(Node& node) {
  if (auto* def = try_as<ast::FunctionDef>(&node)) {
    if (!is_overload(*def)) ++defs_[{function_, def->name}];
    return bind(def->name);
  }
  if (auto* cls = try_as<ast::ClassDef>(&node)) return bind(cls->name);
  if (node.kind == Kind::Lambda) return;
  if (node.kind == Kind::ListComp || node.kind == Kind::SetComp || node.kind == Kind::DictComp ||
      node.kind == Kind::GeneratorExp)
    return comprehension_bindings(node);
  if (auto* name = try_as<ast::Name>(&node); name != nullptr && name->ctx == Ctx::Store) bind(name->id);
  if (auto* import = try_as<ast::Import>(&node)) {
    for (Node* item : import->names) {
      auto& alias = as<ast::alias>(*item);
      bind_module(alias.asname.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asname);
    }
  } else if (auto* from = try_as<ast::ImportFrom>(&node)) {
    for (Node* item : from->names) {
      auto& alias = as<ast::alias>(*item);
      if (alias.name != "*") bind_module(alias.asname.empty() ? alias.name : alias.asname);
    }
  } else if (auto* as_pattern = try_as<ast::MatchAs>(&node);
             as_pattern != nullptr && !as_pattern->name.empty()) {
    bind(as_pattern->name);
  } else if (auto* star = try_as<ast::MatchStar>(&node); star != nullptr && !star->name.empty()) {
    bind(star->name);
  } else if (auto* mapping = try_as<ast::MatchMapping>(&node); mapping != nullptr && !mapping->rest.empty()) {
    bind(mapping->rest);
  }
  for_children(node, [&](Node& child) { statement_bindings(child); });
}

/// Only walruses reach out of a comprehension.
void NameCollector::comprehension_bindings(Node& node) {
  if (auto* walrus = try_as<ast::NamedExpr>(&node)) bind(as<ast::Name>(*walrus->target).id);
  if (node.kind == Kind::Lambda) return;
  for_children(node, [&](Node& child) { comprehension_bindings(child); });
}

// --- Occurrences ---

void NameCollector::walk_block(Nodes statements, const Node* owner, bool loop) {
  path_.push_back({statements.data(), -1, owner, loop});
  loops_ += loop;
  for (size_t i = 0; i < statements.size(); ++i) {
    path_.back().index = static_cast<int>(i);
    path_.back().statement = statements[i];
    walk_statement(*statements[i]);
  }
  loops_ -= loop;
  path_.pop_back();
}

void NameCollector::walk_statement(Node& node) {
  if (auto* def = try_as<ast::FunctionDef>(&node)) return walk_function(*def);
  if (auto* cls = try_as<ast::ClassDef>(&node)) return walk_class(*cls);
  if (auto* branch = try_as<ast::If>(&node)) {
    walk(branch->test);
    walk_block(branch->body, &node, false);
    return walk_block(branch->orelse, &node, false);
  }
  if (auto* loop = try_as<ast::While>(&node)) {
    ++loops_;
    walk(loop->test);
    --loops_;
    walk_block(loop->body, &node, true);
    return walk_block(loop->orelse, &node, false);
  }
  if (auto* loop = try_as<ast::For>(&node)) {
    walk(loop->iter);
    bound_by_owner(loop->target, loop->body, node, true);
    walk_block(loop->body, &node, true);
    return walk_block(loop->orelse, &node, false);
  }
  if (auto* with = try_as<ast::With>(&node)) {
    const size_t before = hidden_.size();
    for (Node* item : with->items) {
      auto& it = as<ast::withitem>(*item);
      walk(it.context_expr);
      auto* target = try_as<ast::Name>(it.optional_vars);
      const bool scoped =
          target != nullptr && function_ != nullptr &&
          std::ranges::all_of(body_, [&](Node* s) { return only_in_with(*s, target->id, false); });
      if (scoped) {
        t_.scoped_with_.insert(item);
        hidden_.push_back({target->id});
      } else if (it.optional_vars != nullptr) {
        walk(it.optional_vars);
      }
    }
    walk_block(with->body, &node, false);
    hidden_.resize(before);
    return;
  }
  if (auto* attempt = try_as<ast::Try>(&node)) {
    walk_block(attempt->body, &node, false);
    for (Node* handler : attempt->handlers) walk_handler(as<ast::ExceptHandler>(*handler));
    walk_block(attempt->orelse, &node, false);
    return walk_block(attempt->finalbody, &node, false);
  }
  if (auto* match = try_as<ast::Match>(&node)) {
    walk(match->subject);
    for (Node* item : match->cases) {
      auto& one = as<ast::match_case>(*item);
      walk_pattern(*one.pattern);
      walk(one.guard);
      walk_block(one.body, &node, false);
    }
    return;
  }
  if (auto* annotated = try_as<ast::AnnAssign>(&node)) {
    walk(annotated->value);
    auto* name = try_as<ast::Name>(annotated->target);
    if (name != nullptr) {
      if (Var* var = own(name->id)) var->annotation = annotated->annotation;
    }
    if (annotated->value != nullptr || name == nullptr) walk(annotated->target);
    return;
  }
  if (auto* assign = try_as<ast::Assign>(&node)) {
    walk(assign->value);
    for (Node* target : assign->targets) walk(target);
    return;
  }
  if (auto* augmented = try_as<ast::AugAssign>(&node)) {
    walk(augmented->value);
    return walk(augmented->target);
  }
  for_children(node, [&](Node& child) { walk(&child); });
}

/// Names that a loop binds before each round of its body.
void NameCollector::bound_by_owner(Node* target, Nodes body, Node& owner, bool loop) {
  path_.push_back({body.data(), -1, &owner, loop});
  loops_ += loop;
  walk(target);
  loops_ -= loop;
  path_.pop_back();
}

bool NameCollector::only_in_with(Node& node, std::string_view name, bool inside) {
  if (auto* found = try_as<ast::Name>(&node)) return inside || found->id != name;
  const bool nested = node.kind == Kind::FunctionDef || node.kind == Kind::Lambda ||
                      node.kind == Kind::ClassDef || node.kind == Kind::Global || node.kind == Kind::Nonlocal;
  bool good = true;
  if (auto* with = try_as<ast::With>(&node)) {
    bool binds = inside;
    for (Node* item : with->items) {
      auto& it = as<ast::withitem>(*item);
      good = good && only_in_with(*it.context_expr, name, inside);
      auto* target = try_as<ast::Name>(it.optional_vars);
      if (target != nullptr && target->id == name)
        binds = true;
      else if (it.optional_vars != nullptr)
        good = good && only_in_with(*it.optional_vars, name, inside);
    }
    for (Node* statement : with->body) good = good && only_in_with(*statement, name, binds);
    return good;
  }
  for_children(node, [&](Node& child) { good = good && only_in_with(child, name, inside && !nested); });
  return good;
}

void NameCollector::walk_handler(ast::ExceptHandler& handler) {
  walk(handler.type);
  if (!handler.name.empty()) hidden_.push_back({handler.name});
  walk_block(handler.body, &handler, false);
  if (!handler.name.empty()) hidden_.pop_back();
}

void NameCollector::walk_pattern(Node& node) {
  if (auto* value = try_as<ast::MatchValue>(&node)) return walk(value->value);
  const auto touch_name = [&](std::string_view name) {
    if (!name.empty()) occurrence(name, true);
  };
  if (auto* capture = try_as<ast::MatchAs>(&node)) touch_name(capture->name);
  if (auto* star = try_as<ast::MatchStar>(&node)) touch_name(star->name);
  if (auto* mapping = try_as<ast::MatchMapping>(&node)) touch_name(mapping->rest);
  if (auto* cls = try_as<ast::MatchClass>(&node)) walk(cls->cls);
  for_children(node, [&](Node& child) {
    if (child.kind >= Kind::MatchValue)
      walk_pattern(child);
    else
      walk(&child);
  });
}

void NameCollector::walk(Node* node) {
  if (node == nullptr) return;
  switch (node->kind) {
    case Kind::Name: {
      auto& name = static_cast<ast::Name&>(*node);
      return occurrence(name.id, name.ctx != Ctx::Load);
    }
    case Kind::Call: {
      auto& call = static_cast<ast::Call&>(*node);
      const size_t before = references_.size();
      walk(call.func);
      if (call.func->kind == Kind::Name && references_.size() > before) references_.back().callee = true;
      for (Node* arg : call.args) walk(arg);
      for (Node* keyword : call.keywords) walk(keyword);
      return;
    }
    case Kind::Lambda:
      return walk_lambda(static_cast<ast::Lambda&>(*node));
    case Kind::ListComp:
      return walk_comprehension(static_cast<ast::ListComp&>(*node).generators,
                                {static_cast<ast::ListComp&>(*node).elt});
    case Kind::SetComp:
      return walk_comprehension(static_cast<ast::SetComp&>(*node).generators,
                                {static_cast<ast::SetComp&>(*node).elt});
    case Kind::GeneratorExp:
      return walk_comprehension(static_cast<ast::GeneratorExp&>(*node).generators,
                                {static_cast<ast::GeneratorExp&>(*node).elt});
    case Kind::DictComp: {
      auto& comp = static_cast<ast::DictComp&>(*node);
      return walk_comprehension(comp.generators, {comp.key, comp.value});
    }
    case Kind::Yield:
    case Kind::YieldFrom:
      if (function_ != nullptr) function_->generator = true;
      break;
    default:
      break;
  }
  for_children(*node, [&](Node& child) { walk(&child); });
}

void NameCollector::walk_comprehension(Nodes generators, std::vector<Node*> results) {
  const size_t before = hidden_.size();
  for (Node* generator : generators) {
    auto& clause = as<ast::comprehension>(*generator);
    walk(clause.iter);
    std::vector<ast::Name*> names;
    names_of_target(clause.target, names);
    hidden_.emplace_back();
    for (ast::Name* name : names) hidden_.back().insert(name->id);
    for (Node* condition : clause.ifs) walk(condition);
  }
  for (Node* result : results) walk(result);
  hidden_.resize(before);
}

/// Walks a nested scope's body in its own frame.
void NameCollector::enter(FunctionInfo& function, const std::function<void()>& body) {
  auto* outer = function_;
  auto path = std::move(path_);
  auto hidden = hidden_;
  const int loops = loops_;
  defined_at_[&function] = {path, ++sequence_, outer, hidden};
  hidden_.clear();
  path_.clear();
  loops_ = 0;
  function_ = &function;
  body();
  function_ = outer;
  path_ = std::move(path);
  hidden_ = std::move(hidden);
  loops_ = loops;
}

void NameCollector::walk_function(ast::FunctionDef& def) {
  if (is_overload(def)) return;
  for (Node* decorator : def.decorator_list) walk(decorator);
  walk_defaults(as<ast::arguments>(*def.args));
  ClassInfo* cls = class_;
  class_ = nullptr;
  FunctionInfo* function = t_.add_function(def, function_, cls);
  function->as_variable = function->as_variable || (cls == nullptr && as_variable(def.name));
  Var* var = cls == nullptr ? own(def.name) : nullptr;
  if (var != nullptr && function->as_variable)
    function->rust = strf("{}_def{}", function->rust, t_.functions_.size());
  else if (var != nullptr)
    var->function = function, var->is_function = true, occurrence(def.name, true);
  if (function->memo != nullptr && function_ != nullptr && cls == nullptr) {
    function->memo_var = t_.add_var(function_, t_.tree_.keep(strf("memo_{}", def.name)));
    function->memo_var->captured = true;
    function->captures.push_back(function->memo_var);
  }
  const Nodes outer_body = body_;
  body_ = def.body;
  enter(*function, [&] {
    bindings(def.body);
    walk_block(def.body, &def, false);
  });
  // Assigned after it is made: what it names of itself is the variable.
  if (function->as_variable) occurrence(def.name, true);
  body_ = outer_body;
  class_ = cls;
}

/// A def that is no plain function: its name is assigned attributes or bound by several defs.
bool NameCollector::as_variable(std::string_view name) const {
  const auto found = defs_.find({function_, name});
  return attributed_.contains(name) || (found != defs_.end() && found->second > 1);
}

void NameCollector::attribute_stores(Node& node) {
  if (auto* attribute = try_as<ast::Attribute>(&node); attribute != nullptr && attribute->ctx != Ctx::Load) {
    if (auto* owner = try_as<ast::Name>(attribute->value)) attributed_.insert(owner->id);
  }
  for_children(node, [&](Node& child) { attribute_stores(child); });
}

void NameCollector::walk_defaults(ast::arguments& args) {
  for (Node* value : args.defaults) walk(value);
  for (Node* value : args.kw_defaults) walk(value);
}

void NameCollector::walk_lambda(ast::Lambda& lambda) {
  walk_defaults(as<ast::arguments>(*lambda.args));
  FunctionInfo* function = t_.add_function(lambda, function_, nullptr);
  enter(*function, [&] {
    comprehension_bindings(*lambda.body);
    path_.push_back({&lambda, 0, &lambda, false});
    walk(lambda.body);
  });
}

void NameCollector::walk_class(ast::ClassDef& def) {
  for (Node* decorator : def.decorator_list) walk(decorator);
  for (Node* base : def.bases) walk(base);
  occurrence(def.name, true);
  ClassInfo* cls = t_.add_class(def, function_);
  if (Var* var = own(def.name)) var->cls = cls, var->is_class = true;
  ClassInfo* outer = class_;
  for (Node* statement : def.body) {
    class_ = cls;
    if (auto* method = try_as<ast::FunctionDef>(statement)) {
      walk_function(*method);
    } else if (auto* nested = try_as<ast::ClassDef>(statement)) {
      class_ = nullptr;
      bind(nested->name);
      walk_class(*nested);
    } else {
      class_ = nullptr;
      auto* assign = try_as<ast::Assign>(statement);
      if (assign != nullptr && assign->value->kind != Kind::Name) walk(assign->value);
      if (assign != nullptr && assign->value->kind == Kind::Name &&
          !cls->methods.contains(as<ast::Name>(*assign->value).id))
        walk(assign->value);
      if (auto* annotated = try_as<ast::AnnAssign>(statement)) walk(annotated->value);
    }
  }
  class_ = outer;
}

Var* NameCollector::own(std::string_view name) {
  if (function_ == nullptr) return t_.module_var(name);
  const auto found = function_->locals.find(name);
  return found == function_->locals.end() ? nullptr : found->second;
}

void NameCollector::occurrence(std::string_view name, bool store) {
  for (const auto& names : hidden_) {
    if (names.contains(name)) return;
  }
  ++sequence_;
  references_.push_back({name, function_, store, loops_ > 0, sequence_, path_});
}

// --- Resolution ---

void NameCollector::resolve(const Reference& reference) {
  FunctionInfo* function = reference.function;
  std::vector<FunctionInfo*> crossed;
  Var* var = nullptr;
  for (; function != nullptr; function = function->parent) {
    if (function->global_names.contains(reference.name)) {
      function = nullptr;
      break;
    }
    const auto found = function->locals.find(reference.name);
    if (found != function->locals.end()) {
      var = found->second;
      break;
    }
    const auto& hidden = defined_at_[function].hidden;
    // Bound by a comprehension or handler around the lambda: looked up when it is written.
    if (std::ranges::any_of(hidden, [&](const auto& names) { return names.contains(reference.name); }))
      return;
    crossed.push_back(function);
  }
  if (var == nullptr) {
    const auto found = t_.module_vars_.find(reference.name);
    if (found == t_.module_vars_.end()) return;
    var = found->second;
    if (reference.function != nullptr) var->global = true;
  }
  if (!reference.store) ++var->reads, var->calls += reference.callee;
  if (reference.store) {
    ++var->assigns;
    var->looped = var->looped || reference.in_loop;
    if (!first_store_.contains(var)) first_store_[var] = reference.sequence;
  }
  if (crossed.empty() || var->module_level) {
    if (reference.function == var->owner) touch(*var, reference.path);
    if (reference.store && reference.function != var->owner) var->assigns += 2;
    return;
  }
  var->captured = true;
  if (reference.store) var->late = true;
  for (FunctionInfo* inner : crossed) {
    if (std::ranges::find(inner->captures, var) == inner->captures.end()) inner->captures.push_back(var);
    made_at_[var] = std::min(made_at_.contains(var) ? made_at_[var] : INT32_MAX, defined_at_[inner].sequence);
  }
  touch(*var, defined_at_[crossed.back()].path);
}

void NameCollector::touch(Var& var, const std::vector<Step>& path) {
  const auto [it, added] = paths_.try_emplace(&var, path);
  if (added) return touched_.push_back(&var);
  std::vector<Step>& all = it->second;
  size_t n = 0;
  while (n < all.size() && n < path.size() && all[n].block == path[n].block) {
    const bool same = all[n].index == path[n].index;
    if (path[n].index < all[n].index) all[n] = path[n];
    ++n;
    if (!same) break;
  }
  all.resize(n);
}

bool NameCollector::declares(const Node& statement, const Var& var) {
  std::vector<ast::Name*> names;
  if (const auto* assign =
          statement.kind == Kind::Assign ? static_cast<const ast::Assign*>(&statement) : nullptr) {
    for (Node* target : assign->targets) names_of_target(target, names);
  } else if (statement.kind == Kind::AnnAssign) {
    names_of_target(static_cast<const ast::AnnAssign&>(statement).target, names);
  } else {
    return statement.kind == Kind::Import || statement.kind == Kind::ImportFrom ||
           statement.kind == Kind::FunctionDef || statement.kind == Kind::ClassDef;
  }
  return std::ranges::any_of(names, [&](const ast::Name* name) { return name->id == var.name; });
}

void NameCollector::place(Var& var, std::vector<Step> path) {
  if (var.captured) {
    const bool assigned_later =
        first_store_.contains(&var) && !var.param && first_store_[&var] > made_at_[&var];
    const int own_assigns = var.assigns;
    if ((var.param && own_assigns > 0) || own_assigns > 1 || var.looped || assigned_later) var.late = true;
    if (var.is_function && own_assigns == 1) var.late = false;
    if (var.late && !var.is_function && !var.is_class) var.shared = true;
  }
  if (var.param || path.empty()) return;
  if (var.shared) path.resize(1);
  const Step& last = path.back();
  if (!var.shared && last.index < 0) {
    var.declare_at = last.statement;
    return;
  }
  if (!var.shared && last.statement != nullptr && declares(*last.statement, var)) {
    var.declare_at = last.statement;
    return;
  }
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    if (is_loop(path[i].statement) && path[i + 1].loop) path.resize(i + 1);
  }
  var.hoist_before = path.back().statement;
  t_.hoisted_[var.hoist_before].push_back(&var);
}

}  // namespace sov::transpiler
