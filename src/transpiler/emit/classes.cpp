// Classes. All classes of a family (whatever inherits from one root) are one Rust type: a handle to a struct
// with the fields of all of them and a kind; methods are dispatched by matching the kind.
#include <algorithm>

#include "transpiler/emit/data_hash.h"
#include "transpiler/emit/nested_classes.h"
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

void Translator::classes() {
  for (const auto& cls : classes_) {
    class_ = cls.get();
    if (cls->typed_dict) continue;
    if (cls->flag_enum)
      flag_definition(*cls);
    else if (cls->is_enum)
      enum_definition(*cls);
    else if (cls->root == cls.get() && cls->is_exception)
      exception_definition(*cls);
    else if (cls->root == cls.get())
      class_definition(*cls);
    if (cls->is_enum) class_copies(*cls);
    class_ = nullptr;
  }
  unchanging_copies();
}

/// `arm(cls)` for each class of the family, chosen by the object's kind.
std::string Translator::family_dispatch(ClassInfo& root, const std::function<std::string(ClassInfo&)>& arm,
                                        const std::string& fallback) {
  if (root.family.size() == 1) {
    const std::string only = arm(root);
    return only.empty() ? fallback : only;
  }
  std::vector<std::pair<std::string, std::string>> arms;  // text, kinds
  bool missing = false;
  for (ClassInfo* cls : root.family) {
    const std::string text = arm(*cls);
    if (text.empty()) {
      missing = true;
      continue;
    }
    const auto same =
        std::ranges::find_if(arms, [&](const auto& known_arm) { return known_arm.first == text; });
    const std::string kind = strf("{}Kind::{}", root.rust, cls->rust);
    if (same != arms.end())
      same->second += " | " + kind;
    else
      arms.emplace_back(text, kind);
  }
  if (arms.empty()) return fallback;
  if (arms.size() == 1 && !missing) return arms[0].first;
  std::string out = "match self.kind { ";
  for (const auto& [text, kinds] : arms) out += strf("{} => {}, ", kinds, text);
  if (missing) out += strf("_ => {}, ", fallback);
  return out + "}";
}

void Translator::class_definition(ClassInfo& root) {
  python_line_ = root.node->place.line;
  if (root.within != nullptr &&
      std::ranges::any_of(root.method_order, [](FunctionInfo* m) { return !m->captures.empty(); }))
    refuse(*root.node, "class that uses variables of a function");
  for (ClassInfo* cls : root.family) {
    for (const DataField* field : all_data_fields(*cls)) {
      FieldInfo& info = add_field(*cls, field->name);
      if (cls->root->boxed) types_.open_up(info.type);
    }
  }
  class_struct(root);
  open(strf("impl {} {{", root.rust));
  for (ClassInfo* cls : root.family) {
    class_ = cls;
    class_constructor(*cls);
  }
  for (ClassInfo* cls : root.family) {
    class_ = cls;
    class_methods(*cls);
  }
  class_ = &root;
  if (root.family.size() > 1) class_dispatch(root);
  open("fn same(&self, other: &Self) -> bool {");
  line("Rc::ptr_eq(&self.0, &other.0)");
  close();
  const bool any_static = std::ranges::any_of(
      root.family, [&](const ClassInfo* cls) { return class_static_needed_.contains(cls->number); });
  if (root.family.size() > 1 && any_static) {
    open("fn class_static(&self) -> &'static exc::Class {");
    line(family_dispatch(root, [](ClassInfo& cls) { return strf("&CLASS_{}", cls.rust); }, ""));
    close();
  }
  if (root.family.size() > 1) {
    open("fn class_name(&self) -> Str {");
    line(family_dispatch(root, [](ClassInfo& cls) { return strf("Str::lit(\"{}\")", cls.name); }, ""));
    close();
  }
  if (has_data_fields(root)) {
    open("fn data_fields(&self) -> Vec<(&'static str, Value)> {");
    line(family_dispatch(
        root,
        [&](ClassInfo& cls) {
          std::string pairs;
          for (const DataField* field : all_data_fields(cls)) {
            FieldInfo& info = add_field(cls, field->name);
            pairs += strf("{}(\"{}\", {})", pairs.empty() ? "" : ", ", field->name,
                          coerce({strf("self.{}.get()", info.rust), info.type}, value_));
          }
          return strf("vec![{}]", pairs);
        },
        "vec![]"));
    close();
  }
  close();
  class_traits(root);
  class_statics(root);
  class_copies(root);
  if (root.boxed) class_object(root);
  line("");
}

void Translator::class_struct(ClassInfo& root) {
  if (root.family.size() > 1) {
    std::string kinds;
    for (ClassInfo* cls : root.family)
      kinds += strf("{}{}{}", kinds.empty() ? "" : ", ", kinds.empty() ? "#[default] " : "", cls->rust);
    line("#[derive(Clone, Copy, PartialEq, Default)]");
    line(strf("enum {}Kind {{ {} }}", root.rust, kinds));
  }
  line("#[derive(Clone)]");
  line(strf("struct {}(Rc<{}Data>);", root.rust, root.rust));
  line("#[derive(Default)]");
  open(strf("struct {}Data {{", root.rust));
  if (root.family.size() > 1) line(strf("kind: {}Kind,", root.rust));
  for (const FieldInfo& field : root.fields) line(strf("{}: Field<{}>,", field.rust, rust_type(field.type)));
  close();
  open(strf("impl std::ops::Deref for {} {{", root.rust));
  line(strf("type Target = {}Data;", root.rust));
  open(strf("fn deref(&self) -> &{}Data {{", root.rust));
  line("&self.0");
  close();
  close();
}

void Translator::class_methods(ClassInfo& cls) {
  for (FunctionInfo* method : cls.method_order) {
    if (method->params.empty() && method->is_method()) {
      refuse(*method->node, "method without self");
      continue;
    }
    if (!method->is_classmethod || cls.is_enum || cls.is_exception) {
      function(*method, method->is_static || method->is_classmethod ? "" : "&self");
      continue;
    }
    // One for each class that `cls` can be.
    for (ClassInfo* member : cls.root->family) {
      if (find_method(*member, method->name) != method) continue;
      self_class_ = member;
      function(*method, "");
      self_class_ = nullptr;
    }
  }
}

/// One function a method name, for callers that know only the family.
void Translator::class_dispatch(ClassInfo& root) {
  std::map<std::string, FunctionInfo*> names;
  for (const bool setter : {false, true}) {
    for (ClassInfo* cls : root.family) {
      for (auto& [name, method] : setter ? cls->setters : cls->methods) {
        const bool of_init_vars = name == "__post_init__" && method->params.size() > 1;
        if (method->is_static || method->is_classmethod || name == "__init__" || of_init_vars) continue;
        names.try_emplace(setter ? strf("assign_{}", name) : method_rust(*cls, name), method);
      }
    }
    for (auto& [rust, first] : names) {
      if (first->is_setter != setter) continue;
      const std::string_view name = first->name;
      std::string args;
      for (size_t i = 1; i < first->params.size(); ++i)
        args += strf("{}{}", args.empty() ? "" : ", ", first->params[i].var->rust);
      std::string params;
      for (size_t i = 1; i < first->params.size(); ++i)
        params += strf(", {}: {}", first->params[i].var->rust, rust_type(first->params[i].var->type));
      open(strf("fn {}(&self{}) -> Res<{}> {{", rust, params, rust_type(first->ret)));
      line(family_dispatch(
          root,
          [&](ClassInfo& cls) -> std::string {
            FunctionInfo* method = find_method(cls, name, setter);
            if (method == nullptr) return "";
            if (final_ && method->params.size() != first->params.size())
              refuse(*method->node, "override with other parameters",
                     strf("'{}' overrides a method with another number of parameters", name));
            if (!types_.same(method->ret, first->ret)) types_.unify(method->ret, first->ret);
            for (size_t i = 1; i < method->params.size() && i < first->params.size(); ++i)
              types_.unify(method->params[i].var->type, first->params[i].var->type);
            return strf("self.{}({})", implementation_name(*method), args);
          },
          strf("Err(exc::new(&exc::AttributeError, format!(\"{}\", self.class_name())))",
               setter ? strf("property '{}' of '{{}}' object has no setter", name)
                      : strf("'{{}}' object has no attribute '{}'", name))));
      close();
    }
  }
}

/// What __str__ or __repr__ gives, a Result, as a Str where nothing can be raised.
std::string Translator::text_or_die(const std::string& result, TypeId type) {
  if (types_.is(type, Base::text)) return strf("glue::or_die({})", result);
  return strf("glue::or_die({}.and_then(|x| Ok({})))", result, coerce({"x", type}, text_));
}

void Translator::class_traits(ClassInfo& root) {
  const auto method_call = [&](ClassInfo& cls, std::string_view name) -> std::string {
    FunctionInfo* method = find_method(cls, name);
    return method == nullptr ? "" : strf("self.{}()", implementation_name(*method));
  };
  const auto is_data = [](const ClassInfo& cls) {
    return std::ranges::any_of(cls.mro, [](const ClassInfo* up) { return up->dataclass; });
  };
  const auto text_method = [&](ClassInfo& cls, std::string_view name) -> std::string {
    const std::string call_text = method_call(cls, name);
    if (call_text.empty()) return "";
    return strf("out.push_str({}.as_str())", text_or_die(call_text, find_method(cls, name)->ret));
  };
  const std::string& rust = root.rust;
  open(strf("impl PyRepr for {} {{", rust));
  open("fn repr_into(&self, out: &mut String) {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        if (std::string own_repr = text_method(cls, "__repr__"); !own_repr.empty()) return own_repr;
        if (holds_built_in(cls)) {
          const bool named = cls.builtin_base == "set" || cls.builtin_base == "frozenset";
          const std::string held = "self.held_.get().repr_into(out)";
          const bool shows_class = types_.is(unwrapped({"self", cls.instance_type}, {}).type, Base::opaque) ||
                                   cls.builtin_base == "OrderedDict" || cls.builtin_base == "defaultdict";
          if (shows_class)
            return strf(
                "{{ let text = self.held_.get().repr(); out.push_str(\"{}\"); "
                "out.push_str(&text.as_str()[text.as_str().find('(').unwrap_or(0)..]); }}",
                cls.name);
          if (!named) return held;
          // An empty set shows nothing between the brackets.
          return strf(
              "{{ out.push_str(\"{}(\"); if self.held_.get().truth() {{ let at = out.len(); {}; if "
              "out[at..].starts_with(\"frozenset(\") {{ let inner = out[at + 10..out.len() - 1].to_string(); "
              "out.truncate(at); out.push_str(&inner); }} }} out.push(')'); }}",
              cls.name, held);
        }
        if (!is_data(cls) || !cls.repr)
          return strf(
              "out.push_str(&format!(\"<__main__.{} object at {{:#x}}>\", Rc::as_ptr(&self.0) as usize))",
              qualified_name(cls));
        std::string parts =
            strf("out.push_str(\"{}(\"); ", cls.named_tuple ? std::string(cls.name) : qualified_name(cls));
        bool first = true;
        for (const DataField* field : all_data_fields(cls)) {
          if (!field->in_repr) continue;
          parts += strf("out.push_str(\"{}{}=\"); self.{}.get().repr_into(out); ", first ? "" : ", ",
                        field->name, add_field(cls, field->name).rust);
          first = false;
        }
        return strf("{{ {}out.push(')'); }}", parts);
      },
      "()"));
  close();
  close();
  open(strf("impl PyStr for {} {{", rust));
  open("fn str_into(&self, out: &mut String) {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        const std::string own_str = text_method(cls, "__str__");
        if (own_str.empty() && cls.builtin_base == "str" && holds_built_in(cls))
          return "out.push_str(self.held_.get().as_str())";
        return own_str.empty() ? "self.repr_into(out)" : own_str;
      },
      "self.repr_into(out)"));
  close();
  close();
  open(strf("impl PyTruth for {} {{", rust));
  open("fn truth(&self) -> bool {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        if (const std::string own_bool = method_call(cls, "__bool__"); !own_bool.empty())
          return strf("glue::or_die({}).truth()", own_bool);
        if (const std::string length = method_call(cls, "__len__"); !length.empty())
          return strf("glue::or_die({}).truth()", length);
        if (holds_built_in(cls)) return "self.held_.get().truth()";
        return "true";
      },
      "true"));
  close();
  close();
  open(strf("impl PartialEq for {} {{", rust));
  open("fn eq(&self, other: &Self) -> bool {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        FunctionInfo* method = find_method(cls, "__eq__");
        if (method != nullptr && method->params.size() == 2) {
          // Compared with texts, say: its own kind may come as well.
          const Base kind = base(method->params[1].var->type);
          if (kind != Base::instance && kind != Base::value && kind != Base::unknown && kind != Base::option)
            types_.flow(cls.instance_type, method->params[1].var->type);
          const std::string other =
              coerce({"other", cls.instance_type, Form::reference}, method->params[1].var->type);
          return strf("glue::or_die(glue::or_else(self.{}({}){}, || Ok(self.same(other))))",
                      implementation_name(*method), other,
                      types_.is(method->ret, Base::boolean) ? "" : ".map(|x| x.truth())");
        }
        if (holds_built_in(cls)) return "self.held_.get() == other.held_.get()";
        if (!is_data(cls) || !cls.eq) return "self.same(other)";
        // The fields are compared as tuples, in which an object equals itself without being asked.
        std::string test = root.family.size() > 1 ? "self.kind == other.kind" : "";
        for (const DataField* field : all_data_fields(cls)) {
          if (!field->in_compare) continue;
          const std::string& f = add_field(cls, field->name).rust;
          test += strf("{}self.{}.get() == other.{}.get()", test.empty() ? "" : " && ", f, f);
        }
        return test.empty() ? "true" : strf("self.same(other) || {}", test);
      },
      "self.same(other)"));
  close();
  close();
  open(strf("impl PyHash for {} {{", rust));
  open("fn py_hash(&self) -> i64 {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        if (const std::string own_hash = method_call(cls, "__hash__"); !own_hash.empty())
          return strf("glue::or_die({})", own_hash);
        if (is_data(cls) && hashes_fields(cls)) {
          std::string items;
          for (const DataField* field : all_data_fields(cls)) {
            if (field->in_compare)
              items += strf("{}self.{}.get().py_hash()", items.empty() ? "" : ", ",
                            add_field(cls, field->name).rust);
          }
          return strf("rt::traits::hash_items([{}].into_iter())", items);
        }
        const bool mutable_value = holds_built_in(cls) && !holds_immutable(cls);
        const bool unhashable =
            (is_data(cls) && data_class(cls)->eq) || find_method(cls, "__eq__") != nullptr || mutable_value;
        if (!unhashable && holds_built_in(cls)) return "self.held_.get().py_hash()";
        if (unhashable)
          return strf("exc::die(exc::new(&exc::TypeError, \"unhashable type: '{}'\"))", cls.name);
        return "(Rc::as_ptr(&self.0) as usize as i64) >> 4";
      },
      "0"));
  close();
  hash_check(root);
  close();
  open(strf("impl PyOrd for {} {{", rust));
  open("fn py_lt(&self, other: &Self) -> Res<bool> {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        FunctionInfo* method = find_method(cls, "__lt__");
        if (method != nullptr && method->params.size() == 2) {
          const std::string other =
              coerce({"other", cls.instance_type, Form::reference}, method->params[1].var->type);
          return strf("Ok(self.{}({})?.truth())", implementation_name(*method), other);
        }
        FunctionInfo* mirrored = find_method(cls, "__gt__");
        if (mirrored != nullptr && mirrored->params.size() == 2) {
          const std::string self =
              coerce({"self", cls.instance_type, Form::reference}, mirrored->params[1].var->type);
          return strf("Ok(other.{}({})?.truth())", implementation_name(*mirrored), self);
        }
        for (const bool strict : {false, true}) {
          // functools.total_ordering
          FunctionInfo* other_way = find_method(cls, strict ? "__ge__" : "__le__");
          if (other_way == nullptr || other_way->params.size() != 2) continue;
          const std::string arg =
              coerce({"other", cls.instance_type, Form::reference}, other_way->params[1].var->type);
          return strict ? strf("Ok(!self.{}({})?.truth())", implementation_name(*other_way), arg)
                        : strf("Ok(self.{}({})?.truth() && self != other)", implementation_name(*other_way),
                               arg);
        }
        if (const Base kind = base(unwrapped({"self", cls.instance_type}, {}).type);
            holds_built_in(cls) && kind != Base::dict && kind != Base::opaque)
          return "self.held_.get().py_lt(&other.held_.get())";
        if (is_data(cls) && cls.order) {
          std::string steps;
          for (const DataField* field : all_data_fields(cls)) {
            if (!field->in_compare) continue;
            const std::string& f = add_field(cls, field->name).rust;
            steps +=
                strf("if self.{}.get() != other.{}.get() {{ return self.{}.get().py_lt(&other.{}.get()); }} ",
                     f, f, f, f);
          }
          return strf("{{ {}Ok(false) }}", steps);
        }
        return strf(
            "Err(exc::new(&exc::TypeError, \"'<' not supported between instances of '{}' and '{}'\"))",
            cls.name, cls.name);
      },
      "Ok(false)"));
  close();
  close();
  open(strf("impl PyFormat for {} {{", rust));
  open("fn py_format(&self, spec: &str) -> Res<Str> {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        FunctionInfo* method = find_method(cls, "__format__");
        if (method != nullptr && method->params.size() == 2) {
          types_.flow(text_, method->params[1].var->type);
          const std::string spec = coerce({"Str::from(spec)", text_}, method->params[1].var->type);
          const std::string made = strf("self.{}({})", implementation_name(*method), spec);
          if (types_.is(method->ret, Base::text)) return made;
          return strf("Ok({})", coerce({made + "?", method->ret}, text_));
        }
        if (holds_built_in(cls) &&
            (cls.builtin_base == "str" || cls.builtin_base == "int" || cls.builtin_base == "float"))
          return find_method(cls, "__str__") == nullptr
                     ? "self.held_.get().py_format(spec)"
                     : "if spec.is_empty() { Ok(self.to_str()) } else { self.held_.get().py_format(spec) }";
        return strf("rt::fmt::default_format(self, spec, \"{}\")", cls.name);
      },
      "rt::fmt::default_format(self, spec, \"object\")"));
  close();
  close();
}

/// The descriptor of a class; written where anything names it.
void Translator::class_static(const ClassInfo& cls, const std::string& base_class) {
  std::string more;
  for (size_t i = 1; i < cls.bases.size(); ++i)
    more += strf("{}&CLASS_{}", i > 1 ? ", " : "", cls.bases[i]->rust);
  const std::string name = strf("CLASS_{}", cls.rust);
  class_statics_[name] =
      more.empty()
          ? strf("static {}: exc::Class = exc::Class::new(\"{}\", &{});\n", name, cls.name, base_class)
          : strf("static {}: exc::Class = exc::Class::with_bases(\"{}\", &{}, &[{}]);\n", name, cls.name,
                 base_class, more);
}

void Translator::class_statics(ClassInfo& root) {
  for (ClassInfo* cls : root.family)
    class_static(*cls, !cls->bases.empty()    ? strf("CLASS_{}", cls->bases[0]->rust)
                       : holds_built_in(*cls) ? strf("rt::types::{}", cls->builtin_base)
                                              : "rt::types::object");
}

namespace {

/// Methods of a family by name, each with the first class that has it.
std::map<std::string_view, std::pair<ClassInfo*, FunctionInfo*>> methods_of(const ClassInfo& root) {
  std::map<std::string_view, std::pair<ClassInfo*, FunctionInfo*>> out;
  for (ClassInfo* cls : root.family) {
    for (auto& [name, method] : cls->methods) out.try_emplace(name, cls, method);
  }
  return out;
}

}  // namespace

/// Who calls a method by its name alone may give what its annotation says, where the program's other calls
/// leave the default: None, or an int for a float.
void Translator::admit_annotated(const FunctionInfo& method, const Param& param) {
  if (param.fallback == nullptr) return;
  const Base kind = base(param.var->type);
  if (kind != Base::none && kind != Base::integer) return;
  FunctionInfo* outer = std::exchange(function_, method.parent);
  const TypeId wanted =
      param.var->annotation == nullptr ? value_ : annotation_type(param.var->annotation, *method.node);
  function_ = outer;
  if (kind == Base::none)
    types_.flow(known(wanted) && base(wanted) != Base::none ? wanted : value_, param.var->type);
  else if (base(wanted) == Base::real)
    types_.make_value(param.var->type);
}

/// Arms of a match on a method's name, for calls through a Value; `names`: those that all classes of the
/// family have, `some`: tests for the others.
std::string Translator::method_arms(ClassInfo& root, std::string& names, std::string& some) {
  const auto methods = methods_of(root);
  std::string arms;
  for (auto& [name, found] : methods) {
    FunctionInfo& method = *found.second;
    const bool of_init_vars = name == "__post_init__" && method.params.size() > 1;
    if (method.is_static || method.is_classmethod || method.is_property || name == "__init__" || of_init_vars)
      continue;
    // Values of the library's types go through Values only where a call needs it.
    const bool called = dynamic_methods_.contains(std::string(name)) || name.starts_with("__");
    bool callable = true;
    for (size_t i = 1; i < method.params.size(); ++i) {
      admit_annotated(method, method.params[i]);
      if (base(method.params[i].var->type) == Base::function && called)
        types_.make_value(method.params[i].var->type);
      const Base kind = base(method.params[i].var->type);
      callable = callable && kind != Base::function && kind != Base::iterator &&
                 (kind != Base::opaque || called) && kind != Base::coroutine;
    }
    if (!callable || base(method.ret) == Base::unknown || (base(method.ret) == Base::opaque && !called))
      continue;
    std::string kinds;
    bool all = true;
    for (const ClassInfo* member : root.family) {
      const bool has = find_method(*member, name) != nullptr;
      all = all && has;
      if (has) kinds += strf("{}{}Kind::{}", kinds.empty() ? "" : " | ", root.rust, member->rust);
    }
    if (all)
      names += strf("{}\"{}\"", names.empty() ? "" : " | ", name);
    else
      some += strf(" || (name == \"{}\" && matches!(self.kind, {}))", name, kinds);
    const std::string args = bound_arguments(method, 1, false);
    arms += strf("        \"{}\" => {{ let {}b_ = called::bind(&{}, 1, a, k)?; Ok({}) }}\n", name,
                 args.empty() ? "_" : "mut ",
                 shape_text(strf("{}.{}", found.first->name, name), method.params, 1),
                 coerce({strf("self.{}({})?", method_rust(*found.first, name), args), method.ret}, value_));
  }
  for (ClassInfo* cls : root.family) {
    for (auto& [name, var] : cls->class_vars) {
      if (var->method == nullptr || methods.contains(name)) continue;
      names += strf("{}\"{}\"", names.empty() ? "" : " | ", name);
      arms += strf(
          "        \"{}\" => {{ let mut all = vec![self.to_value()]; all.extend(a); "
          "value_items::call_kw(&{}, all, "
          "k) }}\n",
          name, coerce({strf("glue::global(&{}, \"{}\")?", var->rust, name), var->type}, value_));
    }
  }
  if (!root.named_tuple) return arms;
  for (const DataField* field : all_data_fields(root)) types_.make_value(add_field(root, field->name).type);
  std::string values, pairs, shape;
  size_t index = 0;
  for (const DataField* field : all_data_fields(root)) {
    const std::string get = strf("self.{}.get()", add_field(root, field->name).rust);
    values += strf("b_.given({}).unwrap_or_else(|| {}), ", index++, get);
    pairs += strf("(Str::lit(\"{}\").to_value(), {}), ", field->name, get);
    shape += strf("\"{}\", ", field->name);
  }
  std::string optional;
  for (size_t i = 0; i < index; ++i) optional += "true, ";
  names += strf("{}\"_asdict\" | \"_replace\"", names.empty() ? "" : " | ");
  arms += strf("        \"_asdict\" => Ok(Value::Dict(Dict::from(vec![{}]))),\n", pairs);
  arms += strf(
      "        \"_replace\" => {{ let mut b_ = called::bind(&called::Shape {{ name: \"_replace\", params: "
      "&[{}], "
      "positional: 0, optional: &[{}], star: false, rest: false }}, 1, a, k)?; Ok({}({})?.to_value()) }}\n",
      shape, optional, constructor_of(root), values);
  return arms;
}

/// `has` and the calls of methods through a Value.
void Translator::object_methods(ClassInfo& root, std::string names, const std::string& some,
                                const std::string& arms) {
  if (names.empty() && root.int_enum) names = "\"__index__\"";
  if (!names.empty() || !some.empty()) {
    const std::string every = names.empty() ? "false" : strf("matches!(name, {})", names);
    line(strf("fn has(&self, name: &str) -> bool {{ {}{}{} }}", every, some,
              root.int_enum ? " || int_object::has(name)" : ""));
    line("fn call_method(&self, name: &str, a: Vec<Value>) -> Res<Value> { self.call_kw(name, a, vec![]) }");
    open("fn call_kw(&self, name: &str, a: Vec<Value>, k: rt::value::Keywords) -> Res<Value> {");
    open("match name {");
    out_ += arms;
    line(root.int_enum ? "_ => int_object::call(&self.value().to_value(), name, &a),"
                       : "_ => Err(rt::value::no_attribute(self.class().name, name)),");
    close();
    close();
  }
}

/// What a Value needs to hold an instance.
/// asdict() or astuple() may come upon objects of this family.
bool Translator::has_data_fields(const ClassInfo& root) const {
  return asdict_needed_.contains(root.number) ||
         (!asdict_needed_.empty() && root.boxed &&
          std::ranges::any_of(root.family, [](const ClassInfo* cls) { return cls->dataclass; }));
}

/// What __dict__ of a Value holds.
void Translator::object_dict(ClassInfo& root) {
  open("fn dict(&self) -> Res<Option<Dict<Str, Value>>> {");
  line("let held: Dict<Str, Value> = Dict::new();");
  for (FieldInfo& field : root.fields)
    if (!field.name.starts_with('('))
      line(strf("if self.{}.is_set() {{ held.set(Str::lit(\"{}\"), {}); }}", field.rust, field.name,
                coerce({strf("self.{}.get()", field.rust), field.type}, value_)));
  if (has_open_names(root)) line("if self.more_.is_set() { held.update(&self.more_.get()); }");
  line("Ok(Some(held))");
  close();
}

/// getattr of a class variable: that of the object's own class.
void Translator::class_variable_arm(ClassInfo& root, std::string_view name) {
  std::vector<std::pair<Var*, std::string>> ways;
  bool all = true;
  for (ClassInfo* member : root.family) {
    Var* var = find_class_var(*member, name);
    if (var == nullptr || var->method != nullptr) {
      all = false;
      continue;
    }
    const std::string kind = strf("{}Kind::{}", root.rust, member->rust);
    const auto same = std::ranges::find_if(ways, [&](const auto& way) { return way.first == var; });
    if (same == ways.end())
      ways.emplace_back(var, kind);
    else
      same->second += " | " + kind;
  }
  for (size_t i = 0; i < ways.size(); ++i) {
    const auto& [var, kinds] = ways[i];
    const std::string test = all && i + 1 == ways.size() ? "" : strf(" if matches!(self.kind, {})", kinds);
    ClassInfo* owner = nullptr;
    for (ClassInfo* member : root.family)
      if (owner == nullptr && find_class_var(*member, name) == var) owner = member;
    const Code self{"self", root.instance_type, Form::reference};
    if (const auto found = descriptor_get(*root.node, self, *owner, name); found && root.family.size() > 1) {
      line(strf("\"{}\"{} => Ok({}),", name, test, coerce(*found, value_)));
      continue;
    }
    line(strf("\"{}\"{} => Ok({}),", name, test,
              coerce({strf("glue::global(&{}, \"{}\")?", var->rust, name), var->type}, value_)));
  }
}

void Translator::class_object(ClassInfo& root) {
  const std::string& rust = root.rust;
  use("value");
  use("convert");
  open(strf("impl rt::value::PyObject for {} {{", rust));
  line("fn as_any(&self) -> &dyn std::any::Any { self }");
  open("fn class(&self) -> &'static exc::Class {");
  line(family_dispatch(root, [](ClassInfo& cls) { return strf("&CLASS_{}", cls.rust); }, ""));
  close();
  if (has_data_fields(root))
    line("fn as_data(&self) -> Option<Vec<(&'static str, Value)>> { Some(self.data_fields()) }");
  if (dict_needed_) object_dict(root);
  line("fn identity(&self) -> usize { Rc::as_ptr(&self.0) as *const u8 as usize }");
  open("fn getattr(&self, name: &str) -> Res<Value> {");
  open("match name {");
  for (FieldInfo& field : root.fields) {
    if (field.name.starts_with('(')) continue;
    line(strf("\"{}\" if self.{}.is_set() => Ok({}),", field.name, field.rust,
              coerce({strf("self.{}.get()", field.rust), field.type}, value_)));
  }
  for (auto& [name, found] : methods_of(root)) {
    if (found.second->is_property)
      line(strf("\"{}\" => Ok({}),", name,
                coerce({strf("self.{}()?", method_rust(*found.first, name)), found.second->ret}, value_)));
  }
  std::set<std::string_view> names_of_class;
  for (ClassInfo* cls : root.family) {
    for (auto& [name, var] : cls->class_vars) names_of_class.insert(name);
  }
  for (const std::string_view name : names_of_class) {
    const bool hooked = root.family.size() == 1 && find_field(root, name) == nullptr;
    const Code self{"self", root.instance_type, Form::reference};
    const auto found = hooked ? descriptor_get(*root.node, self, root, name) : std::nullopt;
    if (found)
      line(strf("\"{}\" => Ok({}),", name, coerce(*found, value_)));
    else
      class_variable_arm(root, name);
  }
  open_arms(root, false);
  close();
  close();
  open("fn setattr(&self, name: &str, value: Value) -> Res<()> {");
  open("match name {");
  for (FieldInfo& field : root.fields) {
    if (base(field.type) == Base::function || field.name.starts_with('(')) continue;
    line(strf("\"{}\" => self.{}.set({}),", field.name, field.rust,
              types_.is(field.type, Base::value) ? "value"
                                                 : strf("<{}>::from_value(&value)?", rust_type(field.type))));
  }
  open_arms(root, true);
  close();
  line("Ok(())");
  close();
  set_attribute_hook(root);
  std::string names;
  std::string some;
  const std::string arms = method_arms(root, names, some);
  object_methods(root, names, some, arms);
  if (shows_fields_) shown_fields(root);
  if (deep_needed_.contains(root.number))
    line("fn deep(&self) -> Option<Value> { Some(deepcopy::DeepCopy::deep(self).to_value()) }");
  if (shallow_needed_.contains(root.number))
    line("fn shallow(&self) -> Option<Value> { Some(self.shallow_copy().to_value()) }");
  line("fn repr(&self) -> Res<Str> { Ok(PyRepr::repr(self)) }");
  line("fn str(&self) -> Res<Str> { Ok(self.to_str()) }");
  line("fn format(&self, spec: &str) -> Res<Str> { self.py_format(spec) }");
  open("fn eq(&self, other: &Value) -> Res<bool> {");
  const bool holds =
      std::ranges::any_of(root.family, [&](const ClassInfo* cls) { return holds_built_in(*cls); });
  const bool holds_all =
      std::ranges::all_of(root.family, [&](const ClassInfo* cls) { return holds_built_in(*cls); });
  const auto asked = [&](ClassInfo& cls) -> std::string {
    FunctionInfo* method = find_method(cls, "__eq__");
    if (method == nullptr || method->params.size() != 2 ||
        !types_.is(method->params[1].var->type, Base::value))
      return "";
    return strf("return glue::or_else(self.{}(other.clone()){}, || Ok(false))", implementation_name(*method),
                types_.is(method->ret, Base::boolean) ? "" : ".map(|x| x.truth())");
  };
  if (const std::string ask = family_dispatch(root, asked, "{}"); ask != "{}")
    line(strf("if !matches!(other, Value::Obj(o) if o.as_any().is::<{}>()) {{ {} }}", rust, ask));
  line(strf(
      "Ok(matches!(other, Value::Obj(o) if o.as_any().downcast_ref::<{}>().is_some_and(|o| self == o)){})",
      rust,
      (holds || root.named_tuple) && find_method(root, "__eq__") == nullptr
          ? " || self.plain().is_some_and(|x| x == *other)"
          : ""));
  close();
  open("fn lt(&self, other: &Value) -> Res<bool> {");
  line(strf("self.py_lt(&<{}>::from_value(other)?)", rust));
  close();
  if (root.named_tuple) {
    std::string items;
    for (const DataField* field : all_data_fields(root)) {
      const FieldInfo& info = add_field(root, field->name);
      items += strf("{}{}", items.empty() ? "" : ", ",
                    coerce({strf("self.{}.get()", info.rust), info.type}, value_));
    }
    line(strf("fn plain(&self) -> Option<Value> {{ Some(Value::Tuple(vec![{}].into())) }}", items));
  }
  if (holds) {
    for (const FieldInfo& field : root.fields)
      if (field.rust == "held_")
        line(strf("fn plain(&self) -> Option<Value> {{ {}Some({}) }}",
                  holds_all ? "" : "if !self.held_.is_set() { return None; } ",
                  coerce({"self.held_.get()", field.type}, value_)));
  }
  line(strf("fn hash(&self) -> Res<i64> {{ {}Ok(self.py_hash()) }}",
            may_refuse_hash(root.instance_type) ? "self.check_hash()?; " : ""));
  line("fn truth(&self) -> Res<bool> { Ok(PyTruth::truth(self)) }");
  close();
  line(strf("impl ToValue for {} {{ fn to_value(&self) -> Value {{ Value::Obj(Rc::new(self.clone())) }} }}",
            rust));
  open(strf("impl FromValue for {} {{", rust));
  open("fn from_value(v: &Value) -> Res<Self> {");
  line(strf("gluev::from_object::<{}>(v, \"{}\")", rust, root.name));
  close();
  close();
}

void Translator::enum_definition(ClassInfo& cls) {
  const std::string& rust = cls.rust;
  std::vector<Code> values;
  for (const EnumMember& member : cls.members) {
    std::string lower(member.name);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    values.push_back(member.value != nullptr ? expr(member.value)
                     : cls.str_texts         ? Code{strf("Str::lit(\"{}\")", lower), text_}
                                             : Code{strf("{}", member.automatic), integer_});
    types_.flow(values.back().type, cls.enum_value);
  }
  std::string names, all;
  for (const EnumMember& member : cls.members) {
    names += strf("{}{}", names.empty() ? "" : ", ", rust_name(member.name));
    all += strf("{}{}::{}", all.empty() ? "" : ", ", rust, rust_name(member.name));
  }
  line("#[derive(Clone, Copy, PartialEq)]");
  line(strf("enum {} {{ {} }}", rust, names));
  open(strf("impl {} {{", rust));
  line(strf("const MEMBERS_: [{}; {}] = [{}];", rust, cls.members.size(), all));
  open("fn name(&self) -> Str {");
  open("match self {");
  for (const EnumMember& member : cls.members)
    line(strf("{}::{} => Str::lit(\"{}\"),", rust, rust_name(member.name), member.name));
  close();
  close();
  open(strf("fn value(&self) -> {} {{", rust_type(cls.enum_value)));
  open("match self {");
  for (size_t i = 0; i < cls.members.size(); ++i) {
    const std::string value = coerce(values[i], cls.enum_value);
    const bool may_raise = value.find('?') != std::string::npos;
    line(strf("{}::{} => {},", rust, rust_name(cls.members[i].name),
              may_raise ? strf("glue::or_die((|| Ok({}))())", value) : value));
  }
  close();
  close();
  open(strf("fn of_value(value: &{}) -> Res<{}> {{", rust_type(cls.enum_value), rust));
  line(strf("glue::enum_member(&Self::MEMBERS_, value, |m| m.value(), \"{}\")", cls.name));
  close();
  open(strf("fn from_name(name: &Str) -> Res<{}> {{", rust));
  for (const auto& [other, member] : cls.aliases)
    line(strf("if name.as_str() == \"{}\" {{ return Ok({}::{}); }}", other, rust, rust_name(member)));
  line("Self::MEMBERS_.into_iter().find(|m| m.name() == *name).ok_or_else(|| exc::key_error(name.clone()))");
  close();
  class_methods(cls);
  close();
  enum_fields(cls);
  const auto text_method = [&](std::string_view name) -> std::string {
    FunctionInfo* method = find_method(cls, name);
    return method == nullptr
               ? ""
               : strf("out.push_str({}.as_str())",
                      text_or_die(strf("self.{}()", implementation_name(*method)), method->ret));
  };
  std::string repr = text_method("__repr__"), str = text_method("__str__");
  if (repr.empty())
    repr = strf(
        "out.push_str(\"<{}.\"); out.push_str(self.name().as_str()); out.push_str(\": \"); "
        "self.value().repr_into(out); out.push('>')",
        cls.name);
  if (str.empty())
    str = cls.int_texts || cls.str_texts
              ? "self.value().str_into(out)"
              : strf("out.push_str(\"{}.\"); out.push_str(self.name().as_str())", cls.name);
  line(strf("impl PyRepr for {} {{ fn repr_into(&self, out: &mut String) {{ {}; }} }}", rust, repr));
  line(strf("impl PyStr for {} {{ fn str_into(&self, out: &mut String) {{ {}; }} }}", rust, str));
  line(strf("impl PyTruth for {} {{ fn truth(&self) -> bool {{ {} }} }}", rust,
            cls.int_enum ? "self.value() != 0" : "true"));
  line(strf("impl PyHash for {} {{ fn py_hash(&self) -> i64 {{ {} }} }}", rust,
            cls.int_enum || cls.str_enum ? "self.value().py_hash()" : "self.name().py_hash()"));
  line(strf(
      "impl PyFormat for {} {{ fn py_format(&self, spec: &str) -> Res<Str> {{ {} }} }}", rust,
      cls.int_texts || cls.str_texts ? "self.value().py_format(spec)" : "self.to_str().py_format(spec)"));
  const std::string unordered = strf(
      "{{ let _ = other; Err(exc::new(&exc::TypeError, \"'<' not supported between instances of '{}' and "
      "'{}'\")) }}",
      cls.name, cls.name);
  line(strf("impl PyOrd for {} {{ fn py_lt(&self, other: &Self) -> Res<bool> {} }}", rust,
            enum_order(cls, unordered)));
  if (cls.root->boxed || class_static_needed_.contains(cls.number)) enum_object(cls);
  line("");
}

/// `<` of an Enum's members: its __lt__, or that of their numbers or texts.
std::string Translator::enum_order(ClassInfo& cls, const std::string& otherwise) {
  FunctionInfo* method = find_method(cls, "__lt__");
  if (method == nullptr || method->params.size() != 2)
    return cls.int_enum || cls.str_enum ? "{ Ok(self.value() < other.value()) }" : otherwise;
  const std::string other =
      coerce({"other", cls.instance_type, Form::reference}, method->params[1].var->type);
  return strf("{{ Ok(self.{}({})?.truth()) }}", implementation_name(*method), other);
}

void Translator::enum_object(ClassInfo& cls) {
  const std::string& rust = cls.rust;
  class_static(cls, cls.int_enum ? "rt::types::int" : cls.str_enum ? "rt::types::str" : "rt::types::object");
  open(strf("impl rt::value::PyObject for {} {{", rust));
  line("fn as_any(&self) -> &dyn std::any::Any { self }");
  line(strf("fn class(&self) -> &'static exc::Class {{ &CLASS_{} }}", rust));
  line("fn identity(&self) -> usize { self.py_hash() as usize }");
  open("fn getattr(&self, name: &str) -> Res<Value> {");
  open("match name {");
  line("\"name\" => Ok(self.name().to_value()),");
  line(strf("\"value\" => Ok({}),", coerce({"self.value()", cls.enum_value}, value_)));
  for (const FieldInfo& field : cls.fields)
    line(strf("\"{}\" => Ok({}),", field.name,
              coerce({strf("self.{}.get()", field.rust), field.type}, value_)));
  for (auto& [name, found] : methods_of(cls)) {
    if (found.second->is_property)
      line(strf("\"{}\" => Ok({}),", name,
                coerce({strf("self.{}()?", method_rust(cls, name)), found.second->ret}, value_)));
  }
  line("_ => Err(rt::value::no_attribute(self.class().name, name)),");
  close();
  close();
  line("fn repr(&self) -> Res<Str> { Ok(PyRepr::repr(self)) }");
  line("fn str(&self) -> Res<Str> { Ok(self.to_str()) }");
  line("fn format(&self, spec: &str) -> Res<Str> { self.py_format(spec) }");
  const std::string also = cls.int_enum || cls.str_enum ? " || gluev::same_value(&self.value(), other)" : "";
  line(
      strf("fn eq(&self, other: &Value) -> Res<bool> {{ Ok(matches!(other, Value::Obj(o) if "
           "o.as_any().downcast_ref::<{}>().is_some_and(|o| self == o)){}) }}",
           rust, also));
  line("fn hash(&self) -> Res<i64> { Ok(self.py_hash()) }");
  if (cls.int_enum || cls.str_enum)
    line(strf("fn plain(&self) -> Option<Value> {{ Some({}) }}",
              coerce({"self.value()", cls.enum_value}, value_)));
  std::string names;
  std::string some;
  const std::string arms = method_arms(cls, names, some);
  object_methods(cls, names, some, arms);
  close();
  line(strf("impl ToValue for {} {{ fn to_value(&self) -> Value {{ Value::Obj(Rc::new(*self)) }} }}", rust));
  line(
      strf("impl FromValue for {} {{ fn from_value(v: &Value) -> Res<Self> {{ gluev::from_object::<{}>(v, "
           "\"{}\") }} }}",
           rust, rust, cls.name));
}

}  // namespace sov::transpiler
