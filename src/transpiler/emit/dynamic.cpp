// Library types (datetime, Path, ...) inside a Value: methods, attributes and operators that their rows give,
// tried by the type the value has when the program runs.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

constexpr std::pair<std::string_view, std::string_view> kOperators[] = {
    {"+", "add"},    {"-", "sub"},  {"*", "mul"}, {"/", "truediv"}, {"//", "floordiv"},
    {"%", "modulo"}, {"**", "pow"}, {"&", "and"}, {"|", "or"},
};

/// The Rust that takes what a Value holds as the type of a table, or nothing.
std::string taken(const SigType& type, std::string_view value) {
  if (type.name == "int") return strf("convert::held_int({})", value);
  if (type.name == "float") return strf("convert::held_float({})", value);
  if (type.name == "str") return strf("convert::held_str({})", value);
  const int32_t number = Library::built_in().type_number(type.name);
  if (number < 0) return "";
  return strf("convert::held::<rt::{}>({})", Library::built_in().type(number).body, value);
}

}  // namespace

/// Remembers the library types that become Values.
void Translator::note_valued(TypeId type, int depth) {
  const TypeCell cell = types_.at(type);
  if (depth > 6) return;
  if (cell.base == Base::opaque && Library::built_in().type(cell.id).params.empty() &&
      Library::built_in().type(cell.id).name != "bytearray")  // a Value has bytearrays of its own
    valued_.insert(cell.id);
  for (const TypeId arg : cell.args) note_valued(arg, depth + 1);
}

/// What objects of the program's classes hold can be read through a Value too, and so can what operators
/// give.
void Translator::note_fields() {
  const Library& library = Library::built_in();
  for (const LibraryEntry& entry : library.operations()) {
    const int32_t result = library.type_number(entry.result.name);
    if (result < 0 || !library.type(result).params.empty() || entry.result.name == "bytearray") continue;
    bool all = true, any = false;
    for (const SigParam& side : entry.params) {
      const int32_t number = library.type_number(side.type.name);
      all = all && (number < 0 || valued_.contains(number));
      any = any || number >= 0;
    }
    if (all && any) valued_.insert(result);
  }
  for (const auto& cls : classes_) {
    if (!cls->root->boxed) continue;
    for (const FieldInfo& field : cls->root->fields) note_valued(field.type);
    for (const FunctionInfo* method : cls->method_order) note_valued(method->ret);
  }
}

bool Translator::valued_operator(std::string_view symbol) const {
  for (const int32_t number : valued_) {
    const std::string& name = Library::built_in().type(number).name;
    if (Library::built_in().has_operation(symbol, name)) return true;
  }
  return false;
}

/// The name of the function for an operator on Values.
std::string Translator::value_operator(std::string_view symbol, std::string_view name) const {
  return valued_operator(symbol) ? strf("value_{}", name) : strf("value_ops::{}", name);
}

/// Those functions, as far as the program calls them.
std::string Translator::value_operators(const std::string& body) {
  std::string out;
  for (const auto& [symbol, name] : kOperators) {
    if (body.find(strf("value_{}(", name)) == std::string::npos) continue;
    out += strf("fn value_{}(a: &Value, b: &Value) -> Res<Value> {{\n", name);
    for (const LibraryEntry& entry : Library::built_in().operations()) {
      if (entry.name != symbol) continue;
      const SigType &left = entry.params[0].type, &right = entry.params[1].type;
      const int32_t a = Library::built_in().type_number(left.name),
                    b = Library::built_in().type_number(right.name);
      if ((a >= 0 && !valued_.contains(a)) || (b >= 0 && !valued_.contains(b)) || (a < 0 && b < 0)) continue;
      std::string take_left = taken(left, "a"), take_right = taken(right, "b");
      if (take_left.empty() || take_right.empty()) continue;
      std::string either;
      if (left.name == right.name && (left.name == "complex" || left.name == "Decimal")) {
        // Python's own numbers are made theirs, where one of the two is.
        either = strf("if {}.is_some() || {}.is_some() ", take_left, take_right);
        const std::string module = left.name == "complex" ? "complex_value" : "decimal_value";
        take_left = strf("rt::{}::number(a)?", module);
        take_right = strf("rt::{}::number(b)?", module);
      }
      std::string text = entry.body;
      for (const auto& [mark, with] : {std::pair{"{0}", "l"}, {"{1}", "r"}}) {
        for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
          text.replace(at, 3, with);
      }
      out += strf(
          "    {}if let (Some(l), Some(r)) = ({}, {}) {{\n        return Ok({}{}.to_value());\n    }}{}\n",
          either.empty() ? "" : either + "{ ", take_left, take_right,
          entry.raises ? strf("({})", text) : text, entry.raises ? "?" : "", either.empty() ? "" : " }");
      for (const std::string& module : entry.uses) use(module);
    }
    out += strf("    value_ops::{}(a, b)\n}}\n\n", name);
    use("value_ops");
    use("convert");
  }
  return out;
}

/// A method or attribute of a Value: one arm for each library type that has it, then what is left.
Code Translator::by_library_type(const Node& node, const Code& object, std::string_view name,
                                 const Arguments* args, const std::string& rest) {
  const Library& library = Library::built_in();
  const std::string held = temp("v"), inner = temp("o");
  std::string arms;
  for (const int32_t number : valued_) {
    const LibraryEntry& type = library.type(number);
    const LibraryEntry* entry = nullptr;
    if (args == nullptr) {
      entry = library.attribute(type.name, name);
    } else {
      const std::string row = chosen_row(node, strf("{}.{}", type.name, name), nullptr, *args);
      entry = library.method(type.name, std::string_view(row).substr(type.name.size() + 1));
    }
    if (entry == nullptr) continue;
    const auto rows = args == nullptr ? std::span(entry, 1) : library.rows(*entry);
    if (std::ranges::none_of(rows, [&](const LibraryEntry& one) { return may_take(one, args); })) continue;
    const std::string slots = std::move(library_slots_);
    library_slots_ = type.name + ".";
    const Code self{inner, types_.make(Base::opaque, {}, number), Form::owned};
    const Code made = call_library(node, *entry, &self, args == nullptr ? Arguments{} : *args);
    library_slots_ = slots;
    arms += strf("if let Some({}) = convert::held::<rt::{}>({}) {{ {} }} else ", inner, type.body, held,
                 to_value(made).text);
  }
  if (arms.empty()) return {"", value_};
  use("convert");
  return {strf("{{ let {} = {}; {}{{ {} }} }}", held, ref(object), arms, rest), value_, Form::owned, false};
}

/// isinstance(x, datetime): the test for a type of the tables, or nothing where the path names none.
std::optional<std::string> Translator::library_isinstance(const Code& object, const std::string& path) {
  if (path.empty()) return std::nullopt;
  if (path == "argparse.ArgumentParser" && base(object.type) == Base::instance)
    return class_of(object.type)->builtin_base == "ArgumentParser" ? "true" : "false";
  const Library& library = Library::built_in();
  const LibraryEntry* maker = library.function(path);
  const int32_t number = library.type_number(maker != nullptr && maker->kind == EntryKind::constructor
                                                 ? std::string_view(maker->result.name)
                                                 : path);
  if (number < 0) return std::nullopt;
  const int32_t below = path == "datetime.date" ? library.type_number("datetime") : number;
  switch (base(object.type)) {
    case Base::unknown:
      return "false";
    case Base::instance: {
      const ClassInfo& cls = *class_of(object.type);
      return holds_built_in(cls) && path == "collections." + cls.builtin_base ? "true" : "false";
    }
    case Base::option: {
      const std::string x = temp("x");
      const auto inner = library_isinstance({x, types_.arg(object.type, 0), Form::reference}, path);
      if (*inner == "false") return inner;
      if (*inner == "true") return strf("{}.is_some()", operand(object));
      return strf("match {} {{ Some({}) => {}, None => false }}", ref(object), x, *inner);
    }
    case Base::opaque:
      return types_.at(object.type).id == number || types_.at(object.type).id == below ? "true" : "false";
    case Base::value: {
      use("convert");
      std::string out;
      for (const int32_t one : {number, below}) {
        if (!out.empty() && one == number) break;
        if (!valued_.contains(one)) continue;
        out += strf("{}convert::held::<rt::{}>({}).is_some()", out.empty() ? "" : " || ",
                    library.type(one).body, ref(object));
      }
      return out.empty() ? "false" : out;
    }
    default:
      return "false";
  }
}

/// The number and names of the arguments are those of the row.
bool Translator::fits(const LibraryEntry& entry, const Arguments* args) {
  if (args == nullptr) return true;
  const bool takes_star = std::ranges::any_of(entry.params, [](const SigParam& param) { return param.star; });
  if ((args->star != nullptr && !takes_star) || args->double_star != nullptr) return false;
  size_t positional = args->positional.size();
  for (const SigParam& param : entry.params) {
    if (param.star) {
      positional = 0;
      continue;
    }
    if (positional > 0) {
      if (args->keyword(param.name) != nullptr) return false;
      --positional;
    } else if (args->keyword(param.name) == nullptr && !param.fallback) {
      return false;
    }
  }
  if (positional > 0) return false;
  for (const auto& keyword : args->keywords) {
    bool named = false;
    for (const SigParam& param : entry.params) named = named || param.name == keyword.first;
    if (!named) return false;
  }
  return true;
}

/// Whether an argument may be given for a parameter of this type; nothing while its own type is not known.
std::optional<bool> Translator::takes(const SigType& type, Node* arg) {
  if (type.name == "any" || type.name == "func" || type.name == "nameof" || arg->kind == Kind::Lambda)
    return true;
  if (type.name == "iter" || type.name == "lazy" || type.name == "list") {
    const SigType& item = type.args[0];
    const bool plain_item = item.name != "int" && item.name != "float" && item.name != "str";
    if (arg->kind == Kind::GeneratorExp && plain_item) return true;
    TypeId found = cell(*arg, 15);
    if (arg->kind == Kind::GeneratorExp)
      collected(arg, found);
    else
      found = iterate(arg).item;
    if (!known(found)) return std::nullopt;
    if (plain_item) return true;
    return item.name == "int"   ? base(found) == Base::integer || base(found) == Base::boolean
           : item.name == "str" ? base(found) == Base::text
                                : base(found) == Base::real;
  }
  const TypeId found = plain(expr(arg).type);
  const Base kind = base(found);
  if (kind == Base::unknown) return std::nullopt;
  if (kind == Base::none) return type.name == "opt" || type.name == "none";
  const SigType& want = type.name == "opt" ? type.args[0] : type;
  if (want.name == "int") return kind == Base::integer || kind == Base::boolean;
  if (want.name == "float") return kind == Base::real || kind == Base::integer || kind == Base::boolean;
  if (want.name == "str") return kind == Base::text;
  if (want.name == "bytes") return kind == Base::bytes;
  if (want.name == "bool") return kind == Base::boolean;
  if (want.name == "none") return false;
  if (want.name == "dict") return kind == Base::dict;
  if (want.name == "iterator") return kind == Base::iterator;
  const int32_t number = Library::built_in().type_number(want.name);
  if (number >= 0) return kind == Base::opaque && types_.at(found).id == number;
  return true;
}

/// The row fits the arguments in number and names, and no argument is of a type that it never takes.
bool Translator::may_take(const LibraryEntry& entry, const Arguments* args) {
  if (!fits(entry, args)) return false;
  size_t next = 0;
  for (const SigParam& param : entry.params) {
    if (args == nullptr || param.star) return true;
    Node* arg = next < args->positional.size() ? args->positional[next++] : args->keyword(param.name);
    if (arg == nullptr || arg->kind == Kind::Lambda || arg->kind == Kind::GeneratorExp) continue;
    if (base(plain(expr(arg).type)) == Base::value) continue;  // looked at when the program runs
    if (!takes(param.type, arg).value_or(true)) return false;
  }
  return true;
}

/// The first row that the arguments fit, in number, names and types; null while a type is not known yet.
const LibraryEntry* Translator::chosen_overload(const LibraryEntry& entry, const Arguments& args) {
  const LibraryEntry* fitting = nullptr;  // in number and names at least
  for (const LibraryEntry& row : Library::built_in().rows(entry)) {
    if (!fits(row, &args)) continue;
    if (fitting == nullptr) fitting = &row;
    bool good = true;
    size_t next = 0;
    for (const SigParam& param : row.params) {
      Node* arg = param.star                      ? nullptr
                  : next < args.positional.size() ? args.positional[next++]
                                                  : args.keyword(param.name);
      if (arg == nullptr) continue;
      const std::optional<bool> taken_here = takes(param.type, arg);
      if (!taken_here && !final_) return nullptr;
      good = good && taken_here.value_or(true);
    }
    if (good) return &row;
  }
  return fitting != nullptr ? fitting : &entry;
}

/// Methods of the program that a call through a Value may reach take what is given there.
void Translator::note_dynamic_arguments(std::string_view name, const Arguments& args) {
  const auto note = [&](const Param& param, Node* arg) {
    const TypeId given = expr(arg).type;
    const Base kind = base(plain(given));
    const bool plain_kind = kind == Base::none || kind == Base::boolean || kind == Base::integer ||
                            kind == Base::big || kind == Base::real || kind == Base::text;
    if (plain_kind) types_.flow(given, param.var->type);
  };
  for (const auto& cls : classes_) {
    const auto found = cls->methods.find(name);
    if (found == cls->methods.end() || !cls->root->boxed || !found->second->is_method()) continue;
    const std::vector<Param>& params = found->second->params;
    for (size_t i = 0; i < args.positional.size() && i + 1 < params.size(); ++i) {
      if (params[i + 1].kind != ParamKind::positional) break;
      note(params[i + 1], args.positional[i]);
    }
    for (const auto& [word, arg] : args.keywords) {
      for (const Param& param : params)
        if (param.var->name == word && param.kind != ParamKind::double_star) note(param, arg);
    }
  }
}

Code Translator::call_dynamic(const Node& node, const Code& object, std::string_view name,
                              const Arguments& args) {
  dynamic_methods_.insert(std::string(name));
  note_dynamic_arguments(name, args);
  const auto [list, words] = dynamic_arguments(args);
  const std::string other =
      attempt(words == "vec![]"
                  ? strf("value_call::call_method({}, \"{}\", {})", ref(object), name, list)
                  : strf("value_call::call_method_kw({}, \"{}\", {}, {})", ref(object), name, list, words));
  if (args.stars.empty() && args.double_star == nullptr) {
    if (const Code found = by_library_type(node, object, name, &args, other); !found.text.empty())
      return found;
  }
  return {other, value_};
}

/// A function of the library as a value: a closure that takes what has no default.
Code Translator::library_function(const Node& node, const std::string& path) {
  const LibraryEntry* entry = Library::built_in().function(path);
  if (entry == nullptr || entry->kind != EntryKind::function) return {"", value_};
  std::vector<TypeId> parts;
  std::vector<std::string> names;
  std::map<std::string, TypeId> bound;
  std::string list;
  for (const SigParam& param : entry->params) {
    // What all may be left out of is called with one: md5(data).
    const bool first = &param == &entry->params[0] && !param.star && param.type.name != "opt";
    if ((param.fallback && !first) || param.double_star || param.type.name == "func" || names.size() == 3)
      break;
    const size_t times = param.star ? 2 - names.size() % 2 : 1;
    for (size_t i = 0; i < times; ++i) {
      SigType type = param.type;
      if (type.name == "iter") type.name = "list";
      if (type.name == "lazy") type.name = "iterator";
      type.reference = false;
      parts.push_back(signature_type(type, bound, node, strf("value{}.0", names.size())));
      names.push_back(temp("a"));
      list += strf("{}{}: {}", list.empty() ? "" : ", ", names.back(), rust_type(parts.back()));
    }
  }
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  std::vector<Code> given;
  for (size_t i = 0; i < names.size(); ++i) given.push_back({names[i], parts[i], Form::place});
  const Code made = call_with(node, const_cast<Node*>(&node), given);
  // A cell of its own: what is unified with the function must not change the type of all its calls.
  const TypeId result = cell(node, 9);
  types_.flow(made.type, result);
  const std::string body = coerce(made, result);
  error_frames_ = std::move(frames);
  parts.push_back(result);
  const TypeId type = container(node, Base::function, parts, 8);
  return {strf("Fun(Rc::new(move |{}| -> Res<{}> {{ Ok({}) }}) as Rc<{}>)", list, rust_type(result), body,
               dyn_type(type)),
          type};
}

}  // namespace sov::transpiler
