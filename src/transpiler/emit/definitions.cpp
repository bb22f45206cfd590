// Functions.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

bool is_stub(Nodes body) {
  for (Node* node : body) {
    if (node->kind == Kind::Pass) continue;
    auto* expr = try_as<ast::Expr>(node);
    if (expr != nullptr && expr->value->kind == Kind::Constant) continue;
    auto* raise = try_as<ast::Raise>(node);
    if (raise != nullptr) continue;
    return false;
  }
  return true;
}

/// Methods whose names the written Rust uses for itself.
constexpr std::string_view kReserved[] = {
    "clone",   "to_str", "to_value",   "from_value", "repr",     "truth",     "py_lt",    "py_le",
    "py_gt",   "py_ge",  "py_hash",    "py_len",     "eq",       "ne",        "cmp",      "same",
    "borrow",  "into",   "from",       "default",    "str_into", "repr_into", "drop",     "deref",
    "kind",    "new",    "class_name", "asdict",     "iter",     "getattr",   "setattr",  "call_method",
    "as_any",  "has",    "hash",       "lt",         "class",    "to_string", "try_into", "to_owned",
    "type_id", "format", "py_format"};

}  // namespace

/// The Rust name of the function that holds this method's own body.
std::string Translator::implementation_name(const FunctionInfo& method) const {
  const ClassInfo& cls = *method.cls;
  const bool reserved = std::ranges::find(kReserved, method.name) != std::end(kReserved);
  const std::string own_name = method.rust + (reserved && !method.rust.ends_with("_") ? "_" : "");
  return cls.root->family.size() > 1 || cls.is_exception ? strf("{}_{}", cls.rust, own_name) : own_name;
}

/// The Rust name by which callers reach the method that an object's own class has.
std::string Translator::method_rust(const ClassInfo& cls, std::string_view name) const {
  FunctionInfo* method = find_method(cls, name);
  if (method != nullptr && (cls.root->family.size() <= 1 || cls.is_exception))
    return implementation_name(*method);
  const bool reserved = std::ranges::find(kReserved, name) != std::end(kReserved);
  const std::string rust = rust_name(name);
  return rust + (reserved && !rust.ends_with("_") ? "_" : "");
}

std::string Translator::signature(FunctionInfo& info, const std::string& receiver) {
  std::string params = receiver;
  const size_t skip = info.cls != nullptr && !info.is_static && !info.params.empty() ? 1 : 0;
  for (size_t i = skip; i < info.params.size(); ++i) {
    Var& var = *info.params[i].var;
    const bool changes = var.assigns > 0 && !var.shared;
    params +=
        strf("{}{}{}: {}", params.empty() ? "" : ", ", changes ? "mut " : "", var.rust, rust_type(var.type));
  }
  for (Var* var : info.captures) {
    const std::string type = var->shared ? strf("Shared<{}>", rust_type(var->type)) : rust_type(var->type);
    params += strf("{}{}: {}", params.empty() ? "" : ", ", var->rust, type);
  }
  return params;
}

void Translator::function(FunctionInfo& info, const std::string& receiver) {
  python_line_ = info.node->place.line;
  FunctionInfo* outer = function_;
  ClassInfo* outer_class = class_;
  auto scopes = std::move(scopes_);
  auto frames = std::move(error_frames_);
  auto loops = std::move(loops_);
  auto handling = std::move(handling_);
  scopes_.clear();
  error_frames_.clear();
  loops_.clear();
  handling_.clear();
  function_ = &info;
  class_ = info.cls != nullptr ? info.cls : class_;
  for (const Param& param : info.params) {
    // Defaults say something about the type even where no call leaves the argument out.
    if (param.fallback != nullptr) default_argument(info, param);
  }
  if (info.generator && !types_.is(info.ret, Base::iterator))
    types_.flow(types_.make(Base::iterator, {info.yields}), info.ret);
  const std::string name = info.cls != nullptr ? implementation_name(info) : info.rust;
  const std::string result = info.raises                              ? strf(" -> Res<{}>", rust_type(info.ret))
                             : types_.is(info.ret, Base::none) ? ""
                                                               : strf(" -> {}", rust_type(info.ret));
  open(strf("fn {}({}){} {{", name, signature(info, receiver), result));
  const size_t begin = out_.size();
  function_body(info);
  const std::string_view body = std::string_view(out_).substr(begin);
  info.raised = info.raised || body.find(")?") != std::string_view::npos || body.find("Err(") != std::string_view::npos;
  if (!info.body().empty() && info.body().back()->kind == Kind::Return) last_return();
  close();
  function_ = outer;
  class_ = outer_class;
  scopes_ = std::move(scopes);
  error_frames_ = std::move(frames);
  loops_ = std::move(loops);
  handling_ = std::move(handling);
}

void Translator::function_body(FunctionInfo& info) {
  if (info.is_async) refuse(*info.node, "async function", "async functions are not translated yet");
  const Nodes body = info.body();
  if (is_stub(body) &&
      (info.is_abstract ||
       (info.cls != nullptr && info.cls->abstract && info.returns != nullptr && body.size() <= 2 &&
        std::ranges::none_of(body, [](Node* n) { return n->kind == Kind::Raise; })))) {
    const auto* returns = try_as<ast::Constant>(const_cast<Node*>(info.returns));
    if (info.is_abstract || returns == nullptr) {
      line("Err(exc::bare(&exc::NotImplementedError))");
      return;
    }
  }
  if (info.is_method() && !info.params.empty() && info.params[0].var->rust == "this")
    line("let this = self.clone();");
  for (const Param& param : info.params) {
    if (param.var->shared) line(strf("let {} = Shared::new({});", param.var->rust, param.var->rust));
  }
  if (info.generator) {
    open("Ok(PyIter::from_gen(gen::make(move |y| async move {");
    block(body);
    line("Ok::<(), Exc>(())");
    close("})))");
    return;
  }
  block(body);
  if (!falls_through(body)) {
    // rustc does not see that a block with try, with or match never ends here.
    const Kind last = body.back()->kind;
    if (last != Kind::Return && last != Kind::Raise && last != Kind::While) line("unreachable!()");
    return;
  }
  types_.flow(none_, info.ret);
  const std::string none = coerce({"()", none_}, info.ret);
  if (info.raises)
    line(strf("Ok({})", none));
  else if (none != "()")
    line(none);
}

/// `return x;` at the end of a function is `x`.
void Translator::last_return() {
  constexpr std::string_view kReturn = "return ";
  const size_t begin = out_.rfind('\n', out_.size() - 2) + 1;
  const size_t word = out_.find_first_not_of(' ', begin);
  if (word != begin + static_cast<size_t>(indent_) * 4 || out_.compare(word, kReturn.size(), kReturn) != 0) return;
  out_.erase(out_.size() - 2, 1);
  out_.erase(word, kReturn.size());
}

/// A function in a function: a Rust item that gets what it captures as further arguments.
void Translator::nested_function(FunctionInfo& info) {
  const auto* def = try_as<ast::FunctionDef>(info.node);
  if (def == nullptr) return;
  for (Node* decorator : def->decorator_list) {
    auto* call_node = try_as<ast::Call>(decorator);
    const std::string path = module_path(call_node != nullptr ? *call_node->func : *decorator);
    if (path != "functools.wraps") refuse(*decorator, "decorator of a nested function");
  }
  function(info, "");
}

}  // namespace sov::transpiler
