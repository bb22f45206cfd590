// The file: can it be recognised, opened, indexed, read, and turned into a model that runs?
#include <algorithm>
#include <cmath>
#include <fstream>

#include "core/fs.h"
#include "formats/tensor_values.h"
#include "llm/check/stages.h"
#include "llm/decoder/load.h"
#include "llm/generate.h"

namespace sov::llm {
namespace {

namespace fs = std::filesystem;
using formats::ModelFile;
using formats::Tensor;

constexpr std::string_view kNotOpen = "the file could not be opened";
constexpr std::string_view kNoModel = "no model could be made of the file";

/// The formats whose first bytes these are; empty when unknown.
std::string_view format_of(std::string_view start) {
  if (start.starts_with("GGUF")) return "GGUF";
  for (std::string_view magic : {std::string_view("APR\0", 4), std::string_view("APR1"),
                                 std::string_view("APR2"), std::string_view("APRN")}) {
    if (start.starts_with(magic)) return "APR";
  }
  if (start.size() > 8 && start[8] == '{') return "SafeTensors";
  if (start.starts_with('{')) return "a JSON index";
  return {};
}

std::string first_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string start(16, '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<size_t>(in.gcount()));
  return start;
}

std::string hex_bytes(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += strf("{}{:02x}", out.empty() ? "" : " ", static_cast<unsigned char>(c));
  return out;
}

struct ValueCount {
  uint64_t not_finite = 0;
  bool all_zero = true, readable = true;
};

ValueCount count_values(const Tensor& tensor, const std::atomic<bool>* cancel) {
  ValueCount out;
  constexpr uint64_t kStep = uint64_t{1} << 16;
  const uint64_t total = tensor.elements(), unit = formats::value_unit(tensor);
  const uint64_t step = std::max(unit, kStep / unit * unit);
  std::vector<float> values;
  for (uint64_t done = 0; done < total; done += step) {
    if (cancel != nullptr && cancel->load()) return out;
    values.resize(std::min(step, total - done));
    if (!formats::read_values(tensor, done, values)) {
      out.readable = false;
      return out;
    }
    for (const float v : values) {
      if (!std::isfinite(v)) out.not_finite++;
      if (v != 0) out.all_zero = false;
    }
  }
  return out;
}

/// Biases, and norms that add their weights to 1; stage layer_norm judges the others by their definition.
bool may_be_zero(std::string_view name) {
  return name.ends_with("bias") || name.find("norm") != std::string_view::npos;
}

/// Two tensors that share bytes, if any.
std::optional<std::string> overlap(const ModelFile& file) {
  std::vector<const Tensor*> order;
  for (const Tensor& tensor : file.tensors) {
    if (!tensor.data.empty()) order.push_back(&tensor);
  }
  std::ranges::sort(order, {}, [](const Tensor* t) { return std::pair(t->file, t->offset); });
  for (size_t i = 1; i < order.size(); i++) {
    const Tensor& a = *order[i - 1];
    const Tensor& b = *order[i];
    if (a.file == b.file && a.offset + a.data.size() > b.offset)
      return strf("'{}' and '{}' share bytes at {:#x}", a.name, b.name, b.offset);
  }
  return std::nullopt;
}

}  // namespace

Verdict check_magic(CheckState& state) {
  std::error_code error;
  std::vector<fs::path> files;
  if (!fs::is_directory(state.path, error)) files.push_back(state.path);
  for (const fs::directory_entry& entry : fs::directory_iterator(state.path, error)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".safetensors" || extension == ".gguf" || extension == ".apr")
      files.push_back(entry.path());
  }
  if (files.empty()) return failed("the folder has no .safetensors, .gguf or .apr file");
  std::string_view format;
  for (const fs::path& file : files) {
    const std::string start = first_bytes(file);
    format = format_of(start);
    if (format.empty()) {
      return failed(strf("{} begins with '{}', no known format", file.filename().string(),
                         hex_bytes(start.substr(0, 8))));
    }
  }
  return passed(files.size() == 1 ? strf("{} begins like {}", files[0].filename().string(), format)
                                  : strf("{} files begin like their formats", files.size()));
}

Verdict check_header(CheckState& state) {
  Result<std::unique_ptr<ModelFile>> file = formats::open_model(state.path);
  if (!file) return failed(file.error().text());
  state.file = std::move(*file);
  return passed(strf("{}, {} tensors, {} bytes of them", state.file->variant, state.file->tensors.size(),
                     state.file->total_bytes()));
}

Verdict check_metadata(CheckState& state) {
  if (!state.file) return skipped(std::string(kNotOpen));
  const ModelFile& file = *state.file;
  for (std::string_view key : {"general.architecture", "architecture", "model_type", "hf_model_type"}) {
    for (const Json* source : {&file.metadata, &file.config}) {
      const Json* name = source->find(key);
      if (name != nullptr && name->is_string() && !name->string().empty())
        return passed(strf("{}: {}; metadata entries: {}", key, name->string(),
                           file.metadata.is_object() ? file.metadata.members().size() : 0));
    }
  }
  return failed("nothing says which architecture this is (config.json missing?)");
}

Verdict check_tensors(CheckState& state) {
  if (!state.file) return skipped(std::string(kNotOpen));
  const ModelFile& file = *state.file;
  if (file.tensors.empty()) return failed("the file holds no tensors");
  if (const std::optional<std::string> shared = overlap(file)) return failed(*shared);
  std::string wrong, unread;
  uint64_t bad = 0, values = 0;
  for (const Tensor& tensor : file.tensors) {
    const ValueCount count = count_values(tensor, state.cancel);
    values += tensor.elements();
    if (!count.readable) {
      unread = tensor.name;
    } else if (count.not_finite > 0) {
      if (bad++ == 0) wrong = strf("'{}' holds {} NaNs or infinities", tensor.name, count.not_finite);
    } else if (count.all_zero && tensor.elements() > 1 && !may_be_zero(tensor.name)) {
      if (bad++ == 0) wrong = strf("'{}' is all zero", tensor.name);
    }
  }
  if (bad > 0) return failed(bad == 1 ? wrong : strf("{}, and {} more tensors are wrong", wrong, bad - 1));
  if (!unread.empty()) return skipped(strf("no decoder for '{}'", unread));
  return passed(strf("no two share bytes; {} values, all finite", values));
}

Verdict check_alignment(CheckState& state) {
  if (!state.file) return skipped(std::string(kNotOpen));
  const ModelFile& file = *state.file;
  uint64_t rule = 0;
  if (file.format == formats::Format::gguf) {
    const Json* said = file.metadata.find("general.alignment");
    rule = said != nullptr && said->is_integer() ? static_cast<uint64_t>(said->integer()) : 32;
  } else if (file.variant.starts_with("APR v2")) {
    rule = 64;
  } else if (file.format == formats::Format::safetensors) {
    rule = 8;  // of the data section; tensors follow each other without gaps
  }
  if (rule == 0) return skipped(strf("{} promises no alignment", file.variant));
  std::vector<uint64_t> first(file.files.size(), UINT64_MAX);
  for (const Tensor& t : file.tensors) {
    if (t.file < first.size()) first[t.file] = std::min(first[t.file], t.offset);
    if (file.format != formats::Format::safetensors && t.offset % rule != 0)
      return failed(strf("'{}' lies at {:#x}, the format wants multiples of {}", t.name, t.offset, rule));
  }
  for (const uint64_t offset : first) {
    if (file.format == formats::Format::safetensors && offset != UINT64_MAX && offset % rule != 0)
      return failed(
          strf("the data begins at {:#x}, wanted a multiple of {} (loadable, but slow)", offset, rule));
  }
  return passed(strf("multiples of {}", rule));
}

Verdict check_checksum(CheckState& state) {
  if (!state.file) return skipped(std::string(kNotOpen));
  if (state.file->checksums.empty())
    return skipped(strf("{} carries none", formats::format_name(state.file->format)));
  const Result<std::unique_ptr<ModelFile>> verified =
      formats::open_model(state.path, {.verify = formats::Verify::all});
  if (!verified) return failed(verified.error().text());
  std::string good;
  for (const ModelFile::Checksum& sum : (*verified)->checksums) {
    if (sum.state == ModelFile::Checksum::State::bad) return failed(strf("{} is wrong", sum.name));
    if (sum.state == ModelFile::Checksum::State::good)
      good += strf("{}{}", good.empty() ? "" : ", ", sum.name);
  }
  return good.empty() ? skipped("the file's checksums are absent") : passed(strf("{} agree", good));
}

Verdict check_tokenizer_presence(CheckState& state) {
  if (!state.file) return skipped(std::string(kNotOpen));
  if (state.file->tokenizer.kind == formats::TokenizerSource::Kind::none)
    return failed("no tokenizer in the file or beside it");
  return passed("present");
}

Verdict check_config(CheckState& state) {
  if (!state.file) return skipped(std::string(kNotOpen));
  Result<Description> description = describe(*state.file);
  if (!description) return failed(description.error().text());
  state.description = std::move(*description);
  const Result<Config> config = state.description->architecture->config(state.description->config);
  if (!config) return failed(config.error().text());
  return passed(strf("{} layers, {} heads of {}, hidden {}, context {}", config->layers, config->heads,
                     config->head_dim, config->hidden, config->context));
}

Verdict check_architecture(CheckState& state) {
  if (!state.file) return skipped(std::string(kNotOpen));
  Result<std::unique_ptr<ModelFile>> again = formats::open_model(state.path);
  if (!again) return failed(again.error().text());
  Result<std::shared_ptr<const Model>> model = Model::from_file(std::move(*again));
  if (!model) return failed(model.error().text());
  state.model = std::move(*model);
  return passed(strf("{}: every tensor there, of the right shape; {} parameters",
                     state.model->config().architecture, state.model->parameters()));
}

Verdict check_inference(CheckState& state) {
  if (!state.model) return skipped(std::string(kNoModel));
  Result<Session> session = Session::create(state.model, *state.device);
  if (!session) return failed(session.error().text());
  const std::vector<TokenId> ids = probe_ids(*state.model);
  const auto few = std::span(ids).first(std::min<size_t>(4, ids.size()));
  const Result<Generation> out =
      generate(*session, few, {.max_tokens = 4, .ignore_eos = true, .cancel = state.cancel});
  if (!out) return failed(out.error().text());
  return passed(strf("{} tokens generated", out->ids.size()));
}

}  // namespace sov::llm
