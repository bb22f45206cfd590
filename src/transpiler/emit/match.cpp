// The match statement: a chain of tests that bind as they go.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

void Translator::match_statement(ast::Match& node) {
  const Code subject = expr(node.subject);
  const std::string held = temp("m"), label = strf("'m{}", ++labels_);
  open(strf("{}: {{", label));
  line(strf("let {} = {};", held, own(subject)));
  for (Node* item : node.cases) {
    auto& one = as<ast::match_case>(*item);
    std::vector<std::pair<Var*, Code>> bound;
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

/// A Rust condition for the pattern, and what it binds when it holds.
std::string Translator::pattern_test(Node& pattern, const Code& subject,
                                     std::vector<std::pair<Var*, Code>>& bound) {
  const auto all = [](const std::vector<std::string>& tests) {
    std::string out;
    for (const std::string& test : tests) {
      if (test == "false") return std::string("false");
      if (test != "true") out += strf("{}({})", out.empty() ? "" : " && ", test);
    }
    return out.empty() ? std::string("true") : out;
  };
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
      if (!capture.name.empty()) {
        if (Var* var = lookup(capture.name)) {
          types_.flow(subject.type, var->type);
          bound.emplace_back(var, subject);
        }
      }
      return test;
    }
    case Kind::MatchOr: {
      std::string out;
      for (Node* one : as<ast::MatchOr>(pattern).patterns) {
        std::vector<std::pair<Var*, Code>> inner;
        const std::string test = pattern_test(*one, subject, inner);
        if (!inner.empty()) return refuse(pattern, "names in alternatives of a pattern").text;
        if (test == "true") return "true";
        if (test != "false") out += strf("{}{}", out.empty() ? "" : " || ", test);
      }
      return out.empty() ? "false" : out;
    }
    case Kind::MatchSequence: {
      auto& sequence = as<ast::MatchSequence>(pattern);
      const TypeCell shape = types_.at(subject.type);
      for (Node* one : sequence.patterns) {
        if (one->kind == Kind::MatchStar) return refuse(pattern, "star in a pattern").text;
      }
      std::vector<std::string> tests;
      if (shape.base == Base::unknown) return "false";
      if (shape.base == Base::tuple) {
        if (shape.args.size() != sequence.patterns.size()) return "false";
        for (size_t i = 0; i < sequence.patterns.size(); ++i)
          tests.push_back(pattern_test(*sequence.patterns[i],
                                       {strf("{}.{}", operand(subject), i), shape.args[i], Form::place},
                                       bound));
        return all(tests);
      }
      if (shape.base == Base::list || shape.base == Base::many) {
        tests.push_back(strf("{}.py_len() == {}", operand(subject), sequence.patterns.size()));
        for (size_t i = 0; i < sequence.patterns.size(); ++i) {
          const std::string get = shape.base == Base::list ? strf("{}.get({})", operand(subject), i)
                                                           : strf("{}.item({})", operand(subject), i);
          tests.push_back(pattern_test(*sequence.patterns[i], {attempt(get), shape.args[0]}, bound));
        }
        return all(tests);
      }
      return refuse(pattern, strf("sequence pattern for {}", type_text(subject.type))).text;
    }
    case Kind::MatchClass: {
      auto& cls = as<ast::MatchClass>(pattern);
      std::vector<std::string> tests{isinstance_test(pattern, subject, cls.cls)};
      Code object = subject;
      auto* name = try_as<ast::Name>(cls.cls);
      Var* var = name != nullptr ? lookup(name->id) : nullptr;
      if (var != nullptr && var->is_class && base(subject.type) == Base::value)
        object = {attempt(strf("<{}>::from_value({})", var->cls->root->rust, ref(subject))),
                  var->cls->instance_type};
      if (types_.is(subject.type, Base::option)) object = need(subject);
      std::vector<std::string_view> attrs(cls.kwd_attrs.begin(), cls.kwd_attrs.end());
      std::vector<Node*> patterns(cls.kwd_patterns.begin(), cls.kwd_patterns.end());
      if (!cls.patterns.empty()) {
        if (var == nullptr && cls.patterns.size() == 1) {
          // int(x): the value itself.
          tests.push_back(pattern_test(*cls.patterns[0], subject, bound));
          return all(tests);
        }
        if (var == nullptr || !var->is_class || !var->cls->dataclass)
          return refuse(pattern, "positional class pattern").text;
        const auto fields = all_data_fields(*var->cls);
        for (size_t i = 0; i < cls.patterns.size() && i < fields.size(); ++i) {
          attrs.push_back(fields[i]->name);
          patterns.push_back(cls.patterns[i]);
        }
      }
      for (size_t i = 0; i < attrs.size(); ++i)
        tests.push_back(pattern_test(*patterns[i], instance_attribute(pattern, object, attrs[i]), bound));
      return all(tests);
    }
    case Kind::MatchMapping: {
      auto& mapping = as<ast::MatchMapping>(pattern);
      if (!mapping.rest.empty()) return refuse(pattern, "** in a pattern").text;
      std::vector<std::string> tests;
      const Base kind = base(subject.type);
      if (kind == Base::unknown) return "false";
      if (kind != Base::dict && kind != Base::value)
        return refuse(pattern, strf("mapping pattern for {}", type_text(subject.type))).text;
      if (kind == Base::value) tests.push_back(strf("{}.isinstance(&rt::types::dict)", operand(subject)));
      for (size_t i = 0; i < mapping.keys.size(); ++i) {
        const Code key = expr(mapping.keys[i]);
        tests.push_back(contains(pattern, key, subject, nullptr));
        const Code item =
            kind == Base::dict
                ? fallible(strf("{}.item({})", operand(subject), ref_as(key, types_.arg(subject.type, 0))),
                           types_.arg(subject.type, 1))
                : fallible(strf("value_items::getitem({}, &{})", ref(subject), to_value(key).text), value_);
        tests.push_back(pattern_test(*mapping.patterns[i], item, bound));
      }
      return all(tests);
    }
    default:
      return refuse(pattern, strf("{} pattern", kind_name(pattern.kind))).text;
  }
}

}  // namespace sov::transpiler
