#include "core/text_width.h"

#include <algorithm>
#include <utf8proc.h>

#include "core/utf8.h"

namespace sov {

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const utf8::Decoded c = utf8::decode(text);
    width += c.valid ? std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(c.code_point))) : 1;
    text.remove_prefix(c.length);
  }
  return width;
}

}  // namespace sov
