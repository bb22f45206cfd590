#include "transpiler/types.h"

#include <algorithm>

namespace sov::transpiler {
namespace {

constexpr int kMaxDepth = 40;  // of nested types; deeper ones are recursive and become Values

bool is_class_like(Base base) { return base == Base::instance || base == Base::exception; }

/// Containers and functions: shared objects, whose inner cells are one.
bool shares_parts(Base base) {
  switch (base) {
    case Base::list:
    case Base::dict:
    case Base::set:
    case Base::frozenset:
    case Base::many:
    case Base::iterator:
    case Base::async_iterator:
    case Base::function:
    case Base::opaque:
      return true;
    default:
      return false;
  }
}

}  // namespace

TypeId Types::make(Base base, std::vector<TypeId> args, int32_t id) {
  const auto made = static_cast<TypeId>(cells_.size());
  cells_.push_back({.base = base, .id = id, .parent = made, .args = std::move(args)});
  return made;
}

TypeId Types::find(TypeId id) const {
  while (cells_[id].parent != id) id = cells_[id].parent;
  return id;
}

bool Types::take_changed() {
  const bool was = changed_;
  changed_ = false;
  return was;
}

void Types::set_base(TypeId id, Base base, std::vector<TypeId> args, int32_t cls) {
  if (frozen(id)) return;
  TypeCell& cell = cells_[find(id)];
  cell.base = base;
  cell.args = std::move(args);
  cell.id = cls;
  changed_ = true;
}

bool Types::occurs(TypeId inner, TypeId outer, int depth) const {
  if (find(inner) == find(outer)) return true;
  if (depth > kMaxDepth) return true;
  for (const TypeId arg : at(outer).args) {
    if (occurs(inner, arg, depth + 1)) return true;
  }
  return false;
}

bool Types::same(TypeId a, TypeId b, int depth) const {
  if (find(a) == find(b)) return true;
  const TypeCell &x = at(a), &y = at(b);
  if (x.base != y.base || x.args.size() != y.args.size()) return false;
  if (x.base == Base::instance && x.id != y.id && relations_.common_base(x.base, x.id, y.id) < 0)
    return false;
  if (x.base == Base::opaque && x.id != y.id) return false;
  if (depth > kMaxDepth) return false;
  for (size_t i = 0; i < x.args.size(); ++i) {
    if (!same(x.args[i], y.args[i], depth + 1)) return false;
  }
  return true;
}

void Types::open_up(TypeId id) {
  const TypeCell cell = at(id);
  if (depth_ > kMaxDepth) return;
  ++depth_;
  switch (cell.base) {
    case Base::list:
    case Base::dict:
    case Base::set:
    case Base::frozenset:
    case Base::many:
    case Base::iterator:
    case Base::async_iterator:
    case Base::function:
      for (const TypeId arg : cell.args) make_value(arg);
      break;
    case Base::tuple:
    case Base::coroutine:
    case Base::option:
      for (const TypeId arg : cell.args) open_up(arg);
      break;
    case Base::instance:
      relations_.boxed(cell.id);
      break;
    default:
      break;
  }
  --depth_;
}

void Types::make_value(TypeId id) {
  if (is(id, Base::value)) return;
  const TypeId old = make(at(id).base, at(id).args, at(id).id);
  set_base(id, Base::value, {}, 0);
  open_up(old);
}

void Types::make_unknown_values() {
  for (TypeId id = 0; id < cells_.size(); ++id) {
    if (cells_[id].parent == id && cells_[id].base == Base::unknown) cells_[id].base = Base::value;
  }
  changed_ = true;
}

bool Types::deeper_than(TypeId id, int levels) const {
  if (levels < 0) return true;
  return std::ranges::any_of(at(id).args, [&](TypeId arg) { return deeper_than(arg, levels - 1); });
}

void Types::cut_endless() {
  constexpr int kDeep = 12;  // nobody writes such a type
  constexpr Base kHolders[] = {Base::tuple, Base::many, Base::list, Base::dict, Base::set};
  for (TypeId id = 0; id < cells_.size(); ++id) {
    const TypeCell cell = at(id);
    if (find(id) != id || std::ranges::find(kHolders, cell.base) == std::end(kHolders)) continue;
    for (const TypeId arg : cell.args) {
      if (deeper_than(arg, kDeep)) make_value(arg);
    }
  }
}

/// An unknown cell takes the shape of another. Parts that convert one by one get cells of their own.
void Types::become(TypeId to, TypeId from) {
  const TypeCell source = at(from);
  if (source.base == Base::unknown) return;
  if (occurs(to, from, 0)) {
    make_value(to);
    return;
  }
  if (source.base == Base::tuple || source.base == Base::option || source.base == Base::coroutine) {
    std::vector<TypeId> parts;
    for (size_t i = 0; i < source.args.size(); ++i) parts.push_back(fresh());
    set_base(to, source.base, parts, source.id);
    for (size_t i = 0; i < parts.size(); ++i) flow(source.args[i], parts[i]);
    return;
  }
  set_base(to, source.base, source.args, source.id);
}

void Types::flow(TypeId from, TypeId to) {
  if (find(from) == find(to) || depth_ > kMaxDepth) return;
  ++depth_;
  join(from, to);
  --depth_;
}

void Types::join(TypeId from, TypeId to) {
  const TypeCell a = at(from), b = at(to);
  if (a.base == Base::unknown) return;
  if (a.base == Base::integer && (b.base == Base::integer || b.base == Base::unknown))
    flows_.emplace(from, to);
  if (b.base == Base::unknown) return become(to, from);
  if (a.base == Base::integer && b.base == Base::big) return;
  if (a.base == Base::big && b.base == Base::integer) return set_base(to, Base::big, {}, 0);
  if (b.base == Base::value) {
    // A def (id 1): only a Value has its name, defaults and keywords.
    if (a.base == Base::function && a.id != 0) return make_value(from);
    return open_up(from);
  }
  if (a.base == Base::value) return make_value(to);
  if (b.base == Base::option) {
    if (a.base == Base::none) return;
    return flow(a.base == Base::option ? a.args[0] : from, b.args[0]);
  }
  if (a.base == Base::none || a.base == Base::option) {
    if ((b.base == Base::none && a.base == Base::none) || frozen(to)) return;
    const TypeId inner = fresh();
    if (b.base != Base::none) become(inner, make(b.base, b.args, b.id));
    set_base(to, Base::option, {inner}, 0);
    if (a.base == Base::option) flow(a.args[0], inner);
    return;
  }
  if (b.base == Base::none) {
    if (frozen(to)) return;
    const TypeId inner = fresh();
    set_base(to, Base::option, {inner}, 0);
    return flow(from, inner);
  }
  if (a.base == b.base && is_class_like(a.base)) {
    if (a.id == b.id) return;
    const int32_t base = relations_.common_base(a.base, a.id, b.id);
    if (a.base == Base::instance && base < 0) {
      open_up(from);
      return make_value(to);
    }
    if (base != b.id) set_base(to, b.base, {}, base);
    return;
  }
  if (a.base == b.base && a.base == Base::opaque && a.id == b.id) {
    for (size_t i = 0; i < a.args.size() && i < b.args.size(); ++i) unify(a.args[i], b.args[i]);
    return;
  }
  if (a.base == Base::function && b.base == Base::function && a.id != 0 && b.id == 0)
    set_base(to, b.base, b.args, a.id);
  if (a.base == b.base && a.base != Base::opaque && a.args.size() == b.args.size()) {
    for (size_t i = 0; i < a.args.size(); ++i) {
      if (shares_parts(a.base))
        unify(a.args[i], b.args[i]);
      else
        flow(a.args[i], b.args[i]);
    }
    return;
  }
  const bool tuples =
      (a.base == Base::tuple || a.base == Base::many) && (b.base == Base::tuple || b.base == Base::many);
  if (tuples) {
    const TypeId item = b.base == Base::many ? b.args[0] : fresh();
    if (b.base != Base::many) set_base(to, Base::many, {item}, 0);
    for (const TypeId part : a.args) flow(part, item);
    if (b.base == Base::tuple)
      for (const TypeId part : b.args) flow(part, item);
    return;
  }
  open_up(from);
  make_value(to);
}

void Types::unify(TypeId a, TypeId b) {
  if (find(a) == find(b) || depth_ > kMaxDepth) return;
  ++depth_;
  flow(a, b);
  flow(b, a);
  const TypeId x = find(a), y = find(b);
  if (x != y && !frozen(x) && !frozen(y)) {
    if (!occurs(x, y, 0) && !occurs(y, x, 0)) {
      cells_[x].parent = y;
      changed_ = true;
    } else if (!is(x, Base::value) || !is(y, Base::value)) {
      make_value(x);
      make_value(y);
    }
  }
  --depth_;
}

}  // namespace sov::transpiler
