// Keys whose hash may raise: they are asked before a dict or set takes them, so that `try` can catch it.
#include <algorithm>

#include "transpiler/emit/data_hash.h"
#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// Whether a __hash__ raises by itself, or hands hash() a field that is a list, dict or set.
bool raises_in_hash(const Types& types, const ClassInfo& cls, Node& node) {
  if (node.kind == Kind::Raise) return true;
  if (auto* read = try_as<ast::Attribute>(&node); read != nullptr && read->value->kind == Kind::Name) {
    const auto& fields = cls.root->fields;
    const auto field = std::ranges::find(fields, read->attr, &FieldInfo::name);
    const Base base = field == fields.end() ? Base::unknown : types.base(field->type);
    if (base == Base::list || base == Base::dict || base == Base::set) return true;
  }
  bool any = false;
  if (auto* call = try_as<ast::Call>(&node); call != nullptr && call->func->kind == Kind::Name) {
    const std::string_view name = static_cast<ast::Name*>(call->func)->id;
    if (name == "tuple" || name == "frozenset" || name == "len" || name == "sorted" || name == "str")
      return false;
  }
  for_children(node, [&](Node& child) { any = any || raises_in_hash(types, cls, child); });
  return any;
}

}  // namespace

/// Whether objects of the class have a hash of their own that may raise, or none.
bool Translator::refuses_hash(const ClassInfo& cls, int depth) const {
  if (const FunctionInfo* method = find_method(cls, "__hash__"))
    return raises_in_hash(types_, cls, *method->node);
  const ClassInfo* data = data_class(cls);
  const bool compared = data != nullptr && data->eq;
  if (hashes_fields(cls))
    return std::ranges::any_of(all_data_fields(cls), [&](const DataField* field) {
      const auto& fields = cls.root->fields;
      const auto found = std::ranges::find(fields, field->name, &FieldInfo::name);
      return field->in_compare && found != fields.end() && may_refuse_hash(found->type, depth + 1);
    });
  if (cls.is_enum || cls.named_tuple) return false;
  return compared || find_method(cls, "__eq__") != nullptr || (holds_built_in(cls) && !holds_immutable(cls));
}

bool Translator::may_refuse_hash(TypeId type, int depth) const {
  if (depth > 4) return false;
  const TypeCell& cell = types_.at(type);
  switch (cell.base) {
    case Base::value:
    case Base::list:
    case Base::dict:
    case Base::set:
      return true;
    case Base::option:
    case Base::tuple:
    case Base::many:
      return std::ranges::any_of(cell.args, [&](TypeId part) { return may_refuse_hash(part, depth + 1); });
    case Base::instance: {
      const ClassInfo* cls = class_of(type);
      return std::ranges::any_of(cls->root->family,
                                 [&](const ClassInfo* member) { return refuses_hash(*member, depth); });
    }
    default:
      return false;
  }
}

/// check_hash() of objects of the family, where it may raise.
void Translator::hash_check(ClassInfo& root) {
  if (!may_refuse_hash(root.instance_type)) return;
  open("fn check_hash(&self) -> Res<()> {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        if (!refuses_hash(cls, 0)) return "Ok(())";
        if (const FunctionInfo* method = find_method(cls, "__hash__"))
          return strf("self.{}().map(|_| ())", implementation_name(*method));
        if (!hashes_fields(cls))
          return strf("Err(exc::new(&exc::TypeError, \"unhashable type: '{}'\"))", cls.name);
        std::string tests;
        for (const DataField* field : all_data_fields(cls)) {
          if (field->in_compare)
            tests += strf("self.{}.get().check_hash()?; ", add_field(cls, field->name).rust);
        }
        return strf("{{ {}Ok(()) }}", tests);
      },
      "Ok(())"));
  close();
}

/// The text of a key, or of a reference to one, which raises what its hash raises.
std::string Translator::as_key(const std::string& key, TypeId type) {
  return may_refuse_hash(type) ? attempt(strf("glue::as_key({})", key)) : key;
}

/// The same for a Vec of them.
std::string Translator::as_keys(const std::string& vec, TypeId item) {
  return may_refuse_hash(item) ? attempt(strf("glue::as_keys({})", vec)) : vec;
}

}  // namespace sov::transpiler
