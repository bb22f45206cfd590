// iter(), map(), filter(), zip() .. as values: iterators that make each item when it is asked for.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

Code Translator::iterator_value(const ast::Call& node, std::string_view name, const Arguments& args) {
  const auto& given = args.positional;
  const size_t n = given.size();
  if (name == "iter" && n == 1) {
    const Iteration it = iterate(given[0]);
    const TypeId type = container(node, Base::iterator, {cell(node)});
    types_.flow(it.item, cell(node));
    return {lazy_iterator(it, cell(node)), type};
  }
  if (name == "iter" && n == 2) {
    // iter(read, b""): calls until it gives the second.
    const TypeId item = cell(node), type = container(node, Base::iterator, {item});
    const Code f =
        given[0]->kind == Kind::Lambda ? lambda(as<ast::Lambda>(*given[0]), nullptr) : expr(given[0]);
    const Code stop = expr(given[1]);
    types_.flow(stop.type, item);
    const std::string held = temp("f");
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    const Code one = call_value(node, {held, f.type, Form::place}, {});
    types_.flow(one.type, item);
    const std::string made = coerce(one, item);
    error_frames_ = std::move(frames);
    return {strf("PyIter::fallible(glue::until({{ let {} = {}; move || -> Res<{}> {{ Ok({}) }} }}, {}))",
                 held, own(f), rust_type(item), made, coerce(stop, item)),
            type};
  }
  const bool plain = args.star == nullptr && args.double_star == nullptr;
  if ((name == "map" || name == "filter") && n == 2 && plain)
    return mapped_value(node, strf("glue::{}_lazy", name), *given[0], given[1]);
  if (name == "map" && (n == 3 || n == 4) && plain) return mapped_together(node, args);
  if (auto it = iterate_call(const_cast<ast::Call&>(node))) {
    const TypeId type = container(node, Base::iterator, {cell(node)});
    types_.flow(it->item, cell(node));
    if ((name == "zip" || name == "enumerate") && plain) return {lazy_iterator(*it, cell(node)), type};
    return {strf("PyIter::from_vec({})", collected_iteration(*it, cell(node))), type};
  }
  return refuse(node, strf("{}() as a value", name));
}

/// An iterator of items of a type, each converted when it is asked for.
std::string Translator::lazy_iterator(const Iteration& it, TypeId item) {
  if (types_.same(it.item, item) || !known(it.item))
    return strf("PyIter::{}({})", it.fallible ? "fallible" : "new", it.text);
  const std::string x = temp("x");
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string made = coerce({x, it.item}, item);
  error_frames_ = std::move(frames);
  return strf("PyIter::fallible({}.map(|{}| -> Res<{}> {{ let {} = {}?; Ok({}) }}))", results_of(it), x,
              rust_type(item), x, x, made);
}

/// The call of a function that an iterator makes later, with Rust expressions as arguments.
Translator::HeldCall Translator::held_call(Node& function, const std::vector<TypeId>& params,
                                           const std::vector<Code>& given) {
  HeldCall out;
  std::optional<Code> held;
  if (needs_holding(function)) {
    const Code f =
        function.kind == Kind::Lambda ? lambda(as<ast::Lambda>(function), &params) : expr(&function);
    const std::string name = temp("f");
    out.held = strf("let {} = {}; ", name, own(f));
    held = Code{name, f.type, Form::place};
  }
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  out.called = held ? call_held(function, *held, given) : call_with(function, &function, given);
  error_frames_ = std::move(frames);
  return out;
}

/// map(f, items), filter(f, items) and the like: f is evaluated now, and called by `step` for each item that
/// is asked for. Those whose step is a map give what f gives, the others items.
Code Translator::mapped_value(const Node& node, std::string_view step, Node& function, Node* items) {
  const Iteration inner = iterate(items);
  const bool map = step == "glue::map_lazy";
  const TypeId made = cell(node, 2), item = map ? made : inner.item;
  const TypeId type = container(node, Base::iterator, {cell(node)});
  if (!known(inner.item)) return {"()", type};
  const std::string a = temp("a");
  const Code given{a, inner.item, Form::place};
  const auto* none = try_as<ast::Constant>(&function);
  const auto [held, called] =
      none != nullptr ? HeldCall{"", given} : held_call(function, {inner.item}, {given});
  types_.flow(called.type, made);
  types_.flow(item, cell(node));
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string result = coerce(called, made);
  error_frames_ = std::move(frames);
  const std::string text = strf("{}({}, move |{}: {}| -> Res<{}> {{ Ok({}) }})", step, results_of(inner), a,
                                rust_type(inner.item), rust_type(made), result);
  const std::string lazy = lazy_iterator({text, item, true}, cell(node));
  return {held.empty() ? lazy : strf("{{ {}{} }}", held, lazy), type};
}

/// map(f, a, b): called with an item of each.
Code Translator::mapped_together(const Node& node, const Arguments& args) {
  const TypeId item = cell(node), type = container(node, Base::iterator, {item});
  std::vector<TypeId> items;
  std::vector<Code> given;
  std::vector<std::string> sources;
  std::string names;
  for (size_t i = 1; i < args.positional.size(); ++i) {
    const Iteration source = iterate(args.positional[i]);
    if (!known(source.item)) return {"()", type};
    const std::string a = temp("a");
    sources.push_back(results_of(source));
    items.push_back(source.item);
    given.push_back({a, source.item, Form::place});
    names += strf("{}{}", names.empty() ? "" : ", ", a);
  }
  const auto [held, called] = held_call(*args.positional[0], items, given);
  types_.flow(called.type, item);
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string result = coerce(called, item);
  error_frames_ = std::move(frames);
  return {strf("{{ {}PyIter::fallible(glue::map_lazy({}, move |({})| -> Res<{}> {{ Ok({}) }})) }}", held,
               zipped(sources, true), names, rust_type(item), result),
          type};
}

/// itertools.chain(a, *more) and chain.from_iterable(all): one after another, each asked when its turn comes.
Code Translator::chained(const Node& node, const Arguments& args, bool from_iterable) {
  const TypeId item = cell(node), type = container(node, Base::iterator, {item});
  const auto converted = [&](const Iteration& it) {
    types_.flow(it.item, item);
    if (types_.same(it.item, item) || !known(it.item)) return results_of(it);
    const std::string x = temp("x");
    return strf("{}.map(|{}| -> Res<{}> {{ let {} = {}?; Ok({}) }})", results_of(it), x, rust_type(item), x,
                x, coerce({x, it.item}, item));
  };
  const auto of_all = [&](Node* all) {
    const Iteration outer = iterate(all);
    const std::string x = temp("x");
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    const std::string inner = converted(iterate_code(*all, {x, outer.item, Form::place}));
    error_frames_ = std::move(frames);
    return strf("glue::flattened({}, |{}: {}| Ok(Box::new({}) as Box<dyn Iterator<Item = Res<{}>>>))",
                results_of(outer), x, rust_type(outer.item), inner, rust_type(item));
  };
  std::string text;
  const auto add = [&](const std::string& part) {
    text = text.empty() ? part : strf("{}.chain({})", text, part);
  };
  for (size_t i = 0; i <= args.positional.size(); ++i) {
    for (const auto& [before, star] : args.stars)
      if (before == i) add(of_all(star));
    if (i == args.positional.size()) break;
    auto frames = error_frames_;
    add(from_iterable ? of_all(args.positional[i]) : converted(iterate(args.positional[i])));
    error_frames_ = std::move(frames);
  }
  if (!known(item)) return {"()", type};
  return {text.empty() ? "PyIter::from_vec(vec![])" : strf("PyIter::fallible({})", text), type};
}

/// The function is a value that the iterator must take with it, not a name of the module.
bool Translator::needs_holding(Node& function) {
  if (auto* name = try_as<ast::Name>(&function)) {
    const Var* var = lookup(name->id);
    if (var == nullptr || var->is_class || !var->module.empty()) return false;
    return !(var->is_function && var->function != nullptr && var->assigns <= 1 &&
             var->function->captures.empty());
  }
  auto* attribute = try_as<ast::Attribute>(&function);
  if (attribute == nullptr) return module_path(function).empty();
  if (!module_path(function).empty()) return false;
  auto* owner = try_as<ast::Name>(attribute->value);
  const Var* var = owner == nullptr ? nullptr : lookup(owner->id);
  return owner == nullptr || (var != nullptr && !var->is_class);
}

}  // namespace sov::transpiler
