#pragma once
// Which assignments of a name a use can see: one walk over a function's statements with the set of
// assignments that may be the last one. Loops are walked twice, which is enough: what reaches their head is
// what reached them from outside and what their body assigns.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "transpiler/ast.h"

namespace sov::transpiler {

/// A statement list around an occurrence and which statement of it.
struct PathStep {
  Node* const* block = nullptr;
  int index = 0;  // -1: bound by the loop whose body the block is
  Node* statement = nullptr;
  bool loop = false;
};

/// A name where it is read or assigned.
struct Occurrence {
  ast::Name* node = nullptr;
  int definition = -1;  // one that it can see, or is; -1 in code that is never reached
  bool live = false;
  std::vector<PathStep> path;
};

/// All of one name in one function.
struct NameUses {
  std::vector<int> definitions;
  std::vector<Occurrence> occurrences;
  bool blocked = false;
  bool parameter = false;  // the first definition
};

class Reaching {
 public:
  void parameter(std::string_view name);
  void block_name(std::string_view name) { names_[name].blocked = true; }
  void run(Nodes body);

  std::map<std::string_view, NameUses>& names() { return names_; }
  /// The assignments that share uses with this one, by one number.
  int web(int definition) const;
  /// Functions and classes within.
  const std::vector<Node*>& inner() const { return inner_; }

 private:
  /// A set of definitions.
  struct State {
    bool reached = false;
    std::vector<uint64_t> bits;
    bool has(int n) const;
    void put(int n, bool in);
    void join(const State& other);
  };
  struct Loop {
    State breaks, continues;
  };

  int add_definition(std::string_view name);
  void unite(int a, int b);
  void define(ast::Name& name);
  void use(ast::Name& name);
  Occurrence* noted(ast::Name& name);
  void bind(Node* target);
  void expression(Node* node);
  void lambda(ast::Lambda& node);
  void comprehension(Nodes generators, std::initializer_list<Node*> results);
  void block_all(Node& node);
  void block_free(Node& node, const std::set<std::string_view>& around);
  void block(Nodes statements, bool loop = false);
  void statement(Node& node);
  void assignment(Node& node);
  void loop(Node* test, Node* target, Nodes body, Nodes orelse);
  void attempt(ast::Try& node);
  void with(ast::With& node);
  void match(ast::Match& node);
  void pattern(Node& node);
  /// What is assigned while `body` runs.
  State assigned(const std::function<void()>& body);

  std::map<std::string_view, NameUses> names_;
  std::map<const ast::Name*, int> definition_of_;
  std::map<const ast::Name*, std::pair<std::string_view, size_t>> occurrence_of_;
  std::vector<int> parent_;
  std::multiset<std::string_view> hidden_;  // bound by comprehensions and handlers around
  State state_;
  std::vector<State*> tracking_;
  std::vector<Loop> loops_;
  std::vector<PathStep> path_;
  std::vector<Node*> inner_;
};

}  // namespace sov::transpiler
