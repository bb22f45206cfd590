// dict(..), and defaultdict, OrderedDict and Counter: dicts of their own kind, made here because their types
// depend on the factory.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

constexpr std::string_view kFactories[] = {"list", "dict",  "set",  "int",      "float",
                                           "str",  "tuple", "bool", "frozenset"};

}  // namespace

/// What a factory without arguments makes: `list`, a lambda, a class, a function.
Code Translator::made_by(const Node& node, Node* factory) {
  auto* name = try_as<ast::Name>(factory);
  if (name != nullptr && lookup(name->id) == nullptr) {
    for (const std::string_view known_name : kFactories) {
      if (name->id != known_name) continue;
      if (known_name == "dict")
        return {"Dict::new()", container(*factory, Base::dict, {cell(*factory), cell(*factory, 1)})};
      if (known_name == "int" || known_name == "float" || known_name == "str" || known_name == "bool")
        return convert_call(*factory, known_name, {});
      const Base kind = known_name == "list"    ? Base::list
                        : known_name == "set"   ? Base::set
                        : known_name == "tuple" ? Base::many
                                                : Base::frozenset;
      return collect_call(*factory, kind, {});
    }
    return refuse(node, strf("factory {}", name->id));
  }
  if (auto* maker = try_as<ast::Lambda>(factory)) {
    FunctionInfo* outer = function_;
    function_ = function_of_[maker];
    const Code made = expr(maker->body);
    function_ = outer;
    return made;
  }
  return call_callable(node, factory, {});
}

/// operator.add(a, b) and its kind: the operator itself.
std::optional<Code> Translator::operator_call(const Node& node, std::string_view name,
                                              const Arguments& args) {
  constexpr std::pair<std::string_view, Op> kArithmetic[] = {
      {"add", Op::Add},           {"sub", Op::Sub},    {"mul", Op::Mult},      {"truediv", Op::Div},
      {"floordiv", Op::FloorDiv}, {"mod", Op::Mod},    {"pow", Op::Pow},       {"and_", Op::BitAnd},
      {"or_", Op::BitOr},         {"xor", Op::BitXor}, {"lshift", Op::LShift}, {"rshift", Op::RShift},
      {"concat", Op::Add}};
  constexpr std::pair<std::string_view, Op> kComparisons[] = {
      {"eq", Op::Eq}, {"ne", Op::NotEq}, {"lt", Op::Lt},  {"le", Op::LtE},
      {"gt", Op::Gt}, {"ge", Op::GtE},   {"is_", Op::Is}, {"is_not", Op::IsNot}};
  const Code left = expr(args.positional[0]), right = expr(args.positional[1]);
  for (const auto& [word, op] : kArithmetic)
    if (word == name) return binary(node, op, left, right);
  for (const auto& [word, op] : kComparisons)
    if (word == name)
      return Code{compare_two(node, op, left, right, args.positional[1]), boolean_, Form::owned, false};
  return std::nullopt;
}

/// defaultdict(factory, ...).
Code Translator::default_dict(const Node& node, const Arguments& args) {
  use("defaultdict");
  if (args.positional.empty() || try_as<ast::Constant>(args.positional[0]) != nullptr)
    return refuse(node, "defaultdict without a factory");
  Node* factory = args.positional[0];
  Arguments rest = args;
  rest.positional.erase(rest.positional.begin());
  const Code items = dict_call(node, rest);
  const TypeId value = types_.arg(items.type, 1);
  std::string before, made;
  std::string shown = "<function>";
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  if (factory->kind == Kind::Lambda) {
    error_frames_ = std::move(frames);
    const Code function = lambda(as<ast::Lambda>(*factory), nullptr);
    frames = std::move(error_frames_);
    error_frames_.clear();
    const TypeId result = types_.at(function.type).args.back();
    types_.flow(result, value);
    const std::string make = temp("make");
    before = strf("let {} = {}; ", make, own(function));
    made = coerce({strf("({}.0)()?", make), result}, value);
    shown = "<function <lambda>>";
  } else {
    const Code one = made_by(node, factory);
    types_.flow(one.type, value);
    made = coerce(one, value);
    if (auto* name = try_as<ast::Name>(factory)) {
      Var* var = lookup(name->id);
      shown = var == nullptr  ? strf("<class '{}'>", name->id)
              : var->is_class ? strf("<class '__main__.{}'>", name->id)
                              : strf("<function {}>", name->id);
    }
  }
  error_frames_ = std::move(frames);
  return {
      strf("{{ {}defaultdict::defaultdict(\"{}\", move || Ok({}), {}) }}", before, shown, made, items.text),
      items.type};
}

/// Counter(), Counter(iterable), Counter(mapping), Counter(a=1).
Code Translator::counter(const Node& node, const Arguments& args) {
  std::map<std::string, TypeId> bound;
  const TypeId type =
      signature_type({.name = "Counter", .args = {{.name = "K", .args = {}}}}, bound, node, "->");
  const TypeId key = types_.arg(type, 0);
  use("counter");
  if (args.positional.empty() && args.keywords.empty())
    return {strf("counter::Counter::<{}>::new()", rust_type(key)), type};
  const Code source = args.positional.empty() || args.positional[0]->kind == Kind::GeneratorExp
                          ? Code{"()", none_}
                          : need(expr(args.positional[0]));
  if (args.positional.empty() || base(source.type) == Base::dict) {
    const Code items = dict_call(node, args);
    types_.unify(types_.arg(items.type, 0), key);
    types_.flow(integer_, types_.arg(items.type, 1));
    return {strf("counter::Counter::from({})", counts(items)), type};
  }
  if (base(source.type) == Base::value && args.positional[0]->kind != Kind::GeneratorExp) {
    // A dict has counts, anything else has items to count.
    types_.flow(value_, key);
    const std::string v = temp("v");
    const Code held{v, value_, Form::place};
    return {strf("{{ let {} = {}; if let Value::Dict(_) = &{} {{ counter::Counter::from({}) }} else {{ "
                 "{}.into_iter().collect::<counter::Counter<_>>() }} }}",
                 v, own(source), v, counts(held), collected_code(node, held, key)),
            type};
  }
  if (base(source.type) == Base::opaque) {
    types_.unify(types_.arg(source.type, 0), key);
    return {strf("{}.copy()", operand(source)), type};
  }
  return {strf("{}.into_iter().collect::<counter::Counter<_>>()", collected(args.positional[0], key)), type};
}

/// A dict, or a Value that is one, as Dict<K, i64>.
std::string Translator::counts(const Code& items) {
  const bool typed = base(items.type) == Base::dict;
  if (typed && (types_.is(types_.arg(items.type, 1), Base::integer) || !known(types_.arg(items.type, 1))))
    return items.text;
  use("convert");
  const TypeId key = typed ? types_.arg(items.type, 0) : value_;
  return attempt(strf("<Dict<{}, i64>>::from_value(&{})", rust_type(key), to_value(items).text));
}

/// update and subtract of a Counter, by what they are given.
std::optional<Code> Translator::counter_method(const Node& node, const Code& object, std::string_view name,
                                               const Arguments& args) {
  const std::string_view sign = name == "update" ? "1" : "-1";
  if ((name != "update" && name != "subtract") || (args.positional.size() != 1 && args.keywords.empty()))
    return std::nullopt;
  const std::string self = operand(object);
  const TypeId key = types_.arg(object.type, 0);
  if (args.positional.empty()) {
    const Code items = dict_call(node, args);
    types_.unify(types_.arg(items.type, 0), key);
    return Code{strf("{}.merge(&{}, {})", self, counts(items), sign), none_};
  }
  if (args.positional[0]->kind == Kind::GeneratorExp) return std::nullopt;
  const Code source = need(expr(args.positional[0]));
  if (base(source.type) == Base::value) {
    types_.flow(value_, key);
    const std::string v = temp("v");
    const Code held{v, value_, Form::place};
    return Code{strf("{{ let {} = {}; if let Value::Dict(_) = &{} {{ {}.merge(&{}, {}) }} else {{ "
                     "{}.{}({}) }} }}",
                     v, own(source), v, self, counts(held), sign, self,
                     name == "update" ? "count_all" : "subtract_all", collected_code(node, held, key)),
                none_};
  }
  if (base(source.type) != Base::dict && base(source.type) != Base::opaque) return std::nullopt;
  types_.unify(types_.arg(source.type, 0), key);
  if (base(source.type) != Base::dict) return Code{strf("{}.merge({}, {})", self, ref(source), sign), none_};
  types_.flow(integer_, types_.arg(source.type, 1));
  const std::string given = counts(source);
  return Code{strf("{}.merge({}, {})", self, given == source.text ? ref(source) : "&" + given, sign), none_};
}

/// Methods of an OrderedDict that a dict does not have.
std::optional<Code> Translator::ordered_method(const Node& node, const Code& object, std::string_view name,
                                               const Arguments& args) {
  const TypeId key = types_.arg(object.type, 0), value = types_.arg(object.type, 1);
  Node* last = args.keyword("last");
  const std::string at_end = last != nullptr                                 ? condition(*last)
                             : name == "popitem" && !args.positional.empty() ? condition(*args.positional[0])
                             : args.positional.size() > 1                    ? condition(*args.positional[1])
                                                                             : "true";
  if (name == "popitem" && (last != nullptr || !args.positional.empty())) {
    use("defaultdict");
    return fallible(strf("defaultdict::popitem({}, {})", ref(object), at_end),
                    container(node, Base::tuple, {key, value}, 10));
  }
  if (name == "move_to_end" && !args.positional.empty()) {
    use("defaultdict");
    const Code code = expr(args.positional[0]);
    types_.flow(code.type, key);
    return fallible(strf("defaultdict::move_to_end({}, {}, {})", ref(object), ref_as(code, key), at_end),
                    none_);
  }
  return std::nullopt;
}

/// A Vec of the pairs that `given` iterates over, for dict(..) and update(..).
std::string Translator::pairs_of(const Node& node, Node* given, TypeId key, TypeId value) {
  const Iteration it = iterate(given);
  const TypeId pair = container(node, Base::tuple, {key, value}, 6);
  if (!known(it.item)) return "Vec::new()";
  const auto hashed = [&](const std::string& pairs) {
    return may_refuse_hash(key) ? attempt(strf("glue::as_pairs({})", pairs)) : pairs;
  };
  if (types_.is(it.item, Base::tuple)) {
    if (types_.at(it.item).args.size() != 2) {
      refuse(node, "dict() of items that are no pairs");
      return "Vec::new()";
    }
    types_.flow(it.item, pair);
    return hashed(collected_iteration(it, pair));
  }
  // Lists of two, such as text.split("=") gives: their length shows when they are there.
  const std::string x = temp("x"), out = temp("v"), k = temp("k"), v = temp("v");
  const TypeId part = cell(node, 15);
  const std::string items = collected_code(node, {it.fallible ? attempt(x) : x, it.item}, part);
  types_.flow(part, key);
  types_.flow(part, value);
  return hashed(
      strf("{{ let mut {} = Vec::new(); for {} in {} {{ let [{}, {}] = {}; {}.push(({}, {})); }} {} }}", out,
           x, it.text, k, v, attempt(strf("glue::pair({}.len(), {})", out, items)), out,
           coerce({k, part}, key), coerce({v, part}, value), out));
}

/// The pairs of an object that has keys() and []; nothing for others.
std::string Translator::mapping_pairs(const Node& node, const Code& object, TypeId key, TypeId value) {
  ClassInfo* cls = base(object.type) == Base::instance ? class_of(object.type) : nullptr;
  FunctionInfo* item = cls == nullptr ? nullptr : find_method(*cls, "__getitem__");
  if (item == nullptr || item->params.size() != 2 || find_method(*cls, "keys") == nullptr) return "";
  const std::string held = temp("o"), k = temp("k"), out = temp("v");
  const Iteration keys = iterate_code(node, call_method(node, {held, object.type, Form::place}, "keys", {}));
  types_.flow(keys.item, key);
  types_.flow(keys.item, item->params[1].var->type);
  types_.flow(item->ret, value);
  item->called = true;
  const Code one{k, keys.item, Form::place};
  const std::string found = attempt(
      strf("{}.{}({})", held, method_rust(*cls, "__getitem__"), coerce(one, item->params[1].var->type)));
  return strf("{{ let {} = {}; let mut {} = Vec::new(); for {} in {} {{ {}{}.push(({}, {})); }} {} }}", held,
              own(object), out, k, keys.text, keys.fallible ? strf("let {} = {}; ", k, attempt(k)) : "", out,
              coerce(one, key), coerce({found, item->ret}, value), out);
}

Code Translator::dict_call(const Node& node, const Arguments& args) {
  const TypeId key = cell(node), value = cell(node, 1);
  const TypeId type = container(node, Base::dict, {key, value});
  const bool any = types_.is(key, Base::value) && types_.is(value, Base::value);
  std::string out = any ? "Dict::<Value, Value>::new()" : "Dict::new()";
  if (!args.positional.empty()) {
    const Code source = args.positional[0]->kind == Kind::GeneratorExp
                            ? Code{"()", types_.fresh()}
                            : unwrapped(need(expr(args.positional[0])), {});
    if (base(source.type) == Base::dict) {
      types_.unify(types_.arg(source.type, 0), key);
      types_.unify(types_.arg(source.type, 1), value);
      out = strf("{}.plain_copy()", operand(source));
    } else if (base(source.type) == Base::value) {
      types_.make_value(key);
      types_.make_value(value);
      use("value_items");
      out = attempt(strf("value_items::dict_of({})", ref(source)));
    } else if (known(source.type) || args.positional[0]->kind == Kind::GeneratorExp) {
      if (base(source.type) == Base::opaque)
        out = strf("Dict::from({})", collected_code(node, call_method(node, source, "items", {}),
                                                    container(node, Base::tuple, {key, value}, 6)));
      else if (const std::string pairs = mapping_pairs(node, source, key, value); !pairs.empty())
        out = strf("Dict::from({})", pairs);
      else
        out = strf("Dict::from({})", pairs_of(node, args.positional[0], key, value));
    }
  }
  if (args.double_star != nullptr) return dict_of_words(node, out, type);
  if (args.keywords.empty()) return {out, type};
  types_.flow(text_, key);
  std::string pairs;
  std::vector<std::pair<std::string_view, Code>> codes;
  for (const auto& [name, node_value] : args.keywords) {
    codes.emplace_back(name, expr(node_value));
    types_.flow(codes.back().second.type, value);
  }
  for (const auto& [name, code] : codes)
    pairs += strf("{}({}, {})", pairs.empty() ? "" : ", ",
                  coerce({strf("Str::lit(\"{}\")", name), text_}, key), coerce(code, value));
  if (args.positional.empty()) return {strf("Dict::from(vec![{}])", pairs), type};
  const std::string made = temp("d");
  return {strf("{{ let {} = {}; {}.extend(vec![{}]); {} }}", made, out, made, pairs, made), type};
}

}  // namespace sov::transpiler
