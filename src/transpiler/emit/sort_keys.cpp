// sorted() and the keys of sort, min and max.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// The same for functools.cmp_to_key(f): items that f orders.
std::string Translator::comparison_key(ast::Call& made, TypeId item, TypeId result) {
  const std::string f = callable_text(made.args[0], {item, item}, result);
  auto frames = std::move(error_frames_);
  error_frames_.clear();
  const std::string less =
      known(result) ? ordered(made, Op::Lt, {"c", result, Form::place}, {"0", integer_}) : "false";
  error_frames_ = std::move(frames);
  use("cmp_key");
  const std::string type = rust_type(item);
  return strf(
      "{{ let mut f = {}; let less = Rc::new(std::cell::RefCell::new(move |a: &{}, b: &{}| -> Res<bool> {{ "
      "let c = f(a.clone(), b.clone())?; Ok({}) }})); move |x: &{}| Ok(rt::cmp_key::Key::new(x.clone(), "
      "less.clone())) }}",
      f, type, type, less, type);
}

/// A closure |x: &T| for a sort key.
std::string Translator::key_function(Node* key, TypeId item, TypeId result) {
  auto* made = try_as<ast::Call>(key);
  if (made != nullptr && made->args.size() == 1 && module_path(*made->func) == "functools.cmp_to_key")
    return comparison_key(*made, item, result);
  std::string inner = callable_text(key, {item}, result);
  // The runtime lends the item; a key function of the program takes it.
  const std::string x = temp("k");
  constexpr std::string_view kHeld = "{ let ";
  const size_t begin = inner.starts_with(kHeld) ? inner.find("; move |") + 7 : 0;  // callable_text
  if (inner[begin] == '|') {
    const size_t colon = inner.find(": ", begin), bar = inner.find("| ->", begin);
    const std::string name = inner.substr(begin + 1, colon - begin - 1);
    const size_t body = inner.find('{', bar);
    return strf("{}|{}: &{}{} let {} = {}.clone(); {}", inner.substr(0, begin), x, rust_type(item),
                inner.substr(bar, body - bar + 1), name, x, inner.substr(body + 1));
  }
  return inner;
}

Code Translator::sorted_call(const Node& node, const Arguments& args) {
  if (args.positional.size() != 1) return refuse(node, "sorted()");
  const TypeId item = cell(node);
  const TypeId type = container(node, Base::list, {item});
  const std::string items = collected(args.positional[0], item);
  Node* key = args.keyword("key");
  Node* reverse = args.keyword("reverse");
  const std::string backwards = reverse == nullptr ? "false" : condition(*reverse);
  auto* none_key = try_as<ast::Constant>(key);
  if (!known(item)) {
    if (key != nullptr && none_key == nullptr) callable_text(key, {item}, cell(node, 1));
    return {"()", type};
  }
  if (key != nullptr && none_key == nullptr)
    return fallible(
        strf("glue::sorted_by({}, {}, {})", items, key_function(key, item, cell(node, 1)), backwards), type);
  return fallible(strf("glue::sorted({}, {})", items, backwards), type);
}

}  // namespace sov::transpiler
