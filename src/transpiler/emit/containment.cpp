// x in y.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// Items are taken until one is equal.
std::string Translator::found_in(const Node& node, const Code& left, const Code& right) {
  const Iteration it = iterate_code(node, right);
  if (!known(it.item)) return "false";
  const std::string x = temp("x"), item = temp("item"), wanted = temp("v"), found = temp("found");
  const std::string test = equal(node, {item, it.item, Form::place}, {wanted, left.type, Form::place});
  return strf(
      "{{ let {} = {}; let mut {} = false; for {} in {} {{ let {} = {}; if {} {{ {} = true; break; }} }} {} "
      "}}",
      wanted, own(left), found, x, it.text, item, it.fallible ? attempt(x) : x, test, found, found);
}

/// x in ("a", "b"), where x is a text or an int, as a pattern; empty where it is none.
std::string Translator::constant_pattern(const Nodes& elts, const std::vector<Code>& items, const Code& x) {
  const bool texts = base(x.type) == Base::text;
  const auto alike = [&](const Code& item) { return base(item.type) == base(x.type); };
  const auto constant = [](const Node* elt) { return elt->kind == Kind::Constant; };
  if ((!texts && base(x.type) != Base::integer) || !std::ranges::all_of(items, alike) ||
      !std::ranges::all_of(elts, constant))
    return "";
  const bool characters =
      !x.character.empty() && std::ranges::none_of(items, &std::string::empty, &Code::character);
  std::vector<std::string> seen;
  for (const Code& item : items) {
    const std::string one = characters ? item.character
                            : texts    ? item.text.substr(9, item.text.size() - 10)  // of Str::lit(..)
                                       : item.text;
    if (std::ranges::find(seen, one) == seen.end()) seen.push_back(one);
  }
  std::string pattern;
  for (const std::string& one : seen) pattern += (pattern.empty() ? "" : " | ") + one;
  const std::string what = characters ? x.character : texts ? operand(x) + ".as_str()" : own(x);
  return strf("matches!({}, {})", what, pattern);
}

std::string Translator::contains(const Node& node, const Code& left, const Code& right_or_none,
                                 Node* right_node) {
  if (right_node != nullptr && calls(*right_node) && !is_inert(left.text)) {  // the left side comes first
    const std::string held = temp("n");
    const std::string found = contains(node, {held, left.type, Form::place}, right_or_none, right_node);
    return strf("{{ let {} = {}; {} }}", held, own(left), found);
  }
  if (const auto dict = viewed_dict(right_node, "keys")) return contains(node, left, *dict, nullptr);
  // x in (a, b, c): an array suffices.
  if (right_node != nullptr &&
      (right_node->kind == Kind::Tuple || right_node->kind == Kind::List || right_node->kind == Kind::Set)) {
    Nodes elts = right_node->kind == Kind::Tuple  ? as<ast::Tuple>(*right_node).elts
                 : right_node->kind == Kind::List ? as<ast::List>(*right_node).elts
                                                  : as<ast::Set>(*right_node).elts;
    const bool starred = std::ranges::any_of(elts, [](Node* e) { return e->kind == Kind::Starred; });
    if (!starred && !elts.empty()) {
      const TypeId both = cell(node, 5);
      types_.flow(left.type, both);
      std::vector<Code> items;
      for (Node* elt : elts) {
        items.push_back(expr(elt));
        types_.flow(items.back().type, both);
      }
      if (const std::string one_of = constant_pattern(elts, items, left); !one_of.empty()) return one_of;
      std::string list;
      for (const Code& item : items) list += strf("{}{}", list.empty() ? "" : ", ", coerce(item, both));
      const bool hashed = right_node->kind == Kind::Set && may_refuse_hash(left.type);
      const std::string needle = hashed ? as_key(ref_as(left, both), both) : ref_as(left, both);
      return strf("[{}].contains({})", list, needle);
    }
    return contains(node, left, expr(right_node), nullptr);
  }
  const Code right = unwrapped(need(right_or_none), {"__contains__"});
  if (types_.is(left.type, Base::instance) && holds_immutable(*class_of(left.type)) &&
      base(right.type) != Base::instance && base(right.type) != Base::value) {
    const TypeCell within_type = types_.at(right.type);
    const bool objects = !within_type.args.empty() && types_.is(within_type.args[0], Base::instance);
    const Code held = objects ? left : unwrapped(left, {"__eq__", "__hash__"});
    if (held.text != left.text) return contains(node, held, right, nullptr);
  }
  const auto needle = [&](TypeId as) { return ref_as(left, as); };
  const auto within = [&](TypeId item) -> std::string {
    const Base a = base(left.type), b = base(item);
    // Looking for what cannot be there.
    if (a != Base::unknown && b != Base::unknown && a != b && b != Base::value && a != Base::value &&
        b != Base::option && a != Base::option && !(is_number(a) && is_number(b)) && a != Base::tuple &&
        b != Base::tuple) {
      const bool asked = base(right.type) != Base::list && base(right.type) != Base::many;
      if (!asked || !may_refuse_hash(left.type)) return "false";
      return strf("{{ {}; false }}", as_key(ref(left), left.type));
    }
    if (a == Base::option && b != Base::option && b != Base::value) {
      const std::string x = temp("x");
      return strf("match {} {{ Some({}) => {}.contains(&{}), None => false }}", own(left), x, operand(right),
                  x);
    }
    if (a == Base::value && b != Base::value)
      return attempt(strf("value_ops::contains(&{}, {})", to_value(right).text, ref(left)));
    if (is_number(a) && is_number(b) && a != b) {
      if (b == Base::boolean || (a == Base::big && b == Base::real))
        return attempt(strf("value_ops::contains(&{}, &{})", to_value(right).text, to_value(left).text));
      return strf("{}.contains(&{})", operand(right),
                  b == Base::real && a == Base::integer      ? strf("arith::float_key({})", own(left))
                  : b == Base::real                          ? as_float(left)
                  : b == Base::integer && a == Base::boolean ? as_int(left)
                                                             : coerce(left, item));
    }
    const bool hashed = base(right.type) != Base::list && base(right.type) != Base::many;
    if (hashed && may_refuse_hash(a == Base::unknown ? item : left.type))
      return strf("{}.contains({})", operand(right), as_key(needle(item), item));
    return strf("{}.contains({})", operand(right), needle(item));
  };
  switch (base(right.type)) {
    case Base::unknown:
      return "false";
    case Base::text: {
      const Code part = need(left);
      if (!part.character.empty()) return strf("{}.as_str().contains({})", operand(right), part.character);
      return strf("{}.contains({})", operand(right),
                  types_.is(part.type, Base::value) ? ref_as(part, text_) : ref(part));
    }
    case Base::list:
    case Base::set:
    case Base::frozenset:
    case Base::many:
      return within(types_.arg(right.type, 0));
    case Base::dict:
      return within(types_.arg(right.type, 0));
    case Base::range:
      if (base(left.type) == Base::real) {
        const std::string x = temp("x");
        return strf("{{ let {}: f64 = {}; {}.fract() == 0.0 && {}.contains({} as i64) }}", x, own(left), x,
                    operand(right), x);
      }
      if (!is_number(base(left.type)) && base(left.type) != Base::value && base(left.type) != Base::option)
        return "false";
      return strf("{}.contains({})", operand(right), as_int(left));
    case Base::bytes:
      return strf("{}.contains({})", operand(right), ref(left));
    case Base::tuple: {
      const TypeId item = cell(node, 3);
      for (const TypeId part : types_.at(right.type).args) types_.flow(part, item);
      const TypeId type = container(node, Base::many, {item}, 4);
      types_.flow(left.type, item);
      return strf("{}.contains({})", coerce(right, type), needle(item));
    }
    case Base::value:
      return attempt(strf("value_ops::contains({}, {})", ref(right),
                          types_.is(left.type, Base::value) ? ref(left) : strf("&{}", to_value(left).text)));
    case Base::instance: {
      ClassInfo& cls = *class_of(right.type);
      if (cls.flag_enum && types_.same(left.type, right.type))
        return strf("{}.0 & {}.0 == {}.0", operand(right), operand(left), operand(left));
      if (FunctionInfo* method = find_method(cls, "__contains__");
          method != nullptr && method->params.size() == 2) {
        types_.flow(left.type, method->params[1].var->type);
        return attempt(strf("{}.{}({})", operand(right), method_rust(cls, "__contains__"),
                            coerce(left, method->params[1].var->type)));
      }
      if (find_method(cls, "__iter__") != nullptr) return found_in(node, left, right);
      break;
    }
    case Base::iterator:
      return found_in(node, left, right);
    case Base::opaque: {
      const std::string& type = Library::built_in().type(types_.at(right.type).id).name;
      if (const LibraryEntry* entry = Library::built_in().method(type, "__contains__")) {
        use("glue");
        for (const std::string& module : entry->uses) use(module);
        if (entry->params.size() == 1) {
          std::map<std::string, TypeId> bound;
          const LibraryEntry& row = Library::built_in().type(types_.at(right.type).id);
          for (size_t i = 0; i < row.params.size() && i < types_.at(right.type).args.size(); ++i)
            bound[row.params[i].name] = types_.arg(right.type, i);
          const SigParam& param = entry->params[0];
          const TypeId want = signature_type(param.type, bound, node, "in");
          const std::string given = param.type.reference ? ref_as(left, want) : coerce(left, want);
          for (const std::string& module : entry->uses) use(module);
          const std::string text = entry->body.find('{') != std::string::npos
                                       ? filled(entry->body, {{"self", operand(right)}, {param.name, given}})
                                       : strf("{}{}({})", operand(right), entry->body, given);
          return entry->raises ? attempt(text) : text;
        }
      }
      break;
    }
    default:
      break;
  }
  if (base(right.type) == Base::none)
    return attempt(strf("value_ops::contains(&Value::None, &{})", to_value(left).text));
  if (!final_) return "false";
  return refuse(node, strf("in {}", type_text(right.type))).text;
}

}  // namespace sov::transpiler
