// Attributes that the program's classes answer themselves: descriptors, __getattr__, __setattr__, and names
// that only the run knows.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// Not a name that a program can write: the attributes that no assignment names.
constexpr std::string_view kMore = "(more)";

}  // namespace

/// The class of a class variable that is made as an object with a __get__ or __set__; null for others.
ClassInfo* Translator::descriptor(const ClassInfo& cls, std::string_view attr) {
  const Var* var = find_class_var(cls, attr);
  if (var == nullptr) return nullptr;
  for (const ClassInfo* up : cls.mro) {
    for (const auto& [assigned, value] : up->class_assigns) {
      auto* made = assigned == var ? try_as<ast::Call>(value) : nullptr;
      auto* name = made == nullptr ? nullptr : try_as<ast::Name>(made->func);
      const Var* maker = name == nullptr ? nullptr : lookup_from(nullptr, name->id);
      if (maker == nullptr || !maker->is_class || maker->cls == nullptr) continue;
      if (find_method(*maker->cls, "__get__") != nullptr || find_method(*maker->cls, "__set__") != nullptr)
        return maker->cls;
    }
  }
  return nullptr;
}

/// A call of one of the special methods with Rust texts as arguments.
Code Translator::call_hook(const Node& node, const Code& object, std::string_view name,
                           const std::vector<Code>& given) {
  constexpr std::string_view kNames[] = {"\x01q0", "\x01q1"};
  scopes_.push_back({.names = {}, .function = function_});
  Arguments args;
  for (size_t i = 0; i < given.size(); ++i) {
    args.positional.push_back(stand_in(node, kNames[i], given[i].text, given[i].type, 40 + i));
    if (given[i].form == Form::reference) scopes_.back().names[kNames[i]]->reference = true;
  }
  const Code made = call_method(node, object, name, args);
  scopes_.pop_back();
  return made;
}

/// The class as the argument of __get__ and __set_name__: only where the method looks at it.
Code Translator::owner_argument(ClassInfo& cls, const FunctionInfo& method, size_t index) {
  if (index < method.params.size() && method.params[index].var->reads > 0) return class_value(cls);
  use("value");
  return {"Value::None", value_};
}

/// object.attr where a descriptor answers.
std::optional<Code> Translator::descriptor_get(const Node& node, const Code& object, ClassInfo& cls,
                                               std::string_view attr) {
  ClassInfo* by = descriptor(cls, attr);
  FunctionInfo* method = by == nullptr ? nullptr : find_method(*by, "__get__");
  if (method == nullptr) return std::nullopt;
  const Code holder = read_var(*find_class_var(cls, attr), node);
  std::vector<Code> given{object};
  if (method->params.size() > 2) given.push_back(owner_argument(cls, *method, 2));
  // One that only reads makes way for what the object holds.
  FieldInfo* field = find_method(*by, "__set__") == nullptr ? find_field(cls, attr) : nullptr;
  if (field == nullptr) return call_hook(node, holder, "__get__", given);
  const Code made = call_hook(node, holder, "__get__", given);
  types_.flow(made.type, field->type);
  return Code{strf("if {}.{}.is_set() {{ {}.{}.get() }} else {{ {} }}", operand(object), field->rust,
                   operand(object), field->rust, coerce(made, field->type)),
              field->type, Form::owned, false};
}

/// object.attr = value where a descriptor or __setattr__ takes it; whether one does.
bool Translator::stored_by_hook(const Node& node, const Code& object, ClassInfo& cls, std::string_view attr,
                                const Code& value) {
  ClassInfo* by = descriptor(cls, attr);
  if (by != nullptr && find_method(*by, "__set__") != nullptr) {
    const std::string held = temp("v");
    line(strf("let {} = {};", held, own(value)));
    const Code holder = read_var(*find_class_var(cls, attr), node);
    line(strf("{};", call_hook(node, holder, "__set__", {object, {held, value.type, Form::place}}).text));
    return true;
  }
  if (by == nullptr && stored_below(object, cls, attr, value)) return true;
  if (find_method(cls, "__setattr__") == nullptr) return false;
  types_.make_value(add_field(cls, attr).type);
  const std::string held = temp("v");
  line(strf("let {} = {};", held, own(value)));
  line(strf("{};", call_hook(node, object, "__setattr__",
                             {{strf("Str::lit(\"{}\")", attr), text_}, {held, value.type, Form::place}})
                       .text));
  return true;
}

/// object.attr where only classes below the one that is known have a descriptor.
std::optional<Code> Translator::descriptor_below(const Code& object, const ClassInfo& cls,
                                                 std::string_view attr) {
  const auto answers = [&](const ClassInfo* member) {
    const ClassInfo* by = inherits(*member, cls) ? descriptor(*member, attr) : nullptr;
    return by != nullptr && find_method(*by, "__get__") != nullptr;
  };
  if (!std::ranges::any_of(cls.root->family, answers)) return std::nullopt;
  use("value_items");
  return fallible(strf("value_items::getattr(&{}, \"{}\")", to_value(object).text, attr), value_);
}

/// The same for object.attr = value; whether it was written.
bool Translator::stored_below(const Code& object, const ClassInfo& cls, std::string_view attr,
                              const Code& value) {
  const auto takes_it = [&](const ClassInfo* member) {
    const ClassInfo* by = inherits(*member, cls) ? descriptor(*member, attr) : nullptr;
    return by != nullptr && find_method(*by, "__set__") != nullptr;
  };
  if (!std::ranges::any_of(cls.root->family, takes_it)) return false;
  use("value_items");
  line(strf("{};", attempt(strf("value_items::setattr(&{}, \"{}\", {})", to_value(object).text, attr,
                                to_value(value).text))));
  return true;
}

/// What a class does with `value` for one of its attributes, or nothing special: empty.
std::string Translator::set_by_class(ClassInfo& cls, std::string_view attr) {
  const Code value{"value", value_};
  if (FunctionInfo* setter = find_method(cls, attr, true); setter != nullptr && setter->params.size() == 2)
    return strf("return self.{}({}).map(|_| ())", implementation_name(*setter),
                coerce(value, setter->params[1].var->type));
  if (const FunctionInfo* getter = find_method(cls, attr); getter != nullptr && getter->is_property)
    return strf("return Err(exc::new(&exc::AttributeError, \"property '{}' of '{}' object has no setter\"))",
                attr, cls.name);
  const ClassInfo* by = descriptor(cls, attr);
  if (by == nullptr || find_method(*by, "__set__") == nullptr) return "";
  const Code holder = read_var(*find_class_var(cls, attr), *cls.node);
  return strf(
      "{{ {}; return Ok(()); }}",
      call_hook(*cls.node, holder, "__set__", {{"self", cls.root->instance_type, Form::reference}, value})
          .text);
}

/// set_attribute() of objects whose class has something to say to an assignment.
void Translator::set_attribute_hook(ClassInfo& root) {
  std::set<std::string_view> names;
  bool all = false;  // some class answers for every name
  for (const ClassInfo* cls : root.family) {
    for (const auto& [name, setter] : cls->setters) names.insert(name);
    for (const auto& [name, method] : cls->methods)
      if (method->is_property) names.insert(name);
    for (const auto& [name, var] : cls->class_vars)
      if (descriptor(*cls, name) != nullptr) names.insert(name);
    all = all || cls->methods.contains("__setattr__") || (cls->dataclass && cls->frozen);
  }
  if (names.empty() && !all) return;
  open("fn set_attribute(&self, name: &str, value: Value) -> Res<()> {");
  const auto whole = [&](ClassInfo& cls) -> std::string {
    if (FunctionInfo* method = find_method(cls, "__setattr__");
        method != nullptr && method->params.size() == 3)
      return strf("return self.{}({}, {}).map(|_| ())", implementation_name(*method),
                  coerce({"Str::from(name)", text_}, method->params[1].var->type),
                  coerce({"value", value_}, method->params[2].var->type));
    if (cls.dataclass && cls.frozen && !cls.named_tuple)
      return "return Err(exc::new(&exc::FrozenInstanceError, format!(\"cannot assign to field '{name}'\")))";
    return "";
  };
  if (all) line(strf("{};", family_dispatch(root, whole, "{}")));
  open("match name {");
  for (const std::string_view name : names) {
    const std::string answer =
        family_dispatch(root, [&](ClassInfo& cls) { return set_by_class(cls, name); }, "{}");
    if (answer != "{}") line(strf("\"{}\" => {},", name, answer));
  }
  line("_ => {}");
  close();
  line("self.setattr(name, value)");
  close();
}

/// What Python calls when a class has been made: __set_name__ of its descriptors.
void Translator::name_descriptors(const Node& node, ClassInfo& cls) {
  for (const auto& [var, value] : cls.class_assigns) {
    ClassInfo* by = descriptor(cls, var->name);
    FunctionInfo* method = by == nullptr ? nullptr : find_method(*by, "__set_name__");
    if (method == nullptr || method->params.size() != 3) continue;
    const Code called =
        call_hook(*value, read_var(*var, node), "__set_name__",
                  {owner_argument(cls, *method, 1), {strf("Str::lit(\"{}\")", var->name), text_}});
    line(strf("{};", called.text));
  }
}

/// object.__setattr__(self, name, value): past the class's own __setattr__, and past `frozen`.
Code Translator::raw_setattr(const Node& node, const Code& object, Node* name, Node* value) {
  const std::string_view attr = text_literal(name);
  const Code code = expr(value);
  if (!known(object.type) || !known(code.type)) return {"()", none_};
  if (base(object.type) == Base::instance && !attr.empty() && !class_of(object.type)->is_enum) {
    ClassInfo& cls = *class_of(object.type);
    FieldInfo& field = add_field(cls, attr);
    types_.flow(code.type, field.type);
    if (cls.root->boxed) types_.open_up(field.type);
    return {strf("{}.{}.set({})", operand(object), field.rust, coerce(code, field.type)), none_};
  }
  if (base(object.type) != Base::instance) return refuse(node, "__setattr__");
  open_fields(object.type);
  types_.open_up(object.type);
  use("value");
  return fallible(strf("rt::value::PyObject::setattr({}, {}.as_str(), {})", ref(object),
                       operand({coerce(expr(name), text_), text_}), to_value(code).text),
                  none_);
}

/// Objects of the class may get attributes that no assignment in the program names.
void Translator::open_names(ClassInfo& cls) {
  FieldInfo& more = add_field(cls, kMore);
  more.rust = "more_";
  if (!known(more.type)) types_.flow(types_.make(Base::dict, {text_, value_}), more.type);
}

bool Translator::has_open_names(const ClassInfo& cls) const {
  return std::ranges::any_of(cls.root->fields, [](const FieldInfo& field) { return field.name == kMore; });
}

/// An attribute that no assignment names: __getattr__ gives it, or the run has set it.
std::optional<Code> Translator::open_attribute(const Node& node, const Code& object, ClassInfo& cls,
                                               std::string_view attr) {
  if (has_open_names(cls)) {
    use("value_items");
    return fallible(strf("value_items::getattr(&{}, \"{}\")", to_value(object).text, attr), value_);
  }
  FunctionInfo* method = find_method(cls, "__getattr__");
  if (method == nullptr || method->params.size() != 2) return std::nullopt;
  return call_hook(node, object, "__getattr__", {{strf("Str::lit(\"{}\")", attr), text_}});
}

/// self.__dict__.update(..) and self.__dict__[name] = value.
std::optional<Code> Translator::dict_written(const Node& node, Node& owner, const Arguments& args) {
  auto* attribute = try_as<ast::Attribute>(&owner);
  if (attribute == nullptr || attribute->attr != "__dict__") return std::nullopt;
  const Code object = need(expr(attribute->value));
  if (base(object.type) != Base::instance || class_of(object.type)->is_enum) return std::nullopt;
  open_fields(object.type);
  const std::string o = temp("o");
  std::string steps;
  const auto each = [&](Node* given) {
    const Code more = to_value(need(expr(given)));
    steps += strf(
        "for (k, v) in {}.items() {{ {}; }} ", attempt(strf("value_items::dict_of(&{})", more.text)),
        attempt(strf("value_items::set_in_dict(&{}, {}.as_str(), v)", o, attempt("<Str>::from_value(&k)"))));
  };
  use("convert");
  for (Node* given : args.positional) each(given);
  for (const auto& [word, value] : args.keywords)
    steps +=
        strf("{}; ",
             attempt(strf("value_items::set_in_dict(&{}, \"{}\", {})", o, word, to_value(expr(value)).text)));
  if (args.double_star != nullptr) each(args.double_star);
  static_cast<void>(node);
  return Code{strf("{{ let {} = {}; {}}}", o, to_value(object).text, steps), none_};
}

/// The last arms of getattr and setattr by name.
void Translator::open_arms(ClassInfo& root, bool setting) {
  const std::string missing = "Err(rt::value::no_attribute(self.class().name, name))";
  if (setting) {
    if (!has_open_names(root)) return line(strf("_ => return {},", missing));
    line(
        "_ => { if !self.more_.is_set() { self.more_.set(Dict::new()); } "
        "self.more_.get().set(Str::from(name), "
        "value); }");
    return;
  }
  std::string last = missing;
  if (FunctionInfo* method = find_method(root, "__getattr__");
      method != nullptr && method->params.size() == 2)
    last = strf("Ok({})", coerce({strf("self.{}({})?", method_rust(root, "__getattr__"),
                                       coerce({"Str::from(name)", text_}, method->params[1].var->type)),
                                  method->ret},
                                 value_));
  if (has_open_names(root))
    last = strf(
        "match if self.more_.is_set() {{ self.more_.get().get(&Str::from(name)) }} else {{ None }} {{ "
        "Some(x) => "
        "Ok(x), None => {} }}",
        last);
  line(strf("_ => {},", last));
}

}  // namespace sov::transpiler
