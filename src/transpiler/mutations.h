#pragma once
// Small damage to Rust that compiles: the source of diagnostics whose remedy is known.

#include <string>
#include <string_view>
#include <vector>

namespace sov::transpiler {

struct Mutation {
  std::string_view kind;  // "drop-clone", ...
  size_t at = 0;          // byte of the file
  std::string rust;       // the damaged file
};

/// Up to `count` different mutations of the program's part of a translation, the runtime left alone. Kinds
/// are drawn evenly among those that have a place, then the place. Same text, count and seed: the same
/// mutations.
std::vector<Mutation> mutations(std::string_view rust, size_t count, uint64_t seed);

}  // namespace sov::transpiler
