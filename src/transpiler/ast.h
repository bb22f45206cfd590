#pragma once
// The abstract syntax tree: plain structs made from node.def, allocated in one arena that the Tree owns.

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transpiler/source.h"

namespace sov::transpiler {

enum class Kind : uint8_t {
#define NODE(name, group) name,
#include "transpiler/node.def"
#undef NODE
};

enum class Op : uint8_t {
#define OPERATOR(name, written) name,
#include "transpiler/operators.def"
#undef OPERATOR
};

enum class Ctx : uint8_t { Load, Store, Del };

enum class ConstantKind : uint8_t { none, boolean, ellipsis, text, bytes, integer, real, imaginary };

/// A literal's value. `text`: the characters of a str (UTF-8, lone surrogates as three bytes), the bytes of a
/// bytes object, or the lower-case hexadecimal digits of an integer without leading zeros.
struct ConstantValue {
  ConstantKind kind = ConstantKind::none;
  bool boolean = false;
  bool unicode_prefix = false;  // u"..."
  std::string_view text;
  double real = 0;  // also the imaginary part
};

/// A node's place: lines from 1, columns in bytes of UTF-8 from 0, as CPython counts them.
struct Place {
  uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

struct Node {
  explicit Node(Kind k) : kind(k) {}
  Kind kind;
  uint32_t number = 0;  // dense, from 0: tables of facts about nodes are vectors
  Place place;
};
using Nodes = std::span<Node*>;

/// Field kinds of node.def as C++ types.
namespace field {
using node = Node*;
using nodes = Nodes;
using text = std::string_view;
using texts = std::span<std::string_view>;
using op = Op;
using ops = std::span<Op>;
using ctx = Ctx;
using number = int;
using flag = bool;
using constant = ConstantValue;
}  // namespace field

/// One struct per row: typed fields, and visit(f), which calls f("name", field) in the table's order.
namespace ast {
#define DECLARE_FIELD(type, name) field::type name{};
#define VISIT_FIELD(type, name) f(#name, name);
#define NODE(name, group)                              \
  struct name : Node {                                 \
    static constexpr Kind kKind = Kind::name;          \
    name() : Node(kKind) {}                            \
    FIELDS_##name(DECLARE_FIELD) template <typename F> \
    void visit([[maybe_unused]] F&& f) {               \
      FIELDS_##name(VISIT_FIELD)                       \
    }                                                  \
  };
#include "transpiler/node.def"
#undef NODE
#undef DECLARE_FIELD
#undef VISIT_FIELD
}  // namespace ast

/// The node as its struct; the kind must match (CHECKed in dev builds).
template <typename T>
T& as(Node& node) {
  DCHECK(node.kind == T::kKind);
  return static_cast<T&>(node);
}
template <typename T>
T* try_as(Node* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}

/// The characters of a str literal, or nothing.
std::string_view text_literal(const Node* node);

std::string_view kind_name(Kind kind);
std::string_view op_name(Op op);    // "Add"
std::string_view op_symbol(Op op);  // "+"

/// Calls f(typed node) for whatever kind `node` is.
template <typename F>
void dispatch(Node& node, F&& f) {
  switch (node.kind) {
#define NODE(name, group)             \
  case Kind::name:                    \
    f(static_cast<ast::name&>(node)); \
    break;
#include "transpiler/node.def"
#undef NODE
  }
}

/// Calls f(slot), a reference to each place of the node that holds a child, in the table's order: the child
/// may be exchanged.
template <typename F>
void for_slots(Node& node, F&& f) {
  struct Walk {
    F& call;
    void operator()(const char*, Node*& child) {
      if (child != nullptr) call(child);
    }
    void operator()(const char*, Nodes children) {
      for (Node*& child : children)
        if (child != nullptr) call(child);
    }
    void operator()(const char*, std::string_view) {}
    void operator()(const char*, std::span<std::string_view>) {}
    void operator()(const char*, Op) {}
    void operator()(const char*, std::span<Op>) {}
    void operator()(const char*, Ctx) {}
    void operator()(const char*, int) {}
    void operator()(const char*, bool) {}
    void operator()(const char*, const ConstantValue&) {}
  };
  dispatch(node, [&](auto& typed) { typed.visit(Walk{f}); });
}

/// Calls f(child) for each child that is there, in the table's order.
template <typename F>
void for_children(Node& node, F&& f) {
  for_slots(node, [&](Node* child) { f(*child); });
}

/// A parsed file. Nodes live as long as the Tree; moving it does not move them.
class Tree {
 public:
  explicit Tree(SourceText source) : source_(std::make_unique<SourceText>(std::move(source))) {}

  template <typename T>
  T* make(const Place& place) {
    T* node = new (memory_->allocate(sizeof(T), alignof(T))) T();
    node->place = place;
    node->number = node_count_++;
    return node;
  }
  template <typename T>
  std::span<T> copy(const std::vector<T>& items) {
    if (items.empty()) return {};
    T* out = static_cast<T*>(memory_->allocate(items.size() * sizeof(T), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), out);
    return {out, items.size()};
  }
  std::string_view keep(std::string_view text);
  /// Takes over another file's statements, which then are at `place` of this one.
  Nodes adopt(Tree other, const Place& place);

  const SourceText& source() const { return *source_; }
  uint32_t node_count() const { return node_count_; }
  ast::Module* module = nullptr;

 private:
  uint32_t node_count_ = 0;
  std::unique_ptr<SourceText> source_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
      std::make_unique<std::pmr::monotonic_buffer_resource>(size_t{1} << 16);
  std::vector<Tree> adopted_;
};

enum class Positions { no, yes };
/// The tree as text, one node a line; `ast_dump.cpp` describes the format. Errors: exhausted when it is
/// nested deeper than the stack allows.
Result<std::string> dump_ast(Node& root, Positions positions);

}  // namespace sov::transpiler
