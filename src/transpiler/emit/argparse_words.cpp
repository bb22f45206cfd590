// argparse where the run knows the arguments: add_argument(*flags, **options), ArgumentParser(**options), and
// parsers whose class is the program's.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// add_argument with * or **: what is written down first, then what the run gives.
Code Translator::add_argument_words(const Node& node, const Code& object, const Arguments& args) {
  use("argparse_words");
  ArgumentCall call{.item = text_, .fallback = {"()", none_}};
  call.computed = true;
  any_destination_ = true;
  for (const auto& [name, value] : args.keywords) {
    if (name == "action") argument_action(call, *value);
    if (name == "nargs") argument_nargs(call, *value);
  }
  if (call.custom != nullptr) return refuse(node, "add_argument(action=) of a class with * or **");
  for (const auto& [name, value] : args.keywords) {
    if (name != "action" && name != "nargs") argument_keyword(node, call, name, *value);
  }
  if (!call.dest.empty()) argument_flow(node, call);
  Arguments names = args, words = args;
  names.keywords.clear();
  names.double_star = nullptr;
  words.positional.clear();
  words.keywords.clear();
  words.star = nullptr;
  words.stars.clear();
  const std::string list = dynamic_arguments(names).first;
  const std::string more = words.double_star == nullptr ? "vec![]" : dynamic_arguments(words).second;
  return fallible(
      strf("argparse_words::add_argument(&{}, {}, argparse::Argument {{ {}..Default::default() }}, {})",
           operand(object), list, call.options, more),
      none_);
}

/// argparse.ArgumentError(action, message): None, or an action that the program defines.
Code Translator::argument_error(const Node& node, const Arguments& args) {
  use("argparse_custom");
  const Code action = expr(args.positional[0]);
  const Code given = expr(args.positional[1]);
  const std::string message = types_.is(given.type, Base::text) ? own(given) : str_of(given);
  if (types_.is(action.type, Base::none) || !known(action.type))
    return {strf("argparse_custom::error(None, {})", message), exception_};
  ClassInfo* cls = types_.is(action.type, Base::instance) ? class_of(action.type) : nullptr;
  if (cls == nullptr || find_method(*cls, "__call__") == nullptr)
    return refuse(node, "argparse.ArgumentError() of this");
  std::string fields;
  const std::string held = temp("a");
  for (const std::string_view field : {"option_strings", "metavar", "dest"}) {
    FieldInfo& info = add_field(*cls, field);
    fields += strf("{}, ", to_value({strf("{}.{}.get()", held, info.rust), info.type}).text);
  }
  use("convert");
  return {
      strf("{{ let {} = {}; argparse_custom::error(Some([{}]), {}) }}", held, own(action), fields, message),
      exception_};
}

/// The class's own error() is asked by the parser, and by those of its subcommands.
std::string Translator::parser_hook(ClassInfo& cls, const std::string& object) {
  if (cls.builtin_base != "ArgumentParser") return "";
  for (const std::string_view name : {"exit", "print_help", "print_usage", "format_help", "format_usage",
                                      "convert_arg_line_to_args", "_get_formatter", "_print_message"}) {
    if (find_method(cls, name) != nullptr)
      refuse(*cls.node, strf("class with its own ArgumentParser.{}", name));
  }
  FunctionInfo* method = find_method(cls, "error");
  if (method == nullptr || method->params.size() != 2) return "";
  method->called = true;
  types_.flow(text_, method->params[1].var->type);
  const ClassInfo& root = *cls.root;
  const std::string kind = root.family.size() == 1 ? "" : strf("kind: {}Kind::{}, ", root.rust, cls.rust);
  const std::string o = temp("o"), p = temp("p"), m = temp("m"), made = temp("new");
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string call = fallible(strf("{}.{}({})", o, method_rust(cls, "error"),
                                         coerce({m + ".clone()", text_}, method->params[1].var->type)),
                                    method->ret)
                               .text;
  error_frames_ = std::move(frames);
  return strf(
      "{{ let own = {}.clone(); own.held_.get().on_error(move |{}: &argparse::ArgumentParser, {}: &Str| -> "
      "Res<()> {{ let {} = if own.held_.get() == *{} {{ own.clone() }} else {{ let {} = {}(Rc::new({}Data {{ "
      "{}..Default::default() }})); {}.held_.set({}.clone()); {} }}; {}; Ok(()) }}); }} ",
      object, p, m, o, p, made, root.rust, root.rust, kind, made, p, made, call);
}

}  // namespace sov::transpiler
