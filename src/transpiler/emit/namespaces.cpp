// argparse.Namespace and types.SimpleNamespace: objects whose attributes each have one type in the whole
// program.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

bool Translator::is_namespace(TypeId type) const {
  return is_library_type(type, "Namespace") || is_library_type(type, "SimpleNamespace");
}

/// The attribute of this name that such objects have.
TypeId Translator::destination(std::string_view name, TypeId space) {
  const bool simple = space != 0 && is_library_type(space, "SimpleNamespace");
  const auto [it, added] = namespace_.try_emplace(strf("{}{}", simple ? "." : "", name), 0);
  if (added) it->second = types_.fresh();
  if (any_destination_) types_.make_value(it->second);
  return it->second;
}

Code Translator::namespace_attribute(const Code& object, std::string_view attr) {
  const TypeId type = destination(attr, object.type);
  const Code raw = fallible(strf("{}.get(\"{}\")", operand(object), attr), value_);
  if (!known(type)) return final_ ? raw : Code{"()", types_.fresh()};
  if (base(plain(type)) == Base::function) return raw;
  return {coerce(raw, type), type};
}

/// vars(args), args.__dict__: what is written into it reaches the object.
Code Translator::namespace_dict(const Node& node, const Code& object) {
  return {strf("{}.vars()", operand(object)),
          container(node, Base::dict, {types_.make(Base::text), types_.make(Base::value)})};
}

/// Namespace(a=1), SimpleNamespace(a=1).
Code Translator::make_namespace(const Node& node, const std::string& path, const Arguments& args) {
  if (!args.positional.empty() || args.star != nullptr)
    return refuse(node, strf("{}() with these arguments", path));
  const bool simple = path == "types.SimpleNamespace";
  std::map<std::string, TypeId> bound;
  const TypeId type =
      signature_type({.name = simple ? "SimpleNamespace" : "Namespace", .args = {}}, bound, node, "->");
  if (args.double_star != nullptr) any_destination_ = true;
  for (const auto& [name, value] : args.keywords) types_.flow(expr(value).type, destination(name, type));
  const std::string words = dynamic_arguments(args).second;
  return {strf("argparse_namespace::Namespace::of(&rt::argparse_namespace::{}, {})",
               simple ? "SIMPLE" : "NAMESPACE", words),
          type};
}

/// args.func(args): a function that set_defaults put there.
Code Translator::call_namespace(const Node& node, const Code& object, std::string_view name,
                                const Arguments& args) {
  const TypeId type = destination(name, object.type);
  std::string list;
  std::vector<Code> codes;
  for (Node* arg : args.positional) codes.push_back(expr(arg));
  if (!args.keywords.empty() || args.star != nullptr || args.double_star != nullptr)
    return final_ ? refuse(node, strf("args.{}()", name)) : Code{"()", types_.fresh()};
  const TypeCell shape = types_.at(plain(type));
  if (shape.base == Base::unknown) return {"()", types_.fresh()};
  if (shape.base == Base::function && shape.args.size() == codes.size() + 1) {
    for (size_t i = 0; i < codes.size(); ++i) types_.flow(codes[i].type, shape.args[i]);
  }
  for (const Code& code : codes) list += strf("{}{}", list.empty() ? "" : ", ", to_value(code).text);
  const Code result = fallible(
      strf("value_items::call(&{}, vec![{}])", attempt(strf("{}.get(\"{}\")", operand(object), name)), list),
      value_);
  if (shape.base != Base::function) return result;
  return {coerce(result, shape.args.back()), shape.args.back()};
}

}  // namespace sov::transpiler
