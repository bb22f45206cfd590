// Parsers of command lines: what a program does with argparse.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

std::string Translator::text_argument(Node* node) {
  const Code code = expr(node);
  if (types_.is(code.type, Base::none)) return "None";
  if (types_.is(code.type, Base::option)) return own(code);
  return strf("Some({})", coerce(code, text_));
}

std::string Translator::parser_options(const Node& node, const Arguments& args, bool subparser) {
  std::string out;
  for (const auto& [name, value] : args.keywords) {
    if (subparser && (name == "help" || name == "aliases")) continue;
    if (name == "prog" || name == "usage" || name == "description" || name == "epilog") {
      out += strf("{}: {}, ", name, text_argument(value));
    } else if (name == "parents") {
      std::string all;
      auto* list = try_as<ast::List>(value);
      if (list == nullptr) return refuse(node, "ArgumentParser(parents=)").text;
      for (Node* parent : list->elts) all += own(unwrapped(expr(parent), {})) + ", ";
      out += strf("parents: vec![{}], ", all);
    } else if (name == "prefix_chars") {
      out += strf("prefix_chars: {}, ", coerce(expr(value), text_));
    } else if (name == "add_help" || name == "allow_abbrev" || name == "exit_on_error") {
      out += strf("{}: {}, ", name, condition(*value));
    } else if (name == "formatter_class") {
      out += strf("formatter: {}, ", formatter(node, *value));
    } else if (name == "conflict_handler") {
      out += strf("resolve: {} == \"resolve\", ", coerce(expr(value), text_));
    } else if (name == "fromfile_prefix_chars") {
      out += strf("file_prefixes: {}, ", coerce(expr(value), text_));
    } else if (name == "argument_default") {
      if (module_path(*value) != "argparse.SUPPRESS") any_destination_ = true;
      out += strf("argument_default: Some({}), ", argument_default(*value));
    } else {
      refuse(node, strf("ArgumentParser({}=)", name));
    }
  }
  use("argparse");
  return out.empty() ? "argparse::ParserOptions::default()"
                     : strf("argparse::ParserOptions {{ {}..Default::default() }}", out);
}

/// A default as a Value; argparse.SUPPRESS is a text.
std::string Translator::argument_default(Node& value) {
  if (module_path(value) == "argparse.SUPPRESS") return "Value::from(argparse::SUPPRESS)";
  return to_value(expr(&value)).text;
}

/// What the formatters do that a class of the program, or of argparse, joins.
bool Translator::formatter_parts(const Node& node, std::string& out) {
  auto* name = try_as<ast::Name>(const_cast<Node*>(&node));
  if (Var* var = name != nullptr ? lookup(name->id) : nullptr; var != nullptr && var->is_class) {
    for (Node* base : var->cls->node->bases) {
      if (!formatter_parts(*base, out)) return false;
    }
    return joins_formatters(*var->cls);
  }
  const std::string path = module_path(node);
  constexpr std::pair<std::string_view, std::string_view> kParts[] = {
      {"argparse.HelpFormatter", ""},
      {"argparse.RawDescriptionHelpFormatter", "raw_description: true, "},
      {"argparse.RawTextHelpFormatter", "raw_description: true, raw_text: true, "},
      {"argparse.ArgumentDefaultsHelpFormatter", "defaults: true, "},
      {"argparse.MetavarTypeHelpFormatter", "metavar_type: true, "}};
  for (const auto& [known_path, parts] : kParts) {
    if (path != known_path) continue;
    for (size_t at = 0, end; (end = parts.find(", ", at)) != std::string_view::npos; at = end + 2) {
      const std::string_view part = parts.substr(at, end + 2 - at);
      if (out.find(part) == std::string::npos) out += part;
    }
    return true;
  }
  return false;
}

/// A class that joins argparse's formatters and changes nothing.
bool Translator::joins_formatters(const ClassInfo& cls) const {
  return cls.builtin_base.ends_with("HelpFormatter") && std::ranges::all_of(cls.node->body, [](Node* item) {
           return item->kind == Kind::Pass || item->kind == Kind::Expr;
         });
}

/// formatter_class=: a class, or a lambda that makes one with its width and columns.
std::string Translator::formatter(const Node& node, Node& value) {
  std::string parts;
  Node* cls = &value;
  if (auto* made = try_as<ast::Lambda>(&value)) {
    auto* call = try_as<ast::Call>(made->body);
    const auto& params = as<ast::arguments>(*made->args).args;
    if (call == nullptr || params.size() != 1 || call->args.size() != 1 ||
        call->args[0]->kind != Kind::Name || as<ast::Name>(*call->args[0]).id != as<ast::Arg>(*params[0]).arg)
      return refuse(node, "formatter_class").text;
    cls = call->func;
    for (Node* item : call->keywords) {
      auto& keyword = as<ast::keyword>(*item);
      if (keyword.arg != "max_help_position" && keyword.arg != "width")
        return refuse(node, "formatter_class").text;
      parts += strf("{}: Some({}), ", keyword.arg, as_int(expr(keyword.value)));
    }
  }
  if (!formatter_parts(*cls, parts)) return refuse(node, "formatter_class").text;
  return parts.empty() ? "argparse::Formatter::default()"
                       : strf("argparse::Formatter {{ {}..Default::default() }}", parts);
}

Code Translator::argparse_parser(const Node& node, const Arguments& args) {
  Arguments keywords = args;
  std::map<std::string, TypeId> bound;
  const TypeId type = signature_type({.name = "ArgumentParser", .args = {}}, bound, node, "->");
  if (args.positional.size() > 1) return refuse(node, "ArgumentParser()");
  if (!args.positional.empty()) keywords.keywords.emplace_back("prog", args.positional[0]);
  if (args.star != nullptr || args.double_star != nullptr) {
    use("argparse_words");
    Arguments more = args;
    more.positional.clear();
    more.keywords.clear();
    for (auto& [before, star] : more.stars) before = 0;
    const std::string list = dynamic_arguments(more).first;
    const std::string words = more.double_star == nullptr ? "vec![]" : dynamic_arguments(more).second;
    return fallible(
        strf("argparse_words::parser({}, {}, {})", parser_options(node, keywords, false), list, words), type);
  }
  return fallible(strf("argparse::ArgumentParser::new({})", parser_options(node, keywords, false)), type);
}

/// type=f of add_argument: a closure from str that owns whatever it needs.
std::string Translator::argument_converter(Node& value, TypeId item) {
  use("convert");
  const std::string path = module_path(value);
  if (value.kind != Kind::Name && value.kind != Kind::Lambda && value.kind != Kind::Attribute) {
    // Whatever the expression gives.
    const Code function = to_value(expr(&value));
    types_.make_value(item);
    return strf(
        "{{ let f = {}; argparse::Converter::named(Str::lit(called::name_of(&f)), move |s: &Str| "
        "value_items::call(&f, vec![s.to_value()])) }}",
        function.text);
  }
  const std::string f = callable_text(&value, {text_}, item);
  types_.open_up(item);
  auto* name = try_as<ast::Name>(&value);
  const std::string shown = name != nullptr ? std::string(name->id)
                            : path.empty()  ? "<lambda>"
                                            : path.substr(path.rfind('.') + 1);
  FunctionInfo* function = nullptr;
  if (value.kind == Kind::Lambda) function = function_of_[&value];
  if (Var* var = name != nullptr ? lookup(name->id) : nullptr; var != nullptr) function = var->function;
  std::string before;
  for (Var* var : function == nullptr ? std::vector<Var*>() : function->captures)
    before += strf("let {} = {}; ", var->rust, captured_argument(*var));
  const std::string given = temp("s");
  const std::string made =
      strf("argparse::Converter::new(\"{}\", {}|{}: &Str| {{ let f = {}; Ok(f({}.clone())?.to_value()) }})",
           shown, before.empty() ? "" : "move ", given, f, given);
  return before.empty() ? made : strf("{{ {}{} }}", before, made);
}

/// The names of add_argument, and where the value goes; names that are computed may be any.
void Translator::argument_names(ArgumentCall& call, const Arguments& args) {
  std::string first_long;
  for (Node* arg : args.positional) {
    const std::string_view name = text_literal(arg);
    if (name.empty()) {
      call.computed = true;
      call.names +=
          strf("{}{}.as_str()", call.names.empty() ? "" : ", ", operand({coerce(expr(arg), text_), text_}));
      continue;
    }
    call.names += strf("{}\"{}\"", call.names.empty() ? "" : ", ", name);
    call.optional = name[0] == '-';
    std::string word(name.substr(std::min(name.find_first_not_of('-'), name.size())));
    std::ranges::replace(word, '-', '_');
    if (call.dest.empty()) call.dest = word;
    if (name.starts_with("--") && first_long.empty()) first_long = word;
  }
  if (!first_long.empty()) call.dest = first_long;
  if (!call.optional && !args.positional.empty()) call.dest = text_literal(args.positional[0]);
  if (call.computed) call.dest.clear();
}

/// The class of the program that action= names, or null.
ClassInfo* Translator::action_class(const Node& value) {
  auto* name = try_as<ast::Name>(const_cast<Node*>(&value));
  Var* var = name == nullptr ? nullptr : lookup(name->id);
  if (var == nullptr || !var->is_class) return nullptr;
  const auto& mro = var->cls->mro;
  const bool action =
      std::ranges::any_of(mro, [](const ClassInfo* up) { return up->node->name == "argparse.Action"; });
  return action ? var->cls : nullptr;
}

void Translator::argument_action(ArgumentCall& call, Node& value) {
  call.action = text_literal(&value);
  if (module_path(value) == "argparse.BooleanOptionalAction") call.action = "BooleanOptionalAction";
  if (call.action.empty()) call.custom = action_class(value);
  if (call.custom != nullptr) return;
  if (call.action.empty())
    refuse(value, "add_argument(action=)");
  else
    call.options += strf("action: Some(Str::lit(\"{}\")), ", call.action);
}

void Translator::argument_nargs(ArgumentCall& call, Node& value) {
  call.nargs = text_literal(&value);
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"argparse.REMAINDER", "..."},
                                                                      {"argparse.OPTIONAL", "?"},
                                                                      {"argparse.ZERO_OR_MORE", "*"},
                                                                      {"argparse.ONE_OR_MORE", "+"}};
  for (const auto& [path, word] : kNames) {
    if (module_path(value) == path) call.nargs = word;
  }
  if (call.custom != nullptr) {
    if (call.nargs.empty()) call.nargs = "N";
  } else if (call.nargs.empty()) {
    const Code code = expr(&value);
    if (types_.is(code.type, Base::none)) return;
    call.options += strf("nargs: Some(argparse::Nargs::Count({})), ", as_int(code));
    call.nargs = "N";
  } else {
    call.options += strf("nargs: Some(argparse::Nargs::Text(Str::lit(\"{}\"))), ", call.nargs);
  }
}

void Translator::argument_type(const Node& node, ArgumentCall& call, Node& value) {
  auto* builtin_name = try_as<ast::Name>(&value);
  const bool plain_type = builtin_name != nullptr && lookup(builtin_name->id) == nullptr;
  if (plain_type && (builtin_name->id == "int" || builtin_name->id == "float" || builtin_name->id == "str")) {
    call.item = builtin_name->id == "int" ? integer_ : builtin_name->id == "float" ? real_ : text_;
    call.options += strf("type_: Some(argparse::Converter::{}()), ", builtin_name->id);
  } else if (auto* made = try_as<ast::Call>(&value);
             made != nullptr && module_path(*made->func) == "argparse.FileType") {
    const Arguments given = arguments(*made);
    Node* mode = given.positional.empty() ? given.keyword("mode") : given.positional[0];
    const std::string_view text = mode == nullptr ? "r" : text_literal(mode);
    if (text.empty() || given.positional.size() > 1 || given.keywords.size() > 1 ||
        (given.keywords.size() == 1 && given.keyword("mode") == nullptr &&
         given.keyword("encoding") == nullptr)) {
      refuse(value, "argparse.FileType() with these arguments");
      return;
    }
    std::map<std::string, TypeId> bound;
    const bool binary = text.find('b') != std::string_view::npos;
    call.item = signature_type({.name = binary ? "binfile" : "file", .args = {}}, bound, node, "FileType");
    use("argparse_files");
    call.options += strf("type_: Some(argparse_files::file_type(\"{}\")), ", text);
  } else {
    call.item = cell(node, 2);
    call.options += strf("type_: Some({}), ", argument_converter(value, call.item));
  }
}

void Translator::argument_keyword(const Node& node, ArgumentCall& call, std::string_view name, Node& value) {
  if (name == "type") return argument_type(node, call, value);
  if (name == "dest") call.dest = text_literal(&value);
  if (name == "dest" && call.dest.empty()) call.computed = true;
  if (call.custom != nullptr) return;  // the object has them
  if (name == "default") {
    call.has_default = true;
    call.suppressed = module_path(value) == "argparse.SUPPRESS";
    if (!call.suppressed) call.fallback = expr(&value);
    call.options += strf("default: Some({}), ", argument_default(value));
  } else if (name == "const") {
    const Code code = expr(&value);
    types_.flow(code.type, cell(node, 4));
    call.options += strf("const_: Some({}), ", to_value(code).text);
  } else if (name == "choices") {
    const TypeId choice = cell(node, 3);
    call.options +=
        strf("choices: Some({}.iter().map(|x| x.to_value()).collect()), ", collected(&value, choice));
    use("convert");
  } else if (name == "required") {
    call.required = condition(value) == "true";
    call.options += strf("required: {}, ", condition(value));
  } else if (name == "help" || name == "dest" || name == "version") {
    call.options += strf("{}: {}, ", name,
                         module_path(value) == "argparse.SUPPRESS" ? "Some(Str::lit(argparse::SUPPRESS))"
                                                                   : text_argument(&value));
  } else if (name == "metavar") {
    call.options += value.kind == Kind::Tuple
                        ? strf("metavar: Some({}), ", collected(&value, cell(node, 5)))
                        : strf("metavar: Some(vec![{}]), ", coerce(expr(&value), text_));
  } else {
    refuse(node, strf("add_argument({}=)", name));
  }
}

/// The type of what the command line gives for one use of the argument.
TypeId Translator::argument_item(const Node& node, const ArgumentCall& call) {
  const bool many = call.nargs == "*" || call.nargs == "+" || call.nargs == "..." || call.nargs == "N" ||
                    call.action == "append" || call.action == "extend";
  if (!many) return call.item;
  const TypeId inner = cell(node, 6);
  if (call.action == "append" && !call.nargs.empty() && call.nargs != "?")
    types_.make_value(inner);
  else
    types_.flow(call.item, inner);
  // The list comes out of a Value, so its items are Values that are converted one by one where it is read.
  return container(node, Base::list, {inner}, 9);
}

/// What the attribute may hold.
void Translator::argument_flow(const Node& node, const ArgumentCall& call) {
  const TypeId to = destination(call.dest);
  const std::string& action = call.action;
  if (call.custom != nullptr) return types_.make_value(to);
  if (action == "store_true" || action == "store_false" || action == "BooleanOptionalAction") {
    types_.flow(boolean_, to);
    if (action == "BooleanOptionalAction" && !call.has_default) types_.flow(none_, to);
  } else if (action == "count") {
    types_.flow(integer_, to);
    if (!call.has_default) types_.flow(none_, to);
  } else if (action == "store_const" || action == "append_const") {
    types_.flow(action == "store_const" ? cell(node, 4) : container(node, Base::list, {cell(node, 4)}, 8),
                to);
    if (!call.has_default) types_.flow(none_, to);
  } else {
    const TypeId type = argument_item(node, call);
    types_.flow(type, to);
    const bool always = (!call.optional && call.nargs != "?" && call.nargs != "*") || call.required ||
                        (call.nargs == "*" && !call.optional && !call.has_default);
    if (!always && !call.has_default) types_.flow(none_, to);
    const bool text_default = call.has_default && types_.is(call.fallback.type, Base::text);
    const bool many = !types_.same(type, call.item);
    if (call.suppressed) return;
    // A str default is converted like an argument.
    if (text_default && many) types_.make_value(to);
    if (call.has_default && !text_default) types_.flow(call.fallback.type, to);
    return;
  }
  if (call.has_default && !call.suppressed) types_.flow(call.fallback.type, to);
}

/// An argument whose action is a class of the program: an object of it is made and called.
std::string Translator::custom_action(const Node& node, const ArgumentCall& call, const Arguments& args) {
  ClassInfo& cls = *call.custom;
  FunctionInfo* method = find_method(cls, "__call__");
  if (method == nullptr || method->params.size() != 5) return refuse(node, "action without __call__").text;
  auto& given = action_arguments_[node.number];
  if (given.keywords.empty()) {
    const auto text_node = [&](std::string_view text) {
      auto* made = tree_.make<ast::Constant>(node.place);
      made->value = {.kind = ConstantKind::text, .text = tree_.keep(text)};
      return made;
    };
    auto* options = tree_.make<ast::List>(node.place);
    options->elts = call.optional ? tree_.copy(args.positional) : Nodes();
    given.keywords.emplace_back("option_strings", options);
    given.keywords.emplace_back("dest", text_node(call.dest));
    for (const auto& [name, value] : args.keywords) {
      if (name != "action" && name != "dest") given.keywords.emplace_back(name, value);
    }
  }
  std::map<std::string, TypeId> bound;
  const TypeId parser = signature_type({.name = "ArgumentParser", .args = {}}, bound, node, "action");
  const TypeId space = signature_type({.name = "Namespace", .args = {}}, bound, node, "space");
  const TypeId option = types_.make(Base::option, {text_});
  const auto type = [&](size_t i) { return method->params[i].var->type; };
  types_.flow(parser, type(1));
  types_.flow(space, type(2));
  types_.flow(argument_item(node, call), type(3));
  types_.flow(option, type(4));
  // A constructor of the program's own may ask for another number of values.
  if (find_method(cls, "__init__")->cls->node->name != "argparse.Action" || call.nargs == "?")
    types_.make_value(type(3));
  method->called = true;
  use("argparse_custom");
  use("convert");
  const std::string held = temp("action");
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string body =
      strf("{}.{}({}, {}, {}, {})", held, method_rust(cls, "__call__"), coerce({"p", parser}, type(1)),
           coerce({"n", space}, type(2)), coerce({"v", value_}, type(3)), coerce({"o", option}, type(4)));
  error_frames_ = std::move(frames);
  std::string fields;
  for (const std::string_view field :
       {"dest", "nargs", "const", "default", "type", "choices", "required", "help", "metavar"}) {
    FieldInfo& info = add_field(cls, field);
    fields += strf("{}, ", to_value({strf("{}.{}.get()", held, info.rust), info.type}).text);
  }
  return strf(
      "{{ let {} = {}; argparse_custom::argument([{}], {{ let {} = {}.clone(); move |p, n, v, o| {{ {}?; "
      "Ok(()) }} }}) }}",
      held, own(call_class(node, cls, given)), fields, held, held, body);
}

/// add_argument: the Rust call, and the type of the attribute that the parsed arguments will have.
Code Translator::add_argument(const Node& node, const Code& object, const Arguments& args) {
  ArgumentCall call{.item = text_, .fallback = {"()", none_}};
  argument_names(call, args);
  for (const auto& [name, value] : args.keywords) {
    if (name == "action") argument_action(call, *value);
  }
  for (const auto& [name, value] : args.keywords) {
    if (name == "nargs") argument_nargs(call, *value);
  }
  for (const auto& [name, value] : args.keywords) {
    if (name != "action" && name != "nargs") argument_keyword(node, call, name, *value);
  }
  if (call.computed) any_destination_ = true;
  if (!call.dest.empty() && call.action != "help" && call.action != "version") argument_flow(node, call);
  const std::string rest =
      call.custom != nullptr ? custom_action(node, call, args) : "argparse::Argument::default()";
  return fallible(
      strf("{}.add_argument(&[{}], {})", operand(object), call.names,
           call.options.empty() ? rest : strf("argparse::Argument {{ {}..{} }}", call.options, rest)),
      none_);
}

namespace {

/// Whether anything is done to a dict of this name but reading it.
bool is_changed(Node& node, std::string_view name) {
  const auto names_it = [&](Node* part) {
    auto* found = try_as<ast::Name>(part);
    return found != nullptr && found->id == name;
  };
  if (auto* item = try_as<ast::Subscript>(&node); item != nullptr && item->ctx != Ctx::Load)
    if (names_it(item->value)) return true;
  if (auto* method = try_as<ast::Attribute>(&node))
    if (names_it(method->value)) return true;
  if (auto* update = try_as<ast::AugAssign>(&node))
    if (names_it(update->target)) return true;
  bool any = false;
  for_children(node, [&](Node& child) { any = any || is_changed(child, name); });
  return any;
}

}  // namespace

/// f(**options) where options is a dict that is written down, and never changed, is f(a=.., b=..).
Translator::Arguments Translator::written_out(const Arguments& args) {
  Node* dict = args.double_star;
  if (auto* name = dict == nullptr ? nullptr : try_as<ast::Name>(dict)) {
    Var* var = lookup(name->id);
    dict = var == nullptr || var->assigns != 1 || var->param || is_changed(*tree_.module, name->id)
               ? nullptr
               : var->value;
  }
  Arguments out = args;
  if (auto* display = dict == nullptr ? nullptr : try_as<ast::Dict>(dict)) {
    for (size_t i = 0; i < display->keys.size(); ++i) {
      const std::string_view word = display->keys[i] == nullptr ? "" : text_literal(display->keys[i]);
      if (word.empty()) return args;
      out.keywords.emplace_back(word, display->values[i]);
    }
  } else if (auto* made = dict == nullptr ? nullptr : try_as<ast::Call>(dict)) {
    auto* callee = try_as<ast::Name>(made->func);
    const Arguments inner = arguments(*made);
    if (callee == nullptr || callee->id != "dict" || lookup("dict") != nullptr || !inner.positional.empty() ||
        inner.star != nullptr || inner.double_star != nullptr)
      return args;
    out.keywords.insert(out.keywords.end(), inner.keywords.begin(), inner.keywords.end());
  } else {
    return args;
  }
  out.double_star = nullptr;
  return out;
}

Code Translator::call_argparse(const Node& node, const Code& object, std::string_view name,
                               const Arguments& given) {
  const Arguments args = written_out(given);
  std::map<std::string, TypeId> bound;
  const auto opaque = [&](const std::string& type) {
    return signature_type({.name = type, .args = {}}, bound, node, "->");
  };
  if (name == "add_argument" && (args.star != nullptr || args.double_star != nullptr))
    return add_argument_words(node, object, args);
  if (args.star != nullptr || args.double_star != nullptr)
    return refuse(node, strf("{}() with * or **", name));
  if (name == "add_argument") return add_argument(node, object, args);
  if (name == "add_subparsers") {
    std::string options, dest;
    bool required = false;
    for (const auto& [word, value] : args.keywords) {
      if (word == "dest") dest = text_literal(value);
      if (word == "required")
        options += strf("required: {}, ", condition(*value)), required = condition(*value) == "true";
      else if (word == "title" || word == "description" || word == "prog" || word == "dest" ||
               word == "help" || word == "metavar")
        options += strf("{}: {}, ", word, text_argument(value));
      else
        return refuse(node, strf("add_subparsers({}=)", word));
    }
    if (!dest.empty()) {
      types_.flow(text_, destination(dest));
      if (!required) types_.flow(none_, destination(dest));
    }
    return fallible(strf("{}.add_subparsers(argparse::SubparsersOptions {{ {}..Default::default() }})",
                         operand(object), options),
                    opaque("Subparsers"));
  }
  if (name == "add_parser" && args.positional.size() == 1) {
    Node* help = args.keyword("help");
    Node* aliases = args.keyword("aliases");
    const std::string_view word = text_literal(args.positional[0]);
    const std::string name_text =
        word.empty() ? strf("{}.as_str()", operand(expr(args.positional[0]))) : strf("\"{}\"", word);
    return fallible(
        strf("{}.add_parser({}, {}, &{}, {})", operand(object), name_text,
             help == nullptr ? "None" : text_argument(help),
             aliases == nullptr ? "[]" : collected(aliases, text_), parser_options(node, args, true)),
        opaque("ArgumentParser"));
  }
  if (name == "add_argument_group") {
    Node* title = args.positional.empty() ? args.keyword("title") : args.positional[0];
    Node* description = args.positional.size() > 1 ? args.positional[1] : args.keyword("description");
    return {strf("{}.add_argument_group({}, {})", operand(object),
                 title == nullptr ? "None" : text_argument(title),
                 description == nullptr ? "None" : text_argument(description)),
            opaque("ArgumentGroup")};
  }
  if (name == "add_mutually_exclusive_group") {
    Node* required = args.keyword("required");
    return {strf("{}.add_mutually_exclusive_group({})", operand(object),
                 required == nullptr ? "false" : condition(*required)),
            opaque("ArgumentGroup")};
  }
  if (name == "set_defaults") {
    std::string pairs;
    for (const auto& [word, value] : args.keywords) {
      const Code code = expr(value);
      types_.flow(code.type, destination(word));
      pairs += strf("(\"{}\", {}), ", word, to_value(code).text);
    }
    return {strf("{}.set_defaults(vec![{}])", operand(object), pairs), none_};
  }
  if (name == "parse_known_args" && args.keyword("namespace") != nullptr)
    return refuse(node, strf("{}(namespace=)", name));
  // The list of arguments, or None for those of the program.
  const auto arguments_given = [&](Node* list) -> std::string {
    if (list == nullptr) return "None";
    const Code code = expr(list);
    if (types_.is(code.type, Base::none)) return "None";
    if (types_.is(code.type, Base::option)) {
      const TypeId inner = types_.arg(code.type, 0);
      if (types_.is(inner, Base::list) && types_.is(types_.arg(inner, 0), Base::text))
        return strf("{}.as_ref().map(|l| l.to_vec())", operand(code));
      const std::string l = temp("l");
      return strf("match {} {{ Some({}) => Some({}), None => None }}", own(code), l,
                  collected_code(*list, {l, inner, Form::place}, text_));
    }
    if (!types_.is(code.type, Base::value)) return strf("Some({})", collected(list, text_, true));
    const std::string l = temp("l");
    return strf("match {} {{ Value::None => None, {} => Some({}) }}", own(code), l,
                collected_code(*list, {l, code.type, Form::place}, text_));
  };
  if (Node* into = args.positional.size() > 1 ? args.positional[1] : args.keyword("namespace");
      name == "parse_args" && into != nullptr && !types_.is(expr(into).type, Base::none)) {
    Node* list = args.positional.empty() ? args.keyword("args") : args.positional[0];
    const Code space = expr(into);
    if (known(space.type) && !is_namespace(space.type))
      return refuse(node, "parse_args() into an object of another class");
    return fallible(strf("{}.parse_args_into({}, {})", operand(object), arguments_given(list), ref(space)),
                    opaque("Namespace"));
  }
  if (name == "parse_known_args") {
    Node* list = args.positional.empty() ? args.keyword("args") : args.positional[0];
    const std::string given = arguments_given(list);
    const TypeId rest = types_.make(Base::list, {types_.make(Base::text)});
    return fallible(
        strf("{}.parse_known_args({}).map(|(n, rest)| (n, List::from(rest)))", operand(object), given),
        container(node, Base::tuple, {opaque("Namespace"), rest}));
  }
  if (name == "parse_args") {
    Node* list = args.positional.empty() ? args.keyword("args") : args.positional[0];
    return fallible(strf("{}.parse_args({})", operand(object), arguments_given(list)), opaque("Namespace"));
  }
  if (name == "get_default" && args.positional.size() == 1)
    return {strf("{}.get_default({}.as_str())", operand(object), operand(expr(args.positional[0]))), value_};
  if (name == "format_usage") return fallible(strf("{}.format_usage()", operand(object)), text_);
  Node* to = args.positional.empty() ? args.keyword("file") : args.positional[0];
  if ((name == "print_help" || name == "print_usage") && to != nullptr &&
      !types_.is(expr(to).type, Base::none)) {
    const std::string text =
        attempt(strf("{}.format_{}()", operand(object), name == "print_help" ? "help" : "usage"));
    const std::string path = module_path(*to);
    if (path == "sys.stderr") return {strf("out::write_err(&{})", text), none_};
    if (path != "sys.stdout") return refuse(node, strf("{}(file)", name));
  }
  if (name == "print_help") return fallible(strf("{}.print_help()", operand(object)), none_);
  if (name == "print_usage") return fallible(strf("{}.print_usage()", operand(object)), none_);
  if (name == "format_help") return fallible(strf("{}.format_help()", operand(object)), text_);
  if (name == "error" && args.positional.size() == 1)
    return {attempt(strf("Err::<(), Exc>({})", attempt(strf("{}.error({}.as_str())", operand(object),
                                                            operand(expr(args.positional[0])))))),
            none_, Form::owned, true, true};
  if (name == "exit") {
    const std::string status = args.positional.empty() ? "0" : as_int(expr(args.positional[0]));
    Node* message = args.positional.size() > 1 ? args.positional[1] : args.keyword("message");
    if (message != nullptr)
      return {attempt(strf("Err::<(), Exc>({}.exit({}, Some(&{})))", operand(object), status,
                           coerce(expr(message), text_))),
              none_, Form::owned, true, true};
    return {attempt(strf("Err::<(), Exc>(sys::exit({}))", status)), none_, Form::owned, true, true};
  }
  return refuse(node, strf("ArgumentParser.{}", name));
}

}  // namespace sov::transpiler
