#pragma once
// Base64 with padding (RFC 4648, section 4).

#include <string>
#include <string_view>

#include "core/result.h"

namespace sov::text {

/// Errors: corrupt, with the place of the first character that does not belong.
Result<std::string> base64_bytes(std::string_view text);

}  // namespace sov::text
