// What the kernel and the processor say of themselves.
#include "compute/hardware.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <unistd.h>

#include "compute/cpu/cpuid.h"
#include "compute/cpu/tiers.h"
#include "core/args.h"
#include "core/fs.h"
#include "core/limits.h"

namespace sov::compute {
namespace fs = std::filesystem;

namespace {

std::string line_of(const fs::path& file) {
  Result<std::string> text = read_text(file, 1U << 20);
  if (!text) return {};
  return text->substr(0, text->find('\n'));
}

/// "32K", "36864K", "1M".
uint64_t cache_size(std::string_view text) {
  uint64_t unit = 1;
  if (text.ends_with('K')) unit = 1024;
  if (text.ends_with('M')) unit = 1024 * 1024;
  if (unit > 1) text.remove_suffix(1);
  const Result<int64_t> number = parse_integer("size", text, 0, 1e12);
  return number ? static_cast<uint64_t>(*number) * unit : 0;
}

/// How many cores a list such as "0-3,8" names; 0 when it cannot be read.
int count_cores(std::string_view list) {
  int count = 0;
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find(',', at), list.size());
    const std::string_view part = list.substr(at, end - at);
    const size_t dash = part.find('-');
    const Result<int64_t> first = parse_integer("core", part.substr(0, dash), 0, 1e6);
    const Result<int64_t> last =
        dash == std::string_view::npos ? first : parse_integer("core", part.substr(dash + 1), 0, 1e6);
    if (!first || !last || *last < *first) return 0;
    count += static_cast<int>(*last - *first + 1);
    at = end + 1;
  }
  return count;
}

/// Core 0's caches, and every distinct cache of the last level.
void read_caches(Hardware& out) {
  const fs::path cpus = "/sys/devices/system/cpu";
  int last_level = 0;
  std::string last_index;
  for (int i = 0; i < 16; i++) {
    const fs::path folder = cpus / "cpu0/cache" / strf("index{}", i);
    const Result<int64_t> level = parse_integer("level", line_of(folder / "level"), 1, 9);
    if (!level || line_of(folder / "type") == "Instruction") continue;
    const uint64_t bytes = cache_size(line_of(folder / "size"));
    const int cores = count_cores(line_of(folder / "shared_cpu_list"));
    if (*level == 1) out.l1d_bytes = bytes;
    if (*level == 2) out.l2_bytes = bytes, out.l2_cores = cores;
    if (*level == 3) out.l3_bytes = bytes, out.l3_cores = cores;
    if (*level > last_level) {
      last_level = static_cast<int>(*level);
      last_index = folder.filename();
    }
  }
  std::set<std::string> seen;
  std::error_code failed;
  for (const fs::directory_entry& cpu : fs::directory_iterator(cpus, failed)) {
    const fs::path folder = cpu.path() / "cache" / last_index;
    const std::string list = last_index.empty() ? "" : line_of(folder / "shared_cpu_list");
    if (!list.empty() && seen.insert(list).second)
      out.last_cache_bytes += cache_size(line_of(folder / "size"));
  }
}

/// Where /sys says nothing, the C library may know from the processor.
void ask_c_library(Hardware& out) {
#if defined(_SC_LEVEL1_DCACHE_SIZE)
  const auto ask = [](int name) { return static_cast<uint64_t>(std::max(0L, ::sysconf(name))); };
  if (out.l1d_bytes == 0) out.l1d_bytes = ask(_SC_LEVEL1_DCACHE_SIZE);
  if (out.l2_bytes == 0) out.l2_bytes = ask(_SC_LEVEL2_CACHE_SIZE);
  if (out.l3_bytes == 0) out.l3_bytes = ask(_SC_LEVEL3_CACHE_SIZE);
#endif
  if (out.last_cache_bytes == 0) out.last_cache_bytes = std::max(out.l3_bytes, out.l2_bytes);
}

void read_memory(Hardware& out, const GroupLimits& limits) {
  const Result<std::string> text = read_text("/proc/meminfo", 1U << 20);
  const auto kib = [&](std::string_view key) -> uint64_t {
    const size_t at = text ? text->find(key) : std::string::npos;
    if (at == std::string::npos) return 0;
    const size_t first = text->find_first_of("0123456789", at);
    const size_t end = text->find_first_not_of("0123456789", first);
    const Result<int64_t> number = parse_integer(key, text->substr(first, end - first), 0, 1e15);
    return number ? static_cast<uint64_t>(*number) * 1024 : 0;
  };
  out.memory_bytes = kib("MemTotal:");
  out.available_bytes = kib("MemAvailable:");
  if (!limits.memory_bytes || (out.memory_bytes > 0 && *limits.memory_bytes >= out.memory_bytes)) return;
  out.memory_limited = true;
  out.memory_bytes = *limits.memory_bytes;
  out.available_bytes = std::min(out.available_bytes, out.memory_bytes);
}

#if !defined(__x86_64__)
/// ARM's and other kernels describe the processor in /proc/cpuinfo only.
std::string cpu_from_proc() {
  const Result<std::string> text = read_text("/proc/cpuinfo", 1U << 22);
  for (std::string_view key : {"model name", "Model", "CPU implementer"}) {
    const size_t at = text ? text->find(key) : std::string::npos;
    if (at == std::string::npos) continue;
    const size_t from = text->find(": ", at);
    if (from != std::string::npos) return text->substr(from + 2, text->find('\n', from) - from - 2);
  }
  return "unknown";
}
#endif

}  // namespace

Hardware detect_hardware() {
  Hardware out;
  const CpuFeatures features = cpu_features();
#if defined(__x86_64__)
  out.cpu = features.brand;
#else
  out.cpu = cpu_from_proc();
#endif
  out.cores = available_cores();
  out.isa.assign(features.flags.begin(), features.flags.end());
  const GroupLimits limits = group_limits();
  out.cpu_quota = limits.cpus;
  read_caches(out);
  ask_c_library(out);
  read_memory(out, limits);
  for (const Tier& tier : tiers()) {
    TargetInfo target{.name = std::string(tier.name), .runs_here = tier.runs_here, .missing = {}};
    for (const std::string_view flag : tier_flags(tier.name)) {
      if (std::ranges::find(features.flags, flag) == features.flags.end()) target.missing.emplace_back(flag);
    }
    if (tier.runs_here) out.target = tier.name;
    out.targets.push_back(std::move(target));
  }
  return out;
}

}  // namespace sov::compute
