#include "apps/apr/model_summary.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "apps/apr/source.h"
#include "build_info.h"
#include "core/hash.h"

namespace sov::apr {
namespace {

/// One fact under its names: Hugging Face's and APR's first, then GGUF's (after "<architecture>.").
struct KeyNames {
  std::optional<int64_t> ModelSummary::* field;
  std::array<std::string_view, 6> plain;
  std::string_view gguf;
};

constexpr KeyNames kKeys[] = {
    {&ModelSummary::layers, {"num_hidden_layers", "num_layers", "n_layers", "n_layer"}, "block_count"},
    {&ModelSummary::heads, {"num_attention_heads", "num_heads", "n_heads", "n_head"}, "attention.head_count"},
    {&ModelSummary::kv_heads,
     {"num_key_value_heads", "num_kv_heads", "n_kv_heads"},
     "attention.head_count_kv"},
    {&ModelSummary::hidden, {"hidden_size", "hidden_dim", "d_model", "n_embd"}, "embedding_length"},
    {&ModelSummary::ffn,
     {"intermediate_size", "ffn_dim", "intermediate_dim", "n_inner"},
     "feed_forward_length"},
    {&ModelSummary::vocab, {"vocab_size", "n_vocab"}, "vocab_size"},
    {&ModelSummary::context,
     {"max_position_embeddings", "max_seq_len", "context_length", "n_ctx", "n_positions"},
     "context_length"},
};

std::optional<int64_t> integer_at(const Json& object, std::string_view key) {
  const Json* value = key.empty() ? nullptr : object.find(key);
  if (value == nullptr || value->kind() != Json::Kind::integer) return std::nullopt;
  return value->integer();
}

std::optional<std::string> text_at(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->string();
}

std::optional<std::string> architecture_of(const formats::ModelFile& model) {
  if (const auto name = text_at(model.metadata, "general.architecture")) return name;
  if (const auto name = text_at(model.config, "model_type")) return name;
  for (std::string_view key : {"architecture", "model_type", "hf_model_type"}) {
    if (const auto name = text_at(model.metadata, key)) return name;
  }
  return std::nullopt;
}

Result<std::string> hash_bytes(const App& app, Bytes bytes, std::string_view name) {
  constexpr size_t kStep = size_t{1} << 20;
  Progress progress(strf("hashing {}", name), bytes.size(), app.progress());
  Blake3 hash;
  for (size_t done = 0; done < bytes.size(); done += kStep) {
    if (app.interrupts.pending()) return fail(Code::cancelled, "hashing {}", name);
    hash.update(bytes.subspan(done, std::min(kStep, bytes.size() - done)));
    progress.update(done);
  }
  return hex(hash.finish());
}

}  // namespace

ModelSummary summarize(const formats::ModelFile& model) {
  ModelSummary out;
  out.architecture = architecture_of(model);
  for (const KeyNames& key : kKeys) {
    std::optional<int64_t>& field = out.*key.field;
    for (const Json* source : {&model.config, &model.metadata}) {
      for (std::string_view name : key.plain) {
        if (!field) field = integer_at(*source, name);
      }
    }
    if (!field && out.architecture)
      field = integer_at(model.metadata, strf("{}.{}", *out.architecture, key.gguf));
  }
  const Json* tokens = model.metadata.find("tokenizer.ggml.tokens");
  if (!out.vocab && tokens != nullptr && tokens->is_array())
    out.vocab = static_cast<int64_t>(tokens->items().size());
  for (const formats::Tensor& tensor : model.tensors) out.parameters += tensor.elements();
  return out;
}

Result<std::unique_ptr<formats::ModelFile>> open_source(App& app, std::string_view source,
                                                        const formats::OpenOptions& options) {
  TRY(const std::filesystem::path path, resolve_source(source));
  TRY(std::unique_ptr<formats::ModelFile> model, formats::open_model(path, options));
  for (const std::string& warning : model->warnings) {
    app.note(strf("{} {}", app.error_style.yellow("warning:"), printable(warning)));
  }
  return model;
}

Result<std::string> model_hash(const App& app, const formats::ModelFile& model) {
  std::error_code failed;
  if (model.files.size() == 1 && !std::filesystem::is_directory(model.path, failed)) {
    TRY(const std::string one, hash_bytes(app, model.files[0].bytes(), model.path.filename().string()));
    return "blake3:" + one;
  }
  std::map<std::string, std::string> lines;
  for (const MappedFile& file : model.files) {
    const std::string name = file.path().filename().string();
    TRY(lines[name], hash_bytes(app, file.bytes(), name));
  }
  const std::filesystem::path folder =
      std::filesystem::is_directory(model.path, failed) ? model.path : model.path.parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    const std::string name = entry.path().filename().string(), extension = entry.path().extension().string();
    if (!entry.is_regular_file(failed) || (extension != ".json" && extension != ".jinja")) continue;
    TRY(const std::string text, read_text(entry.path()));
    TRY(lines[name], hash_bytes(app, as_bytes(text), name));
  }
  std::string listing;
  for (const auto& [name, hash] : lines) listing += strf("{}  {}\n", hash, name);
  return "blake3:" + hex(blake3(as_bytes(listing)));
}

std::string human_count(uint64_t count) {
  if (count < 1000) return strf("{}", count);
  double value = static_cast<double>(count);
  constexpr std::string_view kUnits[] = {"", "K", "M", "B", "T"};
  size_t unit = 0;
  while (value >= 999.5 && unit + 1 < std::size(kUnits)) {
    value /= 1000;
    unit++;
  }
  return strf("{:.3g}{}", value, kUnits[unit]);
}

}  // namespace sov::apr
