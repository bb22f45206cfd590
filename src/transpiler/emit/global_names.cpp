// globals(): the functions and classes of the program by name.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// The text that a computed name begins with: "do_" + verb, f"do_{verb}"; the whole of a constant one.
std::string_view name_begins_with(Node& name) {
  if (name.kind == Kind::Constant) return text_literal(&name);
  if (auto* sum = try_as<ast::BinOp>(&name)) return sum->op == Op::Add ? text_literal(sum->left) : "";
  auto* joined = try_as<ast::JoinedStr>(&name);
  return joined == nullptr || joined->values.empty() ? "" : text_literal(joined->values[0]);
}

/// A dict of the functions and classes whose names begin so. Variables are not in it.
Code Translator::global_names(const Node& node, std::string_view prefix) {
  const TypeId type = container(node, Base::dict, {types_.make(Base::text), types_.make(Base::value)}, 11);
  std::string pairs;
  for (const auto& [name, var] : module_vars_) {
    if (!name.starts_with(prefix) || name.find('#') != std::string_view::npos) continue;
    std::string value;
    if (var->is_class && var->cls != nullptr && !var->cls->typed_dict &&
        name.find('.') == std::string_view::npos)
      value = class_value(*var->cls).text;
    else if (var->is_function && var->function != nullptr && var->assigns <= 1)
      value = dynamic_value(*var->function, "", nullptr);
    if (!value.empty())
      pairs += strf("{}({}, {})", pairs.empty() ? "" : ", ",
                    coerce({strf("Str::lit(\"{}\")", name), text_}, types_.arg(type, 0)), value);
  }
  if (pairs.empty()) return refuse(node, "globals() of variables");
  return {strf("Dict::from(vec![{}])", pairs), type};
}

/// globals()["do_" + verb] and globals().get(..): nothing for other expressions.
std::optional<Code> Translator::global_named(Node& called, Node* key) {
  auto* call_node = try_as<ast::Call>(&called);
  auto* name = call_node == nullptr ? nullptr : try_as<ast::Name>(call_node->func);
  if (name == nullptr || name->id != "globals" || lookup("globals") != nullptr || !call_node->args.empty())
    return std::nullopt;
  return global_names(called, key == nullptr ? "" : name_begins_with(*key));
}

}  // namespace sov::transpiler
