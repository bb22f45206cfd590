#include "apps/depyler/convergence.h"

#include <algorithm>

#include "apps/depyler/translation.h"
#include "apps/depyler/verification.h"
#include "build_info.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

using transpiler::Repaired;

Result<> first_shot(Candidate& one, RustCheck& check) {
  Result<transpiler::Tree> tree = parse_file(one.file);
  Result<transpiler::Translation> made = tree ? transpile(*tree, {.script = {}, .source_map = true})
                                              : Result<transpiler::Translation>(fail(tree.error()));
  if (!made) {
    one.verdict = "invalid";
    one.reason = made.error().message();
    return {};
  }
  if (!made->refusals.empty()) {
    one.verdict = "refused";
    one.reason = made->refusals[0].construct;
    return {};
  }
  one.map.python = one.file;
  for (size_t i = 0; i < made->lines.size(); ++i)
    one.map.starts.emplace_back(static_cast<uint32_t>(i + 1), made->lines[i]);
  one.state.rust = made->rust;
  TRY(one.state.left, check.ask_whole(made->rust));
  one.state.accepted = one.state.left.empty();
  one.verdict = one.state.accepted ? "first-shot" : "rejected";
  return {};
}

/// Goes on from what earlier iterations reached. True when anything was mended.
Result<bool> repair_on(Candidate& one, transpiler::Oracle& oracle, const ConvergeOptions& options,
                       RustCheck& check) {
  const auto ask = [&](const std::string& rust) { return check.ask(rust); };
  TRY(Repaired now,
      transpiler::repair(one.state.rust, ask, oracle, {.min_confidence = options.fix_confidence}));
  const bool changed = !now.steps.empty();
  now.steps.insert(now.steps.begin(), one.state.steps.begin(), one.state.steps.end());
  one.state = std::move(now);
  if (one.state.accepted) {  // the verdict is of the file in one piece
    TRY(one.state.left, check.ask_whole(one.state.rust));
    one.state.accepted = one.state.left.empty();
  }
  if (one.state.accepted) one.verdict = "repaired";
  if (!one.state.accepted || !options.verify) return changed;
  TRY(const Verification compared, verify_rust(one.file, one.state.rust, {}));
  one.equal = compared.equal() ? "equal" : "differs";
  for (const transpiler::RepairStep& step : one.state.steps)
    oracle.memory.record_comparison(step.rule, step.diagnostic, compared.equal());
  return changed;
}

constexpr int64_t kVersion = 1;

bool settled(const Candidate& one) { return one.verdict != "rejected" && !one.verdict.empty(); }

}  // namespace

Rates rates_of(const std::vector<Candidate>& all) {
  Rates out{.files = all.size()};
  for (const Candidate& one : all) {
    out.translated += one.verdict == "refused" || one.verdict == "invalid" ? 0 : 1;
    out.first_shot += one.verdict == "first-shot" ? 1 : 0;
    out.repaired += one.verdict == "repaired" ? 1 : 0;
    out.equal += one.equal == "equal" ? 1 : 0;
    out.differs += one.equal == "differs" ? 1 : 0;
  }
  return out;
}

Result<Convergence> converge(std::vector<Candidate>& all, transpiler::Oracle& oracle,
                             const ConvergeOptions& options,
                             const std::function<void(const std::string&)>& tell) {
  TRY(RustCheck check, RustCheck::make());
  for (Candidate& one : all) {
    if (settled(one)) continue;
    TRY(first_shot(one, check));
    tell(strf("{}: {}", one.file, one.verdict));
  }
  Convergence out;
  if (!options.auto_fix) {
    out.ended = "measured";
    return out;
  }
  while (true) {
    const Rates rates = rates_of(all);
    if (rates.after_repair_rate() >= options.target_rate) {
      out.ended = "target";
      return out;
    }
    if (out.iterations == options.max_iterations) {
      out.ended = "iterations";
      return out;
    }
    ++out.iterations;
    bool changed = false;
    for (Candidate& one : all) {
      if (one.verdict != "rejected") continue;
      TRY(const bool mended, repair_on(one, oracle, options, check));
      changed = changed || mended;
      tell(strf("iteration {}: {}: {}, {} fixes, {} errors left", out.iterations, one.file, one.verdict,
                one.state.steps.size(), one.state.left.size()));
    }
    if (changed) continue;
    out.ended = "converged";
    return out;
  }
}

Result<> write_checkpoint(const std::string& file, const std::vector<Candidate>& all) {
  Json files = Json::object();
  for (const Candidate& one : all)
    files.set(one.file, Json::object()
                            .set("key", one.key)
                            .set("verdict", one.verdict)
                            .set("reason", one.reason)
                            .set("equal", one.equal));
  return write_file(file, Json::object().set("version", kVersion).set("files", files).dump(1) + "\n",
                    Overwrite::yes);
}

Result<> read_checkpoint(const std::string& file, std::vector<Candidate>& all) {
  const Result<std::string> text = read_text(file);
  if (!text && text.error().code() == Code::not_found) return {};
  if (!text) return fail(text.error());
  TRY(const Json json, parse_json(*text, JsonSource{.file = file, .what = "checkpoint"}));
  TRY(const int64_t version, with(json.get_int("version"), file));
  if (version != kVersion)
    return fail(Code::unsupported, "{}: wanted version {}, got {}", file, kVersion, version);
  for (Candidate& one : all) {
    const Json& known = member(member(json, "files"), one.file);
    if (!known.is_object()) continue;
    TRY(const std::string key, with(known.get_string("key"), file));
    TRY(const std::string verdict, with(known.get_string("verdict"), file));
    // A repaired file is repaired again: its text is not in the checkpoint.
    if (key != one.key || verdict == "rejected" || verdict == "repaired") continue;
    one.verdict = verdict;
    TRY(one.reason, with(known.get_string("reason"), file));
  }
  return {};
}

}  // namespace sov::depyler
