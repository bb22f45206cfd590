// Attributes that an Enum's __init__ gives its members, members that a Protocol asks for, methods that an
// abstract class has no body of.
#include <algorithm>
#include <set>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
/// EARTH = (5.976e24, 6.37814e6) with an __init__ that takes mass and radius: the members stay plain numbers,
/// and each has its attributes in a table that is filled when first asked for.
void Translator::enum_fields(ClassInfo& cls) {
  FunctionInfo* init = find_method(cls, "__init__");
  if (init == nullptr) return;
  std::vector<std::string> calls;
  for (const EnumMember& member : cls.members) {
    Arguments args;
    if (auto* tuple = try_as<ast::Tuple>(member.value))
      args.positional.assign(tuple->elts.begin(), tuple->elts.end());
    else if (member.value != nullptr)
      args.positional = {member.value};
    else
      refuse(*cls.node, "auto() with Enum.__init__");
    const std::string method =
        strf("{}::{}.{}", cls.rust, rust_name(member.name), implementation_name(*init));
    calls.push_back(call_function(*cls.node, *init, args, method, {}).text);
  }
  if (cls.fields.empty()) return;
  line("#[derive(Default)]");
  open(strf("struct {}Data {{", cls.rust));
  for (const FieldInfo& field : cls.fields) line(strf("{}: Field<{}>,", field.rust, rust_type(field.type)));
  close();
  open(strf("impl std::ops::Deref for {} {{", cls.rust));
  line(strf("type Target = {}Data;", cls.rust));
  open(strf("fn deref(&self) -> &{}Data {{", cls.rust));
  line(
      strf("thread_local! {{ static ALL: std::cell::OnceCell<&'static [{}Data]> = const {{ "
           "std::cell::OnceCell::new() }}; }}",
           cls.rust));
  line("if let Some(all) = ALL.with(|all| all.get().copied()) { return &all[*self as usize]; }");
  line(strf(
      "let all: &'static [{}Data] = Vec::leak({}::MEMBERS_.iter().map(|_| {}Data::default()).collect());",
      cls.rust, cls.rust, cls.rust));
  line("ALL.with(|kept| kept.set(all).ok());");
  open("let filled = (|| -> Res<()> {");
  for (const std::string& call : calls) line(call + ";");
  line("Ok(())");
  close("})();");
  line("glue::or_die(filled);");
  line("&all[*self as usize]");
  close();
  close();
}

/// Whether each object gets the attribute of its own when it is made: of a dataclass, or assigned by __init__
/// whatever happens.
bool Translator::set_when_made(const ClassInfo& cls, std::string_view attr) const {
  const auto assigns = [&](Node* target) {
    auto* attribute = try_as<ast::Attribute>(target);
    return attribute != nullptr && attribute->attr == attr && attribute->value->kind == Kind::Name &&
           as<ast::Name>(*attribute->value).id == "self";
  };
  const auto sets = [&](Node* statement) {
    if (auto* annotated = try_as<ast::AnnAssign>(statement))
      return annotated->value != nullptr && assigns(annotated->target);
    auto* assignment = try_as<ast::Assign>(statement);
    if (assignment == nullptr) return false;
    return std::ranges::any_of(assignment->targets, [&](Node* target) {
      auto* tuple = try_as<ast::Tuple>(target);
      return tuple != nullptr ? std::ranges::any_of(tuple->elts, assigns) : assigns(target);
    });
  };
  for (const ClassInfo* up : cls.mro) {
    const bool made_of_fields = up->dataclass || up->named_tuple;
    if (made_of_fields && std::ranges::find(up->data_fields, attr, &DataField::name) != up->data_fields.end())
      return true;
    const auto init = up->methods.find("__init__");
    if (init == up->methods.end()) continue;
    const Nodes body = init->second->body();
    if (std::ranges::any_of(body, sets)) return true;
    if (std::ranges::none_of(body, [](Node* statement) { return calls(*statement); }))
      return false;  // no super().__init__()
  }
  return false;
}

/// Where no attribute of that name was assigned, it may be a class variable.
bool Translator::may_be_of_class(const ClassInfo& cls, std::string_view attr) const {
  const bool any = std::ranges::any_of(cls.root->family, [&](const ClassInfo* member) {
    return inherits(*member, cls) && find_class_var(*member, attr) != nullptr;
  });
  return any && !set_when_made(cls, attr);
}

Code Translator::own_or_class_variable(const Node& node, const Code& object, ClassInfo& cls,
                                       FieldInfo& field) {
  const std::string o = temp("o");
  const Code shared = class_variable(node, {o, object.type, Form::place}, cls, field.name);
  types_.flow(shared.type, field.type);
  if (cls.root->boxed) types_.open_up(field.type);
  return {strf("{{ let {} = {}; if {}.{}.is_set() {{ {}.{}.get() }} else {{ {} }} }}", o, ref(object), o,
               field.rust, o, field.rust, coerce(shared, field.type)),
          field.type};
}

/// isinstance() with a runtime_checkable Protocol: whether the object has all of its members.
std::string Translator::protocol_test(const Node& node, const Code& object, const ClassInfo& protocol) {
  const auto has_all = [&](ClassInfo& cls) {
    for (const auto& [name, method] : protocol.methods)
      if (find_method(cls, name) == nullptr) return false;
    for (const auto& [name, var] : protocol.class_vars)
      if (find_field(cls, name) == nullptr && find_class_var(cls, name) == nullptr) return false;
    return std::ranges::all_of(protocol.data_fields, [&](const DataField& field) {
      return find_field(cls, field.name) != nullptr || find_method(cls, field.name) != nullptr ||
             find_class_var(cls, field.name) != nullptr;
    });
  };
  if (base(object.type) == Base::none) return "false";
  if (!known(object.type)) return "false";
  if (!protocol.bases.empty()) return refuse(node, "isinstance() with a Protocol that has bases").text;
  if (base(object.type) != Base::instance) return has_members(node, object, protocol);
  ClassInfo& is = *class_of(object.type);
  std::string kinds;
  size_t missing = 0;
  for (ClassInfo* member : is.root->family) {
    if (!inherits(*member, is)) continue;
    if (has_all(*member))
      kinds += strf("{}{}Kind::{}", kinds.empty() ? "" : " | ", is.root->rust, member->rust);
    else
      ++missing;
  }
  if (kinds.empty()) return "false";
  return missing == 0 ? "true" : strf("matches!({}.kind, {})", operand(object), kinds);
}

/// The same of a value whose class only the run knows.
std::string Translator::has_members(const Node& node, const Code& object, const ClassInfo& protocol) {
  std::set<std::string_view> names;
  for (const auto& [name, method] : protocol.methods) names.insert(name);
  for (const auto& [name, var] : protocol.class_vars) names.insert(name);
  for (const DataField& field : protocol.data_fields) names.insert(field.name);
  const std::string held = temp("v");
  std::string tests;
  for (const std::string_view name : names) {
    dynamic_methods_.insert(std::string(name));
    const std::string test = name == "__len__"        ? strf("value_items::len(&{}).is_ok()", held)
                             : name == "__iter__"     ? strf("value_items::iter(&{}).is_ok()", held)
                             : name == "__call__"     ? strf("called::callable(&{})", held)
                             : name.starts_with("__") ? refuse(node, strf("a Protocol with {}", name)).text
                                                      : strf("gluev::has_attribute(&{}, \"{}\")", held, name);
    tests += strf("{}{}", tests.empty() ? "" : " && ", test);
  }
  return strf("{{ let {} = {}; {} }}", held, to_value(object).text, tests.empty() ? "true" : tests);
}

/// " area" or "s area, name": the methods that a class has without a body; "" where it has none.
std::string Translator::abstract_methods(ClassInfo& cls) {
  std::set<std::string_view> names;
  for (ClassInfo* up : cls.mro) {
    for (FunctionInfo* method : up->method_order)
      if (method->is_abstract && find_method(cls, method->name) == method) names.insert(method->name);
  }
  std::string out;
  for (const std::string_view name : names) out += strf("{}{}", out.empty() ? " " : ", ", name);
  return names.size() > 1 ? "s" + out : out;
}

}  // namespace sov::transpiler
