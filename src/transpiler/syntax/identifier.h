#pragma once
// Identifiers outside ASCII: Unicode's XID properties and NFKC, as PEP 3131 asks.

#include <string>
#include <string_view>

namespace sov::transpiler {

/// Bytes of the identifier that begins the text, 0 when none does.
size_t identifier_length(std::string_view text);
/// The identifier in normal form KC.
std::string normalize_identifier(std::string_view text);

}  // namespace sov::transpiler
