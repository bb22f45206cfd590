// What a program asks of its data classes: dataclasses.fields, asdict, astuple, replace, is_dataclass.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

std::optional<Code> Translator::data_class_call(const Node& node, const std::string& path,
                                                const Arguments& args) {
  if (args.positional.size() != 1) return std::nullopt;
  if (path == "dataclasses.replace") return replace_call(node, args);
  if (!args.keywords.empty() || args.double_star != nullptr) return std::nullopt;
  if (path == "dataclasses.asdict" || path == "dataclasses.astuple")
    return data_copy(node, path == "dataclasses.asdict", args);
  const bool asked = path == "dataclasses.is_dataclass";
  if (!asked && path != "dataclasses.fields") return std::nullopt;
  auto* name = try_as<ast::Name>(args.positional[0]);
  Var* var = name == nullptr ? nullptr : lookup(name->id);
  ClassInfo* cls = var != nullptr && var->is_class ? var->cls : class_parameter(var);
  if (cls == nullptr) {
    const Code object = expr(args.positional[0]);
    if (!known(object.type)) return Code{"()", types_.fresh()};
    if (base(object.type) == Base::value)
      return refuse(node, path, strf("{}() of Any is not translated", path));
    cls = base(object.type) == Base::instance ? class_of(object.type) : nullptr;
  }
  const bool data = cls != nullptr && !cls->named_tuple &&
                    std::ranges::any_of(cls->mro, [](const ClassInfo* up) { return up->dataclass; });
  if (asked) return Code{data ? "true" : "false", boolean_};
  if (!data || !cls->children.empty()) return refuse(node, path);
  std::map<std::string, TypeId> bound;
  const TypeId field = signature_type({.name = "DataField", .args = {}}, bound, node, "->");
  std::string all;
  for (const DataField* one : all_data_fields(*cls))
    all += strf("data_field::DataField::new(\"{}\"), ", one->name);
  return Code{strf("Tuple::from(vec![{}])", all), container(node, Base::many, {field})};
}

/// dataclasses.asdict(x), astuple(x).
Code Translator::data_copy(const Node& node, bool as_dict, const Arguments& args) {
  const Code object = need(expr(args.positional[0]));
  if (!known(object.type)) return {"()", types_.fresh()};
  const std::string_view name = as_dict ? "asdict" : "astuple";
  const TypeId type = as_dict
                          ? container(node, Base::dict, {types_.make(Base::text), types_.make(Base::value)})
                          : container(node, Base::many, {types_.make(Base::value)});
  if (base(object.type) == Base::value) {
    for (const auto& cls : classes_) {
      if (cls->dataclass) asdict_needed_.insert(cls->root->number);
    }
    return {attempt(strf("gluev::{}_of({})", name, ref(object))) + (as_dict ? with_value_keys(type) : ""),
            type};
  }
  ClassInfo* cls = class_of(object.type);
  if (cls == nullptr || !cls->dataclass) return refuse(node, strf("{}()", name));
  types_.open_up(cls->instance_type);
  asdict_needed_.insert(cls->root->number);
  return {strf("gluev::{}({}.data_fields()){}", name, operand(object), as_dict ? with_value_keys(type) : ""),
          type};
}

/// dataclasses.replace(object, field=..)
Code Translator::replace_call(const Node& node, const Arguments& args) {
  const Code object = need(expr(args.positional[0]));
  if (!known(object.type)) return {"()", types_.fresh()};
  if (args.double_star != nullptr) return refuse(node, "dataclasses.replace() with **");
  const std::string o = temp("o");
  if (base(object.type) == Base::value) return replace_value(node, object, args);
  ClassInfo* cls = class_of(object.type);
  if (cls == nullptr || !cls->dataclass) return refuse(node, "dataclasses.replace()");
  return {strf("{{ let {} = {}; {} }}", o, own(object), replaced(node, *cls, o, args)), object.type};
}

/// The object's own class decides which fields there are.
std::string Translator::replaced(const Node& node, ClassInfo& cls, const std::string& object,
                                 const Arguments& args) {
  std::string arms;
  for (ClassInfo* member : cls.root->family) {
    if (!inherits(*member, cls)) continue;
    const std::string made = replaced_fields(node, *member, object, args);
    if (cls.root->family.size() == 1) return made;
    arms += strf("{}Kind::{} => {}, ", cls.root->rust, member->rust, made);
  }
  return strf("match {}.kind {{ {}_ => unreachable!() }}", object, arms);
}

std::string Translator::replaced_fields(const Node& node, ClassInfo& cls, const std::string& object,
                                        const Arguments& args) {
  if (all_data_fields(cls, true).size() != all_data_fields(cls).size())
    return refuse(node, "dataclasses.replace() of a class with InitVars").text;
  std::string text;
  size_t used = 0;
  for (const DataField* field : all_data_fields(cls)) {
    if (!field->in_init) continue;
    FieldInfo& info = add_field(cls, field->name);
    std::string part = strf("{}.{}.get()", object, info.rust);
    if (Node* value = args.keyword(field->name)) {
      ++used;
      const Code code = expr(value);
      types_.flow(code.type, info.type);
      part = coerce(code, info.type);
    }
    text += strf("{}{}", text.empty() ? "" : ", ", part);
  }
  if (used < args.keywords.size())
    return raising("TypeError", strf("{}.__init__() got an unexpected keyword argument", cls.name)).text;
  return attempt(strf("{}::{}({})", cls.root->rust,
                      cls.root->family.size() > 1 ? strf("new_{}", cls.rust) : "new", text));
}

/// Of a Value: whichever data class it is an object of, if that has the fields.
Code Translator::replace_value(const Node& node, const Code& object, const Arguments& args) {
  const std::string v = temp("v"), o = temp("o");
  std::string tests;
  use("convert");
  for (const auto& cls : classes_) {
    if (cls->root != cls.get() || !cls->dataclass || cls->is_exception) continue;
    const auto fields = all_data_fields(*cls);
    const bool has_all = std::ranges::all_of(args.keywords, [&](const auto& given) {
      return std::ranges::any_of(fields, [&](const DataField* field) { return field->name == given.first; });
    });
    if (!has_all) continue;
    types_.open_up(cls->instance_type);
    tests += strf("if let Some({}) = convert::held::<{}>(&{}) {{ {}.to_value() }} else ", o, cls->rust, v,
                  operand({replaced(node, *cls, o, args), cls->instance_type, Form::owned, false}));
  }
  if (tests.empty()) return refuse(node, "dataclasses.replace()");
  return {strf("{{ let {} = {}; {}{{ {} }} }}", v, own(object), tests,
               raising("TypeError", "replace() should be called on dataclass instances").text),
          value_};
}

}  // namespace sov::transpiler
