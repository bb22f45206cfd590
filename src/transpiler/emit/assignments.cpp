// Assignments to names, attributes, items and several of them at once.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

void Translator::assign(ast::Assign& node) {
  if (node.targets.size() == 1) {
    auto* name = try_as<ast::Name>(node.targets[0]);
    Var* var = name != nullptr ? lookup(name->id) : nullptr;
    if (var != nullptr) var->value = node.value;
    if (var != nullptr && var->module_level && function_ == nullptr) {
      // Either = Left | Right
      const Node* first = node.value;
      while (first->kind == Kind::BinOp && static_cast<const ast::BinOp*>(first)->op == Op::BitOr)
        first = static_cast<const ast::BinOp*>(first)->left;
      if (first != node.value && first->kind == Kind::Name) {
        const std::string_view left_name = static_cast<const ast::Name*>(first)->id;
        Var* left = lookup(left_name);
        if (left != nullptr ? left->is_class : builtin_type(left_name)) return;
      }
      // X = TypeVar("X"), Handler = Callable[...]: nothing at run time.
      auto* call_node = try_as<ast::Call>(node.value);
      const std::string path = call_node != nullptr ? module_path(*call_node->func) : "";
      if (path == "typing.TypeVar" || path == "typing.NewType") return;
      if (node.value->kind == Kind::Subscript) {
        const std::string base_path = module_path(*as<ast::Subscript>(*node.value).value);
        auto* builtin_name = try_as<ast::Name>(as<ast::Subscript>(*node.value).value);
        const bool type_name = builtin_name != nullptr && lookup(builtin_name->id) == nullptr &&
                               (builtin_name->id == "dict" || builtin_name->id == "list" ||
                                builtin_name->id == "tuple" || builtin_name->id == "set");
        if (base_path.starts_with("typing.") || base_path.starts_with("collections.abc.") || type_name)
          return;
      }
    }
    if (moves_part(node)) return;
    if (var != nullptr && only_reduced(*var)) {
      if (auto number = long_int(node.value)) return store(*node.targets[0], *number, node);
    }
    return store(*node.targets[0], expr(node.value), node);
  }
  const Code value = expr(node.value);
  const std::string held = temp("v");
  line(strf("let {} = {};", held, own(value)));
  for (Node* target : node.targets) store(*target, {held, value.type, Form::place}, node);
}

/// items[a:b] = items[c:d:e]: no list in between, and none at all where a part is turned round.
bool Translator::moves_part(const ast::Assign& node) {
  auto* to = try_as<ast::Subscript>(node.targets[0]);
  auto* from = try_as<ast::Subscript>(node.value);
  if (to == nullptr || from == nullptr) return false;
  const auto* list = try_as<ast::Name>(to->value);
  const auto* other = try_as<ast::Name>(from->value);
  const auto* place = try_as<ast::Slice>(to->slice);
  const auto* part = try_as<ast::Slice>(from->slice);
  if (list == nullptr || other == nullptr || place == nullptr || part == nullptr || list->id != other->id)
    return false;
  const Code object = expr(to->value);
  if (base(object.type) != Base::list) return false;
  const auto bounds = [&](const ast::Slice& slice) {
    return strf("({}, {}, {})", slice_part(slice.lower), slice_part(slice.upper), slice_part(slice.step));
  };
  const std::string taken = bounds(*part);  // Python looks at these first
  line(strf("{};", attempt(strf("{}.move_part({}, {})", operand(object), taken, bounds(*place)))));
  return true;
}

void Translator::ann_assign(ast::AnnAssign& node) {
  if (node.value == nullptr) return;
  // Matrix: TypeAlias = list[list[float]]: nothing at run time.
  const Node* annotation = node.annotation;
  const bool alias =
      annotation != nullptr &&
      (annotation->kind == Kind::Name ? static_cast<const ast::Name*>(annotation)->id == "TypeAlias"
                                      : module_path(*annotation) == "typing.TypeAlias");
  auto* name = try_as<ast::Name>(node.target);
  if (Var* var = name != nullptr ? lookup(name->id) : nullptr; var != nullptr) var->value = node.value;
  if (alias) return;
  store(*node.target, expr(node.value), node);
}

void Translator::store(Node& target, const Code& value, const Node& statement) {
  switch (target.kind) {
    case Kind::Name: {
      Var* var = lookup(as<ast::Name>(target).id);
      if (var != nullptr) store_name(*var, value, statement);
      return;
    }
    case Kind::Attribute:
      return store_attribute(as<ast::Attribute>(target), value);
    case Kind::Subscript:
      return store_subscript(as<ast::Subscript>(target), value);
    case Kind::Tuple:
      return store_tuple(target, as<ast::Tuple>(target).elts, value, statement);
    case Kind::List:
      return store_tuple(target, as<ast::List>(target).elts, value, statement);
    default:
      refuse(target, strf("assignment to {}", kind_name(target.kind)));
  }
}

void Translator::store_name(Var& var, const Code& value, const Node& statement) {
  types_.flow(value.type, var.type);
  if (!var.module.empty() || (var.is_class && var.cls != nullptr)) {
    refuse(statement, "assignment to an imported name or class");
    return;
  }
  const std::string text = coerce(value, var.type);
  if (value.diverges) {
    line(strf("{};", text));
  } else if (var.constant) {
    return;  // written as a const
  } else if (var.module_level && var.global) {
    declare_static(var.rust, var.type);
    line(strf("glue::set_global(&{}, {});", var.rust, text));
  } else if (var.shared) {
    line(strf("{}.set({});", var.rust, text));
  } else if (var.slot) {
    line(strf("{} = Some({});", var.rust, text));
  } else if (var.declare_at == &statement) {
    line(strf("let {}{}: {} = {};", var.assigns > 1 ? "mut " : "", var.rust, rust_type(var.type), text));
  } else {
    line(strf("{} = {};", var.rust, text));
  }
}

void Translator::store_attribute(ast::Attribute& target, const Code& value_or_call) {
  if (const auto object = asked_for_class(target.value)) {
    ClassInfo& cls = *class_of(object->type);
    Var* var = find_class_var(cls, target.attr);
    if (var == nullptr || !cls.children.empty()) {
      refuse(target, "assignment to an attribute of type(x)", "", "each class below may get one of its own");
      return;
    }
    return store_name(*var, value_or_call, target);
  }
  if (auto* owner = try_as<ast::Name>(target.value)) {
    Var* var = lookup(owner->id);
    ClassInfo* parameter = class_parameter(var);
    if (var != nullptr && ((var->is_class && var->cls != nullptr) || parameter != nullptr)) {
      Var* class_var = find_class_var(parameter != nullptr ? *parameter : *var->cls, target.attr);
      if (class_var == nullptr) {
        refuse(target, "assignment to a class attribute");
        return;
      }
      if (parameter == nullptr && !var->cls->class_vars.contains(target.attr)) {
        refuse(target, "assignment to an inherited class attribute", "",
               strf("'{}' would get a '{}' of its own", var->cls->name, target.attr));
        return;
      }
      return store_name(*class_var, value_or_call, target);
    }
    if (var != nullptr && !var->module.empty()) {
      refuse(target, "assignment to a module's attribute");
      return;
    }
  }
  const Code value = calls(*target.value) ? held_first(value_or_call) : value_or_call;
  const Code object = need(expr(target.value), target.attr);
  switch (base(object.type)) {
    case Base::unknown:
      return;
    case Base::value:
      line(strf("{};", attempt(strf("value_items::setattr({}, \"{}\", {})", ref(object), target.attr,
                                    to_value(value).text))));
      return;
    case Base::instance:
    case Base::exception: {
      ClassInfo* cls = class_of(object.type);
      if (cls == nullptr) break;
      if (FunctionInfo* setter = find_method(*cls, target.attr, true);
          setter != nullptr && setter->params.size() == 2) {
        types_.flow(value.type, setter->params[1].var->type);
        line(strf("{};",
                  attempt(strf("{}.{}({})", operand(object),
                               cls->root->family.size() > 1 ? strf("assign_{}", target.attr) : setter->rust,
                               coerce(value, setter->params[1].var->type)))));
        return;
      }
      const auto value_only = [&] {
        if (!is_inert(value.text)) line(strf("let _ = {};", own(value)));
      };
      if (FunctionInfo* getter = find_method(*cls, target.attr); getter != nullptr && getter->is_property) {
        value_only();
        line(strf("{};",
                  attempt(strf("Err::<(), Exc>(exc::new(&exc::AttributeError, \"property '{}' of '{}' object "
                               "has no setter\"))",
                               target.attr, cls->name))));
        return;
      }
      if (cls->frozen && cls->dataclass) {
        value_only();
        const std::string failure =
            cls->named_tuple
                ? "&exc::AttributeError, \"can't set attribute\""
                : strf("&exc::FrozenInstanceError, \"cannot assign to field '{}'\"", target.attr);
        line(strf("{};", attempt(strf("Err::<(), Exc>(exc::new({}))", failure))));
        return;
      }
      if (base(object.type) == Base::instance && stored_by_hook(target, object, *cls, target.attr, value))
        return;
      FieldInfo& field = add_field(*cls, target.attr);
      types_.flow(value.type, field.type);
      if (cls->root->boxed) types_.open_up(field.type);
      const std::string holder = base(object.type) == Base::exception
                                     ? strf("glue::payload::<{}Data>({})", cls->root->rust, ref(object))
                                     : operand(object);
      line(strf("{}.{}.set({});", holder, field.rust, coerce(value, field.type)));
      return;
    }
    case Base::opaque: {
      const std::string& type = Library::built_in().type(types_.at(object.type).id).name;
      if (is_namespace(object.type)) {
        types_.flow(value.type, destination(target.attr, object.type));
        line(strf("{}.set(\"{}\", {});", operand(object), target.attr, to_value(value).text));
        return;
      }
      if (const LibraryEntry* entry = Library::built_in().method(type, strf("__set_{}__", target.attr))) {
        for (const std::string& module : entry->uses) use(module);
        const std::string given = entry->params[0].type.name == "any"
                                      ? to_value(value).text
                                      : coerce(value, library_type(target, entry->params[0].type.name));
        const std::string text = strf("{}{}({})", operand(object), entry->body, given);
        line(strf("{};", entry->raises ? attempt(text) : text));
        return;
      }
      break;
    }
    default:
      break;
  }
  refuse(target, strf("assignment to an attribute of {}", type_text(object.type)));
}

/// Evaluating it may change something, or say something.
bool Translator::calls(Node& node) {
  if (node.kind == Kind::Call || node.kind == Kind::NamedExpr || node.kind == Kind::Await ||
      node.kind == Kind::Yield || node.kind == Kind::YieldFrom)
    return true;
  bool any = false;
  for_children(node, [&](Node& child) { any = any || calls(child); });
  return any;
}

/// The value, evaluated before what is written next.
Code Translator::held_first(const Code& value) {
  if (value.diverges || is_inert(value.text) || !known(value.type)) return value;
  const std::string held = temp("v");
  line(strf("let {} = {};", held, own(value)));
  return {held, value.type};
}

/// Python evaluates the value first, then the container, then the index; Rust takes them in the other order.
Code Translator::value_first(const Code& value, const Code& object, const Code& index) {
  if (value.diverges || is_inert(value.text) || (is_inert(object.text) && is_inert(index.text))) return value;
  if (is_quiet(value.text) && is_quiet(object.text) && is_quiet(index.text)) return value;
  return held_first(value);
}

void Translator::store_subscript(ast::Subscript& target, const Code& value_or_call) {
  if (calls(*target.value) || calls(*target.slice)) return store_item(target, held_first(value_or_call));
  store_item(target, value_or_call);
}

void Translator::store_item(ast::Subscript& target, const Code& value_or_call) {
  const Code object = unwrapped(need(expr(target.value)), {"__setitem__"});
  if (auto* part = try_as<ast::Slice>(target.slice)) {
    const Code& value = value_or_call;
    if (base(object.type) == Base::unknown) return;
    if (base(object.type) == Base::opaque) {
      const std::string& type = Library::built_in().type(types_.at(object.type).id).name;
      if (type == "bytearray" || type == "memoryview" || type == "array") {
        const std::string bytes = type != "array" && base(value.type) == Base::opaque
                                      ? strf("&{}.to_bytes()", operand(value))
                                      : ref(value);
        line(
            strf("{};", attempt(strf("{}.set_slice({}, {}, {}, {})", operand(object), slice_part(part->lower),
                                     slice_part(part->upper), slice_part(part->step), bytes))));
        return;
      }
    }
    if (base(object.type) != Base::list) {
      refuse(target, strf("assignment to a slice of {}", type_text(object.type)));
      return;
    }
    const TypeId item = types_.arg(object.type, 0);
    line(strf("{};", attempt(strf("{}.set_slice({}, {}, {}, {})", operand(object), slice_part(part->lower),
                                  slice_part(part->upper), slice_part(part->step),
                                  collected_code(target, value, item)))));
    return;
  }
  const Code index = expr(target.slice);
  const Code value = value_first(value_or_call, object, index);
  if (auto* attribute = try_as<ast::Attribute>(target.value);
      attribute != nullptr && attribute->attr == "__dict__" && base(object.type) == Base::dict) {
    const Code owner = need(expr(attribute->value));
    if (base(owner.type) == Base::instance) {
      open_fields(owner.type);
      line(strf("{};", attempt(strf("value_items::set_in_dict(&{}, {}.as_str(), {})", to_value(owner).text,
                                    operand({coerce(index, text_), text_}), to_value(value).text))));
      return;
    }
  }
  switch (base(object.type)) {
    case Base::unknown:
      return;
    case Base::list: {
      const TypeId item = types_.arg(object.type, 0);
      types_.flow(value.type, item);
      line(strf("{};", attempt(list_item(object, as_int(index), "set", ", " + coerce(value, item)))));
      return;
    }
    case Base::dict: {
      types_.flow(index.type, types_.arg(object.type, 0));
      types_.flow(value.type, types_.arg(object.type, 1));
      const TypeId of = types_.arg(object.type, 0);
      const bool text = types_.is(index.type, Base::text) || types_.is(index.type, Base::integer);
      const std::string key = text ? coerce(index, of) : as_key(coerce(index, of), of);
      line(strf("{}.set({}, {});", operand(object), key, coerce(value, types_.arg(object.type, 1))));
      return;
    }
    case Base::value:
      line(strf("{};", attempt(strf("value_items::setitem({}, &{}, {})", ref(object), to_value(index).text,
                                    to_value(value).text))));
      return;
    case Base::instance: {
      ClassInfo& cls = *class_of(object.type);
      FunctionInfo* method = find_method(cls, "__setitem__");
      if (method == nullptr || method->params.size() != 3) break;
      types_.flow(index.type, method->params[1].var->type);
      types_.flow(value.type, method->params[2].var->type);
      line(strf("{};", attempt(strf("{}.{}({}, {})", operand(object), method_rust(cls, "__setitem__"),
                                    coerce(index, method->params[1].var->type),
                                    coerce(value, method->params[2].var->type)))));
      return;
    }
    case Base::opaque: {
      const std::string& type = Library::built_in().type(types_.at(object.type).id).name;
      const LibraryEntry* entry = Library::built_in().method(type, "__setitem__");
      if (entry == nullptr || entry->params.size() != 2) break;
      std::map<std::string, TypeId> bound;
      const LibraryEntry& row = Library::built_in().type(types_.at(object.type).id);
      for (size_t i = 0; i < row.params.size() && i < types_.at(object.type).args.size(); ++i)
        bound[row.params[i].name] = types_.arg(object.type, i);
      const TypeId key = signature_type(entry->params[0].type, bound, target, "k"),
                   item = signature_type(entry->params[1].type, bound, target, "v");
      // What is put into a container widens its items; what the row says stays, and so do numbers of fixed
      // size.
      const auto widens = [&](const SigType& wanted) {
        return wanted.name.size() == 1 && wanted.name != "N";
      };
      const auto scalar = [&](TypeId wanted) {
        return base(wanted) == Base::integer || base(wanted) == Base::real || base(wanted) == Base::text ||
               base(wanted) == Base::boolean || base(wanted) == Base::bytes;
      };
      if (widens(entry->params[0].type) || !scalar(key)) types_.flow(index.type, key);
      if (widens(entry->params[1].type) || !scalar(item) || base(value.type) == Base::value)
        types_.flow(value.type, item);
      const std::string key_text = entry->params[0].type.reference ? ref_as(index, key)
                                   : base(key) == Base::integer    ? as_int(index)
                                                                   : coerce(index, key);
      const std::string value_text =
          strf("{}{}", entry->params[1].type.reference ? "&" : "", coerce(value, item));
      std::string text = strf("{}{}({}, {})", operand(object), entry->body, key_text, value_text);
      if (entry->body.find('{') != std::string::npos)
        text = filled(entry->body, {{"self", operand(object)},
                                    {entry->params[0].name, key_text},
                                    {entry->params[1].name, value_text}});
      line(strf("{};", entry->raises ? attempt(text) : text));
      return;
    }
    default:
      break;
  }
  refuse(target, strf("assignment to an item of {}", type_text(object.type)));
}

/// a, b = value
void Translator::store_tuple(Node& target, Nodes elts, const Code& value_or_none, const Node& statement) {
  const Code plain_value = need(value_or_none);
  const Code value =
      is_named_tuple(plain_value) ? tuple_of(target, plain_value) : unwrapped(plain_value, {"__iter__"});
  const auto star = std::ranges::find_if(elts, [](Node* e) { return e->kind == Kind::Starred; });
  if (base(value.type) == Base::unknown) return;
  const TypeCell shape = types_.at(value.type);
  if (star == elts.end() && shape.base == Base::tuple) {
    if (shape.args.size() != elts.size()) {
      refuse(target, "unpacking of a tuple of another length");
      return;
    }
    std::string names;
    std::vector<std::string> held;
    for (size_t i = 0; i < elts.size(); ++i) {
      held.push_back(temp("t"));
      names += strf("{}{}", i > 0 ? ", " : "", held.back());
    }
    // Straight into new variables where all are new.
    bool all_new = true;
    std::string pattern;
    for (size_t i = 0; i < elts.size(); ++i) {
      auto* name = try_as<ast::Name>(elts[i]);
      Var* var = name != nullptr ? lookup(name->id) : nullptr;
      if (var != nullptr) types_.flow(shape.args[i], var->type);
      const bool fresh_var = var != nullptr && var->declare_at == &statement && !var->shared &&
                             !(var->module_level && var->global) && !var->slot &&
                             types_.same(var->type, shape.args[i]);
      const bool repeated = std::ranges::any_of(elts.first(i), [&](Node* other) {
        auto* o = try_as<ast::Name>(other);
        return o != nullptr && name != nullptr && o->id == name->id;
      });
      all_new = all_new && fresh_var && !repeated;
      if (all_new)
        pattern += strf("{}{}{}", i > 0 ? ", " : "", var->assigns > 1 ? "mut " : "",
                        var->reads == 0 && var->assigns == 1 ? unread_name(*var) : var->rust);
    }
    if (all_new) {
      line(strf("let ({}{}): {} = {};", pattern, elts.size() == 1 ? "," : "", rust_type(value.type),
                own(value)));
      return;
    }
    line(strf("let ({}{}) = {};", names, elts.size() == 1 ? "," : "", own(value)));
    for (size_t i = 0; i < elts.size(); ++i) store(*elts[i], {held[i], shape.args[i]}, statement);
    return;
  }
  if (star != elts.end())
    return starred_parts(
        target, elts, value, [&](Node* part, const Code& code) { store(*part, code, statement); },
        [&](const std::string& text) { line(text); });
  {
    const TypeId item = cell(target, 2);
    const std::string items = collected_code(target, value, item);
    std::string names;
    std::vector<std::string> held;
    for (size_t i = 0; i < elts.size(); ++i) {
      held.push_back(temp("t"));
      names += strf("{}{}", i > 0 ? ", " : "", held.back());
    }
    line(strf("let [{}] = {};", names, attempt(strf("glue::unpack::<{}, _>({})", elts.size(), items))));
    for (size_t i = 0; i < elts.size(); ++i) store(*elts[i], {held[i], item}, statement);
  }
}

/// a, *rest, z = value: what each part gets; `write` is for statements that come before.
void Translator::starred_parts(Node& target, Nodes elts, const Code& value,
                               const std::function<void(Node*, const Code&)>& store_part,
                               const std::function<void(const std::string&)>& write) {
  const auto star = std::ranges::find_if(elts, [](Node* e) { return e->kind == Kind::Starred; });
  const auto before = static_cast<size_t>(star - elts.begin());
  const size_t after = elts.size() - before - 1;
  Node* starred = as<ast::Starred>(*elts[before]).value;
  const TypeCell shape = types_.at(value.type);
  const std::string all = temp("a");
  const TypeId item = cell(target, 2);
  const TypeId rest = container(target, Base::list, {item}, 3);
  // Of a tuple each place has a type of its own.
  if (shape.base == Base::tuple && shape.args.size() >= before + after) {
    write(strf("let {} = {};", all, own(value)));
    const auto place = [&](size_t i) { return Code{strf("{}.{}", all, i), shape.args[i], Form::place}; };
    const size_t end = shape.args.size() - after;
    for (size_t i = before; i < end; ++i) types_.flow(shape.args[i], item);
    std::string middle;
    for (size_t i = before; i < end; ++i)
      middle += strf("{}{}", i > before ? ", " : "", coerce(place(i), item));
    for (size_t i = 0; i < before; ++i) store_part(elts[i], place(i));
    store_part(starred, {middle.empty() ? strf("List::<{}>::new()", rust_type(item))
                                        : strf("List::from(vec![{}])", middle),
                         rest});
    for (size_t i = 0; i < after; ++i) store_part(elts[before + 1 + i], place(end + i));
    return;
  }
  const std::string items = collected_code(target, value, item);
  write(strf("let {} = {};", all, attempt(strf("glue::unpack_star({}, {}, {})", items, before, after))));
  for (size_t i = 0; i < before; ++i) store_part(elts[i], {strf("{}.0[{}].clone()", all, i), item});
  store_part(starred, {strf("List::from({}.1)", all), rest});
  for (size_t i = 0; i < after; ++i)
    store_part(elts[before + 1 + i], {strf("{}.2[{}].clone()", all, i), item});
}

}  // namespace sov::transpiler
