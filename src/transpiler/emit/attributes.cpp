// Attributes, subscripts and slices.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

std::string Translator::module_path(const Node& node) {
  if (node.kind == Kind::Name) {
    Var* var = lookup(static_cast<const ast::Name&>(node).id);
    return var == nullptr ? "" : var->module;
  }
  if (node.kind != Kind::Attribute) return "";
  const auto& attribute = static_cast<const ast::Attribute&>(node);
  const std::string base_path = module_path(*attribute.value);
  return base_path.empty() ? "" : strf("{}.{}", base_path, attribute.attr);
}

Code Translator::module_attribute(const Node& node, const std::string& path) {
  const size_t dot = path.rfind('.');
  const Library& library = Library::built_in();
  if (path == "sys.argv") {
    use("sys");
    return {"rt::sys::argv()", container(node, Base::list, {types_.make(Base::text)}, 12)};
  }
  if (dot != std::string::npos) {
    if (const LibraryEntry* entry = library.attribute(path.substr(0, dot), path.substr(dot + 1)))
      return call_library(node, *entry, nullptr, {});
  }
  static_cast<void>(node);
  return {"", value_};
}

Code Translator::attribute(ast::Attribute& node) {
  if (const std::string path = module_path(node); !path.empty()) {
    const Code found = module_attribute(node, path);
    if (!found.text.empty()) return found;
    if (Code function = library_function(node, path); !function.text.empty()) return function;
    // signal.SIGINT.name: of an object that the module holds.
    if (const Code owner = module_attribute(node, module_path(*node.value)); !owner.text.empty())
      return instance_attribute(node, owner, node.attr);
    // A class attribute of a library class, or nothing known.
    return refuse(node, path, strf("'{}' is not in the library tables", path));
  }
  if (auto* class_name = try_as<ast::Name>(node.value)) {
    Var* var = lookup(class_name->id);
    if (var != nullptr && var->is_class) return class_attribute(node, *var->cls, node.attr);
    if (ClassInfo* cls = class_parameter(var)) return class_attribute(node, *cls, node.attr);
    // str.isdigit in a table of functions; str.maketrans and the like are of the class.
    constexpr std::string_view kOfClass[] = {"maketrans", "fromkeys", "fromhex", "from_bytes"};
    const bool of_class = std::ranges::find(kOfClass, node.attr) != std::end(kOfClass);
    if (var == nullptr && of_class) {
      Code function = library_function(node, strf("{}.{}", class_name->id, node.attr));
      if (!function.text.empty()) return function;
    }
    if (var == nullptr && builtin_type(class_name->id) && !node.attr.starts_with("__") && !of_class) {
      use("builtin_values");
      use("value_call");
      return {strf("builtin_values::method(\"{}\")", node.attr), value_};
    }
  }
  if (auto* super = try_as<ast::Call>(node.value); super != nullptr && super->args.empty()) {
    auto* name = try_as<ast::Name>(super->func);
    if (name != nullptr && name->id == "super" && lookup("super") == nullptr) return super_attribute(node);
  }
  // type(x).__name__
  if (auto* inner = try_as<ast::Call>(node.value); inner != nullptr && node.attr == "__name__") {
    auto* callee = try_as<ast::Name>(inner->func);
    if (callee != nullptr && callee->id == "type" && inner->args.size() == 1)
      return type_name(node, arguments(*inner));
  }
  // x.__class__.__name__
  if (auto* inner = try_as<ast::Attribute>(node.value); inner != nullptr && node.attr == "__name__" &&
                                                        inner->attr == "__class__" &&
                                                        module_path(*inner).empty()) {
    Arguments one;
    one.positional = {inner->value};
    return type_name(node, one);
  }
  if (const auto object = asked_for_class(node.value)) {
    if (ClassInfo* cls = class_of(object->type); find_class_var(*cls, node.attr) != nullptr)
      return class_variable(node, *object, *cls, node.attr);
  }
  if (node.attr == "__class__") {
    Arguments one;
    one.positional = {node.value};
    return type_call(node, one);
  }
  return instance_attribute(node, expr(node.value), node.attr);
}

/// The object of type(x) or x.__class__, where it is one of the program's.
std::optional<Code> Translator::asked_for_class(Node* asked) {
  Node* of = nullptr;
  if (auto* attribute = try_as<ast::Attribute>(asked); attribute != nullptr && attribute->attr == "__class__")
    of = attribute->value;
  if (auto* made = try_as<ast::Call>(asked); made != nullptr && made->args.size() == 1) {
    auto* callee = try_as<ast::Name>(made->func);
    if (callee != nullptr && callee->id == "type" && lookup("type") == nullptr) of = made->args[0];
  }
  if (of == nullptr || calls(*of)) return std::nullopt;
  const Code object = expr(of);
  const bool plain_object = types_.is(object.type, Base::instance) && !class_of(object.type)->is_enum;
  return plain_object ? std::optional(object) : std::nullopt;
}

Code Translator::class_attribute(const Node& node, ClassInfo& cls, std::string_view attr) {
  if (cls.is_enum) {
    if (const auto alias = cls.aliases.find(attr); alias != cls.aliases.end()) attr = alias->second;
    for (const EnumMember& member : cls.members) {
      if (member.name == attr) return {strf("{}::{}", cls.rust, rust_name(attr)), cls.instance_type};
    }
    if (attr == "__members__" && !cls.flag_enum) {
      const TypeId type = container(node, Base::dict, {types_.make(Base::text), cls.instance_type});
      std::string pairs;
      for (const auto& [var, value] : cls.class_assigns)
        pairs += strf("{}({}, {})", pairs.empty() ? "" : ", ",
                      coerce({strf("Str::lit(\"{}\")", var->name), text_}, types_.arg(type, 0)),
                      coerce(class_attribute(node, cls, var->name), types_.arg(type, 1)));
      return {strf("Dict::from(vec![{}])", pairs), type};
    }
  }
  if (Var* var = find_class_var(cls, attr)) return read_var(*var, node);
  if (attr == "__name__") return {strf("Str::lit(\"{}\")", cls.name), text_};
  if (attr == "__doc__") {
    // Whether there is one differs between the classes of a family.
    auto* first = cls.node->body.empty() ? nullptr : try_as<ast::Expr>(cls.node->body[0]);
    auto* text = first == nullptr ? nullptr : try_as<ast::Constant>(first->value);
    const TypeId type = types_.make(Base::option, {types_.make(Base::text)});
    if (text != nullptr && text->value.kind == ConstantKind::text)
      return {strf("Some({})", own(constant(*text))), type};
    if (cls.dataclass || cls.named_tuple) return refuse(node, "__doc__ that a data class makes");
    return {"None::<Str>", type};
  }
  if (cls.named_tuple && attr == "_fields") return named_tuple_fields(node, cls);
  if (FunctionInfo* method = find_method(cls, attr);
      method != nullptr && (method->is_static || method->is_classmethod))
    return function_value(*method, node, nullptr);
  if (FunctionInfo* method = find_method(cls, attr); method != nullptr && !cls.is_exception && !cls.is_enum)
    return {dynamic_value(*method, "", nullptr, true), value_};
  // Declared here, and given a value by the classes below.
  for (ClassInfo* below : cls.root->family) {
    Var* var = inherits(*below, cls) ? find_class_var(*below, attr) : nullptr;
    if (var == nullptr) continue;
    Code missing = raising("AttributeError", strf("type object '{}' has no attribute '{}'", cls.name, attr));
    missing.type = var->type;
    return missing;
  }
  return refuse(node, strf("class attribute {}", attr), strf("'{}.{}' is not known", cls.name, attr));
}

/// What `make` gives for the exception's own class, where classes below `cls` have an `attr` of their own.
Code Translator::by_exception_class(const Node& node, const Code& object, ClassInfo& cls,
                                    std::string_view attr,
                                    const std::function<Code(ClassInfo&, const Code&)>& make) {
  std::vector<ClassInfo*> below;
  for (ClassInfo* member : cls.root->family) {
    const bool own_attr = member->methods.contains(attr) || member->class_vars.contains(attr);
    if (member != &cls && own_attr && inherits(*member, cls)) below.insert(below.begin(), member);
  }
  if (below.empty()) return make(cls, object);
  const std::string e = temp("e");
  const Code held{e, object.type, Form::place};
  const TypeId result = cell(node, 8);
  std::vector<Code> ways;
  for (ClassInfo* member : below) ways.push_back(make(*member, held));
  ways.push_back(make(cls, held));
  for (const Code& way : ways) types_.flow(way.type, result);
  std::string text = strf("{{ let {} = {}; ", e, own(object));
  for (size_t i = 0; i < below.size(); ++i)
    text += strf("if {}.is(&CLASS_{}) {{ {} }} else ", e, below[i]->rust, coerce(ways[i], result));
  return {strf("{}{{ {} }} }}", text, coerce(ways.back(), result)), result};
}

/// A class variable read through an object: that of the object's own class.
Code Translator::class_variable(const Node& node, const Code& object, ClassInfo& cls, std::string_view attr) {
  std::vector<std::pair<Var*, std::string>> ways;
  for (ClassInfo* member : cls.root->family) {
    if (!inherits(*member, cls)) continue;
    Var* var = find_class_var(*member, attr);
    const std::string kind = strf("{}Kind::{}", cls.root->rust, member->rust);
    const auto same = std::ranges::find_if(ways, [&](const auto& way) { return way.first == var; });
    if (same == ways.end())
      ways.emplace_back(var, kind);
    else
      same->second += " | " + kind;
  }
  if (ways.size() < 2) return read_var(*find_class_var(cls, attr), node);
  const TypeId result = cell(node, 8);
  std::string arms;
  std::vector<Code> codes;
  for (const auto& [var, kinds] : ways) {
    // Only classes below may have it.
    const std::string missing = strf("'{}' object has no attribute '{}'", cls.name, attr);
    codes.push_back(var == nullptr ? raising("AttributeError", missing) : read_var(*var, node));
    if (var != nullptr) types_.flow(codes.back().type, result);
  }
  for (size_t i = 0; i < ways.size(); ++i)
    arms += strf("{} => {}, ", i + 1 == ways.size() ? "_" : ways[i].second, coerce(codes[i], result));
  return {strf("match {}.kind {{ {}}}", operand(object), arms), result, Form::owned, false};
}

/// f.__doc__
Code Translator::docstring(const FunctionInfo& function) {
  const Nodes body = function.body();
  auto* first = body.empty() ? nullptr : try_as<ast::Expr>(body[0]);
  auto* text = first == nullptr ? nullptr : try_as<ast::Constant>(first->value);
  if (text == nullptr || text->value.kind != ConstantKind::text) return {"()", none_};
  return constant(*text);
}

Code Translator::instance_attribute(const Node& node, const Code& object_or_none, std::string_view attr) {
  const Code object =
      types_.is(object_or_none.type, Base::option) ? need(object_or_none, attr) : object_or_none;
  if (attr == "__dict__" && is_namespace(object.type)) return namespace_dict(node, object);
  if (attr == "__dict__") return instance_dict(node, object);
  if (attr == "__code__" || attr == "__globals__" || attr == "__closure__" || attr == "__defaults__")
    return refuse(node, strf("{} of a function", attr));
  if (base(object.type) == Base::function && (attr == "__name__" || attr == "__qualname__") &&
      object.named != nullptr)
    return {strf("Str::lit(\"{}\")", object.named->name), text_};
  if (base(object.type) == Base::function && attr == "__doc__" && object.named != nullptr)
    return docstring(*object.named);
  if (attr == "__doc__" && base(object.type) == Base::value) return doc_of(node, object);
  // Whatever else is asked of a function is known of Values.
  if (base(object.type) == Base::function) {
    types_.make_value(object.type);
    return {"()", types_.fresh()};
  }
  switch (base(object.type)) {
    case Base::unknown:
      return {"()", types_.fresh()};
    case Base::none:
      return raising("AttributeError", strf("'NoneType' object has no attribute '{}'", attr));
    case Base::value:
      use("value_ops");
      {
        const std::string other = attempt(strf("value_items::getattr({}, \"{}\")", ref(object), attr));
        const Code found = by_library_type(node, object, attr, nullptr, other);
        return found.text.empty() ? Code{other, value_} : found;
      }
    case Base::exception: {
      ClassInfo* cls = class_of(object.type);
      if (attr == "args") {
        use("value_call");
        return {strf("Tuple::from({}.args().iter().map(value_call::arg_value).collect::<Vec<Value>>())",
                     operand(object)),
                container(node, Base::many, {types_.make(Base::value)}, 12)};
      }
      if (attr == "__cause__" || attr == "__context__")
        return {strf("{}.{}()", operand(object), attr == "__cause__" ? "cause" : "context"),
                types_.make(Base::option, {exception_})};
      if (attr == "__suppress_context__") return {strf("{}.suppress_context()", operand(object)), boolean_};
      if (cls != nullptr) {
        if (FieldInfo* field = find_field(*cls, attr))
          return {strf("glue::payload::<{}Data>({}).{}.get()", cls->root->rust, ref(object), field->rust),
                  field->type};
        if (FunctionInfo* method = find_method(*cls, attr); method != nullptr && method->is_property)
          return by_exception_class(node, object, *cls, attr, [&](ClassInfo& member, const Code& self) {
            FunctionInfo* own_method = find_method(member, attr);
            own_method->called = true;
            return fallible(strf("{}.{}()", operand(self), method_rust(member, attr)), own_method->ret);
          });
        if (find_class_var(*cls, attr) != nullptr)
          return by_exception_class(node, object, *cls, attr, [&](ClassInfo& member, const Code&) {
            return read_var(*find_class_var(member, attr), node);
          });
        if (final_) return refuse(node, strf("exception attribute {}", attr));
        return {"()", types_.fresh()};
      }
      const LibraryEntry* entry = Library::built_in().attribute("exc", attr);
      if (entry != nullptr) return call_library(node, *entry, &object, {});
      return refuse(node, strf("exception attribute {}", attr));
    }
    case Base::instance: {
      ClassInfo& cls = *class_of(object.type);
      if (cls.is_enum) {
        if (attr == "value") return {strf("{}.value()", operand(object)), cls.enum_value};
        if (attr == "name")
          return {strf("{}.name()", operand(object)),
                  cls.flag_enum ? types_.make(Base::option, {types_.make(Base::text)}) : text_};
      }
      FunctionInfo* method = find_method(cls, attr);
      if (method != nullptr && method->is_property) {
        method->called = true;
        return fallible(strf("{}.{}()", operand(object), method_rust(cls, attr)), method->ret);
      }
      if (auto found = descriptor_get(node, object, cls, attr)) return *found;
      if (FieldInfo* field = find_field(cls, attr)) {
        if (may_be_of_class(cls, attr)) return own_or_class_variable(node, object, cls, *field);
        return {strf("{}.{}.get()", operand(object), field->rust), field->type};
      }
      if (find_class_var(cls, attr) != nullptr) return class_variable(node, object, cls, attr);
      if (method != nullptr) return function_value(*method, node, &object);
      for (ClassInfo* member : cls.root->family) {
        if (FunctionInfo* below = find_method(*member, attr); below != nullptr && below->is_property)
          return fallible(strf("{}.{}()", operand(object), rust_name(attr)), below->ret);
        if (auto found = descriptor_below(object, cls, attr)) return *found;
        if (find_class_var(*member, attr) != nullptr && inherits(*member, cls))
          return class_variable(node, object, cls, attr);
      }
      if (cls.named_tuple && attr == "_fields") return named_tuple_fields(node, cls);
      if (attr == "__doc__") {
        Code out = class_attribute(node, cls, attr);
        if (cls.root->family.size() == 1) return out;
        std::string arms;
        for (ClassInfo* member : cls.root->family)
          arms += strf("{}Kind::{} => {}, ", cls.root->rust, member->rust,
                       inherits(*member, cls) ? class_attribute(node, *member, attr).text : "None");
        return {strf("match {}.kind {{ {}}}", operand(object), arms), out.type, Form::owned, false};
      }
      if (auto found = open_attribute(node, object, cls, attr)) return *found;
      if (holds_built_in(cls)) {
        const Code held = unwrapped(object, {});
        const bool library_type = base(held.type) == Base::opaque;
        if (const LibraryEntry* entry =
                library_type ? Library::built_in().attribute(
                                   Library::built_in().type(types_.at(held.type).id).name, attr)
                             : nullptr)
          return call_library(node, *entry, &held, {});
        if (auto bound = bound_method(node, held, attr)) return *bound;
      }
      if (!final_) return {"()", types_.fresh()};
      return refuse(node, strf("attribute {}", attr),
                    strf("'{}' has no attribute '{}' that is ever assigned", cls.name, attr));
    }
    case Base::opaque: {
      const std::string& type = Library::built_in().type(types_.at(object.type).id).name;
      if (is_namespace(object.type)) return namespace_attribute(object, attr);
      if (const LibraryEntry* entry = Library::built_in().attribute(type, attr))
        return call_library(node, *entry, &object, {});
      if (auto method = bound_method(node, object, attr)) return *method;
      return refuse(node, strf("{}.{}", type, attr),
                    strf("the attribute '{}' of {} is not in the library tables", attr, type));
    }
    case Base::range:
      if (attr == "start" || attr == "stop" || attr == "step")
        return {strf("{}.{}", operand(object), attr), integer_};
      break;
    case Base::integer:
    case Base::real:
      if (const LibraryEntry* entry =
              Library::built_in().attribute(base(object.type) == Base::integer ? "int" : "float", attr))
        return call_library(node, *entry, &object, {});
      break;
    default:
      if (auto method = bound_method(node, object, attr)) return *method;
      break;
  }
  return refuse(node, strf("attribute {} of {}", attr, type_text(object.type)));
}

std::string Translator::slice_part(Node* part) {
  if (part == nullptr) return "None";
  const Code code = expr(part);
  if (types_.is(code.type, Base::option)) return own(code);
  return strf("Some({})", as_int(code));
}

Code Translator::slice(const Node& node, const Code& object, ast::Slice& slice) {
  const std::string lower = slice_part(slice.lower), upper = slice_part(slice.upper);
  const Base kind = base(object.type);
  const bool sequence = kind == Base::list || kind == Base::text || kind == Base::many || kind == Base::bytes;
  if (kind == Base::unknown) return {"()", types_.fresh()};
  if (kind == Base::value) {
    use("value_ops");
    const bool own_items = std::ranges::any_of(
        classes_, [](const auto& cls) { return cls->methods.contains("__getitem__") && cls->root->boxed; });
    if (own_items) note_valued(library_type(node, "slice"));
    return fallible(
        strf("value_items::getslice({}, {}, {}, {})", ref(object), lower, upper, slice_part(slice.step)),
        value_);
  }
  if (kind == Base::tuple) {
    const TypeId item = cell(node, 3);
    for (const TypeId part : types_.at(object.type).args) types_.flow(part, item);
    const TypeId type = container(node, Base::many, {item}, 4);
    return fallible(strf("{}.slice({}, {}, {})", coerce(object, type), lower, upper, slice_part(slice.step)),
                    type);
  }
  if (kind == Base::opaque) {
    const std::string& type = Library::built_in().type(types_.at(object.type).id).name;
    if (type == "bytearray" || Library::built_in().method(type, "__getslice__") != nullptr)
      return fallible(strf("{}.slice({}, {}, {})", operand(object), lower, upper, slice_part(slice.step)),
                      object.type);
  }
  if (kind == Base::instance && find_method(*class_of(object.type), "__getitem__") != nullptr) {
    // The program's own class is given a slice.
    const std::string made = strf("slices::Slice::new({}, {}, {})", lower, upper, slice_part(slice.step));
    use("slices");
    scopes_.push_back({.names = {}, .function = function_});
    Arguments args;
    args.positional = {stand_in(node, "\x01s", made, library_type(node, "slice"), 7)};
    const Code item = call_method(node, object, "__getitem__", args);
    scopes_.pop_back();
    return item;
  }
  if (!sequence) return refuse(node, strf("slice of {}", type_text(object.type)));
  if (slice.step == nullptr && kind != Base::many)
    return {strf("{}.substr({}, {})", operand(object), lower, upper), object.type};
  return fallible(strf("{}.slice({}, {}, {})", operand(object), lower, upper, slice_part(slice.step)),
                  object.type);
}

Code Translator::subscript(ast::Subscript& node) {
  if (auto* class_name = try_as<ast::Name>(node.value)) {
    Var* var = lookup(class_name->id);
    const ClassInfo* cls = var != nullptr && var->is_class ? var->cls : class_parameter(var);
    if (cls != nullptr && cls->is_enum) {
      const Code key = expr(node.slice);
      return fallible(strf("{}::from_name({})", cls->rust, ref_as(key, text_)), cls->instance_type);
    }
  }
  // signal.Signals["SIGINT"]
  if (const LibraryEntry* entry =
          Library::built_in().function(strf("{}.__getitem__", module_path(*node.value)))) {
    Arguments args;
    args.positional = {node.slice};
    return call_library(node, *entry, nullptr, args);
  }
  const auto global = global_named(*node.value, node.slice);
  Code object = global ? *global : need(expr(node.value));
  if (auto found = missing_item(node, object, node.slice)) return *found;
  object = unwrapped(object, {"__getitem__"});
  if (is_named_tuple(object) && find_method(*class_of(object.type), "__getitem__") == nullptr)
    object = tuple_of(node, object);
  if (auto* part = try_as<ast::Slice>(node.slice)) return slice(node, object, *part);
  const Code index = expr(node.slice);
  const Base kind = base(object.type);
  if (is_library_type(index.type, "slice") && kind != Base::instance && kind != Base::dict) {
    if (kind == Base::tuple) {
      const TypeId item = cell(node, 3);
      for (const TypeId part : types_.at(object.type).args) types_.flow(part, item);
      const TypeId type = container(node, Base::many, {item}, 4);
      object = {coerce(object, type), type};
    }
    const std::string s = temp("s");
    const std::string method = kind == Base::value ? strf("value_items::getslice({}, ", ref(object))
                                                   : strf("{}.slice(", operand(object));
    return {strf("{{ let {} = {}; {} }}", s, own(index),
                 attempt(strf("{}{}.start, {}.stop, {}.step)", method, s, s, s))),
            object.type};
  }
  if (types_.is(index.type, Base::value) && valued_.contains(Library::built_in().type_number("slice")) &&
      (kind == Base::list || kind == Base::many || kind == Base::tuple || kind == Base::text ||
       kind == Base::bytes)) {
    // A number or a slice: the run knows.
    use("value_items");
    if (kind == Base::tuple) {
      const TypeId item = cell(node, 3);
      for (const TypeId part : types_.at(object.type).args) types_.flow(part, item);
      const TypeId type = container(node, Base::many, {item}, 4);
      object = {coerce(object, type), type};
    }
    const std::string i = temp("i"), o = temp("o");
    const Code at{i, value_, Form::place}, held{o, object.type, Form::place};
    const TypeId item = kind == Base::text    ? text_
                        : kind == Base::bytes ? integer_
                                              : types_.arg(object.type, 0);
    const char* get = kind == Base::list || kind == Base::text ? "get" : "item";
    const Code one = fallible(strf("{}.{}({})", o, get, as_int(at)), item);
    return {strf("{{ let {} = {}; let {} = {}; if let Value::Int(_) = &{} {{ {} }} else {{ {} }} }}", o,
                 own(object), i, own(index), i, to_value(one).text,
                 attempt(strf("value_items::getitem(&{}, &{})", to_value(held).text, i))),
            value_};
  }
  switch (kind) {
    case Base::unknown:
      return {"()", types_.fresh()};
    case Base::none:
      return raising("TypeError", "'NoneType' object is not subscriptable");
    case Base::list:
      return fallible(list_item(object, as_int(index), "get", ""), types_.arg(object.type, 0));
    case Base::text:
      return character_at(object, as_int(index));
    case Base::bytes:
      return fallible(strf("{}.item({})", operand(object), as_int(index)), integer_);
    case Base::many:
      return fallible(strf("{}.item({})", operand(object), as_int(index)), types_.arg(object.type, 0));
    case Base::dict: {
      const TypeId key = types_.arg(object.type, 0);
      return fallible(strf("{}.item({})", operand(object), key_ref(index, key)), types_.arg(object.type, 1));
    }
    case Base::tuple: {
      const TypeCell shape = types_.at(object.type);
      int64_t at = -1;
      bool fixed = false;
      if (auto* literal = try_as<ast::Constant>(node.slice);
          literal != nullptr && literal->value.kind == ConstantKind::integer)
        at = std::strtol(std::string(literal->value.text).c_str(), nullptr, 16), fixed = true;
      if (auto* negative = try_as<ast::UnaryOp>(node.slice);
          negative != nullptr && negative->op == Op::USub) {
        auto* literal = try_as<ast::Constant>(negative->operand);
        if (literal != nullptr && literal->value.kind == ConstantKind::integer)
          at = static_cast<int64_t>(shape.args.size()) -
               std::strtol(std::string(literal->value.text).c_str(), nullptr, 16),
          fixed = true;
      }
      if (fixed && at >= 0 && at < static_cast<int64_t>(shape.args.size()))
        return {strf("{}.{}", operand(object), at), shape.args[static_cast<size_t>(at)],
                object.form == Form::reference ? Form::place
                : object.form == Form::owned   ? Form::owned
                                               : Form::place};
      if (fixed) return refuse(node, "tuple index out of range");
      const TypeId item = cell(node, 3);
      for (const TypeId part : shape.args) types_.flow(part, item);
      const TypeId type = container(node, Base::many, {item}, 4);
      return fallible(strf("{}.item({})", coerce(object, type), as_int(index)), item);
    }
    case Base::value:
      use("value_ops");
      return fallible(strf("value_items::getitem({}, &{})", ref(object), to_value(index).text), value_);
    case Base::instance: {
      Arguments args;
      args.positional = {node.slice};
      return call_method(node, object, "__getitem__", args);
    }
    case Base::opaque: {
      const std::string& type = Library::built_in().type(types_.at(object.type).id).name;
      if (const LibraryEntry* entry = Library::built_in().method(type, "__getitem__")) {
        Arguments args;
        args.positional = {node.slice};
        return call_library(node, *entry, &object, args);
      }
      break;
    }
    default:
      break;
  }
  return refuse(node, strf("subscript of {}", type_text(object.type)));
}

}  // namespace sov::transpiler
