#define FMT_HEADER_ONLY  // Debian ships {fmt} as a shared library only; this is its one copy in our binaries.
#include "core/format.h"

#include <fmt/format.h>

namespace sov {

std::string vformat_text(fmt::string_view pattern, fmt::format_args args) {
  return fmt::vformat(pattern, args);
}

}  // namespace sov
