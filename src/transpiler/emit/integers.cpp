// Integers: 64 bits where the values cannot grow out of them (growth.cpp), rt::int::Int elsewhere.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

constexpr double kMuch = 1000;

/// The value of an integer literal as it is written in Rust.
std::optional<int64_t> literal(const Code& code) {
  const std::string_view text = code.text;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool calls_only(Node* node) {
  if (node->kind == Kind::Call || node->kind == Kind::Constant) return true;
  auto* sum = try_as<ast::BinOp>(node);
  return sum != nullptr && sum->op == Op::Add && calls_only(sum->left) && calls_only(sum->right);
}

bool stores_items(Node& node) {
  if (node.kind == Kind::Subscript && static_cast<ast::Subscript&>(node).ctx == Ctx::Store) return true;
  bool any = false;
  for_children(node, [&](Node& child) { any = any || stores_items(child); });
  return any;
}

std::optional<int64_t> written(Node* node) {
  auto* constant = try_as<ast::Constant>(node);
  if (constant == nullptr || constant->value.kind != ConstantKind::integer) return std::nullopt;
  const std::string_view digits = constant->value.text;  // hexadecimal
  int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

/// How many items x[:8], x[4:8] or x[i:i + 4] has at most; nothing where that is not seen.
std::optional<int64_t> slice_size(const ast::Slice& slice) {
  const auto upper = written(slice.upper);
  if (upper && slice.lower == nullptr) return *upper < 0 ? std::nullopt : upper;
  if (const auto lower = written(slice.lower); upper && lower && *lower >= 0 && *upper >= *lower)
    return *upper - *lower;
  auto* sum = try_as<ast::BinOp>(slice.upper);
  auto* from = try_as<ast::Name>(slice.lower);
  auto* left = sum == nullptr || sum->op != Op::Add ? nullptr : try_as<ast::Name>(sum->left);
  if (from != nullptr && left != nullptr && from->id == left->id) return written(sum->right);
  return std::nullopt;
}

}  // namespace

/// Whether bytes or a text may have more than `fits` items; `otherwise` where nothing says so.
bool Translator::may_be_longer(Node* node, int64_t fits, bool otherwise, int depth) {
  if (node == nullptr || depth > 4) return otherwise;
  if (auto* part = try_as<ast::Subscript>(node)) {
    auto* slice = try_as<ast::Slice>(part->slice);
    const auto size = slice == nullptr ? std::nullopt : slice_size(*slice);
    return size ? *size > fits : slice != nullptr && may_be_longer(part->value, fits, otherwise, depth + 1);
  }
  if (auto* name = try_as<ast::Name>(node)) {
    Var* var = lookup(name->id);
    return var == nullptr || var->assigns != 1 || var->param
               ? otherwise
               : may_be_longer(var->value, fits, otherwise, depth + 1);
  }
  auto* made = try_as<ast::Call>(node);
  auto* callee = made == nullptr ? nullptr : try_as<ast::Attribute>(made->func);
  if (callee == nullptr) return otherwise;
  if (callee->attr == "hexdigest" || callee->attr == "digest" || callee->attr == "hex") return true;
  const auto count = made->args.size() == 1 ? written(made->args[0]) : std::nullopt;
  return callee->attr == "read" && count ? *count > fits : otherwise;
}

/// An Int, owned.
std::string Translator::as_big(const Code& code) {
  use("int");
  if (base(code.type) == Base::big) return own(code);
  if (base(code.type) == Base::option) return as_big(need(code));
  if (base(code.type) == Base::value) return attempt(strf("Int::from_value({})", ref(code)));
  return literal(code) ? strf("Int::Small({})", code.text) : strf("Int::from({})", as_int(code));
}

/// As an operand of a comparison: a place, not a reference.
std::string Translator::big_side(const Code& code) const {
  return code.form == Form::reference ? strf("(*{})", operand(code)) : operand(code);
}

Code Translator::big_binary(const Node& node, Op op, const Code& left, const Code& right) {
  const TypeId type = container(node, Base::big, {}, 12);
  const auto side = [&](const Code& code) {
    return base(code.type) == Base::big ? ref(code) : strf("&{}", as_big(code));
  };
  const std::string a = side(left), b = side(right);
  const bool small = base(left.type) != Base::big || base(right.type) != Base::big;
  const auto method = [&](std::string_view name) { return strf("({}).{}({})", a, name, b); };
  switch (op) {
    case Op::Add:
    case Op::Sub:
    case Op::Mult:
      return {strf("{} {} {}", a, op_symbol(op), b), type, Form::owned, false};
    case Op::Div:
      return fallible(method("truediv"), real_);
    case Op::FloorDiv:
      return fallible(method("floordiv"), type);
    case Op::Mod: {
      const std::string rest = attempt(method("pymod"));
      // Smaller than a divisor of 64 bits.
      if (small && base(right.type) != Base::big) return fallible(strf("glue::narrow(&{})", rest), integer_);
      return {rest, type};
    }
    case Op::Pow:
      return fallible(method("pow"), type);
    case Op::LShift:
      return fallible(method("shl"), type);
    case Op::RShift:
      return fallible(method("shr"), type);
    case Op::BitAnd: {
      const std::string both = strf("{} & {}", a, b);
      const Code& mask = base(left.type) == Base::big ? right : left;
      if (const auto value = literal(mask); small && value && *value >= 0)
        return fallible(strf("glue::narrow(&({}))", both), integer_);
      return {both, type, Form::owned, false};
    }
    case Op::BitOr:
    case Op::BitXor:
      return {strf("{} {} {}", a, op_symbol(op), b), type, Form::owned, false};
    default:
      return refuse(node, strf("int {} int", op_symbol(op)));
  }
}

/// The result of an operation on 64-bit integers: its cell, and how it grows.
Code Translator::grown(const Node& node, Op op, const Code& left, const Code& right, const Code& made) {
  const TypeId result = container(node, Base::integer, {}, 13);
  if (types_.is(result, Base::big)) return big_binary(node, op, left, right);
  const auto a = literal(left), b = literal(right);
  const auto size = [](int64_t value) { return std::max(1.0, std::abs(static_cast<double>(value))); };
  std::vector<std::pair<TypeId, double>> operands;
  bool sum = true;
  switch (op) {
    case Op::Add:
    case Op::Sub: {
      operands = {{left.type, 1}, {right.type, 1}};
      // Two calls of a function by itself take as long as the number is large, unless results are kept.
      const auto* whole = node.kind == Kind::BinOp ? static_cast<const ast::BinOp*>(&node) : nullptr;
      auto* def = function_ == nullptr ? nullptr : try_as<ast::FunctionDef>(function_->node);
      if (whole != nullptr && def != nullptr && function_->memo == nullptr && function_->decorators.empty() &&
          calls_only(whole->left) && calls_only(whole->right) && !stores_items(*def))
        sum = false;
      break;
    }
    case Op::Mult:
      operands = {{left.type, b ? size(*b) : kMuch}, {right.type, a ? size(*a) : kMuch}};
      break;
    case Op::FloorDiv:
      operands = {{left.type, b ? 1 / size(*b) : 1}};
      break;
    case Op::Mod:
      operands = {{right.type, 1}};
      sum = false;
      break;
    case Op::LShift:
      operands = {{left.type, b && *b >= 0 && *b < 63 ? std::ldexp(1.0, static_cast<int>(*b)) : kMuch}};
      break;
    case Op::RShift:
      operands = {{left.type, b && *b >= 0 && *b < 63 ? std::ldexp(1.0, -static_cast<int>(*b)) : 1}};
      break;
    case Op::Pow:
      operands = {{left.type, kMuch}};
      break;
    case Op::BitAnd:
      if ((a && *a >= 0) || (b && *b >= 0)) break;
      [[fallthrough]];
    default:
      operands = {{left.type, 1}, {right.type, 1}};
      sum = false;
      break;
  }
  types_.operation(result, operands, sum);
  Code out = made;
  out.type = result;
  return out;
}

/// 2 ** n, 1 << n: what only the run bounds is big at once. Nothing for other operations.
std::optional<Code> Translator::unbounded(const Node& node, Op op, const Code& left, const Code& right) {
  const auto a = literal(left), b = literal(right);
  if (op == Op::Pow && a && b && *b >= 0) {
    int64_t value = 1;
    for (int64_t i = 0; i < *b; ++i) {
      if (i > 64 || __builtin_mul_overflow(value, *a, &value)) return big_binary(node, op, left, right);
    }
    return Code{strf("{}", value), integer_, Form::owned, value >= 0};
  }
  int64_t product = 0;
  if (op == Op::Mult && a && b && __builtin_mul_overflow(*a, *b, &product))
    return big_binary(node, op, left, right);
  if (op == Op::Pow && !b) return big_binary(node, op, left, right);
  if (op == Op::Pow && *b > 3) return big_binary(node, op, left, right);
  if (op == Op::LShift && a && b && *a >= 0 && *b >= 0 && *b < 62 && *a < (int64_t{1} << (62 - *b)))
    return std::nullopt;
  if (op == Op::LShift && (!b || *b > 40)) return big_binary(node, op, left, right);
  return std::nullopt;
}

/// x & (1 << n) is one bit of x.
std::optional<Code> Translator::bit_test(const Code& left, Node* right) {
  auto* shift = try_as<ast::BinOp>(right);
  if (shift == nullptr || shift->op != Op::LShift || base(left.type) != Base::integer) return std::nullopt;
  const Code one = expr(shift->left), count = expr(shift->right);
  if (one.text != "1" || base(count.type) != Base::integer) return std::nullopt;
  return fallible(strf("glue::bit({}, {})", own(left), own(count)), integer_);
}

/// The leaves of a + b * c as i128, or nothing where one of them is no 64-bit integer.
std::optional<std::string> Translator::wide(Node* node, int factors) {
  auto* inner = try_as<ast::BinOp>(node);
  const bool sum = inner != nullptr && (inner->op == Op::Add || inner->op == Op::Sub);
  if (sum || (inner != nullptr && inner->op == Op::Mult && factors == 1)) {
    const int inside = sum ? factors : 2;
    const auto a = wide(inner->left, inside), b = wide(inner->right, inside);
    if (!a || !b) return std::nullopt;
    return strf("({} {} {})", *a, op_symbol(inner->op), *b);
  }
  const Code leaf = expr(node);
  if (base(leaf.type) != Base::integer && base(leaf.type) != Base::boolean) return std::nullopt;
  if (const auto value = literal(leaf)) return strf("{}i128", *value);
  return strf("({} as i128)", operand({as_int(leaf), integer_, Form::owned, false}));
}

/// (h * 31 + c) % m and & mask: the middle may be wider than 64 bits, the result is not.
std::optional<Code> Translator::reduced(ast::BinOp& node, const Code& right) {
  auto* inner = try_as<ast::BinOp>(node.left);
  const bool arithmetic =
      inner != nullptr && (inner->op == Op::Add || inner->op == Op::Sub || inner->op == Op::Mult);
  if (!arithmetic || base(right.type) != Base::integer) return std::nullopt;
  const auto mask = literal(right);
  if (node.op == Op::BitAnd && (!mask || *mask < 0)) return std::nullopt;
  const auto text = wide(node.left, 1);
  if (!text) return std::nullopt;
  if (node.op == Op::BitAnd)
    return Code{strf("({} & {}) as i64", *text, *mask), integer_, Form::owned, false};
  return fallible(strf("glue::wide_mod({}, {})", *text, own(right)), integer_);
}

}  // namespace sov::transpiler
