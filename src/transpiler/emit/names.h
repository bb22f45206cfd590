#pragma once
// Walks a module once, before anything is inferred, and fills the tables of variables.

#include <functional>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

class NameCollector {
 public:
  explicit NameCollector(Translator& translator) : t_(translator) {}
  void run(ast::Module& module);

 private:
  /// One block on the way from a function's body to an occurrence.
  struct Step {
    const void* block = nullptr;
    int index = -1;  // of the statement; -1: bound by the statement that owns the block
    const Node* statement = nullptr;
    bool loop = false;
  };
  struct Reference {
    std::string_view name;
    FunctionInfo* function = nullptr;
    bool store = false, in_loop = false;
    int sequence = 0;
    std::vector<Step> path;
    bool callee = false;
  };
  struct Definition {
    std::vector<Step> path;
    int sequence = 0;
    FunctionInfo* within = nullptr;
    std::vector<std::set<std::string_view>> hidden;
  };

  void bind(std::string_view name);
  void bind_module(std::string_view name);
  void bindings(Nodes statements);
  void declarations(Node& node);
  void statement_bindings(Node& node);
  void comprehension_bindings(Node& node);
  void walk_block(Nodes statements, const Node* owner, bool loop);
  void walk_statement(Node& node);
  void bound_by_owner(Node* target, Nodes body, Node& owner, bool loop);
  /// The name is used only in bodies of `with` statements that bind it, so that each binding is a variable of
  /// its own.
  static bool only_in_with(Node& node, std::string_view name, bool inside);
  void walk_handler(ast::ExceptHandler& handler);
  void walk_pattern(Node& node);
  void walk(Node* node);
  void walk_comprehension(Nodes generators, std::vector<Node*> results);
  void enter(FunctionInfo& function, const std::function<void()>& body);
  void walk_function(ast::FunctionDef& def);
  void walk_defaults(ast::arguments& args);
  bool as_variable(std::string_view name) const;
  void attribute_stores(Node& node);
  void walk_lambda(ast::Lambda& lambda);
  void walk_class(ast::ClassDef& def);
  Var* own(std::string_view name);
  void occurrence(std::string_view name, bool store);
  void resolve(const Reference& reference);
  void touch(Var& var, const std::vector<Step>& path);
  void close_captures();
  static bool declares(const Node& statement, const Var& var);
  void place(Var& var, std::vector<Step> path);

  Translator& t_;
  FunctionInfo* function_ = nullptr;
  Nodes body_;  // of the function that is walked
  ClassInfo* class_ = nullptr;
  std::vector<Step> path_;
  std::vector<std::set<std::string_view>> hidden_;  // names bound by comprehensions and handlers around
  int loops_ = 0, sequence_ = 0;
  std::vector<Reference> references_;
  std::map<FunctionInfo*, Definition> defined_at_;
  std::map<Var*, std::vector<Step>> paths_;
  std::vector<Var*> touched_;  // those of paths_ in the order of the program, which the text follows
  std::map<Var*, int> first_store_, made_at_;
  std::map<std::pair<FunctionInfo*, std::string_view>, int> defs_;  // how many of a name a scope has
  std::set<std::string_view> attributed_;                           // names whose attributes are assigned
};

}  // namespace sov::transpiler
