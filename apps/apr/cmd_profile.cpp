#include <algorithm>
#include <numeric>

#include "apps/apr/timing.h"
#include "core/flame_graph.h"
#include "core/fs.h"

namespace sov::apr {
namespace {

using llm::Op;
using llm::Part;
using llm::Phase;
using llm::Work;
using llm::ZoneKey;

/// One row of the report: the mean of a run.
struct Zone {
  ZoneKey key;
  Work work;
};

struct Report {
  llm::TimingOptions options;
  Rates rates;
  std::vector<Zone> zones;         // of one run, in the order of phases, layers and parts
  double prefill = 0, decode = 0;  // seconds of one run, as the wall has them
  std::optional<Peaks> peaks;
};

constexpr std::array kPhases = {Phase::prefill, Phase::decode};

std::string label(const ZoneKey& key) {
  const bool typed = key.op == Op::matmul || key.op == Op::gate_up || key.op == Op::embed ||
                     key.op == Op::attention || key.op == Op::store;
  return typed ? strf("{} {}", op_name(key.op), name(key.dtype)) : std::string(op_name(key.op));
}

bool in_focus(const ZoneKey& key, std::string_view focus) {
  if (focus == "all") return true;
  if (focus == "matmul") return key.op == Op::matmul || key.op == Op::gate_up;
  if (focus == "embedding") return key.part == Part::embedding || key.part == Part::head;
  return part_name(key.part) == focus;
}

/// Sums over the layers unless they are wanted one by one; a run's mean.
std::vector<Zone> zones_of(const llm::Profile& profile, bool granular, std::string_view focus) {
  std::map<ZoneKey, Work> sums;
  for (const auto& [key, work] : profile.zones) {
    if (!in_focus(key, focus)) continue;
    ZoneKey at = key;
    if (!granular) at.layer = -1;
    sums[at] += work;
  }
  const auto runs = static_cast<double>(profile.runs.size());
  std::vector<Zone> out;
  for (const Phase phase : kPhases) {
    for (auto& [key, work] : sums) {
      if (key.phase != phase) continue;
      out.push_back({key,
                     {work.seconds / runs, work.flops / runs, work.bytes / runs,
                      work.calls / static_cast<int64_t>(profile.runs.size())}});
    }
  }
  return out;
}

Result<Report> measure(App& app, const ParsedArgs& args, const Inference& inference) {
  Report report;
  TRY(report.options, read_timing(app, args, inference));
  llm::Profile profile;
  {
    const auto runs = static_cast<uint64_t>(report.options.warmup + report.options.runs);
    Progress progress("runs", runs, app.progress());
    report.options.on_run = [&](int64_t done) { progress.update(static_cast<uint64_t>(done)); };
    TRY(profile, profile_runs(inference.model, *inference.device, report.options));
  }
  report.rates = rates_of(profile.runs, std::ssize(report.options.prompt));
  report.zones = zones_of(profile, args.flag("granular"), args.text("focus"));
  const auto count = static_cast<double>(profile.runs.size());
  for (const llm::TimedRun& run : profile.runs) {
    report.prefill += run.prefill / count;
    report.decode +=
        std::accumulate(run.steps.begin(), run.steps.end(), run.first_token - run.prefill) / count;
  }
  TRY(report.peaks, measure_peaks(app, *inference.device));
  return report;
}

double phase_seconds(const Report& r, Phase phase) { return phase == Phase::prefill ? r.prefill : r.decode; }

double accounted(const Report& r, Phase phase) {
  double sum = 0;
  for (const Zone& zone : r.zones) {
    if (zone.key.phase == phase) sum += zone.work.seconds;
  }
  return sum;
}

/// The part of a phase that the machine needs at least: over all of its zones, least seconds by wall seconds.
double efficiency(const Report& r) {
  double least = 0;
  for (const Zone& zone : r.zones) least += least_seconds(zone.work, *r.peaks);
  return least / (r.prefill + r.decode);
}

/// Source of the borders: the tool that this one stands in for.
std::string_view grade(double of_peak) {
  if (of_peak >= 0.5) return "A";
  if (of_peak >= 0.3) return "B";
  if (of_peak >= 0.15) return "C";
  return of_peak >= 0.05 ? "D" : "F";
}

/// Zones of some weight that stay below a share of the roofline.
std::vector<const Zone*> naive_zones(const Report& r, double threshold_percent) {
  std::vector<const Zone*> out;
  for (const Zone& zone : r.zones) {
    const double least = least_seconds(zone.work, *r.peaks);
    const bool heavy = zone.work.seconds >= 0.01 * phase_seconds(r, zone.key.phase);
    if (heavy && least > 0 && 100 * least < threshold_percent * zone.work.seconds) out.push_back(&zone);
  }
  return out;
}

std::string place(const ZoneKey& key) {
  return key.layer < 0 ? std::string(part_name(key.part)) : strf("{} {}", part_name(key.part), key.layer);
}

std::string zone_line(const Report& r, const Zone& zone) {
  const Work& w = zone.work;
  std::string out = strf("  {:<14} {:<16} {:>10.3f} {:>6.1f}", place(zone.key), label(zone.key),
                         w.seconds * 1e3, 100 * w.seconds / phase_seconds(r, zone.key.phase));
  if (w.flops == 0 && w.bytes == 0) return out + "\n";
  out += strf(" {:>9.1f} {:>7.1f}", w.flops / w.seconds * 1e-9, w.bytes / w.seconds * 1e-9);
  if (r.peaks) out += strf(" {:>8.0f}", 100 * least_seconds(w, *r.peaks) / w.seconds);
  return out + "\n";
}

std::string phase_text(const Report& r, Phase phase, std::string_view focus, const Style& style) {
  const double seconds = phase_seconds(r, phase);
  const bool prefill = phase == Phase::prefill;
  const auto tokens = prefill ? std::ssize(r.options.prompt) : r.options.tokens - 1;
  std::string out = strf("{}  {} tokens, {:.2f} ms, {:.1f} tokens/s\n", style.bold(phase_name(phase)), tokens,
                         seconds * 1e3, static_cast<double>(tokens) / seconds);
  out += style.dim(strf("  {:<14} {:<16} {:>10} {:>6} {:>9} {:>7} {:>8}\n", "part", "operation", "ms", "%",
                        "GFLOP/s", "GB/s", r.peaks ? "% roof" : ""));
  for (const Zone& zone : r.zones) {
    if (zone.key.phase == phase) out += zone_line(r, zone);
  }
  if (focus == "all") {
    const double rest = seconds - accounted(r, phase);
    out += strf("  {:<14} {:<16} {:>10.3f} {:>6.1f}\n", "outside", prefill ? "" : "sampling, text",
                rest * 1e3, 100 * rest / seconds);
  }
  return out + "\n";
}

std::string text_report(const Inference& inference, const Report& r, const ParsedArgs& args,
                        const Style& style) {
  const compute::Device& device = *inference.device;
  std::string out =
      strf("{}  mean of {} on {}, {}\n\n", style.bold(inference.model->file().path.filename().string()),
           counted(static_cast<uint64_t>(r.options.runs), "run"), device.target(),
           counted(static_cast<uint64_t>(device.threads()), "thread"));
  for (const Phase phase : kPhases) {
    if (phase == Phase::prefill || r.options.tokens > 1)
      out += phase_text(r, phase, args.text("focus"), style);
  }
  if (r.peaks) {
    out += style.dim(strf("measured just now: read {:.1f} GB/s, f32 {:.0f} GFLOP/s\n",
                          r.peaks->bytes_per_second * 1e-9, r.peaks->flops_per_second * 1e-9));
  }
  if (args.flag("detect-naive")) {
    for (const Zone* zone : naive_zones(r, args.real("threshold"))) {
      out += strf("{} {} {} {}: {:.0f} % of the roofline\n", style.yellow("slow"),
                  phase_name(zone->key.phase), place(zone->key), label(zone->key),
                  100 * least_seconds(zone->work, *r.peaks) / zone->work.seconds);
    }
  }
  if (args.flag("perf-grade")) {
    const double share = efficiency(r);
    out += strf("grade {}: {:.0f} % of the time is what the machine needs at least\n", grade(share),
                100 * share);
  }
  return out;
}

Json zone_json(const Report& r, const Zone& zone) {
  const Work& w = zone.work;
  Json out = Json::object();
  out.set("phase", phase_name(zone.key.phase))
      .set("layer", zone.key.layer < 0 ? Json() : Json(zone.key.layer));
  out.set("part", part_name(zone.key.part))
      .set("operation", op_name(zone.key.op))
      .set("dtype", name(zone.key.dtype));
  out.set("ms", w.seconds * 1e3).set("calls", w.calls).set("flops", w.flops).set("bytes", w.bytes);
  const bool bounded = r.peaks && (w.flops > 0 || w.bytes > 0);
  return out.set("of_roofline", bounded ? Json(least_seconds(w, *r.peaks) / w.seconds) : Json());
}

Json json_report(const Inference& inference, const Report& r, const ParsedArgs& args) {
  Json zones = Json::array();
  for (const Zone& zone : r.zones) zones.push(zone_json(r, zone));
  Json metrics = Json::object();
  const bool steps = !r.rates.steps.empty();
  metrics.set("throughput_tok_s", steps ? Json(summarise(r.rates.decode).mean) : Json());
  metrics.set("latency_p50_ms", steps ? Json(1e3 * percentile(r.rates.steps, 50)) : Json());
  metrics.set("latency_p99_ms", steps ? Json(1e3 * percentile(r.rates.steps, 99)) : Json());
  metrics.set("peak_rss_mb", static_cast<double>(peak_memory_bytes()) / 1e6);
  Json out = Json::object();
  out.set("model", inference.model->file().path.string())
      .set("prompt_tokens", uint64_t{r.options.prompt.size()});
  out.set("depth", uint64_t{r.options.before.size()})
      .set("tokens", r.options.tokens)
      .set("runs", r.options.runs);
  out.set("prefill_ms", r.prefill * 1e3).set("decode_ms", r.decode * 1e3).set("metrics", metrics);
  out.set("zones", zones).set("peaks", peaks_json(r.peaks));
  if (r.peaks && args.flag("perf-grade"))
    out.set("of_roofline", efficiency(r)).set("grade", grade(efficiency(r)));
  if (r.peaks && args.flag("detect-naive")) {
    Json slow = Json::array();
    for (const Zone* zone : naive_zones(r, args.real("threshold"))) slow.push(zone_json(r, *zone));
    out.set("slow", slow);
  }
  return out;
}

std::vector<FlameStack> stacks_of(const Report& r) {
  std::vector<FlameStack> out;
  for (const Phase phase : kPhases) {
    for (const Zone& zone : r.zones) {
      if (zone.key.phase != phase) continue;
      std::vector<std::string> frames = {std::string(phase_name(phase))};
      if (zone.key.layer >= 0) frames.push_back(strf("layer {}", zone.key.layer));
      frames.emplace_back(part_name(zone.key.part));
      frames.push_back(label(zone.key));
      out.push_back({frames, zone.work.seconds});
    }
    const double rest = phase_seconds(r, phase) - accounted(r, phase);
    if (rest > 0) out.push_back({{std::string(phase_name(phase)), "outside"}, rest});
  }
  return out;
}

Result<> check_options(const App& app, const ParsedArgs& args) {
  const std::string format = args.text("format");
  if (app.json && args.given("format") && format != "json")
    return fail(Code::usage, "give --json or --format {}, not both", format);
  const bool drawing = format == "flamegraph" || format == "folded";
  if (drawing && args.text("focus") != "all")
    return fail(Code::usage, "--format {} shows all parts, not a --focus", format);
  const bool asked = args.given("assert-throughput") || args.given("assert-p50") || args.given("assert-p99");
  if (args.flag("ci") && !asked)
    return fail(Code::usage, "--ci wants --assert-throughput, --assert-p50 or --assert-p99");
  if (args.flag("perf-grade") && args.text("focus") != "all")
    return fail(Code::usage, "--perf-grade is of the whole, not of a --focus");
  return {};
}

Result<std::string> rendered(App& app, const ParsedArgs& args, const Inference& inference,
                             const Report& report, const std::vector<Assertion>& assertions) {
  const std::string format = args.text("format");
  const std::string title =
      strf("{}: {} tokens read, {} generated", inference.model->file().path.filename().string(),
           report.options.prompt.size(), report.options.tokens);
  if (format == "flamegraph") return flame_svg(stacks_of(report), title);
  if (format == "folded") return folded_stacks(stacks_of(report));
  if (!app.json) return text_report(inference, report, args, app.style);
  Json out = json_report(inference, report, args);
  out.set("assertions", assertions_json(assertions))
      .set("passed", std::ranges::all_of(assertions, &Assertion::passed));
  TRY(const Json origin, run_provenance(app, inference, static_cast<uint64_t>(args.integer("seed"))));
  return out.set("provenance", origin).dump(2) + "\n";
}

Result<> run(App& app, const ParsedArgs& args) {
  if (args.text("format") == "json") app.json = true;
  TRY(check_options(app, args));
  TRY(const Inference inference, load_inference(app, args.text("SOURCE"), args, DeviceUse::timing));
  if (inference.device->name() != "cpu" && (args.flag("perf-grade") || args.flag("detect-naive")))
    return fail(Code::usage, "the {} device has no roofline to be graded against", inference.device->name());
  TRY(const Report report, measure(app, args, inference));
  TRY(const std::vector<Assertion> assertions, check_assertions(args, report.rates));
  TRY(const std::string text, rendered(app, args, inference, report, assertions));
  if (args.given("output")) {
    TRY(write_file(args.text("output"), text, args.flag("force") ? Overwrite::yes : Overwrite::no));
    app.note(strf("wrote {}", args.text("output")));
  } else {
    TRY(app.print(text));
    app.json_printed = app.json;
  }
  return require(assertions);
}

std::vector<OptionSpec> own_options() {
  return {
      {.name = "format",
       .letter = 'f',
       .kind = ArgKind::text,
       .value = "FORMAT",
       .fallback = "human",
       .help = "flamegraph: an SVG; folded: stacks in microseconds; json: as --json",
       .choices = {"human", "json", "flamegraph", "folded"}},
      {.name = "output",
       .letter = 'o',
       .kind = ArgKind::text,
       .value = "FILE",
       .help = "write there, not to stdout"},
      {.name = "force", .help = "overwrite it"},
      {.name = "granular", .help = "every layer by itself"},
      {.name = "focus",
       .kind = ArgKind::text,
       .value = "PART",
       .fallback = "all",
       .help = "only this part",
       .choices = {"all", "attention", "mlp", "matmul", "embedding"}},
      {.name = "detect-naive",
       .help = "name what takes 1 % or more of its phase and stays far below the roofline"},
      {.name = "threshold",
       .kind = ArgKind::real,
       .value = "P",
       .fallback = "10",
       .help = "with --detect-naive: far is below P %",
       .min = 0,
       .max = 100},
      {.name = "perf-grade", .help = "a letter for the share of the roofline: A from 50 %, B 30, C 15, D 5"},
      {.name = "ci", .help = "insist on at least one assertion"},
  };
}

}  // namespace

Command profile_command() {
  return {
      .spec = {.name = "profile",
               .summary = "where the time of a generation goes, against the roofline",
               .positionals = {{.name = "SOURCE", .help = "model file, folder or built-in name"}},
               .options = joined(joined(own_options(), timing_options()), assertion_options()),
               .examples = {{"apr profile micro", "a table of parts and operations"},
                            {"apr profile model.gguf --format flamegraph --granular -o flame.svg",
                             "a picture of every layer"},
                            {"apr profile model.gguf --ci --assert-p99 80",
                             "in CI: exits with 5 when a token takes too long"}},
               .notes =
                   "Every operation is timed where the model asks for it. GFLOP/s counts matrix products and "
                   "attention; GB/s the "
                   "weights, keys and values that must be read. % roof: the least time that the operation "
                   "needs at the read "
                   "bandwidth and f32 peak measured just now, of the time it took; products of quantised "
                   "weights run on integers "
                   "and may exceed 100. `apr bench` measures the same runs without the clock in between."},
      .run = run};
}

}  // namespace sov::apr
