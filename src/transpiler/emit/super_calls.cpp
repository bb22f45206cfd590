// super(): methods, properties and constructors of the classes above.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// The method that follows in the order of the object's own class, which only the run knows where classes
/// have several bases.
std::optional<Code> Translator::call_next_method(const Node& node, std::string_view name,
                                                 const Arguments& args, const Var& self) {
  ClassInfo& cls = *class_;
  const auto next_for = [&](const ClassInfo& member) -> FunctionInfo* {
    const auto at = std::ranges::find(member.mro, &cls);
    for (auto up = at == member.mro.end() ? at : at + 1; up != member.mro.end(); ++up) {
      if (const auto found = (*up)->methods.find(name); found != (*up)->methods.end()) return found->second;
    }
    return nullptr;
  };
  if (function_->is_classmethod) {
    FunctionInfo* method = next_for(self_class_ != nullptr ? *self_class_ : cls);
    if (method == nullptr) return std::nullopt;
    return call_function(node, *method, args,
                         strf("{}::{}", cls.root->rust,
                              classmethod_name(*method, self_class_ != nullptr ? *self_class_ : cls)),
                         {});
  }
  std::vector<std::pair<FunctionInfo*, std::string>> ways;
  for (ClassInfo* member : cls.root->family) {
    FunctionInfo* method = inherits(*member, cls) ? next_for(*member) : nullptr;
    if (method == nullptr) continue;
    const std::string kind = strf("{}Kind::{}", cls.root->rust, member->rust);
    const auto same = std::ranges::find_if(ways, [&](const auto& way) { return way.first == method; });
    if (same == ways.end())
      ways.emplace_back(method, kind);
    else
      same->second += " | " + kind;
  }
  if (ways.empty()) return std::nullopt;
  const auto call_one = [&](FunctionInfo& method) {
    if (needs_dynamic(node, method, args, 1)) {
      const std::string object = own({self.rust, self.type, self.reference ? Form::reference : Form::place});
      return call_spread(dynamic_value(method, object, nullptr), args, method.ret);
    }
    return call_function(node, method, args, strf("{}.{}", self.rust, implementation_name(method)), {});
  };
  if (ways.size() == 1) return call_one(*ways[0].first);
  std::string arms;
  TypeId gives = cell(node, 15);
  for (auto& [method, kinds] : ways) {
    const Code one = call_one(*method);
    types_.flow(one.type, gives);
    arms += strf("{} => {}, ", &method == &ways[0].first ? "_" : kinds, coerce(one, gives));
  }
  // The first way stands last, for all others.
  const size_t end = arms.find(", " + ways[1].second);
  arms = arms.substr(end + 2) + arms.substr(0, end) + ", ";
  return Code{strf("match {}.kind {{ {}}}", self.rust, arms), gives, Form::owned, false};
}

/// super().__init__(..) of a data class: an object of the base is made, and its fields are taken over.
Code Translator::init_data_base(const Node& node, ClassInfo& cls, const Arguments& args,
                                const std::string& self) {
  const auto at =
      std::ranges::find_if(cls.mro, [&](const ClassInfo* up) { return up != &cls && up->dataclass; });
  if (at == cls.mro.end()) return refuse(node, "super().__init__ of a dataclass");
  for (ClassInfo* up : cls.mro) {
    if (up->methods.contains("__post_init__"))
      return refuse(node, "super().__init__ of a dataclass with __post_init__");
  }
  const Code made = construct_data(node, **at, args);
  const std::string held = temp("base");
  std::string steps;
  for (const DataField* field : all_data_fields(**at)) {
    const std::string& rust = add_field(cls, field->name).rust;
    steps += strf("{}.{}.set({}.{}.get()); ", self, rust, held, rust);
  }
  return {strf("{{ let {} = {}; {}}}", held, made.text, steps), none_};
}

Code Translator::call_super(const Node& node, std::string_view name, const Arguments& args) {
  if (class_ == nullptr || function_ == nullptr || function_->params.empty())
    return refuse(node, "super() here");
  ClassInfo& cls = *class_;
  Var& self = *function_->params[0].var;
  const Code object{self.rust, self.type, self.reference ? Form::reference : Form::place};
  if (name == "__new__" && !args.positional.empty()) {
    Arguments rest = args;
    rest.positional.erase(rest.positional.begin());
    if (auto found = call_next_method(node, name, rest, self)) return *found;
    return bare_object(node, args);
  }
  if (auto found = call_next_method(node, name, args, self)) return *found;
  if (name == "__init__" && cls.is_exception) {
    std::string list;
    for (Node* arg : args.positional)
      list += strf("{}{}", list.empty() ? "" : ", ", exception_argument(expr(arg)));
    return {strf("{}.set_args(vec![{}])", self.rust, list), none_};
  }
  if (name == "__setattr__" && args.positional.size() == 2)
    return raw_setattr(node, object, args.positional[0], args.positional[1]);
  if (holds_built_in(cls) && !function_->is_classmethod) return held_method(node, object, name, args);
  if (name == "__init__") {
    const bool data = std::ranges::any_of(cls.mro, [](const ClassInfo* up) { return up->dataclass; });
    if (data) return init_data_base(node, cls, args, self.rust);
    return {"()", none_};
  }
  if (name == "__str__" && cls.is_exception) return {strf("{}.to_str()", self.rust), text_};
  if (name == "__post_init__" || name == "__init_subclass__") return {"()", none_};
  return refuse(node, strf("super().{}", name));
}

/// super().attr: a property or class variable of the classes above.
Code Translator::super_attribute(ast::Attribute& node) {
  if (class_ == nullptr || function_ == nullptr || function_->params.empty())
    return refuse(node, "super() here");
  Var& self = *function_->params[0].var;
  const auto& mro = class_->mro;
  for (size_t i = 1; i < mro.size(); ++i) {
    if (const auto found = mro[i]->methods.find(node.attr); found != mro[i]->methods.end()) {
      if (!found->second->is_property) return refuse(node, strf("super().{} as a value", node.attr));
      if (auto made = call_next_method(node, node.attr, {}, self)) return *made;
    }
    if (const auto found = mro[i]->class_vars.find(node.attr); found != mro[i]->class_vars.end())
      return read_var(*found->second, node);
  }
  return raising("AttributeError", strf("'super' object has no attribute '{}'", node.attr));
}

}  // namespace sov::transpiler
