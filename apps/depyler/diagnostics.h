#pragma once
// rustc's messages as data, with the Python line each belongs to.

#include <string>
#include <vector>

#include "apps/depyler/source_map.h"

namespace sov::depyler {

struct Diagnostic {
  std::string level = {}, code = {}, message = {};  // "error", "E0308", ...
  std::string category = {};                        // of the code: "type", "borrow", ...
  uint32_t rust_line = 0, python_line = 0;
  std::string rust_text = {};
};

/// Reads what `rustc --error-format=json` wrote: errors and warnings with a place. Lines that are not JSON
/// are left out. Source: The rustc book, "JSON output".
std::vector<Diagnostic> read_diagnostics(const std::string& text, const SourceMap& map);

/// type, borrow, name, syntax, lifetime, trait or other. Source: the descriptions of the error codes index of
/// rustc.
std::string_view diagnostic_category(std::string_view code);

}  // namespace sov::depyler
