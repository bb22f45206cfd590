// Types as Rust writes them, and what annotations say.
#include <utility>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

constexpr int kMaxDepth = 30;

std::string_view last_name(const Node* node) {
  if (node == nullptr) return {};
  if (node->kind == Kind::Name) return static_cast<const ast::Name*>(node)->id;
  if (node->kind == Kind::Attribute) return static_cast<const ast::Attribute*>(node)->attr;
  return {};
}

Nodes tuple_items(Node*& node) {
  if (auto* tuple = try_as<ast::Tuple>(node)) return tuple->elts;
  return {&node, 1};
}

}  // namespace

std::string Translator::rust_type(TypeId type, int depth) {
  if (depth > kMaxDepth) return "Value";
  const TypeCell& cell = types_.at(type);
  const auto arg = [&](size_t n) { return rust_type(cell.args[n], depth + 1); };
  switch (cell.base) {
    case Base::none:
      return "()";
    case Base::boolean:
      return "bool";
    case Base::integer:
      return "i64";
    case Base::big:
      return "Int";
    case Base::real:
      return "f64";
    case Base::text:
      return "Str";
    case Base::bytes:
      use("bytes");
      return "Bytes";
    case Base::list:
      return strf("List<{}>", arg(0));
    case Base::dict:
      return strf("Dict<{}, {}>", arg(0), arg(1));
    case Base::set:
      return strf("Set<{}>", arg(0));
    case Base::frozenset:
      return strf("FrozenSet<{}>", arg(0));
    case Base::many:
      return strf("Tuple<{}>", arg(0));
    case Base::range:
      return "glue::Range";
    case Base::iterator:
      return strf("PyIter<{}>", arg(0));
    case Base::coroutine:
      return strf("asyncio::Coro<{}>", arg(0));
    case Base::async_iterator:
      return strf("asyncio::AsyncIter<{}>", arg(0));
    case Base::option:
      return strf("Option<{}>", arg(0));
    case Base::exception:
      return "Exc";
    case Base::instance:
      return classes_[static_cast<size_t>(cell.id)]->root->rust;
    case Base::opaque: {
      const LibraryEntry& row = Library::built_in().type(cell.id);
      for (const std::string& module : row.uses) use(module);
      std::string args;
      for (size_t i = 0; i < cell.args.size(); ++i) args += strf("{}{}", i > 0 ? ", " : "", arg(i));
      return strf("rt::{}{}", row.body, args.empty() ? "" : strf("<{}>", args));
    }
    case Base::tuple: {
      std::string out = "(";
      for (size_t i = 0; i < cell.args.size(); ++i) out += strf("{}{}", i > 0 ? ", " : "", arg(i));
      return out + (cell.args.size() == 1 ? ",)" : ")");
    }
    case Base::function: {
      std::string out = "Fun<dyn Fn(";
      for (size_t i = 0; i + 1 < cell.args.size(); ++i) out += strf("{}{}", i > 0 ? ", " : "", arg(i));
      return strf("{}) -> Res<{}>>", out, arg(cell.args.size() - 1));
    }
    case Base::unknown:
    case Base::value:
      break;
  }
  use("value");
  return "Value";
}

std::string Translator::type_text(TypeId type, int depth) const {
  const TypeCell& cell = types_.at(type);
  if (depth > 6) return "...";
  std::string args;
  for (size_t i = 0; i < cell.args.size(); ++i)
    args += strf("{}{}", i > 0 ? ", " : "", type_text(cell.args[i], depth + 1));
  constexpr std::string_view kNames[] = {
      "?",        "None",     "bool",          "int",    "int",       "float",     "str",
      "bytes",    "list",     "dict",          "set",    "frozenset", "tuple",     "tuple",
      "range",    "iterator", "function",      "object", "exception", "coroutine", "async generator",
      "Optional", "Any",      "library object"};
  std::string name(kNames[static_cast<size_t>(cell.base)]);
  if (cell.base == Base::instance) name = classes_[static_cast<size_t>(cell.id)]->name;
  if (cell.base == Base::opaque) name = Library::built_in().type(cell.id).name;
  return args.empty() ? name : strf("{}[{}]", name, args);
}

bool Translator::is_copy(TypeId type, int depth) const {
  const TypeCell& cell = types_.at(type);
  if (depth > kMaxDepth) return false;
  switch (cell.base) {
    case Base::none:
    case Base::boolean:
    case Base::integer:
    case Base::real:
    case Base::range:
      return true;
    case Base::instance:
      return classes_[static_cast<size_t>(cell.id)]->is_enum;
    case Base::option:
    case Base::tuple:
      for (const TypeId arg : cell.args) {
        if (!is_copy(arg, depth + 1)) return false;
      }
      return true;
    default:
      return false;
  }
}

bool Translator::has_default(TypeId type, int depth) const {
  const TypeCell& cell = types_.at(type);
  if (depth > kMaxDepth) return false;
  switch (cell.base) {
    case Base::instance:
    case Base::exception:
    case Base::function:
    case Base::opaque:
    case Base::iterator:
    case Base::coroutine:
    case Base::async_iterator:
      return false;
    case Base::tuple:
      if (cell.args.size() > 10) return false;
      for (const TypeId arg : cell.args) {
        if (!has_default(arg, depth + 1)) return false;
      }
      return true;
    default:
      return true;
  }
}

std::string Translator::default_value(TypeId type) {
  switch (base(type)) {
    case Base::none:
      return "()";
    case Base::boolean:
      return "false";
    case Base::integer:
      return "0";
    case Base::real:
      return "0.0";
    case Base::option:
      return "None";
    default:
      return "Default::default()";
  }
}

/// A fresh cell of the type that an annotation names; unknown where it says nothing.
TypeId Translator::annotation_type(const Node* annotation, const Node& at) {
  if (annotation == nullptr) return types_.fresh();
  switch (annotation->kind) {
    case Kind::Name:
    case Kind::Attribute:
      return named_annotation(last_name(annotation), at);
    case Kind::Subscript:
      return subscript_annotation(static_cast<const ast::Subscript&>(*annotation), at);
    case Kind::Constant: {
      const ConstantValue& value = static_cast<const ast::Constant*>(annotation)->value;
      if (value.kind == ConstantKind::none) return types_.make(Base::none);
      if (value.kind == ConstantKind::text) return named_annotation(value.text, at);
      return types_.fresh();
    }
    case Kind::BinOp: {
      const auto& either = static_cast<const ast::BinOp&>(*annotation);
      const TypeId out = types_.fresh();
      types_.flow(annotation_type(either.left, at), out);
      types_.flow(annotation_type(either.right, at), out);
      return out;
    }
    default:
      return types_.fresh();
  }
}

/// The type that UserId = NewType("UserId", int) stands for; null for other variables.
Node* Translator::new_type(const Var* var) {
  auto* made =
      var == nullptr || var->assigns != 1 || var->value == nullptr ? nullptr : try_as<ast::Call>(var->value);
  if (made == nullptr || made->args.size() != 2 || module_path(*made->func) != "typing.NewType")
    return nullptr;
  return made->args[1];
}

TypeId Translator::named_annotation(std::string_view name, const Node& at) {
  if (name == "int") return types_.make(Base::integer);
  if (name == "float") return types_.make(Base::real);
  if (name == "bool") return types_.make(Base::boolean);
  if (name == "str") return types_.make(Base::text);
  if (name == "bytes") return types_.make(Base::bytes);
  if (name == "None") return types_.make(Base::none);
  if (name == "Any" || name == "object") return types_.make(Base::value);
  if (name == "list" || name == "List") return types_.make(Base::list, {types_.fresh()});
  if (name == "set" || name == "Set") return types_.make(Base::set, {types_.fresh()});
  if (name == "frozenset") return types_.make(Base::frozenset, {types_.fresh()});
  if (name == "dict" || name == "Dict" || name == "defaultdict" || name == "DefaultDict" ||
      name == "OrderedDict")
    return types_.make(Base::dict, {types_.fresh(), types_.fresh()});
  if (name == "tuple" || name == "Tuple") return types_.make(Base::many, {types_.fresh()});
  Var* var = lookup_from(function_, name);
  if (var != nullptr && var->is_class) {
    if (var->cls->typed_dict) return types_.make(Base::dict, {types_.make(Base::text), types_.fresh()});
    if (var->cls->is_exception) return types_.make(Base::exception, {}, var->cls->number);
    return types_.make(Base::instance, {}, var->cls->number);
  }
  if (var != nullptr && var->module_level && var->assigns == 1 && var->value != nullptr &&
      (var->value->kind == Kind::Subscript || var->value->kind == Kind::Name ||
       var->value->kind == Kind::BinOp)) {
    // An alias: Matrix = list[list[float]].
    Node* value = std::exchange(var->value, nullptr);  // it may name itself
    const TypeId type = annotation_type(value, at);
    var->value = value;
    return type;
  }
  if (Node* type = new_type(var)) return annotation_type(type, at);
  // A name of the program's own is none of the library's.
  const int32_t number = var == nullptr || !var->module.empty() ? Library::built_in().type_number(name) : -1;
  if (number >= 0) {
    std::vector<TypeId> args;
    for (size_t i = 0; i < Library::built_in().type(number).params.size(); ++i)
      args.push_back(types_.fresh());
    return types_.make(Base::opaque, std::move(args), number);
  }
  if (name.ends_with("Error") || name == "Exception") return types_.make(Base::exception, {}, -1);
  static_cast<void>(at);
  return types_.fresh();
}

TypeId Translator::subscript_annotation(const ast::Subscript& node, const Node& at) {
  const std::string_view name = last_name(node.value);
  Node* slice = node.slice;
  const Nodes items = tuple_items(slice);
  const auto item = [&](size_t n) {
    return n < items.size() ? annotation_type(items[n], at) : types_.fresh();
  };
  if (name == "list" || name == "List" || name == "Sequence" || name == "MutableSequence")
    return types_.make(Base::list, {item(0)});
  if (name == "set" || name == "Set") return types_.make(Base::set, {item(0)});
  if (name == "frozenset" || name == "FrozenSet") return types_.make(Base::frozenset, {item(0)});
  if (name == "dict" || name == "Dict" || name == "Mapping" || name == "MutableMapping" ||
      name == "defaultdict" || name == "DefaultDict" || name == "OrderedDict")
    return types_.make(Base::dict, {item(0), item(1)});
  if (name == "Optional") {
    const TypeId out = types_.fresh();
    types_.flow(item(0), out);
    types_.flow(none_, out);
    return out;
  }
  if (name == "Union") {
    const TypeId out = types_.fresh();
    for (size_t i = 0; i < items.size(); ++i) types_.flow(item(i), out);
    return out;
  }
  if (name == "tuple" || name == "Tuple") {
    auto* last = items.empty() ? nullptr : try_as<ast::Constant>(items.back());
    if (items.size() == 2 && last != nullptr && last->value.kind == ConstantKind::ellipsis)
      return types_.make(Base::many, {item(0)});
    std::vector<TypeId> parts;
    for (size_t i = 0; i < items.size(); ++i) parts.push_back(item(i));
    return types_.make(Base::tuple, std::move(parts));
  }
  if (name == "Iterator" || name == "Iterable" || name == "Generator")
    return types_.make(Base::iterator, {item(0)});
  if (name == "Callable" && items.size() == 2) {
    std::vector<TypeId> parts;
    if (auto* params = try_as<ast::List>(items[0])) {
      for (Node* param : params->elts) parts.push_back(annotation_type(param, at));
      // Callable[..., None]: what is given may give something all the same.
      auto* nothing = try_as<ast::Constant>(items[1]);
      const bool says_nothing = nothing != nullptr && nothing->value.kind == ConstantKind::none;
      parts.push_back(says_nothing ? types_.fresh() : item(1));
      return types_.make(Base::function, std::move(parts));
    }
    return types_.fresh();
  }
  if (name == "Final" || name == "ClassVar" || name == "Annotated") return item(0);
  if (name == "Literal") return types_.fresh();
  return named_annotation(name, at);
}

/// Where no value ever flows (functions nobody calls, lists nobody fills), annotations decide.
void Translator::apply_annotations() {
  const auto apply = [&](TypeId type, const Node* annotation, const Node& at, FunctionInfo* within) {
    if (annotation == nullptr) return;
    FunctionInfo* outer = function_;
    function_ = within;
    const TypeId wanted = annotation_type(annotation, at);
    // Unknown parts of a known type are filled as well: unify would overrule what was found, flow does not.
    const std::function<void(TypeId, TypeId, int)> fill = [&](TypeId to, TypeId from, int depth) {
      if (depth > 8) return;
      // A default of None alone: who calls it through a Value may give what the annotation says.
      if (!known(to) || (base(to) == Base::none && base(from) == Base::option)) return types_.flow(from, to);
      const TypeCell a = types_.at(to), b = types_.at(from);
      if (a.base == Base::option && b.base == Base::option) return fill(a.args[0], b.args[0], depth + 1);
      if (a.base != b.base || a.args.size() != b.args.size()) return;
      for (size_t i = 0; i < a.args.size(); ++i) fill(a.args[i], b.args[i], depth + 1);
    };
    fill(type, wanted, 0);
    function_ = outer;
  };
  for (const auto& function : functions_) {
    for (const Param& param : function->params) {
      if (param.kind == ParamKind::positional || param.kind == ParamKind::keyword_only)
        apply(param.var->type, param.var->annotation, *function->node, function->parent);
    }
    if (!function->generator)
      apply(result_type(*function), function->returns, *function->node, function->parent);
  }
  for (const auto& var : vars_) {
    if (!var->param && var->annotation != nullptr)
      apply(var->type, var->annotation, *var->annotation, var->owner);
  }
  for (const auto& cls : classes_) {
    for (const DataField& field : cls->data_fields) {
      if (FieldInfo* found = find_field(*cls, field.name))
        apply(found->type, field.annotation, *cls->node, cls->within);
    }
  }
}

}  // namespace sov::transpiler
