// enum.Flag and enum.IntFlag: a number that shows as the names of its bits.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// The number that an expression of numbers and earlier members is.
std::optional<int64_t> number_of(Node* node, const std::vector<EnumMember>& members) {
  if (auto* constant = try_as<ast::Constant>(node)) {
    if (constant->value.kind != ConstantKind::integer || constant->value.text.size() > 15)
      return std::nullopt;
    return static_cast<int64_t>(std::strtoull(std::string(constant->value.text).c_str(), nullptr, 16));
  }
  if (auto* name = try_as<ast::Name>(node)) {
    for (const EnumMember& member : members)
      if (member.name == name->id) return member.automatic;
    return std::nullopt;
  }
  if (auto* unary = try_as<ast::UnaryOp>(node)) {
    const auto value = number_of(unary->operand, members);
    if (value && unary->op == Op::Invert) return ~*value;
    return std::nullopt;
  }
  auto* binary = try_as<ast::BinOp>(node);
  if (binary == nullptr) return std::nullopt;
  const auto left = number_of(binary->left, members), right = number_of(binary->right, members);
  if (!left || !right) return std::nullopt;
  switch (binary->op) {
    case Op::BitOr:
      return *left | *right;
    case Op::BitAnd:
      return *left & *right;
    case Op::BitXor:
      return *left ^ *right;
    case Op::Add:
      return *left + *right;
    case Op::LShift:
      return *right >= 0 && *right < 62 ? std::optional(*left << *right) : std::nullopt;
    default:
      return std::nullopt;
  }
}

bool is_single(int64_t value) { return value > 0 && (value & (value - 1)) == 0; }

}  // namespace

void Translator::flag_members(ClassInfo& cls) {
  int64_t highest = 0;
  for (auto& [var, value] : cls.class_assigns) {
    auto* call = try_as<ast::Call>(value);
    auto* callee = call == nullptr ? nullptr : try_as<ast::Name>(call->func);
    auto* attribute = call == nullptr ? nullptr : try_as<ast::Attribute>(call->func);
    const bool is_auto =
        (callee != nullptr && callee->id == "auto") || (attribute != nullptr && attribute->attr == "auto");
    int64_t next = 1;
    while (next <= highest) next *= 2;
    const std::optional<int64_t> number = is_auto ? next : number_of(value, cls.members);
    if (!number) {
      refuse(*value, "a computed flag", "the value of a flag must be a number or made of other flags");
      continue;
    }
    highest = std::max(highest, *number);
    const bool known_value =
        std::ranges::any_of(cls.members, [&](const EnumMember& m) { return m.automatic == *number; });
    cls.members.push_back({.name = var->name,
                           .value = nullptr,
                           .automatic = *number,
                           .alias = known_value || !is_single(*number)});
  }
}

void Translator::flag_definition(ClassInfo& cls) {
  const std::string& rust = cls.rust;
  types_.flow(integer_, cls.enum_value);
  std::string all, names;
  int64_t mask = 0;
  size_t count = 0;
  line("#[derive(Clone, Copy, PartialEq)]");
  line(strf("struct {}(i64);", rust));
  open(strf("impl {} {{", rust));
  for (const EnumMember& member : cls.members) {
    line(strf("const {}: {} = {}({});", rust_name(member.name), rust, rust, member.automatic));
    names += strf("{}({}, \"{}\")", names.empty() ? "" : ", ", member.automatic, member.name);
    mask |= member.automatic;
    if (member.alias) continue;
    all += strf("{}{}::{}", all.empty() ? "" : ", ", rust, rust_name(member.name));
    ++count;
  }
  line(strf("const MEMBERS_: [{}; {}] = [{}];", rust, count, all));
  line(strf("const NAMES_: [(i64, &'static str); {}] = [{}];", cls.members.size(), names));
  line("fn name(&self) -> Option<Str> { flags::name(self.0, &Self::NAMES_) }");
  line("fn value(&self) -> i64 { self.0 }");
  line(strf("fn of_value(value: &i64) -> Res<{}> {{ Ok({}(flags::checked(*value, {}, {}, \"{}\")?)) }}", rust,
            rust, mask, cls.int_enum, cls.name));
  line(
      strf("fn from_name(name: &Str) -> Res<{}> {{ Self::NAMES_.into_iter().find(|m| m.1 == "
           "name.as_str()).map(|m| {}(m.0)).ok_or_else(|| exc::key_error(name.clone())) }}",
           rust, rust));
  line(
      "fn members(&self) -> Vec<Self> { Self::MEMBERS_.into_iter().filter(|m| self.0 & m.0 != 0).collect() "
      "}");
  class_methods(cls);
  close();
  const auto text_method = [&](std::string_view name) -> std::string {
    FunctionInfo* method = find_method(cls, name);
    return method == nullptr
               ? ""
               : strf("out.push_str({}.as_str())",
                      text_or_die(strf("self.{}()", implementation_name(*method)), method->ret));
  };
  std::string repr = text_method("__repr__"), str = text_method("__str__");
  if (repr.empty())
    repr = strf(
        "out.push_str(&match self.name() {{ Some(n) => format!(\"<{}.{{n}}: {{}}>\", self.0), None => "
        "format!(\"<{}: {{}}>\", self.0) }})",
        cls.name, cls.name);
  if (str.empty())
    str = cls.int_enum ? "self.0.str_into(out)"
                       : strf(
                             "out.push_str(&match self.name() {{ Some(n) => format!(\"{}.{{n}}\"), None => "
                             "format!(\"{}({{}})\", self.0) }})",
                             cls.name, cls.name);
  line(strf("impl PyRepr for {} {{ fn repr_into(&self, out: &mut String) {{ {}; }} }}", rust, repr));
  line(strf("impl PyStr for {} {{ fn str_into(&self, out: &mut String) {{ {}; }} }}", rust, str));
  line(strf("impl PyTruth for {} {{ fn truth(&self) -> bool {{ self.0 != 0 }} }}", rust));
  line(strf("impl PyHash for {} {{ fn py_hash(&self) -> i64 {{ self.0.py_hash() }} }}", rust));
  line(strf("impl PyFormat for {} {{ fn py_format(&self, spec: &str) -> Res<Str> {{ {} }} }}", rust,
            cls.int_enum ? "self.0.py_format(spec)" : "self.to_str().py_format(spec)"));
  line(strf("impl PyOrd for {} {{ fn py_lt(&self, other: &Self) -> Res<bool> {{ {} }} }}", rust,
            cls.int_enum ? "Ok(self.0 < other.0)"
                         : strf("let _ = other; Err(exc::new(&exc::TypeError, \"'<' not supported between "
                                "instances of '{}' and '{}'\"))",
                                cls.name, cls.name)));
  use("flags");
  if (cls.root->boxed || class_static_needed_.contains(cls.number)) enum_object(cls);
  line("");
}

/// `|`, `&` and `^` of flags; nothing where the operator is one of numbers.
std::optional<Code> Translator::flag_binary(Op op, const Code& left, const Code& right) {
  if (op != Op::BitOr && op != Op::BitAnd && op != Op::BitXor) return std::nullopt;
  const ClassInfo* a = base(left.type) == Base::instance ? class_of(left.type) : nullptr;
  const ClassInfo* b = base(right.type) == Base::instance ? class_of(right.type) : nullptr;
  const ClassInfo* cls = a != nullptr && a->flag_enum ? a : b != nullptr && b->flag_enum ? b : nullptr;
  if (cls == nullptr) return std::nullopt;
  const auto bits = [&](const Code& code, const ClassInfo* of) -> std::string {
    if (of == cls) return strf("{}.0", operand(code));
    const Base kind = base(code.type);
    return cls->int_enum && (kind == Base::integer || kind == Base::boolean)
               ? operand({as_int(code), integer_, Form::owned, false})
               : "";
  };
  const std::string l = bits(left, a), r = bits(right, b);
  if (l.empty() || r.empty()) return std::nullopt;
  return Code{strf("{}({} {} {})", cls->rust, l, op_symbol(op), r), cls->instance_type};
}

}  // namespace sov::transpiler
