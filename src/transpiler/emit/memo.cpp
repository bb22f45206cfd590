// functools.lru_cache, cached_property, singledispatch and partial.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

bool unhashable(Base base) { return base == Base::list || base == Base::dict || base == Base::set; }

}  // namespace

/// "Some(128)" or "None": what @lru_cache, @lru_cache(maxsize=..) and @cache keep.
std::string Translator::memo_size(FunctionInfo& info) {
  Node* decorator = info.memo;
  auto* call_node = try_as<ast::Call>(decorator);
  const Node* head = call_node != nullptr ? call_node->func : decorator;
  const std::string_view name = head->kind == Kind::Attribute ? static_cast<const ast::Attribute*>(head)->attr
                                                              : static_cast<const ast::Name*>(head)->id;
  if (name == "cache") return "None";
  Node* size = nullptr;
  if (call_node != nullptr && !call_node->args.empty()) size = call_node->args[0];
  if (call_node != nullptr) {
    for (Node* item : call_node->keywords) {
      if (as<ast::keyword>(*item).arg == "maxsize") size = as<ast::keyword>(*item).value;
    }
  }
  if (size == nullptr) return "Some(128)";
  const Code code = expr(size);
  return types_.is(code.type, Base::none) ? "None" : strf("Some({})", as_int(code));
}

std::string Translator::memo_name(const FunctionInfo& info) const {
  return strf("MEMO_{}{}", info.cls != nullptr ? strf("{}_", info.cls->rust) : "", info.rust);
}

/// The Rust type of what keeps the results.
std::string Translator::memo_type(FunctionInfo& info) {
  std::string key;
  const bool method = info.cls != nullptr && !info.is_static && !info.is_classmethod;
  if (method) key = strf("{}, ", info.cls->root->rust);
  for (size_t i = info.cls != nullptr && !info.is_static ? 1 : 0; i < info.params.size(); ++i)
    key += strf("{}, ", rust_type(info.params[i].var->type));
  return strf("memo::Memo<({}), {}>", key, rust_type(info.ret));
}

/// The function that callers see: it asks what is kept before it calls the other.
void Translator::memo_wrapper(FunctionInfo& info, const std::string& receiver, const std::string& name) {
  if (info.generator || info.is_async) {
    refuse(*info.node, "lru_cache of a generator");
    return;
  }
  use("memo");
  const std::string plain_name = strf("{}_plain", name);
  open(strf("fn {}({}) -> Res<{}> {{", name, signature(info, receiver), rust_type(info.ret)));
  std::string key = receiver.empty() ? "" : "self.clone(), ", args;
  const size_t skip = info.cls != nullptr && !info.is_static && !info.params.empty() ? 1 : 0;
  for (size_t i = skip; i < info.params.size(); ++i) {
    Var& var = *info.params[i].var;
    if (unhashable(base(var.type))) {
      line(strf("Err(exc::new(&exc::TypeError, \"unhashable type: '{}'\"))",
                type_text(var.type).substr(0, type_text(var.type).find('['))));
      close();
      return;
    }
    key += strf("{}.clone(), ", var.rust);
    args += strf("{}{}", args.empty() ? "" : ", ", var.rust);
  }
  for (Var* var : info.captures)
    args += strf("{}{}{}", args.empty() ? "" : ", ", var->rust, var == info.memo_var ? ".clone()" : "");
  const std::string callee = !receiver.empty()     ? strf("self.{}", plain_name)
                             : info.cls != nullptr ? strf("Self::{}", plain_name)
                                                   : plain_name;
  if (info.memo_var != nullptr) {
    line(strf("{}.clone().call(({}), || {}({}))", info.memo_var->rust, key, callee, args));
  } else {
    const std::string kept = memo_name(info);
    const std::string type = memo_type(info);
    statics_set_[kept] = strf("    static {}: {} = memo::Memo::new({});\n", kept, type, memo_size(info));
    const std::string memo = temp("m");
    line(strf("{}.with(|{}| {}.call(({}), || {}({})))", kept, memo, memo, key, callee, args));
  }
  close();
}

/// f.cache_info() and f.cache_clear().
std::optional<Code> Translator::memo_method(const Node& node, ast::Attribute& callee) {
  if (callee.attr != "cache_info" && callee.attr != "cache_clear") return std::nullopt;
  FunctionInfo* function = nullptr;
  if (auto* name = try_as<ast::Name>(callee.value)) {
    Var* var = lookup(name->id);
    if (var != nullptr && var->is_function) function = var->function;
  } else if (auto* attribute = try_as<ast::Attribute>(callee.value)) {
    auto* owner = try_as<ast::Name>(attribute->value);
    Var* var = owner != nullptr ? lookup(owner->id) : nullptr;
    ClassInfo* cls = var != nullptr && var->is_class ? var->cls : class_of(expr(attribute->value).type);
    if (cls != nullptr) function = find_method(*cls, attribute->attr);
  }
  if (function == nullptr || function->memo == nullptr) return std::nullopt;
  const std::string_view method = callee.attr == "cache_info" ? "info" : "clear";
  const std::string text = function->memo_var != nullptr
                               ? strf("{}.{}()", function->memo_var->rust, method)
                               : strf("{}.with(|m| m.{}())", memo_name(*function), method);
  if (method == "clear") return Code{text, none_};
  std::map<std::string, TypeId> bound;
  return Code{text, signature_type({.name = "CacheInfo", .args = {}}, bound, node, "->")};
}

/// The function behind functools.cached_property: the attribute of the same name holds what it gave.
void Translator::cached_wrapper(FunctionInfo& info, const std::string& name) {
  FieldInfo& field = add_field(*info.cls, info.name);
  types_.unify(field.type, info.ret);
  open(strf("fn {}(&self) -> Res<{}> {{", name, rust_type(info.ret)));
  line(strf("if self.{}.is_set() {{ return Ok(self.{}.get()); }}", field.rust, field.rust));
  line(strf("let value = self.{}_plain()?;", name));
  line(strf("self.{}.set(value.clone());", field.rust));
  line("Ok(value)");
  close();
}

/// functools.partial(f, ..): a function of the remaining arguments.
Code Translator::partial_call(const Node& node, const Arguments& args) {
  if (args.positional.empty()) return refuse(node, "functools.partial()");
  Arguments rest = args;
  rest.positional.erase(rest.positional.begin());
  for (auto& [before, star] : rest.stars) before -= before > 0 ? 1 : 0;
  const std::string f = to_value(expr(args.positional[0])).text;
  const auto [list, words] = dynamic_arguments(rest);
  return {strf("called::partial({}, {}, {})", f, list, words), value_};
}

}  // namespace sov::transpiler
