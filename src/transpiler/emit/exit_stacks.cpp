// contextlib.ExitStack and closing: context managers that are entered by a call.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// What an object's __exit__ gives when the block ends with the exception named (an Option).
Code Translator::exit_call(const ClassInfo& cls, FunctionInfo& leave, std::string_view name,
                           const std::string& held, const std::string& e) {
  const bool star = leave.params.size() == 2 && leave.params[1].kind == ParamKind::star;
  const TypeId error_type = star ? value_ : leave.params[2].var->type;
  const std::string kind = strf("match &{} {{ Some(e) => Value::Type(e.class()), None => Value::None }}", e);
  const Code error{strf("{}.clone()", e), types_.make(Base::option, {exception_})};
  const std::string args = star ? strf("Tuple::from(vec![{}, {}, Value::None])", kind, coerce(error, value_))
                                : strf("{}, {}, {}", kind, coerce(error, error_type),
                                       coerce({"()", none_}, leave.params[3].var->type));
  return fallible(strf("{}.{}({})", held, method_rust(cls, name), args), leave.ret);
}

/// The types of what __exit__ is told.
void Translator::exit_parameters(FunctionInfo& leave) {
  use("value");
  if (leave.params.size() == 2) return types_.make_value(types_.arg(leave.params[1].var->type, 0));
  types_.flow(none_, leave.params[1].var->type);
  types_.flow(none_, leave.params[3].var->type);
  types_.flow(none_, leave.params[2].var->type);
  types_.flow(exception_, leave.params[2].var->type);
  types_.make_value(leave.params[1].var->type);
}

/// stack.enter_context(manager): the manager is entered, and left with the stack.
Code Translator::enter_context(const Node& node, const Code& stack, const Code& manager) {
  if (base(manager.type) == Base::unknown) return {"()", types_.fresh()};
  const std::string held = temp("cm"), entered = temp("x");
  Code made{"()", none_};
  std::string leave;
  const auto inside = [&](const std::function<std::string()>& write) {
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    std::string text = write();
    error_frames_ = std::move(frames);
    return text;
  };
  if (base(manager.type) == Base::iterator) {
    made = fallible(strf("{}.enter()", held), types_.arg(manager.type, 0));
    leave = strf("{}.leave(e)", held);
  } else if (base(manager.type) == Base::opaque) {
    const std::string& type = Library::built_in().type(types_.at(manager.type).id).name;
    const LibraryEntry* enter = Library::built_in().method(type, "__enter__");
    const LibraryEntry* exit = Library::built_in().method(type, "__exit__");
    const Code object{held, manager.type, Form::place};
    made = enter == nullptr ? Code{own(object), manager.type} : call_library(node, *enter, &object, {});
    leave = inside([&] {
      return exit == nullptr ? std::string("Ok(false)")
                             : strf("{{ {}; Ok(false) }}", call_library(node, *exit, &object, {}).text);
    });
  } else if (base(manager.type) == Base::instance) {
    ClassInfo& cls = *class_of(manager.type);
    FunctionInfo* enter = find_method(cls, "__enter__");
    FunctionInfo* exit = find_method(cls, "__exit__");
    if (enter == nullptr || exit == nullptr || (exit->params.size() != 4 && exit->params.size() != 2))
      return refuse(node, "enter_context() of an object without __enter__ and __exit__");
    made = fallible(strf("{}.{}()", held, method_rust(cls, "__enter__")), enter->ret);
    exit_parameters(*exit);
    leave = inside([&] {
      const Code called = exit_call(cls, *exit, "__exit__", held, "e");
      const std::string swallow = types_.is(called.type, Base::none) ? "false" : truth(called);
      return swallow == "false" ? strf("{{ {}; Ok(false) }}", called.text) : strf("Ok({})", swallow);
    });
  } else {
    return refuse(node, strf("enter_context() of {}", type_text(manager.type)));
  }
  return {
      strf("{{ let {} = {}; let {} = {}; {}.push({{ let {} = {}.clone(); move |e: Option<Exc>| -> Res<bool> "
           "{{ let _ = &e; {} }} }}); {} }}",
           held, own(manager), entered, own(made), operand(stack), held, held, leave, entered),
      made.type};
}

/// Methods of ExitStack that take managers and functions; nothing for others.
std::optional<Code> Translator::exit_stack_method(const Node& node, const Code& object, std::string_view name,
                                                  const Arguments& args) {
  if (name == "enter_context" && args.positional.size() == 1)
    return enter_context(node, object, need(expr(args.positional[0])));
  if (name != "callback" || args.positional.empty()) return std::nullopt;
  Arguments rest = args;
  rest.positional.erase(rest.positional.begin());
  const std::string f = to_value(expr(args.positional[0])).text;
  const auto [list, words] = dynamic_arguments(rest);
  const std::string called = temp("f"), a = temp("a"), k = temp("k");
  return Code{strf("{{ let ({}, {}, {}) = ({}, {}, {}); {}.push(move |_| -> Res<bool> {{ "
                   "value_items::call_kw(&{}, {}, "
                   "{})?; Ok(false) }}) }}",
                   called, a, k, f, list, words, operand(object), called, a, k),
              none_};
}

/// with contextlib.closing(x): x is closed at the end.
void Translator::with_closing(ast::With& node, size_t index, Node* argument) {
  auto& item = as<ast::withitem>(*node.items[index]);
  const Code object = need(expr(argument));
  const std::string held = temp("cm");
  line(strf("let {} = {};", held, own(object)));
  const Code place{held, object.type, Form::place};
  if (item.optional_vars != nullptr) bind_with(item, place, node);
  with_body(node, index, [&](const std::string&) {
    line(strf("{};", call_method(node, place, "close", {}).text));
    return std::string("false");
  });
}

}  // namespace sov::transpiler
