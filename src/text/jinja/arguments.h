#pragma once
// Arguments of a call bound to named parameters, as Python binds them.

#include <span>
#include <string_view>
#include <vector>

#include "text/jinja/runtime.h"

namespace sov::text::jinja {

/// Values in the order of the parameters; Kind::missing for those not given.
using Bound = std::vector<Value>;

/// Parameters are names; a leading '!' says required, a leading '/' positional only ("!/old").
/// Errors: validation for unknown, repeated, missing or too many arguments.
Result<Bound> bind_arguments(std::string_view function, std::span<const std::string_view> parameters,
                             const Args& args);

inline bool given(const Value& value) { return !value.is_missing() && !value.is_none(); }
/// An integer argument, `fallback` when it was not given. Errors: validation.
Result<int64_t> int_or(const Value& value, std::string_view name, int64_t fallback);
/// A text. Errors: validation.
Result<std::string> text_of(const Value& value, std::string_view name);

}  // namespace sov::text::jinja
