// Operators of the program's classes: methods, their reflections, NotImplemented, total_ordering.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// The method's call as a Result, without anything around it.
std::string Translator::operator_text(const Operand& side) {
  side.method->called = true;
  types_.flow(side.other.type, side.method->params[1].var->type);
  // The flow may have made a Value of the object too; the next pass takes another way then.
  const ClassInfo* cls = class_of(side.object.type);
  if (cls == nullptr) return "Ok(())";
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string text = strf("{}.{}({})", operand(side.object), method_rust(*cls, side.name),
                                coerce(side.other, side.method->params[1].var->type));
  error_frames_ = std::move(frames);
  return text;
}

std::optional<Translator::Operand> Translator::operand_method(const Code& object, const Code& other,
                                                              const std::string& name) {
  if (base(object.type) != Base::instance) return std::nullopt;
  FunctionInfo* method = find_method(*class_of(object.type), name);
  if (method == nullptr || method->params.size() != 2) return std::nullopt;
  return Operand{method, object, other, name};
}

/// What the first of `sides` gives that does not return NotImplemented; `last` (a Result, in which {l} and
/// {r} are the operands) when all do.
Code Translator::first_operand(const Node& node, std::vector<Operand> sides, const std::string& last,
                               TypeId fixed) {
  const bool one = !sides[0].method->not_implemented;
  if (one) sides.resize(1);
  const TypeId result = fixed != 0 ? fixed : one ? sides[0].method->ret : cell(node, 14);
  if (one && fixed == 0) return fallible(operator_text(sides[0]), result);
  std::string before, chain = last;
  if (!one) {
    // Both sides are named several times.
    const std::string l = temp("l"), r = temp("r");
    chain = filled(last, {{"l", l}, {"r", r}});
    before = strf("let {} = {}; let {} = {}; ", l, own(sides[0].object), r, own(sides[0].other));
    for (Operand& side : sides) {
      const bool left = &side == &sides[0] || side.object.text == sides[0].object.text;
      (left ? side.object : side.other).text = l;
      (left ? side.other : side.object).text = r;
      side.object.form = side.other.form = Form::place;
      side.object.atomic = side.other.atomic = true;
    }
  }
  for (size_t i = sides.size(); i-- > 0;) {
    std::string text = operator_text(sides[i]);
    if (fixed == 0) types_.flow(sides[i].method->ret, result);
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    if (fixed != 0 && base(sides[i].method->ret) != base(fixed))
      text = strf("{}.map(|x| {})", text, truth({"x", sides[i].method->ret}));
    else if (!types_.same(sides[i].method->ret, result))
      text = strf("{}.and_then(|x| Ok({}))", text, coerce({"x", sides[i].method->ret}, result));
    error_frames_ = std::move(frames);
    chain = sides[i].method->not_implemented ? strf("glue::or_else({}, || {})", text, chain) : text;
  }
  const std::string whole = attempt(before.empty() ? chain : strf("{{ {}{} }}", before, chain));
  return {whole, result};
}

std::string Translator::type_shown(const Code& code) const {
  const std::string text = type_text(code.type);
  return text.substr(0, text.find('['));
}

/// a OP b where one side is an object of the program.
Code Translator::instance_operator(const Node& node, Op op, std::string_view dunder, const Code& left,
                                   const Code& right) {
  const std::string_view symbol = op_symbol(op);
  std::vector<Operand> sides;
  if (auto side = operand_method(left, right, strf("__{}__", dunder))) sides.push_back(*side);
  const bool same_class = base(left.type) == Base::instance && base(right.type) == Base::instance &&
                          class_of(left.type) == class_of(right.type);
  if (!same_class || sides.empty()) {
    if (auto side = operand_method(right, left, strf("__r{}__", dunder))) sides.push_back(*side);
  }
  if (!sides.empty())
    return first_operand(
        node, sides,
        strf("Err(exc::new(&exc::TypeError, \"unsupported operand type(s) for {}: '{}' and '{}'\"))", symbol,
             type_shown(left), type_shown(right)),
        0);
  if (is_named_tuple(left)) return binary(node, op, tuple_of(node, left), right);
  if (is_named_tuple(right)) return binary(node, op, left, tuple_of(node, right));
  if (const Code l = unwrapped(left, {}), r = unwrapped(right, {});
      l.text != left.text || r.text != right.text)
    return binary(node, op, l, r);
  if (!final_) return {"()", types_.fresh()};
  return refuse(node, strf("operator {} on {}", symbol, type_text(left.type)));
}

/// a < b and the like, by methods; nothing where there are none.
std::optional<Code> Translator::instance_order(const Node& node, Op op, const Code& left, const Code& right) {
  const auto name = [](Op o) {
    return std::string(o == Op::Lt ? "__lt__" : o == Op::LtE ? "__le__" : o == Op::Gt ? "__gt__" : "__ge__");
  };
  const Op mirrored = op == Op::Lt ? Op::Gt : op == Op::Gt ? Op::Lt : op == Op::LtE ? Op::GtE : Op::LtE;
  std::vector<Operand> sides;
  if (auto side = operand_method(left, right, name(op))) sides.push_back(*side);
  if (auto side = operand_method(right, left, name(mirrored));
      side && (sides.empty() || class_of(left.type) != class_of(right.type)))
    sides.push_back(*side);
  const std::string error =
      strf("Err(exc::new(&exc::TypeError, \"'{}' not supported between instances of '{}' and '{}'\"))",
           op_symbol(op), type_shown(left), type_shown(right));
  if (!sides.empty()) return first_operand(node, sides, error, boolean_);
  ClassInfo* cls = class_of(left.type);
  if (cls == nullptr ||
      !std::ranges::any_of(cls->mro, [](const ClassInfo* up) { return up->total_ordering; }))
    return std::nullopt;
  // functools.total_ordering: from the one that the class has, and ==.
  for (const Op root : {Op::Lt, Op::LtE, Op::Gt, Op::GtE}) {
    auto side = operand_method(left, right, name(root));
    if (!side || root == op) continue;
    const std::string l = temp("l"), r = temp("r");
    const Code a{l, left.type, Form::place}, b{r, right.type, Form::place};
    const std::string has = first_operand(node, {{side->method, a, b, side->name}}, error, boolean_).text;
    const std::string same = equal(node, a, b);
    const bool strict = root == Op::Lt || root == Op::Gt;
    const bool flips = (root == Op::Lt || root == Op::LtE) != (op == Op::Lt || op == Op::LtE);
    const bool wants_equal = op == Op::LtE || op == Op::GtE;
    std::string text;
    if (!flips)
      text = strict ? strf("({}) || ({})", has, same) : strf("({}) && !({})", has, same);
    else if (strict == wants_equal)
      text = strf("!({})", has);
    else
      text = wants_equal ? strf("!({}) || ({})", has, same) : strf("!({}) && !({})", has, same);
    return Code{strf("{{ let {} = {}; let {} = {}; {} }}", l, own(left), r, own(right), text), boolean_};
  }
  return std::nullopt;
}

}  // namespace sov::transpiler
