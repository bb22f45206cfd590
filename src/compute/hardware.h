#pragma once
// What this machine can do: processor, caches, memory, the SIMD tier chosen; measured bandwidth and peak on
// request.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/threads.h"

namespace sov::compute {

struct Hardware {
  std::string cpu;               // brand string
  int cores = 0;                 // that this process may use
  std::vector<std::string> isa;  // flags that matter here, e.g. "avx2", "avx512_vnni", "amx_int8"
  uint64_t l1d_bytes = 0, l2_bytes = 0, l3_bytes = 0;  // of one core or cluster; 0: unknown
  uint64_t memory_bytes = 0, available_bytes = 0;
  std::vector<std::string> targets;  // SIMD tiers that run here, worst first
  std::string target;                // the one chosen by default: the best
};

Hardware detect_hardware();

struct Speed {
  double read_gb_per_s = 0;     // streaming read of a buffer well beyond the last cache
  double peak_gflop_per_s = 0;  // f32 fused multiply-adds, two operations each, in the chosen tier
};
/// Takes about a second. Errors: exhausted when the buffer cannot be allocated.
Result<Speed> measure_speed(ThreadPool& pool);

}  // namespace sov::compute
