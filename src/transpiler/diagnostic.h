#pragma once
// rustc's messages as data.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace sov::transpiler {

struct DiagnosticSpan {
  size_t begin = 0, end = 0;  // bytes of the file
  uint32_t line = 0;
  bool primary = false;
  std::string label = {}, text = {};  // what rustc says of it; its first line
  std::string applicability = {};     // of a suggestion: "MachineApplicable", "MaybeIncorrect", ...
  std::string replacement = {};
};

/// A note or help; a help whose spans have an applicability is a suggestion.
struct DiagnosticHelp {
  std::string message = {};
  std::vector<DiagnosticSpan> spans = {};
};

struct Diagnostic {
  std::string level = {}, code = {}, message = {};  // "error", "E0308", ...
  std::string category = {};                        // of the code: "type", "borrow", ...
  std::vector<DiagnosticSpan> spans = {};
  std::vector<DiagnosticHelp> helps = {};

  /// The first primary span. Requires: the diagnostic came from read_diagnostics.
  const DiagnosticSpan& primary() const;
  uint32_t line() const { return primary().line; }
};

/// Reads what `rustc --error-format=json` wrote: errors and warnings with a place. Lines that are not JSON
/// are left out. Source: The rustc book, "JSON output".
std::vector<Diagnostic> read_diagnostics(std::string_view text);

/// Only the errors.
std::vector<Diagnostic> read_errors(std::string_view text);

/// type, borrow, name, syntax, lifetime, trait or other. Source: the descriptions of the error codes index of
/// rustc.
std::string_view diagnostic_category(std::string_view code);

/// rustc stops after the first of these in which it finds an error; what a later one would find is hidden.
enum class Phase { syntax, names, types, borrows };
Phase diagnostic_phase(const Diagnostic& diagnostic);

/// The same diagnostic as one JSON object of rustc's form, for data sets.
Json diagnostic_json(const Diagnostic& diagnostic);

}  // namespace sov::transpiler
