// Calls that the tables describe.
#include <algorithm>
#include <cctype>

#include "transpiler/emit/hygiene.h"
#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// A default of a table as Rust.
std::string default_text(const std::string& python, const SigType& type) {
  if (type.name == "opt") {
    if (python == "None") return "None";
    return strf("Some({})", default_text(python, type.args[0]));
  }
  if (python == "None") return type.name == "any" ? (type.reference ? "&Value::None" : "Value::None") : "()";
  if (python == "True") return "true";
  if (python == "False") return "false";
  if (python.size() >= 2 && (python[0] == '\'' || python[0] == '"')) {
    const std::string inner = python.substr(1, python.size() - 2);
    return strf("{}Str::lit(\"{}\")", type.reference || type.name == "nameof" ? "&" : "", inner);
  }
  if (type.name == "float" && python.find_first_of(".e") == std::string::npos) return python + ".0";
  return python;
}

bool is_scalar(const SigType& type) {
  return type.name == "int" || type.name == "float" || type.name == "str" || type.name == "bool" ||
         type.name == "bytes";
}

/// The row for a call with `**`: the first whose last parameter may be left out.
const LibraryEntry& row_of_words(std::span<const LibraryEntry> rows) {
  const auto found = std::ranges::find_if(
      rows, [](const LibraryEntry& row) { return !row.params.empty() && row.params.back().fallback; });
  return found == rows.end() ? rows.front() : *found;
}

using Marks = std::vector<std::pair<std::string, std::string>>;

/// `body` with each "{name}" of `marks` replaced. In one pass: a text that a program gives may look like a
/// mark.
std::string fill_marks(std::string_view body, const Marks& marks) {
  std::string out;
  for (size_t at = 0; at < body.size(); ++at) {
    const size_t end = body[at] == '{' ? body.find('}', at) : std::string_view::npos;
    const auto known =
        end == std::string_view::npos
            ? marks.end()
            : std::ranges::find(marks, body.substr(at + 1, end - at - 1), &Marks::value_type::first);
    if (known == marks.end()) {
      out += body[at];
      continue;
    }
    out += known->second;
    at = end;
  }
  return out;
}

}  // namespace

/// The cell that stands for a table's type at one call; variables are bound in `bound`.
TypeId Translator::signature_type(const SigType& type, std::map<std::string, TypeId>& bound, const Node& node,
                                  const std::string& slot) {
  const auto keep = [&](const std::function<TypeId()>& make) {
    const auto key = std::pair{node.number, library_slots_ + slot};
    const auto found = library_cells_.find(key);
    if (found != library_cells_.end()) return found->second;
    const TypeId made = make();
    library_cells_[key] = made;
    return made;
  };
  const auto arg = [&](size_t n) {
    return signature_type(type.args[n], bound, node, strf("{}.{}", slot, n));
  };
  const std::string& name = type.name;
  // Within another type a scalar needs a cell of its own: what is unified with it must not change all others.
  const bool inner = slot.find('.') != std::string::npos;
  const auto scalar = [&](TypeId shared) {
    return inner ? keep([&] { return types_.make(base(shared), {}, types_.at(shared).id); }) : shared;
  };
  if (name == "int") return scalar(integer_);
  if (name == "big") return keep([&] { return types_.make(Base::big); });
  if (name == "float") return scalar(real_);
  if (name == "bool") return scalar(boolean_);
  if (name == "str") return scalar(text_);
  if (name == "bytes") return scalar(bytes_);
  if (name == "none" || name == "None") return scalar(none_);
  if (name == "any") return scalar(value_);
  if (name == "exc") return scalar(exception_);
  if (name.size() == 1 && std::isupper(static_cast<unsigned char>(name[0])) != 0) {
    const auto found = bound.find(name);
    if (found != bound.end()) return found->second;
    const TypeId made = keep([&] { return types_.fresh(); });
    bound[name] = made;
    return made;
  }
  std::vector<TypeId> args;
  for (size_t i = 0; i < type.args.size(); ++i) args.push_back(arg(i));
  const auto of = [&](Base base) { return keep([&] { return types_.make(base, args); }); };
  if (name == "list") return of(Base::list);
  if (name == "dict") return of(Base::dict);
  if (name == "set") return of(Base::set);
  if (name == "frozenset") return of(Base::frozenset);
  if (name == "tuple") return of(Base::tuple);
  if (name == "many") return of(Base::many);
  if (name == "opt") return of(Base::option);
  if (name == "iter" || name == "iterator") return of(Base::iterator);
  if (name == "coro") return of(Base::coroutine);
  if (name == "func") return of(Base::function);
  const int32_t number = Library::built_in().type_number(name);
  if (number >= 0) return keep([&] { return types_.make(Base::opaque, args, number); });
  return value_;
}

/// One argument as the table wants it.
std::string Translator::library_argument(const Node& node, Node* arg, const SigParam& param,
                                         std::map<std::string, TypeId>& bound) {
  const std::string slot = param.name;
  // A function of a module where its name is wanted: hashlib.sha256.
  if (param.type.name == "nameof") {
    const std::string path = module_path(*arg);
    if (Library::built_in().function(path) != nullptr)
      return strf("&Str::lit(\"{}\")", path.substr(path.rfind('.') + 1));
    const Code name = expr(arg);
    return types_.is(name.type, Base::text) ? ref(name) : ref_as(name, text_);
  }
  if (param.type.name == "iter") {
    const TypeId item = signature_type(param.type.args[0], bound, node, slot + ".0");
    return collected(arg, item, is_scalar(param.type.args[0]));
  }
  if (param.type.name == "lazy") {
    const TypeId item = signature_type(param.type.args[0], bound, node, slot + ".0");
    const Iteration it = iterate(arg);
    if (!is_scalar(param.type.args[0])) types_.flow(it.item, item);
    return known(item) ? lazy_iterator(it, item) : "()";
  }
  if (param.type.name == "func") {
    std::vector<TypeId> params;
    for (size_t i = 0; i + 1 < param.type.args.size(); ++i)
      params.push_back(signature_type(param.type.args[i], bound, node, strf("{}.{}", slot, i)));
    const bool by_ref = param.type.args.size() > 1 && param.type.args[0].reference;
    const TypeId result = signature_type(param.type.args.back(), bound, node, slot + ".r");
    if (by_ref && params.size() == 1 && known(params[0])) return key_function(arg, params[0], result);
    return callable_text(arg, params, result);
  }
  const Code code = expr(arg);
  if (param.type.name == "none") {
    if (final_ && !types_.is(code.type, Base::none))
      return refuse(*arg, strf("the argument '{}'", param.name),
                    strf("only None is translated for '{}'", param.name))
          .text;
    return "()";
  }
  if (param.type.name == "opt") {
    const SigType& inner = param.type.args[0];
    if (types_.is(code.type, Base::none)) return "None";
    if (inner.name == "iter") {
      const TypeId item = signature_type(inner.args[0], bound, node, slot + ".0.0");
      if (!types_.is(code.type, Base::option))
        return strf("Some({})", collected(arg, item, is_scalar(inner.args[0])));
      const std::string x = temp("x");
      const std::string all =
          collected_code(node, {x, types_.arg(code.type, 0)}, item, is_scalar(inner.args[0]));
      return strf("match {} {{ Some({}) => Some({}), None => None }}", own(code), x, all);
    }
    const TypeId want = signature_type(inner, bound, node, slot + ".0");
    if (base(code.type) == Base::value && base(want) != Base::value && inner.name.size() > 1) {
      // None or not: the run knows.
      const TypeId maybe = types_.make(Base::option, {want});
      return strf("{}{}", operand({coerce(code, maybe), maybe, Form::owned, false}),
                  inner.reference ? ".as_ref()" : "");
    }
    if (!is_scalar(inner)) types_.flow(plain(code.type), want);
    if (types_.is(code.type, Base::option)) {
      const std::string text = inner.reference ? strf("{}.as_ref()", operand(code)) : own(code);
      return types_.same(types_.arg(code.type, 0), want)
                 ? text
                 : strf("{}{}",
                        operand({coerce(code, types_.make(Base::option, {want})), want, Form::owned, false}),
                        inner.reference ? ".as_ref()" : "");
    }
    const bool same = types_.same(code.type, want) || !known(want);
    if (inner.reference) return strf("Some({})", same ? ref(code) : ref_as(code, want));
    return strf("Some({})", same ? own(code) : coerce(code, want));
  }
  if (param.type.name == "list" && is_scalar(param.type.args[0]) && base(code.type) == Base::list) {
    const TypeId item = signature_type(param.type.args[0], bound, node, slot + "s");
    if (known(types_.arg(code.type, 0)) && !types_.same(types_.arg(code.type, 0), item))
      return strf("{}List::from({})", param.type.reference ? "&" : "",
                  collected_code(node, code, item, true));
  }
  const TypeId want = signature_type(param.type, bound, node, slot);
  // A tuple where a sequence is only read: bisect((60, 70, 80), score).
  const Base given = base(code.type);
  if (param.type.name == "list" && param.type.reference && base(want) == Base::list &&
      (given == Base::tuple || given == Base::many || given == Base::range || given == Base::text))
    return strf("&List::from({})", collected_code(node, code, types_.arg(want, 0)));
  // Nobody gives a parameter a value: what it is used for says more than an annotation like `tuple`.
  if (settled_ && !known(code.type) && base(want) == Base::opaque) types_.flow(want, code.type);
  if (base(want) == Base::opaque && types_.at(want).args.empty()) {
    // What is of another type is converted, and does not widen the row's.
    const bool as_is = types_.same(code.type, want) || !known(code.type);
    const std::string text = as_is ? own(code) : coerce(code, want);
    return !param.type.reference ? text : as_is ? ref(code) : strf("&{}", text);
  }
  // What is put into a container, or looked for, widens its items; a scalar of the row stays what it is.
  // N: a number that is kept in the bytes that a format says.
  const bool item = param.type.name.size() == 1 && param.type.name != "N";
  if (item || (base(want) != Base::integer && base(want) != Base::real && base(want) != Base::text &&
               base(want) != Base::boolean && base(want) != Base::bytes))
    types_.flow(code.type, want);
  const bool same = types_.same(code.type, want) || !known(want) || !known(code.type);
  if (base(want) == Base::bytes && is_library_type(code.type, "bytearray"))
    return strf("{}{}.to_bytes()", param.type.reference ? "&" : "", operand(code));
  if (param.type.reference) return same ? ref(code) : ref_as(code, want);
  if (base(want) == Base::integer) return as_int(code);
  return same ? own(code) : coerce(code, want);
}

/// A call of a function, method or constructor of the tables, by the row that its arguments fit.
Code Translator::call_library(const Node& node, const LibraryEntry& entry, const Code* self,
                              const Arguments& args) {
  if (entry.kind != EntryKind::function && entry.kind != EntryKind::method &&
      entry.kind != EntryKind::constructor)
    return call_row(node, entry, self, args);
  const std::span<const LibraryEntry> rows = Library::built_in().rows(entry);
  const auto takes_stars = [](const LibraryEntry& row) {
    return std::ranges::any_of(row.params, [](const SigParam& param) { return param.star; });
  };
  if (args.star != nullptr && std::ranges::none_of(rows, takes_stars)) {
    const auto needed = [](const SigParam& param) { return !param.fallback && !param.double_star; };
    const size_t given = args.positional.size() + args.keywords.size();
    const bool fixed = rows.size() == 1 && std::ranges::all_of(rows[0].params, needed);
    const size_t wanted = fixed && rows[0].params.size() > given ? rows[0].params.size() - given : 0;
    if (auto made = spread_call(
            node, args, [&](const Arguments& all) { return call_library(node, entry, self, all); }, wanted))
      return *made;
    return refuse(node, strf("* in a call of {}", entry.name),
                  strf("'{}' with a sequence after * is not translated", entry.name));
  }
  if (rows.size() == 1) return call_row(node, entry, self, args);
  const LibraryEntry* chosen =
      args.double_star != nullptr ? &row_of_words(rows) : chosen_overload(entry, args);
  if (chosen == nullptr) return {"()", types_.fresh()};
  // Each row has cells of its own.
  const std::string slots = library_slots_;
  library_slots_ += strf("{}/", chosen - rows.data());
  const Code made = call_row(node, *chosen, self, args);
  library_slots_ = slots;
  return made;
}

/// A template with its marks replaced: "{name}".
std::string Translator::filled(std::string_view body,
                               const std::vector<std::pair<std::string, std::string>>& values) {
  return fill_marks(body, values);
}

/// The arguments of a `*` parameter as a Vec.
std::string Translator::star_arguments(const Node& node, const SigParam& param, const Arguments& args,
                                       size_t next, std::map<std::string, TypeId>& bound) {
  std::string list;
  for (; next < args.positional.size(); ++next)
    list += strf(
        "{}{}", list.empty() ? "" : ", ",
        library_argument(
            node, args.positional[next],
            {.name = strf("{}{}", param.name, next), .type = param.type, .fallback = std::nullopt}, bound));
  if (args.star == nullptr) return strf("vec![{}]", list);
  const TypeId item = signature_type(param.type, bound, node, param.name + "*.0");
  const std::string spread = collected(args.star, item, is_scalar(param.type));
  return list.empty() ? spread : extended(strf("vec![{}]", list), spread);
}

/// What a template may ask of the place of the call: the exception handled there, the line, the function.
std::vector<std::pair<std::string, std::string>> Translator::call_marks(const Node& node) const {
  return {
      {"@exc", handling_.empty() ? "None" : strf("Some(&{})", handling_.back())},
      {"@line", strf("{}", node.place.line)},
      {"@function", strf("\"{}\"", function_ == nullptr ? std::string_view("<module>") : function_->name)}};
}

/// queue::Queue::<T>::new(..) where no argument tells Rust what it holds.
std::string Translator::with_type_arguments(const std::string& text, const LibraryEntry& entry, TypeId type) {
  const auto names_item = [](const SigType& one) { return one.name.size() == 1 && one.name != "N"; };
  for (const SigParam& param : entry.params) {
    if (names_item(param.type) || std::ranges::any_of(param.type.args, names_item)) return text;
  }
  if (base(type) != Base::opaque || types_.at(type).args.empty()) return text;
  const std::string& path = Library::built_in().type(types_.at(type).id).body;
  if (!text.starts_with(path + "::") || text.starts_with(path + "::<")) return text;
  std::string args;
  for (const TypeId arg : types_.at(type).args)
    args += strf("{}{}", args.empty() ? "" : ", ", rust_type(arg));
  return strf("{}::<{}>{}", path, args, text.substr(path.size()));
}

/// timedelta(**{unit: n}): what the mapping has is looked up by the names of the parameters. Nothing where
/// the row takes other than plain values.
std::optional<Code> Translator::call_row_by_words(const Node& node, const LibraryEntry& entry,
                                                  const Code* self, const Arguments& args) {
  static constexpr std::string_view kNames[] = {"\x01w0", "\x01w1", "\x01w2", "\x01w3", "\x01w4",
                                                "\x01w5", "\x01w6", "\x01w7", "\x01w8", "\x01w9"};
  if (args.double_star == nullptr || args.star != nullptr || entry.kind == EntryKind::operation ||
      entry.kind == EntryKind::attribute)
    return std::nullopt;
  std::vector<const SigParam*> open;
  for (size_t i = args.positional.size(); i < entry.params.size(); ++i) {
    const SigParam& param = entry.params[i];
    if (param.star || param.double_star) return std::nullopt;
    if (args.keyword(param.name) != nullptr) continue;
    const SigType& type = param.type.name == "opt" ? param.type.args[0] : param.type;
    if (!param.fallback) return std::nullopt;
    if (is_scalar(type)) open.push_back(&param);
  }
  if (open.empty() || open.size() > std::size(kNames)) return std::nullopt;
  use("called");
  use("convert");
  Arguments words, rest = args;
  words.double_star = args.double_star;
  rest.double_star = nullptr;
  const std::string held = temp("words"), v = temp("v");
  std::string before = strf("let mut {} = {}; ", held, dynamic_arguments(words).second);
  std::map<std::string, TypeId> bound;
  scopes_.push_back({.names = {}, .function = function_});
  for (size_t i = 0; i < open.size(); ++i) {
    SigType plain_type = open[i]->type;
    plain_type.reference = false;
    const bool optional = plain_type.name == "opt";
    const TypeId inner =
        signature_type(optional ? plain_type.args[0] : plain_type, bound, node, kNames[i].data());
    const TypeId type = optional ? types_.make(Base::option, {inner}) : inner;
    const std::string name = temp("w");
    before += strf("let {}: {} = match called::word(&mut {}, \"{}\") {{ Some({}) => {}, None => {} }}; ",
                   name, rust_type(type), held, open[i]->name, v, coerce({v, value_}, type),
                   default_text(*open[i]->fallback, plain_type));
    rest.keywords.emplace_back(open[i]->name, stand_in(node, kNames[i], name, type, 20 + i));
  }
  const std::string shown = entry.name.substr(entry.name.rfind('.') + 1);
  before += strf("{}; ", attempt(strf("called::no_more(&{}, \"{}\")", held, shown)));
  const Code made = call_row(node, entry, self, rest);
  scopes_.pop_back();
  return Code{strf("{{ {}{} }}", before, made.text), made.type};
}

Code Translator::call_row(const Node& node, const LibraryEntry& entry, const Code* self,
                          const Arguments& args) {
  if (const auto made = call_row_by_words(node, entry, self, args)) return *made;
  std::map<std::string, TypeId> bound;
  if (self != nullptr) {
    const TypeCell shape = types_.at(plain(self->type));
    if (shape.base == Base::opaque) {
      const LibraryEntry& type = Library::built_in().type(shape.id);
      for (size_t i = 0; i < type.params.size() && i < shape.args.size(); ++i)
        bound[type.params[i].name] = shape.args[i];
    } else if (!shape.args.empty() &&
               (shape.base == Base::list || shape.base == Base::set || shape.base == Base::many)) {
      bound["T"] = shape.args[0];
    } else if (shape.base == Base::dict) {
      bound["K"] = shape.args[0];
      bound["V"] = shape.args[1];
    }
  }
  std::vector<std::pair<std::string, std::string>> values;
  size_t next = 0, used = 0;
  for (const SigParam& param : entry.params) {
    if (entry.kind == EntryKind::operation || entry.kind == EntryKind::attribute) break;
    if (param.star) {
      values.emplace_back(param.name, star_arguments(node, param, args, next, bound));
      next = args.positional.size();
      continue;
    }
    if (param.double_star) {
      std::string list;
      for (const auto& [name, value] : args.keywords) {
        if (std::ranges::any_of(entry.params, [&](const SigParam& p) { return p.name == name; })) continue;
        ++used;
        list += strf("{}(Str::lit(\"{}\"), {})", list.empty() ? "" : ", ", name, to_value(expr(value)).text);
      }
      values.emplace_back(param.name, strf("vec![{}]", list));
      continue;
    }
    Node* value = nullptr;
    if (next < args.positional.size())
      value = args.positional[next++];
    else if ((value = args.keyword(param.name)) != nullptr)
      ++used;
    if (value != nullptr)
      values.emplace_back(param.name, library_argument(node, value, param, bound));
    else if (param.fallback)
      values.emplace_back(param.name, default_text(*param.fallback, param.type));
    else if (final_)
      return refuse(node, strf("{}()", entry.name),
                    strf("'{}' needs an argument '{}'", entry.name, param.name));
  }
  if (next < args.positional.size() || used < args.keywords.size() || args.double_star != nullptr ||
      (args.star != nullptr &&
       std::ranges::none_of(entry.params, [](const SigParam& param) { return param.star; }))) {
    if (final_)
      return refuse(node, strf("{}() with these arguments", entry.name),
                    strf("an argument of '{}' is not in the library table", entry.name));
    return {"()", types_.fresh()};
  }
  const TypeId result = signature_type(entry.result, bound, node, "->");
  for (const std::string& module : entry.uses) use(module);
  std::string text = entry.body;
  std::string list;
  for (const auto& [name, value] : values) list += strf("{}{}", list.empty() ? "" : ", ", value);
  const std::string self_text = self == nullptr ? "" : operand(*self);
  if (text.starts_with('.')) {
    text = entry.kind != EntryKind::attribute && text.find('(') == std::string::npos
               ? strf("{}{}({})", self_text, text, list)
               : strf("{}{}", self_text, text);
  } else if (text.find('{') == std::string::npos && text.find('(') == std::string::npos &&
             entry.kind != EntryKind::attribute) {
    text = strf("rt::{}({}{}{})", text, self == nullptr ? "" : ref(*self),
                self != nullptr && !list.empty() ? ", " : "", list);
  } else if (entry.kind != EntryKind::operation) {
    // Arguments that may leave the function are evaluated before the closures of a template.
    std::string before;
    if (text.find('|') != std::string::npos || text.find('?') != std::string::npos) {
      for (auto& [name, value] : values) {
        if (value.find("try_") == std::string::npos &&
            (value.find('?') == std::string::npos || text.find('|') == std::string::npos))
          continue;
        const std::string held = temp("a");
        before += strf("let {} = {}; ", held, value);
        value = held;
      }
    }
    std::string object = self_text;
    // A `?` becomes a closure below.
    const bool closes = text.find('|') != std::string::npos ||
                        (!error_frames_.empty() && entry.body.find('?') != std::string::npos);
    if (closes && leaves(object)) {
      object = temp("o");
      before += strf("let {} = {}{}; ", object, self->form == Form::owned ? "" : "&", self_text);
    }
    std::vector<std::string_view> inserted = {object};
    for (const auto& [name, value] : values) inserted.push_back(value);
    text = kept_apart(std::move(text), inserted, [this](std::string_view name) { return temp(name); });
    Marks marks = call_marks(node);
    marks.emplace_back("self", object);
    for (size_t i = 0; i < values.size(); ++i) {
      marks.emplace_back(values[i]);
      marks.emplace_back(strf("{}", i), values[i].second);
    }
    text = fill_marks(text, marks);
    // A `?` in a template leaves the function; within `try` it must leave a closure instead.
    if (!error_frames_.empty() && entry.body.find('?') != std::string::npos) {
      const std::string whole = entry.raises ? text : strf("Ok({})", text);
      const std::string inner_text = strf("(|| -> Res<{}> {{ {} }})()", rust_type(result), whole);
      return fallible(before.empty() ? inner_text : strf("{{ {}{} }}", before, inner_text), result);
    }
    before_template_ = before;
  }
  if (!before_template_.empty()) {
    text = strf("{{ {}{} }}", before_template_, text);
    before_template_.clear();
  }
  if (entry.kind == EntryKind::attribute && text.find("::") != std::string::npos &&
      !text.starts_with("rt::") && !text.starts_with("Value::") && !text.starts_with("Str::") &&
      !text.starts_with("List::") && !text.starts_with("f64::") && !text.starts_with("i64::") &&
      text.find('(') == std::string::npos)
    text = "rt::" + text;
  if (final_ && !types_.at(result).args.empty()) {
    // What becomes a Value somewhere holds Values; the row's own type does not.
    const std::string slots = library_slots_;
    library_slots_ += "declared/";
    const TypeId declared = signature_type(entry.result, bound, node, "->");
    library_slots_ = slots;
    if (rust_type(declared) != rust_type(result)) {
      use("convert");
      const std::string made = entry.raises ? attempt(text) : text;
      return fallible(strf("<{}>::from_value(&({}).to_value())", rust_type(result), made), result);
    }
  }
  if (entry.kind == EntryKind::constructor && final_) text = with_type_arguments(text, entry, result);
  if (text.find(".borrow()") != std::string::npos) {
    // del xs[bisect(xs, x)]: what is looked at is let go before the statement changes it.
    const std::string r = temp("r");
    text = strf("{{ let {} = {}; {} }}", r, text, r);
  }
  if (entry.raises) return fallible(text, result);
  return {text, result, Form::owned, !is_loose(text)};
}

/// get_args(Color) of Color = Literal["red", "green"].
Code Translator::literal_args(const Node& node, const Node& type) {
  const Node* written = &type;
  if (type.kind == Kind::Name) {
    Var* var = lookup(static_cast<const ast::Name&>(type).id);
    if (var != nullptr && var->value != nullptr) written = var->value;
  }
  auto* literal = written->kind == Kind::Subscript ? static_cast<const ast::Subscript*>(written) : nullptr;
  auto* head = literal == nullptr ? nullptr : try_as<ast::Name>(literal->value);
  if (head != nullptr && head->id == "Literal") {
    Node* slice = literal->slice;
    if (slice->kind == Kind::Tuple) return expr(slice);
    const Code one = expr(slice);
    return {strf("({},)", own(one)), types_.make(Base::tuple, {one.type})};
  }
  return refuse(node, "typing.get_args() of what is not a Literal");
}

Code Translator::call_module(const Node& node, const std::string& path, const Arguments& args) {
  const Library& library = Library::built_in();
  if (path == "itertools.chain" || path == "itertools.chain.from_iterable")
    return chained(node, args, path != "itertools.chain");
  if (path.starts_with("itertools.")) {
    if (auto lazy = lazy_itertools(node, std::string_view(path).substr(10), args)) return *lazy;
  }
  if (path == "sys.exit") {
    if (args.positional.empty())
      return {strf("{}", attempt("Err::<(), Exc>(sys::exit_none())")), none_, Form::owned, true, true};
    const Code code = expr(args.positional[0]);
    if (types_.is(code.type, Base::none)) {
      const std::string run = code.text == "()" ? "" : strf("{}; ", code.text);
      return {strf("{{ {}{} }}", run, attempt("Err::<(), Exc>(sys::exit_none())")), none_, Form::owned, true,
              true};
    }
    return {attempt(strf("Err::<(), Exc>(sys::exit({}))", exception_argument(code))), none_, Form::owned,
            true, true};
  }
  if (path.starts_with("asyncio.")) {
    if (auto found = call_asyncio(node, path, args)) return *found;
  }
  if (path.starts_with("re.") && args.positional.size() > 1 &&
      is_library_type(expr(args.positional[0]).type, "Pattern")) {  // re.search(compiled, text)
    Arguments rest = args;
    rest.positional.erase(rest.positional.begin());
    receiver_ = args.positional[0];
    return call_method(node, expr(receiver_), std::string_view(path).substr(3), rest);
  }
  if (path.starts_with("pprint.")) shows_fields_ = true;
  if (path == "functools.partial") return partial_call(node, args);
  if (path.starts_with("dataclasses.")) {
    if (auto found = data_class_call(node, path, args)) return *found;
  }
  if (path == "argparse.Namespace" || path == "types.SimpleNamespace")
    return make_namespace(node, path, args);
  if (path == "argparse.ArgumentParser") return argparse_parser(node, args);
  if (path == "argparse.ArgumentError" && args.positional.size() == 2) return argument_error(node, args);
  if (path.starts_with("operator.") && args.positional.size() == 2 && args.keywords.empty()) {
    if (auto found = operator_call(node, std::string_view(path).substr(9), args)) return *found;
  }
  if ((path == "copy.copy" || path == "copy.deepcopy") && args.positional.size() == 1)
    return copy_call(node, path == "copy.deepcopy", args);
  if (path == "collections.defaultdict") return default_dict(node, args);
  if (path == "collections.OrderedDict") {
    use("defaultdict");
    const Code items = dict_call(node, args);
    return {strf("defaultdict::ordered({})", items.text), items.type};
  }
  if (path == "collections.Counter") return counter(node, args);
  if (path == "sys.stdout.write" || path == "sys.stderr.write") {
    if (args.positional.size() != 1) return refuse(node, path);
    const Code code = expr(args.positional[0]);
    const std::string text = strf(
        "{}.as_str()", operand(types_.is(code.type, Base::text) ? code : Code{coerce(code, text_), text_}));
    return {strf("out::{}({})", path == "sys.stdout.write" ? "write" : "write_err", text), none_};
  }
  if (path == "sys.stdout.flush") return {"out::flush()", none_};
  if (path == "sys.stderr.flush") return {"()", none_};
  if (path == "dataclasses.field" || path == "typing.TypeVar" || path == "typing.NewType")
    return {"()", none_};
  if (path == "typing.cast" && args.positional.size() == 2) return expr(args.positional[1]);
  if (path == "typing.get_args" && args.positional.size() == 1)
    return literal_args(node, *args.positional[0]);
  if (const LibraryEntry* entry = library.function(chosen_row(node, path, nullptr, args)))
    return call_library(node, *entry, nullptr, args);
  const size_t dot = path.find('.');
  const std::string module = path.substr(0, dot);
  return refuse(
      node, path, strf("'{}' is not translated", path),
      library.has_module(module) ? "" : strf("nothing of the module '{}' is translated yet", module));
}

namespace {

/// Capturing groups of a regular expression.
int count_groups(std::string_view pattern) {
  int groups = 0;
  bool in_set = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\')
      ++i;
    else if (in_set)
      in_set = pattern[i] != ']';
    else if (pattern[i] == '[')
      in_set = true, i += i + 1 < pattern.size() && pattern[i + 1] == ']' ? 1 : 0;
    else if (pattern[i] == '(' && (i + 1 >= pattern.size() || pattern[i + 1] != '?'))
      ++groups;
    else if (pattern[i] == '(' && pattern.substr(i).starts_with("(?P<"))
      ++groups;
  }
  return groups;
}

}  // namespace

/// Groups of the pattern that an expression names, or -1 where it is not written there.
int Translator::pattern_groups(Node* node) {
  if (node == nullptr) return -1;
  if (const std::string_view text = text_literal(node); !text.empty()) return count_groups(text);
  if (auto* call_node = try_as<ast::Call>(node);
      call_node != nullptr && !call_node->args.empty() && module_path(*call_node->func) == "re.compile")
    return pattern_groups(call_node->args[0]);
  if (auto* name = try_as<ast::Name>(node)) {
    Var* var = lookup(name->id);
    if (var != nullptr && var->assigns <= 1 && var->value != nullptr) return pattern_groups(var->value);
  }
  return -1;
}

/// Some functions have rows for what a literal argument says: the mode of open(), groups of a pattern.
std::string Translator::chosen_row(const Node& node, const std::string& path, Node* object,
                                   const Arguments& args) {
  const size_t dot = path.rfind('.');
  const std::string_view name = std::string_view(path).substr(dot == std::string::npos ? 0 : dot + 1);
  const bool module_function = path.starts_with("re.");
  if (path == "open" || path == "gzip.open" || path == "Path.open") {
    const size_t at = path == "Path.open" ? 0 : 1;
    Node* mode = args.positional.size() > at ? args.positional[at] : args.keyword("mode");
    if (mode == nullptr) return path == "gzip.open" ? path + "_binary" : path;
    const std::string_view text = text_literal(mode);
    if (text.empty()) refuse(node, "open() with a computed mode");
    if (path == "gzip.open") return text.find('t') == std::string::npos ? path + "_binary" : path;
    return text.find('b') != std::string::npos ? path + "_binary" : path;
  }
  if (path == "array.array" || path == "memoryview.cast") {
    // What the items are follows from the format, where that is written.
    const std::string_view code = args.positional.empty() ? "" : text_literal(args.positional[0]);
    if (code == "u" || code == "c" || code == "?") refuse(node, strf("{} of format '{}'", path, code));
    if (code.empty()) return path == "array.array" ? path : path + "_any";
    const bool real = code == "f" || code == "d";
    return path == "array.array" ? path + (real ? "_float" : "_int") : real ? path + "_float" : path;
  }
  if (path == "Match.group") {
    if (args.positional.empty()) return "Match.group0";
    if (args.positional.size() > 1) return path;
    const Code which = expr(args.positional[0]);
    return base(which.type) == Base::integer ? "Match.group1"
           : base(which.type) == Base::text  ? "Match.group_named"
                                             : path;
  }
  if (!module_function && !path.starts_with("Pattern.")) return path;
  if (name == "sub") {
    const size_t at = module_function ? 1 : 0;
    Node* repl = at < args.positional.size() ? args.positional[at] : args.keyword("repl");
    if (repl == nullptr) return path;
    if (repl->kind == Kind::Lambda) return path + "_call";
    if (auto* function_name = try_as<ast::Name>(repl)) {
      Var* var = lookup(function_name->id);
      if (var != nullptr && var->is_function) return path + "_call";
    }
    const Base kind = base(expr(repl).type);
    return kind == Base::function ? path + "_call" : kind == Base::value ? path + "_any" : path;
  }
  if (name != "findall" && name != "split") return path;
  const int groups =
      pattern_groups(module_function ? (args.positional.empty() ? nullptr : args.positional[0]) : object);
  if (groups < 0) return path + "_any";  // the run knows what it gives
  return groups >= (name == "findall" ? 2 : 1) ? path + "_groups" : path;
}

}  // namespace sov::transpiler
