// What may be assigned to or deleted.
#include "transpiler/syntax/parser.h"

namespace sov::transpiler {
namespace {

std::string_view expression_phrase(const Node& node) {
  switch (node.kind) {
    case Kind::Call:
      return "function call";
    case Kind::BinOp:
    case Kind::UnaryOp:
    case Kind::BoolOp:
      return "expression";
    case Kind::Compare:
      return "comparison";
    case Kind::Lambda:
      return "lambda";
    case Kind::IfExp:
      return "conditional expression";
    case Kind::Dict:
      return "dict literal";
    case Kind::Set:
      return "set display";
    case Kind::ListComp:
      return "list comprehension";
    case Kind::SetComp:
      return "set comprehension";
    case Kind::DictComp:
      return "dict comprehension";
    case Kind::GeneratorExp:
      return "generator expression";
    case Kind::Await:
      return "await expression";
    case Kind::Yield:
    case Kind::YieldFrom:
      return "yield expression";
    case Kind::JoinedStr:
      return "f-string expression";
    case Kind::NamedExpr:
      return "named expression";
    case Kind::Starred:
      return "starred";
    default:
      return "expression";
  }
}

}  // namespace

Node* Parser::reject_target(const Node& node, std::string_view verb) {
  std::string_view what = expression_phrase(node);
  if (node.kind == Kind::Constant) {
    const ConstantValue& value = static_cast<const ast::Constant&>(node).value;
    what = value.kind == ConstantKind::none       ? "None"
           : value.kind == ConstantKind::ellipsis ? "ellipsis"
           : value.kind == ConstantKind::boolean  ? (value.boolean ? "True" : "False")
                                                  : "literal";
  }
  return fail_at(
      node, strf("cannot {} {}", verb, what),
      node.kind == Kind::Compare || node.kind == Kind::Call ? "maybe you meant '==' instead of '='" : "");
}

/// Marks the expression, and what it unpacks into, as a target.
Node* Parser::store(Node* target, Ctx ctx, std::string_view verb) {
  if (failed()) return target;
  if (too_deep()) return target;
  if (auto* name = try_as<ast::Name>(target)) {
    name->ctx = ctx;
    if (name->id == "__debug__") return fail_at(*target, strf("cannot {} __debug__", verb));
  } else if (auto* attribute = try_as<ast::Attribute>(target)) {
    attribute->ctx = ctx;
  } else if (auto* subscript = try_as<ast::Subscript>(target)) {
    subscript->ctx = ctx;
  } else if (auto* starred = try_as<ast::Starred>(target); starred != nullptr && ctx == Ctx::Store) {
    starred->ctx = ctx;
    store(starred->value, ctx, verb);
  } else if (target->kind == Kind::Tuple || target->kind == Kind::List) {
    auto* tuple = try_as<ast::Tuple>(target);
    auto* list = try_as<ast::List>(target);
    (tuple != nullptr ? tuple->ctx : list->ctx) = ctx;
    int stars = 0;
    for (Node* item : tuple != nullptr ? tuple->elts : list->elts) {
      stars += item->kind == Kind::Starred;
      store(item, ctx, verb);
    }
    if (stars > 1) return fail_at(*target, "multiple starred expressions in assignment");
  } else {
    return reject_target(*target, verb);
  }
  return target;
}

/// The targets of `for`: everything up to `in`.
Node* Parser::target_list() {
  const Token& first = now();
  const auto item = [&] { return is(T::star) ? star_expression() : binary(0); };
  Node* target = item();
  if (is(T::comma)) {
    std::vector<Node*> items{target};
    while (accept(T::comma) && !is(T::kw_in)) items.push_back(item());
    auto* tuple = make<ast::Tuple>(first);
    tuple->elts = tree_.copy(items);
    target = tuple;
  }
  if (target->kind == Kind::Starred)
    return fail_at(*target, "starred assignment target must be in a list or tuple");
  return store(target, Ctx::Store);
}

}  // namespace sov::transpiler
