#pragma once
// Attention on the SIMD device: calls cut into tasks, and one tier's kernels run on them.

#include <span>
#include <vector>

#include "compute/cpu/attention_plan.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/scratch.h"
#include "compute/cpu/tasks.h"

namespace sov::compute {

/// Threads: one caller at a time.
class Attention {
 public:
  Attention(const Kernels& kernels, Tasks& tasks, ScratchPool& scratch)
      : kernels_(kernels), tasks_(tasks), scratch_(scratch) {}

  /// Shapes and meaning: Device::attention_each. How the calls are cut depends on all of them and on the
  /// number of threads, and changes no bit.
  void run(std::span<const AttentionArgs> calls);

 private:
  /// A tile of tokens and one kv head of a call.
  struct Task {
    const AttentionPlan* plan;
    AttentionGroup group;
    int64_t blocks() const { return group.last_block - group.first_block; }
  };

  void whole(const Task& task);
  void by_blocks(std::span<const Task> tasks);
  void attend(const Task& task, int64_t block, float* scratch, const AttentionState& state);
  void finish(const Task& task, const AttentionState& state);

  const Kernels& kernels_;
  Tasks& tasks_;
  ScratchPool& scratch_;
  std::vector<AttentionPlan> plans_;  // of the call that runs; kept for their memory
  std::vector<Task> work_;
};

}  // namespace sov::compute
