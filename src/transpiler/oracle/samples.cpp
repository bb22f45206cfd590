#include "core/fs.h"
#include "core/hash.h"
#include "transpiler/oracle.h"

namespace sov::transpiler {
namespace {

Result<Sample> read_sample(std::string_view line) {
  TRY(const Json json, parse_json(line));
  Sample out;
  TRY(out.program, json.get_string("program"));
  TRY(out.origin, json.get_string("origin"));
  std::vector<Diagnostic> read = read_errors(member(json, "diagnostic").dump());
  if (read.size() != 1) return fail(Code::corrupt, "'diagnostic': wanted an error of rustc with a place");
  out.diagnostic = std::move(read[0]);
  const Json& attempts = member(json, "attempts");
  if (!attempts.is_array()) return fail(Code::corrupt, "'attempts': wanted an array");
  for (const Json& one : attempts.items()) {
    Sample::Attempt attempt;
    TRY(attempt.rule, one.get_string("rule"));
    TRY(attempt.worked, one.get_bool("worked"));
    TRY(attempt.exact, one.get_bool("exact"));
    out.attempts.push_back(std::move(attempt));
  }
  return out;
}

}  // namespace

std::string Sample::label() const {
  for (const Attempt& one : attempts) {
    if (one.worked && one.exact) return one.rule;
  }
  for (const Attempt& one : attempts) {
    if (one.worked) return one.rule;
  }
  return "none";
}

const Sample::Attempt* Sample::attempt(std::string_view rule) const {
  for (const Attempt& one : attempts) {
    if (one.rule == rule) return &one;
  }
  return nullptr;
}

std::string sample_line(const Sample& sample) {
  Json attempts = Json::array();
  for (const Sample::Attempt& one : sample.attempts)
    attempts.push(Json::object().set("rule", one.rule).set("worked", one.worked).set("exact", one.exact));
  return Json::object()
             .set("program", sample.program)
             .set("origin", sample.origin)
             .set("diagnostic", diagnostic_json(sample.diagnostic))
             .set("attempts", attempts)
             .dump() +
         "\n";
}

Result<std::vector<Sample>> read_samples(const std::string& file) {
  TRY(const std::string text, read_text(file));
  std::vector<Sample> out;
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.empty()) continue;
    Result<Sample> sample = read_sample(line);
    if (!sample) return fail(Error(Code::corrupt, strf("{}:{}: {}", file, number, sample.error().message())));
    out.push_back(std::move(*sample));
  }
  return out;
}

bool held_out(std::string_view program, uint64_t parts) { return sha256(as_bytes(program))[0] % parts == 0; }

}  // namespace sov::transpiler
