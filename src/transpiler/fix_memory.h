#pragma once
// What was tried on which diagnostics, and how often it helped: a project's own experience, kept in a file.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "transpiler/diagnostic.h"

namespace sov::transpiler {

/// The words of a diagnostic's message and labels: lower case, numbers as "0", punctuation apart.
std::vector<std::string> diagnostic_words(const Diagnostic& diagnostic);
/// Its words and pairs of neighbouring words.
std::set<std::string> diagnostic_grams(const Diagnostic& diagnostic);
/// Shared grams over all grams, 0 to 1. Source: Jaccard (1912).
double similarity(const std::set<std::string>& a, const std::set<std::string>& b);

struct FixPattern {
  std::string rule = {}, code = {};
  std::set<std::string> grams = {};
  uint64_t tries = 0, successes = 0;  // success: the diagnostic is gone and no new one came
  uint64_t compared = 0, equal = 0;   // of the successes: whole programs compared with CPython afterwards
};

struct Evidence {
  double tries = 0, successes = 0;  // each pattern's counts by its similarity
};

class FixMemory {
 public:
  /// An absent file is an empty memory. Errors: io, corrupt with what was wanted.
  static Result<FixMemory> read(const std::string& file);
  /// Whole or not at all. Errors: io.
  Result<> write(const std::string& file) const;

  void record(std::string_view rule, const Diagnostic& diagnostic, bool success);
  void record_comparison(std::string_view rule, const Diagnostic& diagnostic, bool equal);
  /// Of patterns of the rule with the same code that are at least half alike.
  Evidence evidence(std::string_view rule, const Diagnostic& diagnostic) const;
  const std::vector<FixPattern>& patterns() const { return patterns_; }

 private:
  FixPattern& pattern(std::string_view rule, const Diagnostic& diagnostic);
  std::vector<FixPattern> patterns_;
};

}  // namespace sov::transpiler
