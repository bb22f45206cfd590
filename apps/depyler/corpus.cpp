#include "apps/depyler/corpus.h"

#include <algorithm>
#include <filesystem>

#include "core/fs.h"
#include "core/json.h"

namespace sov::depyler {

namespace fs = std::filesystem;

Result<std::vector<std::string>> python_files(const std::string& path) {
  std::error_code failed;
  if (fs::is_regular_file(path, failed)) return std::vector<std::string>{path};
  if (!fs::is_directory(path, failed)) return fail(Code::not_found, "{}: no such file or folder", path);
  std::vector<std::string> out;
  for (auto it = fs::recursive_directory_iterator(path); it != fs::recursive_directory_iterator(); ++it) {
    const std::string name = it->path().filename().string();
    if (it->is_directory() && (name.starts_with('.') || name == "__pycache__"))
      it.disable_recursion_pending();
    if (it->is_regular_file() && it->path().extension() == ".py") out.push_back(it->path().string());
  }
  std::ranges::sort(out);
  return out;
}

Result<std::vector<Corpus>> read_registry(const std::string& file) {
  std::vector<Corpus> out;
  const Result<std::string> text = read_text(file);
  if (!text && text.error().code() == Code::not_found) return out;
  if (!text) return fail(text.error());
  TRY(const Json json, parse_json(*text, JsonSource{.file = file, .what = "registry"}));
  const Json& corpora = member(json, "corpora");
  if (!corpora.is_object()) return fail(Code::corrupt, "{}: 'corpora': wanted an object", file);
  for (const auto& [name, folder] : corpora.members()) {
    if (!folder.is_string()) return fail(Code::corrupt, "{}: '{}': wanted a folder's name", file, name);
    out.push_back({name, folder.string()});
  }
  return out;
}

Result<> write_registry(const std::string& file, const std::vector<Corpus>& corpora) {
  Json list = Json::object();
  for (const Corpus& corpus : corpora) list.set(corpus.name, corpus.folder);
  return write_file(file, Json::object().set("corpora", list).dump(2) + "\n", Overwrite::yes);
}

}  // namespace sov::depyler
