#pragma once
// Integer literals of any length.

#include <optional>
#include <string>
#include <string_view>

namespace sov::transpiler {

/// Lower-case hexadecimal digits, without leading zeros, of a literal in lower case without underscores:
/// decimal or with the prefix 0x, 0o or 0b. Nothing when a decimal has more than 4300 digits, CPython's
/// limit.
std::optional<std::string> integer_hex(std::string_view literal);

}  // namespace sov::transpiler
