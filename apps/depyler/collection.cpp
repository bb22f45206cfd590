#include "apps/depyler/collection.h"

#include <algorithm>
#include <set>

#include "apps/depyler/translation.h"
#include "core/fs.h"
#include "core/hash.h"
#include "transpiler/mutations.h"

namespace sov::depyler {
namespace {

using transpiler::Diagnostic;
using transpiler::Sample;

/// Tries every fix. `original`: the text before a mutation, or empty.
Result<Sample> labelled(const Sample& sample, const std::string& rust, const std::vector<Diagnostic>& errors,
                        const std::string& original, RustCheck& check) {
  Sample out = sample;
  for (const transpiler::Fix& fix : transpiler::possible_fixes(rust, out.diagnostic)) {
    Sample::Attempt attempt{.rule = std::string(fix.rule), .exact = fix.rust == original};
    if (attempt.exact) {
      attempt.worked = true;  // rustc accepted this text
    } else {
      TRY(const std::vector<Diagnostic> after, check.ask(fix.rust));
      attempt.worked = transpiler::mended(errors, after, out.diagnostic);
    }
    out.attempts.push_back(std::move(attempt));
  }
  return out;
}

Result<std::vector<Sample>> real_samples(const std::string& program, const std::string& rust,
                                         const std::vector<Diagnostic>& errors, RustCheck& check) {
  std::vector<Sample> out;
  std::set<std::pair<std::string, std::string>> seen;
  for (const Diagnostic& error : errors) {
    if (!seen.emplace(error.code, error.message).second) continue;
    TRY(Sample sample, labelled({program, "real", error, {}}, rust, errors, "", check));
    out.push_back(std::move(sample));
  }
  return out;
}

uint64_t seed_of(const std::string& text, uint64_t seed) {
  const Digest digest = sha256(as_bytes(text));
  for (size_t i = 0; i < 8; ++i) seed ^= uint64_t{digest[i]} << (8 * i);
  return seed;
}

}  // namespace

Result<std::vector<Sample>> collect_samples(const std::string& file, const CollectOptions& options,
                                            RustCheck& check) {
  std::string rust;
  if (file.ends_with(".rs")) {
    TRY(rust, read_text(file));
  } else {
    const Result<transpiler::Translation> made = translate(file, {});
    if (!made) return std::vector<Sample>();
    rust = made->rust;
  }
  TRY(const std::vector<Diagnostic> errors, check.ask(rust));
  if (!errors.empty()) return real_samples(file, rust, errors, check);
  std::vector<Sample> out;
  // Some mutants still compile: more are made than wanted.
  for (const transpiler::Mutation& mutant :
       transpiler::mutations(rust, 2 * options.mutants, seed_of(rust, options.seed))) {
    if (out.size() == options.mutants) break;
    TRY(const std::vector<Diagnostic> broken, check.ask(mutant.rust));
    if (broken.empty()) continue;
    TRY(Sample sample,
        labelled({file, std::string(mutant.kind), broken[0], {}}, mutant.rust, broken, rust, check));
    out.push_back(std::move(sample));
  }
  return out;
}

}  // namespace sov::depyler
