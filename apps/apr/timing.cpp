#include "apps/apr/timing.h"

#include <numeric>
#include <sys/resource.h>

#include "core/rng.h"

namespace sov::apr {
namespace {

using text::TokenId;

std::vector<TokenId> random_ids(Rng& rng, int64_t count, int64_t vocab) {
  std::vector<TokenId> out(static_cast<size_t>(count));
  for (TokenId& id : out) id = static_cast<TokenId>(rng.below(static_cast<uint64_t>(vocab)));
  return out;
}

}  // namespace

std::vector<OptionSpec> timing_options() {
  return joined({{.name = "prompt",
                  .letter = 'p',
                  .kind = ArgKind::text,
                  .value = "TEXT",
                  .help = "what the model reads"},
                 {.name = "prompt-tokens",
                  .kind = ArgKind::integer,
                  .value = "N",
                  .fallback = "128",
                  .help = "without --prompt: so many random tokens",
                  .min = 1,
                  .max = 1 << 24},
                 {.name = "depth",
                  .kind = ArgKind::integer,
                  .value = "N",
                  .fallback = "0",
                  .help = "random tokens held in the cache before each run",
                  .min = 0,
                  .max = 1 << 24},
                 {.name = "max-tokens",
                  .letter = 'n',
                  .kind = ArgKind::integer,
                  .value = "N",
                  .fallback = "32",
                  .help = "tokens generated a run, past any end token",
                  .min = 1,
                  .aliases = {"tokens"}},
                 {.name = "warmup",
                  .kind = ArgKind::integer,
                  .value = "N",
                  .fallback = "1",
                  .help = "runs before those that count",
                  .min = 0,
                  .max = 1000},
                 {.name = "iterations",
                  .kind = ArgKind::integer,
                  .value = "N",
                  .fallback = "5",
                  .help = "runs that count",
                  .min = 1,
                  .max = 100000,
                  .aliases = {"measure"}},
                 {.name = "seed",
                  .kind = ArgKind::integer,
                  .value = "N",
                  .fallback = "7",
                  .help = "of the random tokens",
                  .min = 0},
                 cache_type_option()},
                device_options(DeviceUse::timing));
}

Result<llm::TimingOptions> read_timing(App& app, const ParsedArgs& args, const Inference& inference) {
  if (args.given("prompt") && args.given("prompt-tokens"))
    return fail(Code::usage, "give --prompt or --prompt-tokens, not both");
  llm::TimingOptions out;
  Rng rng(static_cast<uint64_t>(args.integer("seed")));
  const int64_t vocab = inference.model->config().vocab;
  out.before = random_ids(rng, args.integer("depth"), vocab);
  if (args.given("prompt")) {
    TRY(const text::Tokenizer* tokenizer, inference.tokenizer());
    out.prompt = tokenizer->encode(args.text("prompt"));
  } else {
    out.prompt = random_ids(rng, args.integer("prompt-tokens"), vocab);
  }
  if (out.prompt.empty()) return fail(Code::usage, "the prompt holds no tokens");
  out.tokens = args.integer("max-tokens");
  out.warmup = args.integer("warmup");
  out.runs = args.integer("iterations");
  out.session.cache_type = *dtype_from_name(args.text("cache-type"));
  out.cancel = &app.interrupts.flag();
  return out;
}

Rates rates_of(const std::vector<llm::TimedRun>& runs, int64_t prompt_tokens) {
  Rates out;
  for (const llm::TimedRun& run : runs) {
    out.prefill.push_back(static_cast<double>(prompt_tokens) / run.prefill);
    out.first_token.push_back(run.first_token);
    out.steps.insert(out.steps.end(), run.steps.begin(), run.steps.end());
    const double seconds = std::accumulate(run.steps.begin(), run.steps.end(), 0.0);
    if (!run.steps.empty()) out.decode.push_back(static_cast<double>(run.steps.size()) / seconds);
  }
  return out;
}

std::vector<OptionSpec> assertion_options() {
  return {{.name = "assert-throughput",
           .kind = ArgKind::real,
           .value = "N",
           .help = "fail (5) when the mean decode rate is below N tokens/s",
           .min = 0},
          {.name = "assert-p50",
           .kind = ArgKind::real,
           .value = "MS",
           .help = "fail (5) when the median token takes longer",
           .min = 0},
          {.name = "assert-p99",
           .kind = ArgKind::real,
           .value = "MS",
           .help = "fail (5) when one token in a hundred takes longer",
           .min = 0}};
}

Result<std::vector<Assertion>> check_assertions(const ParsedArgs& args, const Rates& rates) {
  std::vector<Assertion> out;
  for (const std::string_view name : {"assert-throughput", "assert-p50", "assert-p99"}) {
    if (!args.given(name)) continue;
    if (rates.steps.empty()) return fail(Code::usage, "--{} wants --max-tokens 2 or more", name);
    const bool rate = name == "assert-throughput";
    const double got =
        rate ? summarise(rates.decode).mean : 1e3 * percentile(rates.steps, name == "assert-p50" ? 50 : 99);
    const double wanted = args.real(name);
    out.push_back({std::string(name.substr(7)), wanted, got, rate ? got >= wanted : got <= wanted});
  }
  return out;
}

Json assertions_json(const std::vector<Assertion>& all) {
  Json out = Json::array();
  for (const Assertion& a : all) {
    out.push(
        Json::object().set("name", a.name).set("wanted", a.wanted).set("got", a.got).set("passed", a.passed));
  }
  return out;
}

Result<> require(const std::vector<Assertion>& all) {
  std::string failed;
  for (const Assertion& a : all) {
    if (a.passed) continue;
    const bool rate = a.name == "throughput";
    failed += strf("{}{}: wanted {} {:.4g} {}, got {:.4g}", failed.empty() ? "" : "; ", a.name,
                   rate ? "at least" : "at most", a.wanted, rate ? "tokens/s" : "ms", a.got);
  }
  if (failed.empty()) return {};
  return fail(Code::validation, "{}", failed);
}

std::string counted(uint64_t count, std::string_view thing) {
  return strf("{} {}{}", count, thing, count == 1 ? "" : "s");
}

Json summary_json(const Summary& s) {
  if (s.count == 0) return {};
  return Json::object()
      .set("mean", s.mean)
      .set("ci95_low", s.mean - s.margin)
      .set("ci95_high", s.mean + s.margin)
      .set("std_dev", s.std_dev)
      .set("median", s.median)
      .set("min", s.lowest)
      .set("max", s.highest)
      .set("count", uint64_t{s.count});
}

uint64_t peak_memory_bytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace sov::apr
