// raise, try, with.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

void Translator::raise(const std::string& exception) {
  if (function_ != nullptr) function_->raised = true;
  if (error_frames_.empty()) {
    line(strf("return Err({});", exception));
    return;
  }
  const ErrorFrame& frame = error_frames_.back();
  line(strf("break {} {}({});", frame.label, frame.flow ? "Flow::Raise" : "Err", exception));
}

/// The exception object of `raise X` or `raise X(...)`.
Code Translator::exception_value(Node& node) {
  if (auto* name = try_as<ast::Name>(&node)) {
    Var* var = lookup(name->id);
    if (var == nullptr && is_builtin_exception(name->id)) return call_exception(node, name->id, {});
    if (var != nullptr && var->is_class) return call_class(node, *var->cls, {});
  }
  if (const std::string path = module_path(node); !path.empty() && node.kind != Kind::Call)
    return call_module(node, path, {});
  const Code code = expr(&node);
  if (base(code.type) == Base::unknown) return {"()", exception_};
  if (base(code.type) == Base::option) return need(code);
  if (base(code.type) == Base::value) return {coerce(code, exception_), exception_};
  if (base(code.type) != Base::exception) return refuse(node, strf("raise of {}", type_text(code.type)));
  return code;
}

void Translator::raise_statement(ast::Raise& node) {
  if (node.exc == nullptr) {
    if (handling_.empty()) return raise("exc::new(&exc::RuntimeError, \"No active exception to reraise\")");
    return raise(strf("{}.clone()", handling_.back()));
  }
  std::string text = own(exception_value(*node.exc));
  if (node.cause != nullptr) {
    auto* none = try_as<ast::Constant>(node.cause);
    if (none != nullptr)
      text = strf("{}.set_cause(None)", text);
    else
      text = strf("{}.set_cause(Some({}))", text, own(exception_value(*node.cause)));
  }
  if (!handling_.empty() && (node.cause == nullptr || contexts_))
    text = strf("{}.set_context(&{})", text, handling_.back());
  raise(text);
}

void Translator::try_statement(ast::Try& node) {
  if (node.is_star) {
    refuse(node, "except*");
    return;
  }
  if (node.finalbody.empty()) return try_except(node);
  finally_statement(
      [&] {
        if (node.handlers.empty())
          block(node.body);
        else
          try_except(node);
      },
      [&] { block(node.finalbody); });
}

void Translator::try_except(ast::Try& node) {
  const std::string label = strf("'try{}", ++labels_), result = temp("r"), error = temp("e");
  open(strf("let {}: Res<()> = {}: {{", result, label));
  error_frames_.push_back({.label = label});
  block(node.body);
  error_frames_.pop_back();
  if (falls_through(node.body) || node.body.back()->kind == Kind::Try ||
      node.body.back()->kind == Kind::With || node.body.back()->kind == Kind::Match)
    line("Ok(())");
  close("};");
  open(strf("if let Err({}) = {} {{", error, result));
  if (contexts_) line(strf("let {} = exc::Handling::of(&{});", temp("_while"), error));
  handling_.push_back(error);
  handlers(node, error);
  handling_.pop_back();
  if (!node.orelse.empty()) {
    --indent_;
    line("} else {");
    ++indent_;
    block(node.orelse);
  }
  close();
}

/// The row of an exception class that a module has: "json.JSONDecodeError", "re.error".
const LibraryEntry* Translator::library_exception(const std::string& path) {
  if (path.empty()) return nullptr;
  const LibraryEntry* whole = Library::built_in().attribute("exceptions", path);
  return whole != nullptr ? whole
                          : Library::built_in().attribute("exceptions", path.substr(path.rfind('.') + 1));
}

/// Whether `error` is caught by what `except` names.
std::string Translator::exception_test(Node& type, const std::string& error, TypeId& bound) {
  if (auto* tuple = try_as<ast::Tuple>(&type)) {
    std::string out;
    for (Node* item : tuple->elts)
      out += strf("{}{}", out.empty() ? "" : " || ", exception_test(*item, error, bound));
    bound = exception_;
    return out.empty() ? "false" : out;
  }
  auto* name = try_as<ast::Name>(&type);
  Var* var = name != nullptr ? lookup(name->id) : nullptr;
  if (var != nullptr && var->is_class && var->cls->is_exception) {
    bound = container(type, Base::exception, {}, 6);
    types_.set_class(bound, var->cls->number);
    return strf("{}.is(&CLASS_{})", error, var->cls->rust);
  }
  if (name != nullptr && var == nullptr && is_builtin_exception(name->id))
    return strf("{}.is(&exc::{})", error,
                name->id == "IOError" || name->id == "EnvironmentError" ? "OSError" : name->id);
  if (const std::string path = module_path(type); !path.empty()) {
    const LibraryEntry* entry = library_exception(path);
    if (entry == nullptr) return refuse(type, strf("except {}", path)).text;
    for (const std::string& module : entry->uses) use(module);
    return strf("{}.is(&rt::{})", error, entry->body);
  }
  // Classes that the program computes.
  const Code classes = expr(&type);
  bound = exception_;
  if (!known(classes.type)) return "false";
  return attempt(strf("called::catches(&{}, &{})", to_value(classes).text, error));
}

std::string Translator::handler_test(ast::ExceptHandler& handler, const std::string& error, TypeId& bound) {
  bound = exception_;
  return handler.type == nullptr ? "true" : exception_test(*handler.type, error, bound);
}

void Translator::handlers(ast::Try& node, const std::string& error) {
  bool first = true, catches_all = false;
  for (Node* item : node.handlers) {
    auto& handler = as<ast::ExceptHandler>(*item);
    TypeId bound = exception_;
    const std::string test = handler_test(handler, error, bound);
    catches_all = test == "true";
    if (catches_all && first) {
      line("{");
    } else {
      if (!first) --indent_;
      line(catches_all ? "} else {" : strf("{}if {} {{", first ? "" : "} else ", test));
    }
    if (first) first = false;
    ++indent_;
    scopes_.push_back({.names = {}, .function = function_});
    if (!handler.name.empty()) {
      vars_.push_back(std::make_unique<Var>());
      Var* var = vars_.back().get();
      var->name = handler.name;
      var->rust = rust_name(handler.name);
      var->owner = function_;
      var->type = bound;
      scopes_.back().names[handler.name] = var;
      line(strf("let {} = {}.clone();", var->rust, error));
    }
    block(handler.body);
    scopes_.pop_back();
  }
  if (!catches_all) {
    --indent_;
    line("} else {");
    ++indent_;
    raise(error);
  }
  --indent_;
  line("}");
}

/// Runs `last` however `body` ends.
void Translator::finally_statement(const std::function<void()>& body, const std::function<void()>& last) {
  const std::string label = strf("'fin{}", ++labels_), flow = temp("f");
  const std::string type =
      function_ != nullptr && !in_generator() ? rust_type(result_type(*function_)) : "()";
  open(strf("let {}: Flow<{}> = {}: {{", flow, type, label));
  error_frames_.push_back({.label = label, .flow = true});
  body();
  error_frames_.pop_back();
  line("Flow::Normal");
  close("};");
  const std::string during = temp("_while");
  if (contexts_) line(strf("let {} = {}.error().as_ref().map(exc::Handling::of);", during, flow));
  last();
  if (contexts_) line(strf("drop({});", during));
  finish_flow(flow);
}

/// `as name`: a variable of its own where the name is used in this body only.
void Translator::bind_with(ast::withitem& item, const Code& value, const Node& statement) {
  if (!scoped_with_.contains(&item)) return store(*item.optional_vars, value, statement);
  auto& name = as<ast::Name>(*item.optional_vars);
  vars_.push_back(std::make_unique<Var>());
  Var* var = vars_.back().get();
  var->name = name.id;
  var->rust = rust_name(name.id);
  var->owner = function_;
  var->loop_bound = true;
  var->type = value.type;
  scopes_.push_back({.names = {{name.id, var}}, .function = function_});
  line(strf("let {} = {};", var->rust, own(value)));
}

void Translator::with_statement(ast::With& node, size_t index) {
  const size_t scopes = scopes_.size();
  with_item(node, index);
  scopes_.resize(scopes);
}

void Translator::with_item(ast::With& node, size_t index) {
  if (index == node.items.size()) return block(node.body);
  if (with_suppress(node, index)) return;
  auto& item = as<ast::withitem>(*node.items[index]);
  const Code manager = need(expr(item.context_expr));
  if (base(manager.type) == Base::unknown) {
    if (item.optional_vars != nullptr) bind_with(item, {"()", types_.fresh()}, node);
    return with_statement(node, index + 1);
  }
  const std::string held = temp("cm");
  if (base(manager.type) == Base::opaque) {
    const std::string& type = Library::built_in().type(types_.at(manager.type).id).name;
    if (type == "ExitStack") {
      line(strf("let {} = {};", held, own(manager)));
      if (item.optional_vars != nullptr) bind_with(item, {held, manager.type, Form::place}, node);
      return with_body(node, index,
                       [&](const std::string& e) { return attempt(strf("{}.leave({}.clone())", held, e)); });
    }
    const LibraryEntry* enter = Library::built_in().method(type, "__enter__");
    const LibraryEntry* leave = Library::built_in().method(type, "__exit__");
    line(strf("let {} = {};", held, own(manager)));
    const Code object{held, manager.type, Form::place};
    Code entered = enter == nullptr ? object : call_library(node, *enter, &object, {});
    if (node.is_async && enter != nullptr) entered = awaited(node, entered);
    if (enter != nullptr && item.optional_vars == nullptr) line(strf("{};", entered.text));
    if (item.optional_vars != nullptr) bind_with(item, entered, node);
    finally_statement([&] { with_statement(node, index + 1); },
                      [&] {
                        if (leave == nullptr) return;
                        Code left = call_library(node, *leave, &object, {});
                        if (node.is_async) left = awaited(node, left);
                        line(strf("{};", left.text));
                      });
    return;
  }
  if (base(manager.type) == (node.is_async ? Base::async_iterator : Base::iterator))
    return with_generator(node, index, manager, held);
  if (base(manager.type) == Base::value && !node.is_async) return with_value(node, index, manager, held);
  if (base(manager.type) != Base::instance) {
    refuse(*item.context_expr, strf("with {}", type_text(manager.type)));
    return;
  }
  with_object(node, index, manager, held);
}

/// with an object whose class only the run knows.
void Translator::with_value(ast::With& node, size_t index, const Code& manager, const std::string& held) {
  auto& item = as<ast::withitem>(*node.items[index]);
  for (const auto& cls : classes_) {
    const auto leave = cls->methods.find("__exit__");
    if (leave == cls->methods.end()) continue;
    const size_t params = leave->second->params.size();
    if (params == 4 || (params == 2 && leave->second->params[1].kind == ParamKind::star))
      exit_parameters(*leave->second);
  }
  line(strf("let {} = {};", held, own(manager)));
  const Code object{held, value_, Form::place};
  const Code entered = call_dynamic(*item.context_expr, object, "__enter__", {});
  if (item.optional_vars != nullptr)
    bind_with(item, entered, node);
  else
    line(strf("{};", entered.text));
  dynamic_methods_.insert("__exit__");
  use("value_call");
  with_body(node, index, [&](const std::string& e) {
    const std::string called = attempt(strf(
        "value_call::call_method(&{}, \"__exit__\", match &{} {{ Some(e) => vec![Value::Type(e.class()), "
        "Value::Exc(e.clone()), Value::None], None => vec![Value::None, Value::None, Value::None] }})",
        held, e));
    const Arguments none;
    const Code left = by_library_type(*item.context_expr, object, "__exit__", &none, called);
    return strf("({}).truth()", left.text.empty() ? called : left.text);
  });
}

/// with an object of the program: __exit__ is told class, object and traceback, and may swallow the exception
/// by returning true.
void Translator::with_object(ast::With& node, size_t index, const Code& manager, const std::string& held) {
  auto& item = as<ast::withitem>(*node.items[index]);
  ClassInfo& cls = *class_of(manager.type);
  const std::string_view first = node.is_async ? "__aenter__" : "__enter__";
  const std::string_view last = node.is_async ? "__aexit__" : "__exit__";
  FunctionInfo* enter = find_method(cls, first);
  FunctionInfo* leave = find_method(cls, last);
  const bool star = leave != nullptr && leave->params.size() == 2 && leave->params[1].kind == ParamKind::star;
  if (enter == nullptr || leave == nullptr || (leave->params.size() != 4 && !star)) {
    if (final_) refuse(*item.context_expr, "with an object without __enter__ and __exit__");
    return;
  }
  line(strf("let {} = {};", held, own(manager)));
  Code entered = fallible(strf("{}.{}()", held, method_rust(cls, first)), enter->ret);
  if (node.is_async) entered = awaited(node, entered);
  if (item.optional_vars != nullptr)
    bind_with(item, entered, node);
  else
    line(strf("{};", entered.text));
  exit_parameters(*leave);
  with_body(node, index, [&](const std::string& e) {
    Code called = exit_call(cls, *leave, last, held, e);
    if (node.is_async) called = awaited(node, called);
    const std::string swallow = types_.is(called.type, Base::none) ? "false" : truth(called);
    if (swallow == "false") line(strf("{};", called.text));
    return swallow;
  });
}

void Translator::finish_flow(const std::string& flow) {
  open(strf("match {} {{", flow));
  line("Flow::Normal => {}");
  const std::string raised = captured([&] {
    const int keep = indent_;
    indent_ = 0;
    raise("e");
    indent_ = keep;
  });
  line(strf("Flow::Raise(e) => {{ {} }}", raised.substr(0, raised.size() - 1)));
  std::string returned;
  for (size_t i = error_frames_.size(); i-- > 0 && returned.empty();) {
    if (error_frames_[i].flow) returned = strf("break {} Flow::Return(v)", error_frames_[i].label);
  }
  line(strf("Flow::Return(v) => {{ {}; }}", returned.empty() ? "return Ok(v)" : returned));
  // A way that the body does not take has no arm: `loop` with a `break` would end.
  const size_t begin =
      std::max(out_.rfind(strf("let {}: Flow<", flow)) + 1, out_.rfind(strf("let mut {}: Flow<", flow)) + 1);
  const size_t mark = begin == 0 ? begin : out_.find("= \'", begin);
  const std::string label =
      begin == 0 || mark == std::string::npos ? "" : out_.substr(mark + 2, out_.find(':', mark) - mark - 2);
  const auto takes_way = [&](std::string_view way) {
    return label.empty() || out_.find(strf("break {} Flow::{}", label, way), begin) != std::string::npos;
  };
  const bool breaks = takes_way("Break"), continues = takes_way("Continue");
  if (!loops_.empty() && (breaks || continues)) {
    for (const bool is_break : {true, false}) {
      if (is_break ? !breaks : !continues) {
        line(strf("Flow::{} => {{}}", is_break ? "Break" : "Continue"));
        continue;
      }
      const std::string text = captured([&] {
        const int keep = indent_;
        indent_ = 0;
        jump(is_break);
        indent_ = keep;
      });
      line(strf("Flow::{} => {{ {} }}", is_break ? "Break" : "Continue", text.substr(0, text.size() - 1)));
    }
  } else {
    line("Flow::Break | Flow::Continue => {}");
  }
  close();
}

}  // namespace sov::transpiler
