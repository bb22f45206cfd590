#include <algorithm>
#include <cctype>
#include <set>

#include "transpiler/oracle.h"
#include "transpiler/oracle/rust_text.h"

namespace sov::transpiler {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

/// What kind of statement the line begins.
std::string statement_kind(std::string_view line) {
  line = trimmed(line);
  for (const char* word : {"let mut", "let", "for", "while", "if", "else", "}", "return", "use", "fn", "impl",
                           "match", "static", "struct", "Ok", "Err"}) {
    if (line.starts_with(word)) return word;
  }
  return "other";
}

}  // namespace

std::vector<std::pair<std::string, float>> diagnostic_features(const Diagnostic& diagnostic,
                                                               const std::vector<std::string>& rules) {
  std::vector<std::pair<std::string, float>> out;
  const auto have = [&](std::string name) { out.emplace_back(std::move(name), 1.0F); };
  have("code " + diagnostic.code);
  const std::vector<std::string> words = diagnostic_words(diagnostic);
  // Pairs too: "expected &" and "found &" differ only in which word stands before.
  for (const std::string& gram : diagnostic_grams(diagnostic)) have("words " + gram);
  std::set<std::string> suggested;
  for (const DiagnosticHelp& help : diagnostic.helps) {
    for (const DiagnosticSpan& span : help.spans) {
      if (!span.applicability.empty()) suggested.insert(span.applicability);
    }
  }
  for (const std::string& one : suggested) have("suggestion " + one);
  const std::string_view line = diagnostic.primary().text;
  have("statement " + statement_kind(line));
  for (const char* part : {"&", "&mut ", ".clone()", ")?", "\"", " as ", "Some(", "Ok(", "Str::lit(", "|"}) {
    if (line.find(part) != std::string_view::npos) have(strf("line {}", part));
  }
  for (const std::string& rule : rules) have("applies " + rule);
  out.emplace_back("spans", static_cast<float>(diagnostic.spans.size()));
  out.emplace_back("helps", static_cast<float>(diagnostic.helps.size()));
  out.emplace_back("words", static_cast<float>(words.size()));
  out.emplace_back("rules", static_cast<float>(rules.size()));
  out.emplace_back("place", static_cast<float>(diagnostic.primary().end - diagnostic.primary().begin));
  return out;
}

}  // namespace sov::transpiler
