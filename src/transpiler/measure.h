#pragma once
// How large and how tangled a program is, and which parts of the library it leans on.

#include <string>
#include <vector>

#include "transpiler/transpile.h"

namespace sov::transpiler {

struct FunctionMeasure {
  std::string name;  // "Class.method", "outer.inner"
  uint32_t line = 0, lines = 0;
  uint32_t complexity = 1;  // cyclomatic
  uint32_t nesting = 0;     // of compound statements
  uint32_t parameters = 0, annotated = 0;
};

/// A library name that a program uses, and how it is translated.
struct LibraryUse {
  std::string path;  // "math.sqrt"
  uint32_t line = 0;
  uint32_t uses = 0;
  enum class By { row, rule, nothing } by = By::rule;  // a row of the tables, a rule of the translator
};

struct Measure {
  size_t lines = 0, code_lines = 0, classes = 0;
  std::vector<FunctionMeasure> functions;  // in the order of the source
  std::vector<LibraryUse> library;         // by path
};

/// Source: McCabe, IEEE TSE SE-2(4) 1976; a decision is an if, elif, loop, except, conditional expression,
/// `and` or `or`, comprehension loop or condition, assert, or case with a pattern. `refusals`: of the same
/// tree, to tell what nothing translates.
Measure measure(Tree& tree, const std::vector<Refusal>& refusals);

}  // namespace sov::transpiler
