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
    return fallible(strf("gluev::{}_of({})", name, ref(object)), type);
  }
  ClassInfo* cls = class_of(object.type);
  if (cls == nullptr || !cls->dataclass) return refuse(node, strf("{}()", name));
  types_.open_up(cls->instance_type);
  asdict_needed_.insert(cls->root->number);
  return {strf("gluev::{}({}.data_fields())", name, operand(object)), type};
}

/// dataclasses.replace(object, field=..)
Code Translator::replace_call(const Node& node, const Arguments& args) {
  const Code object = need(expr(args.positional[0]));
  if (!known(object.type)) return {"()", types_.fresh()};
  if (base(object.type) != Base::value) return replaced(node, object, args);
  // Which data class it is shows when the program runs.
  const std::string v = temp("v"), o = temp("o");
  std::string arms;
  for (const auto& cls : classes_) {
    if (!cls->dataclass || cls->named_tuple || cls->root != cls.get() || !cls->children.empty()) continue;
    const auto fields = all_data_fields(*cls);
    const bool fits = std::ranges::all_of(args.keywords, [&](const auto& word) {
      return std::ranges::any_of(fields, [&](const DataField* field) { return field->name == word.first; });
    });
    if (!fits) continue;
    types_.open_up(cls->instance_type);
    use("convert");
    const Code made = replaced(node, {o, cls->instance_type, Form::place}, args);
    arms +=
        strf("if let Ok({}) = <{}>::from_value(&{}) {{ {} }} else ", o, cls->rust, v, to_value(made).text);
  }
  return {
      strf("{{ let {} = {}; {}{{ {} }} }}", v, own(object), arms,
           attempt("Err::<Value, Exc>(exc::new(&exc::TypeError, \"replace() should be called on dataclass "
                   "instances\"))")),
      value_};
}

Code Translator::replaced(const Node& node, const Code& object, const Arguments& args) {
  ClassInfo* cls = class_of(object.type);
  if (cls == nullptr || !cls->dataclass || args.double_star != nullptr)
    return refuse(node, "dataclasses.replace()");
  if (!cls->children.empty()) return refuse(node, "dataclasses.replace() of a class with subclasses");
  if (all_data_fields(*cls, true).size() != all_data_fields(*cls).size())
    return refuse(node, "dataclasses.replace() of a class with InitVars");
  const std::string o = temp("o");
  std::string text;
  size_t used = 0;
  for (const DataField* field : all_data_fields(*cls)) {
    if (!field->in_init) continue;
    FieldInfo& info = add_field(*cls, field->name);
    std::string part = strf("{}.{}.get()", o, info.rust);
    if (Node* value = args.keyword(field->name)) {
      ++used;
      const Code code = expr(value);
      types_.flow(code.type, info.type);
      part = coerce(code, info.type);
    }
    text += strf("{}{}", text.empty() ? "" : ", ", part);
  }
  if (used < args.keywords.size() && final_) return refuse(node, "dataclasses.replace() of an unknown field");
  const std::string made = attempt(strf(
      "{}::{}({})", cls->root->rust, cls->root->family.size() > 1 ? strf("new_{}", cls->rust) : "new", text));
  return {strf("{{ let {} = {}; {} }}", o, own(object), made), object.type};
}

}  // namespace sov::transpiler
