#pragma once
// What this machine can do: processor, caches, memory, the SIMD tier chosen; measured bandwidth and peak on
// request.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/threads.h"

namespace sov::compute {

/// One SIMD tier of this build.
struct TargetInfo {
  std::string name;
  bool runs_here = false;
  std::vector<std::string> missing;  // flags that keep it from running here
};

struct Hardware {
  std::string cpu;                  // brand string
  int cores = 0;                    // that this process may use
  std::optional<double> cpu_quota;  // processors' worth of time that a container grants
  std::vector<std::string> isa;     // flags that matter here, e.g. "avx2", "avx512_vnni", "amx_int8"
  uint64_t l1d_bytes = 0, l2_bytes = 0, l3_bytes = 0;  // of one core or cluster; 0: unknown or none
  int l2_cores = 0, l3_cores = 0;                      // that share one of them; 0: unknown
  uint64_t last_cache_bytes = 0;  // the last level's caches of all cores together; 0: unknown
  uint64_t memory_bytes = 0, available_bytes = 0;  // of the machine, or less where a container grants less
  bool memory_limited = false;                     // by a container
  std::vector<TargetInfo> targets;                 // every SIMD tier built, worst first
  std::string target;                              // the one chosen by default: the best that runs
};

Hardware detect_hardware();

/// Median of several timed runs, with the slowest and the fastest.
struct Measured {
  double median = 0, lowest = 0, highest = 0;
  int runs = 0;
};

struct SpeedOptions {
  std::string target = {};                    // SIMD tier; empty: the best
  int runs = 9;                               // of each measurement
  double seconds = 0.12;                      // after this long three runs are enough
  uint64_t buffer_bytes = 0;                  // 0: four times the last cache, 64 MiB to 1 GiB
  const std::atomic<bool>* cancel = nullptr;  // ends a measurement after its current run
};

/// Measures what a machine can do at most, with one tier's kernels on a pool: the roofline's two lines.
/// Work is cut into more tasks than threads, so a busy machine shows in the spread.
/// Source: McCalpin, "Memory Bandwidth and Machine Balance" (1995), for triad and the size of the buffer.
class SpeedProbe {
 public:
  /// Allocates and touches the buffer on the pool's threads. Errors: exhausted when memory is refused;
  /// unsupported target.
  static Result<SpeedProbe> create(ThreadPool& pool, const SpeedOptions& options = {});
  SpeedProbe(SpeedProbe&&) noexcept;
  SpeedProbe& operator=(SpeedProbe&&) noexcept;
  ~SpeedProbe();

  /// 1e9 bytes per second: every byte of the buffer read once, as a matrix-vector product does.
  Measured read(ThreadPool& pool);
  /// a[i] = b[i] + s * c[i] in f32; 12 bytes an element, what the write first fetches not counted.
  Measured triad(ThreadPool& pool);
  /// 1e9 operations per second: f32 multiply-adds, two operations each, on registers.
  Measured f32(ThreadPool& pool);
  /// The same for 8-bit integer dot products with 32-bit sums; nothing where the tier has none.
  std::optional<Measured> int8_dot(ThreadPool& pool);

  std::string_view target() const;
  /// The instructions behind int8_dot(), e.g. "vpdpbusd"; empty where there are none.
  std::string_view int8_instructions() const;
  uint64_t buffer_bytes() const;

 private:
  struct Impl;
  explicit SpeedProbe(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sov::compute
