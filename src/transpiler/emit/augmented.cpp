// Augmented assignments: object and index are evaluated once, and what can change in place does, for all who
// share it.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// The operator's method on objects that change in place.
std::string in_place_dunder(Op op) {
  switch (op) {
    case Op::Add:
      return "__iadd__";
    case Op::Sub:
      return "__isub__";
    case Op::Mult:
      return "__imul__";
    case Op::MatMult:
      return "__imatmul__";
    case Op::Div:
      return "__itruediv__";
    case Op::FloorDiv:
      return "__ifloordiv__";
    case Op::Mod:
      return "__imod__";
    case Op::Pow:
      return "__ipow__";
    case Op::LShift:
      return "__ilshift__";
    case Op::RShift:
      return "__irshift__";
    case Op::BitAnd:
      return "__iand__";
    case Op::BitOr:
      return "__ior__";
    case Op::BitXor:
      return "__ixor__";
    default:
      return "";
  }
}

std::string_view set_update(Op op) {
  return op == Op::BitOr    ? "update"
         : op == Op::BitAnd ? "intersection_update"
         : op == Op::Sub    ? "difference_update"
         : op == Op::BitXor ? "symmetric_difference_update"
                            : "";
}

}  // namespace

void Translator::aug_assign(ast::AugAssign& node) {
  if (auto* name = try_as<ast::Name>(node.target)) return augment_name(node, *name);
  if (auto* attribute = try_as<ast::Attribute>(node.target)) return augment_attribute(node, *attribute);
  augment_item(node, as<ast::Subscript>(*node.target));
}

/// Lists, sets, dicts and objects with such a method. False: the operation gives another object.
bool Translator::changes_in_place(ast::AugAssign& node, const Code& current_or_none) {
  if (types_.is(current_or_none.type, Base::instance)) {
    // A list's own += where the class has no other: the object stays.
    const Code held = unwrapped(current_or_none, {in_place_dunder(node.op)});
    if (held.text != current_or_none.text && !holds_immutable(*class_of(current_or_none.type)))
      return changes_in_place(node, held);
  }
  const TypeId type = plain(current_or_none.type);
  const Base kind = base(type);
  if (kind == Base::list && node.op == Op::Add) {
    line(strf("{}.extend({});", operand(need(current_or_none)), collected(node.value, types_.arg(type, 0))));
    return true;
  }
  if (kind == Base::list && node.op == Op::Mult) {
    const Code times = need(expr(node.value));
    const Base number = base(times.type);
    if (number != Base::integer && number != Base::big && number != Base::boolean) return false;
    line(strf("{}.multiply({});", operand(need(current_or_none)), as_int(times)));
    return true;
  }
  if (kind == Base::set || kind == Base::dict) {
    const std::string_view method = kind == Base::set      ? set_update(node.op)
                                    : node.op == Op::BitOr ? "update"
                                                           : "";
    if (method.empty()) return false;
    const Code given = expr(node.value);
    const Code other = need(kind == Base::set ? view_as_set(node.value, given) : given);
    const bool fits = base(other.type) == kind || (kind == Base::set && base(other.type) == Base::frozenset);
    if (!fits) return false;
    for (size_t i = 0; i < types_.at(type).args.size(); ++i)
      types_.unify(types_.arg(type, i), types_.arg(other.type, i));
    line(strf("{}.{}({});", operand(need(current_or_none)), method, ref(other)));
    return true;
  }
  if (kind == Base::opaque && node.op == Op::Add) {
    const std::string& name = Library::built_in().type(types_.at(type).id).name;
    if (name != "deque" && name != "bytearray" && name != "array") return false;
    Arguments args;
    args.positional = {node.value};
    const Code current = need(current_or_none);
    line(strf("{};", call_library(node, *Library::built_in().method(name, "extend"), &current, args).text));
    return true;
  }
  return false;
}

/// What the target is assigned.
Code Translator::augmented(ast::AugAssign& node, const Code& current) {
  const TypeId type = plain(current.type);
  const std::string method = in_place_dunder(node.op);
  if (base(type) == Base::instance && !class_of(type)->is_enum &&
      find_method(*class_of(type), method) != nullptr) {
    Arguments args;
    args.positional = {node.value};
    return call_method(node, need(current), method, args);
  }
  if (base(type) == Base::text && node.op == Op::Mod)
    return percent_format(node, need(current), expr(node.value), node.value);
  const Code value = expr(node.value);
  if (base(type) == Base::value && known(value.type))
    return value_change(node.op, need(current), need(value));
  const Code made = binary(node, node.op, current, value);
  if (!types_.is(made.type, Base::value) || base(value.type) == Base::value) return made;
  // No such operation: it raises when it runs.
  return {coerce(value_change(node.op, need(current), need(value)), current.type), current.type};
}

void Translator::augment_name(ast::AugAssign& node, ast::Name& target) {
  Var* var = lookup(target.id);
  if (var == nullptr) return;
  const Code current = read_var(*var, node);
  if (changes_in_place(node, current)) return;
  if (types_.is(current.type, Base::text) && node.op == Op::Add && !var->shared && !var->slot &&
      !(var->module_level && var->global)) {
    const Code value = expr(node.value);
    if (types_.is(value.type, Base::text)) {
      line(strf("{}.push({});", var->rust,
                value.text == var->rust ? strf("&{}.clone()", value.text) : ref(value)));
      return;
    }
  }
  store_name(*var, augmented(node, current), node);
}

void Translator::augment_attribute(ast::AugAssign& node, ast::Attribute& target) {
  Node* const owner = target.value;
  const bool once = calls(*owner) && !asked_for_class(owner);
  if (once) {
    const Code object = need(expr(owner));
    if (!known(object.type)) {
      expr(node.value);
      return;
    }
    open("{");
    const std::string held = temp("o");
    line(strf("let {} = {};", held, own(object)));
    scopes_.push_back({.names = {}, .function = function_});
    target.value = stand_in(node, "\x01o", held, object.type, 0);
  }
  const Code current = attribute(target);
  if (!changes_in_place(node, current)) store_attribute(target, augmented(node, current));
  if (once) {
    scopes_.pop_back();
    target.value = owner;
    close();
  }
}

/// A name for a Rust variable, to stand in the place of an expression that is evaluated once.
ast::Name* Translator::stand_in(const Node& at, std::string_view name, const std::string& rust, TypeId type,
                                size_t slot) {
  vars_.push_back(std::make_unique<Var>());
  Var* var = vars_.back().get();
  var->name = name;
  var->rust = rust;
  var->type = type;
  scopes_.back().names[name] = var;
  auto& made = argument_nodes_[{at.number, slot}];
  if (made == nullptr) {
    made = tree_.make<ast::Name>(at.place);
    made->id = name;
  }
  return made;
}

void Translator::augment_item(ast::AugAssign& node, ast::Subscript& target) {
  const Code object = need(expr(target.value));
  if (base(object.type) == Base::unknown) {
    if (target.slice->kind != Kind::Slice) expr(target.slice);
    expr(node.value);
    return;
  }
  if (target.slice->kind == Kind::Slice) return augment_slice(node, target);
  const Code index = expr(target.slice);
  if (changed_in_place(node, object, index)) return;
  const std::string o = temp("o"), i = temp("i");
  open("{");
  line(strf("let {} = {};", o, own(object)));
  line(strf("let {} = {};", i, own(index)));
  scopes_.push_back({.names = {}, .function = function_});
  auto& once = argument_subscripts_[node.number];
  ast::Name* object_name = stand_in(node, "\x01o", o, object.type, 0);
  ast::Name* index_name = stand_in(node, "\x01i", i, index.type, 1);
  if (once == nullptr) once = tree_.make<ast::Subscript>(node.place);
  once->value = object_name;
  once->slice = index_name;
  const Code current = subscript(*once);
  if (!changes_in_place(node, current)) store_subscript(*once, augmented(node, current));
  scopes_.pop_back();
  close();
}

/// xs[a:b] += items
void Translator::augment_slice(ast::AugAssign& node, ast::Subscript& target) {
  if (calls(target)) {
    refuse(node, "augmented assignment to a slice with calls");
    return;
  }
  store_subscript(target, augmented(node, subscript(target)));
}

}  // namespace sov::transpiler
