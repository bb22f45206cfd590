#pragma once
// APR in its many variants: docs/formats-apr.md tells them apart.

#include <string_view>

#include "formats/model_file.h"

namespace sov::formats {

/// Begins with "APR\0", "APR1", "APR2" or "APRN".
bool looks_like_apr(Bytes bytes);

}  // namespace sov::formats
