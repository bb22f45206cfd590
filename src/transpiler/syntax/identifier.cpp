#include "transpiler/syntax/identifier.h"

#include <algorithm>
#include <cstdlib>
#include <utf8proc.h>

#include "core/utf8.h"

namespace sov::transpiler {
namespace {

/// Unicode's Other_ID_Start and Other_ID_Continue (PropList.txt): too few for a table of their own.
bool other_start(uint32_t c) {
  return c == 0x1885 || c == 0x1886 || c == 0x2118 || c == 0x212E || c == 0x309B || c == 0x309C;
}
bool other_continue(uint32_t c) {
  return c == 0xB7 || c == 0x387 || (c >= 0x1369 && c <= 0x1371) || c == 0x19DA;
}

bool starts(uint32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
      return true;
    default:
      return c == '_' || other_start(c);
  }
}

bool continues(uint32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      return starts(c) || other_continue(c);
  }
}

}  // namespace

size_t identifier_length(std::string_view text) {
  size_t length = 0;
  while (length < text.size()) {
    const utf8::Decoded c = utf8::decode(text.substr(length));
    if (!c.valid || !(length == 0 ? starts(c.code_point) : continues(c.code_point))) break;
    length += c.length;
  }
  return length;
}

std::string normalize_identifier(std::string_view text) {
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
      &out, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  if (size < 0) return std::string(text);
  std::string normal(reinterpret_cast<char*>(out), static_cast<size_t>(size));
  std::free(out);
  return normal;
}

}  // namespace sov::transpiler
