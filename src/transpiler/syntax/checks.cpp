#include "transpiler/syntax/checks.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/stack.h"

namespace sov::transpiler {
namespace {

constexpr std::string_view kFeatures[] = {
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};

class Checker {
 public:
  explicit Checker(const SourceText& source) : source_(source) {}

  void module(ast::Module& module) {
    bool begins = true;  // only a doc string and future imports came
    for (size_t i = 0; i < module.body.size(); ++i) {
      Node* node = module.body[i];
      auto* from = try_as<ast::ImportFrom>(node);
      const bool future = from != nullptr && from->level == 0 && from->module == "__future__";
      if (future && !begins)
        fail_at(*node, "from __future__ imports must occur at the beginning of the file");
      auto* expr = try_as<ast::Expr>(node);
      auto* text = expr != nullptr ? try_as<ast::Constant>(expr->value) : nullptr;
      const bool doc = i == 0 && text != nullptr && text->value.kind == ConstantKind::text;
      begins = begins && (future || doc);
      if (future) features(*from);
      walk(*node);
    }
  }

  std::optional<Error> error;

 private:
  struct Scope {
    bool function = false, is_async = false;
    int loops = 0;
    bool cls = false;
  };

  void fail_at(const Node& node, std::string_view message, std::string_view hint = {}) {
    if (!error) error = source_.error(Code::corrupt, node.place.line, node.place.column, message, hint);
  }

  void features(ast::ImportFrom& from) {
    for (Node* item : from.names) {
      const std::string_view name = as<ast::alias>(*item).name;
      if (name == "braces")
        fail_at(*item, "not a chance");
      else if (std::ranges::find(kFeatures, name) == std::end(kFeatures))
        fail_at(*item, strf("future feature {} is not defined", name));
    }
  }

  void parameters(Node& node) {
    auto& args = as<ast::arguments>(node);
    std::set<std::string_view> seen;
    const auto add = [&](Node* arg) {
      if (arg == nullptr) return;
      const std::string_view name = as<ast::Arg>(*arg).arg;
      if (!seen.insert(name).second)
        fail_at(*arg, strf("duplicate argument '{}' in function definition", name));
    };
    for (Node* arg : args.posonlyargs) add(arg);
    for (Node* arg : args.args) add(arg);
    add(args.vararg);
    for (Node* arg : args.kwonlyargs) add(arg);
    add(args.kwarg);
  }

  void in_scope(const Scope& scope, Nodes body) {
    const Scope outer = scope_;
    scope_ = scope;
    for (Node* node : body) walk(*node);
    scope_ = outer;
  }

  void walk(Node& node) {
    if (error) return;
    if (stack_left() < (size_t{1} << 17)) {
      error = source_.error(Code::exhausted, node.place.line, node.place.column, "nested too deeply");
      return;
    }
    switch (node.kind) {
      case Kind::FunctionDef: {
        auto& def = as<ast::FunctionDef>(node);
        parameters(*def.args);
        walk(*def.args);
        for (Node* decorator : def.decorator_list) walk(*decorator);
        return in_scope({.function = true, .is_async = def.is_async}, def.body);
      }
      case Kind::Lambda: {
        auto& lambda = as<ast::Lambda>(node);
        parameters(*lambda.args);
        walk(*lambda.args);
        return in_scope({.function = true}, {&lambda.body, 1});
      }
      case Kind::ClassDef:
        return in_scope({.cls = true}, as<ast::ClassDef>(node).body);
      case Kind::For:
      case Kind::While:
        return loop(node);
      case Kind::Break:
        if (scope_.loops == 0) fail_at(node, "'break' outside loop");
        return;
      case Kind::Continue:
        if (scope_.loops == 0) fail_at(node, "'continue' not properly in loop");
        return;
      case Kind::Return:
        if (!scope_.function) fail_at(node, "'return' outside function");
        break;
      case Kind::Yield:
      case Kind::YieldFrom:
        if (!scope_.function) fail_at(node, "'yield' outside function");
        if (node.kind == Kind::YieldFrom && scope_.is_async)
          fail_at(node, "'yield from' inside async function");
        break;
      case Kind::Await:
        if (!scope_.function) fail_at(node, "'await' outside function");
        break;
      case Kind::Nonlocal:
        if (!scope_.function && !scope_.cls)
          fail_at(node, "nonlocal declaration not allowed at module level");
        return;
      case Kind::ImportFrom:
        return import(as<ast::ImportFrom>(node));
      default:
        break;
    }
    for_children(node, [&](Node& child) { walk(child); });
  }

  void loop(Node& node) {
    auto* each = try_as<ast::For>(&node);
    auto* until = try_as<ast::While>(&node);
    if (each != nullptr)
      walk(*each->target), walk(*each->iter);
    else
      walk(*until->test);
    ++scope_.loops;
    for (Node* inside : each != nullptr ? each->body : until->body) walk(*inside);
    --scope_.loops;
    for (Node* inside : each != nullptr ? each->orelse : until->orelse) walk(*inside);
  }

  void import(ast::ImportFrom& from) {
    const bool star = !from.names.empty() && as<ast::alias>(*from.names[0]).name == "*";
    if (star && (scope_.function || scope_.cls)) fail_at(from, "import * only allowed at module level");
    if ((scope_.function || scope_.cls) && from.level == 0 && from.module == "__future__")
      fail_at(from, "from __future__ imports must occur at the beginning of the file");
  }

  const SourceText& source_;
  Scope scope_;
};

}  // namespace

Result<> check_placement(const Tree& tree) {
  Checker checker(tree.source());
  checker.module(*tree.module);
  if (checker.error) return fail(*checker.error);
  return {};
}

}  // namespace sov::transpiler
