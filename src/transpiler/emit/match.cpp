// The match statement: a chain of tests that bind as they go.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

void Translator::match_statement(ast::Match& node) {
  const Code subject = expr(node.subject);
  const std::string held = temp("m"), label = strf("'m{}", ++labels_);
  open(strf("{}: {{", label));
  line(strf("let {} = {};", held, own(subject)));
  for (Node* item : node.cases) {
    auto& one = as<ast::match_case>(*item);
    Bound bound;
    const std::string test = pattern_test(*one.pattern, {held, subject.type, Form::place}, bound);
    if (test == "false") continue;
    open(test == "true" ? "{" : strf("if {} {{", test));
    for (auto& [var, code] : bound) {
      if (known(code.type)) store_name(*var, code, *item);
    }
    if (one.guard != nullptr) open(strf("if {} {{", condition(*one.guard)));
    // The body is inside a labelled block: break and continue need their loops' names.
    ++match_depth_;
    block(one.body);
    --match_depth_;
    if (falls_through(one.body)) line(strf("break {};", label));
    if (one.guard != nullptr) close();
    close();
  }
  close();
}

namespace {

std::string all_of(const std::vector<std::string>& tests) {
  std::string out;
  for (const std::string& test : tests) {
    if (test == "false") return "false";
    if (test != "true") out += strf("{}({})", out.empty() ? "" : " && ", test);
  }
  return out.empty() ? "true" : out;
}

/// The names of `__match_args__ = ("x", "y")`.
std::vector<std::string_view> match_args(const ClassInfo& cls) {
  std::vector<std::string_view> out;
  for (const ClassInfo* up : cls.mro) {
    for (Node* statement : up->node->body) {
      auto* assign = try_as<ast::Assign>(statement);
      auto* name = assign == nullptr ? nullptr : try_as<ast::Name>(assign->targets[0]);
      auto* tuple = assign == nullptr ? nullptr : try_as<ast::Tuple>(assign->value);
      if (name == nullptr || tuple == nullptr || name->id != "__match_args__") continue;
      for (Node* item : tuple->elts) {
        if (auto* text = try_as<ast::Constant>(item)) out.push_back(text->value.text);
      }
      return out;
    }
  }
  return out;
}

}  // namespace

/// A Rust condition for the pattern, and what it binds when it holds.
std::string Translator::pattern_test(Node& pattern, const Code& subject, Bound& bound) {
  switch (pattern.kind) {
    case Kind::MatchValue: {
      Node* value = as<ast::MatchValue>(pattern).value;
      return equal(pattern, subject, expr(value));
    }
    case Kind::MatchSingleton: {
      const ConstantValue& value = as<ast::MatchSingleton>(pattern).value;
      const Code code = value.kind == ConstantKind::none ? Code{"()", none_}
                                                         : Code{value.boolean ? "true" : "false", boolean_};
      return identical(pattern, subject, code);
    }
    case Kind::MatchAs: {
      auto& capture = as<ast::MatchAs>(pattern);
      std::string test = "true";
      if (capture.pattern != nullptr) test = pattern_test(*capture.pattern, subject, bound);
      capture_name(capture.name, subject, bound);
      return test;
    }
    case Kind::MatchOr:
      return either_test(as<ast::MatchOr>(pattern), subject, bound);
    case Kind::MatchSequence:
      return sequence_test(as<ast::MatchSequence>(pattern), subject, bound);
    case Kind::MatchClass:
      return class_test(as<ast::MatchClass>(pattern), subject, bound);
    case Kind::MatchMapping:
      return mapping_test(as<ast::MatchMapping>(pattern), subject, bound);
    default:
      return refuse(pattern, strf("{} pattern", kind_name(pattern.kind))).text;
  }
}

void Translator::capture_name(std::string_view name, const Code& code, Bound& bound) {
  Var* var = name.empty() ? nullptr : lookup(name);
  if (var == nullptr) return;
  types_.flow(code.type, var->type);
  bound.emplace_back(var, code);
}

/// a | b: what a name is bound to depends on which of them holds.
std::string Translator::either_test(ast::MatchOr& pattern, const Code& subject, Bound& bound) {
  std::string out;
  std::vector<std::pair<std::string, Bound>> ways;
  for (Node* one : pattern.patterns) {
    Bound inner;
    const std::string test = pattern_test(*one, subject, inner);
    if (test == "false") continue;
    ways.emplace_back(test, std::move(inner));
    if (test == "true") break;
    out += strf("{}({})", out.empty() ? "" : " || ", test);
  }
  if (ways.empty()) return "false";
  for (const auto& [var, first] : ways[0].second) {
    std::string text;
    for (size_t i = 0; i < ways.size(); ++i) {
      for (const auto& [other, code] : ways[i].second) {
        if (other != var) continue;
        const std::string value = coerce(code, var->type);
        text += i + 1 < ways.size() ? strf("if {} {{ {} }} else ", ways[i].first, value)
                : i == 0            ? value
                                    : strf("{{ {} }}", value);
      }
    }
    bound.emplace_back(var, Code{text, var->type, Form::owned, false});
  }
  return ways.back().first == "true" ? "true" : out;
}

/// [a, *rest, b]
std::string Translator::sequence_test(ast::MatchSequence& pattern, const Code& subject_or_none,
                                      Bound& bound) {
  const bool maybe = types_.is(subject_or_none.type, Base::option);
  const Code subject = maybe ? need(subject_or_none) : subject_or_none;
  const Nodes items = pattern.patterns;
  const TypeCell shape = types_.at(subject.type);
  const auto star = std::ranges::find_if(items, [](Node* one) { return one->kind == Kind::MatchStar; });
  const auto before = static_cast<size_t>(star - items.begin());
  const size_t after = star == items.end() ? 0 : items.size() - before - 1;
  if (shape.base == Base::unknown) return "false";
  if (shape.base == Base::tuple) return tuple_test(pattern, subject, before, after, bound);
  const bool sequence = shape.base == Base::list || shape.base == Base::many || shape.base == Base::value;
  if (!sequence) {
    const bool library = shape.base == Base::opaque || shape.base == Base::instance;
    return library ? refuse(pattern, strf("sequence pattern for {}", type_text(subject.type))).text : "false";
  }
  const std::string length = shape.base == Base::value ? strf("value_items::pattern_len({})", ref(subject))
                                                       : strf("{}.py_len()", operand(subject));
  std::vector<std::string> tests;
  if (maybe) tests.push_back(strf("{}.is_some()", operand(subject_or_none)));
  tests.push_back(star == items.end() ? strf("{} == {}", length, items.size())
                                      : strf("{} >= {}", length, before + after));
  const TypeId item = shape.base == Base::value ? value_ : shape.args[0];
  for (size_t i = 0; i < items.size(); ++i) {
    const std::string at = i < before ? strf("{}", i) : strf("-{}", items.size() - i);
    if (auto* rest = try_as<ast::MatchStar>(items[i])) {
      const std::string end = after == 0 ? "None" : strf("Some(-{})", after);
      const std::string all =
          shape.base == Base::value
              ? attempt(strf("value_items::getslice({}, Some({}), {}, None)", ref(subject), before, end))
              : attempt(strf("{}.slice(Some({}), {}, None)", operand(subject), before, end));
      const Code held = shape.base == Base::value ? Code{all, value_} : Code{all, subject.type};
      const TypeId list = container(*rest, Base::list, {cell(*rest)});
      const std::string made = collected_code(*rest, held, cell(*rest));
      capture_name(rest->name, {strf("List::from({})", made), list}, bound);
      continue;
    }
    const std::string get = shape.base == Base::list ? strf("{}.get({})", operand(subject), at)
                            : shape.base == Base::many
                                ? strf("{}.item({})", operand(subject), at)
                                : strf("value_items::getitem({}, &({}i64).to_value())", ref(subject), at);
    tests.push_back(pattern_test(*items[i], {attempt(get), item}, bound));
  }
  return all_of(tests);
}

/// A sequence pattern for a tuple of known length.
std::string Translator::tuple_test(ast::MatchSequence& pattern, const Code& subject, size_t before,
                                   size_t after, Bound& bound) {
  const TypeCell shape = types_.at(subject.type);
  const Nodes items = pattern.patterns;
  const bool star = before < items.size();
  const size_t n = shape.args.size();
  if (star ? n < before + after : n != items.size()) return "false";
  std::vector<std::string> tests;
  const auto part = [&](size_t i) {
    return Code{strf("{}.{}", operand(subject), i), shape.args[i], Form::place};
  };
  for (size_t i = 0; i < items.size(); ++i) {
    if (auto* rest = try_as<ast::MatchStar>(items[i])) {
      const TypeId item = cell(*rest);
      for (size_t j = before; j < n - after; ++j) types_.flow(shape.args[j], item);
      std::string list;
      for (size_t j = before; j < n - after; ++j) list += coerce(part(j), item) + ", ";
      capture_name(rest->name, {strf("List::from(vec![{}])", list), container(*rest, Base::list, {item})},
                   bound);
      continue;
    }
    tests.push_back(pattern_test(*items[i], part(i <= before ? i : n - (items.size() - i)), bound));
  }
  return all_of(tests);
}

/// Class(a, name=b)
std::string Translator::class_test(ast::MatchClass& pattern, const Code& subject, Bound& bound) {
  std::vector<std::string> tests{isinstance_test(pattern, subject, pattern.cls)};
  if (tests[0] == "false") return "false";
  Code object = types_.is(subject.type, Base::option) ? need(subject) : subject;
  auto* name = try_as<ast::Name>(pattern.cls);
  Var* var = name != nullptr ? lookup(name->id) : nullptr;
  const bool known_class = var != nullptr && var->is_class;
  if (known_class && base(subject.type) == Base::value)
    object = {attempt(strf("<{}>::from_value({})", var->cls->root->rust, ref(subject))),
              var->cls->instance_type};
  std::vector<std::string_view> attrs(pattern.kwd_attrs.begin(), pattern.kwd_attrs.end());
  std::vector<Node*> patterns(pattern.kwd_patterns.begin(), pattern.kwd_patterns.end());
  if (!pattern.patterns.empty() && var == nullptr && pattern.patterns.size() == 1) {
    // int(x): the value itself.
    tests.push_back(pattern_test(*pattern.patterns[0], object, bound));
    return all_of(tests);
  }
  if (!pattern.patterns.empty()) {
    std::vector<std::string_view> names;
    if (known_class) names = match_args(*var->cls);
    if (known_class && names.empty()) {
      for (const DataField* field : all_data_fields(*var->cls)) {
        if (field->in_init && !field->keyword_only) names.push_back(field->name);
      }
    }
    if (names.size() < pattern.patterns.size()) return refuse(pattern, "positional class pattern").text;
    for (size_t i = 0; i < pattern.patterns.size(); ++i) {
      attrs.push_back(names[i]);
      patterns.push_back(pattern.patterns[i]);
    }
  }
  for (size_t i = 0; i < attrs.size(); ++i)
    tests.push_back(pattern_test(*patterns[i], instance_attribute(pattern, object, attrs[i]), bound));
  return all_of(tests);
}

/// {"key": a, **rest}
std::string Translator::mapping_test(ast::MatchMapping& pattern, const Code& subject_or_none, Bound& bound) {
  const bool maybe = types_.is(subject_or_none.type, Base::option);
  const Code subject = maybe ? need(subject_or_none) : subject_or_none;
  std::vector<std::string> tests;
  if (maybe) tests.push_back(strf("{}.is_some()", operand(subject_or_none)));
  const Base kind = base(subject.type);
  if (kind == Base::unknown) return "false";
  if (kind == Base::opaque || kind == Base::instance)
    return refuse(pattern, strf("mapping pattern for {}", type_text(subject.type))).text;
  if (kind != Base::dict && kind != Base::value) return "false";
  if (kind == Base::value) tests.push_back(strf("{}.isinstance(&rt::types::dict)", operand(subject)));
  std::string dropped;
  for (size_t i = 0; i < pattern.keys.size(); ++i) {
    const Code key = expr(pattern.keys[i]);
    tests.push_back(contains(pattern, key, subject, nullptr));
    const Code item =
        kind == Base::dict
            ? fallible(strf("{}.item({})", operand(subject), ref_as(key, types_.arg(subject.type, 0))),
                       types_.arg(subject.type, 1))
            : fallible(strf("value_items::getitem({}, &{})", ref(subject), to_value(key).text), value_);
    tests.push_back(pattern_test(*pattern.patterns[i], item, bound));
    dropped += strf("rest.pop_opt({}); ", kind == Base::dict ? ref_as(key, types_.arg(subject.type, 0))
                                                             : strf("&{}", to_value(key).text));
  }
  if (!pattern.rest.empty()) {
    const TypeId type =
        kind == Base::dict ? subject.type : container(pattern, Base::dict, {value_, value_}, 3);
    const std::string whole = kind == Base::dict
                                  ? operand(subject)
                                  : attempt(strf("Dict::<Value, Value>::from_value({})", ref(subject)));
    capture_name(pattern.rest, {strf("{{ let rest = {}.copy(); {}rest }}", whole, dropped), type}, bound);
  }
  return all_of(tests);
}

}  // namespace sov::transpiler
