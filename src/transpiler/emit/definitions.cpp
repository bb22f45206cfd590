// Functions.
#include <algorithm>

#include "transpiler/emit/layout.h"
#include "transpiler/emit/line_marks.h"
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

/// The Rust text gives an error to its caller: `?` or Err.
bool leaves_early(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '?' || text.substr(at).starts_with("Err(")) return true;
    if (text[at] != '"') continue;
    while (++at < text.size() && text[at] != '"') at += text[at] == '\\';
  }
  return false;
}

/// Methods whose names the written Rust uses for itself.
constexpr std::string_view kReserved[] = {
    "clone",       "to_str",  "to_value", "from_value", "of_value",    "repr",     "truth",     "py_lt",
    "py_le",       "py_gt",   "py_ge",    "py_hash",    "py_len",      "eq",       "ne",        "cmp",
    "same",        "borrow",  "into",     "from",       "default",     "str_into", "repr_into", "drop",
    "deref",       "kind",    "new",      "class_name", "data_fields", "iter",     "getattr",   "setattr",
    "call_method", "as_any",  "has",      "hash",       "lt",          "class",    "to_string", "try_into",
    "to_owned",    "type_id", "format",   "py_format"};

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
    const std::string type = !var->written.empty() ? var->written
                             : var->shared         ? strf("Shared<{}>", rust_type(var->type))
                                                   : rust_type(var->type);
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
  for (const Param& param : info.params) info.locals[param.var->name] = param.var;
  for (const Param& param : info.params) {
    // Defaults say something about the type even where no call leaves the argument out.
    if (param.fallback != nullptr) default_argument(info, param);
  }
  if (info.generator && !info.is_async && !types_.is(info.ret, Base::iterator))
    types_.flow(types_.make(Base::iterator, {info.yields}), info.ret);
  std::string name = info.cls != nullptr ? implementation_name(info) : info.rust;
  if (info.cls != nullptr && self_class_ != nullptr) name = classmethod_name(info, *self_class_);
  if (info.memo_var != nullptr) info.memo_var->written = strf("Rc<{}>", memo_type(info));
  if (info.memo != nullptr) memo_wrapper(info, receiver, name);
  if (info.cached) cached_wrapper(info, name);
  if (info.memo != nullptr || info.cached) name += "_plain";
  const std::string result = info.raises                       ? strf(" -> Res<{}>", rust_type(info.ret))
                             : types_.is(info.ret, Base::none) ? ""
                                                               : strf(" -> {}", rust_type(info.ret));
  doc_comment(info.body());
  open(strf("fn {}({}){} {{", name, signature(info, receiver), result));
  const size_t begin = out_.size();
  function_body(info);
  info.raised = info.raised || leaves_early(std::string_view(out_).substr(begin));
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
  const bool as_value = types_.is(info.ret, Base::value);  // functions of one kind give something else too
  if (as_value && (info.is_async || info.generator)) use("convert");
  if (info.is_async && !info.generator) {
    open("Ok(asyncio::Coro::new(async move {");
    function_end(info, body);
    close(as_value ? "}).to_value())" : "}))");
    return;
  }
  if (info.generator && info.is_async) {
    open(strf("Ok(asyncio::AsyncIter::new(gen::{}(move |yielder| async move {{",
              has_cleanup(body) ? "make_closing" : "make"));
    block(body);
    line("Ok::<(), Exc>(())");
    close("})))");
    return;
  }
  if (info.generator) {
    open(strf("Ok(PyIter::from_gen(gen::{}(move |yielder| async move {{",
              has_cleanup(body) ? "make_closing" : "make"));
    block(body);
    line("Ok::<(), Exc>(())");
    close(as_value ? "})).to_value())" : "})))");
    return;
  }
  function_end(info, body);
}

/// The statements, and the result where control comes to their end.
void Translator::function_end(FunctionInfo& info, Nodes body) {
  block(body);
  if (!falls_through(body)) {
    // rustc does not see that a block with try, with or match never ends here.
    const Kind last = body.back()->kind;
    if (last != Kind::Return && last != Kind::Raise && last != Kind::While) line("unreachable!()");
    return;
  }
  const TypeId result = result_type(info);
  types_.flow(none_, result);
  const std::string none = coerce({"()", none_}, result);
  if (info.is_async)
    line(strf("Ok::<{}, Exc>({})", rust_type(result), none));
  else if (info.raises)
    line(strf("Ok({})", none));
  else if (none != "()")
    line(none);
}

/// `return x;` at the end of a function is `x`.
void Translator::last_return() {
  constexpr std::string_view kReturn = "return ";
  const size_t begin = out_.rfind('\n', out_.size() - 2) + 1;
  const size_t word = out_.find_first_not_of(' ', begin);
  if (word != begin + static_cast<size_t>(indent_) * 4 || out_.compare(word, kReturn.size(), kReturn) != 0)
    return;
  // What a last expression holds lives longer than the variables: one that borrows from them must stay a
  // statement.
  const std::string_view text = std::string_view(out_).substr(word);
  for (const std::string_view borrows : {"borrow()", "bound(", "|"}) {
    if (text.find(borrows) != std::string_view::npos) return;
  }
  const size_t semicolon = unmarked_end(out_) - 1;
  if (goes_on_behind_block(
          std::string_view(out_).substr(word + kReturn.size(), semicolon - word - kReturn.size())))
    return;
  out_.erase(semicolon, 1);
  out_.erase(word, kReturn.size());
}

/// The docstring as a doc comment.
void Translator::doc_comment(Nodes body) {
  auto* first = body.empty() ? nullptr : try_as<ast::Expr>(body[0]);
  auto* text = first == nullptr ? nullptr : try_as<ast::Constant>(first->value);
  if (text == nullptr || text->value.kind != ConstantKind::text) return;
  std::string_view rest = text->value.text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view written = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const size_t from = std::min(written.find_first_not_of(" \t\r"), written.size());
    written = written.substr(from, written.find_last_not_of(" \t\r") + 1 - from);
    if (!written.empty()) line(strf("/// {}", written));
  }
}

}  // namespace sov::transpiler
