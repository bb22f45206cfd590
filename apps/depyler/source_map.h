#pragma once
// The table from Rust lines to Python lines: written by `transpile --source-map`, read by `explain`.

#include <string>
#include <vector>

#include "transpiler/transpile.h"

namespace sov::depyler {

/// JSON: {"version": 1, "python": FILE, "rust": FILE, "lines": [[rust line, python line], ...]}, one pair
/// where the Python line changes; 0: of no Python line.
std::string source_map_text(const std::string& python, const std::string& rust,
                            const transpiler::Translation& translation);

struct SourceMap {
  std::string python = {}, rust = {};
  std::vector<std::pair<uint32_t, uint32_t>> starts = {};  // by Rust line
  /// 0 where there is none.
  uint32_t python_line(uint32_t rust_line) const;
};

/// Errors: not_found, corrupt with what was wanted.
Result<SourceMap> read_source_map(const std::string& file);

}  // namespace sov::depyler
