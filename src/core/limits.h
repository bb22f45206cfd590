#pragma once
// What a container grants: the limits of the control groups this process is in.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace sov {

struct GroupLimits {
  std::optional<uint64_t> memory_bytes;
  std::optional<double> cpus;  // processor seconds per second, e.g. 1.5
};

/// The tightest limits on the way from this process's groups to the root, versions 1 and 2.
/// Source: Linux Documentation/admin-guide/cgroup-v2.rst (memory.max, cpu.max) and cgroup-v1/memory.rst,
/// scheduler/sched-bwc.rst.
GroupLimits group_limits();

/// The same from `membership` (the text of /proc/self/cgroup) and the file systems mounted under `root`.
GroupLimits group_limits(std::string_view membership, const std::filesystem::path& root);

}  // namespace sov
