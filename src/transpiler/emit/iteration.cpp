// What `for`, comprehensions and functions like sum() loop over, as Rust iterators.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// A call of anything but a built-in function or a method of a built-in type, as far as names tell.
bool has_call(Node& node) {
  if (node.kind == Kind::Lambda) return false;
  if (auto* call = try_as<ast::Call>(&node)) {
    constexpr std::string_view kSilent[] = {"len",       "int",        "str",  "float", "abs",    "min",
                                            "max",       "sum",        "ord",  "chr",   "round",  "range",
                                            "tuple",     "list",       "set",  "dict",  "sorted", "zip",
                                            "enumerate", "isinstance", "bool", "repr",  "hex",    "bin"};
    constexpr std::string_view kMethods[] = {
        "strip",  "split",      "lower",    "upper",  "get",     "items",   "keys",
        "values", "startswith", "endswith", "join",   "replace", "rstrip",  "lstrip",
        "count",  "index",      "find",     "format", "isdigit", "isalpha", "title"};
    auto* name = try_as<ast::Name>(call->func);
    auto* attribute = try_as<ast::Attribute>(call->func);
    const bool silent =
        name != nullptr
            ? std::ranges::find(kSilent, name->id) != std::end(kSilent)
            : attribute != nullptr && std::ranges::find(kMethods, attribute->attr) != std::end(kMethods);
    if (!silent) return true;
  }
  bool any = false;
  for_children(node, [&](Node& child) { any = any || has_call(child); });
  return any;
}

}  // namespace

Iteration Translator::iterate(Node* node) {
  if (auto* name = try_as<ast::Name>(node)) {
    Var* var = lookup(name->id);
    const ClassInfo* cls = var != nullptr && var->is_class ? var->cls : class_parameter(var);
    if (cls != nullptr && cls->is_enum) return {strf("{}::MEMBERS_", cls->rust), cls->instance_type};
  }
  // for s in signal.Signals
  if (const LibraryEntry* entry = Library::built_in().function(strf("{}.__iter__", module_path(*node))))
    return iterate_code(*node, call_library(*node, *entry, nullptr, {}));
  if (auto* call_node = try_as<ast::Call>(node)) {
    if (auto found = iterate_call(*call_node)) return *found;
  }
  if (auto* generator = try_as<ast::GeneratorExp>(node)) {
    // What it calls may print: each item is made when the loop asks for it.
    if (has_call(*generator->elt) || std::ranges::any_of(generator->generators, [](Node* one) {
          return std::ranges::any_of(as<ast::comprehension>(*one).ifs,
                                     [](Node* test) { return has_call(*test); });
        }))
      return iterate_code(*node, generator_expression(*generator));
    // Taken whole before the loop begins; what the loop's body changes is not seen by it.
    const Code list = comprehension(*generator, Base::list, generator->elt, nullptr, generator->generators);
    return {strf("{}.to_vec()", list.text), types_.arg(list.type, 0)};
  }
  const Nodes elts = node->kind == Kind::List    ? as<ast::List>(*node).elts
                     : node->kind == Kind::Tuple ? as<ast::Tuple>(*node).elts
                                                 : Nodes();
  bool starred = false;
  for (Node* elt : elts) starred = starred || elt->kind == Kind::Starred;
  if (!elts.empty() && !starred) {
    const TypeId item = cell(*node);
    std::vector<Code> codes;
    std::string list;
    for (Node* elt : elts) {
      codes.push_back(expr(elt));
      types_.flow(codes.back().type, item);
    }
    for (const Code& code : codes) list += strf("{}{}", list.empty() ? "" : ", ", coerce(code, item));
    return {strf("[{}]", list), item};
  }
  return iterate_code(*node, expr(node));
}

Iteration Translator::iterate_code(const Node& node, const Code& code_or_none) {
  const Code code = unwrapped(need(code_or_none), {"__iter__"});
  switch (base(code.type)) {
    case Base::unknown:
      return {"std::iter::empty()", types_.fresh()};
    case Base::none:
      return {
          attempt("Err::<Vec<()>, Exc>(exc::new(&exc::TypeError, \"'NoneType' object is not iterable\"))"),
          none_};
    case Base::list: {
      const std::string items = fresh_items(code.text);
      return {items.empty() ? strf("{}.iter()", operand(code)) : items, types_.arg(code.type, 0)};
    }
    case Base::many:
      return {strf("{}.to_vec()", operand(code)), types_.arg(code.type, 0)};
    case Base::set:
    case Base::frozenset:
      return {strf("{}.iter()", operand(code)), types_.arg(code.type, 0)};
    case Base::dict:
      return {strf("{}.iter()", operand(code)), types_.arg(code.type, 0)};
    case Base::text:
      return {strf("{}.chars()", operand(code)), text_};
    case Base::bytes:
      return {strf("{}.ints()", operand(code)), integer_};
    case Base::range:
      return {strf("{}.iter()", operand(code)), integer_};
    case Base::iterator:
      if (std::string items = eager_items(code.text); !items.empty())
        return {std::move(items), types_.arg(code.type, 0)};
      return {own(code), types_.arg(code.type, 0), true};
    case Base::value:
      return {attempt(strf("value_items::iter({})", ref(code))), value_, true};
    case Base::tuple: {
      const TypeId item = cell(node, 3);
      for (const TypeId part : types_.at(code.type).args) types_.flow(part, item);
      const TypeId type = container(node, Base::many, {item}, 4);
      return {strf("{}.to_vec()", coerce(code, type)), item};
    }
    case Base::instance: {
      ClassInfo& cls = *class_of(code.type);
      if (cls.flag_enum) return {strf("{}.members()", operand(code)), cls.instance_type};
      if (FunctionInfo* method = find_method(cls, "__iter__"); method != nullptr) {
        method->called = true;
        const Code made = fallible(strf("{}.{}()", operand(code), method_rust(cls, "__iter__")), method->ret);
        if (base(made.type) == Base::instance) {
          ClassInfo& iterator = *class_of(made.type);
          FunctionInfo* next = find_method(iterator, "__next__");
          if (next == nullptr) break;
          next->called = true;
          return {strf("glue::stepping({}, |it| it.{}())", own(made), method_rust(iterator, "__next__")),
                  next->ret, true};
        }
        return iterate_code(node, made);
      }
      if (FunctionInfo* next = find_method(cls, "__next__"))
        return {strf("glue::stepping({}, |it| it.{}())", own(code), method_rust(cls, "__next__")), next->ret,
                true};
      if (is_named_tuple(code)) return iterate_code(node, tuple_of(node, code));
      break;
    }
    case Base::opaque: {
      const LibraryEntry& type = Library::built_in().type(types_.at(code.type).id);
      const LibraryEntry* entry = Library::built_in().iteration(type.name);
      if (entry == nullptr) break;
      std::map<std::string, TypeId> bound;
      for (size_t i = 0; i < type.params.size() && i < types_.at(code.type).args.size(); ++i)
        bound[type.params[i].name] = types_.arg(code.type, i);
      const TypeId item = signature_type(entry->result, bound, node, "iter");
      std::string text = entry->body.empty() ? strf("&{}", operand(code)) : entry->body;
      for (const std::string& module : entry->uses) use(module);
      if (text.starts_with('.')) text = operand(code) + text;
      if (const size_t at = text.find("{self}"); at != std::string::npos) text.replace(at, 6, operand(code));
      const std::string slots = library_slots_;
      library_slots_ += "declared/";
      const TypeId declared = signature_type(entry->result, bound, node, "iter");
      library_slots_ = slots;
      if (!final_ || rust_type(declared) == rust_type(item)) return {text, item, entry->raises};
      // What became a Value somewhere holds Values; the row's own items do not.
      use("convert");
      const std::string made = strf("<{}>::from_value(&x.to_value())", rust_type(item));
      return {
          strf("{}.into_iter().map(|x| {})", text, entry->raises ? strf("x.and_then(|x| {})", made) : made),
          item, true};
    }
    default:
      break;
  }
  if (!final_) return {"std::iter::empty()", types_.fresh()};
  refuse(node, strf("loop over {}", type_text(code.type)));
  return {"std::iter::empty()", value_};
}

/// Several iterables as one of tuples.
std::string Translator::zipped(const std::vector<std::string>& texts, bool lazy) {
  std::string text = texts.back(), pattern = strf("x{}", texts.size() - 1), flat = pattern;
  for (size_t i = texts.size() - 1; i-- > 0;) {
    text = strf("glue::{}({}, {})", lazy ? "zip_lazy" : "zip", texts[i], text);
    pattern = strf("(x{}, {})", i, pattern);
    flat = strf("x{}, {}", i, flat);
  }
  if (texts.size() == 2) return text;
  const std::string flatten = strf("|{}| ({})", pattern, flat);
  return lazy ? strf("{}.map(|r| r.map({}))", text, flatten) : strf("{}.map({})", text, flatten);
}

/// zip(*rows) and zip(head, *rows): the columns.
Iteration Translator::columns(const Node& node, const Arguments& args) {
  if (args.positional.empty() && args.stars.size() == 1) {
    // zip(*[it] * 2): all rows may be one iterator.
    const TypeId row = iterate(args.star).item;
    if (types_.is(row, Base::iterator))
      return {strf("glue::columns_lazy({})", collected(args.star, row)),
              types_.make(Base::many, {types_.arg(row, 0)}), true};
  }
  const TypeId item = cell(node, 12);
  const std::string all = temp("rows");
  std::string steps;
  for (size_t i = 0; i <= args.positional.size(); ++i) {
    for (const auto& [before, star] : args.stars) {
      if (before != i) continue;
      const Iteration rows = iterate(star);
      if (!known(rows.item)) continue;
      const std::string row = temp("row");
      const std::string one = collected_code(*star, {rows.fallible ? attempt(row) : row, rows.item}, item);
      steps += strf("for {} in {} {{ {}.push({}); }} ", row, rows.text, all, one);
    }
    if (i < args.positional.size()) steps += strf("{}.push({}); ", all, collected(args.positional[i], item));
  }
  if (!known(item)) return {"std::iter::empty()", types_.fresh()};
  return {strf("{{ let mut {}: Vec<Vec<{}>> = Vec::new(); {}glue::columns({}) }}", all, rust_type(item),
               steps, all),
          types_.make(Base::many, {item})};
}

std::string Translator::results_of(const Iteration& source) {
  return source.fallible ? source.text : strf("glue::fine({})", source.text);
}

/// A function that looks at no variable of the one that is written: it can be called while a loop runs.
bool Translator::captures_nothing(Node* function) {
  if (auto* literal = try_as<ast::Lambda>(function))
    return lambda_captures(*literal, *function_of_[literal]).empty();
  auto* name = try_as<ast::Name>(function);
  if (name == nullptr) return false;
  const Var* var = lookup(name->id);
  if (var == nullptr || (var->is_class && var->module_level)) return true;
  return var->function != nullptr && var->assigns <= 1 && var->function->captures.empty();
}

/// range, enumerate, zip, reversed, map, filter and dict views, without making the object.
std::optional<Iteration> Translator::iterate_call(ast::Call& node) {
  const Arguments args = arguments(node);
  if (auto* callee = try_as<ast::Attribute>(node.func)) {
    if (!args.positional.empty() || !module_path(*callee).empty() ||
        (callee->attr != "keys" && callee->attr != "values" && callee->attr != "items"))
      return std::nullopt;
    const Code object = unwrapped(need(expr(callee->value)), {callee->attr});
    if (base(object.type) != Base::dict) return std::nullopt;
    const TypeId key = types_.arg(object.type, 0), value = types_.arg(object.type, 1);
    if (callee->attr == "keys") return Iteration{strf("{}.keys().iter()", operand(object)), key};
    if (callee->attr == "values") return Iteration{strf("{}.values().iter()", operand(object)), value};
    const TypeId pair = container(node, Base::tuple, {key, value}, 10);
    return Iteration{strf("{}.items().iter()", operand(object)), pair};
  }
  auto* callee = try_as<ast::Name>(node.func);
  if (callee == nullptr || lookup(callee->id) != nullptr) return std::nullopt;
  if (callee->id == "zip" && args.star != nullptr && args.keywords.empty()) return columns(node, args);
  if (args.star != nullptr) return std::nullopt;
  const std::string_view name = callee->id;
  const auto& given = args.positional;
  if (name == "range" && !given.empty() && given.size() <= 3) {
    const std::string start = given.size() > 1 ? as_int(expr(given[0])) : "0";
    const std::string stop = as_int(expr(given[given.size() > 1 ? 1 : 0]));
    if (given.size() < 3)
      return Iteration{
          strf("{}..{}", start.find(' ') == std::string::npos ? start : strf("({})", start),
               stop.find(' ') == std::string::npos || stop.back() == ')' ? stop : strf("({})", stop)),
          integer_};
    return Iteration{attempt(strf("glue::range({}, {}, {})", start, stop, as_int(expr(given[2])))), integer_};
  }
  if (name == "enumerate" && !given.empty()) {
    const Iteration inner = iterate(given[0]);
    Node* from = given.size() > 1 ? given[1] : args.keyword("start");
    const std::string start = from == nullptr ? "0" : as_int(expr(from));
    const TypeId pair = types_.make(Base::tuple, {integer_, inner.item});
    if (inner.fallible) return Iteration{strf("glue::enumerate({}, {})", inner.text, start), pair, true};
    return Iteration{
        strf("({}i64..).zip({})",
             start.find_first_not_of("0123456789") == std::string::npos ? start : strf("({}) as ", start),
             inner.text),
        pair};
  }
  Node* strict = args.keyword("strict");
  if (name == "zip" && given.size() >= 2 && args.keywords.size() == (strict != nullptr ? 1 : 0)) {
    std::vector<TypeId> items;
    std::vector<Iteration> sides;
    for (Node* one : given) {
      sides.push_back(iterate(one));
      items.push_back(sides.back().item);
    }
    const TypeId row = types_.make(Base::tuple, items);
    const bool exact = strict != nullptr && condition(*strict) == "true";
    // What may raise or never ends is asked for one item at a time.
    const bool lazy = !exact && std::ranges::any_of(sides, &Iteration::fallible);
    std::vector<std::string> texts;
    for (const Iteration& side : sides)
      texts.push_back(lazy            ? results_of(side)
                      : side.fallible ? attempt(strf("glue::collect({})", side.text))
                                      : side.text);
    if (lazy) return Iteration{zipped(texts, true), row, true};
    if (exact && given.size() == 2)
      return Iteration{attempt(strf("glue::zip_strict({}, {})", texts[0], texts[1])), row};
    if (exact) {
      refuse(node, "zip(a, b, c, strict=True)");
      return std::nullopt;
    }
    return Iteration{zipped(texts), row};
  }
  if (name == "reversed" && given.size() == 1) {
    if (auto* inner_call = try_as<ast::Call>(given[0])) {
      auto* inner_name = try_as<ast::Name>(inner_call->func);
      if (inner_name != nullptr && inner_name->id == "range" && inner_call->args.size() <= 2 &&
          lookup("range") == nullptr) {
        const auto inner = iterate_call(*inner_call);
        if (inner) return Iteration{strf("({}).rev()", inner->text), integer_};
      }
    }
    const Code code = need(expr(given[0]));
    const ClassInfo* cls = class_of(code.type);
    if (base(code.type) == Base::instance && cls != nullptr && find_method(*cls, "__reversed__") != nullptr)
      return iterate_code(node, call_method(node, code, "__reversed__", {}));
    if (base(code.type) == Base::list)
      return Iteration{strf("{}.reversed()", operand(code)), types_.arg(code.type, 0)};
    const TypeId item = iterate_code(*given[0], code).item;
    return Iteration{strf("{}.into_iter().rev()", collected_code(*given[0], code, item)), item};
  }
  if (name == "map" && given.size() > 2) {
    std::vector<TypeId> items;
    std::vector<std::string> sources;
    for (size_t i = 1; i < given.size(); ++i) {
      const Iteration source = iterate(given[i]);
      sources.push_back(results_of(source));
      items.push_back(source.item);
    }
    const TypeId result = cell(node, 2);
    const std::string f = callable_text(given[0], items, result);
    std::string names;
    for (size_t i = 0; i < items.size(); ++i) names += strf("{}x{}", i == 0 ? "" : ", ", i);
    const std::string called = temp("f");
    return Iteration{strf("{{ let mut {} = {}; glue::map_lazy({}, move |({})| {}({})) }}", called, f,
                          zipped(sources, true), names, called, names),
                     result, true};
  }
  if ((name == "map" || name == "filter") && given.size() == 2) {
    const Iteration inner = iterate(given[1]);
    const TypeId result = cell(node, 2);
    const std::string items = inner.fallible ? attempt(strf("glue::collect({})", inner.text)) : inner.text;
    if (known(inner.item) && (inner.fallible || captures_nothing(given[0])) &&
        given[0]->kind != Kind::Constant) {
      const std::string f = callable_text(given[0], {inner.item}, result);
      return Iteration{strf("glue::{}_lazy({}, {})", name, results_of(inner), f),
                       name == "map" ? result : inner.item, true};
    }
    if (name == "filter") {
      auto* none = try_as<ast::Constant>(given[0]);
      if (none != nullptr && none->value.kind == ConstantKind::none)
        return Iteration{strf("glue::collect_truthy({})", items), inner.item};
      const std::string f = callable_text(given[0], {inner.item}, result);
      return Iteration{attempt(strf("glue::filter({}, {})", items, f)), inner.item};
    }
    const std::string f = callable_text(given[0], {inner.item}, result);
    return Iteration{attempt(strf("glue::map({}, {})", items, f)), result};
  }
  return std::nullopt;
}

/// All items as a Vec whose items have the type `item`.
/// `fixed`: the type of the items is settled, they are converted to it and do not widen it.
std::string Translator::collected(Node* node, TypeId item, bool fixed) {
  if (auto* generator = try_as<ast::GeneratorExp>(node)) {
    const Code list = comprehension(*generator, Base::list, generator->elt, nullptr, generator->generators);
    return collected_code(*node, list, item, fixed);
  }
  auto* name = try_as<ast::Name>(node);
  Var* var = name != nullptr ? lookup(name->id) : nullptr;
  if (node->kind == Kind::Call || node->kind == Kind::List || node->kind == Kind::Tuple ||
      (var != nullptr && (var->is_class || class_parameter(var) != nullptr))) {
    const Iteration it = iterate(node);
    if (!fixed) types_.flow(it.item, item);
    return collected_iteration(it, item);
  }
  return collected_code(*node, expr(node), item, fixed);
}

std::string Translator::collected_iteration(const Iteration& it, TypeId item) {
  const bool same = types_.same(it.item, item) || !known(it.item);
  if (it.fallible && same) return attempt(strf("glue::collect({})", it.text));
  if (same)
    return it.text.ends_with(".to_vec()") ? it.text
           : it.text.starts_with('[')     ? strf("vec!{}", it.text)
                                          : strf("glue::vec({})", it.text);
  const std::string x = temp("x"), out = temp("v");
  const std::string value = it.fallible ? attempt(x) : x;
  return strf("{{ let mut {} = Vec::new(); for {} in {} {{ {}.push({}); }} {} }}", out, x, it.text, out,
              coerce({value, it.item}, item), out);
}

std::string Translator::collected_code(const Node& node, const Code& code, TypeId item, bool fixed) {
  const Iteration it = iterate_code(node, code);
  if (!fixed) types_.flow(it.item, item);
  if (base(code.type) == Base::list && types_.same(it.item, item)) {
    if (const Built built = Built::of(code.text)) return built.vec();
    if (std::string items = fresh_items(code.text); !items.empty()) return items;
    return strf("{}.{}()", operand(code), code.form == Form::owned ? "into_vec" : "to_vec");
  }
  return collected_iteration(it, item);
}

/// A closure for a function that is called at once: |x: T| -> Res<R>. The result's type is joined into
/// `result`.
std::string Translator::callable_text(Node* function, const std::vector<TypeId>& params, TypeId result) {
  std::string list;
  std::vector<std::string> names;
  for (const TypeId param : params) {
    names.push_back(temp("a"));
    list += strf("{}{}: {}", list.empty() ? "" : ", ", names.back(), rust_type(param));
  }
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  std::string text;
  if (auto* literal = try_as<ast::Lambda>(function);
      literal != nullptr && function_of_[literal]->params.size() == params.size()) {
    FunctionInfo& info = *function_of_[literal];
    info.called = true;
    Scoped scope{.names = {}, .function = &info};
    std::string plain_list;
    for (size_t i = 0; i < params.size(); ++i) {
      Var& var = *info.params[i].var;
      scope.names[var.name] = &var;
      types_.flow(params[i], var.type);
      const bool same = types_.same(params[i], var.type);
      plain_list += strf("{}{}: {}", i > 0 ? ", " : "", var.rust, rust_type(same ? var.type : params[i]));
      if (!same && known(var.type))
        text += strf("let {} = {}; ", var.rust, coerce({var.rust, params[i], Form::place}, var.type));
    }
    FunctionInfo* outer = function_;
    scopes_.push_back(std::move(scope));
    function_ = &info;
    const Code body = expr(literal->body);
    types_.flow(body.type, result);
    text = strf("|{}| -> Res<{}> {{ {}Ok({}) }}", plain_list, rust_type(result), text, coerce(body, result));
    function_ = outer;
    scopes_.pop_back();
  } else {
    std::vector<Code> given;
    for (size_t i = 0; i < names.size(); ++i) given.push_back({names[i], params[i], Form::place});
    // A function that a call gives is made once.
    auto* maker = try_as<ast::Call>(function);
    std::string held;
    Code called;
    if (maker != nullptr && module_path(*maker->func).empty()) {
      error_frames_ = frames;
      const Code made = expr(function);
      error_frames_.clear();
      const std::string f = temp("f");
      held = strf("let {} = {}; ", f, own(made));
      called = call_held(*function, {f, made.type, Form::place}, given);
    } else {
      called = call_with(*function, function, given);
    }
    types_.flow(called.type, result);
    text = strf("|{}| -> Res<{}> {{ Ok({}) }}", list, rust_type(result), coerce(called, result));
    if (!held.empty()) text = strf("{{ {}move {} }}", held, text);
  }
  error_frames_ = std::move(frames);
  return text;
}

/// A call of a function in a Rust variable.
Code Translator::call_held(const Node& node, const Code& callee, const std::vector<Code>& given) {
  scopes_.push_back({.names = {}, .function = function_});
  vars_.push_back(std::make_unique<Var>());
  Var* var = vars_.back().get();
  var->name = "\x01f";
  var->rust = callee.text;
  var->type = callee.type;
  scopes_.back().names[var->name] = var;
  auto& made = argument_nodes_[{node.number, 9}];
  if (made == nullptr) {
    made = tree_.make<ast::Name>(node.place);
    made->id = "\x01f";
  }
  const Code out = call_with(node, made, given);
  scopes_.pop_back();
  return out;
}

/// A call of whatever `callee` names with Rust expressions as arguments: through variables that stand for
/// them.
Code Translator::call_with(const Node& node, Node* callee, const std::vector<Code>& given) {
  scopes_.push_back({.names = {}, .function = function_});
  Arguments args;
  static constexpr std::string_view kNames[] = {
      "\x01"
      "0",
      "\x01"
      "1",
      "\x01"
      "2"};
  for (size_t i = 0; i < given.size() && i < 3; ++i) {
    vars_.push_back(std::make_unique<Var>());
    Var* var = vars_.back().get();
    var->name = kNames[i];
    var->rust = given[i].text;
    var->type = given[i].type;
    var->stands_for = given[i].named;
    scopes_.back().names[kNames[i]] = var;
    const auto key = std::pair{node.number, i};
    auto& made = argument_nodes_[key];
    if (made == nullptr) {
      made = tree_.make<ast::Name>(node.place);
      made->id = kNames[i];
    }
    args.positional.push_back(made);
  }
  Code out;
  if (auto* name = try_as<ast::Name>(callee); name != nullptr && lookup(name->id) == nullptr) {
    auto& made = argument_calls_[node.number];
    if (made == nullptr) {
      made = tree_.make<ast::Call>(node.place);
      made->func = callee;
      made->args = tree_.copy(args.positional);
    }
    auto found = builtin(*made, name->id, args);
    out = found ? *found : refuse(node, strf("function {} as a value", name->id));
  } else if (auto* attribute = try_as<ast::Attribute>(callee);
             attribute != nullptr && module_path(*attribute).empty()) {
    Var* owner = attribute->value->kind == Kind::Name ? lookup(as<ast::Name>(*attribute->value).id) : nullptr;
    if (owner == nullptr && attribute->value->kind == Kind::Name) {
      const std::string path = strf("{}.{}", as<ast::Name>(*attribute->value).id, attribute->attr);
      const LibraryEntry* entry = Library::built_in().function(path);
      if (entry != nullptr) {  // bytes.fromhex
        out = call_library(node, *entry, nullptr, args);
        scopes_.pop_back();
        return out;
      }
      // str.upper: a method of the argument.
      Arguments rest = args;
      const Code object = expr(rest.positional[0]);
      rest.positional.erase(rest.positional.begin());
      out = call_method(node, object, attribute->attr, rest);
    } else if (owner != nullptr && owner->is_class) {
      auto& made = argument_calls_[node.number];
      if (made == nullptr) {
        made = tree_.make<ast::Call>(node.place);
        made->func = callee;
        made->args = tree_.copy(args.positional);
      }
      out = call_attribute(*made, *attribute);
    } else {
      out = call_method(node, expr(attribute->value), attribute->attr, args);
    }
  } else {
    out = call_callable(node, callee, args);
  }
  scopes_.pop_back();
  return out;
}

}  // namespace sov::transpiler
