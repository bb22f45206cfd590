// Classes of the program that inherit from a built-in type (class Config(dict)): an object holds a value of
// that type, which does whatever the class has no method for, and is what the object is where the type is
// wanted.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// Not a name that a program can write.
constexpr std::string_view kHeld = "(held)";

struct BuiltInBase {
  std::string_view name;
  Base base;
  bool immutable;
};
constexpr BuiltInBase kBases[] = {{"dict", Base::dict, false},
                                  {"list", Base::list, false},
                                  {"set", Base::set, false},
                                  {"frozenset", Base::frozenset, true},
                                  {"tuple", Base::many, true},
                                  {"str", Base::text, true},
                                  {"int", Base::integer, true},
                                  {"float", Base::real, true},
                                  {"OrderedDict", Base::dict, false},
                                  {"defaultdict", Base::dict, false},
                                  {"Counter", Base::opaque, false},
                                  {"deque", Base::opaque, false},
                                  {"ArgumentParser", Base::opaque, false}};

const BuiltInBase* built_in_base(std::string_view name) {
  const auto* row = std::ranges::find(kBases, name, &BuiltInBase::name);
  return row == std::end(kBases) ? nullptr : row;
}

constexpr std::pair<std::string_view, Op> kOperators[] = {
    {"__add__", Op::Add},    {"__sub__", Op::Sub},   {"__mul__", Op::Mult},          {"__truediv__", Op::Div},
    {"__mod__", Op::Mod},    {"__pow__", Op::Pow},   {"__floordiv__", Op::FloorDiv}, {"__or__", Op::BitOr},
    {"__and__", Op::BitAnd}, {"__xor__", Op::BitXor}};
constexpr std::pair<std::string_view, Op> kOrders[] = {
    {"__lt__", Op::Lt}, {"__le__", Op::LtE}, {"__gt__", Op::Gt}, {"__ge__", Op::GtE}};

}  // namespace

bool Translator::is_built_in_base(std::string_view name) { return built_in_base(name) != nullptr; }

/// The class has a built-in type among its bases.
bool Translator::holds_built_in(const ClassInfo& cls) const {
  return !cls.is_enum && !cls.is_exception && built_in_base(cls.builtin_base) != nullptr;
}

bool Translator::holds_immutable(const ClassInfo& cls) const {
  return holds_built_in(cls) && built_in_base(cls.builtin_base)->immutable;
}

/// The field for the value: of one type for the whole family.
void Translator::add_held(ClassInfo& cls) {
  FieldInfo& held = add_field(cls, kHeld);
  held.rust = "held_";
  const Base kind = built_in_base(cls.builtin_base)->base;
  if (known(held.type)) {
    if (base(held.type) != kind) refuse(*cls.node, "bases of several built-in types");
    return;
  }
  std::vector<TypeId> parts;
  if (kind == Base::opaque) {
    const int32_t number = Library::built_in().type_number(cls.builtin_base);
    for (size_t i = 0; i < Library::built_in().type(number).params.size(); ++i)
      parts.push_back(types_.fresh());
    return types_.flow(types_.make(kind, parts, number), held.type);
  }
  if (kind != Base::text && kind != Base::integer && kind != Base::real) parts.push_back(types_.fresh());
  if (kind == Base::dict) parts.push_back(types_.fresh());
  types_.flow(types_.make(kind, parts), held.type);
}

/// What an object holds before anything was put into it; nothing where that must be made first.
std::string Translator::held_default(const ClassInfo& cls) {
  const TypeId type = unwrapped({"this", cls.instance_type}, {}).type;
  if (cls.builtin_base == "ArgumentParser") return "";
  if (cls.builtin_base != "OrderedDict") return default_value(type);
  use("defaultdict");
  return strf("defaultdict::ordered({})", default_value(type));
}

/// The value that an object holds; other codes, and objects whose class has one of the methods, as they are.
Code Translator::unwrapped(const Code& code, std::initializer_list<std::string_view> unless) {
  if (!types_.is(code.type, Base::instance)) return code;
  ClassInfo& cls = *class_of(code.type);
  if (!holds_built_in(cls)) return code;
  for (const std::string_view name : unless) {
    for (const ClassInfo* member : cls.root->family)
      if (inherits(*member, cls) && find_method(*member, name) != nullptr) return code;
  }
  return {strf("{}.held_.get()", operand(code)), find_field(cls, kHeld)->type};
}

/// What the built-in type makes of the arguments, as the value of an object.
std::string Translator::held_value(const Node& node, ClassInfo& cls, const Arguments& args) {
  const TypeId type = find_field(cls, kHeld)->type;
  auto& made = held_calls_[node.number];
  if (made == nullptr) {
    made = tree_.make<ast::Call>(node.place);
    auto* name = tree_.make<ast::Name>(node.place);
    name->id = tree_.keep(cls.builtin_base);
    name->ctx = Ctx::Load;
    made->func = name;
    std::vector<Node*> words;
    const auto word = [&](std::string_view key, Node* value) {
      auto* keyword = tree_.make<ast::keyword>(node.place);
      keyword->arg = key;
      keyword->value = value;
      words.push_back(keyword);
    };
    for (const auto& [key, value] : args.keywords) word(key, value);
    if (args.double_star != nullptr) word("", args.double_star);
    made->keywords = tree_.copy(words);
  }
  Arguments given = args;
  if (cls.builtin_base == "ArgumentParser" && (args.star != nullptr || args.double_star != nullptr))
    return coerce(argparse_parser(*made, args), type);
  // dict(*args) of a method's own *args: the one that there is, or none.
  if (args.star != nullptr && args.positional.empty() && args.stars.size() == 1) {
    const Code all = expr(args.star);
    if (!known(all.type)) return default_value(type);
    const Code one{strf("{}.to_vec().into_iter().next().unwrap_or_default()", operand(all)),
                   types_.is(all.type, Base::many) ? types_.arg(all.type, 0) : value_};
    if (cls.builtin_base != "dict" || !types_.is(all.type, Base::many)) {
      refuse(node, strf("* in a call of {}", cls.builtin_base));
      return "()";
    }
    types_.make_value(types_.arg(all.type, 0));
    scopes_.push_back({.names = {}, .function = function_});
    const std::string text = strf("match {} {{ Value::None => Value::Dict(Dict::new()), x => x }}", one.text);
    given.positional = {stand_in(node, "\x01w", strf("({})", text), value_, 9)};
    given.star = nullptr;
    given.stars.clear();
    const Code value = dict_call(*made, given);
    scopes_.pop_back();
    types_.flow(value.type, type);
    return coerce(value, type);
  }
  if (args.star != nullptr) {
    refuse(node, strf("* in a call of {}", cls.builtin_base));
    return "()";
  }
  const auto of_library = [&]() -> std::optional<Code> {
    const std::string path =
        strf("{}.{}", cls.builtin_base == "ArgumentParser" ? "argparse" : "collections", cls.builtin_base);
    return call_module(*made, path, given);
  };
  const std::optional<Code> value =
      cls.builtin_base == "dict"        ? std::optional(dict_call(*made, given))
      : cls.builtin_base == "tuple"     ? std::optional(collect_call(*made, Base::many, given))
      : cls.builtin_base == "list"      ? std::optional(collect_call(*made, Base::list, given))
      : cls.builtin_base == "set"       ? std::optional(collect_call(*made, Base::set, given))
      : cls.builtin_base == "frozenset" ? std::optional(collect_call(*made, Base::frozenset, given))
      : std::isupper(static_cast<unsigned char>(cls.builtin_base[0])) != 0 || cls.builtin_base[0] == 'd'
          ? of_library()
          : std::optional(convert_call(*made, cls.builtin_base, given));
  types_.flow(value->type, type);
  return coerce(*value, type);
}

/// A new object of the class that holds what the arguments make.
Code Translator::held_object(const Node& node, ClassInfo& cls, const std::string& object,
                             const Arguments& args) {
  const TypeId type = container(node, Base::instance, {}, 6);
  types_.set_class(type, cls.number);
  const std::string held = temp("o");
  return {strf("{{ let {} = {}; {}.held_.set({}); {}{} }}", held, object, held, held_value(node, cls, args),
               parser_hook(cls, held), held),
          type};
}

/// A method of the built-in type, called of an object of the program: super().update(x), dict.update(self,
/// x).
Code Translator::held_method(const Node& node, const Code& object, std::string_view name,
                             const Arguments& args) {
  ClassInfo& cls = *class_of(object.type);
  const Code held = unwrapped(object, {});
  const auto& given = args.positional;
  if (name == "__init__") {
    if (holds_immutable(cls)) return {"()", none_};
    if (given.empty() && args.keywords.empty() && args.star == nullptr && args.double_star == nullptr &&
        cls.builtin_base != "ArgumentParser")
      return {"()", none_};
    const std::string set = strf("{}.held_.set({})", operand(object), held_value(node, cls, args));
    const std::string hook = parser_hook(cls, operand(object));
    return {hook.empty() ? set : strf("{{ {}; {} }}", set, hook), none_};
  }
  if (cls.builtin_base == "ArgumentParser" && name == "error" && args.positional.size() == 1) {
    // What the class above does, not the method of the program.
    return {attempt(strf("{}.say_error({}.as_str())", operand(held), coerce(expr(given[0]), text_))), none_,
            Form::owned, true, true};
  }
  if (auto found = special_method(node, held, name, args)) return *found;
  if (name.starts_with("__") && name != "__format__")
    return refuse(node, strf("{}.{}", cls.builtin_base, name));
  return call_method(node, held, name, args);
}

/// x.__len__() and the like of a built-in type; nothing for other names.
std::optional<Code> Translator::special_method(const Node& node, const Code& held, std::string_view name,
                                               const Arguments& args) {
  const auto& given = args.positional;
  if (given.empty()) {
    if (name == "__len__") return Code{strf("{}.py_len()", operand(held)), integer_};
    if (name == "__repr__") return Code{strf("{}.repr()", operand(held)), text_};
    if (name == "__str__") return Code{strf("{}.to_str()", operand(held)), text_};
    if (name == "__hash__") return Code{strf("{}.py_hash()", operand(held)), integer_};
    if (name == "__bool__") return Code{truth(held), boolean_, Form::owned, false};
    if (name == "__iter__")
      return Code{strf("PyIter::new({})", results_of(iterate_code(node, held))),
                  container(node, Base::iterator, {iterate_code(node, held).item}, 8)};
  }
  if (name == "__setitem__" && given.size() == 2) return held_item(node, held, name, args);
  if (given.size() != 1) return std::nullopt;
  if (name == "__getitem__" || name == "__delitem__") return held_item(node, held, name, args);
  if (name == "__contains__")
    return Code{contains(node, expr(given[0]), held, nullptr), boolean_, Form::owned, false};
  if (name == "__eq__" || name == "__ne__") {
    const std::string same = equal(node, held, unwrapped(expr(given[0]), {}));
    return Code{name == "__eq__" ? same : strf("!({})", same), boolean_, Form::owned, false};
  }
  for (const auto& [dunder, op] : kOperators)
    if (name == dunder) return binary(node, op, held, unwrapped(expr(given[0]), {}));
  for (const auto& [dunder, op] : kOrders)
    if (name == dunder)
      return Code{ordered(node, op, held, unwrapped(expr(given[0]), {})), boolean_, Form::owned, false};
  return std::nullopt;
}

Code Translator::held_item(const Node& node, const Code& held, std::string_view name, const Arguments& args) {
  const auto& given = args.positional;
  const size_t wanted = name == "__setitem__" ? 2 : 1;
  if (given.size() != wanted) return refuse(node, strf("arguments of {}", name));
  scopes_.push_back({.names = {}, .function = function_});
  auto& item = argument_subscripts_[node.number];
  if (item == nullptr) item = tree_.make<ast::Subscript>(node.place);
  item->value = stand_in(node, "\x01h", held.text, held.type, 0);
  item->slice = given[0];
  // x.__setitem__(slice(a, b), items)
  auto* part = try_as<ast::Call>(given[0]);
  auto* callee = part == nullptr ? nullptr : try_as<ast::Name>(part->func);
  if (callee != nullptr && callee->id == "slice" && lookup("slice") == nullptr && !part->args.empty() &&
      part->args.size() <= 3) {
    auto* slice = tree_.make<ast::Slice>(node.place);
    const auto bound = [&](size_t i) -> Node* {
      Node* at = i < part->args.size() ? part->args[i] : nullptr;
      auto* none = try_as<ast::Constant>(at);
      return none != nullptr && none->value.kind == ConstantKind::none ? nullptr : at;
    };
    const bool one = part->args.size() == 1;
    slice->lower = one ? nullptr : bound(0);
    slice->upper = one ? bound(0) : bound(1);
    slice->step = bound(2);
    item->slice = slice;
  }
  Code out{"()", none_};
  if (name == "__getitem__") {
    out = subscript(*item);
  } else if (name == "__setitem__") {
    const Code value = expr(given[1]);
    out.text = strf("{{ {} }}", captured([&] { store_subscript(*item, value); }));
  } else {
    auto* statement = tree_.make<ast::Delete>(node.place);
    Node* targets[] = {item};
    statement->targets = tree_.copy(std::vector<Node*>(std::begin(targets), std::end(targets)));
    out.text = strf("{{ {} }}", captured([&] { delete_statement(*statement); }));
  }
  scopes_.pop_back();
  return out;
}

/// object[key] of a dict with __missing__: what that gives for a key that is not there.
std::optional<Code> Translator::missing_item(const Node& node, const Code& object, Node* key) {
  if (!types_.is(object.type, Base::instance)) return std::nullopt;
  ClassInfo& cls = *class_of(object.type);
  FunctionInfo* method = find_method(cls, "__missing__");
  if (!holds_built_in(cls) || built_in_base(cls.builtin_base)->base != Base::dict || method == nullptr ||
      method->params.size() != 2 || find_method(cls, "__getitem__") != nullptr)
    return std::nullopt;
  method->called = true;
  const TypeId held = find_field(cls, kHeld)->type, result = cell(node, 9);
  const Code index = expr(key);
  types_.flow(index.type, types_.arg(held, 0));
  types_.flow(index.type, method->params[1].var->type);
  types_.flow(types_.arg(held, 1), result);
  types_.flow(method->ret, result);
  const std::string o = temp("o"), k = temp("k"), x = temp("x");
  const Code held_key{k, index.type, Form::place};
  return Code{
      strf("{{ let {} = {}; let {} = {}; match {}.held_.get().get({}) {{ Some({}) => {}, None => {} }} }}", o,
           own(object), k, own(index), o, ref_as(held_key, types_.arg(held, 0)), x,
           coerce({x, types_.arg(held, 1)}, result),
           coerce(fallible(strf("{}.{}({})", o, method_rust(cls, "__missing__"),
                                coerce(held_key, method->params[1].var->type)),
                           method->ret),
                  result)),
      result, Form::owned, false};
}

}  // namespace sov::transpiler
