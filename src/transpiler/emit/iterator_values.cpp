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
    if (!types_.same(it.item, cell(node)) && known(it.item))
      return {strf("PyIter::from_vec({})", collected(given[0], cell(node))), type};
    return {it.fallible ? strf("PyIter::fallible({})", it.text) : strf("PyIter::new({})", it.text), type};
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
  auto* none = n == 2 ? try_as<ast::Constant>(given[0]) : nullptr;
  if ((name == "map" || name == "filter") && n == 2 && none == nullptr && plain)
    return mapped_value(node, name == "map", *given[0], given[1]);
  if (auto it = iterate_call(const_cast<ast::Call&>(node))) {
    const TypeId type = container(node, Base::iterator, {cell(node)});
    types_.flow(it->item, cell(node));
    const bool lazy = (name == "zip" || name == "enumerate") && plain && types_.same(it->item, cell(node));
    if (lazy) return {strf("PyIter::{}({})", it->fallible ? "fallible" : "new", it->text), type};
    return {strf("PyIter::from_vec({})", collected_iteration(*it, cell(node))), type};
  }
  return refuse(node, strf("{}() as a value", name));
}

/// map(f, items) and filter(f, items): f is evaluated now, and called for each item that is asked for.
Code Translator::mapped_value(const Node& node, bool map, Node& function, Node* items) {
  const Iteration inner = iterate(items);
  const TypeId made = cell(node, 2), item = map ? made : inner.item;
  const TypeId type = container(node, Base::iterator, {cell(node)});
  if (!known(inner.item)) return {"()", type};
  const std::string a = temp("a");
  const Code given{a, inner.item, Form::place};
  std::string held;
  Code called;
  if (needs_holding(function)) {
    const std::vector<TypeId> params{inner.item};
    const Code f =
        function.kind == Kind::Lambda ? lambda(as<ast::Lambda>(function), &params) : expr(&function);
    const std::string name = temp("f");
    held = strf("let {} = {}; ", name, own(f));
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    called = call_held(function, {name, f.type, Form::place}, {given});
    error_frames_ = std::move(frames);
  } else {
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    called = call_with(function, &function, {given});
    error_frames_ = std::move(frames);
  }
  types_.flow(called.type, made);
  types_.flow(item, cell(node));
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string result = coerce(called, made);
  error_frames_ = std::move(frames);
  const std::string text =
      strf("glue::{}_lazy({}, move |{}: {}| -> Res<{}> {{ Ok({}) }})", map ? "map" : "filter",
           results_of(inner), a, rust_type(inner.item), rust_type(made), result);
  if (types_.same(item, cell(node))) return {strf("{{ {}PyIter::fallible({}) }}", held, text), type};
  const std::string x = temp("x");
  return {strf("{{ {}PyIter::fallible({}.map(|{}| -> Res<{}> {{ let {} = {}?; Ok({}) }})) }}", held, text, x,
               rust_type(cell(node)), x, x, coerce({x, item}, cell(node))),
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
