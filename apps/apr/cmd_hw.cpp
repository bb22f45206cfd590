#include <optional>
#include <utility>

#include "apps/apr/app.h"
#include "apps/apr/model_summary.h"
#include "compute/hardware.h"
#include "core/env.h"

namespace sov::apr {
namespace {

using compute::Hardware;
using compute::Measured;

/// What was measured with one number of threads.
struct Row {
  int threads = 0;
  Measured read, triad, f32;
  std::optional<Measured> int8;
};

struct Speeds {
  std::vector<Row> rows;
  uint64_t buffer_bytes = 0;
  std::string int8_instructions;
};

/// The tier that commands will use, and why.
struct Choice {
  std::string target, reason;
};

Result<Choice> choose(const Hardware& hardware) {
  const std::optional<std::string> wanted = env("SOV_TARGET");
  if (!wanted) return Choice{hardware.target, "the best that this processor runs"};
  for (const compute::TargetInfo& target : hardware.targets) {
    if (target.name == *wanted && target.runs_here) return Choice{*wanted, "SOV_TARGET asks for it"};
  }
  return fail(Code::unsupported, "SOV_TARGET '{}': not built or not run by this processor", *wanted);
}

/// 1, 2, 4, ... and `most` itself.
std::vector<int> thread_counts(int most) {
  std::vector<int> counts;
  for (int n = 1; n < most; n *= 2) counts.push_back(n);
  counts.push_back(most);
  return counts;
}

Result<Speeds> measure(const App& app, const ParsedArgs& args, const Choice& choice) {
  const int most = args.given("threads") ? static_cast<int>(args.integer("threads")) : available_cores();
  const bool quick = args.flag("quick");
  const std::vector<int> counts = thread_counts(most);
  compute::SpeedOptions options{.target = choice.target, .cancel = &app.interrupts.flag()};
  options.runs = quick ? 3 : 9;
  options.seconds = (quick ? 0.3 : 1.6) / static_cast<double>(4 * counts.size());
  if (quick) options.buffer_bytes = uint64_t{64} << 20;

  Progress progress("measuring", 4 * counts.size(), app.progress());
  ThreadPool all(most);
  TRY(compute::SpeedProbe probe, compute::SpeedProbe::create(all, options));
  Speeds out{.rows = {},
             .buffer_bytes = probe.buffer_bytes(),
             .int8_instructions = std::string(probe.int8_instructions())};
  uint64_t done = 0;
  for (const int count : counts) {
    ThreadPool pool(count);
    Row row{.threads = count, .read = probe.read(pool), .triad = {}, .f32 = {}, .int8 = {}};
    progress.update(++done);
    row.triad = probe.triad(pool);
    progress.update(++done);
    row.f32 = probe.f32(pool);
    progress.update(++done);
    row.int8 = probe.int8_dot(pool);
    progress.update(++done);
    if (app.interrupts.pending()) return fail(Code::cancelled, "measuring");
    out.rows.push_back(std::move(row));
  }
  return out;
}

Json measured_json(const Measured& m) {
  return Json::object()
      .set("median", m.median)
      .set("min", m.lowest)
      .set("max", m.highest)
      .set("runs", m.runs);
}

Json speeds_json(const Speeds& speeds) {
  Json rows = Json::array();
  for (const Row& row : speeds.rows) {
    rows.push(Json::object()
                  .set("threads", row.threads)
                  .set("read_gb_per_s", measured_json(row.read))
                  .set("triad_gb_per_s", measured_json(row.triad))
                  .set("f32_gflop_per_s", measured_json(row.f32))
                  .set("int8_gop_per_s", row.int8 ? measured_json(*row.int8) : Json()));
  }
  Json instructions = speeds.int8_instructions.empty() ? Json() : Json(speeds.int8_instructions);
  return Json::object()
      .set("buffer_bytes", speeds.buffer_bytes)
      .set("int8_instructions", std::move(instructions))
      .set("by_threads", rows);
}

/// Null where a number is not known.
Json known(uint64_t value) { return value == 0 ? Json() : Json(value); }

Json strings_json(const std::vector<std::string>& all) {
  Json out = Json::array();
  for (const std::string& one : all) out.push(one);
  return out;
}

Json hardware_json(const Hardware& hardware, const Choice& choice) {
  Json targets = Json::array();
  for (const compute::TargetInfo& target : hardware.targets) {
    targets.push(Json::object()
                     .set("name", target.name)
                     .set("runs_here", target.runs_here)
                     .set("missing", strings_json(target.missing)));
  }
  Json caches = Json::object();
  caches.set("l1d_bytes", known(hardware.l1d_bytes)).set("l2_bytes", known(hardware.l2_bytes));
  caches.set("l3_bytes", known(hardware.l3_bytes));
  caches.set("l3_cores", known(static_cast<uint64_t>(hardware.l3_cores)));
  caches.set("last_level_total_bytes", known(hardware.last_cache_bytes));
  Json out = Json::object();
  out.set("cpu", hardware.cpu).set("cores", hardware.cores);
  out.set("cpu_quota", hardware.cpu_quota ? Json(*hardware.cpu_quota) : Json());
  out.set("isa", strings_json(hardware.isa)).set("targets", targets);
  out.set("target", choice.target).set("target_reason", choice.reason);
  out.set("caches", caches).set("memory_bytes", known(hardware.memory_bytes));
  out.set("available_bytes", known(hardware.available_bytes));
  return out.set("memory_limited_by_container", hardware.memory_limited);
}

std::string joined_words(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) out += strf("{}{}", out.empty() ? "" : between, word);
  return out;
}

std::string size_or_unknown(uint64_t bytes) { return bytes == 0 ? "unknown" : human_bytes(bytes); }

std::string shared_by(int cores) {
  if (cores == 0) return "";
  return cores == 1 ? " a core" : strf(" shared by {} cores", cores);
}

std::string hardware_text(const Hardware& hardware, const Choice& choice, const Style& style) {
  std::string out = strf("{:<8} {}, {} core{}", "cpu", printable(hardware.cpu), hardware.cores,
                         hardware.cores == 1 ? "" : "s");
  if (hardware.cpu_quota) out += strf(" (the container grants {:.4g})", *hardware.cpu_quota);
  out +=
      strf("\n{:<8} {}\n", "isa", hardware.isa.empty() ? "baseline only" : joined_words(hardware.isa, " "));
  std::string_view title = "targets";
  for (const compute::TargetInfo& target : hardware.targets) {
    std::string state = "runs here";
    if (!target.runs_here) state = strf("lacks {}", joined_words(target.missing, ", "));
    const bool used = target.name == choice.target;
    if (used) state = style.green(strf("in use: {}", choice.reason));
    out += strf("{:<8} {:<8} {}\n", std::exchange(title, ""), target.name, state);
  }
  out += strf("{:<8} L1d {}, L2 {}{}, L3 {}{}\n", "caches", size_or_unknown(hardware.l1d_bytes),
              size_or_unknown(hardware.l2_bytes), shared_by(hardware.l2_cores),
              hardware.l3_bytes == 0 ? "none or unknown" : human_bytes(hardware.l3_bytes),
              shared_by(hardware.l3_cores));
  out += strf("{:<8} {}, {} available{}\n", "memory", size_or_unknown(hardware.memory_bytes),
              size_or_unknown(hardware.available_bytes),
              hardware.memory_limited ? " (what the container grants)" : "");
  return out;
}

/// "12.3 (11.9-12.4)".
std::string cell(const std::optional<Measured>& m) {
  if (!m) return "none";
  const int digits = m->median < 100 ? 1 : 0;
  return strf("{:.{}f} ({:.{}f}-{:.{}f})", m->median, digits, m->lowest, digits, m->highest, digits);
}

std::string speeds_text(const Speeds& speeds, const Style& style) {
  std::string out = "\n" +
                    style.bold(strf("{:>7}  {:<20} {:<20} {:<20} {}", "threads", "read GB/s", "triad GB/s",
                                    "f32 GFLOP/s", "int8 GOP/s")) +
                    "\n";
  for (const Row& row : speeds.rows) {
    out += strf("{:>7}  {:<20} {:<20} {:<20} {}\n", row.threads, cell(row.read), cell(row.triad),
                cell(row.f32), cell(row.int8));
  }
  out += style.dim(
      strf("measured just now: median (slowest-fastest); {} buffer{}", human_bytes(speeds.buffer_bytes),
           speeds.int8_instructions.empty() ? "" : strf("; int8: {}", speeds.int8_instructions)));
  return out + "\n";
}

Result<> run(App& app, const ParsedArgs& args) {
  const Hardware hardware = compute::detect_hardware();
  TRY(const Choice choice, choose(hardware));
  std::optional<Speeds> speeds;
  if (!app.json) {
    TRY(app.out.write_now(hardware_text(hardware, choice, app.style)));
  }
  if (!args.flag("no-measure")) {
    TRY(speeds, measure(app, args, choice));
  }
  if (app.json) {
    Json out = hardware_json(hardware, choice);
    out.set("measured", speeds ? speeds_json(*speeds) : Json()).set("provenance", provenance(app));
    return app.print_json(out);
  }
  return speeds ? app.print(speeds_text(*speeds, app.style)) : Result<>();
}

}  // namespace

Command hw_command() {
  return {
      .spec =
          {.name = "hw",
           .summary = "this machine: processor, caches, memory, and how fast they are",
           .options = {{.name = "threads",
                        .letter = 't',
                        .kind = ArgKind::integer,
                        .value = "N",
                        .help = "measure with 1, 2, 4, ... N threads [default: one per core]",
                        .min = 1,
                        .max = 1024},
                       {.name = "quick", .help = "three runs of each measurement over a small buffer"},
                       {.name = "no-measure", .help = "describe only"}},
           .examples = {{"apr hw", "everything, in two or three seconds"},
                        {"apr hw --json --no-measure", "for a script that chooses a build"}},
           .notes =
               "read: every byte of the buffer once, as generating a token reads the weights. triad: a = b "
               "+ s * c, counted as STREAM counts. f32: fused multiply-adds on registers, two operations "
               "each; int8: dot products with 32-bit sums. GB, GFLOP and GOP are 1e9. The tier is chosen by "
               "SOV_TARGET, else the best. No GPU back end is built yet, so none is looked for."},
      .run = run};
}

}  // namespace sov::apr
