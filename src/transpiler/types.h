#pragma once
// What is known of the values of a program: a store of type cells that flow into each other until nothing
// changes.
//
// A cell only ever grows: unknown -> a concrete type -> Option of it -> Value (anything, tagged at run time).
// The items of containers are cells of their own, and two containers that may be the same object share them,
// because a list of int that is also seen as a list of anything would have to change its representation in
// place.

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sov::transpiler {

using TypeId = uint32_t;

enum class Base : uint8_t {
  unknown,
  none,
  boolean,
  integer,  // of 64 bits
  big,      // an integer of any size
  real,
  text,
  bytes,
  list,       // args: item
  dict,       // args: key, value
  set,        // args: item
  frozenset,  // args: item
  tuple,      // args: one per position
  many,       // a tuple of any length; args: item
  range,
  iterator,        // args: item
  function,        // args: parameters, then the result
  instance,        // of a class of the program; id: its number
  exception,       // id: number of the class in the program, or -1 - index of a built-in one
  coroutine,       // args: what it gives
  async_iterator,  // args: item
  option,          // args: what it is when it is not None
  value,           // anything
  opaque,          // a type of the library; id: row of opaque.def
};

struct TypeCell {
  Base base = Base::unknown;
  int32_t id = 0;
  TypeId parent = 0;
  std::vector<TypeId> args;
};

/// What the store must know of classes.
class ClassRelations {
 public:
  virtual ~ClassRelations() = default;
  /// The class that both inherit from, or -1.
  virtual int32_t common_base(Base base, int32_t a, int32_t b) const = 0;
  /// An instance became part of a Value: its class is marked, and its fields become Values.
  virtual void boxed(int32_t cls) = 0;
};

inline bool is_number(Base base) {
  return base == Base::integer || base == Base::real || base == Base::boolean || base == Base::big;
}

class Types {
 public:
  explicit Types(ClassRelations& relations) : relations_(relations) {}

  TypeId fresh() { return make(Base::unknown); }
  TypeId make(Base base, std::vector<TypeId> args = {}, int32_t id = 0);

  TypeId find(TypeId id) const;
  const TypeCell& at(TypeId id) const { return cells_[find(id)]; }
  Base base(TypeId id) const { return at(id).base; }
  bool is(TypeId id, Base base) const { return at(id).base == base; }
  TypeId arg(TypeId id, size_t n) const { return at(id).args[n]; }

  /// A value of type `from` may be stored where `to` is.
  void flow(TypeId from, TypeId to);
  /// Both are the same from now on.
  void unify(TypeId a, TypeId b);
  /// The cell holds anything.
  void make_value(TypeId id);
  /// Whatever is still unknown becomes Value.
  void make_unknown_values();
  /// Types that hold their own kind without end (cell = (x, cell)) grow by a level each pass: below the first
  /// level they become Values.
  void cut_endless();
  /// What the containers inside hold becomes Value, because the whole is stored in a Value.
  void open_up(TypeId id);
  /// For a cell made for one class, before that was known.
  void set_class(TypeId id, int32_t cls) {
    if (cells_[find(id)].id == 0) cells_[find(id)].id = cls;
  }
  /// Equal as representations.
  bool same(TypeId a, TypeId b, int depth = 0) const;

  /// Cells that stand for one type everywhere: those made so far.
  void freeze() { frozen_ = cells_.size(); }
  bool frozen(TypeId id) const { return find(id) < frozen_; }

  /// How an operation on integers makes its result larger than its operands (growth.cpp).
  void operation(TypeId result, const std::vector<std::pair<TypeId, double>>& operands, bool sum);
  /// Integers that can leave 64 bits become big; whether there were any.
  bool find_growth();

  /// Whether anything changed since the last call.
  bool take_changed();
  size_t size() const { return cells_.size(); }

 private:
  void join(TypeId from, TypeId to);
  void become(TypeId to, TypeId from);
  bool deeper_than(TypeId id, int levels) const;
  bool occurs(TypeId inner, TypeId outer, int depth) const;
  void set_base(TypeId id, Base base, std::vector<TypeId> args, int32_t cls);

  ClassRelations& relations_;
  std::deque<TypeCell> cells_;  // references to cells stay good
  struct Operation {
    std::vector<std::pair<TypeId, double>> operands;
    bool sum = false;
  };
  std::map<TypeId, Operation> operations_;
  std::set<std::pair<TypeId, TypeId>> flows_;  // of integers
  size_t frozen_ = 0;
  bool changed_ = false;
  int depth_ = 0;
};

}  // namespace sov::transpiler
