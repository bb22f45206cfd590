// The tree as text. A node is its kind and, unless left out, "@line:column-line:column"; each field follows
// on its own line, two blanks deeper; items of a list begin with "- ". Values: text in quotes with everything
// but printable ASCII as \xNN of its UTF-8, integers in hexadecimal, floats as their 64 bits. Parts of
// f-strings have no places, because CPython 3.11 computes those in its own way.
#include <bit>

#include "core/stack.h"
#include "transpiler/ast.h"

namespace sov::transpiler {
namespace {

constexpr size_t kStackReserve = size_t{1} << 17;

bool has_place(Kind kind) {
  switch (kind) {
    case Kind::Module:
    case Kind::arguments:
    case Kind::comprehension:
    case Kind::withitem:
    case Kind::match_case:
      return false;
    default:
      return true;
  }
}

class Dumper {
 public:
  explicit Dumper(Positions positions) : positions_(positions) {}

  void node(Node& node, int indent) {
    if (stack_left() < kStackReserve) {
      too_deep_ = true;
      return;
    }
    out_ += name_of(node);
    if (positions_ == Positions::yes && has_place(node.kind) && inside_joined_ == 0) {
      const Place& p = node.place;
      out_ += strf(" @{}:{}-{}:{}", p.line, p.column, p.end_line, p.end_column);
    }
    out_ += '\n';
    inside_joined_ += node.kind == Kind::JoinedStr;
    dispatch(node, [&](auto& typed) {
      typed.visit([&](const char* name, auto& value) { field(name, value, indent); });
    });
    inside_joined_ -= node.kind == Kind::JoinedStr;
  }

  bool too_deep() const { return too_deep_; }
  std::string take() { return std::move(out_); }

 private:
  static std::string name_of(Node& node) {
    const auto async = [&](bool on) { return strf("{}{}", on ? "Async" : "", kind_name(node.kind)); };
    if (auto* f = try_as<ast::FunctionDef>(&node)) return async(f->is_async);
    if (auto* f = try_as<ast::For>(&node)) return async(f->is_async);
    if (auto* w = try_as<ast::With>(&node)) return async(w->is_async);
    if (node.kind == Kind::Arg) return "arg";  // a struct cannot have a member of its own name
    if (auto* t = try_as<ast::Try>(&node)) return t->is_star ? "TryStar" : "Try";
    return std::string(kind_name(node.kind));
  }

  void open(const char* name, int indent) {
    out_.append(static_cast<size_t>(indent) * 2 + 2, ' ');
    out_ += name;
    out_ += ": ";
  }
  void line(const char* name, int indent, std::string_view value) {
    open(name, indent);
    out_ += value;
    out_ += '\n';
  }

  template <typename T>
  void field(const char* name, T& value, int indent) {
    if constexpr (std::is_same_v<T, Node*>) {
      open(name, indent);
      if (value == nullptr)
        out_ += "None\n";
      else
        this->node(*value, indent + 1);
    } else if constexpr (std::is_same_v<T, Nodes>) {
      list(name, value, indent, [&](Node* item) {
        if (item == nullptr)
          out_ += "None\n";
        else
          this->node(*item, indent + 2);
      });
    } else if constexpr (std::is_same_v<T, std::span<std::string_view>>) {
      list(name, value, indent, [&](std::string_view item) { out_ += quoted(item) + "\n"; });
    } else if constexpr (std::is_same_v<T, std::span<Op>>) {
      list(name, value, indent, [&](Op item) { out_ += strf("{}\n", op_name(item)); });
    } else if constexpr (std::is_same_v<T, std::string_view>) {
      line(name, indent, value.empty() ? "None" : quoted(value));
    } else if constexpr (std::is_same_v<T, Op>) {
      line(name, indent, op_name(value));
    } else if constexpr (std::is_same_v<T, Ctx>) {
      line(name, indent, value == Ctx::Load ? "Load" : value == Ctx::Store ? "Store" : "Del");
    } else if constexpr (std::is_same_v<T, int>) {
      line(name, indent, strf("{}", value));
    } else if constexpr (std::is_same_v<T, ConstantValue>) {
      line(name, indent, constant(value));
    } else {
      static_assert(std::is_same_v<T, bool>);  // in the printed name
    }
  }

  template <typename Items, typename F>
  void list(const char* name, Items items, int indent, F&& item_out) {
    if (items.empty()) return line(name, indent, "[]");
    open(name, indent);
    out_.back() = '\n';
    for (auto& item : items) {
      out_.append(static_cast<size_t>(indent) * 2 + 4, ' ');
      out_ += "- ";
      item_out(item);
    }
  }

  static std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x20 || byte > 0x7E || c == '\'' || c == '\\')
        out += strf("\\x{:02x}", byte);
      else
        out += c;
    }
    return out + "'";
  }

  static std::string constant(const ConstantValue& value) {
    switch (value.kind) {
      case ConstantKind::none:
        return "None";
      case ConstantKind::boolean:
        return value.boolean ? "True" : "False";
      case ConstantKind::ellipsis:
        return "Ellipsis";
      case ConstantKind::text:
        return strf("{}{}", value.unicode_prefix ? "u" : "", quoted(value.text));
      case ConstantKind::bytes:
        return "b" + quoted(value.text);
      case ConstantKind::integer:
        return strf("0x{}", value.text);
      case ConstantKind::real:
        return strf("float:{:016x}", std::bit_cast<uint64_t>(value.real));
      case ConstantKind::imaginary:
        return strf("imag:{:016x}", std::bit_cast<uint64_t>(value.real));
    }
    return {};
  }

  Positions positions_;
  int inside_joined_ = 0;
  bool too_deep_ = false;
  std::string out_;
};

}  // namespace

Result<std::string> dump_ast(Node& root, Positions positions) {
  Dumper dumper(positions);
  dumper.node(root, 0);
  if (dumper.too_deep()) return fail(Code::exhausted, "the tree is nested too deeply to be printed");
  return dumper.take();
}

}  // namespace sov::transpiler
