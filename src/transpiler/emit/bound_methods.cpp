// A method of a built-in or library object that is not called: a closure that holds the object.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

struct Method {
  Base of;
  std::string_view name;
  std::string_view params;  // i: an item or key, n: an int, s: the same container
};
constexpr Method kMethods[] = {
    {Base::list, "append", "i"},       {Base::list, "remove", "i"},       {Base::list, "count", "i"},
    {Base::list, "index", "i"},        {Base::list, "extend", "s"},       {Base::list, "pop", ""},
    {Base::list, "clear", ""},         {Base::list, "reverse", ""},       {Base::list, "sort", ""},
    {Base::list, "copy", ""},          {Base::list, "insert", "ni"},      {Base::list, "__getitem__", "n"},
    {Base::dict, "get", "i"},          {Base::dict, "pop", "i"},          {Base::dict, "keys", ""},
    {Base::dict, "values", ""},        {Base::dict, "items", ""},         {Base::dict, "clear", ""},
    {Base::dict, "copy", ""},          {Base::dict, "update", "s"},       {Base::dict, "__getitem__", "i"},
    {Base::set, "add", "i"},           {Base::set, "discard", "i"},       {Base::set, "remove", "i"},
    {Base::set, "clear", ""},          {Base::set, "copy", ""},           {Base::set, "pop", ""},
    {Base::dict, "__contains__", "i"}, {Base::list, "__contains__", "i"}, {Base::set, "__contains__", "i"},
};

}  // namespace

/// The types of what a method takes; nothing where there is no such method.
std::optional<std::vector<TypeId>> Translator::method_params(const Node& node, const Code& object,
                                                             std::string_view attr) {
  const TypeCell shape = types_.at(object.type);
  std::vector<TypeId> out;
  if (shape.base != Base::opaque) {
    const auto* found =
        std::ranges::find_if(kMethods, [&](const Method& m) { return m.of == shape.base && m.name == attr; });
    if (found == std::end(kMethods)) return std::nullopt;
    for (const char kind : found->params)
      out.push_back(kind == 'i' ? shape.args[0] : kind == 'n' ? integer_ : object.type);
    return out;
  }
  const LibraryEntry& type = Library::built_in().type(shape.id);
  const LibraryEntry* method = Library::built_in().method(type.name, attr);
  if (method == nullptr) return std::nullopt;
  std::map<std::string, TypeId> bound;
  for (size_t i = 0; i < type.params.size() && i < shape.args.size(); ++i)
    bound[type.params[i].name] = shape.args[i];
  for (const SigParam& param : method->params) {
    if (param.double_star || param.star || param.type.name == "func") return std::nullopt;
    // What all may be left out of is called with one: counter.update(items).
    if (param.fallback &&
        (&param != &method->params[0] || param.type.name == "opt" || param.type.name == "int"))
      break;
    SigType wanted = param.type;
    if (wanted.name == "iter") wanted.name = "list";
    if (wanted.name == "lazy") wanted.name = "iterator";
    wanted.reference = false;
    out.push_back(signature_type(wanted, bound, node, strf("bound{}.0", out.size())));
  }
  return out;
}

std::optional<Code> Translator::bound_method(const Node& node, const Code& object, std::string_view attr) {
  if (base(object.type) == Base::text || base(object.type) == Base::bytes) {
    // Nothing can change the object: the run may find the method.
    use("value_items");
    use("value_call");
    return fallible(strf("value_items::getattr(&{}, \"{}\")", to_value(object).text, attr), value_);
  }
  auto parts = method_params(node, object, attr);
  if (!parts || parts->size() > 3) return std::nullopt;
  const std::string held = temp("o");
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  scopes_.push_back({.names = {}, .function = function_});
  static constexpr std::string_view kNames[] = {"\x01m0", "\x01m1", "\x01m2"};
  Arguments args;
  std::string params;
  for (size_t i = 0; i < parts->size(); ++i) {
    const std::string name = temp("a");
    params += strf("{}{}: {}", params.empty() ? "" : ", ", name, rust_type((*parts)[i]));
    args.positional.push_back(stand_in(node, kNames[i], name, (*parts)[i], 10 + i));
  }
  const Code made = call_method(node, {held, object.type, Form::place}, attr, args);
  scopes_.pop_back();
  const TypeId result = cell(node, 9);
  types_.flow(made.type, result);
  const std::string body = coerce(made, result);
  error_frames_ = std::move(frames);
  parts->push_back(result);
  const TypeId type = container(node, Base::function, *parts, 8),
               own_type = types_.make(Base::function, *parts);
  const Code closure{strf("{{ let {} = {}; Fun(Rc::new(move |{}| -> Res<{}> {{ Ok({}) }}) as Rc<{}>) }}",
                          held, own(object), params, rust_type(result), body, dyn_type(own_type)),
                     own_type};
  if (types_.is(type, Base::function)) return Code{closure.text, type};
  return to_value(closure);
}

}  // namespace sov::transpiler
