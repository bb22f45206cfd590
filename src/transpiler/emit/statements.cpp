// Statements.
#include <algorithm>

#include "core/stack.h"
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

void Translator::line(const std::string& text) {
  if (text.empty()) return;
  out_.append(static_cast<size_t>(indent_) * 4, ' ');
  out_ += text;
  out_ += '\n';
}

std::string Translator::captured(const std::function<void()>& body) {
  std::string outer = std::move(out_);
  out_.clear();
  body();
  std::string written = std::move(out_);
  out_ = std::move(outer);
  return written;
}

void Translator::block(Nodes statements) {
  for (Node* node : statements) {
    declare_hoisted(*node);
    statement(*node);
  }
}

void Translator::declare_hoisted(const Node& node) {
  const auto found = hoisted_.find(&node);
  if (found == hoisted_.end()) return;
  for (Var* var : found->second) {
    if (var->module_level && var->global) continue;
    if (var->is_function || var->is_class || !var->module.empty()) continue;
    declare_default(*var);
  }
}

void Translator::declare_default(Var& var) {
  if (!known(var.type) && final_) return;
  if (var.shared) {
    line(strf("let {}: Shared<{}> = Shared::unset(\"{}\");", var.rust, rust_type(var.type), var.name));
    return;
  }
  var.slot = !has_default(var.type);
  if (var.slot)
    line(strf("let mut {}: Option<{}> = None;", var.rust, rust_type(var.type)));
  else
    line(strf("let mut {}: {} = {};", var.rust, rust_type(var.type), default_value(var.type)));
}

void Translator::statement(Node& node) {
  if (stack_left() < (size_t{1} << 18)) {
    refuse(node, "deep nesting");
    return;
  }
  switch (node.kind) {
    case Kind::Expr:
      return expression_statement(as<ast::Expr>(node));
    case Kind::Assign:
      return assign(as<ast::Assign>(node));
    case Kind::AnnAssign:
      return ann_assign(as<ast::AnnAssign>(node));
    case Kind::AugAssign:
      return aug_assign(as<ast::AugAssign>(node));
    case Kind::If:
      return if_statement(as<ast::If>(node));
    case Kind::While:
      return while_statement(as<ast::While>(node));
    case Kind::For:
      return for_statement(as<ast::For>(node));
    case Kind::Return:
      return return_statement(as<ast::Return>(node));
    case Kind::Raise:
      return raise_statement(as<ast::Raise>(node));
    case Kind::Try:
      return try_statement(as<ast::Try>(node));
    case Kind::With:
      return with_statement(as<ast::With>(node), 0);
    case Kind::Delete:
      return delete_statement(as<ast::Delete>(node));
    case Kind::Assert:
      return assert_statement(as<ast::Assert>(node));
    case Kind::Import:
    case Kind::ImportFrom:
      return import_statement(node);
    case Kind::Match:
      return match_statement(as<ast::Match>(node));
    case Kind::Break:
      return jump(true);
    case Kind::Continue:
      return jump(false);
    case Kind::FunctionDef: {
      FunctionInfo& info = *function_of_[&node];
      if (info.parent == nullptr && info.cls == nullptr) return;  // written with the module's functions
      return nested_function(info);
    }
    case Kind::ClassDef: {
      ClassInfo& cls = *class_of_node_[&node];
      for (auto& [var, value] : cls.class_assigns) {
        if (cls.is_enum) continue;
        const Code code = expr(value);
        types_.flow(code.type, var->type);
        declare_static(var->rust, var->type);
        line(strf("glue::set_global(&{}, {});", var->rust, coerce(code, var->type)));
      }
      return;
    }
    case Kind::Pass:
    case Kind::Global:
    case Kind::Nonlocal:
      return;
    default:
      refuse(node, strf("{} statement", kind_name(node.kind)));
  }
}

void Translator::expression_statement(ast::Expr& node) {
  if (node.value->kind == Kind::Constant) return;  // a doc string
  const Code code = expr(node.value);
  if (code.text == "()") return;
  const bool block_like = code.text.starts_with("{") || code.text.starts_with("if ") ||
                          code.text.starts_with("match ") || code.text.starts_with("for ");
  if (code.form != Form::owned && !code.text.ends_with("?") && !code.text.ends_with(")")) {
    line(strf("let _ = {};", ref(code)));
  } else if (types_.is(code.type, Base::none) || code.diverges || !block_like) {
    const bool unit = types_.is(code.type, Base::none);
    line(unit || code.diverges ? strf("{};", code.text)
         : code.atomic         ? strf("{};", code.text)
                               : strf("let _ = {};", code.text));
  } else {
    line(strf("let _ = {};", code.text));
  }
}

// --- Assignment ---

void Translator::assign(ast::Assign& node) {
  if (node.targets.size() == 1) {
    auto* name = try_as<ast::Name>(node.targets[0]);
    Var* var = name != nullptr ? lookup(name->id) : nullptr;
    if (var != nullptr && var->module_level && function_ == nullptr) {
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
    const bool cls_param = var != nullptr && function_ != nullptr && function_->is_classmethod &&
                           !function_->params.empty() && function_->params[0].var == var;
    if (var != nullptr && ((var->is_class && var->cls != nullptr) || cls_param)) {
      Var* class_var = find_class_var(cls_param ? *function_->cls : *var->cls, target.attr);
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
      if (cls->frozen && cls->dataclass) {
        line(strf(
            "{};",
            attempt(strf("Err::<(), Exc>(exc::new(&exc::AttributeError, \"cannot assign to field '{}'\"))",
                         target.attr))));
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
      if (type == "Namespace") {
        const auto [it, added] = namespace_.try_emplace(std::string(target.attr), 0);
        if (added) it->second = types_.fresh();
        types_.flow(value.type, it->second);
        line(strf("{}.set(\"{}\", {});", operand(object), target.attr, to_value(value).text));
        return;
      }
      if (const LibraryEntry* entry = Library::built_in().method(type, strf("set {}", target.attr))) {
        static_cast<void>(entry);
      }
      break;
    }
    default:
      break;
  }
  refuse(target, strf("assignment to an attribute of {}", type_text(object.type)));
}

void Translator::store_subscript(ast::Subscript& target, const Code& value) {
  const Code object = need(expr(target.value));
  if (auto* part = try_as<ast::Slice>(target.slice)) {
    if (base(object.type) == Base::unknown) return;
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
  switch (base(object.type)) {
    case Base::unknown:
      return;
    case Base::list: {
      const TypeId item = types_.arg(object.type, 0);
      types_.flow(value.type, item);
      // The value is evaluated before the index in Python; held apart where that can matter.
      const bool simple = value.form != Form::owned || value.text.find('(') == std::string::npos;
      std::string text = coerce(value, item);
      if (!simple && (index.text.find('(') != std::string::npos)) {
        const std::string held = temp("v");
        line(strf("let {} = {};", held, text));
        text = held;
      }
      line(strf("{};", attempt(strf("{}.set({}, {})", operand(object), as_int(index), text))));
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
      types_.flow(value.type, item);
      const std::string key_text = entry->params[0].type.reference ? strf("&{}", coerce(index, key))
                                   : base(key) == Base::integer    ? as_int(index)
                                                                   : coerce(index, key);
      const std::string text =
          strf("{}{}({}, {})", operand(object), entry->body, key_text, coerce(value, item));
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
  const Code value = need(value_or_none);
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
      if (all_new) pattern += strf("{}{}{}", i > 0 ? ", " : "", var->assigns > 1 ? "mut " : "", var->rust);
    }
    if (all_new) {
      line(strf("let ({}{}): {} = {};", pattern, elts.size() == 1 ? "," : "", rust_type(value.type), own(value)));
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

void Translator::aug_assign(ast::AugAssign& node) {
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
      line(strf("{}.push({});", var->rust, ref(value)));
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
    return store_name(*var, binary(node, node.op, current, value), node);
  }
  if (auto* attribute = try_as<ast::Attribute>(node.target)) {
    const Code current = this->attribute(*attribute);
    const Code value = expr(node.value);
    if (base(plain(current.type)) == Base::list && node.op == Op::Add) {
      line(strf("{}.extend({});", operand(need(current)),
                collected(node.value, types_.arg(plain(current.type), 0))));
      return;
    }
    return store_attribute(*attribute, binary(node, node.op, current, value));
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
    store_subscript(*once, binary(node, node.op, current, expr(node.value)));
  }
  scopes_.pop_back();
  close();
}

// --- Control flow ---

void Translator::if_statement(ast::If& node, bool chained) {
  const std::string test = condition(*node.test);
  const std::string head = strf("if {} {{", test);
  if (chained) {
    --indent_;
    line(strf("}} else {}", head));
    ++indent_;
  } else {
    open(head);
  }
  block(node.body);
  if (node.orelse.size() == 1 && node.orelse[0]->kind == Kind::If && !hoisted_.contains(node.orelse[0]) &&
      !needs_statements(*as<ast::If>(*node.orelse[0]).test)) {
    if_statement(as<ast::If>(*node.orelse[0]), true);
    if (!chained) close();
    return;
  }
  if (!node.orelse.empty()) {
    --indent_;
    line("} else {");
    ++indent_;
    block(node.orelse);
  }
  if (!chained) close();
}

bool Translator::needs_statements(Node&) const { return false; }

void Translator::loop(const std::string& head, Nodes body, Nodes orelse, const std::function<void()>& bind) {
  LoopFrame frame;
  frame.label = strf("'l{}", ++labels_);
  frame.frames = error_frames_.size();
  frame.matches = match_depth_;
  if (!orelse.empty()) frame.else_label = strf("'else{}", labels_);
  loops_.push_back(frame);
  ++indent_;
  if (!orelse.empty()) ++indent_;
  const std::string inner = captured([&] {
    bind();
    block(body);
  });
  if (!orelse.empty()) --indent_;
  --indent_;
  const bool used = loops_.back().used;
  loops_.pop_back();
  if (!orelse.empty()) open(strf("{}: {{", frame.else_label));
  line(strf("{}{} {{", used ? frame.label + ": " : "", head));
  out_ += inner;
  line("}");
  if (!orelse.empty()) {
    block(orelse);
    close();
  }
}

void Translator::while_statement(ast::While& node) {
  auto* forever = try_as<ast::Constant>(node.test);
  if (forever != nullptr && forever->value.kind == ConstantKind::boolean && forever->value.boolean)
    return loop("loop", node.body, node.orelse, [] {});
  const std::string test = condition(*node.test);
  loop(strf("while {}", test), node.body, node.orelse, [] {});
}

void Translator::for_statement(ast::For& node) {
  if (node.is_async) {
    refuse(node, "async for");
    return;
  }
  const Iteration it = iterate(node.iter);
  auto* name = try_as<ast::Name>(node.target);
  Var* var = name != nullptr ? lookup(name->id) : nullptr;
  const auto direct = [&](Var* v, TypeId type) {
    if (v == nullptr) return false;
    types_.flow(type, v->type);
    return v->declare_at == &node && !v->shared && !v->slot && !(v->module_level && v->global) &&
           types_.same(v->type, type);
  };
  if (var != nullptr && direct(var, it.item) && !it.fallible) {
    const bool used = var->name != "_";
    return loop(strf("for {}{} in {}", var->assigns > 2 ? "mut " : "", used ? var->rust : "_", it.text),
                node.body, node.orelse, [] {});
  }
  // (a, b) bound by the pattern where every name is new.
  auto* tuple = try_as<ast::Tuple>(node.target);
  const TypeCell shape = types_.at(it.item);
  if (tuple != nullptr && shape.base == Base::tuple && shape.args.size() == tuple->elts.size() &&
      !it.fallible) {
    std::string pattern;
    bool all = true;
    const std::function<std::string(Node*, TypeId)> bind = [&](Node* target, TypeId type) -> std::string {
      if (auto* target_name = try_as<ast::Name>(target)) {
        Var* one = lookup(target_name->id);
        if (!direct(one, type)) all = false;
        return one == nullptr || one->name == "_" ? "_"
                                                  : strf("{}{}", one->assigns > 2 ? "mut " : "", one->rust);
      }
      auto* inner = try_as<ast::Tuple>(target);
      const TypeCell part = types_.at(type);
      if (inner == nullptr || part.base != Base::tuple || part.args.size() != inner->elts.size()) {
        all = false;
        return "_";
      }
      std::string out;
      for (size_t i = 0; i < inner->elts.size(); ++i)
        out += strf("{}{}", i > 0 ? ", " : "", bind(inner->elts[i], part.args[i]));
      return strf("({}{})", out, inner->elts.size() == 1 ? "," : "");
    };
    pattern = bind(node.target, it.item);
    if (all) return loop(strf("for {} in {}", pattern, it.text), node.body, node.orelse, [] {});
  }
  const std::string x = temp("x");
  loop(strf("for {} in {}", x, it.text), node.body, node.orelse, [&] {
    const std::string value = it.fallible ? attempt(x) : x;
    store(*node.target, {value, it.item}, node);
  });
}

/// break and continue.
void Translator::jump(bool is_break) {
  if (loops_.empty()) return;
  LoopFrame& frame = loops_.back();
  // A flow frame between here and the loop: the finally block runs first.
  for (size_t i = error_frames_.size(); i-- > frame.frames;) {
    if (!error_frames_[i].flow) continue;
    line(strf("break {} Flow::{};", error_frames_[i].label, is_break ? "Break" : "Continue"));
    return;
  }
  if (is_break && !frame.else_label.empty()) {
    line(strf("break {};", frame.else_label));
    return;
  }
  if (error_frames_.size() > frame.frames || match_depth_ > frame.matches) {
    frame.used = true;
    line(strf("{} {};", is_break ? "break" : "continue", frame.label));
    return;
  }
  line(is_break ? "break;" : "continue;");
}

void Translator::return_statement(ast::Return& node) {
  if (node.value == nullptr) return return_code(std::nullopt);
  return_code(expr(node.value));
}

void Translator::return_code(const std::optional<Code>& value) {
  if (value && value->diverges) {
    line(strf("{};", value->text));
    return;
  }
  std::string text = "()";
  if (function_ != nullptr && !function_->generator) {
    const Code code = value ? *value : Code{"()", none_};
    types_.flow(code.type, function_->ret);
    text = coerce(code, function_->ret);
  } else if (value && function_ != nullptr) {
    line(strf("let _ = {};", value->text));
  }
  for (size_t i = error_frames_.size(); i-- > 0;) {
    if (!error_frames_[i].flow) continue;
    line(strf("break {} Flow::Return({});", error_frames_[i].label, text));
    return;
  }
  line(strf("return Ok({});", text));
}

// --- Exceptions ---

void Translator::raise(const std::string& exception) {
  if (error_frames_.empty()) {
    line(strf("return Err({});", exception));
    return;
  }
  const ErrorFrame& frame = error_frames_.back();
  line(strf("break {} {}({});", frame.label, frame.flow ? "Flow::Raise" : "Err", exception));
}

/// The exception object of `raise X` or `raise X(...)`.
Code Translator::exception_value(Node& node) {
  if (auto* name = try_as<ast::Name>(&node)) {
    Var* var = lookup(name->id);
    if (var == nullptr && is_builtin_exception(name->id)) return call_exception(node, name->id, {});
    if (var != nullptr && var->is_class) return call_class(node, *var->cls, {});
  }
  if (const std::string path = module_path(node); !path.empty() && node.kind != Kind::Call)
    return call_module(node, path, {});
  const Code code = expr(&node);
  if (base(code.type) == Base::unknown) return {"()", exception_};
  if (base(code.type) == Base::option) return need(code);
  if (base(code.type) == Base::value) return {coerce(code, exception_), exception_};
  if (base(code.type) != Base::exception) return refuse(node, strf("raise of {}", type_text(code.type)));
  return code;
}

void Translator::raise_statement(ast::Raise& node) {
  if (node.exc == nullptr) {
    if (handling_.empty()) return raise("exc::new(&exc::RuntimeError, \"No active exception to reraise\")");
    return raise(strf("{}.clone()", handling_.back()));
  }
  std::string text = own(exception_value(*node.exc));
  if (node.cause != nullptr) {
    auto* none = try_as<ast::Constant>(node.cause);
    if (none != nullptr)
      text = strf("{}.set_cause(None)", text);
    else
      text = strf("{}.set_cause(Some({}))", text, own(exception_value(*node.cause)));
  } else if (!handling_.empty()) {
    text = strf("{}.set_context(&{})", text, handling_.back());
  }
  raise(text);
}

void Translator::try_statement(ast::Try& node) {
  if (node.is_star) {
    refuse(node, "except*");
    return;
  }
  if (node.finalbody.empty()) return try_except(node);
  finally_statement(
      [&] {
        if (node.handlers.empty())
          block(node.body);
        else
          try_except(node);
      },
      [&] { block(node.finalbody); });
}

void Translator::try_except(ast::Try& node) {
  const std::string label = strf("'try{}", ++labels_), result = temp("r"), error = temp("e");
  open(strf("let {}: Res<()> = {}: {{", result, label));
  error_frames_.push_back({.label = label});
  block(node.body);
  error_frames_.pop_back();
  line("Ok(())");
  close("};");
  open(strf("if let Err({}) = {} {{", error, result));
  handling_.push_back(error);
  handlers(node, error);
  handling_.pop_back();
  if (!node.orelse.empty()) {
    --indent_;
    line("} else {");
    ++indent_;
    block(node.orelse);
  }
  close();
}

std::string Translator::handler_test(ast::ExceptHandler& handler, const std::string& error, TypeId& bound) {
  const std::function<std::string(Node&)> one = [&](Node& type) -> std::string {
    if (auto* tuple = try_as<ast::Tuple>(&type)) {
      std::string out;
      for (Node* item : tuple->elts) out += strf("{}{}", out.empty() ? "" : " || ", one(*item));
      bound = exception_;
      return out;
    }
    if (auto* name = try_as<ast::Name>(&type)) {
      Var* var = lookup(name->id);
      if (var != nullptr && var->is_class && var->cls->is_exception) {
        bound = container(type, Base::exception, {}, 6);
        types_.set_class(bound, var->cls->number);
        return strf("{}.is(&CLASS_{})", error, var->cls->rust);
      }
      if (var == nullptr && is_builtin_exception(name->id))
        return strf("{}.is(&exc::{})", error,
                    name->id == "IOError" || name->id == "EnvironmentError" ? "OSError" : name->id);
    }
    const std::string path = module_path(type);
    const LibraryEntry* entry =
        path.empty() ? nullptr
                     : Library::built_in().attribute("exceptions", path.substr(path.rfind('.') + 1));
    if (entry != nullptr) {
      for (const std::string& module : entry->uses) use(module);
      return strf("{}.is(&rt::{})", error, entry->body);
    }
    refuse(type, path.empty() ? "exception type" : strf("except {}", path));
    return "false";
  };
  bound = exception_;
  if (handler.type == nullptr) return "true";
  return one(*handler.type);
}

void Translator::handlers(ast::Try& node, const std::string& error) {
  bool first = true, catches_all = false;
  for (Node* item : node.handlers) {
    auto& handler = as<ast::ExceptHandler>(*item);
    TypeId bound = exception_;
    const std::string test = handler_test(handler, error, bound);
    catches_all = test == "true";
    if (catches_all && first) {
      line("{");
    } else {
      if (!first) --indent_;
      line(catches_all ? "} else {" : strf("{}if {} {{", first ? "" : "} else ", test));
    }
    if (first) first = false;
    ++indent_;
    scopes_.push_back({.names = {}, .function = function_});
    if (!handler.name.empty()) {
      vars_.push_back(std::make_unique<Var>());
      Var* var = vars_.back().get();
      var->name = handler.name;
      var->rust = rust_name(handler.name);
      var->owner = function_;
      var->type = bound;
      scopes_.back().names[handler.name] = var;
      line(strf("let {} = {}.clone();", var->rust, error));
    }
    block(handler.body);
    scopes_.pop_back();
  }
  if (!catches_all) {
    --indent_;
    line("} else {");
    ++indent_;
    raise(error);
  }
  --indent_;
  line("}");
}

/// Runs `last` however `body` ends.
void Translator::finally_statement(const std::function<void()>& body, const std::function<void()>& last) {
  const std::string label = strf("'fin{}", ++labels_), flow = temp("f");
  const std::string type = function_ != nullptr && !function_->generator ? rust_type(function_->ret) : "()";
  open(strf("let {}: Flow<{}> = {}: {{", flow, type, label));
  error_frames_.push_back({.label = label, .flow = true});
  body();
  error_frames_.pop_back();
  line("Flow::Normal");
  close("};");
  last();
  finish_flow(flow);
}

void Translator::with_statement(ast::With& node, size_t index) {
  if (node.is_async) {
    refuse(node, "async with");
    return;
  }
  if (index == node.items.size()) return block(node.body);
  auto& item = as<ast::withitem>(*node.items[index]);
  const Code manager = need(expr(item.context_expr));
  if (base(manager.type) == Base::unknown) {
    if (item.optional_vars != nullptr) store(*item.optional_vars, {"()", types_.fresh()}, node);
    return with_statement(node, index + 1);
  }
  const std::string held = temp("cm");
  if (base(manager.type) == Base::opaque) {
    const std::string& type = Library::built_in().type(types_.at(manager.type).id).name;
    const LibraryEntry* enter = Library::built_in().method(type, "__enter__");
    const LibraryEntry* leave = Library::built_in().method(type, "__exit__");
    line(strf("let {} = {};", held, own(manager)));
    const Code object{held, manager.type, Form::place};
    const Code entered = enter == nullptr ? object : call_library(node, *enter, &object, {});
    if (enter != nullptr && item.optional_vars == nullptr) line(strf("{};", entered.text));
    if (item.optional_vars != nullptr) store(*item.optional_vars, entered, node);
    finally_statement([&] { with_statement(node, index + 1); },
                      [&] {
                        if (leave == nullptr) return;
                        const Code left = call_library(node, *leave, &object, {});
                        line(strf("{};", left.text));
                      });
    return;
  }
  if (base(manager.type) != Base::instance) {
    refuse(*item.context_expr, strf("with {}", type_text(manager.type)));
    return;
  }
  ClassInfo& cls = *class_of(manager.type);
  FunctionInfo* enter = find_method(cls, "__enter__");
  FunctionInfo* leave = find_method(cls, "__exit__");
  if (enter == nullptr || leave == nullptr || leave->params.size() != 4) {
    if (final_) refuse(*item.context_expr, "with an object without __enter__ and __exit__");
    return;
  }
  line(strf("let {} = {};", held, own(manager)));
  const Code entered = fallible(strf("{}.{}()", held, method_rust(cls, "__enter__")), enter->ret);
  if (item.optional_vars != nullptr)
    store(*item.optional_vars, entered, node);
  else
    line(strf("{};", entered.text));
  // What __exit__ is told: class, object and traceback; it may swallow the exception by returning true.
  const TypeId error_type = leave->params[2].var->type;
  types_.flow(none_, leave->params[1].var->type);
  types_.flow(none_, leave->params[3].var->type);
  types_.flow(none_, error_type);
  types_.flow(exception_, error_type);
  types_.make_value(leave->params[1].var->type);
  const std::string label = strf("'fin{}", ++labels_), flow = temp("f");
  const std::string type = function_ != nullptr && !function_->generator ? rust_type(function_->ret) : "()";
  open(strf("let mut {}: Flow<{}> = {}: {{", flow, type, label));
  error_frames_.push_back({.label = label, .flow = true});
  with_statement(node, index + 1);
  error_frames_.pop_back();
  line("Flow::Normal");
  close("};");
  const std::string e = temp("e");
  const std::string none_traceback = coerce({"()", none_}, leave->params[3].var->type);
  line(strf("let {} = {}.error();", e, flow));
  const std::string called = attempt(strf(
      "{}.{}(match &{} {{ Some(e) => Value::Type(e.class()), None => Value::None }}, {}, {})", held,
      method_rust(cls, "__exit__"), e,
      coerce({strf("{}.clone()", e), types_.make(Base::option, {exception_})}, error_type), none_traceback));
  const std::string swallow = truth({called, leave->ret});
  if (swallow == "false")
    line(strf("{};", called));
  else
    line(strf("if {} && {}.is_some() {{ {} = Flow::Normal; }}", swallow, e, flow));
  finish_flow(flow);
}

void Translator::finish_flow(const std::string& flow) {
  open(strf("match {} {{", flow));
  line("Flow::Normal => {}");
  const std::string raised = captured([&] {
    const int keep = indent_;
    indent_ = 0;
    raise("e");
    indent_ = keep;
  });
  line(strf("Flow::Raise(e) => {{ {} }}", raised.substr(0, raised.size() - 1)));
  std::string returned;
  for (size_t i = error_frames_.size(); i-- > 0 && returned.empty();) {
    if (error_frames_[i].flow) returned = strf("break {} Flow::Return(v)", error_frames_[i].label);
  }
  line(strf("Flow::Return(v) => {{ {}; }}", returned.empty() ? "return Ok(v)" : returned));
  if (!loops_.empty()) {
    for (const bool is_break : {true, false}) {
      const std::string text = captured([&] {
        const int keep = indent_;
        indent_ = 0;
        jump(is_break);
        indent_ = keep;
      });
      line(strf("Flow::{} => {{ {} }}", is_break ? "Break" : "Continue", text.substr(0, text.size() - 1)));
    }
  } else {
    line("Flow::Break | Flow::Continue => {}");
  }
  close();
}

void Translator::delete_statement(ast::Delete& node) {
  for (Node* target : node.targets) {
    auto* item = try_as<ast::Subscript>(target);
    if (item == nullptr) {
      if (target->kind == Kind::Name) continue;  // the name is not used again, or that is an error anyway
      refuse(*target, "del of an attribute");
      continue;
    }
    const Code object = need(expr(item->value));
    if (auto* part = try_as<ast::Slice>(item->slice); part != nullptr && base(object.type) == Base::list) {
      line(strf("{};", attempt(strf("{}.del_slice({}, {}, {})", operand(object), slice_part(part->lower),
                                    slice_part(part->upper), slice_part(part->step)))));
      continue;
    }
    const Code index = expr(item->slice);
    switch (base(object.type)) {
      case Base::unknown:
        break;
      case Base::list:
        line(strf("{};", attempt(strf("{}.del({})", operand(object), as_int(index)))));
        break;
      case Base::dict: {
        const TypeId key = types_.arg(object.type, 0);
        types_.flow(index.type, key);
        line(strf("{};", attempt(strf(
                             "{}.del({})", operand(object),
                             types_.same(index.type, key) ? ref(index) : strf("&{}", coerce(index, key))))));
        break;
      }
      case Base::value:
        line(strf("{};", attempt(strf("value_items::delitem({}, &{})", ref(object), to_value(index).text))));
        break;
      case Base::instance: {
        Arguments args;
        args.positional = {item->slice};
        line(strf("{};", call_method(node, object, "__delitem__", args).text));
        break;
      }
      default:
        refuse(*target, strf("del of an item of {}", type_text(object.type)));
    }
  }
}

void Translator::assert_statement(ast::Assert& node) {
  const std::string test = condition(*node.test);
  std::string exception = "exc::bare(&exc::AssertionError)";
  if (node.msg != nullptr)
    exception = strf("exc::with_args(&exc::AssertionError, vec![{}])", exception_argument(expr(node.msg)));
  open(strf("if !({}) {{", test));
  raise(exception);
  close();
}

void Translator::import_statement(Node& node) {
  const Library& library = Library::built_in();
  constexpr std::string_view kSilent[] = {"__future__",  "typing", "abc",      "collections.abc",
                                          "dataclasses", "enum",   "argparse", "sys"};
  const auto check = [&](const std::string& module) {
    if (std::ranges::find(kSilent, module) == std::end(kSilent) && !library.has_module(module))
      refuse(node, strf("module {}", module), strf("the module '{}' is not translated", module));
  };
  if (auto* import = try_as<ast::Import>(&node)) {
    for (Node* item : import->names) {
      auto& alias = as<ast::alias>(*item);
      check(std::string(alias.name));
      const std::string_view bound =
          alias.asname.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asname;
      if (Var* var = lookup(bound)) {
        var->module = alias.asname.empty() ? std::string(bound) : std::string(alias.name);
        var->is_module = true;
      }
    }
    return;
  }
  auto& from = as<ast::ImportFrom>(node);
  if (from.level > 0) {
    refuse(node, "relative import");
    return;
  }
  check(std::string(from.module));
  for (Node* item : from.names) {
    auto& alias = as<ast::alias>(*item);
    if (alias.name == "*") {
      refuse(node, "import *");
      continue;
    }
    if (Var* var = lookup(alias.asname.empty() ? alias.name : alias.asname)) {
      var->module = strf("{}.{}", from.module, alias.name);
      var->is_module = true;
    }
  }
}

// --- Where control leaves ---

bool Translator::falls_through(Nodes statements) const {
  return std::ranges::all_of(statements, [&](Node* node) { return falls_through(*node); });
}

bool Translator::falls_through(Node& node) const {
  switch (node.kind) {
    case Kind::Return:
    case Kind::Raise:
    case Kind::Break:
    case Kind::Continue:
      return false;
    case Kind::If: {
      auto& branch = as<ast::If>(node);
      return branch.orelse.empty() || falls_through(branch.body) || falls_through(branch.orelse);
    }
    case Kind::While: {
      auto& loop_node = as<ast::While>(node);
      auto* test = try_as<ast::Constant>(loop_node.test);
      if (test == nullptr || !test->value.boolean) return true;
      const std::function<bool(Node&)> breaks = [&](Node& inside) {
        if (inside.kind == Kind::Break) return true;
        if (inside.kind == Kind::For || inside.kind == Kind::While || inside.kind == Kind::FunctionDef ||
            inside.kind == Kind::ClassDef)
          return false;
        bool any = false;
        for_children(inside, [&](Node& child) { any = any || breaks(child); });
        return any;
      };
      return std::ranges::any_of(loop_node.body, [&](Node* inside) { return breaks(*inside); });
    }
    case Kind::Try: {
      auto& attempt_node = as<ast::Try>(node);
      if (!attempt_node.finalbody.empty() && !falls_through(attempt_node.finalbody)) return false;
      if (falls_through(attempt_node.body) &&
          (attempt_node.orelse.empty() || falls_through(attempt_node.orelse)))
        return true;
      return std::ranges::any_of(attempt_node.handlers,
                                 [&](Node* h) { return falls_through(as<ast::ExceptHandler>(*h).body); });
    }
    case Kind::With:
      return falls_through(as<ast::With>(node).body);
    case Kind::Match: {
      auto& match = as<ast::Match>(node);
      if (match.cases.empty()) return true;
      auto& last = as<ast::match_case>(*match.cases.back());
      auto* any = try_as<ast::MatchAs>(last.pattern);
      if (any == nullptr || any->pattern != nullptr || last.guard != nullptr) return true;
      return std::ranges::any_of(match.cases,
                                 [&](Node* c) { return falls_through(as<ast::match_case>(*c).body); });
    }
    default:
      return true;
  }
}

}  // namespace sov::transpiler
