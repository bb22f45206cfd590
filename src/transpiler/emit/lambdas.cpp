// Lambdas as values: what they capture, and closures of them.
#include <algorithm>
#include <iterator>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// What a lambda takes from around it, cloned for its closure.
std::string Translator::lambda_captures(const ast::Lambda& node, const FunctionInfo& info) {
  std::string before;
  for (Var* var : info.captures)
    before += strf("let {} = {}; ", var->rust == "self" ? "this" : var->rust, captured_argument(*var));
  for (const Scoped& around : scopes_) {
    for (const auto& [around_name, var] : around.names) {
      if (mentions(*node.body, around_name))
        before += strf("let {} = {}; ", var->rust,
                       own({var->rust, var->type, var->reference ? Form::reference : Form::place}));
    }
  }
  return before;
}

/// A lambda with * or keyword-only parameters: its arguments are matched when it is called.
Code Translator::open_lambda(ast::Lambda& node, FunctionInfo& info) {
  Scoped scope{.names = {}, .function = &info};
  std::string names;
  for (const Param& param : info.params) {
    scope.names[param.var->name] = param.var;
    names += param.var->rust + ", ";
  }
  FunctionInfo* outer = function_;
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string values = bound_arguments(info, 0, true);
  scopes_.push_back(std::move(scope));
  function_ = &info;
  const Code body = expr(node.body);
  types_.flow(body.type, info.ret);
  types_.make_value(info.ret);
  const std::string result = to_value(body).text;
  function_ = outer;
  scopes_.pop_back();
  error_frames_ = std::move(frames);
  const std::string list = temp("a"), words = temp("k");
  return {strf("{{ {}Value::func_kw(\"<lambda>\", move |{}, {}| {{ let ({}) = {{ let mut b_ = "
               "called::bind(&{}, 0, {}, {})?; "
               "({},) }}; Ok({}) }}) }}",
               lambda_captures(node, info), list, words, names, shape_text("<lambda>", info.params, 0), list,
               words, values, result),
          value_};
}

Code Translator::lambda(ast::Lambda& node, const std::vector<TypeId>* params) {
  FunctionInfo& info = *function_of_[&node];
  info.called = true;
  if (std::ranges::any_of(info.params, [](const Param& p) { return p.kind != ParamKind::positional; }))
    return open_lambda(node, info);
  // lambda x, y=1: a call may well give the y.
  const auto has_default = [](const Param& p) { return p.fallback != nullptr; };
  const auto constant_default = [](const Param& p) {
    return p.fallback == nullptr || p.fallback->kind == Kind::Constant;
  };
  if (params == nullptr && std::ranges::any_of(info.params, has_default) &&
      std::ranges::all_of(info.params, constant_default))
    return open_lambda(node, info);
  std::vector<TypeId> parts;
  std::string list;
  Scoped scope{.names = {}, .function = &info};
  size_t index = 0;
  std::string captured_defaults;
  for (const Param& param : info.params) {
    scope.names[param.var->name] = param.var;
    if (param.fallback != nullptr) {
      // lambda x, i=i: the usual way to keep a loop's value; nobody passes it.
      const Code fallback = expr(param.fallback);
      types_.flow(fallback.type, param.var->type);
      captured_defaults += strf("let {} = {}; ", param.var->rust, coerce(fallback, param.var->type));
      continue;
    }
    if (params != nullptr && index < params->size()) types_.flow((*params)[index], param.var->type);
    ++index;
    parts.push_back(param.var->type);
    list += strf("{}{}: {}", list.empty() ? "" : ", ", param.var->rust, rust_type(param.var->type));
  }
  FunctionInfo* outer = function_;
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  scopes_.push_back(std::move(scope));
  function_ = &info;
  // What it takes along has a value.
  std::vector<Var*> slots;
  std::ranges::copy_if(info.captures, std::back_inserter(slots), &Var::slot);
  for (Var* var : slots) var->slot = false;
  const Code body = expr(node.body);
  types_.flow(body.type, info.ret);
  const std::string result = coerce(body, info.ret);
  for (Var* var : slots) var->slot = true;
  function_ = outer;
  scopes_.pop_back();
  error_frames_ = std::move(frames);
  parts.push_back(info.ret);
  TypeId type = container(node, Base::function, parts, 8);
  const bool as_value = types_.is(type, Base::value);  // it meets defs that are Values
  if (as_value) type = types_.make(Base::function, parts);
  const std::string before = captured_defaults + lambda_captures(node, info);
  const std::string closure = strf("Fun(Rc::new(move |{}| -> Res<{}> {{ Ok({}) }}) as Rc<{}>)", list,
                                   rust_type(info.ret), result, dyn_type(type));
  const Code made{before.empty() ? closure : strf("{{ {}{} }}", before, closure), type, Form::owned, false};
  if (!as_value) return made;
  std::string text = convert_function(made, value_);
  constexpr std::string_view kNamed = "Value::func(\"function\"";
  if (const size_t at = text.rfind(kNamed); at != std::string::npos)
    text.replace(at, kNamed.size(), "Value::func(\"<lambda>\"");
  return {text, value_};
}

bool Translator::mentions(Node& node, std::string_view name) const {
  if (auto* found = try_as<ast::Name>(&node); found != nullptr && found->id == name) return true;
  bool any = false;
  for_children(node, [&](Node& child) { any = any || mentions(child, name); });
  return any;
}

}  // namespace sov::transpiler
