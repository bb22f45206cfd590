#pragma once
// Names for the bytes at the start of a model file. Works on broken files too: it reads no further than they
// go.

#include <string>
#include <string_view>
#include <vector>

#include "core/fs.h"

namespace sov::apr {

struct HexField {
  uint64_t offset = 0;
  uint64_t size = 0;
  std::string name;
  std::string value;  // decoded, for people
};

/// The fixed fields of a GGUF, SafeTensors or APR header and the places they point to; one field of the
/// leading bytes when the file is none of these.
std::vector<HexField> annotate_header(Bytes file);

/// Rows of `width` bytes: offset, hexadecimal, printable ASCII; `base` is the offset of the first byte.
std::string hex_rows(Bytes bytes, uint64_t base, size_t width);

}  // namespace sov::apr
