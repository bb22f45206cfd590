// Assignments to names, attributes, items and several of them at once.
#include <algorithm>
#include <utility>

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
    if (node.targets[0]->kind == Kind::Tuple && node.value->kind == Kind::Tuple) {
      auto& left = as<ast::Tuple>(*node.targets[0]);
      auto& right = as<ast::Tuple>(*node.value);
      static_cast<void>(left);
      static_cast<void>(right);
    }
    return store(*node.targets[0], expr(node.value), node);
  }
  const Code value = expr(node.value);
  const std::string held = temp("v");
  line(strf("let {} = {};", held, own(value)));
  for (Node* target : node.targets) store(*target, {held, value.type, Form::place}, node);
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

void Translator::store_attribute(ast::Attribute& target, const Code& value) {
  if (auto* owner = try_as<ast::Name>(target.value)) {
    Var* var = lookup(owner->id);
    ClassInfo* parameter = class_parameter(var);
    if (var != nullptr && ((var->is_class && var->cls != nullptr) || parameter != nullptr)) {
      Var* class_var = find_class_var(parameter != nullptr ? *parameter : *var->cls, target.attr);
      if (class_var == nullptr) {
        refuse(target, "assignment to a class attribute");
        return;
      }
      return store_name(*class_var, value, target);
    }
    if (var != nullptr && !var->module.empty()) {
      refuse(target, "assignment to a module's attribute");
      return;
    }
  }
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
                               cls->root->family.size() > 1 ? strf("set_{}", target.attr) : setter->rust,
                               coerce(value, setter->params[1].var->type)))));
        return;
      }
      if (FunctionInfo* getter = find_method(*cls, target.attr); getter != nullptr && getter->is_property) {
        line(strf("{};",
                  attempt(strf("Err::<(), Exc>(exc::new(&exc::AttributeError, \"property '{}' of '{}' object "
                               "has no setter\"))",
                               target.attr, cls->name))));
        return;
      }
      if (cls->frozen && cls->dataclass) {
        const std::string failure =
            cls->named_tuple
                ? "&exc::AttributeError, \"can't set attribute\""
                : strf("&exc::FrozenInstanceError, \"cannot assign to field '{}'\"", target.attr);
        line(strf("{};", attempt(strf("Err::<(), Exc>(exc::new({}))", failure))));
        return;
      }
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

/// Python evaluates the value first, then the container, then the index; Rust takes them in the other order.
Code Translator::value_first(const Code& value, const Code& object, const Code& index) {
  if (value.diverges || is_inert(value.text) || (is_inert(object.text) && is_inert(index.text))) return value;
  if (is_quiet(value.text) && is_quiet(object.text) && is_quiet(index.text)) return value;
  const std::string held = temp("v");
  line(strf("let {} = {};", held, own(value)));
  return {held, value.type};
}

void Translator::store_subscript(ast::Subscript& target, const Code& value_or_call) {
  const Code object = need(expr(target.value));
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
      std::string key = coerce(index, types_.arg(object.type, 0));
      if (types_.is(types_.arg(object.type, 0), Base::value) && base(index.type) == Base::value)
        key = attempt(strf("({}).hashable()", key));
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
      types_.flow(index.type, key);
      // An int that is kept in a number of bytes does not grow there.
      const std::string& wanted = entry->params[1].type.name;
      const bool own_item = wanted.size() == 1 && wanted != "N";
      if (own_item || base(item) != Base::integer || base(value.type) == Base::value)
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
  const Code value = is_named_tuple(plain_value) ? tuple_of(target, plain_value) : plain_value;
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
  const TypeId item = cell(target, 2);
  const std::string all = temp("a");
  const std::string items = collected_code(target, value, item);
  if (star == elts.end()) {
    std::string names;
    std::vector<std::string> held;
    for (size_t i = 0; i < elts.size(); ++i) {
      held.push_back(temp("t"));
      names += strf("{}{}", i > 0 ? ", " : "", held.back());
    }
    line(strf("let [{}] = {};", names, attempt(strf("glue::unpack::<{}, _>({})", elts.size(), items))));
    for (size_t i = 0; i < elts.size(); ++i) store(*elts[i], {held[i], item}, statement);
    return;
  }
  const auto before = static_cast<size_t>(star - elts.begin());
  const size_t after = elts.size() - before - 1;
  line(strf("let {} = {};", all, attempt(strf("glue::unpack_star({}, {}, {})", items, before, after))));
  const TypeId rest = container(target, Base::list, {item}, 3);
  for (size_t i = 0; i < before; ++i) store(*elts[i], {strf("{}.0[{}].clone()", all, i), item}, statement);
  store(*as<ast::Starred>(*elts[before]).value, {strf("List::from({}.1)", all), rest}, statement);
  for (size_t i = 0; i < after; ++i)
    store(*elts[before + 1 + i], {strf("{}.2[{}].clone()", all, i), item}, statement);
}

/// The method that `x += y` and its like call.
static std::string_view in_place_method(Op op) {
  constexpr std::pair<Op, std::string_view> kMethods[] = {
      {Op::Add, "__iadd__"},        {Op::Sub, "__isub__"},     {Op::Mult, "__imul__"},
      {Op::MatMult, "__imatmul__"}, {Op::Div, "__itruediv__"}, {Op::FloorDiv, "__ifloordiv__"},
      {Op::Mod, "__imod__"},        {Op::Pow, "__ipow__"},     {Op::LShift, "__ilshift__"},
      {Op::RShift, "__irshift__"},  {Op::BitAnd, "__iand__"},  {Op::BitOr, "__ior__"},
      {Op::BitXor, "__ixor__"}};
  const auto* found = std::ranges::find(kMethods, op, &std::pair<Op, std::string_view>::first);
  return found == std::end(kMethods) ? std::string_view() : found->second;
}

void Translator::aug_assign(ast::AugAssign& node) {
  const auto combined = [&](const Code& current_or_none) -> Code {
    const Code current = need(current_or_none);
    const ClassInfo* cls = base(current.type) == Base::instance ? class_of(current.type) : nullptr;
    const std::string_view method = in_place_method(node.op);
    if (cls == nullptr || find_method(*cls, method) == nullptr)
      return binary(node, node.op, current, expr(node.value));
    Arguments args;
    args.positional = {node.value};
    return call_method(node, current, method, args);
  };
  if (auto* name = try_as<ast::Name>(node.target)) {
    Var* var = lookup(name->id);
    if (var == nullptr) return;
    const Code current = read_var(*var, node);
    const Base kind = base(plain(current.type));
    const Code value = expr(node.value);
    // A list grows in place: whoever shares it sees that.
    if (kind == Base::list && node.op == Op::Add) {
      line(strf("{}.extend({});", operand(need(current)),
                collected(node.value, types_.arg(plain(current.type), 0))));
      return;
    }
    if (kind == Base::text && node.op == Op::Add && types_.is(current.type, Base::text) &&
        types_.is(value.type, Base::text) && !var->shared && !var->slot &&
        !(var->module_level && var->global)) {
      line(strf("{}.push({});", var->rust,
                value.text == var->rust ? strf("&{}.clone()", value.text) : ref(value)));
      return;
    }
    if ((kind == Base::set || kind == Base::dict) && (node.op == Op::BitOr)) {
      const Code other = need(value);
      if (base(other.type) == kind) {
        types_.unify(other.type, plain(current.type));
        line(strf("{}.update({});", operand(need(current)), ref(other)));
        return;
      }
    }
    return store_name(*var, combined(current), node);
  }
  if (auto* attribute = try_as<ast::Attribute>(node.target)) {
    const Code current = this->attribute(*attribute);
    if (base(plain(current.type)) == Base::list && node.op == Op::Add) {
      line(strf("{}.extend({});", operand(need(current)),
                collected(node.value, types_.arg(plain(current.type), 0))));
      return;
    }
    return store_attribute(*attribute, combined(current));
  }
  auto& subscript_node = as<ast::Subscript>(*node.target);
  // The object and the index are evaluated once.
  const Code object = need(expr(subscript_node.value));
  if (base(object.type) == Base::unknown || subscript_node.slice->kind == Kind::Slice) {
    if (subscript_node.slice->kind == Kind::Slice) refuse(node, "augmented assignment to a slice");
    expr(subscript_node.slice);
    expr(node.value);
    return;
  }
  const Code index = expr(subscript_node.slice);
  if (changed_in_place(node, object, index)) return;
  const std::string o = temp("o"), i = temp("i");
  open("{");
  line(strf("let {} = {};", o, own(object)));
  line(strf("let {} = {};", i, own(index)));
  scopes_.push_back({.names = {}, .function = function_});
  const auto stand_in = [&](std::string_view name, const std::string& rust, TypeId type, size_t slot) {
    vars_.push_back(std::make_unique<Var>());
    Var* var = vars_.back().get();
    var->name = name;
    var->rust = rust;
    var->type = type;
    scopes_.back().names[name] = var;
    auto& made = argument_nodes_[{node.number, slot}];
    if (made == nullptr) {
      made = tree_.make<ast::Name>(node.place);
      made->id = name;
    }
    return made;
  };
  auto& once = argument_subscripts_[node.number];
  ast::Name* object_name = stand_in("\x01o", o, object.type, 0);
  ast::Name* index_name = stand_in("\x01i", i, index.type, 1);
  if (once == nullptr) once = tree_.make<ast::Subscript>(node.place);
  once->value = object_name;
  // A constant index into a tuple must stay one.
  once->slice = index_name;
  const Code current = subscript(*once);
  if (base(plain(current.type)) == Base::list && node.op == Op::Add) {
    line(strf("{}.extend({});", operand(need(current)),
              collected(node.value, types_.arg(plain(current.type), 0))));
  } else {
    store_subscript(*once, combined(current));
  }
  scopes_.pop_back();
  close();
}

}  // namespace sov::transpiler
