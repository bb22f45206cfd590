// Built-in functions.
#include <algorithm>

#include "transpiler/emit/translator.h"
#include "transpiler/emit/views.h"

namespace sov::transpiler {
namespace {

bool is_none(Node* node) {
  auto* constant = try_as<ast::Constant>(node);
  return constant != nullptr && constant->value.kind == ConstantKind::none;
}

bool is_exception_name(std::string_view name) {
  constexpr std::string_view kOthers[] = {"Exception",  "BaseException", "KeyboardInterrupt",
                                          "SystemExit", "StopIteration", "GeneratorExit"};
  constexpr std::string_view kErrors[] = {"ValueError",
                                          "TypeError",
                                          "KeyError",
                                          "IndexError",
                                          "AttributeError",
                                          "RuntimeError",
                                          "ZeroDivisionError",
                                          "OSError",
                                          "IOError",
                                          "FileNotFoundError",
                                          "PermissionError",
                                          "NotImplementedError",
                                          "OverflowError",
                                          "ArithmeticError",
                                          "LookupError",
                                          "AssertionError",
                                          "EOFError",
                                          "ImportError",
                                          "MemoryError",
                                          "NameError",
                                          "RecursionError",
                                          "TimeoutError",
                                          "ConnectionError",
                                          "UnicodeError",
                                          "UnicodeDecodeError",
                                          "UnicodeEncodeError",
                                          "FileExistsError",
                                          "IsADirectoryError",
                                          "NotADirectoryError",
                                          "BufferError",
                                          "StopAsyncIteration",
                                          "UserWarning",
                                          "DeprecationWarning",
                                          "RuntimeWarning",
                                          "Warning",
                                          "SyntaxError",
                                          "ModuleNotFoundError",
                                          "ConnectionRefusedError",
                                          "ConnectionResetError",
                                          "BrokenPipeError",
                                          "InterruptedError",
                                          "ProcessLookupError",
                                          "ChildProcessError",
                                          "FloatingPointError",
                                          "UnboundLocalError"};
  return std::ranges::find(kOthers, name) != std::end(kOthers) ||
         std::ranges::find(kErrors, name) != std::end(kErrors);
}

}  // namespace

bool Translator::is_builtin_exception(std::string_view name) const { return is_exception_name(name); }

std::optional<Code> Translator::builtin(const ast::Call& node, std::string_view name, const Arguments& args) {
  const auto& given = args.positional;
  const size_t n = given.size();
  // Rules that do not say what they do with * and ** take none.
  const bool spread = args.star != nullptr || args.double_star != nullptr;
  const bool takes = name == "print" || name == "max" || name == "min" || name == "zip" || name == "map" ||
                     (name == "dict" && args.star == nullptr) || is_exception_name(name);
  if (spread && !takes && Library::built_in().function(std::string(name)) == nullptr) {
    const auto call = [&](const Arguments& all) {
      const auto made = builtin(node, name, all);
      return made ? *made : refuse(node, strf("{}() with *", name));
    };
    if (auto made = spread_call(node, args, call)) return made;
    if (name != "range") return refuse(node, strf("{}() with * or **", name));
  }
  if (is_exception_name(name)) return call_exception(node, name == "IOError" ? "OSError" : name, args);
  if (name == "print") return print_call(node, args);
  if (name == "globals" && n == 0) return global_names(node, "");
  if (name == "sum") return sum_call(node, args);
  if (name == "min" || name == "max") return extreme_call(node, name, args);
  if (name == "sorted") return sorted_call(node, args);
  if ((name == "any" || name == "all") && n == 1) return any_all(node, name == "any", given[0]);
  if (name == "isinstance" && n == 2) return isinstance_call(node, args);
  if (name == "type" && n == 1) return type_call(node, args);
  if (name == "range") return range_value(node, args);
  if (name == "next") return next_call(node, args);
  if (name == "list") return collect_call(node, Base::list, args);
  if (name == "set") return collect_call(node, Base::set, args);
  if (name == "frozenset") return collect_call(node, Base::frozenset, args);
  if (name == "tuple") return collect_call(node, Base::many, args);
  if (name == "dict") return dict_call(node, args);
  if (name == "int" || name == "float" || name == "str" || name == "bool")
    return convert_call(node, name, args);
  if (name == "object" && n == 0) {
    use("builtin_values");
    return Code{"builtin_values::object()", value_};
  }
  if (name == "exit" || name == "quit") return call_module(node, "sys.exit", args);
  if (n == 0 && name != "bytes" && name != "complex" && name != "bytearray" && name != "input" &&
      name != "object" && (name != "zip" || args.star == nullptr))
    return std::nullopt;
  if (name == "len" && n == 1) {
    if (const auto dict = viewed_dict(given[0])) return Code{strf("{}.len()", operand(*dict)), integer_};
    auto* class_name = try_as<ast::Name>(given[0]);
    const Var* var = class_name == nullptr ? nullptr : lookup(class_name->id);
    if (var != nullptr && var->is_class && var->cls->is_enum)
      return Code{strf("{}::MEMBERS_.len() as i64", var->cls->rust), integer_, Form::owned, false};
    const Code code = unwrapped(need(expr(given[0])), {"__len__"});
    switch (base(code.type)) {
      case Base::unknown:
        return Code{"0", integer_};
      case Base::value:
        return fallible(strf("value_items::len({})", ref(code)), integer_);
      case Base::instance:
        if (class_of(code.type)->flag_enum)
          return Code{strf("{}.0.count_ones() as i64", operand(code)), integer_, Form::owned, false};
        if (class_of(code.type)->is_enum && class_of(code.type)->str_enum)
          return Code{strf("{}.value().len()", operand(code)), integer_};
        if (is_named_tuple(code) && find_method(*class_of(code.type), "__len__") == nullptr)
          return Code{strf("{}", all_data_fields(*class_of(code.type)).size()), integer_};
        return call_method(node, code, "__len__", {});
      case Base::tuple:
        return Code{strf("{}", types_.at(code.type).args.size()), integer_};
      case Base::many:
        return Code{strf("{}.py_len()", operand(code)), integer_};
      default:
        return Code{strf("{}.len()", operand(code)), integer_};
    }
  }
  if (name == "repr" && n == 1) {
    const Code code = expr(given[0]);
    if (const std::string view = view_text(given[0], code); !view.empty()) {
      use("views");
      return Code{view, text_};
    }
    return Code{strf("{}.repr()", operand(code)), text_};
  }
  if (name == "ascii" && n == 1) return Code{strf("glue::ascii(&{}.repr())", operand(expr(given[0]))), text_};
  if (name == "abs" && n == 1) {
    const Code code = unwrapped(need(expr(given[0])), {"__abs__"});
    if (!known(code.type)) return Code{"()", types_.fresh()};
    if (base(code.type) == Base::value) return fallible(strf("value_ops::abs({})", ref(code)), value_);
    if (base(code.type) == Base::instance) return call_method(node, code, "__abs__", {});
    if (base(code.type) == Base::real) return Code{strf("f64::abs({})", own(code)), real_};
    if (base(code.type) == Base::big) return Code{strf("{}.abs()", operand(code)), code.type};
    if (base(code.type) == Base::opaque) return call_method(node, code, "__abs__", {});
    return Code{strf("arith::iabs({})", as_int(code)), integer_};
  }
  if (name == "reversed" || name == "round" || name == "divmod") {
    const Code object = n > 0 ? need(expr(given[0])) : Code{};
    const std::string method = strf("__{}__", name);
    if (const ClassInfo* cls = n > 0 ? class_of(object.type) : nullptr;
        cls != nullptr && base(object.type) == Base::instance && find_method(*cls, method) != nullptr) {
      Arguments rest = args;
      rest.positional.erase(rest.positional.begin());
      return call_method(node, object, method, rest);
    }
  }
  if (name == "divmod" && n == 2) {
    const Code a = need(expr(given[0])), b = need(expr(given[1]));
    if (!known(a.type) || !known(b.type)) return Code{"()", types_.fresh()};
    if (base(a.type) == Base::opaque) {
      Arguments other;
      other.positional = {given[1]};
      return call_method(node, a, "__divmod__", other);
    }
    if (base(a.type) == Base::real || base(b.type) == Base::real)
      return fallible(strf("arith::fdivmod({}, {})", as_float(a), as_float(b)),
                      container(node, Base::tuple, {real_, real_}));
    if ((base(a.type) == Base::value || base(b.type) == Base::value) && valued_operator("//"))
      // Fractions and Decimals divide by operators of their own.
      return Code{strf("{{ let (a, b) = ({}, {}); Value::tuple(vec![{}, {}]) }}", to_value(a).text,
                       to_value(b).text, attempt("value_floordiv(&a, &b)"), attempt("value_modulo(&a, &b)")),
                  value_};
    if (base(a.type) == Base::value || base(b.type) == Base::value)
      return fallible(strf("value_ops::divmod(&{}, &{})", to_value(a).text, to_value(b).text), value_);
    if (base(a.type) == Base::big || base(b.type) == Base::big) {
      const TypeId part = types_.make(Base::big);
      return fallible(strf("({}).divmod(&({}))", as_big(a), as_big(b)),
                      container(node, Base::tuple, {part, part}, 11));
    }
    return fallible(strf("arith::divmod({}, {})", as_int(a), as_int(b)),
                    container(node, Base::tuple, {integer_, integer_}));
  }
  if (name == "pow" && n == 2) {
    const Code a = expr(given[0]), b = expr(given[1]);
    const bool negative = given[1]->kind == Kind::UnaryOp && b.text.starts_with('-');
    if (negative && base(a.type) == Base::integer && base(b.type) == Base::integer)
      return fallible(strf("arith::powf({}, {})", as_float(a), as_float(b)), real_);
  }
  if (name == "pow" && n == 2) return binary(node, Op::Pow, expr(given[0]), expr(given[1]));
  if (name == "pow" && n == 3) {
    for (Node* part : given) {
      if (base(expr(part).type) != Base::big) continue;
      return fallible(strf("({}).pow_mod(&{}, &{})", as_big(expr(given[0])), as_big(expr(given[1])),
                           as_big(expr(given[2]))),
                      container(node, Base::big, {}, 12));
    }
    return fallible(strf("glue::pow_mod({}, {}, {})", as_int(expr(given[0])), as_int(expr(given[1])),
                         as_int(expr(given[2]))),
                    integer_);
  }
  if (name == "round") {
    const Code code = unwrapped(need(expr(given[0])), {"__round__"});
    if (base(code.type) == Base::unknown) return Code{"()", types_.fresh()};
    Node* digits = n > 1 ? given[1] : args.keyword("ndigits");
    if (base(code.type) == Base::value)
      return fallible(digits == nullptr
                          ? strf("gluev::round_value({}, None)", ref(code))
                          : strf("gluev::round_value({}, Some({}))", ref(code), as_int(expr(digits))),
                      value_);
    if (base(code.type) == Base::big && digits == nullptr) return code;
    if (base(code.type) == Base::opaque) {
      Arguments given_digits;
      if (digits != nullptr) given_digits.positional = {digits};
      return call_method(node, code, "__round__", given_digits);
    }
    if (base(code.type) != Base::real)
      return digits == nullptr
                 ? Code{as_int(code), integer_}
                 : Code{strf("glue::round_int({}, {})", as_int(code), as_int(expr(digits))), integer_};
    if (digits == nullptr) return fallible(strf("glue::round_float({})", own(code)), integer_);
    return fallible(strf("float::round({}, {})", own(code), as_int(expr(digits))), real_);
  }
  if (name == "chr" && n == 1) return fallible(strf("rt::pystr::chr({})", as_int(expr(given[0]))), text_);
  if (name == "ord" && n == 1) {
    const Code code = need(expr(given[0]));
    if (!code.character.empty()) return Code{strf("({} as i64)", code.character), integer_};
    return fallible(strf("{}.ord()", types_.is(code.type, Base::value) ? strf("({})", coerce(code, text_))
                                                                       : operand(code)),
                    integer_);
  }
  if ((name == "hex" || name == "oct" || name == "bin") && n == 1)
    return Code{strf("rt::int_text::{}(&({}))", name, as_big(expr(given[0]))), text_};
  if (name == "hash" && n == 1) {
    const Code code = expr(given[0]);
    if (!may_refuse_hash(code.type)) return Code{strf("{}.py_hash()", operand(code)), integer_};
    return Code{strf("{}.py_hash()", as_key(ref(code), code.type)), integer_};
  }
  if (name == "input") {
    const std::string prompt = n == 0 ? "\"\"" : strf("&{}", str_of(expr(given[0])));
    return fallible(strf("out::input({})", prompt), text_);
  }
  if (name == "format" && n >= 1) {
    const Code code = expr(given[0]);
    if (n == 1) return Code{str_of(code), text_};
    const Code spec = expr(given[1]);
    return fallible(strf("{}.py_format({}.as_str())", operand(code), operand(spec)), text_);
  }
  if (name == "enumerate" || name == "zip" || name == "map" || name == "filter" || name == "reversed" ||
      name == "iter")
    return iterator_value(node, name, args);
  if (auto found = reflection(node, name, args)) return found;
  if (name == "bytes" || name == "bytearray") {
    if (const LibraryEntry* entry = Library::built_in().function(std::string(name)))
      return call_library(node, *entry, nullptr, args);
  }
  if (name == "open") return call_module(node, "open", args);
  if (const LibraryEntry* entry = Library::built_in().function(std::string(name)))
    return call_library(node, *entry, nullptr, args);
  return std::nullopt;
}

/// print(..., file=f) for a file object.
Code Translator::print_to_file(const Node& node, const Arguments& args, Node* file) {
  const Code to = expr(file);
  if (!known(to.type)) return {"()", none_};
  const std::string target = temp("f"), parts = temp("parts");
  std::string steps;
  for (size_t i = 0; i <= args.positional.size(); ++i) {
    for (const auto& [before, star] : args.stars) {
      if (before != i) continue;
      const std::string x = temp("x");
      const Iteration it = iterate(star);
      steps +=
          strf("for {} in {} {{ {}.push({}.to_str()); }} ", x, it.text, parts, it.fallible ? attempt(x) : x);
    }
    if (i < args.positional.size()) steps += strf("{}.push({}); ", parts, str_of(expr(args.positional[i])));
  }
  const auto text_of = [&](std::string_view name, std::string_view fallback) {
    Node* value = args.keyword(name);
    return value == nullptr || is_none(value) ? strf("Str::lit(\"{}\")", fallback)
                                              : coerce(expr(value), text_);
  };
  const std::string text =
      strf("{{ let {} = {}; let mut {}: Vec<Str> = Vec::new(); {}let text = {}.join({}) + &{}; ", target,
           own(to), parts, steps, text_of("sep", " "), parts, text_of("end", "\\n"));
  use("files");
  const auto write = [&](const std::string& object) { return attempt(strf("{}.write(&text)", object)); };
  const Base kind = base(to.type);
  if (kind == Base::option)
    return {
        strf("{}match &{} {{ Some(f) => {{ {}; }} None => out::write(&text) }} }}", text, target, write("f")),
        none_};
  if (kind == Base::value) {
    use("convert");
    return {strf("{}{}; }}", text,
                 write(strf("({})", attempt(strf("<rt::files::File>::from_value(&{})", target))))),
            none_};
  }
  if (kind != Base::opaque || Library::built_in().type(types_.at(to.type).id).name != "file")
    return refuse(node, "print(file=)", strf("print to {} is not translated", type_text(to.type)));
  return {strf("{}{}; }}", text, write(target)), none_};
}

Code Translator::print_call(const Node& node, const Arguments& args) {
  Node* sep = args.keyword("sep");
  Node* end = args.keyword("end");
  Node* file = args.keyword("file");
  bool to_stderr = false;
  if (file != nullptr) {
    const std::string path = module_path(*file);
    if (path == "sys.stderr")
      to_stderr = true;
    else if (path != "sys.stdout" && !is_none(file))
      return print_to_file(node, args, file);
  }
  const auto text_of = [&](Node* value, std::string_view fallback) -> std::string {
    if (value == nullptr) return strf("\"{}\"", fallback);
    const Code code = expr(value);
    if (types_.is(code.type, Base::none)) return strf("\"{}\"", fallback);
    return strf("{}.as_str()", operand(types_.is(code.type, Base::text) ? code : Code{str_of(code), text_}));
  };
  if (args.star != nullptr) {
    std::string steps;
    const std::string list = temp("parts");
    for (size_t i = 0; i <= args.positional.size(); ++i) {
      for (const auto& [before, star] : args.stars) {
        if (before != i) continue;
        const std::string x = temp("x");
        const Iteration it = iterate(star);
        steps +=
            strf("for {} in {} {{ {}.push({}.to_str()); }} ", x, it.text, list, it.fallible ? attempt(x) : x);
      }
      if (i < args.positional.size()) steps += strf("{}.push({}); ", list, str_of(expr(args.positional[i])));
    }
    return {strf("{{ let mut {}: Vec<Str> = Vec::new(); {}glue::print_all(&{}, {}, {}, {}) }}", list, steps,
                 list, text_of(sep, " "), text_of(end, "\\n"), to_stderr ? "true" : "false"),
            none_};
  }
  std::string list;
  for (Node* arg : args.positional) {
    const Code code = expr(arg);
    std::string text = code.text;
    // What only raises is of no type.
    if (code.diverges && !known(code.type)) text = strf("{{ let never: Value = {}; never }}", text);
    if (const std::string view = view_text(arg, code); !view.empty()) {
      use("views");
      text = view;
    }
    if (text.starts_with("Str::lit(\"") && arg->kind == Kind::Constant)
      text = text.substr(9, text.size() - 10);
    list +=
        strf("{}&{}", list.empty() ? "" : ", ", code.atomic || text != code.text ? text : strf("({})", text));
  }
  if (to_stderr)
    return {strf("out::eprint(&[{}], {}, {})", list, text_of(sep, " "), text_of(end, "\\n")), none_};
  if (sep == nullptr && end == nullptr) return {strf("out::print(&[{}])", list), none_};
  return {strf("out::print_sep(&[{}], {}, {})", list, text_of(sep, " "), text_of(end, "\\n")), none_};
}

/// Items that are looked at one by one need no vector.
static std::string lazily(std::string items) {
  for (const std::string_view copied : {".to_vec()", ".into_vec()"}) {
    if (items.ends_with(copied)) return items.replace(items.size() - copied.size(), copied.size(), ".iter()");
  }
  return items;
}

/// The sum of items: added as they come where a comprehension makes them.
static std::string sum_of(const std::string& items, std::string_view type, const std::string& first,
                          const std::string& otherwise) {
  constexpr std::string_view kCollect = "glue::collect(";
  if (type == "i64" && items.starts_with(kCollect) && items.ends_with(")?"))
    return strf("glue::try_sum_int({}, {})?", first,
                items.substr(kCollect.size(), items.size() - kCollect.size() - 2));
  const Built built = Built::of(items);
  if (!built || (built.type != type && built.type != "bool")) return otherwise;
  const std::string item = built.type == "bool" ? "i64::from({})" : "{}";
  const std::string sum =
      type == "i64" ? strf("arith::iadd({}, {})", built.name, item) : strf("{} + {}", built.name, item);
  return built.folded(type, first, sum, built.name);
}

/// sum() of floats without a start.
Code Translator::float_sum(const Node& source, const std::string& items) {
  const Built built = Built::of(items);
  const std::string sum = built ? built.folded("Option<f64>", "None",
                                               strf("Some({}.unwrap_or(0.0) + {{}})", built.name), built.name)
                                : strf("glue::sum_option({})", items);
  if (filled_sums_.contains(&source)) return {strf("glue::filled({})", sum), real_};
  Code code{strf("gluev::sum_value({})", sum), value_};
  code.float_sum = sum;
  return code;
}

Code Translator::sum_call(const Node& node, const Arguments& args) {
  if (args.positional.empty()) return refuse(node, "sum()");
  const TypeId total = cell(node);
  const TypeId item = cell(node, 1);
  Node* start = args.positional.size() > 1 ? args.positional[1] : args.keyword("start");
  const Code first = start == nullptr ? Code{"0", integer_} : expr(start);
  std::string items = collected(args.positional[0], item);
  auto* name = try_as<ast::Name>(args.positional[0]);
  const Var* var = name == nullptr ? nullptr : lookup(name->id);
  if (var != nullptr && types_.is(var->type, Base::list)) items = lazily(std::move(items));
  switch (base(item)) {
    case Base::unknown:
      return {"0", settled_ ? integer_ : types_.fresh()};
    case Base::big: {
      if (base(first.type) != Base::integer && base(first.type) != Base::big) break;
      return {strf("{}.into_iter().fold({}, |a, b| &a + &b)", items, as_big(first)),
              container(node, Base::big, {}, 12)};
    }
    case Base::integer:
    case Base::boolean:
      if (base(first.type) == Base::big)
        return {strf("{}.into_iter().fold({}, |a, b| &a + &Int::from(b as i64))", items, as_big(first)),
                container(node, Base::big, {}, 12)};
      if (base(first.type) == Base::integer) {
        const TypeId sum = container(node, Base::integer, {}, 13);
        if (types_.is(sum, Base::big))
          return {strf("{}.into_iter().fold({}, |a, b| &a + &Int::from(b as i64))", items, as_big(first)),
                  sum};
        types_.operation(sum, {{item, 2}}, true);
        return {sum_of(items, "i64", first.text, strf("glue::sum_int({}, {})", first.text, items)), sum};
      }
      if (base(first.type) == Base::real) return {strf("glue::sum_mixed({}, {})", first.text, items), real_};
      break;
    case Base::real:
      // The sum of no floats is the int 0.
      if (base(first.type) == Base::real)
        return {sum_of(items, "f64", first.text, strf("glue::sum_float({}, {})", first.text, items)), real_};
      if (start == nullptr) return float_sum(*args.positional[0], items);
      break;
    case Base::opaque:
      if (const std::string zero = start == nullptr ? library_number(first, item) : ""; !zero.empty()) {
        const std::string x = temp("x"), t = temp("t");
        const Code sum = binary(node, Op::Add, {t, item, Form::place}, {x, item, Form::place});
        return {strf("{{ let mut {}: {} = {}; for {} in {} {{ {} = {}; }} {} }}", t, rust_type(item), zero, x,
                     items, t, sum.text, t),
                item};
      }
      [[fallthrough]];
    case Base::instance:
    case Base::list:
      if (start != nullptr && known(first.type)) {
        types_.flow(first.type, total);
        const std::string x = temp("x"), t = temp("t");
        const Code sum = binary(node, Op::Add, {t, total, Form::place}, {x, item, Form::place});
        types_.flow(sum.type, total);
        return {strf("{{ let mut {}: {} = {}; for {} in {} {{ {} = {}; }} {} }}", t, rust_type(total),
                     coerce(first, total), x, items, t, coerce(sum, total), t),
                total};
      }
      break;
    default:
      break;
  }
  // The first sum is 0 + object, and the next ones are between objects.
  if (auto side = operand_method({"", item}, first, "__radd__"); side && known(first.type))
    types_.flow(first.type, side->method->params[1].var->type);
  if (auto side = operand_method({"", item}, first, "__add__"))
    types_.flow(item, side->method->params[1].var->type);
  types_.open_up(item);
  use("value_ops");
  const std::string zero = to_value(first).text, plus = value_operator("+", "add");
  const std::string add = valued_operator("+") ? strf("|a, b| {}(a, b)", plus) : plus;
  if (!types_.is(item, Base::value))
    return fallible(
        strf("gluev::sum_values({}, glue::vec({}).iter().map(|x| x.to_value()), {})", zero, items, add),
        value_);
  if (const Built built = Built::of(items))
    return {built.folded("Value", zero, attempt(strf("{}(&{}, &{{}})", plus, built.name)), built.name),
            value_};
  return fallible(strf("gluev::sum_values({}, {}, {})", zero, items, add), value_);
}

Code Translator::extreme_call(const Node& node, std::string_view name, const Arguments& args) {
  Node* key = args.keyword("key");
  Node* fallback = args.keyword("default");
  const TypeId item = cell(node);
  std::string items;
  if (args.positional.size() == 1 && args.star == nullptr) {
    items = collected(args.positional[0], item);
  } else if (args.star != nullptr) {
    const std::string all = temp("v");
    for (size_t i = 0; i <= args.positional.size(); ++i) {
      for (const auto& [before, star] : args.stars)
        if (before == i) items += strf("{}.extend({}); ", all, collected(star, item));
      if (i == args.positional.size()) break;
      const Code code = need(expr(args.positional[i]));
      types_.flow(code.type, item);
      items += strf("{}.push({}); ", all, coerce(code, item));
    }
    items = strf("{{ let mut {}: Vec<{}> = Vec::new(); {}{} }}", all, rust_type(item), items, all);
  } else {
    std::vector<Code> codes;
    for (Node* arg : args.positional) codes.push_back(need(expr(arg)));
    const bool two = codes.size() == 2 && key == nullptr && args.star == nullptr &&
                     types_.is(codes[0].type, Base::integer) && types_.is(codes[1].type, Base::integer);
    // The smaller of two is not larger than either: it does not grow by what one of them grows.
    if (!(two && name == "min")) {
      for (const Code& code : codes) types_.flow(code.type, item);
    }
    const bool ints = (two && name == "min") || types_.is(item, Base::integer);
    const bool all_ints =
        std::ranges::all_of(codes, [&](const Code& c) { return types_.is(c.type, Base::integer); });
    if (ints && all_ints && two)
      return {strf("{}.{}({})",
                   operand({own(codes[0]), integer_, Form::owned,
                            codes[0].atomic && !codes[0].text.starts_with('-')}),
                   name, own(codes[1])),
              name == "min" ? integer_ : item};
    std::string list;
    for (const Code& code : codes) list += strf("{}{}", list.empty() ? "" : ", ", coerce(code, item));
    items = strf("vec![{}]", list);
  }
  if (!known(item)) return {"()", types_.fresh()};
  std::string text;
  auto* none_key = try_as<ast::Constant>(key);
  if (key != nullptr && none_key == nullptr) {
    const TypeId by = cell(node, 1);
    text = strf("seq::extreme_key({}, \"{}\", {})", items, name, key_function(key, item, by));
  } else {
    text = strf("seq::{}({}, \"{}\")", name, items, name);
  }
  if (fallback == nullptr) return fallible(text, item);
  const TypeId result = cell(node, 2);
  const Code other = expr(fallback);
  types_.flow(item, result);
  types_.flow(other.type, result);
  const std::string all = temp("v");
  const size_t at = text.find(items);
  text.replace(at, items.size(), all);
  return {strf("{{ let {} = {}; if {}.is_empty() {{ {} }} else {{ {} }} }}", all, items, all,
               coerce(other, result), coerce({attempt(text), item}, result)),
          result};
}

/// any/all stop at the first item that decides.
Code Translator::any_all(const Node& node, bool any, Node* values) {
  static_cast<void>(node);
  const std::string label = strf("'any{}", ++labels_);
  if (auto* generator = try_as<ast::GeneratorExp>(values)) {
    const std::string loops = comprehension_loops(generator->generators, [&] {
      const std::string test = condition(*generator->elt);
      return strf("if {} {{ break {} {}; }}", any ? test : strf("!({})", test), label,
                  any ? "true" : "false");
    });
    return {strf("{}: {{ {} {} }}", label, loops, any ? "false" : "true"), boolean_, Form::owned, false};
  }
  const Iteration it = iterate(values);
  const std::string x = temp("x");
  const std::string value = it.fallible ? attempt(x) : x;
  const std::string test = truth({value, it.item, Form::place});
  return {strf("{}: {{ for {} in {} {{ if {} {{ break {} {}; }} }} {} }}", label, x, it.text,
               any ? test : strf("!({})", test), label, any ? "true" : "false", any ? "false" : "true"),
          boolean_, Form::owned, false};
}

Code Translator::isinstance_call(const Node& node, const Arguments& args) {
  const Code object = expr(args.positional[0]);
  const std::string test = isinstance_test(node, object, args.positional[1]);
  if (test == "true" || test == "false") return {constantly(object, test), boolean_, Form::owned, false};
  return {test, boolean_, Form::owned, false};
}

std::string Translator::isinstance_test(const Node& node, const Code& object, Node* types) {
  if (auto* tuple = try_as<ast::Tuple>(types)) {
    std::string out;
    for (Node* one : tuple->elts) {
      const std::string test = isinstance_test(node, object, one);
      if (test == "true") return "true";
      if (test != "false") out += strf("{}{}", out.empty() ? "" : " || ", test);
    }
    return out.empty() ? "false" : out;
  }
  if (auto* either = try_as<ast::BinOp>(types); either != nullptr && either->op == Op::BitOr) {
    const std::string a = isinstance_test(node, object, either->left),
                      b = isinstance_test(node, object, either->right);
    if (a == "true" || b == "true") return "true";
    return a == "false" ? b : b == "false" ? a : strf("{} || {}", a, b);
  }
  if (const auto test = abstract_test(object, module_path(*types))) return *test;
  if (const auto test = library_isinstance(object, module_path(*types))) return *test;
  auto* name = try_as<ast::Name>(types);
  if (name == nullptr) {
    const Code cls = expr(types);
    if (base(object.type) == Base::value && base(cls.type) == Base::value)
      return attempt(strf("gluev::isinstance({}, {})", ref(object), ref(cls)));
    if (base(cls.type) == Base::unknown) return "false";
    if (base(cls.type) == Base::value)
      return attempt(strf("gluev::isinstance(&{}, {})", to_value(object).text, ref(cls)));
    return refuse(node, "isinstance() of a computed class").text;
  }
  Var* var = lookup(name->id);
  if (types_.is(object.type, Base::option)) {
    const std::string x = temp("x");
    const std::string inner = isinstance_test(node, {x, types_.arg(object.type, 0), Form::reference}, types);
    if (inner == "false") return "false";
    if (inner == "true") return strf("{}.is_some()", operand(object));
    return strf("match {} {{ Some({}) => {}, None => false }}", ref(object), x, inner);
  }
  const Base kind = base(object.type);
  if (kind == Base::unknown) return "false";
  if (var != nullptr && !var->is_class) {
    const Code cls = read_var(*var, *types);
    if (base(cls.type) == Base::unknown) return "false";
    return attempt(strf("gluev::isinstance(&{}, &{})", to_value(object).text, to_value(cls).text));
  }
  if (var != nullptr) {
    ClassInfo& cls = *var->cls;
    if (cls.protocol) return protocol_test(node, object, cls);
    if (kind == Base::exception) return strf("{}.is(&CLASS_{})", operand(object), cls.rust);
    if (kind == Base::value) {
      types_.open_up(cls.instance_type);
      class_static_needed_.insert(cls.number);
      return strf("{}.isinstance(&CLASS_{})", operand(object), cls.rust);
    }
    if (kind != Base::instance) return "false";
    ClassInfo& is = *class_of(object.type);
    if (is.root != cls.root) return "false";
    if (inherits(is, cls)) return "true";
    if (is.is_enum) return &is == &cls ? "true" : "false";
    std::string kinds;
    for (ClassInfo* member : cls.root->family) {
      if (inherits(*member, cls))
        kinds += strf("{}{}Kind::{}", kinds.empty() ? "" : " | ", cls.root->rust, member->rust);
    }
    return strf("matches!({}.kind, {})", operand(object), kinds);
  }
  const std::string_view wanted = name->id;
  if (wanted == "object") return "true";
  if (wanted == "complex" || wanted == "memoryview" || wanted == "slice")
    return library_isinstance(object, std::string(wanted)).value_or("false");
  if (wanted == "bytearray")
    return kind == Base::value ? strf("{}.isinstance(&rt::types::bytearray)", operand(object))
           : is_library_type(object.type, "bytearray") ? "true"
                                                       : "false";
  if (is_exception_name(wanted))
    return kind == Base::exception || kind == Base::value
               ? strf("{}.{}(&exc::{})", operand(object), kind == Base::value ? "isinstance" : "is", wanted)
               : "false";
  constexpr std::pair<std::string_view, Base> kTypes[] = {
      {"int", Base::integer}, {"str", Base::text},
      {"float", Base::real},  {"bool", Base::boolean},
      {"list", Base::list},   {"dict", Base::dict},
      {"set", Base::set},     {"tuple", Base::tuple},
      {"bytes", Base::bytes}, {"frozenset", Base::frozenset},
      {"range", Base::range}};
  for (const auto& [type_name, type_base] : kTypes) {
    if (type_name != wanted) continue;
    if (kind == Base::value) return strf("{}.isinstance(&rt::types::{})", operand(object), type_name);
    if (kind == type_base || (wanted == "int" && (kind == Base::boolean || kind == Base::big)) ||
        (wanted == "tuple" && kind == Base::many))
      return "true";
    if (kind == Base::instance && class_of(object.type)->int_enum && wanted == "int") return "true";
    if (kind == Base::instance && class_of(object.type)->named_tuple && wanted == "tuple") return "true";
    if (kind == Base::instance && holds_built_in(*class_of(object.type)) &&
        (class_of(object.type)->builtin_base == wanted ||
         (wanted == "dict" && (class_of(object.type)->builtin_base == "OrderedDict" ||
                               class_of(object.type)->builtin_base == "defaultdict" ||
                               class_of(object.type)->builtin_base == "Counter"))))
      return "true";
    return "false";
  }
  return refuse(node, strf("isinstance(x, {})", wanted)).text;
}

/// The class that CPython's objects of a table's type are of.
std::string_view Translator::shown_type_name(std::string_view type) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"file", "TextIOWrapper"}, {"binfile", "BufferedReader"}, {"Path", "PosixPath"},
      {"Hmac", "HMAC"},          {"LogFormatter", "Formatter"}, {"Environ", "_Environ"},
      {"DiffMatch", "Match"},    {"PurePath", "PurePosixPath"}};
  for (const auto& [name, shown] : kNames)
    if (name == type) return shown;
  return type;
}

Code Translator::range_value(const Node& node, const Arguments& args) {
  const auto& given = args.positional;
  const TypeId type = container(node, Base::range, {});
  if (args.star != nullptr && given.empty() && args.stars.size() == 1)
    return fallible(strf("glue::Range::spread(&{})", collected(args.star, integer_, true)), type);
  if (given.empty() || given.size() > 3) return refuse(node, "range()");
  const std::string start = given.size() > 1 ? as_int(expr(given[0])) : "0";
  const std::string stop = as_int(expr(given[given.size() > 1 ? 1 : 0]));
  return fallible(
      strf("glue::Range::new({}, {}, {})", start, stop, given.size() > 2 ? as_int(expr(given[2])) : "1"),
      type);
}

Code Translator::next_call(const Node& node, const Arguments& args) {
  const auto& given = args.positional;
  if (given.empty()) return refuse(node, "next()");
  const TypeId result = cell(node);
  if (auto* generator = try_as<ast::GeneratorExp>(given[0])) {
    const std::string label = strf("'next{}", ++labels_);
    const std::string loops = comprehension_loops(generator->generators, [&] {
      const Code code = expr(generator->elt);
      types_.flow(code.type, result);
      return strf("break {} {};", label, coerce(code, result));
    });
    std::string last = strf("{}", attempt("Err(exc::bare(&exc::StopIteration))"));
    if (given.size() > 1) {
      const Code fallback = expr(given[1]);
      types_.flow(fallback.type, result);
      last = coerce(fallback, result);
    }
    return {strf("{}: {{ {} {} }}", label, loops, last), result, Form::owned, false};
  }
  const Code object = need(expr(given[0]));
  if (base(object.type) == Base::unknown) return {"()", types_.fresh()};
  const bool library = base(object.type) == Base::opaque &&
                       Library::built_in().method(Library::built_in().type(types_.at(object.type).id).name,
                                                  "__next__") != nullptr;
  const bool dunder = library || base(object.type) == Base::instance || base(object.type) == Base::value;
  if (dunder) {
    auto frames = std::move(error_frames_);
    if (given.size() > 1)
      error_frames_.clear();
    else
      error_frames_ = frames;
    const Code step = base(object.type) != Base::value
                          ? call_method(node, object, "__next__", {})
                          : fallible(strf("value_items::next({})", ref(object)), value_);
    error_frames_ = std::move(frames);
    if (given.size() == 1) return step;
    // Only StopIteration makes way for the default.
    const Code fallback = expr(given[1]);
    types_.flow(step.type, result);
    types_.flow(fallback.type, result);
    const std::string x = temp("x");
    return {strf("match {} {{ Some({}) => {}, None => {} }}",
                 attempt(strf("glue::step_or_none((|| Ok({}))())", step.text)), x,
                 coerce({x, step.type}, result), coerce(fallback, result)),
            result, Form::owned, false};
  }
  const Base kind = base(object.type);
  if (kind == Base::list || kind == Base::dict || kind == Base::set || kind == Base::text ||
      kind == Base::range)
    return raising("TypeError", strf("'{}' object is not an iterator", type_shown(object)));
  if (kind != Base::iterator) return refuse(node, strf("next() of {}", type_text(object.type)));
  const TypeId item = types_.arg(object.type, 0);
  if (given.size() == 1)
    return fallible(used_.contains("value") ? strf("gluev::next_of({})", ref(object))
                                            : strf("{}.next_item()", operand(object)),
                    item);
  const Code fallback = expr(given[1]);
  types_.flow(item, result);
  types_.flow(fallback.type, result);
  const std::string x = temp("x");
  return {strf("match {} {{ Some({}) => {}, None => {} }}", attempt(strf("{}.try_next()", operand(object))),
               x, coerce({x, item}, result), coerce(fallback, result)),
          result, Form::owned, false};
}

/// list(...), set(...), frozenset(...), tuple(...).
Code Translator::collect_call(const Node& node, Base kind, const Arguments& args) {
  const TypeId item = cell(node);
  const TypeId type = container(node, kind, {item});
  const std::string_view rust = kind == Base::list        ? "List"
                                : kind == Base::set       ? "Set"
                                : kind == Base::frozenset ? "FrozenSet"
                                                          : "Tuple";
  if (args.positional.empty())
    return {kind == Base::many             ? empty_tuple(item)
            : types_.is(item, Base::value) ? strf("{}::<Value>::new()", rust)
                                           : strf("{}::new()", rust),
            type};
  if (kind == Base::set || kind == Base::frozenset) {
    // Of a set: its table is taken over, and with it the order.
    const Code source = need(expr(args.positional[0]));
    const bool frozen = base(source.type) == Base::frozenset;
    if ((frozen || base(source.type) == Base::set) && types_.same(types_.arg(source.type, 0), item))
      return {frozen && kind == Base::frozenset ? own(source) : strf("{}::from_set({})", rust, ref(source)),
              type};
  }
  const std::string items = collected(args.positional[0], item);
  if (kind == Base::set || kind == Base::frozenset)
    return {strf("{}::from_iter({})", rust, as_keys(items, item)), type};
  return {strf("{}::from({})", rust, items), type};
}

/// dict(items, a=1, **more): what follows is put into what `items` made, in order.
Code Translator::dict_of_words(const Node& node, const std::string& items, TypeId type) {
  const TypeId key = types_.arg(type, 0), value = types_.arg(type, 1);
  if (node.kind != Kind::Call) return refuse(node, "** here");
  types_.flow(text_, key);
  const std::string d = temp("d");
  std::string steps;
  for (Node* item : static_cast<const ast::Call&>(node).keywords) {
    auto& word = as<ast::keyword>(*item);
    const Code code = word.arg.empty() ? unwrapped(need(expr(word.value)), {}) : expr(word.value);
    if (!word.arg.empty()) {
      types_.flow(code.type, value);
      steps += strf("{}.set({}, {}); ", d, coerce({strf("Str::lit(\"{}\")", word.arg), text_}, key),
                    coerce(code, value));
      continue;
    }
    if (types_.is(code.type, Base::dict)) {
      types_.unify(types_.arg(code.type, 0), key);
      types_.unify(types_.arg(code.type, 1), value);
    } else if (known(code.type) && !types_.is(code.type, Base::value)) {
      return refuse(node, strf("** of {}", type_text(code.type)));
    }
    steps += strf("{}.update({}); ", d, ref_as(code, type));
  }
  return {strf("{{ let {}: {} = {}; {}{} }}", d, rust_type(type), items, steps, d), type};
}

/// int(x), float(x), str(x), bool(x).
Code Translator::convert_call(const Node& node, std::string_view name, const Arguments& args) {
  const auto& given = args.positional;
  if (given.empty()) {
    if (name == "int") return {"0", integer_};
    if (name == "float") return {"0.0", real_};
    if (name == "bool") return {"false", boolean_};
    return {"Str::lit(\"\")", text_};
  }
  const Code code = expr(given[0]);
  if (name == "bool") return {truth(code), boolean_, Form::owned, false};
  if (name == "str") {
    if (given.size() > 1) return refuse(node, "str(bytes, encoding)");
    if (types_.is(code.type, Base::none)) return {"Str::lit(\"None\")", text_};
    if (const std::string view = view_text(given[0], code); !view.empty()) {
      use("views");
      return {view, text_};
    }
    return {str_of(code), text_};
  }
  const Code plain_code = unwrapped(need(code), {name == "int" ? "__int__" : "__float__"});
  const Base kind = base(plain_code.type);
  if (kind == Base::unknown) return {"()", name == "int" ? integer_ : real_};
  if (name == "float") {
    if (auto* literal = try_as<ast::Constant>(given[0]);
        literal != nullptr && literal->value.kind == ConstantKind::text) {
      if (literal->value.text == "inf") return {"f64::INFINITY", real_};
      if (literal->value.text == "-inf") return {"f64::NEG_INFINITY", real_};
      if (literal->value.text == "nan") return {"f64::NAN", real_};
    }
    if (kind == Base::text) return fallible(strf("float::parse({})", ref(plain_code)), real_);
    if (!plain_code.float_sum.empty()) return {as_float(plain_code), real_};
    if (kind == Base::value) return fallible(strf("gluev::float_of({})", ref(plain_code)), real_);
    if (kind == Base::instance && !class_of(plain_code.type)->is_enum)
      return call_method(node, plain_code, "__float__", {});
    if (kind == Base::opaque) return call_method(node, plain_code, "__float__", {});
    return {as_float(plain_code), real_};
  }
  Node* radix = given.size() > 1 ? given[1] : args.keyword("base");
  const std::string digits =
      types_.is(plain_code.type, Base::text) ? ref(plain_code) : ref_as(plain_code, text_);
  if (radix != nullptr && may_be_longer(given[0], 15, false)) {
    use("int_text");
    return fallible(strf("int_text::parse_base({}, {})", digits, as_int(expr(radix))),
                    container(node, Base::big, {}, 12));
  }
  if (radix != nullptr)
    return fallible(strf("glue::parse_int_base({}, {})",
                         types_.is(plain_code.type, Base::text) ? ref(plain_code) : ref_as(plain_code, text_),
                         as_int(expr(radix))),
                    integer_);
  if (kind == Base::big) return plain_code;
  if (kind == Base::text) return fallible(strf("glue::parse_int({})", ref(plain_code)), integer_);
  if (kind == Base::real) return fallible(strf("glue::float_to_int({})", own(plain_code)), integer_);
  if (kind == Base::value) return fallible(strf("gluev::int_of({})", ref(plain_code)), integer_);
  if (kind == Base::instance && !class_of(plain_code.type)->is_enum)
    return call_method(node, plain_code, "__int__", {});
  if (kind == Base::opaque) return call_method(node, plain_code, "__int__", {});
  if (kind != Base::integer && kind != Base::boolean && kind != Base::instance)
    return fallible(strf("gluev::int_of(&{})", to_value(plain_code).text), integer_);
  return {as_int(plain_code), integer_};
}

}  // namespace sov::transpiler
