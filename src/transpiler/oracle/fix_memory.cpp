#include "transpiler/fix_memory.h"

#include <algorithm>
#include <cctype>

#include "core/fs.h"

namespace sov::transpiler {
namespace {

constexpr double kAlike = 0.5;
constexpr int64_t kVersion = 1;

void add_words(std::string_view text, std::vector<std::string>& out) {
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) out.push_back(word);
    word.clear();
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isdigit(byte) != 0) {
      if (word.empty() || word.back() != '0') word += '0';
    } else if (std::isalpha(byte) != 0 || c == '_') {
      word += static_cast<char>(std::tolower(byte));
    } else {
      end_word();
      if (c == '&' || c == '<' || c == '?') out.emplace_back(1, c);
    }
  }
  end_word();
}

Result<FixPattern> read_pattern(const Json& json) {
  FixPattern out;
  TRY(out.rule, json.get_string("rule"));
  TRY(out.code, json.get_string("code"));
  for (const auto& [key, count] : {std::pair{"tries", &out.tries}, std::pair{"successes", &out.successes},
                                   std::pair{"compared", &out.compared}, std::pair{"equal", &out.equal}}) {
    TRY(const int64_t value, json.get_int(key));
    if (value < 0) return fail(Code::corrupt, "'{}': wanted a count, got {}", key, value);
    *count = static_cast<uint64_t>(value);
  }
  if (out.successes > out.tries || out.compared > out.successes || out.equal > out.compared)
    return fail(Code::corrupt, "{} of {}: {} successes of {} tries, {} equal of {} compared", out.rule,
                out.code, out.successes, out.tries, out.equal, out.compared);
  const Json& grams = member(json, "grams");
  if (!grams.is_array()) return fail(Code::corrupt, "'grams': wanted an array");
  for (const Json& gram : grams.items()) {
    if (!gram.is_string()) return fail(Code::corrupt, "'grams': wanted texts, got {}", gram.kind_phrase());
    out.grams.insert(gram.string());
  }
  return out;
}

}  // namespace

std::vector<std::string> diagnostic_words(const Diagnostic& diagnostic) {
  std::vector<std::string> out;
  add_words(diagnostic.message, out);
  for (const DiagnosticSpan& span : diagnostic.spans) add_words(span.label, out);
  return out;
}

std::set<std::string> diagnostic_grams(const Diagnostic& diagnostic) {
  const std::vector<std::string> words = diagnostic_words(diagnostic);
  std::set<std::string> out(words.begin(), words.end());
  for (size_t i = 0; i + 1 < words.size(); ++i) out.insert(words[i] + " " + words[i + 1]);
  return out;
}

double similarity(const std::set<std::string>& a, const std::set<std::string>& b) {
  size_t shared = 0;
  for (const std::string& gram : a) shared += b.contains(gram) ? 1 : 0;
  const size_t all = a.size() + b.size() - shared;
  return all == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(all);
}

Result<FixMemory> FixMemory::read(const std::string& file) {
  FixMemory out;
  const Result<std::string> text = read_text(file);
  if (!text && text.error().code() == Code::not_found) return out;
  if (!text) return fail(text.error());
  TRY(const Json json, parse_json(*text, JsonSource{.file = file, .what = "fix patterns"}));
  TRY(const int64_t version, with(json.get_int("version"), file));
  if (version != kVersion)
    return fail(Code::unsupported, "{}: wanted version {}, got {}", file, kVersion, version);
  const Json& patterns = member(json, "patterns");
  if (!patterns.is_array()) return fail(Code::corrupt, "{}: 'patterns': wanted an array", file);
  for (const Json& one : patterns.items()) {
    TRY(FixPattern pattern, with(read_pattern(one), file));
    out.patterns_.push_back(std::move(pattern));
  }
  return out;
}

Result<> FixMemory::write(const std::string& file) const {
  Json patterns = Json::array();
  for (const FixPattern& one : patterns_) {
    Json grams = Json::array();
    for (const std::string& gram : one.grams) grams.push(gram);
    patterns.push(Json::object()
                      .set("rule", one.rule)
                      .set("code", one.code)
                      .set("tries", one.tries)
                      .set("successes", one.successes)
                      .set("compared", one.compared)
                      .set("equal", one.equal)
                      .set("grams", grams));
  }
  const Json all = Json::object().set("version", kVersion).set("patterns", patterns);
  return write_file(file, all.dump(1) + "\n", Overwrite::yes);
}

FixPattern& FixMemory::pattern(std::string_view rule, const Diagnostic& diagnostic) {
  const std::set<std::string> grams = diagnostic_grams(diagnostic);
  for (FixPattern& one : patterns_) {
    if (one.rule == rule && one.code == diagnostic.code && one.grams == grams) return one;
  }
  patterns_.push_back({.rule = std::string(rule), .code = diagnostic.code, .grams = grams});
  return patterns_.back();
}

void FixMemory::record(std::string_view rule, const Diagnostic& diagnostic, bool success) {
  FixPattern& one = pattern(rule, diagnostic);
  ++one.tries;
  one.successes += success ? 1 : 0;
}

void FixMemory::record_comparison(std::string_view rule, const Diagnostic& diagnostic, bool equal) {
  FixPattern& one = pattern(rule, diagnostic);
  if (one.compared == one.successes) return;  // only what was a success is compared
  ++one.compared;
  one.equal += equal ? 1 : 0;
}

Evidence FixMemory::evidence(std::string_view rule, const Diagnostic& diagnostic) const {
  const std::set<std::string> grams = diagnostic_grams(diagnostic);
  Evidence out;
  for (const FixPattern& one : patterns_) {
    if (one.rule != rule || one.code != diagnostic.code) continue;
    const double alike = similarity(grams, one.grams);
    if (alike < kAlike) continue;
    out.tries += alike * static_cast<double>(one.tries);
    out.successes += alike * static_cast<double>(one.successes);
  }
  return out;
}

}  // namespace sov::transpiler
