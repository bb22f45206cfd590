#pragma once
// Inputs for comparing a program with its translation: command lines read off its argparse calls, and calls
// of its annotated functions with random arguments.

#include <optional>
#include <string>
#include <vector>

#include "core/rng.h"
#include "transpiler/ast.h"

namespace sov::depyler {

/// `count` command lines that the parsers of the file would accept as far as their calls tell, with no
/// arguments and --help first. A parser built in a loop or elsewhere is not seen.
std::vector<std::vector<std::string>> guessed_arguments(transpiler::Tree& tree, size_t count, Rng& rng);

struct CalledFunction {
  std::string name;
  std::vector<std::string> calls = {};  // Python expressions
};
/// Calls of functions of the module whose parameters are all annotated with int, float, str, bool, None or
/// containers and unions of them.
std::vector<CalledFunction> guessed_calls(transpiler::Tree& tree, size_t count, Rng& rng);

/// A module that opens files or runs programs: its functions are not to be called with random arguments.
/// Names it.
std::optional<std::string> reason_not_to_call(transpiler::Tree& tree);

/// The file without its `if __name__ == "__main__"` parts, and a main part that makes each call and prints
/// its result or exception.
std::string driver_text(transpiler::Tree& tree, const std::vector<CalledFunction>& functions);

}  // namespace sov::depyler
