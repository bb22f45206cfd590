#include "apps/depyler/repairing.h"

namespace sov::depyler {
namespace {

std::string prefixed(const std::string& lines, char mark) {
  std::string out;
  for (size_t at = 0; at <= lines.size();) {
    const size_t end = std::min(lines.find('\n', at), lines.size());
    out += strf("  {} {}\n", mark, lines.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

std::vector<OptionSpec> oracle_options(std::string_view default_confidence) {
  return {{.name = "model",
           .kind = ArgKind::text,
           .value = "FILE",
           .help = "what 'oracle train' or 'train' wrote; without it all rules that apply count alike"},
          {.name = "patterns",
           .kind = ArgKind::text,
           .value = "FILE",
           .help = "the project's own experience as JSON: read if there, and written again"},
          {.name = "fix-confidence",
           .kind = ArgKind::real,
           .value = "P",
           .fallback = default_confidence,
           .help = "leave out fixes with a smaller chance to help",
           .min = 0,
           .max = 1}};
}

Result<transpiler::Oracle> project_oracle(const ParsedArgs& args) {
  transpiler::Oracle oracle;
  if (args.given("model")) {
    TRY(oracle.model, transpiler::load_oracle(args.text("model")));
  }
  if (args.given("patterns")) {
    TRY(oracle.memory, transpiler::FixMemory::read(args.text("patterns")));
  }
  return oracle;
}

Result<> keep_memory(const transpiler::Oracle& oracle, const ParsedArgs& args) {
  if (!args.given("patterns")) return {};
  return oracle.memory.write(args.text("patterns"));
}

std::string steps_text(const transpiler::Repaired& repaired, const SourceMap& map) {
  std::string out;
  for (const transpiler::RepairStep& step : repaired.steps) {
    const uint32_t line = step.diagnostic.line(), python = map.python_line(line);
    out += strf("line {}{}: {}: {}\n  by {} ({:.2f})\n", line,
                python == 0 ? std::string() : strf(" ({}:{})", map.python, python),
                step.diagnostic.code.empty() ? "syntax" : step.diagnostic.code, step.diagnostic.message,
                step.rule, step.confidence);
    out += prefixed(step.from, '-') + prefixed(step.to, '+');
  }
  return out;
}

Json steps_json(const transpiler::Repaired& repaired, const SourceMap& map) {
  Json out = Json::array();
  for (const transpiler::RepairStep& step : repaired.steps) {
    const uint32_t python = map.python_line(step.diagnostic.line());
    out.push(Json::object()
                 .set("line", uint64_t{step.diagnostic.line()})
                 .set("python_line", python == 0 ? Json() : Json(uint64_t{python}))
                 .set("code", step.diagnostic.code)
                 .set("message", step.diagnostic.message)
                 .set("rule", step.rule)
                 .set("confidence", step.confidence)
                 .set("from", step.from)
                 .set("to", step.to));
  }
  return out;
}

std::string marked(const transpiler::Repaired& repaired, Compared compared) {
  if (repaired.steps.empty()) return repaired.rust;
  std::string remark = " Repaired by depyler after rustc rejected it:";
  for (const transpiler::RepairStep& step : repaired.steps)
    remark += strf(" line {} ({}) by {},", step.diagnostic.line(),
                   step.diagnostic.code.empty() ? "syntax" : step.diagnostic.code, step.rule);
  remark.back() = ';';
  if (compared == Compared::no) remark += " not compared with the Python program.";
  if (compared == Compared::equal) remark += " equal to the Python program on the runs compared.";
  if (compared == Compared::differs) remark += " IT DIFFERS from the Python program.";
  std::string out = repaired.rust;
  const bool comment = out.starts_with("//") && !out.starts_with("//!");
  const size_t end = out.find('\n');
  if (comment && end != std::string::npos) return out.insert(end, remark);
  return "//" + remark + "\n" + out;
}

}  // namespace sov::depyler
