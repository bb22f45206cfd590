#pragma once
// What `repair` and `converge` share: the oracle of a project, and how repairs are shown and marked.

#include <string>
#include <vector>

#include "apps/depyler/app.h"
#include "apps/depyler/source_map.h"
#include "transpiler/repair.h"

namespace sov::depyler {

/// --model, --patterns and --fix-confidence.
std::vector<OptionSpec> oracle_options(std::string_view default_confidence);
/// Errors: those of reading the two files.
Result<transpiler::Oracle> project_oracle(const ParsedArgs& args);
/// Writes the memory to --patterns, when that was given.
Result<> keep_memory(const transpiler::Oracle& oracle, const ParsedArgs& args);

/// Each step as lines of - and +, with the rule, its confidence and the places in both languages.
std::string steps_text(const transpiler::Repaired& repaired, const SourceMap& map);
Json steps_json(const transpiler::Repaired& repaired, const SourceMap& map);

/// The repaired file with a remark on its first line, so that no line moves, which says what was changed.
/// `compared`: whether it was compared with CPython, and how that ended.
enum class Compared { no, equal, differs };
std::string marked(const transpiler::Repaired& repaired, Compared compared);

}  // namespace sov::depyler
