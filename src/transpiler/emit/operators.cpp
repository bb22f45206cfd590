// Binary operators and comparisons.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

std::string_view value_function(Op op) {
  switch (op) {
    case Op::Add:
      return "add";
    case Op::Sub:
      return "sub";
    case Op::Mult:
      return "mul";
    case Op::Div:
      return "truediv";
    case Op::FloorDiv:
      return "floordiv";
    case Op::Mod:
      return "modulo";
    case Op::Pow:
      return "pow";
    case Op::LShift:
      return "shl";
    case Op::RShift:
      return "shr";
    case Op::MatMult:
      return "matmul";
    case Op::BitAnd:
      return "and";
    case Op::BitOr:
      return "or";
    case Op::BitXor:
      return "xor";
    default:
      return "";
  }
}

std::string_view dunder(Op op) {
  switch (op) {
    case Op::Add:
      return "add";
    case Op::Sub:
      return "sub";
    case Op::Mult:
      return "mul";
    case Op::MatMult:
      return "matmul";
    case Op::Div:
      return "truediv";
    case Op::FloorDiv:
      return "floordiv";
    case Op::Mod:
      return "mod";
    case Op::Pow:
      return "pow";
    case Op::LShift:
      return "lshift";
    case Op::RShift:
      return "rshift";
    case Op::BitAnd:
      return "and";
    case Op::BitOr:
      return "or";
    case Op::BitXor:
      return "xor";
    case Op::Lt:
      return "lt";
    case Op::LtE:
      return "le";
    case Op::Gt:
      return "gt";
    case Op::GtE:
      return "ge";
    default:
      return "";
  }
}

/// An int literal that a float holds exactly.
bool is_exact_literal(const std::string& text) {
  const size_t digits = text.starts_with('-') ? 1 : 0;
  return text.size() > digits && text.size() < digits + 16 &&
         text.find_first_not_of("0123456789", digits) == std::string::npos;
}

bool is_int_literal(const Node* node) {
  if (node == nullptr) return false;
  if (node->kind == Kind::UnaryOp) return is_int_literal(static_cast<const ast::UnaryOp*>(node)->operand);
  return node->kind == Kind::Constant &&
         static_cast<const ast::Constant*>(node)->value.kind == ConstantKind::integer;
}

}  // namespace

/// keys() and items() are like sets for operators; a kept view is a list here.
Code Translator::view_as_set(Node* node, const Code& code) {
  auto* call_node = try_as<ast::Call>(node);
  auto* callee = call_node == nullptr ? nullptr : try_as<ast::Attribute>(call_node->func);
  if (callee == nullptr || !call_node->args.empty() || (callee->attr != "keys" && callee->attr != "items"))
    return code;
  if (base(code.type) == Base::list) {
    const TypeId item = types_.arg(code.type, 0);
    return {strf("Set::from_iter({}.into_vec())", operand(code)), container(*node, Base::set, {item}, 14)};
  }
  if (base(code.type) == Base::value)
    return {strf("Value::Set(Set::from_iter({}))", attempt(strf("value_items::to_vec({})", ref(code)))),
            value_};
  return code;
}

/// The dict of d.keys(), d.values() or d.items(); nothing for other expressions.
std::optional<Code> Translator::viewed_dict(Node* node, std::string_view view) {
  auto* call_node = try_as<ast::Call>(node);
  auto* callee = call_node == nullptr ? nullptr : try_as<ast::Attribute>(call_node->func);
  if (callee == nullptr || !call_node->args.empty() || !module_path(*callee).empty()) return std::nullopt;
  const bool is_view = callee->attr == "keys" || callee->attr == "values" || callee->attr == "items";
  if (!is_view || (!view.empty() && callee->attr != view)) return std::nullopt;
  const Code object = unwrapped(need(expr(callee->value)), {callee->attr});
  return base(object.type) == Base::dict ? std::optional(object) : std::nullopt;
}

/// int(text) before it is divided: a text may have any number of digits.
std::optional<Code> Translator::long_int(Node* node) {
  auto* call_node = try_as<ast::Call>(node);
  auto* callee = call_node == nullptr ? nullptr : try_as<ast::Name>(call_node->func);
  if (callee == nullptr || callee->id != "int" || lookup("int") != nullptr || call_node->args.size() != 1 ||
      !call_node->keywords.empty() || call_node->args[0]->kind == Kind::Starred)
    return std::nullopt;
  const Code text = expr(call_node->args[0]);
  if (base(text.type) != Base::text || !text.character.empty()) return std::nullopt;
  use("int_text");
  return fallible(strf("int_text::parse({})", ref(text)), container(*node, Base::big, {}, 12));
}

/// Whether a variable is only divided, compared and shown: what comes of it is small, or a text.
bool Translator::only_reduced(const Var& var) const {
  if (var.owner == nullptr || var.captured || var.shared || var.param || var.assigns != 1) return false;
  bool only = true, divided = false;
  const auto is_it = [&](const Node* node) {
    return node != nullptr && node->kind == Kind::Name && static_cast<const ast::Name*>(node)->id == var.name;
  };
  const auto shows = [](const ast::Call& call) {
    auto* name = try_as<ast::Name>(call.func);
    return name != nullptr && (name->id == "print" || name->id == "str");
  };
  const std::function<void(Node&)> look = [&](Node& node) {
    if (!only) return;
    if (is_it(&node) && as<ast::Name>(node).ctx == Ctx::Load) only = false;
    auto* operation = try_as<ast::BinOp>(&node);
    auto* compared = try_as<ast::Compare>(&node);
    auto* called = try_as<ast::Call>(&node);
    if (operation != nullptr && operation->op == Op::Mod && is_it(operation->left)) {
      divided = true;
      look(*operation->right);
    } else if (compared != nullptr && is_it(compared->left)) {
      for (Node* other : compared->comparators) look(*other);
    } else if (node.kind == Kind::FormattedValue && is_it(as<ast::FormattedValue>(node).value)) {
      return;
    } else if (called != nullptr && shows(*called)) {
      for (Node* arg : called->args)
        if (!is_it(arg)) look(*arg);
    } else {
      for_children(node, look);
    }
  };
  for (Node* statement : var.owner->body()) look(*statement);
  return only && divided;
}

Code Translator::bin_op(ast::BinOp& node) {
  if (node.op == Op::Mod) {
    if (auto found = long_int(node.left)) return binary(node, node.op, *found, expr(node.right));
  }
  if (node.op == Op::BitAnd || node.op == Op::BitOr || node.op == Op::BitXor || node.op == Op::Sub) {
    const bool calls = node.left->kind == Kind::Call || node.right->kind == Kind::Call;
    if (calls) {
      const Code a = expr(node.left), b = expr(node.right);
      const Code left = view_as_set(node.left, a), right = view_as_set(node.right, b);
      if (left.text != a.text || right.text != b.text) return binary(node, node.op, left, right);
    }
  }
  const Code left = expr(node.left);
  if (node.op == Op::Mod && types_.is(left.type, Base::text))
    return percent_format(node, left, expr(node.right), node.right);
  if (node.op == Op::BitAnd) {
    if (auto bit = bit_test(need(left), node.right)) return *bit;
  }
  const Code right = expr(node.right);
  if (node.op == Op::Mod || node.op == Op::BitAnd) {
    if (auto found = reduced(node, right)) return *found;
  }
  if (node.op == Op::Pow && is_int_literal(node.right) && node.right->kind == Kind::UnaryOp &&
      is_number(base(left.type)))
    return fallible(strf("arith::powf({}, {})", as_float(left), as_float(right)), real_);
  return binary(node, node.op, left, right);
}

Code Translator::binary(const Node& node, Op op, const Code& left_or_none, const Code& right_or_none) {
  const Code left = need(left_or_none), right = need(right_or_none);
  const Base a = base(left.type), b = base(right.type);
  if (a == Base::unknown || b == Base::unknown) {
    // One known number already says much; wait for the other.
    return {"()", types_.fresh()};
  }
  if (auto flags = flag_binary(op, left, right)) return *flags;
  const auto texts = [&](const Code& code) {
    const ClassInfo* cls = base(code.type) == Base::instance ? class_of(code.type) : nullptr;
    return cls != nullptr && cls->is_enum && cls->str_enum;
  };
  if (texts(left)) return binary(node, op, {strf("{}.value()", operand(left)), text_}, right);
  if (texts(right)) return binary(node, op, left, {strf("{}.value()", operand(right)), text_});
  if (a == Base::instance && !class_of(left.type)->is_enum) return instance_binary(node, op, left, right);
  if (b == Base::instance && !class_of(right.type)->is_enum && a != Base::value)
    return instance_binary(node, op, left, right);
  if (a == Base::opaque || b == Base::opaque) return library_binary(node, op, left, right);
  if (auto found = sum_binary(node, op, left, right)) return *found;
  if (a == Base::value || b == Base::value) return value_binary(op, left, right);
  const auto numeric = [&](const Code& code) {
    return is_number(base(code.type)) || (class_of(code.type) != nullptr && class_of(code.type)->int_enum);
  };
  if (numeric(left) && numeric(right)) {
    if (a == Base::boolean && b == Base::boolean && (op == Op::BitAnd || op == Op::BitOr || op == Op::BitXor))
      return {strf("{} {} {}", operand(left), op_symbol(op), operand(right)), boolean_, Form::owned, false};
    if (a == Base::real || b == Base::real) return float_binary(op, left, right);
    return int_binary(node, op, left, right);
  }
  return sequence_binary(node, op, left, right);
}

/// What is a float whether or not the sum of floats added any: x * sum(..), sum(..) / n.
std::optional<Code> Translator::sum_binary(const Node& node, Op op, const Code& left, const Code& right) {
  if (left.float_sum.empty() && right.float_sum.empty()) return std::nullopt;
  const auto as_real = [&](const Code& code) -> Code {
    return code.float_sum.empty() ? code
                                  : Code{strf("{}.unwrap_or(0.0)", operand({code.float_sum, value_})), real_};
  };
  const bool arithmetic = op == Op::Add || op == Op::Sub || op == Op::Mult || op == Op::Div ||
                          op == Op::FloorDiv || op == Op::Mod || op == Op::Pow;
  if (arithmetic && (types_.is(left.type, Base::real) || types_.is(right.type, Base::real)))
    return binary(node, op, as_real(left), as_real(right));
  if (op != Op::Div) return std::nullopt;
  if (left.float_sum.empty()) return std::nullopt;
  if (!right.float_sum.empty())
    return fallible(strf("glue::sum_ratio({}, {})", left.float_sum, right.float_sum), real_);
  if (base(right.type) != Base::integer && base(right.type) != Base::boolean) return std::nullopt;
  return fallible(strf("glue::mean({}, {})", left.float_sum, as_float(right)), real_);
}

/// A number other than zero, written out: dividing by it cannot raise.
static bool is_positive_literal(const std::string& text) {
  return text.find_first_not_of("0123456789.") == std::string::npos &&
         text.find_first_of("123456789") != std::string::npos;
}

Code Translator::int_binary(const Node& node, Op op, const Code& left, const Code& right) {
  if (base(left.type) == Base::big || base(right.type) == Base::big) return big_binary(node, op, left, right);
  if (auto found = unbounded(node, op, left, right)) return *found;
  const Code made = small_binary(node, op, left, right);
  return types_.is(made.type, Base::integer) ? grown(node, op, left, right, made) : made;
}

Code Translator::small_binary(const Node& node, Op op, const Code& left, const Code& right) {
  const std::string a = as_int(left), b = as_int(right);
  const auto infix = [&](std::string_view symbol) {
    return Code{
        strf("{} {} {}", operand({a, integer_, Form::owned, left.atomic || base(left.type) != Base::integer}),
             symbol, operand({b, integer_, Form::owned, right.atomic || base(right.type) != Base::integer})),
        integer_, Form::owned, false};
  };
  switch (op) {
    case Op::Add:
      return {strf("arith::iadd({}, {})", a, b), integer_};
    case Op::Sub:
      return {strf("arith::isub({}, {})", a, b), integer_};
    case Op::Mult:
      return {strf("arith::imul({}, {})", a, b), integer_};
    case Op::Div:
      return fallible(strf("arith::truediv({}, {})", a, b), real_);
    case Op::FloorDiv:
      if (is_positive_literal(b)) return {strf("arith::div({}, {})", a, b), integer_};
      return fallible(strf("arith::floordiv({}, {})", a, b), integer_);
    case Op::Mod:
      if (is_positive_literal(b)) return {strf("arith::rem({}, {})", a, b), integer_};
      return fallible(strf("arith::pymod({}, {})", a, b), integer_);
    case Op::Pow:
      return fallible(strf("arith::pow({}, {})", a, b), integer_);
    case Op::LShift:
      return fallible(strf("arith::ishl({}, {})", a, b), integer_);
    case Op::RShift:
      return fallible(strf("arith::shr({}, {})", a, b), integer_);
    case Op::BitAnd:
      return infix("&");
    case Op::BitOr:
      return infix("|");
    case Op::BitXor:
      return infix("^");
    default:
      return refuse(node, strf("int {} int", op_symbol(op)));
  }
}

Code Translator::float_binary(Op op, const Code& left, const Code& right) {
  const std::string a = as_float(left), b = as_float(right);
  const auto infix = [&](std::string_view symbol) {
    return Code{
        strf("{} {} {}", operand({a, real_, Form::owned, left.atomic || base(left.type) != Base::real}),
             symbol, operand({b, real_, Form::owned, right.atomic || base(right.type) != Base::real})),
        real_, Form::owned, false};
  };
  switch (op) {
    case Op::Add:
      return infix("+");
    case Op::Sub:
      return infix("-");
    case Op::Mult:
      return infix("*");
    case Op::Div:
      if (is_positive_literal(b)) return infix("/");
      return fallible(strf("arith::fdiv({}, {})", a, b), real_);
    case Op::FloorDiv:
      return fallible(strf("arith::ffloordiv({}, {})", a, b), real_);
    case Op::Mod:
      return fallible(strf("arith::fmod({}, {})", a, b), real_);
    case Op::Pow:
      return fallible(strf("arith::powf({}, {})", a, b), real_);
    default:
      return value_binary(op, left, right);  // raises TypeError when it runs
  }
}

Code Translator::value_binary(Op op, const Code& left, const Code& right) {
  const auto as_ref = [&](const Code& code) {
    return types_.is(code.type, Base::value) ? ref(code) : strf("&{}", to_value(code).text);
  };
  const std::string_view name = value_function(op);
  return fallible(strf("{}({}, {})", value_operator(op_symbol(op), name), as_ref(left), as_ref(right)),
                  value_);
}

/// left op= right
Code Translator::value_change(Op op, const Code& left, const Code& right) {
  use("value_inplace");
  const auto as_ref = [&](const Code& code) {
    return types_.is(code.type, Base::value) ? ref(code) : strf("&{}", to_value(code).text);
  };
  const std::string_view symbol = op_symbol(op);
  return fallible(strf("value_inplace::change(\"{}\", {}, {}, |a, b| {}(a, b))", symbol, as_ref(left),
                       as_ref(right), value_operator(symbol, value_function(op))),
                  value_);
}

/// str, list, tuple, dict and set.
Code Translator::sequence_binary(const Node& node, Op op, const Code& left, const Code& right) {
  const Base a = base(left.type), b = base(right.type);
  const auto count = [&](const Code& code) { return as_int(code); };
  if (op == Op::Add && a == b) {
    if (a == Base::text)
      return {strf("{} + {}",
                   operand(left.form == Form::owned ? left : Code{ref(left), left.type, Form::owned, true}),
                   ref(right)),
              text_, Form::owned, false};
    if (a == Base::list) {
      types_.unify(types_.arg(left.type, 0), types_.arg(right.type, 0));
      return {strf("{}.add({})", operand(left), ref(right)),
              container(node, Base::list, {types_.arg(left.type, 0)}, 11)};
    }
    if (a == Base::bytes) return {strf("{}.add({})", operand(left), ref(right)), bytes_};
    if (a == Base::many) {
      types_.unify(types_.arg(left.type, 0), types_.arg(right.type, 0));
      return {strf("{}.add({})", operand(left), ref(right)), left.type};
    }
  }
  const bool tuples = (a == Base::tuple || a == Base::many) && (b == Base::tuple || b == Base::many);
  if (op == Op::Add && tuples) {
    const TypeId item = cell(node, 3);
    for (const Code* side : {&left, &right})
      for (const TypeId part : types_.at(side->type).args) types_.flow(part, item);
    const TypeId type = container(node, Base::many, {item}, 4);
    return {strf("{}.add({})", coerce(left, type), ref_as(right, type)), type};
  }
  const bool left_number = a == Base::integer || a == Base::boolean || a == Base::big,
             right_number = b == Base::integer || b == Base::boolean || b == Base::big;
  if (op == Op::Mult && (left_number || right_number)) {
    const Code& sequence = left_number ? right : left;
    const Code& times = left_number ? left : right;
    const Base kind = base(sequence.type);
    if (kind == Base::text || kind == Base::bytes || kind == Base::many)
      return {strf("{}.repeat({})", operand(sequence), count(times)), sequence.type};
    if (kind == Base::list)
      return {strf("{}.repeat({})", operand(sequence), count(times)),
              container(node, Base::list, {types_.arg(sequence.type, 0)}, 11)};
    if (kind == Base::tuple) {
      const TypeId item = cell(node, 3);
      for (const TypeId part : types_.at(sequence.type).args) types_.flow(part, item);
      const TypeId type = container(node, Base::many, {item}, 4);
      return {strf("{}.repeat({})", coerce(sequence, type), count(times)), type};
    }
  }
  const bool sets = (a == Base::set || a == Base::frozenset) && (b == Base::set || b == Base::frozenset);
  if (sets) {
    types_.unify(types_.arg(left.type, 0), types_.arg(right.type, 0));
    const std::string_view method = op == Op::BitOr    ? "union"
                                    : op == Op::BitAnd ? "intersection"
                                    : op == Op::Sub    ? "difference"
                                    : op == Op::BitXor ? "symmetric_difference"
                                                       : "";
    if (!method.empty())
      return {strf("{}.{}({})", operand(left), method, ref(right)),
              container(node, a, {types_.arg(left.type, 0)}, 11)};
  }
  if (a == Base::dict && b == Base::dict && op == Op::BitOr) {
    types_.unify(types_.arg(left.type, 0), types_.arg(right.type, 0));
    types_.unify(types_.arg(left.type, 1), types_.arg(right.type, 1));
    return {strf("{}.union({})", operand(left), ref(right)), left.type};
  }
  if (!settled_) return {"()", types_.fresh()};
  // No such operation: Python raises TypeError when it gets here, and so do the values.
  return value_binary(op, left, right);
}

Code Translator::instance_binary(const Node& node, Op op, const Code& left, const Code& right) {
  return instance_operator(node, op, dunder(op), left, right);
}

Code Translator::percent_format(const Node& node, const Code& left, const Code& right, Node* right_node) {
  static_cast<void>(node);
  static_cast<void>(right_node);
  return fallible(strf("percent::format({}, &{})", ref(left), to_value(right).text), text_);
}

// --- Comparisons ---

Code Translator::compare(ast::Compare& node) {
  Code left = expr(node.left);
  if (node.ops.size() == 1) {
    auto* display = node.comparators[0];
    const bool literal =
        (node.ops[0] == Op::In || node.ops[0] == Op::NotIn) &&
        (display->kind == Kind::Tuple || display->kind == Kind::List || display->kind == Kind::Set);
    if (auto* name = try_as<ast::Name>(display); name != nullptr && known(left.type)) {
      // Color.RED in Color
      const Var* var = lookup(name->id);
      const bool in = node.ops[0] == Op::In;
      if ((in || node.ops[0] == Op::NotIn) && var != nullptr && var->is_class && var->cls->is_enum &&
          !var->cls->flag_enum && types_.same(left.type, var->cls->instance_type))
        return {strf("{}{}::MEMBERS_.contains({})", in ? "" : "!", var->cls->rust, ref(left)), boolean_,
                Form::owned, false};
    }
    Code right = literal ? Code{"()", none_} : expr(display);
    if (const Op op = node.ops[0]; !literal && op != Op::In && op != Op::NotIn && op != Op::Is &&
                                   op != Op::IsNot &&
                                   (node.left->kind == Kind::Call || display->kind == Kind::Call)) {
      const bool equality = op == Op::Eq || op == Op::NotEq;
      if (const auto a = viewed_dict(node.left, "items"), b = viewed_dict(display, "items");
          equality && a && b)
        return {compare_two(node, op, *a, *b, display), boolean_, Form::owned, false};
      left = view_as_set(node.left, left);
      right = view_as_set(display, right);
    }
    return {compare_two(node, node.ops[0], left, right, display), boolean_, Form::owned, false};
  }
  // a < b < c: each is evaluated once, later ones only while all before hold.
  std::string out, closing;
  const auto hold = [&](const Code& side) {
    const std::string name = temp("c");
    out += strf("{{ let {} = {}; ", name, own(side));
    closing = " }" + closing;
    return Code{name, side.type, Form::place};
  };
  const auto steady = [](const Node* side) {
    return side->kind == Kind::Constant || side->kind == Kind::Name;
  };
  const bool all_steady = std::ranges::all_of(node.comparators, steady);
  const auto held_side = [&](const Node* side, const Code& code) {
    const bool stays =
        side->kind == Kind::Constant || (all_steady && side->kind == Kind::Name && is_inert(code.text));
    return stays ? code : hold(code);
  };
  left = held_side(node.left, left);
  for (size_t i = 0; i < node.ops.size(); ++i) {
    const Code right = expr(node.comparators[i]);
    const bool last = i + 1 == node.ops.size();
    if (last) {
      out += compare_two(node, node.ops[i], left, right, node.comparators[i]);
      break;
    }
    const Code held = held_side(node.comparators[i], right);
    // A block that starts a statement would end it.
    const std::string part = compare_two(node, node.ops[i], left, held, node.comparators[i]);
    out += strf("{} && ", part.starts_with('{') ? "(" + part + ")" : part);
    left = held;
  }
  const std::string text = out + closing;
  return {text, boolean_, Form::owned, text.starts_with('{')};
}

std::string Translator::compare_two(const Node& node, Op op, const Code& left, const Code& right,
                                    Node* right_node) {
  switch (op) {
    case Op::Eq:
      return equal(node, left, right);
    case Op::NotEq: {
      const std::string same = equal(node, left, right);
      if (same == "false") return "true";
      const size_t at = same.find(" == ");
      if (at != std::string::npos && same.find(" == ", at + 4) == std::string::npos &&
          same.find('{') == std::string::npos)
        return strf("{} != {}", same.substr(0, at), same.substr(at + 4));
      return strf("!({})", same);
    }
    case Op::Is:
      return identical(node, left, right);
    case Op::IsNot: {
      const std::string same = identical(node, left, right);
      if (same.ends_with(".is_none()") && types_.is(left.type, Base::option))
        return same.substr(0, same.size() - 10) + ".is_some()";
      return same == "false"  ? "true"
             : same == "true" ? "false"
                              : strf("!{}", same.find(' ') == std::string::npos ? same : strf("({})", same));
    }
    case Op::In:
      return contains(node, left, right, right_node);
    case Op::NotIn:
      return strf("!{}", operand({contains(node, left, right, right_node), boolean_, Form::owned, false}));
    default:
      return ordered(node, op, left, right);
  }
}

/// a == b. Values of types that are never equal give false without a comparison.
std::string Translator::equal(const Node& node, const Code& left, const Code& right) {
  if (const auto both = same_numbers(left, right)) return equal(node, both->first, both->second);
  const Base a = base(left.type), b = base(right.type);
  const auto plain_side = [&](const Code& code) {
    return operand({code.text, code.type, code.form, code.atomic});
  };
  if (a == Base::unknown || b == Base::unknown) return "false";
  if (!left.character.empty() && !right.character.empty())
    return strf("{} == {}", left.character, right.character);
  if (a == Base::value || b == Base::value) {
    const auto as_ref = [&](const Code& code) {
      return types_.is(code.type, Base::value) ? ref(code) : strf("&{}", to_value(code).text);
    };
    return attempt(strf("value_ops::eq({}, {})", as_ref(left), as_ref(right)));
  }
  if (const Code l = unwrapped(left, {"__eq__"}), r = unwrapped(right, {"__eq__"});
      (l.text != left.text && (b != Base::instance || r.text != right.text)) ||
      (r.text != right.text && a != Base::instance))
    return equal(node, l, r);
  if (a == Base::instance || b == Base::instance) {
    const Code& object = a == Base::instance ? left : right;
    const Code& other = a == Base::instance ? right : left;
    ClassInfo& cls = *class_of(object.type);
    if (FunctionInfo* method = find_method(cls, "__eq__"); method != nullptr && method->params.size() == 2) {
      if (method->not_implemented) {
        // Nobody knows: they are equal when they are one object.
        std::vector<Operand> sides{{method, object, other, "__eq__"}};
        const std::string last = types_.same(left.type, right.type) ? "Ok({l}.same(&{r}))" : "Ok(false)";
        return first_operand(node, sides, last, boolean_).text;
      }
      types_.flow(other.type, method->params[1].var->type);
      return truth(fallible(strf("{}.{}({})", operand(object), method_rust(cls, "__eq__"),
                                 coerce(other, method->params[1].var->type)),
                            method->ret));
    }
    const bool is_tuple = base(other.type) == Base::tuple || base(other.type) == Base::many;
    if (is_named_tuple(object) && (is_tuple || (is_named_tuple(other) && class_of(other.type) != &cls))) {
      const auto side = [&](const Code& code) { return is_named_tuple(code) ? tuple_of(node, code) : code; };
      return equal(node, side(left), side(right));
    }
    if (cls.int_enum && (is_number(base(other.type)) || class_of(other.type) != nullptr)) {
      if (types_.same(left.type, right.type)) return strf("{} == {}", plain_side(left), plain_side(right));
      return strf("{} == {}", as_int(left), as_int(right));
    }
    if (cls.str_enum && base(other.type) == Base::text)
      return strf("{}.value() == {}", operand(object), operand(other));
  }
  if (is_number(a) && is_number(b)) {
    if (a == Base::big || b == Base::big) {
      const Code& first = a == Base::big ? left : right;
      const Code& second = a == Base::big ? right : left;
      const Base kind = base(second.type);
      return strf("{} == {}", big_side(first),
                  kind == Base::big    ? big_side(second)
                  : kind == Base::real ? operand({own(second), real_, Form::owned, second.atomic})
                                       : operand({as_int(second), integer_, Form::owned, false}));
    }
    if (a == b) return strf("{} == {}", plain_side(left), plain_side(right));
    if (a == Base::real || b == Base::real) return mixed_order(Op::Eq, left, right);
    return strf("{} == {}", as_int(left), as_int(right));
  }
  const auto rust_of = [&](const Code& code) {
    return base(code.type) == Base::opaque ? Library::built_in().type(types_.at(code.type).id).body : "";
  };
  // PurePath and Path are one type in Rust.
  const bool alike =
      !rust_of(left).empty() && rust_of(left) == rust_of(right) && types_.at(left.type).args.empty();
  if (types_.same(left.type, right.type) || alike) {
    if (a == Base::none) return "true";
    const auto side = [&](const Code& code) {
      return code.form == Form::reference ? strf("*{}", operand(code)) : operand(code);
    };
    return strf("{} == {}", side(left), side(right));
  }
  const auto is_bytes = [&](const Code& code) {
    return base(code.type) == Base::bytes ||
           (base(code.type) == Base::opaque &&
            (is_library_type(code.type, "bytearray") || is_library_type(code.type, "memoryview")));
  };
  if (is_bytes(left) && is_bytes(right))
    return attempt(strf("value_ops::eq(&{}, &{})", to_value(left).text, to_value(right).text));
  if (a == Base::none) return b == Base::option ? strf("{}.is_none()", operand(right)) : "false";
  if (b == Base::none) return a == Base::option ? strf("{}.is_none()", operand(left)) : "false";
  // An object that may be missing, whose class says what it equals.
  const auto asks = [&](TypeId maybe, TypeId other) {
    const ClassInfo* cls = types_.is(maybe, Base::option) ? class_of(maybe) : nullptr;
    return cls != nullptr && types_.is(types_.arg(maybe, 0), Base::instance) && base(other) != Base::option &&
           find_method(*cls, "__eq__") != nullptr;
  };
  if (asks(left.type, right.type) || (asks(right.type, left.type) && is_inert(left.text))) {
    const Code& maybe = a == Base::option ? left : right;
    const Code one{temp("x"), types_.arg(maybe.type, 0), Form::reference};
    const std::string test = a == Base::option ? equal(node, one, right) : equal(node, left, one);
    return strf("match {} {{ Some({}) => {}, None => false }}", ref(maybe), one.text, test);
  }
  if (a == Base::option || b == Base::option) {
    const TypeId both = cell(node, 5);
    types_.flow(left.type, both);
    types_.flow(right.type, both);
    if (types_.is(both, Base::value))
      return attempt(strf("value_ops::eq(&{}, &{})", to_value(left).text, to_value(right).text));
    return strf("{} == {}", coerce(left, both), coerce(right, both));
  }
  const bool sequences = (a == Base::tuple || a == Base::many) && (b == Base::tuple || b == Base::many);
  const bool sets = (a == Base::set || a == Base::frozenset) && (b == Base::set || b == Base::frozenset);
  if (sets && a != b) return strf("{}.equals({})", operand(left), ref(right));
  if (sequences || (a == b && (a == Base::list || a == Base::dict || a == Base::set))) {
    if (a == b && a == Base::tuple && types_.at(left.type).args.size() != types_.at(right.type).args.size())
      return "false";
    if (a == b && a != Base::tuple) {
      types_.unify(left.type, right.type);
      return strf("{} == {}", operand(left), operand(right));
    }
    const TypeId both = cell(node, 5);
    types_.flow(left.type, both);
    types_.flow(right.type, both);
    return strf("{} == {}", coerce(left, both), coerce(right, both));
  }
  if (a == Base::iterator || b == Base::iterator || a == Base::opaque || b == Base::opaque ||
      a == Base::range || b == Base::range) {
    if (a != b) return "false";
    if (final_) refuse(node, strf("{} == {}", type_text(left.type), type_text(right.type)));
  }
  return "false";
}

/// An int beside a float: exactly, also beyond 2^53.
std::string Translator::mixed_order(Op op, const Code& left, const Code& right) {
  const bool flipped = base(left.type) == Base::real;
  const Code& whole = flipped ? right : left;
  const Code& real = flipped ? left : right;
  const std::string number = as_int(whole);
  if (base(whole.type) == Base::boolean || is_exact_literal(number) || is_exact_literal(whole.text))
    return strf("{} {} {}", as_float(left), op_symbol(op), as_float(right));
  const std::string_view name = op == Op::Eq                          ? "eq"
                                : op == (flipped ? Op::Gt : Op::Lt)   ? "lt"
                                : op == (flipped ? Op::Lt : Op::Gt)   ? "gt"
                                : op == (flipped ? Op::GtE : Op::LtE) ? "le"
                                                                      : "ge";
  if (!flipped || is_inert(number) || is_inert(real.text))
    return strf("arith::int_{}({}, {})", name, number, own(real));
  const std::string held = temp("x");
  return strf("{{ let {} = {}; arith::int_{}({}, {}) }}", held, own(real), name, number, held);
}

/// A character in place of a text is cheaper.
std::string Translator::texts_ordered(Op op, const Code& left, const Code& right) {
  const std::string_view symbol = op_symbol(op);
  if (!left.character.empty() && !right.character.empty())
    return strf("{} {} {}", left.character, symbol, right.character);
  const auto test = [&](const Code& text, const Code& character, Op what) {
    const std::string_view name = what == Op::Lt    ? "is_lt"
                                  : what == Op::LtE ? "is_le"
                                  : what == Op::Gt  ? "is_gt"
                                                    : "is_ge";
    return strf("{}.order_to({}).{}()", operand(text), character.character, name);
  };
  if (right.character.starts_with('\'')) return test(left, right, op);
  const Op flipped = op == Op::Lt ? Op::Gt : op == Op::LtE ? Op::GtE : op == Op::Gt ? Op::Lt : Op::LtE;
  if (left.character.starts_with('\'')) return test(right, left, flipped);
  return strf("{} {} {}", operand(left), symbol, operand(right));
}

std::string Translator::ordered(const Node& node, Op op, const Code& left_or_none,
                                const Code& right_or_none) {
  const Code left = need(left_or_none), right = need(right_or_none);
  if (const auto both = same_numbers(left, right)) return ordered(node, op, both->first, both->second);
  const Base a = base(left.type), b = base(right.type);
  const std::string_view symbol = op_symbol(op);
  if (a == Base::unknown || b == Base::unknown) return "false";
  if (a == Base::value || b == Base::value) {
    const auto as_ref = [&](const Code& code) {
      return types_.is(code.type, Base::value) ? ref(code) : strf("&{}", to_value(code).text);
    };
    return attempt(strf("value_ops::compare(\"{}\", {}, {})", symbol, as_ref(left), as_ref(right)));
  }
  const auto numeric = [&](const Code& code) {
    return is_number(base(code.type)) || (class_of(code.type) != nullptr && class_of(code.type)->int_enum);
  };
  if (numeric(left) && numeric(right)) {
    if (a == Base::big || b == Base::big) {
      const auto one = [&](const Code& code) {
        return base(code.type) == Base::big    ? big_side(code)
               : base(code.type) == Base::real ? operand({own(code), real_, Form::owned, code.atomic})
                                               : operand({as_int(code), integer_, Form::owned, false});
      };
      if (a != Base::real) return strf("{} {} {}", one(left), symbol, one(right));
      const std::string_view flipped = op == Op::Lt ? ">" : op == Op::LtE ? ">=" : op == Op::Gt ? "<" : "<=";
      return strf("{} {} {}", one(right), flipped, one(left));
    }
    if (a != b && (a == Base::real || b == Base::real)) return mixed_order(op, left, right);
    if (a == Base::real) return strf("{} {} {}", as_float(left), symbol, as_float(right));
    const auto side = [&](const Code& code) {
      return operand({as_int(code), integer_, Form::owned, code.atomic || base(code.type) != Base::integer});
    };
    return strf("{} {} {}", side(left), symbol, side(right));
  }
  if (a == Base::text && b == Base::text) return texts_ordered(op, left, right);
  // Members of class Suit(str, Enum) compare as their texts.
  const auto member = [&](const Code& code) {
    const ClassInfo* cls = class_of(code.type);
    return cls != nullptr && cls->str_enum && find_method(*cls, "__lt__") == nullptr;
  };
  if ((member(left) || a == Base::text) && (member(right) || b == Base::text)) {
    const auto side = [&](const Code& code) {
      return member(code) ? Code{operand(code) + ".value()", text_} : code;
    };
    return texts_ordered(op, side(left), side(right));
  }
  if (a == Base::instance || b == Base::instance) {
    if (auto found = instance_order(node, op, left, right)) return found->text;
    if (const Code l = unwrapped(left, {}), r = unwrapped(right, {});
        l.text != left.text || r.text != right.text)
      return ordered(node, op, l, r);
    if (!final_) return "false";
    if (class_of(left.type) == nullptr || !class_of(left.type)->order)
      refuse(node, strf("{} of {}", symbol, type_text(left.type)));
  }
  const bool sets = (a == Base::set || a == Base::frozenset) && (b == Base::set || b == Base::frozenset);
  if (sets) {
    types_.unify(types_.arg(left.type, 0), types_.arg(right.type, 0));
    if (op == Op::LtE) return strf("{}.issubset({})", operand(left), ref(right));
    if (op == Op::GtE) return strf("{}.issuperset({})", operand(left), ref(right));
    if (op == Op::Lt) return strf("{}.proper_subset({})", operand(left), ref(right));
    return strf("{}.proper_subset({})", operand(right), ref(left));
  }
  std::string right_ref = ref(right), left_text = operand(left);
  if (!types_.same(left.type, right.type)) {
    if (a != b && !(a == Base::tuple && b == Base::many) && !(a == Base::many && b == Base::tuple)) {
      if (final_)
        return attempt(
            strf("value_ops::compare(\"{}\", &{}, &{})", symbol, to_value(left).text, to_value(right).text));
      return "false";
    }
    if (a == Base::opaque) return refuse(node, "comparison").text;
    const TypeId both = cell(node, 5);
    types_.flow(left.type, both);
    types_.flow(right.type, both);
    left_text = coerce(left, both);
    right_ref = ref_as(right, both);
  }
  const std::string_view method = op == Op::Lt    ? "py_lt"
                                  : op == Op::LtE ? "py_le"
                                  : op == Op::Gt  ? "py_gt"
                                                  : "py_ge";
  return attempt(strf("{}.{}({})", left_text, method, right_ref));
}

std::string Translator::identical(const Node& node, const Code& left, const Code& right) {
  const Base a = base(left.type), b = base(right.type);
  if (a == Base::unknown || b == Base::unknown) return "false";
  if (b == Base::none || a == Base::none) {
    const Code& other = b == Base::none ? left : right;
    switch (base(other.type)) {
      case Base::none:
        return constantly(other, "true");
      case Base::option:
      case Base::value:
        return strf("{}.is_none()", operand(other));
      default:
        return constantly(other, "false");
    }
  }
  if (a == Base::boolean && b == Base::boolean) return strf("{} == {}", operand(left), operand(right));
  if (a == Base::value || b == Base::value) {
    const auto as_ref = [&](const Code& code) {
      return types_.is(code.type, Base::value) ? ref(code) : strf("&{}", to_value(code).text);
    };
    return strf("{}.same({})", as_ref(left).starts_with('&') ? strf("({})", as_ref(left)) : as_ref(left),
                as_ref(right));
  }
  if (a == Base::instance && b == Base::instance && class_of(left.type)->is_enum)
    return equal(node, left, right);
  if (a == Base::option || b == Base::option) {
    if (base(plain(left.type)) == Base::instance && base(plain(right.type)) == Base::instance &&
        !class_of(plain(left.type))->is_enum) {
      const auto side = [&](const Code& code) {
        return types_.is(code.type, Base::option) ? own(code) : strf("Some({})", own(code));
      };
      return strf("glue::same_option(&{}, &{}, |a, b| a.same(b))", side(left), side(right));
    }
    const Base one = base(plain(left.type)), other = base(plain(right.type));
    if (one == Base::value || other == Base::value)
      return strf("{}.same(&{})", operand(to_value(left)), to_value(right).text);
    // An int is no bool, though it may be equal to one; both may be None.
    if ((one == Base::boolean) != (other == Base::boolean) && one != Base::unknown &&
        other != Base::unknown) {
      if (a != b) return "false";
      return strf("{}.is_none() && {}.is_none()", operand(left), operand(right));
    }
    return equal(node, left, right);
  }
  if (a == b &&
      (a == Base::list || a == Base::dict || a == Base::set || a == Base::instance || a == Base::exception))
    return strf("{}.same({})", operand(left), ref(right));
  if (a != b) return "false";
  if (a == Base::integer || a == Base::text || a == Base::real) return equal(node, left, right);
  if (a == Base::opaque && types_.at(left.type).id != types_.at(right.type).id) return "false";
  if (is_library_type(left.type, "file")) return strf("{}.same({})", operand(left), ref(right));
  if (final_) refuse(node, strf("{} is {}", type_text(left.type), type_text(right.type)));
  return "false";
}

}  // namespace sov::transpiler
