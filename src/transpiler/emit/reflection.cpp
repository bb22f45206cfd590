// getattr and its kin, type(x), and what else looks at objects by name.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

std::string_view builtin_class(Base base) {
  switch (base) {
    case Base::none:
      return "NoneType";
    case Base::boolean:
      return "bool";
    case Base::integer:
    case Base::big:
      return "int";
    case Base::real:
      return "float";
    case Base::text:
      return "str";
    case Base::bytes:
      return "bytes";
    case Base::list:
      return "list";
    case Base::dict:
      return "dict";
    case Base::set:
      return "set";
    case Base::frozenset:
      return "frozenset";
    case Base::tuple:
    case Base::many:
      return "tuple";
    case Base::range:
      return "range";
    case Base::function:
      return "function";
    default:
      return "";
  }
}

}  // namespace

/// The class of an object: a Rust expression of type &'static Class.
std::string Translator::class_text(const Node& node, const Code& object) {
  use("types");
  if (const std::string_view name = builtin_class(base(object.type)); !name.empty())
    return strf("&rt::types::{}", name);
  switch (base(object.type)) {
    case Base::exception:
      return strf("{}.class()", operand(object));
    case Base::instance: {
      ClassInfo& cls = *class_of(object.type);
      for (ClassInfo* member : cls.root->family) class_static_needed_.insert(member->number);
      if (cls.root->family.size() == 1) return strf("&CLASS_{}", cls.rust);
      return strf("{}.class_static()", operand(object));
    }
    case Base::opaque:
    case Base::iterator:
      return refuse(node, strf("type() of {}", type_text(object.type))).text;
    default:
      return strf("{}.class()", operand(to_value(object)));
  }
}

Code Translator::type_call(const Node& node, const Arguments& args) {
  const Code object = expr(args.positional[0]);
  if (!known(object.type)) return {"()", types_.fresh()};
  if (base(object.type) == Base::instance) {
    for (ClassInfo* member : class_of(object.type)->root->family) class_value(*member);
  }
  use("value");
  return {strf("Value::Type({})", class_text(node, object)), value_};
}

/// type(x).__name__
Code Translator::type_name(const Node& node, const Arguments& args) {
  const Code object = expr(args.positional[0]);
  if (!known(object.type)) return {"()", text_};
  if (base(object.type) == Base::opaque) {
    // Some types of the tables stand for several of Python's.
    const std::string& type = Library::built_in().type(types_.at(object.type).id).name;
    if (const LibraryEntry* entry = Library::built_in().attribute(type, "__class_name__"))
      return call_library(node, *entry, &object, {});
    return {strf("Str::lit(\"{}\")", shown_type_name(type)), text_};
  }
  if (base(object.type) == Base::dict) return {strf("Str::lit({}.class_name())", operand(object)), text_};
  return {strf("Str::lit(({}).name)", class_text(node, object)), text_};
}

/// getattr(module, name): one of the module's constants.
Code Translator::module_getattr(const Node& node, const std::string& module, const Arguments& args) {
  const auto& given = args.positional;
  const auto constants = Library::built_in().constants_of(module);
  // Names in capitals are those of constants; any other name may be a function's.
  const bool capitals = std::ranges::any_of(constants, [&](const LibraryEntry* entry) {
    return std::isupper(static_cast<unsigned char>(entry->name[module.size() + 1])) != 0;
  });
  if (!capitals) return refuse(node, strf("getattr() of {}", module));
  const std::string name = temp("name");
  std::string arms;
  for (const LibraryEntry* entry : constants) {
    const std::string_view word = std::string_view(entry->name).substr(module.size() + 1);
    arms += strf("\"{}\" => {}, ", word, to_value(module_attribute(node, entry->name)).text);
  }
  const std::string missing =
      given.size() > 2
          ? to_value(expr(given[2])).text
          : attempt(strf(
                "Err::<Value, Exc>(exc::new(&exc::AttributeError, format!(\"module '{}' has no attribute "
                "'{{}}'\", {})))",
                module, name));
  return {strf("{{ let {} = {}; match {}.as_str() {{ {}_ => {} }} }}", name, coerce(expr(given[1]), text_),
               name, arms, missing),
          value_};
}

/// Parameters without annotation that a call of getattr(object, name)(..) may give anything.
static std::vector<const Var*> open_parameters(const FunctionInfo& method) {
  std::vector<const Var*> out;
  auto* def = try_as<ast::FunctionDef>(method.node);
  if (def == nullptr) return out;
  const auto& arguments = as<ast::arguments>(*def->args);
  std::set<std::string_view> annotated;
  for (const Nodes& list : {arguments.posonlyargs, arguments.args, arguments.kwonlyargs}) {
    for (Node* arg : list)
      if (as<ast::Arg>(*arg).annotation != nullptr) annotated.insert(as<ast::Arg>(*arg).arg);
  }
  for (size_t i = 1; i < method.params.size(); ++i) {
    const Param& param = method.params[i];
    if (param.kind == ParamKind::positional && !annotated.contains(param.var->name)) out.push_back(param.var);
  }
  return out;
}

Code Translator::getattr_call(const Node& node, const Arguments& args) {
  const auto& given = args.positional;
  const std::string_view attr = text_literal(given[1]);
  if (const std::string module = module_path(*given[0]);
      !module.empty() && Library::built_in().has_module(module)) {
    const Code found = attr.empty() ? Code{"", value_} : module_attribute(node, strf("{}.{}", module, attr));
    if (!found.text.empty()) return found;
    if (module == "hashlib") {
      valued_.insert(Library::built_in().type_number("Hash"));
      use("hashlib_value");
      return fallible(strf("hashlib_value::constructor(&{}, {})", coerce(expr(given[1]), text_),
                           given.size() > 2 ? strf("Some({})", to_value(expr(given[2])).text) : "None"),
                      value_);
    }
    return module_getattr(node, module, args);
  }
  const Code object = expr(given[0]);
  if (!known(object.type)) return {"()", types_.fresh()};
  const Base kind = base(object.type);
  if (attr.empty() && (kind == Base::instance || kind == Base::value)) {
    // Any method with such a name may be called with anything.
    const std::string_view prefix = name_begins_with(*given[1]);
    for (const auto& cls : classes_) {
      if (kind == Base::instance ? cls->root != class_of(object.type)->root : prefix.empty()) continue;
      for (const auto& [name, method] : cls->methods) {
        if (!name.starts_with(prefix) || (prefix.empty() && name.starts_with('_')) || !method->is_method())
          continue;
        for (const Var* var : open_parameters(*method)) types_.make_value(var->type);
      }
    }
  }
  if (given.size() == 2 && !attr.empty()) return instance_attribute(node, object, attr);
  if (given.size() == 3 && !attr.empty() && kind == Base::instance && !class_of(object.type)->is_enum) {
    ClassInfo& cls = *class_of(object.type);
    const Code fallback = expr(given[2]);
    const bool always = find_method(cls, attr) != nullptr || find_class_var(cls, attr) != nullptr;
    FieldInfo* field = find_field(cls, attr);
    if (always && field == nullptr) return instance_attribute(node, object, attr);
    if (field != nullptr) {
      const TypeId result = cell(node);
      types_.flow(field->type, result);
      types_.flow(fallback.type, result);
      const std::string o = temp("o");
      return {
          strf("{{ let {} = {}; if {}.{}.is_set() {{ {} }} else {{ {} }} }}", o, own(object), o, field->rust,
               coerce({strf("{}.{}.get()", o, field->rust), field->type}, result), coerce(fallback, result)),
          result};
    }
    if (cls.root->family.size() == 1 && !cls.root->boxed && known(fallback.type)) return fallback;
  }
  if (given.size() == 3 && !attr.empty() && kind == Base::exception)
    return exception_getattr(node, object, attr, expr(given[2]));
  const std::string name = attr.empty() ? strf("{}.as_str()", operand({coerce(expr(given[1]), text_), text_}))
                                        : strf("\"{}\"", attr);
  const std::string of = to_value(object).text;
  if (given.size() == 2) return fallible(strf("value_items::getattr(&{}, {})", of, name), value_);
  return fallible(strf("called::getattr_or(&{}, {}, {})", of, name, to_value(expr(given[2])).text), value_);
}

/// getattr(error, "attr", fallback): the classes of the program that have it are tried, the latest first.
Code Translator::exception_getattr(const Node& node, const Code& object, std::string_view attr,
                                   const Code& fallback) {
  const std::string e = temp("e");
  const TypeId result = cell(node);
  types_.flow(fallback.type, result);
  std::vector<std::pair<std::string, Code>> ways;  // a test, and the attribute
  for (size_t i = classes_.size(); i-- > 0;) {
    ClassInfo& cls = *classes_[i];
    if (!cls.is_exception) continue;
    const Code self{e, types_.make(Base::exception, {}, cls.number), Form::place};
    const std::string test = strf("{}.is(&CLASS_{})", e, cls.rust);
    if (cls.class_vars.contains(attr) || cls.methods.contains(attr))
      ways.emplace_back(test, instance_attribute(node, self, attr));
    if (FieldInfo* field = cls.root == &cls ? find_field(cls, attr) : nullptr)
      ways.emplace_back(
          strf("{} && glue::payload::<{}Data>(&{}).{}.is_set()", test, cls.rust, e, field->rust),
          instance_attribute(node, self, attr));
  }
  if (attr == "args") return instance_attribute(node, object, attr);
  for (const auto& [test, way] : ways) types_.flow(way.type, result);
  std::string text;
  for (const auto& [test, way] : ways) text += strf("if {} {{ {} }} else ", test, coerce(way, result));
  return {strf("{{ let {} = {}; {}{{ {} }} }}", e, own(object), text, coerce(fallback, result)), result};
}

Code Translator::hasattr_call(const Node& node, const Arguments& args) {
  const auto& given = args.positional;
  const Code object = expr(given[0]);
  const std::string_view attr = text_literal(given[1]);
  if (!known(object.type)) return {"false", boolean_};
  // What CPython gives every object, or enums and data classes, is not in our classes.
  const bool special = attr.starts_with("__") && attr.ends_with("__");
  if (base(object.type) == Base::instance && !attr.empty() && !class_of(object.type)->is_enum &&
      class_of(object.type)->root->family.size() == 1) {
    ClassInfo& cls = *class_of(object.type);
    if (find_method(cls, attr) != nullptr || find_class_var(cls, attr) != nullptr) return {"true", boolean_};
    if (FieldInfo* field = find_field(cls, attr))
      return {strf("{}.{}.is_set()", operand(object), field->rust), boolean_};
    if (!special && !has_open_names(cls) && find_method(cls, "__getattr__") == nullptr &&
        !holds_built_in(cls))
      return {"false", boolean_};
  }
  if (is_namespace(object.type) && !attr.empty())
    return {strf("{}.has(\"{}\")", operand(object), attr), boolean_};
  if (base(object.type) == Base::opaque) return refuse(node, strf("hasattr() of {}", type_text(object.type)));
  if (special && base(object.type) == Base::instance) return refuse(node, strf("hasattr() with {}", attr));
  const std::string of = to_value(object).text;
  if (attr == "__len__") return {strf("value_items::len(&{}).is_ok()", of), boolean_};
  if (attr == "__iter__") return {strf("value_items::iter(&{}).is_ok()", of), boolean_};
  if (attr == "__call__") return {strf("called::callable(&{})", of), boolean_};
  if (special) return refuse(node, strf("hasattr() with {}", attr));
  const std::string name = attr.empty() ? strf("{}.as_str()", operand({coerce(expr(given[1]), text_), text_}))
                                        : strf("\"{}\"", attr);
  return {strf("gluev::has_attribute(&{}, {})", of, name), boolean_};
}

/// Attributes that a name computed at run time may set hold anything.
void Translator::open_fields(TypeId type) {
  if (base(type) != Base::instance) return;
  open_names(*class_of(type));
  for (FieldInfo& field : class_of(type)->root->fields)
    if (!field.name.starts_with('(')) types_.make_value(field.type);
  for (const ClassInfo* cls : class_of(type)->root->family) {
    for (const auto& [name, setter] : cls->setters)
      if (setter->params.size() == 2) types_.make_value(setter->params[1].var->type);
    const auto hook = cls->methods.find("__setattr__");
    if (hook != cls->methods.end() && hook->second->params.size() == 3)
      types_.make_value(hook->second->params[2].var->type);
    for (const auto& [name, var] : cls->class_vars) {
      const ClassInfo* by = descriptor(*cls, name);
      FunctionInfo* method = by == nullptr ? nullptr : find_method(*by, "__set__");
      if (method != nullptr && method->params.size() == 3) types_.make_value(method->params[2].var->type);
    }
  }
}

std::optional<Code> Translator::reflection(const Node& node, std::string_view name, const Arguments& args) {
  const auto& given = args.positional;
  const size_t n = given.size();
  if (name == "getattr" && (n == 2 || n == 3)) return getattr_call(node, args);
  if (name == "hasattr" && n == 2) return hasattr_call(node, args);
  if ((name == "setattr" && n == 3) || (name == "delattr" && n == 2)) {
    const Code object = expr(given[0]);
    if (!known(object.type)) return Code{"()", none_};
    open_fields(object.type);
    const std::string of = to_value(object).text;
    const std::string attr = strf("{}.as_str()", operand({coerce(expr(given[1]), text_), text_}));
    if (name == "delattr") return fallible(strf("value_items::delattr(&{}, {})", of, attr), none_);
    return fallible(strf("value_items::setattr(&{}, {}, {})", of, attr, to_value(expr(given[2])).text),
                    none_);
  }
  if (name == "callable" && n == 1) {
    const Code object = expr(given[0]);
    if (base(object.type) == Base::function) return Code{"true", boolean_};
    if (base(object.type) == Base::value || base(object.type) == Base::option)
      return Code{strf("called::callable(&{})", to_value(object).text), boolean_};
    ClassInfo* cls = class_of(object.type);
    return Code{cls != nullptr && find_method(*cls, "__call__") != nullptr ? "true" : "false", boolean_};
  }
  if (name == "issubclass" && n == 2)
    return fallible(
        strf("called::issubclass(&{}, &{})", to_value(expr(given[0])).text, to_value(expr(given[1])).text),
        boolean_);
  if (name == "id" && n == 1) {
    const Code object = expr(given[0]);
    if (!known(object.type)) return Code{"0", integer_};
    return Code{strf("called::identity(&{})", to_value(object).text), integer_};
  }
  if (name == "dir" && n == 1) return dir_of(node, expr(given[0]));
  if (name == "vars" && n == 1) {
    const Code object = expr(given[0]);
    if (is_namespace(object.type)) return namespace_dict(node, object);
    return instance_dict(node, object);
  }
  return std::nullopt;
}

/// obj.__dict__: a copy; what is written into it does not reach the object.
Code Translator::instance_dict(const Node& node, const Code& object) {
  const TypeId type = container(node, Base::dict, {types_.make(Base::text), types_.make(Base::value)}, 13);
  if (!known(object.type)) return {"()", type};
  const Base kind = base(object.type);
  if (kind != Base::value && (kind != Base::instance || class_of(object.type)->is_enum))
    return refuse(node, strf("__dict__ of {}", type_text(object.type)));
  use("value");
  types_.open_up(object.type);
  if (types_.is(object.type, Base::value)) {
    dict_needed_ = true;
    return {attempt(strf("gluev::vars({})", ref(object))) + with_value_keys(type), type};
  }
  std::string steps;
  const std::string o = temp("o"), d = temp("d");
  for (FieldInfo& field : class_of(object.type)->root->fields)
    if (!field.name.starts_with('('))
      steps += strf("if {}.{}.is_set() {{ {}.set(Str::lit(\"{}\"), {}); }} ", o, field.rust, d, field.name,
                    coerce({strf("{}.{}.get()", o, field.rust), field.type}, value_));
  if (has_open_names(*class_of(object.type)))
    steps += strf("if {}.more_.is_set() {{ {}.update(&{}.more_.get()); }} ", o, d, o);
  return {strf("{{ let {} = {}; let {}: Dict<Str, Value> = Dict::new(); {}{}{} }}", o, own(object), d, steps,
               d, with_value_keys(type)),
          type};
}

/// What makes Values of the names in a dict of them where it is a dict of other keys too.
std::string Translator::with_value_keys(TypeId dict) {
  if (!types_.is(types_.arg(dict, 0), Base::value)) return "";
  use("convert");
  return ".items().into_iter().map(|(k, v)| (k.to_value(), v)).collect::<Dict<Value, Value>>()";
}

/// dir(object): what its class has, what every object has, and the attributes that are set.
Code Translator::dir_of(const Node& node, const Code& object) {
  const TypeId type = container(node, Base::list, {types_.make(Base::text)}, 13);
  if (!known(object.type)) return {"()", type};
  ClassInfo* cls = base(object.type) == Base::instance ? class_of(object.type) : nullptr;
  if (cls == nullptr || cls->is_enum || cls->root->family.size() > 1 || !cls->bases.empty() ||
      cls->dataclass || cls->named_tuple)
    return refuse(node, strf("dir() of {}", type_text(object.type)));
  std::set<std::string_view> names = {
      "__class__",        "__delattr__", "__dict__",    "__dir__",           "__doc__",
      "__eq__",           "__format__",  "__ge__",      "__getattribute__",  "__getstate__",
      "__gt__",           "__hash__",    "__init__",    "__init_subclass__", "__le__",
      "__lt__",           "__module__",  "__ne__",      "__new__",           "__reduce__",
      "__reduce_ex__",    "__repr__",    "__setattr__", "__sizeof__",        "__str__",
      "__subclasshook__", "__weakref__"};
  for (const auto& [name, method] : cls->methods) names.insert(name);
  for (const auto& [name, var] : cls->class_vars) names.insert(name);
  if (!cls->data_fields.empty()) names.insert("__annotations__");
  const std::string o = temp("o"), all = temp("names");
  std::string list, steps;
  for (const std::string_view name : names)
    list += strf("{}Str::lit(\"{}\")", list.empty() ? "" : ", ", name);
  for (const FieldInfo& field : cls->fields) {
    if (!names.contains(field.name))
      steps += strf("if {}.{}.is_set() {{ {}.push(Str::lit(\"{}\")); }} ", o, field.rust, all, field.name);
  }
  return fallible(strf("{{ let {} = {}; let mut {} = vec![{}]; {}glue::sorted({}, false) }}", o, own(object),
                       all, list, steps, all),
                  type);
}

/// x.__doc__ where only the run knows which function or class x is: found by its name.
Code Translator::doc_of(const Node& node, const Code& object) {
  std::map<std::string_view, std::string> docs;
  bool alike = true;
  const auto note = [&](std::string_view name, const Code& text) {
    const auto [it, added] = docs.try_emplace(name, text.text);
    alike = alike && (added || it->second == text.text);
  };
  for (const auto& function : functions_) {
    if (function->node->kind == Kind::FunctionDef) note(function->name, docstring(*function));
  }
  for (const auto& cls : classes_) {
    if (cls->dataclass || cls->named_tuple) continue;
    const Code text = class_attribute(node, *cls, "__doc__");
    note(cls->name, text.text.starts_with("Some(") ? Code{text.text.substr(5, text.text.size() - 6), text_}
                                                   : Code{"()", none_});
  }
  if (!alike) return refuse(node, "__doc__ of a function that is passed on");
  std::string arms;
  for (const auto& [name, text] : docs) {
    if (text != "()") arms += strf("\"{}\" => Some({}), ", name, text);
  }
  const TypeId type = container(node, Base::option, {types_.make(Base::text)}, 13);
  return {strf("match called::name_of(&{}) {{ {}_ => None }}", to_value(object).text, arms), type,
          Form::owned, false};
}

}  // namespace sov::transpiler
