// Items and slices.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {

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
  if (!sequence) return refuse(node, strf("slice of {}", type_text(object.type)));
  if (slice.step == nullptr && kind != Base::many)
    return {strf("{}.substr({}, {})", operand(object), lower, upper), object.type};
  return fallible(strf("{}.slice({}, {}, {})", operand(object), lower, upper, slice_part(slice.step)),
                  object.type);
}

Code Translator::subscript(ast::Subscript& node) {
  if (auto* class_name = try_as<ast::Name>(node.value)) {
    Var* var = lookup(class_name->id);
    if (var != nullptr && var->is_class && var->cls->is_enum) {
      const Code key = expr(node.slice);
      return fallible(strf("{}::from_name({})", var->cls->rust, ref(key)), var->cls->instance_type);
    }
  }
  // signal.Signals["SIGINT"]
  if (const LibraryEntry* entry =
          Library::built_in().function(strf("{}.__getitem__", module_path(*node.value)))) {
    Arguments args;
    args.positional = {node.slice};
    return call_library(node, *entry, nullptr, args);
  }
  Code object = need(expr(node.value));
  if (is_named_tuple(object) && find_method(*class_of(object.type), "__getitem__") == nullptr)
    object = tuple_of(node, object);
  if (auto* part = try_as<ast::Slice>(node.slice)) return slice(node, object, *part);
  const Code index = expr(node.slice);
  switch (base(object.type)) {
    case Base::unknown:
      return {"()", types_.fresh()};
    case Base::none:
      return raising("TypeError", "'NoneType' object is not subscriptable");
    case Base::list:
      return fallible(list_item(object, as_int(index), "get", ""), types_.arg(object.type, 0));
    case Base::text:
      return fallible(strf("{}.get({})", operand(object), as_int(index)), text_);
    case Base::bytes:
      return fallible(strf("{}.item({})", operand(object), as_int(index)), integer_);
    case Base::many:
      return fallible(strf("{}.item({})", operand(object), as_int(index)), types_.arg(object.type, 0));
    case Base::dict: {
      types_.flow(index.type, types_.arg(object.type, 0));
      const TypeId key = types_.arg(object.type, 0);
      return fallible(strf("{}.item({})", operand(object), ref_as(index, key)), types_.arg(object.type, 1));
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
