#include "formats/apr.h"

namespace sov::formats {

bool looks_like_apr(Bytes bytes) {
  if (bytes.size() < 4) return false;
  const std::string_view magic = as_text(bytes.first(4));
  return magic == std::string_view("APR\0", 4) || magic == "APR1" || magic == "APR2" || magic == "APRN";
}

}  // namespace sov::formats
