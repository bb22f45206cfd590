#include "transpiler/emit/webs.h"

#include <algorithm>
#include <set>
#include <vector>

#include "transpiler/emit/reaching.h"

namespace sov::transpiler {
namespace {

using Path = std::vector<PathStep>;

/// Where Rust declares a variable: at a statement that assigns it, or before the one that holds all its uses
/// (names.cpp decides it in the same way).
struct Declared {
  size_t depth = 0;  // of the block, in its path
  Path path;
  bool parameter = false, ahead = false;
};

bool repeats(const Node* node) {
  return node != nullptr && (node->kind == Kind::For || node->kind == Kind::While);
}

/// What two paths have in common; the earlier statement where they part.
void narrow(Path& all, const Path& path) {
  size_t n = 0;
  while (n < all.size() && n < path.size() && all[n].block == path[n].block) {
    const bool same = all[n].index == path[n].index;
    if (path[n].index < all[n].index) all[n] = path[n];
    ++n;
    if (!same) break;
  }
  all.resize(n);
}

bool targets(Node* target, std::string_view name) {
  if (auto* found = try_as<ast::Name>(target)) return found->id == name;
  if (auto* starred = try_as<ast::Starred>(target)) return targets(starred->value, name);
  const auto any = [&](Nodes items) {
    return std::ranges::any_of(items, [&](Node* item) { return targets(item, name); });
  };
  if (auto* tuple = try_as<ast::Tuple>(target)) return any(tuple->elts);
  if (auto* list = try_as<ast::List>(target)) return any(list->elts);
  return false;
}

/// The statement is an assignment of the name.
bool declares(Node* statement, std::string_view name) {
  if (auto* assign = try_as<ast::Assign>(statement))
    return std::ranges::any_of(assign->targets, [&](Node* target) { return targets(target, name); });
  auto* annotated = try_as<ast::AnnAssign>(statement);
  return annotated != nullptr && targets(annotated->target, name);
}

Declared declared(const std::vector<Occurrence*>& web, bool parameter, std::string_view name) {
  Declared out;
  out.parameter = parameter;
  if (parameter || web.empty()) return out;
  out.path = web[0]->path;
  for (const Occurrence* occurrence : web) narrow(out.path, occurrence->path);
  const PathStep& last = out.path.back();
  out.ahead = last.index >= 0 && !declares(last.statement, name);
  for (size_t i = 0; out.ahead && i + 1 < out.path.size(); ++i) {
    if (repeats(out.path[i].statement) && out.path[i + 1].loop) out.path.resize(i + 1);
  }
  out.depth = out.path.size();
  return out;
}

bool sees(const Occurrence& occurrence, const Declared& place) {
  if (place.parameter) return true;
  if (place.depth == 0 || occurrence.path.size() < place.depth) return false;
  const PathStep &here = occurrence.path[place.depth - 1], &there = place.path.back();
  if (here.block != there.block) return false;
  return here.index > there.index || (here.index == there.index && place.ahead);
}

/// Declared nearer to what sees both.
bool nearer(const Declared& a, const Declared& b) {
  if (a.parameter != b.parameter) return b.parameter;
  if (a.depth != b.depth) return a.depth > b.depth;
  return a.path.back().index > b.path.back().index;
}

/// Rust may call all by one name: at each occurrence the nearest declaration is the right one.
bool may_share_name(const std::vector<std::vector<Occurrence*>>& webs, const std::vector<Declared>& places) {
  for (size_t i = 0; i < webs.size(); ++i) {
    for (const Occurrence* occurrence : webs[i]) {
      for (size_t j = 0; j < webs.size(); ++j) {
        if (j == i || !sees(*occurrence, places[j])) continue;
        // An occurrence that does not see its own is its declaration.
        const bool own = sees(*occurrence, places[i]);
        if (own && nearer(places[j], places[i])) return false;
      }
    }
  }
  return true;
}

void divide(std::string_view name, NameUses& uses, const Reaching& reaching, std::deque<std::string>& names,
            const std::set<std::string_view>& taken) {
  std::vector<int> numbers;
  std::vector<std::vector<Occurrence*>> webs;
  if (uses.parameter) numbers.push_back(reaching.web(uses.definitions[0])), webs.emplace_back();
  for (Occurrence& occurrence : uses.occurrences) {
    if (occurrence.definition < 0) continue;  // keeps the name; never runs
    const int number = reaching.web(occurrence.definition);
    const auto at = std::ranges::find(numbers, number);
    const auto n = static_cast<size_t>(at - numbers.begin());
    if (at == numbers.end()) numbers.push_back(number), webs.emplace_back();
    webs[n].push_back(&occurrence);
  }
  if (webs.size() < 2) return;
  std::vector<Declared> places;
  for (size_t i = 0; i < webs.size(); ++i)
    places.push_back(declared(webs[i], uses.parameter && i == 0, name));
  const bool dead =
      std::ranges::any_of(uses.occurrences, [](const Occurrence& o) { return o.definition < 0; });
  const bool shared = !dead && may_share_name(webs, places);
  size_t number = 1;
  for (size_t i = 1; i < webs.size(); ++i) {
    std::string made;
    do {
      made = std::string(name) + "_" + std::to_string(++number);
    } while (!shared && taken.contains(made));
    names.push_back(std::string(name) + (shared ? "#" : "##") + std::to_string(number));
    for (Occurrence* occurrence : webs[i]) occurrence->node->id = names.back();
  }
}

class Divider {
 public:
  Divider(std::deque<std::string>& names, std::set<std::string_view> taken)
      : names_(names), taken_(std::move(taken)) {}

  void scope(Nodes body, ast::arguments* parameters) {
    Reaching reaching;
    if (parameters != nullptr) {
      for_children(*parameters, [&](Node& child) {
        if (auto* arg = try_as<ast::Arg>(&child)) reaching.parameter(arg->arg);
      });
    }
    reaching.run(body);
    for (auto& [name, uses] : reaching.names()) {
      if (!uses.blocked && !name.empty()) divide(name, uses, reaching, names_, taken_);
    }
    for (Node* def : reaching.inner()) inner(*def);
  }

 private:
  void inner(Node& def) {
    if (auto* function = try_as<ast::FunctionDef>(&def))
      return scope(function->body, &as<ast::arguments>(*function->args));
    for (Node* item : as<ast::ClassDef>(def).body) {
      if (item->kind == Kind::FunctionDef || item->kind == Kind::ClassDef) inner(*item);
    }
  }

  std::deque<std::string>& names_;
  std::set<std::string_view> taken_;
};

void all_names(Node& node, std::set<std::string_view>& out) {
  if (auto* name = try_as<ast::Name>(&node)) out.insert(name->id);
  if (auto* arg = try_as<ast::Arg>(&node)) out.insert(arg->arg);
  if (auto* def = try_as<ast::FunctionDef>(&node)) out.insert(def->name);
  for_children(node, [&](Node& child) { all_names(child, out); });
}

}  // namespace

void divide_variables(ast::Module& module, std::deque<std::string>& names) {
  std::set<std::string_view> taken;
  all_names(module, taken);
  Divider(names, std::move(taken)).scope(module.body, nullptr);
}

}  // namespace sov::transpiler
