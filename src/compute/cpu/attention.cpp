#include "compute/cpu/attention.h"

#include <algorithm>

namespace sov::compute {
namespace {

auto kernel_of(const Kernels& kernels, DType dtype) -> void (*)(const AttendArgs&) {
  switch (dtype) {
    case DType::f32:
      return kernels.attend_f32;
    case DType::f16:
      return kernels.attend_f16;
    case DType::bf16:
      return kernels.attend_bf16;
    default:
      return kernels.attend_q8_0;  // the last that check_kv_shape lets through
  }
}

}  // namespace

void Attention::run(std::span<const AttentionArgs> calls) {
  plans_.clear();
  work_.clear();
  int64_t most_blocks = 0, work = 0;
  for (const AttentionArgs& call : calls) plans_.emplace_back(call);
  for (const AttentionPlan& plan : plans_) {
    for (int64_t i = 0; i < plan.groups(); i++) {
      const Task& task = work_.emplace_back(Task{&plan, plan.group(i)});
      most_blocks = std::max(most_blocks, task.blocks());
      work += plan.work(task.blocks());
    }
  }
  const auto count = static_cast<int64_t>(work_.size());
  if (count == 0) return;
  // Few tokens and many positions: the blocks of a group are tasks of their own.
  if (count < 2 * tasks_.threads() && most_blocks > 1) return by_blocks(work_);
  // What takes longest starts first, so that the threads finish together.
  std::ranges::stable_sort(work_, std::greater(), &Task::blocks);
  tasks_.run(count, work / count, [&](int64_t i) { whole(work_[static_cast<size_t>(i)]); });
}

/// The blocks of a group one after the other.
void Attention::whole(const Task& task) {
  const AttentionPlan& plan = *task.plan;
  auto scratch = scratch_.borrow(static_cast<size_t>(plan.query_floats() + 2 * plan.state_floats()));
  const AttentionState all = plan.state(scratch.data() + plan.query_floats());
  const AttentionState part = plan.state(scratch.data() + plan.query_floats() + plan.state_floats());
  for (int64_t block = task.group.first_block; block < task.group.last_block; block++) {
    attend(task, block, scratch.data(), block == task.group.first_block ? all : part);
    if (block > task.group.first_block) {
      kernels_.merge_attention(part, task.group.rows, plan.value_stride, all);
    }
  }
  finish(task, all);
}

/// Every block of every group is a task; what they leave is merged in the order of whole().
void Attention::by_blocks(std::span<const Task> tasks) {
  struct Part {
    const Task* task;
    int64_t block;
    size_t state;  // where its state begins
  };
  std::vector<Part> parts;
  size_t floats = 0;
  for (const Task& task : tasks) {
    for (int64_t block = task.group.first_block; block < task.group.last_block; block++) {
      parts.push_back({&task, block, floats});
      floats += static_cast<size_t>(task.plan->state_floats());
    }
  }
  auto states = scratch_.borrow(floats);
  const auto state = [&](const Part& part) { return part.task->plan->state(states.data() + part.state); };
  tasks_.run(static_cast<int64_t>(parts.size()), tasks[0].plan->work(1), [&](int64_t i) {
    const Part& part = parts[static_cast<size_t>(i)];
    auto scratch = scratch_.borrow(static_cast<size_t>(part.task->plan->query_floats()));
    attend(*part.task, part.block, scratch.data(), state(part));
  });
  const int64_t merges = static_cast<int64_t>(floats / tasks.size());
  tasks_.run(static_cast<int64_t>(tasks.size()), merges, [&](int64_t i) {
    const Task* task = &tasks[static_cast<size_t>(i)];
    const auto first = std::ranges::find(parts, task, &Part::task);
    const AttentionState all = state(*first);
    for (auto part = first + 1; part != parts.end() && part->task == task; ++part) {
      kernels_.merge_attention(state(*part), task->group.rows, task->plan->value_stride, all);
    }
    finish(*task, all);
  });
}

/// `scratch`: plan.query_floats() of them.
void Attention::attend(const Task& task, int64_t block, float* scratch, const AttentionState& state) {
  const AttentionPlan& plan = *task.plan;
  const AttentionGroup& group = task.group;
  const AttentionArgs& a = plan.args;
  const KvShape& shape = a.kv.shape;
  float* q = scratch + plan.rows * kScoreStride;
  for (int64_t t = 0; t < group.tokens; t++) {
    const auto heads = a.q.columns(group.kv_head * plan.heads * shape.key_dim, plan.heads * shape.key_dim)
                           .row(group.first_token + t);
    for (const float value : heads) *q++ = value * a.scale;
  }
  AttendArgs args = {};
  args.q = scratch + plan.rows * kScoreStride;
  args.tokens = group.tokens;
  args.heads = plan.heads;
  args.dim = shape.key_dim;
  args.value_stride = plan.value_stride;
  args.keys = a.kv.keys(block * (kAttentionBlock / kPagePositions), group.kv_head);
  args.values = a.kv.values(block * (kAttentionBlock / kPagePositions), group.kv_head);
  args.page_bytes = shape.page_bytes();
  args.block = block;
  args.first_position = a.first_position + group.first_token;
  args.window = a.window;
  args.soft_cap = a.soft_cap;
  args.scores = scratch;
  args.state = state;
  kernel_of(kernels_, shape.dtype)(args);
}

void Attention::finish(const Task& task, const AttentionState& state) {
  const AttentionPlan& plan = *task.plan;
  const int64_t dim = plan.args.kv.shape.value_dim;
  for (int64_t row = 0; row < task.group.rows; row++) {
    const int64_t head = task.group.kv_head * plan.heads + row % plan.heads;
    float* out = plan.args.out.row(task.group.first_token + row / plan.heads).data() + head * dim;
    kernels_.finish_attention(state, row, plan.value_stride, dim, out);
  }
}

}  // namespace sov::compute
