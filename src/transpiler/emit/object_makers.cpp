// Constructors; __new__: objects that a class makes itself, and bare ones whose __init__ was not called.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

constexpr std::string_view kArgumentNames[] = {"\x01n0", "\x01n1", "\x01n2", "\x01n3",
                                               "\x01n4", "\x01n5", "\x01n6", "\x01n7"};

/// Evaluated twice it is the same, and nothing has happened.
bool repeatable(const Node& node) {
  return node.kind == Kind::Name || node.kind == Kind::Constant || node.kind == Kind::Lambda;
}

}  // namespace

/// The class that the first argument of X.__new__(cls) names.
ClassInfo* Translator::class_to_make(Node* of) {
  auto* name = try_as<ast::Name>(of);
  Var* var = name == nullptr ? nullptr : lookup(name->id);
  ClassInfo* cls = class_parameter(var);
  if (cls == nullptr && var != nullptr && var->is_class) cls = var->cls;
  if (cls == nullptr || cls->is_enum || cls->is_exception || cls->named_tuple || cls->typed_dict)
    return nullptr;
  return cls;
}

/// Class.__new__(Class): an object whose __init__ was not called; a built-in type's value is made of the
/// rest.
Code Translator::bare_object(const Node& node, const Arguments& args) {
  ClassInfo* cls = class_to_make(args.positional[0]);
  if (cls == nullptr) return refuse(node, "__new__");
  const TypeId type = container(node, Base::instance, {}, 6);
  types_.set_class(type, cls->number);
  const std::string& root = cls->root->rust;
  const std::string data =
      cls->root->family.size() == 1
          ? strf("{}Data::default()", root)
          : strf("{}Data {{ kind: {}Kind::{}, ..Default::default() }}", root, root, cls->rust);
  const Code object{strf("{}(Rc::new({}))", root, data), type};
  if (!holds_built_in(*cls)) return object;
  Arguments rest;
  if (holds_immutable(*cls)) {
    rest = args;
    rest.positional.erase(rest.positional.begin());
  }
  return held_object(node, *cls, object.text, rest);
}

/// Class(..) where the class has a __new__: what that gives, initialised with the same arguments.
Code Translator::call_new(const Node& node, ClassInfo& cls, FunctionInfo& make, const Arguments& args) {
  FunctionInfo* init = find_method(cls, "__init__");
  const bool spread = !args.stars.empty() || args.double_star != nullptr;
  if (spread && (init != nullptr || needs_dynamic(node, make, args, 1)))
    return refuse(node, "* in the call of a class with __new__");
  scopes_.push_back({.names = {}, .function = function_});
  std::string before;
  size_t count = 0;
  const auto once = [&](Node* arg) -> Node* {
    if (init == nullptr || repeatable(*arg) || count == std::size(kArgumentNames)) return arg;
    const Code code = expr(arg);
    const std::string held = temp("n");
    before += strf("let {} = {}; ", held, own(code));
    ast::Name* name = stand_in(node, kArgumentNames[count], held, code.type, 30 + count);
    ++count;
    return name;
  };
  Arguments given = args;
  for (Node*& arg : given.positional) arg = once(arg);
  for (auto& [word, arg] : given.keywords) arg = once(arg);
  const Code made =
      need(call_function(node, make, given, strf("{}::{}", cls.root->rust, classmethod_name(make, cls)), {}));
  const TypeId type = container(node, Base::instance, {}, 6);
  types_.set_class(type, cls.number);
  Code out{made.text, type};
  if (known(made.type) && base(made.type) != Base::instance) {
    if (base(made.type) != Base::value) return refuse(node, "__new__ that gives another object");
    out.text = coerce(made, type);
  }
  if (init != nullptr && known(made.type)) {
    const std::string object = temp("o");
    const Code step =
        call_function(node, *init, given, strf("{}.{}", object, implementation_name(*init)), {});
    out.text = strf("{{ {}let {} = {}; {}; {} }}", before, object, out.text, step.text, object);
  } else if (!before.empty()) {
    out.text = strf("{{ {}{} }}", before, out.text);
  }
  scopes_.pop_back();
  return out;
}

std::string Translator::constructor_params(FunctionInfo& init, std::string& names) {
  std::string params;
  for (size_t i = 1; i < init.params.size(); ++i) {
    Var& var = *init.params[i].var;
    params += strf("{}{}: {}", params.empty() ? "" : ", ", var.rust, rust_type(var.type));
    names += strf("{}{}", names.empty() ? "" : ", ", var.rust);
  }
  return params;
}

void Translator::class_constructor(ClassInfo& cls) {
  const ClassInfo& root = *cls.root;
  const bool alone = root.family.size() == 1;
  const std::string name = alone ? "new" : strf("new_{}", cls.rust);
  const std::string kind = alone ? "" : strf("kind: {}Kind::{}, ", root.rust, cls.rust);
  const std::string data = alone ? strf("{}Data::default()", root.rust)
                                 : strf("{}Data {{ {}..Default::default() }}", root.rust, kind);
  FunctionInfo* init = find_method(cls, "__init__");
  const bool is_data = std::ranges::any_of(cls.mro, [](const ClassInfo* up) { return up->dataclass; });
  if (init == nullptr && is_data) return data_constructor(cls);
  const std::string object = strf("{}(Rc::new({}))", root.rust, data);
  const Code held = unwrapped({"this", cls.instance_type}, {});
  const bool holds = holds_built_in(cls);
  if (init == nullptr) {
    open(strf("fn {}() -> {} {{", name, root.rust));
    if (holds) {
      line(strf("let this = {};", object));
      if (const std::string empty = held_default(cls); !empty.empty())
        line(strf("this.held_.set({});", empty));
    }
    line(holds ? "this" : object);
    close();
    return;
  }
  std::string names;
  std::string params = constructor_params(*init, names);
  if (holds_immutable(cls))
    params = strf("value: {}{}{}", rust_type(held.type), params.empty() ? "" : ", ", params);
  open(strf("fn {}({}) -> Res<{}> {{", name, params, root.rust));
  line(strf("let this = {};", object));
  const std::string first = !holds ? "" : holds_immutable(cls) ? "value" : held_default(cls);
  if (!first.empty()) line(strf("this.held_.set({});", first));
  line(strf("this.{}({})?;", implementation_name(*init), names));
  line("Ok(this)");
  close();
}

void Translator::data_constructor(ClassInfo& cls) {
  const ClassInfo& root = *cls.root;
  const bool alone = root.family.size() == 1;
  std::string params, fields, post_arguments;
  std::vector<std::string> later;
  for (const DataField* field : all_data_fields(cls, true)) {
    if (Var* variable = field->init_var ? init_variable(cls, *field) : nullptr) {
      const std::string name = rust_name(field->name);
      params += strf("{}{}: {}", params.empty() ? "" : ", ", name, rust_type(variable->type));
      post_arguments += strf("{}{}", post_arguments.empty() ? "" : ", ", name);
      if (field->fallback != nullptr) data_default(*cls.node, *field, variable->type);
      continue;
    }
    FieldInfo& info = add_field(cls, field->name);
    if (field->in_init) {
      params += strf("{}{}: {}", params.empty() ? "" : ", ", info.rust, rust_type(info.type));
      fields += strf("{}: Field::new({}), ", info.rust, info.rust);
    } else if (field->fallback != nullptr) {
      later.push_back(strf("this.{}.set({});", info.rust, data_default(*cls.node, *field, info.type)));
    }
    // Defaults belong to the type even where every call gives the value.
    if (field->fallback != nullptr) data_default(*cls.node, *field, info.type);
  }
  if (!alone) fields += strf("kind: {}Kind::{}, ", root.rust, cls.rust);
  open(strf("fn {}({}) -> Res<{}> {{", alone ? "new" : strf("new_{}", cls.rust), params, root.rust));
  line(strf("let this = {}(Rc::new({}Data {{ {}..Default::default() }}));", root.rust, root.rust, fields));
  for (const std::string& step : later) line(step);
  if (FunctionInfo* post = find_method(cls, "__post_init__"))
    line(strf("this.{}({})?;", implementation_name(*post), post_arguments));
  line("Ok(this)");
  close();
}

}  // namespace sov::transpiler
