// The SIMD device: cuts each operation into tasks by its shape and runs one tier's kernels on them. Which
// thread takes a task, and how many tasks there are, never changes a bit (see matmul-inl.h and
// attention-inl.h for the orders).
#include <algorithm>

#include "compute/cpu/attention_plan.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/products.h"
#include "compute/cpu/row_decoder.h"
#include "compute/cpu/scratch.h"
#include "compute/cpu/tasks.h"
#include "compute/cpu/tiers.h"
#include "compute/device.h"
#include "compute/shapes.h"

namespace sov::compute {
namespace {

// The order that Kernels::activate counts in.
static_assert(static_cast<int>(Activation::silu) == 0 && static_cast<int>(Activation::gelu) == 1 &&
              static_cast<int>(Activation::gelu_tanh) == 2 && static_cast<int>(Activation::relu) == 3);

auto attention_kernel(const Kernels& kernels, DType dtype) -> void (*)(const AttendArgs&) {
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

class CpuDevice final : public Device {
 public:
  CpuDevice(const Kernels& kernels, int threads) : kernels_(kernels), tasks_(threads) {}

  std::string_view name() const override { return "cpu"; }
  std::string_view target() const override { return kernels_.name; }
  int threads() const override { return tasks_.threads(); }

  void matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) override {
    check_matmul(w, x, bias, y);
    const Product product = {w, bias, y};
    products_.multiply({&product, 1}, x);
  }

  void matmul_each(std::span<const Product> products, ConstRows x) override {
    for (const Product& p : products) check_matmul(p.weight, x, p.bias, p.y);
    products_.multiply(products, x);
  }

  void matmul_gated(Activation f, const Product& gate, const Product& up, ConstRows x) override {
    check_gated(gate, up, x);
    products_.multiply_gated(f, gate, up, x);
  }

  void embed(const Weight& w, std::span<const int32_t> ids, Rows out) override {
    check_embed(w, ids, out);
    const RowDecoder decoder(kernels_, w);
    tasks_.over(out.count, w.cols, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) decoder.decode(ids[static_cast<size_t>(i)], out.row(i).data());
    });
  }

  void rms_norm(ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                Rows out) override {
    check_norm(x, weight, {}, out);
    for_rows(x, [&](int64_t t) {
      kernels_.rms_norm(x.row(t).data(), weight.data(), weight_offset, eps, x.width, out.row(t).data());
    });
  }

  void layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, float eps,
                  Rows out) override {
    check_norm(x, weight, bias, out);
    const float* shift = bias.empty() ? nullptr : bias.data();
    for_rows(x, [&](int64_t t) {
      kernels_.layer_norm(x.row(t).data(), weight.data(), shift, eps, x.width, out.row(t).data());
    });
  }

  void add(ConstRows x, Rows y) override {
    check_same_shape(x, y);
    for_rows(x, [&](int64_t t) { kernels_.add(x.row(t).data(), y.row(t).data(), x.width); });
  }

  void scale(Rows x, float factor) override {
    for_rows(x, [&](int64_t t) { kernels_.scale(x.row(t).data(), factor, x.width); });
  }

  void soft_cap(Rows x, float cap) override {
    CHECK(cap > 0);
    for_rows(x, [&](int64_t t) { kernels_.soft_cap(x.row(t).data(), cap, x.width); }, 8);
  }

  void activate(Activation f, Rows x) override {
    for_rows(
        x, [&](int64_t t) { kernels_.activate(static_cast<int>(f), x.row(t).data(), nullptr, x.width); }, 8);
  }

  void activate_gated(Activation f, Rows gate, ConstRows up) override {
    check_same_shape(up, gate);
    const auto one = [&](int64_t t) {
      kernels_.activate(static_cast<int>(f), gate.row(t).data(), up.row(t).data(), gate.width);
    };
    for_rows(gate, one, 8);
  }

  void rope(Rows x, int64_t head_dim, RopePairing pairing, ConstRows cos, ConstRows sin) override {
    check_rope(x, head_dim, cos, sin);
    const auto rotate = pairing == RopePairing::adjacent ? kernels_.rope_adjacent : kernels_.rope_halves;
    for_rows(x, [&](int64_t t) {
      for (int64_t head = 0; head < x.width; head += head_dim) {
        rotate(x.row(t).data() + head, cos.row(t).data(), sin.row(t).data(), cos.width);
      }
    });
  }

  void store(ConstRows k, ConstRows v, int64_t first, const KvPages& to) override {
    check_store(k, v, first, to);
    tasks_.over(k.count, 8 * (k.width + v.width), [&](int64_t begin, int64_t end) {
      store_rows(k.slice(begin, end - begin), v.slice(begin, end - begin), first + begin, to);
    });
  }

  void attention(const AttentionArgs& args) override {
    check_attention(args);
    const AttentionPlan plan(args);
    const int64_t groups = plan.tiles * args.kv.shape.kv_heads;
    if (groups >= 2 * threads() || plan.blocks == 1) return attend_groups(plan, groups);
    attend_blocks(plan, groups);
  }

 private:
  /// body(row) for every row; `cost`: multiply-adds that one value is worth.
  template <typename Body>
  void for_rows(ConstRows x, Body&& body, int64_t cost = 1) {
    tasks_.over(x.count, x.width * cost, [&](int64_t begin, int64_t end) {
      for (int64_t t = begin; t < end; t++) body(t);
    });
  }

  /// Every tile of tokens and kv head is a task, its blocks one after the other.
  void attend_groups(const AttentionPlan& plan, int64_t groups) {
    tasks_.run(groups, plan.work(plan.blocks), [&](int64_t task) {
      // Later tokens see more and take longer: they start first, so that the threads finish together.
      const AttentionGroup group = plan.group(groups - 1 - task);
      auto scratch = scratch_.borrow(static_cast<size_t>(plan.query_floats() + 2 * plan.state_floats()));
      const AttentionState all = plan.state(scratch.data() + plan.query_floats());
      const AttentionState part = plan.state(scratch.data() + plan.query_floats() + plan.state_floats());
      for (int64_t block = group.first_block; block < group.last_block; block++) {
        attend(plan, group, block, scratch.data(), block == group.first_block ? all : part);
        if (block > group.first_block) {
          kernels_.merge_attention(part, group.rows, plan.value_stride, all);
        }
      }
      finish(plan, group, all);
    });
  }

  /// Few tokens and many positions: every block is a task, and what they leave is merged in the same order.
  void attend_blocks(const AttentionPlan& plan, int64_t groups) {
    auto states = scratch_.borrow(static_cast<size_t>(groups * plan.blocks * plan.state_floats()));
    const auto state = [&](int64_t group, int64_t block) {
      return plan.state(states.data() +
                        (group * plan.blocks + block - plan.first_block) * plan.state_floats());
    };
    tasks_.run(groups * plan.blocks, plan.work(1), [&](int64_t task) {
      const AttentionGroup group = plan.group(task % groups);
      const int64_t block = plan.first_block + task / groups;
      if (block < group.first_block || block >= group.last_block) return;
      auto scratch = scratch_.borrow(static_cast<size_t>(plan.query_floats()));
      attend(plan, group, block, scratch.data(), state(task % groups, block));
    });
    tasks_.run(groups, plan.blocks * plan.state_floats(), [&](int64_t task) {
      const AttentionGroup group = plan.group(task);
      const AttentionState all = state(task, group.first_block);
      for (int64_t block = group.first_block + 1; block < group.last_block; block++) {
        kernels_.merge_attention(state(task, block), group.rows, plan.value_stride, all);
      }
      finish(plan, group, all);
    });
  }

  /// `scratch`: plan.query_floats() of them.
  void attend(const AttentionPlan& plan, const AttentionGroup& group, int64_t block, float* scratch,
              const AttentionState& state) {
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
    attention_kernel(kernels_, shape.dtype)(args);
  }

  void finish(const AttentionPlan& plan, const AttentionGroup& group, const AttentionState& state) {
    const int64_t dim = plan.args.kv.shape.value_dim;
    for (int64_t row = 0; row < group.rows; row++) {
      const int64_t head = group.kv_head * plan.heads + row % plan.heads;
      float* out = plan.args.out.row(group.first_token + row / plan.heads).data() + head * dim;
      kernels_.finish_attention(state, row, plan.value_stride, dim, out);
    }
  }

  const Kernels& kernels_;
  Tasks tasks_;
  ScratchPool scratch_;
  Products products_{kernels_, tasks_, scratch_};
};

}  // namespace

Result<std::unique_ptr<Device>> make_cpu_device(const CpuOptions& options) {
  if (options.threads < 0)
    return fail(Code::usage, "cpu device: threads must be >= 0, got {}", options.threads);
  TRY(const Kernels* kernels, choose_tier(options.target, options.strict));
  return std::make_unique<CpuDevice>(*kernels, options.threads);
}

}  // namespace sov::compute
