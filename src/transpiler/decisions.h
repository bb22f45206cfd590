#pragma once
// What the translator chose for each line, and which choices go with failures.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "transpiler/transpile.h"

namespace sov::transpiler {

struct Decision {
  std::string_view kind;  // "tagged value", "may raise", ...
  uint32_t python_line = 0, rust_line = 0;
};

/// The choices as the Rust of each Python line shows them: how a value is represented (64-bit or unbounded
/// integer, tagged, optional, shared), how it gets where it is used (clone, borrow, conversion), how a call
/// is made and what happens when it raises. Requires: translated with source_map.
std::vector<Decision> decisions_of(const Translation& translation);

/// The kinds that there are.
std::vector<std::string_view> decision_kinds();

/// In how many failing and passing programs each kind occurs.
struct Suspicion {
  std::string_view kind;
  size_t failing = 0, passing = 0;
  double score = 0;  // (failing/F) / (failing/F + passing/P), 0 when it occurs nowhere
};

/// One program's kinds, and whether rustc rejected it.
struct Spectrum {
  std::set<std::string_view> kinds;
  bool failed = false;
};

/// Most suspicious first; kinds that no failing program has are left out. Source: Jones, Harrold and Stasko,
/// "Visualization of test information to assist fault localization" (ICSE 2002).
std::vector<Suspicion> tarantula(const std::vector<Spectrum>& programs);

}  // namespace sov::transpiler
