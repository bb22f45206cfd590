#include <algorithm>

#include "apps/apr/timing.h"

namespace sov::apr {
namespace {

/// What `bench` found.
struct Report {
  llm::TimingOptions options;
  Rates rates;
  std::vector<llm::TimedRun> runs;
  std::optional<Peaks> peaks;
  llm::Work prefill, decode;  // of one run; seconds are not used
  std::vector<double> percentiles;
};

Result<std::vector<double>> read_percentiles(const ParsedArgs& args) {
  std::vector<double> out;
  const std::string text = args.text("percentiles");
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    TRY(const double p, parse_real("--percentiles", text.substr(at, end - at), 0, 100));
    out.push_back(p);
    at = end + 1;
  }
  return out;
}

/// What one run must compute and read: counted on a single run of its own, so that the timed ones are bare.
Result<> count_work(const Inference& inference, Report& report) {
  llm::TimingOptions once = report.options;
  once.warmup = 0;
  once.runs = 1;
  once.on_run = {};
  TRY(const llm::Profile profile, profile_runs(inference.model, *inference.device, once));
  report.prefill = phase_work(profile.zones, llm::Phase::prefill);
  report.decode = phase_work(profile.zones, llm::Phase::decode);
  return {};
}

Result<Report> measure(App& app, const ParsedArgs& args, const Inference& inference) {
  Report report;
  TRY(report.percentiles, read_percentiles(args));
  TRY(report.options, read_timing(app, args, inference));
  const auto runs = static_cast<uint64_t>(report.options.warmup + report.options.runs);
  {
    Progress progress("runs", runs, app.progress());
    report.options.on_run = [&](int64_t done) { progress.update(static_cast<uint64_t>(done)); };
    TRY(report.runs, time_runs(inference.model, *inference.device, report.options));
  }
  report.rates = rates_of(report.runs, std::ssize(report.options.prompt));
  if (args.flag("no-roofline")) return report;
  TRY(report.peaks, measure_peaks(app, *inference.device));
  if (report.peaks) TRY(count_work(inference, report));
  return report;
}

/// Seconds of the sample's mean run, and how much of them the machine needs at least.
struct Share {
  double gb_per_s, gflop_per_s, of_read, of_f32;
};
Share share_of(const llm::Work& work, double seconds, const Peaks& peaks) {
  return {work.bytes / seconds * 1e-9, work.flops / seconds * 1e-9,
          work.bytes / seconds / peaks.bytes_per_second, work.flops / seconds / peaks.flops_per_second};
}
double decode_seconds(const Report& r) {
  return static_cast<double>(r.options.tokens - 1) / summarise(r.rates.decode).mean;
}
double prefill_seconds(const Report& r) {
  return static_cast<double>(r.options.prompt.size()) / summarise(r.rates.prefill).mean;
}

Json share_json(const llm::Work& work, double seconds, const std::optional<Peaks>& peaks) {
  if (!peaks) return {};
  const Share s = share_of(work, seconds, *peaks);
  return Json::object()
      .set("gb_per_s", s.gb_per_s)
      .set("gflop_per_s", s.gflop_per_s)
      .set("of_read_bandwidth", s.of_read)
      .set("of_f32_peak", s.of_f32);
}

std::vector<double> in_milliseconds(std::vector<double> seconds) {
  for (double& value : seconds) value *= 1e3;
  return seconds;
}

Json report_json(const Inference& inference, const Report& r) {
  const std::vector<double> steps = in_milliseconds(r.rates.steps);
  Json out = Json::object();
  out.set("model", inference.model->file().path.string())
      .set("prompt_tokens", uint64_t{r.options.prompt.size()});
  out.set("depth", uint64_t{r.options.before.size()}).set("max_tokens", r.options.tokens);
  out.set("cache_type", name(r.options.session.cache_type));
  out.set("tokens_per_second", r.rates.decode.empty() ? Json() : Json(summarise(r.rates.decode).mean));
  out.set("time_to_first_token_ms", summarise(in_milliseconds(r.rates.first_token)).median);
  out.set("prefill_tokens_per_second", summary_json(summarise(r.rates.prefill)));
  out.set("decode_tokens_per_second", summary_json(summarise(r.rates.decode)));
  out.set("first_token_ms", summary_json(summarise(in_milliseconds(r.rates.first_token))));
  out.set("token_ms", summary_json(summarise(steps)));
  Json percentiles = Json::object();
  for (const double p : r.percentiles) {
    if (!steps.empty()) percentiles.set(strf("p{:g}", p), percentile(steps, p));
  }
  out.set("token_ms_percentiles", percentiles);
  Json samples = Json::array();
  for (const double value : steps) samples.push(value);
  out.set("samples_ms", samples).set("peaks", peaks_json(r.peaks));
  out.set("prefill", share_json(r.prefill, prefill_seconds(r), r.peaks));
  out.set("decode", r.rates.decode.empty() ? Json() : share_json(r.decode, decode_seconds(r), r.peaks));
  return out.set("peak_memory_bytes", peak_memory_bytes());
}

std::string rate_line(std::string_view what, const Summary& s, std::string_view unit, std::string_view note) {
  const std::string spread = s.count > 1 ? strf(" ± {:.1f}", s.margin) : "";
  const std::string range = strf("{:>9.1f} to {:.1f}", s.lowest, s.highest);
  std::string out = strf("{:<12}  {:>9.1f}{:<9}  {:<8}  {:<22}{}", what, s.mean, spread, unit, range, note);
  while (out.ends_with(' ')) out.pop_back();
  return out + "\n";
}

std::string report_text(const Inference& inference, const Report& r, const Style& style) {
  const compute::Device& device = *inference.device;
  std::string out =
      strf("{}  {} tokens read, {} generated, at depth {}; {} on {}, {}\n\n",
           style.bold(inference.model->file().path.filename().string()), r.options.prompt.size(),
           r.options.tokens, r.options.before.size(), counted(r.runs.size(), "run"), device.target(),
           counted(static_cast<uint64_t>(device.threads()), "thread"));
  const auto note = [&](const llm::Work& work, double seconds, bool memory) {
    if (!r.peaks) return std::string();
    const Share s = share_of(work, seconds, *r.peaks);
    return memory ? strf("  {:.1f} GB/s, {:.0f} % of the read bandwidth", s.gb_per_s, 100 * s.of_read)
                  : strf("  {:.0f} GFLOP/s, {:.0f} % of the f32 peak", s.gflop_per_s, 100 * s.of_f32);
  };
  out +=
      rate_line("prompt", summarise(r.rates.prefill), "tokens/s", note(r.prefill, prefill_seconds(r), false));
  if (!r.rates.decode.empty()) {
    out +=
        rate_line("decode", summarise(r.rates.decode), "tokens/s", note(r.decode, decode_seconds(r), true));
  }
  out += rate_line("first token", summarise(in_milliseconds(r.rates.first_token)), "ms", "");
  if (r.rates.steps.empty()) return out;
  const std::vector<double> steps = in_milliseconds(r.rates.steps);
  out += "token         ";
  for (const double p : r.percentiles) out += strf("p{:g} {:.2f} ms   ", p, percentile(steps, p));
  while (out.ends_with(' ')) out.pop_back();
  out += "\n";
  if (r.peaks) {
    out += style.dim(strf(
        "\nmeasured just now: read {:.1f} GB/s, f32 {:.0f} GFLOP/s. ± is the 95 % confidence interval of the "
        "mean.\n",
        r.peaks->bytes_per_second * 1e-9, r.peaks->flops_per_second * 1e-9));
  }
  return out;
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const Inference inference, load_inference(app, args.text("SOURCE"), args, DeviceUse::timing));
  TRY(const Report report, measure(app, args, inference));
  TRY(const std::vector<Assertion> assertions, check_assertions(args, report.rates));
  const bool passed = std::ranges::all_of(assertions, &Assertion::passed);
  if (app.json) {
    Json out = report_json(inference, report);
    out.set("assertions", assertions_json(assertions)).set("passed", passed);
    TRY(const Json origin, run_provenance(app, inference, static_cast<uint64_t>(args.integer("seed"))));
    TRY(app.print_json(out.set("provenance", origin)));
  } else {
    TRY(app.print(report_text(inference, report, app.style)));
  }
  return require(assertions);
}

}  // namespace

Command bench_command() {
  return {
      .spec = {.name = "bench",
               .summary = "how fast a model reads and writes here, against what the machine can do",
               .positionals = {{.name = "SOURCE", .help = "model file, folder or built-in name"}},
               .options =
                   joined(joined(timing_options(),
                                 {{.name = "percentiles",
                                   .kind = ArgKind::text,
                                   .value = "P,P",
                                   .fallback = "50,95,99",
                                   .help = "of the time a token takes"},
                                  {.name = "no-roofline", .help = "do not measure the machine"},
                                  {.name = "brick", .kind = ArgKind::text, .value = "NAME", .built = false}}),
                          assertion_options()),
               .examples = {{"apr bench micro", "128 tokens in, 32 out, five times"},
                            {"apr bench model.gguf --depth 4096 --cache-type f16",
                             "with a long context behind it"},
                            {"apr bench model.gguf --assert-throughput 20 --json", "in CI"}},
               .notes = "Runs are whole generations: the prompt at once, then token by token, greedily, "
                        "sampling included. "
                        "± is the 95 % confidence interval of the mean over the runs, by Student's t. Bytes "
                        "are those of weights, "
                        "keys and values that a step must read; operations those of matrix products and "
                        "attention. Read bandwidth "
                        "and f32 peak are measured in the same process, with the same threads; products of "
                        "quantised weights run "
                        "on integers and may exceed the f32 peak. Nothing else should run on the machine."},
      .run = run};
}

}  // namespace sov::apr
