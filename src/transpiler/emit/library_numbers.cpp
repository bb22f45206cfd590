// Numbers of the library (complex, Decimal, Fraction) beside Python's own, and operators that tables give.
#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

/// A type whose operations take Python's own numbers too, and the runtime's functions that make them.
struct NumberType {
  std::string_view name;
  std::string_view of_int;    // a format of an Int by reference
  std::string_view of_float;  // of an f64; empty where floats do not mix in
  std::string_view of_value;  // of a Value by reference
  bool compares_floats = false;
};
constexpr NumberType kNumberTypes[] = {
    {"complex", "", "rt::complex::Complex::from({})", "rt::complex_value::of({})", true},
    {"Decimal", "rt::decimal::Decimal::from_int({})", "", "rt::decimal_value::of({})", true},
};

const NumberType* number_type(std::string_view name) {
  for (const NumberType& type : kNumberTypes)
    if (type.name == name) return &type;
  return nullptr;
}

bool is_plain_number(Base base) {
  return base == Base::integer || base == Base::real || base == Base::boolean || base == Base::big;
}

std::string with(std::string_view format, const std::string& text) {
  std::string out(format);
  return out.replace(out.find("{}"), 2, text);
}

}  // namespace

/// A cell of a type of the tables for the node.
TypeId Translator::library_type(const Node& node, const std::string& name) {
  std::map<std::string, TypeId> bound;
  return signature_type({.name = name, .args = {}}, bound, node, "library " + name);
}

bool Translator::is_library_type(TypeId type, std::string_view name) const {
  const TypeCell& cell = types_.at(type);
  return cell.base == Base::opaque && Library::built_in().type(cell.id).name == name;
}

/// A number of Python's own, or a Value, as the library's number type `to`; "" where it is none.
std::string Translator::library_number(const Code& code, TypeId to) {
  if (base(to) != Base::opaque) return "";
  const std::string& name = Library::built_in().type(types_.at(to).id).name;
  const Base from = base(code.type);
  if (name == "Fraction" && (from == Base::integer || from == Base::boolean)) {
    use("fractions");
    return strf("rt::fractions::Fraction::of_int({})", as_int(code));
  }
  const NumberType* type = number_type(name);
  if (type == nullptr) return "";
  if (from == Base::value) {
    use("convert");
    return attempt(with(type->of_value, ref(code)));
  }
  if (!is_plain_number(from)) return "";
  use("int");
  if (from != Base::real && !type->of_int.empty())
    return with(type->of_int, "&" + operand({as_big(code), code.type, Form::owned, false}));
  if (type->of_float.empty()) return "";
  return with(type->of_float, as_float(code));
}

/// Two numbers to compare, one of them of the library and the other Python's own: both as the library's.
std::optional<std::pair<Code, Code>> Translator::same_numbers(const Code& left, const Code& right) {
  const bool first = base(left.type) == Base::opaque;
  if (is_library_type((first ? left : right).type, "Signals") &&
      base((first ? right : left).type) == Base::integer) {
    const auto number = [&](const Code& code) {
      return base(code.type) == Base::opaque ? Code{strf("{}.0", operand(code)), integer_} : code;
    };
    return std::pair{number(left), number(right)};
  }
  const Code& library = first ? left : right;
  const Code& other = first ? right : left;
  if (base(library.type) != Base::opaque || !is_plain_number(base(other.type))) return std::nullopt;
  std::string made = library_number(other, library.type);
  if (made.empty() && is_library_type(library.type, "Decimal"))
    made = strf("rt::decimal::Decimal::from_float({})", as_float(other));
  if (made.empty()) return std::nullopt;
  const Code number{made, library.type};
  return first ? std::pair{left, number} : std::pair{number, right};
}

/// An operator that a row of the tables gives.
Code Translator::library_binary(const Node& node, Op op, const Code& left_given, const Code& right_given) {
  const auto type_name = [&](const Code& code) -> std::string {
    switch (base(code.type)) {
      case Base::opaque:
        return Library::built_in().type(types_.at(code.type).id).name;
      case Base::integer:
      case Base::big:
        return "int";
      case Base::real:
        return "float";
      case Base::text:
        return "str";
      case Base::bytes:
        return "bytes";
      default:
        return "any";
    }
  };
  Code left = left_given, right = right_given;
  const Library& library = Library::built_in();
  const LibraryEntry* entry = library.operation(op_symbol(op), type_name(left), type_name(right));
  if (entry == nullptr && base(left.type) != Base::value && base(right.type) != Base::value) {
    // A number of Python's own beside one of the library's.
    if (const std::string made = library_number(left, right.type); !made.empty())
      left = {made, right.type};
    else if (const std::string other = library_number(right, left.type); !other.empty())
      right = {other, left.type};
    entry = library.operation(op_symbol(op), type_name(left), type_name(right));
  }
  if (entry == nullptr && (base(left.type) == Base::value || base(right.type) == Base::value))
    return value_binary(op, left, right);
  if (entry == nullptr)
    return refuse(node, strf("{} {} {}", type_name(left), op_symbol(op), type_name(right)));
  const Code* codes[] = {&left, &right};
  std::string text = entry->body;
  for (size_t i = 0; i < 2; ++i) {
    const std::string mark = strf("{{{}}}", i), with_text = operand(*codes[i]);
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with_text.size()))
      text.replace(at, mark.size(), with_text);
  }
  for (const std::string& module : entry->uses) use(module);
  const Code result = call_library(node, *entry, nullptr, {});
  // A container of the table gives one of the same items.
  if (base(result.type) == Base::opaque && base(left.type) == Base::opaque &&
      types_.at(result.type).id == types_.at(left.type).id && !types_.at(left.type).args.empty()) {
    types_.unify(result.type, left.type);
    if (base(right.type) == Base::opaque && types_.at(right.type).id == types_.at(left.type).id)
      types_.unify(right.type, left.type);
  }
  return entry->raises ? fallible(text, result.type) : Code{text, result.type};
}

}  // namespace sov::transpiler
