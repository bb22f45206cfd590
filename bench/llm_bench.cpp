// Timings of one model on the SIMD device, as JSON: the side of bench/run that is ours. The work is that of
// llama.cpp's llama-bench: `pp N` computes N random ids at once and the logits of the last one, `tg N` N
// random ids one at a time from an empty cache, without sampling; one of each runs first, untimed. Also what
// the speed is measured for: greedy tokens beside a peer's, and the perplexity of a text.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <unistd.h>

#include "compute/device.h"
#include "compute/devices.h"
#include "compute/hardware.h"
#include "core/args.h"
#include "core/fs.h"
#include "core/json.h"
#include "core/rng.h"
#include "core/terminal.h"
#include "llm/batch.h"
#include "llm/engine.h"
#include "llm/generate.h"

namespace sov::bench {
namespace {

using Clock = std::chrono::steady_clock;
using llm::TokenId;

struct Opened {
  std::unique_ptr<compute::Device> device;
  std::shared_ptr<const llm::Model> model;
};

Result<Opened> open(const ParsedArgs& args) {
  Opened out;
  const std::string target = args.text("target");
  const compute::DeviceKind* kind = compute::find_device_kind(args.text("device"));
  if (kind == nullptr) return fail(Code::usage, "--device: there is no '{}'", args.text("device"));
  TRY(out.device, kind->make({.threads = static_cast<int>(args.integer("threads")), .target = target}));
  TRY(out.model, llm::Model::load(args.text("MODEL")));
  return out;
}

/// Comma-separated numbers.
Result<std::vector<int64_t>> numbers(const ParsedArgs& args, std::string_view option, double most) {
  std::vector<int64_t> out;
  const std::string text = args.text(option);
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    TRY(const int64_t value, parse_integer(option, text.substr(at, end - at), 0, most));
    out.push_back(value);
    at = end + 1;
  }
  return out;
}

Result<std::vector<TokenId>> ids(const ParsedArgs& args, std::string_view option, const llm::Model& model) {
  TRY(const std::vector<int64_t> values,
      numbers(args, option, static_cast<double>(model.config().vocab) - 1));
  return std::vector<TokenId>(values.begin(), values.end());
}

std::vector<TokenId> random_ids(Rng& rng, int64_t count, int64_t vocab) {
  std::vector<TokenId> out(static_cast<size_t>(count));
  for (TokenId& id : out) id = static_cast<TokenId>(rng.below(static_cast<uint64_t>(vocab)));
  return out;
}

/// Seconds of one run on top of `depth` tokens already held.
Result<double> time_once(llm::Session& session, std::span<const TokenId> ids, bool one_by_one,
                         int64_t depth) {
  session.truncate(depth);
  const auto start = Clock::now();
  if (one_by_one) {
    for (const TokenId id : ids) TRY(session.decode(id));
  } else {
    TRY(session.prefill(ids));
  }
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Test {
  bool one_by_one = false;
  int64_t tokens = 0;
  int64_t depth = 0;
  int64_t repeat = 1;
  DType cache_type = DType::f32;

  /// "pp64", "tg32@4096".
  std::string name() const {
    return strf("{}{}{}", one_by_one ? "tg" : "pp", tokens, depth > 0 ? strf("@{}", depth) : "");
  }
};

/// {"test": "pp64", "tokens_per_second": [...]}
Result<Json> measure(const Opened& o, const Test& test) {
  TRY(llm::Session session,
      llm::Session::create(o.model, *o.device,
                           {.context = test.depth + test.tokens, .cache_type = test.cache_type}));
  Rng rng(7);
  if (test.depth > 0) TRY(session.prefill(random_ids(rng, test.depth, o.model->config().vocab)));
  Json rates = Json::array();
  for (int64_t i = 0; i <= test.repeat; i++) {
    const auto ids = random_ids(rng, test.tokens, o.model->config().vocab);
    TRY(const double seconds, time_once(session, ids, test.one_by_one, test.depth));
    if (i > 0) rates.push(static_cast<double>(test.tokens) / seconds);
  }
  Json out = Json::object();
  out.set("test", test.name()).set("tokens_per_second", rates);
  return out;
}

Result<Json> speed(const ParsedArgs& args) {
  TRY(const Opened o, open(args));
  TRY(const std::vector<int64_t> prompts, numbers(args, "prompt", 1 << 20));
  TRY(const std::vector<int64_t> depths, numbers(args, "depth", 1 << 20));
  Test test{.repeat = args.integer("repeat"), .cache_type = *dtype_from_name(args.text("cache-type"))};
  Json tests = Json::array();
  for (const int64_t depth : depths) {
    test.depth = depth;
    for (const int64_t n : prompts) {
      test.one_by_one = false;
      test.tokens = n;
      TRY(Json row, measure(o, test));
      tests.push(std::move(row));
    }
    test.one_by_one = true;
    test.tokens = args.integer("generate");
    if (test.tokens == 0) continue;
    TRY(Json row, measure(o, test));
    tests.push(std::move(row));
  }
  Json out = Json::object();
  out.set("device", o.device->name()).set("target", o.device->target()).set("threads", o.device->threads());
  out.set("parameters", o.model->parameters()).set("tests", tests);
  return out;
}

/// {"test": "tg32@128 x 8", "sequences": 8, "tokens_per_second": [...]}: tokens of all sequences together,
/// every one behind a prompt of its own.
Result<Json> measure_batch(const Opened& o, const Test& test, int64_t sequences) {
  Rng rng(7);
  const int64_t vocab = o.model->config().vocab;
  std::vector<llm::Session> sessions;
  for (int64_t i = 0; i < sequences; i++) {
    TRY(llm::Session session,
        llm::Session::create(o.model, *o.device,
                             {.context = test.depth + test.tokens, .cache_type = test.cache_type}));
    if (test.depth > 0) TRY(session.prefill(random_ids(rng, test.depth, vocab)));
    sessions.push_back(std::move(session));
  }
  llm::Batch batch(o.model, *o.device);
  Json rates = Json::array();
  for (int64_t run = 0; run <= test.repeat; run++) {
    for (llm::Session& session : sessions) session.truncate(test.depth);
    const auto ids = random_ids(rng, sequences * test.tokens, vocab);
    const auto start = Clock::now();
    for (size_t step = 0; step < static_cast<size_t>(test.tokens); step++) {
      std::vector<llm::BatchItem> items;
      for (size_t i = 0; i < sessions.size(); i++) {
        items.push_back({&sessions[i], std::span(ids).subspan(step * sessions.size() + i, 1)});
      }
      TRY(batch.append(items));
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (run > 0) rates.push(static_cast<double>(sequences * test.tokens) / seconds);
  }
  return Json::object()
      .set("test", strf("{} x {}", test.name(), sequences))
      .set("sequences", sequences)
      .set("tokens_per_second", rates);
}

Result<Json> batched(const ParsedArgs& args) {
  TRY(const Opened o, open(args));
  TRY(const std::vector<int64_t> counts, numbers(args, "sequences", 1024));
  Test test{.one_by_one = true,
            .tokens = args.integer("generate"),
            .depth = args.integer("depth"),
            .repeat = args.integer("repeat"),
            .cache_type = *dtype_from_name(args.text("cache-type"))};
  Json tests = Json::array();
  for (const int64_t sequences : counts) {
    TRY(Json row, measure_batch(o, test, sequences));
    tests.push(std::move(row));
  }
  return Json::object()
      .set("target", o.device->target())
      .set("threads", o.device->threads())
      .set("tests", tests);
}

/// How often the likeliest token is the one that a peer chose, given all of the peer's tokens before it.
Result<Json> agree(const ParsedArgs& args) {
  TRY(const Opened o, open(args));
  TRY(std::vector<TokenId> all, ids(args, "ids", *o.model));
  TRY(const std::vector<TokenId> next, ids(args, "next", *o.model));
  const size_t given = all.size();
  if (given == 0 || next.empty()) return fail(Code::usage, "agree wants --ids and --next");
  all.insert(all.end(), next.begin(), next.end() - 1);
  TRY(llm::Session session,
      llm::Session::create(o.model, *o.device, {.context = static_cast<int64_t>(all.size())}));
  int64_t row = 0, same = 0;
  TRY(session.prefill_all(all, [&](compute::ConstRows logits) {
    for (int64_t i = 0; i < logits.count; i++, row++) {
      const int64_t at = row - static_cast<int64_t>(given) + 1;
      if (at < 0) continue;
      const auto values = logits.row(i);
      const auto best = std::max_element(values.begin(), values.end()) - values.begin();
      if (best == next[static_cast<size_t>(at)]) same++;
    }
  }));
  Json out = Json::object();
  out.set("same", same).set("of", static_cast<int64_t>(next.size()));
  return out;
}

/// exp of the mean of -log p over the text, in windows of --window tokens; each but the last of a window is
/// asked for the next one.
Result<Json> perplexity(const ParsedArgs& args) {
  TRY(const Opened o, open(args));
  TRY(const text::Tokenizer* tokenizer, o.model->need_tokenizer());
  TRY(const std::string text, read_text(args.text("text")));
  const std::vector<TokenId> all = tokenizer->encode(text);
  const int64_t window = args.integer("window");
  TRY(llm::Session session, llm::Session::create(o.model, *o.device, {.context = window}));
  double sum = 0;
  int64_t count = 0;
  for (size_t first = 0; first + 1 < all.size(); first += static_cast<size_t>(window)) {
    const auto ids = std::span(all).subspan(first, std::min(all.size() - first, static_cast<size_t>(window)));
    if (ids.size() < 2) break;
    TRY(const llm::Score scored, llm::score(session, ids));
    sum -= scored.total;
    count += static_cast<int64_t>(scored.log_probabilities.size());
  }
  if (count == 0) return fail(Code::validation, "{}: no two tokens", args.text("text"));
  return Json::object()
      .set("target", o.device->target())
      .set("tokens", count)
      .set("perplexity", std::exp(sum / static_cast<double>(count)));
}

std::vector<CommandSpec> commands() {
  const PositionalSpec model = {.name = "MODEL"};
  const std::vector<OptionSpec> shared = {
      {.name = "threads",
       .letter = 't',
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "1",
       .min = 1,
       .max = 1024},
      {.name = "target", .kind = ArgKind::text, .value = "TIER", .help = "a SIMD tier"},
      {.name = "device",
       .kind = ArgKind::text,
       .value = "NAME",
       .fallback = "cpu",
       .help = "cpu, strict, ref, null"},
  };
  CommandSpec speed = {
      .name = "speed", .summary = "tokens per second", .positionals = {model}, .options = shared};
  speed.options.push_back({.name = "prompt", .kind = ArgKind::text, .value = "N,N", .fallback = "64,512"});
  speed.options.push_back(
      {.name = "generate", .kind = ArgKind::integer, .value = "N", .fallback = "32", .min = 0});
  speed.options.push_back(
      {.name = "repeat", .kind = ArgKind::integer, .value = "N", .fallback = "3", .min = 1});
  speed.options.push_back({.name = "depth",
                           .kind = ArgKind::text,
                           .value = "N,N",
                           .fallback = "0",
                           .help = "tokens held before each test"});
  speed.options.push_back({.name = "cache-type",
                           .kind = ArgKind::text,
                           .value = "TYPE",
                           .fallback = "f32",
                           .choices = {"f32", "f16", "bf16", "q8_0"}});
  CommandSpec batch = {.name = "batch",
                       .summary = "tokens per second of several sequences",
                       .positionals = {model},
                       .options = shared};
  batch.options.push_back(
      {.name = "sequences", .kind = ArgKind::text, .value = "N,N", .fallback = "1,2,4,8,16,32,64"});
  batch.options.push_back(
      {.name = "generate", .kind = ArgKind::integer, .value = "N", .fallback = "32", .min = 1});
  batch.options.push_back(
      {.name = "repeat", .kind = ArgKind::integer, .value = "N", .fallback = "3", .min = 1});
  batch.options.push_back({.name = "depth",
                           .kind = ArgKind::integer,
                           .value = "N",
                           .fallback = "0",
                           .help = "tokens of every sequence before the first that counts",
                           .min = 0});
  batch.options.push_back(speed.options.back());  // --cache-type
  CommandSpec agree = {
      .name = "agree", .summary = "greedy tokens beside a peer's", .positionals = {model}, .options = shared};
  agree.options.push_back({.name = "ids", .kind = ArgKind::text, .value = "ID,ID", .help = "the prompt"});
  agree.options.push_back(
      {.name = "next", .kind = ArgKind::text, .value = "ID,ID", .help = "the peer's continuation"});
  CommandSpec perplexity = {
      .name = "perplexity", .summary = "of a text", .positionals = {model}, .options = shared};
  perplexity.options.push_back({.name = "text", .kind = ArgKind::text, .value = "FILE"});
  perplexity.options.push_back(
      {.name = "window", .kind = ArgKind::integer, .value = "N", .fallback = "256", .min = 2});
  return {speed, batch, agree, perplexity};
}

Result<Json> run(const std::vector<std::string>& words) {
  const std::string name = words.empty() ? "" : words.front();
  for (const CommandSpec& command : commands()) {
    if (command.name != name) continue;
    TRY(const ParsedArgs args, parse_args(command, "llm_bench", std::span(words).subspan(1)));
    if (name == "speed") return speed(args);
    if (name == "batch") return batched(args);
    return name == "agree" ? agree(args) : perplexity(args);
  }
  return fail(Code::usage, "llm_bench: 'speed', 'batch', 'agree' or 'perplexity' wanted, got '{}'", name);
}

}  // namespace
}  // namespace sov::bench

int main(int argc, char** argv) {
  const auto result = sov::bench::run({argv + 1, argv + argc});
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    return exit_status(result.error().code());
  }
  std::printf("%s\n", result->dump().c_str());
  return 0;
}
