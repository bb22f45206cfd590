#include "apps/depyler/store.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <unistd.h>

#include "build_info.h"
#include "core/format.h"
#include "core/fs.h"
#include "core/hash.h"

namespace sov::depyler {

namespace fs = std::filesystem;

namespace {

constexpr size_t kKeyLength = 64;

double age_days(const fs::directory_entry& entry) {
  std::error_code failed;
  const auto time = entry.last_write_time(failed);
  if (failed) return 0;
  return std::chrono::duration<double, std::ratio<86400>>(fs::file_time_type::clock::now() - time).count();
}

/// Calls f for each entry of the store; other files in the folder are none of ours.
Result<> for_entries(const std::string& folder, const std::function<void(const fs::directory_entry&)>& f) {
  std::error_code failed;
  if (!fs::exists(folder, failed)) return {};
  for (auto it = fs::recursive_directory_iterator(folder, failed); it != fs::recursive_directory_iterator();
       it.increment(failed)) {
    if (failed) return fail(Code::io, "{}: {}", folder, failed.message());
    const std::string name = it->path().parent_path().filename().string() + it->path().filename().string();
    const bool ours =
        name.size() == kKeyLength && name.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (ours && it->is_regular_file(failed)) f(*it);
  }
  return failed ? Result<>(fail(Code::io, "{}: {}", folder, failed.message())) : Result<>();
}

}  // namespace

std::string Store::key(std::string_view text, std::string_view options) {
  return hex(sha256(as_bytes(strf("{}\n{} {}\n{}", SOV_VERSION, SOV_COMMIT, options, text))));
}

std::string Store::path(const std::string& key) const {
  return strf("{}/{}/{}", folder_, key.substr(0, 2), key.substr(2));
}

std::optional<std::string> Store::find(const std::string& key) const {
  const std::string file = path(key);
  std::error_code failed;
  if (!fs::is_regular_file(file, failed)) return std::nullopt;
  fs::last_write_time(file, fs::file_time_type::clock::now(), failed);
  return file;
}

Result<std::string> Store::put(const std::string& key, const std::string& program) const {
  const std::string file = path(key);
  const std::string temporary = strf("{}.{}", file, getpid());
  std::error_code failed;
  fs::create_directories(fs::path(file).parent_path(), failed);
  if (!failed) fs::copy_file(program, temporary, fs::copy_options::overwrite_existing, failed);
  if (!failed) fs::rename(temporary, file, failed);
  if (failed) return fail(Code::io, "{}: {}", file, failed.message());
  return file;
}

Result<Store::Stats> Store::stats() const {
  Stats out;
  TRY(for_entries(folder_, [&](const fs::directory_entry& entry) {
    ++out.entries;
    out.bytes += entry.file_size();
    out.oldest_days = std::max(out.oldest_days, age_days(entry));
  }));
  return out;
}

Result<Store::Stats> Store::remove_older(double days, bool dry_run) const {
  Stats out;
  std::vector<fs::path> gone;
  TRY(for_entries(folder_, [&](const fs::directory_entry& entry) {
    if (age_days(entry) < days) return;
    ++out.entries;
    out.bytes += entry.file_size();
    gone.push_back(entry.path());
  }));
  if (dry_run) return out;
  std::error_code failed;
  for (const fs::path& file : gone) {
    fs::remove(file, failed);
    if (failed) return fail(Code::io, "{}: {}", file.string(), failed.message());
    fs::remove(file.parent_path(), failed);  // only when it is empty
  }
  return out;
}

}  // namespace sov::depyler
