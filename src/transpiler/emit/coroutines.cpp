// async functions, await, async for, and the parts of asyncio that take several kinds of awaitables.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// What `return` gives: for an async function, the type inside its coroutine.
TypeId Translator::result_type(const FunctionInfo& function) const {
  if (!function.is_async || function.generator) return function.ret;
  // Functions that meet in a dict or parameter share what their coroutines give.
  return base(function.ret) == Base::coroutine ? types_.arg(function.ret, 0) : function.result;
}

bool Translator::is_task(TypeId type) const {
  return base(type) == Base::opaque && Library::built_in().type(types_.at(type).id).name == "Task";
}

Code Translator::awaited(const Node& node, const Code& code_or_none) {
  const Code code = need(code_or_none);
  if (!known(code.type)) return {"()", types_.fresh()};
  if (base(code.type) == Base::coroutine || is_task(code.type))
    return fallible(strf("{}.wait().await", operand(code)), types_.arg(code.type, 0));
  if (base(code.type) == Base::value)
    return fallible(strf("asyncio_value::wait({}).await", ref(code)), value_);
  if (base(code.type) == Base::instance) {
    const Code iterator = call_method(node, code, "__await__", {});
    if (base(iterator.type) == Base::coroutine) return awaited(node, iterator);
  }
  if (!final_) return {"()", types_.fresh()};
  return refuse(node, strf("await of {}", type_text(code.type)));
}

Code Translator::await(ast::Await& node) { return awaited(node, expr(node.value)); }

/// `while let Some(x) = <this>`: the next item of what `async for` goes over, and its type.
std::pair<std::string, TypeId> Translator::async_next(const Node& node, const Code& source,
                                                      const std::string& held) {
  if (base(source.type) == Base::async_iterator)
    return {attempt(strf("{}.try_next().await", held)), types_.arg(source.type, 0)};
  if (base(source.type) == Base::instance) {
    ClassInfo& cls = *class_of(source.type);
    FunctionInfo* next = find_method(cls, "__anext__");
    if (next != nullptr && next->is_async) {
      next->called = true;
      const std::string step = strf("{}.{}()", held, method_rust(cls, "__anext__"));
      return {attempt(strf("match {} {{ Ok(c) => asyncio_sync::stepped(c.wait().await), Err(e) => Err(e) }}",
                           step)),
              result_type(*next)};
    }
  }
  if (base(source.type) == Base::value)
    return {attempt(strf("asyncio_value::next(&{}).await", held)), value_};
  if (final_) refuse(node, strf("async for over {}", type_text(source.type)));
  return {"None", types_.fresh()};
}

/// The object that `async for` steps.
Code Translator::async_source(Node* node) {
  Code source = need(expr(node));
  if (base(source.type) == Base::instance) {
    ClassInfo& cls = *class_of(source.type);
    if (FunctionInfo* method = find_method(cls, "__aiter__"); method != nullptr) {
      method->called = true;
      source = fallible(strf("{}.{}()", operand(source), method_rust(cls, "__aiter__")), method->ret);
    }
  }
  if (base(source.type) == Base::value)
    return fallible(strf("asyncio_value::aiter({})", ref(source)), value_);
  return source;
}

/// Methods of coroutines.
std::optional<Code> Translator::coroutine_method(const Code& object, std::string_view name,
                                                 const Arguments& args) {
  if (name == "close" && args.positional.empty()) return Code{strf("{}.close()", operand(object)), none_};
  if (name == "send" && args.positional.size() == 1) {
    types_.open_up(object.type);
    return fallible(strf("asyncio_value::send({})", ref(object)), value_);
  }
  if (name == "__anext__" || name == "asend") return std::nullopt;
  return std::nullopt;
}

void Translator::async_for(ast::For& node) {
  const Code source = async_source(node.iter);
  if (!known(source.type)) {
    loop("while false", node.body, node.orelse, [] {});
    return;
  }
  const std::string held = temp("it"), x = temp("x");
  line(strf("let {} = {};", held, own(source)));
  const auto [next, item] = async_next(node, source, held);
  loop(strf("while let Some({}) = {}", x, next), node.body, node.orelse,
       [&, type = item] { store(*node.target, {x, type}, node); });
}

/// A task of whatever can be awaited; its result becomes `item`.
std::string Translator::as_task(const Node& node, const Code& code, TypeId item) {
  if (base(code.type) == Base::coroutine) {
    types_.flow(types_.arg(code.type, 0), item);
    return strf("asyncio::Task::new({}, None)", coerce(code, types_.make(Base::coroutine, {item})));
  }
  if (is_task(code.type)) {
    types_.unify(types_.arg(code.type, 0), item);
    return own(code);
  }
  if (base(code.type) == Base::value) {
    types_.make_value(item);
    return strf("asyncio_value::task({})", ref(code));
  }
  if (final_ && known(code.type)) refuse(node, strf("task of {}", type_text(code.type)));
  return "()";
}

/// A Vec of tasks of all that is given, starred or not.
std::string Translator::tasks_of(const Node& node, const Arguments& args, TypeId item) {
  std::string steps;
  const std::string all = temp("tasks");
  const auto spread = [&](Node* star) {
    const Iteration it = iterate(star);
    const std::string x = temp("x");
    steps += strf("for {} in {} {{ {}.push({}); }} ", x, it.text, all,
                  as_task(node, {it.fallible ? attempt(x) : x, it.item}, item));
  };
  for (size_t i = 0; i <= args.positional.size(); ++i) {
    for (const auto& [before, star] : args.stars) {
      if (before == i) spread(star);
    }
    if (i < args.positional.size())
      steps += strf("{}.push({}); ", all, as_task(node, expr(args.positional[i]), item));
  }
  return strf("{{ let mut {}: Vec<asyncio::Task<{}>> = Vec::new(); {}{} }}", all, rust_type(item), steps,
              all);
}

Code Translator::gather(const Node& node, const Arguments& args) {
  const TypeId item = cell(node), result = cell(node, 1);
  Node* keep_errors = args.keyword("return_exceptions");
  const std::string tasks = tasks_of(node, args, item);
  std::map<std::string, TypeId> bound;
  const TypeId list = container(node, Base::list, {result}, 2);
  bound["T"] = list;
  const TypeId type =
      signature_type({.name = "Task", .args = {{.name = "T", .args = {}}}}, bound, node, "gather");
  if (keep_errors != nullptr && condition(*keep_errors) == "true") {
    types_.make_value(result);
    return {strf("asyncio::gather({}, |r| Ok(match r {{ Ok(x) => {}, Err(e) => Value::Exc(e) }}))", tasks,
                 coerce({"x", item}, result)),
            type};
  }
  types_.flow(item, result);
  return {strf("asyncio::gather({}, |r| r.and_then(|x| Ok({})))", tasks, coerce({"x", item}, result)), type};
}

/// Nothing where the tables have it.
std::optional<Code> Translator::call_asyncio(const Node& node, const std::string& path,
                                             const Arguments& args) {
  const auto& given = args.positional;
  const std::string_view name = std::string_view(path).substr(8);
  const TypeId item = cell(node);
  if (name == "gather") return gather(node, args);
  if (name == "sleep" && given.size() + args.keywords.size() == 2) {
    const Code result = expr(given.size() == 2 ? given[1] : args.keywords[0].second);
    types_.flow(result.type, item);
    const std::string held = temp("v");
    return Code{strf("{{ let {} = {}; asyncio::sleep({}).map(move |_| Ok({})) }}", held, coerce(result, item),
                     as_float(expr(given[0])), held),
                container(node, Base::coroutine, {item}, 3)};
  }
  if (name == "create_task" || name == "ensure_future" || name == "shield") {
    if (given.empty()) return std::nullopt;
    const Code code = expr(given[0]);
    std::map<std::string, TypeId> bound{{"T", item}};
    const TypeId type =
        signature_type({.name = "Task", .args = {{.name = "T", .args = {}}}}, bound, node, "task");
    Node* word = args.keyword("name");
    if (word != nullptr && base(code.type) == Base::coroutine) {
      types_.flow(types_.arg(code.type, 0), item);
      return Code{strf("asyncio::Task::new({}, Some({}))", coerce(code, types_.make(Base::coroutine, {item})),
                       coerce(expr(word), text_)),
                  type};
    }
    return Code{as_task(node, code, item), type};
  }
  if (name == "wait_for" && !given.empty()) {
    const std::string task = as_task(node, expr(given[0]), item);
    Node* limit = given.size() > 1 ? given[1] : args.keyword("timeout");
    const Code seconds = limit == nullptr ? Code{"()", none_} : expr(limit);
    const std::string text = types_.is(seconds.type, Base::none)     ? "None"
                             : types_.is(seconds.type, Base::option) ? own(seconds)
                                                                     : strf("Some({})", as_float(seconds));
    return Code{strf("asyncio::wait_for({}, {})", task, text), container(node, Base::coroutine, {item}, 3)};
  }
  if ((name == "as_completed" || name == "wait") && given.size() == 1) {
    Arguments all;
    all.star = given[0];
    all.stars = {{0, given[0]}};
    const std::string tasks = tasks_of(node, all, item);
    if (name == "as_completed")
      return Code{strf("asyncio::as_completed({})", tasks),
                  container(node, Base::list, {container(node, Base::coroutine, {item}, 3)}, 4)};
    std::map<std::string, TypeId> bound{{"T", item}};
    const TypeId task =
        signature_type({.name = "Task", .args = {{.name = "T", .args = {}}}}, bound, node, "w.");
    const TypeId pair = container(
        node, Base::tuple, {container(node, Base::set, {task}, 5), container(node, Base::set, {task}, 6)}, 8);
    Node* limit = args.keyword("timeout");
    Node* when = args.keyword("return_when");
    return Code{strf("asyncio::wait({}, {}, {})", tasks,
                     limit == nullptr ? "None" : strf("Some({})", as_float(expr(limit))),
                     when == nullptr ? "Str::lit(\"ALL_COMPLETED\")" : coerce(expr(when), text_)),
                container(node, Base::coroutine, {pair}, 3)};
  }
  if (name == "to_thread" && !given.empty()) {
    Arguments rest = args;
    rest.positional.erase(rest.positional.begin());
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    const Code called = call_callable(node, given[0], rest);
    error_frames_ = std::move(frames);
    types_.flow(called.type, item);
    return Code{strf("asyncio::Coro::new(async move {{ Ok({}) }})", coerce(called, item)),
                container(node, Base::coroutine, {item}, 3)};
  }
  if (name == "iscoroutinefunction" && given.size() == 1) {
    const Code f = expr(given[0]);
    return Code{f.named != nullptr && f.named->is_async ? "true" : "false", boolean_};
  }
  return std::nullopt;
}

}  // namespace sov::transpiler
