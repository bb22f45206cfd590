#include "apps/apr/source.h"

#include <algorithm>

#include "core/args.h"
#include "core/env.h"

namespace sov::apr {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kExtensions[] = {".apr", ".gguf", ".safetensors"};

bool is_model_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path / "model.safetensors", ignored) ||
         fs::exists(path / "model.safetensors.index.json", ignored);
}

bool is_hub_reference(std::string_view source) {
  return source.find("://") != std::string_view::npos || source.starts_with("hf.co/");
}

}  // namespace

std::optional<fs::path> models_folder() {
  if (const std::optional<std::string> chosen = env("SOV_MODELS")) return fs::path(*chosen);
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return std::nullopt;
  for (fs::path folder = program.parent_path();; folder = folder.parent_path()) {
    if (fs::is_directory(folder / "models", failed)) return folder / "models";
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

std::vector<BuiltIn> built_in_models() {
  std::vector<BuiltIn> found;
  const std::optional<fs::path> folder = models_folder();
  std::error_code failed;
  if (!folder) return found;
  for (const fs::directory_entry& entry : fs::directory_iterator(*folder, failed)) {
    const fs::path& path = entry.path();
    const bool file = entry.is_regular_file(failed) &&
                      std::ranges::find(kExtensions, path.extension().string()) != std::end(kExtensions);
    if (entry.is_directory(failed) && is_model_folder(path))
      found.push_back({path.filename().string(), path});
    if (file) found.push_back({path.stem().string(), path});
  }
  // What a name stands for: the GGUF made for running it, else the folder that it was made from.
  const auto rank = [](const fs::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".gguf" ? 0 : extension == ".apr" ? 2 : extension == ".safetensors" ? 3 : 1;
  };
  std::ranges::sort(found, [&](const BuiltIn& a, const BuiltIn& b) {
    if (a.name != b.name) return a.name < b.name;
    return rank(a.path) < rank(b.path);
  });
  return found;
}

Result<fs::path> resolve_source(std::string_view source) {
  if (is_hub_reference(source)) {
    return fail(Code::unsupported, "'{}': fetching from a hub is not built yet; give a file or folder",
                source);
  }
  std::error_code failed;
  if (fs::exists(fs::path(source), failed)) return fs::path(source);
  const std::vector<BuiltIn> models = built_in_models();
  std::vector<std::string_view> names;
  std::string all;
  for (const BuiltIn& model : models) {
    if (model.name == source) return model.path;
    if (std::ranges::find(names, model.name) != names.end()) continue;
    names.push_back(model.name);
    all += strf("{}{}", all.empty() ? "" : ", ", model.name);
  }
  const std::string_view near = nearest_word(source, names);
  const std::string hint = near.empty() ? "" : strf("; did you mean '{}'?", near);
  return fail(Code::not_found,
              "model '{}': no such file or folder, and no built-in model of that name (built in: {}){}",
              source, all.empty() ? "none" : all, hint);
}

uint64_t size_on_disk(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    const uintmax_t size = fs::file_size(path, failed);
    return failed ? 0 : size;
  }
  uint64_t total = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path, failed)) {
    if (entry.is_regular_file(failed)) total += entry.file_size(failed);
  }
  return total;
}

}  // namespace sov::apr
