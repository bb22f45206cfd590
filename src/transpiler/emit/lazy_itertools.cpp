// Functions of itertools that take a function: iterators that call it when an item is asked for.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

std::string eager_items(std::string_view iterator) {
  constexpr std::string_view kMade = "PyIter::from_vec(";
  if (iterator.starts_with("glue::")) iterator.remove_prefix(6);
  if (!iterator.starts_with(kMade) || !iterator.ends_with(')')) return "";
  const std::string_view inside = iterator.substr(kMade.size(), iterator.size() - kMade.size() - 1);
  int depth = 0;
  for (const char c : inside) {
    if (c == '"' || c == '\'') return "";  // brackets in texts
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return "";
  }
  return std::string(inside);
}

std::optional<Code> Translator::lazy_itertools(const Node& node, std::string_view name,
                                               const Arguments& args) {
  const auto& given = args.positional;
  if (!args.stars.empty() || args.double_star != nullptr) return std::nullopt;
  const auto argument = [&](size_t at, std::string_view word) {
    return at < given.size() ? given[at] : args.keyword(word);
  };
  const auto is_function = [](Node* one) { return one != nullptr && one->kind != Kind::Constant; };
  const bool two = given.size() == 2 && args.keywords.empty();
  if (two && (name == "takewhile" || name == "dropwhile" || name == "filterfalse")) {
    use("itertools_more");
    return mapped_value(node, strf("itertools_more::{}", name), *given[0], given[1]);
  }
  if (two && name == "starmap") {
    const Iteration inner = iterate(given[1]);
    const TypeId item = cell(node), type = container(node, Base::iterator, {item});
    if (!known(inner.item)) return Code{"()", type};
    if (!types_.is(inner.item, Base::tuple) || types_.at(inner.item).args.size() > 3) return std::nullopt;
    const std::string a = temp("a");
    const std::vector<TypeId> parts = types_.at(inner.item).args;
    std::vector<Code> codes;
    for (size_t i = 0; i < parts.size(); ++i) codes.push_back({strf("{}.{}", a, i), parts[i], Form::place});
    const auto [held, called] = held_call(*given[0], parts, codes);
    types_.flow(called.type, item);
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    const std::string result = coerce(called, item);
    error_frames_ = std::move(frames);
    return Code{strf("{{ {}PyIter::fallible(glue::map_lazy({}, move |{}: {}| -> Res<{}> {{ Ok({}) }})) }}",
                     held, results_of(inner), a, rust_type(inner.item), rust_type(item), result),
                type};
  }
  if (name == "accumulate" && !given.empty() && is_function(argument(1, "func")))
    return accumulated(node, given[0], *argument(1, "func"), args.keyword("initial"));
  if (name == "groupby" && !given.empty() && is_function(argument(1, "key")))
    return grouped(node, given[0], *argument(1, "key"));
  return std::nullopt;
}

/// accumulate(items, f, initial=..): f is called with what it gave last and the next item.
Code Translator::accumulated(const Node& node, Node* items, Node& function, Node* initial) {
  use("itertools_more");
  const Iteration inner = iterate(items);
  const TypeId total = cell(node), type = container(node, Base::iterator, {total});
  std::string start = "None";
  if (initial != nullptr) {
    const Code code = expr(initial);
    if (!types_.is(code.type, Base::none)) {
      types_.flow(code.type, total);
      start = strf("Some({})", coerce(code, total));
    }
  }
  if (start == "None") types_.flow(inner.item, total);
  if (!known(inner.item)) return {"()", type};
  const std::string a = temp("a"), x = temp("x");
  const auto [held, called] = held_call(function, {total, inner.item},
                                        {Code{a, total, Form::place}, Code{x, inner.item, Form::place}});
  types_.flow(called.type, total);
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string result = coerce(called, total);
  // Where there is a start, the first item is never a total.
  const std::string first = start == "None" ? coerce({x, inner.item}, total) : std::string("unreachable!()");
  error_frames_ = std::move(frames);
  return {strf("{{ {}PyIter::fallible(itertools_more::accumulate({}, {}, |{}: {}| -> Res<{}> {{ Ok({}) }}, "
               "move |{}: {}, {}: {}| -> Res<{}> {{ Ok({}) }})) }}",
               held, results_of(inner), start, x, rust_type(inner.item), rust_type(total), first, a,
               rust_type(total), x, rust_type(inner.item), rust_type(total), result),
          type};
}

/// groupby(items, key): a group is read when it is asked for.
Code Translator::grouped(const Node& node, Node* items, Node& key) {
  use("itertools_more");
  const Iteration inner = iterate(items);
  const TypeId by = cell(node, 2), one = cell(node, 3);
  types_.flow(inner.item, one);
  const TypeId group = container(node, Base::iterator, {one}, 11);
  const TypeId type = container(node, Base::iterator, {container(node, Base::tuple, {by, group}, 10)});
  if (!known(inner.item)) return {"()", type};
  const std::string x = temp("x");
  const auto [held, called] = held_call(key, {one}, {Code{x, one, Form::place}});
  types_.flow(called.type, by);
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string result = coerce(called, by);
  error_frames_ = std::move(frames);
  return {
      strf("{{ {}PyIter::fallible(itertools_more::groupby_key({}, move |{}: {}| -> Res<{}> {{ Ok({}) }})) }}",
           held, lazy_iterator(inner, one), x, rust_type(one), rust_type(by), result),
      type};
}

}  // namespace sov::transpiler
