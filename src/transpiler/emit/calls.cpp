// Calls of functions, classes and methods of the program, and of values.
#include <algorithm>

#include "transpiler/emit/bound_names.h"
#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// Methods that only parsers of arguments have.
bool is_parser_method(std::string_view name) {
  constexpr std::string_view kNames[] = {"add_argument",       "parse_args",
                                         "parse_known_args",   "print_help",
                                         "print_usage",        "format_help",
                                         "format_usage",       "add_subparsers",
                                         "add_argument_group", "add_mutually_exclusive_group",
                                         "set_defaults"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

/// A name or a chain of attributes: evaluating it again gives the same.
bool evaluates_alike(const Node& node) {
  if (node.kind == Kind::Name) return true;
  return node.kind == Kind::Attribute && evaluates_alike(*static_cast<const ast::Attribute&>(node).value);
}

bool immutable_literal(const Node* node) {
  switch (node->kind) {
    case Kind::Constant:
    case Kind::Name:
    case Kind::Attribute:
    case Kind::JoinedStr:
      return true;
    case Kind::UnaryOp:
      return immutable_literal(static_cast<const ast::UnaryOp*>(node)->operand);
    case Kind::BinOp:
      return immutable_literal(static_cast<const ast::BinOp*>(node)->left) &&
             immutable_literal(static_cast<const ast::BinOp*>(node)->right);
    case Kind::Tuple:
      return std::ranges::all_of(static_cast<const ast::Tuple*>(node)->elts,
                                 [](Node* e) { return immutable_literal(e); });
    default:
      return false;
  }
}

}  // namespace

Node* Translator::Arguments::keyword(std::string_view name) const {
  for (const auto& [key, value] : keywords) {
    if (key == name) return value;
  }
  return nullptr;
}

Translator::Arguments Translator::arguments(const ast::Call& node) const {
  Arguments out;
  for (Node* arg : node.args) {
    if (auto* star = try_as<ast::Starred>(arg))
      out.star = star->value, out.stars.emplace_back(out.positional.size(), star->value);
    else
      out.positional.push_back(arg);
  }
  for (Node* item : node.keywords) {
    auto& keyword = as<ast::keyword>(*item);
    if (keyword.arg.empty())
      out.double_star = keyword.value;
    else
      out.keywords.emplace_back(keyword.arg, keyword.value);
  }
  return out;
}

Code Translator::call(ast::Call& node) {
  if (std::ranges::count_if(node.keywords, [](Node* k) { return as<ast::keyword>(*k).arg.empty(); }) > 1 &&
      module_path(*node.func).empty()) {
    auto* name = try_as<ast::Name>(node.func);
    if (name == nullptr || name->id != "dict") return refuse(node, "several ** in a call");
  }
  if (auto* callee = try_as<ast::Name>(node.func)) return call_name(node, callee->id);
  if (auto* generic = try_as<ast::Subscript>(node.func)) {
    // Box[int](..): the parameters of a generic class say nothing at run time.
    auto* callee = try_as<ast::Name>(generic->value);
    Var* var = callee != nullptr ? lookup(callee->id) : nullptr;
    const bool built_in = callee != nullptr && var == nullptr && builtin_type(callee->id);
    if (built_in || (var != nullptr && var->is_class && !var->cls->is_enum))
      return call_name(node, callee->id);
  }
  if (auto* callee = try_as<ast::Attribute>(node.func)) return call_attribute(node, *callee);
  return call_value(node, expr(node.func), arguments(node));
}

Code Translator::call_name(ast::Call& node, std::string_view name) {
  Var* var = lookup(name);
  const Arguments args = arguments(node);
  if (var == nullptr) {
    if (auto found = builtin(node, name, args)) return *found;
    if (is_never_bound(*tree_.module, name)) return expr(node.func);  // looked up before the arguments
    return refuse(node, strf("function {}", name), strf("'{}' is not known, or not translated", name));
  }
  if (var->is_class && var->cls != nullptr) return call_class(node, *var->cls, args);
  // UserId(5) of a NewType is 5.
  if (new_type(var) != nullptr && args.positional.size() == 1 && args.keywords.empty())
    return expr(args.positional[0]);
  if (var->is_function && var->function != nullptr && var->assigns <= 1) {
    if (needs_dynamic(node, *var->function, args, 0))
      return call_spread(dynamic_value(*var->function, "", nullptr), args, var->function->ret);
    return call_function(node, *var->function, args, var->function->rust, {});
  }
  if (!var->module.empty()) return call_module(node, var->module, args);
  if (ClassInfo* cls = class_parameter(var)) return call_class(node, *cls, args);
  return call_value(node, read_var(*var, *node.func), args);
}

Code Translator::call_attribute(ast::Call& node, ast::Attribute& callee) {
  const Arguments args = arguments(node);
  if (const std::string path = module_path(callee); !path.empty()) {
    // os.environ.get: a method of an object that the module holds.
    const std::string owner = module_path(*callee.value);
    const size_t dot = owner.rfind('.');
    const Library& library = Library::built_in();
    if (library.function(path) == nullptr && dot != std::string::npos &&
        library.attribute(owner.substr(0, dot), owner.substr(dot + 1)) != nullptr)
      return call_method(node, module_attribute(*callee.value, owner), callee.attr, args);
    return call_module(node, path, args);
  }
  if (auto* super = try_as<ast::Call>(callee.value)) {
    auto* name = try_as<ast::Name>(super->func);
    if (name != nullptr && name->id == "super" && lookup("super") == nullptr)
      return call_super(node, callee.attr, args);
  }
  if (auto* owner = try_as<ast::Name>(callee.value)) {
    Var* var = lookup(owner->id);
    ClassInfo* parameter = class_parameter(var);
    if (var != nullptr && (var->is_class || parameter != nullptr)) {
      ClassInfo& cls = parameter != nullptr ? *parameter : *var->cls;
      FunctionInfo* method = find_method(cls, callee.attr);
      if (method != nullptr && (method->is_static || method->is_classmethod) && callee.attr != "__new__")
        return call_function(node, *method, args,
                             strf("{}::{}", cls.root->rust, classmethod_name(*method, cls)), {});
      if (method != nullptr && !args.positional.empty()) {
        // Base.method(self, ...)
        const Code object = expr(args.positional[0]);
        Arguments rest = args;
        rest.positional.erase(rest.positional.begin());
        return call_function(node, *method, rest,
                             strf("{}.{}", operand(object), implementation_name(*method)), {});
      }
      if (callee.attr == "__new__" && !args.positional.empty()) return bare_object(node, args);
      if (cls.is_exception && callee.attr == "__init__" && !args.positional.empty()) return set_args_of(args);
      if (cls.named_tuple && callee.attr == "_make" && args.positional.size() == 1)
        return named_tuple_make(node, cls, args);
      if (callee.attr == "__subclasses__" && node.args.empty() && node.keywords.empty())
        return subclasses(node, cls);
      if (Var* class_var = find_class_var(cls, callee.attr))
        return call_value(node, read_var(*class_var, callee), args);
      return refuse(node, strf("{}.{}", cls.name, callee.attr));
    }
    if (var == nullptr) {
      if (is_builtin_exception(owner->id) && callee.attr == "__init__" && !args.positional.empty())
        return set_args_of(args);
      // dict.fromkeys and the like.
      const std::string path = strf("{}.{}", owner->id, callee.attr);
      if (callee.attr == "__new__" && !args.positional.empty() &&
          (owner->id == "object" || is_built_in_base(owner->id)))
        return bare_object(node, args);
      if (path == "object.__setattr__" && args.positional.size() == 3)
        return raw_setattr(node, need(expr(args.positional[0])), args.positional[1], args.positional[2]);
      if (path == "dict.fromkeys" && !args.positional.empty()) {
        const TypeId key = cell(node, 0), value = cell(node, 1);
        const std::string keys = as_keys(collected(args.positional[0], key), key);
        const Code fill = args.positional.size() > 1 ? expr(args.positional[1]) : Code{"()", none_};
        types_.flow(fill.type, value);
        return {strf("Dict::fromkeys({}, {})", keys, coerce(fill, value)),
                container(node, Base::dict, {key, value})};
      }
      // Eight bytes hold more than a 64-bit integer with its sign does.
      Node* data = args.positional.empty() ? args.keyword("bytes") : args.positional[0];
      const bool large = path == "int.from_bytes" && may_be_longer(data, 7, true);
      if (const LibraryEntry* entry = Library::built_in().function(large ? path + "_large" : path))
        return call_library(node, *entry, nullptr, args);
      if (auto found = unbound_method(node, owner->id, callee.attr, args)) return *found;
      if (builtin_type(owner->id) && owner->id != "object") return refuse(node, path);
    }
  }
  if (auto found = memo_method(node, callee)) return *found;
  if (callee.attr == "update") {
    if (auto found = dict_written(node, *callee.value, args)) return *found;
  }
  const auto global = global_named(*callee.value, args.positional.empty() ? nullptr : args.positional[0]);
  const Code object = global ? *global : expr(callee.value);
  receiver_ = callee.value;
  return call_method(node, object, callee.attr, args);
}

/// str.upper(text), set.union(*sets): methods of built-in types by the type's name.
std::optional<Code> Translator::unbound_method(const Node& node, std::string_view type, std::string_view name,
                                               const Arguments& args) {
  constexpr std::pair<std::string_view, Base> kTypes[] = {
      {"str", Base::text}, {"list", Base::list},           {"dict", Base::dict},
      {"set", Base::set},  {"frozenset", Base::frozenset}, {"bytes", Base::bytes}};
  const auto* row = std::ranges::find(kTypes, type, &std::pair<std::string_view, Base>::first);
  if (row == std::end(kTypes)) return std::nullopt;
  if (!args.positional.empty() && (args.star == nullptr || args.stars[0].first > 0)) {
    const Code object = need(expr(args.positional[0]));
    Arguments rest = args;
    rest.positional.erase(rest.positional.begin());
    for (auto& [before, star] : rest.stars) --before;
    if (base(object.type) == Base::instance && holds_built_in(*class_of(object.type)))
      return held_method(node, object, name, rest);
    if (base(object.type) != row->second) return std::nullopt;
    return call_method(node, object, name, rest);
  }
  const bool folds = name == "union" || name == "intersection";
  if (!folds || args.star == nullptr || args.stars.size() != 1 || !args.positional.empty())
    return std::nullopt;
  const Iteration sets = iterate(args.star);
  if (!known(sets.item)) return Code{"()", types_.fresh()};
  if (base(sets.item) != row->second) return std::nullopt;
  use("set");
  return fallible(strf("set::fold({}, \"{}.{}\", |a, b| a.{}(b))", collected_iteration(sets, sets.item), type,
                       name, name),
                  sets.item);
}

/// Rust expressions for the parameters after the first `skip`, or nothing when they cannot be matched.
std::optional<std::vector<std::string>> Translator::bind(const Node& node, FunctionInfo& function,
                                                         const Arguments& args, size_t skip) {
  std::vector<std::string> out;
  size_t next = 0;
  size_t used_keywords = 0;
  for (size_t i = skip; i < function.params.size(); ++i) {
    const Param& param = function.params[i];
    const TypeId type = param.var->type;
    if (param.kind == ParamKind::star) {
      const TypeId item = types_.arg(type, 0);
      std::vector<Node*> rest(
          args.positional.begin() + static_cast<ptrdiff_t>(std::min(next, args.positional.size())),
          args.positional.end());
      next = args.positional.size();
      std::string items;
      std::vector<Code> codes;
      for (Node* arg : rest) {
        codes.push_back(expr(arg));
        types_.flow(codes.back().type, item);
      }
      for (const Code& code : codes) items += strf("{}{}", items.empty() ? "" : ", ", coerce(code, item));
      if (args.star != nullptr) {
        const std::string spread = collected(args.star, item);
        out.push_back(rest.empty() ? strf("Tuple::from({})", spread)
                                   : strf("Tuple::from({})", extended(strf("vec![{}]", items), spread)));
      } else {
        out.push_back(strf("Tuple::from(vec![{}])", items));
      }
      continue;
    }
    if (param.kind == ParamKind::double_star) {
      std::string pairs;
      const TypeId item = types_.arg(type, 1);
      std::vector<std::pair<std::string_view, Code>> rest;
      for (const auto& [name, value] : args.keywords) {
        const bool named = std::ranges::any_of(function.params, [&](const Param& p) {
          return p.var->name == name && p.kind != ParamKind::star && p.kind != ParamKind::double_star;
        });
        if (named) continue;
        ++used_keywords;
        rest.emplace_back(name, expr(value));
        types_.flow(rest.back().second.type, item);
      }
      for (const auto& [name, code] : rest)
        pairs +=
            strf("{}({}, {})", pairs.empty() ? "" : ", ",
                 coerce({strf("Str::lit(\"{}\")", name), text_}, types_.arg(type, 0)), coerce(code, item));
      if (args.double_star != nullptr) {
        const Code spread = expr(args.double_star);
        types_.unify(spread.type, type);
        const std::string copy = strf("{}.copy()", operand(spread)), made = temp("d");
        out.push_back(pairs.empty() ? copy
                                    : strf("{{ let {} = {}; {}.extend(vec![{}]); {} }}", made, copy, made,
                                           pairs, made));
      } else {
        out.push_back(pairs.empty() ? "Dict::new()" : strf("Dict::from(vec![{}])", pairs));
      }
      continue;
    }
    Node* value = nullptr;
    if (param.kind == ParamKind::positional && next < args.positional.size())
      value = args.positional[next++];
    else if ((value = args.keyword(param.var->name)) != nullptr)
      ++used_keywords;
    if (value != nullptr) {
      Code code = value->kind == Kind::Lambda ? lambda(as<ast::Lambda>(*value), nullptr) : expr(value);
      types_.flow(code.type, type);
      out.push_back(coerce(code, type));
    } else if (args.star != nullptr && param.kind == ParamKind::positional) {
      // f(*items) for a function of fixed parameters: all that are left come from the sequence.
      // f(*pair, step=2): those that are named come from their keywords.
      size_t left = 0, needed = 0;
      for (size_t j = i; j < function.params.size(); ++j) {
        const Param& one = function.params[j];
        if (one.kind != ParamKind::positional || args.keyword(one.var->name) != nullptr) break;
        ++left;
        if (one.fallback == nullptr) needed = left;
      }
      const Code sequence = expr(args.star);
      if (const TypeCell& items = types_.at(sequence.type);
          items.base == Base::tuple && items.args.size() >= needed && items.args.size() < left)
        left = items.args.size();
      if (!known(sequence.type)) {
        for (size_t j = 0; j < left; ++j) out.emplace_back("()");
        i += left - 1;
        continue;
      }
      const TypeCell shape = types_.at(sequence.type);
      if (shape.base == Base::tuple && shape.args.size() == left) {
        if (final_ && !evaluates_alike(*args.star))
          refuse(node, "call with *tuple",
                 "a call with * of a tuple made behind arguments that call is not translated");
        for (size_t j = 0; j < left; ++j) {
          types_.flow(shape.args[j], function.params[i + j].var->type);
          out.push_back(coerce({strf("{}.{}", operand(sequence), j), shape.args[j], Form::place},
                               function.params[i + j].var->type));
        }
      } else {
        const TypeId item = iterate_code(node, sequence).item;
        for (size_t j = 0; j < left; ++j) {
          types_.flow(item, function.params[i + j].var->type);
          const std::string all =
              attempt(strf("glue::spread({}, {}, {}, \"{}\")", collected_code(node, sequence, item), needed,
                           left, function.name));
          out.push_back(coerce({strf("{}[{}].clone()", all, j), item}, function.params[i + j].var->type));
        }
        if (final_ && (needed != left || !evaluates_alike(*args.star) || left > 4))
          refuse(node, "call with *list", "a call with * of a list for fixed parameters is not translated");
      }
      i += left - 1;
    } else if (param.fallback != nullptr) {
      out.push_back(default_argument(function, param));
    } else {
      if (final_)
        refuse(node, "missing argument",
               strf("the call of '{}' has no argument for '{}'", function.name, param.var->name));
      return std::nullopt;
    }
  }
  if (next < args.positional.size() || used_keywords < args.keywords.size()) {
    if (final_)
      refuse(node, "too many arguments",
             strf("the call of '{}' has arguments that it does not take", function.name));
    return std::nullopt;
  }
  if (args.double_star != nullptr &&
      (function.params.empty() || function.params.back().kind != ParamKind::double_star))
    refuse(node, "call with **", "a call with ** is translated only for functions with **");
  return out;
}

/// A default is evaluated once, when the function is defined; only what can change needs to be kept.
std::string Translator::default_argument(FunctionInfo& function, const Param& param) {
  FunctionInfo* caller = function_;
  auto scopes = std::move(scopes_);
  scopes_.clear();
  function_ = function.parent;
  // What is made once is made in a closure.
  const bool once = !immutable_literal(param.fallback) && function.parent == nullptr;
  auto frames = error_frames_;
  if (once) error_frames_.clear();
  const Code code = expr(param.fallback);
  types_.flow(code.type, param.var->type);
  std::string out = coerce(code, param.var->type);
  error_frames_ = std::move(frames);
  if (once) {
    const std::string name =
        strf("DEFAULT_{}{}_{}", function.cls != nullptr ? strf("{}_", function.cls->rust) : "", function.rust,
             param.var->rust);
    declare_static(name, param.var->type);
    out = attempt(strf("glue::default(&{}, || Ok({}))", name, out));
  }
  function_ = caller;
  scopes_ = std::move(scopes);
  return out;
}

void Translator::declare_static(const std::string& name, TypeId type) {
  statics_set_[name] =
      strf("    static {}: Global<{}> = const {{ Global::new() }};\n", name, rust_type(type));
}

Code Translator::call_function(const Node& node, FunctionInfo& function, const Arguments& args,
                               const std::string& callee, const std::vector<std::string>& leading) {
  function.called = true;
  const size_t skip = function.cls != nullptr && !function.is_static && !function.params.empty() ? 1 : 0;
  // f(*made()): the tuple is made once, then its items are given.
  if (args.stars.size() == 1 && !evaluates_alike(*args.star) &&
      std::ranges::none_of(function.params, [](const Param& p) { return p.kind == ParamKind::star; })) {
    const auto with_items = [&](const Arguments& all) {
      return call_function(node, function, all, callee, leading);
    };
    if (auto made = spread_call(node, args, with_items)) return *made;
  }
  auto bound = bind(node, function, args, skip);
  if (!bound) return {"()", function.ret};
  const std::string first = in_given_order(function, args, skip, *bound);
  if (!first.empty()) {
    Code made = call_bound(function, callee, leading, *bound);
    made.text = strf("{{ {}{} }}", first, made.text);
    return made;
  }
  return call_bound(function, callee, leading, *bound);
}

/// Keywords are evaluated as they are written: where parameters are declared in another order, the arguments
/// become variables, and this is the text that declares them.
std::string Translator::in_given_order(const FunctionInfo& function, const Arguments& args, size_t skip,
                                       std::vector<std::string>& bound) {
  if (args.star != nullptr || args.double_star != nullptr || bound.size() + skip != function.params.size())
    return "";
  size_t calling = 0;
  bool sorted = true;
  std::vector<size_t> order;
  const auto place = [&](std::string_view name) {
    const auto at =
        std::ranges::find_if(function.params, [&](const Param& p) { return p.var->name == name; });
    return static_cast<size_t>(at - function.params.begin());
  };
  for (const auto& [name, value] : args.keywords) {
    const size_t at = place(name);
    if (at < skip || at >= function.params.size()) return "";
    calling += calls(*value);
    sorted = sorted && (order.empty() || order.back() < at - skip);
    order.push_back(at - skip);
  }
  if (sorted || calling < 2) return "";
  for (size_t i = bound.size(); i-- > 0;) {  // those given by position, before
    if (std::ranges::find(order, i) == order.end()) order.insert(order.begin(), i);
  }
  std::string out;
  for (const size_t i : order) {
    if (is_inert(bound[i])) continue;
    const std::string held = temp("k");
    out += strf("let {} = {}; ", held, bound[i]);
    bound[i] = held;
  }
  return out;
}

Code Translator::call_bound(FunctionInfo& function, const std::string& callee,
                            const std::vector<std::string>& leading, const std::vector<std::string>& bound) {
  std::string text;
  for (const auto* part : {&leading, &bound})
    for (const std::string& arg : *part) text += strf("{}{}", text.empty() ? "" : ", ", arg);
  for (Var* var : function.captures) text += strf("{}{}", text.empty() ? "" : ", ", captured_argument(*var));
  if (!function.raises) return {strf("{}({})", callee, text), function.ret};
  return fallible(strf("{}({})", callee, text), function.ret);
}

std::string Translator::captured_argument(Var& var) {
  if (var.shared) return strf("{}.clone()", var.rust);
  const bool inside = function_ != var.owner;
  if (var.slot && !inside) return own(bound_variable(var));
  return own({var.rust, var.type, var.reference ? Form::reference : Form::place});
}

Code Translator::call_class(const Node& node, ClassInfo& cls, const Arguments& args) {
  if (cls.typed_dict) return dict_call(node, args);
  if (FunctionInfo* make = cls.is_enum || cls.is_exception ? nullptr : find_method(cls, "__new__"))
    return call_new(node, cls, *make, args);
  FunctionInfo* maker = cls.is_enum ? nullptr : find_method(cls, "__init__");
  const bool holds = holds_built_in(cls) && maker == nullptr;
  if (maker != nullptr ? needs_dynamic(node, *maker, args, 1)
      : holds          ? false
                       : !args.stars.empty() || args.double_star != nullptr) {
    const TypeId type = container(node, cls.is_exception ? Base::exception : Base::instance, {}, 6);
    types_.set_class(type, cls.number);
    return call_spread(class_value(cls).text, args, type);
  }
  if (cls.is_enum) {
    if (args.positional.size() != 1) return refuse(node, "enum call");
    const Code value = expr(args.positional[0]);
    if (types_.same(value.type, cls.instance_type)) return value;
    return fallible(strf("{}::of_value({})", cls.rust, ref_as(value, cls.enum_value)), cls.instance_type);
  }
  if (cls.is_exception) {
    const TypeId type = container(node, Base::exception, {}, 6);
    types_.set_class(type, cls.number);
    FunctionInfo* init = find_method(cls, "__init__");
    if (init == nullptr && !cls.dataclass) {
      std::string list;
      for (Node* arg : args.positional)
        list += strf("{}{}", list.empty() ? "" : ", ", exception_argument(expr(arg)));
      if (cls.root->fields.empty() && find_method(cls, "__str__") == nullptr)
        return {strf("exc::with_args(&CLASS_{}, vec![{}])", cls.rust, list), type};
      return fallible(strf("new_{}(vec![{}])", cls.rust, list), type);
    }
    if (init == nullptr) return refuse(node, "dataclass exception");
    Code made = call_function(node, *init, args, strf("new_{}", cls.rust), {});
    made.type = type;
    return made;
  }
  const TypeId type = container(node, Base::instance, {}, 6);
  types_.set_class(type, cls.number);
  FunctionInfo* init = find_method(cls, "__init__");
  const bool data = std::ranges::any_of(cls.mro, [](const ClassInfo* up) { return up->dataclass; });
  if (init == nullptr && data) return construct_data(node, cls, args);
  if (const std::string missing = abstract_methods(cls); !missing.empty())
    return {
        attempt(strf("Err::<{}, Exc>(exc::new(&exc::TypeError, \"Can't instantiate abstract class {} with "
                     "abstract method{}\"))",
                     rust_type(type), cls.name, missing)),
        type, Form::owned, true, true};
  const std::string constructor =
      strf("{}::{}", cls.root->rust, cls.root->family.size() > 1 ? strf("new_{}", cls.rust) : "new");
  if (init == nullptr) {
    const bool given = !args.positional.empty() || !args.keywords.empty() || !args.stars.empty() ||
                       args.double_star != nullptr;
    if (given && holds) return held_object(node, cls, strf("{}()", constructor), args);
    if (given) return refuse(node, "arguments for a class without __init__");
    return {strf("{}()", constructor), type};
  }
  // A text or number is there before __init__ runs.
  std::vector<std::string> value;
  if (holds_immutable(cls)) value.push_back(held_value(node, cls, args));
  Code made = call_function(node, *init, args, constructor, value);
  made.type = type;
  return made;
}

/// Fields in order, those of the bases first; with the InitVars where `init_vars` is set.
std::vector<const DataField*> Translator::all_data_fields(const ClassInfo& cls, bool init_vars) const {
  std::vector<const DataField*> out;
  for (size_t i = cls.mro.size(); i-- > 0;) {
    if (!cls.mro[i]->dataclass) continue;
    for (const DataField& field : cls.mro[i]->data_fields) {
      if (field.init_var && !init_vars) continue;
      const auto same = std::ranges::find_if(
          out, [&](const DataField* known_field) { return known_field->name == field.name; });
      if (same != out.end())
        *same = &field;
      else
        out.push_back(&field);
    }
  }
  return out;
}

/// The parameter of __post_init__ that an InitVar goes to, or null.
Var* Translator::init_variable(const ClassInfo& cls, const DataField& field) const {
  FunctionInfo* post = find_method(cls, "__post_init__");
  size_t index = 1;
  for (const DataField* other : all_data_fields(cls, true)) {
    if (other == &field) break;
    index += other->init_var;
  }
  return post == nullptr || index >= post->params.size() ? nullptr : post->params[index].var;
}

Code Translator::construct_data(const Node& node, ClassInfo& cls, const Arguments& args) {
  const std::vector<const DataField*> fields = all_data_fields(cls, true);
  std::string text;
  size_t next = 0, used = 0;
  if (args.star != nullptr || args.double_star != nullptr) return refuse(node, "dataclass call with *");
  for (const DataField* field : fields) {
    Var* variable = field->init_var ? init_variable(cls, *field) : nullptr;
    if (field->init_var && variable == nullptr)
      return refuse(node, "InitVar without a parameter of __post_init__");
    const TypeId wanted = variable != nullptr ? variable->type : add_field(cls, field->name).type;
    if (!field->in_init) continue;
    Node* value = nullptr;
    if (!field->keyword_only && next < args.positional.size())
      value = args.positional[next++];
    else if ((value = args.keyword(field->name)) != nullptr)
      ++used;
    std::string part;
    if (value != nullptr) {
      const Code code = expr(value);
      types_.flow(code.type, wanted);
      part = coerce(code, wanted);
    } else if (field->fallback != nullptr) {
      part = data_default(node, *field, wanted);
    } else {
      if (final_)
        return refuse(node, "missing argument", strf("'{}' has no value for '{}'", cls.name, field->name));
    }
    text += strf("{}{}", text.empty() ? "" : ", ", part);
  }
  if (next < args.positional.size() || used < args.keywords.size()) {
    if (final_)
      return refuse(node, "too many arguments",
                    strf("the call of '{}' has arguments that it does not take", cls.name));
  }
  const TypeId type = container(node, Base::instance, {}, 6);
  types_.set_class(type, cls.number);
  return fallible(strf("{}::{}({})", cls.root->rust,
                       cls.root->family.size() > 1 ? strf("new_{}", cls.rust) : "new", text),
                  type);
}

/// Exception.__init__(self, ..)
Code Translator::set_args_of(const Arguments& args) {
  const Code self = expr(args.positional[0]);
  std::string list;
  for (size_t i = 1; i < args.positional.size(); ++i)
    list += strf("{}{}", list.empty() ? "" : ", ", exception_argument(expr(args.positional[i])));
  return {strf("{}.set_args(vec![{}])", operand(self), list), none_};
}

/// The default of a data class's field, or what its factory makes.
std::string Translator::data_default(const Node& node, const DataField& field, TypeId type) {
  if (!field.factory) {
    const Code code = expr(field.fallback);
    types_.flow(code.type, type);
    return coerce(code, type);
  }
  const Code made = made_by(node, field.fallback);
  types_.flow(made.type, type);
  return coerce(made, type);
}

/// Calls whatever expression names a function or class.
Code Translator::call_callable(const Node& node, Node* callee, const Arguments& args) {
  if (auto* name = try_as<ast::Name>(callee)) {
    Var* var = lookup(name->id);
    if (var != nullptr && var->is_class) return call_class(node, *var->cls, args);
    if (var != nullptr && var->is_function && var->function != nullptr && var->assigns <= 1)
      return call_function(node, *var->function, args, var->function->rust, {});
    if (var != nullptr && !var->module.empty()) return call_module(node, var->module, args);
  }
  if (const std::string path = module_path(*callee); !path.empty()) return call_module(node, path, args);
  return call_value(node, expr(callee), args);
}

std::string Translator::exception_argument(const Code& code) {
  switch (base(code.type)) {
    case Base::text:
    case Base::integer:
    case Base::real:
    case Base::boolean:
      return strf("exc::Arg::from({})", own(code));
    case Base::none:
      return "exc::Arg::None";
    case Base::big:
    case Base::value:
    case Base::bytes:
    case Base::list:
    case Base::dict:
    case Base::set:
    case Base::frozenset:
    case Base::tuple:
    case Base::many:
    case Base::range:
    case Base::opaque:
    case Base::exception:
      return strf("called::argument({})", to_value(code).text);
    case Base::option: {
      const std::string x = temp("x");
      return strf("match {} {{ Some({}) => {}, None => exc::Arg::None }}", own(code), x,
                  exception_argument({x, types_.arg(code.type, 0)}));
    }
    default:
      return strf("exc::Arg::obj({})", own(code));
  }
}

/// A built-in exception: ValueError("message").
Code Translator::call_exception(const Node& node, std::string_view name, const Arguments& args) {
  const TypeId type = exception_;
  if (args.star != nullptr)
    return {strf("exc::with_args(&exc::{}, {}.into_iter().map(called::argument).collect())", name,
                 dynamic_arguments(args).first),
            type};
  if (name == "SystemExit" && args.positional.empty()) return {"sys::exit_none()", type};
  if (args.positional.empty()) return {strf("exc::bare(&exc::{})", name), type};
  if (args.positional.size() == 1) {
    const Code message = expr(args.positional[0]);
    if (types_.is(message.type, Base::text))
      return {strf("exc::new(&exc::{}, {})", name, own(message)), type};
    return {strf("exc::with_args(&exc::{}, vec![{}])", name, exception_argument(message)), type};
  }
  std::string list;
  for (Node* arg : args.positional)
    list += strf("{}{}", list.empty() ? "" : ", ", exception_argument(expr(arg)));
  static_cast<void>(node);
  return {strf("exc::with_args(&exc::{}, vec![{}])", name, list), type};
}

Code Translator::call_method(const Node& node, const Code& object_or_none, std::string_view name,
                             const Arguments& args) {
  Code object = types_.is(object_or_none.type, Base::option) ? need(object_or_none, name) : object_or_none;
  if (name == "isdisjoint" && receiver_ != nullptr) object = view_as_set(receiver_, object);
  std::optional<Code> found;
  const bool built_in = base(object.type) == Base::list || base(object.type) == Base::dict ||
                        (base(object.type) == Base::text && name != "format");
  if (built_in && args.star != nullptr) {
    if ((found = spread_call(node, args,
                             [&](const Arguments& all) { return call_method(node, object, name, all); })))
      return *found;
    return refuse(node, strf("* in a call of {}.{}", type_text(object.type), name));
  }
  constexpr Base kPlain[] = {Base::list, Base::dict, Base::set,     Base::frozenset, Base::many,
                             Base::text, Base::real, Base::integer, Base::tuple};
  if (name.starts_with("__") && std::ranges::find(kPlain, base(object.type)) != std::end(kPlain)) {
    if ((found = special_method(node, object, name, args))) return *found;
  }
  switch (base(object.type)) {
    case Base::unknown:
      for (Node* arg : args.positional) expr(arg);
      return {"()", types_.fresh()};
    case Base::value:
      if (is_parser_method(name) && used_.contains("argparse") &&
          std::ranges::none_of(classes_, [&](const auto& cls) { return cls->methods.contains(name); })) {
        // A parser, or a group of arguments: the run knows.
        use("argparse_words");
        std::map<std::string, TypeId> bound;
        const TypeId parser = signature_type({.name = "ArgumentParser", .args = {}}, bound, node, "parser");
        const char* inside = name == "add_argument" ? "taker" : "parser_of";
        const std::string held = attempt(strf("argparse_words::{}({})", inside, ref(object)));
        return call_argparse(node, {held, parser}, name, args);
      }
      return call_dynamic(node, object, name, args);
    case Base::none:
      return raising("AttributeError", strf("'NoneType' object has no attribute '{}'", name));
    case Base::list:
      if (args.star != nullptr || args.double_star != nullptr)
        return refuse(node, strf("list.{} with *", name));
      found = list_method(node, object, name, args);
      break;
    case Base::dict:
      if (args.star != nullptr || (args.double_star != nullptr && name != "update"))
        return refuse(node, strf("dict.{} with *", name));
      found = dict_method(node, object, name, args);
      break;
    case Base::set:
    case Base::frozenset:
      found = set_method(node, object, name, args);
      break;
    case Base::text:
      if (name == "maketrans") return call_module(node, "str.maketrans", args);  // "".maketrans(..)
      found = str_method(node, object, name, args);
      break;
    case Base::iterator:
      found = iterator_method(node, object, name, args);
      break;
    case Base::coroutine:
      found = coroutine_method(object, name, args);
      break;
    case Base::function:
      types_.make_value(object.type);
      return {"()", types_.fresh()};
    case Base::instance:
    case Base::exception: {
      ClassInfo* cls = class_of(object.type);
      if (cls == nullptr) {
        if (name == "with_traceback") return object;
        break;
      }
      FunctionInfo* method = find_method(*cls, name);
      for (ClassInfo* member : cls->root->family) {
        if (method == nullptr) method = find_method(*member, name);
      }
      if (method != nullptr && (method->is_static || method->is_classmethod))
        return call_function(node, *method, args, static_callee(object, name, *method), {});
      if (Var* var = method == nullptr ? find_class_var(*cls, name) : nullptr;
          var != nullptr && var->method != nullptr)
        return call_method_variable(object, *var, args);
      if (method != nullptr && !method->is_property && cls != nullptr && !cls->is_exception &&
          needs_dynamic(node, *method, args, 1))
        return call_spread(dynamic_value(*method, own(object), cls), args, method->ret);
      if (method != nullptr && !method->is_property && cls->is_exception)
        return by_exception_class(node, object, *cls, name, [&](ClassInfo& member, const Code& self) {
          FunctionInfo* own_method = find_method(member, name);
          return call_function(node, own_method != nullptr ? *own_method : *method, args,
                               strf("{}.{}", operand(self), method_rust(member, name)), {});
        });
      if (method != nullptr && !method->is_property)
        return call_function(node, *method, args, strf("{}.{}", operand(object), method_rust(*cls, name)),
                             {});
      if (find_field(*cls, name) != nullptr || (method != nullptr && method->is_property) ||
          find_class_var(*cls, name) != nullptr ||
          (method == nullptr && !holds_built_in(*cls) &&
           (has_open_names(*cls) ||
            (find_method(*cls, "__getattr__") != nullptr && !name.starts_with("__")))))
        return call_value(node, instance_attribute(node, object, name), args);
      if (is_named_tuple(object)) {
        if (auto special = named_tuple_method(node, object, name, args)) return *special;
      }
      if (cls->is_enum && cls->str_enum)
        return call_method(node, {strf("{}.value()", operand(object)), text_}, name, args);
      if (holds_built_in(*cls)) return held_method(node, object, name, args);
      if (!final_) return {"()", types_.fresh()};
      return refuse(node, strf("method {}", name), strf("'{}' has no method '{}'", cls->name, name));
    }
    default:
      break;
  }
  if (found) return *found;
  const Library& library = Library::built_in();
  if (is_library_type(object.type, "ExitStack")) {
    if ((found = exit_stack_method(node, object, name, args))) return *found;
  }
  if (base(object.type) == Base::opaque && library.type(types_.at(object.type).id).name == "Counter") {
    if ((found = counter_method(node, object, name, args))) return *found;
  }
  std::string type;
  switch (base(object.type)) {
    case Base::opaque:
      type = library.type(types_.at(object.type).id).name;
      break;
    case Base::text:
      type = "str";
      break;
    case Base::bytes:
      type = "bytes";
      break;
    case Base::big:
      if (name == "bit_length" || name == "bit_count")
        return {strf("{}.{}()", operand(object), name), integer_};
      if (name == "to_bytes")
        return call_library(node, *Library::built_in().method("big", name), &object, args);
      return call_method(node, {as_int(object), integer_}, name, args);
    case Base::integer:
      type = "int";
      break;
    case Base::real:
      type = "float";
      break;
    case Base::many:
    case Base::tuple:
      type = "tuple";
      break;
    case Base::list:
      type = "list";
      break;
    case Base::dict:
      type = "dict";
      break;
    case Base::set:
      type = "set";
      break;
    default:
      type = type_text(object.type);
      break;
  }
  if (is_namespace(object.type) && library.method(type, name) == nullptr)
    return call_namespace(node, object, name, args);
  if (type == "ArgumentParser" || type == "Subparsers" || type == "ArgumentGroup")
    return call_argparse(node, object, name, args);
  const std::string row = chosen_row(node, strf("{}.{}", type, name), receiver_, args);
  if (const LibraryEntry* entry = library.method(type, std::string_view(row).substr(type.size() + 1)))
    return call_library(node, *entry, &object, args);
  if (base(object.type) == Base::tuple && (name == "index" || name == "count")) {
    const TypeId item = cell(node, 3);
    for (const TypeId part : types_.at(object.type).args) types_.flow(part, item);
    const TypeId many = container(node, Base::many, {item}, 4);
    return call_method(node, {coerce(object, many), many}, name, args);
  }
  if (base(object.type) == Base::many && !args.positional.empty() && (name == "index" || name == "count")) {
    const Code needle = expr(args.positional[0]);
    types_.flow(needle.type, types_.arg(object.type, 0));
    const std::string text =
        strf("{}.{}({}{})", operand(object), name, ref_as(needle, types_.arg(object.type, 0)),
             name == "index" ? ", None, None" : "");
    return name == "index" ? fallible(text, integer_) : Code{text, integer_};
  }
  if (!final_ && !known(object.type)) return {"()", types_.fresh()};
  return refuse(node, strf("{}.{}", type, name), strf("the method '{}' of {} is not translated", name, type));
}

}  // namespace sov::transpiler
