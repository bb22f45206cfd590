#include "transpiler/emit/property_calls.h"

#include <string_view>
#include <vector>

namespace sov::transpiler {
namespace {

class PropertyCalls {
 public:
  explicit PropertyCalls(Tree& tree) : tree_(tree) {}

  void run(Node& node, bool outermost) {
    if (auto* cls = try_as<ast::ClassDef>(&node)) expand(*cls, outermost);
    const bool module = node.kind == Kind::Module;
    for_children(node, [&](Node& child) { run(child, module); });
  }

 private:
  void expand(ast::ClassDef& cls, bool outermost) {
    std::vector<Node*> body;
    for (Node* statement : cls.body) {
      auto* assign = try_as<ast::Assign>(statement);
      auto* name =
          assign != nullptr && assign->targets.size() == 1 ? try_as<ast::Name>(assign->targets[0]) : nullptr;
      auto* call = name != nullptr ? try_as<ast::Call>(assign->value) : nullptr;
      if (call == nullptr || !is_property(*call)) {
        body.push_back(statement);
        continue;
      }
      place_ = statement->place;
      owner_ = outermost ? cls.name : std::string_view("self");
      methods(name->id, *call, body);
    }
    cls.body = tree_.copy(body);
  }

  /// property(..) of functions of the class, or a lambda first; what it says of `doc` shows nowhere.
  static bool is_property(const ast::Call& call) {
    auto* name = try_as<ast::Name>(call.func);
    if (name == nullptr || name->id != "property" || call.args.empty() || call.args.size() > 4) return false;
    for (Node* keyword : call.keywords) {
      const std::string_view word = as<ast::keyword>(*keyword).arg;
      if (word != "fset" && word != "fdel" && word != "doc") return false;
    }
    const Kind first = call.args[0]->kind;
    return first == Kind::Name || first == Kind::Lambda;
  }
  static Node* given(const ast::Call& call, size_t at, std::string_view word) {
    Node* found = at < call.args.size() ? call.args[at] : nullptr;
    for (Node* keyword : call.keywords)
      if (as<ast::keyword>(*keyword).arg == word) found = as<ast::keyword>(*keyword).value;
    return found != nullptr && found->kind == Kind::Name ? found : nullptr;
  }

  void methods(std::string_view property, const ast::Call& call, std::vector<Node*>& out) {
    auto* lambda = try_as<ast::Lambda>(call.args[0]);
    Node* get = lambda != nullptr ? lambda->body : called(call.args[0], false);
    Node* args = lambda != nullptr ? lambda->args : parameters(false);
    out.push_back(method(property, args, statement<ast::Return>(get), load("property")));
    for (const auto& [at, word, decorator] : {Way{1, "fset", "setter"}, Way{2, "fdel", "deleter"}}) {
      Node* function = given(call, at, word);
      if (function == nullptr) continue;
      const bool sets = at == 1;
      auto* attribute = make<ast::Attribute>();
      attribute->value = load(property);
      attribute->attr = decorator;
      out.push_back(
          method(property, parameters(sets), statement<ast::Expr>(called(function, sets)), attribute));
    }
  }
  struct Way {
    size_t at;
    std::string_view word, decorator;
  };

  // --- Nodes ---

  template <typename T>
  T* make() {
    return tree_.make<T>(place_);
  }
  Node* load(std::string_view name) {
    auto* node = make<ast::Name>();
    node->id = name;
    node->ctx = Ctx::Load;
    return node;
  }
  template <typename T>
  Node* statement(Node* value) {
    auto* node = make<T>();
    node->value = value;
    return node;
  }
  /// Cls.function(self), or with a value.
  Node* called(Node* function, bool sets) {
    auto* attribute = make<ast::Attribute>();
    attribute->value = load(owner_);
    attribute->attr = as<ast::Name>(*function).id;
    attribute->ctx = Ctx::Load;
    auto* call = make<ast::Call>();
    call->func = attribute;
    std::vector<Node*> args;
    if (owner_ != "self") args.push_back(load("self"));
    if (sets) args.push_back(load("value"));
    call->args = tree_.copy(args);
    return call;
  }
  Node* parameters(bool sets) {
    std::vector<Node*> all;
    for (const std::string_view name : {std::string_view("self"), std::string_view("value")}) {
      if (name == "value" && !sets) continue;
      auto* arg = make<ast::Arg>();
      arg->arg = name;
      all.push_back(arg);
    }
    auto* node = make<ast::arguments>();
    node->args = tree_.copy(all);
    return node;
  }
  Node* method(std::string_view name, Node* args, Node* body, Node* decorator) {
    auto* def = make<ast::FunctionDef>();
    def->name = name;
    def->args = args;
    def->body = tree_.copy(std::vector<Node*>{body});
    def->decorator_list = tree_.copy(std::vector<Node*>{decorator});
    return def;
  }

  Tree& tree_;
  Place place_;
  std::string_view owner_;
};

}  // namespace

void expand_property_calls(Tree& tree) { PropertyCalls(tree).run(*tree.module, true); }

}  // namespace sov::transpiler
