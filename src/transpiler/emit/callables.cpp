// Functions, methods and classes as values, calls of values, and decorators.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

constexpr std::string_view kBuiltinTypes[] = {"int",   "str", "float", "bool",      "list",  "dict",
                                              "tuple", "set", "bytes", "frozenset", "object"};
constexpr std::string_view kBuiltinFunctions[] = {
    "len",  "abs",  "repr",     "round", "sum", "pow", "divmod",   "any", "all", "min", "max",  "sorted",
    "iter", "next", "reversed", "hash",  "ord", "chr", "callable", "hex", "oct", "bin", "print"};

}  // namespace

bool Translator::builtin_type(std::string_view name) const {
  return std::ranges::find(kBuiltinTypes, name) != std::end(kBuiltinTypes);
}

/// A built-in type, function or exception as a value; nothing for other names.
std::optional<Code> Translator::builtin_value(std::string_view name) {
  use("value");
  if (builtin_type(name) || name == "type") {
    use("types");
    setup_.insert("rt::called::built_in(rt::builtin_values::make);");
    return Code{strf("Value::Type(&rt::types::{})", name == "type" ? "type_" : name), value_};
  }
  if (is_builtin_exception(name))
    return Code{strf("Value::Type(&exc::{})", name == "IOError" ? "OSError" : name), value_};
  if (std::ranges::find(kBuiltinFunctions, name) != std::end(kBuiltinFunctions))
    return Code{strf("builtin_values::function(\"{}\")", name), value_};
  return std::nullopt;
}

// --- Arguments that are matched when the call runs ---

/// The Shape of a function for the runtime, after the first `skip` parameters.
std::string Translator::shape_text(std::string_view name, const std::vector<Param>& params, size_t skip) {
  std::string names, optional;
  size_t positional = 0;
  bool star = false, rest = false;
  for (size_t i = skip; i < params.size(); ++i) {
    const Param& param = params[i];
    star = star || param.kind == ParamKind::star;
    rest = rest || param.kind == ParamKind::double_star;
    if (param.kind == ParamKind::star || param.kind == ParamKind::double_star) continue;
    positional += param.kind == ParamKind::positional;
    names += strf("{}\"{}\"", names.empty() ? "" : ", ", param.var->name);
    optional += strf("{}{}", optional.empty() ? "" : ", ", param.fallback != nullptr);
  }
  return strf(
      "called::Shape {{ name: \"{}\", params: &[{}], positional: {}, optional: &[{}], star: {}, rest: {} }}",
      name, names, positional, optional, star, rest);
}

/// Rust arguments out of `b_`, which called::bind made. Parameters become Values when `open` is set.
std::string Translator::bound_arguments(FunctionInfo& function, size_t skip, bool open, size_t index) {
  std::string out;
  for (size_t i = skip; i < function.params.size(); ++i) {
    const Param& param = function.params[i];
    std::string one;
    if (param.kind == ParamKind::star) {
      types_.make_value(types_.arg(param.var->type, 0));
      one = "Tuple::from(std::mem::take(&mut b_.star))";
    } else if (param.kind == ParamKind::double_star) {
      types_.make_value(types_.arg(param.var->type, 1));
      one = types_.is(types_.arg(param.var->type, 0), Base::text)
                ? "Dict::from(std::mem::take(&mut b_.rest))"
                : "Dict::from(b_.rest.drain(..).map(|(k, v)| (Value::Str(k), v)).collect::<Vec<_>>())";
    } else {
      if (open) types_.make_value(param.var->type);
      const bool any = types_.is(param.var->type, Base::value) || !known(param.var->type);
      const auto converted = [&](const std::string& text) {
        return any ? text : strf("<{}>::from_value(&{})?", rust_type(param.var->type), text);
      };
      if (!any) use("convert");
      one = param.fallback == nullptr ? converted(strf("b_.take({})", index))
                                      : strf("match b_.given({}) {{ Some(v) => {}, None => {} }}", index,
                                             converted("v"), default_argument(function, param));
      ++index;
    }
    out += strf("{}{}", out.empty() ? "" : ", ", one);
  }
  return out;
}

/// A method as it is called of an object: a static one is called of the class.
std::string Translator::method_of(std::string_view object, FunctionInfo& function, const ClassInfo* cls) {
  if (function.is_static) return strf("{}::{}", function.cls->root->rust, implementation_name(function));
  return strf("{}.{}", object,
              cls == nullptr ? implementation_name(function) : method_rust(*cls, function.name));
}

/// A function as a Value that takes positional and keyword arguments.
std::string Translator::dynamic_value(FunctionInfo& function, const std::string& self, const ClassInfo* cls,
                                      bool unbound) {
  function.called = true;
  const size_t skip = function.cls != nullptr && !function.is_static && !function.params.empty() ? 1 : 0;
  // Class.method: its first argument is the object.
  if (unbound) types_.open_up(function.cls->instance_type);
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  std::string args = bound_arguments(function, skip, true, unbound ? 1 : 0);
  std::string before, callee = function.rust;
  if (unbound) {
    callee = strf(
        "<{}>::from_value(&b_.take(0))?.{}", function.cls->root->rust,
        function.in_variable ? implementation_name(function) : method_rust(*function.cls, function.name));
    use("convert");
  } else if (function.cls != nullptr && self.empty()) {
    callee = strf("{}::{}", function.cls->root->rust,
                  function.is_classmethod && self_class_ == nullptr && cls != nullptr
                      ? classmethod_name(function, *cls)
                      : implementation_name(function));
  } else if (function.cls != nullptr) {
    before = strf("let this = {}; ", self);
    // super(): the method of this very class.
    callee = method_of("this", function, cls);
  }
  for (Var* var : function.captures) args += strf("{}{}.clone()", args.empty() ? "" : ", ", var->rust);
  const std::string_view leaves_early = function.cls != nullptr || function.raises ? "?" : "";
  const std::string result = to_value({strf("{}({}){}", callee, args, leaves_early), function.ret}).text;
  error_frames_ = std::move(frames);
  for (Var* var : function.captures) before += strf("let {} = {}; ", var->rust, captured_argument(*var));
  std::string name = strf("\"{}\"", function.name);
  if (function.wraps != nullptr) {
    const Code wrapped = expr(function.wraps);
    // Only a Value knows the name of the function that it is.
    if (base(wrapped.type) == Base::function && wrapped.named == nullptr) types_.make_value(wrapped.type);
    name = strf("called::name_of(&{})", to_value(wrapped).text);
  }
  const std::string list = temp("a"), words = temp("k");
  return strf(
      "{{ {}Value::func_kw({}, move |{}, {}| {{ let mut b_ = called::bind(&{}, {}, {}, {})?; Ok({}) }}) }}",
      before, name, list, words, shape_text(function.name, function.params, unbound ? 0 : skip),
      unbound ? 0 : skip, list, words, result);
}

/// A function of the program as a value: a closure that calls it.
Code Translator::function_value(FunctionInfo& function, const Node& node, const Code* self) {
  function.called = true;
  const std::string self_text = self == nullptr ? "" : own(*self);
  const ClassInfo* cls = self == nullptr ? nullptr : class_of(self->type);
  const bool variadic = std::ranges::any_of(function.params, [](const Param& p) {
    return p.kind == ParamKind::star || p.kind == ParamKind::double_star;
  });
  const bool by_name = std::ranges::any_of(function.params, [](const Param& p) {
    return p.kind == ParamKind::keyword_only && p.fallback == nullptr;
  });
  if (variadic || by_name || function.wraps != nullptr)
    return {dynamic_value(function, self_text, cls), value_};
  std::vector<TypeId> parts;
  std::string params, args;
  const size_t skip = function.cls != nullptr && !function.is_static && !function.params.empty() ? 1 : 0;
  for (size_t i = skip; i < function.params.size(); ++i) {
    const Param& param = function.params[i];
    if (param.kind == ParamKind::keyword_only || (param.fallback != nullptr)) {
      args += strf("{}{}", args.empty() ? "" : ", ", default_argument(function, param));
      continue;
    }
    parts.push_back(param.var->type);
    params += strf("{}{}: {}", params.empty() ? "" : ", ", param.var->rust, rust_type(param.var->type));
    args += strf("{}{}", args.empty() ? "" : ", ", param.var->rust);
  }
  parts.push_back(function.ret);
  const TypeId type = container(node, Base::function, parts, 8);
  if (types_.is(type, Base::function)) types_.set_class(type, 1);  // a def, see Types::join
  if (!types_.is(type, Base::function)) return {dynamic_value(function, self_text, cls), value_};
  std::string before, callee = function.rust;
  if (function.cls != nullptr) {
    if (self == nullptr) {
      callee = strf("{}::{}", function.cls->root->rust, implementation_name(function));
    } else {
      before = strf("let this = {}; ", self_text);
      callee = method_of("this", function, cls);
    }
  }
  for (Var* var : function.captures) {
    before += strf("let {} = {}; ", var->rust, captured_argument(*var));
    args += strf("{}{}.clone()", args.empty() ? "" : ", ", var->rust);
  }
  const std::string closure =
      strf("Fun(Rc::new(move |{}| {}({})) as Rc<{}>)", params, callee, args, dyn_type(type));
  Code out{before.empty() ? closure : strf("{{ {}{} }}", before, closure), type};
  out.named = &function;
  out.self_text = self_text;
  out.self_class = cls;
  return out;
}

/// The inside of Fun<...>.
std::string Translator::dyn_type(TypeId type) {
  const std::string whole = rust_type(type);
  return whole.substr(4, whole.size() - 5);
}

// --- Calls of values ---

/// vec![..] of all positional arguments as Values, and the keywords.
std::pair<std::string, std::string> Translator::dynamic_arguments(const Arguments& args) {
  std::string list, words;
  if (args.stars.empty()) {
    for (Node* arg : args.positional)
      list += strf("{}{}", list.empty() ? "" : ", ", to_value(expr(arg)).text);
    list = strf("vec![{}]", list);
  } else {
    const std::string all = temp("a");
    for (size_t i = 0; i <= args.positional.size(); ++i) {
      for (const auto& [before, star] : args.stars) {
        if (before == i) list += strf("{}.extend({}); ", all, collected(star, value_));
      }
      if (i < args.positional.size())
        list += strf("{}.push({}); ", all, to_value(expr(args.positional[i])).text);
    }
    list = strf("{{ let mut {}: Vec<Value> = Vec::new(); {}{} }}", all, list, all);
  }
  for (const auto& [name, value] : args.keywords)
    words += strf("{}(Str::lit(\"{}\"), {})", words.empty() ? "" : ", ", name, to_value(expr(value)).text);
  words = strf("vec![{}]", words);
  if (args.double_star != nullptr) {
    const Code spread = need(expr(args.double_star));
    const bool named = base(spread.type) == Base::dict && types_.is(types_.arg(spread.type, 0), Base::text);
    const std::string rest =
        named ? strf("{}.items().iter().map(|(k, v)| (k, {})).collect::<Vec<(Str, Value)>>()",
                     operand(spread), to_value({"v", types_.arg(spread.type, 1)}).text)
              : attempt(strf("called::keywords_of(&{})", to_value(spread).text));
    words = args.keywords.empty() ? rest : extended(words, rest);
  }
  return {list, words};
}

/// The call has * or ** whose length or names only the run knows.
bool Translator::needs_dynamic(const Node& node, const FunctionInfo& function, const Arguments& args,
                               size_t skip) {
  static_cast<void>(node);
  if (args.stars.empty() && args.double_star == nullptr) return false;
  bool star = false;
  size_t open = 0, index = 0;
  for (size_t i = skip; i < function.params.size(); ++i) {
    const Param& param = function.params[i];
    star = star || param.kind == ParamKind::star;
    if (param.kind == ParamKind::star || param.kind == ParamKind::double_star) continue;
    const bool given = (param.kind == ParamKind::positional && index < args.positional.size()) ||
                       args.keyword(param.var->name) != nullptr;
    ++index;
    open += !given;
  }
  if (args.double_star != nullptr && open > 0) return true;
  if (args.double_star != nullptr &&
      (function.params.empty() || function.params.back().kind != ParamKind::double_star))
    return true;
  if (args.stars.empty()) return false;
  if (args.stars.size() > 1 || args.stars[0].first != args.positional.size()) return true;
  if (star) return open > 0;
  const Code sequence = expr(args.star);
  return known(sequence.type) &&
         !(base(sequence.type) == Base::tuple && types_.at(sequence.type).args.size() == open);
}

/// A call of a Value whose result has a type of its own where Values can be converted to it.
Code Translator::call_spread(const std::string& callee, const Arguments& args, TypeId gives) {
  const auto [list, words] = dynamic_arguments(args);
  const Code made = fallible(strf("value_items::call_kw(&{}, {}, {})", callee, list, words), value_);
  const Base kind = base(gives);
  if (kind == Base::iterator || kind == Base::coroutine || kind == Base::async_iterator ||
      kind == Base::function || kind == Base::unknown || kind == Base::opaque)
    return made;
  return {coerce(made, gives), gives};
}

Code Translator::call_value(const Node& node, const Code& callee_or_none, const Arguments& args) {
  const Code callee = need(callee_or_none);
  const bool plain_call = args.stars.empty() && args.double_star == nullptr && args.keywords.empty();
  if (base(callee.type) == Base::instance) {
    ClassInfo& cls = *class_of(callee.type);
    if (FunctionInfo* method = find_method(cls, "__call__"))
      return call_function(node, *method, args, strf("{}.{}", operand(callee), method_rust(cls, "__call__")),
                           {});
    return refuse(node, "call of an object");
  }
  if (base(callee.type) == Base::unknown) {
    for (Node* arg : args.positional) expr(arg);
    for (const auto& [word, arg] : args.keywords) expr(arg);
    return {"()", types_.fresh()};
  }
  if (base(callee.type) == Base::none) return raising("TypeError", "'NoneType' object is not callable");
  // Names and numbers of arguments that only the call knows: the function takes Values.
  if (base(callee.type) == Base::function && !plain_call) types_.make_value(callee.type);
  if (base(callee.type) == Base::value) {
    const auto [list, words] = dynamic_arguments(args);
    const std::string object = ref(callee);
    if (words == "vec![]") return fallible(strf("value_items::call({}, {})", object, list), value_);
    return fallible(strf("value_items::call_kw({}, {}, {})", object, list, words), value_);
  }
  if (base(callee.type) != Base::function) return refuse(node, strf("call of {}", type_text(callee.type)));
  std::vector<Code> codes;
  for (Node* arg : args.positional) codes.push_back(expr(arg));
  const TypeCell shape = types_.at(callee.type);
  if (shape.args.size() != codes.size() + 1) {
    // A default that the type does not know of, or an error.
    types_.make_value(callee.type);
    if (auto* name =
            node.kind == Kind::Call ? try_as<ast::Name>(static_cast<const ast::Call&>(node).func) : nullptr) {
      // f = a if c else b: so that a and b become Values as the functions they are.
      Var* var = lookup(name->id);
      if (var != nullptr && var->value != nullptr && var->value->kind == Kind::IfExp)
        types_.make_value(cell(*var->value));
    }
    return {"()", types_.fresh()};
  }
  std::string list;
  for (size_t i = 0; i < codes.size(); ++i) {
    types_.flow(codes[i].type, shape.args[i]);
    list += strf("{}{}", i > 0 ? ", " : "", coerce(codes[i], shape.args[i]));
  }
  return fallible(strf("({}.0)({})", operand(callee), list), shape.args.back());
}

// --- Classes as values ---

Code Translator::class_value(ClassInfo& cls) {
  use("value");
  class_values_.insert(cls.number);
  class_static_needed_.insert(cls.number);
  if (!cls.is_exception) types_.open_up(cls.instance_type);
  return {strf("Value::Type(&CLASS_{})", cls.rust), value_};
}

/// Class.__subclasses__()
Code Translator::subclasses(const Node& node, ClassInfo& cls) {
  std::string list;
  for (ClassInfo* below : cls.children)
    list += strf("{}{}", list.empty() ? "" : ", ", class_value(*below).text);
  return {strf("List::<Value>::from(vec![{}])", list),
          container(node, Base::list, {types_.make(Base::value)}, 13)};
}

/// How the runtime calls a class that is used as a value, and what it finds in it.
void Translator::class_makers() {
  for (const int32_t number : class_values_) {
    ClassInfo& cls = *classes_[static_cast<size_t>(number)];
    setup_.insert(strf("rt::called::register(&CLASS_{}, make_{}, attr_{});", cls.rust, cls.rust, cls.rust));
    class_maker(cls);
    open(strf("fn attr_{}(name: &str) -> Res<Value> {{", cls.rust));
    open("match name {");
    std::set<std::string_view> seen;
    for (ClassInfo* up : cls.mro) {
      for (auto& [name, method] : up->methods) {
        if ((method->is_static || method->is_classmethod) && method->captures.empty() && name != "__new__" &&
            seen.insert(name).second)
          line(strf("\"{}\" => Ok({}),", name, dynamic_value(*method, "", &cls)));
        else if (!method->is_static && !method->is_classmethod && !method->is_property && !cls.is_enum &&
                 !cls.is_exception && !name.starts_with("__") && seen.insert(name).second)
          line(strf("\"{}\" => Ok({}),", name, dynamic_value(*method, "", nullptr, true)));
      }
      for (auto& [name, var] : up->class_vars) {
        if (!cls.is_enum && seen.insert(name).second)
          line(strf("\"{}\" => Ok({}),", name,
                    coerce({strf("glue::global(&{}, \"{}\")?", var->rust, name), var->type}, value_)));
      }
    }
    for (const EnumMember& member : cls.members)
      line(strf("\"{}\" => Ok({}::{}.to_value()),", member.name, cls.rust, rust_name(member.name)));
    line(strf("_ => Err(called::type_object_attr(&CLASS_{}, name)),", cls.rust));
    close();
    close();
  }
}

void Translator::class_maker(ClassInfo& cls) {
  open(strf("fn make_{}(a: Vec<Value>, k: rt::value::Keywords) -> Res<Value> {{", cls.rust));
  FunctionInfo* init = find_method(cls, "__init__");
  const bool data = std::ranges::any_of(cls.mro, [](const ClassInfo* up) { return up->dataclass; });
  const std::string constructor =
      cls.is_exception
          ? strf("new_{}", cls.rust)
          : strf("{}::{}", cls.root->rust, cls.root->family.size() > 1 ? strf("new_{}", cls.rust) : "new");
  if (cls.is_enum) {
    line(
        "let mut b_ = called::bind(&called::Shape { name: \"__call__\", params: &[\"value\"], positional: 1, "
        "optional: "
        "&[false], star: false, rest: false }, 0, a, k)?;");
    line(strf("Ok({}::of_value(&{})?.to_value())", cls.rust, coerce({"b_.take(0)", value_}, cls.enum_value)));
  } else if (find_method(cls, "__new__") != nullptr || (init != nullptr && holds_immutable(cls))) {
    if (final_) refuse(*cls.node, "a class with __new__ as a value");
  } else if (holds_built_in(cls) && init == nullptr) {
    line(strf("let this = {}();", constructor));
    line(strf("this.held_.set(FromValue::from_value(&value_items::call_kw({}, a, k)?)?);",
              builtin_value(cls.builtin_base)->text.insert(0, "&")));
    line("Ok(this.to_value())");
  } else if (init != nullptr) {
    line(strf("let mut b_ = called::bind(&{}, 1, a, k)?;",
              shape_text(strf("{}.__init__", cls.name), init->params, 1)));
    const std::string args = bound_arguments(*init, 1, true);
    line(strf("Ok({}({})?.to_value())", constructor, args));
  } else if (data) {
    data_maker(cls, constructor);
  } else if (cls.is_exception) {
    line(
        "if let Some((word, _)) = k.first() { return Err(exc::new(&exc::TypeError, format!(\"unexpected "
        "keyword argument '{word}'\"))); }");
    if (cls.root->fields.empty() && find_method(cls, "__str__") == nullptr)
      line(strf("Ok(Value::Exc(exc::with_args(&CLASS_{}, a.into_iter().map(called::argument).collect())))",
                cls.rust));
    else
      line(strf("Ok(Value::Exc(new_{}(a.into_iter().map(called::argument).collect())?))", cls.rust));
  } else {
    line(
        strf("called::bind(&called::Shape {{ name: \"{}\", params: &[], positional: 0, optional: &[], star: "
             "false, "
             "rest: false }}, 0, a, k)?;",
             cls.name));
    line(strf("Ok({}().to_value())", constructor));
  }
  close();
}

/// The maker of a data class: parameters are its fields.
void Translator::data_maker(ClassInfo& cls, const std::string& constructor) {
  std::string names, optional, args;
  size_t positional = 0, index = 0;
  if (final_ && all_data_fields(cls, true).size() != all_data_fields(cls).size())
    refuse(*cls.node, "a class with InitVars as a value");
  for (const DataField* field : all_data_fields(cls)) {
    if (!field->in_init) continue;
    FieldInfo& info = add_field(cls, field->name);
    types_.make_value(info.type);
    names += strf("{}\"{}\"", names.empty() ? "" : ", ", field->name);
    optional += strf("{}{}", optional.empty() ? "" : ", ", field->fallback != nullptr);
    positional += !field->keyword_only;
    args += strf("{}{}", args.empty() ? "" : ", ",
                 field->fallback == nullptr ? strf("b_.take({})", index)
                                            : strf("match b_.given({}) {{ Some(v) => v, None => {} }}", index,
                                                   data_default(*cls.node, *field, info.type)));
    ++index;
  }
  line(strf(
      "let mut b_ = called::bind(&called::Shape {{ name: \"{}.__init__\", params: &[{}], positional: {}, "
      "optional: "
      "&[{}], star: false, rest: false }}, 1, a, k)?;",
      cls.name, names, positional, optional));
  line(strf("Ok({}({})?.to_value())", constructor, args));
}

// --- Decorators ---

/// What `@a @b def f` binds to the name: a(b(f)).
Code Translator::decorated(FunctionInfo& function, const Node& node) {
  Code code = function_value(function, node, nullptr);
  for (size_t i = function.decorators.size(); i-- > 0;) {
    const std::string held = temp("f");
    line(strf("let {} = {};", held, own(code)));
    Node& decorator = *function.decorators[i];
    Code inner{held, code.type, Form::place};
    inner.named = code.named;
    code = call_with(decorator, &decorator, {inner});
  }
  return code;
}

/// Decorated methods: a class variable has what the decorators gave.
void Translator::decorate_methods(ClassInfo& cls) {
  for (FunctionInfo* method : cls.method_order) {
    if (!method->in_variable) continue;
    Var& var = *cls.class_vars[method->name];
    Code code{dynamic_value(*method, "", nullptr, true), value_};
    for (size_t i = method->decorators.size(); i-- > 0;) {
      const std::string held = temp("f");
      line(strf("let {} = {};", held, own(code)));
      code = call_with(*method->decorators[i], method->decorators[i], {Code{held, code.type, Form::place}});
    }
    types_.make_value(var.type);
    declare_static(var.rust, var.type);
    line(strf("glue::set_global(&{}, {});", var.rust, to_value(code).text));
  }
}

/// object.method(..), where the method is decorated.
Code Translator::call_method_variable(const Code& object, Var& var, const Arguments& args) {
  const auto [list, words] = dynamic_arguments(args);
  types_.make_value(var.type);
  declare_static(var.rust, var.type);
  const std::string held = temp("a");
  return fallible(strf("value_items::call_kw(&{}, {{ let mut {} = vec![{}]; {}.extend({}); {} }}, {})",
                       attempt(strf("glue::global(&{}, \"{}\")", var.rust, var.name)), held,
                       to_value(object).text, held, list, held, words),
                  value_);
}

// --- Class methods: `cls` is a class known when the Rust is written ---

/// The class that a variable stands for, when it is the first parameter of a class method.
ClassInfo* Translator::class_parameter(const Var* var) const {
  if (var == nullptr || var->owner == nullptr || !var->owner->is_classmethod || var->owner->params.empty() ||
      var->owner->params[0].var != var)
    return nullptr;
  return self_class_ != nullptr ? self_class_ : var->owner->cls;
}

std::string Translator::classmethod_name(const FunctionInfo& method, const ClassInfo& cls) const {
  const std::string name = implementation_name(method);
  return &cls == method.cls || !method.is_classmethod || cls.is_enum || cls.is_exception
             ? name
             : strf("{}_for_{}", name, cls.rust);
}

/// The Rust function for object.method() of a static or class method, chosen by the object's own class.
std::string Translator::static_callee(const Code& object, std::string_view name, FunctionInfo& method) {
  const ClassInfo& cls = *class_of(object.type);
  const std::string fixed = strf("{}::{}", cls.root->rust, classmethod_name(method, cls));
  if (cls.children.empty() || cls.is_enum || cls.is_exception) return fixed;
  std::string arms;
  for (ClassInfo* member : cls.root->family) {
    FunctionInfo* own_method = find_method(*member, name);
    if (own_method != nullptr && inherits(*member, cls))
      arms += strf("{}Kind::{} => {}::{}, ", cls.root->rust, member->rust, cls.root->rust,
                   classmethod_name(*own_method, *member));
  }
  return strf("(match {}.kind {{ {}_ => {} }})", operand(object), arms, fixed);
}

/// What Python calls when a class has been made: Base.__init_subclass__ with the new class.
void Translator::class_level_call(ClassInfo& cls, std::string_view name, Nodes keywords) {
  FunctionInfo* method = nullptr;
  for (size_t i = 1; i < cls.mro.size() && method == nullptr; ++i) {
    const auto found = cls.mro[i]->methods.find(name);
    if (found != cls.mro[i]->methods.end()) method = found->second;
  }
  Arguments args;
  for (Node* item : keywords) {
    auto& keyword = as<ast::keyword>(*item);
    if (keyword.arg != "metaclass") args.keywords.emplace_back(keyword.arg, keyword.value);
  }
  if (method == nullptr) {
    if (!args.keywords.empty() && !cls.typed_dict) refuse(*cls.node, "class keyword");
    return;
  }
  const Code called = call_function(*cls.node, *method, args,
                                    strf("{}::{}", cls.root->rust, classmethod_name(*method, cls)), {});
  line(strf("{};", called.text));
}

/// A class decorator of the program is called; what it gives must be the class itself.
void Translator::decorate_class(ClassInfo& cls) {
  for (size_t i = cls.decorators.size(); i-- > 0;) {
    const Code given = call_with(*cls.decorators[i], cls.decorators[i], {class_value(cls)});
    line(strf("{};", attempt(strf("called::same_class(&{}, &CLASS_{})", to_value(given).text, cls.rust))));
  }
}

}  // namespace sov::transpiler
