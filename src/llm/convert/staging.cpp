#include "llm/convert/staging.h"

#include <algorithm>
#include <array>
#include <unistd.h>
#include <utility>

namespace sov::llm {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> exists_already(const fs::path& path) {
  return fail(Code::validation, "{}: exists already; --force overwrites it", path.string());
}

/// Part of a model, so that --force may replace it; anything else in a folder is somebody's.
bool belongs_to_a_model(const fs::path& path) {
  static constexpr std::array<std::string_view, 14> kNames = {"config.json",
                                                              "generation_config.json",
                                                              "tokenizer.json",
                                                              "tokenizer_config.json",
                                                              "chat_template.jinja",
                                                              "chat_template.json",
                                                              "special_tokens_map.json",
                                                              "added_tokens.json",
                                                              "vocab.json",
                                                              "merges.txt",
                                                              "additional_chat_templates",
                                                              "tokenizer.model",
                                                              "README.md",
                                                              "model.safetensors.index.json"};
  const std::string name = path.filename().string();
  return path.extension() == ".safetensors" || std::ranges::find(kNames, name) != kNames.end();
}

Result<> check_replaceable(const fs::path& folder) {
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed)) {
    if (belongs_to_a_model(entry.path())) continue;
    return fail(Code::validation, "{}: holds '{}', which is no part of a model, so it is not replaced",
                folder.string(), entry.path().filename().string());
  }
  if (failed) return fail(Code::io, "{}: cannot list it: {}", folder.string(), failed.message());
  return {};
}

Result<> move(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  if (!failed) return {};
  return fail(Code::io, "{}: cannot move {} there: {}", to.string(), from.string(), failed.message());
}

}  // namespace

Result<Staging> Staging::create(const fs::path& output, Shape shape, Overwrite overwrite) {
  std::error_code failed;
  Staging staging;
  staging.output_ = output;
  if (staging.output_.filename().empty()) staging.output_ = staging.output_.parent_path();
  staging.shape_ = shape;
  staging.overwrite_ = overwrite;
  const bool is_folder = fs::is_directory(staging.output_, failed);
  const bool empty_folder = is_folder && fs::is_empty(staging.output_, failed);
  if (fs::exists(staging.output_, failed) && !(shape == Shape::folder && empty_folder)) {
    if (overwrite == Overwrite::no) return exists_already(staging.output_);
    if (is_folder != (shape == Shape::folder)) {
      return fail(Code::validation, "{}: is a {}, so --force does not replace it by a {}",
                  staging.output_.string(), is_folder ? "folder" : "file", is_folder ? "file" : "folder");
    }
    if (is_folder) TRY(check_replaceable(staging.output_));
  }
  staging.folder_ = staging.output_.string() + strf(".converting-{}", ::getpid());
  fs::remove_all(staging.folder_, failed);
  if (!fs::create_directory(staging.folder_, failed)) {
    const std::string reason = failed ? failed.message() : "it exists";
    const std::string folder = std::exchange(staging.folder_, fs::path()).string();
    return fail(Code::io, "{}: cannot make this folder: {}", folder, reason);
  }
  return staging;
}

Staging::Staging(Staging&& other) noexcept
    : output_(std::move(other.output_)),
      folder_(std::exchange(other.folder_, fs::path())),
      shape_(other.shape_),
      overwrite_(other.overwrite_) {}

Staging::~Staging() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

fs::path Staging::model() const { return shape_ == Shape::folder ? folder_ : folder_ / file_name(); }

Result<> Staging::publish() { return shape_ == Shape::folder ? publish_folder() : publish_files(); }

/// The old folder steps aside and goes when the new one stands.
Result<> Staging::publish_folder() {
  std::error_code failed;
  if (!fs::exists(output_, failed)) {
    TRY(move(folder_, output_));
    folder_.clear();
    return {};
  }
  if (overwrite_ == Overwrite::no && !fs::is_empty(output_, failed)) return exists_already(output_);
  const fs::path old = folder_.string() + ".old";
  TRY(move(output_, old));
  if (Result<> moved = move(folder_, output_); !moved) {
    TRY(move(old, output_));
    return moved;
  }
  folder_.clear();
  fs::remove_all(old, failed);
  return {};
}

/// The weights come last: until they are there, nothing looks like a model.
Result<> Staging::publish_files() {
  const fs::path place = output_.parent_path();
  std::error_code failed;
  std::vector<fs::path> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, failed)) {
    if (entry.path().filename() != output_.filename()) names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  names.push_back(output_.filename());
  for (const fs::path& name : names) {
    if (overwrite_ == Overwrite::no && fs::exists(place / name, failed)) return exists_already(place / name);
  }
  for (const fs::path& name : names) {
    if (fs::is_directory(place / name, failed)) fs::remove_all(place / name, failed);
    TRY(move(folder_ / name, place / name));
  }
  return {};
}

}  // namespace sov::llm
