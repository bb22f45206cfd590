// f(*pair) of what is not the program's own: a call with the tuple's items.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// The call with the items of the starred tuple in its place. Of what is no tuple, and may have any length,
/// `wanted` items are taken (0: nothing is known), and it is an error where it has others.
std::optional<Code> Translator::spread_call(const Node& node, const Arguments& args,
                                            const std::function<Code(const Arguments&)>& call,
                                            size_t wanted) {
  static constexpr std::string_view kNames[] = {"\x01t0", "\x01t1", "\x01t2", "\x01t3",
                                                "\x01t4", "\x01t5", "\x01t6", "\x01t7"};
  constexpr size_t kFirstSlot = 40;
  if (args.stars.size() != 1) return std::nullopt;
  const auto [before, star] = args.stars[0];
  const Code whole = need(expr(star));
  if (!known(whole.type)) {
    for (Node* arg : args.positional) expr(arg);
    return Code{"()", types_.fresh()};
  }
  std::vector<TypeId> items = types_.at(whole.type).args;
  std::string tuple = own(whole);
  if (base(whole.type) != Base::tuple) {
    if (wanted == 0) return std::nullopt;
    const Iteration it = iterate_code(node, whole);
    if (!known(it.item)) return Code{"()", types_.fresh()};
    items.assign(wanted, it.item);
    tuple = attempt(strf("glue::unpack::<{}, _>({})", wanted, collected_iteration(it, it.item)));
  }
  if (items.size() > std::size(kNames)) return std::nullopt;
  for (size_t i = 0; i < before; ++i)  // they are evaluated first
    if (calls(*args.positional[i]) && !is_inert(whole.text)) return std::nullopt;
  const std::string held = temp("t");
  Arguments rest = args;
  rest.star = nullptr;
  rest.stars.clear();
  scopes_.push_back({.names = {}, .function = function_});
  for (size_t i = 0; i < items.size(); ++i)
    rest.positional.insert(rest.positional.begin() + static_cast<ptrdiff_t>(before + i),
                           stand_in(node, kNames[i],
                                    wanted > 0 && base(whole.type) != Base::tuple ? strf("{}[{}]", held, i)
                                                                                  : strf("{}.{}", held, i),
                                    items[i], kFirstSlot + i));
  const Code made = call(rest);
  scopes_.pop_back();
  return Code{strf("{{ let {} = {}; {} }}", held, tuple, made.text), made.type};
}

}  // namespace sov::transpiler
