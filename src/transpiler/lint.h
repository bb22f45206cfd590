#pragma once
// Constructs that make a translation worse or impossible, told apart by the parser alone.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transpiler/ast.h"

namespace sov::transpiler {

enum class Severity { note, warning, error };
std::string_view severity_name(Severity severity);

struct LintRule {
  std::string_view id;  // "DP001"
  Severity severity;
  std::string_view what;
};
/// All rules, DP001 to DP015.
std::span<const LintRule> lint_rules();

struct Finding {
  const LintRule* rule;
  uint32_t line, column;  // columns from 1
  std::string message;
};

/// In the order of the source.
std::vector<Finding> lint(Tree& tree);

}  // namespace sov::transpiler
