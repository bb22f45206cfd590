// open_model: tells the format by content and hands over to its reader.

#include <algorithm>
#include <array>

#include "formats/apr.h"
#include "formats/gguf.h"
#include "formats/huggingface.h"
#include "formats/model_file.h"
#include "formats/safetensors.h"

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

std::string printable(Bytes bytes) {
  std::string out;
  for (const char c : as_text(bytes)) {
    const auto u = static_cast<unsigned char>(c);
    out += u >= 0x20 && u < 0x7F && c != '\\' ? std::string(1, c) : strf("\\x{:02x}", u);
  }
  return out;
}

/// After spaces, '{': a JSON document. (As a SafeTensors length those bytes would be absurdly large.)
bool looks_like_json(Bytes bytes) {
  const std::string_view text = as_text(bytes.first(std::min<size_t>(bytes.size(), 4096)));
  const size_t first = text.find_first_not_of(" \t\r\n");
  // A length such as 0x7b looks like '{' and spaces, but no text has the zeros that follow.
  const bool zeros = text.substr(0, 8).find('\0') != text.npos;
  return first != text.npos && text[first] == '{' && !zeros && !looks_like_safetensors(bytes);
}

/// Reads one file's bytes into model by the format that they show.
Result<> read_bytes(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model) {
  if (bytes.empty()) return fail(Code::corrupt, "{} @0x0: wanted a model, got an empty file", name);
  if (looks_like_gguf(bytes)) return read_gguf(bytes, name, model);
  if (looks_like_apr(bytes)) return read_apr(bytes, name, options, model);
  // A name is consulted only to word the error: a .safetensors file gets the SafeTensors reader's complaint.
  if (looks_like_safetensors(bytes) || name.ends_with(".safetensors")) {
    return read_safetensors(bytes, name, 0, model);
  }
  return fail(Code::corrupt, "{} @0x0: wanted GGUF, SafeTensors or APR, got bytes '{}'", name,
              printable(bytes.first(std::min<size_t>(bytes.size(), 8))));
}

Result<> open_file(const fs::path& path, const OpenOptions& options, ModelFile& model) {
  TRY(MappedFile file, MappedFile::open(path));
  if (looks_like_json(file.bytes())) {
    TRY(open_safetensors_index(path, model));
  } else {
    model.files.push_back(std::move(file));
    TRY(read_bytes(model.files[0].bytes(), path.string(), options, model));
  }
  if (model.format == Format::safetensors) return read_huggingface_companions(path.parent_path(), model);
  std::error_code ec;
  const bool beside = fs::exists(path.parent_path() / "tokenizer.json", ec);
  if (model.format == Format::apr && model.tokenizer.kind == TokenizerSource::Kind::none && beside) {
    return read_huggingface_tokenizer(path.parent_path(), model);
  }
  return {};
}

/// The weights in a folder: SafeTensors as transformers looks for them, else the only GGUF, APR or
/// SafeTensors.
Result<fs::path> find_weights(const fs::path& folder, ModelFile& model) {
  std::error_code ec;
  const fs::path single = folder / "model.safetensors", index = folder / "model.safetensors.index.json";
  if (fs::exists(single, ec)) {
    if (fs::exists(index, ec))
      model.warnings.push_back(strf("{}: ignored beside model.safetensors", index.string()));
    return single;
  }
  if (fs::exists(index, ec)) return index;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".safetensors" || extension == ".gguf" || extension == ".apr")
      found.push_back(entry.path());
  }
  if (ec) return fail(Code::io, "{}: cannot list: {}", folder.string(), ec.message());
  if (found.size() == 1) return found[0];
  if (found.empty()) {
    return fail(
        Code::not_found,
        "{}: wanted model.safetensors, model.safetensors.index.json or one .safetensors, .gguf or .apr file "
        "in this folder, got none",
        folder.string());
  }
  std::sort(found.begin(), found.end());
  return fail(Code::usage, "{}: wanted one model in this folder, got {} ({}, {}{}); name one of them",
              folder.string(), found.size(), found[0].filename().string(), found[1].filename().string(),
              found.size() > 2 ? ", ..." : "");
}

Result<> finish(ModelFile& model) {
  model.index.reserve(model.tensors.size());
  for (size_t i = 0; i < model.tensors.size(); i++) model.index.emplace(model.tensors[i].name, i);
  return {};
}

}  // namespace

Result<std::unique_ptr<ModelFile>> open_model(const fs::path& path, const OpenOptions& options) {
  auto model = std::make_unique<ModelFile>();
  model->path = path;
  std::error_code ec;
  if (fs::is_directory(path, ec)) {
    TRY(const fs::path weights, find_weights(path, *model));
    TRY(open_file(weights, options, *model));
  } else {
    TRY(open_file(path, options, *model));
  }
  TRY(finish(*model));
  return model;
}

Result<std::unique_ptr<ModelFile>> parse_model(Bytes bytes, std::string_view name,
                                               const OpenOptions& options) {
  auto model = std::make_unique<ModelFile>();
  model->path = name;
  TRY(read_bytes(bytes, name, options, *model));
  TRY(finish(*model));
  return model;
}

}  // namespace sov::formats
