// Chains, round trips and comparisons over llm::convert().

#include <algorithm>
#include <unistd.h>
#include <utility>

#include "apps/apr/conversion.h"
#include "apps/apr/inference.h"
#include "apps/apr/source.h"

namespace sov::apr {
namespace {

namespace fs = std::filesystem;

std::string file_name(std::string_view stem, formats::Format format) {
  return format == formats::Format::safetensors ? std::string(stem)
                                                : strf("{}.{}", stem, format_name(format));
}

/// A folder that goes when done.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make() {
    std::error_code failed;
    std::string name = (fs::temp_directory_path(failed) / "apr-rosetta-XXXXXX").string();
    if (failed || !::mkdtemp(name.data())) return fail(Code::io, "{}: cannot make a temporary folder", name);
    TemporaryFolder out;
    out.path_ = name;
    return out;
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, fs::path())) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  TemporaryFolder() = default;
  fs::path path_;
};

Result<> run_chain(App& app, const ParsedArgs& args) {
  const fs::path work = args.text("work-dir");
  std::error_code failed;
  fs::create_directories(work, failed);
  if (failed) return fail(Code::io, "{}: cannot make this folder: {}", work.string(), failed.message());
  std::string from = args.text("SRC");
  Json steps = Json::array();
  int64_t number = 0;
  for (const std::string& word : args.texts("FORMAT")) {
    TRY(const formats::Format format, read_format(word));
    const fs::path to = work / file_name(strf("step-{}", ++number), format);
    TRY(Json report, with(convert_model(app, args, {from, to, word}), strf("step {} ({})", number, word)));
    if (!app.json) TRY(app.print(strf("{}  {}\n", app.style.bold(strf("step {}", number)), to.string())));
    steps.push(std::move(report));
    from = to.string();
  }
  TRY(const fs::path source, resolve_source(args.text("SRC")));
  TRY(const Json difference, llm::diff_tensors(source, from, {.cancel = &app.interrupts.flag()}));
  if (app.json)
    return app.print_json(
        Json::object().set("steps", steps).set("result", from).set("difference", difference));
  const bool identical = member(difference, "identical") == Json(true);
  return app.print(identical
                       ? strf("the last has the values of the first, all {} tensors\n",
                              member(difference, "compared").dump())
                       : strf("{} of {} tensors differ from the first, by up to {:.3g}\n",
                              member(difference, "difference_count").dump(),
                              member(difference, "compared").dump(), member(difference, "max_abs").number()));
}

Result<> run_verify(App& app, const ParsedArgs& args) {
  TRY(const fs::path source, resolve_source(args.text("SRC")));
  TRY(const formats::Format middle, read_format(args.text("intermediate")));
  TRY(const auto file, formats::open_model(source));
  const formats::Format own = file->format;
  if (own == middle) {
    return fail(Code::usage, "{} is {} already; --intermediate wants another format", source.string(),
                format_name(own));
  }
  TRY(const TemporaryFolder work, TemporaryFolder::make());
  const fs::path there = work.path() / file_name("there", middle),
                 back = work.path() / file_name("back", own);
  TRY(convert_model(app, args,
                    {.source = source.string(),
                     .output = there,
                     .format = std::string(format_name(middle)),
                     .scratch = true}));
  TRY(convert_model(
      app, args,
      {.source = there.string(), .output = back, .format = std::string(format_name(own)), .scratch = true}));
  const double tolerance = args.real("tolerance");
  TRY(const Json difference,
      llm::diff_tensors(source, back, {.tolerance = tolerance, .cancel = &app.interrupts.flag()}));
  TRY(const auto device, make_device(args));
  TRY(const Json inference, llm::compare_inference(source, back, *device));
  const bool passed = member(difference, "identical") == Json(true) &&
                      member(inference, "greedy_equal") == Json(true) &&
                      member(inference, "tokenizer_equal") != Json(false);
  Json report = Json::object().set("source", source.string()).set("intermediate", format_name(middle));
  report.set("tolerance", tolerance).set("passed", passed).set("max_abs", member(difference, "max_abs"));
  report.set("compared", member(difference, "compared"))
      .set("difference_count", member(difference, "difference_count"));
  report.set("greedy_equal", member(inference, "greedy_equal"))
      .set("tokenizer_equal", member(inference, "tokenizer_equal"));
  if (app.json) {
    TRY(app.print_json(report));
  } else {
    TRY(app.print(
        strf("{} -> {} -> {}: {} of {} tensors differ by more than {}, largest difference {:.3g}; greedy "
             "tokens {}\n",
             format_name(own), format_name(middle), format_name(own),
             member(difference, "difference_count").dump(), member(difference, "compared").dump(), tolerance,
             member(difference, "max_abs").number(),
             member(inference, "greedy_equal") == Json(true) ? "equal" : "differ")));
  }
  if (passed) return {};
  TRY(app.out.flush());
  return fail(Code::validation, "{}: the round trip through {} changes it", source.string(),
              format_name(middle));
}

Result<> run_compare(App& app, const ParsedArgs& args) {
  TRY(const fs::path left, resolve_source(args.text("A")));
  TRY(const fs::path right, resolve_source(args.text("B")));
  TRY(const auto device, make_device(args));
  llm::CompareOptions options{.prompt = args.text("prompt")};
  options.max_tokens = args.integer("max-tokens");
  TRY(Json report, llm::compare_inference(left, right, *device, options));
  const double tolerance = args.real("tolerance");
  const bool close = member(report, "relative_logit").number() <= tolerance;
  const bool passed = close && member(report, "greedy_equal") == Json(true);
  report.set("tolerance", tolerance).set("passed", passed);
  if (app.json) {
    TRY(app.print_json(report));
  } else {
    TRY(app.print(
        strf("A  {}\nB  {}\n", member(report, "text_left").dump(), member(report, "text_right").dump())));
    TRY(app.print(strf("{} of {} greedy tokens equal; logits differ by up to {:.3g} of the largest\n",
                       member(report, "tokens_equal").dump(), member(report, "tokens_compared").dump(),
                       member(report, "relative_logit").number())));
  }
  if (passed) return {};
  TRY(app.out.flush());
  if (close) return fail(Code::validation, "the greedy tokens differ");
  return fail(Code::validation, "the logits differ by more than {} of the largest", tolerance);
}

}  // namespace

Command rosetta_chain_command() {
  return {.spec = {.name = "rosetta chain",
                   .summary = "convert through several formats, keeping every step",
                   .positionals = {{.name = "SRC", .help = "model file, folder or built-in name"},
                                   {.name = "FORMAT",
                                    .help = "gguf, safetensors or apr, one after the other",
                                    .repeatable = true,
                                    .path = false}},
                   .options = joined({{.name = "work-dir",
                                       .kind = ArgKind::text,
                                       .value = "DIR",
                                       .fallback = "rosetta-chain",
                                       .help = "where the steps go"}},
                                     conversion_options()),
                   .examples = {{"apr rosetta chain micro gguf apr safetensors --work-dir steps --verify",
                                 "three conversions, each checked"}}},
          .run = run_chain};
}

Command rosetta_verify_command() {
  return {.spec = {.name = "rosetta verify",
                   .summary = "round trip through another format, compared with the original",
                   .positionals = {{.name = "SRC", .help = "model file, folder or built-in name"}},
                   .options = joined({{.name = "intermediate",
                                       .kind = ArgKind::text,
                                       .value = "FORMAT",
                                       .fallback = "safetensors",
                                       .help = "the format in the middle"},
                                      {.name = "tolerance",
                                       .kind = ArgKind::real,
                                       .value = "X",
                                       .fallback = "1e-5",
                                       .help = "values may differ by X",
                                       .min = 0}},
                                     device_options()),
                   .examples = {{"apr rosetta verify micro --intermediate gguf", "is anything lost?"}},
                   .notes = "Exit status 5 when a value, a greedy token or the tokenizer differs."},
          .run = run_verify};
}

Command rosetta_compare_command() {
  return {
      .spec = {.name = "rosetta compare-inference",
               .summary = "the same prompt on two models",
               .positionals = {{.name = "A", .help = "model file, folder or built-in name"},
                               {.name = "B", .help = "the other"}},
               .options = joined({{.name = "prompt",
                                   .letter = 'p',
                                   .kind = ArgKind::text,
                                   .value = "TEXT",
                                   .fallback = "2+2=",
                                   .help = "what both continue"},
                                  {.name = "max-tokens",
                                   .letter = 'n',
                                   .kind = ArgKind::integer,
                                   .value = "N",
                                   .fallback = "5",
                                   .help = "how many tokens",
                                   .min = 0},
                                  {.name = "tolerance",
                                   .kind = ArgKind::real,
                                   .value = "X",
                                   .fallback = "0.1",
                                   .help = "logits may differ by X of the largest",
                                   .min = 0}},
                                 device_options()),
               .examples = {{"apr rosetta compare-inference micro micro.gguf -n 20", "do they agree?"}},
               .notes =
                   "B is led along A's greedy tokens. Exit status 5 when it would have chosen another one or "
                   "its logits are too far away."},
      .run = run_compare};
}

}  // namespace sov::apr
