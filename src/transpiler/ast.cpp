#include "transpiler/ast.h"

#include <cstring>
#include <functional>

namespace sov::transpiler {

std::string_view Tree::keep(std::string_view text) {
  if (text.empty()) return {};
  char* out = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::memcpy(out, text.data(), text.size());
  return {out, text.size()};
}

std::string_view text_literal(const Node* node) {
  if (node == nullptr || node->kind != Kind::Constant) return {};
  const ConstantValue& value = static_cast<const ast::Constant*>(node)->value;
  return value.kind == ConstantKind::text ? value.text : std::string_view();
}

Nodes Tree::adopt(Tree other, const Place& place) {
  const std::function<void(Node&)> take = [&](Node& node) {
    node.number = node_count_++;
    node.place = place;
    for_children(node, take);
  };
  const Nodes body = other.module->body;
  for (Node* statement : body) take(*statement);
  adopted_.push_back(std::move(other));
  return body;
}

std::string_view kind_name(Kind kind) {
  constexpr std::string_view kNames[] = {
#define NODE(name, group) #name,
#include "transpiler/node.def"
#undef NODE
  };
  return kNames[static_cast<size_t>(kind)];
}

std::string_view op_name(Op op) {
  constexpr std::string_view kNames[] = {
#define OPERATOR(name, written) #name,
#include "transpiler/operators.def"
#undef OPERATOR
  };
  return kNames[static_cast<size_t>(op)];
}

std::string_view op_symbol(Op op) {
  constexpr std::string_view kSymbols[] = {
#define OPERATOR(name, written) written,
#include "transpiler/operators.def"
#undef OPERATOR
  };
  return kSymbols[static_cast<size_t>(op)];
}

}  // namespace sov::transpiler
