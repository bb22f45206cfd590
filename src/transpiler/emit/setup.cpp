// Tables of functions and classes, before inference.
#include <algorithm>
#include <optional>

#include "transpiler/emit/kept_views.h"
#include "transpiler/emit/names.h"
#include "transpiler/emit/nested_classes.h"
#include "transpiler/emit/translator.h"
#include "transpiler/emit/webs.h"

namespace sov::transpiler {
namespace {

constexpr std::string_view kKeywords[] = {
    "as",       "break", "const", "continue", "crate",    "dyn",     "else",  "enum",  "extern", "false",
    "fn",       "for",   "if",    "impl",     "in",       "let",     "loop",  "match", "mod",    "move",
    "mut",      "pub",   "ref",   "return",   "static",   "struct",  "super", "trait", "true",   "type",
    "unsafe",   "use",   "where", "while",    "abstract", "become",  "box",   "do",    "final",  "macro",
    "override", "priv",  "try",   "typeof",   "unsized",  "virtual", "yield", "async", "await",  "self",
    "Self",     "gen",   "str",   "union",    "i64",      "f64",     "bool",  "u8",    "usize",  "char"};

/// Names that the written Rust uses for itself.
constexpr std::string_view kTaken[] = {
    "main",   "Some",     "None",    "Ok",      "Err",       "Result",    "Option", "Vec",
    "String", "Box",      "Rc",      "Str",     "List",      "Dict",      "Set",    "Value",
    "Exc",    "Res",      "Int",     "Bytes",   "rt",        "exc",       "Field",  "Shared",
    "Global", "Iterator", "Default", "Clone",   "Flow",      "drop",      "Tuple",  "FrozenSet",
    "PyIter", "Drop",     "Copy",    "Eq",      "Hash",      "Ord",       "Fn",     "Send",
    "Sync",   "From",     "Into",    "ToValue", "FromValue", "ByteArray", "module", "yielder"};

/// 3 and -3.
std::optional<int64_t> written_number(Node* node) {
  auto* minus = try_as<ast::UnaryOp>(node);
  if (minus != nullptr && minus->op != Op::USub) return std::nullopt;
  auto* constant = try_as<ast::Constant>(minus != nullptr ? minus->operand : node);
  if (constant == nullptr || constant->value.kind != ConstantKind::integer) return std::nullopt;
  const auto size =
      static_cast<int64_t>(std::strtoull(std::string(constant->value.text).c_str(), nullptr, 16));
  return minus != nullptr ? -size : size;
}

/// Whether an Enum's member is written with the value of an earlier one, or as its name.
bool same_member_value(const EnumMember& member, Node* value) {
  if (auto* name = try_as<ast::Name>(value)) return name->id == member.name;
  auto* a = member.value == nullptr ? nullptr : try_as<ast::Constant>(member.value);
  auto* b = try_as<ast::Constant>(value);
  if (a == nullptr || b == nullptr || a->value.kind != b->value.kind) return false;
  return (a->value.kind == ConstantKind::integer || a->value.kind == ConstantKind::text) &&
         a->value.text == b->value.text;
}

/// The last name of "x", "a.x" or "x(...)".
std::string_view head_name(Node* node) {
  if (auto* call = try_as<ast::Call>(node)) return head_name(call->func);
  if (auto* attribute = try_as<ast::Attribute>(node)) return attribute->attr;
  if (auto* subscript = try_as<ast::Subscript>(node)) return head_name(subscript->value);
  if (auto* name = try_as<ast::Name>(node)) return name->id;
  return {};
}

bool is_true(Node* node) {
  auto* constant = try_as<ast::Constant>(node);
  return constant != nullptr && constant->value.kind == ConstantKind::boolean && constant->value.boolean;
}
bool is_false(Node* node) {
  auto* constant = try_as<ast::Constant>(node);
  return constant != nullptr && constant->value.kind == ConstantKind::boolean && !constant->value.boolean;
}

}  // namespace

Nodes FunctionInfo::body() const {
  auto* def = try_as<ast::FunctionDef>(node);
  return def == nullptr ? Nodes() : def->body;
}

Translator::Translator(Tree& tree, const TranspileOptions& options)
    : tree_(tree), options_(options), types_(*this), temporaries_(tree.source().text()) {
  none_ = types_.make(Base::none);
  boolean_ = types_.make(Base::boolean);
  integer_ = types_.make(Base::integer);
  real_ = types_.make(Base::real);
  text_ = types_.make(Base::text);
  bytes_ = types_.make(Base::bytes);
  value_ = types_.make(Base::value);
  exception_ = types_.make(Base::exception, {}, -1);
  types_.freeze();
}

void Translator::collect() {
  const std::function<void(Node&)> look = [&](Node& node) {
    auto* attribute = try_as<ast::Attribute>(&node);
    contexts_ = contexts_ || (attribute != nullptr && attribute->attr == "__context__");
    if (!contexts_) for_children(node, look);
  };
  look(*tree_.module);
  desugar(tree_.module->body);
  name_nested_classes(tree_);
  divide_variables(*tree_.module, divided_names_);
  keep_views(tree_);
  NameCollector(*this).run(*tree_.module);
  // A static is no pattern: no parameter, local or loop may have its name. Rust's statics are in capitals.
  for (const auto& var : vars_) {
    if (!var->module_level || !var->global || var->is_class || var->is_function || !var->module.empty() ||
        module_vars_.find(var->name) == module_vars_.end() || module_vars_[var->name] != var.get())
      continue;
    std::string name;
    for (const char c : var->rust) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (name == var->rust) continue;
    const auto taken = [&] {
      return std::ranges::any_of(vars_, [&](const auto& other) { return other->rust == name; }) ||
             std::ranges::any_of(classes_, [&](const auto& cls) { return cls->rust == name; });
    };
    while (taken()) name += '_';
    var->rust = name;
  }
  for (const auto& function : functions_) {
    if (!function->is_async) continue;
    function->result = types_.fresh();
    function->ret = function->generator ? types_.make(Base::async_iterator, {function->yields})
                                        : types_.make(Base::coroutine, {function->result});
  }
  link_classes();
  for (const auto& var : vars_) {
    if (var->module_level && var->is_function && var->assigns > 1)
      refuse(*var->function->node, "function defined twice",
             strf("'{}' is defined more than once", var->name));
  }
}

std::string Translator::rust_name(std::string_view name, bool type_like) const {
  if (const size_t mark = name.find("##"); mark != std::string_view::npos)  // divided variables (webs.h)
    return rust_name(tree_.keep(strf("{}_{}", name.substr(0, mark), name.substr(mark + 2))), type_like);
  name = undivided(name);
  const bool keyword = std::ranges::find(kKeywords, name) != std::end(kKeywords);
  const bool taken = std::ranges::find(kTaken, name) != std::end(kTaken) || type_like;
  std::string out;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x80)
      out += c == '.' ? '_' : c;  // json.JSONEncoder: of library/classes
    else
      out += strf("u{:02x}", static_cast<unsigned char>(c));
  }
  if (name == "_") return "_unused";
  return keyword || (taken && std::ranges::find(kTaken, name) != std::end(kTaken)) ? out + "_" : out;
}

Var* Translator::add_var(FunctionInfo* owner, std::string_view name) {
  vars_.push_back(std::make_unique<Var>());
  Var* var = vars_.back().get();
  var->name = name;
  var->rust = rust_name(name);
  var->type = types_.fresh();
  var->owner = owner;
  if (owner != nullptr) owner->locals[name] = var;
  return var;
}

Var* Translator::module_var(std::string_view name) {
  const auto found = module_vars_.find(name);
  if (found != module_vars_.end()) return found->second;
  Var* var = add_var(nullptr, name);
  var->module_level = true;
  module_vars_[name] = var;
  return var;
}

FunctionInfo* Translator::add_function(Node& node, FunctionInfo* parent, ClassInfo* cls) {
  functions_.push_back(std::make_unique<FunctionInfo>());
  FunctionInfo* function = functions_.back().get();
  function_of_[&node] = function;
  function->node = &node;
  function->parent = parent;
  function->cls = cls;
  function->ret = types_.fresh();
  function->yields = types_.fresh();
  if (auto* def = try_as<ast::FunctionDef>(&node)) {
    function->name = def->name;
    function->is_async = def->is_async;
    function->returns = def->returns;
    read_decorators(*function, def->decorator_list);
    add_params(*function, as<ast::arguments>(*def->args));
  } else {
    function->name = "lambda";
    add_params(*function, as<ast::arguments>(*as<ast::Lambda>(node).args));
  }
  function->rust = rust_name(function->name);
  if (cls != nullptr && !function->decorators.empty()) {
    Var* var = add_var(nullptr, function->name);
    var->rust = strf("{}_{}", cls->rust, function->name);
    var->module_level = var->global = true;
    var->method = function;
    cls->class_vars[function->name] = var;
    cls->method_order.push_back(function);
    function->in_variable = true;
    function->rust += "_def";
  } else if (cls != nullptr) {
    if (function->is_setter) {
      cls->setters[function->name] = function;
      function->rust = strf("assign_{}", function->name);  // set_x may be a method of the program
    } else {
      cls->methods[function->name] = function;
    }
    cls->method_order.push_back(function);
  }
  return function;
}

void Translator::add_params(FunctionInfo& function, ast::arguments& args) {
  const auto add = [&](Node* node, Node* fallback, ParamKind kind) {
    auto& arg = as<ast::Arg>(*node);
    Var* var = add_var(&function, arg.arg);
    var->param = true;
    var->annotation = arg.annotation;
    if (kind == ParamKind::star) var->type = types_.make(Base::many, {types_.fresh()});
    if (kind == ParamKind::double_star)
      var->type = types_.make(Base::dict, {types_.make(Base::text), types_.fresh()});
    function.params.push_back({.var = var, .fallback = fallback, .kind = kind});
  };
  const size_t positional = args.posonlyargs.size() + args.args.size();
  for (size_t i = 0; i < positional; ++i) {
    const bool only = i < args.posonlyargs.size();
    Node* node = only ? args.posonlyargs[i] : args.args[i - args.posonlyargs.size()];
    const size_t from_end = positional - i;
    add(node, from_end <= args.defaults.size() ? args.defaults[args.defaults.size() - from_end] : nullptr,
        ParamKind::positional);
    function.params.back().positional_only = only;
  }
  if (args.vararg != nullptr) add(args.vararg, nullptr, ParamKind::star);
  for (size_t i = 0; i < args.kwonlyargs.size(); ++i)
    add(args.kwonlyargs[i], args.kw_defaults[i], ParamKind::keyword_only);
  if (args.kwarg != nullptr) add(args.kwarg, nullptr, ParamKind::double_star);
}

void Translator::read_decorators(FunctionInfo& function, Nodes decorators) {
  for (Node* decorator : decorators) {
    const std::string_view name = head_name(decorator);
    if (name == "staticmethod")
      function.is_static = true;
    else if (name == "classmethod")
      function.is_classmethod = true;
    else if (name == "property" || name == "cached_property")
      function.is_property = true, function.cached = name == "cached_property";
    else if (name == "abstractmethod")
      function.is_abstract = true;
    else if (name == "setter")
      function.is_setter = true;
    else if (name == "override" || name == "final" || name == "overload")
      continue;
    else if (name == "wraps" && decorator->kind == Kind::Call && !as<ast::Call>(*decorator).args.empty())
      function.wraps = as<ast::Call>(*decorator).args[0];
    else if (name == "lru_cache" || name == "cache")
      function.memo = decorator;
    else if (name == "deleter" && function.cls != nullptr)
      function.name = divided_names_.emplace_back(strf("{}__deleter", function.name));
    else if (name == "contextmanager" || name == "asynccontextmanager")
      function.context_manager = true;
    else
      function.decorators.push_back(decorator);
  }
  function.as_variable = !function.decorators.empty() && function.cls == nullptr;
  if (!function.decorators.empty() && (function.is_static || function.is_classmethod || function.is_property))
    refuse(*function.decorators[0], "decorator of a method",
           strf("the decorator '{}' beside another of a method is not translated",
                head_name(function.decorators[0])));
  if (function.name == "__new__" || function.name == "__init_subclass__" ||
      function.name == "__class_getitem__")
    function.is_classmethod = true;
}

ClassInfo* Translator::add_class(ast::ClassDef& node, FunctionInfo* within) {
  classes_.push_back(std::make_unique<ClassInfo>());
  ClassInfo* cls = classes_.back().get();
  class_of_node_[&node] = cls;
  cls->node = &node;
  cls->number = static_cast<int32_t>(classes_.size() - 1);
  cls->name = unqualified(node.name);
  cls->rust = rust_name(node.name, true);
  // Functions may have classes of the same name.
  const auto taken = [&](const std::string& name) {
    return std::ranges::any_of(classes_, [&](const auto& other) { return other->rust == name; });
  };
  if (taken(cls->rust)) cls->rust += strf("{}", cls->number);
  cls->within = within;
  cls->root = cls;
  cls->enum_value = types_.fresh();
  class_decorators(*cls);
  for (Node* statement : node.body) class_assignment(*cls, *statement);
  return cls;
}

void Translator::class_decorators(ClassInfo& cls) {
  for (Node* decorator : cls.node->decorator_list) {
    const std::string_view name = head_name(decorator);
    if (name != "dataclass") {
      if (name == "total_ordering")
        cls.total_ordering = true;
      else if (name != "final" && name != "unique" && name != "runtime_checkable")
        cls.decorators.push_back(decorator);
      continue;
    }
    cls.dataclass = true;
    auto* call = try_as<ast::Call>(decorator);
    if (call == nullptr) continue;
    for (Node* item : call->keywords) {
      auto& keyword = as<ast::keyword>(*item);
      if (keyword.arg == "frozen")
        cls.frozen = is_true(keyword.value);
      else if (keyword.arg == "order")
        cls.order = is_true(keyword.value);
      else if (keyword.arg == "eq")
        cls.eq = !is_false(keyword.value);
      else if (keyword.arg == "repr")
        cls.repr = !is_false(keyword.value);
      else if (keyword.arg == "kw_only")
        cls.keyword_only = is_true(keyword.value);
      else if (keyword.arg != "slots" && keyword.arg != "unsafe_hash")
        refuse(*decorator, strf("dataclass {}", keyword.arg));
    }
  }
}

/// An assignment in a class body: a class variable, a data class's field or an enum's member.
void Translator::class_assignment(ClassInfo& cls, Node& statement) {
  const auto class_var = [&](std::string_view name, Node* value, Node* annotation) {
    Var* var = add_var(nullptr, name);
    var->rust = strf("{}_{}", cls.rust, name);
    var->module_level = var->global = true;
    var->annotation = annotation;
    cls.class_vars[name] = var;
    if (value != nullptr) cls.class_assigns.emplace_back(var, value);
    return var;
  };
  if (auto* annotated = try_as<ast::AnnAssign>(&statement)) {
    auto* name = try_as<ast::Name>(annotated->target);
    if (name == nullptr) return;
    const bool class_only = head_name(annotated->annotation) == "ClassVar";
    if (head_name(annotated->annotation) == "KW_ONLY") {
      cls.keyword_only = true;  // what follows
      return;
    }
    if (!class_only) {
      cls.data_fields.push_back(data_field(*annotated));
      cls.data_fields.back().keyword_only |= cls.keyword_only;
      cls.data_fields.back().init_var = head_name(annotated->annotation) == "InitVar";
    }
    if (annotated->value != nullptr && (class_only || !cls.dataclass))
      class_var(name->id, annotated->value, annotated->annotation);
  } else if (auto* assign = try_as<ast::Assign>(&statement)) {
    for (Node* target : assign->targets) {
      auto* name = try_as<ast::Name>(target);
      if (name == nullptr) {
        refuse(*target, "class-level unpacking");
        continue;
      }
      if (name->id == "__slots__" || name->id == "__match_args__") continue;
      // __radd__ = __add__: the method has another name.
      if (auto* method = try_as<ast::Name>(assign->value)) {
        const bool here = std::ranges::any_of(cls.node->body, [&](Node* other) {
          auto* def = try_as<ast::FunctionDef>(other);
          return def != nullptr && def->name == method->id;
        });
        if (here) {
          cls.aliases[name->id] = method->id;
          continue;
        }
      }
      class_var(name->id, assign->value, nullptr);
    }
  }
}

DataField Translator::data_field(ast::AnnAssign& node) {
  DataField field;
  field.name = as<ast::Name>(*node.target).id;
  field.annotation = node.annotation;
  field.fallback = node.value;
  auto* call = try_as<ast::Call>(node.value);
  if (call == nullptr || head_name(call->func) != "field") return field;
  field.fallback = nullptr;
  for (Node* item : call->keywords) {
    auto& keyword = as<ast::keyword>(*item);
    if (keyword.arg == "default")
      field.fallback = keyword.value;
    else if (keyword.arg == "default_factory")
      field.fallback = keyword.value, field.factory = true;
    else if (keyword.arg == "init")
      field.in_init = !is_false(keyword.value);
    else if (keyword.arg == "repr")
      field.in_repr = !is_false(keyword.value);
    else if (keyword.arg == "compare")
      field.in_compare = !is_false(keyword.value);
    else if (keyword.arg == "kw_only")
      field.keyword_only = is_true(keyword.value);
    else if (keyword.arg != "metadata" && keyword.arg != "hash")
      refuse(node, strf("field({}=)", keyword.arg));
  }
  return field;
}

void Translator::link_classes() {
  for (const auto& cls : classes_) {
    for (Node* base : cls->node->bases) {
      const std::string_view name = head_name(base);
      auto* plain = try_as<ast::Name>(base->kind == Kind::Subscript ? as<ast::Subscript>(*base).value : base);
      Var* var = plain != nullptr ? lookup_from(cls->within, name) : nullptr;
      if (var != nullptr && var->is_class) {
        cls->bases.push_back(var->cls);
        var->cls->children.push_back(cls.get());
      } else if (name == "ABC" || name == "Protocol") {
        cls->abstract = true;
        cls->protocol = cls->protocol || name == "Protocol";
      } else if (name == "Generic" || name == "object") {
        continue;
      } else {
        cls->builtin_base = std::string(name);
      }
    }
    for (Node* item : cls->node->keywords) {
      auto& keyword = as<ast::keyword>(*item);
      if (keyword.arg == "metaclass" && head_name(keyword.value) != "ABCMeta")
        refuse(*item, "class keyword", "metaclasses are not translated");
    }
  }
  for (const auto& cls : classes_) {
    // Bases are defined before their subclasses, so their MROs are complete.
    cls->mro.push_back(cls.get());
    std::vector<std::vector<ClassInfo*>> lists;
    for (ClassInfo* base : cls->bases) lists.push_back(base->mro);
    lists.push_back(cls->bases);
    // C3 linearisation.
    for (;;) {
      std::erase_if(lists, [](const auto& list) { return list.empty(); });
      if (lists.empty()) break;
      ClassInfo* next = nullptr;
      for (const auto& list : lists) {
        const bool in_tail = std::ranges::any_of(lists, [&](const auto& other) {
          return std::find(other.begin() + 1, other.end(), list[0]) != other.end();
        });
        if (!in_tail) {
          next = list[0];
          break;
        }
      }
      if (next == nullptr) {
        refuse(*cls->node, "inconsistent bases");
        break;
      }
      cls->mro.push_back(next);
      for (auto& list : lists) std::erase(list, next);
    }
    for (ClassInfo* base : cls->mro) {
      if (cls->builtin_base.empty()) cls->builtin_base = base->builtin_base;
      cls->root = base->root == base ? base : cls->root;
      cls->dataclass = cls->dataclass || false;
    }
  }
  for (const auto& cls : classes_) {
    // Several roots above one class make one family.
    for (ClassInfo* base : cls->mro) {
      ClassInfo* a = cls->root;
      while (a->root != a) a = a->root;
      ClassInfo* b = base->root;
      while (b->root != b) b = b->root;
      if (a != b) b->root = a;
    }
  }
  for (const auto& cls : classes_) {
    ClassInfo* root = cls.get();
    while (root->root != root) root = root->root;
    cls->root = root;
    root->family.push_back(cls.get());
    cls->instance_type = types_.make(Base::instance, {}, cls->number);
  }
  for (const auto& cls : classes_) link_methods(*cls);
}

void Translator::link_methods(ClassInfo& cls) {
  const std::string& base = cls.builtin_base;
  if (base == "Enum" || base == "IntEnum" || base == "StrEnum" || base == "Flag" || base == "IntFlag") {
    cls.is_enum = true;
    cls.int_enum = cls.int_texts = base == "IntEnum" || base == "IntFlag";
    cls.flag_enum = base == "Flag" || base == "IntFlag";
    for (Node* node : cls.node->bases) {
      if (head_name(node) == "str") cls.str_enum = true;
      if (head_name(node) == "int") cls.int_enum = true;
    }
    if (base == "StrEnum") cls.str_enum = cls.str_texts = true;
    if (cls.flag_enum) return flag_members(cls);
    int64_t automatic = 0;
    std::optional<int64_t> highest;  // of the numbers so far: auto() is the next
    for (auto& [var, value] : cls.class_assigns) {
      auto* call = try_as<ast::Call>(value);
      const bool is_auto = call != nullptr && head_name(value) == "auto";
      const auto number = written_number(value);
      automatic = number ? *number : is_auto ? highest.value_or(0) + 1 : automatic;
      if (number || is_auto) highest = std::max(highest.value_or(automatic), automatic);
      // RED = 1 or auto(), and CRIMSON = 1: a second name of the first member.
      const bool numbers = !cls.str_enum && (number || is_auto);
      const auto first = std::ranges::find_if(cls.members, [&](const EnumMember& member) {
        const bool other = member.value == nullptr || written_number(member.value);
        return same_member_value(member, value) || (numbers && other && member.automatic == automatic);
      });
      if (first != cls.members.end()) {
        cls.aliases[var->name] = first->name;
        continue;
      }
      cls.members.push_back({.name = var->name, .value = is_auto ? nullptr : value, .automatic = automatic});
    }
  } else if (base == "NamedTuple") {
    cls.named_tuple = true;
    cls.dataclass = true;
    cls.frozen = true;
    cls.order = true;
  } else if (base == "TypedDict") {
    cls.typed_dict = true;
  } else if (!base.empty()) {
    cls.is_exception = base.ends_with("Error") || base.ends_with("Exception") || base.ends_with("Warning") ||
                       base == "KeyboardInterrupt" || base == "SystemExit" || base == "StopIteration";
    if (is_built_in_base(base))
      add_held(cls);
    else if (!cls.is_exception && !joins_formatters(cls))
      refuse(*cls.node, strf("base class {}", base),
             strf("a class that inherits from '{}' is not translated", base));
  }
  if (const auto made = cls.methods.find("__new__");
      made != cls.methods.end() && (cls.is_enum || cls.is_exception || cls.named_tuple || cls.dataclass))
    refuse(*made->second->node, "__new__", "'__new__' of such a class is not translated");
  for (const auto& [name, target] : cls.aliases) {
    if (const auto found = cls.methods.find(target); found != cls.methods.end())
      cls.methods[name] = found->second;
  }
  for (FunctionInfo* method : cls.method_order) {
    if (!method->in_variable || method->params.empty()) continue;
    Var* self = method->params[0].var;
    self->type = cls.instance_type;
    self->captured = self->captured || method->generator || method->is_async;
    self->reference = !self->captured;
    self->rust = self->captured ? "this" : "self";
  }
  // A method that overrides another has the same Rust signature.
  for (auto& [name, method] : cls.methods) {
    if (!method->params.empty() && method->is_method() && !cls.is_enum) {
      Var* self = method->params[0].var;
      self->type = cls.is_exception ? types_.make(Base::exception, {}, cls.number) : cls.instance_type;
      self->captured = self->captured || method->generator || method->is_async;
      self->reference = !self->captured;
      self->rust = self->captured ? "this" : "self";
    } else if (!method->params.empty() && method->is_method()) {
      method->params[0].var->type = cls.instance_type;
      method->params[0].var->captured =
          method->params[0].var->captured || method->generator || method->is_async;
      method->params[0].var->reference = !method->params[0].var->captured;
      method->params[0].var->rust = method->params[0].var->captured ? "this" : "self";
    }
    if (name == "__init__" || name == "__post_init__" || name == "__new__") continue;
    for (size_t i = 1; i < cls.mro.size(); ++i) {
      const auto found = cls.mro[i]->methods.find(name);
      if (found == cls.mro[i]->methods.end()) continue;
      FunctionInfo& above = *found->second;
      types_.unify(method->ret, above.ret);
      types_.unify(method->yields, above.yields);
      for (size_t p = 1; p < method->params.size() && p < above.params.size(); ++p)
        types_.unify(method->params[p].var->type, above.params[p].var->type);
      break;
    }
  }
  for (auto& [name, setter] : cls.setters) {
    if (setter->params.empty()) continue;
    setter->params[0].var->type = cls.instance_type;
    setter->params[0].var->reference = true;
    setter->params[0].var->rust = "self";
  }
}

int32_t Translator::common_base(Base base, int32_t a, int32_t b) const {
  if (base == Base::exception) {
    if (a < 0 || b < 0) return -1;
    for (ClassInfo* up : classes_[static_cast<size_t>(a)]->mro) {
      const auto& other = classes_[static_cast<size_t>(b)]->mro;
      if (std::ranges::find(other, up) != other.end()) return up->number;
    }
    return -1;
  }
  const ClassInfo& x = *classes_[static_cast<size_t>(a)];
  const ClassInfo& y = *classes_[static_cast<size_t>(b)];
  if (x.root != y.root || x.is_enum || y.is_enum) return -1;
  for (ClassInfo* up : x.mro) {
    if (std::ranges::find(y.mro, up) != y.mro.end()) return up->number;
  }
  return x.root->number;
}

void Translator::boxed(int32_t number) {
  ClassInfo& root = *classes_[static_cast<size_t>(number)]->root;
  if (root.boxed) return;
  root.boxed = true;
  // What can be reached through the object by name is seen as Values.
  for (const FieldInfo& field : root.fields) types_.open_up(field.type);
  for (ClassInfo* cls : root.family) {
    for (FunctionInfo* method : cls->method_order) {
      types_.open_up(method->ret);
      for (size_t i = 1; i < method->params.size(); ++i) types_.open_up(method->params[i].var->type);
    }
  }
}

bool Translator::inherits(const ClassInfo& cls, const ClassInfo& base) const {
  return std::ranges::find(cls.mro, &base) != cls.mro.end();
}

FunctionInfo* Translator::find_method(const ClassInfo& cls, std::string_view name, bool setter) const {
  for (const ClassInfo* up : cls.mro) {
    const auto& table = setter ? up->setters : up->methods;
    if (const auto found = table.find(name); found != table.end()) return found->second;
    // A property of a subclass that only reads takes away the setter of the class above.
    if (const auto read = up->methods.find(name);
        setter && read != up->methods.end() && read->second->is_property)
      return nullptr;
  }
  return nullptr;
}

Var* Translator::find_class_var(const ClassInfo& cls, std::string_view name) const {
  for (const ClassInfo* up : cls.mro) {
    if (const auto found = up->class_vars.find(name); found != up->class_vars.end()) return found->second;
  }
  return nullptr;
}

FieldInfo* Translator::find_field(ClassInfo& cls, std::string_view name) {
  for (FieldInfo& field : cls.root->fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

FieldInfo& Translator::add_field(ClassInfo& cls, std::string_view name) {
  if (FieldInfo* found = find_field(cls, name)) return *found;
  cls.root->fields.push_back(
      {.name = name, .rust = rust_name(name), .type = types_.fresh(), .declared = &cls});
  types_.unify(types_.fresh(), cls.root->fields.back().type);
  return cls.root->fields.back();
}

Var* Translator::lookup_from(FunctionInfo* function, std::string_view name) {
  for (; function != nullptr; function = function->parent) {
    if (function->global_names.contains(name)) break;
    const auto found = function->locals.find(name);
    if (found != function->locals.end()) return found->second;
  }
  const auto found = module_vars_.find(name);
  return found == module_vars_.end() ? nullptr : found->second;
}

/// Names bound by comprehensions, handlers and lambdas hide others up to the function they stand in.
Var* Translator::lookup(std::string_view name) {
  for (size_t i = scopes_.size(); i-- > 0;) {
    const auto found = scopes_[i].names.find(name);
    if (found != scopes_[i].names.end()) return found->second;
  }
  return lookup_from(function_, name);
}

ClassInfo* Translator::class_of(TypeId type) const {
  const TypeCell& cell = types_.at(plain(type));
  if (cell.base == Base::instance || (cell.base == Base::exception && cell.id >= 0))
    return classes_[static_cast<size_t>(cell.id)].get();
  return nullptr;
}

TypeId Translator::plain(TypeId type) const {
  return types_.is(type, Base::option) ? types_.arg(type, 0) : type;
}

Code Translator::refuse(const Node& node, std::string construct, std::string_view message,
                        std::string_view hint) {
  const Place& p = node.place;
  for (const Refusal& known : refusals_) {
    if (known.line == p.line && known.column == p.column) return {"()", value_};
  }
  const std::string text = message.empty() ? strf("{} is not translated", construct) : std::string(message);
  const bool early = passes_ == 0;
  if (final_ || early)
    refusals_.push_back(
        {.line = p.line,
         .column = p.column,
         .construct = std::move(construct),
         .text = tree_.source().error(sov::Code::unsupported, p.line, p.column, text, hint).message()});
  return {"()", value_};
}

TypeId Translator::cell(const Node& node, int slot) {
  const uint64_t key = uint64_t{node.number} * 16 + static_cast<uint64_t>(slot);
  const auto [it, added] = cells_.try_emplace(key, 0);
  if (added) it->second = types_.fresh();
  return it->second;
}

TypeId Translator::container(const Node& node, Base base, std::vector<TypeId> args, int slot) {
  const uint64_t key = uint64_t{node.number} * 16 + static_cast<uint64_t>(slot);
  const auto [it, added] = cells_.try_emplace(key, 0);
  if (added) it->second = types_.make(base, std::move(args));
  return it->second;
}

}  // namespace sov::transpiler
