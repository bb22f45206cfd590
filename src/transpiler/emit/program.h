#pragma once
// The program as the translator sees it: functions, classes, variables.

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "transpiler/ast.h"
#include "transpiler/types.h"

namespace sov::transpiler {

struct FunctionInfo;
struct ClassInfo;

struct Var {
  std::string_view name;
  std::string rust;
  TypeId type = 0;
  FunctionInfo* owner = nullptr;  // null: the module
  int assigns = 0;                // places that assign it
  int reads = 0;                  // places that read it
  int calls = 0;                  // of these, as what is called
  bool looped = false;            // assigned in a loop
  bool param = false;
  bool module_level = false;
  bool global = false;      // of the module, used in functions: a thread-local static
  bool constant = false;    // of the module, a literal that never changes: a const
  bool captured = false;    // used in a nested function
  bool late = false;        // assigned again by, or after the making of, a nested function
  bool shared = false;      // captured and late: lives in a glue::Shared
  bool reference = false;   // a Rust reference (self)
  bool loop_bound = false;  // a name of a comprehension or handler, bound by a pattern
  bool is_class = false, is_function = false, is_module = false;
  std::string written;                 // its Rust type, where that is none of Python's
  FunctionInfo* method = nullptr;      // of a class variable: the decorated method that it holds
  bool slot = false;                   // in an Option of its own, for types without a default
  const Node* declare_at = nullptr;    // the statement that makes it
  const Node* hoist_before = nullptr;  // the statement before which it is declared
  const Node* annotation = nullptr;
  Node* value = nullptr;               // of its assignment
  FunctionInfo* function = nullptr;    // the def that binds it
  FunctionInfo* stands_for = nullptr;  // the function that this name of the translator holds
  ClassInfo* cls = nullptr;
  std::string module;  // the imported module or "module.name"
};

enum class ParamKind { positional, star, keyword_only, double_star };

struct Param {
  Var* var = nullptr;
  Node* fallback = nullptr;
  ParamKind kind = ParamKind::positional;
  bool positional_only = false;
};

struct FunctionInfo {
  Node* node = nullptr;  // FunctionDef or Lambda
  std::string_view name;
  std::string rust;
  FunctionInfo* parent = nullptr;
  ClassInfo* cls = nullptr;
  std::vector<Param> params;  // self included
  std::map<std::string_view, Var*> locals;
  std::set<std::string_view> global_names, nonlocal_names;
  std::vector<Var*> captures;
  TypeId ret = 0;
  TypeId result = 0;  // of an async function: what its coroutine gives
  TypeId yields = 0;
  bool generator = false, is_async = false;
  bool is_static = false, is_classmethod = false, is_property = false, is_setter = false, is_abstract = false;
  bool called = false;
  bool raises = true;   // returns a Result
  bool raised = false;  // what the last pass found
  bool context_manager = false;
  bool cached = false;            // functools.cached_property
  bool as_variable = false;       // the def assigns a variable: decorated, defined twice, or with attributes
  bool not_implemented = false;   // may return NotImplemented
  std::vector<Node*> decorators;  // of the program, outermost first
  Node* wraps = nullptr;          // of functools.wraps(f)
  Node* memo = nullptr;           // functools.lru_cache or cache
  Var* memo_var = nullptr;        // of a nested one: where its results are
  bool in_variable = false;       // a method that a decorator replaced: the class variable has what it gave
  const Node* returns = nullptr;
  bool is_method() const { return cls != nullptr && !is_static && !is_classmethod; }
  Nodes body() const;
};

struct FieldInfo {
  std::string_view name;
  std::string rust;
  TypeId type = 0;
  ClassInfo* declared = nullptr;
};

struct DataField {
  std::string_view name;
  Node* annotation = nullptr;
  Node* fallback = nullptr;  // the default, or the factory
  bool factory = false, in_init = true, in_repr = true, in_compare = true, keyword_only = false;
  bool init_var = false;  // InitVar: a parameter that __post_init__ gets, and no field
  Var* class_var = nullptr;
};

struct EnumMember {
  std::string_view name;
  Node* value = nullptr;  // null: auto()
  int64_t automatic = 0;  // its number, where all are numbers that are written down
  bool alias = false;     // of a flag: a union of others, or another name
};

struct ClassInfo {
  ast::ClassDef* node = nullptr;
  int32_t number = 0;
  std::string_view name;
  std::string rust;  // for names of functions and kinds
  FunctionInfo* within = nullptr;
  std::vector<ClassInfo*> bases, mro, children;
  ClassInfo* root = nullptr;  // of the hierarchy: its Rust type
  std::string builtin_base;   // "Exception", "Enum", "IntEnum", "NamedTuple", ...
  std::map<std::string_view, FunctionInfo*> methods, setters;
  std::vector<FunctionInfo*> method_order;
  std::map<std::string_view, Var*> class_vars;
  std::vector<std::pair<Var*, Node*>> class_assigns;
  std::vector<DataField> data_fields;  // own, in order
  std::vector<EnumMember> members;
  TypeId enum_value = 0;
  bool dataclass = false, frozen = false, order = false, eq = true, repr = true;
  bool is_enum = false, int_enum = false, str_enum = false, str_texts = false, int_texts = false,
       flag_enum = false, is_exception = false, named_tuple = false, typed_dict = false;
  bool boxed = false, abstract = false, protocol = false, total_ordering = false, keyword_only = false;
  std::vector<Node*> decorators;                         // of the program, outermost first
  std::map<std::string_view, std::string_view> aliases;  // __radd__ = __add__
  // Of the root:
  std::vector<ClassInfo*> family;
  std::deque<FieldInfo> fields;  // references to fields stay good
  TypeId instance_type = 0;
};

}  // namespace sov::transpiler
