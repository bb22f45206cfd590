#include "llm/convert.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/threads.h"
#include "formats/model_writer.h"
#include "llm/convert/apr_target.h"
#include "llm/convert/folder_target.h"
#include "llm/convert/gguf_target.h"
#include "llm/convert/report.h"
#include "llm/convert/staging.h"
#include "llm/convert/verify.h"

namespace sov::llm {
namespace {

namespace fs = std::filesystem;
using formats::Format;

/// Extensions that mean something else than a folder of ours.
constexpr std::array<std::string_view, 12> kForeign = {".bin", ".pt",   ".pth", ".onnx", ".ckpt", ".h5",
                                                       ".zip", ".json", ".txt", ".mlx",  ".ggml", ".pickle"};

/// One conversion: from an open source to published files.
class Conversion {
 public:
  Conversion(const Source& source, Format target, const Plan& plan, fs::path output,
             const ConvertOptions& options, int threads)
      : pool_(threads),
        source_(source),
        target_(target),
        plan_(plan),
        output_(std::move(output)),
        options_(options) {
    for (const PlannedTensor& t : plan.tensors) {
      by_name_[t.spec.name] = &t;
      total_bytes_ += bytes_for(t.spec.dtype, t.rows() * t.columns()).value_or(0);
    }
  }

  Result<Json> run(compute::Device& device) {
    TRY(Staging staging, Staging::create(output_, shape(), options_.overwrite));
    TRY(write(staging));
    if (options_.before_verify) options_.before_verify(staging.model());
    Json verified;
    if (options_.verify) {
      TRY(verified, with(verify_output(source_, plan_, staging.model(), pool_, device, options_), "verify"));
    }
    TRY(Json report, make_report(staging));
    if (options_.verify) report.set("verify", std::move(verified));
    TRY(staging.publish());
    return report;
  }

 private:
  Staging::Shape shape() const {
    if (target_ != Format::safetensors) return Staging::Shape::file;
    return output_.extension() == ".safetensors" ? Staging::Shape::file_with_companions
                                                 : Staging::Shape::folder;
  }

  Result<> write(const Staging& staging) {
    if (target_ == Format::safetensors) return write_folder(staging);
    formats::ModelSpec spec;
    if (target_ == Format::gguf && source_.file->format == Format::gguf) {
      TRY(spec, formats::spec_of(*source_.file));
      update_gguf_metadata(plan_, spec);
    } else if (target_ == Format::gguf) {
      TRY(spec.metadata, gguf_metadata(source_, plan_, model_name(), warnings_));
    } else {
      TRY(spec.metadata, apr_metadata(source_, plan_, model_name(), warnings_));
    }
    spec.tensors.clear();
    for (const PlannedTensor& t : plan_.tensors) spec.tensors.push_back(t.spec);
    return formats::write_model(target_, staging.model(), spec, bytes(), Overwrite::no);
  }

  Result<> write_folder(const Staging& staging) {
    TRY(const std::vector<Companion> files, companions(source_, plan_, warnings_));
    std::vector<Shard> shards =
        make_shards(plan_, shape() == Staging::Shape::folder ? options_.max_shard_bytes : UINT64_MAX);
    if (shape() == Staging::Shape::file_with_companions) shards[0].name = staging.file_name();
    for (const Shard& shard : shards) {
      formats::ModelSpec spec;
      spec.metadata.set("format", "pt");  // transformers refuses files that do not say so
      for (size_t i : shard.tensors) spec.tensors.push_back(plan_.tensors[i].spec);
      TRY(formats::write_model(target_, staging.folder() / shard.name, spec, bytes(), Overwrite::no));
    }
    if (shards.size() > 1) {
      TRY(write_file(staging.folder() / "model.safetensors.index.json", index_of(plan_, shards),
                     Overwrite::no));
    }
    for (const Companion& file : files) {
      const fs::path place = staging.folder() / file.name;
      std::error_code ignored;
      fs::create_directories(place.parent_path(), ignored);
      TRY(write_file(place, file.text, Overwrite::no));
    }
    return {};
  }

  formats::TensorBytes bytes() {
    return [this](const formats::TensorSpec& spec, const formats::TensorSink& sink) -> Result<> {
      const formats::TensorSink counted = [&](Bytes part) -> Result<> {
        if (options_.cancel && options_.cancel->load(std::memory_order_relaxed))
          return fail(Code::cancelled, "converting tensor '{}'", spec.name);
        TRY(sink(part));
        done_bytes_ += part.size();
        if (options_.progress) options_.progress(spec.name, done_bytes_, total_bytes_);
        return {};
      };
      TRY(const Change change, write_values(*by_name_.at(spec.name), pool_, counted));
      changes_[spec.name] = change;
      return {};
    };
  }

  std::string model_name() const {
    for (std::string_view key : {"general.name", "name"}) {
      const Json* name = source_.file->metadata.find(key);
      if (name && name->is_string() && !name->string().empty()) return name->string();
    }
    fs::path path = source_.file->path;
    if (path.filename().empty()) path = path.parent_path();
    std::error_code ignored;
    return fs::is_directory(path, ignored) ? path.filename().string() : path.stem().string();
  }

  void warn_of_requantizing() {
    for (const PlannedTensor& t : plan_.tensors) {
      if (t.parts.empty() || t.is_copy() || !is_quantized(t.spec.dtype)) continue;
      const DType before = t.parts[0].tensor->dtype;
      if (!is_quantized(before)) continue;
      warnings_.push_back(strf("quantised from {}, whose own errors stay in the result", name(before)));
      return;
    }
  }

  Result<Json> make_report(const Staging& staging) {
    Json report = Json::object();
    TRY(Json from, describe_files(*source_.file, source_.file->path));
    TRY(const auto written, formats::open_model(staging.model()));
    TRY(Json to, describe_files(*written, output_));
    report.set("source", std::move(from)).set("target", std::move(to));
    report.set("architecture", source_.config.architecture).set("quantize", options_.quantize);
    report_tensors(source_, plan_, changes_, report);
    warn_of_requantizing();
    Json warnings = Json::array();
    for (const std::string& warning : source_.file->warnings) warnings.push(warning);
    for (const std::string& warning : warnings_) warnings.push(warning);
    return report.set("warnings", std::move(warnings)).set("carried", carried(source_));
  }

  ThreadPool pool_;
  const Source& source_;
  Format target_;
  const Plan& plan_;
  fs::path output_;
  const ConvertOptions& options_;
  std::unordered_map<std::string_view, const PlannedTensor*> by_name_;
  uint64_t total_bytes_ = 0, done_bytes_ = 0;
  Changes changes_;
  std::vector<std::string> warnings_;
};

/// Same format, same names, same bytes: a copy, not a conversion.
bool changes_nothing(const Source& source, Format target, const Plan& plan) {
  if (source.file->format != target) return false;
  return std::all_of(plan.tensors.begin(), plan.tensors.end(), [](const PlannedTensor& t) {
    return t.is_copy() && t.parts.size() == 1 && t.parts[0].tensor->name == t.spec.name &&
           t.order == RowOrder::same;
  });
}

}  // namespace

Result<Format> format_of_output(const fs::path& output) {
  const std::string extension = output.extension().string();
  if (extension == ".gguf") return Format::gguf;
  if (extension == ".apr") return Format::apr;
  if (std::ranges::find(kForeign, extension) != kForeign.end()) {
    return fail(Code::usage,
                "{}: '{}' is no format that is written; wanted .gguf, .apr, .safetensors or a folder",
                output.string(), extension);
  }
  return Format::safetensors;
}

Result<Json> convert(const fs::path& input, const fs::path& output, compute::Device& device,
                     const ConvertOptions& options) {
  Format target = Format::safetensors;
  if (options.to) {
    target = *options.to;
  } else {
    TRY(target, format_of_output(output));
  }
  if (options.max_shard_bytes == 0) return fail(Code::usage, "a shard limit of 0 bytes leaves no room");
  TRY(const Quantization quantization, find_quantization(options.quantize, target));
  TRY(const auto file, formats::open_model(input));
  TRY(const Source source, read_source(*file));
  TRY(const Plan plan, make_plan(source, target, quantization));
  if (changes_nothing(source, target, plan)) {
    return fail(Code::usage, "{} is {} with these dtypes already: there is nothing to convert",
                input.string(), formats::format_name(target));
  }
  return Conversion(source, target, plan, output, options, device.threads()).run(device);
}

}  // namespace sov::llm
