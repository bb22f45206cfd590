#pragma once
// Ways to mend Rust that rustc rejects: edits at a diagnostic's place.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transpiler/diagnostic.h"

namespace sov::transpiler {

/// The rules' names, in the order in which they are tried when nothing is known: those that cannot change
/// what the program computes first.
std::span<const std::string_view> fix_rules();

struct Fix {
  std::string_view rule;  // one of fix_rules()
  std::string rust;       // the whole file with the change
  std::string from, to;   // the changed lines, for people
};

/// One fix of each rule that applies, in the order of fix_rules(). Nothing is known yet of whether they help.
std::vector<Fix> possible_fixes(std::string_view rust, const Diagnostic& diagnostic);

}  // namespace sov::transpiler
