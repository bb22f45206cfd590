#include "transpiler/emit/filled.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sov::transpiler {
namespace {

/// What is known not to be empty: names, and ranges up to a name ("range n").
using Facts = std::vector<std::string>;

void append(Facts& to, const Facts& from) { to.insert(to.end(), from.begin(), from.end()); }

std::string_view called(const ast::Call& call) {
  auto* name = try_as<ast::Name>(call.func);
  return name == nullptr ? std::string_view() : name->id;
}

/// The object of a method call without arguments: v of v.values().
Node* view_of(const ast::Call& call) {
  auto* method = try_as<ast::Attribute>(call.func);
  if (method == nullptr || !call.args.empty()) return nullptr;
  return method->attr == "values" || method->attr == "items" || method->attr == "keys" ? method->value
                                                                                       : nullptr;
}

/// As many items come out as go in.
bool keeps_length(std::string_view name) {
  return name == "enumerate" || name == "sorted" || name == "reversed" || name == "list" || name == "tuple";
}

std::optional<int> small_number(Node* node) {
  auto* constant = try_as<ast::Constant>(node);
  if (constant == nullptr || constant->value.kind != ConstantKind::integer) return std::nullopt;
  const std::string_view digits = constant->value.text;  // hexadecimal
  if (digits.size() != 1) return 16;
  return digits[0] <= '9' ? digits[0] - '0' : digits[0] - 'a' + 10;
}

bool leaves(Nodes body) {
  if (body.empty()) return false;
  switch (body.back()->kind) {
    case Kind::Return:
    case Kind::Raise:
    case Kind::Continue:
    case Kind::Break:
      return true;
    default:
      return false;
  }
}

/// One function, without those within it.
class Function {
 public:
  explicit Function(std::set<const Node*>& sums) : sums_(sums) {}

  void run(Node* args, Nodes body) {
    if (args != nullptr) gather(*args);
    for (Node* statement : body) gather(*statement);
    statements(body);
  }

 private:
  // --- Names that keep what they hold ---

  void gather(Node& node) {
    if (auto* name = try_as<ast::Name>(&node); name != nullptr && name->ctx != Ctx::Load) ++bound_[name->id];
    if (auto* arg = try_as<ast::Arg>(&node)) ++bound_[arg->arg];
    if (auto* global = try_as<ast::Global>(&node))
      for (const std::string_view name : global->names) bound_[name] += 2;
    if (auto* outer = try_as<ast::Nonlocal>(&node))
      for (const std::string_view name : outer->names) bound_[name] += 2;
    if (auto* call = try_as<ast::Call>(&node)) shrinks(*call);
    if (auto* item = try_as<ast::Subscript>(&node); item != nullptr && item->ctx != Ctx::Load)
      if (item->ctx == Ctx::Del || item->slice->kind == Kind::Slice) unsteady(item->value);
    for_children(node, [&](Node& child) { gather(child); });
  }
  void shrinks(const ast::Call& call) {
    auto* method = try_as<ast::Attribute>(call.func);
    if (method == nullptr) return;
    const std::string_view name = method->attr;
    if (name == "pop" || name == "popleft" || name == "popitem" || name == "clear" || name == "remove" ||
        name == "discard" || name.ends_with("_update"))
      unsteady(method->value);
  }
  void unsteady(Node* object) {
    if (auto* name = try_as<ast::Name>(object)) bound_[name->id] += 2;
  }
  bool steady(std::string_view name) const {
    const auto found = bound_.find(name);
    return found != bound_.end() && found->second == 1;
  }

  // --- What loops and tests tell ---

  /// Known while a loop over `source` runs.
  Facts looped(Node* source) const {
    if (auto* name = try_as<ast::Name>(source))
      return steady(name->id) ? Facts{std::string(name->id)} : Facts{};
    auto* call = try_as<ast::Call>(source);
    if (call == nullptr) return {};
    if (Node* object = view_of(*call)) return looped(object);
    const std::string_view function = called(*call);
    if (function == "zip") {
      Facts all;
      for (Node* part : call->args) append(all, looped(part));
      return all;
    }
    if (call->args.empty()) return {};
    if (keeps_length(function)) return looped(call->args[0]);
    return function == "range" && call->args.size() == 1 ? positive(call->args[0]) : Facts{};
  }
  /// Known where the number is above zero.
  Facts positive(Node* number) const {
    if (auto* name = try_as<ast::Name>(number))
      return steady(name->id) ? Facts{"range " + std::string(name->id)} : Facts{};
    auto* call = try_as<ast::Call>(number);
    return call != nullptr && called(*call) == "len" && call->args.size() == 1 ? looped(call->args[0])
                                                                               : Facts{};
  }
  /// Known where the test came out as `truth`.
  Facts told(Node* test, bool truth) const {
    if (auto* negation = try_as<ast::UnaryOp>(test); negation != nullptr && negation->op == Op::Not)
      return told(negation->operand, !truth);
    if (auto* several = try_as<ast::BoolOp>(test)) {
      Facts all;
      if ((several->op == Op::And) == truth)
        for (Node* one : several->values) append(all, told(one, truth));
      return all;
    }
    if (auto* compared = try_as<ast::Compare>(test)) return told_by(*compared, truth);
    if (!truth) return {};
    return test->kind == Kind::Call && called(static_cast<const ast::Call&>(*test)) == "len" ? positive(test)
                                                                                             : looped(test);
  }
  Facts told_by(const ast::Compare& node, bool truth) const {
    const std::optional<int> limit = small_number(node.comparators[0]);
    if (node.ops.size() != 1 || !limit) return {};
    const Op op = node.ops[0];
    const bool length = node.left->kind == Kind::Call;  // never below zero
    const bool above =
        truth ? op == Op::Gt || (op == Op::GtE && *limit > 0) || (op == Op::Eq && *limit > 0) ||
                    (op == Op::NotEq && *limit == 0 && length)
              : op == Op::LtE || (op == Op::Lt && *limit > 0) || (op == Op::Eq && *limit == 0 && length);
    return above ? positive(node.left) : Facts{};
  }

  // --- What is not empty ---

  bool knows(const Facts& facts) const {
    return !facts.empty() && std::ranges::all_of(facts, [&](const std::string& fact) {
      return std::ranges::find(facts_, fact) != facts_.end();
    });
  }
  bool filled(Node* source) const {
    if (auto* list = try_as<ast::List>(source)) return filled_items(list->elts);
    if (auto* tuple = try_as<ast::Tuple>(source)) return filled_items(tuple->elts);
    if (auto* made = try_as<ast::GeneratorExp>(source)) return filled_loops(made->generators);
    if (auto* made = try_as<ast::ListComp>(source)) return filled_loops(made->generators);
    auto* call = try_as<ast::Call>(source);
    if (call == nullptr) return knows(looped(source));
    const std::string_view function = called(*call);
    const auto all = [&](Nodes parts) {
      return std::ranges::all_of(parts, [&](Node* part) { return filled(part); });
    };
    if (function == "zip") return !call->args.empty() && all(call->args);
    if (function == "map") return call->args.size() > 1 && all(call->args.subspan(1));
    if (keeps_length(function)) return !call->args.empty() && filled(call->args[0]);
    if (function == "range" && call->args.size() == 1 && small_number(call->args[0]))
      return *small_number(call->args[0]) > 0;
    return knows(looped(source));
  }
  static bool filled_items(Nodes items) {
    return std::ranges::any_of(items, [](Node* item) { return item->kind != Kind::Starred; });
  }
  bool filled_loops(Nodes loops) const {
    return std::ranges::all_of(loops, [&](Node* loop) {
      const auto& clause = as<ast::comprehension>(*loop);
      return clause.ifs.empty() && clause.is_async == 0 && filled(clause.iter);
    });
  }

  // --- The walk ---

  void with(const Facts& facts, const auto& walk) {
    const size_t before = facts_.size();
    append(facts_, facts);
    walk();
    facts_.resize(before);
  }
  void statements(Nodes body) {
    const size_t before = facts_.size();
    for (Node* node : body) {
      statement(*node);
      auto* test = try_as<ast::If>(node);
      if (test != nullptr && leaves(test->body) && test->orelse.empty())
        append(facts_, told(test->test, false));
    }
    facts_.resize(before);
  }
  void statement(Node& node) {
    if (auto* loop = try_as<ast::For>(&node)) {
      expression(*loop->iter);
      with(looped(loop->iter), [&] { statements(loop->body); });
      return statements(loop->orelse);
    }
    if (auto* test = try_as<ast::If>(&node)) {
      expression(*test->test);
      with(told(test->test, true), [&] { statements(test->body); });
      return with(told(test->test, false), [&] { statements(test->orelse); });
    }
    if (auto* loop = try_as<ast::While>(&node)) {
      expression(*loop->test);
      with(told(loop->test, true), [&] { statements(loop->body); });
      return statements(loop->orelse);
    }
    if (auto* block = try_as<ast::With>(&node)) {
      for (Node* item : block->items) expression(*item);
      return statements(block->body);
    }
    if (auto* def = try_as<ast::FunctionDef>(&node)) return Function(sums_).run(def->args, def->body);
    expression(node);
  }
  void expression(Node& node) {
    if (auto* def = try_as<ast::FunctionDef>(&node)) return Function(sums_).run(def->args, def->body);
    if (auto* choice = try_as<ast::IfExp>(&node)) {
      expression(*choice->test);
      with(told(choice->test, true), [&] { expression(*choice->body); });
      return with(told(choice->test, false), [&] { expression(*choice->orelse); });
    }
    if (auto* made = try_as<ast::ListComp>(&node)) return loops(made->generators, 0, {made->elt});
    if (auto* made = try_as<ast::SetComp>(&node)) return loops(made->generators, 0, {made->elt});
    if (auto* made = try_as<ast::GeneratorExp>(&node)) return loops(made->generators, 0, {made->elt});
    if (auto* made = try_as<ast::DictComp>(&node))
      return loops(made->generators, 0, {made->key, made->value});
    if (auto* call = try_as<ast::Call>(&node);
        call != nullptr && called(*call) == "sum" && !call->args.empty() && filled(call->args[0]))
      sums_.insert(call->args[0]);
    for_children(node, [&](Node& child) { expression(child); });
  }
  void loops(Nodes generators, size_t at, const std::vector<Node*>& results) {
    if (at == generators.size()) {
      for (Node* result : results) expression(*result);
      return;
    }
    auto& clause = as<ast::comprehension>(*generators[at]);
    expression(*clause.iter);
    with(looped(clause.iter), [&] {
      for (Node* test : clause.ifs) expression(*test);
      loops(generators, at + 1, results);
    });
  }

  std::set<const Node*>& sums_;
  std::map<std::string_view, int>
      bound_;  // how often each name is bound; 2 and more where what it holds may shrink
  Facts facts_;
};

}  // namespace

std::set<const Node*> filled_sums(Tree& tree) {
  std::set<const Node*> sums;
  // Names of the module may be bound by others: of them nothing is known.
  const auto walk = [&](const auto& self, Node& node) -> void {
    if (auto* def = try_as<ast::FunctionDef>(&node)) return Function(sums).run(def->args, def->body);
    for_children(node, [&](Node& child) { self(self, child); });
  };
  walk(walk, *tree.module);
  return sums;
}

}  // namespace sov::transpiler
