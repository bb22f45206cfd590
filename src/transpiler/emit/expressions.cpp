// Expressions that are not calls.
#include <algorithm>
#include <cmath>

#include "core/stack.h"
#include "transpiler/emit/bound_names.h"
#include "transpiler/emit/translator.h"
#include "transpiler/emit/views.h"
#include "transpiler/emit/webs.h"

namespace sov::transpiler {
namespace {

/// A Rust string literal.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += strf("\\{}", c);
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (byte < 0x20 || byte == 0x7F)
      out += strf("\\u{{{:x}}}", byte);
    else
      out += c;
  }
  return out + "\"";
}

bool has_surrogate(std::string_view text) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
  }
  return false;
}

std::string float_literal(double value) {
  if (std::isinf(value)) return "f64::INFINITY";
  std::string out = strf("{}", value);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

}  // namespace

Code Translator::expr(Node* node) {
  if (node == nullptr) return {"()", none_};
  if (stack_left() < (size_t{1} << 18)) return refuse(*node, "deep nesting");
  return expr_kind(*node);
}

Code Translator::expr_kind(Node& node) {
  switch (node.kind) {
    case Kind::Constant:
      return constant(as<ast::Constant>(node));
    case Kind::Name:
      return name(as<ast::Name>(node));
    case Kind::BoolOp:
      return bool_op(as<ast::BoolOp>(node));
    case Kind::BinOp:
      return bin_op(as<ast::BinOp>(node));
    case Kind::UnaryOp:
      return unary_op(as<ast::UnaryOp>(node));
    case Kind::Compare:
      return compare(as<ast::Compare>(node));
    case Kind::IfExp:
      return if_exp(as<ast::IfExp>(node));
    case Kind::Dict:
      return dict_display(as<ast::Dict>(node));
    case Kind::List:
      return list_display(node, as<ast::List>(node).elts, Base::list);
    case Kind::Set:
      return list_display(node, as<ast::Set>(node).elts, Base::set);
    case Kind::Tuple:
      return tuple_display(node, as<ast::Tuple>(node).elts);
    case Kind::ListComp:
      return comprehension(node, Base::list, as<ast::ListComp>(node).elt, nullptr,
                           as<ast::ListComp>(node).generators);
    case Kind::SetComp:
      return comprehension(node, Base::set, as<ast::SetComp>(node).elt, nullptr,
                           as<ast::SetComp>(node).generators);
    case Kind::DictComp:
      return comprehension(node, Base::dict, as<ast::DictComp>(node).key, as<ast::DictComp>(node).value,
                           as<ast::DictComp>(node).generators);
    case Kind::GeneratorExp:
      return generator_expression(as<ast::GeneratorExp>(node));
    case Kind::JoinedStr:
      return joined_str(as<ast::JoinedStr>(node));
    case Kind::Attribute:
      return attribute(as<ast::Attribute>(node));
    case Kind::Subscript:
      return subscript(as<ast::Subscript>(node));
    case Kind::Call:
      return call(as<ast::Call>(node));
    case Kind::Lambda:
      return lambda(as<ast::Lambda>(node), nullptr);
    case Kind::NamedExpr:
      return named_expr(as<ast::NamedExpr>(node));
    case Kind::Await:
      return await(as<ast::Await>(node));
    case Kind::Yield:
      return yield(node, as<ast::Yield>(node).value, false);
    case Kind::YieldFrom:
      return yield(node, as<ast::YieldFrom>(node).value, true);
    default:
      return refuse(node, strf("{} here", kind_name(node.kind)));
  }
}

/// A constant text; of one character it is known as such.
Code Translator::text_constant(std::string_view text) {
  Code out{strf("Str::lit({})", quoted(text)), text_};
  const bool ascii = text.size() == 1 && text[0] >= ' ' && text[0] <= '~';
  if (ascii) out.character = strf("'{}{}'", text == "'" || text == "\\" ? "\\" : "", text);
  if (text == "\"")
    out.character = "'\\u{22}'";  // a quotation mark begins a text for who reads Rust text here
  if (text == "\n") out.character = "'\\n'";
  if (text == "\t") out.character = "'\\t'";
  return out;
}

Code Translator::constant(ast::Constant& node) {
  const ConstantValue& value = node.value;
  switch (value.kind) {
    case ConstantKind::none:
      return {"()", none_};
    case ConstantKind::boolean:
      return {value.boolean ? "true" : "false", boolean_};
    case ConstantKind::ellipsis:
      use("builtin_values");
      return {"builtin_values::ellipsis()", value_};
    case ConstantKind::text:
      if (has_surrogate(value.text))
        return refuse(node, "lone surrogate", "a str with a lone surrogate is not translated");
      return text_constant(value.text);
    case ConstantKind::bytes: {
      std::string out = "Bytes::lit(b\"";
      for (const char c : value.text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte > 0x7E || c == '"' || c == '\\')
          out += strf("\\x{:02x}", byte);
        else
          out += c;
      }
      use("bytes");
      return {out + "\")", bytes_};
    }
    case ConstantKind::integer: {
      if (value.text.size() > 16 || (value.text.size() == 16 && value.text[0] >= '8'))
        return {strf("glue::big(\"{}\")", value.text), container(node, Base::big, {}, 12)};
      return {strf("{}", std::strtoull(std::string(value.text).c_str(), nullptr, 16)), integer_};
    }
    case ConstantKind::real:
      return {float_literal(value.real), real_};
    case ConstantKind::imaginary:
      return {strf("rt::complex::new(0.0, {})", float_literal(value.real)), library_type(node, "complex")};
  }
  return {"()", none_};
}

Code Translator::name(ast::Name& node) {
  Var* var = lookup(node.id);
  if (new_type(var) != nullptr) return refuse(node, "a NewType as a value");
  if (var != nullptr) return read_var(*var, node);
  if (node.id == "__name__") return {"Str::lit(\"__main__\")", text_};
  if (node.id == "Ellipsis") {
    use("builtin_values");
    return {"builtin_values::ellipsis()", value_};
  }
  if (node.id == "__doc__") {
    const std::string doc = module_doc();
    return doc.empty() ? Code{"()", none_} : Code{doc, text_};
  }
  if (node.id == "NotImplemented")
    return refuse(node, "NotImplemented", "'NotImplemented' is translated only where it is returned");
  if (auto found = builtin_value(node.id)) return *found;
  if (is_never_bound(*tree_.module, node.id))
    return fallible(
        strf("Err::<Value, Exc>(exc::new(&exc::NameError, \"name '{}' is not defined\"))", node.id), value_);
  return refuse(node, strf("name {}", node.id), strf("'{}' is not known, or not as a value", node.id));
}

Code Translator::read_var(Var& var, const Node& node) {
  if (var.is_function && var.function != nullptr && var.assigns <= 1)
    return function_value(*var.function, node, nullptr);
  if (var.is_class && var.cls != nullptr) return class_value(*var.cls);
  if (ClassInfo* cls = class_parameter(&var)) return class_value(*cls);
  if (!var.module.empty()) {
    if (Code found = module_attribute(node, var.module); !found.text.empty()) return found;
    if (Code function = library_function(node, var.module); !function.text.empty()) return function;
    return refuse(node, strf("{} as a value", var.module));
  }
  if (var.constant) return {var.rust, var.type, is_copy(var.type) ? Form::owned : Form::place};
  if (var.module_level && var.global)
    return {attempt(strf("glue::global(&{}, \"{}\")", var.rust, var.name)), var.type};
  if (var.shared) return {strf("{}.get()", var.rust), var.type};
  if (var.slot) return bound_variable(var);
  Code out{var.rust, var.type, var.reference ? Form::reference : Form::place};
  if (types_.is(var.type, Base::function)) out.named = var.stands_for;
  return out;
}

/// A variable that may have no value yet.
Code Translator::bound_variable(const Var& var) {
  const bool copied = is_copy(var.type);
  return {
      attempt(strf("glue::{}(&{}, \"{}\")", copied ? "bound_copy" : "bound", var.rust, undivided(var.name))),
      var.type, copied ? Form::owned : Form::reference};
}

Code Translator::bool_op(ast::BoolOp& node) {
  std::vector<Code> values;
  bool all_bool = true;
  const TypeId result = cell(node);
  for (Node* value : node.values) {
    values.push_back(expr(value));
    all_bool = all_bool && types_.is(values.back().type, Base::boolean);
    // `a or b` never gives a's None unless it is the last: what is false is passed over.
    const bool last = value == node.values.back();
    const bool drops_none = node.op == Op::Or && !last;
    types_.flow(drops_none ? plain(values.back().type) : values.back().type, result);
    if (drops_none && types_.is(values.back().type, Base::none)) continue;
  }
  if (all_bool) return {condition(node), boolean_, Form::owned, false};
  std::string out = coerce(values.back(), result);
  for (size_t i = values.size() - 1; i-- > 0;) {
    if (types_.is(values[i].type, Base::none) && node.op == Op::Or) {
      if (!is_inert(values[i].text)) out = strf("{{ {}; {} }}", values[i].text, out);  // print(x) or y
      continue;
    }
    const std::string v = temp("v");
    const Code held{v, values[i].type, Form::place};
    const std::string test = truth(held);
    std::string kept = coerce({v, values[i].type}, result);
    if (node.op == Op::Or)
      out = strf("{{ let {} = {}; if {} {{ {} }} else {{ {} }} }}", v, own(values[i]), test, kept, out);
    else
      out = strf("{{ let {} = {}; if {} {{ {} }} else {{ {} }} }}", v, own(values[i]), test, out, kept);
  }
  return {out, result};
}

Code Translator::unary_op(ast::UnaryOp& node) {
  if (node.op == Op::Not) return {condition(node), boolean_, Form::owned, false};
  Code value = unwrapped(need(expr(node.operand)), {node.op == Op::USub   ? "__neg__"
                                                    : node.op == Op::UAdd ? "__pos__"
                                                                          : "__invert__"});
  const auto* literal = try_as<ast::Constant>(node.operand);
  const Base kind = base(value.type);
  if (kind == Base::value) {
    use("value_ops");
    const std::string_view op = node.op == Op::USub ? "neg" : node.op == Op::UAdd ? "pos" : "invert";
    return fallible(strf("value_ops::{}({})", op, ref(value)), value_);
  }
  if (kind == Base::instance && class_of(value.type)->flag_enum && node.op == Op::Invert)
    return fallible(strf("{}::of_value(&!{}.0)", class_of(value.type)->rust, operand(value)), value.type);
  if (kind == Base::instance && !class_of(value.type)->is_enum) {
    const std::string_view dunder = node.op == Op::USub   ? "__neg__"
                                    : node.op == Op::UAdd ? "__pos__"
                                                          : "__invert__";
    return call_method(node, value, dunder, {});
  }
  if (kind == Base::real) {
    if (node.op == Op::USub)
      return {strf("-{}", operand({own(value), value.type, Form::owned, value.atomic})), real_, Form::owned,
              false};
    if (node.op == Op::UAdd) return {own(value), real_};
  }
  if (kind == Base::big) {
    if (node.op == Op::UAdd) return value;
    return {strf("{}({})", node.op == Op::USub ? "-" : "!", ref(value)), value.type, Form::owned, false};
  }
  if (kind == Base::integer || kind == Base::boolean || kind == Base::instance) {
    const std::string text = as_int(value);
    if (node.op == Op::UAdd) return {text, integer_};
    if (node.op == Op::Invert)
      return {strf("!{}", operand({text, integer_, Form::owned, value.atomic})), integer_, Form::owned,
              false};
    if (literal != nullptr) return {strf("-{}", text), integer_, Form::owned, false};
    return {strf("arith::ineg({})", text), base(value.type) == Base::integer ? value.type : integer_};
  }
  if (kind == Base::unknown) return {"()", types_.fresh()};
  if (kind == Base::opaque) {
    const LibraryEntry* entry = Library::built_in().method(
        Library::built_in().type(types_.at(value.type).id).name, node.op == Op::USub ? "__neg__" : "__pos__");
    if (entry != nullptr) return call_library(node, *entry, &value, {});
  }
  return refuse(node, strf("unary {} on {}", op_symbol(node.op), type_text(value.type)));
}

Code Translator::if_exp(ast::IfExp& node) {
  const std::string test = condition(*node.test);
  const Code yes = expr(node.body), no = expr(node.orelse);
  const TypeId result = cell(node);
  types_.flow(yes.type, result);
  types_.flow(no.type, result);
  return {strf("if {} {{ {} }} else {{ {} }}", test, coerce(yes, result), coerce(no, result)), result,
          Form::owned, false};
}

/// What CPython's compiler makes a constant of.
static bool is_folded(Node* node) {
  if (node->kind == Kind::Constant) return true;
  if (auto* unary = try_as<ast::UnaryOp>(node)) return is_folded(unary->operand);
  if (auto* binary = try_as<ast::BinOp>(node)) return is_folded(binary->left) && is_folded(binary->right);
  auto* tuple = try_as<ast::Tuple>(node);
  return tuple != nullptr && std::ranges::all_of(tuple->elts, is_folded);
}

Code Translator::list_display(Node& node, Nodes elts, Base kind) {
  const TypeId item = cell(node);
  const TypeId type = container(node, kind, {item});
  const bool starred = std::ranges::any_of(elts, [](Node* e) { return e->kind == Kind::Starred; });
  if (starred) {
    const Code items = starred_display(node, elts, item);
    return {kind == Base::list ? strf("List::from_iter({})", items.text)
                               : strf("Set::from_iter({})", as_keys(items.text, item)),
            type};
  }
  std::vector<Code> codes;
  for (Node* elt : elts) {
    codes.push_back(expr(elt));
    types_.flow(codes.back().type, item);
  }
  std::string out;
  for (const Code& code : codes) {
    const bool asked = kind == Base::set && may_refuse_hash(code.type);
    out +=
        strf("{}{}", out.empty() ? "" : ", ", asked ? as_key(coerce(code, item), item) : coerce(code, item));
  }
  if (kind == Base::set) {
    const bool constant = elts.size() >= 3 && std::ranges::all_of(elts, is_folded);
    return {strf("Set::{}(vec![{}])", constant ? "literal" : "from_iter", out), type};
  }
  if (codes.empty()) return {types_.is(item, Base::value) ? "List::<Value>::new()" : "List::new()", type};
  return {strf("List::from(vec![{}])", out), type};
}

/// A Vec of items, some of them spread out.
Code Translator::starred_display(Node& node, Nodes elts, TypeId item) {
  static_cast<void>(node);
  std::string out;
  std::vector<std::string> steps;
  const std::string name = temp("items");
  for (Node* elt : elts) {
    if (auto* star = try_as<ast::Starred>(elt)) {
      steps.push_back(strf("{}.extend({});", name, collected(star->value, item)));
    } else {
      const Code code = expr(elt);
      types_.flow(code.type, item);
      steps.push_back(strf("{}.push({});", name, coerce(code, item)));
    }
  }
  for (const std::string& step : steps) out += step + " ";
  return {strf("{{ let mut {} = Vec::new(); {}{} }}", name, out, name), item};
}

/// Nothing else may say what an empty tuple holds.
std::string Translator::empty_tuple(TypeId item) {
  return types_.is(item, Base::value) ? "Tuple::<Value>::from(vec![])" : "Tuple::from(vec![])";
}

Code Translator::tuple_display(Node& node, Nodes elts) {
  const bool starred = std::ranges::any_of(elts, [](Node* e) { return e->kind == Kind::Starred; });
  if (starred || elts.size() > 10) {
    const TypeId item = cell(node);
    const Code items = starred_display(node, elts, item);
    return {strf("Tuple::from({})", items.text), container(node, Base::many, {item})};
  }
  if (elts.empty()) {
    return {empty_tuple(cell(node)), container(node, Base::many, {cell(node)})};
  }
  std::vector<TypeId> parts;
  std::string out;
  std::vector<Code> codes;
  for (size_t i = 0; i < elts.size(); ++i) {
    codes.push_back(expr(elts[i]));
    const uint64_t key = (uint64_t{elts[i]->number} * 16) + 9;
    const auto [it, added] = cells_.try_emplace(key, 0);
    if (added) it->second = types_.fresh();
    types_.flow(codes.back().type, it->second);
    parts.push_back(it->second);
  }
  const TypeId type = container(node, Base::tuple, parts);
  for (size_t i = 0; i < codes.size(); ++i)
    out += strf("{}{}", i > 0 ? ", " : "", coerce(codes[i], parts[i]));
  return {strf("({}{})", out, elts.size() == 1 ? "," : ""), type};
}

Code Translator::dict_display(ast::Dict& node) {
  const TypeId key = cell(node, 0), value = cell(node, 1);
  const TypeId type = container(node, Base::dict, {key, value});
  std::vector<std::pair<Code, Code>> pairs;
  bool spread = false;
  for (size_t i = 0; i < node.keys.size(); ++i) {
    if (node.keys[i] == nullptr) {
      const Code other = unwrapped(need(expr(node.values[i])), {});
      if (types_.is(other.type, Base::dict)) {
        types_.unify(types_.arg(other.type, 0), key);
        types_.unify(types_.arg(other.type, 1), value);
      } else if (known(other.type) && !types_.is(other.type, Base::value)) {
        return refuse(*node.values[i], strf("** of {}", type_text(other.type)));
      }
      pairs.emplace_back(Code{}, other);
      spread = true;
      continue;
    }
    const Code k = expr(node.keys[i]), v = expr(node.values[i]);
    types_.flow(k.type, key);
    types_.flow(v.type, value);
    pairs.emplace_back(k, v);
  }
  if (pairs.empty())
    return {types_.is(key, Base::value) && types_.is(value, Base::value) ? "Dict::<Value, Value>::new()"
                                                                         : "Dict::new()",
            type};
  const auto hashed = [&](const Code& k) {
    const bool plain_key = types_.is(k.type, Base::text) || types_.is(k.type, Base::integer);
    return plain_key ? coerce(k, key) : as_key(coerce(k, key), key);
  };
  std::string out;
  if (spread) {
    const std::string name = temp("d");
    for (const auto& [k, v] : pairs) {
      if (k.text.empty())
        out += strf("{}.update({}); ", name, types_.is(v.type, Base::value) ? ref_as(v, type) : ref(v));
      else
        out += strf("{}.set({}, {}); ", name, hashed(k), coerce(v, value));
    }
    return {strf("{{ let {}: {} = Dict::new(); {}{} }}", name, rust_type(type), out, name), type};
  }
  size_t width = 0;
  for (const auto& [k, v] : pairs) {
    out += strf("{}({}, {})", out.empty() ? "" : ", ", hashed(k), coerce(v, value));
    ++width;
  }
  static_cast<void>(width);
  return {strf("Dict::from(vec![{}])", out), type};
}

// --- Comprehensions ---

/// The loops of a comprehension around what `innermost` writes; all on one line.
std::string Translator::comprehension_loops(Nodes generators, const std::function<std::string()>& innermost,
                                            const Iteration* source) {
  std::string head, tail;
  const size_t scopes = scopes_.size();
  for (Node* generator : generators) {
    auto& clause = as<ast::comprehension>(*generator);
    const Code async = clause.is_async != 0 ? async_source(clause.iter) : Code{};
    const std::string held = temp("it");
    std::pair<std::string, TypeId> next{"None", types_.fresh()};
    if (clause.is_async != 0 && known(async.type)) next = async_next(*generator, async, held);
    const Iteration it = clause.is_async != 0                              ? Iteration{"", next.second}
                         : source != nullptr && generator == generators[0] ? *source
                                                                           : iterate(clause.iter);
    scopes_.push_back({.names = {}, .function = function_});
    std::string pattern, before;
    const std::function<std::string(Node*, TypeId)> bind = [&](Node* target, TypeId type) -> std::string {
      if (auto* target_name = try_as<ast::Name>(target)) {
        vars_.push_back(std::make_unique<Var>());
        Var* var = vars_.back().get();
        var->name = target_name->id;
        var->rust = rust_name(target_name->id);
        var->owner = function_;
        var->loop_bound = true;
        var->type = type;
        scopes_.back().names[target_name->id] = var;
        return target_name->id == "_" && target != clause.target ? std::string("_") : var->rust;
      }
      auto* tuple = try_as<ast::Tuple>(target);
      auto* list = try_as<ast::List>(target);
      if (tuple == nullptr && list == nullptr) return refuse(*target, "comprehension target").text;
      const Nodes elts = tuple != nullptr ? tuple->elts : list->elts;
      std::string parts;
      const TypeCell shape = types_.at(type);
      const auto star = std::ranges::find_if(elts, [](Node* e) { return e->kind == Kind::Starred; });
      if (shape.base == Base::tuple && shape.args.size() == elts.size() && star == elts.end()) {
        for (size_t i = 0; i < elts.size(); ++i)
          parts += strf("{}{}", i > 0 ? ", " : "", bind(elts[i], shape.args[i]));
        return strf("({}{})", parts, elts.size() == 1 ? "," : "");
      }
      const std::string whole = temp("x");
      if (star != elts.end()) {
        const auto stored = [&](Node* part, const Code& code) {
          const std::string name = bind(part, code.type);  // what is inside is bound behind it
          const std::string inside = std::exchange(before, "");
          return strf("let {} = {}; {}", name, own(code), inside);
        };
        const std::string outer = std::exchange(before, "");
        std::string lines;
        starred_parts(
            *target, elts, {whole, type, Form::place},
            [&](Node* part, const Code& code) { lines += stored(part, code); },
            [&](const std::string& text) { lines += text; });
        before = outer + lines;
        return whole;
      }
      const TypeId item =
          shape.base == Base::unknown ? types_.fresh() : iterate_code(*target, {whole, type}).item;
      for (size_t i = 0; i < elts.size(); ++i) parts += strf("{}{}", i > 0 ? ", " : "", bind(elts[i], item));
      before += strf("let [{}] = {}; ", parts,
                     attempt(strf("glue::unpack::<{}, _>({})", elts.size(),
                                  collected_code(*target, {whole, type}, item))));
      return whole;
    };
    pattern = bind(clause.target, it.item);
    if (it.fallible) {
      const std::string raw = temp("r");
      before = strf("let {} = {}; {}", pattern, attempt(raw), before);
      pattern = raw;
    }
    if (clause.is_async != 0)
      head += strf("{{ let {} = {}; while let Some({}) = {} {{ {}", held, own(async), pattern, next.first,
                   before);
    else
      head += strf("for {} in {} {{ {}", pattern, it.text, before);
    tail += clause.is_async != 0 ? " } }" : " }";
    for (Node* condition_node : clause.ifs) {
      head += strf("if {} {{ ", condition(*condition_node));
      tail += " }";
    }
  }
  const std::string inner = innermost();
  scopes_.resize(scopes);
  // A name that says that it is not read.
  constexpr std::string_view kUnread = "for _unused in ";
  if (inner.find("_unused") == std::string::npos && head.find("_unused") == head.rfind("_unused")) {
    if (const size_t at = head.find(kUnread); at != std::string::npos)
      head.replace(at, kUnread.size(), "for _ in ");
  }
  return head + inner + tail;
}

/// [lambda x: x * i for i in ..]: whoever calls it later sees the last i, where ours keeps each.
void Translator::late_lambdas(Node& part, Nodes generators) {
  if (auto* late = try_as<ast::Lambda>(&part)) {
    const FunctionInfo& info = *function_of_[late];
    for (Node* generator : generators) {
      const std::function<void(Node&)> target = [&](Node& inside) {
        auto* name = try_as<ast::Name>(&inside);
        const bool own = name == nullptr || std::ranges::any_of(info.params, [&](const Param& param) {
                           return param.var->name == name->id;
                         });
        if (!own && mentions(*late->body, name->id))
          refuse(part, "a lambda in a comprehension that names its variable",
                 strf("a lambda that is kept sees the last '{}' of its comprehension: write {}={} among its "
                      "parameters",
                      name->id, name->id, name->id));
        for_children(inside, target);
      };
      target(*as<ast::comprehension>(*generator).target);
    }
    return;
  }
  if (auto* call = try_as<ast::Call>(&part)) {
    auto* callee = try_as<ast::Name>(call->func);
    Var* var = callee == nullptr ? nullptr : lookup(callee->id);
    if (var == nullptr || !var->is_class) return;
  }
  for_children(part, [&](Node& child) { late_lambdas(child, generators); });
}

Code Translator::comprehension(Node& node, Base kind, Node* elt, Node* value, Nodes generators) {
  if (final_) late_lambdas(*elt, generators);
  if (final_ && value != nullptr) late_lambdas(*value, generators);
  const TypeId item = cell(node, 0);
  const std::string out = temp("out");
  if (kind == Base::dict) {
    const TypeId of = cell(node, 1);
    const TypeId type = container(node, kind, {item, of});
    const std::string loops = comprehension_loops(generators, [&] {
      const Code k = expr(elt), v = expr(value);
      types_.flow(k.type, item);
      types_.flow(v.type, of);
      const std::string key = coerce(k, item);
      return strf("{}.set({}, {});", out, may_refuse_hash(k.type) ? as_key(key, item) : key, coerce(v, of));
    });
    return {strf("{{ let {}: {} = Dict::new(); {} {} }}", out, rust_type(type), loops, out), type};
  }
  const TypeId type = container(node, kind, {item});
  const std::string loops = comprehension_loops(generators, [&] {
    const Code code = expr(elt);
    types_.flow(code.type, item);
    const std::string one = coerce(code, item);
    if (kind != Base::set) return strf("{}.push({});", out, one);
    return strf("{}.add({});", out, may_refuse_hash(code.type) ? as_key(one, item) : one);
  });
  if (kind == Base::set)
    return {strf("{{ let {}: {} = Set::new(); {} {} }}", out, rust_type(type), loops, out), type};
  return {strf("{{ let mut {}: Vec<{}> = Vec::new(); {} List::from({}) }}", out, rust_type(item), loops, out),
          type};
}

Code Translator::named_expr(ast::NamedExpr& node) {
  Var* var = lookup(as<ast::Name>(*node.target).id);
  const Code value = expr(node.value);
  if (var == nullptr) return value;
  const std::string lines = captured([&] { store_name(*var, value, node); });
  std::string joined;
  for (const char c : lines) joined += c == '\n' ? ' ' : c;
  const Code read = read_var(*var, node);
  return {strf("{{ {}{} }}", joined, own(read)), var->type};
}

// --- f-strings ---

/// n of ".nf", else -1.
static int fixed_digits(std::string_view spec) {
  const bool fixed = spec.size() == 3 && spec[0] == '.' && spec[2] == 'f';
  return fixed && spec[1] >= '0' && spec[1] <= '9' ? spec[1] - '0' : -1;
}

Code Translator::joined_str(ast::JoinedStr& node) {
  std::string out;
  const std::string s = temp("s");
  use("fmt");
  for (Node* part : node.values) {
    if (auto* text = try_as<ast::Constant>(part)) {
      out += strf("{}.push_str({}); ", s, quoted(text->value.text));
      continue;
    }
    auto& field = as<ast::FormattedValue>(*part);
    Code value = expr(field.value);
    if (const std::string view = view_text(field.value, value); !view.empty())
      use("views"), value = {view, text_};
    else if (field.conversion == 'r' || field.conversion == 'a')
      value = {strf("{}.repr()", operand(value)), text_};
    if (field.conversion == 'a') value = {strf("glue::ascii(&{})", value.text), text_};
    if (field.conversion == 's') value = {str_of(value), text_};
    if (field.format_spec == nullptr) {
      // format(x, "") is str(x) for all built-in types.
      const ClassInfo* cls = field.conversion == 's' ? nullptr : class_of(value.type);
      const bool formats =
          cls != nullptr && std::ranges::any_of(cls->root->family, [](const ClassInfo* member) {
            return member->methods.contains("__format__");
          });
      if (formats)
        out += strf("{}.push_str({}.as_str()); ", s, attempt(strf("{}.py_format(\"\")", operand(value))));
      else if (types_.is(value.type, Base::none))
        out += strf("{}.push_str(\"None\"); ", s);
      else
        out += strf("{}.str_into(&mut {}); ", operand(value), s);
      continue;
    }
    const Code spec = expr(field.format_spec);
    auto& parts = as<ast::JoinedStr>(*field.format_spec).values;
    auto* fixed = parts.size() == 1 ? try_as<ast::Constant>(parts[0]) : nullptr;
    const std::string spec_text = parts.empty()      ? "\"\""
                                  : fixed != nullptr ? quoted(fixed->value.text)
                                                     : strf("{}.as_str()", operand(spec));
    if (fixed != nullptr && (base(value.type) == Base::real || base(value.type) == Base::integer)) {
      if (const int digits = fixed_digits(fixed->value.text); digits >= 0) {
        out += strf("fmt::fixed_into({}, {}, &mut {}); ", as_float(value), digits, s);
        continue;
      }
    }
    out +=
        strf("{}.push_str({}.as_str()); ", s, attempt(strf("{}.py_format({})", operand(value), spec_text)));
  }
  if (node.values.empty()) return {"Str::lit(\"\")", text_};
  if (node.values.size() == 1 && node.values[0]->kind == Kind::Constant)
    return {strf("Str::lit({})", quoted(as<ast::Constant>(*node.values[0]).value.text)), text_};
  return {strf("{{ let mut {} = String::new(); {}Str::from({}) }}", s, out, s), text_};
}

}  // namespace sov::transpiler
