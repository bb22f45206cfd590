#include <algorithm>
#include <chrono>
#include <map>

#include "apps/apr/app.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/tensor_stats.h"
#include "core/text_width.h"

namespace sov::apr {
namespace {

using formats::ModelFile;
using Checksum = ModelFile::Checksum;

std::string_view state_name(Checksum::State state) {
  switch (state) {
    case Checksum::State::absent:
      return "absent";
    case Checksum::State::good:
      return "good";
    case Checksum::State::bad:
      return "bad";
    case Checksum::State::unchecked:
      return "not read";
  }
  return "";
}

/// true or false when one was checked; null when the file has none or it was not read.
Json checksum_valid(const ModelFile& model) {
  Json out;
  for (const Checksum& checksum : model.checksums) {
    if (checksum.state == Checksum::State::bad) return false;
    if (checksum.state == Checksum::State::good) out = true;
  }
  return out;
}

uint64_t file_bytes(const ModelFile& model) {
  uint64_t total = 0;
  for (const MappedFile& file : model.files) total += file.bytes().size();
  return total;
}

std::map<std::string_view, uint64_t> dtype_counts(const ModelFile& model) {
  std::map<std::string_view, uint64_t> counts;
  for (const formats::Tensor& tensor : model.tensors) counts[name(tensor.dtype)]++;
  return counts;
}

/// Long arrays (vocabularies, merges) are cut to their first items unless asked for.
Json shortened(const Json& value, size_t keep) {
  if (value.is_array() && value.items().size() > keep) {
    Json out = Json::array();
    for (size_t i = 0; i < keep; i++) out.push(shortened(value.items()[i], keep));
    out.push(strf("... {} more", value.items().size() - keep));
    return out;
  }
  if (!value.is_object()) return value;
  Json::Object out;  // not set(): its search would make a million keys take hours
  for (const auto& [key, member] : value.members()) out.emplace_back(key, shortened(member, keep));
  return Json(std::move(out));
}

template <typename T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

std::string tokenizer_name(const ModelFile& model) {
  switch (model.tokenizer.kind) {
    case formats::TokenizerSource::Kind::none:
      return "none";
    case formats::TokenizerSource::Kind::huggingface:
      return "tokenizer.json";
    case formats::TokenizerSource::Kind::gguf:
      return "in the GGUF metadata";
    case formats::TokenizerSource::Kind::apr:
      return "in the APR metadata";
  }
  return "";
}

struct Broken {
  uint64_t tensors = 0, nan = 0, inf = 0;
};

Result<Broken> count_broken(App& app, const ModelFile& model) {
  Progress progress("reading tensors", model.total_bytes(), app.progress());
  Broken broken;
  uint64_t done = 0;
  for (const formats::Tensor& tensor : model.tensors) {
    if (app.interrupts.pending()) return fail(Code::cancelled, "reading tensors");
    TRY(const TensorStats stats, tensor_stats(tensor));
    broken.tensors += stats.nan_count + stats.inf_count > 0;
    broken.nan += stats.nan_count;
    broken.inf += stats.inf_count;
    progress.update(done += tensor.data.size());
  }
  return broken;
}

struct Report {
  const ModelFile* model;
  ModelSummary summary;
  std::optional<Broken> broken;
  std::optional<std::string> hash;
  bool vocab = false;
  bool verified = false;
};

Json as_json(const App& app, const Report& report) {
  const ModelFile& model = *report.model;
  const ModelSummary& s = report.summary;
  constexpr size_t kKeep = 8;
  Json out = Json::object();
  out.set("file", model.path.string()).set("valid", true).set("format", formats::format_name(model.format));
  out.set("version", model.variant).set("tensor_count", uint64_t{model.tensors.size()});
  out.set("size_bytes", file_bytes(model)).set("tensor_bytes", model.total_bytes());
  out.set("checksum_valid", checksum_valid(model));
  out.set("architecture", optional_json(s.architecture)).set("num_layers", optional_json(s.layers));
  out.set("num_heads", optional_json(s.heads)).set("num_kv_heads", optional_json(s.kv_heads));
  out.set("hidden_size", optional_json(s.hidden)).set("intermediate_size", optional_json(s.ffn));
  out.set("vocab_size", optional_json(s.vocab)).set("context_length", optional_json(s.context));
  out.set("parameters", s.parameters);
  Json dtypes = Json::object();
  for (const auto& [dtype, count] : dtype_counts(model)) dtypes.set(dtype, count);
  out.set("dtypes", dtypes);
  Json flags = Json::object();
  flags.set("has_tokenizer", model.tokenizer.kind != formats::TokenizerSource::Kind::none);
  flags.set("has_chat_template", model.chat_template.has_value());
  flags.set("quantized",
            std::ranges::any_of(model.tensors, [](const auto& t) { return is_quantized(t.dtype); }));
  flags.set("sharded", model.files.size() > 1);
  out.set("flags", flags);
  Json checksums = Json::object();
  for (const Checksum& checksum : model.checksums) checksums.set(checksum.name, state_name(checksum.state));
  out.set("checksums", checksums);
  if (report.broken) {
    out.set("weights", Json::object()
                           .set("tensors_with_nan_or_inf", report.broken->tensors)
                           .set("nan_count", report.broken->nan)
                           .set("inf_count", report.broken->inf));
  }
  Json warnings = Json::array();
  for (const std::string& warning : model.warnings) warnings.push(warning);
  out.set("warnings", warnings);
  out.set("metadata", report.vocab ? model.metadata : shortened(model.metadata, kKeep))
      .set("config", model.config);
  Json origin = provenance(app);
  if (report.hash) origin.set("model_hash", *report.hash);
  return out.set("provenance", origin);
}

std::string one_line(const Json& value, int width) {
  std::string text = printable(value.is_string() ? value.string() : value.dump());
  std::ranges::replace(text, '\n', ' ');
  if (display_width(text) <= width) return text;
  while (display_width(text) > width - 3) text.resize(text.size() - 1);
  return text + "...";
}

Result<> print_row(App& app, std::string_view label, std::string_view value) {
  return app.print(strf("{}{}\n", app.style.bold(strf("{:<14}", label)), value));
}

std::string sizes_text(const ModelSummary& s) {
  std::string out;
  const std::pair<std::string_view, std::optional<int64_t>> parts[] = {
      {"layers", s.layers}, {"hidden", s.hidden},    {"heads", s.heads},    {"kv heads", s.kv_heads},
      {"ffn", s.ffn},       {"vocabulary", s.vocab}, {"context", s.context}};
  for (const auto& [label, value] : parts) {
    if (value) out += strf("{}{} {}", out.empty() ? "" : ", ", label, *value);
  }
  return out.empty() ? "not stated" : out;
}

Result<> as_text(App& app, const Report& report) {
  const ModelFile& model = *report.model;
  TRY(print_row(app, "file", model.path.string()));
  TRY(print_row(app, "format", model.variant));
  TRY(print_row(app, "architecture", printable(report.summary.architecture.value_or("not stated"))));
  TRY(print_row(app, "sizes", sizes_text(report.summary)));
  TRY(print_row(app, "parameters",
                strf("{} ({})", human_count(report.summary.parameters), report.summary.parameters)));
  std::string dtypes;
  for (const auto& [dtype, count] : dtype_counts(model))
    dtypes += strf("{}{} {}", dtypes.empty() ? "" : ", ", count, dtype);
  TRY(print_row(app, "tensors",
                strf("{} ({}), {}", model.tensors.size(), dtypes.empty() ? "none" : dtypes,
                     human_bytes(model.total_bytes()))));
  TRY(print_row(app, "tokenizer", tokenizer_name(model)));
  TRY(print_row(app, "chat template", model.chat_template ? "yes" : "no"));
  for (const Checksum& checksum : model.checksums) {
    TRY(print_row(app, "checksum", strf("{}: {}", checksum.name, state_name(checksum.state))));
  }
  if (report.verified && model.checksums.empty()) TRY(print_row(app, "checksum", "none in this format"));
  if (report.broken) {
    const Broken& b = *report.broken;
    TRY(print_row(app, "weights",
                  model.tensors.empty() ? "no tensors to read"
                  : b.tensors == 0
                      ? "all values finite"
                      : strf("{} tensors with {} NaN and {} infinite values", b.tensors, b.nan, b.inf)));
  }
  if (report.hash) TRY(print_row(app, "hash", *report.hash));
  const Json& facts = model.config.is_object() ? model.config : model.metadata;
  if (!facts.is_object() || facts.members().empty()) return {};
  TRY(app.print(strf("\n{}\n", app.style.bold(model.config.is_object() ? "config.json" : "metadata"))));
  for (const auto& [key, value] : facts.members()) {
    const int room = std::max(20, terminal_width(STDOUT_FILENO, 100) - 4 - display_width(key));
    const bool whole = report.vocab || !is_terminal(STDOUT_FILENO);
    const Json shown = report.vocab ? value : shortened(value, 4);
    TRY(app.print(strf("  {}: {}\n", printable(key), one_line(shown, whole ? 100000 : room))));
  }
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  const formats::OpenOptions options{.verify = args.flag("verify") ? formats::Verify::all
                                                                   : formats::Verify::headers};
  TRY(const auto model, open_source(app, args.text("FILE"), options));
  Report report{.model = model.get(),
                .summary = summarize(*model),
                .broken = {},
                .hash = {},
                .vocab = args.flag("vocab"),
                .verified = args.flag("verify")};
  if (args.flag("weights")) {
    TRY(report.broken, count_broken(app, *model));
  }
  if (args.flag("hash")) {
    TRY(report.hash, model_hash(app, *model));
  }
  return app.json ? app.print_json(as_json(app, report)) : as_text(app, report);
}

}  // namespace

Command inspect_command() {
  return {
      .spec = {.name = "inspect",
               .summary = "format, architecture, sizes, tokenizer and metadata of a model",
               .positionals = {{.name = "FILE", .help = "model file, folder or built-in name"}},
               .options = {{.name = "weights", .help = "read all tensors and count NaN and infinity"},
                           {.name = "verify", .help = "check whole-file checksums too (reads every byte)"},
                           {.name = "hash", .help = "BLAKE3 of the file or files (reads every byte)"},
                           {.name = "vocab", .help = "do not shorten vocabularies and other long lists"},
                           {.name = "quality", .built = false},
                           {.name = "filters", .built = false},
                           {.name = "diff", .built = false}},
               .examples = {{"apr inspect micro", "what is it?"},
                            {"apr inspect model.gguf --json", "for programs"},
                            {"apr inspect model.apr --verify --weights", "also read all of it"}},
               .notes =
                   "Without --weights, --verify and --hash only headers are read, however large the file. "
                   "A file that breaks its format's rules is an error (exit status 4).",
               .aliases = {"info", "rosetta inspect"}},
      .run = run};
}

}  // namespace sov::apr
