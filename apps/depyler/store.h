#pragma once
// Compiled programs by the content of their sources.

#include <cstdint>
#include <optional>
#include <string>

#include "core/result.h"

namespace sov::depyler {

/// A folder of executables named by SHA-256 of everything that decides them: the Python text, the options,
/// and depyler's own version. Entries appear whole or not at all, so that several processes may share the
/// folder.
class Store {
 public:
  explicit Store(std::string folder) : folder_(std::move(folder)) {}

  /// The key of a compilation. `text`: what was translated.
  static std::string key(std::string_view text, std::string_view options);

  /// The executable, if it is there; marks it as used now.
  std::optional<std::string> find(const std::string& key) const;
  /// Where an executable with this key belongs. Errors: io.
  Result<std::string> put(const std::string& key, const std::string& program) const;

  struct Stats {
    uint64_t entries = 0, bytes = 0;
    double oldest_days = 0;  // since its last use
  };
  Result<Stats> stats() const;
  /// Removes entries that nobody used for so many days; what was (or with dry_run would be) removed.
  Result<Stats> remove_older(double days, bool dry_run) const;

 private:
  std::string path(const std::string& key) const;
  std::string folder_;
};

}  // namespace sov::depyler
