// Generators: yield, what is sent and thrown into them, and context managers made of them.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

Code Translator::yield(Node& node, Node* value, bool from) {
  if (function_ == nullptr) return refuse(node, "yield outside a function");
  const bool used = yield_statement_ != &node;
  if (from) {
    const Code source = need(expr(value));
    const std::string x = temp("x"), it = temp("it");
    if (base(source.type) == Base::iterator) {
      types_.flow(types_.arg(source.type, 0), function_->yields);
      const std::string item = attempt(strf("{}.try_next()", it));
      // What is sent goes on to the inner generator.
      const std::string handed =
          sends_ ? strf(" if let (Some(v), Some(c)) = (yielder.sent(), {}.control()) {{ c.send(v); }}", it)
                 : "";
      const std::string loop = strf(
          "let {} = {}; while let Some({}) = {} {{ {};{} }}", it, own(source), x, item,
          attempt(strf("yielder.put({}).await", coerce({x, types_.arg(source.type, 0)}, function_->yields))),
          handed);
      if (!used) return {strf("{{ {} }}", loop), none_};
      use("value");
      return {strf("{{ {} gluev::returned(&{}) }}", loop, it), value_};
    }
    const Iteration items = iterate_code(*value, source);
    types_.flow(items.item, function_->yields);
    const std::string item = items.fallible ? attempt(x) : x;
    return {strf("for {} in {} {{ {}; }}", x, items.text,
                 attempt(strf("yielder.put({}).await", coerce({item, items.item}, function_->yields)))),
            none_};
  }
  const Code code = expr(value);
  types_.flow(code.type, function_->yields);
  const std::string put = attempt(strf("yielder.put({}).await", coerce(code, function_->yields)));
  if (!used) return {put, none_};
  use("value");
  return {strf("{{ {}; gluev::sent(&yielder) }}", put), value_};
}

/// A generator expression that is kept: its first source is looked at now, all else when it is asked for
/// items.
Code Translator::generator_expression(ast::GeneratorExp& node) {
  const TypeId item = cell(node);
  const TypeId type = container(node, Base::iterator, {item}, 11);
  const Iteration first = iterate(as<ast::comprehension>(*node.generators[0]).iter);
  const std::string source = temp("source");
  const Iteration held{source, first.item, first.fallible};
  // Everything that the expression names moves into the generator.
  std::vector<std::pair<Var*, std::string>> renamed;
  std::string clones;
  std::set<Var*> seen;
  std::set<std::string_view> bound;  // by the expression itself
  const std::function<void(Node&)> targets = [&](Node& inside) {
    if (auto* mentioned = try_as<ast::Name>(&inside)) bound.insert(mentioned->id);
    for_children(inside, targets);
  };
  for (Node* generator : node.generators) targets(*as<ast::comprehension>(*generator).target);
  const std::function<void(Var*)> keep = [&](Var* var) {
    if (var == nullptr) return;
    if (var->is_function && var->function != nullptr) {  // a nested one is given what it names
      for (Var* captured : var->function->captures) keep(captured);
      return;
    }
    const bool item_like = var->is_function || var->is_class || !var->module.empty() ||
                           (var->module_level && (var->global || var->constant));
    if (item_like || !seen.insert(var).second ||
        (var->declare_at == nullptr && var->hoist_before == nullptr && !var->param && !var->loop_bound))
      return;
    if (var->rust == "self") {
      clones += "let this = self.clone(); ";
      renamed.emplace_back(var, var->rust);
    } else if (var->shared || !var->slot) {
      clones += strf("let {} = {}.clone(); ", var->rust, var->rust);
    }
  };
  const std::function<void(Node&)> captures = [&](Node& inside) {
    auto* mentioned = try_as<ast::Name>(&inside);
    if (mentioned != nullptr && !bound.contains(mentioned->id)) keep(lookup(mentioned->id));
    for_children(inside, captures);
  };
  captures(*node.elt);
  for (Node* generator : node.generators) for_children(*generator, captures);
  for (auto& [var, rust] : renamed) var->rust = "this", var->reference = false;
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string loops = comprehension_loops(
      node.generators,
      [&] {
        const Code code = expr(node.elt);
        types_.flow(code.type, item);
        return strf("yielder.put({}).await?;", coerce(code, item));
      },
      &held);
  error_frames_ = std::move(frames);
  for (auto& [var, rust] : renamed) var->rust = rust, var->reference = true;
  return {strf("{{ let {} = {}; {}PyIter::from_gen(gen::make(move |yielder| async move {{ {} Ok::<(), "
               "Exc>(()) }})) }}",
               source, first.text, clones, loops),
          type};
}

/// Methods of generators.
std::optional<Code> Translator::iterator_method(const Node& node, const Code& object, std::string_view name,
                                                const Arguments& args) {
  const TypeId item = types_.arg(object.type, 0);
  const auto& given = args.positional;
  if (name == "send" && given.size() == 1) {
    sends_ = true;
    return fallible(strf("gluev::send({}, {})", ref(object), to_value(expr(given[0])).text), item);
  }
  if (name == "throw" && !given.empty())
    return fallible(strf("gluev::throw({}, {})", ref(object), own(exception_value(*given[0]))), item);
  if (name == "close" && given.empty()) return fallible(strf("{}.close()", operand(object)), none_);
  if (name == "__next__" && given.empty()) return fallible(strf("gluev::next_of({})", ref(object)), item);
  if (name == "__iter__" && given.empty()) return object;
  static_cast<void>(node);
  return std::nullopt;
}

/// Something to run when the generator is dropped before its end.
bool Translator::has_cleanup(Nodes body) const {
  bool found = false;
  const std::function<void(Node&)> look = [&](Node& node) {
    if (node.kind == Kind::FunctionDef || node.kind == Kind::ClassDef || node.kind == Kind::Lambda) return;
    found =
        found || node.kind == Kind::With || (node.kind == Kind::Try && !as<ast::Try>(node).finalbody.empty());
    for_children(node, look);
  };
  for (Node* statement : body) look(*statement);
  return found;
}

// --- with ---

/// The body of a `with`, and what follows it: `leave` gets the name of the exception (an Option) and gives a
/// Rust condition that says whether it is swallowed ("false": never).
void Translator::with_body(ast::With& node, size_t index,
                           const std::function<std::string(const std::string&)>& leave) {
  const std::string label = strf("'fin{}", ++labels_), flow = temp("f"), e = temp("e");
  const std::string type =
      function_ != nullptr && !in_generator() ? rust_type(result_type(*function_)) : "()";
  open(strf("let mut {}: Flow<{}> = {}: {{", flow, type, label));
  error_frames_.push_back({.label = label, .flow = true});
  with_statement(node, index + 1);
  error_frames_.pop_back();
  line("Flow::Normal");
  close("};");
  line(strf("let {} = {}.error();", e, flow));
  const std::string during = temp("_while");
  if (contexts_) line(strf("let {} = {}.as_ref().map(exc::Handling::of);", during, e));
  const std::string swallow = leave(e);
  if (swallow != "false") line(strf("if {} && {}.is_some() {{ {} = Flow::Normal; }}", swallow, e, flow));
  if (contexts_) line(strf("drop({});", during));
  finish_flow(flow);
}

/// with f(..) as x, where f is a generator function under contextlib.contextmanager.
void Translator::with_generator(ast::With& node, size_t index, const Code& manager, const std::string& held) {
  auto& item = as<ast::withitem>(*node.items[index]);
  // That of an async generator under asynccontextmanager waits.
  const std::string_view wait = base(manager.type) == Base::async_iterator ? ".await" : "";
  line(strf("let {} = {};", held, own(manager)));
  const Code entered = fallible(strf("{}.enter(){}", held, wait), types_.arg(manager.type, 0));
  if (item.optional_vars != nullptr)
    bind_with(item, entered, node);
  else
    line(strf("{};", entered.text));
  with_body(node, index,
            [&](const std::string& e) { return attempt(strf("{}.leave({}.clone()){}", held, e, wait)); });
}

/// with contextlib.suppress(A, B): no object is made.
bool Translator::with_suppress(ast::With& node, size_t index) {
  auto& item = as<ast::withitem>(*node.items[index]);
  auto* call_node = try_as<ast::Call>(item.context_expr);
  const std::string path = call_node != nullptr ? module_path(*call_node->func) : "";
  if (path == "contextlib.nullcontext") {
    if (item.optional_vars != nullptr)
      bind_with(item, call_node->args.empty() ? Code{"()", none_} : expr(call_node->args[0]), node);
    with_statement(node, index + 1);
    return true;
  }
  if (path == "contextlib.closing" && call_node->args.size() == 1) {
    with_closing(node, index, call_node->args[0]);
    return true;
  }
  if (path != "contextlib.suppress") return false;
  with_body(node, index, [&](const std::string& e) {
    std::string tests;
    TypeId bound = exception_;
    for (Node* type : call_node->args)
      tests += strf("{}{}", tests.empty() ? "" : " || ", exception_test(*type, "e", bound));
    return tests.empty() ? std::string("false") : strf("{}.as_ref().is_some_and(|e| {})", e, tests);
  });
  return true;
}

}  // namespace sov::transpiler
