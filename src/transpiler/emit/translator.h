#pragma once
// Inference and emission in one walk. Each rule for a construct says at once how types flow and what Rust is
// written; the walk is repeated, its text thrown away, until no type changes, and the text of the last one is
// the program.

#include <functional>
#include <optional>

#include "transpiler/emit/library.h"
#include "transpiler/emit/program.h"
#include "transpiler/emit/reach.h"
#include "transpiler/emit/temporaries.h"
#include "transpiler/transpile.h"

namespace sov::transpiler {

/// A Rust expression.
enum class Form : uint8_t {
  owned,      // a value nobody else has
  place,      // something that stays where it is: cloned to be owned
  reference,  // already a reference
};
struct Code {
  std::string text;
  TypeId type = 0;
  Form form = Form::owned;
  bool atomic = true;  // needs no parentheses as an operand
  bool diverges = false;
  FunctionInfo* named = nullptr;  // the function of the program that this is, with its object
  std::string self_text = {};
  const ClassInfo* self_class = nullptr;
  std::string character = {};  // of one character of a text: the same as a Rust char
  std::string float_sum = {};  // of sum() of floats: the same as an Option<f64>, None where nothing was added
};

/// The text of a list that a comprehension makes, taken apart.
struct Built {
  std::string name, type, loops;  // of the vector; what fills it
  static Built of(const std::string& text);
  explicit operator bool() const { return !name.empty(); }
  std::string vec() const {
    return strf("{{ let mut {}: Vec<{}> = Vec::new(); {} {} }}", name, type, loops, name);
  }
  /// Each item is put into a variable of `into` by `step` (a format of the item) instead of into the vector.
  std::string folded(std::string_view into, std::string_view first, const std::string& step,
                     const std::string& result) const;
};

/// The Vec of a list that the expression makes, so that nobody else holds it; empty where it may be held.
std::string fresh_items(const std::string& list);

/// The Vec that an iterator is made of, where the expression is one of a Vec; else empty.
std::string eager_items(std::string_view iterator);

/// The text that a computed name begins with (global_names.cpp).
std::string_view name_begins_with(Node& name);

/// What `for` and comprehensions loop over: a Rust iterator.
struct Iteration {
  std::string text;
  TypeId item = 0;
  bool fallible = false;  // items are Results
};

class Translator : public ClassRelations {
 public:
  Translator(Tree& tree, const TranspileOptions& options);
  Result<Translation> run();

  int32_t common_base(Base base, int32_t a, int32_t b) const override;
  void boxed(int32_t cls) override;

 private:
  // Setting up (names.cpp, setup.cpp).
  void collect();
  void collect_module();
  FunctionInfo* add_function(Node& node, FunctionInfo* parent, ClassInfo* cls);
  ClassInfo* add_class(ast::ClassDef& node, FunctionInfo* within);
  void add_params(FunctionInfo& function, ast::arguments& args);
  void class_body(ClassInfo& cls);
  void class_assignment(ClassInfo& cls, Node& statement);
  void read_decorators(FunctionInfo& function, Nodes decorators);
  void class_decorators(ClassInfo& cls);
  void link_classes();
  void link_methods(ClassInfo& cls);
  DataField data_field(ast::AnnAssign& node);
  Var* add_var(FunctionInfo* owner, std::string_view name);
  Var* module_var(std::string_view name);
  std::string rust_name(std::string_view name, bool type_like = false) const;

  friend class NameCollector;

  // Refusals.
  /// An expression that only raises: what Python does with None where a value is needed.
  Code raising(std::string_view exception, const std::string& message);
  Code refuse(const Node& node, std::string construct, std::string_view message = {},
              std::string_view hint = {});

  // Types (typing.cpp).
  TypeId cell(const Node& node, int slot = 0);
  TypeId container(const Node& node, Base base, std::vector<TypeId> args, int slot = 7);
  std::string rust_type(TypeId type, int depth = 0);
  bool is_copy(TypeId type, int depth = 0) const;
  bool has_default(TypeId type, int depth = 0) const;
  std::string default_value(TypeId type);
  TypeId annotation_type(const Node* annotation, const Node& at);
  TypeId named_annotation(std::string_view name, const Node& at);
  TypeId subscript_annotation(const ast::Subscript& node, const Node& at);
  void apply_annotations();
  std::string type_text(TypeId type, int depth = 0) const;  // as Python writes it, for messages
  bool known(TypeId type) const { return types_.base(type) != Base::unknown; }
  Base base(TypeId type) const { return types_.base(type); }
  TypeId plain(TypeId type) const;  // without Option
  ClassInfo* class_of(TypeId type) const;

  // Codes (codes.cpp).
  std::string own(const Code& code);
  std::string ref(const Code& code);
  std::string key_ref(const Code& index, TypeId key);
  bool looked_up_as_value(const Code& index, TypeId key) const;
  bool may_refuse_hash(TypeId type, int depth = 0) const;
  bool refuses_hash(const ClassInfo& cls, int depth) const;
  std::string as_key(const std::string& key, TypeId type);
  void hash_check(ClassInfo& root);
  std::string as_keys(const std::string& vec, TypeId item);
  std::string operand(const Code& code) const;
  std::string coerce(const Code& code, TypeId to);
  std::string ref_as(const Code& code, TypeId to);
  static bool is_loose(std::string_view text);
  bool holds_functions(TypeId tuple);
  std::string tuple_value(const Code& code);
  std::string convert_tuple(const Code& code, TypeId to);
  std::string convert_option(const Code& code, TypeId to);
  std::string convert_function(const Code& code, TypeId to);
  Code need(const Code& code, std::string_view what = {});  // without Option: None raises
  std::string truth(const Code& code);
  std::string condition(Node& test);
  std::string attempt(const std::string& text);  // unwraps a Result
  Code fallible(const std::string& text, TypeId type) { return {attempt(text), type}; }
  Code to_value(const Code& code);
  std::string as_float(const Code& code);
  std::string as_int(const Code& code);
  Code text_constant(std::string_view text);
  Code character_at(const Code& text, const std::string& index);
  std::string temp(std::string_view stem);
  std::string extended(const std::string& list, const std::string& more);
  std::string str_of(const Code& code);  // Rust expression of type Str: str(x)
  void use(std::string_view runtime_module) { used_.insert(std::string(runtime_module)); }

  /// The arguments of a call by kind.
  struct Arguments {
    std::vector<Node*> positional;
    std::vector<std::pair<std::string_view, Node*>> keywords;
    Node* star = nullptr;
    std::vector<std::pair<size_t, Node*>> stars;  // and before which positional argument
    Node* double_star = nullptr;
    Node* keyword(std::string_view name) const;
  };

  // Expressions.
  Code expr(Node* node);
  Code expr_kind(Node& node);
  Code constant(ast::Constant& node);
  Code name(ast::Name& node);
  Code read_var(Var& var, const Node& node);
  Code bool_op(ast::BoolOp& node);
  Code bin_op(ast::BinOp& node);
  Code view_as_set(Node* node, const Code& code);
  std::optional<Code> viewed_dict(Node* node, std::string_view view = {});
  std::optional<Code> long_int(Node* node);
  bool only_reduced(const Var& var) const;
  Code binary(const Node& node, Op op, const Code& left, const Code& right);
  Code int_binary(const Node& node, Op op, const Code& left, const Code& right);
  Code float_binary(Op op, const Code& left, const Code& right);
  Code sequence_binary(const Node& node, Op op, const Code& left, const Code& right);
  Code instance_binary(const Node& node, Op op, const Code& left, const Code& right);
  std::optional<Code> sum_binary(const Node& node, Op op, const Code& left, const Code& right);
  Code value_binary(Op op, const Code& left, const Code& right);
  Code value_change(Op op, const Code& left, const Code& right);
  Code library_binary(const Node& node, Op op, const Code& left, const Code& right);
  TypeId library_type(const Node& node, const std::string& name);
  bool is_library_type(TypeId type, std::string_view name) const;
  std::string library_number(const Code& code, TypeId to);
  std::optional<std::pair<Code, Code>> same_numbers(const Code& left, const Code& right);
  Code percent_format(const Node& node, const Code& left, const Code& right, Node* right_node);
  Code unary_op(ast::UnaryOp& node);
  Code compare(ast::Compare& node);
  std::string compare_two(const Node& node, Op op, const Code& left, const Code& right, Node* right_node);
  std::string equal(const Node& node, const Code& left, const Code& right);
  std::string ordered(const Node& node, Op op, const Code& left, const Code& right);
  std::string constant_pattern(const Nodes& elts, const std::vector<Code>& items, const Code& x);
  std::string mixed_order(Op op, const Code& left, const Code& right);
  std::string texts_ordered(Op op, const Code& left, const Code& right);
  std::string found_in(const Node& node, const Code& left, const Code& right);
  std::string contains(const Node& node, const Code& left, const Code& right, Node* right_node);
  std::string identical(const Node& node, const Code& left, const Code& right);
  Code if_exp(ast::IfExp& node);
  Code dict_display(ast::Dict& node);
  Code list_display(Node& node, Nodes elts, Base base);
  std::string empty_tuple(TypeId item);
  Code tuple_display(Node& node, Nodes elts);
  Code starred_display(Node& node, Nodes elts, TypeId item);
  Code comprehension(Node& node, Base base, Node* elt, Node* value, Nodes generators);
  std::string comprehension_loops(Nodes generators, const std::function<std::string()>& innermost,
                                  const Iteration* source = nullptr);
  Code generator_expression(ast::GeneratorExp& node);
  Code joined_str(ast::JoinedStr& node);
  Code attribute(ast::Attribute& node);
  Code instance_attribute(const Node& node, const Code& object, std::string_view attr);
  Code module_attribute(const Node& node, const std::string& path);
  Code library_function(const Node& node, const std::string& path);
  std::optional<Code> asked_for_class(Node* asked);
  Code class_attribute(const Node& node, ClassInfo& cls, std::string_view attr);
  bool set_when_made(const ClassInfo& cls, std::string_view attr) const;
  bool may_be_of_class(const ClassInfo& cls, std::string_view attr) const;
  Code own_or_class_variable(const Node& node, const Code& object, ClassInfo& cls, FieldInfo& field);
  Code class_variable(const Node& node, const Code& object, ClassInfo& cls, std::string_view attr);
  Code by_exception_class(const Node& node, const Code& object, ClassInfo& cls, std::string_view attr,
                          const std::function<Code(ClassInfo&, const Code&)>& make);
  Code subscript(ast::Subscript& node);
  Code slice(const Node& node, const Code& object, ast::Slice& slice);
  std::string slice_part(Node* part);
  bool moves_part(const ast::Assign& node);
  Code lambda(ast::Lambda& node, const std::vector<TypeId>* params);
  Code open_lambda(ast::Lambda& node, FunctionInfo& info);
  std::string lambda_captures(const ast::Lambda& node, const FunctionInfo& info);
  Code named_expr(ast::NamedExpr& node);
  Code await(ast::Await& node);
  Code awaited(const Node& node, const Code& code);
  TypeId result_type(const FunctionInfo& function) const;
  bool is_task(TypeId type) const;
  std::pair<std::string, TypeId> async_next(const Node& node, const Code& source, const std::string& held);
  Code async_source(Node* node);
  void async_for(ast::For& node);
  std::optional<Code> coroutine_method(const Code& object, std::string_view name, const Arguments& args);
  std::string as_task(const Node& node, const Code& code, TypeId item);
  std::optional<Code> call_asyncio(const Node& node, const std::string& path, const Arguments& args);
  Code yield(Node& node, Node* value, bool from);
  std::optional<Code> iterator_method(const Node& node, const Code& object, std::string_view name,
                                      const Arguments& args);
  bool has_cleanup(Nodes body) const;
  /// What `return` gives is no result of the Rust function.
  bool in_generator() const { return function_ != nullptr && function_->generator; }

  // Calls.
  Arguments arguments(const ast::Call& node) const;
  Code call(ast::Call& node);
  Code call_name(ast::Call& node, std::string_view name);
  Code call_attribute(ast::Call& node, ast::Attribute& callee);
  std::optional<Code> spread_call(const Node& node, const Arguments& args,
                                  const std::function<Code(const Arguments&)>& call, size_t wanted = 0);
  std::optional<Code> unbound_method(const Node& node, std::string_view type, std::string_view name,
                                     const Arguments& args);
  Code call_function(const Node& node, FunctionInfo& function, const Arguments& args,
                     const std::string& callee, const std::vector<std::string>& leading);
  Code call_bound(FunctionInfo& function, const std::string& callee, const std::vector<std::string>& leading,
                  const std::vector<std::string>& bound);
  std::string in_given_order(const FunctionInfo& function, const Arguments& args, size_t skip,
                             std::vector<std::string>& bound);
  std::optional<std::vector<std::string>> bind(const Node& node, FunctionInfo& function,
                                               const Arguments& args, size_t skip);
  std::string default_argument(FunctionInfo& function, const Param& param);
  Code call_class(const Node& node, ClassInfo& cls, const Arguments& args);
  Code bare_object(const Node& node, const Arguments& args);
  ClassInfo* class_to_make(Node* of);
  Code call_new(const Node& node, ClassInfo& cls, FunctionInfo& make, const Arguments& args);
  // Classes that inherit from built-in types (built_in_bases.cpp).
  static bool is_built_in_base(std::string_view name);
  bool holds_built_in(const ClassInfo& cls) const;
  bool holds_immutable(const ClassInfo& cls) const;
  void add_held(ClassInfo& cls);
  std::string held_default(const ClassInfo& cls);
  Code unwrapped(const Code& code, std::initializer_list<std::string_view> unless);
  std::string held_value(const Node& node, ClassInfo& cls, const Arguments& args);
  Code held_object(const Node& node, ClassInfo& cls, const std::string& object, const Arguments& args);
  Code held_method(const Node& node, const Code& object, std::string_view name, const Arguments& args);
  std::optional<Code> special_method(const Node& node, const Code& held, std::string_view name,
                                     const Arguments& args);
  Code held_item(const Node& node, const Code& held, std::string_view name, const Arguments& args);
  std::optional<Code> missing_item(const Node& node, const Code& object, Node* key);
  Code set_args_of(const Arguments& args);
  Code construct_data(const Node& node, ClassInfo& cls, const Arguments& args);
  Code call_method(const Node& node, const Code& object, std::string_view name, const Arguments& args);
  std::string data_default(const Node& node, const DataField& field, TypeId type);
  Code call_callable(const Node& node, Node* callee, const Arguments& args);
  std::string exception_argument(const Code& code);
  std::string captured_argument(Var& var);
  std::string dyn_type(TypeId type);
  std::string constructor_params(FunctionInfo& init, std::string& names);
  void declare_static(const std::string& name, TypeId type);
  bool mentions(Node& node, std::string_view name) const;
  std::string implementation_name(const FunctionInfo& method) const;
  std::optional<Code> call_next_method(const Node& node, std::string_view name, const Arguments& args,
                                       const Var& self);
  Code init_data_base(const Node& node, ClassInfo& cls, const Arguments& args, const std::string& self);
  Code call_super(const Node& node, std::string_view name, const Arguments& args);
  Code super_attribute(ast::Attribute& node);
  Code call_value(const Node& node, const Code& callee, const Arguments& args);
  bool needs_dynamic(const Node& node, const FunctionInfo& function, const Arguments& args, size_t skip);
  Code call_spread(const std::string& callee, const Arguments& args, TypeId gives);
  void note_dynamic_arguments(std::string_view name, const Arguments& args);
  Code call_dynamic(const Node& node, const Code& object, std::string_view name, const Arguments& args);
  Code call_exception(const Node& node, std::string_view name, const Arguments& args);
  Code call_library(const Node& node, const LibraryEntry& entry, const Code* self, const Arguments& args);
  Code call_module(const Node& node, const std::string& path, const Arguments& args);
  std::string library_argument(const Node& node, Node* arg, const SigParam& param,
                               std::map<std::string, TypeId>& bound);
  std::string chosen_row(const Node& node, const std::string& path, Node* object, const Arguments& args);
  int pattern_groups(Node* node);
  std::string tasks_of(const Node& node, const Arguments& args, TypeId item);
  Code gather(const Node& node, const Arguments& args);
  bool builtin_type(std::string_view name) const;
  /// Whether Rust text has a `?` or its like, which must not stand in a closure.
  static bool leaves(std::string_view text) {
    return text.find('?') != std::string_view::npos || text.find("try_") != std::string_view::npos;
  }
  std::optional<Code> builtin_value(std::string_view name);
  std::string shape_text(std::string_view name, const std::vector<Param>& params, size_t skip);
  std::string bound_arguments(FunctionInfo& function, size_t skip, bool open, size_t index = 0);
  std::string method_of(std::string_view object, FunctionInfo& function, const ClassInfo* cls);
  std::string dynamic_value(FunctionInfo& function, const std::string& self, const ClassInfo* cls,
                            bool unbound = false);
  std::pair<std::string, std::string> dynamic_arguments(const Arguments& args);
  Code class_value(ClassInfo& cls);
  std::optional<std::vector<TypeId>> method_params(const Node& node, const Code& object,
                                                   std::string_view attr);
  std::optional<Code> bound_method(const Node& node, const Code& object, std::string_view attr);
  Code subclasses(const Node& node, ClassInfo& cls);
  std::string memo_size(FunctionInfo& info);
  std::string memo_name(const FunctionInfo& info) const;
  std::string memo_type(FunctionInfo& info);
  void memo_wrapper(FunctionInfo& info, const std::string& receiver, const std::string& name);
  std::optional<Code> memo_method(const Node& node, ast::Attribute& callee);
  void cached_wrapper(FunctionInfo& info, const std::string& name);
  Code partial_call(const Node& node, const Arguments& args);
  Code replace_call(const Node& node, const Arguments& args);
  Code replace_value(const Node& node, const Code& object, const Arguments& args);
  std::string replaced(const Node& node, ClassInfo& cls, const std::string& object, const Arguments& args);
  std::string replaced_fields(const Node& node, ClassInfo& cls, const std::string& object,
                              const Arguments& args);
  Code data_copy(const Node& node, bool as_dict, const Arguments& args);
  /// An operator's method with its object and the other operand.
  struct Operand {
    FunctionInfo* method = nullptr;
    Code object, other;
    std::string name;
  };
  std::string operator_text(const Operand& side);
  std::optional<Operand> operand_method(const Code& object, const Code& other, const std::string& name);
  Code first_operand(const Node& node, std::vector<Operand> sides, const std::string& last, TypeId fixed);
  std::string type_shown(const Code& code) const;
  Code instance_operator(const Node& node, Op op, std::string_view dunder, const Code& left,
                         const Code& right);
  std::optional<Code> instance_order(const Node& node, Op op, const Code& left, const Code& right);
  ClassInfo* class_parameter(const Var* var) const;
  std::string classmethod_name(const FunctionInfo& method, const ClassInfo& cls) const;
  std::string static_callee(const Code& object, std::string_view name, FunctionInfo& method);
  void class_level_call(ClassInfo& cls, std::string_view name, Nodes keywords);
  void decorate_methods(ClassInfo& cls);
  Code call_method_variable(const Code& object, Var& var, const Arguments& args);
  // Integers beyond 64 bits (integers.cpp, growth.cpp).
  Code big_binary(const Node& node, Op op, const Code& left, const Code& right);
  bool may_be_longer(Node* node, int64_t fits, bool otherwise, int depth = 0);
  std::string as_big(const Code& code);
  std::string big_side(const Code& code) const;
  Code small_binary(const Node& node, Op op, const Code& left, const Code& right);
  Code grown(const Node& node, Op op, const Code& left, const Code& right, const Code& made);
  std::optional<Code> unbounded(const Node& node, Op op, const Code& left, const Code& right);
  std::optional<Code> bit_test(const Code& left, Node* right);
  std::optional<std::string> wide(Node* node, int factors);
  std::optional<Code> reduced(ast::BinOp& node, const Code& right);
  void class_makers();
  void class_maker(ClassInfo& cls);
  void data_maker(ClassInfo& cls, const std::string& constructor);
  Code decorated(FunctionInfo& function, const Node& node);
  void decorate_class(ClassInfo& cls);
  bool is_namespace(TypeId type) const;
  TypeId destination(std::string_view name, TypeId space = 0);
  Code namespace_attribute(const Code& object, std::string_view attr);
  Code namespace_dict(const Node& node, const Code& object);
  Code make_namespace(const Node& node, const std::string& path, const Arguments& args);
  Code call_namespace(const Node& node, const Code& object, std::string_view name, const Arguments& args);
  Code argparse_parser(const Node& node, const Arguments& args);
  /// A call of add_argument, as far as it was read.
  struct ArgumentCall {
    TypeId item = 0;  // of one value
    Code fallback;
    std::string names = {}, dest = {}, action = {}, nargs = {}, options = {};
    bool optional = false, required = false, has_default = false, suppressed = false, computed = false;
    ClassInfo* custom = nullptr;
  };
  void argument_names(ArgumentCall& call, const Arguments& args);
  ClassInfo* action_class(const Node& value);
  void argument_action(ArgumentCall& call, Node& value);
  void argument_nargs(ArgumentCall& call, Node& value);
  void argument_type(const Node& node, ArgumentCall& call, Node& value);
  void argument_keyword(const Node& node, ArgumentCall& call, std::string_view name, Node& value);
  TypeId argument_item(const Node& node, const ArgumentCall& call);
  void argument_flow(const Node& node, const ArgumentCall& call);
  std::string custom_action(const Node& node, const ArgumentCall& call, const Arguments& args);
  std::string argument_default(Node& value);
  bool formatter_parts(const Node& node, std::string& out);
  bool joins_formatters(const ClassInfo& cls) const;
  std::string formatter(const Node& node, Node& value);
  Code add_argument(const Node& node, const Code& object, const Arguments& args);
  Code add_argument_words(const Node& node, const Code& object, const Arguments& args);
  Code argument_error(const Node& node, const Arguments& args);
  std::string parser_hook(ClassInfo& cls, const std::string& object);
  std::string argument_converter(Node& value, TypeId item);
  std::string parser_options(const Node& node, const Arguments& args, bool subparser);
  std::string text_argument(Node* node);
  std::string module_doc();
  Arguments written_out(const Arguments& args);
  Code call_argparse(const Node& node, const Code& object, std::string_view name, const Arguments& args);

  // Built-in functions and methods with rules of their own (builtins.cpp, methods.cpp).
  std::optional<Code> builtin(const ast::Call& node, std::string_view name, const Arguments& args);
  Code print_to_file(const Node& node, const Arguments& args, Node* file);
  Code print_call(const Node& node, const Arguments& args);
  Code float_sum(const Node& source, const std::string& items);
  Code sum_call(const Node& node, const Arguments& args);
  Code extreme_call(const Node& node, std::string_view name, const Arguments& args);
  Code sorted_call(const Node& node, const Arguments& args);
  Code any_all(const Node& node, bool any, Node* values);
  Code isinstance_call(const Node& node, const Arguments& args);
  std::optional<std::string> abstract_test(const Code& object, const std::string& path);
  std::string isinstance_test(const Node& node, const Code& object, Node* types);
  Code convert_call(const Node& node, std::string_view name, const Arguments& args);
  Code collect_call(const Node& node, Base base, const Arguments& args);
  std::string mapping_pairs(const Node& node, const Code& object, TypeId key, TypeId value);
  Code dict_call(const Node& node, const Arguments& args);
  Code dict_of_words(const Node& node, const std::string& items, TypeId type);
  std::string pairs_of(const Node& node, Node* given, TypeId key, TypeId value);
  static std::string_view shown_type_name(std::string_view type);
  Code type_call(const Node& node, const Arguments& args);
  Code type_name(const Node& node, const Arguments& args);
  std::string class_text(const Node& node, const Code& object);
  // Attributes that classes answer themselves (attribute_hooks.cpp).
  ClassInfo* descriptor(const ClassInfo& cls, std::string_view attr);
  Code call_hook(const Node& node, const Code& object, std::string_view name, const std::vector<Code>& given);
  Code owner_argument(ClassInfo& cls, const FunctionInfo& method, size_t index);
  std::optional<Code> descriptor_get(const Node& node, const Code& object, ClassInfo& cls,
                                     std::string_view attr);
  bool stored_by_hook(const Node& node, const Code& object, ClassInfo& cls, std::string_view attr,
                      const Code& value);
  void name_descriptors(const Node& node, ClassInfo& cls);
  std::optional<Code> descriptor_below(const Code& object, const ClassInfo& cls, std::string_view attr);
  bool stored_below(const Code& object, const ClassInfo& cls, std::string_view attr, const Code& value);
  std::string set_by_class(ClassInfo& cls, std::string_view attr);
  void set_attribute_hook(ClassInfo& root);
  Code raw_setattr(const Node& node, const Code& object, Node* name, Node* value);
  void open_names(ClassInfo& cls);
  bool has_open_names(const ClassInfo& cls) const;
  std::optional<Code> open_attribute(const Node& node, const Code& object, ClassInfo& cls,
                                     std::string_view attr);
  std::optional<Code> dict_written(const Node& node, Node& owner, const Arguments& args);
  void open_arms(ClassInfo& root, bool setting);
  Code global_names(const Node& node, std::string_view prefix);
  std::optional<Code> global_named(Node& called, Node* key);
  std::optional<Code> reflection(const Node& node, std::string_view name, const Arguments& args);
  Code getattr_call(const Node& node, const Arguments& args);
  Code module_getattr(const Node& node, const std::string& module, const Arguments& args);
  Code exception_getattr(const Node& node, const Code& object, std::string_view attr, const Code& fallback);
  Code hasattr_call(const Node& node, const Arguments& args);
  Code instance_dict(const Node& node, const Code& object);
  std::string with_value_keys(TypeId dict);
  Code dir_of(const Node& node, const Code& object);
  Code doc_of(const Node& node, const Code& object);
  void open_fields(TypeId type);
  std::optional<Code> operator_call(const Node& node, std::string_view name, const Arguments& args);
  Code copy_call(const Node& node, bool deep, const Arguments& args);
  bool deep_copied(TypeId type, int depth = 0);
  void class_copies(ClassInfo& root);
  void unchanging_copies();
  void shown_fields(ClassInfo& root);
  Code made_by(const Node& node, Node* factory);
  Code default_dict(const Node& node, const Arguments& args);
  Code counter(const Node& node, const Arguments& args);
  std::string counts(const Code& items);
  std::optional<Code> counter_method(const Node& node, const Code& object, std::string_view name,
                                     const Arguments& args);
  std::optional<Code> ordered_method(const Node& node, const Code& object, std::string_view name,
                                     const Arguments& args);
  void note_valued(TypeId type, int depth = 0);
  void note_fields();
  bool valued_operator(std::string_view symbol) const;
  std::string value_operator(std::string_view symbol, std::string_view name) const;
  std::string value_operators(const std::string& body);
  Code by_library_type(const Node& node, const Code& object, std::string_view name, const Arguments* args,
                       const std::string& rest);
  static bool fits(const LibraryEntry& entry, const Arguments* args);
  std::optional<std::string> library_isinstance(const Code& object, const std::string& path);
  const LibraryEntry* chosen_overload(const LibraryEntry& entry, const Arguments& args);
  std::optional<bool> takes(const SigType& type, Node* arg);
  bool may_take(const LibraryEntry& entry, const Arguments* args);
  std::optional<Code> call_row_by_words(const Node& node, const LibraryEntry& entry, const Code* self,
                                        const Arguments& args);
  Code call_row(const Node& node, const LibraryEntry& entry, const Code* self, const Arguments& args);
  std::string with_type_arguments(const std::string& text, const LibraryEntry& entry, TypeId type);
  std::vector<std::pair<std::string, std::string>> call_marks(const Node& node) const;
  static std::string filled(std::string_view body,
                            const std::vector<std::pair<std::string, std::string>>& values);
  std::string star_arguments(const Node& node, const SigParam& param, const Arguments& args, size_t next,
                             std::map<std::string, TypeId>& bound);
  bool is_named_tuple(const Code& code) const;
  Code tuple_of(const Node& node, const Code& object);
  std::optional<Code> named_tuple_method(const Node& node, const Code& object, std::string_view name,
                                         const Arguments& args);
  Code named_tuple_make(const Node& node, ClassInfo& cls, const Arguments& args);
  Code named_tuple_fields(const Node& node, ClassInfo& cls);
  std::string constructor_of(const ClassInfo& cls) const;
  Node* named_tuple_class(ast::Assign& assign);
  void desugar(Nodes statements);
  Code range_value(const Node& node, const Arguments& args);
  Code next_call(const Node& node, const Arguments& args);
  std::optional<Code> list_method(const Node& node, const Code& object, std::string_view name,
                                  const Arguments& args);
  std::optional<Code> dict_method(const Node& node, const Code& object, std::string_view name,
                                  const Arguments& args);
  Code set_method_of_all(const Node& node, const Code& object, std::string_view name, const Arguments& args);
  std::optional<Code> set_method(const Node& node, const Code& object, std::string_view name,
                                 const Arguments& args);
  std::optional<Code> str_method(const Node& node, const Code& object, std::string_view name,
                                 const Arguments& args);
  std::string key_function(Node* key, TypeId item, TypeId result);
  std::string comparison_key(ast::Call& made, TypeId item, TypeId result);
  std::string callable_text(Node* function, const std::vector<TypeId>& params, TypeId result);

  // Iteration.
  Iteration iterate(Node* node);
  Iteration iterate_code(const Node& node, const Code& code);
  Code iterator_value(const ast::Call& node, std::string_view name, const Arguments& args);
  std::string lazy_iterator(const Iteration& it, TypeId item);
  Code mapped_value(const Node& node, std::string_view step, Node& function, Node* items);
  Code mapped_together(const Node& node, const Arguments& args);
  /// A function as an iterator calls it: what it takes with it, and the call.
  struct HeldCall {
    std::string held;
    Code called;
  };
  HeldCall held_call(Node& function, const std::vector<TypeId>& params, const std::vector<Code>& given);
  std::optional<Code> lazy_itertools(const Node& node, std::string_view name, const Arguments& args);
  Code accumulated(const Node& node, Node* items, Node& function, Node* initial);
  Code grouped(const Node& node, Node* items, Node& key);
  bool needs_holding(Node& function);
  Code chained(const Node& node, const Arguments& args, bool from_iterable);
  Iteration columns(const Node& node, const Arguments& args);
  std::optional<Iteration> iterate_call(ast::Call& node);
  std::string collected(Node* node, TypeId item,
                        bool fixed = false);  // Vec of all items, each converted to `item`
  std::string collected_iteration(const Iteration& it, TypeId item);
  Code call_held(const Node& node, const Code& callee, const std::vector<Code>& given);
  Code call_with(const Node& node, Node* callee, const std::vector<Code>& given);
  bool is_builtin_exception(std::string_view name) const;
  TypeId signature_type(const SigType& type, std::map<std::string, TypeId>& bound, const Node& node,
                        const std::string& slot);
  std::string collected_code(const Node& node, const Code& code, TypeId item, bool fixed = false);

  // Statements.
  void block(Nodes statements);
  void statement(Node& node);
  void assign(ast::Assign& node);
  void ann_assign(ast::AnnAssign& node);
  void aug_assign(ast::AugAssign& node);
  void augment_name(ast::AugAssign& node, ast::Name& target);
  void augment_attribute(ast::AugAssign& node, ast::Attribute& target);
  void augment_item(ast::AugAssign& node, ast::Subscript& target);
  void augment_slice(ast::AugAssign& node, ast::Subscript& target);
  bool changes_in_place(ast::AugAssign& node, const Code& current);
  Code augmented(ast::AugAssign& node, const Code& current);
  ast::Name* stand_in(const Node& at, std::string_view name, const std::string& rust, TypeId type,
                      size_t slot);
  void store(Node& target, const Code& value, const Node& statement);
  void store_name(Var& var, const Code& value, const Node& statement);
  void store_attribute(ast::Attribute& target, const Code& value_or_call);
  void store_subscript(ast::Subscript& target, const Code& value_or_call);
  void store_item(ast::Subscript& target, const Code& value_or_call);
  static bool calls(Node& node);
  Code held_first(const Code& value);
  Code value_first(const Code& value, const Code& object, const Code& index);
  static bool is_inert(std::string_view text);
  static bool is_quiet(std::string_view text);
  static std::string constantly(const Code& code, std::string_view result);
  void store_tuple(Node& target, Nodes elts, const Code& value, const Node& statement);
  void starred_parts(Node& target, Nodes elts, const Code& value,
                     const std::function<void(Node*, const Code&)>& store_part,
                     const std::function<void(const std::string&)>& write);
  void expression_statement(ast::Expr& node);
  void if_statement(ast::If& node, bool chained = false);
  void while_statement(ast::While& node);
  void for_statement(ast::For& node);
  void loop(const std::string& head, Nodes body, Nodes orelse, const std::function<void()>& bind);
  void return_statement(ast::Return& node);
  void return_code(const std::optional<Code>& value);
  void raise_statement(ast::Raise& node);
  Code exception_value(Node& node);
  static const LibraryEntry* library_exception(const std::string& path);
  void raise(const std::string& exception);
  void try_statement(ast::Try& node);
  void try_except(ast::Try& node);
  void handlers(ast::Try& node, const std::string& error);
  std::string exception_test(Node& type, const std::string& error, TypeId& bound);
  std::string handler_test(ast::ExceptHandler& handler, const std::string& error, TypeId& bound);
  void with_body(ast::With& node, size_t index, const std::function<std::string(const std::string&)>& leave);
  void with_generator(ast::With& node, size_t index, const Code& manager, const std::string& held);
  void with_value(ast::With& node, size_t index, const Code& manager, const std::string& held);
  void with_object(ast::With& node, size_t index, const Code& manager, const std::string& held);
  bool with_suppress(ast::With& node, size_t index);
  void with_closing(ast::With& node, size_t index, Node* argument);
  Code exit_call(const ClassInfo& cls, FunctionInfo& leave, std::string_view name, const std::string& held,
                 const std::string& e);
  void exit_parameters(FunctionInfo& leave);
  Code enter_context(const Node& node, const Code& stack, const Code& manager);
  std::optional<Code> exit_stack_method(const Node& node, const Code& object, std::string_view name,
                                        const Arguments& args);
  void finally_statement(const std::function<void()>& body, const std::function<void()>& last);
  void finish_flow(const std::string& flow);
  bool needs_statements(Node& node) const;
  void bind_with(ast::withitem& item, const Code& value, const Node& statement);
  void with_item(ast::With& node, size_t index);
  void with_statement(ast::With& node, size_t item);
  void delete_statement(ast::Delete& node);
  void delete_attribute(ast::Attribute& target);
  void assert_statement(ast::Assert& node);
  void import_statement(Node& node);
  void match_statement(ast::Match& node);
  using Bound = std::vector<std::pair<Var*, Code>>;  // names of a pattern, and what they get
  std::string pattern_test(Node& pattern, const Code& subject, Bound& bound);
  void capture_name(std::string_view name, const Code& code, Bound& bound);
  std::string either_test(ast::MatchOr& pattern, const Code& subject, Bound& bound);
  std::string sequence_test(ast::MatchSequence& pattern, const Code& subject_or_none, Bound& bound);
  std::string tuple_test(ast::MatchSequence& pattern, const Code& subject, size_t before, size_t after,
                         Bound& bound);
  std::string class_test(ast::MatchClass& pattern, const Code& subject, Bound& bound);
  std::string mapping_test(ast::MatchMapping& pattern, const Code& subject_or_none, Bound& bound);
  void jump(bool is_break);
  static std::string unread_name(const Var& var);
  bool is_last_use(const Var* var) const;
  void last_return();
  void doc_comment(Nodes body);
  void find_raising();
  bool raises_late();
  bool changed_in_place(ast::AugAssign& node, const Code& object, const Code& index);
  std::string allowed() const;
  Code bound_variable(const Var& var);
  std::string list_item(const Code& object, const std::string& index, std::string_view method,
                        const std::string& rest) const;
  bool falls_through(Nodes statements) const;
  bool falls_through(Node& node) const;
  void declare_hoisted(const Node& statement);
  void declare_default(Var& var);

  // Definitions.
  void function(FunctionInfo& function, const std::string& receiver);
  void function_body(FunctionInfo& function);
  void function_end(FunctionInfo& function, Nodes body);
  std::string signature(FunctionInfo& function, const std::string& receiver);
  Code function_value(FunctionInfo& function, const Node& node, const Code* self);
  void classes();
  void class_definition(ClassInfo& root);
  void class_struct(ClassInfo& root);
  void class_constructor(ClassInfo& cls);
  void data_constructor(ClassInfo& cls);
  void class_methods(ClassInfo& cls);
  void class_dispatch(ClassInfo& root);
  void class_traits(ClassInfo& root);
  void object_dict(ClassInfo& root);
  std::string text_or_die(const std::string& result, TypeId type);
  void class_object(ClassInfo& root);
  void class_variable_arm(ClassInfo& root, std::string_view name);
  bool has_data_fields(const ClassInfo& root) const;
  void class_statics(ClassInfo& root);
  void class_static(const ClassInfo& cls, const std::string& base_class);
  void enum_definition(ClassInfo& cls);
  void enum_fields(ClassInfo& cls);
  Node* new_type(const Var* var);
  void late_lambdas(Node& part, Nodes generators);
  Code literal_args(const Node& node, const Node& type);
  std::string abstract_methods(ClassInfo& cls);
  std::string protocol_test(const Node& node, const Code& object, const ClassInfo& protocol);
  std::string has_members(const Node& node, const Code& object, const ClassInfo& protocol);
  std::string zipped(const std::vector<std::string>& texts, bool lazy = false);
  static std::string results_of(const Iteration& source);
  bool captures_nothing(Node* function);
  Code docstring(const FunctionInfo& function);
  void flag_members(ClassInfo& cls);
  void flag_definition(ClassInfo& cls);
  std::optional<Code> flag_binary(Op op, const Code& left, const Code& right);
  void exception_definition(ClassInfo& cls);
  void enum_object(ClassInfo& cls);
  std::string enum_order(ClassInfo& cls, const std::string& otherwise);
  void object_methods(ClassInfo& root, std::string names, const std::string& some, const std::string& arms);
  std::string method_arms(ClassInfo& root, std::string& names, std::string& some);
  void admit_annotated(const FunctionInfo& method, const Param& param);
  void named_tuple_traits(ClassInfo& cls);
  std::vector<const DataField*> all_data_fields(const ClassInfo& cls, bool init_vars = false) const;
  Var* init_variable(const ClassInfo& cls, const DataField& field) const;
  std::optional<Code> data_class_call(const Node& node, const std::string& path, const Arguments& args);
  FunctionInfo* find_method(const ClassInfo& cls, std::string_view name, bool setter = false) const;
  std::string method_rust(const ClassInfo& cls, std::string_view name) const;
  FieldInfo* find_field(ClassInfo& cls, std::string_view name);
  FieldInfo& add_field(ClassInfo& cls, std::string_view name);
  Var* find_class_var(const ClassInfo& cls, std::string_view name) const;
  std::string family_dispatch(ClassInfo& root, const std::function<std::string(ClassInfo&)>& arm,
                              const std::string& fallback);
  bool inherits(const ClassInfo& cls, const ClassInfo& base) const;

  // The file (assemble.cpp).
  void module_code();
  void test_calls();
  RustFile assemble(std::vector<uint32_t>& lines);
  std::string imports(const std::string& body) const;
  std::vector<FunctionTypes> inferred_types() const;
  bool is_main_guard(const Node& test) const;

  // Lookup.
  Var* lookup(std::string_view name);
  Var* lookup_from(FunctionInfo* function, std::string_view name);
  std::string module_path(
      const Node& node);  // "os.path.join" for a chain that starts at an imported module, or ""

  // Output.
  void line(const std::string& text);
  void open(const std::string& text) {
    line(text);
    ++indent_;
  }
  void close(const std::string& text = "}") {
    --indent_;
    line(text);
  }
  std::string captured(const std::function<void()>& body);  // what body writes, instead of writing it

  struct ErrorFrame {
    std::string label;
    bool flow = false;  // break with a Flow instead of a Result
  };
  struct LoopFrame {
    std::string label;
    bool used = false;
    bool has_else = false;
    size_t frames = 0;  // labelled blocks around when it began
    int matches = 0;
    std::string else_label;
  };
  struct Scoped {  // names bound by comprehensions, handlers and lambdas
    std::map<std::string_view, Var*> names;
    FunctionInfo* function = nullptr;
  };

  Tree& tree_;
  TranspileOptions options_;
  Types types_;
  bool settled_ = false;  // what flows from values has been found
  bool final_ = false;
  std::deque<std::string> divided_names_;
  std::vector<Refusal> refusals_;
  std::vector<std::unique_ptr<Var>> vars_;
  std::vector<std::unique_ptr<FunctionInfo>> functions_;
  std::vector<std::unique_ptr<ClassInfo>> classes_;
  std::unordered_map<const Node*, FunctionInfo*> function_of_;
  std::unordered_map<const Node*, ClassInfo*> class_of_node_;
  std::map<std::string_view, Var*> module_vars_;
  std::map<const Node*, std::vector<Var*>> hoisted_;
  std::unordered_map<uint64_t, TypeId> cells_;
  std::map<std::string, TypeId> namespace_;  // attributes of Namespace objects, and ".x" of SimpleNamespace
  bool any_destination_ = false;             // some have names that only the run knows
  std::map<uint32_t, Arguments> action_arguments_;
  std::map<std::string_view, TypeId> type_variables_;
  std::vector<std::string_view> alias_stack_;
  std::map<std::string_view, Node*> type_aliases_;

  // Where the walk is.
  FunctionInfo* function_ = nullptr;
  ClassInfo* class_ = nullptr;
  ClassInfo* self_class_ = nullptr;  // what `cls` is in the class method that is written
  std::vector<Scoped> scopes_;
  std::vector<ErrorFrame> error_frames_;
  std::vector<LoopFrame> loops_;
  std::vector<std::string> handling_;  // names of the exceptions being handled
  size_t labels_ = 0, passes_ = 0;
  Temporaries temporaries_;
  std::set<const Node*> filled_sums_;      // arguments of sum() that are not empty
  std::set<const Node*> scoped_with_;      // items whose name is a variable of its own
  std::string before_template_;            // bindings in front of a template's text
  const Node* yield_statement_ = nullptr;  // a yield whose value nobody uses
  bool contexts_ = false;                  // __context__ of exceptions is looked at
  bool shows_fields_ = false;              // pprint asks data classes for their fields
  bool sends_ = false;                     // something is sent into a generator
  Node* receiver_ = nullptr;               // of the method call being translated
  int match_depth_ = 0;                    // labelled blocks of match around, inside the innermost loop
  std::set<std::string> used_;
  std::string out_;
  int indent_ = 0;
  uint32_t python_line_ = 0;                        // of what is being written
  std::map<std::string, std::string> statics_set_;  // thread-local variables by name
  std::map<std::pair<uint32_t, std::string>, TypeId> library_cells_;
  std::map<std::pair<uint32_t, size_t>, ast::Name*> argument_nodes_;
  std::map<uint32_t, ast::Call*> argument_calls_, held_calls_;
  std::map<const Var*, std::string> const_text_;
  std::map<uint32_t, ast::Subscript*> argument_subscripts_;
  bool dict_needed_ = false;  // __dict__ of Values
  std::set<int32_t> class_static_needed_, asdict_needed_, class_values_;
  std::set<int32_t> deep_needed_, shallow_needed_, deep_unchanging_;  // what copy.* meets
  std::set<int32_t> valued_;                                          // library types that become Values
  std::set<std::string> dynamic_methods_;                             // called of Values
  std::string library_slots_;    // prefix of the cells of a library call: arms of one node have their own
  std::set<std::string> setup_;  // statements in front of the module's
  std::map<std::string, std::string> class_statics_;

  TypeId none_, boolean_, integer_, real_, text_, bytes_, value_, exception_;
};

}  // namespace sov::transpiler
