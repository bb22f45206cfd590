// Statements.
#include <algorithm>

#include "core/stack.h"
#include "transpiler/emit/library_classes.h"
#include "transpiler/emit/line_marks.h"
#include "transpiler/emit/translator.h"
#include "transpiler/emit/webs.h"

namespace sov::transpiler {

void Translator::line(const std::string& text) {
  if (text.empty()) return;
  out_.append(static_cast<size_t>(indent_) * 4, ' ');
  out_ += text;
  if (options_.source_map && final_) out_ += line_mark(python_line_);
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
    line(strf("let {}: Shared<{}> = Shared::unset(\"{}\");", var.rust, rust_type(var.type),
              undivided(var.name)));
    return;
  }
  var.slot = !has_default(var.type);
  if (var.slot)
    line(strf("let mut {}: Option<{}> = None;", var.rust, rust_type(var.type)));
  else
    line(strf("let mut {}: {} = {};", var.rust, rust_type(var.type), default_value(var.type)));
}

void Translator::statement(Node& node) {
  python_line_ = node.place.line;
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
      const auto found = function_of_.find(&node);
      if (found == function_of_.end()) return;  // typing.overload
      FunctionInfo& info = *found->second;
      if (info.cls == nullptr && info.parent != nullptr)
        function(info, "");  // the module's are written with it
      if (info.memo_var != nullptr)
        line(strf("let {}: {} = Rc::new(memo::Memo::new({}));", info.memo_var->rust, info.memo_var->written,
                  memo_size(info)));
      if (!info.as_variable) return;
      Var* var = lookup(info.name);
      if (var != nullptr) store_name(*var, decorated(info, node), node);
      return;
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
      decorate_methods(cls);
      name_descriptors(node, cls);
      class_level_call(cls, "__init_subclass__", cls.node->keywords);
      return decorate_class(cls);
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
  if (node.value->kind == Kind::Yield || node.value->kind == Kind::YieldFrom) yield_statement_ = node.value;
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
    ++match_depth_;  // a labelled block like those of match: what leaves it names its loop
    block(orelse);
    --match_depth_;
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
  if (node.is_async) return async_for(node);
  const Iteration it = iterate(node.iter);
  auto* name = try_as<ast::Name>(node.target);
  Var* var = name != nullptr ? lookup(name->id) : nullptr;
  const auto direct = [&](Var* v, TypeId type) {
    if (v == nullptr) return false;
    types_.flow(type, v->type);
    return v->declare_at == &node && !v->shared && !v->slot && !(v->module_level && v->global) &&
           types_.same(v->type, type);
  };
  if (var != nullptr && var->reads == 0 && var->owner == function_ && !var->captured && var->name == "_" &&
      !it.fallible)
    return loop(strf("for _ in {}", it.text), node.body, node.orelse, [] {});
  if (var != nullptr && direct(var, it.item) && !it.fallible) {
    const bool used = var->reads > 0;
    return loop(strf("for {}{} in {}", used && var->assigns > 1 ? "mut " : "",
                     used ? var->rust : unread_name(*var), it.text),
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
        if (one == nullptr || one->reads == 0) return one == nullptr ? "_" : unread_name(*one);
        return strf("{}{}", one->assigns > 1 ? "mut " : "", one->rust);
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

/// A variable that is bound and never read.
std::string Translator::unread_name(const Var& var) {
  return var.name.starts_with("_") || var.rust.starts_with("r#") ? "_" : "_" + var.rust;
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
  if (auto* name = try_as<ast::Name>(node.value); name != nullptr && name->id == "NotImplemented" &&
                                                  function_ != nullptr && lookup(name->id) == nullptr) {
    function_->not_implemented = true;
    return raise("glue::not_implemented()");
  }
  Code code = expr(node.value);
  if (auto* name = try_as<ast::Name>(node.value); name != nullptr && is_last_use(lookup(name->id)))
    code.form = Form::owned;
  return_code(code);
}

/// A local variable that is returned: nobody looks at it afterwards, so that it moves out.
bool Translator::is_last_use(const Var* var) const {
  return var != nullptr && function_ != nullptr && var->owner == function_ && !function_->generator &&
         error_frames_.empty() && !var->shared && !var->slot && !var->reference && !var->loop_bound &&
         !var->is_function && !var->is_class && var->module.empty() &&
         (var->param || var->declare_at != nullptr || var->hoist_before != nullptr);
}

void Translator::return_code(const std::optional<Code>& value) {
  if (value && value->diverges) {
    line(strf("{};", value->text));
    if (function_ != nullptr) line("unreachable!();");  // it raises; but Rust takes it for a value
    return;
  }
  std::string text = "()";
  if (function_ != nullptr && !function_->generator) {
    const Code code = value ? *value : Code{"()", none_};
    types_.flow(code.type, result_type(*function_));
    text = coerce(code, result_type(*function_));
  } else if (value && function_ != nullptr && !types_.is(value->type, Base::none)) {
    if (function_->is_async) refuse(*function_->node, "return of a value in an async generator");
    line(strf("yielder.give(Rc::new({}));", to_value(*value).text));
  }
  for (size_t i = error_frames_.size(); i-- > 0;) {
    if (!error_frames_[i].flow) continue;
    line(strf("break {} Flow::Return({});", error_frames_[i].label, text));
    return;
  }
  if (function_ != nullptr && function_->is_async)
    line(strf("return Ok::<{}, Exc>({});", in_generator() ? "()" : rust_type(result_type(*function_)), text));
  else if (function_ != nullptr && !function_->raises)
    line(text == "()" ? "return;" : strf("return {};", text));
  else
    line(strf("return Ok({});", text));
}

/// del object.name, where the class says what that does.
void Translator::delete_attribute(ast::Attribute& target) {
  const Code object = need(expr(target.value));
  if (!known(object.type)) return;
  ClassInfo* cls = base(object.type) == Base::instance ? class_of(object.type) : nullptr;
  if (is_namespace(object.type) || base(object.type) == Base::value) {
    line(strf("{};", attempt(strf("value_items::delattr(&{}, \"{}\")", to_value(object).text, target.attr))));
    return;
  }
  const std::string deleter = strf("{}__deleter", target.attr);
  if (cls == nullptr || find_method(*cls, deleter) == nullptr) {
    refuse(target, "del of an attribute");
    return;
  }
  line(strf("{};", call_method(target, object, deleter, {}).text));
}

void Translator::delete_statement(ast::Delete& node) {
  for (Node* target : node.targets) {
    auto* item = try_as<ast::Subscript>(target);
    if (item == nullptr) {
      if (target->kind == Kind::Name) continue;  // the name is not used again, or that is an error anyway
      delete_attribute(as<ast::Attribute>(*target));
      continue;
    }
    const Code object = unwrapped(need(expr(item->value)), {"__delitem__"});
    if (auto* part = try_as<ast::Slice>(item->slice); part != nullptr && base(object.type) == Base::list) {
      line(strf("{};", attempt(strf("{}.del_slice({}, {}, {})", operand(object), slice_part(part->lower),
                                    slice_part(part->upper), slice_part(part->step)))));
      continue;
    }
    if (auto* part = try_as<ast::Slice>(item->slice);
        part != nullptr && part->step == nullptr && is_library_type(object.type, "bytearray")) {
      line(strf("{};",
                attempt(strf("{}.set_slice({}, {}, {}, &Bytes::from(Vec::new()))", operand(object),
                             slice_part(part->lower), slice_part(part->upper), slice_part(part->step)))));
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
        line(strf("{};", attempt(strf("{}.del({})", operand(object), key_ref(index, key)))));
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
      case Base::opaque: {
        const LibraryEntry* entry = Library::built_in().method(
            Library::built_in().type(types_.at(object.type).id).name, "__delitem__");
        if (entry == nullptr) {
          refuse(*target, strf("del of an item of {}", type_text(object.type)));
          break;
        }
        Arguments args;
        args.positional = {item->slice};
        line(strf("{};", call_library(node, *entry, &object, args).text));
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
  constexpr std::string_view kSilent[] = {
      "__future__", "typing", "abc", "collections.abc", "dataclasses", "enum", "argparse", "sys", "types"};
  const auto check = [&](const std::string& module) {
    if (std::ranges::find(kSilent, module) == std::end(kSilent) && !library.has_module(module) &&
        !has_library_classes(module))
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
    case Kind::With: {
      // What its end raises, the object may swallow.
      const Nodes body = as<ast::With>(node).body;
      return falls_through(body) || body.back()->kind == Kind::Raise;
    }
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
