#pragma once
// How wide text is on a terminal.

#include <string_view>

namespace sov {

/// Columns that text takes on a terminal (wide characters count two, combining marks none, a byte that is no
/// UTF-8 one).
int display_width(std::string_view text);

}  // namespace sov
