// Rust expressions from one type or form to another.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

std::string Translator::operand(const Code& code) const {
  return code.atomic && !is_loose(code.text) ? code.text : strf("({})", code.text);
}

std::string Translator::own(const Code& code) {
  if (code.form == Form::owned) return code.text;
  if (is_copy(code.type)) return code.form == Form::reference ? strf("*{}", operand(code)) : code.text;
  return strf("{}.clone()", operand(code));
}

std::string Translator::ref(const Code& code) {
  return code.form == Form::reference ? code.text : strf("&{}", operand(code));
}

/// The text must stand in parentheses to be an operand: it has an operator outside of all brackets.
bool Translator::is_loose(std::string_view text) {
  int depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      while (++at < text.size() && text[at] != '"') at += text[at] == '\\' ? 1 : 0;
      continue;
    }
    if (c == '\'' && at + 2 < text.size() && (text[at + 1] == '\\' || text[at + 2] == '\'')) {  // a char
      at = std::min(text.find('\'', at + (text[at + 1] == '\\' ? 3 : 2)), text.size());
      continue;
    }
    depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
    if (c == ' ' && depth == 0 && text[at - 1] != ',') return true;  // commas: within <..>
  }
  return false;
}

/// A reference to the value as `to`.
std::string Translator::ref_as(const Code& code, TypeId to) {
  if (types_.same(code.type, to)) return ref(code);
  const std::string text = coerce(code, to);
  return is_loose(text) ? strf("&({})", text) : "&" + text;
}

/// A key that is only looked for: a Value does not make Values of the dict's keys, it is compared as what it
/// holds when the program runs (KeyError where that is of another type).
std::string Translator::key_ref(const Code& index_or_object, TypeId key) {
  const bool held = known(key) && base(key) != Base::instance && base(key) != Base::value;
  const Code index = held ? unwrapped(index_or_object, {"__eq__", "__hash__"}) : index_or_object;
  if (looked_up_as_value(index, key))
    return "&" + attempt(strf("convert::key_in::<{}>({})", rust_type(key), ref(index)));
  types_.flow(index.type, key);
  return may_refuse_hash(index.type) ? as_key(ref_as(index, key), key) : ref_as(index, key);
}

bool Translator::looked_up_as_value(const Code& index, TypeId key) const {
  return base(index.type) == Base::value && known(key) && base(key) != Base::value &&
         base(key) != Base::option;
}

/// text[index]
Code Translator::character_at(const Code& text, const std::string& index) {
  Code out = fallible(strf("{}.get({})", operand(text), index), text_);
  out.character = attempt(strf("{}.char_at({})", operand(text), index));
  return out;
}

std::string Translator::temp(std::string_view stem) { return temporaries_.make(stem); }

/// A Vec with what another expression has behind it.
std::string Translator::extended(const std::string& list, const std::string& more) {
  const std::string all = temp("a");
  return strf("{{ let mut {} = {}; {}.extend({}); {} }}", all, list, all, more, all);
}

std::string Translator::attempt(const std::string& text) {
  if (function_ != nullptr) function_->raised = true;
  if (error_frames_.empty()) return text + "?";
  const ErrorFrame& frame = error_frames_.back();
  return strf("{}!({}, {})", frame.flow ? "try_flow" : "try_in", frame.label, text);
}

Code Translator::need(const Code& code, std::string_view what) {
  if (!types_.is(code.type, Base::option)) return code;
  const TypeId inner = types_.arg(code.type, 0);
  const std::string text =
      what.empty() ? strf("glue::some({})", own(code)) : strf("glue::some_for({}, \"{}\")", own(code), what);
  return {attempt(text), inner};
}

Code Translator::to_value(const Code& code) {
  use("value");
  use("convert");
  types_.open_up(code.type);
  note_valued(code.type);
  if (final_ && is_library_type(code.type, "Queue"))
    return refuse(function_ != nullptr ? *function_->node : *tree_.module,
                  "a Queue among values of other types");
  if (code.text == "List::new()" || code.text == "List::<Value>::new()")
    return {"Value::list(vec![])", value_};
  if (code.text == "Dict::<Value, Value>::new()") return {"Value::Dict(Dict::new())", value_};
  if (code.text == "Dict::new()" || code.text == "Set::new()")
    return {strf("Value::{}({})", code.text.substr(0, code.text.find(':')), code.text), value_};
  const Base kind = base(code.type);
  if (kind == Base::many && code.text.starts_with("Tuple::") && code.text.ends_with("::from(vec![])"))
    return {"Value::Tuple(Tuple::from(vec![]))", value_};
  if (kind == Base::dict || kind == Base::list) {
    // Nothing else says what an empty one within holds.
    const std::string_view empty = kind == Base::dict ? "Dict::new()" : "List::new()";
    const std::string_view typed =
        kind == Base::dict ? "Dict::<Value, Value>::new()" : "List::<Value>::new()";
    const size_t at = code.text.find(empty);
    const bool told = at != std::string::npos && code.text.substr(0, at).ends_with("> = ");
    if (at != std::string::npos && !told && code.form == Form::owned) {
      std::string text = code.text;
      text.replace(at, empty.size(), typed);
      return {strf("{}.to_value()", operand({text, code.type, Form::owned, code.atomic})), value_};
    }
  }
  switch (kind) {
    case Base::value:
      return {own(code), value_};
    case Base::none:
      return {code.text == "()" ? "Value::None" : strf("{{ let () = {}; Value::None }}", code.text), value_};
    case Base::function:
      if (code.named != nullptr) return {dynamic_value(*code.named, code.self_text, code.self_class), value_};
      return {convert_function(code, value_), value_};
    case Base::tuple:
      if (holds_functions(code.type)) return {tuple_value(code), value_};
      return {strf("{}.to_value()", operand(code)), value_};
    case Base::option:
      if (const TypeId inner = types_.arg(code.type, 0);
          base(inner) == Base::function || (base(inner) == Base::tuple && holds_functions(inner))) {
        const std::string x = temp("x");
        return {strf("match {} {{ Some({}) => {}, None => Value::None }}", own(code), x,
                     to_value({x, inner}).text),
                value_, Form::owned, false};
      }
      return {strf("{}.to_value()", operand(code)), value_};
    case Base::opaque:
      // Made of nothing, its own text does not say what it holds.
      if (code.form == Form::owned && !types_.at(code.type).args.empty() &&
          code.text.find("::new()") != std::string::npos)
        return {strf("{{ let x: {} = {}; x.to_value() }}", rust_type(code.type), code.text), value_};
      [[fallthrough]];
    default:
      return {strf("{}.to_value()", operand(code)), value_};
  }
}

bool Translator::holds_functions(TypeId tuple) {
  return std::ranges::any_of(types_.at(tuple).args,
                             [&](TypeId item) { return types_.is(item, Base::function); });
}

/// A tuple as a Value, item by item: functions among them are made Values one by one.
std::string Translator::tuple_value(const Code& code) {
  const std::vector<TypeId> items = types_.at(code.type).args;
  const std::string held = temp("t");
  std::string parts;
  for (size_t i = 0; i < items.size(); ++i)
    parts += strf("{}{}", i > 0 ? ", " : "", to_value({strf("{}.{}", held, i), items[i], Form::place}).text);
  return strf("{{ let {} = {}; Value::tuple(vec![{}]) }}", held, own(code), parts);
}

std::string Translator::convert_function(const Code& code, TypeId to) {
  const TypeCell cell = types_.at(code.type);
  if (types_.is(to, Base::value)) {
    std::string args;
    for (size_t i = 0; i + 1 < cell.args.size(); ++i)
      args += strf("{}{}", i > 0 ? ", " : "",
                   types_.is(cell.args[i], Base::value)
                       ? strf("a[{}].clone()", i)
                       : strf("<{}>::from_value(&a[{}])?", rust_type(cell.args[i]), i));
    use("convert");
    return strf(
        "{{ let f = {}; Value::func(\"function\", move |a: Vec<Value>| {{ gluev::arity(&a, {})?; "
        "Ok((f.0)({})?.to_value()) }}) }}",
        own(code), cell.args.size() - 1, args);
  }
  return own(code);
}

std::string Translator::convert_tuple(const Code& code, TypeId to) {
  const TypeCell from = types_.at(code.type), target = types_.at(to);
  const std::string name = temp("t");
  std::string parts;
  for (size_t i = 0; i < from.args.size(); ++i) {
    const TypeId want = target.base == Base::tuple ? target.args[i] : target.args[0];
    parts += strf("{}{}", i > 0 ? ", " : "",
                  coerce({.text = strf("{}.{}", name, i), .type = from.args[i], .form = Form::place}, want));
  }
  if (target.base == Base::many)
    return strf("{{ let {} = {}; Tuple::from(vec![{}]) }}", name, own(code), parts);
  return strf("{{ let {} = {}; ({}{}) }}", name, own(code), parts, from.args.size() == 1 ? "," : "");
}

std::string Translator::convert_option(const Code& code, TypeId to) {
  const TypeId inner = types_.arg(to, 0);
  if (types_.is(code.type, Base::none))
    return code.text == "()" ? "None" : strf("{{ let () = {}; None }}", code.text);
  if (!types_.is(code.type, Base::option)) {
    if (types_.is(code.type, Base::value))
      return attempt(strf("<{}>::from_value({})", rust_type(to), ref(code)));
    return strf("Some({})", coerce(code, inner));
  }
  const std::string name = temp("x");
  const std::string changed = coerce({name, types_.arg(code.type, 0)}, inner);
  return strf("match {} {{ Some({}) => Some({}), None => None }}", own(code), name, changed);
}

/// The value as `to`. Where the types differ in a way that no conversion bridges, the passes are not
/// finished, or the program does what the inference holds impossible: it is converted through Value and
/// checked when it runs.
std::string Translator::coerce(const Code& code, TypeId to) {
  if (code.diverges || types_.same(code.type, to) || !known(to)) return own(code);
  const Base from = base(code.type), target = base(to);
  if (from == Base::unknown) return own(code);
  if (target == Base::value) return to_value(code).text;
  if (target == Base::option) return convert_option(code, to);
  if (target == Base::opaque) {
    if (const std::string number = library_number(code, to); !number.empty()) return number;
  }
  if (from == Base::option) return coerce(need(code), to);
  if (from == Base::instance && target != Base::instance) {
    if (const Code held = unwrapped(code, {}); held.text != code.text) return coerce(held, to);
  }
  if (is_library_type(code.type, "datetime") && is_library_type(to, "date"))
    return strf("{}.date.clone()", operand(code));
  if (from == Base::value) {
    if (target == Base::real && !code.float_sum.empty()) return as_float(code);
    use("convert");
    return attempt(strf("<{}>::from_value({})", rust_type(to), ref(code)));
  }
  if (target == Base::real) return as_float(code);
  if (target == Base::big && (from == Base::integer || from == Base::boolean || from == Base::instance))
    return as_big(code);
  if (target == Base::integer && from == Base::big) return attempt(strf("glue::narrow({})", ref(code)));
  if (target == Base::integer && (from == Base::boolean || from == Base::instance)) return as_int(code);
  if (from == Base::tuple && (target == Base::tuple || target == Base::many) &&
      (target == Base::many || types_.at(to).args.size() == types_.at(code.type).args.size()))
    return convert_tuple(code, to);
  if (from == Base::exception && target == Base::exception) return own(code);
  if (from == Base::coroutine && target == Base::coroutine) {
    auto frames = std::move(error_frames_);
    error_frames_.clear();
    const std::string changed = coerce({"x", types_.arg(code.type, 0)}, types_.arg(to, 0));
    error_frames_ = std::move(frames);
    return strf("{}.map(|x| Ok({}))", operand({own(code), code.type}), changed);
  }
  if (target == Base::none) return strf("{{ {}; }}", code.text);
  if (target == Base::iterator) return strf("PyIter::new({})", iterate_code(*tree_.module, code).text);
  return own(code);
}

std::string Translator::as_float(const Code& code) {
  const Code plain_code = unwrapped(need(code), {});
  switch (base(plain_code.type)) {
    case Base::real:
      return own(plain_code);
    case Base::integer:
      if (plain_code.text.find_first_not_of("0123456789") == std::string::npos) return plain_code.text + ".0";
      return strf("({} as f64)", operand({own(plain_code), plain_code.type, Form::owned, plain_code.atomic}));
    case Base::big:
      return attempt(strf("{}.to_f64()", operand(plain_code)));
    case Base::boolean:
      return strf("({} as i64 as f64)", operand(plain_code));
    case Base::value:
      if (!plain_code.float_sum.empty())
        return strf("{}.unwrap_or(0.0)", operand({plain_code.float_sum, value_}));
      use("value_ops");
      return attempt(strf("gluev::to_float({})", ref(plain_code)));
    case Base::instance:
      return strf("({} as f64)", as_int(plain_code));
    case Base::opaque:
      if (Library::built_in().method(Library::built_in().type(types_.at(plain_code.type).id).name,
                                     "__float__") != nullptr)
        return call_method(*tree_.module, plain_code, "__float__", {}).text;
      return own(plain_code);
    default:
      return own(plain_code);
  }
}

std::string Translator::as_int(const Code& code) {
  const Code plain_code = unwrapped(need(code), {});
  switch (base(plain_code.type)) {
    case Base::boolean:
      return strf("({} as i64)", operand({own(plain_code), plain_code.type, Form::owned, plain_code.atomic}));
    case Base::big:
      return attempt(strf("{}.index()", operand(plain_code)));
    case Base::value:
      use("value_items");
      return attempt(strf("value_items::index({})", ref(plain_code)));
    case Base::real:
    case Base::text:
    case Base::list:
    case Base::none:
      return raising("TypeError",
                     strf("'{}' object cannot be interpreted as an integer", type_shown(plain_code)))
          .text;
    case Base::instance:
      if (const ClassInfo* cls = class_of(plain_code.type); cls != nullptr && cls->int_enum)
        return strf("{}.value()", operand(plain_code));
      return own(plain_code);
    default:
      return own(plain_code);
  }
}

Code Translator::raising(std::string_view exception, const std::string& message) {
  return {attempt(strf("Err::<_, Exc>(exc::new(&exc::{}, \"{}\"))", exception, message)), types_.fresh(),
          Form::owned, true, true};
}

/// Whether the value counts as true, as a Rust bool.
std::string Translator::truth(const Code& code) {
  switch (base(code.type)) {
    case Base::boolean:
      return own(code);
    case Base::integer:
      return strf("{} != 0", operand({own(code), code.type, Form::owned, code.atomic}));
    case Base::real:
      return strf("{} != 0.0", operand({own(code), code.type, Form::owned, code.atomic}));
    case Base::text:
    case Base::list:
    case Base::dict:
    case Base::set:
    case Base::frozenset:
    case Base::bytes:
      return strf("!{}.is_empty()", operand(code));
    case Base::none:
      return constantly(code, "false");
    case Base::function:
      return constantly(code, "true");
    case Base::instance: {
      const ClassInfo& cls = *class_of(code.type);
      if (const Code held = unwrapped(code, {"__bool__", "__len__"}); held.text != code.text)
        return truth(held);
      if (cls.flag_enum) return strf("{}.0 != 0", operand(code));
      if (cls.is_enum && cls.str_enum) return strf("!{}.value().is_empty()", operand(code));
      if (cls.is_enum && !cls.int_enum) return constantly(code, "true");
      for (const std::string_view name : {"__bool__", "__len__"}) {
        FunctionInfo* method = find_method(cls, name);
        if (method == nullptr) continue;
        return truth({attempt(strf("{}.{}()", operand(code), method_rust(cls, name))), method->ret});
      }
      return cls.int_enum ? strf("{} != 0", as_int(code)) : constantly(code, "true");
    }
    default:
      return strf("{}.truth()", operand(code));
  }
}

std::string Translator::condition(Node& test) {
  if (auto* negated = try_as<ast::UnaryOp>(&test); negated != nullptr && negated->op == Op::Not) {
    const std::string inner = condition(*negated->operand);
    if (inner == "true") return "false";
    if (inner == "false") return "true";
    if (inner[0] == '!' && inner.find_first_of(" &|=") == std::string::npos) return inner.substr(1);
    return inner.find(' ') == std::string::npos ? "!" + inner : strf("!({})", inner);
  }
  if (auto* both = try_as<ast::BoolOp>(&test)) {
    std::string out;
    for (Node* value : both->values) {
      std::string part = condition(*value);
      // isinstance(x, (A, B)) and the like are several tests.
      if (value->kind == Kind::BoolOp || part.starts_with("match ") || part.starts_with("{") ||
          (both->op == Op::And && part.find(" || ") != std::string::npos))
        part = strf("({})", part);
      out += strf("{}{}", out.empty() ? "" : both->op == Op::And ? " && " : " || ", part);
    }
    return out;
  }
  return truth(expr(&test));
}

std::string Translator::str_of(const Code& code) {
  if (types_.is(code.type, Base::text)) return own(code);
  return strf("{}.to_str()", operand(code));
}

}  // namespace sov::transpiler
