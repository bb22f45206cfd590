#pragma once
// The methods of builtin values by type; methods.cpp finds and binds them.

#include <array>
#include <span>
#include <string_view>

#include "text/jinja/arguments.h"
#include "text/jinja/operations.h"

namespace sov::text::jinja {

struct MethodRow {
  using Body = Result<Value> (*)(Runtime&, const Value& self, const Bound&);
  using Variadic = Result<Value> (*)(Runtime&, const Value& self, const Args&);
  /// What the result of a method of safe text (Markup) is: safe too, item by item, or what the method says.
  enum class Safe { kept, as_is };
  std::string_view name;
  Body body = nullptr;
  std::array<std::string_view, 3> parameters = {};  // as bind_arguments takes them, empty ones at the end
  Safe safe = Safe::as_is;
  Variadic variadic = nullptr;
};

std::span<const MethodRow> text_methods();      // methods_text.cpp
std::span<const MethodRow> dict_methods();      // methods_container.cpp
std::span<const MethodRow> sequence_methods();  // list and tuple
std::span<const MethodRow> integer_methods();
std::span<const MethodRow> real_methods();
/// An attribute that is no method: real and imag of numbers, the parts of groupby's pairs. Or Kind::missing.
Value plain_attribute(const Value& value, std::string_view name);

}  // namespace sov::text::jinja
