// Named tuples: classes whose objects are also tuples of their fields.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

bool Translator::is_named_tuple(const Code& code) const {
  const ClassInfo* cls = class_of(code.type);
  return base(code.type) == Base::instance && cls != nullptr && cls->named_tuple;
}

/// The object as the tuple of its fields.
Code Translator::tuple_of(const Node& node, const Code& object) {
  ClassInfo& cls = *class_of(object.type);
  const std::string name = temp("t");
  std::string parts;
  std::vector<TypeId> types;
  for (const DataField* field : all_data_fields(cls)) {
    FieldInfo& info = add_field(cls, field->name);
    parts += strf("{}.{}.get(), ", name, info.rust);
    types.push_back(info.type);
  }
  return {strf("{{ let {} = {}; ({}) }}", name, ref(object), parts),
          container(node, Base::tuple, std::move(types), 13), Form::owned, false};
}

/// `_replace`, `_asdict`, and what a tuple has.
std::optional<Code> Translator::named_tuple_method(const Node& node, const Code& object,
                                                   std::string_view name, const Arguments& args) {
  ClassInfo& cls = *class_of(object.type);
  const auto fields = all_data_fields(cls);
  if (name == "_asdict") {
    const TypeId value = cell(node, 1);
    for (const DataField* field : fields) types_.flow(add_field(cls, field->name).type, value);
    const std::string held = temp("t");
    std::string pairs;
    for (const DataField* field : fields) {
      FieldInfo& info = add_field(cls, field->name);
      pairs += strf("(Str::lit(\"{}\"), {}), ", field->name,
                    coerce({strf("{}.{}.get()", held, info.rust), info.type}, value));
    }
    return Code{strf("{{ let {} = {}; Dict::from(vec![{}]) }}", held, ref(object), pairs),
                container(node, Base::dict, {types_.make(Base::text), value}), Form::owned, false};
  }
  if (name == "_replace" && args.positional.empty() && args.double_star == nullptr) {
    const std::string held = temp("t");
    std::string values;
    for (const DataField* field : fields) {
      FieldInfo& info = add_field(cls, field->name);
      Node* given = args.keyword(field->name);
      if (given != nullptr) {
        const Code code = expr(given);
        types_.flow(code.type, info.type);
        values += coerce(code, info.type) + ", ";
      } else {
        values += strf("{}.{}.get(), ", held, info.rust);
      }
    }
    return Code{strf("{{ let {} = {}; {} }}", held, ref(object),
                     attempt(strf("{}({})", constructor_of(cls), values))),
                object.type, Form::owned, false};
  }
  if (name == "index" || name == "count") return call_method(node, tuple_of(node, object), name, args);
  return std::nullopt;
}

std::string Translator::constructor_of(const ClassInfo& cls) const {
  return strf("{}::{}", cls.root->rust, cls.root->family.size() > 1 ? strf("new_{}", cls.rust) : "new");
}

/// `Point._make(items)`.
Code Translator::named_tuple_make(const Node& node, ClassInfo& cls, const Arguments& args) {
  const auto fields = all_data_fields(cls);
  const TypeId item = cell(node);
  const std::string items = collected(args.positional[0], item);
  std::string names, values;
  for (const DataField* field : fields) {
    const std::string held = temp("t");
    FieldInfo& info = add_field(cls, field->name);
    types_.flow(item, info.type);
    names += held + ", ";
    values += coerce({held, item}, info.type) + ", ";
  }
  const TypeId type = container(node, Base::instance, {}, 6);
  types_.set_class(type, cls.number);
  return {
      strf("{{ let [{}] = {}; {} }}", names, attempt(strf("glue::unpack::<{}, _>({})", fields.size(), items)),
           attempt(strf("{}({})", constructor_of(cls), values))),
      type, Form::owned, false};
}

/// `Point._fields`.
Code Translator::named_tuple_fields(const Node& node, ClassInfo& cls) {
  std::string parts;
  std::vector<TypeId> types;
  for (const DataField* field : all_data_fields(cls)) {
    parts += strf("Str::lit(\"{}\"), ", field->name);
    types.push_back(types_.make(Base::text));
  }
  return {strf("({})", parts), container(node, Base::tuple, std::move(types), 13)};
}

}  // namespace sov::transpiler
