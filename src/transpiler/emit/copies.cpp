// copy.copy and copy.deepcopy. What can be copied implements rt::deepcopy::DeepCopy; classes of the program
// and unchanging types of the library get their implementations here, where a program copies them.
#include <algorithm>

#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// Types of the library whose objects never change: a copy is the object.
constexpr std::string_view kUnchanging[] = {"complex",  "Decimal",    "DecimalTuple", "Fraction", "datetime",
                                            "date",     "time",       "timedelta",    "timezone", "Path",
                                            "PurePath", "UUID",       "Pattern",      "Match",    "ZoneInfo",
                                            "Struct",   "struct_time"};
/// Those that the runtime copies.
constexpr std::string_view kCopied[] = {"deque", "Counter", "array", "bytearray"};

}  // namespace

/// Marks what a deep copy of the type meets; false where something in it cannot be copied.
bool Translator::deep_copied(TypeId type, int depth) {
  const TypeCell cell = types_.at(type);
  if (depth > 12) return true;
  switch (cell.base) {
    case Base::instance: {
      if (class_of(type)->node->name == "types.mappingproxy") return false;
      ClassInfo& root = *classes_[static_cast<size_t>(cell.id)]->root;
      if (!deep_needed_.insert(root.number).second || root.is_enum) return true;
      return std::ranges::all_of(root.fields,
                                 [&](const FieldInfo& field) { return deep_copied(field.type, depth + 1); });
    }
    case Base::value:
      for (const auto& cls : classes_) {
        if (cls->root == cls.get() && cls->boxed && !cls->is_enum && !cls->is_exception)
          deep_copied(cls->instance_type, depth + 1);
      }
      return true;
    case Base::opaque: {
      const std::string& name = Library::built_in().type(cell.id).name;
      if (std::ranges::find(kUnchanging, name) != std::end(kUnchanging))
        deep_unchanging_.insert(cell.id);
      else if (std::ranges::find(kCopied, name) == std::end(kCopied))
        return false;
      break;
    }
    case Base::iterator:
    case Base::coroutine:
    case Base::async_iterator:
      return false;
    default:
      break;
  }
  return cell.base == Base::function ||
         std::ranges::all_of(cell.args, [&](TypeId arg) { return deep_copied(arg, depth + 1); });
}

/// copy.copy(x) and copy.deepcopy(x).
Code Translator::copy_call(const Node& node, bool deep, const Arguments& args) {
  const Code object = expr(args.positional[0]);
  const Base kind = base(object.type);
  if (kind == Base::unknown) return {"()", types_.fresh()};
  if (deep) {
    if (!deep_copied(object.type))
      return refuse(node, "copy.deepcopy",
                    strf("copy.deepcopy of {} is not translated", type_text(object.type)));
    use("deepcopy");
    return {strf("deepcopy::DeepCopy::deep({})", ref(object)), object.type};
  }
  if (kind == Base::list || kind == Base::dict || kind == Base::set)
    return {strf("{}.copy()", operand(object)), object.type};
  if (kind == Base::value) {
    for (const auto& cls : classes_) {
      if (cls->root == cls.get() && cls->boxed && !cls->is_enum && !cls->is_exception)
        shallow_needed_.insert(cls->number);
    }
    return fallible(strf("deepcopy::shallow({})", ref(object)), value_);
  }
  if (kind == Base::instance && !class_of(object.type)->is_enum) {
    shallow_needed_.insert(class_of(object.type)->root->number);
    return {strf("{}.shallow_copy()", operand(object)), object.type};
  }
  if (kind == Base::opaque) {
    const LibraryEntry& type = Library::built_in().type(types_.at(object.type).id);
    if (type.name == "bytearray")
      return {strf("bytes::ByteArray::from({}.borrow().clone())", operand(object)), object.type};
    if (std::ranges::find(kCopied, type.name) != std::end(kCopied))
      return {strf("{}.copy()", operand(object)), object.type};
    if (std::ranges::find(kUnchanging, type.name) == std::end(kUnchanging))
      return refuse(node, "copy.copy", strf("copy.copy of {} is not translated", type.name));
  }
  return {own(object), object.type};
}

/// The copies of a class: a new object whose fields are set as those of the old one are.
void Translator::class_copies(ClassInfo& root) {
  if (root.is_enum) {
    if (deep_needed_.contains(root.number))
      line(strf("impl deepcopy::DeepCopy for {} {{ fn deep(&self) -> Self {{ *self }} }}", root.rust));
    return;
  }
  const std::string& rust = root.rust;
  const auto own_method = [&](std::string_view name, const std::string& argument) {
    return family_dispatch(
        root,
        [&](ClassInfo& cls) -> std::string {
          FunctionInfo* method = find_method(cls, name);
          if (method == nullptr) return "";
          method->called = true;
          std::string given;
          if (method->params.size() > 1) {
            types_.flow(container(*method->node, Base::dict,
                                  {types_.make(Base::value), types_.make(Base::value)}, 14),
                        method->params[1].var->type);
            given = coerce({argument, cell(*method->node, 14)}, method->params[1].var->type);
          }
          return strf(
              "glue::or_die(self.{}({}){})", implementation_name(*method), given,
              types_.is(method->ret, Base::value) ? strf(".and_then(|v| <{}>::from_value(&v))", rust) : "");
        },
        "self.copied()");
  };
  const bool deep = deep_needed_.contains(root.number), shallow = shallow_needed_.contains(root.number);
  const std::string fresh =
      root.family.size() == 1
          ? strf("{}(Rc::new({}Data::default()))", rust, rust)
          : strf("{}(Rc::new({}Data {{ kind: self.kind, ..Default::default() }}))", rust, rust);
  if (shallow) {
    open(strf("impl {} {{", rust));
    open(strf("fn shallow_copy(&self) -> {} {{", rust));
    line(own_method("__copy__", ""));
    close();
    open(strf("fn copied(&self) -> {} {{", rust));
    line(strf("let new = {};", fresh));
    for (const FieldInfo& field : root.fields)
      line(strf("if self.{}.is_set() {{ new.{}.set(self.{}.get()); }}", field.rust, field.rust, field.rust));
    line("new");
    close();
    close();
  }
  if (!deep) return;
  open(strf("impl {} {{", rust));
  open(strf("fn deep_fields(&self) -> {} {{", rust));
  open(strf("deepcopy::kept(Rc::as_ptr(&self.0) as *const u8, self, || {}, |new: &{}| {{", fresh, rust));
  for (const FieldInfo& field : root.fields)
    line(strf("if self.{}.is_set() {{ new.{}.set(deepcopy::DeepCopy::deep(&self.{}.get())); }}", field.rust,
              field.rust, field.rust));
  close("})");
  close();
  close();
  open(strf("impl deepcopy::DeepCopy for {} {{", rust));
  open("fn deep(&self) -> Self {");
  std::string text = own_method("__deepcopy__", "Dict::new()");
  for (size_t at = text.find("self.copied()"); at != std::string::npos; at = text.find("self.copied()"))
    text.replace(at, 13, "self.deep_fields()");
  line(text);
  close();
  close();
}

/// The fields of data classes by name, for pprint.
void Translator::shown_fields(ClassInfo& root) {
  open("fn fields(&self) -> Option<Vec<(&'static str, Value)>> {");
  line(family_dispatch(
      root,
      [&](ClassInfo& cls) -> std::string {
        const bool data = std::ranges::any_of(cls.mro, [](const ClassInfo* up) { return up->dataclass; });
        if (!data || cls.named_tuple || !cls.repr || find_method(cls, "__repr__") != nullptr) return "";
        std::string all;
        for (const DataField* field : all_data_fields(cls)) {
          FieldInfo& info = add_field(cls, field->name);
          if (field->in_repr)
            all += strf("{}(\"{}\", {})", all.empty() ? "" : ", ", field->name,
                        coerce({strf("self.{}.get()", info.rust), info.type}, value_));
        }
        return strf("Some(vec![{}])", all);
      },
      "None"));
  close();
}

/// Unchanging types of the library that deep copies meet.
void Translator::unchanging_copies() {
  std::set<std::string> done;  // two of Python's types may be one in Rust
  for (const int32_t number : deep_unchanging_) {
    const std::string& rust = Library::built_in().type(number).body;
    if (done.insert(rust).second)
      line(strf("impl deepcopy::DeepCopy for rt::{} {{ fn deep(&self) -> Self {{ self.clone() }} }}", rust));
  }
}

}  // namespace sov::transpiler
