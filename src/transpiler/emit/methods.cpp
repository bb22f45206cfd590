// Methods of list, dict, set and str whose arguments need more than a table says.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

std::optional<Code> Translator::list_method(const Node& node, const Code& object, std::string_view name,
                                            const Arguments& args) {
  const TypeId item = types_.arg(object.type, 0);
  const std::string self = operand(object);
  const auto& given = args.positional;
  const size_t n = given.size();
  const auto element = [&](Node* arg) {
    const Code code = expr(arg);
    types_.flow(code.type, item);
    return coerce(code, item);
  };
  const auto needle = [&](Node* arg) {
    const Code code = expr(arg);
    types_.flow(code.type, item);
    return ref_as(code, item);
  };
  if (name == "append" && n == 1) return Code{strf("{}.append({})", self, element(given[0])), none_};
  if (name == "extend" && n == 1) return Code{strf("{}.extend({})", self, collected(given[0], item)), none_};
  if (name == "insert" && n == 2) {
    const std::string at = as_int(expr(given[0]));
    return Code{strf("{}.insert({}, {})", self, at, element(given[1])), none_};
  }
  if (name == "pop")
    return fallible(strf("{}.pop({})", self, n == 0 ? "None" : strf("Some({})", as_int(expr(given[0])))),
                    item);
  if (name == "remove" && n == 1) return fallible(strf("{}.remove({})", self, needle(given[0])), none_);
  if (name == "index" && n >= 1) {
    const std::string what = needle(given[0]);
    return fallible(strf("{}.index({}, {}, {})", self, what, n > 1 ? slice_part(given[1]) : "None",
                         n > 2 ? slice_part(given[2]) : "None"),
                    integer_);
  }
  if (name == "count" && n == 1) return Code{strf("{}.count({})", self, needle(given[0])), integer_};
  if (name == "clear") return Code{strf("{}.clear()", self), none_};
  if (name == "reverse") return Code{strf("{}.reverse()", self), none_};
  if (name == "copy") return Code{strf("{}.copy()", self), container(node, Base::list, {item})};
  if (name == "sort") {
    Node* key = args.keyword("key");
    Node* reverse = args.keyword("reverse");
    const std::string backwards = reverse == nullptr ? "false" : condition(*reverse);
    auto* none_key = try_as<ast::Constant>(key);
    if (key == nullptr || none_key != nullptr) return fallible(strf("{}.sort({})", self, backwards), none_);
    if (!known(item)) {
      callable_text(key, {item}, cell(node, 1));
      return Code{"()", none_};
    }
    return fallible(strf("{}.sort_key({}, {})", self, key_function(key, item, cell(node, 1)), backwards),
                    none_);
  }
  return std::nullopt;
}

std::optional<Code> Translator::dict_method(const Node& node, const Code& object, std::string_view name,
                                            const Arguments& args) {
  const TypeId key = types_.arg(object.type, 0), value = types_.arg(object.type, 1);
  const std::string self = operand(object);
  const auto& given = args.positional;
  const size_t n = given.size();
  // `self.get(&key)`: an Option.
  const auto looked_up = [&](std::string_view method, Node* arg) {
    const Code code = expr(arg);
    if (looked_up_as_value(code, key)) {
      const std::string found = attempt(strf("convert::key_of::<{}>({})", rust_type(key), ref(code)));
      // What may leave the function is evaluated before the closure.
      if (leaves(self)) {
        const std::string held = temp("d");
        return strf("{{ let {} = &{}; {}.and_then(|k| {}.{}(&k)) }}", held, self, found, held, method);
      }
      const std::string at = temp("k");
      return strf("{}.and_then(|{}| {}.{}(&{}))", found, at, self, method, at);
    }
    types_.flow(code.type, key);
    const std::string at = ref_as(code, key);
    return strf("{}.{}({})", self, method, may_refuse_hash(code.type) ? as_key(at, key) : at);
  };
  if (name == "get" && (n == 1 || n == 2)) {
    const std::string got = looked_up("get", given[0]);
    auto* none = n == 2 ? try_as<ast::Constant>(given[1]) : nullptr;
    if (n == 1 || (none != nullptr && none->value.kind == ConstantKind::none)) {
      if (types_.is(value, Base::value)) return Code{strf("{}.unwrap_or_default()", got), value_};
      if (types_.is(value, Base::option)) return Code{strf("{}.flatten()", got), value};
      const TypeId result = cell(node);
      types_.flow(value, result);
      types_.flow(none_, result);
      if (!types_.is(result, Base::option) || !types_.same(types_.arg(result, 0), value))
        return Code{got, types_.make(Base::option, {value})};
      return Code{got, result};
    }
    const TypeId result = cell(node);
    const Code fallback = expr(given[1]);
    types_.flow(value, result);
    types_.flow(fallback.type, result);
    if (types_.same(value, result))
      return Code{strf("{}.unwrap_or({})", got, coerce(fallback, result)), result};
    const std::string x = temp("x");
    return Code{strf("match {} {{ Some({}) => {}, None => {} }}", got, x, coerce({x, value}, result),
                     coerce(fallback, result)),
                result, Form::owned, false};
  }
  if (name == "keys" || name == "values" || name == "items") {
    const TypeId pair = container(node, Base::tuple, {key, value}, 10);
    const TypeId item = name == "keys" ? key : name == "values" ? value : pair;
    // A view that is kept is a list here: it does not follow the dict.
    if (final_) use("dict");
    if (name == "items" && final_ && base(pair) != Base::tuple) {
      // Somewhere the pairs are Values; the dict's are not.
      const TypeId own_pair = types_.make(Base::tuple, {key, value});
      return Code{
          strf("List::from(glue::vec({}.items().iter().map(|p| {})))", self, coerce({"p", own_pair}, pair)),
          container(node, Base::list, {item}, 6)};
    }
    return Code{strf("List::from(glue::vec({}.{}().iter()))", self, name),
                container(node, Base::list, {item}, 6)};
  }
  if (name == "pop" && n == 1) return fallible(strf("{}.pop({})", self, key_ref(expr(given[0]), key)), value);
  if (name == "pop" && n == 2) {
    const std::string got = looked_up("pop_opt", given[0]);
    const TypeId result = cell(node);
    const Code fallback = expr(given[1]);
    types_.flow(value, result);
    types_.flow(fallback.type, result);
    if (types_.same(value, result))
      return Code{strf("{}.unwrap_or({})", got, coerce(fallback, result)), result};
    const std::string x = temp("x");
    return Code{strf("match {} {{ Some({}) => {}, None => {} }}", got, x, coerce({x, value}, result),
                     coerce(fallback, result)),
                result, Form::owned, false};
  }
  if (auto special = ordered_method(node, object, name, args)) return special;
  if (name == "popitem")
    return fallible(strf("{}.popitem()", self), container(node, Base::tuple, {key, value}, 10));
  if (name == "setdefault" && n >= 1) {
    const Code at = expr(given[0]);
    types_.flow(at.type, key);
    const Code fallback = n > 1 ? expr(given[1]) : Code{"()", none_};
    types_.flow(fallback.type, value);
    const std::string first = may_refuse_hash(at.type) ? as_key(coerce(at, key), key) : coerce(at, key);
    return Code{strf("{}.setdefault({}, {})", self, first, coerce(fallback, value)), value};
  }
  if (name == "update" && (n == 0 || !args.keywords.empty() || args.double_star != nullptr)) {
    // update(other, word=1, **more): one after another.
    std::string steps;
    Arguments first;
    first.positional = given;
    if (n > 0) steps = strf("{}; ", dict_method(node, object, name, first)->text);
    if (!args.keywords.empty()) types_.flow(text_, key);
    for (const auto& [word, arg] : args.keywords) {
      const Code code = expr(arg);
      types_.flow(code.type, value);
      steps += strf("{}.set({}, {}); ", self, coerce({strf("Str::lit(\"{}\")", word), text_}, key),
                    coerce(code, value));
    }
    if (args.double_star != nullptr) {
      Arguments more;
      more.positional = {args.double_star};
      steps += strf("{}; ", dict_method(node, object, name, more)->text);
    }
    return Code{strf("{{ {} }}", steps), none_};
  }
  if (name == "update") {
    if (given[0]->kind == Kind::GeneratorExp)
      return Code{strf("{}.extend({})", self, pairs_of(node, given[0], key, value)), none_};
    const Code other = unwrapped(need(expr(given[0])), {});
    if (base(other.type) == Base::dict) {
      types_.unify(types_.arg(other.type, 0), key);
      types_.unify(types_.arg(other.type, 1), value);
      return Code{strf("{}.update({})", self, ref(other)), none_};
    }
    if (base(other.type) == Base::value) {
      types_.make_value(key);
      types_.make_value(value);
      return Code{strf("{}.update({})", self, ref_as(other, object.type)), none_};
    }
    if (!known(other.type)) return Code{"()", none_};
    return Code{strf("{}.extend({})", self, pairs_of(node, given[0], key, value)), none_};
  }
  if (name == "copy") return Code{strf("{}.copy()", self), container(node, Base::dict, {key, value}, 6)};
  if (name == "clear") return Code{strf("{}.clear()", self), none_};
  return std::nullopt;
}

std::optional<Code> Translator::set_method(const Node& node, const Code& object, std::string_view name,
                                           const Arguments& args) {
  const TypeId item = types_.arg(object.type, 0);
  const std::string self = operand(object);
  const auto& given = args.positional;
  const size_t n = given.size();
  const auto element = [&](Node* arg) {
    const Code code = expr(arg);
    types_.flow(code.type, item);
    return code;
  };
  if (name == "add" && n == 1) {
    const Code code = element(given[0]);
    const std::string one = coerce(code, item);
    return Code{strf("{}.add({})", self, may_refuse_hash(code.type) ? as_key(one, item) : one), none_};
  }
  if ((name == "discard" || name == "remove") && n == 1) {
    const Code code = element(given[0]);
    const std::string one = ref_as(code, item);
    const std::string text =
        strf("{}.{}({})", self, name, may_refuse_hash(code.type) ? as_key(one, item) : one);
    return name == "remove" ? fallible(text, none_) : Code{text, none_};
  }
  if (name == "pop") return fallible(strf("{}.pop()", self), item);
  if (name == "clear") return Code{strf("{}.clear()", self), none_};
  if (name == "copy") return Code{strf("{}.copy()", self), container(node, base(object.type), {item}, 6)};
  if (args.star != nullptr) return set_method_of_all(node, object, name, args);
  if (name == "update" && n >= 1) {
    std::string out;
    for (Node* arg : given) out += strf("{}.extend({}); ", self, as_keys(collected(arg, item), item));
    return Code{n == 1 ? out.substr(0, out.size() - 2) : strf("{{ {}}}", out), none_};
  }
  constexpr std::string_view kBinary[] = {"union",
                                          "intersection",
                                          "difference",
                                          "symmetric_difference",
                                          "issubset",
                                          "issuperset",
                                          "isdisjoint",
                                          "intersection_update",
                                          "difference_update",
                                          "symmetric_difference_update"};
  for (const std::string_view method : kBinary) {
    if (name != method) continue;
    const TypeId type = container(node, base(object.type), {item}, 6);
    std::string out = self;
    if (n == 0) return Code{strf("{}.copy()", self), type};
    const bool test = name.starts_with("is"), update = name.ends_with("_update");
    if ((test || update) && n != 1) return std::nullopt;
    for (Node* arg : given) {
      const Code other = need(expr(arg));
      if (name == "difference" && arg != given[0])
        out = strf("{}.less({})", out, collected(arg, item));
      else if (base(other.type) == Base::set || base(other.type) == Base::frozenset) {
        types_.unify(types_.arg(other.type, 0), item);
        out = strf("{}.{}({})", out, name, ref(other));
      } else if (name == "union" || name == "intersection" || name == "difference" ||
                 name == "intersection_update") {
        // Not by way of a set, nor by a copy for each: the order of the result is another one.
        const std::string items = collected(arg, item), before = strf("{}.union_with(", self);
        out = name == "union" && out.starts_with(before)
                  ? strf("{}.into_iter().chain({}))", out.substr(0, out.size() - 1), items)
                  : strf("{}.{}_with({})", out, name, items);
      } else {
        out = strf("{}.{}(&Set::from_iter({}))", out, name, collected(arg, item));
      }
    }
    return Code{out, test ? boolean_ : update ? none_ : type};
  }
  return std::nullopt;
}

/// s.union(a, *more) and its like: one after another.
Code Translator::set_method_of_all(const Node& node, const Code& object, std::string_view name,
                                   const Arguments& args) {
  const bool update = name == "update" || name.ends_with("_update");
  if (name != "union" && name != "intersection" && name != "difference" && name != "update" &&
      name != "intersection_update" && name != "difference_update")
    return refuse(node, strf("set.{} with *", name));
  const TypeId item = types_.arg(object.type, 0);
  const TypeId type = container(node, base(object.type), {item}, 6);
  const std::string all = temp("s");
  const auto step = [&](const std::string& items) {
    if (name == "update") return strf("{}.extend({}); ", all, items);
    const std::string one = strf("{}.{}(&Set::from_iter({}))", all, name, items);
    return update ? one + "; " : strf("{} = {}; ", all, one);
  };
  std::string steps;
  for (size_t i = 0; i <= args.positional.size(); ++i) {
    for (const auto& [before, star] : args.stars) {
      if (before != i) continue;
      const std::string x = temp("x");
      const Iteration it = iterate(star);
      if (!known(it.item)) continue;
      const std::string items = collected_code(*star, {it.fallible ? attempt(x) : x, it.item}, item);
      steps += strf("for {} in {} {{ {}}} ", x, it.text, step(items));
    }
    if (i < args.positional.size()) steps += step(collected(args.positional[i], item));
  }
  if (update) return {strf("{{ let {} = {}; {}}}", all, own(object), steps), none_};
  return {strf("{{ let mut {} = {}.copy(); {}{} }}", all, operand(object), steps, all), type};
}

std::optional<Code> Translator::str_method(const Node& node, const Code& object, std::string_view name,
                                           const Arguments& args) {
  const std::string self = operand(object);
  const auto& given = args.positional;
  if (name == "join" && given.size() == 1) {
    const TypeId item = cell(node);
    const Iteration probe =
        given[0]->kind == Kind::GeneratorExp ? Iteration{"", types_.fresh()} : iterate(given[0]);
    const std::string items = collected(given[0], item);
    static_cast<void>(probe);
    if (types_.is(item, Base::value))
      return fallible(strf("value_call::join({}, &Value::list({}))", ref(object), items), text_);
    if (known(item) && !types_.is(item, Base::text))
      return fallible(strf("value_call::join({}, &Value::list({}.iter().map(|x| x.to_value()).collect()))",
                           ref(object), items),
                      text_);
    constexpr std::string_view kCopied = ".to_vec()";
    if (items.ends_with(kCopied) && items.find_first_of("(){}") == items.size() - 2)
      return Code{strf("{}.join({}.iter())", self, items.substr(0, items.size() - kCopied.size())), text_};
    return Code{strf("{}.join({})", self, items), text_};
  }
  if (name == "format" && (args.star != nullptr || args.double_star != nullptr)) {
    const auto [list, words] = dynamic_arguments(args);
    if (args.double_star == nullptr && args.keywords.empty())
      return fallible(strf("strformat::format({}.as_str(), &{}, &[])", self, list), text_);
    return fallible(strf("strformat::format({}.as_str(), &{}, &{}.iter().map(|(k, v)| (k.as_str(), "
                         "v.clone())).collect::<Vec<(&str, Value)>>())",
                         self, list, words),
                    text_);
  }
  if (name == "format") {
    std::string positional, named;
    for (Node* arg : given)
      positional += strf("{}{}", positional.empty() ? "" : ", ", to_value(expr(arg)).text);
    for (const auto& [word, arg] : args.keywords)
      named += strf("{}(\"{}\", {})", named.empty() ? "" : ", ", word, to_value(expr(arg)).text);
    return fallible(strf("strformat::format({}.as_str(), &[{}], &[{}])", self, positional, named), text_);
  }
  if ((name == "startswith" || name == "endswith") && given.size() == 1) {
    const Code prefix = need(expr(given[0]));
    if (base(prefix.type) == Base::tuple || base(prefix.type) == Base::many)
      return Code{strf("{}.{}_any(&{})", self, name, collected_code(*given[0], prefix, text_)), boolean_};
  }
  static_cast<void>(node);
  return std::nullopt;
}

}  // namespace sov::transpiler
