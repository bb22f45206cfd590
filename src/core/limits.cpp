#include "core/limits.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/fs.h"

namespace sov {
namespace fs = std::filesystem;

namespace {

/// Kernels write "no limit" of version 1 as a number near 2^63.
constexpr uint64_t kNoLimit = uint64_t{1} << 60;

std::optional<uint64_t> number_in(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value >= kNoLimit) return std::nullopt;  // "max", "-1"
  return value;
}

std::optional<uint64_t> number_of(const fs::path& file) {
  const Result<std::string> text = read_text(file, 4096);
  return text ? number_in(*text) : std::nullopt;
}

template <typename T>
void tighten(std::optional<T>& limit, std::optional<T> other) {
  if (other && (!limit || *other < *limit)) limit = other;
}

std::optional<double> ratio(std::optional<uint64_t> quota, std::optional<uint64_t> period) {
  if (!quota || !period || *period == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

void read_group(const fs::path& folder, GroupLimits& limits) {
  tighten(limits.memory_bytes, number_of(folder / "memory.max"));
  tighten(limits.memory_bytes, number_of(folder / "memory.limit_in_bytes"));
  tighten(limits.cpus,
          ratio(number_of(folder / "cpu.cfs_quota_us"), number_of(folder / "cpu.cfs_period_us")));
  const Result<std::string> both = read_text(folder / "cpu.max", 4096);  // "200000 100000"
  if (!both) return;
  const std::string_view text = *both;
  const size_t blank = text.find(' ');
  if (blank != std::string_view::npos)
    tighten(limits.cpus, ratio(number_in(text.substr(0, blank)), number_in(text.substr(blank + 1))));
}

/// From the group's own folder up to the mount, because every ancestor's limit holds too. A group that is not
/// visible from inside the container leaves the mount itself.
void read_upwards(const fs::path& mount, std::string_view group, GroupLimits& limits) {
  fs::path below = fs::path(group).relative_path();
  for (;;) {
    read_group(mount / below, limits);
    if (below.empty()) return;
    below = below.parent_path();
  }
}

}  // namespace

GroupLimits group_limits(std::string_view membership, const fs::path& root) {
  GroupLimits limits;
  for (size_t at = 0; at < membership.size();) {
    const size_t end = std::min(membership.find('\n', at), membership.size());
    const std::string_view line = membership.substr(at, end - at);  // "4:memory:/group" or "0::/group"
    at = end + 1;
    const size_t first = line.find(':');
    const size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    const std::string_view group = line.substr(second + 1);
    if (group.find("..") != std::string_view::npos) continue;  // outside what this container sees
    if (controllers.empty()) {
      read_upwards(root, group, limits);
      read_upwards(root / "unified", group, limits);
    } else if (controllers.find("memory") != std::string_view::npos || controllers.starts_with("cpu")) {
      read_upwards(root / controllers, group, limits);
    }
  }
  return limits;
}

GroupLimits group_limits() {
  const Result<std::string> membership = read_text("/proc/self/cgroup", 1U << 20);
  return membership ? group_limits(*membership, "/sys/fs/cgroup") : GroupLimits{};
}

}  // namespace sov
