// Statements that stand for others: `Point = namedtuple("Point", "x y")` is a class that inherits from
// NamedTuple.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

std::string_view called_name(Node* callee) {
  if (auto* name = try_as<ast::Name>(callee)) return name->id;
  if (auto* attribute = try_as<ast::Attribute>(callee)) return attribute->attr;
  return {};
}

/// Field names from "x y", "x, y" or a list of texts; nothing where they are computed.
std::vector<std::string_view> field_names(Node* node) {
  std::vector<std::string_view> out;
  Nodes items;
  if (auto* list = try_as<ast::List>(node)) items = list->elts;
  if (auto* tuple = try_as<ast::Tuple>(node)) items = tuple->elts;
  for (Node* item : items) {
    if (text_literal(item).empty()) return {};
    out.push_back(text_literal(item));
  }
  std::string_view rest = text_literal(node);
  while (!rest.empty()) {
    const size_t begin = rest.find_first_not_of(", \t\n");
    if (begin == std::string_view::npos) break;
    const size_t end = std::min(rest.find_first_of(", \t\n", begin), rest.size());
    out.push_back(rest.substr(begin, end - begin));
    rest.remove_prefix(end);
  }
  return out;
}

}  // namespace

/// The class that a call of namedtuple() makes, or null.
Node* Translator::named_tuple_class(ast::Assign& assign) {
  auto* call = try_as<ast::Call>(assign.value);
  if (call == nullptr || called_name(call->func) != "namedtuple" || call->args.size() != 2) return nullptr;
  auto* target = assign.targets.size() == 1 ? try_as<ast::Name>(assign.targets[0]) : nullptr;
  const std::vector<std::string_view> names = field_names(call->args[1]);
  if (target == nullptr || text_literal(call->args[0]) != target->id || names.empty()) return nullptr;
  Nodes defaults;
  for (Node* item : call->keywords) {
    auto& keyword = as<ast::keyword>(*item);
    auto* list = try_as<ast::List>(keyword.value);
    auto* tuple = try_as<ast::Tuple>(keyword.value);
    if (keyword.arg != "defaults" || (list == nullptr && tuple == nullptr)) return nullptr;
    defaults = list != nullptr ? list->elts : tuple->elts;
  }
  if (defaults.size() > names.size()) return nullptr;
  const auto name_node = [&](std::string_view id) {
    auto* made = tree_.make<ast::Name>(assign.place);
    made->id = id;
    return made;
  };
  std::vector<Node*> body;
  for (size_t i = 0; i < names.size(); ++i) {
    auto* field = tree_.make<ast::AnnAssign>(assign.place);
    field->target = name_node(names[i]);
    as<ast::Name>(*field->target).ctx = Ctx::Store;
    field->annotation = name_node("Any");
    if (i + defaults.size() >= names.size()) field->value = defaults[i + defaults.size() - names.size()];
    field->simple = 1;
    body.push_back(field);
  }
  auto* cls = tree_.make<ast::ClassDef>(assign.place);
  cls->name = target->id;
  cls->bases = tree_.copy(std::vector<Node*>{name_node("NamedTuple")});
  cls->body = tree_.copy(body);
  return cls;
}

void Translator::desugar(Nodes statements) {
  for (Node*& statement : statements) {
    if (auto* assign = try_as<ast::Assign>(statement)) {
      if (Node* made = named_tuple_class(*assign)) statement = made;
    } else if (auto* def = try_as<ast::FunctionDef>(statement)) {
      desugar(def->body);
    } else if (auto* cls = try_as<ast::ClassDef>(statement)) {
      desugar(cls->body);
    }
  }
}

}  // namespace sov::transpiler
