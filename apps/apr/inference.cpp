#include "apps/apr/inference.h"

#include <cmath>
#include <limits>

#include "apps/apr/model_summary.h"
#include "apps/apr/source.h"
#include "compute/devices.h"
#include "core/env.h"

namespace sov::apr {

std::vector<OptionSpec> device_options(DeviceUse use) {
  OptionSpec device = {
      .name = "device",
      .kind = ArgKind::text,
      .value = "NAME",
      .help =
          "cpu: SIMD; strict: SIMD with the same bits on every processor; ref: scalar with double sums, "
          "slow, the definition; cuda: not built yet [default: SOV_DEVICE, else cpu]",
      .choices = {"cpu", "strict", "ref", "cuda"}};
  if (use == DeviceUse::timing) {
    device.help =
        "cpu; strict: the same bits on every processor; ref: scalar, slow; null: computes nothing, "
        "for the time around the operations; cuda: not built yet [default: SOV_DEVICE, else cpu]";
    device.choices.push_back("null");
  }
  return {
      device,
      {.name = "threads",
       .letter = 't',
       .kind = ArgKind::integer,
       .value = "N",
       .help =
           "threads of cpu and strict; results do not depend on it [default: SOV_THREADS, else one per core]",
       .min = 1,
       .max = 1024},
      {.name = "no-gpu", .help = "stay on the CPU, as always so far"},
      {.name = "gpu", .built = false},
  };
}

std::vector<OptionSpec> sampling_options(std::string_view temperature, std::string_view top_p) {
  return {
      {.name = "temperature",
       .kind = ArgKind::real,
       .value = "T",
       .fallback = temperature,
       .help = "0: always the likeliest token; higher: more variety",
       .min = 0,
       .max = 1000},
      {.name = "top-k",
       .kind = ArgKind::integer,
       .value = "K",
       .fallback = "0",
       .help = "draw from the K likeliest tokens; 0: off",
       .min = 0},
      {.name = "top-p",
       .kind = ArgKind::real,
       .value = "P",
       .fallback = top_p,
       .help = "draw from the likeliest tokens that sum to P; 1: off",
       .min = 0,
       .max = 1},
      {.name = "min-p",
       .kind = ArgKind::real,
       .value = "P",
       .fallback = "0",
       .help = "leave out tokens less likely than P times the likeliest; 0: off",
       .min = 0,
       .max = 1},
      {.name = "typical-p",
       .kind = ArgKind::real,
       .value = "P",
       .fallback = "1",
       .help = "locally typical sampling; 1: off",
       .min = 0,
       .max = 1,
       .aliases = {"typical"}},
      {.name = "repeat-penalty",
       .kind = ArgKind::real,
       .value = "R",
       .fallback = "1",
       .help = "divide the logits of recent tokens; 1: off",
       .min = 0,
       .max = 1000,
       .aliases = {"repetition-penalty"}},
      {.name = "repeat-last-n",
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "64",
       .help = "how many tokens back the penalties look; 0: none, -1: all",
       .min = -1},
      {.name = "presence-penalty",
       .kind = ArgKind::real,
       .value = "X",
       .fallback = "0",
       .help = "subtract once from tokens that occurred",
       .min = -1000,
       .max = 1000},
      {.name = "frequency-penalty",
       .kind = ArgKind::real,
       .value = "X",
       .fallback = "0",
       .help = "subtract per occurrence",
       .min = -1000,
       .max = 1000},
      {.name = "logit-bias",
       .kind = ArgKind::text,
       .value = "ID=BIAS",
       .help = "add to a token's logit before anything else; -inf: never",
       .repeatable = true},
      {.name = "seed",
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "299792458",
       .help = "same seed, same text",
       .min = 0},
      {.name = "stop",
       .kind = ArgKind::text,
       .value = "TEXT",
       .help = "end before this text",
       .repeatable = true},
  };
}

OptionSpec cache_type_option() {
  return {
      .name = "cache-type",
      .kind = ArgKind::text,
      .value = "TYPE",
      .fallback = "f32",
      .help =
          "of the kept keys and values: f16 and bf16 take half the memory, q8_0 a quarter, and round them",
      .choices = {"f32", "f16", "bf16", "q8_0"}};
}

std::vector<OptionSpec> session_options() {
  return {
      {.name = "context-length",
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "0",
       .help = "positions to keep; 0: what the model was made for",
       .min = 0,
       .max = 1 << 30},
      cache_type_option(),
  };
}

Result<llm::SessionOptions> read_session(const ParsedArgs& args) {
  return llm::SessionOptions{.context = args.integer("context-length"),
                             .cache_type = *dtype_from_name(args.text("cache-type"))};
}

std::vector<OptionSpec> joined(std::vector<OptionSpec> first, const std::vector<OptionSpec>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

namespace {

/// "ID=BIAS"; the ids are checked against the vocabulary when they are used.
Result<std::pair<text::TokenId, float>> read_bias(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos) return fail(Code::usage, "--logit-bias: wanted ID=BIAS, got '{}'", text);
  constexpr double kMostId = std::numeric_limits<text::TokenId>::max();
  TRY(const int64_t id, parse_integer("--logit-bias", text.substr(0, equals), 0, kMostId));
  const std::string bias = text.substr(equals + 1);
  if (bias == "-inf")
    return std::pair{static_cast<text::TokenId>(id), -std::numeric_limits<float>::infinity()};
  TRY(const double value, parse_real("--logit-bias", bias, -1e6, 1e6));
  return std::pair{static_cast<text::TokenId>(id), static_cast<float>(value)};
}

}  // namespace

Result<llm::SamplerOptions> read_sampling(const ParsedArgs& args) {
  llm::SamplerOptions options;
  options.temperature = args.real("temperature");
  options.top_k = args.integer("top-k");
  options.top_p = args.real("top-p");
  options.min_p = args.real("min-p");
  options.typical_p = args.real("typical-p");
  options.repetition_penalty = args.real("repeat-penalty");
  options.penalty_last_n = args.integer("repeat-last-n");
  options.presence_penalty = args.real("presence-penalty");
  options.frequency_penalty = args.real("frequency-penalty");
  for (const std::string& text : args.texts("logit-bias")) {
    TRY(const auto bias, read_bias(text));
    options.logit_bias.push_back(bias);
  }
  options.seed = static_cast<uint64_t>(args.integer("seed"));
  TRY(llm::Sampler::create(options));  // its ranges are the authority
  return options;
}

Result<const text::Tokenizer*> Inference::tokenizer() const {
  if (model->tokenizer() != nullptr) return model->tokenizer();
  return fail(Code::not_found, "{}: no tokenizer in the file or beside it", model->file().path.string());
}

Result<std::unique_ptr<compute::Device>> make_device(const ParsedArgs& args, DeviceUse use) {
  const std::string name = args.given("device") ? args.text("device") : env("SOV_DEVICE").value_or("cpu");
  const compute::DeviceKind* kind = compute::find_device_kind(name);
  if (kind == nullptr || (name == "null" && use != DeviceUse::timing)) {
    return fail(Code::usage, "SOV_DEVICE: wanted cpu, strict, ref or cuda{}, got '{}'",
                use == DeviceUse::timing ? " or null" : "", name);
  }
  int64_t threads = 0;
  if (args.given("threads")) {
    threads = args.integer("threads");
    if (!kind->threaded && threads > 1)
      return fail(Code::usage, "--device {} has one thread, got --threads {}", name, threads);
  } else if (const std::optional<std::string> wanted = env("SOV_THREADS")) {
    TRY(threads, parse_integer("SOV_THREADS", *wanted, 1, 1024));
  }
  const std::string target = env("SOV_TARGET").value_or("");
  return kind->make({.threads = static_cast<int>(threads), .target = target});
}

Result<Inference> load_inference(App& app, std::string_view source, const ParsedArgs& args, DeviceUse use) {
  TRY(const std::filesystem::path path, resolve_source(source));
  Inference inference;
  TRY(inference.device, make_device(args, use));
  Progress progress(strf("loading {}", path.filename().string()), 0, app.progress());
  TRY(inference.model, llm::Model::load(path));
  for (const std::string& warning : inference.model->file().warnings) {
    app.note(strf("{} {}", app.error_style.yellow("warning:"), printable(warning)));
  }
  const llm::Model& model = *inference.model;
  app.log.info("model loaded", {{"path", path.string()},
                                {"format", model.file().variant},
                                {"architecture", model.config().architecture},
                                {"parameters", model.parameters()},
                                {"seconds", model.load_seconds()},
                                {"device", inference.device->name()},
                                {"target", inference.device->target()},
                                {"threads", inference.device->threads()}});
  return inference;
}

Result<Json> run_provenance(const App& app, const Inference& inference, uint64_t seed) {
  Json out = provenance(app);
  out.set("device", inference.device->name()).set("target", inference.device->target());
  out.set("threads", inference.device->threads());
  TRY(const std::string hash, model_hash(app, inference.model->file()));
  return out.set("model_hash", hash).set("seed", seed);
}

Json sampling_json(const llm::SamplerOptions& s) {
  Json out = Json::object();
  out.set("temperature", s.temperature).set("top_k", s.top_k).set("top_p", s.top_p).set("min_p", s.min_p);
  out.set("typical_p", s.typical_p)
      .set("repeat_penalty", s.repetition_penalty)
      .set("repeat_last_n", s.penalty_last_n);
  out.set("presence_penalty", s.presence_penalty).set("frequency_penalty", s.frequency_penalty);
  Json biases = Json::object();
  for (const auto& [id, bias] : s.logit_bias)
    biases.set(std::to_string(id), std::isfinite(bias) ? Json(bias) : Json("-inf"));
  return out.set("logit_bias", biases).set("seed", s.seed);
}

Json timings_json(const llm::Timings& t, double load_seconds) {
  Json out = Json::object();
  out.set("load_ms", load_seconds * 1e3).set("prefill_ms", t.prefill_seconds * 1e3);
  out.set("prefill_tokens", t.prefill_tokens).set("reused_tokens", t.reused_tokens);
  out.set("prefill_tok_per_sec", t.prefill_tokens_per_second());
  out.set("decode_ms", t.decode_seconds * 1e3).set("decode_tokens", t.decode_tokens);
  return out.set("decode_tok_per_sec", t.decode_tokens_per_second());
}

}  // namespace sov::apr
