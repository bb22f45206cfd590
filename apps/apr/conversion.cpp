#include "apps/apr/conversion.h"

#include <algorithm>
#include <charconv>

#include "apps/apr/inference.h"
#include "apps/apr/source.h"

namespace sov::apr {
namespace {

namespace fs = std::filesystem;

std::string words(const Json& value) { return value.is_string() ? value.string() : value.dump(); }

Result<> print_side(App& app, std::string_view label, const Json& side) {
  return app.print(strf("{}{}  ({}, {})\n", app.style.bold(strf("{:<10}", label)),
                        printable(words(member(side, "path"))), words(member(side, "version")),
                        human_bytes(member(side, "bytes").unsigned_integer())));
}

/// "12 f32, 40 q8_0" of a report's tensors.
std::string dtype_counts(const Json& tensors) {
  std::vector<std::pair<std::string, int>> counts;
  for (const Json& tensor : tensors.items()) {
    const std::string dtype = words(member(tensor, "dtype"));
    auto row = std::ranges::find(counts, dtype, &std::pair<std::string, int>::first);
    if (row == counts.end()) row = counts.insert(counts.end(), {dtype, 0});
    row->second++;
  }
  std::string out;
  for (const auto& [dtype, count] : counts) out += strf("{}{} {}", out.empty() ? "" : ", ", count, dtype);
  return out;
}

Result<> print_verified(App& app, const Json& verified) {
  const bool exact = member(verified, "exact") == Json(true);
  std::string text = strf("{} tensors as written, {}", words(member(verified, "tensors_equal")),
                          exact ? std::string("no value changed")
                                : strf("relative error {:.2g}", member(verified, "relative_rmse").number()));
  text += strf("; greedy tokens {} of {} equal", words(member(verified, "tokens_equal")),
               words(member(verified, "tokens_compared")));
  const Json& tokenizer = member(verified, "tokenizer_equal");
  text += tokenizer.is_null() ? "; no tokenizer to compare" : "; tokenizer equal";
  return app.print(strf("{}{}\n", app.style.bold("verified  "), text));
}

Result<> print_report(App& app, const Json& report) {
  TRY(print_side(app, "from", member(report, "source")));
  TRY(print_side(app, "to", member(report, "target")));
  TRY(app.print(strf("{}{} ({})\n", app.style.bold("tensors   "), member(report, "tensors").items().size(),
                     dtype_counts(member(report, "tensors")))));
  if (const Json* verified = report.find("verify")) TRY(print_verified(app, *verified));
  TRY(app.out.flush());
  for (const Json& fallback : member(report, "fallbacks").items()) {
    app.note(strf("note: {} is {}: {}", printable(words(member(fallback, "tensor"))),
                  words(member(fallback, "dtype")), words(member(fallback, "reason"))));
  }
  for (const Json& warning : member(report, "warnings").items())
    app.note(strf("{} {}", app.error_style.yellow("warning:"), printable(words(warning))));
  return {};
}

}  // namespace

std::vector<OptionSpec> conversion_options() {
  std::vector<OptionSpec> options = {
      {.name = "verify", .help = "read the result again: every tensor, the tokenizer, greedy tokens of both"},
      {.name = "force", .letter = 'f', .help = "replace an existing output", .aliases = {"overwrite"}},
      {.name = "max-shard-size",
       .kind = ArgKind::text,
       .value = "SIZE",
       .fallback = "5GB",
       .help = "start a new weight file of a folder beyond SIZE (5GB, 500MB, 4GiB)"}};
  return joined(std::move(options), device_options());
}

Result<formats::Format> read_format(std::string_view word) {
  if (word == "gguf") return formats::Format::gguf;
  if (word == "apr") return formats::Format::apr;
  if (word == "safetensors" || word == "hf" || word == "huggingface") return formats::Format::safetensors;
  for (std::string_view other : {"mlx", "onnx", "openvino", "coreml"}) {
    if (word == other) return fail(Code::unsupported, "format '{}' is not built", word);
  }
  return fail(Code::usage, "format: wanted gguf, safetensors or apr, got '{}'", word);
}

Result<uint64_t> read_size(std::string_view text) {
  uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
  constexpr std::pair<std::string_view, uint64_t> kUnits[] = {{"", 1},
                                                              {"B", 1},
                                                              {"KB", 1'000},
                                                              {"MB", 1'000'000},
                                                              {"GB", 1'000'000'000},
                                                              {"KiB", uint64_t{1} << 10},
                                                              {"MiB", uint64_t{1} << 20},
                                                              {"GiB", uint64_t{1} << 30}};
  for (const auto& [name, factor] : kUnits) {
    if (failed == std::errc() && unit == name && number > 0 && number <= UINT64_MAX / factor)
      return number * factor;
  }
  return fail(Code::usage, "size: wanted a number with B, KB, MB, GB, KiB, MiB or GiB, got '{}'", text);
}

Result<Json> convert_model(App& app, const ParsedArgs& args, const ConversionJob& job) {
  TRY(const fs::path source, resolve_source(job.source));
  TRY(const auto device, make_device(args));
  llm::ConvertOptions options;
  if (!job.format.empty()) {
    TRY(options.to, read_format(job.format));
  }
  options.quantize = job.quantize;
  if (!job.scratch) {
    options.overwrite = args.flag("force") ? Overwrite::yes : Overwrite::no;
    options.verify = args.flag("verify");
    TRY(options.max_shard_bytes, read_size(args.text("max-shard-size")));
  }
  options.cancel = &app.interrupts.flag();
  Progress progress(strf("converting {}", source.filename().string()), 1000, app.progress());
  options.progress = [&](std::string_view, uint64_t done, uint64_t total) {
    progress.update(
        total == 0 ? 0
                   : static_cast<uint64_t>(static_cast<double>(done) * 1000 / static_cast<double>(total)));
  };
  return llm::convert(source, job.output, *device, options);
}

Result<> run_conversion(App& app, const ParsedArgs& args, const ConversionJob& job) {
  TRY(const Json report, convert_model(app, args, job));
  return app.json ? app.print_json(report) : print_report(app, report);
}

}  // namespace sov::apr
