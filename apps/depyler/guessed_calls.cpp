// Calls of annotated functions with random arguments, and the file that makes them.
#include <algorithm>
#include <array>

#include "apps/depyler/guessed_inputs.h"
#include "core/format.h"

namespace sov::depyler {
namespace {

using namespace transpiler;

constexpr size_t kMaxDepth = 4;

std::string name_of(Node* node) {
  if (auto* name = try_as<ast::Name>(node)) return std::string(name->id);
  if (auto* attribute = try_as<ast::Attribute>(node)) return std::string(attribute->attr);
  auto* constant = try_as<ast::Constant>(node);
  return constant != nullptr && constant->value.kind == ConstantKind::none ? "None" : "";
}

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return text;
}

template <size_t N>
std::string pick(const std::array<std::string_view, N>& items, Rng& rng) {
  return std::string(items[rng.below(N)]);
}

std::string scalar(const std::string& type, Rng& rng) {
  if (type == "int") {
    constexpr std::array<std::string_view, 9> kInts{"0", "1", "-1", "2", "3", "7", "10", "-5", "100"};
    return rng.below(3) == 0 ? strf("{}", static_cast<int64_t>(rng.below(201)) - 100) : pick(kInts, rng);
  }
  if (type == "float") {
    constexpr std::array<std::string_view, 7> kReals{"0.0", "1.0", "-1.5", "0.1", "2.75", "100.0", "-0.001"};
    return pick(kReals, rng);
  }
  if (type == "str") {
    constexpr std::array<std::string_view, 9> kTexts{"''",      "'a'",   "'abc'", "'Hello World'", "'12'",
                                                     "'a,b,c'", "' x '", "'äöü'", "'racecar'"};
    return pick(kTexts, rng);
  }
  if (type == "bool") return rng.below(2) == 0 ? "True" : "False";
  return type == "None" ? "None" : "";
}

/// A Python expression of the annotated type, or "" where the type is none of ours.
std::string value_of(Node* annotation, Rng& rng, size_t depth);

std::string items_of(Node* annotation, Rng& rng, size_t depth, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) {
    const std::string item = value_of(annotation, rng, depth + 1);
    if (item.empty()) return "";
    out += strf("{}{}", out.empty() ? "" : ", ", item);
  }
  return out;
}

std::string subscript_value(ast::Subscript& node, Rng& rng, size_t depth) {
  const std::string type = lowered(name_of(node.value));
  auto* tuple = try_as<ast::Tuple>(node.slice);
  const size_t count = 1 + rng.below(5);
  if (type == "optional") return rng.below(4) == 0 ? "None" : value_of(node.slice, rng, depth + 1);
  if (type == "union" && tuple != nullptr)
    return value_of(tuple->elts[rng.below(tuple->elts.size())], rng, depth + 1);
  if (type == "list" || type == "sequence" || type == "iterable") {
    const std::string items = items_of(node.slice, rng, depth, count);
    return items.empty() ? "" : strf("[{}]", items);
  }
  if (type == "set") {
    const std::string items = items_of(node.slice, rng, depth, count);
    return items.empty() ? "" : strf("{{{}}}", items);
  }
  if (tuple == nullptr) return "";
  if (type == "dict") {
    std::string out;
    for (size_t i = 0; i < count; ++i) {
      const std::string key = value_of(tuple->elts[0], rng, depth + 1);
      const std::string value = value_of(tuple->elts[1], rng, depth + 1);
      if (key.empty() || value.empty()) return "";
      out += strf("{}{}: {}", out.empty() ? "" : ", ", key, value);
    }
    return strf("{{{}}}", out);
  }
  if (type != "tuple") return "";
  const bool any_length = tuple->elts.size() == 2 && name_of(tuple->elts[1]).empty() &&
                          tuple->elts[1]->kind == Kind::Constant;  // tuple[int, ...]
  if (any_length) {
    const std::string items = items_of(tuple->elts[0], rng, depth, count);
    return items.empty() ? "" : strf("({},)", items);
  }
  std::string out;
  for (Node* part : tuple->elts) {
    const std::string item = value_of(part, rng, depth + 1);
    if (item.empty()) return "";
    out += item + ", ";
  }
  return strf("({})", out);
}

std::string value_of(Node* annotation, Rng& rng, size_t depth) {
  if (depth > kMaxDepth || annotation == nullptr) return "";
  if (auto* either = try_as<ast::BinOp>(annotation); either != nullptr && either->op == Op::BitOr)
    return value_of(rng.below(2) == 0 ? either->left : either->right, rng, depth + 1);
  if (auto* subscript = try_as<ast::Subscript>(annotation)) return subscript_value(*subscript, rng, depth);
  return scalar(name_of(annotation), rng);
}

/// Lines of statements that a driver must not run.
bool is_main_part(Node& node) {
  auto* branch = try_as<ast::If>(&node);
  auto* test = branch == nullptr ? nullptr : try_as<ast::Compare>(branch->test);
  return test != nullptr && name_of(test->left) == "__name__";
}

}  // namespace

std::optional<std::string> reason_not_to_call(Tree& tree) {
  constexpr std::array<std::string_view, 10> kOutside{"os",       "shutil", "subprocess", "pathlib", "socket",
                                                      "tempfile", "signal", "sqlite3",    "urllib",  "http"};
  std::optional<std::string> found;
  const auto check = [&](std::string_view module) {
    const std::string_view root = module.substr(0, module.find('.'));
    if (std::ranges::find(kOutside, root) != kOutside.end()) found = std::string(root);
  };
  const auto walk = [&](auto& self, Node& node) -> void {
    if (auto* from = try_as<ast::ImportFrom>(&node)) check(from->module);
    if (auto* plain = try_as<ast::Import>(&node)) {
      for (Node* one : plain->names) check(as<ast::alias>(*one).name);
    }
    if (auto* call = try_as<ast::Call>(&node)) {
      const std::string name = name_of(call->func);
      if (name == "open" || name == "input" || name == "eval" || name == "exec") found = name + "()";
    }
    for_children(node, [&](Node& child) { self(self, child); });
  };
  walk(walk, *tree.module);
  return found;
}

std::vector<CalledFunction> guessed_calls(Tree& tree, size_t count, Rng& rng) {
  std::vector<CalledFunction> out;
  for (Node* node : tree.module->body) {
    auto* def = try_as<ast::FunctionDef>(node);
    if (def == nullptr || def->is_async || !def->decorator_list.empty() || def->name == "main") continue;
    auto& args = as<ast::arguments>(*def->args);
    if (args.vararg != nullptr || args.kwarg != nullptr || !args.kwonlyargs.empty()) continue;
    std::vector<Node*> params(args.posonlyargs.begin(), args.posonlyargs.end());
    params.insert(params.end(), args.args.begin(), args.args.end());
    if (params.empty()) continue;
    CalledFunction made{.name = std::string(def->name), .calls = {}};
    for (size_t i = 0; i < count; ++i) {
      std::string list;
      bool whole = true;
      for (Node* param : params) {
        const std::string value = value_of(as<ast::Arg>(*param).annotation, rng, 0);
        whole = whole && !value.empty();
        list += strf("{}{}", list.empty() ? "" : ", ", value);
      }
      if (!whole) break;
      made.calls.push_back(strf("{}({})", def->name, list));
    }
    if (made.calls.size() == count) out.push_back(std::move(made));
  }
  return out;
}

std::string driver_text(Tree& tree, const std::vector<CalledFunction>& functions) {
  std::vector<bool> dropped(tree.source().line_count() + 2, false);
  for (Node* node : tree.module->body) {
    const bool calls = node->kind == Kind::Expr && as<ast::Expr>(*node).value->kind == Kind::Call;
    if (!is_main_part(*node) && !calls) continue;
    for (uint32_t line = node->place.line; line <= node->place.end_line; ++line) dropped[line] = true;
  }
  std::string out;
  for (uint32_t line = 1; line <= tree.source().line_count(); ++line) {
    if (!dropped[line]) out += std::string(tree.source().line(line));
    out += '\n';
  }
  size_t number = 0;
  for (const CalledFunction& function : functions) {
    for (const std::string& call : function.calls) {
      out +=
          strf("\n\ndef depyler_call_{}():\n    try:\n        print({}, repr({}))\n", number, number, call);
      out += strf("    except Exception as e:\n        print({}, type(e).__name__, e)\n", number);
      ++number;
    }
  }
  out += "\n\nif __name__ == \"__main__\":\n";
  for (size_t i = 0; i < number; ++i) out += strf("    depyler_call_{}()\n", i);
  return out;
}

}  // namespace sov::depyler
